"""Elimination: what it calls contradictory is, by the sum it names; and it finds sums of given inequalities."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from assay.verifiers.lean.embedded.tactics.elimination import (
    Inequality,
    certificate,
    contradiction,
    inequality,
)

Problem = list[tuple[list[int], int]]

rows = st.tuples(st.lists(st.integers(-4, 4), min_size=3, max_size=3), st.integers(-9, 9))
problems: st.SearchStrategy[Problem] = st.lists(rows, min_size=1, max_size=7)


def read(problem: Problem) -> list[Inequality]:
    return [inequality(dict(enumerate(row)), bound) for row, bound in problem]


def find(given_facts: list[Inequality]) -> Inequality | None:
    return contradiction(given_facts, lambda: None)


def holds(fact: Inequality, point: tuple[int, ...]) -> bool:
    return sum(c * point[x] for x, c in fact.terms) <= fact.bound


def check_derivation(fact: Inequality, facts: list[Inequality]) -> None:
    """A fact is given, or the sum its certificate names, divided and rounded down; so are all it rests on."""
    if fact in facts:
        return
    parts = certificate(fact)
    coefficients: dict[int, int] = {}
    bound = 0
    for times, part in parts:
        assert times > 0
        bound += times * part.bound
        for x, c in part.terms:
            coefficients[x] = coefficients.get(x, 0) + times * c
        check_derivation(part, facts)
    made = inequality(coefficients, bound)
    assert made.terms == fact.terms
    assert (made.bound < 0) if not fact.terms else made.bound == fact.bound


@given(problems)
def test_a_contradiction_is_one(problem: Problem) -> None:
    facts = read(problem)
    found = find(facts)
    if found is not None:
        assert not found.terms
        assert found.bound < 0
        check_derivation(found, facts)
        points = product(range(-4, 5), repeat=3)
        assert not any(all(holds(fact, point) for fact in facts) for point in points)


@given(problems, st.lists(st.integers(1, 3), min_size=7, max_size=7), st.integers(1, 5))
def test_the_denial_of_a_sum_contradicts_its_parts(problem: Problem, times: list[int], slack: int) -> None:
    total = [sum(k * row[x] for k, (row, _) in zip(times, problem, strict=False)) for x in range(3)]
    bound = sum(k * limit for k, (_, limit) in zip(times, problem, strict=False))
    denied = inequality({x: -c for x, c in enumerate(total)}, -bound - slack)
    assert find([*read(problem), denied]) is not None


def test_an_equation_is_put_in_for_an_atom() -> None:
    """Where each of many atoms is fixed by an equation, no inequality is made for every pair of bounds."""
    chain = [({x: 1, x + 1: -1}, 1) for x in range(40)]
    facts = [inequality(dict(row), bound) for row, bound in chain]
    facts += [inequality({x: -c for x, c in row.items()}, -bound) for row, bound in chain]
    steps: list[None] = []
    found = contradiction([*facts, inequality({0: 1, 40: -1}, 39)], lambda: steps.append(None))
    assert found is not None
    assert len(steps) <= 4 * 40


def test_integers_between_multiples_do_not_exist() -> None:
    """No x has 2x = 2y + 1; nor is 3x between 3y + 1 and 3y + 2."""
    odd = [inequality({0: 2, 1: -2}, 1), inequality({0: -2, 1: 2}, -1)]
    third = [inequality({0: -3, 1: 3}, -1), inequality({0: 3, 1: -3}, 2)]
    assert find(odd) is not None
    assert find(third) is not None
