"""Running one untrusted SELECT in DuckDB, in a process of its own that is killed at its deadline.

DuckDB counts no steps, so nothing but time can stop an endless query. It runs in a worker (`duckdb_worker.py`) that
interrupts it when it has used its processor time, which a busy machine does not shorten; where it does not listen, a
kill from outside ends it. That still makes DuckDB the less certain of the two engines, for a limit in seconds falls at
another place on another machine: for rewards SQLite comes first.

DuckDB is optional (`pip install 'assay[duckdb]'`). Where it is missing every check is an `ERROR`, never a wrong answer.
"""

from __future__ import annotations

import functools
import importlib.util
from typing import Any

from assay.verifiers.data.cte_expansion import MAX_EXPANSION, expansion
from assay.verifiers.data.outcome import Refusal, Unavailable
from assay.verifiers.data.query_result import QueryResult, Row, Typed, Value
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status
from assay.verifiers.worker import WorkerError, WorkerPool, WorkerTimeoutError

CPU_S = 2.0
"""Processor time of one query on all databases of an item."""

DEADLINE_S = 30.0
"""Wall time after which the worker is killed: only for what cannot be interrupted."""

WORKER_BYTES = 4 << 30
"""Address space of a worker; DuckDB itself is held to `duckdb_worker.MEMORY`."""

WORKERS = 2


def run_duckdb(scripts: list[str], sql: str, max_rows: int) -> list[QueryResult]:
    """The result of one SELECT on each database.

    Raises:
        Refusal: It is not one readable SELECT, is not allowed, fails, or breaks a limit.
        SpecError: A script fails.
        Unavailable: DuckDB is not installed, or the machine is too busy.
    """
    if importlib.util.find_spec("duckdb") is None:
        raise Unavailable("duckdb_missing", "DuckDB is not installed; pip install 'assay[duckdb]' brings it.")
    if expansion(sql) > MAX_EXPANSION:
        raise Refusal(Status.LIMIT, "query_too_big", "The common table expressions of the query grow too large.")
    reply = _ask({"scripts": scripts, "sql": sql, "max_rows": max_rows, "cpu_s": CPU_S})
    if "spec" in reply:
        raise SpecError(reply["spec"])
    if "refusal" in reply:
        status, reason, message = reply["refusal"]
        raise Refusal(Status(status), reason, message)
    return [
        QueryResult(
            tuple(result["columns"]),
            [_row(row) for row in result["rows"]],
            0,
            frozenset(result["tables"]),
        )
        for result in reply["results"]
    ]


def _ask(request: dict[str, Any], retry: bool = True) -> dict[str, Any]:
    """The worker's reply. A worker that dies twice on the same query was killed by the query."""
    try:
        reply: dict[str, Any] = _pool().call(request, DEADLINE_S)
        return reply
    except WorkerTimeoutError as error:
        if error.cpu_s >= CPU_S:
            raise Refusal(Status.TIMEOUT, "cpu_time", "The query takes too long.") from error
        raise Unavailable("machine_busy", "The machine was too busy to run the query in time.") from error
    except WorkerError as error:
        if retry:
            return _ask(request, retry=False)
        raise Refusal(Status.LIMIT, "engine_died", "The query is more than the engine can bear.") from error


def _row(row: list[Any]) -> Row:
    return tuple(_value(value) for value in row)


def _value(value: Any) -> Value:
    """A value as the worker wrote it: lists hold what JSON has no word for."""
    if not isinstance(value, list):
        return value  # type: ignore[no-any-return]
    kind, text = value
    return bytes.fromhex(text) if kind == "bytes" else Typed(kind, text)


@functools.lru_cache(maxsize=1)
def _pool() -> WorkerPool:
    target = "assay.verifiers.data.duckdb_worker:run_request"
    return WorkerPool(target, size=WORKERS, recycle_after=500, memory_bytes=WORKER_BYTES)
