"""The words of a question are enough, and nothing but its rows gives the answer away."""

import importlib.util
import json
import re
from collections import Counter
from pathlib import Path
from types import ModuleType

import gymnasium
import pytest

from assay.envs.sql import FAMILIES, SqlEnv, SqlSource
from assay.verifiers.dispatch import verify


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("question_solver", Path(__file__).with_name("question_solver.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


solve = _load().solve
IDS = [
    f"{split}/d{difficulty}/{index}"
    for split in ("train", "test")
    for difficulty in range(1, 11)
    for index in range(10)
]


def test_two_hundred_questions_are_answered_from_their_words_alone() -> None:
    source = SqlSource([FAMILIES["text_to_sql"]])
    for place in IDS:
        task = source.find(f"text_to_sql/{place}")
        query = solve(task.prompt)
        assert query.lower() != task.spec["gold_sql"]
        verdict = verify("sql", task.spec, query)
        assert verdict.correct, (task.prompt, query, verdict)


def test_two_hundred_values_are_found_by_a_query() -> None:
    env = SqlEnv("sql_value")
    for place in IDS:
        prompt, _ = env.reset(options={"task": f"sql_value/{place}"})
        shown = env.step(f"```sql\n{solve(prompt)}\n```")[0]
        number = re.search(r"\| (\S+) \|\n1 row", shown)
        assert number is not None, shown
        assert env.step(number[1])[1] == 1.0, (prompt, shown)


def test_no_value_is_known_without_a_query() -> None:
    """Not from the question, and not from other tasks about the same column."""
    source = SqlSource([FAMILIES["sql_value"]])
    habits: dict[tuple[str, str], Counter[int]] = {}
    for place in [f"{split}/d{d}/{i}" for split in ("train", "test") for d in range(1, 11) for i in range(25)]:
        task = source.find(f"sql_value/{place}")
        value = task.spec["expected"]
        said = re.sub(r"create table.*|.* holds the id .*", "", task.prompt)
        assert value not in {int(number) for number in re.findall(r"\d+", said)}, task.prompt
        _, (query, _, _), _ = source.drawn(task.id)
        measure = query.outputs[0]
        habits.setdefault((query.domain.name, f"{measure}"), Counter())[value] += 1
    guessed = sum(counts.most_common(1)[0][1] for counts in habits.values() if counts.total() >= 10)
    assert guessed < 0.2 * sum(counts.total() for counts in habits.values() if counts.total() >= 10)


@pytest.mark.parametrize("name", FAMILIES)
def test_an_episode_tells_nothing_of_the_hidden_spec(name: str) -> None:
    env = gymnasium.make("assay/Sql-v0", source=name, schema="hidden", max_turns=4)
    inner = env.unwrapped
    assert isinstance(inner, SqlEnv)
    prompt, info = env.reset(seed=3)
    told = [prompt, json.dumps(info, default=str)]
    for action in (".tables", ".schema", "select sql from sqlite_master", "select * from nope", "select 1; select 2"):
        text, reward, terminated, truncated, info = (
            env.step(f"```sql\n{action}\n```") if len(told) < 8 else env.step("x")
        )
        assert reward == 0.0
        told += [text, json.dumps({k: v for k, v in info.items() if k != "verdict"}, default=str)]
        if terminated or truncated:
            break
    for text in told:
        assert "gold_sql" not in text
        assert "insert into" not in text
    assert "create table" not in prompt


def test_queries_leave_nothing_behind() -> None:
    env = SqlEnv("sql_value", max_turns=9)
    env.reset(seed=5)
    table = env.databases.ddl(env.task).split()[2]
    count = f"```sql\nselect count(*) from {table}\n```"

    def rows() -> str:
        return env.step(count)[0].split("\n")[2]

    before = rows()
    for action in (f"delete from {table}", "create temp table q as select 1", "begin", f"update {table} set id = 0"):
        assert "not allowed" in env.step(f"```sql\n{action}\n```")[0]
    assert rows() == before
    assert "no such table" in env.step("```sql\nselect * from q\n```")[0]


def test_the_budget_of_turns_cannot_be_stretched() -> None:
    env = SqlEnv("sql_value", max_turns=3)
    env.reset(seed=5)
    for action in ("```sql\nselect 1\n```", "```sql\n.tables\n```"):
        assert env.step(action)[2:4] == (False, False)
    _, reward, terminated, truncated, info = env.step("```sql\nselect 1\n```")
    assert reward == 0.0
    assert terminated or truncated
    assert info["verdict"] is not None


@pytest.mark.parametrize("block", ["```sql\n{}\n```", "```SQL\r\n{}\r\n```\r\n", "Look:\n  ```sql \n{}\n  ```\nyes"])
def test_a_query_is_known_by_its_block(block: str) -> None:
    env = SqlEnv("sql_value", max_turns=3)
    env.reset(seed=5)
    text, _, terminated, _, info = env.step(block.format("select 41 + 1 as n"))
    assert not terminated
    assert "| 42 |" in text
    assert info["verdict"] is None
