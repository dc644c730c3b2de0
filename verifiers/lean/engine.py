"""The interface of a Lean engine: states that tactics step through, and whole proofs that are judged.

States are immutable, so that a search can branch from any of them. What cannot be proved ends in a `TacticError` or a
`Verdict`; a statement that cannot be read raises `SpecError`; an engine that fails itself raises `EngineError` between
tactics and gives a verdict of status `ERROR` where it judges.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from assay.verifiers.verdict import Verdict

VERIFIER_NAME = "lean@1.2.0"
"""The verifier's name and version, whichever engine judges; changes whenever a verdict may."""

DEFAULT_AXIOMS = ("propext", "Quot.sound", "Classical.choice")
"""The axioms a proof may use where the task names none: Lean's own three."""


class EngineError(RuntimeError):
    """An engine failed (it died, stalled, or spoke nonsense): nobody's proof is to blame, and nothing may be paid.

    Attributes:
        reason: Stable short code, e.g. "engine_died".
        detail: What else is known; JSON values only.
    """

    def __init__(self, reason: str, message: str, **detail: Any) -> None:
        """Keep the code beside the message."""
        super().__init__(message)
        self.reason = reason
        self.detail = detail


class EngineAbsentError(EngineError):
    """The tool that an engine drives is not on this machine; the message says in one line how to get it."""

    def __init__(self, message: str, **detail: Any) -> None:
        """Always the reason "engine_absent"."""
        super().__init__("engine_absent", message, **detail)


@runtime_checkable
class ProofState(Protocol):
    """Goals of a proof under way."""

    @property
    def goals(self) -> tuple[str, ...]:
        """Every goal as Lean prints it, the current one first."""
        ...

    @property
    def text(self) -> str:
        """All goals as one text; "no goals" once there are none."""
        ...

    @property
    def solved(self) -> bool:
        """Whether no goal is left (the kernel has yet to judge; see `LeanEngine.finish`)."""
        ...


@dataclass(frozen=True, slots=True)
class TacticError:
    """A tactic that failed; the state it was given still stands.

    Attributes:
        code: Stable short code, e.g. "rewrite_not_found".
        message: Lean-like text.
        line: Line in the tactic's text, from 1; 0 where unknown.
        column: Column, from 0.
    """

    code: str
    message: str
    line: int = 0
    column: int = 0


class LeanEngine(Protocol):
    """Checks proofs of statements."""

    @property
    def name(self) -> str:
        """Name and version, e.g. "embedded@1.0.0"."""
        ...

    def start(self, statement: str, axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> ProofState:
        """The state before the first tactic.

        Args:
            statement: What follows `theorem NAME`: binders, a colon, a proposition.
            axioms: Names of the axioms the proof may rest on.

        Raises:
            SpecError: The statement cannot be read.
            EngineError: The engine failed.
        """
        ...

    def run(self, state: ProofState, tactic: str) -> ProofState | TacticError:
        """Run one tactic (or several lines of them) on a state, which does not change.

        Raises:
            EngineError: The engine failed.
        """
        ...

    def finish(self, state: ProofState) -> Verdict:
        """Judge the proof that led to a state; `WRONG` while goals are left."""
        ...

    def check(self, statement: str, proof: str, axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> Verdict:
        """Judge a whole proof: what would follow `:=`.

        Raises:
            SpecError: The statement cannot be read.
        """
        ...
