"""Polynomials: multiplying out, and finding the linear factors.

Both ask for numbers (coefficients, roots) rather than for the polynomial itself: an expression would be judged by its
value, and the question already contains an expression of that value.
"""

from __future__ import annotations

import math
import random
from fractions import Fraction
from typing import ClassVar

from assay.envs.math.families.notation import (
    draw_int,
    draw_nonzero,
    fraction_tex,
    multiply_polynomials,
    polynomial_tex,
    power_tex,
)
from assay.envs.math.problem import Family

Polynomial = tuple[int, ...]


class Expansion(Family[tuple[Polynomial, ...]]):
    """Multiply out a product of polynomials.

    Example (difficulty 2): "Expand $(2x - 3)(x + 5)$. Give the coefficients of the result as a tuple, from the
    coefficient of $x^2$ down to the constant term, zeros included." with the answer (2, 7, -15).

    Difficulty: two factors, three from 4 on, four from 8 on; quadratic factors from 6 on; coefficients grow to 15.
    Distinct problems: 300 at difficulty 1; at 10 over (6 * 30)^4 / 24.
    """

    name: ClassVar[str] = "polynomial_expansion"
    topic: ClassVar[str] = "algebra"
    summary: ClassVar[str] = "products of polynomials, multiplied out"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Polynomial, ...]:
        """Factors with a positive leading coefficient and a constant that is not 0."""
        top = 5 + difficulty
        lead = 1 + (difficulty + 1) // 2
        factors: list[Polynomial] = []
        for _ in range(2 + (difficulty >= 4) + (difficulty >= 8)):
            middle = (draw_int(rng, -top, top),) if difficulty >= 6 and rng.random() < 0.5 else ()
            factors.append((draw_int(rng, 1, lead), *middle, draw_nonzero(rng, top)))
        return tuple(factors)

    def key(self, params: tuple[Polynomial, ...]) -> str:
        """The order of the factors is no difference."""
        return repr(sorted(params))

    def statement(self, params: tuple[Polynomial, ...]) -> str:
        """The product, and how to write the result."""
        degree = sum(len(factor) - 1 for factor in params)
        product = "".join(f"({polynomial_tex(factor)})" for factor in params)
        return (
            f"Expand ${product}$. Give the coefficients of the result as a tuple, from the coefficient of "
            f"${power_tex('x', degree)}$ down to the constant term, zeros included."
        )

    def answer(self, params: tuple[Polynomial, ...]) -> str:
        """A tuple."""
        return f"({', '.join(map(str, _product(params)))})"

    def steps(self, params: tuple[Polynomial, ...]) -> str:
        """One factor after the other."""
        lines: list[str] = []
        so_far = params[0]
        for factor in params[1:]:
            before, so_far = so_far, multiply_polynomials(so_far, factor)
            lines.append(f"$({polynomial_tex(before)})({polynomial_tex(factor)}) = {polynomial_tex(so_far)}$")
        return "\n".join(lines)


class Factoring(Family[tuple[tuple[int, int], ...]]):
    r"""Split a polynomial into linear factors.

    Example (difficulty 4): "Factor $6x^2 + x - 2$ into linear factors. Give the set of all its roots, in braces."
    with the answer \{-\frac{2}{3}, \frac{1}{2}\}.

    Difficulty: two roots, three from 5 on, four from 8 on; leading coefficients other than 1 from 3 on; roots grow.
    Distinct problems: 19 * 18 / 2 at difficulty 1; at 10 over (100^4) / 24.
    """

    name: ClassVar[str] = "factoring"
    topic: ClassVar[str] = "algebra"
    summary: ClassVar[str] = "polynomials split into linear factors; asks for the roots"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[tuple[int, int], ...]:
        """Factors (a, b) for `ax + b` in lowest terms, with different roots, in a fixed order."""
        top = 8 + difficulty
        lead = 1 if difficulty < 3 else 1 + difficulty // 2
        wanted = 2 + (difficulty >= 5) + (difficulty >= 8)
        factors: set[tuple[int, int]] = set()
        while len(factors) < wanted:
            a, b = draw_int(rng, 1, lead), draw_int(rng, -top, top)
            common = math.gcd(a, b)
            factors.add((a // common, b // common))
        return tuple(sorted(factors))

    def statement(self, params: tuple[tuple[int, int], ...]) -> str:
        """The polynomial multiplied out."""
        return (
            f"Factor ${polynomial_tex(_product(params))}$ into linear factors. "
            "Give the set of all its roots, in braces."
        )

    def answer(self, params: tuple[tuple[int, int], ...]) -> str:
        """A set, in rising order."""
        roots = sorted(Fraction(-b, a) for a, b in params)
        return rf"\{{{', '.join(map(fraction_tex, roots))}\}}"

    def steps(self, params: tuple[tuple[int, int], ...]) -> str:
        """The factors, and the root of each."""
        factors = "".join(f"({polynomial_tex(factor)})" if factor[1] else "x" for factor in sorted(params, key=_flat))
        lines = [f"${polynomial_tex(_product(params))} = {factors}$"]
        lines += [f"${polynomial_tex((a, b))} = 0$ for $x = {fraction_tex(Fraction(-b, a))}$" for a, b in params]
        return "\n".join(lines)


def _flat(factor: tuple[int, int]) -> tuple[bool, tuple[int, int]]:
    """A bare `x` is written before the parentheses."""
    return (factor[1] != 0, factor)


def _product(factors: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    product: tuple[int, ...] = (1,)
    for factor in factors:
        product = multiply_polynomials(product, factor)
    return product
