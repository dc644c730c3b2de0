"""The jail of this process: the highest level that holds on this machine, chosen once by attacking it.

`open_jail` is what verifiers call. `survey` looks at every level, for `assay jail status`.
"""

from __future__ import annotations

import functools
import os
import sys
import threading

from assay.verifiers.code.jail import probe
from assay.verifiers.code.jail.levels import LAYERS, Level, read_level
from assay.verifiers.code.jail.pool import Pool
from assay.verifiers.code.jail.probe import Report
from assay.verifiers.errors import AssayError

DEFAULT_REQUIRE = Level.L2

_lock = threading.Lock()
_pools: dict[Level, Pool] = {}
_reports: dict[Level, Report] = {}


class JailUnavailableError(AssayError):
    """This machine cannot shut programs in as well as is required; the message says what would help."""


def open_jail(
    require: str | Level = DEFAULT_REQUIRE, *, level: str | Level | None = None, allow_unsafe: bool = False
) -> Pool:
    """The pool of workers to run programs in.

    Args:
        require: The lowest level that will do.
        level: This level and no other; by default the highest that holds.
        allow_unsafe: Must be True for L0, which protects nothing but the interpreter of the caller.

    Raises:
        JailUnavailableError: No such level holds on this machine.
        AssayError: The options contradict one another.
    """
    lowest = read_level(require)
    wanted = None if level is None else read_level(level)
    if wanted is not None and wanted < lowest:
        raise AssayError(f"level {wanted} is below the required level {lowest}; lower require, or ask for more")
    if Level.L0 in (lowest, wanted) and not allow_unsafe:
        raise AssayError(
            "level L0 lets programs read and change whatever you can; say allow_unsafe=True if you trust them all"
        )
    candidates = [wanted] if wanted is not None else [at for at in sorted(Level, reverse=True) if at >= lowest]
    for candidate in candidates:
        if report(candidate).offered:
            return _pool(candidate)
    tried = "; ".join(f"{at}: {_reports[at].problem}" for at in candidates)
    raise JailUnavailableError(
        f"this machine does not offer jail level {wanted or lowest}{'' if wanted else ' or higher'} ({tried}); "
        "`assay jail status` says how to get it"
    )


def is_known(require: str | Level, level: str | Level | None) -> bool:
    """Whether `open_jail` can answer at once, because the levels in question have been looked at."""
    if level is not None:
        return read_level(level) in _reports
    return any(found.offered for at, found in _reports.items() if at >= read_level(require)) and Level.L4 in _reports


def report(level: Level) -> Report:
    """What was found out about a level; it is attacked at the first question, once per process."""
    found = _reports.get(level)
    if found is None:
        with _lock:
            found = _reports.get(level)
            if found is None:
                found = _reports[level] = _examine(level)
    return found


def survey() -> list[Report]:
    """What was found out about every level, highest first."""
    return [report(level) for level in sorted(Level, reverse=True)]


def close() -> None:
    """Kill all workers of all levels. They start again when needed."""
    for pool in list(_pools.values()):
        pool.close()


def layers(level: Level) -> tuple[str, ...]:
    """The layers of a level, by name."""
    return LAYERS[level]


def _examine(level: Level) -> Report:
    if sys.platform != "linux":
        return Report(level, False, (), "the jail needs Linux; on other systems run assay in a container")
    made = _pool(level)
    found = probe.examine(made)
    if not found.offered:
        made.close()
    return found


def _pool(level: Level) -> Pool:
    pool = _pools.get(level)
    if pool is None:
        pool = _pools[level] = Pool(level, _size())
    return pool


def _size() -> int:
    """One pair of workers a core."""
    return int(os.environ.get("ASSAY_JAIL_WORKERS", "0")) or len(os.sched_getaffinity(0))


def _after_fork() -> None:
    global _lock
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=functools.partial(_after_fork))
