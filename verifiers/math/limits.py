"""Every cap of the mathematics oracle, and the error that carries a cap's reason.

Caps are checked before the work they bound: a power is never computed to find out that it is too large. The numbers
are far above anything an honest answer needs; `docs/math_verifier.md` shows them as a table.
"""

from __future__ import annotations

import math

RESPONSE_CHARS = 65_536
"""Only this many characters at the end of a response are read for an answer."""
STRICT_CHARS = 1_048_576
"""`strict` must see every box, so it refuses responses longer than this."""
ANSWER_CHARS = 4_096
"""Longest answer that is read."""
TOKENS = 2_500
"""Most tokens in one answer."""
DEPTH = 64
"""Deepest nesting of brackets, and longest chain of exponents."""
TREE_DEPTH = 80
"""Most levels of a tree. Every recursive walk of the package runs below it; `room` finds the stack for that."""
LITERAL_DIGITS = 1_000
"""Most digits in one number literal."""
NUMBER_BITS = 40_000
"""Largest numerator or denominator that is ever computed."""
FACTORIAL = 3_000
"""Largest n for which n! is computed (3000! has 30,338 bits)."""
LITERAL_EXPONENT = 3_000
"""Largest power of ten in scientific notation."""
PRIME_BITS = 2_000
"""Largest factor that becomes a generator of its own."""
DETERMINANT = 6
"""Largest determinant that is multiplied out."""
SUM_TERMS = 1_000
"""Longest finite sum or product that is added up."""
POLYNOMIAL_TERMS = 1_500
"""Most terms of one expanded polynomial."""
POLYNOMIAL_STEPS = 40_000
"""Most term-by-term multiplications spent on one answer."""
GENERATOR_CHARS = 3_000
"""Longest canonical spelling of the argument of a function."""
SPELLED_BITS = 2_000
"""Largest exponent that becomes part of a generator's name."""
EXPONENT = 400
"""Largest integer power of a sum that is multiplied out."""
SEPARATION_BITS = 6_000
"""Most bits of working precision spent on proving that an algebraic number is zero."""
ITEMS = 500
"""Most members of a list, tuple or set."""
MATCHING_STEPS = 4_000
"""Most comparisons of members spent on matching two unordered lists."""
WORKERS = 2
"""Computer algebra workers of a process: so many questions at once."""
WORKER_BYTES = 280 * 1024 * 1024
"""Address space of each worker, so that the whole stays below 512 MB."""
WORKER_CALLS = 100_000
"""Calls after which the worker is replaced; each is answered in a fork, so little can pile up."""


class LimitError(Exception):
    """An input broke a cap.

    Attributes:
        reason: The stable code that becomes `Verdict.reason`.
    """

    def __init__(self, reason: str, message: str) -> None:
        """Keep the code beside the sentence."""
        super().__init__(message)
        self.reason = reason
        self.message = message


class UnreadableError(Exception):
    """An answer that is not mathematics in any notation we read."""


class UndefinedError(Exception):
    """A value that does not exist, such as 1/0 or 0^0."""


class GaveUpError(Exception):
    """A rung of the ladder stops here; the next one may still decide."""


def check_power(base_bits: int, exponent: int) -> None:
    """Refuse b**e whose size, bounded by log2(b) * |e|, is over `NUMBER_BITS`.

    Args:
        base_bits: Bits of the larger of numerator and denominator of the base.
        exponent: The exponent.

    Raises:
        LimitError: The power would be too large.
    """
    if base_bits > 1 and base_bits * abs(exponent) > NUMBER_BITS:
        raise LimitError("number_too_large", "The answer contains a power that is too large to compute.")


def check_factorial(n: int) -> None:
    """Refuse n! for n over `FACTORIAL`.

    Raises:
        LimitError: The factorial would be too large.
    """
    if n > FACTORIAL:
        raise LimitError("number_too_large", "The answer contains a factorial that is too large to compute.")


def log2_of(n: int) -> float:
    """An upper bound on log2 |n| (0 for n = 0) that works for integers beyond the range of floats."""
    return float(n.bit_length()) if n.bit_length() > 900 else (math.log2(abs(n)) if n else 0.0)
