"""Databases that tell a gold query from its mutants.

A random database lets a wrong query through about two times in five. So values here are few, and chosen to hurt:
every constant of the query and its neighbours, NULL in every column that may be NULL, ties, duplicates, children
without a parent and with one that does not exist, parents without children. Databases are drawn until every mutant
gives other rows than the gold query on one of them; those that are needed for that are kept. If a mutant survives all
draws, the question is not asked.
"""

from __future__ import annotations

import functools
import random
import sqlite3
from collections.abc import Sequence

from assay.envs.sql.domains import Column, Table
from assay.envs.sql.mutants import mutants
from assay.envs.sql.query import Condition, Measure, Query
from assay.verifiers.data.query_result import Row
from assay.verifiers.data.rows import RowRules, same_rows

MAX_DRAWS = 60
"""Databases tried for one query before it is given up."""

LEAST_DATABASES, LEAST_FOR_ONE_NUMBER = 3, 6
"""Databases that an item has at least; more where the result is one number, which a wrong query can hit by luck."""


@functools.lru_cache(maxsize=64)
def killing_databases(query: Query, seed: int) -> tuple[str, ...] | None:
    """Scripts of databases that kill every mutant of a query, or None where some mutant survives.

    On at least one of them the gold query gives rows, and not on all the same ones: no list of constants is right.
    """
    rng = random.Random(seed)
    rules = RowRules(order_keys=tuple(query.order_keys))
    alive = list(mutants(query))
    kept: list[str] = []
    gold_gave_rows = False
    results: list[list[Row]] = []
    least = LEAST_FOR_ONE_NUMBER if query.group is None and isinstance(query.outputs[0], Measure) else LEAST_DATABASES
    for _ in range(MAX_DRAWS):
        script = adversarial_database(query, rng)
        connection = _open(query.domain.ddl, script)
        gold = _rows(connection, query.sql)
        killed = frozenset(sql for sql in alive if not same_rows(gold, _rows(connection, sql), rules))
        connection.close()
        alive = [sql for sql in alive if sql not in killed]
        differs = bool(results) and not same_rows(results[0], gold, rules)
        constant = all(same_rows(results[0], result, rules) for result in results)
        wanted = (gold and not gold_gave_rows) or (differs and constant) or (not alive and len(kept) < least)
        if killed or wanted:
            kept.append(script)
            results.append(gold)
            gold_gave_rows = gold_gave_rows or bool(gold)
            constant = constant and not differs
        if not alive and gold_gave_rows and not constant and len(kept) >= least:
            return tuple(f"{query.domain.ddl}\n{script}" for script in kept)
    return None


def adversarial_database(query: Query, rng: random.Random, parents: int = 0, children: int = 0) -> str:
    """The insert statements of one hostile database for a query."""
    domain = query.domain
    parents = parents or rng.randrange(3, 7)
    children = children or rng.randrange(6, 13)
    hints = _constants(query.where)
    ids = rng.sample(range(1, 20), parents)
    links = [str(i) for i in ids[1:]] * 2 + ["null", "77"]
    parent_rows = [[str(i), *_cells(domain.parent, hints, rng)] for i in ids]
    child_rows = [
        [str(i), rng.choice(links), *_cells(domain.child, hints, rng)] for i in rng.sample(range(1, 40), children)
    ]
    for row in child_rows[1::4]:  # an exact repeat, but for the key
        row[1:] = child_rows[0][1:]
    return f"{_insert(domain.parent, parent_rows)}\n{_insert(domain.child, child_rows)}"


def plain_database(query: Query, rng: random.Random, rows: int, holes: float = 0.0) -> str:
    """The insert statements of an ordinary random database, values spread evenly.

    `holes` is the share of values that are NULL where they may be, and of children without an existing parent.
    """
    domain = query.domain
    ids = list(range(1, max(3, rows // 3)))

    def cell(column: Column) -> str:
        return "null" if column.nullable and rng.random() < holes else _spread(column, rng)

    def link() -> str:
        return rng.choice(("null", "9999")) if rng.random() < holes else str(rng.choice(ids))

    parent_rows = [[str(i), *map(cell, domain.parent.columns)] for i in ids]
    child_rows = [[str(i), link(), *map(cell, domain.child.columns)] for i in range(1, rows + 1)]
    return f"{_insert(domain.parent, parent_rows)}\n{_insert(domain.child, child_rows)}"


def _constants(conditions: Sequence[Condition]) -> dict[tuple[str, str], list[int]]:
    """The integers that a query compares each column with."""
    found: dict[tuple[str, str], list[int]] = {}
    for condition in conditions:
        if condition.kind == "compare" and isinstance(condition.value, int):
            found.setdefault((condition.field.side, condition.field.name), []).append(condition.value)
        if condition.inner is not None:
            found.update(_constants([condition.inner]))
    return found


def _cells(table: Table, hints: dict[tuple[str, str], list[int]], rng: random.Random) -> list[str]:
    values: list[str] = []
    for column in table.columns:
        near = [
            c + d
            for (_, name), constants in hints.items()
            if name == column.name
            for c in constants
            for d in (-1, 0, 1)
        ]
        if column.nullable and rng.random() < 0.2:
            values.append("null")
        elif near and rng.random() < 0.8:
            values.append(str(rng.choice(near)))
        elif column.kind == "text":
            values.append(f"'{rng.choice(column.values)}'")
        else:
            # Few values, unlike for each column, so that ties are common and columns are not mistaken for one another.
            low, high = int(column.values[0]), int(column.values[1])
            values.append(str(rng.choice((low, low + (high - low) // 3, high - (high - low) // 4, high))))
    return values


def _spread(column: Column, rng: random.Random) -> str:
    if column.kind == "text":
        return f"'{rng.choice(column.values)}'"
    return str(rng.randint(int(column.values[0]), int(column.values[1])))


def _insert(table: Table, rows: Sequence[Sequence[str]]) -> str:
    return f"insert into {table.name} values " + ",".join(f"({','.join(row)})" for row in rows) + ";"


def _open(ddl: str, script: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(ddl)
    connection.executescript(script)
    return connection


def _rows(connection: sqlite3.Connection, sql: str) -> list[Row]:
    return connection.execute(sql).fetchall()
