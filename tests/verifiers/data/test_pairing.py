"""Pairing things where one may fit several: checked against every assignment, and where a greedy choice goes wrong."""

import itertools
import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.verifiers.data.matching import matched
from assay.verifiers.data.model import Equality
from assay.verifiers.data.rows import RowRules, same_rows, shared_rows
from assay.verifiers.dispatch import verify

counts = st.lists(st.integers(1, 2), max_size=3)


@given(counts, counts, st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=3, max_size=3))
def test_no_assignment_pairs_more(wanted: list[int], given: list[int], table: list[list[bool]]) -> None:
    fits = [[target for target in range(len(given)) if table[source][target]] for source in range(len(wanted))]
    left = [source for source, count in enumerate(wanted) for _ in range(count)]

    def best(done: int, free: tuple[int, ...]) -> int:
        if done == len(left):
            return 0
        taken = [
            1 + best(done + 1, (*free[:target], free[target] - 1, *free[target + 1 :]))
            for target in fits[left[done]]
            if free[target]
        ]
        return max([best(done + 1, free), *taken])

    assert matched(wanted, given, fits) == best(0, tuple(given))


def test_sql_rows_that_a_greedy_choice_would_refuse() -> None:
    rules = RowRules(relative=0.0, absolute=1.0)
    gold = [(0.0,), (1.0,), (2.0,)]
    for order in itertools.permutations([(1.0,), (2.0,), (3.0,)]):
        assert same_rows(gold, list(order), rules)
        assert same_rows(list(order), gold, rules)
    assert not same_rows(gold, [(1.0,), (3.0,), (3.0,)], rules)
    assert shared_rows(gold, [(1.0,), (3.0,), (3.0,)], rules) == 2
    assert same_rows([("a", 1.0), ("a", 2.0)], [("a", 2.5), ("a", 1.5)], RowRules(absolute=0.5))
    assert not same_rows([("a", 1.0), ("b", 2.0)], [("b", 1.0), ("a", 2.0)], RowRules(absolute=0.5))


@pytest.mark.parametrize("size", [3, 50, 2000])
def test_many_rows_within_the_usual_tolerance(size: int) -> None:
    rng = random.Random(size)
    gold: list[tuple[Any, ...]] = [(rng.choice("ab"), rng.randrange(5), rng.random()) for _ in range(size)]
    given_rows = [(a, b, c * (1 + 1e-12)) for a, b, c in gold]
    rng.shuffle(given_rows)
    assert same_rows(gold, given_rows, RowRules())
    assert not same_rows(gold, [*given_rows[:-1], ("a", 9, 0.5)], RowRules())


def test_too_wide_a_tolerance_ends_in_a_refusal_and_not_in_a_guess() -> None:
    spec: dict[str, Any] = {
        "databases": ["create table t(a);insert into t values(1.5);"],
        "gold_sql": "with recursive c(x) as (select 1.0 union all select x+1 from c where x<3000) select x from c, t",
        "tolerance": {"abs": 1e6},
    }
    assert verify("sql", spec, spec["gold_sql"]).correct
    shifted = str(spec["gold_sql"]).replace("select x from", "select x+0.25 from")
    assert verify("sql", spec, shifted).reason == "too_many_comparisons"


def test_unordered_arrays_within_a_tolerance() -> None:
    spec = {"expected": [0, 1, 2], "unordered": True, "tolerance": {"abs": 1}}
    for order in itertools.permutations([1, 2, 3]):
        assert verify("json_equal", spec, json.dumps(order)).correct
    assert not verify("json_equal", spec, "[1, 3, 3]").correct


def test_long_unordered_arrays_in_any_order() -> None:
    rng = random.Random(1)
    rows: list[dict[str, Any]] = [
        {"k": rng.randrange(10**6), "t": [rng.randrange(9), rng.randrange(9)]} for _ in range(3000)
    ]
    shuffled = [{**row, "t": row["t"][::-1]} for row in rows]
    rng.shuffle(shuffled)
    answer = json.dumps({"rows": shuffled})
    extras: list[dict[str, Any]] = [{}, {"tolerance": {"abs": "0.001"}}]
    for extra in extras:
        spec = {"expected": {"rows": rows}, "unordered": ["/rows", "/rows/*/t"], **extra}
        assert verify("json_equal", spec, answer).correct
        assert verify("json_equal", {"expected": {"rows": rows}, "unordered": True, **extra}, answer).correct
        assert not verify("json_equal", {"expected": {"rows": rows}, "unordered": ["/rows"], **extra}, answer).correct


def test_a_long_chain_of_reassignments_needs_no_stack() -> None:
    count = 4000
    rules = Equality(absolute=Equality().absolute + 1, unordered=True)
    assert rules.same(list(range(count)), [*range(1, count + 1)][::-1])
    assert not rules.same(list(range(count)), [*range(2, count + 2)][::-1])


@pytest.mark.parametrize("extra", [{}, {"tolerance": {"abs": "0.1"}}])
def test_many_equal_elements_are_counted_and_not_compared_pair_by_pair(extra: dict[str, Any]) -> None:
    rows = [{"a": 1, "b": [1, 2]}] * 2000 + [{"a": 1.05, "b": [2, 1]}] * 2000
    spec = {"expected": rows, "unordered": ["", "/*/b"], **extra}
    assert verify("json_equal", spec, json.dumps(rows[::-1])).correct
    assert verify("json_equal", spec, json.dumps([{**row, "b": [2, 1]} for row in rows])).correct
    assert not verify("json_equal", spec, json.dumps([*rows[:-1], {"a": 2, "b": [1, 2]}])).correct
    table = {"to": "csv", "expected": [{"v": 1.5}] * 3000 + [{"v": 2.5}], "row_order": "any", **extra}
    assert verify("conversion", table, "v\n" + "1.50\n" * 2999 + "2.5\n1.5\n").correct
    assert not verify("conversion", table, "v\n" + "1.50\n" * 2999 + "2.5\n2.5\n").correct
