"""sql: rows by meaning, and a sandbox that nothing gets out of."""

from typing import Any

import pytest

from assay.verifiers.data.rows import RowRules, row_f1, same_rows
from assay.verifiers.dispatch import verify
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Verdict

DDL = "create table e(id integer primary key, n text, d int, s real);"
ONE = f"{DDL}insert into e values(1,'Ann',1,10),(2,'Bob',1,20),(3,'Ann',2,20),(4,'Cy',null,null);"
TWO = f"{DDL}insert into e values(1,'Ann',1,20),(2,'Bob',2,20.5),(3,'Dee',2,5),(4,'Cy',null,7),(5,'Bob',1,20.5);"


def check(answer: str, gold: str = "select n from e where s >= 20", **fields: Any) -> Verdict:
    return verify("sql", {"databases": [ONE, TWO], "gold_sql": gold, **fields}, answer)


@pytest.mark.parametrize(
    "answer",
    [
        "SELECT e.n AS who FROM e WHERE NOT (e.s < 20)",
        "select n from e where s >= 20;",
        "select n from e where s >= 20 -- done; really",
        "```sql\nselect n\nfrom e where s >= 20;\n```",
        "with t as (select * from e) select n from t where s >= 20",
        "select [n] from main.e where s >= 20 order by id desc",
        "select n from (select n, s, row_number() over (order by id) from e) where s >= 20",
        "with recursive k(i) as (select 1 union all select i + 1 from k where i < 9) "
        "select n from e join k on i = id where s >= 20",
        "select n from e where s >= 20 and n like '%'",
        "select n from e where s >= 20 and (n like 'aNN' or n glob '[B-D]*')",
        "select n from e where s >= 20 and date('2024-01-31', '+1 day') = '2024-02-01'",
        "select n from e where s >= 20 and strftime('%Y', '2024-05-05') = '2024'",
    ],
)
def test_equivalent_queries_are_right(answer: str) -> None:
    assert check(answer).correct, check(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "select distinct n from e where s >= 20",
        "select n from e where s > 20",
        "select n from e where not (s < 20) or s is null",
        "select n, s from e where s >= 20",
        "select n from e where s >= 20 limit 2",
        "select n from e where s >= 20 union all select n from e where s >= 20",
        "select upper(n) from e where s >= 20",
        'select "nope" from e where s >= 20',
        "select cast(n as blob) from e where s >= 20",
        "select 'Bob' union all select 'Ann'",
        "values ('Bob'), ('Ann')",
        "explain select n from e where s >= 20",
    ],
)
def test_other_rows_are_wrong(answer: str) -> None:
    verdict = check(answer)
    assert (verdict.score, verdict.status.value) == (0.0, "wrong")


def test_typed_values() -> None:
    assert check("select sum(s) * 1.0 / count(s) from e", "select avg(s) from e").correct
    assert check("select avg(s) + 1e-13 from e", "select avg(s) from e").correct
    assert not check("select avg(s) + 1e-4 from e", "select avg(s) from e").correct
    assert check("select avg(s) + 1e-4 from e", "select avg(s) from e", tolerance={"abs": 0.001}).correct
    assert check("select id * 1.0 from e", "select id from e").correct
    assert not check("select cast(id as text) from e", "select id from e").correct
    assert not check("select coalesce(d, 0) from e", "select d from e").correct
    assert not check("select d, n from e", "select n, d from e").correct
    assert not check("select id + 1 from e", "select id from e", tolerance={}).correct


def test_order_counts_where_the_question_asks() -> None:
    gold = "select n, d from e where d is not null order by d desc"
    assert check("select n, d from e where d is not null order by d desc, id desc", gold, order_keys=[1]).correct
    assert not check("select n, d from e where d is not null order by d", gold, order_keys=[1]).correct
    assert check("select n, d from e where d is not null", gold).correct
    strict = "select n from e order by id"
    assert check("select n from e order by id", strict, ordered=True).correct
    assert not check("select n from e order by id desc", strict, ordered=True).correct


def test_a_query_that_reads_no_table_is_wrong_even_when_lucky() -> None:
    spec = {"databases": [ONE], "gold_sql": "select count(*) from e"}
    assert verify("sql", spec, "select count(*) from e").correct
    lucky = verify("sql", spec, "select 4")
    assert (lucky.score, lucky.partial, lucky.reason) == (0.0, 0.0, "reads_no_table")


