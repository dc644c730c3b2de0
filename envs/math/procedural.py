r"""Endless sources of mathematics tasks: the families' problems, asked for in `\boxed{}`.

How content is drawn, split and numbered is in `assay.envs.procedural`; here is only what mathematics adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assay.envs.math.problem import MAX_DIFFICULTY, MIN_DIFFICULTY, Family, Problem
from assay.envs.procedural import FamilySource, Written
from assay.envs.task import Task

INSTRUCTION = r"Put the final answer in \boxed{}."
"""What the prompt asks for after the statement, unless a source is told otherwise."""


class ProceduralSource(FamilySource[Family[Any]]):
    r"""Problems of one or several families; see `FamilySource`."""

    def __init__(
        self,
        families: Sequence[Family[Any]],
        difficulty: int | Sequence[int] = (MIN_DIFFICULTY, MAX_DIFFICULTY),
        instruction: str = INSTRUCTION,
        name: str | None = None,
    ) -> None:
        """Check the arguments; nothing is generated yet."""
        super().__init__(families, difficulty, instruction, name)

    def write(self, family: Family[Any], params: Any, split: str) -> Written:
        """Statement and answer; mathematics words both splits alike."""
        return Written(family.statement(params), "math", {"answer": family.answer(params), "form": family.form})

    def problem(self, task_id: str) -> Problem:
        """The whole problem behind an id, with its worked solution.

        Raises:
            UnknownNameError: The id is not of this source.
        """
        family, params, _ = self.drawn(task_id)
        return family.problem(params)

    def gold(self, task: Task) -> str:
        r"""The worked solution, a line break, and the answer in `\boxed{}`."""
        problem = self.problem(task.id)
        boxed = rf"\boxed{{{problem.answer}}}"
        return f"{problem.steps}\n{boxed}" if problem.steps else boxed
