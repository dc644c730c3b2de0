"""Quotients of polynomials in canonical generators, and their arithmetic.

This is the first layer of `Canon`; the layers above it (roots, exponentials, functions) add the generators that each
kind of function needs. The whole class works within one comparison and one ring.
"""

from __future__ import annotations

import math
import time
from abc import ABC, abstractmethod
from fractions import Fraction

from assay.verifiers.math.limits import EXPONENT, GaveUpError, UndefinedError
from assay.verifiers.math.polynomial import (
    UNIT,
    Poly,
    Ring,
    constant_value,
    generator,
    generators,
    inverse_monomial,
    key,
    monomial_key,
    scaled,
)
from assay.verifiers.math.tree import Node

Quotient = tuple[Poly, Poly]
ONE: Poly = {UNIT: 1}
IMAGINARY = generator("i")
HALF = Fraction(1, 2)


class Quotients(ABC):
    """Sums, products, inverses and whole powers of quotients.

    Args:
        positive: Whether variables stand for positive numbers.
        until: `time.monotonic()` after which it gives up.
    """

    def __init__(self, positive: bool = False, until: float = math.inf) -> None:
        """Start with an empty ring."""
        self.ring = Ring(until)
        self.until = until
        self.positive = positive
        self._known: dict[Node, Quotient] = {}

    def of(self, node: Node) -> Quotient:
        """The quotient of a tree.

        Raises:
            GaveUpError: Too large, or made of something that has no canonical form.
            UndefinedError: It divides by zero or is 0^0.
            LimitError: It holds a number too large to compute.
        """
        found = self._known.get(node)
        if found is None:
            if time.monotonic() > self.until:
                raise GaveUpError("out of time")
            found = self._known[node] = self.quotient(node)
        return found

    @abstractmethod
    def quotient(self, node: Node) -> Quotient:
        """The quotient of a tree that was not met before."""

    def text(self, quotient: Quotient) -> str:
        """A spelling that equal quotients share."""
        top, bottom = quotient
        return key(top) if bottom == ONE else f"({key(top)})/({key(bottom)})"

    def sum(self, parts: list[Quotient]) -> Quotient:
        """The sum of quotients."""
        top: Poly = {}
        bottom: Poly = ONE
        for n, d in parts:
            if d == bottom:
                top = self.ring.add(top, n)
            elif d == ONE:
                top = self.ring.add(top, self.ring.mul(n, bottom))
            elif bottom == ONE:
                top, bottom = self.ring.add(n, self.ring.mul(top, d)), d
            else:
                top = self.ring.add(self.ring.mul(top, d), self.ring.mul(n, bottom))
                bottom = self.ring.mul(bottom, d)
        return top, bottom

    def times(self, one: Quotient, two: Quotient) -> Quotient:
        """The product of two quotients."""
        return self.ring.mul(one[0], two[0]), self.ring.mul(one[1], two[1])

    def inverse(self, quotient: Quotient) -> Quotient:
        """One over a quotient."""
        top, bottom = quotient
        if not top:
            raise UndefinedError("division by zero")
        if len(top) == 1:
            ((monomial, coefficient),) = top.items()
            roots = [(name, exponent) for name, exponent in monomial if name.startswith("r:")]
            if not roots:
                return self.ring.mul(bottom, inverse_monomial(self.ring, monomial, coefficient)), ONE
            # 1 / r = r^(n-1) / radicand
            rest = tuple(pair for pair in monomial if not pair[0].startswith("r:"))
            up = inverse_monomial(self.ring, rest, coefficient)
            down = ONE
            for name, exponent in roots:
                degree, radicand = self.ring.radicands[name]
                up = self.ring.mul(up, generator(name, degree - exponent))
                down = self.ring.mul(down, radicand)
            inverted = self.inverse((down, ONE))
            return self.ring.mul(self.ring.mul(bottom, up), inverted[0]), inverted[1]
        if len(top) == 2 and all(name.startswith("p:") or name == "i" for name in generators(top)):
            conjugate = self.conjugate(top)
            if conjugate is not None:
                norm = self.ring.mul(top, conjugate)
                if len(norm) == 1 and UNIT in norm:
                    return scaled(self.ring.mul(bottom, conjugate), Fraction(1) / Fraction(norm[UNIT])), ONE
        return bottom, top

    def conjugate(self, poly: Poly) -> Poly | None:
        """A - b for a + b, both square roots of rationals."""
        first, second = sorted(poly.items(), key=lambda t: monomial_key(t[0]))
        return {first[0]: first[1], second[0]: -second[1]}

    def whole_power(self, quotient: Quotient, exponent: int) -> Quotient:
        """A quotient to a whole power."""
        if exponent < 0:
            quotient, exponent = self.inverse(quotient), -exponent
        top, bottom = quotient
        if exponent == 0:
            if not top:
                raise UndefinedError("0^0")
            return ONE, ONE
        if len(top) > 1 or len(bottom) > 1:
            number = constant_value(top)
            if number is None and exponent > EXPONENT:
                raise GaveUpError("an exponent that is too large")
        return self.ring.power(top, exponent), (ONE if bottom == ONE else self.ring.power(bottom, exponent))

    def opaque(self, name: str, args: list[Node]) -> Quotient:
        """A value known only by its name and canonical arguments."""
        return generator(f"o:{name}({';'.join(self.text(self.of(arg)) for arg in args)})"), ONE