@pytest.mark.parametrize(
    "answer",
    [
        "attach database '/tmp/x' as z",
        "detach database main",
        "pragma user_version = 3",
        "pragma table_info(e)",
        "select * from pragma_table_info('e')",
        "select sql from sqlite_master",
        "select * from (select name from sqlite_schema)",
        "select name from main.sqlite_master union select n from e",
        "insert into e values (9, 'x', 1, 1)",
        "replace into e values (1, 'x', 1, 1)",
        "update e set n = 'x' returning n",
        "delete from e where s >= 20 returning n",
        "create table t (x)",
        "create temp view v as select 1",
        "drop table e",
        "alter table e rename to f",
        "vacuum into '/tmp/zz'",
        "begin",
        "reindex",
        "analyze",
        "select load_extension('x') from e",
        "select readfile('/etc/passwd') from e",
        "select writefile('/tmp/x', n) from e",
        "select random() from e",
        "select hex(randomblob(8)) from e",
        "select zeroblob(1000000000) from e",
        "select current_timestamp from e",
        "select sqlite_version() from e",
        "select last_insert_rowid() from e",
        "create virtual table f using fts5(x)",
        "select value from json_each('[1]')",
    ],
)
def test_forbidden_things_are_refused(answer: str) -> None:
    verdict = check(answer)
    assert verdict.score == 0.0
    assert verdict.reason in ("not_allowed", "query_failed", "not_a_query"), verdict
    if verdict.reason != "not_a_query" and "no such" not in verdict.message and "near" not in verdict.message:
        assert verdict.status.value == "forbidden"


@pytest.mark.parametrize(
    "answer",
    [
        "select date('now') from e",
        "select date('NO' || 'W') from e",
        "select datetime() from e",
        "select strftime('%Y') from e",
        "select datetime('2020-01-01', 'localtime') from e",
        "select time('2020-01-01', ' UTC ') from e",
    ],
)
def test_the_clock_is_not_read(answer: str) -> None:
    assert check(answer).reason == "query_failed"


@pytest.mark.parametrize(
    "answer",
    [
        "select n from e where s >= 20; drop table e",
        "select n from e where s >= 20; select 1",
        "select 1;;select 2",
    ],
)
def test_one_statement(answer: str) -> None:
    assert check(answer).reason == "several_statements"


@pytest.mark.parametrize(
    "answer", [";", "-- only a comment", "/* */", "selec n", "select n from f", "select ?1 from e", "\x00"]
)
def test_what_is_no_query(answer: str) -> None:
    assert check(answer).score == 0.0


ENDLESS = "with recursive c(x) as (select 1 union all select x + 1 from c) "


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (f"{ENDLESS}select count(*) from c", "too_many_steps"),
        (f"{ENDLESS}select x from c", "too_many_rows"),
        (f"{ENDLESS}select count(distinct printf('%.1900c', 'a') || x) from c", "too_many_steps"),
        (f"{ENDLESS}select printf('%.1900c', 'a') || x from c order by 1", "too_many_steps"),
        (f"{ENDLESS}select group_concat(x) from c", "too_many_steps"),
        (
            f"{ENDLESS}select count(*) from c where printf('%.1900c','a') || x like '%a%a%a%a%a%a%a%a%ab'",
            "too_many_steps",
        ),
        (f"{ENDLESS}select count(*) from c where printf('%.1900c','a') || x glob '*a*a*a*a*a*a*ab'", "too_many_steps"),
        ("select count(*) from e a, e b, e c, e d, e f, e g, e h, e i, e j, e k, e l, e m", "too_many_steps"),
        (" union all ".join(["select 1"] * 300), "query_too_big"),
        ("select " + ", ".join(["1"] * 3000), "query_too_big"),
        ("select " + "not " * 4000 + "1", "query_too_big"),
        ("select 1 from " + ", ".join(f"e a{i}" for i in range(70)), "query_failed"),
        ("select " + "(" * 5000 + "1" + ")" * 5000, "query_too_big"),
        ("select 1 from e where n = '" + "x" * 30_000 + "'", "too_long"),
    ],
)
def test_limits(answer: str, reason: str) -> None:
    verdict = check(answer)
    assert verdict.score == 0.0
    assert verdict.reason in (reason, "query_failed", "query_too_big"), verdict
    assert verdict.status.value in ("limit", "wrong")


