"""Algebra and calculus: equations, systems, quadratics, polynomials, derivatives, integrals."""

import itertools
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

CheckFamily = Callable[..., None]
Evaluate = Callable[..., Any]
Line = Callable[[str], tuple[Fraction, Fraction]]


def groups(pattern: str, text: str) -> tuple[str, ...]:
    """The groups of the first match, which there must be."""
    match = re.search(pattern, text)
    assert match is not None, text
    return tuple(match.groups())


def tex(value: Fraction) -> str:
    value = Fraction(value)
    top = rf"\frac{{{abs(value.numerator)}}}{{{value.denominator}}}" if value.denominator > 1 else abs(value.numerator)
    return f"{'-' if value < 0 else ''}{top}"


@pytest.fixture
def line(evaluate: Evaluate) -> Line:
    """Slope and constant of a formula that is linear in x, from its values at two points."""

    def read(text: str) -> tuple[Fraction, Fraction]:
        at_0, at_1 = evaluate(text, x=Fraction(0)), evaluate(text, x=Fraction(1))
        assert evaluate(text, x=Fraction(7)) == at_0 + 7 * (at_1 - at_0)
        return at_1 - at_0, at_0

    return read


def test_linear_equation(check_family: CheckFamily, line: Line) -> None:
    def solve(statement: str) -> str:
        left, right = groups(r"\$x\$: \$(.*) = (.*)\$", statement)
        (a, b), (c, d) = line(left), line(right)
        return tex((d - b) / (a - c))

    check_family("linear_equation", solve)


def test_linear_system(check_family: CheckFamily, evaluate: Evaluate) -> None:
    def solve(statement: str) -> str:
        rows = []
        for left, right in re.findall(r"\$([^$=]*[xy][^$=]*) = (-?\d+)\$", statement):
            rows.append([evaluate(left, x=1, y=0), evaluate(left, x=0, y=1), Fraction(right)])
        (a, b, e), (c, d, f) = rows  # eliminate x, then substitute back
        y = (f - e * c / a) / (d - b * c / a)
        return f"({tex((e - b * y) / a)}, {tex(y)})"

    check_family("linear_system", solve)


def test_quadratic(check_family: CheckFamily, evaluate: Evaluate) -> None:
    def solve(statement: str) -> str:
        polynomial, which = groups(
            r"The equation \$(.*) = 0\$ has two real roots\. Find the (larger|smaller)", statement
        )
        c, at_1, at_2 = (evaluate(polynomial, x=Fraction(x)) for x in (0, 1, 2))
        a = (at_2 - 2 * at_1 + c) / 2
        b = at_1 - a - c
        # Complete the square: x = p +- sqrt(q) = p +- m/n sqrt(r) with r free of squares.
        p, q = -b / (2 * a), (b / (2 * a)) ** 2 - c / a
        inside = q.numerator * q.denominator
        outside = max(k for k in range(1, int(inside**0.5) + 2) if inside % (k * k) == 0)
        radical = inside // outside**2
        assert radical > 1
        factor = Fraction(outside, q.denominator)
        bottom = max(p.denominator, factor.denominator)
        assert bottom % p.denominator == 0
        assert bottom % factor.denominator == 0
        whole, times = p * bottom, factor * bottom
        sign = "+" if which == "larger" else "-"
        lead = f"{whole}{sign}" if whole else sign.strip("+")
        top = f"{lead}{times if times != 1 else ''}\\sqrt{{{radical}}}"
        return top if bottom == 1 else rf"\frac{{{top}}}{{{bottom}}}"

    check_family("quadratic", solve, each=3)


