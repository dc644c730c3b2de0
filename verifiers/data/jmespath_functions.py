"""The built-in functions of JMESPath 1.0, with the argument types of its specification."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from decimal import Context, Decimal
from typing import Any, NamedTuple

from assay.verifiers.data.jmespath_ast import Node
from assay.verifiers.data.jmespath_run import JmespathError, Run, kind_of
from assay.verifiers.data.model import EXACT, is_number
from assay.verifiers.data.outcome import Refusal
from assay.verifiers.data.strict_json import read_number

_QUOTIENT = Context(prec=17)
"""Averages have the precision of a double."""

_EXACT = Context(prec=2000)
"""Sums are exact; the caller's own decimal context has no say."""


class Reference(NamedTuple):
    """An expression passed unevaluated: `&name`."""

    node: Node


class Function(NamedTuple):
    """The types of each argument (the last repeats where `variadic`) and the implementation."""

    types: tuple[frozenset[str], ...]
    run: Callable[..., Any]
    variadic: bool = False


def call(run: Run, name: str, arguments: tuple[Node, ...], data: Any) -> Any:
    """Evaluate the arguments, check their types, call the function.

    Raises:
        JmespathError: There is no such function, or an argument has the wrong type.
    """
    function = FUNCTIONS.get(name)
    if function is None:
        raise JmespathError("there is no function of that name")
    least = len(function.types)
    if len(arguments) < least or (len(arguments) > least and not function.variadic):
        raise JmespathError(f"{name}() has the wrong number of arguments")
    values: list[Any] = []
    for index, node in enumerate(arguments):
        wanted = function.types[min(index, least - 1)]
        value = Reference(node[1]) if node[0] == "reference" else run.value(node, data)
        if not _fits(value, wanted):
            raise JmespathError(f"{name}() has an argument of the wrong type")
        values.append(run.measured(value))
    return function.run(run, *values)


def _fits(value: Any, wanted: frozenset[str]) -> bool:
    if isinstance(value, Reference):
        return "expression" in wanted
    if "expression" in wanted:
        return False
    kind = kind_of(value)
    if "any" in wanted or kind in wanted:
        return True
    if kind != "array":
        return False
    kinds = {kind_of(item) for item in value}
    return ("numbers" in wanted and kinds <= {"number"}) or ("strings" in wanted and kinds <= {"string"})


def _keyed(run: Run, rows: list[Any], by: Reference) -> list[tuple[Any, Any]]:
    pairs = [(run.value(by.node, row), row) for row in rows]
    kinds = {kind_of(key) for key, _ in pairs}
    if len(kinds) > 1 or not kinds <= {"number", "string"}:
        raise JmespathError("the keys to order by are not all numbers or all text")
    return pairs


def _sort_by(run: Run, rows: list[Any], by: Reference) -> Any:
    return [row for _, row in sorted(_keyed(run, rows, by), key=lambda pair: pair[0])]


def _extreme_by(pick: Callable[..., Any]) -> Callable[..., Any]:
    def function(run: Run, rows: list[Any], by: Reference) -> Any:
        return pick(_keyed(run, rows, by), key=lambda pair: pair[0])[1] if rows else None

    return function


def _join(run: Run, glue: str, parts: list[str]) -> str:
    run.charge((len(glue) * len(parts) + sum(map(len, parts))) // 8)
    return glue.join(parts)


def _merge(run: Run, *tables: dict[str, Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for table in tables:
        merged.update(table)
    return merged


def _to_number(run: Run, value: Any) -> Any:
    if is_number(value):
        return value
    if not isinstance(value, str):
        return None
    try:
        parsed = json.loads(value, parse_int=read_number, parse_float=read_number, parse_constant=str)
    except (ValueError, RecursionError, Refusal):
        return None
    return parsed if is_number(parsed) else None


def _to_string(run: Run, value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), default=_plain)


def _plain(value: Decimal) -> float:
    return float(value)


def _total(numbers: list[Any]) -> Any:
    total: Any = 0
    for number in numbers:
        total = (
            _EXACT.add(total, number) if isinstance(number, Decimal) or isinstance(total, Decimal) else total + number
        )
    return total


def _average(run: Run, numbers: list[Any]) -> Any:
    return _QUOTIENT.divide(Decimal(_total(numbers)), Decimal(len(numbers))) if numbers else None


def _contains(run: Run, where: Any, what: Any) -> bool:
    if isinstance(where, str):
        return isinstance(what, str) and what in where
    run.charge(len(where))
    return any(EXACT.same(what, item) for item in where)


def _map(run: Run, expression: Reference, rows: list[Any]) -> list[Any]:
    return [run.value(expression.node, row) for row in rows]


def _not_null(run: Run, *values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _types(*names: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(name.split("|")) for name in names)


FUNCTIONS: dict[str, Function] = {
    "abs": Function(_types("number"), lambda run, x: x.copy_abs() if isinstance(x, Decimal) else abs(x)),
    "avg": Function(_types("numbers"), _average),
    "ceil": Function(_types("number"), lambda run, x: math.ceil(x)),
    "contains": Function(_types("array|string", "any"), _contains),
    "ends_with": Function(_types("string", "string"), lambda run, text, tail: text.endswith(tail)),
    "floor": Function(_types("number"), lambda run, x: math.floor(x)),
    "join": Function(_types("string", "strings"), _join),
    "keys": Function(_types("object"), lambda run, table: list(table)),
    "length": Function(_types("array|object|string"), lambda run, x: len(x)),
    "map": Function(_types("expression", "array"), _map),
    "max": Function(_types("numbers|strings"), lambda run, rows: max(rows, default=None)),
    "max_by": Function(_types("array", "expression"), _extreme_by(max)),
    "merge": Function(_types("object"), _merge, variadic=True),
    "min": Function(_types("numbers|strings"), lambda run, rows: min(rows, default=None)),
    "min_by": Function(_types("array", "expression"), _extreme_by(min)),
    "not_null": Function(_types("any"), _not_null, variadic=True),
    "reverse": Function(_types("array|string"), lambda run, x: x[::-1]),
    "sort": Function(_types("numbers|strings"), lambda run, rows: sorted(rows)),
    "sort_by": Function(_types("array", "expression"), _sort_by),
    "starts_with": Function(_types("string", "string"), lambda run, text, head: text.startswith(head)),
    "sum": Function(_types("numbers"), lambda run, rows: _total(rows)),
    "to_array": Function(_types("any"), lambda run, x: x if isinstance(x, list) else [x]),
    "to_number": Function(_types("any"), _to_number),
    "to_string": Function(_types("any"), _to_string),
    "type": Function(_types("any"), lambda run, x: kind_of(x)),
    "values": Function(_types("object"), lambda run, table: list(table.values())),
}
"""Every function by its name."""
