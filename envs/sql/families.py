"""The families of SQL tasks: write a query that is right everywhere, or find one value in a given database."""

from __future__ import annotations

import functools
import random
import sqlite3
from abc import abstractmethod
from dataclasses import replace
from typing import Any, ClassVar

from assay.envs.data.family import DataFamily, Item, null_credit
from assay.envs.procedural import P
from assay.envs.sql.databases import adversarial_database, killing_databases, plain_database
from assay.envs.sql.query import Measure, Query
from assay.envs.sql.shapes import draw_query, draw_value_query
from assay.envs.sql.wording import question

Drawn = tuple[Query, int, int]
"""The gold query, a number that decides the databases, and the wording."""


class SqlFamily(DataFamily[P]):
    """A family whose tasks have a database that may be queried."""

    @abstractmethod
    def database(self, params: P) -> str:
        """The script of the database that the agent may query."""

    @abstractmethod
    def ddl(self, params: P) -> str:
        """The statements that create its tables."""

    @abstractmethod
    def schema(self, params: P) -> str:
        """What the agent is told of the tables: their statements and what those do not say."""


class _QueryFamily(SqlFamily[Drawn]):
    """What both families share: the content is the gold query."""

    topic: ClassVar[str] = "sql"

    def key(self, params: Drawn) -> str:
        """The gold query; databases and wording are no difference."""
        return f"{params[0].domain.name}: {params[0].sql}"

    def ddl(self, params: Drawn) -> str:
        """The two tables of the query's domain."""
        return params[0].domain.ddl

    def schema(self, params: Drawn) -> str:
        """The two tables and how they are linked."""
        domain = params[0].domain
        return f"{domain.ddl}\n{domain.notes}"


class TextToSql(_QueryFamily):
    """A question, to be answered with one SELECT that is right on every database of the item."""

    name: ClassVar[str] = "text_to_sql"
    summary: ClassVar[str] = "a question as one SQLite query, run on databases chosen to kill wrong ones"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> Drawn:
        """A query of one of the shapes that the difficulty allows."""
        return draw_query(rng, difficulty), rng.randrange(1 << 30), rng.randrange(1 << 16)

    def accepts(self, params: Drawn) -> bool:
        """Whether databases were found that kill every mutant."""
        return killing_databases(params[0], params[1]) is not None

    def database(self, params: Drawn) -> str:
        """One more hostile database, which is not among those that decide."""
        query, seed, _ = params
        return f"{query.domain.ddl}\n{adversarial_database(query, random.Random(~seed), 6, 14)}"

    def write(self, params: Drawn, split: str) -> Item:
        """Question, databases and gold query; the query without its conditions is the null answer."""
        query, seed, wording = params
        databases = killing_databases(query, seed)
        assert databases is not None
        spec: dict[str, Any] = {"databases": list(databases), "gold_sql": query.sql, "order_keys": query.order_keys}
        spec["null_credit"] = null_credit("sql", spec, [replace(query, where=(), having=None).sql])
        columns = "one column" if len(query.outputs) == 1 else f"{len(query.outputs)} columns, in that order"
        prompt = f"{question(query, wording, split)}\nThe answer is one SQLite SELECT with {columns}."
        return Item(prompt, "sql", spec, query.sql)


class SqlValue(_QueryFamily):
    """A question about the rows of a database that is only seen through queries; the answer is a number."""

    name: ClassVar[str] = "sql_value"
    summary: ClassVar[str] = "a number to be found in a database by querying it"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> Drawn:
        """A query for one number."""
        return draw_value_query(rng, difficulty), rng.randrange(1 << 30), rng.randrange(1 << 16)

    def accepts(self, params: Drawn) -> bool:
        """Whether the number is not one that anybody would guess."""
        value = _value(params[0], self.database(params))
        return value is not None and not _is_guessable(params[0], value)

    def database(self, params: Drawn) -> str:
        """A hundred and fifty children; a tenth of the values is missing and a tenth of the links leads nowhere."""
        query, seed, _ = params
        return f"{query.domain.ddl}\n{plain_database(query, random.Random(seed), 150, 0.1)}"

    def write(self, params: Drawn, split: str) -> Item:
        """Question and value."""
        query, _, wording = params
        value = _value(query, self.database(params))
        prompt = f"{question(query, wording, split)}\nThe answer is one number, as JSON, for the database at hand."
        return Item(prompt, "json_equal", {"expected": value}, str(value))


GUESSABLE = frozenset(range(10))
"""Numbers too likely to be guessed: a question with such an answer is not asked."""


def _is_guessable(query: Query, value: int) -> bool:
    """Whether who has seen other tasks of the domain could guess the value without a query.

    That is so for small numbers, for those that the question says itself, for extremes at the end of their column's
    range, and for counts of nearly all the different values that there are.
    """
    measure = query.outputs[0]
    assert isinstance(measure, Measure)
    said = [condition.value for condition in query.where if isinstance(condition.value, int)]
    if value in GUESSABLE or any(abs(value - number) <= 1 for number in said):
        return True
    if measure.field is None:
        return False
    low, high = (int(bound) for bound in query.column(measure.field).values)
    margin = max(1, (high - low) // 12)
    if measure.function in ("min", "max"):
        return min(value - low, high - value) <= margin
    return measure.distinct and value >= high - low - margin


@functools.lru_cache(maxsize=64)
def _value(query: Query, script: str) -> int | None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.executescript(script)
        value = connection.execute(query.sql).fetchone()[0]
        return value if isinstance(value, int) else None
    finally:
        connection.close()


FAMILIES: dict[str, SqlFamily[Any]] = {family.name: family for family in (TextToSql(), SqlValue())}
"""Every family by its name, in the order in which a mixture deals them out."""
