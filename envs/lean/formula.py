"""Propositional formulas as plain data: written, evaluated, drawn at random.

A formula is a nested tuple: `("and", a, b)`, `("or", a, b)`, `("imp", a, b)`, `("iff", a, b)`, `("not", a)`, a variable
as `("var", "p")`, and the constants `TRUE` and `FALSE`.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

Formula: TypeAlias = tuple[Any, ...]

TRUE: Formula = ("true",)
FALSE: Formula = ("false",)

_SYMBOLS = {"iff": ("↔", 20, 21, 21), "imp": ("→", 25, 26, 25), "or": ("∨", 30, 31, 30), "and": ("∧", 35, 36, 35)}
"""Connective -> symbol, its own precedence, and what each side must at least have to stand without brackets."""


def write(formula: Formula, least: int = 0) -> str:
    """The formula as Lean text, with only the brackets it needs.

    Args:
        formula: What to write.
        least: The precedence that its surroundings ask for.
    """
    kind = str(formula[0])
    if kind == "var":
        return str(formula[1])
    if kind in ("true", "false"):
        return kind.capitalize()
    if kind == "not":
        return f"¬{write(formula[1], 1024)}"
    symbol, own, left, right = _SYMBOLS[kind]
    text = f"{write(formula[1], left)} {symbol} {write(formula[2], right)}"
    return f"({text})" if least > own else text


def variables(formula: Formula) -> list[str]:
    """Its variables, in the order in which they come."""
    if formula[0] == "var":
        return [formula[1]]
    found: list[str] = []
    for part in formula[1:]:
        found += [name for name in variables(part) if name not in found]
    return found


def size(formula: Formula) -> int:
    """How many connectives it has; constants and variables count nothing."""
    return 0 if formula[0] in ("var", "true", "false") else 1 + sum(size(part) for part in formula[1:])


def substitute(formula: Formula, values: Mapping[str, Formula]) -> Formula:
    """The formula with variables replaced."""
    if formula[0] == "var":
        return values.get(formula[1], formula)
    return (formula[0], *(substitute(part, values) for part in formula[1:]))


def truth_table(formula: Formula, names: Sequence[str]) -> int:
    """Its truth table as bits: bit i tells its value where variable j has the value of bit j of i."""
    full = (1 << (1 << len(names))) - 1
    columns = dict(zip(names, _columns(len(names)), strict=True))

    def table(part: Formula) -> int:
        match part[0]:
            case "var":
                return columns[part[1]]
            case "true":
                return full
            case "false":
                return 0
            case "not":
                return full ^ table(part[1])
            case "and":
                return table(part[1]) & table(part[2])
            case "or":
                return table(part[1]) | table(part[2])
            case "imp":
                return (full ^ table(part[1])) | table(part[2])
            case _:
                return full ^ table(part[1]) ^ table(part[2])

    return table(formula)


@functools.cache
def _columns(count: int) -> tuple[int, ...]:
    """The truth table of each of so many variables."""
    rows = 1 << count
    return tuple(sum(1 << row for row in range(rows) if row >> place & 1) for place in range(count))


def is_tautology(formula: Formula) -> bool:
    """Whether it is true under every valuation."""
    names = variables(formula)
    return truth_table(formula, names) == (1 << (1 << len(names))) - 1


def countermodel(formula: Formula) -> dict[str, bool] | None:
    """The first valuation that makes it false; None for a tautology."""
    names = variables(formula)
    table = truth_table(formula, names)
    for row in range(1 << len(names)):
        if not table >> row & 1:
            return {name: bool(row >> place & 1) for place, name in enumerate(names)}
    return None


_KINDS = ("imp",) * 6 + ("and",) * 5 + ("or",) * 6 + ("not",) * 2 + ("iff",) * 2
"""The connectives, each as often as it is to be drawn."""


class Drawn(NamedTuple):
    """A random formula and its truth table over the names it was drawn from."""

    formula: Formula
    table: int


class Drawing:
    """Draws formulas in which no part is always true or always false, and no side of a connective is its other side.

    Args:
        rng: Where the random numbers come from.
        names: The variables to draw from.
    """

    def __init__(self, rng: random.Random, names: Sequence[str]) -> None:
        """Make the truth tables of the variables."""
        self.rng = rng
        self.names = tuple(names)
        self.full = (1 << (1 << len(names))) - 1
        self.atoms = [Drawn(("var", name), truth_table(("var", name), self.names)) for name in names]

    def formula(self, connectives: int) -> Drawn:
        """A random formula with a given number of connectives."""
        number = self.rng.random
        if connectives == 0:
            return self.atoms[int(number() * len(self.atoms))]
        while True:
            kind = _KINDS[int(number() * len(_KINDS))]
            if kind == "not":
                inner = self.formula(connectives - 1)
                if inner.formula[0] != "not":
                    return Drawn(("not", inner.formula), self.full ^ inner.table)
                continue
            left = int(number() * connectives)
            made = self.join(kind, self.formula(left), self.formula(connectives - 1 - left))
            if made.table not in (0, self.full) and made.formula[1] != made.formula[2]:
                return made

    def join(self, kind: str, left: Drawn, right: Drawn) -> Drawn:
        """Two formulas joined by a connective."""
        match kind:
            case "and":
                table = left.table & right.table
            case "or":
                table = left.table | right.table
            case "imp":
                table = (self.full ^ left.table) | right.table
            case _:
                table = self.full ^ left.table ^ right.table
        return Drawn((kind, left.formula, right.formula), table)

    def tautology(self, kind: str, sizes: Sequence[int]) -> Formula:
        """A tautology whose outermost connective is an implication or an equivalence ("imp", "iff").

        Formulas of the given sizes are drawn until one implies, or is equivalent to, one drawn before it.
        """
        seen: list[Drawn] = []
        while True:
            new = self.formula(self.rng.choice(sizes))
            for old in seen:
                for left, right in ((old, new), (new, old)):
                    implied = not left.table & ~right.table
                    if (implied if kind == "imp" else left.table == right.table) and left.formula != right.formula:
                        return (kind, left.formula, right.formula)
            seen = [*seen[-11:], new]
