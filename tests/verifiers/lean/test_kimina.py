"""The engine "kimina" against a server on the loopback that speaks as a Kimina server does, honest and broken."""

import contextlib
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.engine import EngineAbsentError, EngineError, TacticError
from assay.verifiers.lean.real.kimina import KiminaEngine
from assay.verifiers.verdict import Status

STATEMENT = "(p : Prop) : p → p"
HEADER = "import Mathlib\nopen Nat"
FAULTS: dict[str, list[str]] = json.loads(Path(__file__).with_name("faults.json").read_text(encoding="utf-8"))["kimina"]
STATUSES = {"key is refused": 401, "busy": 429, "closed": 499, "failure": 500, "redirect": 302}


class Server(ThreadingHTTPServer):
    """State of the fake: how it fails, and what it was asked."""

    daemon_threads = True
    fault = ""
    old = False
    key = ""
    busy_for = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # clients go away here on purpose


class Handler(BaseHTTPRequestHandler):
    server: Any  # a `Server`
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.answer(200 if self.path == "/health" else 404, b'{"status": "ok"}')

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.key and self.headers.get("Authorization") != f"Bearer {self.server.key}":
            self.answer(401, b'{"detail": "Invalid API key"}')
            return
        if self.server.busy_for:
            self.server.busy_for -= 1
            self.answer(429, b'{"detail": "Unable to acquire a REPL"}')
            return
        old = self.path == "/verify"
        if self.path not in ("/verify", "/api/check") or (self.path == "/api/check" and self.server.old):
            self.answer(404, b'{"detail": "Not Found"}')
            return
        self.server.asked.append(body)
        rows = body["codes"] if old else body["snippets"]
        fresh = body["disable_cache"] if old else not body["reuse"]
        results: list[dict[str, Any]] = []
        for row in rows:
            code = row["proof"] if old else row["code"]
            response = lean(code, fresh, "" if is_statement(code) else self.server.fault)
            results.append({"custom_id" if old else "id": row["custom_id" if old else "id"], "time": 0.1, **response})
        fault = "" if is_statement(json.dumps(body)) else self.server.fault
        self.send(json.dumps({"results": results}).encode(), results, fault)

    def send(self, body: bytes, results: list[dict[str, Any]], fault: str) -> None:
        if fault in STATUSES:
            self.answer(STATUSES[fault], b'{"detail": "no"}')
        elif fault == "connection dropped":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif fault == "not HTTP":
            self.close_connection = True
            self.connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
        elif fault == "torn body":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
        elif fault == "garbage":
            self.answer(200, b"<html>ok</html>")
        elif fault == "not UTF-8":
            self.answer(200, b'{"results": "\xff"}')
        elif fault == "hang":
            time.sleep(8)
        elif fault == "slow headers":
            with contextlib.suppress(OSError):
                for _ in range(80):
                    self.connection.sendall(b"H")
                    time.sleep(0.1)
        elif fault == "slow body":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            with contextlib.suppress(OSError):
                for _ in range(80):
                    self.connection.sendall(b" ")
                    time.sleep(0.1)
        elif fault == "flood":
            self.answer(200, b" " * (3 << 20) + body)
        elif fault == "another request's answer":
            self.answer(200, json.dumps({"results": [{**results[0], "id": "0"}]}).encode())
        elif fault == "two results":
            self.answer(200, json.dumps({"results": results * 2}).encode())
        elif fault == "no result":
            self.answer(200, b'{"results": []}')
        else:
            self.answer(200, body)


def is_statement(code: str) -> bool:
    """Whether the code is the bare statement, with which no fault of ours shows."""
    return ":= (\n  sorry\n)" in code or ":= (\\n  sorry\\n)" in code


def lean(code: str, fresh: bool, fault: str) -> dict[str, Any]:
    """What a server says of a snippet: lines are counted without the imports, as Kimina counts them."""
    code = "\n".join(line for line in code.split("\n") if not line.startswith("import "))
    found = re.search(r"theorem (\S+) (.*?) := \(\n(.*?)\n\)\n", code, re.DOTALL)
    assert found is not None, code
    name, statement, body = found.groups()
    line = code[: found.start(3)].count("\n") + 1
    messages: list[dict[str, Any]] = []

    def say(severity: str, at: int, data: str) -> None:
        messages.append(
            {"severity": severity, "pos": {"line": at, "column": 2}, "endPos": {"line": at, "column": 9}, "data": data}
        )

    if fault == "REPL timed out":
        return {"error": "Lean REPL command timed out in 60 seconds"}
    if fault == "REPL died":
        return {"error": "Lean REPL process died: broken pipe"}
    if fault == "REPL refuses":
        return {"response": {"message": "Unknown environment."}}
    if "Unknown" in statement:
        say("error", line - 1, "Unknown identifier `Unknown`")
    elif re.search(r"\bwrong\b", body) or (fault == "refused in a fresh REPL" and fresh):
        say("error", line, "Unknown identifier `wrong`")
    elif body.strip() in ("by\n    skip", "by\n    intro h"):
        say("error", line, "unsolved goals\n" + ("p : Prop\n⊢ p → p" if "skip" in body else "p : Prop\nh : p\n⊢ p"))
    sorries: list[dict[str, Any]] = []
    axioms: list[str] = []
    if re.search(r"\bsorry\b", body) or fault == "hole without a message":
        sorries.append({"goal": "⊢ p"})
        axioms = ["sorryAx"]
    if re.search(r"\bhole\b", body):
        axioms = ["sorryAx"]
    if re.search(r"\bem\b", body):
        axioms = ["propext", "Classical.choice", "Quot.sound"]
    if fault == "other axioms in a fresh REPL" and fresh:
        axioms = ["propext"]
    asked = code.split("\n")
    for number, text in enumerate(asked, 1):
        if text == f"#print axioms {name}" and fault != "no word on axioms":
            who = "Assay.other" if fault == "axioms of another theorem" else name
            tail = f"depends on axioms: [{', '.join(axioms)}]" if axioms else "does not depend on any axioms"
            said = f"'{who}' {tail}" if fault != "axioms in other words" else f"'{who}' is clean"
            say("warning" if fault == "axioms in a warning" else "info", number, said)
            if fault == "axioms said twice":
                say("info", number, said)
        elif text == f"#check @{name}" and fault != "no word on the type":
            say("info", number, f"@{name} : " + ("True" if fault == "another type" else f"∀ {statement}"))
    response: dict[str, Any] = {"env": 1}
    if fault == "no environment":
        response = {}
    if messages:
        response["messages"] = messages if fault != "messages are no list" else {"a": 1}
    if sorries:
        response["sorries"] = sorries
    return {"response": response}


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join(5)


