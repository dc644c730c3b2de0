"""Finite sets, and sets of real numbers written as intervals."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import ClassVar, NamedTuple

from assay.envs.math.families.notation import draw_int, fraction_tex
from assay.envs.math.problem import Family

UNION, INTERSECTION, DIFFERENCE, SYMMETRIC = r"\cup", r"\cap", r"\setminus", r"\triangle"

_NAMES = "ABCD"


class SetOperations(Family[tuple[tuple[tuple[int, ...], ...], tuple[str, ...]]]):
    r"""Unions, intersections and differences of finite sets.

    Example (difficulty 1): "Let $A = \{2, 3, 5, 7\}$ and $B = \{1, 3, 5, 9\}$. Find $A \setminus B$. List all its
    elements in braces." with the answer \{2, 7\}.

    Difficulty: two sets, three from 3 on, four from 7 on; 3 to 4 elements, then up to 12; symmetric differences from
    5 on. Distinct problems: over C(12, 3)^2 * 3 at difficulty 1; at 10 over C(40, 8)^4 * 4^3.
    """

    name: ClassVar[str] = "set_operations"
    topic: ClassVar[str] = "sets"
    summary: ClassVar[str] = "unions, intersections and differences of finite sets"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[tuple[tuple[int, ...], ...], tuple[str, ...]]:
        """Sets, and operators applied from left to right; the result has two members at least, and is new."""
        universe = range(1, 10 + 3 * difficulty)
        operators = (UNION, INTERSECTION, DIFFERENCE, SYMMETRIC)[: 3 if difficulty < 5 else 4]
        count = 2 + (difficulty >= 3) + (difficulty >= 7)
        while True:
            sizes = [draw_int(rng, 3 + difficulty // 3, 4 + 4 * difficulty // 5) for _ in range(count)]
            sets = tuple(tuple(sorted(rng.sample(universe, size))) for size in sizes)
            chosen = tuple(operators[draw_int(rng, 0, len(operators) - 1)] for _ in range(count - 1))
            result = _combine(sets, chosen)[-1]
            if len(result) >= 2 and result not in sets:
                return sets, chosen

    def statement(self, params: tuple[tuple[tuple[int, ...], ...], tuple[str, ...]]) -> str:
        """The sets, the expression, and what the triangle means where it stands."""
        sets, operators = params
        parts = [f"${name} = {_braces(members)}$" for name, members in zip(_NAMES, sets, strict=False)]
        meaning = r" ($X \triangle Y$ holds what is in exactly one of $X$ and $Y$.)" if SYMMETRIC in operators else ""
        return (
            f"Let {', '.join(parts[:-1])} and {parts[-1]}. Find ${_expression(operators)}$.{meaning} "
            "List all its elements in braces."
        )

    def answer(self, params: tuple[tuple[tuple[int, ...], ...], tuple[str, ...]]) -> str:
        """A set, in rising order."""
        return _braces(_combine(*params)[-1])

    def steps(self, params: tuple[tuple[tuple[int, ...], ...], tuple[str, ...]]) -> str:
        """One operation after the other, from the inside."""
        _, operators = params
        results = _combine(*params)
        return "\n".join(
            f"${_expression(operators[: place + 1])} = {_braces(result)}$" for place, result in enumerate(results)
        )


class Interval(NamedTuple):
    """An interval with ends in sixths; an end of None is infinite (and open)."""

    low: int | None
    high: int | None
    has_low: bool
    has_high: bool

    def tex(self) -> str:
        """In interval notation."""
        low = r"-\infty" if self.low is None else fraction_tex(Fraction(self.low, 6))
        high = r"\infty" if self.high is None else fraction_tex(Fraction(self.high, 6))
        return f"{'[' if self.has_low else '('}{low}, {high}{']' if self.has_high else ')'}"

    def holds(self, twelfths: int) -> bool:
        """Whether a number, given in twelfths, is in it."""
        low, high, has_low, has_high = self
        above = low is None or twelfths > 2 * low or (has_low and twelfths == 2 * low)
        return above and (high is None or twelfths < 2 * high or (has_high and twelfths == 2 * high))


class Intervals(Family[tuple[tuple[Interval, ...], tuple[str, ...]]]):
    r"""Unions, intersections and differences of intervals.

    Example (difficulty 2): "Let $A = [-3, 5)$ and $B = (1, 8]$. Find $A \setminus B$ and write it in interval
    notation, as one interval or a union of disjoint intervals." with the answer [-3, 1].

    Difficulty: two intervals, three from 4 on, four from 8 on; ends up to 6, then up to 30; infinite ends from 3 on,
    fractions from 6 on. Distinct problems: about (13 * 12 * 2)^2 * 3 at difficulty 1; at 10 over 10^15.
    """

    name: ClassVar[str] = "intervals"
    topic: ClassVar[str] = "sets"
    summary: ClassVar[str] = "unions, intersections and differences of intervals"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[tuple[Interval, ...], tuple[str, ...]]:
        """Intervals and operators; the result is neither empty, given nor everything, and has no single points."""
        count = 2 + (difficulty >= 4) + (difficulty >= 8)
        while True:
            intervals = tuple(_draw_interval(rng, difficulty) for _ in range(count))
            operators = tuple((UNION, INTERSECTION, DIFFERENCE)[draw_int(rng, 0, 2)] for _ in range(count - 1))
            pieces = _pieces(intervals, operators)
            single = any(piece.low is not None and piece.low == piece.high for piece in pieces)
            given = len(pieces) == 1 and (pieces[0] in intervals or pieces[0][:2] == (None, None))
            if pieces and not single and not given:
                return intervals, operators

    def key(self, params: tuple[tuple[Interval, ...], tuple[str, ...]]) -> str:
        """As written."""
        return repr(tuple(map(tuple, params[0]))) + " ".join(params[1])

    def statement(self, params: tuple[tuple[Interval, ...], tuple[str, ...]]) -> str:
        """The intervals and the expression."""
        intervals, operators = params
        parts = [f"${name} = {interval.tex()}$" for name, interval in zip(_NAMES, intervals, strict=False)]
        return (
            f"Let {', '.join(parts[:-1])} and {parts[-1]}. Find ${_expression(operators)}$ "
            "and write it in interval notation, as one interval or a union of disjoint intervals."
        )

    def answer(self, params: tuple[tuple[Interval, ...], tuple[str, ...]]) -> str:
        """Intervals from left to right."""
        return _union(_pieces(*params))

    def steps(self, params: tuple[tuple[Interval, ...], tuple[str, ...]]) -> str:
        """One operation after the other, from the inside."""
        intervals, operators = params
        lines: list[str] = []
        for place in range(len(operators)):
            pieces = _pieces(intervals[: place + 2], operators[: place + 1])
            value = _union(pieces) if pieces else r"\emptyset"
            lines.append(f"${_expression(operators[: place + 1])} = {value}$")
        return "\n".join(lines)


def _expression(operators: tuple[str, ...]) -> str:
    text = _NAMES[0]
    for place, operator in enumerate(operators):
        text = f"{text if place == 0 else f'({text})'} {operator} {_NAMES[place + 1]}"
    return text


def _braces(members: tuple[int, ...]) -> str:
    return rf"\{{{', '.join(map(str, members))}\}}" if members else r"\emptyset"


def _decide(operator: str, left: bool, right: bool) -> bool:
    """Whether an element is in the result, by whether it is in the two sides."""
    if operator == UNION:
        return left or right
    if operator == INTERSECTION:
        return left and right
    return left and not right if operator == DIFFERENCE else left != right


def _combine(sets: tuple[tuple[int, ...], ...], operators: tuple[str, ...]) -> list[tuple[int, ...]]:
    """The result after each operator."""
    everything = sorted(set().union(*sets))
    results: list[tuple[int, ...]] = []
    so_far = set(sets[0])
    for operator, members in zip(operators, sets[1:], strict=True):
        so_far = {x for x in everything if _decide(operator, x in so_far, x in members)}
        results.append(tuple(sorted(so_far)))
    return results


def _draw_interval(rng: random.Random, difficulty: int) -> Interval:
    size = 4 + 2 * difficulty
    unit = 6 if difficulty < 6 else 6 // draw_int(rng, 1, 3)
    low = draw_int(rng, -size, size - 1)
    high = draw_int(rng, low + 1, size)
    flags = draw_int(rng, 0, 3)
    ends: list[int | None] = [low * unit, high * unit]
    if difficulty >= 3 and rng.random() < 0.25:
        ends[draw_int(rng, 0, 1)] = None
    return Interval(ends[0], ends[1], ends[0] is not None and flags % 2 == 1, ends[1] is not None and flags >= 2)


def _pieces(intervals: tuple[Interval, ...], operators: tuple[str, ...]) -> list[Interval]:
    """The result as disjoint intervals from left to right; a single point is `[x, x]`.

    The ends cut the line into points and gaps. Each lies wholly inside or outside of the result, so one number from
    each decides.
    """
    cuts = sorted({end for interval in intervals for end in interval[:2] if end is not None})
    pieces: list[Interval] = []
    start: tuple[int | None, bool] | None = None
    for place in range(2 * len(cuts) + 1):
        cut, is_gap = place // 2, place % 2 == 0
        if not is_gap:
            sample = 2 * cuts[cut]
        elif cut == 0:
            sample = 2 * cuts[0] - 1
        else:
            sample = 2 * cuts[-1] + 1 if cut == len(cuts) else cuts[cut - 1] + cuts[cut]
        inside = intervals[0].holds(sample)
        for operator, interval in zip(operators, intervals[1:], strict=True):
            inside = _decide(operator, inside, interval.holds(sample))
        if inside and start is None:
            start = ((None if cut == 0 else cuts[cut - 1]), False) if is_gap else (cuts[cut], True)
        elif not inside and start is not None:
            pieces.append(Interval(start[0], cuts[cut - 1] if is_gap else cuts[cut], start[1], is_gap))
            start = None
    if start is not None:
        pieces.append(Interval(start[0], None, start[1], False))
    return pieces


def _union(pieces: list[Interval]) -> str:
    return r" \cup ".join(piece.tex() for piece in pieces)
