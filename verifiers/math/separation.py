"""Proof that an algebraic number given by radicals is zero: enough digits, and a separation bound.

C. Burnikel, S. Funke, K. Mehlhorn, S. Schirra, S. Schmitt, "A separation bound for real algebraic expressions" (ESA
2001): for an expression E over integers with +, -, *, / and k-th roots there are u(E), l(E) (computed from its parts)
and D (the product of the root degrees) such that E is zero or |E| >= 1 / (l(E) u(E)^(D-1)). The bound rests on
conjugates only, so it holds for complex roots as well; a root of unity has u = l = 1 and degree phi(n).
"""

from __future__ import annotations

import math
import time
from fractions import Fraction
from typing import Any

from assay.verifiers.math.limits import SEPARATION_BITS, GaveUpError, log2_of
from assay.verifiers.math.points import context
from assay.verifiers.math.polynomial import Poly, Ring, generators


def is_algebraic(poly: Poly, ring: Ring) -> bool:
    """Whether all generators are i, roots of numbers and roots of unity."""
    return all(_algebraic(name, ring) for name in generators(poly))


def _algebraic(name: str, ring: Ring) -> bool:
    if name == "i" or name.startswith(("p:", "z:")):
        return True
    return name.startswith("r:") and is_algebraic(ring.radicands[name][1], ring)


def is_zero(poly: Poly, ring: Ring) -> bool:
    """Whether an algebraic polynomial is exactly zero.

    Raises:
        GaveUpError: The proof needs more digits than the limit.
    """
    if not poly:
        return True
    upper, lower = _bound(poly, ring)
    degree, nesting = _degree(poly, ring)
    if degree > 2000:
        raise GaveUpError("an algebraic number of too high a degree")
    bits = lower + (degree - 1) * upper + 8
    if bits > SEPARATION_BITS:
        raise GaveUpError("the separation bound is too small")
    ctx = context()
    # Twice the digits for every level of roots: a root of a small number loses at most half of them.
    ctx.prec = int(bits * (2 ** min(nesting, 3)) + 4 * upper + 128)
    return bool(abs(_number(poly, ring, ctx)) < ctx.mpf(2) ** (-int(bits)))


def _bound(poly: Poly, ring: Ring) -> tuple[float, float]:
    """log2 of (u, l) of the value."""
    denominator = math.lcm(*(Fraction(c).denominator for c in poly.values()))
    highest: dict[str, float] = {}
    for monomial in poly:
        for name, exponent in monomial:
            highest[name] = max(highest.get(name, 0.0), float(exponent))
    sizes = {name: _generator_bound(name, ring) for name in highest}
    lower = log2_of(denominator) + sum(sizes[name][1] * power for name, power in highest.items())
    terms: list[float] = []
    for monomial, coefficient in poly.items():
        powers = dict(monomial)
        scaled = Fraction(coefficient) * denominator
        terms.append(
            log2_of(int(scaled))
            + sum(
                sizes[name][0] * float(powers.get(name, 0))
                + sizes[name][1] * (highest[name] - float(powers.get(name, 0)))
                for name in highest
            )
        )
    return max(terms) + math.log2(len(terms)) + 1, lower + 1


def _generator_bound(name: str, ring: Ring) -> tuple[float, float]:
    if name == "i" or name.startswith("z:"):
        return 0.0, 0.0
    if name.startswith("p:"):
        return log2_of(int(name[2:])), 0.0
    degree, radicand = ring.radicands[name]
    upper, lower = _bound(radicand, ring)
    return (upper + (degree - 1) * lower) / degree, lower


def _degree(poly: Poly, ring: Ring) -> tuple[int, int]:
    """A bound on the degree over Q of everything in the value, and how deeply its roots are nested."""
    degrees: dict[str, int] = {}
    nesting = _collect(poly, ring, degrees)
    return math.prod(degrees.values()), nesting


def _collect(poly: Poly, ring: Ring, degrees: dict[str, int]) -> int:
    nesting = 0
    for monomial in poly:
        for name, exponent in monomial:
            if name == "i":
                degrees[name] = 2
            elif name.startswith("p:"):
                degrees[name] = math.lcm(degrees.get(name, 1), Fraction(exponent).denominator)
            elif name.startswith("z:"):
                degrees[name] = 2 * int(name[2:])
            elif name not in degrees:
                degree, radicand = ring.radicands[name]
                degrees[name] = degree
                nesting = max(nesting, 1 + _collect(radicand, ring, degrees))
    return nesting


def number(poly: Poly, ring: Ring, digits: int = 40) -> Any:
    """The value of an algebraic polynomial to about `digits` digits."""
    ctx = context()
    ctx.dps = digits + 10
    return _number(poly, ring, ctx)


def _number(poly: Poly, ring: Ring, ctx: Any) -> Any:
    total = ctx.mpf(0)
    for monomial, coefficient in poly.items():
        if time.monotonic() > ring.until:
            raise GaveUpError("out of time")
        fraction = Fraction(coefficient)
        term = ctx.mpf(fraction.numerator) / fraction.denominator
        for name, exponent in monomial:
            term = term * _generator(name, ring, ctx) ** _exact(exponent, ctx)
        total = total + term
    return total


def _exact(exponent: int | Fraction, ctx: Any) -> Any:
    power = Fraction(exponent)
    return power.numerator if power.denominator == 1 else ctx.mpf(power.numerator) / power.denominator


def _generator(name: str, ring: Ring, ctx: Any) -> Any:
    if name == "i":
        return ctx.mpc(0, 1)
    if name.startswith("p:"):
        return ctx.mpf(int(name[2:]))
    if name.startswith("z:"):
        return ctx.expjpi(ctx.mpf(1) / int(name[2:]))
    degree, radicand = ring.radicands[name]
    inner = _number(radicand, ring, ctx)
    if isinstance(inner, ctx.mpc) and abs(inner.imag) < ctx.mpf(2) ** (-ctx.prec // 2) and inner.real < 0:
        raise GaveUpError("a root on its branch cut")
    return ctx.root(inner, degree)
