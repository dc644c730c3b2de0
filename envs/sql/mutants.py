"""Wrong queries that look right: the mistakes that a model (or a person) makes on a gold query.

Each mutant differs from the gold query in one place and has another meaning on some database. Changes that can make
no difference (counting the primary key instead of rows) are not made: whatever is made here and survives all
databases of an item costs the item its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assay.envs.sql.query import Condition, Field, Measure, Query

NEIGHBOURS = {
    "<": ("<=", ">", "<>"),
    "<=": ("<", ">=", "="),
    ">": (">=", "<", "<>"),
    ">=": (">", "<=", "="),
    "=": ("<>", "<=", ">="),
    "<>": ("=",),
}
SWAPPED = {"sum": ("avg", "max", "count"), "avg": ("sum", "min"), "min": ("max",), "max": ("min",), "count": ("sum",)}


def mutants(query: Query) -> dict[str, Query]:
    """The mutants of a query: SQL text -> tree, without repeats and without the query itself."""
    found: dict[str, Query] = {}
    for mutant in _all(query):
        found.setdefault(mutant.sql, mutant)
    found.pop(query.sql, None)
    return found


def second_order(query: Query) -> dict[str, Query]:
    """Mutants of mutants: mistakes that no database was chosen for."""
    found: dict[str, Query] = {}
    for mutant in mutants(query).values():
        found.update(mutants(mutant))
    found.pop(query.sql, None)
    return {sql: tree for sql, tree in found.items() if sql not in mutants(query)}


def _all(query: Query) -> Iterator[Query]:
    yield from _condition_mutants(query)
    yield from _output_mutants(query)
    if query.join == "inner":
        if not any(condition.field.side == "p" for condition in query.where):
            yield replace(query, join="outer")
    elif query.join == "left":
        yield replace(query, join="inner", base="c")
    if query.having is not None:
        operator, count = query.having
        yield replace(query, having=None)
        yield replace(query, having=(">" if operator == ">=" else ">=", count))
        yield replace(query, having=(operator, count + 1))
        yield replace(query, having=("<", count + 1))
    if query.order is not None:
        position, down = query.order
        yield replace(query, order=(position, not down))
        if query.outputs[position] != query.group:  # else the rows come in that order anyway
            yield replace(query, order=None)


def _condition_mutants(query: Query) -> Iterator[Query]:
    for index, condition in enumerate(query.where):
        yield query.without(index)
        for changed in _changed(query, condition):
            yield query.with_condition(index, changed)
    if len(query.where) > 1:
        yield replace(query, any_of=not query.any_of)


def _changed(query: Query, condition: Condition) -> Iterator[Condition]:
    """One condition, wrongly put."""
    if condition.kind in ("null", "exists"):
        yield replace(condition, operator="<>" if condition.operator == "=" else "=")
    if condition.kind == "exists" and condition.inner is not None:
        yield replace(condition, inner=None)
        yield from (replace(condition, inner=inner) for inner in _changed(query, condition.inner))
    if condition.kind == "extreme":
        if condition.value == "avg":
            yield replace(condition, operator=">" if condition.operator == "<" else "<")
            yield replace(condition, value="max" if condition.operator == "<" else "min")
        else:
            yield replace(condition, value="min" if condition.value == "max" else "max")
            yield replace(condition, operator="<" if condition.value == "max" else ">")
        if query.column(condition.field).nullable:
            yield replace(condition, or_null=True)
    if condition.kind == "compare":
        column = query.column(condition.field)
        if isinstance(condition.value, int):
            yield from (replace(condition, operator=other) for other in NEIGHBOURS[condition.operator])
            yield replace(condition, value=condition.value + 1)
            yield replace(condition, value=condition.value - 1)
        else:
            yield replace(condition, operator="<>" if condition.operator == "=" else "=")
            yield from (replace(condition, value=other) for other in column.values if other != condition.value)
        if column.nullable:
            yield replace(condition, or_null=True)
        for other in query.table(condition.field.side).columns:
            if other.kind == column.kind and other.name != column.name and column.kind == "int":
                yield replace(condition, field=Field(condition.field.side, other.name))


def _output_mutants(query: Query) -> Iterator[Query]:
    outputs = query.outputs
    grouped_or_counted = query.group is not None or isinstance(outputs[0], Measure)
    if not grouped_or_counted:
        yield replace(query, distinct=not query.distinct)
    if len(outputs) > 1:
        swapped = None if query.order is None else (len(outputs) - 1 - query.order[0], query.order[1])
        yield replace(query, outputs=outputs[::-1], order=swapped)
    for index, output in enumerate(outputs):
        for changed in _changed_output(query, output):
            new = (*outputs[:index], changed, *outputs[index + 1 :])
            group = changed if output == query.group and isinstance(changed, Field) else query.group
            yield replace(query, outputs=new, group=group)


def _changed_output(query: Query, output: Field | Measure) -> Iterator[Field | Measure]:
    if isinstance(output, Field):
        if output.name == "id":
            return
        table = query.table(output.side)
        yield from (Field(output.side, c.name) for c in table.columns if c.name != output.name)
        return
    if output.field is None:
        side = query.base
        known = {condition.field for condition in query.where} if not query.any_of else set[Field]()
        fields = [Field(side, column.name) for column in query.table(side).columns if column.nullable]
        yield from (Measure("count", field) for field in fields if field not in known)
        return
    if query.join == "left":
        yield Measure("count")
        return
    for function in SWAPPED[output.function]:
        yield Measure(function, output.field)
    if output.function in ("sum", "avg", "count"):
        yield Measure(output.function, output.field, distinct=True)
    if output.function == "count":
        yield Measure("count")
    for other in query.table(output.field.side).of_kind("int"):
        if other.name != output.field.name:
            yield Measure(output.function, Field(output.field.side, other.name))