def test_polynomial_expansion(check_family: CheckFamily, evaluate: Evaluate) -> None:
    def solve(statement: str) -> str:
        product, shown_degree = groups(r"Expand \$(.*)\$\. .* of \$x(?:\^(\d+))?\$ down", statement)
        degree = int(shown_degree or 1)
        # Newton's divided differences at 0, 1, ..., degree; then to powers of x.
        values = [evaluate(product, x=Fraction(k)) for k in range(degree + 2)]
        differences = []
        row = values
        while row:
            differences.append(row[0])
            row = [(b - a) / len(differences) for a, b in itertools.pairwise(row)]
        assert differences.pop() == 0, "the degree is higher than the statement says"
        coefficients = [Fraction(0)]
        for k in range(degree, -1, -1):  # p = p * (x - k) + c_k
            shifted = [*coefficients, Fraction(0)]
            coefficients = [a - k * b for a, b in zip(shifted, [Fraction(0), *coefficients], strict=True)]
            coefficients[-1] += differences[k]
        return f"({', '.join(map(str, coefficients[-degree - 1 :]))})"

    check_family("polynomial_expansion", solve)


def test_factoring(check_family: CheckFamily, evaluate: Evaluate) -> None:
    def solve(statement: str) -> str:
        polynomial = groups(r"Factor \$(.*)\$ into", statement)[0]
        degree = int((re.search(r"x\^(\d)", polynomial) or "x1")[1])
        lead = int(groups(r"(\d*)x", polynomial)[0] or 1)
        divisors = [d for d in range(1, lead + 1) if lead % d == 0]
        candidates = {Fraction(n, d) for d in divisors for n in range(-20 * d, 20 * d + 1)}
        roots = sorted(r for r in candidates if evaluate(polynomial, x=r) == 0)
        assert len(roots) == degree
        return rf"\{{{', '.join(map(tex, roots))}\}}"

    check_family("factoring", solve, each=3)


Number = int | Fraction


class Dual:
    """a + b*e with e^2 = 0: a value and its derivative."""

    def __init__(self, value: Number, slope: Number = 0) -> None:
        self.value, self.slope = Fraction(value), Fraction(slope)

    def __add__(self, other: "Dual | Number") -> "Dual":
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    __radd__ = __add__

    def __neg__(self) -> "Dual":
        return Dual(-self.value, -self.slope)

    def __sub__(self, other: "Dual | Number") -> "Dual":
        return self + -(other if isinstance(other, Dual) else Dual(other))

    def __mul__(self, other: "Dual | Number") -> "Dual":
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.value * other.value, self.value * other.slope + self.slope * other.value)

    __rmul__ = __mul__

    def __pow__(self, exponent: int) -> "Dual":
        return Dual(1) if exponent == 0 else self * self ** (exponent - 1)


def test_derivative(check_family: CheckFamily, evaluate: Evaluate) -> None:
    sympy = pytest.importorskip("sympy")
    x = sympy.Symbol("x")

    def solve(statement: str) -> str:
        function = groups(r"Let \$f\(x\) = (.*)\$\. Find", statement)[0]
        # The slopes at eight points, interpolated: degree 7 at most.
        points = [(k, evaluate(function, x=Dual(k, 1)).slope) for k in range(-4, 5)]
        polynomial = sympy.Poly(sympy.interpolate([(k, sympy.Rational(str(v))) for k, v in points], x), x)
        text = ""
        for (power,), c in polynomial.terms():
            symbol = "" if power == 0 else "x" if power == 1 else f"x^{power}"
            size = "" if abs(c) == 1 and symbol else str(abs(c))
            text += f" {'-' if c < 0 else '+'} {size}{symbol}"
        return text.removeprefix(" + ").replace(" - ", "-", 1) if text.startswith(" -") else text.removeprefix(" + ")

    check_family("derivative", solve, each=2)


def test_definite_integral(check_family: CheckFamily, evaluate: Evaluate) -> None:
    def solve(statement: str) -> str:
        lowest, highest, body = groups(r"\\int_\{(-?\d+)\}\^\{(-?\d+)\} \((.*)\) \\, dx", statement)
        low, high = int(lowest), int(highest)
        # Boole's rule is exact up to degree 5.
        step = Fraction(high - low, 4)
        values = [evaluate(body, x=low + k * step) for k in range(5)]
        weights = (7, 32, 12, 32, 7)
        return tex(step * 2 / 45 * sum(w * v for w, v in zip(weights, values, strict=True)))

    check_family("definite_integral", solve)
