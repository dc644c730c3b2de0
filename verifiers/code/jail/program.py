"""How a Python program is run once the jail is shut: as a script, as a set of calls, or as a server of calls.

Runs inside the jail, in the fork that ends with the program. Nothing here is trusted afterwards: what leaves is the
exit code, what was written to standard output and error, and answers on one descriptor, all of which are read as data.
"""

from __future__ import annotations

import atexit
import builtins
import contextlib
import gc
import importlib
import json
import opcode
import os
import sys
import threading
import types
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, NoReturn

from assay.verifiers.code import codec
from assay.verifiers.code.jail import names

CHANNEL = 3
"""The descriptor on which calls are answered; the only one besides the standard three."""

FRAME_BYTES = 8
"""Length of the decimal length before each message of a served program."""

MAX_MESSAGE = 10**FRAME_BYTES - 1

LOADED, NO_ENTRY = "loaded", "no_entry"


class Prepared(NamedTuple):
    """A program that is compiled and has not run."""

    payload: dict[str, Any]
    preamble: types.CodeType | None
    code: types.CodeType


def prepare(payload: dict[str, Any]) -> Prepared:
    """Compile what the payload holds, and see that the program defines what it should.

    A program that does not, by a statement of its own, ends here: it gets no chance to write answers that no function
    of its own gave.

    Args:
        payload: "mode" ("script", "calls", "serve" or "together"), "program", and by mode "preamble", "entry",
            "calls", "test".
    """
    gc.enable()
    code = _compile(payload["program"])
    if payload["mode"] == "script":
        return Prepared(payload, None, code)
    preamble = _compile(payload["preamble"], "prompt.py") if payload["preamble"] else None
    head = payload["entry"].partition(".")[0]
    if not binds(code, head) and not (preamble and binds(preamble, head)):
        _miss(payload["entry"])
    return Prepared(payload, preamble, code)


def run(prepared: Prepared) -> NoReturn:
    """Run it and end this process."""
    payload = prepared.payload
    sys.setrecursionlimit(1000 + 12)  # the frames below the program's own
    mode = payload["mode"]
    if mode == "script":
        _run_script(payload["program"], prepared.code)
    module = _load(prepared)
    entry = _find_entry(module, payload["entry"])
    if mode == "calls":
        _answer_all(entry, payload["calls"])
    if mode == "together":
        _run_together(module, entry, payload["test"], payload["token"])
    _serve(entry, bool(payload["mutates"]))


_STORE_NAME, _STORE_GLOBAL = (opcode.opmap[name] for name in ("STORE_NAME", "STORE_GLOBAL"))
_IMPORT_NAME, _EXTENDED_ARG = (opcode.opmap[name] for name in ("IMPORT_NAME", "EXTENDED_ARG"))
_IMPORT_STAR: tuple[int, int | None] = (
    (opcode.opmap["IMPORT_STAR"], None) if "IMPORT_STAR" in opcode.opmap else (opcode.opmap["CALL_INTRINSIC_1"], 2)
)


def binds(code: types.CodeType, name: str, store: int = _STORE_NAME) -> bool:
    """Whether a module has a statement that binds a global name: def, class, import, an assignment, and so on.

    What `exec` or `globals()` would bind is not seen. Functions count where they declare the name global.
    """
    if name in code.co_names and any(
        operation == store and code.co_names[argument] == name for operation, argument in _instructions(code)
    ):
        return True
    if store == _STORE_NAME and _binds_by_star(code, name):
        return True
    return any(isinstance(inner, types.CodeType) and binds(inner, name, _STORE_GLOBAL) for inner in code.co_consts)


def _binds_by_star(code: types.CodeType, name: str) -> bool:
    """Whether `from module import *` binds it, for modules of the library."""
    wanted, argument_wanted = _IMPORT_STAR
    module = ""
    for operation, argument in _instructions(code) if ("*",) in code.co_consts else ():
        if operation == _IMPORT_NAME:
            module = code.co_names[argument]
        elif operation == wanted and argument_wanted in (None, argument):
            try:
                found = importlib.import_module(module)
            except Exception:
                continue
            if name in getattr(found, "__all__", [word for word in vars(found) if not word.startswith("_")]):
                return True
    return False


def _instructions(code: types.CodeType) -> Iterator[tuple[int, int]]:
    """Operation and argument of each instruction."""
    text = code.co_code
    high = 0
    for place in range(0, len(text), 2):
        operation, argument = text[place], text[place + 1] | high
        high = argument << 8 if operation == _EXTENDED_ARG else 0
        yield operation, argument


def _run_script(source: str, code: types.CodeType) -> NoReturn:
    main = types.ModuleType("__main__")
    main.__dict__.update(__builtins__=builtins, __file__="program.py")
    sys.modules["__main__"] = main
    status = 0
    try:
        exec(code, main.__dict__)
    except SystemExit as error:
        status = _exit_status(error)
    except BaseException:
        _report(source)
        status = 1
    _finish(status)


def _finish(status: int) -> NoReturn:
    """End as the interpreter would: wait for threads, run exit handlers, flush."""
    try:
        threading._shutdown()  # type: ignore[attr-defined,unused-ignore]  # pyright: ignore
        atexit._run_exitfuncs()  # pyright: ignore[reportPrivateUsage]
    except BaseException:
        _show_error()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None and not stream.closed:
                stream.flush()
        except BaseException:
            status = status or 120
    os._exit(status)


