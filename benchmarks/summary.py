"""What a run comes to: pass@1 with its interval, pass@k, families, tokens and time.

One place turns episodes into numbers, for `assay eval` and the board alike, so that the two can never disagree.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assay.agents.intervals import Interval, wilson
from assay.benchmarks.folder import Run, key_of
from assay.benchmarks.statistics import mean, pass_at_k, standard_error, t_interval
from assay.envs.episode import Episode

ItemKey = tuple[str, int]
"""What an item is: its entry and its number in it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share with its uncertainty.

    Attributes:
        value: The mean over items of the mean over samples.
        low: Lower end of the 95 % interval.
        high: Upper end.
        method: How the interval was made: "wilson", or "t" on item means.
        items: How many items it rests on.
    """

    value: float
    low: float
    high: float
    method: str
    items: int

    def __str__(self) -> str:
        """In percent, e.g. "61.5 % (52.0-70.2)"."""
        return f"{100 * self.value:.1f} % ({100 * self.low:.1f}-{100 * self.high:.1f})"


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one agent on one suite.

    Attributes:
        agent: Its name.
        suite: Name and version of the suite.
        content_hash: Hash of the suite's tasks.
        done: Episodes graded.
        expected: Episodes of a complete run.
        pass_1: Share of answers that are right; None before the first episode.
        pass_k: Unbiased pass@k for those k that every item has samples for.
        families: pass@1 of each family.
        items: Right answers and samples of each item.
        statuses: How many episodes ended with each status.
        prompt_tokens: Tokens read, None if any episode does not say.
        completion_tokens: Tokens written, None if any episode does not say.
        agent_s: The agent's time over all episodes.
    """

    agent: str
    suite: str
    content_hash: str
    done: int
    expected: int
    pass_1: Estimate | None
    pass_k: Mapping[int, float]
    families: Mapping[str, Estimate]
    items: Mapping[ItemKey, tuple[int, int]]
    statuses: Mapping[str, int]
    prompt_tokens: int | None
    completion_tokens: int | None
    agent_s: float

    @property
    def complete(self) -> bool:
        """Whether every episode was graded."""
        return self.done == self.expected

    @property
    def item_scores(self) -> list[Fraction]:
        """The mean of each item's samples, in the order of the items' keys: what paired tests compare."""
        return [Fraction(*self.items[key]) for key in sorted(self.items)]

    def to_dict(self) -> dict[str, Any]:
        """The figures as JSON values."""
        return {
            "agent": self.agent,
            "suite": self.suite,
            "content_hash": self.content_hash,
            "complete": self.complete,
            "done": self.done,
            "expected": self.expected,
            "pass@1": None if self.pass_1 is None else _estimate(self.pass_1),
            "pass@k": {str(k): value for k, value in self.pass_k.items()},
            "families": {name: _estimate(estimate) for name, estimate in self.families.items()},
            "statuses": dict(self.statuses),
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "agent_s": self.agent_s,
        }


def summarise(run: Run) -> Summary:
    """The figures of a run as it was recorded."""
    return pool([run])


def pool(runs: Sequence[Run]) -> Summary:
    """The figures of several runs of the same agent on the same tasks: each adds samples to the items.

    Raises:
        ValueError: There are no runs, or they are of other tasks.
    """
    if len({run.content_hash for run in runs}) != 1:
        raise ValueError("only runs of the same tasks can be pooled")
    first = runs[0]
    episodes = [episode for run in runs for episode in run.episodes]
    items = _count(episodes)
    family_of = {key_of(episode)[:2]: str(episode.meta.get("family", "")) for episode in episodes}
    families = sorted(set(family_of.values()))
    return Summary(
        agent=first.agent,
        suite=f"{first.suite.name} {first.suite.version}",
        content_hash=first.content_hash,
        done=len(episodes),
        expected=sum(run.expected for run in runs),
        pass_1=estimate(list(items.values())) if items else None,
        pass_k=_pass_k(list(items.values())),
        families={name: estimate([items[key] for key in items if family_of[key] == name]) for name in families},
        items=items,
        statuses=Counter(e.verdict.status.value for e in episodes if e.verdict is not None),
        prompt_tokens=_tokens(turn.prompt_tokens for e in episodes for turn in e.turns),
        completion_tokens=_tokens(turn.completion_tokens for e in episodes for turn in e.turns),
        agent_s=math.fsum(turn.elapsed_s for e in episodes for turn in e.turns),
    )


def estimate(items: Sequence[tuple[int, int]]) -> Estimate:
    """pass@1 over items, each given as (right answers, samples).

    The interval is Wilson's where each item has one sample. With several it is Student's on the item means, except
    where these are all equal and say nothing of their spread: then it is Wilson's with the items as sample size.
    """
    scores = [Fraction(correct, samples) for correct, samples in items]
    value = mean(scores)
    if all(samples == 1 for _, samples in items):
        interval, method = wilson(sum(correct for correct, _ in items), len(items)), "wilson"
    elif len(items) > 1 and standard_error(scores) > 0:
        interval, method = t_interval(scores), "t"
    else:
        interval, method = wilson(round(value * len(items)), len(items)), "wilson"
        interval = Interval(min(value, interval.low), max(value, interval.high))
    return Estimate(value, interval.low, interval.high, method, len(items))


def _count(episodes: Iterable[Episode]) -> dict[ItemKey, tuple[int, int]]:
    counts: dict[ItemKey, tuple[int, int]] = {}
    for episode in episodes:
        entry, item, _ = key_of(episode)
        correct, samples = counts.get((entry, item), (0, 0))
        right = episode.verdict is not None and episode.verdict.correct
        counts[entry, item] = (correct + right, samples + 1)
    return counts


def _pass_k(items: Sequence[tuple[int, int]]) -> dict[int, float]:
    """pass@1, 2, 4, ... up to the fewest samples any item has: the mean over items of each item's own."""
    fewest = min((samples for _, samples in items), default=0)
    wanted = [2**power for power in range(fewest.bit_length()) if 2**power <= fewest]
    if fewest and fewest not in wanted:
        wanted.append(fewest)
    return {k: mean([pass_at_k(samples, correct, k) for correct, samples in items]) for k in wanted}


def _tokens(counts: Iterable[int | None]) -> int | None:
    total = 0
    for count in counts:
        if count is None:
            return None
        total += count
    return total


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {name: getattr(estimate, name) for name in ("value", "low", "high", "method", "items")}
