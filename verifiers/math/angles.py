"""Proof that a sum of angles is zero: arctan(1/2) + arctan(1/3) - pi/4.

Every inverse function of a number is the argument of a known number: arctan a that of 1 + i a, arccos a that of
a + i sqrt(1 - a^2). So n1 angle1 + n2 angle2 + ... + m pi, with whole n, is the argument of a product, up to a multiple
of 2 pi. If that product, turned by m pi, is real and positive, the sum is such a multiple, and its digits say which.
"""

from __future__ import annotations

import math
from fractions import Fraction

from assay.verifiers.math import separation
from assay.verifiers.math.limits import GaveUpError, LimitError
from assay.verifiers.math.points import context
from assay.verifiers.math.polynomial import UNIT, Poly, Ring, constant_value, generators

MOST = 60
"""Largest sum of the whole coefficients."""
_PI = (("c:pi", 1),)
_QUARTERS: dict[int, Poly] = {0: {UNIT: 1}, 1: {(("i", 1),): 1}, 2: {UNIT: -1}, 3: {(("i", 1),): -1}}


def argument_of(name: str, poly: Poly, root: Poly) -> Poly | None:
    """The number whose argument is arctan, arcsin, arccos or arccot of `poly`; `root` is sqrt(1 - poly^2).

    Args:
        name: The function's name.
        poly: Its argument, a real number.
        root: The cosine of arcsin, the sine of arccos.
    """
    match name:
        case "arctan":
            return _complex({UNIT: 1}, poly)
        case "arcsin":
            return _complex(root, poly)
        case "arccos":
            return _complex(poly, root)
        case "arccot":
            return _complex(poly, {UNIT: 1})
        case _:
            return None


def _complex(real: Poly, imaginary: Poly) -> Poly:
    """A real polynomial plus i times another, both free of i."""
    return real | {tuple(sorted((*monomial, ("i", 1)))): value for monomial, value in imaginary.items()}


def sum_is_zero(poly: Poly, ring: Ring) -> bool:
    """Whether a sum of multiples of angles and of pi is proved to be zero."""
    share = Fraction(0)
    angles: list[tuple[Poly, Fraction]] = []
    for monomial, coefficient in poly.items():
        if monomial == _PI:
            share = Fraction(coefficient)
            continue
        if len(monomial) != 1 or monomial[0][1] != 1 or monomial[0][0] not in ring.angles:
            return False
        angles.append((ring.angles[monomial[0][0]], Fraction(coefficient)))
    scale = math.lcm(2, *(coefficient.denominator for _, coefficient in angles), share.denominator)
    counts = [int(coefficient * scale) for _, coefficient in angles]
    if not angles or sum(map(abs, counts)) > MOST * 2:
        return False
    try:
        return _is_turn(ring, [z for z, _ in angles], counts, int(share * scale)) and _is_small(poly, ring)
    except (GaveUpError, LimitError):
        return False


def _is_turn(ring: Ring, numbers: list[Poly], counts: list[int], halves: int) -> bool:
    """Whether the product of powers, turned by `halves` pi, is a positive real number."""
    product: Poly = _QUARTERS[2 * halves % 4]
    for number, count in zip(numbers, counts, strict=True):
        base = number if count > 0 else {m: -c if ("i", 1) in m else c for m, c in number.items()}
        product = ring.mul(product, ring.power(base, abs(count)))
    imaginary = {m: c for m, c in product.items() if ("i", 1) in m}
    real = {m: c for m, c in product.items() if ("i", 1) not in m}
    if not separation.is_zero(imaginary, ring):
        return False
    value = constant_value(real)
    return value > 0 if value is not None else bool(separation.number(real, ring).real > 1e-20)


def _is_small(poly: Poly, ring: Ring) -> bool:
    """Whether the sum is nearer to zero than the next multiple of 2 pi over any scale that is used."""
    total = context().mpf(0)
    for monomial, coefficient in poly.items():
        fraction = Fraction(coefficient)
        name = monomial[0][0]
        number = context().pi if name == "c:pi" else context().arg(separation.number(ring.angles[name], ring))
        total = total + number * fraction.numerator / fraction.denominator
    return bool(abs(total) < 1e-20)


def is_plain(poly: Poly) -> bool:
    """Whether a number is made of rationals and real roots of primes, so that its complex conjugate is known."""
    return all(name.startswith("p:") for name in generators(poly))
