"""Arithmetic modulo a number: remainders of powers, congruences with inverses, and simultaneous congruences."""

from __future__ import annotations

import math
import random
from typing import ClassVar

from assay.envs.math.families.notation import draw_int
from assay.envs.math.problem import Family


class ModularPower(Family[tuple[int, tuple[tuple[int, int, int], ...]]]):
    r"""The remainder of a sum of powers.

    Example (difficulty 5): "Find the remainder when $7^{123} + 5 \cdot 11^{45}$ is divided by 13." with the answer 6.

    Difficulty: one power, two from 4 on, three from 8 on; moduli up to 12, then up to 400; exponents up to 20, then
    up to 2000. Distinct problems: about 10 * 8 * 18 at difficulty 1; at 10 over 400 * (9 * 90 * 2000)^3 / 6.
    """

    name: ClassVar[str] = "modular_power"
    topic: ClassVar[str] = "number_theory"
    summary: ClassVar[str] = "remainders of sums of powers"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, tuple[tuple[int, int, int], ...]]:
        """Modulus, and terms (coefficient, base, exponent)."""
        modulus = draw_int(rng, 3, 8 + 4 * difficulty * difficulty)
        top = 20 * difficulty * difficulty
        terms = tuple(
            (
                1 if difficulty < 3 else draw_int(rng, 1, 9),
                draw_int(rng, 2, 9 * difficulty),
                draw_int(rng, 3, top),
            )
            for _ in range(1 + (difficulty >= 4) + (difficulty >= 8))
        )
        return modulus, terms

    def key(self, params: tuple[int, tuple[tuple[int, int, int], ...]]) -> str:
        """The order of the terms is no difference."""
        return f"{params[0]} {sorted(params[1])}"

    def statement(self, params: tuple[int, tuple[tuple[int, int, int], ...]]) -> str:
        """The question."""
        modulus, terms = params
        return f"Find the remainder when ${' + '.join(map(_power, terms))}$ is divided by {modulus}."

    def answer(self, params: tuple[int, tuple[tuple[int, int, int], ...]]) -> str:
        """An integer from 0 to the modulus less one."""
        modulus, terms = params
        return str(sum(c * pow(base, exponent, modulus) for c, base, exponent in terms) % modulus)

    def steps(self, params: tuple[int, tuple[tuple[int, int, int], ...]]) -> str:
        """Squares, then the product of those that the exponent calls for."""
        modulus, terms = params
        lines: list[str] = []
        rests: list[int] = []
        for coefficient, base, exponent in terms:
            value, square = 1, base % modulus
            for place, bit in enumerate(reversed(f"{exponent:b}")):
                if bit == "1":
                    value = value * square % modulus
                lines.append(rf"{base}^{{{2**place}}} \equiv {square}")
                square = square * square % modulus
            rests.append(coefficient * value % modulus)
            lines.append(rf"{_power((coefficient, base, exponent))} \equiv {rests[-1]}")
        lines.append(rf"{' + '.join(map(str, rests))} \equiv {sum(rests) % modulus}")
        return f"Modulo {modulus}:\n" + "\n".join(f"${line}$" for line in lines)


