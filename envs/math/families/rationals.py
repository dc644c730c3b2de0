"""Arithmetic with fractions, decimals and percentages; every answer is exact."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from typing import ClassVar

from assay.envs.math.families.notation import decimal_text, draw_int, exact_decimal, fraction_tex
from assay.envs.math.problem import Family

FractionTerm = tuple[int, int, int, str, int, int]
"""Sign, numerator and denominator; then "", "*" or "/" and a second fraction."""

DecimalTerm = tuple[int, int, int, int, int]
"""Sign, digits and places; then digits and places of a factor (0, 0 for none)."""


class Fractions(Family[tuple[FractionTerm, ...]]):
    r"""Sums, differences, products and quotients of fractions.

    Example (difficulty 2): "Compute $\frac{3}{4} - \frac{5}{6}$. Give an integer or a fraction in lowest terms." with
    the answer -1/12.

    Difficulty: 2 to 4 terms; denominators up to 7, then up to 60; products and quotients from 3 on.
    Distinct problems: about 2 * 11^2 at difficulty 1; at 10 over 1000^4.
    """

    name: ClassVar[str] = "fractions"
    topic: ClassVar[str] = "arithmetic"
    summary: ClassVar[str] = "sums, products and quotients of fractions"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[FractionTerm, ...]:
        """Terms; all fractions are proper or improper but never whole, and in lowest terms."""
        top = 6 * difficulty if difficulty > 1 else 7
        terms: list[FractionTerm] = []
        for place in range(2 + (difficulty >= 5) + (difficulty >= 8)):
            sign = -1 if place and rng.random() < 0.5 else 1
            numerator, denominator = _draw_fraction(rng, top)
            operator = "" if difficulty < 3 else ("", "*", "/")[draw_int(rng, 0, 2)]
            c, d = _draw_fraction(rng, top) if operator else (0, 1)
            terms.append((sign, numerator, denominator, operator, c, d))
        return tuple(terms)

    def key(self, params: tuple[FractionTerm, ...]) -> str:
        """The expression."""
        return _fraction_chain(params)

    def statement(self, params: tuple[FractionTerm, ...]) -> str:
        """The expression, to be computed."""
        return f"Compute ${_fraction_chain(params)}$. Give an integer or a fraction in lowest terms."

    def answer(self, params: tuple[FractionTerm, ...]) -> str:
        """A fraction in lowest terms, or an integer."""
        return fraction_tex(sum((_fraction_value(term) for term in params), Fraction(0)))

    def steps(self, params: tuple[FractionTerm, ...]) -> str:
        """Products and quotients first, then the sum over common denominators."""
        lines: list[str] = []
        total = Fraction(0)
        for place, term in enumerate(params):
            value = _fraction_value(term)
            if term[3]:
                lines.append(f"{_fraction_term(term)} = {fraction_tex(abs(value))}")
            before, total = total, total + value
            if place:
                common = math.lcm(before.denominator, value.denominator)
                left = before.numerator * (common // before.denominator)
                right = value.numerator * (common // value.denominator)
                sign = "-" if right < 0 else "+"
                lines.append(
                    f"{fraction_tex(before)} {sign} {fraction_tex(abs(value))} = "
                    rf"\frac{{{left} {sign} {abs(right)}}}{{{common}}} = {fraction_tex(total)}"
                )
        return "\n".join(f"${line}$" for line in lines)


class Decimals(Family[tuple[DecimalTerm, ...]]):
    r"""Sums, differences and products of decimals.

    Example (difficulty 3): "Compute $4.75 - 1.2 \times 0.4$. Give the exact decimal." with the answer 4.27.

    Difficulty: 2 to 5 terms; 1 to 4 places; numbers of up to 2, then up to 5 digits; products from 3 on.
    Distinct problems: about 2 * 80^2 at difficulty 1; at 10 over (10^5)^5.
    """

    name: ClassVar[str] = "decimals"
    topic: ClassVar[str] = "arithmetic"
    summary: ClassVar[str] = "sums and products of decimal numbers"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[DecimalTerm, ...]:
        """Terms; no decimal ends in 0."""
        spins = rng.random
        places = 1 + difficulty // 3
        size, factor_size = 10 ** (places + 1) - 1, 10 ** (1 + difficulty // 4) - 1
        terms: list[DecimalTerm] = []
        for place in range(2 + difficulty // 3):
            choice = int(spins() * 4)
            sign = 1 if choice & 1 or not place else -1
            digits = 1 + int(spins() * size)
            digits += digits % 10 == 0
            if choice & 2 and difficulty >= 3:
                factor = 1 + int(spins() * factor_size)
                factor += factor % 10 == 0
                terms.append((sign, digits, 1 + int(spins() * places), factor, 1 + int(spins() * places)))
            else:
                terms.append((sign, digits, 1 + int(spins() * places), 0, 0))
        return tuple(terms)

    def key(self, params: tuple[DecimalTerm, ...]) -> str:
        """The expression."""
        return _decimal_chain(params)

    def statement(self, params: tuple[DecimalTerm, ...]) -> str:
        """The expression, to be computed."""
        return f"Compute ${_decimal_chain(params)}$. Give the exact decimal."

    def answer(self, params: tuple[DecimalTerm, ...]) -> str:
        """An exact decimal."""
        return exact_decimal(sum((_decimal_value(term) for term in params), Fraction(0)))

    def steps(self, params: tuple[DecimalTerm, ...]) -> str:
        """Products first, then the sum from left to right."""
        lines: list[str] = []
        total = Fraction(0)
        for place, term in enumerate(params):
            value = _decimal_value(term)
            if term[3]:
                lines.append(f"{_decimal_term(term)} = {exact_decimal(abs(value))}")
            before, total = total, total + value
            if place:
                sign = "-" if value < 0 else "+"
                lines.append(f"{exact_decimal(before)} {sign} {exact_decimal(abs(value))} = {exact_decimal(total)}")
        return "\n".join(f"${line}$" for line in lines)


class Percentages(Family[tuple[str, int, tuple[int, ...]]]):
    r"""Percentages of a number, successive changes, and the value before a change.

    Example (difficulty 4): "A quantity of 240 is increased by 35% and then decreased by 10%. What is its value now?
    Give the exact decimal." with the answer 291.6.

    Difficulty: numbers up to 10^2, then up to 10^6; one change, then up to three; questions about the original from
    3 on. Distinct problems: about 90 * 19 at difficulty 1; at 10 over 10^6 * 198^3.
    """

    name: ClassVar[str] = "percentages"
    topic: ClassVar[str] = "arithmetic"
    summary: ClassVar[str] = "percentages, successive changes and original values"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[str, int, tuple[int, ...]]:
        """Kind of question, the (original) number, and the changes in percent."""
        top = (100, 200, 500, 1000, 2000, 5000, 10**4, 10**5, 10**5, 10**6)[difficulty - 1]
        kind = ("of", "final", "original")[draw_int(rng, 0, min(difficulty, 3) - 1)]
        step = 5 if difficulty < 3 else 1
        count = 1 if kind == "of" else 1 + (difficulty >= 4) + (difficulty >= 8)
        low = 1 if kind == "of" else -(99 // step)
        changes = tuple(step * (draw_int(rng, low, 99 // step) or 1) for _ in range(count))
        return kind, draw_int(rng, 10, top), changes

    def statement(self, params: tuple[str, int, tuple[int, ...]]) -> str:
        """One sentence and the question."""
        kind, number, changes = params
        if kind == "of":
            return f"What is {changes[0]}% of {number}? Give the exact decimal."
        story = " and then ".join(f"{'increased' if p > 0 else 'decreased'} by {abs(p)}%" for p in changes)
        if kind == "final":
            return f"A quantity of {number} is {story}. What is its value now? Give the exact decimal."
        final = exact_decimal(_changed(number, changes))
        return f"A quantity is {story}. Its value is now {final}. What was it at first?"

    def answer(self, params: tuple[str, int, tuple[int, ...]]) -> str:
        """An exact decimal."""
        kind, number, changes = params
        if kind == "of":
            return exact_decimal(Fraction(number * changes[0], 100))
        return str(number) if kind == "original" else exact_decimal(_changed(number, changes))

    def steps(self, params: tuple[str, int, tuple[int, ...]]) -> str:
        """Each percentage as a decimal factor."""
        kind, number, changes = params
        if kind == "of":
            factor = decimal_text(changes[0], 2)
            return rf"${changes[0]}\% = {factor}$" + "\n" + rf"${number} \times {factor} = {self.answer(params)}$"
        lines: list[str] = []
        value = Fraction(number) if kind == "final" else _changed(number, changes)
        for change in changes if kind == "final" else reversed(changes):
            ratio = Fraction(100 + change, 100)
            before, value = value, value * ratio if kind == "final" else value / ratio
            sign = r"\times" if kind == "final" else r"\div"
            lines.append(f"${exact_decimal(before)} {sign} {exact_decimal(ratio)} = {exact_decimal(value)}$")
        return "\n".join(lines)


def _draw_fraction(rng: random.Random, top: int) -> tuple[int, int]:
    denominator = draw_int(rng, 2, top)
    numerator = draw_int(rng, 1, top)
    divisor = math.gcd(numerator, denominator)
    if divisor == denominator:
        return 1, denominator
    return numerator // divisor, denominator // divisor


def _fraction_value(term: FractionTerm) -> Fraction:
    sign, a, b, operator, c, d = term
    if operator == "*":
        return Fraction(sign * a * c, b * d)
    return Fraction(sign * a * d, b * c) if operator == "/" else Fraction(sign * a, b)


def _fraction_term(term: FractionTerm) -> str:
    _, a, b, operator, c, d = term
    if not operator:
        return rf"\frac{{{a}}}{{{b}}}"
    sign = r"\times" if operator == "*" else r"\div"
    return rf"\frac{{{a}}}{{{b}}} {sign} \frac{{{c}}}{{{d}}}"


def _fraction_chain(terms: tuple[FractionTerm, ...]) -> str:
    text = _fraction_term(terms[0])
    for term in terms[1:]:
        text += f" {'-' if term[0] < 0 else '+'} {_fraction_term(term)}"
    return text


def _decimal_value(term: DecimalTerm) -> Fraction:
    sign, digits, places, factor, factor_places = term
    if factor:
        return Fraction(sign * digits * factor, 10 ** (places + factor_places))
    return Fraction(sign * digits, 10**places)


def _decimal_term(term: DecimalTerm) -> str:
    _, digits, places, factor, factor_places = term
    text = decimal_text(digits, places)
    return rf"{text} \times {decimal_text(factor, factor_places)}" if factor else text


def _decimal_chain(terms: tuple[DecimalTerm, ...]) -> str:
    text = _decimal_term(terms[0])
    for term in terms[1:]:
        text += f" {'-' if term[0] < 0 else '+'} {_decimal_term(term)}"
    return text


def _changed(number: int, changes: tuple[int, ...]) -> Fraction:
    numerator, denominator = number, 1
    for change in changes:
        numerator, denominator = numerator * (100 + change), denominator * 100
    return Fraction(numerator, denominator)
