"""Every formula against published or hand-computed values, and the properties it must have for any input."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.agents.intervals import wilson
from assay.benchmarks import statistics as s

EIGHT = [1, 1, 1, 0, 0, 0, 1, 0]


@pytest.mark.parametrize(
    ("n", "correct", "k", "expected"),
    [
        (10, 3, 1, 0.3),
        (10, 3, 5, 0.9166666667),
        (10, 0, 5, 0),
        (5, 1, 5, 1),
        (5, 4, 2, 1),
        (4, 2, 2, 0.8333333333),
        (100, 1, 10, 0.1),
        (200, 20, 100, 0.9999996678),
    ],
)
def test_pass_at_k(n: int, correct: int, k: int, expected: float) -> None:
    assert s.pass_at_k(n, correct, k) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize(
    ("n", "correct", "k", "expected"),
    [(10, 3, 1, 0.3), (10, 8, 4, 1 / 3), (5, 4, 2, 0.6), (4, 2, 2, 1 / 6), (4, 3, 4, 0)],
)
def test_pass_hat_k(n: int, correct: int, k: int, expected: float) -> None:
    assert s.pass_hat_k(n, correct, k) == pytest.approx(expected)


@pytest.mark.parametrize(("n", "correct", "k"), [(4, 2, 5), (4, 5, 1), (4, -1, 1), (4, 2, 0)])
def test_pass_at_k_refuses_what_has_no_unbiased_estimate(n: int, correct: int, k: int) -> None:
    with pytest.raises(ValueError, match="got"):
        s.pass_at_k(n, correct, k)
    with pytest.raises(ValueError, match="got"):
        s.pass_hat_k(n, correct, k)


@given(st.integers(1, 8), st.data())
def test_pass_at_k_is_the_share_of_subsets_with_a_right_sample(n: int, data: st.DataObject) -> None:
    correct, k = data.draw(st.integers(0, n)), data.draw(st.integers(1, n))
    samples = [1] * correct + [0] * (n - correct)
    subsets = list(itertools.combinations(samples, k))
    assert s.pass_at_k(n, correct, k) == pytest.approx(sum(map(max, subsets)) / len(subsets))
    assert s.pass_hat_k(n, correct, k) == pytest.approx(sum(map(min, subsets)) / len(subsets))


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (0, 10, 0, 0.2775327999),
        (10, 10, 0.7224672001, 1),
        (8, 10, 0.4901624715, 0.9433178485),
        (50, 100, 0.4038315304, 0.5961684696),
        (1, 50, 0.0035392593, 0.1049544359),
        (123, 164, 0.678520, 0.810036),
    ],
)
def test_wilson(successes: int, n: int, low: float, high: float) -> None:
    assert wilson(successes, n) == pytest.approx((low, high), abs=1e-6)


@given(st.integers(1, 10**6), st.data())
def test_wilson_holds_the_rate_and_mirrors(n: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, n))
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n <= high <= 1
    assert wilson(n - successes, n) == pytest.approx((1 - high, 1 - low))


def test_wilson_refuses_nothing_and_too_many() -> None:
    for successes, n in ((0, 0), (-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="got"):
            wilson(successes, n)


def test_standard_error_of_items() -> None:
    assert s.standard_error(EIGHT) == pytest.approx(0.1889822365)
    assert math.isnan(s.standard_error([1]))


def test_samples_are_averaged_within_the_item_first() -> None:
    rows = [[1, 1, 0, 1], [0, 0, 0, 1], [1, 1, 1, 1], [0, 1, 0, 0], [0, 0, 0, 0]]
    means = s.item_means(rows)
    assert s.mean(means) == 0.45
    assert s.standard_error(means) == pytest.approx(0.1837117307)
    # Taking all 20 samples for independent would claim more than is known.
    assert s.standard_error([value for row in rows for value in row]) < 0.12


def test_clusters_and_strata() -> None:
    clusters = list("aaabbbcc")
    assert s.clustered_standard_error(EIGHT, clusters) == pytest.approx(0.2651650429)
    assert s.clustered_standard_error(EIGHT, clusters, small_sample=True) == pytest.approx(0.3247595264)
    strata = {name: [v for v, c in zip(EIGHT, clusters, strict=True) if c == name] for name in "abc"}
    assert s.stratified_standard_error(strata) == pytest.approx(0.1666666667)
    assert math.isnan(s.clustered_standard_error([1, 0], ["a", "a"], small_sample=True))
    with pytest.raises(ValueError, match="cluster names"):
        s.clustered_standard_error([1, 0], ["a"])


@given(st.lists(st.integers(0, 1), min_size=2, max_size=30))
def test_clusters_of_one_are_no_clusters(values: list[int]) -> None:
    n = len(values)
    expected = s.standard_error(values) * math.sqrt((n - 1) / n)
    assert s.clustered_standard_error(values, list(range(n))) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("degrees", "expected"), [(1, 12.7062047364), (4, 2.7764451052), (30, 2.0422724563), (1000, 1.9623390808)]
)
def test_t_quantile(degrees: int, expected: float) -> None:
    assert s.t_quantile(0.975, degrees) == pytest.approx(expected, abs=1e-8)


def test_t_interval() -> None:
    low, high = s.t_interval([0.25, 0.5, 0.75, 0.5, 0.25])
    half = 2.7764451052 * s.standard_error([0.25, 0.5, 0.75, 0.5, 0.25])
    assert (low, high) == pytest.approx((0.45 - half, 0.45 + half))
    assert s.t_interval([0, 1]) == (0, 1)  # cut to where a share can lie
    with pytest.raises(ValueError, match="two"):
        s.t_interval([1])
    with pytest.raises(ValueError, match="probability"):
        s.t_quantile(0.4, 3)


def test_paired_comparison_is_sharper_than_an_unpaired_one() -> None:
    first, second = [int(c) for c in "1101101101"], [int(c) for c in "1001001100"]
    result = s.paired(first, second)
    assert result.difference == pytest.approx(0.3)
    assert result.standard_error == pytest.approx(0.1527525232)
    assert math.hypot(s.standard_error(first), s.standard_error(second)) == pytest.approx(0.2236067977)
    assert result.p == s.mcnemar_exact(3, 0) == 0.25
    with pytest.raises(ValueError, match="same items"):
        s.paired([1], [1, 0])


@pytest.mark.parametrize(("first", "second", "p"), [(3, 0, 0.25), (6, 0, 0.03125), (15, 5, 0.0413894653), (0, 0, 1)])
def test_mcnemar(first: int, second: int, p: float) -> None:
    assert s.mcnemar_exact(first, second) == pytest.approx(p)
    assert s.mcnemar_exact(second, first) == pytest.approx(p)


def test_sign_flip() -> None:
    assert s.sign_flip_p([0.5, 0.5, -0.25, 1, 0.25]) == 0.1875
    assert s.sign_flip_p([]) == s.sign_flip_p([0, 0]) == s.sign_flip_p([1, -1]) == 1
    assert s.sign_flip_p([Fraction(1, 4)] * 1000) < 1e-200
    with pytest.raises(ValueError, match="grid"):
        s.sign_flip_p([0.1, 1 / 3])


@given(st.lists(st.sampled_from([-1, -0.5, -0.25, 0, 0.25, 0.5, 1]), max_size=9))
def test_sign_flip_counts_every_assignment_of_signs(differences: list[float]) -> None:
    seen = abs(sum(differences))
    sums = [
        abs(sum(sign * d for sign, d in zip(signs, differences, strict=True)))
        for signs in itertools.product((-1, 1), repeat=len(differences))
    ]
    assert s.sign_flip_p(differences) == pytest.approx(sum(total >= seen for total in sums) / len(sums))


@given(st.integers(0, 40), st.integers(0, 40))
def test_sign_flip_of_binary_items_is_mcnemar(first: int, second: int) -> None:
    assert s.sign_flip_p([1] * first + [-1] * second) == pytest.approx(s.mcnemar_exact(first, second))


def test_holm() -> None:
    assert s.holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert s.holm([]) == []


@given(st.lists(st.floats(0, 1), max_size=20))
def test_holm_only_raises_and_keeps_the_order(values: list[float]) -> None:
    adjusted = s.holm(values)
    assert all(value <= raised <= 1 for value, raised in zip(values, adjusted, strict=True))
    assert sorted(adjusted) == [adjusted[i] for i in sorted(range(len(values)), key=values.__getitem__)]


def test_rank_intervals_leave_open_what_the_data_leave_open() -> None:
    n = 40
    best, near, low = [1] * 30 + [0] * 10, [1] * 29 + [0] * 11, [1] * 8 + [0] * 32
    assert s.rank_intervals([best, near, low]) == [(1, 2), (1, 2), (3, 3)]
    assert s.rank_intervals([[1] * n]) == [(1, 1)]
    assert s.rank_intervals([]) == []


def test_wilson_covers_and_wald_does_not() -> None:
    """At p = .95 and n = 30 Wald's interval holds the truth in 78 % of samples; Wilson's in 94 %."""
    draws = np.random.default_rng(0).binomial(30, 0.95, 4000)
    held = sum(low <= 0.95 <= high for low, high in (wilson(int(d), 30) for d in draws)) / len(draws)
    assert 0.92 < held < 0.97
