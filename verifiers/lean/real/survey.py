"""What `assay lean engines` reports: which engines this machine has, and how to get the others."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from assay.verifiers.lean.engine import EngineError
from assay.verifiers.lean.real import confinement
from assay.verifiers.lean.real.dojo import find_lean_dojo
from assay.verifiers.lean.real.kimina import KiminaEngine
from assay.verifiers.lean.real.repl_process import find_repl
from assay.verifiers.lean.real.toolchain import find_toolchain, version_warning


@dataclass(frozen=True, slots=True)
class Found:
    """One engine on this machine.

    Attributes:
        name: As in a spec's field `engine`.
        present: Whether it can be used.
        what: Its version and place, or in one line how to get it.
        trust: What its verdicts rest on, as in `detail["trust"]`.
        warning: What to know about it; "" if nothing.
    """

    name: str
    present: bool
    what: str
    trust: str
    warning: str = ""


def survey() -> list[Found]:
    """All engines, in the order in which "auto" looks for them."""
    from assay.verifiers.lean.embedded.engine import NAME

    embedded = Found("embedded", True, f"{NAME}, always there", "kernel")
    return [embedded, *(_look(name, trust, look) for name, trust, look in _LOOKS)]


def isolation() -> tuple[str, ...]:
    """The layers that Lean processes run in on this machine."""
    return confinement.layers()


def _look(name: str, trust: str, look: Callable[[], tuple[str, str]]) -> Found:
    try:
        what, warning = look()
    except EngineError as error:
        return Found(name, False, str(error), trust)
    return Found(name, True, what, trust, warning)


def _lean() -> tuple[str, str]:
    found = find_toolchain()
    project = f", project {found.project}" if found.project else ", no project (set LEAN_PROJECT for Mathlib)"
    return f"Lean {found.version} at {found.lean}{project}", version_warning(found.version)


def _repl() -> tuple[str, str]:
    program = find_repl()
    found = find_toolchain()
    return f"{program}, with Lean {found.version}", version_warning(found.version)


def _kimina() -> tuple[str, str]:
    engine = KiminaEngine()
    said = engine.health()
    key = "" if os.environ.get("KIMINA_API_KEY") else ", without an API key"
    return f"{engine.url}{key}: {said}", ""


def _dojo() -> tuple[str, str]:
    version = getattr(find_lean_dojo(), "__version__", "unknown")
    return f"LeanDojo {version}", "LeanDojo 4 runs Lean up to 4.20 only, whose kernel has known soundness bugs"


_LOOKS: tuple[tuple[str, str, Callable[[], tuple[str, str]]], ...] = (
    ("lean", "audited", _lean),
    ("repl", "audited", _repl),
    ("kimina", "messages", _kimina),
    ("dojo", "in_process", _dojo),
)
