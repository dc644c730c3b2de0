"""Endless sources of theorems; see `assay.envs.procedural` for how content is drawn and split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assay.envs.lean.family import LeanFamily, cached_theorem
from assay.envs.lean.prompt import write_prompt
from assay.envs.lean.theorem import Theorem, embedded_engine, is_proved
from assay.envs.procedural import MAX_DIFFICULTY, MIN_DIFFICULTY, FamilySource, Written
from assay.envs.task import Task
from assay.verifiers.errors import AssayError
from assay.verifiers.lean.engine import DEFAULT_AXIOMS


class TheoremSource(FamilySource[LeanFamily[Any]]):
    """Theorems of one or several families.

    Args:
        families: The families, in the order in which tasks are dealt out.
        difficulty: One difficulty, or the lowest and highest of a range.
        instruction: Added to each prompt after a line break; "" leaves the prompt alone.
        name: The name of the source; by default that of the only family.
        show_goal: Whether a prompt ends with the first goal state.
    """

    def __init__(
        self,
        families: Sequence[LeanFamily[Any]],
        difficulty: int | Sequence[int] = (MIN_DIFFICULTY, MAX_DIFFICULTY),
        instruction: str = "",
        name: str | None = None,
        show_goal: bool = False,
    ) -> None:
        """Check the arguments; nothing is generated yet."""
        super().__init__(families, difficulty, instruction, name)
        self.show_goal = show_goal

    def write(self, family: LeanFamily[Any], params: Any, split: str) -> Written:
        """The theorem's prompt and spec; `length` in the meta tells how many steps its proof has."""
        theorem = _theorem(family, params)
        restricted = set(theorem.axioms) != set(DEFAULT_AXIOMS)
        state = embedded_engine().start(theorem.statement, theorem.axioms).text if self.show_goal else ""
        spec: dict[str, Any] = {"statement": theorem.statement}
        if restricted:
            spec["axioms"] = list(theorem.axioms)
        prompt = write_prompt(theorem.statement, axioms=theorem.axioms, state=state)
        return Written(prompt, "lean", spec, {"length": len(theorem.steps)})

    def gold(self, task: Task) -> str:
        """The family's proof as a `by` block."""
        return self.theorem(task).proof

    def theorem(self, task: Task) -> Theorem:
        """The theorem of a task, with its proof step by step; the engine has checked that proof.

        Raises:
            UnknownNameError: The task is not of this source.
            AssayError: The engine does not accept the proof, which is a defect of the family.
        """
        family, params, _ = self.drawn(task.id)
        theorem = _theorem(family, params)
        if not is_proved(theorem):
            raise AssayError(
                f"{task.id}: the embedded engine does not accept the proof of {family.name}: {theorem.proof}"
            )
        return theorem


def _theorem(family: LeanFamily[Any], params: Any) -> Theorem:
    theorem = cached_theorem(family, params)
    if theorem is None:
        raise AssayError(f"{family.name} drew no theorem: {params!r}")
    return theorem
