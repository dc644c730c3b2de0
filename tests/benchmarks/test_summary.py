"""From episodes to figures."""

from fractions import Fraction

import pytest

from assay.agents.agent import Usage
from assay.agents.intervals import wilson
from assay.benchmarks.runner import evaluate, run_suite
from assay.benchmarks.suite import Suite
from assay.benchmarks.summary import estimate, pool, summarise


class Half:
    """Right on every other call for an observation, and it counts tokens where `counts` says so."""

    name = "half"

    def __init__(self, counts: bool = True) -> None:
        self.seen: dict[str, int] = {}
        self.counts = counts
        self.usage: list[Usage | None] = []

    def act(self, observations: list[str]) -> list[str]:
        self.usage = [Usage(10, 3) if self.counts or len(o) % 2 else None for o in observations]
        return [self.answer(observation) for observation in observations]

    def answer(self, observation: str) -> str:
        count = self.seen[observation] = self.seen.get(observation, -1) + 1
        a, _, b, *_ = observation.split()
        return str(int(a) + int(b)) if count % 2 == 0 else "no"


def test_figures_of_a_run() -> None:
    summary = summarise(evaluate("test/Sums-v0", Half(), n=10, samples=3))
    assert summary.pass_1 is not None
    assert summary.pass_1.value == pytest.approx(2 / 3)
    assert set(summary.pass_k) == {1, 2, 3}
    assert summary.pass_k[2] == 1.0  # of two samples out of {right, right, wrong} one is right
    assert summary.items[("test/Sums-v0", 0)] == (2, 3)
    assert summary.item_scores == [Fraction(2, 3)] * 10
    assert summary.statuses == {"correct": 20, "wrong": 10}
    assert (summary.prompt_tokens, summary.completion_tokens) == (300, 90)
    assert summary.agent_s > 0
    assert summary.families["sums"].value == summary.pass_1.value
    assert summary.to_dict()["pass@1"]["items"] == 10


def test_tokens_that_are_not_known_of_all_are_not_added_up() -> None:
    summary = summarise(evaluate("test/Sums-v0", Half(counts=False), n=10))
    assert (summary.prompt_tokens, summary.completion_tokens) == (None, None)


def test_intervals_fit_the_samples() -> None:
    one = estimate([(1, 1)] * 8 + [(0, 1)] * 2)
    assert (one.method, (one.low, one.high)) == ("wilson", wilson(8, 10))
    several = estimate([(4, 4), (2, 4), (0, 4)])
    assert several.method == "t"
    assert several.low < 0.5 < several.high
    # Equal item means have no spread, but do not leave the truth without doubt.
    equal = estimate([(4, 4)] * 10)
    assert (equal.method, (equal.low, equal.high)) == ("wilson", wilson(10, 10))
    assert str(one) == "80.0 % (49.0-94.3)"


def test_runs_of_the_same_tasks_are_pooled_by_item(suite: Suite) -> None:
    runs = [run_suite(suite, agent) for agent in ("gold", "null")]
    summary = pool(runs)
    assert set(summary.items.values()) == {(3, 6), (2, 4)}
    assert summary.pass_1 is not None
    assert summary.pass_1.value == 0.5
    with pytest.raises(ValueError, match="same tasks"):
        pool([runs[0], evaluate("test/Sums-v0", "gold", n=2)])
