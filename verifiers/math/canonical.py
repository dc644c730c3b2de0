"""From a scalar tree to a quotient of polynomials in canonical generators.

Two trees with the same quotient are equal wherever both are defined. The rewritings used are identities for real
variables: roots of positive numbers split into roots of primes, sqrt(x^2) = |x|, sine and cosine become exponentials,
logarithms of positive rationals split into logarithms of primes. Nothing that needs a variable to be positive is used
unless `positive` is set (then sqrt(x y) = sqrt(x) sqrt(y) and ln(x^2) = 2 ln x).
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from fractions import Fraction

from assay.verifiers.math import points, separation
from assay.verifiers.math.limits import (
    EXPONENT,
    FACTORIAL,
    NUMBER_BITS,
    PRIME_BITS,
    SUM_TERMS,
    GaveUpError,
    LimitError,
    UndefinedError,
    check_factorial,
    check_power,
)
from assay.verifiers.math.polynomial import (
    UNIT,
    Monomial,
    Poly,
    Ring,
    Scalar,
    constant,
    constant_value,
    content,
    generator,
    generators,
    inverse_monomial,
    key,
    leading,
    monomial_key,
    scaled,
)
from assay.verifiers.math.tree import Add, Binder, Call, Const, Mul, Node, Num, Pow, Root, Sym, neg

Quotient = tuple[Poly, Poly]
ONE: Poly = {UNIT: 1}
_I = generator("i")
_PI: Monomial = (("c:pi", 1),)
_I_PI: Monomial = (("c:pi", 1), ("i", 1))
_HALF = Fraction(1, 2)

# cos and sin of pi/d in roots of primes; all other angles use the generator exp(i pi / d)
_TURNS: dict[int, Poly] = {
    1: {UNIT: -1},
    2: {(("i", 1),): 1},
    3: {UNIT: _HALF, (("i", 1), ("p:00003", _HALF)): _HALF},
    4: {(("p:00002", _HALF),): _HALF, (("i", 1), ("p:00002", _HALF)): _HALF},
    6: {(("p:00003", _HALF),): _HALF, (("i", 1),): _HALF},
}


class Canon:
    """Canonical forms within one comparison.

    Args:
        positive: Whether variables stand for positive numbers.
        until: `time.monotonic()` after which it gives up.
    """

    def __init__(self, positive: bool = False, until: float = math.inf) -> None:
        """Start with an empty ring."""
        self.ring = Ring()
        self.until = until
        self._known: dict[Node, Quotient] = {}
        self.positive = positive

    # --- quotients ----------------------------------------------------------------------------------------------

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
            found = self._known[node] = self._of(node)
        return found

    def _of(self, node: Node) -> Quotient:
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
                return _I, ONE
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

    # --- powers and roots ---------------------------------------------------------------------------------------

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
            if monomial == _I_PI:
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
            for name, exponent in monomial:
                if (name.startswith(("p:", "c:pi", "e:")) and (not name.startswith("e:") or "<i^" not in name)) or (
                    self.positive and name.startswith("s:")
                ):
                    outer = self._times_power(outer, name, Fraction(exponent) / degree)
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
                        rest.append((name, left))
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
                    return self.times((self.ring.mul(outer, _I if degree == 2 else {UNIT: -1}), ONE), inner_root)
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
                outer = _I
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

    # --- functions ----------------------------------------------------------------------------------------------

    def opaque(self, name: str, args: list[Node]) -> Quotient:
        """A value known only by its name and canonical arguments."""
        return generator(f"o:{name}({';'.join(self.text(self.of(arg)) for arg in args)})"), ONE

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
                total = self.ring.add(total, {_I_PI: 1})
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

    def call(self, name: str, args: tuple[Node, ...], node: Call) -> Quotient:
        """A function applied to arguments."""
        first = self.of(args[0])
        match name:
            case "sin" | "cos" | "tan" | "cot" | "sec" | "csc":
                return self.circular(name, self.times(first, (_I, ONE)))
            case "sinh" | "cosh" | "tanh" | "coth" | "sech" | "csch":
                return self.hyperbolic(name, first)
            case "arcsin" | "arccos" | "arctan" | "arccot" | "arcsec" | "arccsc" if not points.variables(node):
                return self.angle(name, first, node)
            case "ln":
                return self.logarithm(first, args[0])
            case "log":
                return self.times(self.logarithm(first, args[0]), (generator("c:logbase"), ONE))
            case "abs" if len(args) == 1:
                return self.absolute(first, args[0])
            case "floor" | "ceil" if len(args) == 1:
                return self.rounded(name, first, args[0])
            case "factorial":
                return self.factorial(first)
            case "binom" if len(args) == 2:
                return self.binomial(args)
            case "gcd" | "lcm":
                values = [constant_value(self.of(arg)[0]) for arg in args]
                if all(v is not None and v.denominator == 1 for v in values):
                    whole = [int(v) for v in values if v is not None]
                    return constant(math.gcd(*whole) if name == "gcd" else math.lcm(*whole)), ONE
            case "max" | "min":
                values = [constant_value(top) if bottom == ONE else None for top, bottom in map(self.of, args)]
                known = [v for v in values if v is not None]
                if len(known) == len(values):
                    return constant((max if name == "max" else min)(known)), ONE
                return generator(f"o:{name}({';'.join(sorted(self.text(self.of(arg)) for arg in args))})"), ONE
            case _:
                pass
        return self.opaque(name, list(args))

    def circular(self, name: str, inner: Quotient) -> Quotient:
        """Sin u, ... as exponentials of `inner` = i u."""
        up = self.exponential(inner)
        down = self.exponential(self.times(inner, ({UNIT: -1}, ONE)))
        plus = self.sum([up, down])
        minus = self.sum([up, self.times(down, ({UNIT: -1}, ONE))])
        sine = self.times(minus, ({(("i", 1),): Fraction(-1, 2)}, ONE))
        cosine = self.times(plus, ({UNIT: _HALF}, ONE))
        return self._from_pair(name, sine, cosine)

    def hyperbolic(self, name: str, inner: Quotient) -> Quotient:
        """Sinh u, ... as exponentials of u."""
        up = self.exponential(inner)
        down = self.exponential(self.times(inner, ({UNIT: -1}, ONE)))
        sine = self.times(self.sum([up, self.times(down, ({UNIT: -1}, ONE))]), ({UNIT: _HALF}, ONE))
        cosine = self.times(self.sum([up, down]), ({UNIT: _HALF}, ONE))
        return self._from_pair(name.removesuffix("h") if name != "coth" else "cot", sine, cosine)

    def _from_pair(self, name: str, sine: Quotient, cosine: Quotient) -> Quotient:
        match name:
            case "sin":
                return sine
            case "cos":
                return cosine
            case "tan":
                return self.times(sine, self.inverse(cosine))
            case "cot":
                return self.times(cosine, self.inverse(sine))
            case "sec":
                return self.inverse(cosine)
            case _:
                return self.inverse(sine)

    def angle(self, name: str, inner: Quotient, node: Call) -> Quotient:
        """An inverse function of a number: q pi, if the function of q pi is exactly the number."""
        number = points.value(node)
        if getattr(number, "imag", 0) == 0 and inner[1] == ONE and separation.is_algebraic(inner[0], self.ring):
            guess = Fraction(float(number.real) / math.pi).limit_denominator(120)
            if abs(float(guess) * math.pi - float(number.real)) < 1e-12:
                direct = self.circular(name.removeprefix("arc"), ({_I_PI: guess} if guess else {}, ONE))
                difference = self.sum([direct, self.times(inner, ({UNIT: -1}, ONE))])[0]
                if separation.is_algebraic(difference, self.ring) and separation.is_zero(difference, self.ring):
                    return ({_PI: guess} if guess else {}), ONE
        return self.opaque(name, list(node.args))

    def rounded(self, name: str, inner: Quotient, node: Node) -> Quotient:
        """Floor and ceiling; ceil(u) is -floor(-u)."""
        top, bottom = inner
        if bottom == ONE and (value := constant_value(top)) is not None:
            return constant(math.floor(value) if name == "floor" else math.ceil(value)), ONE
        if not points.variables(node):
            number = points.value(node)
            nearest = round(float(number.real)) if abs(number) < 1e12 else None
            if nearest is None or getattr(number, "imag", 0) != 0 or abs(number - nearest) < 1e-20:
                raise GaveUpError("a value too close to a whole number")
            ctx = points.context()
            return constant(int(ctx.floor(number.real) if name == "floor" else ctx.ceil(number.real))), ONE
        sign = 1
        if name == "ceil":
            top, sign = scaled(top, -1), -1
        whole = 0
        if bottom == ONE:
            fixed = Fraction(top.get(UNIT, 0))
            whole = math.floor(fixed)
            top = self.ring.add(top, constant(-whole))
        return self.ring.add(constant(sign * whole), generator(f"o:floor({self.text((top, bottom))})"), sign), ONE

    def factorial(self, inner: Quotient) -> Quotient:
        """N!, with (n + k)! as a multiple of n! for whole k."""
        top, bottom = inner
        value = constant_value(top) if bottom == ONE else None
        if value is not None:
            if value.denominator != 1 or value < 0:
                raise GaveUpError("a factorial of a number that is not whole")
            check_factorial(int(value)) if value <= FACTORIAL else check_factorial(FACTORIAL + 1)
            return constant(math.factorial(int(value))), ONE
        if bottom != ONE:
            return generator(f"f:{self.text(inner)}"), ONE
        shift = math.floor(Fraction(top.get(UNIT, 0)))
        if abs(shift) > 30:
            return generator(f"f:{key(top)}"), ONE
        base = self.ring.add(top, constant(-shift))
        result: Quotient = (generator(f"f:{key(base)}"), ONE)
        for step in range(1, shift + 1):
            result = self.times(result, (self.ring.add(base, constant(step)), ONE))
        for step in range(shift + 1, 1):
            result = self.times(result, self.inverse((self.ring.add(base, constant(step)), ONE)))
        return result

    def binomial(self, args: tuple[Node, ...]) -> Quotient:
        """A binomial coefficient."""
        top, bottom = self.of(args[0]), self.of(args[1])
        n = constant_value(top[0]) if top[1] == ONE else None
        k = constant_value(bottom[0]) if bottom[1] == ONE else None
        if n is not None and k is not None and n.denominator == k.denominator == 1 and n >= 0:
            if k < 0 or k > n:
                return {}, ONE
            small = min(int(k), int(n - k))
            if small * int(n).bit_length() > NUMBER_BITS:
                raise LimitError("number_too_large", "The answer contains a binomial that is too large to compute.")
            return constant(math.comb(int(n), small)), ONE
        if k is not None and k.denominator == 1 and 0 <= k <= 12:
            result: Quotient = ({UNIT: Fraction(1, math.factorial(int(k)))}, ONE)
            for step in range(int(k)):
                result = self.times(result, self.sum([top, (constant(-step), ONE)]))
            return result
        rest = self.sum([top, self.times(bottom, ({UNIT: -1}, ONE))])
        return self.times(self.factorial(top), self.inverse(self.times(self.factorial(bottom), self.factorial(rest))))

    def binder(self, node: Binder) -> Quotient:
        """A short finite sum or product is carried out; everything else is known by its spelling."""
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


def substitute(node: Node, values: Mapping[Sym, Node]) -> Node:
    """A scalar tree with variables replaced (bound variables of inner sums are left alone)."""
    match node:
        case Sym():
            if node in values:
                return values[node]
            return node if node.index is None else Sym(node.name, substitute(node.index, values))
        case Add(terms):
            return Add(tuple(substitute(term, values) for term in terms))
        case Mul(factors):
            return Mul(tuple(substitute(part, values) for part in factors))
        case Pow(base, exponent):
            return Pow(substitute(base, values), substitute(exponent, values))
        case Root(radicand, degree):
            return Root(substitute(radicand, values), degree)
        case Call(name, args):
            return Call(name, tuple(substitute(arg, values) for arg in args))
        case Binder(kind, body, variable, lower, upper):
            inner = {k: v for k, v in values.items() if k != variable}
            return Binder(
                kind,
                substitute(body, inner),
                variable,
                None if lower is None else substitute(lower, values),
                None if upper is None else substitute(upper, values),
            )
        case _:
            return node


def factor(value: Fraction) -> list[tuple[int, int]]:
    """Prime factors of a positive rational with their exponents; a large cofactor without small factors stays whole."""
    powers: dict[int, int] = {}
    for number, sign in ((value.numerator, 1), (value.denominator, -1)):
        prime, rest = 2, number
        limit = 10_000 if rest.bit_length() > 64 else 100_000
        while prime * prime <= rest and prime <= limit:
            while rest % prime == 0:
                powers[prime] = powers.get(prime, 0) + sign
                rest //= prime
            prime += 1 if prime == 2 else 2
        if rest.bit_length() > PRIME_BITS:
            raise GaveUpError("a factor that is too large")
        if rest > 1:
            root = math.isqrt(rest)
            if root * root == rest:
                powers[root] = powers.get(root, 0) + 2 * sign
            else:
                powers[rest] = powers.get(rest, 0) + sign
    return [(prime, exponent) for prime, exponent in powers.items() if exponent]
