"""Equations with one unknown and with two: linear, pairs of linear ones, and quadratics with irrational roots."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from typing import ClassVar

from assay.envs.math.families.notation import (
    draw_int,
    draw_nonzero,
    fraction_tex,
    polynomial_tex,
    signed,
    term_tex,
)
from assay.envs.math.problem import Family

Side = tuple[int, int, int, int]
"""Factor f, coefficient a, constant b and addend g of one side: `f(ax + b) + g`, or `ax + b` where f is 1 and g 0."""


class LinearEquation(Family[tuple[Side, Side]]):
    """One linear equation for x.

    Example (difficulty 5): "Solve for $x$: $3(4x - 7) + 5 = 2x + 9$." with the answer 5/2.

    Difficulty: up to 3 the unknown is on one side and the answer is an integer; up to 5 it is on both; then one side
    and from 8 on both have parentheses. Coefficients grow.
    Distinct problems: 2 * 9 * 2 * 9 * 21 at difficulty 1; at 10 over 100^6.
    """

    name: ClassVar[str] = "linear_equation"
    topic: ClassVar[str] = "algebra"
    summary: ClassVar[str] = "linear equations with one unknown"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Side, Side]:
        """Both sides; their slopes differ."""
        top = 6 + 3 * difficulty
        if difficulty <= 3:
            a, b = draw_nonzero(rng, top), draw_nonzero(rng, top)
            return (1, a, b, 0), (1, 0, a * draw_int(rng, -top, top) + b, 0)
        while True:
            left = _draw_side(rng, top, difficulty >= 6)
            right = _draw_side(rng, top, difficulty >= 8)
            if left[0] * left[1] != right[0] * right[1]:
                return left, right

    def statement(self, params: tuple[Side, Side]) -> str:
        """The equation."""
        left, right = params
        return f"Solve for $x$: ${_side_tex(left)} = {_side_tex(right)}$."

    def answer(self, params: tuple[Side, Side]) -> str:
        """A fraction in lowest terms, or an integer."""
        (a, b), (c, d) = map(_flat, params)
        return fraction_tex(Fraction(d - b, a - c))

    def steps(self, params: tuple[Side, Side]) -> str:
        """Parentheses away, unknowns to the left, divide."""
        (a, b), (c, d) = map(_flat, params)
        lines = [f"{polynomial_tex((a, b))} = {polynomial_tex((c, d))}"]
        if c:
            lines.append(f"{polynomial_tex((a - c, b))} = {d}")
        if b:
            lines.append(f"{polynomial_tex((a - c, 0))} = {d - b}")
        lines.append(rf"x = {d - b} \div {signed(a - c)} = {fraction_tex(Fraction(d - b, a - c))}")
        return "\n".join(f"${line}$" for line in lines)


class LinearSystem(Family[tuple[int, int, int, int, int, int]]):
    """Two linear equations for x and y.

    Example (difficulty 2): "Solve the system $3x - 2y = 7$, $x + 5y = -9$. Give the solution as a pair $(x, y)$."
    with the answer (1, -2).

    Difficulty: coefficients up to 3, then up to 30; integer solutions up to 6, fractions from 7 on.
    Distinct problems: about 6^4 * 49 / 2 at difficulty 1; at 10 over 60^4 * 100^2 / 2.
    """

    name: ClassVar[str] = "linear_system"
    topic: ClassVar[str] = "algebra"
    summary: ClassVar[str] = "two linear equations with two unknowns"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int, int, int, int, int]:
        """Coefficients a, b, e and c, d, f of `ax + by = e` and `cx + dy = f`; the determinant is not 0."""
        top = 3 * difficulty
        while True:
            a, b, c, d = (draw_nonzero(rng, top) for _ in range(4))
            if a * d != b * c:
                break
        size = 2 + difficulty
        if difficulty <= 6:
            x, y = draw_int(rng, -size, size), draw_int(rng, -size, size)
            return a, b, a * x + b * y, c, d, c * x + d * y
        return a, b, draw_int(rng, -5 * size, 5 * size), c, d, draw_int(rng, -5 * size, 5 * size)

    def key(self, params: tuple[int, int, int, int, int, int]) -> str:
        """The order of the equations is no difference."""
        return repr(sorted((params[:3], params[3:])))

    def statement(self, params: tuple[int, int, int, int, int, int]) -> str:
        """Both equations."""
        a, b, e, c, d, f = params
        return f"Solve the system ${_two(a, b)} = {e}$, ${_two(c, d)} = {f}$. Give the solution as a pair $(x, y)$."

    def answer(self, params: tuple[int, int, int, int, int, int]) -> str:
        """A pair."""
        x, y = _cramer(params)
        return f"({fraction_tex(x)}, {fraction_tex(y)})"

    def steps(self, params: tuple[int, int, int, int, int, int]) -> str:
        """Cramer's rule."""
        a, b, e, c, d, f = params
        determinant, over_x, over_y = a * d - b * c, e * d - b * f, a * f - e * c
        x, y = _cramer(params)
        return "\n".join(
            (
                rf"$D = {signed(a)} \cdot {signed(d)} - {signed(b)} \cdot {signed(c)} = {determinant}$",
                rf"$D_x = {signed(e)} \cdot {signed(d)} - {signed(b)} \cdot {signed(f)} = {over_x}$",
                rf"$D_y = {signed(a)} \cdot {signed(f)} - {signed(e)} \cdot {signed(c)} = {over_y}$",
                f"$x = D_x / D = {fraction_tex(x)}$, $y = D_y / D = {fraction_tex(y)}$",
            )
        )


