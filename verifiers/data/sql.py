"""`sql`: the answer is one SELECT that gives the gold query's rows on every database of the item.

Policy `sql@2`: the dialect is SQLite, in memory, read-only and under a step budget (`sqlite_sandbox.py`), or DuckDB, in
a process that is killed at its deadline (`duckdb_sandbox.py`). Rows are compared alike for both, as typed multisets, in
order only where the item says so (`rows.py`). The databases are what makes the check sound: an item
carries several, chosen so that every known mutant of the gold query differs on one of them (`assay.envs.sql`).

An answer that reads no table where the gold query reads one is wrong, whatever its rows. Partial credit is the mean
over the databases of the row F1.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, ClassVar

from assay.verifiers.data.answer import read_answer
from assay.verifiers.data.duckdb_sandbox import run_duckdb
from assay.verifiers.data.model import read_bound
from assay.verifiers.data.outcome import DataVerifier, Outcome, Refusal, read_choice, read_count, read_flag
from assay.verifiers.data.query_result import QueryResult
from assay.verifiers.data.rows import RowRules, row_f1, same_rows
from assay.verifiers.data.sqlite_sandbox import MAX_ROWS, MAX_STEPS, run_sqlite
from assay.verifiers.errors import SpecError

DIALECTS = ("sqlite", "duckdb")
MAX_DATABASES = 20
MAX_SQL_BYTES = 20_000
"""Longest response, unless the spec's `max_bytes` says otherwise."""


class SqlVerifier(DataVerifier):
    """Spec: `{"databases": [script, ...], "gold_sql"}`; `order_keys`, `ordered`, `tolerance`, `max_steps`."""

    kind: ClassVar[str] = "sql"
    required = frozenset({"databases", "gold_sql"})
    optional = frozenset({"dialect", "order_keys", "ordered", "tolerance", "max_steps", "max_rows"})

    def grade(self, settings: Mapping[str, Any], response: str) -> Outcome:
        """Run the query on every database and compare with the gold rows."""
        dialect = read_choice(settings, "dialect", DIALECTS, "sqlite")
        if dialect == "duckdb" and "max_steps" in settings:
            raise SpecError("max_steps has no meaning for duckdb, which counts no steps")
        scripts = settings["databases"]
        if not isinstance(scripts, (list, tuple)) or not 1 <= len(scripts) <= MAX_DATABASES:
            raise SpecError(f"databases must be a list of 1 to {MAX_DATABASES} scripts")
        if not all(isinstance(script, str) for script in scripts):
            raise SpecError("databases must be SQL scripts")
        gold_sql = settings["gold_sql"]
        if not isinstance(gold_sql, str):
            raise SpecError(f"gold_sql must be a query, got {gold_sql!r}")
        max_steps = read_count(settings, "max_steps", MAX_STEPS, 100 * MAX_STEPS)
        max_rows = read_count(settings, "max_rows", MAX_ROWS, 10 * MAX_ROWS)
        golds = gold_results(dialect, tuple(scripts), gold_sql, max_steps, max_rows)
        rules = read_row_rules(settings, len(golds[0].columns))
        query = read_answer(settings, response, MAX_SQL_BYTES).strip()
        results = _run(dialect, list(scripts), query, max_steps, max_rows)
        same: list[bool] = []
        shares: list[float] = []
        for gold, given in zip(golds, results, strict=True):
            fits = len(given.columns) == len(gold.columns)
            same.append(fits and same_rows(gold.rows, given.rows, rules))
            shares.append(row_f1(gold.rows, given.rows, rules) if fits else 0.0)
        reads = all(given.tables or not gold.tables for gold, given in zip(golds, results, strict=True))
        steps = sum(given.steps for given in results)
        detail = {"databases": len(scripts), "databases_right": sum(same), "steps": steps}
        if not reads:
            message = "The query reads no table."
            return Outcome(False, 0.0, "reads_no_table", message, query, dialect, detail)
        if all(same):
            return Outcome(True, 1.0, "same_rows", "The query gives the right rows.", query, dialect, detail)
        message = "The query runs but does not give the right rows on every database."
        credit = min(sum(shares) / len(shares), 1 - 1e-9)
        return Outcome(False, credit, "rows_differ", message, query, dialect, detail)


def _run(dialect: str, scripts: list[str], sql: str, max_steps: int, max_rows: int) -> list[QueryResult]:
    return run_duckdb(scripts, sql, max_rows) if dialect == "duckdb" else run_sqlite(scripts, sql, max_steps, max_rows)


@functools.lru_cache(maxsize=1024)
def gold_results(
    dialect: str, scripts: tuple[str, ...], gold_sql: str, max_steps: int = MAX_STEPS, max_rows: int = MAX_ROWS
) -> list[QueryResult]:
    """The gold query's result on each database.

    Raises:
        SpecError: The gold query cannot be run under the same rules as an answer.
        Unavailable: The engine is missing.
    """
    try:
        return _run(dialect, list(scripts), gold_sql, max_steps, max_rows)
    except Refusal as refusal:
        raise SpecError(f"gold_sql fails on a database: {refusal.message}") from refusal


def read_row_rules(settings: Mapping[str, Any], columns: int) -> RowRules:
    """The spec's `order_keys`, `ordered` and `tolerance`.

    Raises:
        SpecError: One of them cannot be used.
    """
    keys = settings.get("order_keys") or ()
    if not isinstance(keys, (list, tuple)) or not all(type(key) is int and 0 <= key < columns for key in keys):
        raise SpecError(f"order_keys must be positions of columns from 0 to {columns - 1}, got {keys!r}")
    tolerance = settings.get("tolerance", {"rel": 1e-9, "abs": 1e-12})
    if not isinstance(tolerance, Mapping) or not set(tolerance) <= {"abs", "rel"}:
        raise SpecError(f"tolerance must be {{'abs': number, 'rel': number}}, got {tolerance!r}")
    return RowRules(
        float(read_bound(tolerance, "rel")),
        float(read_bound(tolerance, "abs")),
        tuple(keys),
        read_flag(settings, "ordered", False),
    )


VERIFIER = SqlVerifier()
