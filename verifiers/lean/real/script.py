"""A proof under way at a real engine: the tactics that lead to its goals."""

from __future__ import annotations

from dataclasses import dataclass

from assay.verifiers.lean.real.policy_text import indented


@dataclass(frozen=True, slots=True)
class ScriptState:
    """A proof state with the way to it, so that a fresh process can come there again.

    Attributes:
        statement: The task's statement; "" where a repository holds it.
        axioms: Names of the axioms the proof may rest on.
        tactics: What was run from the theorem on.
        goals: What is left to prove, as Lean prints it.
    """

    statement: str
    axioms: tuple[str, ...]
    tactics: tuple[str, ...]
    goals: tuple[str, ...]

    @property
    def text(self) -> str:
        """All goals as one text."""
        return "\n\n".join(self.goals) if self.goals else "no goals"

    @property
    def solved(self) -> bool:
        """Whether no goal is left."""
        return not self.goals

    @property
    def proof(self) -> str:
        """The proof as a `by` block."""
        return "by\n" + "\n".join(indented(tactic) for tactic in self.tactics or ("skip",))
