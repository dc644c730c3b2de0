"""Measuring a policy: greedy answers to held-out tasks, with an interval."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

from assay.agents.core.collect import Collector, Rollout
from assay.agents.core.policy import Policy
from assay.agents.intervals import wilson


@dataclasses.dataclass(frozen=True, slots=True)
class Accuracy:
    """A share of tasks solved.

    Attributes:
        correct: Tasks whose last verdict was correct.
        total: Tasks that were graded.
        masked: Tasks left out of both because our grading failed.
    """

    correct: int
    total: int
    masked: int = 0

    @property
    def rate(self) -> float:
        """Share of the graded tasks that were solved; NaN of none."""
        return self.correct / self.total if self.total else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """95 % Wilson interval of the rate; of no tasks nothing is known: (0, 1)."""
        return wilson(self.correct, self.total) if self.total else (0.0, 1.0)

    def __str__(self) -> str:
        """As "93.5 % [90.7, 95.5]"."""
        low, high = self.interval
        return f"{100 * self.rate:.1f} % [{100 * low:.1f}, {100 * high:.1f}]"

    def to_list(self) -> list[int]:
        """The counts, as the arguments of `Accuracy`."""
        return [self.correct, self.total, self.masked]

    def to_dict(self) -> dict[str, Any]:
        """For a line of metrics."""
        low, high = self.interval
        return {
            "eval_accuracy": self.rate,
            "eval_low": low,
            "eval_high": high,
            "eval_correct": self.correct,
            "eval_tasks": self.total,
            "eval_masked": self.masked,
        }


def evaluate(policy: Policy, test: Collector, tasks: int, max_new_tokens: int) -> tuple[Accuracy, list[Rollout]]:
    """Answer the first tasks of a split greedily, once each.

    Args:
        policy: Who answers.
        test: On the held-out split.
        tasks: How many; all of a split that has fewer.
        max_new_tokens: Length limit of one answer.
    """
    size = test.size()
    indices = range(tasks if size is None else min(tasks, size))
    rollouts = test.collect(policy, indices, 1, temperature=0.0, max_new_tokens=max_new_tokens)
    graded = [r for r in rollouts if not r.masked]
    correct = sum(r.episode.verdict is not None and r.episode.verdict.correct for r in graded)
    return Accuracy(correct, len(graded), len(rollouts) - len(graded)), rollouts
