"""Running one untrusted SELECT in SQLite, in memory, under a step budget.

What holds a query in: an authorizer that allows reading ordinary tables and a list of functions and nothing else (no
write, attach, pragma, transaction, catalog, extension or virtual table); a progress handler that counts virtual
machine steps, so the limit falls at the same place on every machine; `setlimit` on text, columns, expression depth
and attached databases; temporary results in memory, so no file is touched. CPU time is only a backstop.

Three built-in families are replaced. LIKE and GLOB can take exponential time inside one step, so they run on RE2.
The date functions read the clock and the time zone, so "now", "localtime" and "utc" are refused.
"""

from __future__ import annotations

import functools
import re
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from assay.verifiers.data.cte_expansion import MAX_EXPANSION, expansion
from assay.verifiers.data.outcome import Refusal
from assay.verifiers.data.query_result import QueryResult, Row
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status

SqliteValue = int | float | str | bytes | None

MAX_STEPS = 1_000_000
"""Virtual machine steps of one query: less than a tenth of a second, unless each step moves kilobytes of text."""

STEP_GRAIN = 1000
"""Steps between two looks at the budget."""

MAX_ROWS = 10_000
MAX_RESULT_CHARS = 2_000_000
MAX_CPU_S = 5.0

LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 2000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 20_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 20,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 20,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}

_ALLOWED = """
    abs avg ceil ceiling char coalesce count cume_dist date datetime dense_rank exp first_value floor format glob
    group_concat hex ifnull iif instr julianday lag last_value lead length like ln log log10 log2 lower ltrim max min
    mod nth_value ntile nullif percent_rank pi pow power printf quote rank replace round row_number rtrim sign sqrt
    strftime string_agg substr substring sum time total trim trunc typeof unicode unixepoch upper"""
FUNCTIONS = frozenset(_ALLOWED.split())
"""Functions a query may call; those that read the clock, chance, files or the connection are not among them."""

_DATE_FUNCTIONS = ("date", "time", "datetime", "julianday", "strftime", "unixepoch")
_IMPURE_WORDS = frozenset({"now", "localtime", "utc"})
_MODEL_LIKE_CHARS = 200


