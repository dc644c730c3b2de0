"""Divisibility: greatest common divisors, least common multiples, and the divisors of a number."""

from __future__ import annotations

import math
import random
from typing import ClassVar

from assay.envs.math.families.notation import draw_int
from assay.envs.math.problem import Family


class GcdLcm(Family[tuple[str, tuple[int, ...]]]):
    """The greatest common divisor or least common multiple of some numbers.

    Example (difficulty 4): "Find the greatest common divisor of 84, 126 and 210." with the answer 42.

    Difficulty: two numbers, three from 4 on, four from 8 on; a common factor up to 6, then up to 105.
    Distinct problems: about 5 * 9^2 / 2 * 2 at difficulty 1; at 10 about 100 * 59^4 / 12.
    """

    name: ClassVar[str] = "gcd_lcm"
    topic: ClassVar[str] = "number_theory"
    summary: ClassVar[str] = "greatest common divisors and least common multiples"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[str, tuple[int, ...]]:
        """Which of the two, and the numbers: different multiples of a common factor."""
        kind = "lcm" if rng.random() < 0.5 else "gcd"
        common = draw_int(rng, 2, 5 + difficulty * difficulty)
        top = 10 + 5 * difficulty
        wanted = 2 + (difficulty >= 4) + (difficulty >= 8)
        numbers: dict[int, None] = {}
        while len(numbers) < wanted:
            numbers[common * draw_int(rng, 2, top)] = None
        return kind, tuple(numbers)

    def key(self, params: tuple[str, tuple[int, ...]]) -> str:
        """The order of the numbers is no difference."""
        return f"{params[0]} {sorted(params[1])}"

    def statement(self, params: tuple[str, tuple[int, ...]]) -> str:
        """The question."""
        kind, numbers = params
        what = "greatest common divisor" if kind == "gcd" else "least common multiple"
        return f"Find the {what} of {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}."

    def answer(self, params: tuple[str, tuple[int, ...]]) -> str:
        """A positive integer."""
        kind, numbers = params
        return str(math.gcd(*numbers) if kind == "gcd" else math.lcm(*numbers))

    def steps(self, params: tuple[str, tuple[int, ...]]) -> str:
        """Euclid's algorithm, one number after the other."""
        kind, numbers = params
        lines: list[str] = []
        so_far = numbers[0]
        for number in numbers[1:]:
            a, b = max(so_far, number), min(so_far, number)
            while b:
                lines.append(rf"${a} = {a // b} \cdot {b} + {a % b}$")
                a, b = b, a % b
            lines.append(rf"$\gcd({so_far}, {number}) = {a}$")
            if kind == "gcd":
                so_far = a
            else:
                multiple = so_far * number // a
                lines.append(
                    rf"$\operatorname{{lcm}}({so_far}, {number}) = {so_far} \cdot {number} / {a} = {multiple}$"
                )
                so_far = multiple
        return "\n".join(lines)


class Divisors(Family[tuple[str, tuple[tuple[int, int], ...]]]):
    """How many divisors a number has, or their sum.

    Example (difficulty 2): "How many positive divisors does 360 have?" with the answer 24.

    Difficulty: two different primes, then up to five; primes up to 7, then up to 97; the exponents fall as they grow.
    Distinct problems: about 100 at difficulty 1; at 10 about 2 * C(25, 5) * 2^5 > 3 * 10^6.
    """

    name: ClassVar[str] = "divisors"
    topic: ClassVar[str] = "number_theory"
    summary: ClassVar[str] = "number and sum of the divisors of a number"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Kind of question, and the prime factors with their exponents, in rising order."""
        kind = "sum" if rng.random() < 0.5 else "count"
        choice = 4 + (21 * (difficulty - 1)) // 9
        wanted = 2 + difficulty // 3
        primes: set[int] = set()
        while len(primes) < wanted:
            primes.add(_PRIMES[draw_int(rng, 0, choice - 1)])
        most = 3 if wanted < 4 else 2
        return kind, tuple((prime, draw_int(rng, 1, 4 if prime < 4 else most)) for prime in sorted(primes))

    def statement(self, params: tuple[str, tuple[tuple[int, int], ...]]) -> str:
        """The question."""
        kind, factors = params
        number = math.prod(prime**exponent for prime, exponent in factors)
        if kind == "count":
            return f"How many positive divisors does {number} have (1 and {number} included)?"
        return f"What is the sum of all positive divisors of {number} (1 and {number} included)?"

    def answer(self, params: tuple[str, tuple[tuple[int, int], ...]]) -> str:
        """A positive integer."""
        kind, factors = params
        if kind == "count":
            return str(math.prod(exponent + 1 for _, exponent in factors))
        return str(math.prod((prime ** (exponent + 1) - 1) // (prime - 1) for prime, exponent in factors))

    def steps(self, params: tuple[str, tuple[tuple[int, int], ...]]) -> str:
        """The factorisation, and a factor for each prime."""
        kind, factors = params
        number = math.prod(prime**exponent for prime, exponent in factors)
        written = r" \cdot ".join(
            f"{prime}^{{{exponent}}}" if exponent > 1 else f"{prime}" for prime, exponent in factors
        )
        lines = [f"{number} = {written}"]
        if kind == "count":
            parts = [f"({exponent} + 1)" for _, exponent in factors]
        else:
            parts = [f"({' + '.join(str(prime**k) for k in range(exponent + 1))})" for prime, exponent in factors]
        lines.append(" ".join(parts) + f" = {self.answer(params)}")
        return "\n".join(f"${line}$" for line in lines)


_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97)
