"""Number theory, counting and sets, each by brute force."""

import itertools
import math
import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

CheckFamily = Callable[..., None]
Evaluate = Callable[..., Any]


Interval = tuple[str, Fraction | float, Fraction | float, str]


def groups(pattern: str, text: str) -> tuple[str, ...]:
    """The groups of the first match, which there must be."""
    match = re.search(pattern, text)
    assert match is not None, text
    return tuple(match.groups())


def tex(value: Fraction) -> str:
    return rf"\frac{{{value.numerator}}}{{{value.denominator}}}" if value.denominator > 1 else str(value.numerator)


def ints(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def prime_exponents(number: int) -> dict[int, int]:
    exponents: dict[int, int] = {}
    divisor = 2
    while number > 1:
        while number % divisor == 0:
            exponents[divisor] = exponents.get(divisor, 0) + 1
            number //= divisor
        divisor += 1
    return exponents


def test_gcd_lcm(check_family: CheckFamily) -> None:
    def solve(statement: str) -> str:
        numbers = ints(statement)
        if "greatest common divisor" in statement:
            return str(next(d for d in range(min(numbers), 0, -1) if not any(n % d for n in numbers)))
        tables = [prime_exponents(n) for n in numbers]
        primes = set().union(*tables)
        return str(math.prod(p ** max(table.get(p, 0) for table in tables) for p in primes))

    check_family("gcd_lcm", solve)


def test_divisors(check_family: CheckFamily) -> None:
    def solve(statement: str) -> str:
        number = ints(statement)[0]
        parts = [[p**k for k in range(e + 1)] for p, e in prime_exponents(number).items()]
        divisors = [math.prod(choice) for choice in itertools.product(*parts)]
        assert all(number % d == 0 for d in divisors)
        return str(sum(divisors)) if statement.startswith("What is the sum") else str(len(divisors))

    check_family("divisors", solve)


def test_base_conversion(check_family: CheckFamily) -> None:
    def solve(statement: str) -> str:
        numeral, given, wanted = ints(statement)
        number = int(str(numeral), given)
        power = 1
        while power * wanted <= number:
            power *= wanted
        digits = ""
        while power:
            digits += str(number // power)
            number, power = number % power, power // wanted
        return digits

    check_family("base_conversion", solve)


def test_modular_power(check_family: CheckFamily) -> None:
    def solve(statement: str) -> str:
        formula, modulus = groups(r"Find the remainder when \$(.*)\$ is divided by (\d+)\.", statement)
        total = 0
        for term in formula.split(" + "):
            coefficient, base, exponent = groups(r"(?:(\d+) \\cdot )?(\d+)\^\{(\d+)\}", term)
            total += int(coefficient or 1) * int(base) ** int(exponent)
        return str(total % int(modulus))

    check_family("modular_power", solve)


def test_linear_congruence(check_family: CheckFamily) -> None:
    def solve(statement: str) -> str:
        bound, a, b, modulus = ints(statement)[1:]
        assert bound == modulus
        (solution,) = [x for x in range(modulus) if (a * x - b) % modulus == 0]
        return str(solution)

    check_family("linear_congruence", solve)


def test_chinese_remainder(check_family: CheckFamily) -> None:
    def solve(statement: str) -> str:
        pairs = [(int(r), int(m)) for r, m in re.findall(r"x \\equiv (\d+) \\pmod\{(\d+)\}", statement)]
        start, step = 0, 1
        for rest, modulus in sorted(pairs, key=lambda pair: -pair[1]):
            start = next(x for x in range(start, start + step * modulus, step) if x % modulus == rest)
            step *= modulus
        return str(start)

    check_family("chinese_remainder", solve)


def test_multiples(check_family: CheckFamily) -> None:
    def solve(statement: str) -> str:
        low, high, *divisors = ints(statement)
        numbers = np.arange(low, high + 1, dtype=np.int32)
        hit = np.zeros(len(numbers), dtype=bool)
        for divisor in divisors:
            hit |= numbers % divisor == 0
        return str(int((~hit if "none of" in statement else hit).sum()))

    check_family("multiples", solve, each=2)


def test_lattice_paths(check_family: CheckFamily) -> None:
    def solve(statement: str) -> str:
        points = [tuple(map(int, pair)) for pair in re.findall(r"\((\d+), (\d+)\)", statement)]
        _, (m, n), through, *avoid = points

        @cache
        def paths(x: int, y: int, passed: bool) -> int:
            if (x, y) in avoid:
                return 0
            passed = passed or (x, y) == through
            if (x, y) == (m, n):
                return int(passed)
            right = paths(x + 1, y, passed) if x < m else 0
            return right + (paths(x, y + 1, passed) if y < n else 0)

        return str(paths(0, 0, False))

    check_family("lattice_paths", solve)


def test_committees(check_family: CheckFamily) -> None:
    def solve(statement: str) -> str:
        people = {who: int(n) for n, who in re.findall(r"(\d+) (\w+)", statement.partition(".")[0])}
        size = int(groups(r"a committee of (\d+)", statement)[0])
        how, bound, who = groups(
            r"(exactly|at least|at most) (\d+)(?: of its members (?:is an?|are))? (\w+)\?", statement
        )
        first = people.pop(who.removesuffix("s") + "s")
        # Person by person: how many ways there are to have chosen (of the first group, of the others).
        ways = {(0, 0): 1}
        for in_first in [True] * first + [False] * sum(people.values()):
            grown = dict(ways)
            for (a, b), count in ways.items():
                key = (a + in_first, b + (not in_first))
                if sum(key) <= size:
                    grown[key] = grown.get(key, 0) + count
            ways = grown
        holds = {"exactly": int.__eq__, "at least": int.__ge__, "at most": int.__le__}[how]
        return str(sum(count for (a, b), count in ways.items() if a + b == size and holds(a, int(bound))))

    check_family("committees", solve)


def test_urn_draws(check_family: CheckFamily) -> None:
    def solve(statement: str) -> str:
        held, asked = statement.split(" balls. ", 1)
        balls = {colour: int(n) for n, colour in re.findall(r"(\d+) (\w+)", held)}
        drawn = int(groups(r"(\d+) balls are drawn", asked)[0])
        hand = {colour: int(n) for n, colour in re.findall(r"(\d+) (?:is|are) (\w+)", asked.partition("that")[2])}
        assert sum(hand.values()) == drawn

        @cache
        def chance(missing: tuple[int, ...]) -> Fraction:
            """Probability that the next balls are just those missing, in whatever order."""
            left = {c: balls[c] - hand[c] + missing[i] for i, c in enumerate(balls)}
            total = Fraction(0)
            for i, colour in enumerate(balls):
                if missing[i]:
                    rest = (*missing[:i], missing[i] - 1, *missing[i + 1 :])
                    total += Fraction(left[colour], sum(left.values())) * chance(rest)
            return total if any(missing) else Fraction(1)

        return tex(chance(tuple(hand.get(colour, 0) for colour in balls)))

    check_family("urn_draws", solve)


def test_set_operations(check_family: CheckFamily, evaluate: Evaluate) -> None:
    def solve(statement: str) -> str:
        sets = {name: frozenset(ints(body)) for name, body in re.findall(r"([A-D]) = \\\{(.*?)\\\}", statement)}
        result = evaluate(groups(r"Find \$(.*?)\$", statement)[0], **sets)
        assert result
        assert result not in sets.values()
        assert (r"X \triangle Y" in statement) == (r"\triangle" in groups(r"Find \$(.*?)\$", statement)[0])
        return rf"\{{{', '.join(map(str, sorted(result)))}\}}"

    check_family("set_operations", solve)


def read_interval(text: str) -> Interval:
    left, low, high, right = groups(r"([\[(])(.*), (.*)([\])])", text)
    ends: list[Fraction | float] = []
    for end in (low, high):
        if end.endswith(r"\infty"):
            ends.append(-math.inf if end.startswith("-") else math.inf)
        else:
            sign, top, bottom = groups(r"(-?)(?:\\frac\{)?(\d+)(?:\}\{(\d+)\})?", end)
            ends.append(Fraction(int(f"{sign}{top}"), int(bottom or 1)))
    return left, ends[0], ends[1], right


def holds(interval: Interval, x: Fraction) -> bool:
    left, low, high, right = interval
    return (low < x or (left == "[" and low == x)) and (x < high or (right == "]" and x == high))


def test_intervals(check_family: CheckFamily, evaluate: Evaluate) -> None:
    grid = [Fraction(k, 12) for k in range(-12 * 40, 12 * 40 + 1)]

    def solve(statement: str) -> str:
        given = {name: read_interval(text) for name, text in re.findall(r"\$([A-D]) = ([\[(].*?[\])])\$", statement)}
        sets = {name: frozenset(x for x in grid if holds(interval, x)) for name, interval in given.items()}
        result = evaluate(groups(r"Find \$(.*?)\$", statement)[0], **sets)
        # Every end is a multiple of 1/6, so the points of the grid between two of them tell open from closed.
        runs: list[list[Fraction]] = []
        for x in grid:
            if x in result:
                if runs and runs[-1][1] == x - Fraction(1, 12):
                    runs[-1][1] = x
                else:
                    runs.append([x, x])
        parts = []
        for low, high in runs:
            low_open, high_open = low.denominator not in (1, 2, 3, 6), high.denominator not in (1, 2, 3, 6)
            left = (
                r"(-\infty"
                if low == grid[0]
                else f"{'(' if low_open else '['}{signed(low - low_open * Fraction(1, 12))}"
            )
            right = (
                r"\infty)"
                if high == grid[-1]
                else f"{signed(high + high_open * Fraction(1, 12))}{')' if high_open else ']'}"
            )
            parts.append(f"{left}, {right}")
        return r" \cup ".join(parts)

    def signed(value: Fraction) -> str:
        return f"-{tex(-value)}" if value < 0 else tex(value)

    check_family("intervals", solve, each=4)
