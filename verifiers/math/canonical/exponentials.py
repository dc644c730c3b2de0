"""Powers, exponentials and logarithms: the third layer of `Canon`.

b^(u+v) is b^u b^v: an exponential is a product of one generator for each term of its exponent. Logarithms of positive
rationals split into logarithms of primes, and b^u with a logarithm in u becomes e^(u ln b), so that 2^(log_2 7) is 7.
"""

from __future__ import annotations

from fractions import Fraction

from assay.verifiers.math.canonical.factors import factor
from assay.verifiers.math.canonical.quotients import ONE, Quotient
from assay.verifiers.math.canonical.roots import I_PI, Roots
from assay.verifiers.math.limits import GaveUpError, LimitError, UndefinedError, check_power
from assay.verifiers.math.polynomial import (
    UNIT,
    Poly,
    Scalar,
    constant,
    constant_value,
    content,
    generator,
    generators,
    key,
    monomial_key,
    scaled,
)
from assay.verifiers.math.tree import Const, Node, Num


class Exponentials(Roots):
    """Powers with any exponent, exponentials and logarithms."""

    def power(self, base: Node, exponent: Node) -> Quotient:
        """A power with any exponent."""
        up = self.of(exponent)
        number = constant_value(up[0]) if up[1] == ONE else None
        if isinstance(base, Const) and base.name == "e":
            return self.exponential(up)
        below = self.of(base)
        if number is not None:
            if number.denominator == 1:
                if abs(number) > 10**9:
                    value = constant_value(below[0]) if below[1] == ONE else None
                    if value is None or value not in (0, 1, -1):
                        raise LimitError(
                            "number_too_large", "The answer contains a power that is too large to compute."
                        )
                return self.whole_power(below, int(number))
            if number.denominator > 1000:
                return self.opaque("P", [base, exponent])
            root = self.root(below, number.denominator, base, power=True)
            return self.whole_power(root, number.numerator)
        if below[0] and any(name.startswith("l:") for name in generators(up[0])):
            grown = self.times(up, self.logarithm(below, base))
            if grown[1] == ONE:
                return self.exponential(grown)  # b^u = e^(u ln b), so that 2^(log_2 7) is 7
        if up[1] != ONE or below[1] != ONE:
            return self.opaque("P", [base, exponent])
        return self.symbolic_power(below[0], up[0], base, exponent)

    def symbolic_power(self, below: Poly, up: Poly, base: Node, exponent: Node) -> Quotient:
        """b^u for a symbolic u: one generator for each term of u, so that b^(u+v) = b^u b^v."""
        value = constant_value(below)
        if value is not None and value == 0:
            return self.opaque("P", [base, exponent])
        fixed = up.get(UNIT, 0)
        moving = {monomial: c for monomial, c in up.items() if monomial != UNIT}
        names: list[tuple[str, Scalar]]
        if value is not None:
            check_power(max(abs(value.numerator), value.denominator).bit_length(), 1)
            names = [(f"w:{prime}:", power) for prime, power in factor(abs(value))]
            if value < 0:
                names.append(("w:-1:", 1))
        elif len(below) == 1:
            ((monomial, coefficient),) = below.items()
            if len(monomial) == 1 and coefficient == 1 and monomial[0][0].startswith(("s:", "c:")):
                names = [(f"w:{monomial[0][0]}:", monomial[0][1])]
                if monomial[0][1] != 1 and not (self.positive or monomial[0][0].startswith("c:")):
                    names = [(f"w:{key(below)}:", 1)]
            else:
                names = [(f"w:{key(below)}:", 1)]
        else:
            names = [(f"w:{key(below)}:", 1)]
        result: Quotient = (ONE, ONE)
        for term, coefficient in moving.items():
            for name, power in names:
                result = self.times(result, (generator(name + monomial_key(term), coefficient * power), ONE))
        if fixed:
            fraction = Fraction(fixed)
            result = self.times(result, self.power(base, Num(fraction)))
        return result

    def exponential(self, up: Quotient) -> Quotient:
        """exp(u): a generator for each term of u."""
        top, bottom = up
        if bottom != ONE:
            return generator(f"e:[{self.text(up)}]"), ONE
        result: Poly = ONE
        for monomial, coefficient in top.items():
            if monomial == I_PI:
                part = self.turn(Fraction(coefficient))
            elif len(monomial) == 1 and monomial[0][0].startswith("l:") and monomial[0][1] == 1:
                rest = monomial[0][0][2:]
                if not rest.isdigit():
                    part = generator("e:" + monomial_key(monomial), coefficient)
                else:
                    part, below = self.root(
                        (constant(int(rest)), ONE), Fraction(coefficient).denominator, Num(Fraction(int(rest)))
                    )
                    powered = self.whole_power((part, below), Fraction(coefficient).numerator)
                    if powered[1] != ONE:
                        raise GaveUpError("a quotient in an exponential")
                    part = powered[0]
            else:
                part = generator("e:" + monomial_key(monomial), coefficient)
            result = self.ring.mul(result, part)
        return result, ONE

    def logarithm(self, inner: Quotient, node: Node) -> Quotient:
        """The natural logarithm; positive rational factors come out."""
        top, bottom = inner
        if not top:
            raise UndefinedError("ln 0")
        if bottom != ONE:
            if self.positive:
                return self.sum(
                    [
                        self.logarithm((top, ONE), node),
                        self.times(({UNIT: -1}, ONE), self.logarithm((bottom, ONE), node)),
                    ]
                )
            return generator(f"l:[{self.text(inner)}]"), ONE
        value = constant_value(top)
        total: Poly = {}
        if value is not None:
            for prime, exponent in factor(abs(value)):
                total = self.ring.add(total, generator(f"l:{prime}"), exponent)
            if value < 0:
                total = self.ring.add(total, {I_PI: 1})
            return total, ONE
        if len(top) == 1:
            ((monomial, coefficient),) = top.items()
            if coefficient > 0:
                for prime, count in factor(Fraction(coefficient)):
                    total = self.ring.add(total, generator(f"l:{prime}"), count)
                rest: list[tuple[str, Scalar]] = []
                power: Scalar
                for name, power in monomial:
                    if name.startswith("p:"):
                        total = self.ring.add(total, generator(f"l:{int(name[2:])}"), power)
                    elif name == "c:pi" or (self.positive and name.startswith("s:")):
                        total = self.ring.add(total, generator(f"l:{name}"), power)
                    elif name.startswith("e:") and "<i^" not in name and "[" not in name:
                        total = self.ring.add(total, self._exponent_of(name), power)
                    else:
                        rest.append((name, power))
                if rest:
                    total = self.ring.add(total, generator(f"l:{monomial_key(tuple(sorted(rest)))}"))
                return total, ONE
            return generator(f"l:[{key(top)}]"), ONE
        scale = content(top)
        for prime, exponent in factor(scale):
            total = self.ring.add(total, generator(f"l:{prime}"), exponent)
        return self.ring.add(total, generator(f"l:[{key(scaled(top, Fraction(1) / scale))}]")), ONE

    def _exponent_of(self, name: str) -> Poly:
        """U for the generator exp(u), where u is a monomial of plain generators."""
        spelled = name[2:]
        pairs: list[tuple[str, Scalar]] = []
        while spelled:
            inside, _, spelled = spelled[1:].partition(">")
            base, _, power = inside.rpartition("^")
            if "<" in base:
                raise GaveUpError("a nested exponential")
            exponent = Fraction(power)
            pairs.append((base, exponent.numerator if exponent.denominator == 1 else exponent))
        return {tuple(pairs): 1}
