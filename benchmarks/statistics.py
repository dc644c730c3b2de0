"""The statistics of evaluation: pass@k, intervals, standard errors, paired tests, ranks.

Pure functions on plain numbers; nothing here knows of runs or agents. Two rules run through all of it: the *item* (the
task) is the unit, so several samples of one item are averaged before anything else, and every number that is shown
comes with its uncertainty. Which function the board uses where, and why, is told in docs/benchmarks.md.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from assay.agents.intervals import Interval

MAX_GRID = 4_000_000
"""Cells an exact sign-flip test may spread its sums over."""


def pass_at_k(n: int, correct: int, k: int) -> float:
    """Chance that at least one of k samples is right, without bias (Chen et al. 2021, arXiv 2107.03374, equation 1).

    `1 - C(n - correct, k) / C(n, k)`. The plug-in `1 - (1 - correct/n)**k` is biased and not used anywhere.

    Args:
        n: Samples drawn of the item.
        correct: How many of them were right.
        k: Samples allowed.

    Raises:
        ValueError: There are fewer samples than k, for which no unbiased estimate exists, or the counts are impossible.
    """
    _check_counts(n, correct, k)
    return float(1 - Fraction(math.comb(n - correct, k), math.comb(n, k)))


def pass_hat_k(n: int, correct: int, k: int) -> float:
    """Chance that all of k samples are right: `C(correct, k) / C(n, k)` (Yao et al. 2024, arXiv 2406.12045).

    Raises:
        ValueError: As for `pass_at_k`.
    """
    _check_counts(n, correct, k)
    return float(Fraction(math.comb(correct, k), math.comb(n, k)))


def mean(values: Sequence[float | Fraction]) -> float:
    """The mean.

    Raises:
        ValueError: There are no values.
    """
    if not values:
        raise ValueError("no values to average")
    exact = sum((Fraction(value) for value in values), Fraction(0)) / len(values)
    return float(exact)


def item_means(samples: Iterable[Sequence[float]]) -> list[Fraction]:
    """The mean of each item's samples, exactly. `[N items][K samples] -> [N]`."""
    return [sum((Fraction(value) for value in row), Fraction(0)) / len(row) for row in samples]


def standard_error(values: Sequence[float | Fraction]) -> float:
    """Standard error of the mean of independent items: `sd(ddof=1) / sqrt(n)`; NaN for fewer than two."""
    if len(values) < 2:
        return math.nan
    center = Fraction(mean(values))
    squares = math.fsum(float((Fraction(value) - center) ** 2) for value in values)
    return math.sqrt(squares / (len(values) - 1) / len(values))


