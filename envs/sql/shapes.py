"""Drawing gold queries: one function for each shape of question, ordered by difficulty."""

from __future__ import annotations

import random
from collections.abc import Callable

from assay.envs.sql.domains import DOMAINS, Domain
from assay.envs.sql.query import Condition, Field, Measure, Query

OPERATORS = ("<", "<=", ">", ">=", "=", "<>")


def draw_query(rng: random.Random, difficulty: int) -> Query:
    """A query of one of the shapes that a difficulty allows; the newest shapes are the likeliest."""
    allowed = SHAPES[: 2 + difficulty]
    recent = allowed[-4:]
    return rng.choice(recent if rng.random() < 0.8 else allowed)(rng, rng.choice(DOMAINS), difficulty)


def _field(rng: random.Random, domain: Domain, side: str, kind: str = "") -> Field:
    table = domain.parent if side == "p" else domain.child
    return Field(side, rng.choice(table.of_kind(kind) if kind else table.columns).name)


def _compare(rng: random.Random, domain: Domain, side: str) -> Condition:
    """A comparison of a column with a value that can occur."""
    table = domain.parent if side == "p" else domain.child
    column = rng.choice([column for column in table.columns if column.nullable])
    field = Field(side, column.name)
    if column.kind == "text":
        return Condition("compare", field, rng.choice(("=", "=", "<>")), str(rng.choice(column.values)))
    low, high = int(column.values[0]), int(column.values[1])
    return Condition("compare", field, rng.choice(OPERATORS[:4]), rng.randrange(low + 2, high - 1))


def _two(rng: random.Random, domain: Domain, side: str) -> tuple[Condition, ...]:
    """Two conditions on different columns."""
    first = _compare(rng, domain, side)
    while True:
        second = _compare(rng, domain, side)
        if second.field != first.field:
            return first, second


def _measure(rng: random.Random, domain: Domain, side: str) -> Measure:
    function = rng.choice(("sum", "avg", "min", "max", "count"))
    return Measure(function, _field(rng, domain, side, "int"))


def filtered(rng: random.Random, domain: Domain, difficulty: int) -> Query:
    """One column of the rows that meet a condition on another."""
    output = _field(rng, domain, "c")
    while (condition := _compare(rng, domain, "c")).field == output:
        pass
    return Query(domain, "c", None, (output,), where=(condition,))


def counted(rng: random.Random, domain: Domain, difficulty: int) -> Query:
    """How many rows meet a condition."""
    side = rng.choice("pc")
    return Query(domain, side, None, (Measure("count"),), where=(_compare(rng, domain, side),))


def two_conditions(rng: random.Random, domain: Domain, difficulty: int) -> Query:
    """Two columns of the rows that meet two conditions, or one of them."""
    first = _field(rng, domain, "c", "text")
    outputs = (first, _field(rng, domain, "c", "int"))
    return Query(domain, "c", None, outputs, where=_two(rng, domain, "c"), any_of=rng.random() < 0.5)


def distinct_values(rng: random.Random, domain: Domain, difficulty: int) -> Query:
    """The different values of a column among the rows that meet a condition."""
    output = _field(rng, domain, "c", "text")
    while (condition := _compare(rng, domain, "c")).field == output:
        pass
    return Query(domain, "c", None, (output,), distinct=True, where=(condition,))


def ordered(rng: random.Random, domain: Domain, difficulty: int) -> Query:
    """Two columns in the order of one of them."""
    outputs = (_field(rng, domain, "c", "text"), _field(rng, domain, "c", "int"))
    where = (Condition("null", outputs[1], "<>"),)
    return Query(domain, "c", None, outputs, where=where, order=(1, rng.random() < 0.5))


def grouped(rng: random.Random, domain: Domain, difficulty: int) -> Query:
    """A measure for each group."""
    group = Field("c", rng.choice([c.name for c in domain.child.of_kind("text") if c.nullable]))
    measure = Measure("count") if rng.random() < 0.4 else _measure(rng, domain, "c")
    return Query(domain, "c", None, (group, measure), group=group)


def joined(rng: random.Random, domain: Domain, difficulty: int) -> Query:
    """A column of the parent and one of the child, where the child meets a condition."""
    outputs = (_field(rng, domain, "p"), _field(rng, domain, "c"))
    return Query(domain, "c", "inner", outputs, where=(_compare(rng, domain, "c"),))


def above_average(rng: random.Random, domain: Domain, difficulty: int) -> Query:
    """The rows at the extreme of a column, or beyond its average."""
    field = _field(rng, domain, "c", "int")
    operator, function = rng.choice((("=", "max"), ("=", "min"), (">", "avg"), ("<", "avg")))
    outputs = (_field(rng, domain, "c", "text"),)
    return Query(domain, "c", None, outputs, where=(Condition("extreme", field, operator, function),))


def grouped_having(rng: random.Random, domain: Domain, difficulty: int) -> Query:
    """The groups of at least so many rows."""
    query = grouped(rng, domain, difficulty)
    having = rng.choice(((">=", 2), (">=", 3), (">", 1), (">", 2)))
    return Query(domain, "c", None, query.outputs, group=query.group, having=having)


def counted_left(rng: random.Random, domain: Domain, difficulty: int) -> Query:
    """How many children each parent has, none counted as 0."""
    group = Field("p", "id")
    return Query(domain, "p", "left", (group, Measure("count", Field("c", "id"))), group=group)


def without_children(rng: random.Random, domain: Domain, difficulty: int) -> Query:
    """The parents that have a child that meets a condition, or have none."""
    inner = _compare(rng, domain, "c") if rng.random() < 0.7 else None
    condition = Condition("exists", Field("p", "id"), rng.choice(("=", "<>")), inner=inner)
    return Query(domain, "p", None, (_field(rng, domain, "p"),), where=(condition,))


def joined_grouped(rng: random.Random, domain: Domain, difficulty: int) -> Query:
    """A measure of the children for each value of a parent's column, ordered, with a condition on both."""
    group = Field("p", rng.choice([column.name for column in domain.parent.of_kind("text")]))
    outputs = (group, _measure(rng, domain, "c"))
    where = (_compare(rng, domain, "c"),)
    return Query(domain, "c", "inner", outputs, where=where, group=group, order=(0, rng.random() < 0.5))


SHAPES: tuple[Callable[[random.Random, Domain, int], Query], ...] = (
    filtered,
    counted,
    two_conditions,
    distinct_values,
    ordered,
    grouped,
    joined,
    above_average,
    grouped_having,
    counted_left,
    without_children,
    joined_grouped,
)
"""From easy to hard; difficulty d draws from the first d + 2, the last four most often."""


def draw_value_query(rng: random.Random, difficulty: int) -> Query:
    """A query whose result is one whole number: a count, sum or extreme of the rows that meet up to two conditions."""
    domain = rng.choice(DOMAINS)
    join = "inner" if difficulty >= 4 and rng.random() < 0.5 else None
    where = _two(rng, domain, "c") if difficulty >= 3 and rng.random() < 0.6 else (_compare(rng, domain, "c"),)
    if join and rng.random() < 0.5:
        where = (*where[:1], _compare(rng, domain, "p"))
    function = rng.choice(("sum", "sum", "count", "max", "min"))
    measure = Measure("count") if rng.random() < 0.4 else Measure(function, _field(rng, domain, "c", "int"))
    if measure.function == "count" and measure.field is not None:
        measure = Measure("count", measure.field, distinct=True)
    any_of = difficulty >= 6 and len(where) > 1 and rng.random() < 0.4
    return Query(domain, "c", join, (measure,), where=where, any_of=any_of)
