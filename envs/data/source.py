"""Endless sources of structured-data tasks; see `assay.envs.procedural` for how content is drawn and split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assay.envs.data.family import DataFamily
from assay.envs.procedural import MAX_DIFFICULTY, MIN_DIFFICULTY, FamilySource, Written
from assay.envs.task import Task

INSTRUCTION = "Give only the answer, or put it in one fenced block."
"""What the prompt asks for at the end, unless a source is told otherwise."""


class DataSource(FamilySource[DataFamily[Any]]):
    """Tasks of one or several families; see `FamilySource`."""

    def __init__(
        self,
        families: Sequence[DataFamily[Any]],
        difficulty: int | Sequence[int] = (MIN_DIFFICULTY, MAX_DIFFICULTY),
        instruction: str = INSTRUCTION,
        name: str | None = None,
    ) -> None:
        """Check the arguments; nothing is generated yet."""
        super().__init__(families, difficulty, instruction, name)

    def write(self, family: DataFamily[Any], params: Any, split: str) -> Written:
        """What the family writes, without its answer."""
        item = family.write(params, split)
        told = f"{item.prompt}\n{family.hint}" if family.hint and self.instruction else item.prompt
        return Written(told, item.kind, item.spec)

    def gold(self, task: Task) -> str:
        """The answer that the family wrote, bare."""
        family, params, split = self.drawn(task.id)
        return family.write(params, split).answer
