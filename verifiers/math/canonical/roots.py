"""Roots and absolute values: the second layer of `Canon`.

Roots of positive numbers split into roots of primes, sqrt(x^2) is |x|, and roots of sums become generators of their
own. The sign of a number is decided by its digits.
"""

from __future__ import annotations

import math
from fractions import Fraction

from assay.verifiers.math import points, separation
from assay.verifiers.math.canonical.factors import factor
from assay.verifiers.math.canonical.quotients import HALF, IMAGINARY, ONE, Quotient, Quotients
from assay.verifiers.math.limits import GaveUpError
from assay.verifiers.math.polynomial import (
    UNIT,
    Monomial,
    Poly,
    Scalar,
    constant,
    constant_value,
    content,
    generator,
    generators,
    inverse_monomial,
    key,
    leading,
    scaled,
)
from assay.verifiers.math.tree import Node, Num, neg

I_PI: Monomial = (("c:pi", 1), ("i", 1))

# cos and sin of pi/d in roots of primes; all other angles use the generator exp(i pi / d)
_TURNS: dict[int, Poly] = {
    1: {UNIT: -1},
    2: {(("i", 1),): 1},
    3: {UNIT: HALF, (("i", 1), ("p:00003", HALF)): HALF},
    4: {(("p:00002", HALF),): HALF, (("i", 1), ("p:00002", HALF)): HALF},
    6: {(("p:00003", HALF),): HALF, (("i", 1),): HALF},
}


