"""Which engine judges: by name; "auto" is the embedded one where it can read the task, and a real Lean otherwise.

An engine is made for a header (imports, opens, options, which belong to the task) and lives in this process until
replaced, so that warm Lean processes serve many checks.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.engine import EngineAbsentError, LeanEngine

REAL_ENGINES = ("lean", "repl", "kimina")
"""Engines that run a Lean 4 on statements, in the order in which "auto" looks for them."""

ENGINES = ("auto", "embedded", *REAL_ENGINES, "dojo")


@dataclass(frozen=True, slots=True)
class Repository:
    """A theorem's home, for LeanDojo.

    Attributes:
        url: Of the git repository, or a local path.
        commit: Full commit hash; "" for a local path.
        file: Path of the Lean file inside it.
    """

    url: str
    commit: str
    file: str


def read_repository(row: object) -> Repository | None:
    """The spec's field `repo`.

    Raises:
        SpecError: It is no object of three strings.
    """
    if row is None:
        return None
    if not isinstance(row, Mapping):
        raise SpecError('repo: must be an object {"url": ..., "commit": ..., "file": ...}')
    values = {key: row.get(key, "") for key in ("url", "commit", "file")}
    if set(row) - set(values) or not all(isinstance(value, str) for value in values.values()):
        raise SpecError('repo: must be an object {"url": ..., "commit": ..., "file": ...} of strings')
    if not values["url"] or not values["file"]:
        raise SpecError("repo: url and file must be given")
    return Repository(**values)


def engine_named(
    name: object, *, header: str = "", repo: Mapping[str, Any] | None = None, theorem: str | None = None
) -> LeanEngine:
    """The engine of a name.

    Args:
        name: One of `ENGINES`.
        header: Text before the theorem: imports, opens, options; owned by the task. "auto" with a header means the
            first real engine of this machine.
        repo: Where LeanDojo finds the theorem.
        theorem: Its full name there.

    Raises:
        SpecError: There is no such engine, or it cannot use the header.
        EngineAbsentError: What it drives is not on this machine; says how to get it.
    """
    if name not in ENGINES:
        raise SpecError(f"engine: must be one of {', '.join(ENGINES)}, got {name!r}")
    home = read_repository(repo)
    if name == "auto":
        name = "dojo" if home is not None else first_real_engine() if header.strip() else "embedded"
    if name == "dojo":
        if home is None or not theorem:
            raise SpecError("engine: dojo needs repo and theorem")
    elif home is not None:
        raise SpecError(f"repo: only the engine dojo reads it, not {name}")
    if name == "embedded" and header.strip():
        raise SpecError('header: the embedded engine reads none; take engine "lean", "repl" or "kimina"')
    return _opened(str(name), header, home, theorem or "")


def first_real_engine() -> str:
    """The name of the first real engine that this machine has.

    Raises:
        EngineAbsentError: It has none.
    """
    for name in REAL_ENGINES:
        try:
            _opened(name, "", None, "")
        except EngineAbsentError:
            continue
        return name
    raise EngineAbsentError("no real Lean is on this machine: `assay lean engines` says how to get one")


def forget_engines() -> None:
    """Look anew at the next question: for a tool that was installed or an environment variable that changed."""
    _opened.cache_clear()


@functools.lru_cache(maxsize=32)
def _opened(name: str, header: str, home: Repository | None, theorem: str) -> LeanEngine:
    if name == "embedded":
        from assay.verifiers.lean.embedded.engine import EmbeddedEngine

        return EmbeddedEngine()
    if name == "lean":
        from assay.verifiers.lean.real.command_line import CommandLineEngine

        return CommandLineEngine(header)
    if name == "repl":
        from assay.verifiers.lean.real.repl import ReplEngine

        return ReplEngine(header)
    if name == "kimina":
        from assay.verifiers.lean.real.kimina import KiminaEngine

        return KiminaEngine(header)
    from assay.verifiers.lean.real.dojo import DojoEngine

    assert home is not None
    return DojoEngine(home, theorem)


if hasattr(os, "register_at_fork"):  # a fork has its parent's engines, but not their processes nor the threads' locks
    os.register_at_fork(after_in_child=_opened.cache_clear)