class Quadratic(Family[tuple[int, int, int, bool]]):
    r"""A quadratic equation with two irrational roots, one of which is asked for.

    Example (difficulty 3): "The equation $2x^2 - 6x + 1 = 0$ has two real roots. Find the larger one in exact form,
    with radicals." with the answer \frac{3+\sqrt{7}}{2}.

    Difficulty: leading coefficient 1 up to 2, then up to the difficulty; the others up to 8, then up to 1000.
    Distinct problems: about 200 at difficulty 1; at 10 over 10 * 2000 * 2000 * 2 * 0.5.
    """

    name: ClassVar[str] = "quadratic"
    topic: ClassVar[str] = "algebra"
    summary: ClassVar[str] = "quadratic equations with irrational roots, in exact form"
    form: ClassVar[str] = "any"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int, int, bool]:
        """Coefficients without common divisor, positive discriminant that is no square; and which root."""
        lead = 1 if difficulty < 3 else difficulty
        size = (8, 14, 18, 26, 36, 50, 80, 150, 400, 1000)[difficulty - 1]
        while True:
            a, b, c = draw_int(rng, 1, lead), draw_int(rng, -size, size), draw_nonzero(rng, size)
            discriminant = b * b - 4 * a * c
            if discriminant > 0 and math.isqrt(discriminant) ** 2 != discriminant:
                common = math.gcd(a, b, c)
                return a // common, b // common, c // common, rng.random() < 0.5

    def statement(self, params: tuple[int, int, int, bool]) -> str:
        """The equation, and which root."""
        *coefficients, larger = params
        which = "larger" if larger else "smaller"
        return (
            f"The equation ${polynomial_tex(coefficients)} = 0$ has two real roots. "
            f"Find the {which} one in exact form, with radicals."
        )

    def answer(self, params: tuple[int, int, int, bool]) -> str:
        """A surd in lowest terms."""
        a, b, c, larger = params
        outside, inside = _square_part(b * b - 4 * a * c)
        common = math.gcd(b, outside, 2 * a)
        rational, outside, under = -b // common, outside // common, 2 * a // common
        root = rf"\sqrt{{{inside}}}" if outside == 1 else rf"{outside}\sqrt{{{inside}}}"
        sign = "+" if larger else "-"
        lead = f"{rational}{sign}" if rational else "" if larger else "-"
        top = f"{lead}{root}"
        return top if under == 1 else rf"\frac{{{top}}}{{{under}}}"

    def steps(self, params: tuple[int, int, int, bool]) -> str:
        """The quadratic formula."""
        a, b, c, larger = params
        discriminant = b * b - 4 * a * c
        outside, inside = _square_part(discriminant)
        lines = [rf"D = {signed(b)}^2 - 4 \cdot {a} \cdot {signed(c)} = {discriminant}"]
        if outside > 1:
            lines.append(rf"\sqrt{{{discriminant}}} = {outside}\sqrt{{{inside}}}")
        sign = "+" if larger else "-"
        lines.append(rf"x = \frac{{{-b} {sign} \sqrt{{{discriminant}}}}}{{{2 * a}}} = {self.answer(params)}")
        return "\n".join(f"${line}$" for line in lines)


def _draw_side(rng: random.Random, top: int, bracket: bool) -> Side:
    a, b = draw_nonzero(rng, top), draw_nonzero(rng, top)
    if not bracket:
        return 1, a, b, 0
    factor = draw_nonzero(rng, top)
    return (factor if abs(factor) > 1 else 2 * factor), a, b, draw_nonzero(rng, top)


def _side_tex(side: Side) -> str:
    factor, a, b, addend = side
    inner = polynomial_tex((a, b))
    return inner if factor == 1 else f"{factor}({inner}){term_tex(addend, '', first=False)}"


def _flat(side: Side) -> tuple[int, int]:
    factor, a, b, addend = side
    return factor * a, factor * b + addend


def _two(a: int, b: int) -> str:
    return term_tex(a, "x", first=True) + term_tex(b, "y", first=False)


def _cramer(params: tuple[int, int, int, int, int, int]) -> tuple[Fraction, Fraction]:
    a, b, e, c, d, f = params
    determinant = a * d - b * c
    return Fraction(e * d - b * f, determinant), Fraction(a * f - e * c, determinant)


def _square_part(number: int) -> tuple[int, int]:
    """The largest s with number = s^2 * r, and r."""
    outside, divisor = 1, 2
    while divisor * divisor <= number:
        while number % (divisor * divisor) == 0:
            number //= divisor * divisor
            outside *= divisor
        divisor += 1
    return outside, number
