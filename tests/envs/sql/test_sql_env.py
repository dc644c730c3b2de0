"""SQL tasks: every mutant is killed, questions say what the queries do, the protocol holds."""

import pickle
import random
import sqlite3
from pathlib import Path
from typing import Any

import gymnasium
import pytest
from gymnasium.utils.env_checker import check_env

from assay.envs.audit import audit
from assay.envs.episode import read_episodes
from assay.envs.procedural import split_of
from assay.envs.sql import FAMILIES, SqlEnv, SqlSource
from assay.envs.sql.databases import killing_databases
from assay.envs.sql.domains import DOMAINS
from assay.envs.sql.env import read_query
from assay.envs.sql.mutants import mutants
from assay.envs.sql.shapes import SHAPES, draw_query
from assay.envs.sql.wording import question
from assay.envs.text_env import replay
from assay.verifiers.dispatch import verify
from assay.verifiers.errors import AssayError, UnknownNameError

TEXT_TO_SQL = FAMILIES["text_to_sql"]


@pytest.mark.parametrize("name", FAMILIES)
def test_golds_are_right_and_prompts_are_not(name: str) -> None:
    source = SqlSource([FAMILIES[name]])
    for split in ("train", "test"):
        for index in range(40):
            task = source.task(split, index)
            assert verify(task.kind, task.spec, source.gold(task)).correct
            assert verify(task.kind, task.spec, task.prompt).score == 0.0
            assert source.find(task.id) == task


def test_every_mutant_is_refused_by_the_verifier() -> None:
    source = SqlSource([TEXT_TO_SQL])
    for index in range(30):
        task = source.task("test", index)
        _, (query, _, _), _ = source.drawn(task.id)
        wrong = mutants(query)
        assert len(wrong) >= 3
        for sql in wrong:
            assert verify("sql", task.spec, sql).score == 0.0, (query.sql, sql)


def test_no_list_of_constants_is_right() -> None:
    source = SqlSource([TEXT_TO_SQL])
    for index in range(30):
        task = source.task("train", index)
        table = task.spec["gold_sql"].split(" from ")[1].split()[0]
        for script in task.spec["databases"]:
            connection = sqlite3.connect(":memory:")
            connection.executescript(script)
            rows = connection.execute(task.spec["gold_sql"]).fetchall()
            connection.close()
            shown = ", ".join("(" + ", ".join(map(_literal, row)) + ")" for row in rows)
            if shown:
                guess = f"select * from (values {shown}) where (select count(*) from {table}) >= 0"
                assert verify("sql", task.spec, guess).score == 0.0


def _literal(value: Any) -> str:
    return "null" if value is None else repr(value)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_shape_can_be_asked(shape: Any) -> None:
    rng = random.Random(5)
    found = [killing_databases(shape(rng, rng.choice(DOMAINS), 5), seed) for seed in range(8)]
    assert sum(databases is not None for databases in found) >= 6
    for databases in found:
        assert databases is None or 3 <= len(databases) <= 12


def test_questions_tell_the_constants_and_columns() -> None:
    rng = random.Random(9)
    for _ in range(200):
        query = draw_query(rng, 10)
        said = question(query, rng.randrange(99), "train")
        for condition in query.where:
            constant = condition.inner.value if condition.inner else condition.value
            if condition.kind in ("compare", "exists") and constant is not None:
                assert str(constant) in said
        assert ("upwards" in said or "downwards" in said) == (query.order is not None)


def test_different_queries_are_asked_differently() -> None:
    """A question that fits two queries would make a right answer wrong."""
    rng = random.Random(3)
    seen: dict[str, str] = {}
    for _ in range(3000):
        query = draw_query(rng, rng.randrange(1, 11))
        said = question(query, 0, "train")
        assert seen.setdefault(said, query.sql) == query.sql, said
        for mutant in mutants(query).values():
            if mutant.join != "outer" and not any(c.or_null for c in mutant.where) and mutant.order == query.order:
                pass
    assert len(seen) > 500


def test_splits_share_no_query() -> None:
    source = SqlSource(list(FAMILIES.values()))
    for split in ("train", "test"):
        for index in range(60):
            family, params, _ = source.drawn(source.task(split, index).id)
            assert split_of(family, family.key(params)) == split


@pytest.mark.parametrize("name", FAMILIES)
def test_the_audit_is_clean(name: str) -> None:
    for split in ("train", "test"):
        report = audit(SqlSource([FAMILIES[name]]), split, 12, seed=3)
        assert report.clean, (report.false_accepts[:1], report.false_rejects[:1], report.errors[:1])


def test_gymnasium_finds_no_fault() -> None:
    check_env(gymnasium.make("assay/Sql-v0").unwrapped, skip_render_check=True)


def run(sql: str) -> str:
    return f"Let me look.\n```sql\n{sql}\n```"


