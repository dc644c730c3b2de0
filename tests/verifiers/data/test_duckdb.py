"""The DuckDB dialect: the same verdicts as SQLite's, and every way out of the sandbox closed."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from assay.verifiers.data import duckdb_sandbox
from assay.verifiers.dispatch import verify
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status, Verdict

DATABASES = [
    "create table e(id integer primary key,n text,d int,s int);"
    "insert into e values(1,'Ann',1,10),(2,'Bob',1,20),(3,'Ann',2,20),(4,'Cy',NULL,NULL);",
    "create table e(id integer primary key,n text,d int,s int);"
    "insert into e values(1,'Ann',1,20),(2,'Bob',2,20),(3,'Dee',2,5),(4,'Cy',NULL,7);",
]
GOLD = "select n from e where s>=20"

needs_duckdb = pytest.mark.skipif(importlib.util.find_spec("duckdb") is None, reason="DuckDB is not installed")


def check(answer: str, gold: str = GOLD, **fields: Any) -> Verdict:
    return verify("sql", {"databases": DATABASES, "gold_sql": gold, "dialect": "duckdb", **fields}, answer)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duckdb_sandbox, "CPU_S", 0.3)


def test_without_duckdb_there_is_an_error_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(name: str) -> None:
        """As if nothing were installed."""

    monkeypatch.setattr(importlib.util, "find_spec", nowhere)
    verdict = check("select n from e where s >= 20 or false", gold="select n from e where s>=20 or false")
    assert (verdict.status, verdict.score, verdict.reason) == (Status.ERROR, None, "duckdb_missing")
    assert "pip install 'assay[duckdb]'" in verdict.message


@needs_duckdb
@pytest.mark.parametrize(
    "answer",
    [
        GOLD,
        "SELECT e.n AS who FROM e AS e WHERE NOT (e.s < 20)",
        "from e select n where s >= 20",
        "/* a */ select n from e where s>=20;; -- b",
        "with x as (select * from e where s >= 20) select n from x",
        "select n from main.e where s >= 20 order by n desc",
        "select n from e where s between 20 and 1e9",
        "So:\n```sql\nselect n from e where s>=20\n```",
    ],
)
def test_right_answers(answer: str) -> None:
    assert check(answer).correct


@needs_duckdb
@pytest.mark.parametrize(
    ("answer", "gold"),
    [
        ("select distinct n from e where d > 0", "select n from e where d > 0"),
        ("select n from e where not (s<20) or s is null", GOLD),
        ("select d,count(d) from e group by d", "select d,count(*) from e group by d"),
        ("select d, n from e", "select n, d from e"),
        ("select cast(s as text) from e", "select s from e"),
        ("select s // 3 from e", "select s / 3 from e"),
        ("select s > 5 from e", "select cast(s > 5 as int) from e"),
        ("select '2024-01-01' from e", "select date '2024-01-01' from e"),
        ("select timestamp '2024-01-01' from e", "select date '2024-01-01' from e"),
        ("select 'Bob' union all select 'Ann'", GOLD),
        ("select n from e limit 0", GOLD),
        ("select nope from e", GOLD),
        ("select n from", GOLD),
    ],
)
def test_wrong_answers(answer: str, gold: str) -> None:
    verdict = check(answer, gold)
    assert verdict.score == 0.0
    assert verdict.status in (Status.WRONG, Status.MALFORMED)


@needs_duckdb
def test_values_of_all_types_are_compared() -> None:
    gold = (
        "select d, 1.50::decimal(9,2), 2.0::decimal(9,2), date '2024-02-29', [s, 1], {'a': n}, s > 5, 'x'::blob, "
        "170141183460469231731687303715884105727::hugeint, interval 3 day, 'nan'::double from e"
    )
    assert check(gold, gold).correct
    assert check(gold.replace("1.50::decimal(9,2)", "1.5::double").replace("2.0::decimal(9,2)", "2"), gold).correct
    for old, new in (("02-29", "02-28"), ("[s, 1]", "[s, 2]"), ("'a'", "'b'"), ("'x'", "'y'"), ("'nan'", "'inf'")):
        assert not check(gold.replace(old, new), gold).correct, new


@needs_duckdb
def test_order_counts_where_it_is_asked_for() -> None:
    gold = "select n, s from e where s is not null order by s desc"
    assert check("select n, s from e where s is not null order by s desc, n desc", gold, order_keys=[1]).correct
    assert not check("select n, s from e where s is not null order by s", gold, order_keys=[1]).correct


@needs_duckdb
@pytest.mark.parametrize(
    "answer",
    [
        "select n from e where s>=20; drop table e",
        "select n from e where s>=20; select n from e where s>=20",
        "attach '{path}' as z",
        "copy e to '{path}'",
        "copy (select 1) to '{path}'",
        "export database '{path}'",
        "install httpfs",
        "load httpfs",
        "pragma version",
        "call pragma_version()",
        "set threads = 4",
        "checkpoint",
        "begin",
        "prepare p as select 1",
        "create temp table q as select 1",
        "insert into e values (9, 'x', 1, 30)",
        "update e set s = 20",
        "delete from e returning n",
        "with a as (insert into e values (9, 'x', 1, 30) returning n) select n from a",
        "with a as (delete from e returning n) select n from a",
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/hostname')",
        "select * from read_blob('{path}')",
        "select * from parquet_scan('{path}')",
        "select * from glob('/*')",
        "select * from duckdb_settings()",
        "select * from pragma_table_info('e')",
        "select * from query('select 1')",
        "select * from query_table('e')",
        "with duckdb_tables as (select 1) select * from duckdb_tables",
        "select getenv('HOME') from e",
        "select current_setting('threads') from e",
        "select random() from e",
        "select n from e order by uuid()",
        "select n from e tablesample 50%",
        "select n from e using sample 2",
        "select now() from e",
        "select current_date from e",
        "select today() from e",
        "select nextval('q') from e",
        "select n from e where s >= $1",
        "show tables",
        "describe e",
        "summarize e",
        "explain select n from e",
        "pivot e on d using count(*)",
    ],
)
def test_what_is_not_one_plain_select_is_forbidden(answer: str, tmp_path: Path) -> None:
    verdict = check(answer.format(path=tmp_path / "x"))
    assert (verdict.status, verdict.score) == (Status.FORBIDDEN, 0.0), verdict
    assert not list(tmp_path.iterdir())


@needs_duckdb
@pytest.mark.parametrize(
    "table", ["'/etc/passwd'", "'{path}.csv'", "sqlite_master", "information_schema.tables", "duckdb_tables", "other.e"]
)
def test_only_the_tables_of_the_item_are_there(table: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("n\nAnn\n")
    verdict = check(f"select * from {table}".format(path=tmp_path / "x"))
    assert verdict.reason == "query_failed"
    assert "Ann" not in verdict.message


@needs_duckdb
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c", "cpu_time"),
        ("select sum(a.range * b.range) from range(10000000) a, range(10000000) b", "cpu_time"),
        ("select n from e, range(100000000000)", "too_many_rows"),
        ("select list(range) from range(100000000)", "memory"),
        ("with c0 as (select * from e)"
         + "".join(f", c{i} as (select * from c{i - 1} union all select * from c{i - 1})" for i in range(1, 30))
         + " select count(*) from c29", "query_too_big"),
        ("select " + "case when true then " * 700 + "1" + " end" * 700 + " from e", "engine_died"),
        ("select n from e where '" + "x" * 30_000 + "' = n", "too_long"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("short")
def test_limits(answer: str, reason: str) -> None:
    verdict = check(answer)
    assert verdict.status in (Status.LIMIT, Status.TIMEOUT)
    assert verdict.reason == reason
    assert check(GOLD).correct


@needs_duckdb
def test_messages_tell_nothing_of_the_hidden_rows() -> None:
    verdict = check("select n::date from e")
    assert verdict.reason == "query_failed"
    assert "Ann" not in verdict.message


@needs_duckdb
def test_bad_specs() -> None:
    with pytest.raises(SpecError, match="gold_sql fails"):
        check(GOLD, gold="select nope from e")
    with pytest.raises(SpecError, match="script fails"):
        check(GOLD, databases=["create table e(n;"])
    with pytest.raises(SpecError, match="script fails"):
        check(GOLD, databases=["create table e as select * from read_csv('/etc/passwd')"])
    with pytest.raises(SpecError, match="max_steps"):
        check(GOLD, max_steps=5)


@needs_duckdb
def test_a_column_may_be_called_like_a_clock() -> None:
    database = "create table t(today date, \"user\" text); insert into t values (date '2020-01-01', 'x')"
    spec = {"databases": [database], "gold_sql": "select t.today, t.user from t", "dialect": "duckdb"}
    assert verify("sql", spec, 'select today, "user" from t').correct
    assert verify("sql", spec, "select current_date, 'x' from t").status is Status.FORBIDDEN
