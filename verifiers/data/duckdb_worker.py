"""The child's side of `duckdb_sandbox`: check the syntax tree of a query, then run it on each database.

What holds a query in: no access to files, network or extensions (`enable_external_access`), settings locked, a
read-only transaction, one thread, bounded memory and no spilling to disk. And before it runs, DuckDB's own parser turns
it into a syntax tree (`json_serialize_sql`, which knows SELECT alone): every node, table and function of the tree must
be of a list. So data changed inside a common table expression, table functions that read files or settings, catalogs,
the clock and chance are refused by their structure, not by searching the text.
"""

from __future__ import annotations

import contextlib
import datetime
import decimal
import json
import math
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from typing import Any

import duckdb

from assay.verifiers.data.outcome import Refusal
from assay.verifiers.data.sqlite_sandbox import FUNCTIONS, MAX_RESULT_CHARS
from assay.verifiers.verdict import Status

MEMORY = "256MB"
"""What DuckDB may use for one database with its query."""

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
    "memory_limit": MEMORY,
    "threads": 1,
}

_MORE = """
    any_value arg_max arg_min array_agg array_length atan atan2 bit_and bit_or bit_xor bool_and bool_or cardinality
    cbrt chr concat concat_ws contains corr cos count_if count_star covar_pop covar_samp date_add date_diff date_part
    date_sub date_trunc datediff datepart datesub datetrunc day dayname dayofmonth dayofweek dayofyear element_at
    ends_with entropy epoch epoch_ms even factorial first gcd greatest group_concat hour ilike_escape isfinite isinf
    isnan isodow isoyear json_array_length kurtosis last last_day lcase lcm least left len levenshtein like_escape list
    list_aggregate list_contains list_distinct list_element list_extract list_filter list_position list_reverse
    list_sort list_sum list_transform list_unique list_value listagg lpad mad make_date make_time make_timestamp map
    map_keys map_values max_by md5 median millisecond min_by minute mode month monthname not_ilike_escape
    not_like_escape ord position prefix product quantile quantile_cont quantile_disc quarter radians range
    regexp_extract regexp_full_match regexp_matches regexp_replace regexp_split_to_array regr_slope repeat reverse
    right row rpad second sem sin skewness split split_part starts_with stddev stddev_pop stddev_samp str_split
    strip_accents strlen strpos strptime struct_extract struct_pack suffix tan to_days to_hours to_minutes to_months
    to_seconds to_weeks to_years translate try_strptime ucase unnest var_pop var_samp variance week weekday weekofyear
    xor year yearweek"""
ALLOWED = FUNCTIONS | frozenset(_MORE.split())
"""Functions a query may call, beside operators; none reads the clock, chance, files, settings or the catalog."""

TABLE_FUNCTIONS = frozenset({"range", "generate_series", "unnest"})

_CLOCK = """
    current_catalog current_database current_date current_role current_schema current_time current_timestamp
    current_user localtime localtimestamp session_user today user"""
CLOCK_WORDS = frozenset(_CLOCK.split())
"""Words that DuckDB reads as calls where no column has that name."""

_NODES = """
    SELECT_NODE SET_OPERATION_NODE RECURSIVE_CTE_NODE CTE_NODE BASE_TABLE JOIN SUBQUERY EMPTY EXPRESSION_LIST
    TABLE_FUNCTION ORDER_MODIFIER LIMIT_MODIFIER DISTINCT_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING"""
NODES = frozenset(_NODES.split())
"""What a tree may hold besides expressions."""

_CLASSES = """
    BETWEEN CASE CAST COLLATE COLUMN_REF COMPARISON CONJUNCTION CONSTANT DEFAULT FUNCTION LAMBDA LAMBDA_REF OPERATOR
    POSITIONAL_REFERENCE STAR SUBQUERY TYPE WINDOW"""
CLASSES = frozenset(_CLASSES.split())
"""Classes of expressions."""

