"""One HTTP request that cannot hang or flood its caller, however the server drips, floods or falls silent."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from assay.verifiers.lean.engine import EngineError

_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes:
        status: HTTP status.
        body: The JSON value; None where the body is none.
    """

    status: int
    body: Any


def request(
    method: str, url: str, headers: Mapping[str, str], payload: Any, *, wall_s: float, output_bytes: int
) -> Answer:
    """Send a request and read the whole answer.

    Args:
        method: "GET" or "POST".
        url: Where to.
        headers: Further headers.
        payload: JSON value to send; None for no body.
        wall_s: For all of it: a thread does the work and is left behind when the time is up.
        output_bytes: Longest body that is read.

    Raises:
        EngineError: No answer, or none in time, or one that is too long.
    """
    found: list[Answer | EngineError] = []
    # A proxy that the environment names is not meant for this machine itself.
    client = httpx.Client(timeout=httpx.Timeout(wall_s, connect=10.0), trust_env=urlsplit(url).hostname not in _LOCAL)

    def work() -> None:
        try:
            found.append(_exchange(client, method, url, headers, payload, wall_s, output_bytes))
        except EngineError as error:
            found.append(error)
        except httpx.ReadTimeout:
            found.append(EngineError("engine_stalled", f"the server gave no whole answer in {wall_s:g} s"))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, RuntimeError) as error:
            said = f"{type(error).__name__}: {error}"[:300]
            found.append(EngineError("server_unreachable", f"no answer from the server ({said})"))

    thread = threading.Thread(target=work, daemon=True, name="assay-http")
    thread.start()
    thread.join(wall_s + 1.0)
    with contextlib.suppress(Exception):  # wakes a thread that is still reading
        client.close()
    if not found:
        raise EngineError("engine_stalled", f"the server gave no whole answer in {wall_s:g} s")
    if isinstance(found[0], EngineError):
        raise found[0]
    return found[0]


def _exchange(
    client: httpx.Client,
    method: str,
    url: str,
    headers: Mapping[str, str],
    payload: Any,
    wall_s: float,
    output_bytes: int,
) -> Answer:
    until = time.monotonic() + wall_s
    body = bytearray()
    content = None if payload is None else json.dumps(payload).encode("ascii")
    sent = {"Content-Type": "application/json", **headers}
    with client.stream(method, url, headers=sent, content=content) as response:
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > output_bytes:
                raise EngineError("server_flood", f"the server's answer is longer than {output_bytes:,} bytes")
            if time.monotonic() > until:
                raise EngineError("engine_stalled", f"the server gave no whole answer in {wall_s:g} s")
        status = response.status_code
    try:
        value = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        value = None
    return Answer(status, value)
