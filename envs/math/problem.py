"""One mathematics problem, and the families that make them.

A `Family` draws the numbers of a problem first and writes its texts only when asked. So a source can look at the
identity of a problem (`key`), decide on which side of the train/test border it falls, and draw again, all before any
text is built. The families themselves are in `assay.envs.math.families`; how they become tasks is in
`assay.envs.math.procedural`.
"""

from __future__ import annotations

import random
from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from assay.envs.procedural import MAX_DIFFICULTY, MIN_DIFFICULTY, P, TaskFamily

__all__ = ["MAX_DIFFICULTY", "MIN_DIFFICULTY", "Family", "Problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A question with exactly one right answer.

    Attributes:
        statement: The question, as natural text with LaTeX; it says in which form the answer is wanted.
        answer: The right answer, in the notation of the math verifier.
        steps: A short worked solution, ending before the boxed answer; used as demonstration.
        key: Canonical identity of the content: problems that differ only in names, wording or the order of equal
            parts share it.
    """

    statement: str
    answer: str
    steps: str
    key: str


class Family(TaskFamily[P]):
    """A kind of problem with difficulties 1 to 10, each with one answer; see `TaskFamily` for the other attributes.

    Attributes:
        form: Policy of the verifier: "written_out" refuses an answer that leaves arithmetic open, such as the question
            said back; "any" is for answers that are expressions.
    """

    form: ClassVar[str] = "written_out"

    @abstractmethod
    def statement(self, params: P) -> str:
        """The question."""

    @abstractmethod
    def answer(self, params: P) -> str:
        """The right answer."""

    @abstractmethod
    def steps(self, params: P) -> str:
        """The worked solution, ending before the boxed answer."""

    def problem(self, params: P) -> Problem:
        """All texts of the drawn numbers."""
        return Problem(self.statement(params), self.answer(params), self.steps(params), self.key(params))

    def generate(self, rng: random.Random, difficulty: int) -> Problem:
        """Draw a problem, on whichever side of the train/test border it falls."""
        return self.problem(self.draw(rng, difficulty))
