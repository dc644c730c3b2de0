"""Number theory and recursion."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from assay.envs.code.family import Blueprint, CodeFamily


class DigitGame(CodeFamily[tuple[int, int]]):
    """A number that shrinks by its digits.

    Example: "While n has more than one digit in base 10, replace it by the sum of the squares of its digits."
    """

    name: ClassVar[str] = "digit_steps"
    topic: ClassVar[str] = "numbers"
    summary: ClassVar[str] = "counting steps of a game with digits"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int]:
        """Base and what is added to each digit."""
        return rng.randint(3, 6 + difficulty), rng.randint(0, 2)

    def blueprint(self, params: tuple[int, int]) -> Blueprint:
        """The variant."""
        base, extra = params
        plus = f" + {extra}" if extra else ""
        reference = (
            f"def steps(n):\n    count = 0\n    while n >= {base} and count < 50:\n        total = 0\n"
            f"        while n:\n            total += n % {base}{plus}\n            n //= {base}\n"
            "        n = total\n        count += 1\n    return [n, count]\n"
        )
        more = f", each increased by {extra}," if extra else ""
        return Blueprint(
            "steps",
            "n: int",
            f"As long as n is at least {base} and fewer than 50 steps have been made, a step replaces n by the sum of "
            f"its digits in base {base}{more}. It returns the list [n at the end, number of steps].",
            reference,
            (
                (f"n >= {base}", f"n > {base}"),
                (f"n % {base}", f"n % {base + 1}"),
                ("[n, count]", "[count, n]"),
                ("[n, count]", "[n, min(count, 1)]"),
                ("count < 50", "count < 1"),
                ("total = 0", "total = 1"),
            ),
        )

    def arguments(self, params: tuple[int, int], rng: random.Random) -> Any:
        """Small, larger and large numbers, and the base itself."""
        base = params[0]
        return [rng.choice((base, base - 1, rng.randint(0, 60), rng.randint(0, 10**4), rng.randint(0, 10**9)))]


class DivisorRule(CodeFamily[tuple[str, int]]):
    """Numbers up to a bound with a property of their divisors.

    Example: "Return the numbers up to n with exactly 4 divisors."
    """

    name: ClassVar[str] = "divisor_rule"
    topic: ClassVar[str] = "numbers"
    summary: ClassVar[str] = "numbers with a property of their divisors"

    RULES: ClassVar[dict[str, tuple[str, str]]] = {
        "count": ("len(ds) == {k}", "exactly {k} divisors"),
        "sum": ("sum(ds) % {k} == 0", "divisors whose sum is a multiple of {k}"),
        "odd": ("sum(d % 2 for d in ds) == {k}", "exactly {k} odd divisors"),
    }

    def draw(self, rng: random.Random, difficulty: int) -> tuple[str, int]:
        """Rule and number."""
        return rng.choice(list(self.RULES)), rng.randint(2, 3 + difficulty // 2)

    def blueprint(self, params: tuple[str, int]) -> Blueprint:
        """The variant."""
        rule, k = params
        code, words = self.RULES[rule]
        reference = (
            "def pick(low, high):\n    found = []\n    for n in range(low, high + 1):\n"
            "        ds = [d for d in range(1, n + 1) if n % d == 0]\n"
            f"        if {code.format(k=k)}:\n            found.append(n)\n    return found\n"
        )
        return Blueprint(
            "pick",
            "low: int, high: int",
            f"It returns the list of all integers from low to high, both included, that have {words.format(k=k)} "
            "(counting 1 and the number itself as divisors). low is at least 1.",
            reference,
            (
                ("high + 1", "high"),
                ("range(low,", "range(low + 1,"),
                ("n + 1)", "n)"),
                ("range(1, n", "range(2, n"),
                ("== ", "!= "),
                (code.format(k=k), code.format(k=k + 1)),
            ),
        )

    def arguments(self, params: tuple[str, int], rng: random.Random) -> Any:
        """A range, sometimes of one number."""
        low = rng.choice((rng.randint(1, 90), rng.randint(1, 9) ** 2, 2 ** rng.randint(0, 6)))
        return [low, low + rng.choice((0, 1, 10, 40))]


class NestedDepth(CodeFamily[tuple[int, str]]):
    """Recursion over nested lists.

    Example: "Sum the numbers of a nested list, each multiplied by 3 for every level."
    """

    name: ClassVar[str] = "nested_sum"
    topic: ClassVar[str] = "recursion"
    summary: ClassVar[str] = "a weighted sum over nested lists"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, str]:
        """Weight and how it grows with depth."""
        return rng.randint(2, 4 + difficulty), rng.choice(("power", "product", "alternate"))

    def blueprint(self, params: tuple[int, str]) -> Blueprint:
        """The variant."""
        k, kind = params
        weight, words = {
            "power": (f"{k} ** depth", f"{k} to the power of its depth"),
            "product": (f"({k} * depth + 1)", f"{k} times its depth plus 1"),
            "alternate": (f"(1 if depth % 2 else -{k})", f"1 where its depth is odd and by -{k} where it is even"),
        }[kind]
        reference = (
            "def total(xs, depth=1):\n    result = 0\n    for x in xs:\n"
            "        if isinstance(x, list):\n            result += total(x, depth + 1)\n"
            f"        else:\n            result += x * {weight}\n    return result\n"
        )
        return Blueprint(
            "total",
            "xs: list",
            "xs holds integers and lists of the same kind, to any depth. The numbers of xs itself have depth 1, those "
            f"of a list in xs depth 2, and so on. It returns the sum of all numbers, each multiplied by {words}.",
            reference,
            (
                ("depth=1", "depth=0"),
                ("depth + 1", "depth"),
                (f"x * {weight}", "x"),
                ("result += total", "result -= total"),
                ("result += x", "result = x"),
                ("for x in xs:", "for x in xs[:3]:"),
            ),
        )

    def arguments(self, params: tuple[int, str], rng: random.Random) -> Any:
        """A nested list."""

        def grow(depth: int) -> list[Any]:
            items: list[Any] = []
            for _ in range(rng.randint(0, 5)):
                items.append(grow(depth + 1) if depth < 3 and rng.random() < 0.4 else rng.randint(-5, 9))
            return items

        return [grow(0)]


class Recurrence(CodeFamily[tuple[int, int, int, int]]):
    """A recurrence with two cases.

    Example: "f(0) = 1; f(n) = f(n // 2) + 3 for even n, f(n - 1) * 2 for odd n."
    """

    name: ClassVar[str] = "recurrence"
    topic: ClassVar[str] = "recursion"
    summary: ClassVar[str] = "a function defined by a recurrence"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int, int, int]:
        """Start, addend, factor and modulus."""
        return rng.randint(1, 5), rng.randint(1, 4 + difficulty), rng.randint(2, 4), rng.choice((97, 1009, 10007))

    def blueprint(self, params: tuple[int, int, int, int]) -> Blueprint:
        """The variant."""
        start, add, factor, modulus = params
        reference = (
            f"def f(n):\n    if n == 0:\n        return {start}\n    if n % 2 == 0:\n"
            f"        return (f(n // 2) + {add}) % {modulus}\n    return ({factor} * f(n - 1) + n) % {modulus}\n"
        )
        return Blueprint(
            "f",
            "n: int",
            f"f(0) is {start}; for even n above 0, f(n) is f(n / 2) + {add}; for odd n, f(n) is "
            f"{factor} * f(n - 1) + n. "
            f"Every value but f(0) is taken modulo {modulus}. n is at least 0.",
            reference,
            (
                (f"return {start}", f"return {start + 1}"),
                (f"+ {add})", f"+ {add + 1})"),
                (f"({factor} * f", f"({factor + 1} * f"),
                ("+ n)", ")"),
                (f"+ n) % {modulus}", "+ n)"),
                ("n % 2 == 0", "n % 4 == 0"),
            ),
        )

    def arguments(self, params: tuple[int, int, int, int], rng: random.Random) -> Any:
        """Small and large numbers."""
        return [rng.choice((rng.randint(0, 20), rng.randint(0, 10**5), rng.randint(0, 10**9)))]
