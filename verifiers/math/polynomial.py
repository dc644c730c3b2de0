"""Polynomials over Q in named generators, with the reductions that make some generators algebraic.

A polynomial is a dict from monomials to nonzero coefficients; a monomial is a sorted tuple of `(generator, exponent)`.
A generator is a string whose prefix says what it is:

    "s:x"    a variable                  "p:00003"  the positive real 3, exponent in (0, 1): its roots
    "c:pi"   pi                          "i"        the imaginary unit, exponent 1
    "e:..."  exp(monomial), any rational exponent: exp(u)^q = exp(q u)
    "w:b:.." b^monomial for a number or symbol b
    "r:n:.." the n-th root of a polynomial, exponent 1..n-1
    others   opaque values (ln 2, |x|, floor(x), f(x), ...), equal exactly when their canonical arguments are equal

Roots of distinct primes are linearly independent over Q (Besicovitch 1940, "On the linear independence of fractional
powers of integers"), so polynomials in variables, pi, i and such roots are equal exactly when they are the same dict.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from fractions import Fraction

from assay.verifiers.math.limits import (
    GENERATOR_CHARS,
    NUMBER_BITS,
    POLYNOMIAL_STEPS,
    POLYNOMIAL_TERMS,
    SPELLED_BITS,
    GaveUpError,
    UndefinedError,
    check_power,
)

Scalar = int | Fraction
Monomial = tuple[tuple[str, Scalar], ...]
Poly = dict[Monomial, Scalar]

UNIT: Monomial = ()
_ABSOLUTE = ("b:",)


class Ring:
    """The working space of one comparison.

    Attributes:
        steps: Work done since it was last set to 0.
        radicands: Degree and radicand of each root generator.
        squares: Square of each generator |p|.
        angles: For each inverse function of a number, the number that it is the argument of.
    """

    def __init__(self, until: float = math.inf) -> None:
        """Start with the whole step budget; `until` is the `time.monotonic()` after which it gives up."""
        self.steps = 0
        self.until = until
        self.radicands: dict[str, tuple[int, Poly]] = {}
        self.squares: dict[str, Poly] = {}
        self.angles: dict[str, Poly] = {}

    def spend(self, steps: int) -> None:
        """Count work.

        Raises:
            GaveUpError: The budget is spent.
        """
        self.steps += steps
        if self.steps > POLYNOMIAL_STEPS:
            raise GaveUpError("too many polynomial steps")
        if time.monotonic() > self.until:
            raise GaveUpError("out of time")

    def add(self, left: Poly, right: Mapping[Monomial, Scalar], factor: Scalar = 1) -> Poly:
        """`left + factor * right`."""
        total = dict(left)
        self.spend(len(right))
        for monomial, coefficient in right.items():
            value = total.get(monomial, 0) + factor * coefficient
            if value:
                total[monomial] = value
            else:
                total.pop(monomial, None)
        return total

    def mul(self, left: Poly, right: Poly) -> Poly:
        """The product, reduced."""
        if len(left) * len(right) > POLYNOMIAL_STEPS:
            raise GaveUpError("a product with too many terms")
        self.spend(len(left) * len(right))
        if len(left) == 1 and UNIT in left:
            return scaled(right, left[UNIT])
        if len(right) == 1 and UNIT in right:
            return scaled(left, right[UNIT])
        total: Poly = {}
        for one, a in left.items():
            if time.monotonic() > self.until:
                raise GaveUpError("out of time")
            for two, b in right.items():
                self._accumulate(total, one, two, a * b)
        if len(total) > POLYNOMIAL_TERMS:
            raise GaveUpError("too many terms")
        _check_size(total)
        return total

    def _accumulate(self, total: Poly, one: Monomial, two: Monomial, coefficient: Scalar) -> None:
        if not one or not two:
            monomial = one or two
        else:
            powers = dict(one)
            special = False
            for generator, exponent in two:
                if generator in powers:
                    value = powers[generator] + exponent
                    if value:
                        powers[generator] = value
                    else:
                        del powers[generator]
                    special = special or generator[0] in "iprb" or generator[:2] == "w:" or generator[:2] == "z:"
                else:
                    powers[generator] = exponent
            if special:
                self.reduce_into(total, powers, coefficient)
                return
            monomial = tuple(sorted(powers.items()))
        value = total.get(monomial, 0) + coefficient
        if value:
            total[monomial] = value
        else:
            total.pop(monomial, None)

    def reduce_into(self, total: Poly, powers: dict[str, Scalar], coefficient: Scalar) -> None:
        """Bring the exponents of algebraic generators into range and add the term."""
        expansions: list[Poly] = []
        for generator in list(powers):
            exponent = powers[generator]
            if generator == "i":
                turns = int(exponent) % 4
                del powers[generator]
                if turns % 2:
                    powers[generator] = 1
                if turns >= 2:
                    coefficient = -coefficient
            elif generator.startswith("p:"):
                whole = math.floor(exponent)
                if whole:
                    base = int(generator[2:])
                    check_power(base.bit_length(), whole)
                    coefficient = coefficient * Fraction(base) ** whole
                rest = exponent - whole
                if rest:
                    powers[generator] = rest
                else:
                    del powers[generator]
            elif generator.startswith("r:"):
                degree, radicand = self.radicands[generator]
                whole = math.floor(Fraction(exponent) / degree)
                if whole > 0:
                    expansions.append(self.power(radicand, whole))
                    rest = exponent - whole * degree
                    if rest:
                        powers[generator] = rest
                    else:
                        del powers[generator]
            elif generator.startswith("b:"):
                square = self.squares.get(generator)
                pairs = int(exponent) // 2 if exponent > 0 and exponent == int(exponent) else 0
                if square is not None and pairs:
                    expansions.append(self.power(square, pairs))
                    rest = exponent - 2 * pairs
                    if rest:
                        powers[generator] = rest
                    else:
                        del powers[generator]
            elif generator.startswith("z:"):
                order = int(generator[2:])  # the generator is exp(i pi / order)
                turns = int(exponent) % (2 * order)
                if turns >= order:
                    coefficient, turns = -coefficient, turns - order
                if turns:
                    powers[generator] = turns
                else:
                    del powers[generator]
            elif generator.startswith("w:-1:") and exponent == int(exponent):
                pass  # (-1)^(2n) is 1 only for whole n: left as it is
        term: Poly = {tuple(sorted(powers.items())): coefficient}
        for expansion in expansions:
            term = self.mul(term, expansion)
        for monomial, value in term.items():
            value = total.get(monomial, 0) + value
            if value:
                total[monomial] = value
            else:
                total.pop(monomial, None)

    def power(self, base: Poly, exponent: int) -> Poly:
        """`base ** exponent` for exponent >= 0, by squaring."""
        if not base:
            return {} if exponent else {UNIT: 1}
        if len(base) == 1:
            ((monomial, coefficient),) = base.items()
            check_power(_bits(coefficient), exponent)
            total: Poly = {}
            self.reduce_into(total, {g: e * exponent for g, e in monomial}, coefficient**exponent)
            return total
        if exponent > 1:
            # a sum of t terms to the n has at most C(n + t - 1, t - 1) terms
            terms = math.comb(exponent + len(base) - 1, len(base) - 1) if exponent < 10_000 else POLYNOMIAL_TERMS + 1
            algebraic = all(g[0] in "ip" for monomial in base for g, _ in monomial)
            if terms > POLYNOMIAL_TERMS and not (algebraic and exponent <= 64):
                raise GaveUpError("a power with too many terms")
        result: Poly = {UNIT: 1}
        while exponent:
            if exponent & 1:
                result = self.mul(result, base)
            exponent >>= 1
            if exponent:
                base = self.mul(base, base)
        return result


def scaled(poly: Poly, factor: Scalar) -> Poly:
    """A polynomial times a number."""
    if factor == 1:
        return poly
    return {monomial: coefficient * factor for monomial, coefficient in poly.items()} if factor else {}


def constant(value: Scalar) -> Poly:
    """A number as a polynomial."""
    return {UNIT: value} if value else {}


def generator(name: str, exponent: Scalar = 1) -> Poly:
    """A generator as a polynomial.

    Raises:
        GaveUpError: Its name, which spells its argument, is too long.
    """
    if len(name) > GENERATOR_CHARS:
        raise GaveUpError("an argument that is too long to spell")
    return {((name, exponent),): 1}


def constant_value(poly: Poly) -> Fraction | None:
    """The value of a polynomial without generators, else None."""
    if not poly:
        return Fraction(0)
    return Fraction(poly[UNIT]) if len(poly) == 1 and UNIT in poly else None


def generators(poly: Poly) -> set[str]:
    """The names of all generators."""
    return {name for monomial in poly for name, _ in monomial}


def key(poly: Poly) -> str:
    """A canonical spelling: equal polynomials have equal keys."""
    # hexadecimal: decimal spelling is quadratic, and refused by the interpreter for large numbers
    spelled = sorted((_monomial_key(monomial), coefficient) for monomial, coefficient in poly.items())
    return "+".join(f"{c.numerator:x}/{c.denominator:x}*{m}" for m, c in spelled)


def _monomial_key(monomial: Monomial) -> str:
    if any(_bits(exponent) > SPELLED_BITS for _, exponent in monomial):
        raise GaveUpError("an exponent that is too large to spell")
    return "".join(f"<{name}^{exponent}>" for name, exponent in monomial)


monomial_key = _monomial_key


def content(poly: Poly) -> Fraction:
    """The positive rational that divides all coefficients and leaves coprime integers."""
    numerator, denominator = 0, 1
    for coefficient in poly.values():
        value = Fraction(coefficient)
        numerator = math.gcd(numerator, value.numerator)
        denominator = math.lcm(denominator, value.denominator)
    return Fraction(numerator, denominator) if numerator else Fraction(1)


def leading(poly: Poly) -> tuple[Monomial, Scalar]:
    """The term that comes last in the canonical order; its sign fixes the sign of |p|."""
    monomial = max(poly, key=_monomial_key)
    return monomial, poly[monomial]


def inverse_monomial(ring: Ring, monomial: Monomial, coefficient: Scalar) -> Poly:
    """The inverse of a single term as a polynomial.

    Raises:
        UndefinedError: The term is zero.
        GaveUpError: The term holds a root that has no inverse of this form.
    """
    if not coefficient:
        raise UndefinedError("division by zero")
    if any(name.startswith("r:") for name, _ in monomial):
        raise GaveUpError("a root in a denominator")
    total: Poly = {}
    ring.reduce_into(total, {name: -exponent for name, exponent in monomial}, Fraction(1) / Fraction(coefficient))
    return total


def _bits(value: Scalar) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _check_size(poly: Poly) -> None:
    for coefficient in poly.values():
        if _bits(coefficient) > 4 * NUMBER_BITS:
            raise GaveUpError("a coefficient that is too large")
