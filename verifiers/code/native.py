"""Programs in other languages: which tools they need, how they are built, and what is executed.

Compiling is done in the jail as well, since a compiler reads what a program tells it to; what comes out is kept for
the next program with the same text. Only stdin/stdout tasks, and only at levels that confine what can be read (L2).
"""

from __future__ import annotations

import base64
import collections
import hashlib
import json
import shutil
import threading

from assay.verifiers.code.jail import jail
from assay.verifiers.code.jail.jobs import Run, RunJob
from assay.verifiers.code.jail.levels import Level
from assay.verifiers.code.jail.limits import MIB, Limits
from assay.verifiers.code.jail.probe import native_problem
from assay.verifiers.code.jail.process import WorkerDiedError

TOOLS: dict[str, tuple[str, ...]] = {"cpp": ("g++",), "javascript": ("node",), "bash": ("bash",)}

COMPILE_LIMITS = Limits(cpu_s=60.0, wall_s=120.0, memory_bytes=4096 * MIB, output_bytes=64 * MIB)

ENVIRONMENT: dict[str, str] = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "OPENSSL_CONF": "/dev/null"}

CACHE_BYTES = 256 * MIB
"""Size of the compiled programs that are kept, together; the ones not used for longest go first."""


class MissingToolError(RuntimeError):
    """A language cannot be run on this machine: a tool or an isolation level is missing."""


_cache: collections.OrderedDict[str, bytes] = collections.OrderedDict()
_lock = threading.Lock()
_problems: dict[Level, str] = {}
"""What was found by attacking each level as a program of another language."""


async def build(language: str, program: str, limits: Limits, level: Level) -> bytes | Run:
    """What the jail is given to run the program; or the compiler's run, if the program does not compile.

    Raises:
        MissingToolError: The machine lacks the language's tool, or the pool's level has no scratch folder.
        WorkerDiedError: The infrastructure failed twice.
    """
    found = find_tool(language)
    if level < Level.L2:
        raise MissingToolError(f"programs in {language} need jail level L2 or higher, and this jail is {level}")
    if level not in _problems:
        _problems[level] = await native_problem(level)
    if _problems[level]:
        raise MissingToolError(f"jail level {level} does not hold for programs in {language}: {_problems[level]}")
    if language == "bash":
        return _payload({"main.sh": program}, [found, "main.sh"])
    if language == "javascript":
        heap_mib = max(64, limits.memory_bytes // MIB - 256)
        return _payload({"main.js": program}, [found, f"--max-old-space-size={heap_mib}", "main.js"])
    return await _compile(found, program)


def problem_of(level: Level) -> str:
    """Why programs of other languages cannot be shut in at a level that is offered; "" if they can."""
    try:
        return jail.open_jail(level, level=level).finish(native_problem(level))
    except WorkerDiedError as error:
        return f"it cannot be set up: {error}"


async def _compile(compiler: str, program: str) -> bytes | Run:
    key = hashlib.sha256(f"{compiler}\n{program}".encode("utf-8", "surrogatepass")).hexdigest()
    with _lock:
        binary = _cache.get(key)
        if binary is not None:
            _cache.move_to_end(key)
    if binary is None:
        script = f"{compiler} -O2 -std=c++17 -o main main.cpp >&2 && cat main >&3"
        payload = _payload({"main.cpp": program}, ["/bin/sh", "-c", script], writes=True)
        run = await RunJob(payload, COMPILE_LIMITS, flavour="native", answers=True)
        if run.exit_code != 0 or run.broken or not run.answers:
            return run
        binary = run.answers
        with _lock:
            _cache[key] = binary
            while len(_cache) > 1 and sum(map(len, _cache.values())) > CACHE_BYTES:
                _cache.popitem(last=False)
    return _payload({}, ["./main"], {"main": base64.b64encode(binary).decode("ascii")})


def _payload(
    files: dict[str, str],
    command: list[str],
    binaries: dict[str, str] | None = None,
    *,
    writes: bool = False,
) -> bytes:
    fields = {"files": files, "binaries": binaries or {}, "command": command, "environment": ENVIRONMENT}
    return json.dumps(fields | {"writes": writes}).encode("ascii")


def find_tool(language: str) -> str:
    """Where the compiler or interpreter of a language is.

    Raises:
        MissingToolError: It is not installed; names it.
    """
    for name in TOOLS[language]:
        if path := shutil.which(name, path="/usr/bin:/bin"):
            return path
    raise MissingToolError(f"programs in {language} need {' or '.join(TOOLS[language])}, which is not in /usr/bin")
