"""The checker: runs a task's tests against answers that come from elsewhere as data.

Runs inside a jail of its own, for many tasks one after the other. It executes the *tests*, which the author of the
task wrote, and never a program. Of the program it sees nothing but messages: the tests call a stand-in, which asks the
jailed program for the value and builds plain data from its answer. Whatever goes wrong on the way (silence, garbage, a
value that is no data, an exit) makes the verdict a failure, whatever the tests do about it.
"""

from __future__ import annotations

import builtins
import contextlib
import hashlib
import json
import os
import socket
import sys
import types
from typing import Any, NoReturn, cast

from assay.verifiers.code import codec, compare
from assay.verifiers.code.jail import layers, program, protocol

SHOWN = 300
"""Characters of a call or a value that are shown at most."""

MEMORY_BYTES = 2 << 30

PRELOAD = ("math", "random", "re", "string", "collections", "itertools", "functools", "copy", "typing")


class ProgramFailedError(BaseException):
    """The program did not answer a call as a program must; no test can catch this with `except Exception`.

    Attributes:
        reason: Short code.
    """

    def __init__(self, reason: str, message: str) -> None:
        """Keep the code beside the message."""
        super().__init__(message)
        self.reason = reason


class UncallableError(BaseException):
    """The tests pass something to the program that cannot cross: the task needs another mode."""


