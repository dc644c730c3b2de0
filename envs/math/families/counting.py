"""Counting: multiples, lattice paths, committees, and draws from an urn."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise
from typing import ClassVar

from assay.envs.math.families.notation import draw_int, fraction_tex
from assay.envs.math.problem import Family


class Multiples(Family[tuple[int, int, tuple[int, ...], bool]]):
    r"""How many integers of a range are divisible by at least one (or by none) of some numbers.

    Example (difficulty 3): "How many integers $n$ with $17 \le n \le 312$ are divisible by at least one of 4 and 6?"
    with the answer 99.

    Difficulty: ranges up to 10^2, then up to 10^7; two divisors, three from 5 on, four from 9 on.
    Distinct problems: over 50 * 90 * 40 at difficulty 1; at 10 over 10^14.
    """

    name: ClassVar[str] = "multiples"
    topic: ClassVar[str] = "counting"
    summary: ClassVar[str] = "integers of a range divisible by one of several numbers"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int, tuple[int, ...], bool]:
        """Range, divisors in rising order, and whether to count those divisible by none."""
        top = (100, 200, 500, 1000, 2000, 5000, 10**4, 10**5, 10**6, 10**7)[difficulty - 1]
        wanted = 2 + (difficulty >= 5) + (difficulty >= 9)
        divisors: set[int] = set()
        while len(divisors) < wanted:
            divisors.add(draw_int(rng, 2, 8 + 2 * difficulty))
        low = draw_int(rng, 1, top // 2)
        return low, draw_int(rng, low + 20, top + 20), tuple(sorted(divisors)), rng.random() < 0.3

    def statement(self, params: tuple[int, int, tuple[int, ...], bool]) -> str:
        """The question."""
        low, high, divisors, none = params
        listed = f"{', '.join(map(str, divisors[:-1]))} and {divisors[-1]}"
        how = f"divisible by none of {listed}" if none else f"divisible by at least one of {listed}"
        return rf"How many integers $n$ with ${low} \le n \le {high}$ are {how}?"

    def answer(self, params: tuple[int, int, tuple[int, ...], bool]) -> str:
        """A non-negative integer."""
        low, high, divisors, none = params
        some = sum(sign * count for sign, _, count in _inclusion_exclusion(low, high, divisors))
        return str(high - low + 1 - some if none else some)

    def steps(self, params: tuple[int, int, tuple[int, ...], bool]) -> str:
        """Inclusion and exclusion."""
        low, high, divisors, none = params
        lines: list[str] = []
        total = 0
        for sign, multiple, count in _inclusion_exclusion(low, high, divisors):
            total += sign * count
            lines.append(
                rf"multiples of {multiple}: ${high // multiple} - {(low - 1) // multiple} = {count}$, "
                f"{'add' if sign > 0 else 'subtract'}: {total}"
            )
        if none:
            lines.append(f"${high - low + 1} - {total} = {high - low + 1 - total}$")
        return "\n".join(lines)


class LatticePaths(Family[tuple[int, int, tuple[int, int], tuple[int, int] | None]]):
    """Paths of steps right and up, through one point and not through another.

    Example (difficulty 2): "A path goes from $(0, 0)$ to $(4, 5)$ in unit steps, each to the right or up. How many
    such paths pass through $(2, 3)$?" with the answer 60.

    Difficulty: targets up to (5, 5), then up to (32, 32); from 4 on one point must not be passed.
    Distinct problems: about 200 at difficulty 1; at 10 over 10^8.
    """

    name: ClassVar[str] = "lattice_paths"
    topic: ClassVar[str] = "counting"
    summary: ClassVar[str] = "lattice paths through one point and not through another"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int, tuple[int, int], tuple[int, int] | None]:
        """Target, the point to pass, and the point to avoid (None for none); all different, none at an end."""
        top = 3 * difficulty + 2
        m, n = draw_int(rng, 2 + difficulty // 3, top), draw_int(rng, 2 + difficulty // 3, top)
        ends = ((0, 0), (m, n))
        while True:
            through = draw_int(rng, 0, m), draw_int(rng, 0, n)
            if through in ends:
                continue
            if difficulty < 4:
                return m, n, through, None
            avoid = draw_int(rng, 0, m), draw_int(rng, 0, n)
            if avoid not in (*ends, through) and _count_paths(m, n, through, avoid):
                return m, n, through, avoid

    def key(self, params: tuple[int, int, tuple[int, int], tuple[int, int] | None]) -> str:
        """A reflection in the diagonal is no difference."""
        m, n, (a, b), avoid = params
        mirrored = (n, m, (b, a), None if avoid is None else (avoid[1], avoid[0]))
        return min(repr(params), repr(mirrored))

    def statement(self, params: tuple[int, int, tuple[int, int], tuple[int, int] | None]) -> str:
        """The question."""
        m, n, through, avoid = params
        but = "" if avoid is None else f" but not through ${avoid}$"
        return (
            f"A path goes from $(0, 0)$ to $({m}, {n})$ in unit steps, each to the right or up. "
            f"How many such paths pass through ${through}${but}?"
        )

    def answer(self, params: tuple[int, int, tuple[int, int], tuple[int, int] | None]) -> str:
        """A positive integer."""
        return str(_count_paths(*params))

    def steps(self, params: tuple[int, int, tuple[int, int], tuple[int, int] | None]) -> str:
        """Products of binomial coefficients."""
        m, n, through, avoid = params
        all_paths = _count_paths(m, n, through, None)
        lines = [f"through ${through}$: {_route_tex((0, 0), through, (m, n))} = {all_paths}"]
        if avoid is not None:
            good = _count_paths(*params)
            points = sorted((through, avoid))
            if good == all_paths:
                lines.append(f"no path passes both ${points[0]}$ and ${points[1]}$")
            else:
                lines.append(f"through ${avoid}$ too: {_route_tex((0, 0), *points, (m, n))} = {all_paths - good}")
            lines.append(f"${all_paths} - {all_paths - good} = {good}$")
        return "\n".join(lines)


class Committees(Family[tuple[tuple[int, ...], int, tuple[str, int], int]]):
    """Committees with a condition on their members.

    Example (difficulty 3): "A club has 7 chemists and 5 physicists. In how many ways can a committee of 4 people be
    chosen from all of them so that at least 2 of its members are chemists?" with the answer 420.

    Difficulty: groups of up to 6, then up to 24; two groups, three from 4 on, four from 8 on; committees of 2 to 9.
    Distinct problems: about 25 * 6 * 2 at difficulty 1; at 10 over 20^4 * 8 * 3 * 3.
    """

    name: ClassVar[str] = "committees"
    topic: ClassVar[str] = "counting"
    summary: ClassVar[str] = "committees with a condition on their members"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[tuple[int, ...], int, tuple[str, int], int]:
        """Sizes of the groups, of the committee, the condition on the first group, and the wording."""
        top = 4 + 2 * difficulty
        groups = tuple(draw_int(rng, 3, top) for _ in range(2 + (difficulty >= 4) + (difficulty >= 8)))
        size = draw_int(rng, 2, min(3 + (2 * difficulty) // 3, sum(groups[1:])))
        condition = ("exactly", "at least", "at most")[draw_int(rng, 0, 2)]
        low, high = (0, size - 1) if condition == "at most" else (1, size)
        return groups, size, (condition, draw_int(rng, low, min(high, groups[0]))), draw_int(rng, 0, 23)

    def key(self, params: tuple[tuple[int, ...], int, tuple[str, int], int]) -> str:
        """Which people they are is no difference, nor the order of the groups without a condition."""
        groups, size, condition, _ = params
        return repr((groups[0], sorted(groups[1:]), size, condition))

    def statement(self, params: tuple[tuple[int, ...], int, tuple[str, int], int]) -> str:
        """The question."""
        groups, size, (condition, bound), wording = params
        offset = wording % len(_PEOPLE)
        people = [_PEOPLE[(offset + place) % len(_PEOPLE)] for place in range(len(groups))]
        parts = [f"{count} {who}" for count, who in zip(groups, people, strict=True)]
        return (
            f"{('A club', 'A council', 'A company', 'An institute')[wording // 6]} has {', '.join(parts[:-1])} and "
            f"{parts[-1]}. In how many ways can a committee of {size} people be chosen from all of them so that "
            f"{condition} {bound} of its members {_one(people[0]) if bound == 1 else f'are {people[0]}'}?"
        )

    def answer(self, params: tuple[tuple[int, ...], int, tuple[str, int], int]) -> str:
        """A non-negative integer."""
        return str(sum(count for _, count in self._cases(params)))

    def steps(self, params: tuple[tuple[int, ...], int, tuple[str, int], int]) -> str:
        """One case for each number of members from the first group."""
        groups, size, _, _ = params
        others = sum(groups[1:])
        lines = [
            rf"\binom{{{groups[0]}}}{{{k}}} \binom{{{others}}}{{{size - k}}} = {count}"
            for k, count in self._cases(params)
        ]
        if len(lines) > 1:
            lines.append(" + ".join(str(count) for _, count in self._cases(params)) + f" = {self.answer(params)}")
        return "\n".join(f"${line}$" for line in lines)

    @staticmethod
    def _cases(params: tuple[tuple[int, ...], int, tuple[str, int], int]) -> list[tuple[int, int]]:
        groups, size, (condition, bound), _ = params
        last = min(size, groups[0])
        counts = {"exactly": range(bound, bound + 1), "at least": range(bound, last + 1), "at most": range(bound + 1)}
        return [(k, math.comb(groups[0], k) * math.comb(sum(groups[1:]), size - k)) for k in counts[condition]]


class UrnDraws(Family[tuple[tuple[int, ...], tuple[int, ...], int]]):
    r"""The probability of a certain hand, drawn from an urn without putting back.

    Example (difficulty 2): "An urn holds 4 red and 5 blue balls. 2 balls are drawn at random without putting any back.
    What is the probability that 1 is red and 1 is blue? Give a fraction in lowest terms." with the answer
    \frac{5}{9}.

    Difficulty: two colours, three from 3 on, four from 6 on; up to 9 balls of a colour, then up to 36; 2 to 16 drawn.
    Distinct problems: about 200 at difficulty 1; at 10 about (35 * 5)^4 / 24 > 3 * 10^7.
    """

    name: ClassVar[str] = "urn_draws"
    topic: ClassVar[str] = "counting"
    summary: ClassVar[str] = "probabilities of draws without putting back"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[tuple[int, ...], tuple[int, ...], int]:
        """How many balls of each colour, how many of each are drawn, and the wording."""
        top = 6 + 3 * difficulty
        colours = 2 + (difficulty >= 3) + (difficulty >= 6)
        balls = tuple(draw_int(rng, 2, top) for _ in range(colours))
        while True:
            hand = tuple(draw_int(rng, 0, min(count, 2 + difficulty // 4)) for count in balls)
            if sum(hand) >= 2 and any(k < count for k, count in zip(hand, balls, strict=True)):
                return balls, hand, draw_int(rng, 0, len(_COLOURS) - 1)

    def key(self, params: tuple[tuple[int, ...], tuple[int, ...], int]) -> str:
        """Which colours they are is no difference."""
        return repr(sorted(zip(*params[:2], strict=True)))

    def statement(self, params: tuple[tuple[int, ...], tuple[int, ...], int]) -> str:
        """The question."""
        balls, hand, offset = params
        colours = [_COLOURS[(offset + place) % len(_COLOURS)] for place in range(len(balls))]
        held = [f"{count} {colour}" for count, colour in zip(balls, colours, strict=True)]
        drawn = [
            f"{count} {'is' if count == 1 else 'are'} {colour}" for count, colour in zip(hand, colours, strict=True)
        ]
        return (
            f"An urn holds {', '.join(held[:-1])} and {held[-1]} balls. {sum(hand)} balls are drawn at random without "
            f"putting any back. What is the probability that {', '.join(drawn[:-1])} and {drawn[-1]}? "
            "Give a fraction in lowest terms."
        )

    def answer(self, params: tuple[tuple[int, ...], tuple[int, ...], int]) -> str:
        """A fraction in lowest terms."""
        return fraction_tex(Fraction(*self._odds(params)))

    def steps(self, params: tuple[tuple[int, ...], tuple[int, ...], int]) -> str:
        """Good hands over all hands."""
        balls, hand, _ = params
        good, possible = self._odds(params)
        chosen = " ".join(rf"\binom{{{n}}}{{{k}}}" for n, k in zip(balls, hand, strict=True))
        return (
            f"$ {chosen} = {good}$\n".replace("$ ", "$", 1)
            + rf"$\binom{{{sum(balls)}}}{{{sum(hand)}}} = {possible}$"
            + "\n"
            + rf"$\frac{{{good}}}{{{possible}}} = {self.answer(params)}$"
        )

    @staticmethod
    def _odds(params: tuple[tuple[int, ...], tuple[int, ...], int]) -> tuple[int, int]:
        balls, hand, _ = params
        good = math.prod(math.comb(n, k) for n, k in zip(balls, hand, strict=True))
        return good, math.comb(sum(balls), sum(hand))


_PEOPLE = ("chemists", "physicists", "biologists", "painters", "poets", "engineers")
_COLOURS = ("red", "blue", "green", "white", "black", "yellow")


def _one(people: str) -> str:
    return f"is {'an' if people[0] in 'aeiou' else 'a'} {people[:-1]}"


def _inclusion_exclusion(low: int, high: int, divisors: tuple[int, ...]) -> Iterator[tuple[int, int, int]]:
    """(sign, least common multiple, how many of its multiples are in the range) for every choice of divisors."""
    for size in range(1, len(divisors) + 1):
        for chosen in combinations(divisors, size):
            multiple = math.lcm(*chosen)
            yield 1 if size % 2 else -1, multiple, high // multiple - (low - 1) // multiple


def _route(*points: tuple[int, int]) -> int:
    """Paths through all the points in order; 0 where one lies to the left of or below the one before."""
    count = 1
    for (x, y), (next_x, next_y) in pairwise(points):
        if next_x < x or next_y < y:
            return 0
        count *= math.comb(next_x - x + next_y - y, next_x - x)
    return count


def _route_tex(*points: tuple[int, int]) -> str:
    legs = [rf"\binom{{{next_x - x + next_y - y}}}{{{next_x - x}}}" for (x, y), (next_x, next_y) in pairwise(points)]
    return f"${' '.join(legs)}$"


def _count_paths(m: int, n: int, through: tuple[int, int], avoid: tuple[int, int] | None) -> int:
    count = _route((0, 0), through, (m, n))
    if avoid is not None:
        count -= _route((0, 0), *sorted((through, avoid)), (m, n))
    return count
