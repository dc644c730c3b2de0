"""What every family of structured data promises, and answers checked by other means than the verifiers'."""

import csv
import datetime
import io
import json
import os
import re
import subprocess
import sys
import tomllib
from decimal import Decimal
from typing import Any

import gymnasium
import pytest
from gymnasium.utils.env_checker import check_env

from assay.envs.audit import audit
from assay.envs.data import FAMILIES, DataEnv, DataSource
from assay.envs.data.family import template
from assay.envs.procedural import split_of
from assay.envs.task import Task
from assay.verifiers.dispatch import verify
from assay.verifiers.errors import AssayError, SpecError, UnknownNameError

NAMES = list(FAMILIES)


def tasks(name: str, split: str = "test", count: int = 60) -> list[tuple[Task, str]]:
    source = DataSource([FAMILIES[name]])
    return [(task, source.gold(task)) for task in (source.task(split, index) for index in range(count))]


def test_there_are_at_least_twelve_families_in_several_topics() -> None:
    assert len(FAMILIES) >= 12
    assert len({family.topic for family in FAMILIES.values()}) >= 6


@pytest.mark.parametrize("name", NAMES)
def test_golds_are_right_and_prompts_are_not(name: str) -> None:
    for split in ("train", "test"):
        for task, gold in tasks(name, split):
            verdict = verify(task.kind, task.spec, gold)
            assert verdict.correct, (task, gold, verdict)
            assert verify(task.kind, task.spec, f"So:\n```\n{gold}\n```\n").correct
            assert verify(task.kind, task.spec, task.prompt).score == 0.0


@pytest.mark.parametrize("name", NAMES)
def test_the_audit_is_clean(name: str) -> None:
    for split in ("train", "test"):
        report = audit(DataSource([FAMILIES[name]]), split, 12, seed=7)
        assert report.clean, (report.false_accepts[:1], report.false_rejects[:1], report.errors[:1])


@pytest.mark.parametrize("name", NAMES)
def test_splits_share_no_content(name: str) -> None:
    family = FAMILIES[name]
    source = DataSource([family])
    for split in ("train", "test"):
        for index in range(60):
            _, params, _ = source.drawn(source.task(split, index).id)
            assert split_of(family, family.key(params)) == split


@pytest.mark.parametrize("name", NAMES)
def test_tasks_are_found_again_by_their_ids(name: str) -> None:
    source = DataSource([FAMILIES[name]], (2, 9))
    for index in (0, 5, 10**9):
        task = source.task("test", index)
        assert source.find(task.id) == task
        assert DataSource(list(FAMILIES.values())).find(task.id) == task
    with pytest.raises(UnknownNameError, match="unknown task id"):
        source.find("nonsense/train/d1/0")


@pytest.mark.parametrize("name", [name for name in NAMES if name != "key_values"])
def test_test_prompts_are_worded_by_templates_that_train_never_sees(name: str) -> None:
    def skeleton(prompt: str) -> str:
        return re.sub(r"[^a-z]+", " ", prompt.split("\n")[0].lower())[:25]

    counts = {split: {skeleton(task.prompt) for task, _ in tasks(name, split, 200)} for split in ("train", "test")}
    assert counts["train"] - counts["test"]


def test_held_out_templates() -> None:
    choices = tuple("abcdefgh")
    assert {template(choices, n, "train") for n in range(50)} == set("abcdef")
    assert {template(choices, n, "test") for n in range(50)} == set("gh")
    assert {template("ab", n, "test") for n in range(9)} == {"b"}


@pytest.mark.parametrize("name", NAMES)
def test_difficulty_makes_tasks_longer(name: str) -> None:
    def size(difficulty: int) -> int:
        source = DataSource([FAMILIES[name]], difficulty)
        return sum(len(source.task("train", index).prompt) for index in range(40))

    if name not in ("dates", "amounts", "quantities", "jmespath", "regex"):
        assert size(10) > 1.2 * size(1)


@pytest.mark.parametrize("name", NAMES)
def test_tasks_vary(name: str) -> None:
    source = DataSource([FAMILIES[name]], 3)
    prompts = {source.task("train", index).prompt for index in range(100)}
    assert len(prompts) >= 95