class Roots(Quotients):
    """Roots, absolute values and roots of unity."""

    def turn(self, angle: Fraction) -> Poly:
        """exp(i pi angle)."""
        angle %= 2
        if angle.denominator in _TURNS:
            return self.ring.power(_TURNS[angle.denominator], angle.numerator)
        if angle.denominator > 180:
            raise GaveUpError("an angle with too large a denominator")
        name = f"z:{angle.denominator}"
        return (
            self.ring.mul(generator(name, angle.numerator), ONE)
            if angle.numerator < angle.denominator
            else scaled(generator(name, angle.numerator - angle.denominator), -1)
        )

    def root(self, inner: Quotient, degree: int, node: Node, *, power: bool = False) -> Quotient:
        """The real root where there is one, else the principal one."""
        top, bottom = inner
        if degree == 1:
            return inner
        if not top:
            return {}, ONE
        if bottom != ONE:
            if degree != 2:
                return self.opaque("R", [node, Num(Fraction(degree))])
            # sqrt(n/d) = sqrt(n d) / |d|
            size = self.absolute((bottom, ONE), None)
            return self.times(self.root((self.ring.mul(top, bottom), ONE), 2, node), self.inverse(size))
        value = constant_value(top)
        if value is not None:
            return self.number_root(value, degree), ONE
        outer: Poly = ONE
        scale = content(top)
        if len(top) == 1:
            ((monomial, coefficient),) = top.items()
            rest: list[tuple[str, Scalar]] = []
            variables = [name for name, _ in monomial if not name.startswith("p:")]
            for name, exponent in monomial:
                if (name.startswith(("p:", "c:pi", "e:")) and (not name.startswith("e:") or "<i^" not in name)) or (
                    self.positive and name.startswith("s:")
                ):
                    outer = self._times_power(outer, name, Fraction(exponent) / degree)
                elif degree == 2 and variables == [name] and name[0] == "s" and exponent % 2 == 1 and coefficient > 0:
                    outer = self.ring.mul(outer, generator(name, Fraction(exponent) / 2))  # real only where x > 0
                elif name.startswith("s:") and Fraction(exponent).denominator == 1 and degree % 2 == 0:
                    # sqrt(x^(2k)) = |x|^k, sqrt(x^(2k+1)) = |x|^k sqrt(x)
                    whole, left = divmod(int(exponent), degree)
                    if whole:
                        outer = self.ring.mul(outer, self.size_power(name, whole))
                    if left and left % 2 == 0 and degree == 2 * left:
                        outer = self.ring.mul(outer, self.size_root(name))
                    elif left:
                        rest.append((name, left))
                elif name.startswith("s:") and Fraction(exponent).denominator == 1 and not power:
                    whole, left = divmod(int(exponent), degree)
                    if whole:
                        outer = self.ring.mul(outer, generator(name, whole))
                    if left:
                        outer = self.ring.mul(outer, generator(name, Fraction(left, degree)))  # odd roots are real
                else:
                    rest.append((name, exponent))
            outer = self.ring.mul(outer, self.number_root(abs(Fraction(coefficient)), degree))
            sign = 1 if coefficient > 0 else -1
            if not rest:
                return (outer if sign > 0 else self.ring.mul(outer, self.number_root(Fraction(-1), degree))), ONE
            if sign > 0 and len(rest) == 1 and rest[0][0].startswith("s:") and rest[0][1] == 1:
                return self.ring.mul(outer, generator(rest[0][0], Fraction(1, degree))), ONE
            core: Poly = {tuple(sorted(rest)): sign}
        else:
            outer = self.number_root(scale, degree)
            core = scaled(top, Fraction(1) / scale)
            square = self.perfect_square(core) if degree == 2 else None
            if square is not None:
                size = self.absolute((square, ONE), None)
                return self.times((outer, ONE), size)
            if (degree == 2 or degree % 2) and separation.is_algebraic(core, self.ring):
                number = separation.number(core, self.ring)
                if getattr(number, "imag", 0) == 0 and number.real < -1e-30:
                    # the root of a negative number: i times a real one, or a negative one
                    inner_root = self.root((scaled(core, -1), ONE), degree, neg(node))
                    return self.times((self.ring.mul(outer, IMAGINARY if degree == 2 else {UNIT: -1}), ONE), inner_root)
        core = {m: (int(c) if Fraction(c).denominator == 1 else c) for m, c in core.items()}
        name = f"r:{degree}:{key(core)}"
        self.ring.radicands[name] = (degree, core)
        return self.ring.mul(outer, generator(name)), ONE

    def _times_power(self, outer: Poly, name: str, exponent: Fraction) -> Poly:
        return (
            self.ring.mul(outer, self.ring.mul(generator(name, exponent), ONE))
            if not name.startswith("p:")
            else (self._prime_power(outer, name, exponent))
        )

    def _prime_power(self, outer: Poly, name: str, exponent: Fraction) -> Poly:
        base = int(name[2:])
        whole = math.floor(exponent)
        part: Poly = {(((name, exponent - whole),) if exponent != whole else UNIT): Fraction(base) ** whole}
        return self.ring.mul(outer, part)

    def perfect_square(self, poly: Poly) -> Poly | None:
        """P with p^2 = poly, for three terms such as x^2 + 2x + 1."""
        if len(poly) != 3:
            return None
        ends: list[Poly] = []
        for monomial, coefficient in poly.items():
            value = Fraction(coefficient)
            if value > 0 and all(name.startswith("s:") and exponent % 2 == 0 for name, exponent in monomial):
                up, down = math.isqrt(value.numerator), math.isqrt(value.denominator)
                if up * up == value.numerator and down * down == value.denominator:
                    ends.append(
                        {tuple((name, Fraction(exponent) / 2) for name, exponent in monomial): Fraction(up, down)}
                    )
        for i, one in enumerate(ends):
            for two in ends[i + 1 :]:
                for sign in (1, -1):
                    candidate = self.ring.add(one, two, sign)
                    candidate = {
                        tuple((name, int(e) if Fraction(e).denominator == 1 else e) for name, e in m): c
                        for m, c in candidate.items()
                    }
                    if self.ring.mul(candidate, candidate) == poly:
                        return candidate
        return None

    def number_root(self, value: Fraction, degree: int) -> Poly:
        """The root of a rational: roots of primes, times i or a real sign for negative ones."""
        if value == 0:
            return {}
        outer: Poly = ONE
        if value < 0:
            value = -value
            if degree % 2:
                outer = {UNIT: -1}
            elif degree == 2:
                outer = IMAGINARY
            else:
                outer = self.turn(Fraction(1, degree))
        coefficient = Fraction(1)
        powers: list[tuple[str, Scalar]] = []
        for prime, exponent in factor(value):
            whole, rest = divmod(exponent, degree)
            coefficient *= Fraction(prime) ** whole
            if rest:
                powers.append((f"p:{prime:05d}", Fraction(rest, degree)))
        number = coefficient.numerator if coefficient.denominator == 1 else coefficient
        return self.ring.mul(outer, {tuple(sorted(powers)): number})

    def size_power(self, name: str, exponent: int) -> Poly:
        """|x|^n for a variable."""
        size = self.size_of(generator(name))
        return (
            self.ring.power(size, exponent)
            if exponent > 0
            else inverse_monomial(self.ring, ((next(iter(generators(size))), -exponent),), 1)
        )

    def size_root(self, name: str) -> Poly:
        """The square root of |x| for a variable."""
        return generator("o:rootabs:" + name)

    def size_of(self, poly: Poly) -> Poly:
        """The generator |p| for a real polynomial p with a positive leading coefficient and content 1."""
        name = f"b:{key(poly)}"
        self.ring.squares[name] = self.ring.mul(poly, poly)
        return generator(name)

    def absolute(self, inner: Quotient, node: Node | None) -> Quotient:
        """The absolute value; the sign of a number is decided by its digits."""
        top, bottom = inner
        if bottom != ONE:
            return self.times(self.absolute((top, ONE), None), self.inverse(self.absolute((bottom, ONE), None)))
        if not top:
            return {}, ONE
        value = constant_value(top)
        if value is not None:
            return constant(abs(value)), ONE
        names = generators(top)
        if "i" in names:
            real = {m: c for m, c in top.items() if not any(n == "i" for n, _ in m)}
            imaginary = {tuple(p for p in m if p[0] != "i"): c for m, c in top.items() if any(n == "i" for n, _ in m)}
            if all(n.startswith(("s:", "p:", "c:", "i")) for n in names):
                squares = self.ring.add(self.ring.mul(real, real), self.ring.mul(imaginary, imaginary))
                return self.root((squares, ONE), 2, Num(Fraction(0)))
            raise GaveUpError("the size of a complex expression")
        if all(n.startswith(("p:", "r:", "c:pi")) for n in names):
            if all(n.startswith(("p:", "r:")) for n in names) and separation.is_algebraic(top, self.ring):
                number = separation.number(top, self.ring)
            elif node is not None:
                number = points.value(node)
            else:
                raise GaveUpError("a sign that is not known")
            if getattr(number, "imag", 0) != 0 or abs(number) < 1e-15:
                raise GaveUpError("a sign that is not known")
            return (top if number.real > 0 else scaled(top, -1)), ONE
        if not all(n.startswith(("s:", "p:", "c:pi", "b:")) for n in names):
            return generator(f"o:abs({key(self.signed(top))})"), ONE
        if len(top) == 1:
            ((monomial, coefficient),) = top.items()
            result = constant(abs(Fraction(coefficient)))
            for name, exponent in monomial:
                if self.positive or not name.startswith("s:") or (exponent == int(exponent) and int(exponent) % 2 == 0):
                    result = self.ring.mul(result, {((name, exponent),): 1})
                elif exponent == int(exponent):
                    odd = self.ring.mul(
                        generator(name, exponent - 1) if exponent != 1 else ONE, self.size_of(generator(name))
                    )
                    result = self.ring.mul(result, odd)
                else:
                    raise GaveUpError("the size of a root")
            return result, ONE
        scale = content(top)
        core = self.signed(scaled(top, Fraction(1) / scale))
        core = {m: (int(c) if Fraction(c).denominator == 1 else c) for m, c in core.items()}
        return self.ring.mul(constant(scale), self.size_of(core)), ONE

    def signed(self, poly: Poly) -> Poly:
        """The polynomial or its negative, whichever leads with a positive coefficient."""
        return poly if Fraction(leading(poly)[1]) > 0 else scaled(poly, -1)
