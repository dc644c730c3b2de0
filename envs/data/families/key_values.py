"""Settings in shorthand to a JSON object: a skill that a tiny character-level model can learn.

The prompt is the shorthand and an arrow, `b=7;a=3>`, and the answer is the object, `{"b":7,"a":3}`. What is asked is
said in a second line, unless the source has no instruction.
"""

from __future__ import annotations

import random
from typing import ClassVar

from assay.envs.data.family import DataFamily, Item

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class KeyValues(DataFamily[tuple[tuple[tuple[str, int], ...], int]]):
    """At difficulty 2, `b=7;a=30>` with the answer `{"b":7,"a":30}`: `difficulty` pairs, numbers below 100.

    Distinct tasks: about 2,600 at difficulty 1, 10^6 at 2, more than 10^30 at 10.
    """

    name: ClassVar[str] = "key_values"
    topic: ClassVar[str] = "documents"
    summary: ClassVar[str] = "settings in shorthand to a JSON object, written as shortly as possible"
    version: ClassVar[str] = "2"

    hint: ClassVar[str] = "Write these settings as a JSON object from letter to number."

    def draw(self, rng: random.Random, difficulty: int) -> tuple[tuple[tuple[str, int], ...], int]:
        """One pair a level, each with another letter."""
        return tuple((letter, rng.randrange(100)) for letter in rng.sample(LETTERS, difficulty)), 0

    def key(self, params: tuple[tuple[tuple[str, int], ...], int]) -> str:
        """The order of the pairs is no difference."""
        return repr(sorted(params[0]))

    def write(self, params: tuple[tuple[tuple[str, int], ...], int], split: str) -> Item:
        """One wording for both splits: the task is the shorthand itself."""
        pairs = params[0]
        prompt = ";".join(f"{letter}={number}" for letter, number in pairs) + ">"
        answer = "{" + ",".join(f'"{letter}":{number}' for letter, number in pairs) + "}"
        return Item(prompt, "json_equal", {"expected": dict(pairs)}, answer)