def test_the_same_bytes_under_any_hash_seed() -> None:
    code = (
        "from assay.envs.data import FAMILIES, DataSource\n"
        "from assay.envs.sql import FAMILIES as SQL, SqlSource\n"
        "print(DataSource(list(FAMILIES.values())).content_hash(), SqlSource(list(SQL.values())).content_hash())\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1


# Answers by other means.


def test_key_values_by_a_split() -> None:
    for task, gold in tasks("key_values"):
        pairs = (pair.split("=") for pair in task.prompt.split("\n")[0].rstrip(">").split(";"))
        assert json.loads(gold) == {key: int(value) for key, value in pairs}


def test_conversions_by_the_standard_library() -> None:
    for name in ("convert_table", "convert_tree", "csv_join"):
        for task, gold in tasks(name):
            expected, target = task.spec["expected"], task.spec["to"]
            if target == "csv":
                rows = list(csv.DictReader(io.StringIO(gold, newline="")))
                assert rows == expected
            elif target == "json":
                assert json.loads(gold) == expected
            elif target == "toml":
                assert tomllib.loads(gold) == expected


def test_dates_by_counting() -> None:
    for task, gold in tasks("dates", count=200):
        day = datetime.date.fromisoformat(gold)
        if match := re.search(r"(?<!and )\b(\d+) days (after|before) (\d+ \w+ \d{4})", task.prompt):
            start = datetime.datetime.strptime(match[3], "%d %B %Y").date()
            assert abs((day - start).days) == int(match[1])
            assert (day > start) == (match[2] == "after")
        elif match := re.search(r"first (\w+) after today", task.prompt):
            assert day.strftime("%A") == match[1]
        elif match := re.search(r"day (\d+) of the year (\d+)", task.prompt):
            assert day.strftime("%j").lstrip("0") == match[1]
            assert day.year == int(match[2])
        elif "last day of the month" in task.prompt:
            assert (day + datetime.timedelta(1)).day == 1


FACTORS = {
    **{"mm": "0.001", "cm": "0.01", "m": "1", "km": "1000", "mg": "0.001", "g": "1", "kg": "1000", "t": "1000000"},
    **{"s": "1", "min": "60", "h": "3600", "d": "86400", "ml": "0.001", "cl": "0.01", "l": "1", "m3": "1000"},
}


def test_quantities_by_factors() -> None:
    for task, gold in tasks("quantities", count=200):
        number, unit = gold.split(" ")
        said = task.prompt.replace("1.5 " + unit, "")
        terms = re.findall(r"([\d,]+) (mm|cm|m3|mg|ml|cl|min|km|kg|m|g|t|s|h|d|l)\b", said)
        total = sum(Decimal(n.replace(",", "")) * Decimal(FACTORS[u]) for n, u in terms)
        assert total == Decimal(number) * Decimal(FACTORS[unit]), (task.prompt, gold)


def test_regex_golds_by_another_engine() -> None:
    for task, gold in tasks("regex"):
        pattern = re.compile(gold, re.ASCII)
        assert all(pattern.fullmatch(text) for text in (*task.spec["pos"], *task.spec["hidden_pos"]))
        assert not any(pattern.fullmatch(text) for text in (*task.spec["neg"], *task.spec["hidden_neg"]))
        assert len(task.spec["hidden_neg"]) >= 3


def test_repairs_are_needed() -> None:
    for task, _ in tasks("json_repair", count=150):
        broken = task.prompt[task.prompt.index("{") : task.prompt.rindex("\n")] if "{" in task.prompt else ""
        with pytest.raises(ValueError, match=r"."):
            json.loads(broken)


def test_table_answers_are_not_guesses() -> None:
    for task, gold in tasks("table_question", count=200):
        assert json.loads(gold) == task.spec["expected"]
        assert gold not in ("0", "1", "2", "[]", '""', "null")


def test_constraint_tasks_are_not_solved_by_habit() -> None:
    for name in ("latin_square", "sudoku", "graph_coloring", "schedule", "configuration"):
        for task, _ in tasks(name, count=100):
            assert float(task.spec["null_credit"]) < 1.0


def test_jmespath_tasks_cannot_be_answered_by_a_literal() -> None:
    for task, _ in tasks("jmespath"):
        assert len(task.spec["docs"]) >= 5
        assert float(task.spec["null_credit"]) < 1.0


# The environment.


def test_gymnasium_finds_no_fault() -> None:
    check_env(gymnasium.make("assay/Data-v0").unwrapped, skip_render_check=True)


def test_the_environment_by_name() -> None:
    env = gymnasium.make("assay/Data-v0", source="dates", difficulty=[2, 3], reward="partial")
    prompt, info = env.reset(seed=3)
    assert info["meta"]["family"] == "dates"
    assert prompt.endswith("Give only the answer, or put it in one fenced block.")
    inner = env.unwrapped
    assert isinstance(inner, DataEnv)
    assert env.step(inner.source.gold(inner.task))[1:4] == (1.0, True, False)
    assert set(DataEnv.sources()) >= {*FAMILIES, "all", "conversion", "constraints"}
    bare = DataEnv("key_values", difficulty=1, instruction="")
    assert re.fullmatch(r"[a-z]=\d+>", bare.reset(seed=1)[0])


def test_partial_reward_pays_near_answers_less_than_right_ones() -> None:
    env = DataEnv("extract_records", difficulty=6, reward="partial", max_turns=3)
    env.reset(seed=5)
    records: list[dict[str, Any]] = json.loads(env.source.gold(env.task))
    near = env.step(json.dumps(records[:-1]))[1]
    assert 0.3 < near < 0.5
    assert env.step(json.dumps(records))[1] == pytest.approx(1.0 - near)


def test_bad_arguments_name_the_thing() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'dates'"):
        DataEnv("datse")
    with pytest.raises(UnknownNameError, match="difficulty"):
        DataEnv.make_source("dates", level=3)
    with pytest.raises(AssayError, match="difficulty must be"):
        DataEnv("dates", difficulty=11)
    with pytest.raises(AssayError, match="already made"):
        DataEnv(DataSource([FAMILIES["dates"]]), difficulty=3)


def test_specs_hold_no_floats_and_are_checked() -> None:
    for name in NAMES:
        task, gold = tasks(name, count=1)[0]
        assert "." not in re.sub(r'"(?:[^"\\]|\\.)*"', "", json.dumps(task.spec))
        with pytest.raises(SpecError):
            verify(task.kind, {**task.spec, "no such field": 1}, gold)
