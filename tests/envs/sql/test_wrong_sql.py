"""How much wrong SQL gets past an item's databases: none of what they were chosen for, next to nothing beyond it."""

from assay.benchmarks.speed.data import main, measure_wrong_sql, mixed_items
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