SAID_ERRORS = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException, duckdb.SyntaxException)
"""Errors whose text comes from the query alone; that of others may quote the data."""


def run_request(request: Mapping[str, Any]) -> dict[str, Any]:
    """Run a query on each database of a request; the reply holds the results, a refusal, or a defect of the spec.

    The query is interrupted when `cpu_s` of processor time are spent on it, making the databases not counted. Where it
    does not listen, the caller's kill ends it.
    """
    results: list[dict[str, Any]] = []
    left_s: float = request["cpu_s"]
    try:
        for script in request["scripts"]:
            with duckdb.connect(":memory:", config=CONFIG) as connection:
                try:
                    connection.execute(script)
                    tables = _names(connection, "select table_name from duckdb_tables()")
                    columns = _names(connection, "select column_name from duckdb_columns() where not internal")
                    connection.execute("set lock_configuration = true")
                    connection.execute("begin transaction read only")
                except duckdb.Error as error:
                    return {"spec": f"a database script fails: {_first_line(error)}"}
                reads = check_tree(_tree(connection, request["sql"]), tables, CLOCK_WORDS - columns)
                start = time.process_time()
                with _interrupted(connection, start + left_s):
                    found = _rows(connection, request["sql"], request["max_rows"])
                left_s -= time.process_time() - start
                results.append({**found, "tables": sorted(reads)})
    except Refusal as refusal:
        return {"refusal": [refusal.status.value, refusal.reason, refusal.message]}
    return {"results": results}


