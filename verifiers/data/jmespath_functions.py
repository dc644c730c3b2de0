"""JMESPath: the built-in functions of 1.0 with the argument types of its specification, and `search` that runs all."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Function:
    """The types of each argument (the last repeats where `variadic`) and the implementation."""

    types: tuple[frozenset[str], ...]
    run: Callable[[Run, list[Any]], Any]
    variadic: bool = False


def search(program: Node, document: Any) -> Any:
    """The value of a program on a document.

    Raises:
        JmespathError: The program fails on this document.
        Refusal: It took too many steps.
    """
    return Run(call).value(program, document)


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
    return function.run(run, values)


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


def _key(pair: tuple[Any, Any]) -> Any:
    return pair[0]


def _sort_by(run: Run, values: list[Any]) -> Any:
    return [row for _, row in sorted(_keyed(run, *values), key=_key)]


def _max_by(run: Run, values: list[Any]) -> Any:
    return max(_keyed(run, *values), key=_key)[1] if values[0] else None


def _min_by(run: Run, values: list[Any]) -> Any:
    return min(_keyed(run, *values), key=_key)[1] if values[0] else None


def _join(run: Run, values: list[Any]) -> str:
    glue, parts = values
    run.charge((len(glue) * len(parts) + sum(map(len, parts))) // 8)
    return str(glue).join(parts)


def _merge(run: Run, values: list[Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for table in values:
        merged.update(table)
    return merged


def _to_number(run: Run, values: list[Any]) -> Any:
    value = values[0]
    if is_number(value):
        return value
    if not isinstance(value, str):
        return None
    try:
        parsed = json.loads(value, parse_int=read_number, parse_float=read_number, parse_constant=str)
    except (ValueError, RecursionError, Refusal):
        return None
    return parsed if is_number(parsed) else None


def _to_string(run: Run, values: list[Any]) -> str:
    value = values[0]
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), default=_plain)


def _plain(value: Decimal) -> float:
    return float(value)


def _sum(run: Run, values: list[Any]) -> Any:
    total: Any = 0
    for number in values[0]:
        exact = isinstance(number, Decimal) or isinstance(total, Decimal)
        total = _EXACT.add(total, number) if exact else total + number
    return total


def _average(run: Run, values: list[Any]) -> Any:
    return _QUOTIENT.divide(Decimal(_sum(run, values)), Decimal(len(values[0]))) if values[0] else None


def _contains(run: Run, values: list[Any]) -> bool:
    where, what = values
    if isinstance(where, str):
        return isinstance(what, str) and what in where
    run.charge(len(where))
    return any(EXACT.same(what, item) for item in where)


def _map(run: Run, values: list[Any]) -> list[Any]:
    expression, rows = values
    return [run.value(expression.node, row) for row in rows]


def _not_null(run: Run, values: list[Any]) -> Any:
    return next((value for value in values if value is not None), None)


def _to_array(run: Run, values: list[Any]) -> list[Any]:
    value: list[Any] = values[0] if isinstance(values[0], list) else [values[0]]
    return value


def _absolute(run: Run, values: list[Any]) -> Any:
    number = values[0]
    return number.copy_abs() if isinstance(number, Decimal) else abs(number)


def _types(*names: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(name.split("|")) for name in names)


FUNCTIONS: dict[str, Function] = {
    "abs": Function(_types("number"), _absolute),
    "avg": Function(_types("numbers"), _average),
    "ceil": Function(_types("number"), lambda run, v: math.ceil(v[0])),
    "contains": Function(_types("array|string", "any"), _contains),
    "ends_with": Function(_types("string", "string"), lambda run, v: v[0].endswith(v[1])),
    "floor": Function(_types("number"), lambda run, v: math.floor(v[0])),
    "join": Function(_types("string", "strings"), _join),
    "keys": Function(_types("object"), lambda run, v: list(v[0])),
    "length": Function(_types("array|object|string"), lambda run, v: len(v[0])),
    "map": Function(_types("expression", "array"), _map),
    "max": Function(_types("numbers|strings"), lambda run, v: max(v[0], default=None)),
    "max_by": Function(_types("array", "expression"), _max_by),
    "merge": Function(_types("object"), _merge, variadic=True),
    "min": Function(_types("numbers|strings"), lambda run, v: min(v[0], default=None)),
    "min_by": Function(_types("array", "expression"), _min_by),
    "not_null": Function(_types("any"), _not_null, variadic=True),
    "reverse": Function(_types("array|string"), lambda run, v: v[0][::-1]),
    "sort": Function(_types("numbers|strings"), lambda run, v: sorted(v[0])),
    "sort_by": Function(_types("array", "expression"), _sort_by),
    "starts_with": Function(_types("string", "string"), lambda run, v: v[0].startswith(v[1])),
    "sum": Function(_types("numbers"), _sum),
    "to_array": Function(_types("any"), _to_array),
    "to_number": Function(_types("any"), _to_number),
    "to_string": Function(_types("any"), _to_string),
    "type": Function(_types("any"), lambda run, v: kind_of(v[0])),
    "values": Function(_types("object"), lambda run, v: list(v[0].values())),
}
"""Every function by its name."""
