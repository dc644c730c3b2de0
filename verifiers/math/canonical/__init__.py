"""From a scalar tree to a quotient of polynomials in canonical generators.

Two trees with the same quotient are equal wherever both are defined. The rewritings used are identities for real
variables: roots of positive numbers split into roots of primes, sqrt(x^2) = |x|, sine and cosine become exponentials,
logarithms of positive rationals split into logarithms of primes. Nothing that needs a variable to be positive is used
unless `positive` is set (then sqrt(x y) = sqrt(x) sqrt(y) and ln(x^2) = 2 ln x).

The class `Canon` is built in layers, one file each: `quotients` (arithmetic), `roots`, `exponentials`, `functions`,
and `canon`, which takes trees apart.
"""

from __future__ import annotations

from assay.verifiers.math.canonical.canon import Canon
from assay.verifiers.math.canonical.quotients import Quotient
from assay.verifiers.math.canonical.substitution import substitute

__all__ = ["Canon", "Quotient", "substitute"]
