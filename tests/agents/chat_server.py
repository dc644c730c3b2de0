"""A small server that speaks the chat protocol over HTTP, and misbehaves when told to."""

import contextlib
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler", dict[str, Any]], None]


class Handler(BaseHTTPRequestHandler):
    """Records each request and leaves the answer to the server's behaviour."""

    protocol_version = "HTTP/1.1"

    @property
    def chat(self) -> "ChatServer":
        assert isinstance(self.server, ChatServer)
        return self.server

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = json.loads(self.rfile.read(length))
        server = self.chat
        with server.guard:
            server.in_flight += 1
            server.peak = max(server.peak, server.in_flight)
            server.requests.append((self.path, dict(self.headers), body))
            server.times.append(time.monotonic())
            step = min(len(server.requests), len(server.script)) - 1
        try:
            server.script[step](self, body)
        finally:
            with server.guard:
                server.in_flight -= 1

    def reply(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def drop(self) -> None:
        """Reset the connection without a word."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def finish(self) -> None:
        with contextlib.suppress(OSError):  # dropped on purpose, or the client has given up
            super().finish()

    def log_message(self, format: str, *args: object) -> None:
        pass


class ChatServer(ThreadingHTTPServer):
    """Answers request number n by entry n of `script`; the last entry serves all further ones."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, script: list[Behaviour]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = script
        self.guard = threading.Lock()
        self.in_flight = self.peak = 0
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.times: list[float] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [body for _, _, body in self.requests]

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextlib.contextmanager
def serving(*script: Behaviour) -> Generator[ChatServer]:
    """A server that stops with the block."""
    with ChatServer(list(script) or [echo]) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()
            thread.join()


def says(content: object, **message: object) -> dict[str, Any]:
    """A reply of the protocol."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "choices": [
            {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content, **message}}
        ],
        "usage": {"prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14},
    }


def echo(handler: Handler, body: dict[str, Any]) -> None:
    """Say what was asked, backwards."""
    handler.reply(200, says(body["messages"][-1]["content"][::-1]))


def fails(status: int, message: str = "sorry", **headers: str) -> Behaviour:
    """An error of the protocol."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, body: handler.reply(status, {"error": {"message": message, "type": "x"}}, named)


def sends(status: int, body: object) -> Behaviour:
    """A body as it is."""
    return lambda handler, _: handler.reply(status, body)


def drops(handler: Handler, body: dict[str, Any]) -> None:
    """Break the connection off."""
    handler.drop()


def stalls(handler: Handler, body: dict[str, Any]) -> None:
    """Say nothing until the test is over."""
    handler.chat.released.wait(30)


def dribbles(handler: Handler, body: dict[str, Any]) -> None:
    """Begin to answer and go on forever, a byte at a time, so that no read ever waits for long."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    with contextlib.suppress(OSError):
        while not handler.chat.released.wait(0.05):
            handler.wfile.write(b" ")
            handler.wfile.flush()
