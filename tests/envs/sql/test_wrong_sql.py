"""How much wrong SQL gets past an item's databases: none of what they were chosen for, next to nothing beyond it."""

import importlib.util
import random

import pytest

from assay.benchmarks.speed.data import main, measure_wrong_sql, mixed_items
from assay.envs.sql import FAMILIES, SqlSource
from assay.envs.sql.mutants import mutants
from assay.verifiers.dispatch import verify


def test_wrong_queries_are_refused_where_a_plain_database_takes_many() -> None:
    figures = measure_wrong_sql(25)
    assert figures["first"]["wrong"] > 200
    assert figures["first"]["accepted"] == 0
    assert figures["first"]["accepted_bird_style"] > 0.2 * figures["first"]["wrong"]
    assert figures["second"]["wrong"] > 300
    assert figures["second"]["accepted"] <= 2


def test_the_benchmark_mixes_right_and_wrong() -> None:
    verdicts = [verify(*item) for item in mixed_items(200)]
    assert 90 <= sum(verdict.correct for verdict in verdicts) <= 110
    assert all(verdict.score is not None for verdict in verdicts)


def test_the_benchmark_runs(capsys: object) -> None:
    assert main(["--tasks", "2", "--verdicts", "60", "--generated", "3", "--repeats", "1"]) == 0


@pytest.mark.skipif(importlib.util.find_spec("duckdb") is None, reason="DuckDB is not installed")
def test_both_engines_judge_alike() -> None:
    source = SqlSource([FAMILIES["text_to_sql"]])
    rng = random.Random(1)
    for index in range(5):
        task = source.task("test", index)
        _, (query, _, _), _ = source.drawn(task.id)
        if query.order is not None:  # where NULL stands in an order is another matter in each engine
            continue
        spec = {**task.spec, "dialect": "duckdb"}
        assert verify("sql", spec, query.sql).correct
        for wrong in rng.sample(sorted(mutants(query)), 2):
            assert verify("sql", spec, wrong).score == verify("sql", task.spec, wrong).score == 0.0