class StandIn:
    """What the tests call instead of the function itself."""

    def __init__(self, channel: socket.socket, mutates: bool) -> None:
        """Nothing is asked before the first call."""
        self.channel = channel
        self.mutates = mutates
        self.calls = 0
        self.failure: ProgramFailedError | None = None
        self.last = ""
        self.loaded = False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Ask the program.

        Raises:
            ProgramFailedError: It did not answer.
            UncallableError: The arguments cannot cross.
        """
        if self.failure is not None:
            raise self.failure
        self.calls += 1
        try:
            message = codec.encode([list(args), kwargs])
        except codec.CodecError as error:
            raise UncallableError(str(error)) from error
        self.last = f"call {self.calls}, with {_shown_arguments(args, kwargs)}"
        try:
            return self._ask(message, args)
        except ProgramFailedError as error:
            self.failure = error
            raise

    def _ask(self, message: str, args: tuple[Any, ...]) -> Any:
        if not self.loaded:
            first = self._receive()
            if first == program.NO_ENTRY:
                raise ProgramFailedError("missing_entry", "the program does not define the function")
            if first != program.LOADED:
                raise ProgramFailedError("protocol_error", "the program spoke out of turn")
            self.loaded = True
        body = message.encode("ascii")
        try:
            self.channel.sendall(b"%0*d" % (program.FRAME_BYTES, len(body)) + body)
        except OSError as error:
            raise ProgramFailedError("exited", "the program ended before it answered") from error
        kind, value = read_outcome(self._receive())
        if self.mutates:
            self._write_back(args)
        if kind == "v":
            self.last += f", which returned {_shown(value)}"
            return value
        if kind == "e":
            self.last += f", which raised {type(value).__name__}"
            raise value
        raise ProgramFailedError("unsupported_value", f"the program returned what cannot be graded: {value}")

    def _write_back(self, args: tuple[Any, ...]) -> None:
        """Make the changes that the program made to its arguments in the tests' own objects."""
        kind, value = read_outcome(self._receive())
        if kind != "v" or not isinstance(value, list) or len(value) != len(args):
            raise ProgramFailedError("protocol_error", "the program did not give its arguments back")
        for mine, theirs in zip(args, value, strict=True):
            if type(mine) is not type(theirs) or not isinstance(mine, (list, dict, set, bytearray)):
                continue
            if isinstance(mine, (list, bytearray)):
                mine[:] = theirs
            else:
                mine.clear()
                cast(Any, mine).update(theirs)

    def _receive(self) -> str:
        head = self._exactly(program.FRAME_BYTES)
        if not head.isdigit() or int(head) > codec.MAX_TEXT:
            raise ProgramFailedError("protocol_error", "the program's answer is not one")
        try:
            return self._exactly(int(head)).decode("ascii")
        except UnicodeDecodeError as error:
            raise ProgramFailedError("protocol_error", "the program's answer is not one") from error

    def _exactly(self, count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            try:
                part = self.channel.recv(min(count - len(parts), 1 << 20))
            except OSError:
                part = b""
            if not part:
                raise ProgramFailedError("exited", "the program ended before it answered")
            parts += part
        return bytes(parts)


def read_outcome(text: str) -> tuple[str, Any]:
    """The outcome of a call: ("v", value), ("e", exception to raise) or ("x", why there is none).

    Raises:
        ProgramFailedError: The text is no outcome.
    """
    kind, body = text[:1], text[1:]
    try:
        if kind == "v":
            return kind, codec.decode(body)
        if kind == "e":
            name, arguments = json.loads(body)
            return kind, _exception(name, codec.decode(arguments))
        if kind == "x":
            return kind, body[:SHOWN]
    except (ValueError, TypeError, RecursionError, MemoryError) as error:
        raise ProgramFailedError("protocol_error", "the program's answer is not one") from error
    raise ProgramFailedError("protocol_error", "the program's answer is not one")


_BUILTINS: dict[str, Any] = dict(vars(builtins))
"""As they were when the checker started: no test can put anything there that an answer could reach."""


def _exception(name: Any, arguments: Any) -> Exception:
    kind = _BUILTINS.get(name) if isinstance(name, str) else None
    if not (isinstance(kind, type) and issubclass(kind, Exception)) or not isinstance(arguments, list):
        raise ValueError("no exception")
    try:
        return kind(*arguments)
    except TypeError:  # a class whose constructor wants other arguments, such as UnicodeDecodeError
        return Exception(*arguments)


def main(control: socket.socket, settings: dict[str, Any]) -> NoReturn:
    """Serve checks until the supervisor is gone."""
    for name in PRELOAD:
        __import__(name)
    if settings["packages"]:
        sys.path.insert(0, settings["site"])
        for name in settings["packages"]:
            __import__(name)
        sys.path.remove(settings["site"])
    sandbox = layers.Sandbox(settings)
    limits = {"cpu_s": 1 << 20, "output_bytes": 1 << 20, "open_files": 64, "memory_bytes": MEMORY_BYTES, "tasks": -1}
    sandbox.enter()
    sandbox.limit(limits)
    protocol.send(control, {"ready": True, "python": sys.version.split()[0]})
    while (received := protocol.receive(control)) is not None:
        job, fds, _ = received
        try:
            reply: dict[str, Any] = _check_pairs(fds) if job["mode"] == "pairs" else _check(fds)
        except MemoryError:
            reply = {"outcome": "fail", "reason": "memory_limit", "message": "checking the answer took too much memory"}
        finally:
            for fd in fds:
                with contextlib.suppress(OSError):
                    os.close(fd)
        protocol.send(control, reply)
    os._exit(0)


def _check_pairs(fds: list[int]) -> dict[str, Any]:
    """Compare answers with expected values, one line each."""
    payload = json.loads(protocol.read_all(fds[0], 1 << 30))
    policy = compare.Policy(**payload["policy"])
    lines = protocol.read_all(fds[1], 1 << 30).split(b"\n")
    passed: list[bool] = []
    shown = ""
    for expected, line in zip(payload["expected"], lines, strict=False):
        right, what = _compare_one(expected, line, policy)
        passed.append(right)
        if not right and not shown:
            shown = what
    return {"outcome": "pairs", "passed": passed, "shown": shown}


def _compare_one(expected: str, line: bytes, policy: compare.Policy) -> tuple[bool, str]:
    """Whether one answer is right, and what it was."""
    try:
        kind, value = read_outcome(line.decode("ascii"))
        if kind == "v":
            return compare.values_equal(codec.decode(expected), value, policy), f"returned {_shown(value)}"
    except ProgramFailedError:
        return False, "gave no answer that can be read"
    except (
        Exception
    ):  # whatever comparing an odd value (a signalling NaN, a huge number) raises, it is not the right one
        return False, "gave a value that cannot be compared"
    if kind == "e":
        return False, f"raised {type(value).__name__}"
    return False, f"returned what cannot be graded: {value}"


_compiled: dict[bytes, types.CodeType] = {}


def _compile(source: str, name: str) -> types.CodeType:
    key = hashlib.blake2b(source.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    if key not in _compiled:
        if len(_compiled) > 256:
            _compiled.clear()
        _compiled[key] = compile(source, name, "exec", dont_inherit=True)
    return _compiled[key]


def _check(fds: list[int]) -> dict[str, Any]:
    """Run `check(candidate)`."""
    payload = json.loads(protocol.read_all(fds[0], 1 << 30))
    with socket.socket(fileno=os.dup(fds[1])) as channel:
        candidate = StandIn(channel, payload["mutates"])
        outcome = _run_test(payload, candidate)
    outcome["calls"] = candidate.calls
    return outcome


def _run_test(payload: dict[str, Any], candidate: StandIn) -> dict[str, Any]:
    space: dict[str, Any] = {"__builtins__": dict(_BUILTINS), "__name__": "tests"}
    try:
        if payload["preamble"]:
            exec(_compile(payload["preamble"], "prompt.py"), space)
        exec(_compile(payload["test"], "test.py"), space)
    except BaseException as error:
        return {
            "outcome": "bad_spec",
            "message": f"task.test cannot be executed: {type(error).__name__}: {error}"[:500],
        }
    check = space.get("check")
    if not callable(check):
        return {"outcome": "bad_spec", "message": "task.test does not define check(candidate)"}
    space[payload["entry"]] = candidate
    try:
        check(candidate)
    except ProgramFailedError:
        pass
    except UncallableError as error:
        return {
            "outcome": "bad_spec",
            "message": f"task.test passes to {payload['entry']} what cannot cross to another process ({error}); "
            "use mode='same_process'",
        }
    except BaseException as error:
        if candidate.failure is None:
            return _refused(candidate, error)
    if candidate.failure is not None:
        message = f"{candidate.failure}" + (f" ({candidate.last})" if candidate.last else "")
        return {"outcome": "fail", "reason": candidate.failure.reason, "message": message}
    if candidate.calls == 0:
        return {"outcome": "bad_spec", "message": "task.test never calls the function it is given"}
    return {"outcome": "pass"}


def _refused(candidate: StandIn, error: BaseException) -> dict[str, Any]:
    """A test that did not hold. What it expected is not told; the call before it is."""
    if candidate.calls == 0:
        return {"outcome": "bad_spec", "message": f"task.test failed before its first call: {type(error).__name__}"}
    return {"outcome": "fail", "reason": "wrong_answer", "message": f"a test failed after {candidate.last}"}


def _shown(value: Any) -> str:
    try:
        text = repr(value)
    except Exception:
        return "a value"
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."


def _shown_arguments(args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    parts = [_shown(value) for value in args] + [f"{name}={_shown(value)}" for name, value in kwargs.items()]
    text = ", ".join(parts)
    return (text if len(text) <= SHOWN else text[: SHOWN - 3] + "...") or "no arguments"
