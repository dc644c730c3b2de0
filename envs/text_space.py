"""A gymnasium space for natural language: any Unicode string up to a length."""

from __future__ import annotations

import string
from typing import Any

import numpy as np
from gymnasium.spaces import Text

SAMPLE_CHARS = 64
"""Longest sample."""

_PRINTABLE = np.array(list(string.printable))


class UnicodeText(Text):
    """Any string of at most `max_length` characters, whatever its characters.

    gymnasium's own `Text` holds a fixed set of characters and looks each one up; this one checks type and length
    only. Samples are drawn from the printable ASCII characters.
    """

    def __init__(self, max_length: int, seed: int | np.random.Generator | None = None) -> None:
        """Make the space; `max_length` is in characters."""
        super().__init__(max_length, min_length=0, charset=string.printable, seed=seed)

    def sample(self, mask: Any = None, probability: Any = None) -> str:
        """A short random string of printable ASCII characters.

        gymnasium's own draws the length up to `max_length`, which here would be many megabytes.
        """
        length = int(self.np_random.integers(0, min(self.max_length, SAMPLE_CHARS) + 1))
        return "".join(self.np_random.choice(_PRINTABLE, size=length).tolist())

    def contains(self, x: Any) -> bool:
        """Whether `x` is a string that is not too long."""
        return isinstance(x, str) and len(x) <= self.max_length

    def __repr__(self) -> str:
        """As it is made."""
        return f"UnicodeText({self.max_length})"

    def __eq__(self, other: object) -> bool:
        """Vector environments ask whether their spaces are the same."""
        return isinstance(other, UnicodeText) and other.max_length == self.max_length

    __hash__ = None  # type: ignore[assignment]  # like every gymnasium space: mutable, so not hashable
