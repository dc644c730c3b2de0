"""Functions: the fourth layer of `Canon`.

Sine and cosine become exponentials; inverse functions of numbers become multiples of pi where that can be proved;
factorials and binomials of numbers are computed; everything else is an opaque value with a canonical argument.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations

from assay.verifiers.math import angles, points, separation
from assay.verifiers.math.canonical.exponentials import Exponentials
from assay.verifiers.math.canonical.quotients import HALF, IMAGINARY, ONE, Quotient
from assay.verifiers.math.canonical.roots import I_PI
from assay.verifiers.math.limits import DETERMINANT, FACTORIAL, NUMBER_BITS, GaveUpError, LimitError, check_factorial
from assay.verifiers.math.polynomial import UNIT, Monomial, constant, constant_value, generator, generators, key, scaled
from assay.verifiers.math.tree import Call, Matrix, Node

_PI: Monomial = (("c:pi", 1),)


class Functions(Exponentials):
    """Functions applied to arguments."""

    def call(self, name: str, args: tuple[Node, ...], node: Call) -> Quotient:
        """A function applied to arguments."""
        if name == "det" and isinstance(args[0], Matrix):
            return self.determinant(args[0])
        first = self.of(args[0])
        match name:
            case "sin" | "cos" | "tan" | "cot" | "sec" | "csc":
                return self.circular(name, self.times(first, (IMAGINARY, ONE)))
            case "sinh" | "cosh" | "tanh" | "coth" | "sech" | "csch":
                return self.hyperbolic(name, first)
            case "arcsin" | "arccos" | "arctan" | "arccot" | "arcsec" | "arccsc" if not points.variables(node):
                return self.angle(name, first, node)
            case "arcsinh" | "arccosh" | "arctanh" if not points.variables(node):
                return self.area(name, first, node)
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
        cosine = self.times(plus, ({UNIT: HALF}, ONE))
        return self._from_pair(name, sine, cosine)

    def hyperbolic(self, name: str, inner: Quotient) -> Quotient:
        """Sinh u, ... as exponentials of u."""
        up = self.exponential(inner)
        down = self.exponential(self.times(inner, ({UNIT: -1}, ONE)))
        sine = self.times(self.sum([up, self.times(down, ({UNIT: -1}, ONE))]), ({UNIT: HALF}, ONE))
        cosine = self.times(self.sum([up, down]), ({UNIT: HALF}, ONE))
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
                direct = self.circular(name.removeprefix("arc"), ({I_PI: guess} if guess else {}, ONE))
                difference = self.sum([direct, self.times(inner, ({UNIT: -1}, ONE))])[0]
                if separation.is_algebraic(difference, self.ring) and separation.is_zero(difference, self.ring):
                    return ({_PI: guess} if guess else {}), ONE
        opaque = self.opaque(name, list(node.args))
        conventional = name == "arccot" and number.real <= 0  # two conventions, pi apart
        if inner[1] == ONE and angles.is_plain(inner[0]) and not conventional:
            root = ONE
            if name in ("arcsin", "arccos"):
                rest = self.sum([(ONE, ONE), self.times(({UNIT: -1}, ONE), self.times(inner, inner))])
                root = self.root(rest, 2, node)[0]
            if angles.is_plain(root) and (z := angles.argument_of(name, inner[0], root)) is not None:
                self.ring.angles[next(iter(generators(opaque[0])))] = z
        return opaque

    def area(self, name: str, inner: Quotient, node: Call) -> Quotient:
        """An inverse hyperbolic function of a number, as a logarithm, where it is real."""
        number = points.value(node)
        if getattr(number, "imag", 0) != 0:
            return self.opaque(name, list(node.args))
        minus = self.times(({UNIT: -1}, ONE), inner)
        if name == "arctanh":
            share = self.times(self.sum([(ONE, ONE), inner]), self.inverse(self.sum([(ONE, ONE), minus])))
            return self.times(({UNIT: HALF}, ONE), self.logarithm(share, node))
        shift: Quotient = ({UNIT: 1 if name == "arcsinh" else -1}, ONE)
        root = self.root(self.sum([self.times(inner, inner), shift]), 2, node)
        return self.logarithm(self.sum([inner, root]), node)

    def determinant(self, matrix: Matrix) -> Quotient:
        """A determinant, by expansion along the rows; every minor of the last rows is computed once."""
        size = len(matrix.rows)
        if size != len(matrix.rows[0]) or size > DETERMINANT:
            raise GaveUpError("a determinant that is not square, or too large")
        minors: dict[tuple[int, ...], Quotient] = {(): (ONE, ONE)}
        for row in reversed(matrix.rows):
            cells = [self.of(cell) for cell in row]
            grown: dict[tuple[int, ...], Quotient] = {}
            for columns in combinations(range(size), len(next(iter(minors))) + 1):
                terms = []
                for place, chosen in enumerate(columns):
                    term = self.times(cells[chosen], minors[columns[:place] + columns[place + 1 :]])
                    terms.append(term if place % 2 == 0 else self.times(({UNIT: -1}, ONE), term))
                grown[columns] = self.sum(terms)
            minors = grown
        return minors[tuple(range(size))]

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