def _exit_status(error: SystemExit) -> int:
    if error.code is None:
        return 0
    if isinstance(error.code, int):
        return error.code & 0xFF
    try:
        print(error.code, file=sys.stderr)
    except BaseException:
        return 120
    return 1


def _compile(source: str, name: str = "program.py") -> types.CodeType:
    """Compile the program; a program that does not compile ends this process with the error on standard error."""
    try:
        return compile(source, name, "exec", dont_inherit=True)
    except BaseException as error:
        try:
            sys.stderr.write(f"{type(error).__name__}: {error}"[:2000] + "\n")
            sys.stderr.flush()
        except BaseException:
            os._exit(names.UNCOMPILED)
        os._exit(names.UNCOMPILED)


def _report(source: str) -> None:
    """Print the traceback with the program's own lines."""
    try:
        import linecache

        linecache.cache["program.py"] = (len(source), None, source.splitlines(keepends=True), "program.py")
        _show_error()
    except BaseException:
        return


def _show_error() -> None:
    """Hand the current exception to the program's own hook, without the frames of this module."""
    kind, value, trace = sys.exc_info()
    while trace is not None and trace.tb_frame.f_code.co_filename != "program.py":
        trace = trace.tb_next
    if kind is not None and value is not None:
        sys.excepthook(kind, value, trace)


def _load(prepared: Prepared) -> types.ModuleType:
    """Execute the preamble (what the prompt defines) and then the program, as a module called "solution"."""
    module = types.ModuleType("solution")
    module.__dict__.update(__builtins__=builtins, __file__="program.py")
    sys.modules["solution"] = module
    try:
        if prepared.preamble is not None:
            exec(prepared.preamble, module.__dict__)
        exec(prepared.code, module.__dict__)
    except SystemExit as error:
        _leave(_exit_status(error) or 122)
    except BaseException:
        _report(prepared.payload["program"])
        _leave(1)
    return module


def _leave(status: int) -> NoReturn:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            continue  # a function is judged by its values, whatever it did to its streams
    os._exit(status)


def _find_entry(module: types.ModuleType, name: str) -> Callable[..., Any]:
    """The function that is called; "Class.method" makes an instance for each call."""
    head, _, method = name.partition(".")
    target = module.__dict__.get(head)
    if method and isinstance(target, type):
        owner = target
        return lambda *args, **kwargs: getattr(owner(), method)(*args, **kwargs)
    if not callable(target) or method:
        _miss(name)
    function: Callable[..., Any] = target
    return function


def _miss(name: str) -> NoReturn:
    with contextlib.suppress(OSError):
        _write_frame(NO_ENTRY)
    sys.stderr.write(f"NameError: the program does not define a function {name!r:.80}\n")
    _leave(names.MISSING_ENTRY)


def outcome_of(entry: Callable[..., Any], args: Any, kwargs: Any) -> str:
    """Call the function; its value, exception or refusal as text: `v...`, `e...` or `x...`."""
    try:
        value = entry(*args, **kwargs)
    except SystemExit as error:
        _leave(_exit_status(error) or 122)
    except Exception as error:
        return "e" + _exception(error)
    except BaseException:
        _leave(1)
    return _outcome_text(value)


def _outcome_text(value: Any) -> str:
    try:
        return "v" + codec.encode(value)
    except codec.CodecError as error:
        return "x" + str(error)
    except Exception as error:  # the value's own methods (an iterator's) raised
        return "e" + _exception(error)


def _exception(error: Exception) -> str:
    """The nearest builtin class of an exception, and its arguments where they are data."""
    name = "Exception"
    for kind in type(error).__mro__:
        if kind.__module__ == "builtins":
            name = kind.__name__
            break
    try:
        return json.dumps([name, codec.encode(list(error.args))])
    except Exception:
        return json.dumps([name, "[]"])


def _answer_all(entry: Callable[..., Any], calls: list[Any]) -> NoReturn:
    for arguments in calls:
        args, kwargs = codec.decode(arguments)
        os.write(CHANNEL, outcome_of(entry, args, kwargs).encode("ascii", "backslashreplace") + b"\n")
    _leave(0)


def _serve(entry: Callable[..., Any], mutates: bool) -> NoReturn:
    _write_frame(LOADED)
    while True:
        message = _read_frame()
        if message is None:
            _leave(0)
        args, kwargs = codec.decode(message)
        answer = outcome_of(entry, args, kwargs)
        _write_frame(answer)
        if mutates:
            _write_frame(_outcome_text(args))


def _run_together(module: types.ModuleType, entry: Callable[..., Any], test: str, token: str) -> NoReturn:
    """Run the test beside the program. Low trust: the program can see and change everything."""
    try:
        exec(compile(test, "test.py", "exec", dont_inherit=True), module.__dict__)
        module.__dict__["check"](entry)
    except BaseException:
        _report("")
        _leave(1)
    os.write(CHANNEL, token.encode("ascii"))
    _leave(0)


def _write_frame(text: str) -> None:
    body = text.encode("ascii", "backslashreplace")
    data = b"%0*d" % (FRAME_BYTES, len(body)) + body
    while data:
        data = data[os.write(CHANNEL, data) :]


def _read_frame() -> bytes | None:
    head = _read_exactly(FRAME_BYTES)
    return None if head is None else _read_exactly(int(head))


def _read_exactly(count: int) -> bytes | None:
    data = b""
    while len(data) < count:
        chunk = os.read(CHANNEL, count - len(data))
        if not chunk:
            return None
        data += chunk
    return data