def test_queries_then_an_answer() -> None:
    env = SqlEnv("sql_value", difficulty=2, max_turns=5, observation="turn")
    prompt, info = env.reset(seed=1)
    assert "create table" in prompt
    assert info["turn"] == 0
    table = env.databases.ddl(env.task).split()[2]
    text, reward, terminated, truncated, info = env.step(run(f"select count(*) as n, null from {table}"))
    assert (reward, terminated, truncated) == (0.0, False, False)
    assert (info["verdict"], info["mask"], info["turn"]) == (None, False, 1)
    assert text.startswith("| n | null |\n| --- | --- |\n| ")
    assert "| NULL |\n1 row. 4 turns are left." in text
    assert "no such table: nope" in env.step(run("select * from nope"))[0]
    assert "not allowed: writing" in env.step(run(f"delete from {table}"))[0]
    text, reward, terminated, truncated, info = env.step(env.source.gold(env.task))
    assert (reward, terminated, truncated) == (1.0, True, False)
    assert info["verdict"].correct
    assert [turn.verdict is None for turn in env.episode().turns] == [True, True, True, False]


def test_the_last_action_is_the_answer_whatever_it_is() -> None:
    env = SqlEnv("sql_value", max_turns=2)
    env.reset(seed=2)
    env.step(run("select 1"))
    _, reward, terminated, truncated, info = env.step(run("select 1"))
    assert (reward, terminated, truncated) == (0.0, False, True)
    assert info["verdict"].score == 0.0
    single = SqlEnv("text_to_sql", max_turns=1)
    single.reset(seed=2)
    answer = single.task.spec["gold_sql"]
    assert single.step(run(answer))[1] == 1.0


def test_a_wrong_answer_leaves_further_turns() -> None:
    env = SqlEnv("text_to_sql", max_turns=4)
    env.reset(seed=4)
    text, reward, *_ = env.step("```answer\nselect 1\n```")
    assert reward == 0.0
    assert "3 answers are left" in text
    assert env.step(env.source.gold(env.task))[1] == 1.0


def test_a_hidden_schema_can_be_discovered() -> None:
    env = SqlEnv("sql_value", schema="hidden", observation="turn", difficulty=1)
    prompt, _ = env.reset(seed=6)
    assert "create table" not in prompt
    tables = env.step(run(".tables"))[0]
    names = tables.removeprefix("Tables: ").split(".")[0].split(", ")
    assert len(names) == 2
    assert f"create table {names[0]}" in env.step(run(f".schema {names[0]}"))[0]
    assert "no table of that name" in env.step(run(".schema nope"))[0]
    assert env.step(run(".schema;"))[0].count("create table") == 2
    assert SqlEnv(schema="hidden").source.content_hash() != SqlEnv().source.content_hash()


def test_rows_are_shown_within_a_budget() -> None:
    env = SqlEnv("sql_value", observation="turn", shown_rows=3)
    env.reset(seed=7)
    child = env.databases.ddl(env.task).split("\n")[1].split()[2]
    text = env.step(run(f"select id, printf('%.200c', 'x') || '|' from {child}"))[0]
    assert text.count("\n") == 5
    assert "3 of 150 rows shown" in text
    assert "x..." in text
    assert len(text) < 500


@pytest.mark.parametrize(
    ("action", "query"),
    [
        (run("select 1"), "select 1"),
        ("```sql\nselect 1;\n```\nWhat now?", "select 1;"),
        ("```answer\nselect 1\n```", None),
        ("```\nselect 1\n```", None),
        ("select 1", None),
        ("```sql\nselect 1\n```\n```sql\nselect 2\n```", None),
        ("```sql\nselect 1", None),
        ("```sql select 1 ```", None),
        ("```sql\n" + "x" * 30_000 + "\n```", None),
    ],
)
def test_what_counts_as_a_query(action: str, query: str | None) -> None:
    assert read_query(action) == query


@pytest.mark.parametrize(
    "sql",
    [
        "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c",
        "attach 'x' as y",
        "select * from sqlite_master",
        "select 1; drop table customer",
        "\x00",
        "\ud800",
        "",
        "vacuum into 'x.db'",
        ".schema " + "x" * 100,
        ".quit",
    ],
)
def test_hostile_queries_are_answered_not_raised(sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    env = SqlEnv()
    env.reset(seed=8)
    _, reward, terminated, truncated, info = env.step(run(sql))
    assert (reward, terminated, truncated, info["mask"]) == (0.0, False, False, False)
    assert list(tmp_path.iterdir()) == []


def test_episodes_replay_and_pickle(tmp_path: Path) -> None:
    env = SqlEnv(max_turns=4, record=tmp_path / "e.jsonl")
    for seed in range(3):
        env.reset(seed=seed)
        env.step(run("select 1 as one"))
        twin = pickle.loads(pickle.dumps(env))
        assert twin.step("-7")[:4] == env.step("-7")[:4]
        env.step(env.source.gold(env.task))
    episodes = list(read_episodes(tmp_path / "e.jsonl"))
    assert len(episodes) == 3
    for episode in episodes:
        assert replay(SqlEnv(max_turns=4), episode).fingerprint() == episode.fingerprint()


def test_bad_arguments_name_the_thing() -> None:
    with pytest.raises(UnknownNameError, match="text_to_sql"):
        SqlEnv("text_to_sq")
    with pytest.raises(AssayError, match="schema must be one of"):
        SqlEnv(schema="secret")
    with pytest.raises(AssayError, match="shown_rows"):
        SqlEnv(shown_rows=0)
    with pytest.raises(UnknownNameError, match="option of the source"):
        SqlEnv.make_source("all", rows=3)
