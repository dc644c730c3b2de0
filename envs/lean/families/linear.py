"""Linear arithmetic over the natural numbers: a conclusion that combines the hypotheses.

Hypotheses are random inequalities and equations; the conclusion is a sum of multiples of them, with what stands on both
sides cancelled and some slack. One `omega` proves each, so here the difficulty counts the hypotheses and variables that
must be combined, not steps.
"""

from __future__ import annotations

import random
from typing import ClassVar, NamedTuple

from assay.envs.lean.family import LeanFamily
from assay.envs.lean.theorem import Theorem

VARIABLES = "xyzuvw"


class Side(NamedTuple):
    """A linear form: what each variable is multiplied with, and a constant."""

    factors: tuple[int, ...]
    constant: int


class Linear(NamedTuple):
    """A drawn implication, as text."""

    statement: str


class LinearArithmetic(LeanFamily[Linear]):
    """Inequalities that follow from others."""

    name: ClassVar[str] = "linear_arithmetic"
    topic: ClassVar[str] = "arithmetic"
    version: ClassVar[str] = "2"
    summary: ClassVar[str] = "linear inequalities over the natural numbers that follow from others"

    def draw(self, rng: random.Random, difficulty: int) -> Linear:
        """Hypotheses and a sum of multiples of them that does not hold without them."""
        variables = 2 + difficulty // 5
        count = 1 + difficulty // 3
        while True:
            hypotheses = [self._hypothesis(rng, variables, 1 + difficulty // 4) for _ in range(count)]
            left, right = Side((0,) * variables, 0), Side((0,) * variables, rng.randrange(3))
            for smaller, relation, greater in hypotheses:
                times = rng.randint(1, 1 + difficulty // 5)
                strict = 1 if relation == "<" else 0
                left = _add(left, smaller, times, strict * times)
                right = _add(right, greater, times, 0)
            left, right = _cancel(left, right)
            if not (any(left.factors) and any(right.factors)):
                continue
            given = [self._relation(rng, *parts) for parts in hypotheses]
            goal = self._goal(rng, left, right)
            if goal not in given and f"{_write(left)} ≤ {_write(right)}" not in given:
                break
        parts = " ".join(f"(h{n} : {text})" for n, text in enumerate(given, 1))
        return Linear(f"({' '.join(VARIABLES[:variables])} : Nat) {parts} : {goal}")

    def _hypothesis(self, rng: random.Random, variables: int, most: int) -> tuple[Side, str, Side]:
        while True:
            left, right = _side(rng, variables, most), _side(rng, variables, most)
            left, right = _cancel(left, right)
            if any(left.factors) and (any(right.factors) or right.constant):
                return left, rng.choice(("≤", "≤", "<", "=")), right

    def _relation(self, rng: random.Random, left: Side, relation: str, right: Side) -> str:
        form = rng.randrange(4)
        if form == 0 and relation == "≤":
            return f"¬{_write(right)} < {_write(left)}"
        if form == 1 and relation == "<":
            return f"{_write(right)} > {_write(left)}"
        return f"{_write(left)} {relation} {_write(right)}"

    def _goal(self, rng: random.Random, left: Side, right: Side) -> str:
        if left.constant and rng.random() < 0.5:
            return f"{_write(Side(left.factors, left.constant - 1))} < {_write(right)}"
        if rng.random() < 0.2:
            return f"¬{_write(right)} < {_write(left)}"
        return f"{_write(left)} ≤ {_write(right)}"

    def statement(self, params: Linear) -> str:
        """What was drawn."""
        return params.statement

    def theorem(self, params: Linear) -> Theorem:
        """One step."""
        return Theorem(params.statement, ("omega",))


def _side(rng: random.Random, variables: int, most: int) -> Side:
    factors = tuple(rng.choice((0, 0, 1, rng.randint(1, max(1, most)))) for _ in range(variables))
    return Side(factors, rng.choice((0, 0, rng.randrange(1, 10))))


def _add(to: Side, side: Side, times: int, more: int) -> Side:
    factors = tuple(a + times * b for a, b in zip(to.factors, side.factors, strict=True))
    return Side(factors, to.constant + times * side.constant + more)


def _cancel(left: Side, right: Side) -> tuple[Side, Side]:
    common = tuple(min(a, b) for a, b in zip(left.factors, right.factors, strict=True))
    constant = min(left.constant, right.constant)
    return (
        Side(tuple(a - b for a, b in zip(left.factors, common, strict=True)), left.constant - constant),
        Side(tuple(a - b for a, b in zip(right.factors, common, strict=True)), right.constant - constant),
    )


def _write(side: Side) -> str:
    parts = [
        name if factor == 1 else f"{factor} * {name}"
        for name, factor in zip(VARIABLES, side.factors, strict=False)
        if factor
    ]
    if side.constant or not parts:
        parts.append(str(side.constant))
    return " + ".join(parts)
