"""Random documents and tables for the families that convert, repair and transform them."""

from __future__ import annotations

import random
from typing import Any

from assay.envs.data.vocabulary import KEYS, number_value, text_value

Frozen = tuple[Any, ...] | str | int | bool | None
"""A document as nested tuples: ("{", (key, value), ...) and ("[", value, ...), so that it has one repr."""


def draw_document(rng: random.Random, difficulty: int, null: bool = True) -> Frozen:
    """An object of 2 to 5 members, nested as difficulty allows."""
    return _object(rng, difficulty, 1 + (difficulty + 2) // 4, null)


def _object(rng: random.Random, difficulty: int, depth: int, null: bool) -> Frozen:
    keys = rng.sample(KEYS, rng.randrange(2, 4 + difficulty // 4))
    return ("{", *((key, _value(rng, difficulty, depth - 1, null)) for key in keys))


def _value(rng: random.Random, difficulty: int, depth: int, null: bool) -> Frozen:
    kind = rng.randrange(8 if depth > 0 else 5)
    if kind < 2:
        return text_value(rng, difficulty)
    if kind < 4:
        return number_value(rng, difficulty)
    if kind == 4:
        return rng.choice((True, False, None) if null else (True, False))
    if kind == 5:
        return ("[", *(_value(rng, difficulty, 0, null) for _ in range(rng.randrange(1, 4))))
    return _object(rng, difficulty, depth, null)


def thaw(frozen: Frozen) -> Any:
    """The document as dictionaries and lists."""
    if not isinstance(frozen, tuple):
        return frozen
    if frozen[0] == "{":
        return {key: thaw(value) for key, value in frozen[1:]}
    return [thaw(value) for value in frozen[1:]]


def draw_table(rng: random.Random, difficulty: int) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Column names and rows of text cells."""
    names = tuple(rng.sample(KEYS, 2 + difficulty // 3))
    cells = [
        tuple(text_value(rng, difficulty) if rng.random() < 0.7 else str(number_value(rng, difficulty)) for _ in names)
        for _ in range(1 + difficulty)
    ]
    return names, tuple(cells)