@contextlib.contextmanager
def _interrupted(connection: duckdb.DuckDBPyConnection, cpu_end: float) -> Generator[None, None, None]:
    """Interrupt what runs on a connection once the process has used its time."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            if time.process_time() > cpu_end:
                connection.interrupt()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def check_tree(tree: Mapping[str, Any], tables: frozenset[str], clock_words: frozenset[str]) -> set[str]:
    """The tables that a query reads.

    Args:
        tree: What `json_serialize_sql` made of it.
        tables: Names of the database's tables, in lower case.
        clock_words: Words that may not stand for a column, as no table has one of that name.

    Raises:
        Refusal: It is not one SELECT, or holds what is not allowed.
    """
    if tree.get("error"):
        message = str(tree.get("error_message", ""))
        if "Only SELECT" in message:
            raise _forbidden("only SELECT is")
        raise Refusal(Status.WRONG, "query_failed", f"The query fails: {' '.join(message.split())[:200]}.")
    if len(tree["statements"]) != 1:
        reason, message = "several_statements", "The answer holds more than one statement."
        raise (
            Refusal(Status.FORBIDDEN, reason, message)
            if tree["statements"]
            else Refusal(Status.NO_ANSWER, "empty", "The answer holds no statement.")
        )
    nodes = list(_nodes(tree))
    expressions = {
        entry["key"].lower() for node in nodes if isinstance(node.get("map"), list) for entry in _entries(node["map"])
    }
    for name in sorted(expressions):
        if name.startswith(("duckdb_", "pragma_", "sqlite_", "information_schema", "pg_")):
            raise _forbidden(f"the name {name} is not")
    reads: set[str] = set()
    for node in nodes:
        _check_node(node, tables | expressions, clock_words)
        if node.get("type") == "BASE_TABLE":
            reads.add(str(node["table_name"]).lower())
    return reads & tables


def _check_node(node: Mapping[str, Any], known: frozenset[str], clock_words: frozenset[str]) -> None:
    kind, group = node.get("type"), node.get("class")
    if isinstance(group, str) and group not in CLASSES:
        raise _forbidden(f"{group.lower()} is not")
    if isinstance(kind, str) and group is None and kind not in NODES and not kind.endswith("_TYPE_INFO"):
        raise _forbidden(f"{kind.lower()} is not")
    if node.get("sample") is not None:
        raise _forbidden("a random sample is not")
    if kind == "BASE_TABLE":
        name, schema, catalog = (str(node.get(part, "")).lower() for part in _TABLE_NAME)
        if name not in known or schema not in ("", "main") or catalog not in ("", "memory"):
            raise Refusal(Status.WRONG, "query_failed", f"The query fails: there is no table {name[:60]}.")
    if kind == "TABLE_FUNCTION":
        called = node.get("function", {}).get("function_name", "").lower()
        if called not in TABLE_FUNCTIONS:
            raise _forbidden(f"reading from {called}() is not")
    elif group in ("FUNCTION", "WINDOW"):
        called = str(node.get("function_name", "")).lower()
        schema = str(node.get("schema", "") or node.get("catalog", ""))
        if schema or (any(map(str.isalpha, called)) and called not in ALLOWED | {"generate_series"}):
            raise _forbidden(f"calling {called}() is not")
    if group == "COLUMN_REF" and str(node.get("column_names", [""])[-1]).lower() in clock_words:
        raise _forbidden(f"reading {node['column_names'][-1]} is not")


_TABLE_NAME = ("table_name", "schema_name", "catalog_name")


def _nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    stack = [tree]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            yield item
            stack += item.values()
        elif isinstance(item, list):
            stack += item


def _entries(entries: list[Any]) -> list[Mapping[str, Any]]:
    return [entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("key"), str)]


def _tree(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    try:
        row = connection.execute("select json_serialize_sql(?)", [sql]).fetchone()
    except duckdb.Error as error:
        raise _refusal(error) from error
    assert row is not None
    tree: dict[str, Any] = json.loads(row[0])
    return tree


def _names(connection: duckdb.DuckDBPyConnection, sql: str) -> frozenset[str]:
    return frozenset(row[0].lower() for row in connection.execute(sql).fetchall())


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, max_rows: int) -> dict[str, Any]:
    try:
        cursor = connection.execute(sql)
        found = cursor.fetchmany(max_rows + 1)
    except (duckdb.Error, ValueError, OverflowError, MemoryError, UnicodeError) as error:
        raise _refusal(error) from error
    rows = [[_plain(value) for value in row] for row in found]
    chars = sum(len(json.dumps(value)) for row in rows for value in row)
    if len(rows) > max_rows or chars > MAX_RESULT_CHARS:
        raise Refusal(Status.LIMIT, "too_many_rows", "The query gives too many rows.")
    return {"columns": [str(column[0]) for column in cursor.description or ()], "rows": rows}


def _refusal(error: Exception) -> Refusal:
    text = _first_line(error)
    if isinstance(error, (duckdb.OutOfMemoryException, MemoryError)):
        return Refusal(Status.LIMIT, "memory", f"The query needs more than {MEMORY} of memory.")
    if isinstance(error, duckdb.InterruptException):
        return Refusal(Status.TIMEOUT, "cpu_time", "The query takes too long.")
    if isinstance(error, duckdb.PermissionException) or "read-only mode" in text:
        return _forbidden("that is not")
    said = text if isinstance(error, SAID_ERRORS) else f"{type(error).__name__} on some data"
    return Refusal(Status.WRONG, "query_failed", f"The query fails: {said}.")


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split("\n")[0].split())[:200]


def _forbidden(what: str) -> Refusal:
    return Refusal(Status.FORBIDDEN, "not_allowed", f"The query does what is not allowed: {what} allowed.")


def _plain(value: Any) -> Any:
    """A value for JSON: numbers, text and NULL as they are; others as [type, text]."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return ["boolean", str(value).lower()]
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return ["double", "nan"] if math.isnan(value) else value
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (bytes, bytearray)):
        return ["bytes", bytes(value).hex()]
    if isinstance(value, datetime.timedelta):
        return ["interval", str(value)]
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return [type(value).__name__, value.isoformat()]
    if isinstance(value, (list, tuple)):
        return ["list", json.dumps([_plain(entry) for entry in value])]
    if isinstance(value, dict):
        return ["struct", json.dumps([[_plain(key), _plain(entry)] for key, entry in value.items()])]
    return [type(value).__name__.lower(), str(value)]
