"""One mathematics problem, and the families that make them.

A `Family` draws the numbers of a problem first and writes its texts only when asked. So a source can look at the
identity of a problem (`key`), decide on which side of the train/test border it falls, and draw again, all before any
text is built. The families themselves are in `assay.envs.math.families`; how they become tasks is in
`assay.envs.math.procedural`.
"""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

P = TypeVar("P")
"""What a family draws: all that its texts depend on, usually a tuple of integers."""

MIN_DIFFICULTY, MAX_DIFFICULTY = 1, 10


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


class Family(ABC, Generic[P]):
    """A kind of problem with difficulties 1 to 10.

    Attributes:
        name: The name it is asked for by; lower case with underscores.
        topic: The group it belongs to, e.g. "algebra".
        summary: One line on what is asked.
        version: Must change whenever any problem does: it is part of every seed.
        form: Policy of the verifier: "written_out" refuses an answer that leaves arithmetic open, such as the question
            said back; "any" is for answers that are expressions.
    """

    name: ClassVar[str]
    topic: ClassVar[str]
    summary: ClassVar[str]
    version: ClassVar[str] = "1"
    form: ClassVar[str] = "written_out"

    @abstractmethod
    def draw(self, rng: random.Random, difficulty: int) -> P:
        """Draw the numbers (and wording) of a problem. Always succeeds, and reads no randomness but `rng`."""

    def key(self, params: P) -> str:
        """Identity of the content. To be overridden where other parameters can pose the same question."""
        return repr(params)

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
