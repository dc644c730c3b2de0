"""When two query results are the same: typed multisets of rows, in order only as far as the question asks.

Policy `rows@2`: columns count by position, their names do not; 1 equals 1.0, text is never a number, NULL equals NULL
and nothing else; a floating-point number may differ by the tolerance (1e-9 relative, 1e-12 absolute unless the item
says otherwise). Rows are a multiset, so duplicates count; where several rows are within the tolerance of one another
they are paired by a maximum matching. With order keys the sequence of key values must be that of
the gold result, and rows that tie on all keys may come in any order; `ordered` asks for the exact sequence.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assay.verifiers.data.matching import matched
from assay.verifiers.data.outcome import Refusal
from assay.verifiers.data.query_result import Row, Value
from assay.verifiers.verdict import Status

MAX_PAIRINGS = 100_000
"""Most comparisons spent on pairing rows that are equal only within the tolerance."""


@dataclass(frozen=True, slots=True)
class RowRules:
    """How results are compared: tolerances, and the positions of the order keys (or the whole sequence)."""

    relative: float = 1e-9
    absolute: float = 1e-12
    order_keys: tuple[int, ...] = ()
    ordered: bool = False

    def window(self, number: float) -> tuple[float, float]:
        """Bounds between which every number lies that is the same as this one, with a little to spare."""
        if self.relative >= 1.0 or not math.isfinite(number):
            return -math.inf, math.inf
        slack = 1.0000001 * max(self.absolute, self.relative * abs(number) / (1.0 - self.relative))
        return number - slack, number + slack


def same_rows(gold: Sequence[Row], given: Sequence[Row], rules: RowRules) -> bool:
    """Whether `given` is an acceptable result where `gold` is right."""
    if len(gold) != len(given) or (gold and len(gold[0]) != len(given[0])):
        return False
    if rules.ordered:
        return all(same_row(a, b, rules) for a, b in zip(gold, given, strict=True))
    for a, b in zip(gold, given, strict=True) if rules.order_keys else ():
        if not all(same_value(a[key], b[key], rules) for key in rules.order_keys):
            return False
    return shared_rows(gold, given, rules) == len(gold)


def shared_rows(gold: Sequence[Row], given: Sequence[Row], rules: RowRules) -> int:
    """How many rows two results share as multisets: the size of the largest pairing of rows that are the same.

    Raises:
        Refusal: Pairing them would take more than `MAX_PAIRINGS` comparisons.
    """
    wanted, found = Counter(gold), Counter(given)
    count = (wanted & found).total()
    if count == min(len(gold), len(given)) or not any(
        isinstance(value, float) for row in (*(wanted - found), *(found - wanted)) for value in row
    ):
        return count
    rows, others = list(wanted), list(found)
    return matched([wanted[row] for row in rows], [found[row] for row in others], _fitting(rows, others, rules))


def _fitting(rows: Sequence[Row], others: Sequence[Row], rules: RowRules) -> list[list[int]]:
    """For each of `rows` which of `others` are the same, an equal one first.

    Only rows that agree in all but numbers are compared, and of those only the ones whose telling number, the column
    with the most different values, lies near.
    """
    exact = {row: index for index, row in enumerate(others)}
    buckets: dict[tuple[Value, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(others):
        buckets[_signature(row)].append(index)
    telling: dict[tuple[Value, ...], tuple[int, list[float]]] = {}
    for signature, bucket in buckets.items():
        columns = [c for c, value in enumerate(others[bucket[0]]) if isinstance(value, (int, float))]
        column = max(columns, key=lambda c: len({others[index][c] for index in bucket}), default=-1)
        if column >= 0:
            bucket.sort(key=lambda index: _number(others[index][column]))
            telling[signature] = column, [_number(others[index][column]) for index in bucket]
    pairings = 0
    fits: list[list[int]] = []
    for row in rows:
        signature = _signature(row)
        near = buckets.get(signature, [])
        if signature in telling:
            column, numbers = telling[signature]
            low, high = rules.window(_number(row[column]))
            near = near[bisect_left(numbers, low) : bisect_right(numbers, high)]
        pairings += len(near)
        if pairings > MAX_PAIRINGS:
            raise Refusal(Status.LIMIT, "too_many_comparisons", "The rows take too long to compare.")
        first = [exact[row]] if row in exact else []
        fits.append(first + [index for index in near if index not in first and same_row(row, others[index], rules)])
    return fits


def _number(value: Value) -> float:
    assert isinstance(value, (int, float))
    return float(value)


def row_f1(gold: Sequence[Row], given: Sequence[Row], rules: RowRules) -> float:
    """F1 of the row multisets; 0 where the numbers of columns differ."""
    if not gold and not given:
        return 1.0
    return 2 * shared_rows(gold, given, rules) / (len(gold) + len(given))


def same_row(gold: Row, given: Row, rules: RowRules) -> bool:
    """Whether two rows are equal, value by value."""
    return len(gold) == len(given) and all(same_value(a, b, rules) for a, b in zip(gold, given, strict=True))


def same_value(gold: Value, given: Value, rules: RowRules) -> bool:
    """Whether two values are equal: numbers by value, others by type and value."""
    if isinstance(gold, (int, float)) and isinstance(given, (int, float)):
        if gold == given:
            return True
        if isinstance(gold, int) and isinstance(given, int):
            return False
        return math.isclose(gold, given, rel_tol=rules.relative, abs_tol=rules.absolute)
    return type(gold) is type(given) and gold == given


def _signature(row: Row) -> tuple[Value, ...]:
    """The row with its numbers blotted out: only rows that agree on the rest can be paired."""
    return tuple(0 if isinstance(value, (int, float)) else value for value in row)
