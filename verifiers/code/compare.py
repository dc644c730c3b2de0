"""When an output is right: comparison of printed text and of returned values.

Pure functions over plain data, used by the supervisor (text) and by the jailed checker (values).
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Policy:
    """How a task compares.

    Attributes:
        rtol: Relative tolerance of floating point numbers.
        atol: Absolute tolerance of floating point numbers.
        order: "exact", or "any" where lines (of text) or items (of the outermost list) may come in any order.
        form: Of text: "lines" compares line by line, where only spaces at the ends of lines and empty lines at the end
            do not matter; "tokens" compares words, whatever the white space; "exact" compares every character.
    """

    rtol: float = 1e-6
    atol: float = 1e-6
    order: str = "exact"
    form: str = "lines"


def texts_equal(expected: str, actual: str, policy: Policy) -> bool:
    """Whether a printed text is right.

    Numbers that the expected text writes with a point or an exponent may differ by the tolerance; everything else must
    be the same.
    """
    if expected == actual:
        return True
    if policy.form == "exact":
        return False
    if policy.form == "tokens":
        if policy.order == "any":
            return _lines_equal(sorted(expected.split()), sorted(actual.split()), policy)
        return _words_equal(expected.split(), actual.split(), policy)
    wanted, given = _lines(expected), _lines(actual)
    if policy.order == "any":
        wanted, given = sorted(wanted), sorted(given)
    return _lines_equal(wanted, given, policy)


def _lines(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _lines_equal(expected: list[str], actual: list[str], policy: Policy) -> bool:
    if len(expected) != len(actual):
        return False
    return all(
        wanted == given or (_has_float(wanted) and _words_equal(wanted.split(), given.split(), policy))
        for wanted, given in zip(expected, actual, strict=True)
    )


def _words_equal(expected: list[str], actual: list[str], policy: Policy) -> bool:
    return len(expected) == len(actual) and all(
        wanted == given or _float_words_equal(wanted, given, policy)
        for wanted, given in zip(expected, actual, strict=True)
    )


def _has_float(line: str) -> bool:
    return any(_float(word) is not None for word in line.split())


def _float_words_equal(expected: str, actual: str, policy: Policy) -> bool:
    wanted = _float(expected)
    if wanted is None or len(actual) > 400:
        return False
    given = _float(actual, whole=True)
    return given is not None and _close(wanted, given, policy)


def _float(word: str, whole: bool = False) -> float | None:
    """A finite number written with a point or an exponent (or, where `whole`, in any decimal way)."""
    if not word or word[-1] not in "0123456789." or not word.isascii() or "_" in word:
        return None
    if not whole and not any(mark in word for mark in ".eE"):
        return None
    try:
        value = float(word)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _close(expected: float, actual: float, policy: Policy) -> bool:
    return abs(expected - actual) <= max(policy.atol, policy.rtol * abs(expected))


def values_equal(expected: Any, actual: Any, policy: Policy) -> bool:
    """Whether a returned value is right.

    A list stands for a tuple or deque too, since JSON has no other sequence; a set must be a set. Where a float is
    expected, a number within the tolerance is right; True is equal to 1, as in Python.
    """
    if policy.order == "any" and isinstance(expected, (list, tuple)):
        if not isinstance(actual, (list, tuple, deque, set, frozenset)) or len(expected) != len(actual):
            return False
        wanted, given = _sorted(expected), _sorted(actual)
        return all(_same(e, a, policy) for e, a in zip(wanted, given, strict=True))
    return _same(expected, actual, policy)


def _sorted(items: Any) -> list[Any]:
    try:
        return sorted(items)
    except TypeError:
        return sorted(items, key=repr)


def _same(expected: Any, actual: Any, policy: Policy) -> bool:
    if isinstance(expected, float):
        if not isinstance(actual, (int, float)):
            return False
        if math.isnan(expected):
            return isinstance(actual, float) and math.isnan(actual)
        return _floats_same(expected, actual, policy)
    if isinstance(expected, (list, tuple, deque)):
        if not isinstance(actual, (list, tuple, deque)) or len(expected) != len(actual):
            return False
        return all(_same(e, a, policy) for e, a in zip(expected, actual, strict=True))
    if isinstance(expected, dict):
        if not isinstance(actual, dict) or len(expected) != len(actual):
            return False
        return all(key in actual and _same(value, actual[key], policy) for key, value in expected.items())
    if isinstance(expected, (set, frozenset)):
        return isinstance(actual, (set, frozenset)) and expected == actual
    if isinstance(expected, complex):
        return isinstance(actual, (complex, float, int)) and abs(expected - actual) <= max(
            policy.atol, policy.rtol * abs(expected)
        )
    return (type(expected) is type(actual) and bool(expected == actual)) or _numbers(expected, actual)


def _numbers(expected: Any, actual: Any) -> bool:
    """An integer or fraction that came back as an equal number of another type."""
    from decimal import Decimal
    from fractions import Fraction

    kinds = (int, float, Fraction, Decimal)
    return isinstance(expected, kinds) and isinstance(actual, kinds) and bool(expected == actual)


def _floats_same(expected: float, actual: int | float, policy: Policy) -> bool:
    if expected == actual:
        return True
    try:
        given = float(actual)
    except OverflowError:
        return False
    return math.isfinite(given) and math.isfinite(expected) and _close(expected, given, policy)