@functools.lru_cache(maxsize=512)
def build_database(script: str) -> bytes:
    """The serialized database that a spec's script makes.

    Raises:
        SpecError: The script fails, or does something other than making and filling tables.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.set_authorizer(_authorize_script)
        connection.executescript(script)
        connection.set_authorizer(None)
        return connection.serialize()
    except (sqlite3.Error, ValueError) as error:
        raise SpecError(f"a database script fails: {error}") from error
    finally:
        connection.close()


def run_sqlite(scripts: list[str], sql: str, max_steps: int, max_rows: int) -> list[QueryResult]:
    """The result of one SELECT on each database.

    Raises:
        Refusal: It is not one readable SELECT, is not allowed, fails, or breaks a limit.
        SpecError: A script fails.
    """
    results: list[QueryResult] = []
    for script in scripts:
        with Sandbox(build_database(script), max_steps, max_rows) as sandbox:
            results.append(sandbox.query(sql))
    return results


class Sandbox:
    """A database opened for untrusted queries; use in one thread, then `close`."""

    def __init__(self, serialized: bytes, max_steps: int = MAX_STEPS, max_rows: int = MAX_ROWS) -> None:
        """Open a private copy of a serialized database."""
        self.max_steps = max_steps
        self.max_rows = max_rows
        self._denied = ""
        self._tables: set[str] = set()
        self._steps = 0
        self._stopped = ""
        self._cpu_end = 0.0
        self._dates: sqlite3.Connection | None = None
        self._connection = connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=0)
        connection.execute("pragma temp_store = memory")
        connection.deserialize(serialized)
        for limit, value in LIMITS.items():
            connection.setlimit(limit, value)
        connection.create_function("like", 2, _like, deterministic=True)
        connection.create_function("like", 3, _like, deterministic=True)
        connection.create_function("glob", 2, _glob, deterministic=True)
        for name in _DATE_FUNCTIONS:
            connection.create_function(name, -1, self._date_function(name), deterministic=True)
        connection.set_authorizer(self._authorize)
        connection.set_progress_handler(self._progress, STEP_GRAIN)

    def __enter__(self) -> Sandbox:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Let the memory go."""
        self._connection.close()
        if self._dates is not None:
            self._dates.close()

    def query(self, sql: str) -> QueryResult:
        """Run one SELECT.

        Raises:
            Refusal: It is not one readable SELECT, is not allowed, fails, or breaks a limit.
        """
        if expansion(sql) > MAX_EXPANSION:
            raise Refusal(Status.LIMIT, "query_too_big", "The common table expressions of the query grow too large.")
        self._denied, self._stopped, self._steps = "", "", 0
        self._tables = set()
        self._cpu_end = time.thread_time() + MAX_CPU_S
        try:
            cursor = self._connection.execute(sql)
            if cursor.description is None:
                raise Refusal(Status.MALFORMED, "not_a_query", "The answer is not a query.")
            rows = self._fetch(cursor)
            columns = tuple(str(column[0]) for column in cursor.description)
            cursor.close()
        except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError, MemoryError) as error:
            raise self._refusal(error) from error
        return QueryResult(columns, rows, self._steps, frozenset(self._tables))

    def _fetch(self, cursor: sqlite3.Cursor) -> list[Row]:
        rows: list[Row] = []
        chars = 0
        for row in cursor:
            rows.append(row)
            chars += sum(len(value) if isinstance(value, (str, bytes)) else 8 for value in row)
            if len(rows) > self.max_rows or chars > MAX_RESULT_CHARS:
                raise Refusal(Status.LIMIT, "too_many_rows", "The query gives too many rows.")
        return rows

    def _refusal(self, error: Exception) -> Refusal:
        if self._stopped == "steps":
            return Refusal(Status.LIMIT, "too_many_steps", f"The query takes more than {self.max_steps} steps.")
        if self._stopped:
            return Refusal(Status.TIMEOUT, "cpu_time", f"The query takes more than {MAX_CPU_S:g} s of CPU time.")
        if self._denied:
            return Refusal(Status.FORBIDDEN, "not_allowed", f"The query does what is not allowed: {self._denied}.")
        text = " ".join(str(error).split())[:200]
        if "one statement" in text:
            return Refusal(Status.FORBIDDEN, "several_statements", "The answer holds more than one statement.")
        if "too big" in text or "too large" in text or "too long" in text or "too many" in text.lower():
            return Refusal(Status.LIMIT, "query_too_big", f"The query breaks a limit: {text}.")
        return Refusal(Status.WRONG, "query_failed", f"The query fails: {text}.")

    def _authorize(self, action: int, first: str | None, second: str | None, *_: object) -> int:
        if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ and not (first or "").lower().startswith(_HIDDEN):
            self._tables.add((first or "").lower())
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in FUNCTIONS:
            return sqlite3.SQLITE_OK
        what = (
            f"calling {second}()" if action == sqlite3.SQLITE_FUNCTION else _ACTIONS.get(action, "changing something")
        )
        self._denied = self._denied or what
        return sqlite3.SQLITE_DENY

    def _progress(self) -> int:
        self._steps += STEP_GRAIN
        if self._steps > self.max_steps:
            self._stopped = "steps"
        elif time.thread_time() > self._cpu_end:
            self._stopped = "cpu"
        return bool(self._stopped)

    def _date_function(self, name: str) -> Callable[..., SqliteValue]:
        def function(*arguments: SqliteValue) -> SqliteValue:
            given = arguments[1:] if name == "strftime" else arguments
            words = {part for a in given if isinstance(a, str) for part in a.lower().split()}
            if not given or words & _IMPURE_WORDS:
                raise ValueError("the clock and the time zone are not to be read")
            if self._dates is None:
                self._dates = sqlite3.connect(":memory:")
            marks = ",".join("?" * len(arguments))
            value: SqliteValue = self._dates.execute(f"select {name}({marks})", arguments).fetchone()[0]
            return value

        return function