def clustered_standard_error(
    values: Sequence[float], clusters: Sequence[Hashable], *, small_sample: bool = False
) -> float:
    """Standard error of the mean where items come in clusters that rise and fall together (Miller 2024, 2411.00640).

    `sqrt(sum over clusters of (sum of deviations)^2) / n`. To be used when the claim reaches beyond the families that
    were tested; with a t distribution of C - 1 degrees of freedom.

    Args:
        values: One value an item.
        clusters: The cluster of each item, in the same order.
        small_sample: Multiply the variance by C/(C-1).
    """
    if len(values) != len(clusters):
        raise ValueError(f"{len(values)} values but {len(clusters)} cluster names")
    center = mean(values)
    sums: dict[Hashable, float] = {}
    for value, cluster in zip(values, clusters, strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + value - center
    variance = math.fsum(total**2 for total in sums.values()) / len(values) ** 2
    if small_sample:
        variance = variance * len(sums) / (len(sums) - 1) if len(sums) > 1 else math.nan
    return math.sqrt(variance)


def stratified_standard_error(strata: Mapping[str, Sequence[float]]) -> float:
    """Standard error of the mean over families of the family means: `sqrt(sum s_f^2 / n_f) / F`.

    To be used when the claim is about these very families.
    """
    return math.sqrt(math.fsum(standard_error(values) ** 2 for values in strata.values())) / len(strata)


def t_interval(values: Sequence[float | Fraction]) -> Interval:
    """Student's 95 % interval for the mean of independent items, cut to [0, 1].

    Raises:
        ValueError: There are fewer than two values.
    """
    if len(values) < 2:
        raise ValueError("a t interval needs at least two values")
    center = mean(values)
    half = t_quantile(0.975, len(values) - 1) * standard_error(values)
    return Interval(max(0.0, center - half), min(1.0, center + half))


def t_quantile(probability: float, degrees: int) -> float:
    """Quantile of Student's t distribution for a `probability` in (0.5, 1), by bisection."""
    import mpmath  # type: ignore[import-untyped]

    if not 0.5 < probability < 1 or degrees < 1:
        raise ValueError(f"need 0.5 < probability < 1 and degrees >= 1, got {probability} and {degrees}")
    low, high = 0.0, 1.0
    tail = 2 * (1 - probability)

    def two_sided(t: float) -> float:
        x = degrees / (degrees + t * t)
        return float(mpmath.betainc(degrees / 2, 0.5, 0, x, regularized=True))

    while two_sided(high) > tail:
        low, high = high, 2 * high
    while high - low > 1e-10 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if two_sided(middle) > tail else (low, middle)
    return (low + high) / 2


class Paired(NamedTuple):
    """How two agents differ on the same items."""

    difference: float
    """Mean of first minus second."""
    standard_error: float
    """Of that mean, over items."""
    p: float
    """Two-sided, from the exact sign-flip test."""


def paired(first: Sequence[float | Fraction], second: Sequence[float | Fraction]) -> Paired:
    """Compare two agents item by item: far sharper than comparing two intervals, since hard items are hard for both.

    Args:
        first: Item means of one agent.
        second: Item means of the other, of the same items in the same order.

    Raises:
        ValueError: The lengths differ.
    """
    if len(first) != len(second):
        raise ValueError(f"paired comparison needs the same items: {len(first)} against {len(second)}")
    differences = [Fraction(a) - Fraction(b) for a, b in zip(first, second, strict=True)]
    return Paired(mean(differences), standard_error(differences), sign_flip_p(differences))


def mcnemar_exact(first_only: int, second_only: int) -> float:
    """Two-sided exact McNemar test: how likely so uneven a split of the discordant items is between equals.

    Args:
        first_only: Items that only the first agent solved.
        second_only: Items that only the second agent solved.
    """
    n = first_only + second_only
    tail = sum(math.comb(n, i) for i in range(min(first_only, second_only) + 1))
    return min(1.0, float(Fraction(2 * tail, 2**n)))


def sign_flip_p(differences: Sequence[float | Fraction]) -> float:
    """Two-sided exact sign-flip (permutation) test that the differences are symmetric about zero.

    The distribution of the sum over all 2^n signs is built by convolution on the grid of the common denominator, so it
    is exact for any n. With differences of -1, 0 and 1 it is McNemar's exact test.

    Raises:
        ValueError: The values have no small common denominator.
    """
    fractions = [Fraction(value) for value in differences if value]
    if not fractions:
        return 1.0
    scale = math.lcm(*(value.denominator for value in fractions))
    steps = sorted(abs(int(value * scale)) for value in fractions)
    reach = sum(steps)
    if reach > MAX_GRID:
        raise ValueError(f"differences need a grid of {reach} steps, more than {MAX_GRID}: round them first")
    # chance[j]: that the sum of the steps so far, each with a random sign, is j - (sum of them).
    chance = np.ones(1)
    for step in steps:
        wider = np.zeros(len(chance) + 2 * step)
        wider[: len(chance)] += 0.5 * chance
        wider[2 * step :] += 0.5 * chance
        chance = wider
    seen = abs(sum(int(value * scale) for value in fractions))
    return min(1.0, float(2 * chance[reach + seen :].sum())) if seen else 1.0


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjust p values for many comparisons (Holm 1979), in the order given."""
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for place, index in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - place) * p_values[index]))
        adjusted[index] = highest
    return adjusted


def rank_intervals(scores: Sequence[Sequence[float | Fraction]], alpha: float = 0.05) -> list[tuple[int, int]]:
    """Best and worst rank of each agent that the data cannot rule out.

    All pairs are compared (`paired`), the p values adjusted (`holm`). A rank interval is from 1 + the number of agents
    significantly better to N - the number significantly worse.

    Args:
        scores: For each agent its item means, of the same items in the same order. `[N agents][M items]`.
        alpha: Level of the tests.
    """
    count = len(scores)
    pairs = [(i, j) for i in range(count) for j in range(i + 1, count)]
    results = [paired(scores[i], scores[j]) for i, j in pairs]
    better, worse = [0] * count, [0] * count
    for (i, j), result, p in zip(pairs, results, holm([result.p for result in results]), strict=True):
        if p <= alpha:
            winner, loser = (i, j) if result.difference > 0 else (j, i)
            better[loser] += 1
            worse[winner] += 1
    return [(1 + better[i], count - worse[i]) for i in range(count)]


def _check_counts(n: int, correct: int, k: int) -> None:
    if not 0 <= correct <= n:
        raise ValueError(f"need 0 <= correct <= n, got {correct} of {n}")
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    if n < k:
        raise ValueError(f"pass@{k} needs at least {k} samples of each item, got {n}")
