"""The propositional prover decides intuitionistic logic, and its scripts prove what they should."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.envs.lean.formula import (
    FALSE,
    Drawing,
    Formula,
    countermodel,
    is_tautology,
    substitute,
    truth_table,
    variables,
    write,
)
from assay.envs.lean.prover import prove
from assay.envs.lean.script import script_of
from assay.envs.lean.theorem import by_block
from assay.verifiers.lean.embedded.engine import EmbeddedEngine

ENGINE = EmbeddedEngine()
P, Q, R = (("var", name) for name in "pqr")


def formulas() -> st.SearchStrategy[Any]:
    atoms = st.sampled_from([P, Q, R, ("false",), ("true",)])
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            st.tuples(st.sampled_from(["and", "or", "imp", "iff"]), inner, inner), st.tuples(st.just("not"), inner)
        ),
        max_leaves=6,
    )


def statement(formula: Formula) -> str:
    names = variables(formula)
    return f"({' '.join(names)} : Prop) : {write(formula)}" if names else f": {write(formula)}"


@settings(max_examples=150, deadline=None)
@given(formulas())
def test_a_proof_is_accepted_and_its_absence_has_a_countermodel(formula: Formula) -> None:
    proof = prove(formula)
    if proof is None:
        assert kripke_countermodel(formula)
    else:
        assert is_tautology(formula)
        verdict = ENGINE.check(statement(formula), by_block(tuple(script_of(proof, {}))), ())
        assert verdict.correct, (statement(formula), script_of(proof, {}), verdict.message)
        assert verdict.detail["axioms"] == []


@settings(max_examples=150, deadline=None)
@given(formulas())
def test_tautologies_hold_intuitionistically_under_double_negation(formula: Formula) -> None:
    assert (prove(("not", ("not", formula))) is not None) == is_tautology(formula)


FRAMES = [
    [{0}],
    [{0, 1}, {1}],
    [{0, 1, 2}, {1}, {2}],
    [{0, 1, 2}, {1, 2}, {2}],
    [{0, 1, 2, 3}, {1, 3}, {2, 3}, {3}],
    [{0, 1, 2, 3}, {1}, {2}, {3}],
    [{0, 1, 2, 3}, {1, 2, 3}, {2}, {3}],
    [{0, 1, 2, 3}, {1, 3}, {2}, {3}],
    [{0, 1, 2, 3, 4}, {1, 3, 4}, {2, 4}, {3}, {4}],
    [{0, 1, 2, 3, 4}, {1, 3}, {2, 4}, {3}, {4}],
]
"""Small Kripke frames: for each world, the worlds that can be seen from it (itself too)."""


def kripke_countermodel(formula: Formula) -> bool:
    """Whether some valuation on a small frame makes the formula fail at the first world."""
    names = variables(formula)
    for frame in FRAMES:
        closed = [
            set(chosen)
            for size in range(len(frame) + 1)
            for chosen in itertools.combinations(range(len(frame)), size)
            if all(frame[world] <= set(chosen) for world in chosen)
        ]
        for values in itertools.product(closed, repeat=len(names)):
            if 0 not in holds(formula, dict(zip(names, values, strict=True)), frame):
                return True
    return False


def holds(formula: Formula, values: dict[str, set[int]], frame: list[set[int]]) -> set[int]:
    """The worlds where a formula is forced."""
    worlds = set(range(len(frame)))
    match formula:
        case ("var", name):
            return values[name]
        case ("true",):
            return worlds
        case ("false",):
            return set()
        case ("not", inner):
            return holds(("imp", inner, FALSE), values, frame)
        case (kind, left, right):
            a, b = holds(left, values, frame), holds(right, values, frame)
            if kind == "and":
                return a & b
            if kind == "or":
                return a | b
            forward = {world for world in worlds if frame[world] & a <= b}
            return forward if kind == "imp" else forward & {world for world in worlds if frame[world] & b <= a}
        case _:
            raise AssertionError(formula)


@pytest.mark.parametrize(
    "formula",
    [
        ("or", P, ("not", P)),
        ("imp", ("not", ("not", P)), P),
        ("imp", ("imp", ("imp", P, Q), P), P),
        ("or", ("imp", P, Q), ("imp", Q, P)),
        ("imp", ("not", ("and", P, Q)), ("or", ("not", P), ("not", Q))),
        ("imp", ("imp", ("not", P), ("or", Q, R)), ("or", ("imp", ("not", P), Q), ("imp", ("not", P), R))),
    ],
)
def test_laws_that_are_classical_only(formula: Formula) -> None:
    assert is_tautology(formula)
    assert prove(formula) is None


def test_hypotheses_are_used_by_name() -> None:
    proof = prove(Q, [("h", ("and", P, ("imp", P, Q)))])
    assert proof is not None
    assert script_of(proof, {"h": "h"}) == ["exact h.2 h.1"]


def test_drawn_formulas_have_no_idle_part() -> None:
    rng = random.Random(2)
    for _ in range(200):
        drawing = Drawing(rng, "pqr")
        made = drawing.formula(5)
        assert made.table == truth_table(made.formula, "pqr")
        assert not is_tautology(made.formula)
        assert countermodel(("not", made.formula)) is not None
        assert is_tautology(drawing.tautology("imp", (1, 2, 3)))


@settings(max_examples=100, deadline=None)
@given(formulas())
def test_written_formulas_mean_themselves(formula: Formula) -> None:
    """Lean reads back what was written: the formula is equivalent to itself written with every bracket."""
    names = variables(formula)
    bracketed = write_bracketed(formula)
    binders = f"({' '.join(names)} : Prop) " if names else ""
    assert ENGINE.check(f"{binders}: ({write(formula)}) ↔ {bracketed}", "Iff.rfl").correct


def write_bracketed(formula: Formula) -> str:
    match formula:
        case ("var", name):
            return str(name)
        case ("not", inner):
            return f"(¬({write_bracketed(inner)}))"
        case (kind, left, right):
            sign = {"and": "∧", "or": "∨", "imp": "→", "iff": "↔"}[kind]
            return f"({write_bracketed(left)} {sign} {write_bracketed(right)})"
        case _:
            return str(formula[0]).capitalize()


def test_substitution_reaches_every_place() -> None:
    assert substitute(("and", P, ("not", P)), {"p": Q}) == ("and", Q, ("not", Q))