_REFUSED_IN_SCRIPTS = frozenset(
    {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_PRAGMA, sqlite3.SQLITE_CREATE_VTABLE}
)


def _authorize_script(action: int, *_: str | None) -> int:
    """A script of ours may make tables, not reach outside."""
    return sqlite3.SQLITE_DENY if action in _REFUSED_IN_SCRIPTS else sqlite3.SQLITE_OK


_HIDDEN = ("sqlite_", "pragma_", "json_", "dbstat", "bytecode", "tables_used", "generate_series", "fts")

_ACTIONS = {
    sqlite3.SQLITE_READ: "reading the catalog",
    sqlite3.SQLITE_ATTACH: "attaching a database",
    sqlite3.SQLITE_PRAGMA: "a pragma",
    sqlite3.SQLITE_TRANSACTION: "a transaction",
    sqlite3.SQLITE_INSERT: "writing",
    sqlite3.SQLITE_UPDATE: "writing",
    sqlite3.SQLITE_DELETE: "writing",
}


@functools.lru_cache(maxsize=256)
def _matcher(pattern: str, escape: str | None, glob: bool) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.dot_nl = True
    options.max_mem = 1 << 20
    return re2.compile(_glob_source(pattern) if glob else _like_source(pattern, escape), options)


def _like_source(pattern: str, escape: str | None) -> str:
    """The RE2 source of a LIKE pattern: ASCII letters match in either case, as in SQLite."""
    parts: list[str] = []
    literal = False
    for char in pattern:
        if escape is not None and char == escape and not literal:
            literal = True
            continue
        if char == "%" and not literal:
            parts.append(".*" if not parts or parts[-1] != ".*" else "")
        elif char == "_" and not literal:
            parts.append(".")
        elif char.isascii() and char.isalpha():
            parts.append(f"[{char.lower()}{char.upper()}]")
        else:
            parts.append(re.escape(char) if char.isascii() and char != "\0" else f"\\x{{{ord(char):x}}}")
        literal = False
    return "".join(parts)


def _glob_source(pattern: str) -> str:
    """The RE2 source of a GLOB pattern: `*`, `?` and bracket sets."""
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        at += 1
        if char == "*":
            parts.append(".*")
        elif char == "?":
            parts.append(".")
        elif char == "[":
            start = at + (pattern[at : at + 1] == "^")
            end = pattern.find("]", start + 1)
            if end < 0:
                return r"[^\x00-\x{10FFFF}]"  # an open set matches nothing
            inside = re.sub(r"([\\\[\]^&~|])", r"\\\1", pattern[start:end])
            parts.append(f"[{'^' if start > at else ''}{inside}]")
            at = end + 1
        else:
            parts.append(re.escape(char) if char.isascii() and char != "\0" else f"\\x{{{ord(char):x}}}")
    return "".join(parts)


def _text(value: SqliteValue) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else repr(value)


def _like(pattern: SqliteValue, text: SqliteValue, escape: SqliteValue = None) -> int | None:
    """`text LIKE pattern ESCAPE escape`."""
    wanted, given = _text(pattern), _text(text)
    if wanted is None or given is None:
        return None
    if len(wanted) > _MODEL_LIKE_CHARS or (escape is not None and len(str(escape)) != 1):
        raise ValueError("the pattern is too long")
    return int(_matcher(wanted, None if escape is None else str(escape), False).fullmatch(given) is not None)


def _glob(pattern: SqliteValue, text: SqliteValue) -> int | None:
    """`text GLOB pattern`."""
    wanted, given = _text(pattern), _text(text)
    if wanted is None or given is None:
        return None
    if len(wanted) > _MODEL_LIKE_CHARS:
        raise ValueError("the pattern is too long")
    return int(_matcher(wanted, None, True).fullmatch(given) is not None)
