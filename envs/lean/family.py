"""Families of theorems: what they draw, and how a draw becomes a task.

A family draws a theorem with a proof whose number of steps is its difficulty. The proof comes from a prover, a search
or a template, and the embedded engine checks it before it is handed out as a demonstration (`TheoremSource.gold`).
Train and test are told apart by `alpha_key`, over all families alike: no theorem of one is a renaming of a theorem of
the other.
"""

from __future__ import annotations

import functools
from abc import abstractmethod
from typing import Any, ClassVar

from assay.envs.lean.theorem import Theorem, alpha_key, listed_keys
from assay.envs.procedural import MAX_DIFFICULTY, P, TaskFamily

LONGEST = 24
"""Steps of the longest proof that the highest difficulty may ask for."""


class LeanFamily(TaskFamily[P]):
    """A kind of theorem with difficulties 1 to 10."""

    border: ClassVar[str] = "lean"
    max_draws: ClassVar[int] = 20_000

    @abstractmethod
    def theorem(self, params: P) -> Theorem | None:
        """The theorem that parameters stand for; None where they make none that may be set."""

    @abstractmethod
    def statement(self, params: P) -> str:
        """The statement alone: cheap, since the split is decided by it."""

    def key(self, params: P) -> str:
        """The statement up to names and the order of binders."""
        return alpha_key(self.statement(params))

    def accepts(self, params: P) -> bool:
        """Only theorems with a proof of the length asked for are set, and none of the theorem list."""
        return cached_theorem(self, params) is not None and self.key(params) not in listed_keys()


@functools.lru_cache(maxsize=4096)
def cached_theorem(family: LeanFamily[Any], params: Any) -> Theorem | None:
    """What `family.theorem` says, remembered."""
    return family.theorem(params)


def fits(length: int, difficulty: int) -> bool:
    """Whether a proof of so many steps is of a difficulty: as many, or at the highest as many or more."""
    return length == difficulty if difficulty < MAX_DIFFICULTY else MAX_DIFFICULTY <= length <= LONGEST