def test_the_step_budget_falls_at_the_same_place_every_time() -> None:
    query = "with recursive k(i) as (select 1 union all select i + 1 from k where i < {}) select count(*) from k, e"
    steps = []
    for _ in range(3):
        verdicts = [
            check(query.format(count), "select count(*) from e", max_steps=100_000) for count in (900, 1400, 40_000)
        ]
        steps.append([(v.reason, v.detail.get("steps")) for v in verdicts])
    assert steps[0] == steps[1] == steps[2]
    assert [reason for reason, _ in steps[0]] == ["rows_differ", "rows_differ", "too_many_steps"]


def test_like_and_glob_are_sqlites() -> None:
    cases = [
        ("%nn", "Ann"),
        ("a_n", "Ann"),
        ("a.n", "Ann"),
        ("%", ""),
        ("_", "é"),
        ("É", "é"),
        ("a!%", "a%"),
        ("[ab]", "a"),
    ]
    for pattern, text in cases:
        for operator in ("like", "glob"):
            shown = pattern.replace("%", "*").replace("_", "?") if operator == "glob" else pattern
            script = f"create table t(x);insert into t values('{text}');"
            import sqlite3

            plain = sqlite3.connect(":memory:")
            (truth,) = plain.execute(f"select '{text}' {operator} '{shown}'").fetchone()
            plain.close()
            spec = {"databases": [script], "gold_sql": "select x from t"}
            assert verify("sql", spec, f"select x from t where (x {operator} '{shown}') = {truth}").correct, (
                pattern,
                text,
            )
    spec = {"databases": ["create table t(x);insert into t values('a%b');"], "gold_sql": "select x from t"}
    assert verify("sql", spec, "select x from t where x like 'a!%b' escape '!'").correct
    assert not verify("sql", spec, "select x from t where x like 'a!_b' escape '!'").correct


def test_partial_credit_is_the_mean_row_f1_and_nothing_for_null_answers() -> None:
    verdict = check("select n from e where s > 20")
    assert verdict.detail["credit"] == pytest.approx((0 + 2 * 2 / 5) / 2)
    assert verdict.partial == pytest.approx(0.2)
    assert check("select n from e where s > 20", null_credit="0.4").partial == 0.0
    assert check("select n from e").detail["credit"] == pytest.approx((2 * 2 / 6 + 2 * 3 / 8) / 2)


def test_rows() -> None:
    rules = RowRules()
    assert same_rows([(1, "a"), (1, "a")], [(1.0, "a"), (1, "a")], rules)
    assert not same_rows([(1, "a"), (1, "a")], [(1, "a")], rules)
    assert not same_rows([(None,)], [("",)], rules)
    assert not same_rows([("1",)], [(1,)], rules)
    assert not same_rows([(b"a",)], [("a",)], rules)
    assert same_rows([(0.1 + 0.2, "x"), (0.3, "y")], [(0.3, "x"), (0.1 + 0.2, "y")], rules)
    assert not same_rows([(2**60,)], [(2**60 + 1,)], rules)
    assert same_rows([], [], rules)
    assert row_f1([(1,), (2,)], [(2,), (3,)], rules) == 0.5


@pytest.mark.parametrize(
    "spec",
    [
        {"databases": [], "gold_sql": "select 1"},
        {"databases": "x", "gold_sql": "select 1"},
        {"databases": ["create tabel"], "gold_sql": "select 1"},
        {"databases": ["attach 'x' as y"], "gold_sql": "select 1"},
        {"databases": [ONE], "gold_sql": "select nope from e"},
        {"databases": [ONE], "gold_sql": "drop table e"},
        {"databases": [ONE], "gold_sql": 3},
        {"databases": [ONE], "gold_sql": "select n from e", "order_keys": [1]},
        {"databases": [ONE], "gold_sql": "select n from e", "dialect": "oracle"},
        {"databases": [ONE], "gold_sql": "select n from e", "max_steps": 0},
    ],
)
def test_a_bad_spec_never_grades(spec: dict[str, Any]) -> None:
    with pytest.raises(SpecError):
        verify("sql", spec, "select n from e")
