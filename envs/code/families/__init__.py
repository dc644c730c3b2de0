"""The families of programming tasks, by name."""

from __future__ import annotations

from typing import Any

from assay.envs.code.families.derived import Predict, Repair, WriteTests
from assay.envs.code.families.dynamic import Calculator, CoinWays, EditCost, GridPaths, Settings
from assay.envs.code.families.lists import PairCount, RotateAndPick, RunLengths, WindowSums
from assay.envs.code.families.numbers import DigitGame, DivisorRule, NestedDepth, Recurrence
from assay.envs.code.families.programs import EventClock, MatrixTurns, ScoreTable, TextBox
from assay.envs.code.families.simulation import CacheLog, CellRule, GridRobot, Ledger
from assay.envs.code.families.strings import CaesarBlocks, LongestBlock, Template, WordOrder
from assay.envs.code.families.twists import LIST, NUMBER, OUTPUT, TEXT, TwistedFamily
from assay.envs.code.family import CodeFamily

_NUMBERS = (WindowSums(), PairCount(), NestedDepth(), Recurrence(), CoinWays(), GridPaths(), EditCost(), Calculator())
_LISTS = (
    RotateAndPick(),
    RunLengths(),
    WordOrder(),
    DigitGame(),
    DivisorRule(),
    GridRobot(),
    CacheLog(),
    Ledger(),
)
_TEXTS = (CaesarBlocks(), LongestBlock(), Template(), CellRule())
_OUTPUTS = (ScoreTable(), TextBox(), EventClock(), MatrixTurns())

_FUNCTIONS: list[CodeFamily[Any]] = [
    *(TwistedFamily(family, NUMBER) for family in _NUMBERS),
    *(TwistedFamily(family, LIST) for family in _LISTS),
    *(TwistedFamily(family, TEXT) for family in _TEXTS),
    Settings(),
]

_PROGRAMS: list[CodeFamily[Any]] = [TwistedFamily(family, OUTPUT) for family in _OUTPUTS]

BASES: dict[str, CodeFamily[Any]] = {family.name: family for family in (*_FUNCTIONS, *_PROGRAMS)}
"""Families with a reference and mutants of their own."""

FAMILIES: dict[str, CodeFamily[Any]] = BASES | {
    family.name: family for family in (Repair([*_FUNCTIONS, *_PROGRAMS]), Predict(_FUNCTIONS), WriteTests(_FUNCTIONS))
}
"""Every family."""


def topics() -> dict[str, list[CodeFamily[Any]]]:
    """The families of each topic."""
    groups: dict[str, list[CodeFamily[Any]]] = {}
    for family in FAMILIES.values():
        groups.setdefault(family.topic, []).append(family)
    return groups
