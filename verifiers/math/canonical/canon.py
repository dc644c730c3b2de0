"""Trees to quotients: the top layer of `Canon`, which takes a tree apart."""

from __future__ import annotations

from fractions import Fraction

from assay.verifiers.math.canonical.functions import Functions
from assay.verifiers.math.canonical.quotients import IMAGINARY, ONE, Quotient
from assay.verifiers.math.canonical.substitution import substitute
from assay.verifiers.math.limits import SUM_TERMS, GaveUpError, UndefinedError
from assay.verifiers.math.polynomial import UNIT, constant, constant_value, generator, generators
from assay.verifiers.math.tree import Add, Binder, Call, Const, Mul, Node, Num, Pow, Root, Sym


class Canon(Functions):
    """Canonical forms within one comparison."""

    def quotient(self, node: Node) -> Quotient:
        """The quotient of a tree that was not met before."""
        match node:
            case Num(value):
                return constant(value.numerator if value.denominator == 1 else value), ONE
            case Sym():
                return generator("s:" + self.symbol(node)), ONE
            case Const("pi"):
                return generator("c:pi"), ONE
            case Const("e"):
                return generator("e:"), ONE
            case Const("i"):
                return IMAGINARY, ONE
            case Add(terms):
                return self.sum([self.of(term) for term in terms])
            case Mul(factors):
                top, bottom = ONE, ONE
                for factor in factors:
                    n, d = self.of(factor)
                    top = self.ring.mul(top, n)
                    bottom = bottom if d is ONE else self.ring.mul(bottom, d)
                return top, bottom
            case Pow(base, exponent):
                return self.power(base, exponent)
            case Root(radicand, degree):
                return self.root(self.of(radicand), degree, radicand)
            case Call(name, args):
                return self.call(name, args, node)
            case Binder():
                return self.binder(node)
            case _:
                raise GaveUpError("not a scalar")

    def symbol(self, node: Sym) -> str:
        """The canonical name of a variable, index included."""
        if node.index is None:
            return node.name
        try:
            # The factors of an index stay in order: x_{ij} has two indices, not their product.
            parts = node.index.factors if isinstance(node.index, Mul) else (node.index,)
            return f"{node.name}_{'*'.join(self.text(self.of(part)) for part in parts)}"
        except (GaveUpError, UndefinedError):
            return f"{node.name}_{node.index!r}"

    def binder(self, node: Binder) -> Quotient:
        """A short finite sum or product and the integral of a polynomial are carried out; the rest is spelled."""
        if node.kind == "int" and (found := self.integral(node)) is not None:
            return found
        if (
            node.kind in ("sum", "prod")
            and node.lower is not None
            and node.upper is not None
            and isinstance(node.variable, Sym)
        ):
            low, high = (self.of(bound) for bound in (node.lower, node.upper))
            first, last = (constant_value(q[0]) if q[1] == ONE else None for q in (low, high))
            if first is not None and last is not None and first.denominator == last.denominator == 1:
                if last - first >= SUM_TERMS:
                    raise GaveUpError("a sum with too many terms")
                result: Quotient = ({}, ONE) if node.kind == "sum" else (ONE, ONE)
                for index in range(int(first), int(last) + 1):
                    term = self.of(substitute(node.body, {node.variable: Num(Fraction(index))}))
                    result = self.sum([result, term]) if node.kind == "sum" else self.times(result, term)
                return result
        return generator(f"o:{node!r}"), ONE

    def integral(self, node: Binder) -> Quotient | None:
        """A definite integral of a polynomial in its variable; None for other integrals."""
        if node.lower is None or node.upper is None or not isinstance(node.variable, Sym):
            return None
        try:
            body, below = self.of(node.body)
            low, high = self.of(node.lower), self.of(node.upper)
        except GaveUpError:
            return None
        name = "s:" + self.symbol(node.variable)
        if below != ONE or any(name != other and name in other for other in generators(body)):
            return None
        total: Quotient = ({}, ONE)
        for monomial, coefficient in body.items():
            powers = dict(monomial)
            degree = Fraction(powers.pop(name, 0))
            if degree < 0 or degree.denominator != 1:
                return None
            count = int(degree) + 1
            rise = self.sum(
                [self.whole_power(high, count), self.times(({UNIT: -1}, ONE), self.whole_power(low, count))]
            )
            term: Quotient = ({tuple(sorted(powers.items())): Fraction(coefficient) / count}, ONE)
            total = self.sum([total, self.times(term, rise)])
        return total