def engine_for(server: Server, **options: Any) -> KiminaEngine:
    settings: dict[str, Any] = {"timeout_s": 20.0, "output_bytes": 1 << 20, "key": "", **options}
    return KiminaEngine(HEADER, server.url, **settings)


HONEST = {
    "a proof": ("fun h => h", Status.CORRECT, "proved"),
    "three axioms": ("by exact em", Status.CORRECT, "proved"),
    "a proof that does not elaborate": ("wrong", Status.WRONG, "lean_error"),
    "a hole in disguise": ("by exact hole", Status.FORBIDDEN, "axiom_not_allowed"),
    "sorry": ("by sorry", Status.FORBIDDEN, "forbidden_token"),
    "a forged report": ('by trace "x"; exact h', Status.FORBIDDEN, "forbidden_character"),
}


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize("name", HONEST)
def test_what_an_honest_server_says_is_passed_on(name: str, old: bool, server: Server) -> None:
    server.old = old
    proof, status, reason = HONEST[name]
    engine = engine_for(server)
    verdict = engine.check(STATEMENT, proof)
    assert (verdict.status, verdict.reason) == (status, reason), verdict
    assert verdict.detail["trust"] == "messages"
    if status is not Status.FORBIDDEN:
        assert engine.name == ("kimina@1" if old else "kimina@2")


def test_an_acceptance_is_asked_for_twice_under_other_names(server: Server) -> None:
    assert engine_for(server).check(STATEMENT, "fun h => h").correct
    first, second = server.asked[1:]
    assert (first["reuse"], second["reuse"]) == (True, False)
    names = [re.findall(r"theorem (\S+)", row["snippets"][0]["code"])[0] for row in (first, second)]
    assert names[0] != names[1]
    assert first["snippets"][0]["id"] != second["snippets"][0]["id"]


def test_bad_statements_and_axioms(server: Server) -> None:
    engine = engine_for(server)
    with pytest.raises(SpecError, match="Unknown identifier"):
        engine.check(": Unknown", "trivial")
    assert engine.check(STATEMENT, "by exact em", ()).reason == "axiom_not_allowed"


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_is_paid_and_none_hangs(fault: str, server: Server) -> None:
    status, reason = FAULTS[fault]
    engine = engine_for(server, timeout_s=1.0 if fault in ("hang", "slow headers", "slow body") else 20.0)
    if fault == "server is down":
        free = socket.create_server(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        engine = KiminaEngine(HEADER, f"http://127.0.0.1:{port}", "", timeout_s=20.0)
    server.fault = fault
    verdict = engine.check(STATEMENT, "fun h => h")
    assert (verdict.status, verdict.reason) == (status, reason), verdict
    assert not verdict.correct


def test_a_hole_stays_one_whatever_is_said(server: Server) -> None:
    for fault in ("axioms of another theorem", "axioms in other words", "no word on axioms", "axioms said twice"):
        server.fault = fault
        assert not engine_for(server).check(STATEMENT, "by exact hole").correct


def test_a_busy_server_is_asked_again_and_keys_are_sent(server: Server) -> None:
    server.busy_for, server.key = 2, "secret"
    assert engine_for(server, key="secret").check(STATEMENT, "fun h => h").correct
    refused = engine_for(server, key="wrong").check(STATEMENT, "fun h => h")
    assert refused.reason == "server_unauthorised"
    assert "secret" not in json.dumps(refused.to_dict())


def test_steps_and_health(server: Server) -> None:
    engine = engine_for(server)
    assert "ok" in engine.health()
    state = engine.run(engine.start(STATEMENT), "intro h")
    assert not isinstance(state, TacticError)
    assert state.text == "p : Prop\nh : p\n⊢ p"
    assert isinstance(engine.run(state, "exact wrong"), TacticError)
    done = engine.run(state, "exact h")
    assert not isinstance(done, TacticError)
    assert engine.finish(done).correct
    assert engine.finish(state).reason == "unsolved_goals"


def test_without_a_server_the_way_to_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIMINA_URL", raising=False)
    with pytest.raises(EngineAbsentError, match="KIMINA_URL"):
        KiminaEngine()
    with pytest.raises(EngineAbsentError, match="http"):
        KiminaEngine(url="localhost:8000")
    with pytest.raises(EngineError):
        KiminaEngine(url="http://127.0.0.1:9").health()
