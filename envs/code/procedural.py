"""Endless sources of programming tasks; ids, splits and seeds are those of all procedural sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from assay.envs.code.family import CodeFamily
from assay.envs.math.problem import MAX_DIFFICULTY, MIN_DIFFICULTY, Family
from assay.envs.math.procedural import ProceduralSource, draw_params
from assay.envs.task import Task

INSTRUCTION = "Answer with one fenced block."
"""What the prompt asks for after the statement, unless a source is told otherwise."""


class CodeSource(ProceduralSource):
    """Programming tasks of one or several families.

    Args:
        families: The families, in the order in which tasks are dealt out.
        difficulty: One difficulty, or the lowest and highest of a range.
        instruction: Added to each statement after a line break; "" leaves the statement alone.
        name: The name of the source; by default that of the only family.

    Raises:
        AssayError: A difficulty is not from 1 to 10, or there is no family.
    """

    def __init__(
        self,
        families: Sequence[CodeFamily[Any]],
        difficulty: int | Sequence[int] = (MIN_DIFFICULTY, MAX_DIFFICULTY),
        instruction: str = INSTRUCTION,
        name: str | None = None,
    ) -> None:
        """Check the arguments; nothing is generated yet."""
        super().__init__(families, difficulty, instruction, name)

    def gold(self, task: Task) -> str:
        """The reference in a fenced block."""
        family, params = self._params(task.id)
        return family.gold(params)

    def _params(self, task_id: str) -> tuple[CodeFamily[Any], Any]:
        family, split, difficulty, index = self._read_id(task_id)
        return cast(CodeFamily[Any], family), draw_params(family, split, difficulty, index)

    def _make(self, family: Family[Any], split: str, difficulty: int, index: int) -> Task:
        coded = cast(CodeFamily[Any], family)
        params = draw_params(family, split, difficulty, index)
        return Task(
            f"{family.name}/{split}/d{difficulty}/{index}",
            coded.statement(params) + self._suffix,
            "code",
            coded.spec(params),
            {
                "source": family.name,
                "family": family.name,
                "topic": family.topic,
                "split": split,
                "difficulty": difficulty,
                "index": index,
                "version": family.version,
            },
        )
