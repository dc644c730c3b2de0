"""How numbers, fractions and polynomials are written in statements and answers, and how small integers are drawn.

All texts are LaTeX without dollar signs. Polynomials are tuples of integer coefficients from the highest power down.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction


def draw_int(rng: random.Random, low: int, high: int) -> int:
    """An integer from `low` to `high`, both included; a third of the cost of `randint`.

    For ranges far below 2^53 only: there the bias is below one in a million.
    """
    return low + int(rng.random() * (high - low + 1))


def draw_nonzero(rng: random.Random, size: int) -> int:
    """An integer from `-size` to `size` that is not 0."""
    number = 1 + int(rng.random() * 2 * size)
    return number if number <= size else size - number


def fraction_tex(value: Fraction | int) -> str:
    r"""An integer, or a fraction in lowest terms with the sign in front.

    >>> fraction_tex(Fraction(-6, 8))
    '-\\frac{3}{4}'
    """
    numerator, denominator = value.numerator, value.denominator
    if denominator == 1:
        return str(numerator)
    sign = "-" if numerator < 0 else ""
    return rf"{sign}\frac{{{abs(numerator)}}}{{{denominator}}}"


def decimal_text(scaled: int, places: int) -> str:
    """The number `scaled / 10^places`, written exactly and without trailing zeros.

    >>> decimal_text(-1250, 3), decimal_text(500, 2)
    ('-1.25', '5')
    """
    if places == 0:
        return str(scaled)
    digits = str(abs(scaled)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")
    return f"-{text}" if scaled < 0 else text


def exact_decimal(value: Fraction) -> str:
    """A fraction whose denominator has no prime factors but 2 and 5, as an exact decimal.

    Raises:
        ValueError: The decimal would not end.
    """
    places = 0
    denominator = value.denominator
    while 10**places % denominator:
        places += 1
        if places > denominator.bit_length():
            raise ValueError(f"{value} has no finite decimal")
    return decimal_text(value.numerator * (10**places // denominator), places)


def polynomial_tex(coefficients: Sequence[int], variable: str = "x") -> str:
    """A polynomial, highest power first.

    >>> polynomial_tex((2, 0, -1, 5))
    '2x^3 - x + 5'
    """
    degree = len(coefficients) - 1
    text = ""
    for index, coefficient in enumerate(coefficients):
        if coefficient:
            text += term_tex(coefficient, power_tex(variable, degree - index), first=not text)
    return text or "0"


def term_tex(coefficient: int, symbol: str, *, first: bool) -> str:
    """One term of a sum, with its sign: after others the sign stands between spaces, and 1 is left out."""
    size = abs(coefficient)
    body = f"{size}{symbol}" if size != 1 or not symbol else symbol
    if first:
        return f"-{body}" if coefficient < 0 else body
    return f" - {body}" if coefficient < 0 else f" + {body}"


def power_tex(variable: str, exponent: int) -> str:
    """A power of a variable: nothing for exponent 0, braces around exponents of several digits."""
    if exponent == 0:
        return ""
    if exponent == 1:
        return variable
    return f"{variable}^{exponent}" if exponent < 10 else f"{variable}^{{{exponent}}}"


def multiply_polynomials(a: Sequence[int], b: Sequence[int]) -> tuple[int, ...]:
    """The product of two polynomials."""
    product = [0] * (len(a) + len(b) - 1)
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            product[i + j] += left * right
    return tuple(product)


def evaluate_polynomial(coefficients: Sequence[int], at: int | Fraction) -> int | Fraction:
    """Horner's rule."""
    value: int | Fraction = 0
    for coefficient in coefficients:
        value = value * at + coefficient
    return value


def signed(number: int) -> str:
    """A number as a factor or exponent base: negative ones in parentheses."""
    return f"({number})" if number < 0 else str(number)
