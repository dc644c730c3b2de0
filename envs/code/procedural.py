"""Endless sources of programming tasks: the families' problems, with hidden cases; see `assay.envs.procedural`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assay.envs.code.family import CodeFamily
from assay.envs.procedural import MAX_DIFFICULTY, MIN_DIFFICULTY, FamilySource, Written
from assay.envs.task import Task

INSTRUCTION = "Answer with one fenced block."
"""What the prompt asks for after the statement, unless a source is told otherwise."""


class CodeSource(FamilySource[CodeFamily[Any]]):
    """Programming tasks of one or several families; see `FamilySource`."""

    def __init__(
        self,
        families: Sequence[CodeFamily[Any]],
        difficulty: int | Sequence[int] = (MIN_DIFFICULTY, MAX_DIFFICULTY),
        instruction: str = INSTRUCTION,
        name: str | None = None,
    ) -> None:
        """Check the arguments; nothing is generated yet."""
        super().__init__(families, difficulty, instruction, name)

    def write(self, family: CodeFamily[Any], params: Any, split: str) -> Written:
        """Statement and hidden cases; both splits are worded alike."""
        return Written(family.statement(params), "code", family.spec(params))

    def gold(self, task: Task) -> str:
        """The reference (or the right answer) in a fenced block."""
        family, params, _ = self.drawn(task.id)
        return family.gold(params)
