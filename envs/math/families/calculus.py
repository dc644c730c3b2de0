"""Derivatives of polynomials and of products of them, and definite integrals of polynomials."""

from __future__ import annotations

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
    term_tex,
)
from assay.envs.math.problem import Family

Polynomial = tuple[int, ...]


class Derivative(Family[tuple[tuple[Polynomial, int], ...]]):
    """The derivative of a polynomial, of a product, or of powers of linear terms.

    Example (difficulty 4): "Let $f(x) = (2x + 1)(x^2 - 3)$. Find $f'(x)$." with the answer 6x^2 + 2x - 6.

    Difficulty: one polynomial of degree 2 to 4; a product of two from 4 on; from 7 on of powers. Coefficients grow.
    Distinct problems: about 6 * 13^2 at difficulty 1; at 10 over (12 * 44 * 4 * 24^3)^2 / 2.
    """

    name: ClassVar[str] = "derivative"
    topic: ClassVar[str] = "calculus"
    summary: ClassVar[str] = "derivatives of polynomials, products and powers"
    form: ClassVar[str] = "any"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[tuple[Polynomial, int], ...]:
        """Factors (polynomial, exponent)."""
        top = 5 + difficulty
        if difficulty <= 3:
            return ((_draw_polynomial(rng, top, draw_int(rng, 2, difficulty + 1)), 1),)
        if difficulty <= 6:
            degrees = (draw_int(rng, 1, difficulty - 3), draw_int(rng, 1, 2))
            return tuple((_draw_polynomial(rng, top, degree), 1) for degree in degrees)
        linear = (draw_nonzero(rng, top), draw_nonzero(rng, 2 * top))
        other = _draw_polynomial(rng, top, draw_int(rng, 1, difficulty - 6))
        return (linear, draw_int(rng, 2, difficulty - 4)), (other, 1)

    def key(self, params: tuple[tuple[Polynomial, int], ...]) -> str:
        """The order of the factors is no difference."""
        return repr(sorted(params))

    def statement(self, params: tuple[tuple[Polynomial, int], ...]) -> str:
        """The function."""
        return f"Let $f(x) = {_product_tex(params)}$. Find $f'(x)$."

    def answer(self, params: tuple[tuple[Polynomial, int], ...]) -> str:
        """A polynomial, multiplied out."""
        return polynomial_tex(_derive(_multiplied_out(params)))

    def steps(self, params: tuple[tuple[Polynomial, int], ...]) -> str:
        """The product multiplied out, then term by term."""
        expanded = _multiplied_out(params)
        lines = [f"f(x) = {polynomial_tex(expanded)}"] if len(params) > 1 else []
        degree = len(expanded) - 1
        lines += [
            f"({term_tex(c, power_tex('x', degree - i), first=True)})' = "
            f"{term_tex(c * (degree - i), power_tex('x', degree - i - 1), first=True)}"
            for i, c in enumerate(expanded[:-1])
            if c
        ]
        return "\n".join(f"${line}$" for line in lines)


class DefiniteIntegral(Family[tuple[Polynomial, int, int]]):
    r"""The integral of a polynomial between two integers.

    Example (difficulty 2): "Compute $\int_{1}^{3} (2x^2 - 3x + 1) \, dx$. Give an integer or a fraction in lowest
    terms." with the answer \frac{22}{3}.

    Difficulty: degree 1, then up to 4; coefficients up to 5, then up to 14, bounds between -3 and
    3, then between -12 and 12. Distinct problems: about 10 * 11 * 21 at difficulty 1; at 10 over 28^5 * 300.
    """

    name: ClassVar[str] = "definite_integral"
    topic: ClassVar[str] = "calculus"
    summary: ClassVar[str] = "definite integrals of polynomials"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Polynomial, int, int]:
        """Polynomial, lower and upper bound."""
        polynomial = _draw_polynomial(rng, 4 + difficulty, draw_int(rng, 1, 1 + (difficulty + 1) // 3))
        size = 2 + difficulty
        low = draw_int(rng, -size, size - 1)
        return polynomial, low, draw_int(rng, low + 1, size)

    def statement(self, params: tuple[Polynomial, int, int]) -> str:
        """The integral."""
        polynomial, low, high = params
        integral = rf"\int_{{{low}}}^{{{high}}} ({polynomial_tex(polynomial)}) \, dx"
        return f"Compute ${integral}$. Give an integer or a fraction in lowest terms."

    def answer(self, params: tuple[Polynomial, int, int]) -> str:
        """A fraction in lowest terms, or an integer."""
        polynomial, low, high = params
        return fraction_tex(_antiderivative_at(polynomial, high) - _antiderivative_at(polynomial, low))

    def steps(self, params: tuple[Polynomial, int, int]) -> str:
        """The antiderivative F, and its values at the bounds."""
        polynomial, low, high = params
        degree = len(polynomial) - 1
        primitive = ""
        for i, c in enumerate(polynomial):
            if c:
                value = fraction_tex(Fraction(abs(c), degree - i + 1))
                sign = ("-" if c < 0 else "") if not primitive else (" - " if c < 0 else " + ")
                primitive += f"{sign}{'' if value == '1' else value}{power_tex('x', degree - i + 1)}"
        at_high, at_low = _antiderivative_at(polynomial, high), _antiderivative_at(polynomial, low)
        return (
            f"$F(x) = {primitive}$\n"
            f"$F({high}) = {fraction_tex(at_high)}$, $F({low}) = {fraction_tex(at_low)}$\n"
            f"$F({high}) - F({low}) = {fraction_tex(at_high - at_low)}$"
        )


def _draw_polynomial(rng: random.Random, top: int, degree: int) -> Polynomial:
    inner = (draw_int(rng, -top, top) for _ in range(degree))
    return (draw_nonzero(rng, top), *inner)


def _product_tex(factors: tuple[tuple[Polynomial, int], ...]) -> str:
    if len(factors) == 1:
        return polynomial_tex(factors[0][0])
    return "".join(f"({polynomial_tex(p)})" + (f"^{exponent}" if exponent > 1 else "") for p, exponent in factors)


def _multiplied_out(factors: tuple[tuple[Polynomial, int], ...]) -> Polynomial:
    product: Polynomial = (1,)
    for polynomial, exponent in factors:
        for _ in range(exponent):
            product = multiply_polynomials(product, polynomial)
    return product


def _derive(polynomial: Polynomial) -> Polynomial:
    degree = len(polynomial) - 1
    return tuple(c * (degree - i) for i, c in enumerate(polynomial[:-1]))


def _antiderivative_at(polynomial: Polynomial, at: int) -> Fraction:
    degree = len(polynomial) - 1
    primitive = [Fraction(c, degree - i + 1) for i, c in enumerate(polynomial)]
    value = Fraction(0)
    for coefficient in [*primitive, Fraction(0)]:
        value = value * at + coefficient
    return value
