"""A process that speaks JSON Lines, as an agent: `cmd:COMMAND ...`.

The process reads `{"id": 7, "observation": "..."}` from its standard input, one object a line, and writes
`{"id": 7, "action": "..."}` to its standard output, in any order, optionally with
`"usage": {"prompt_tokens": 12, "completion_tokens": 3}`. It is started at the first `act`, lives until `close`, and is
told of the end by the end of its input. Its standard error passes through. No shell is involved.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shlex
import signal
import subprocess
import threading
import time
import weakref
from collections.abc import Sequence
from typing import IO, Any, cast

from assay.agents.agent import AgentError, Usage
from assay.verifiers.errors import AssayError

MAX_LINE_BYTES = 1 << 26
"""A longer line is a failure: nothing writes 64 MB of answer on purpose."""

_Reply = tuple[str, Usage | None]


class SubprocessAgent:
    """Talks with a process.

    Args:
        command: The command line, split as a shell would split it; or its words.
        timeout_s: Longest silence while answers are owed.

    Raises:
        AssayError: The command is empty or cannot be split.
    """

    def __init__(self, command: str | Sequence[str], *, timeout_s: float = 300.0) -> None:
        """Split the command; nothing is started yet."""
        try:
            self._words = shlex.split(command) if isinstance(command, str) else list(command)
        except ValueError as error:
            raise AssayError(f"agent cmd:{command} cannot be split into words: {error}") from error
        if not self._words or timeout_s <= 0:
            raise AssayError(f"agent cmd: needs a command and timeout_s > 0, got {command!r} and {timeout_s}")
        self._timeout_s = timeout_s
        self._process: _Process | None = None
        self._next_id = 0
        self._usage: list[Usage | None] = []

    @property
    def name(self) -> str:
        """The command line."""
        return f"cmd:{shlex.join(self._words)}"

    @property
    def usage(self) -> Sequence[Usage | None]:
        """Tokens of the last `act`, where the process reported them."""
        return self._usage

    def act(self, observations: list[str]) -> list[str]:
        """Send the observations and wait for an answer to each.

        Raises:
            AgentError: The process cannot be started, died, fell silent, or wrote something else than an answer. It is
                ended then; the next call starts it anew.
        """
        if self._process is None:
            self._process = _Process(self._words, self.name)
        ids = list(range(self._next_id, self._next_id + len(observations)))
        self._next_id += len(observations)
        try:
            replies = self._process.ask(dict(zip(ids, observations, strict=True)), self._timeout_s)
        except BaseException:
            self._kill()
            raise
        self._usage = [replies[number][1] for number in ids]
        return [replies[number][0] for number in ids]

    def close(self) -> None:
        """End the process: its input ends, and if it has not left after two seconds it is killed."""
        if self._process is not None:
            self._process.end(patience_s=2.0)
            self._process = None

    def _kill(self) -> None:
        if self._process is not None:
            self._process.end(patience_s=0.0)
            self._process = None


class _Process:
    """The process and the thread that reads from it."""

    def __init__(self, words: list[str], name: str) -> None:
        self._name = name
        try:
            self._child = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=os.name == "posix"
            )
        except OSError as error:
            raise AgentError(f"agent {name} cannot be started: {error.strerror or error}") from error
        self._finalizer = weakref.finalize(self, _end, self._child, 0.0)
        self._lines: queue.SimpleQueue[tuple[int, bytes] | None] = queue.SimpleQueue()
        assert self._child.stdout is not None
        threading.Thread(target=_read_lines, args=(self._child.stdout, self._lines), daemon=True).start()

    def ask(self, owed: dict[int, str], timeout_s: float) -> dict[int, _Reply]:
        """Send everything, from a thread so that neither side can block the other, and collect the replies."""
        requests = b"".join(json.dumps({"id": i, "observation": o}).encode() + b"\n" for i, o in owed.items())
        threading.Thread(target=_write, args=(self._child.stdin, requests), daemon=True).start()
        replies: dict[int, _Reply] = {}
        deadline = time.monotonic() + timeout_s
        while len(replies) < len(owed):
            missing = f"with {len(owed) - len(replies)} of {len(owed)} answers owed"
            try:
                line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise AgentError(f"agent {self._name} was silent for {timeout_s:g} s {missing}") from None
            if line is None:
                raise AgentError(f"agent {self._name} {_how_it_ended(self._child)} {missing}")
            number, text = line
            if not text.strip():
                continue
            try:
                key, reply = _read_reply(text)
            except ValueError as error:
                shown = text[:80].decode("utf-8", "replace").rstrip()
                raise AgentError(f"agent {self._name}, line {number} of its output: {error}: {shown!r}") from error
            if key not in owed or key in replies:
                kind = "answered twice" if key in replies else "not asked"
                raise AgentError(f"agent {self._name}, line {number} of its output: id {key} was {kind}")
            replies[key] = reply
            deadline = time.monotonic() + timeout_s
        return replies

    def end(self, patience_s: float) -> None:
        self._finalizer.detach()
        _end(self._child, patience_s)


def _read_reply(text: bytes) -> tuple[int, _Reply]:
    try:
        row: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("not JSON") from error
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    fields = cast("dict[str, Any]", row)
    number, action = fields.get("id"), fields.get("action")
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueError('no integer "id"')
    if not isinstance(action, str):
        raise ValueError('no string "action"')
    usage = fields.get("usage")
    if usage is None:
        return number, (action, None)
    try:
        return number, (action, Usage(int(usage["prompt_tokens"]), int(usage["completion_tokens"])))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError('"usage" without prompt_tokens and completion_tokens') from error


def _read_lines(stream: IO[bytes], lines: queue.SimpleQueue[tuple[int, bytes] | None]) -> None:
    """Pass on each line with its number, then None."""
    with contextlib.suppress(OSError), stream:
        for number, line in enumerate(iter(lambda: stream.readline(MAX_LINE_BYTES), b""), 1):
            lines.put((number, line))
    lines.put(None)


def _write(stream: IO[bytes] | None, data: bytes) -> None:
    assert stream is not None
    with contextlib.suppress(OSError, ValueError):  # a dead process is noticed where its output ends
        stream.write(data)
        stream.flush()


def _how_it_ended(child: subprocess.Popen[bytes]) -> str:
    try:
        code = child.wait(timeout=1.0)
    except subprocess.TimeoutExpired:
        return "closed its output"
    return f"was killed by signal {-code}" if code < 0 else f"exited with code {code}"


def _end(child: subprocess.Popen[bytes], patience_s: float) -> None:
    """Close its input, wait, then kill it with all it started."""
    if patience_s > 0 and child.stdin is not None:
        with contextlib.suppress(OSError):
            child.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=patience_s)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    child.wait()
    if child.stdin is not None:  # its output is closed by the thread that reads it
        with contextlib.suppress(OSError):
            child.stdin.close()
