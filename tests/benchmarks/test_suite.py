"""Suites: the file format, which tasks are drawn, and the hash over them."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assay.benchmarks.suite import Suite, SuiteEntry, draw, load_suite, suite_from_dict, suite_names
from assay.envs.task import Task
from assay.verifiers.errors import AssayError, UnknownNameError

ENV_ID = "test/Sums-v0"


def one(**changes: Any) -> Suite:
    entry = SuiteEntry("add", ENV_ID, {"source": "sums"}, "test", 20, 0, 1)
    return Suite("s", "1", (dataclasses.replace(entry, **changes),))


def test_the_suites_that_come_with_assay_can_be_read_and_name_themselves() -> None:
    assert {"math-core", "smoke"} <= set(suite_names())
    for name in suite_names():
        suite = load_suite(name)
        assert suite.name == name
        assert suite_from_dict(json.loads(json.dumps(suite.to_dict()))) == suite
        assert all(entry.split != "train" for entry in suite.entries)


def test_math_core_has_every_family() -> None:
    from assay.envs.math.families import FAMILIES

    assert {entry.kwargs["source"] for entry in load_suite("math-core").entries} == set(FAMILIES)


def test_an_unknown_suite_draws_the_nearest_names() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'math-core'"):
        load_suite("math-cor")


def test_tasks_are_the_same_each_time_without_repeats_and_follow_the_seed() -> None:
    drawn = draw(one())
    assert draw(one()).content_hash == drawn.content_hash
    assert [item.task.id for item in draw(one()).items] == [item.task.id for item in drawn.items]
    assert len({item.task.prompt for item in drawn.items}) == 20
    assert all(item.task.meta["split"] == "test" for item in drawn.items)
    other = draw(one(seed=1))
    assert not {item.task.id for item in drawn.items} & {item.task.id for item in other.items}
    assert draw(one(name="plus")).items[0].task.id != drawn.items[0].task.id


def test_another_entry_does_not_move_the_tasks_of_this_one() -> None:
    entry = one().entries[0]
    wider = Suite("s", "2", (SuiteEntry("times", ENV_ID, {"source": "products"}, "test", 3), entry))
    assert [i.task.id for i in draw(wider).items[3:]] == [i.task.id for i in draw(one()).items]


def test_a_longer_draw_begins_with_the_shorter_one() -> None:
    ids = [item.task.id for item in draw(one(tasks=30)).items]
    assert ids[:20] == [item.task.id for item in draw(one()).items]


def test_repeated_prompts_are_passed_over_and_an_exhausted_source_is_named() -> None:
    drawn = draw(one(kwargs={"limit": 3, "times": 4}, tasks=9)).items
    assert len(drawn) == len({item.task.prompt for item in drawn}) == 9
    with pytest.raises(AssayError, match="sums has too few distinct tasks for 10"):
        draw(one(kwargs={"limit": 3}, tasks=10))


def test_finite_sources() -> None:
    finite = {"source": "sums", "tasks": 12}
    every = [item.task.id for item in draw(one(kwargs=finite, tasks=None)).items]
    assert sorted(every) == sorted(f"sums/test/{index}" for index in range(12))
    assert every != sorted(every, key=lambda i: int(i.rpartition("/")[2]))
    assert [item.task.id for item in draw(one(kwargs=finite, tasks=5)).items] == every[:5]
    with pytest.raises(AssayError, match="asks for 13 tasks, but sums/test has 12"):
        draw(one(kwargs=finite, tasks=13))
    with pytest.raises(AssayError, match="never ends"):
        draw(one(tasks=None))


def test_the_hash_covers_tasks_and_how_they_are_played_but_not_where_files_lie() -> None:
    base = draw(one()).content_hash
    for changes in ({"seed": 1}, {"samples": 2}, {"tasks": 21}, {"kwargs": {"max_turns": 2}}, {"split": "train"}):
        assert draw(one(**changes)).content_hash != base, changes
    same = {"source": "sums", "record": None}
    assert draw(one(kwargs=same)).content_hash == base


def test_the_hash_covers_the_answer_key(monkeypatch: pytest.MonkeyPatch) -> None:
    base = draw(one()).content_hash
    inner: Any = one().entries[0].make().unwrapped
    source = type(inner.source)
    make = source.task

    def other_key(self: Any, split: str, index: int) -> Task:
        task: Task = make(self, split, index)
        return dataclasses.replace(task, spec={"answer": 0, "tolerance": 0.5})

    monkeypatch.setattr(source, "task", other_key)
    assert draw(one()).content_hash != base


def test_a_frozen_suite_refuses_other_tasks() -> None:
    drawn = draw(one())
    frozen = dataclasses.replace(one(), content_hash=drawn.content_hash)
    assert draw(frozen).content_hash == drawn.content_hash
    with pytest.raises(AssayError, match="a generator or data set changed"):
        draw(dataclasses.replace(frozen, entries=one(seed=3).entries))


def test_the_hash_is_the_same_under_another_hash_seed() -> None:
    code = "from assay.benchmarks.suite import draw, load_suite; print(draw(load_suite('smoke')).content_hash)"
    code = f"import assay; {code}"
    hashes = {
        subprocess.run(
            [sys.executable, "-P", "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([], "a suite must be a JSON dict"),
        ({"name": "x", "version": "1"}, "a suite has no 'entries'"),
        ({"name": "x", "version": 1, "entries": [{"name": "a", "env": "e"}]}, "version must be a JSON str, got 1"),
        ({"name": "x", "version": "1", "entries": []}, "entries must not be empty"),
        ({"name": "x", "version": "1", "entries": [{}], "author": 1}, "unknown key of a suite 'author'"),
        ({"name": "x", "version": "1", "entries": [{"name": "a"}]}, r"entries\[0\] has no 'env'"),
        (
            {"name": "x", "version": "1", "entries": [{"name": "a", "env": "e", "task": 3}]},
            r"unknown key of entries\[0\] 'task'; did you mean 'tasks'",
        ),
        (
            {"name": "x", "version": "1", "entries": [{"name": "a", "env": "e", "tasks": 0}]},
            r"entries\[0\].tasks must be at least 1",
        ),
        (
            {"name": "x", "version": "1", "entries": [{"name": "a", "env": "e", "seed": True}]},
            r"entries\[0\].seed must be a JSON int",
        ),
        (
            {"name": "x", "version": "1", "entries": [{"name": "a", "env": "e", "kwargs": {"split": "test"}}]},
            "must not hold the split",
        ),
        ({"name": "x", "version": "1", "entries": [{"name": "a", "env": "e"}] * 2}, "two entries are called 'a'"),
    ],
)
def test_a_bad_suite_file_is_one_line_that_names_the_field(row: Any, message: str, tmp_path: Path) -> None:
    path = tmp_path / "suite.json"
    path.write_text(json.dumps(row))
    with pytest.raises(AssayError, match=message) as caught:
        load_suite(path)
    assert "\n" not in str(caught.value)


def test_missing_and_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(AssayError, match="cannot read the suite"):
        load_suite(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(AssayError, match="is not JSON"):
        load_suite(tmp_path / "bad.json")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"env": "assay/Mth-v0"}, "did you mean 'assay/Math-v0'"),
        ({"env": "CartPole-v1"}, "cannot be made|not a text environment"),
        ({"kwargs": {"sauce": 1}}, "cannot be made with"),
        ({"split": "tset"}, "did you mean 'test'"),
        ({"kwargs": {"source": object()}}, "must be JSON values"),
    ],
)
def test_an_entry_that_cannot_be_made_is_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(AssayError, match=message):
        draw(one(**changes))