class LinearCongruence(Family[tuple[int, int, int]]):
    r"""A linear congruence with exactly one solution modulo m: the inverse of a, times b.

    Example (difficulty 5): "Find the integer $x$ with $0 \le x < 43$ and $17x \equiv 5 \pmod{43}$." with the answer
    18.

    Difficulty: moduli up to 30, then up to 4000; up to 3 the right side is 1, so that x is the inverse itself.
    Distinct problems: about 250 at difficulty 1; at 10 over 10^9.
    """

    name: ClassVar[str] = "linear_congruence"
    topic: ClassVar[str] = "number_theory"
    summary: ClassVar[str] = "modular inverses and linear congruences"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int, int]:
        """a, b and m of `ax = b (mod m)`, a prime to m."""
        top = (30, 50, 80, 120, 200, 350, 600, 1200, 2400, 4000)[difficulty - 1]
        while True:
            modulus = draw_int(rng, 5, top)
            a = draw_int(rng, 2, modulus - 1)
            if math.gcd(a, modulus) == 1:
                return a, 1 if difficulty <= 3 else draw_int(rng, 1, modulus - 1), modulus

    def statement(self, params: tuple[int, int, int]) -> str:
        """The congruence and the range of x."""
        a, b, modulus = params
        return rf"Find the integer $x$ with $0 \le x < {modulus}$ and ${a}x \equiv {b} \pmod{{{modulus}}}$."

    def answer(self, params: tuple[int, int, int]) -> str:
        """An integer from 0 to the modulus less one."""
        a, b, modulus = params
        return str(pow(a, -1, modulus) * b % modulus)

    def steps(self, params: tuple[int, int, int]) -> str:
        """The extended Euclidean algorithm; each line says what multiple of a leaves which rest."""
        a, b, modulus = params
        (r0, t0), (r1, t1) = (modulus, 0), (a, 1)
        lines: list[str] = []
        while r1 > 1:
            quotient = r0 // r1
            (r0, t0), (r1, t1) = (r1, t1), (r0 - quotient * r1, t0 - quotient * t1)
            lines.append(rf"{a} \cdot ({t1}) \equiv {r1}")
        inverse = t1 % modulus
        lines.append(rf"{a}^{{-1}} \equiv {inverse}")
        lines.append(rf"x \equiv {inverse} \cdot {b} \equiv {inverse * b % modulus}")
        return f"Modulo {modulus}:\n" + "\n".join(f"${line}$" for line in lines)


class ChineseRemainder(Family[tuple[tuple[int, int], ...]]):
    r"""The smallest number with given remainders.

    Example (difficulty 1): "Find the smallest non-negative integer $x$ with $x \equiv 2 \pmod{5}$ and
    $x \equiv 3 \pmod{7}$." with the answer 17.

    Difficulty: two moduli, three from 5 on, four from 8 on; they grow from 12 to 57 and have no common divisors.
    Distinct problems: about 2000 at difficulty 1; at 10 about (60^2 / 2)^4 / 24 * 0.3 > 10^10.
    """

    name: ClassVar[str] = "chinese_remainder"
    topic: ClassVar[str] = "number_theory"
    summary: ClassVar[str] = "simultaneous congruences"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[tuple[int, int], ...]:
        """Pairs (remainder, modulus)."""
        top = 12 + 5 * (difficulty - 1)
        wanted = 2 + (difficulty >= 5) + (difficulty >= 8)
        pairs: list[tuple[int, int]] = []
        product = 1
        while len(pairs) < wanted:
            modulus = draw_int(rng, 3, top)
            if math.gcd(modulus, product) == 1:
                pairs.append((draw_int(rng, 0, modulus - 1), modulus))
                product *= modulus
        return tuple(pairs)

    def key(self, params: tuple[tuple[int, int], ...]) -> str:
        """The order of the congruences is no difference."""
        return repr(sorted(params))

    def statement(self, params: tuple[tuple[int, int], ...]) -> str:
        """All congruences."""
        parts = [rf"$x \equiv {rest} \pmod{{{modulus}}}$" for rest, modulus in params]
        return f"Find the smallest non-negative integer $x$ with {', '.join(parts[:-1])} and {parts[-1]}."

    def answer(self, params: tuple[tuple[int, int], ...]) -> str:
        """A non-negative integer."""
        return str(_merge(params)[-1][0])

    def steps(self, params: tuple[tuple[int, int], ...]) -> str:
        """One congruence after the other."""
        merged = _merge(params)
        lines = [
            rf"$x = {rest} + {modulus}k \equiv {next_rest} \pmod{{{next_modulus}}}$ "
            rf"gives $x \equiv {both} \pmod{{{product}}}$"
            for (rest, modulus), (next_rest, next_modulus), (both, product) in zip(
                merged, params[1:], merged[1:], strict=False
            )
        ]
        return "\n".join(lines)


def _power(term: tuple[int, int, int]) -> str:
    coefficient, base, exponent = term
    power = f"{base}^{{{exponent}}}"
    return power if coefficient == 1 else rf"{coefficient} \cdot {power}"


def _merge(pairs: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """The solution of the first congruence, of the first two, and so on, as (smallest, modulus)."""
    merged = [pairs[0]]
    for rest, modulus in pairs[1:]:
        x, product = merged[-1]
        k = (rest - x) * pow(product, -1, modulus) % modulus
        merged.append((x + product * k, product * modulus))
    return merged
