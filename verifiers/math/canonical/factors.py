"""Prime factors of rationals, as far as they are cheap to find."""

from __future__ import annotations

import math
from fractions import Fraction

from assay.verifiers.math.limits import PRIME_BITS, GaveUpError


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
