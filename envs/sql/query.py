"""The gold queries: a small tree, its SQL and what its rows mean.

A `Query` reads one table, or children joined with their parents, filters, groups and orders. The same tree is turned
into SQL here, into English in `wording.py`, and into its mutants in `mutants.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assay.envs.sql.domains import Column, Domain, Table

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "="}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the parent ("p") or child ("c") table; `name` may be "id"."""

    side: str
    name: str


@dataclass(frozen=True, slots=True)
class Measure:
    """An aggregate: `function` of a field, or count(*) where there is none."""

    function: str
    field: Field | None = None
    distinct: bool = False


Output = Field | Measure


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a row.

    Attributes:
        kind: "compare" with a value; "null"; "extreme": equal to the function of the whole table, or compared with
            its average; "exists": whether the parent has a child (that meets `inner`).
        field: What is tested; for "exists" the parent's id.
        operator: A comparison; for "null" and "exists" "=" says yes and "<>" no.
        value: The constant; for "extreme" the function.
        inner: The condition on the child, for "exists".
        or_null: A NULL satisfies the condition, too. No gold query has it; it is a mutation.
    """

    kind: str
    field: Field
    operator: str
    value: str | int | None = None
    inner: Condition | None = None
    or_null: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """One gold query (or mutant).

    Attributes:
        domain: What it is about.
        base: "p" or "c": the table it starts from.
        join: None, "inner" (children with their parents) or "left" (all parents, with their children if any).
        outputs: The columns of the result.
        distinct: Whether equal rows are given once.
        where: The conditions.
        any_of: Whether one condition is enough.
        group: What it groups by, first in `outputs`.
        having: Comparison of the group's count(*) with a number.
        order: Which output it orders by, and whether downwards.
    """

    domain: Domain
    base: str
    join: str | None
    outputs: tuple[Output, ...]
    distinct: bool = False
    where: tuple[Condition, ...] = ()
    any_of: bool = False
    group: Field | None = None
    having: tuple[str, int] | None = None
    order: tuple[int, bool] | None = None

    @property
    def order_keys(self) -> list[int]:
        """Positions of the outputs whose order counts."""
        return [] if self.order is None else [self.order[0]]

    def table(self, side: str) -> Table:
        """The table of a side."""
        return self.domain.parent if side == "p" else self.domain.child

    def column(self, field: Field) -> Column:
        """The column of a field other than an id."""
        return next(column for column in self.table(field.side).columns if column.name == field.name)

    def without(self, index: int) -> Query:
        """The query without one of its conditions."""
        return replace(self, where=self.where[:index] + self.where[index + 1 :])

    def with_condition(self, index: int, condition: Condition) -> Query:
        """The query with one of its conditions replaced."""
        return replace(self, where=(*self.where[:index], condition, *self.where[index + 1 :]))

    @property
    def sql(self) -> str:
        """The query in SQLite's SQL."""
        parts = ["select " + ("distinct " if self.distinct else "") + ", ".join(map(self._output, self.outputs))]
        parts.append(f"from {self._source()}")
        if self.where:
            parts.append("where " + (" or " if self.any_of else " and ").join(map(self._condition, self.where)))
        if self.group is not None:
            parts.append(f"group by {self._field(self.group)}")
        if self.having is not None:
            parts.append(f"having count(*) {self.having[0]} {self.having[1]}")
        if self.order is not None:
            position, down = self.order
            parts.append(f"order by {self._output(self.outputs[position])}{' desc' if down else ''}")
        return " ".join(parts)

    def _source(self) -> str:
        parent, child, link = self.domain.parent.name, self.domain.child.name, self.domain.link
        if self.join is None:
            return f"{self.table(self.base).name} as {self.base}"
        if self.join == "left":
            return f"{parent} as p left join {child} as c on c.{link} = p.id"
        kind = "join" if self.join == "inner" else "left join"
        return f"{child} as c {kind} {parent} as p on p.id = c.{link}"

    def _field(self, field: Field) -> str:
        return f"{field.side}.{field.name}"

    def _output(self, output: Output) -> str:
        if isinstance(output, Field):
            return self._field(output)
        if output.field is None:
            return "count(*)"
        return f"{output.function}({'distinct ' if output.distinct else ''}{self._field(output.field)})"

    def _condition(self, condition: Condition) -> str:
        field = self._field(condition.field)
        if condition.kind == "null":
            return f"{field} is {'' if condition.operator == '=' else 'not '}null"
        if condition.kind == "exists":
            inner = "" if condition.inner is None else f" and {self._condition(condition.inner)}"
            child, link = self.domain.child.name, self.domain.link
            no = "" if condition.operator == "=" else "not "
            return f"{no}exists (select 1 from {child} as c where c.{link} = p.id{inner})"
        if condition.kind == "extreme":
            table = self.table(condition.field.side).name
            text = f"{field} {condition.operator} (select {condition.value}({condition.field.name}) from {table})"
        else:
            value = str(condition.value) if isinstance(condition.value, int) else f"'{condition.value}'"
            text = f"{field} {condition.operator} {value}"
        return f"({text} or {field} is null)" if condition.or_null else text
