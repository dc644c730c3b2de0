"""When two query results are the same: typed multisets of rows, in order only as far as the question asks.

Policy `rows@1`: columns count by position, their names do not; 1 equals 1.0, text is never a number, NULL equals NULL
and nothing else; a floating-point number may differ by the tolerance (1e-9 relative, 1e-12 absolute unless the item
says otherwise). Rows are a multiset, so duplicates count. With order keys the sequence of key values must be that of
the gold result, and rows that tie on all keys may come in any order; `ordered` asks for the exact sequence.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assay.verifiers.data.sqlite_sandbox import Row, Value

MAX_PAIRINGS = 250_000
"""Most comparisons spent on pairing rows that are equal only within the tolerance."""


@dataclass(frozen=True, slots=True)
class RowRules:
    """How results are compared: tolerances, and the positions of the order keys (or the whole sequence)."""

    relative: float = 1e-9
    absolute: float = 1e-12
    order_keys: tuple[int, ...] = ()
    ordered: bool = False


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
    """How many rows two results share as multisets."""
    wanted, found = Counter(gold), Counter(given)
    exact = wanted & found
    count = exact.total()
    missing, surplus = list((wanted - exact).elements()), list((found - exact).elements())
    if not missing or not surplus or not any(isinstance(value, float) for row in (*missing, *surplus) for value in row):
        return count
    buckets: dict[tuple[Value, ...], list[Row]] = defaultdict(list)
    for row in surplus:
        buckets[_signature(row)].append(row)
    pairings = 0
    for row in missing:
        bucket = buckets[_signature(row)]
        for index, other in enumerate(bucket):
            pairings += 1
            if same_row(row, other, rules):
                del bucket[index]
                count += 1
                break
        if pairings > MAX_PAIRINGS:
            break
    return count


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
