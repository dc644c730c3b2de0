"""When an output is right: comparison of printed text and of returned values.

Pure functions over plain data, used by the supervisor (text) and by the jailed checker (values).
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MATCHED = 200
"""Items in any order that are matched each against each."""


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
    words = policy.form == "tokens"
    wanted, given = (expected.split(), actual.split()) if words else (_lines(expected), _lines(actual))
    if policy.order == "any":
        return _matched(wanted, given, lambda one, two: _line_equal(one, two, policy))
    return len(wanted) == len(given) and all(_line_equal(e, a, policy) for e, a in zip(wanted, given, strict=True))


def _lines(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _line_equal(wanted: str, given: str, policy: Policy) -> bool:
    return wanted == given or (_has_float(wanted) and _words_equal(wanted.split(), given.split(), policy))


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
        return _matched(list(expected), list(actual), lambda one, two: _same(one, two, policy))
    return _same(expected, actual, policy)


def _matched(expected: list[Any], actual: list[Any], same: Callable[[Any, Any], bool]) -> bool:
    """Whether the items can be paired off so that each pair is the same: a perfect matching (Kuhn 1955).

    Sorting would pair the wrong items where equal ones are written differently (dicts, floats within the tolerance).
    Of more than `MATCHED` items, those with an identical partner are paired first.
    """
    if len(expected) != len(actual):
        return False
    if len(expected) > MATCHED:
        expected, actual = _without_identical(expected, actual)
        if len(expected) > MATCHED:
            return False
    partner: dict[int, int] = {}  # index in actual -> index in expected
    edges = [[j for j, given in enumerate(actual) if same(wanted, given)] for wanted in expected]
    return all(_augment(i, edges, partner, set()) for i in range(len(expected)))


def _augment(item: int, edges: list[list[int]], partner: dict[int, int], seen: set[int]) -> bool:
    for j in edges[item]:
        if j not in seen:
            seen.add(j)
            if j not in partner or _augment(partner[j], edges, partner, seen):
                partner[j] = item
                return True
    return False


def _without_identical(expected: list[Any], actual: list[Any]) -> tuple[list[Any], list[Any]]:
    left: dict[Any, list[Any]] = {}
    for value in actual:
        left.setdefault(_identity(value), []).append(value)
    rest: list[Any] = []
    for value in expected:
        same = left.get(_identity(value))
        if same:
            same.pop()
        else:
            rest.append(value)
    return rest, [value for values in left.values() for value in values]


def _identity(value: Any) -> Any:
    """A hashable stand-in for a value: the same for a list and a tuple, and for dicts in any order."""
    if isinstance(value, (list, tuple, deque)):
        return ("sequence", *map(_identity, value))
    if isinstance(value, dict):
        return ("dict", frozenset((key, _identity(entry)) for key, entry in value.items()))
    if isinstance(value, (set, frozenset)):
        return ("set", frozenset(value))
    return (isinstance(value, str), value)


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
