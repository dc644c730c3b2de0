"""Generated theorems: proved, of the length they claim, in one split only, and not of the theorem list."""

from __future__ import annotations

import itertools
import random
import re
from typing import Any

import pytest

from assay.envs.lean import FAMILIES, TheoremListSource, TheoremSource
from assay.envs.lean.family import LeanFamily
from assay.envs.lean.theorem import alpha_key, by_block, read_statement
from assay.envs.procedural import split_of
from assay.verifiers.dispatch import verify
from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.engine import TacticError
from assay.verifiers.lean.theorems import shipped_theorems

ENGINE = EmbeddedEngine()

OFFSETS = {"prop_classical": 5, "prove_or_refute": 2}
"""Steps a proof has beyond its difficulty."""


def theorems(family: LeanFamily[Any], split: str, difficulty: int, count: int) -> list[tuple[str, tuple[str, ...]]]:
    source = TheoremSource([family], difficulty)
    made = [source.theorem(source.task(split, index)) for index in range(count)]
    return [(theorem.statement, theorem.steps) for theorem in made]


@pytest.mark.parametrize("name", FAMILIES)
def test_every_theorem_is_proved_step_by_step(name: str) -> None:
    source = TheoremSource([FAMILIES[name]])
    for split in source.splits:
        for index in range(20):
            task = source.task(split, index)
            theorem = source.theorem(task)
            verdict = verify(task.kind, task.spec, source.gold(task))
            assert verdict.correct, (task.id, verdict.message)
            assert set(verdict.detail["axioms"]) <= set(theorem.axioms)
            state = ENGINE.start(theorem.statement, theorem.axioms)
            for step in theorem.steps:
                assert not state.solved
                after = ENGINE.run(state, step)
                assert not isinstance(after, TacticError), (task.id, step, after)
                state = after
            assert ENGINE.finish(state).correct
            assert source.find(task.id) == task
            assert verify(task.kind, task.spec, task.prompt).score == 0.0


@pytest.mark.parametrize("name", FAMILIES)
def test_difficulty_is_the_length_of_the_proof(name: str) -> None:
    for difficulty in (1, 2, 3, 5, 8, 10):
        for _, steps in theorems(FAMILIES[name], "train", difficulty, 3):
            length = len(steps) - OFFSETS.get(name, 0)
            if name == "linear_arithmetic":
                assert steps == ("omega",)
            elif name == "prop_classical" and difficulty <= 2:
                assert len(steps) in ((3, 4, 5), (6, 7))[difficulty - 1]
            else:
                assert length == difficulty if difficulty < 10 else 10 <= length <= 24


@pytest.mark.parametrize("name", FAMILIES)
def test_the_same_id_is_the_same_theorem(name: str) -> None:
    one, two = TheoremSource([FAMILIES[name]]), TheoremSource([FAMILIES[name]])
    for index in (0, 7, 12):
        assert one.task("test", index) == two.find(one.task("test", index).id)


@pytest.mark.parametrize("name", FAMILIES)
def test_theorems_are_many(name: str) -> None:
    family = FAMILIES[name]
    keys = {family.key(family.draw(random.Random(f"many/{seed}"), 1 + seed % 10)) for seed in range(600)}
    assert len(keys) > 400


def test_a_theorem_belongs_to_one_split_whatever_family_draws_it() -> None:
    family, other = FAMILIES["prop_tautology"], FAMILIES["first_order"]
    sides: dict[str, str] = {}
    for name in FAMILIES:
        source = TheoremSource([FAMILIES[name]])
        for split in source.splits:
            for index in range(15):
                statement = source.task(split, index).spec["statement"]
                assert sides.setdefault(alpha_key(statement), split) == split
                assert split_of(family, alpha_key(statement)) == split == split_of(other, alpha_key(statement))


def test_no_generated_theorem_is_of_the_list() -> None:
    listed = {closed_type(theorem.statement) for theorem in shipped_theorems()}
    for name in ("prop_tautology", "prop_classical", "first_order", "list_law"):
        source = TheoremSource([FAMILIES[name]], (1, 4))
        for index in range(40):
            assert closed_type(source.task("train", index).spec["statement"]) not in listed


def closed_type(statement: str) -> str:
    """The statement's elaborated type without names: equal for renamings, by the kernel's own terms."""
    return re.sub(r"[Πλ] \S+ :", "Π :", str(ENGINE.statement(statement).type))


def swapped(statement: str) -> list[str]:
    """The statement with its first group of variables in every order."""
    binders, _ = read_statement(statement)
    names = binders[0].names
    rest = statement.split(")", 1)[1]
    return [f"({' '.join(order)} : {binders[0].type}){rest}" for order in itertools.permutations(names)]


def test_no_test_theorem_is_a_training_theorem_renamed() -> None:
    """Decided anew by elaborated terms, not by the text that the split is made from."""
    family = FAMILIES["prop_tautology"]
    train = {s for difficulty in (1, 2, 3) for s, _ in theorems(family, "train", difficulty, 100)}
    train_types = {closed_type(statement) for statement in train}
    for difficulty in (1, 2, 3):
        for statement, _ in theorems(family, "test", difficulty, 30):
            assert not train_types & {closed_type(other) for other in swapped(statement)}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("(p q : Prop) (h : p ∧ q) : q ∧ p", "(b a : Prop) (k : a ∧ b) : b ∧ a"),
        ("(p q : Prop) (h1 : p) (h2 : q → p) : q", "(q p : Prop) (h1 : p → q) (h2 : q) : p"),
        (
            "(α : Type) (P Q : α → Prop) (h : ∀ x, P x → Q x) (k : ∃ x, P x) : ∃ x, Q x",
            "(β : Type) (Q P : β → Prop) (k : ∃ y, Q y) (h : ∀ z, Q z → P z) : ∃ x, P x",
        ),
        ("(a b : Nat) (h : a = b) (k : b = a) : a ≤ b", "(b a : Nat) (k : a = b) (h : b = a) : b ≤ a"),
        ("(xs ys : List Nat) : (xs ++ ys).length = 0", "(ys xs : List Nat) : (ys ++ xs).length = 0"),
    ],
)
def test_renamings_have_one_key(one: str, two: str) -> None:
    assert alpha_key(one) == alpha_key(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("(p q : Prop) (h : p ∧ q) : p", "(p q : Prop) (h : p ∧ q) : q"),
        ("(p q : Prop) : p → q → p", "(p q : Prop) : p → p → q"),
        ("(a b : Nat) : a + b = b", "(a b : Nat) : a * b = b"),
        ("(a : Nat) : a = 1", "(a : Nat) : a = 2"),
        (
            "(α : Type) (P : α → α → Prop) : ∀ x, ∃ y, P x y",
            "(α : Type) (P : α → α → Prop) : ∀ x, ∃ y, P y x",
        ),
    ],
)
def test_different_statements_have_different_keys(one: str, two: str) -> None:
    assert alpha_key(one) != alpha_key(two)


def test_random_renamings_keep_the_key() -> None:
    rng = random.Random(4)
    for name in FAMILIES:
        source = TheoremSource([FAMILIES[name]])
        for index in range(10):
            statement = source.task("train", index).spec["statement"]
            binders, _ = read_statement(statement)
            names = [n for binder in binders for n in binder.names]
            fresh = [f"v{number}" for number in range(len(names))]
            rng.shuffle(fresh)
            renamed = statement
            for old, new in zip(names, fresh, strict=True):
                renamed = re.sub(rf"(?<![\w']){re.escape(old)}(?![\w'])", f"‹{new}›", renamed)
            assert alpha_key(renamed.replace("‹", "").replace("›", "")) == alpha_key(statement), statement


def test_prove_or_refute_has_both_answers_and_excluded_middle_is_none() -> None:
    source = TheoremSource([FAMILIES["prove_or_refute"]], (2, 6))
    first = [source.theorem(source.task("train", index)).steps[0] for index in range(30)]
    assert 5 < first.count("left") < 25
    assert set(first) == {"left", "right"}
    for index in range(10):
        task = source.task("train", index)
        assert "no axiom" in task.prompt
        for trick in ("Classical.em _", "by\n  by_cases h : True <;> exact Classical.em _", "by decide", "by simp"):
            assert verify("lean", task.spec, trick).score == 0.0


def test_the_theorem_list_is_a_source() -> None:
    source = TheoremListSource()
    assert source.size("test") == 129
    for index in range(0, 129, 8):
        task = source.task("test", index)
        assert verify("lean", task.spec, source.gold(task)).correct
        assert source.find(task.id) == task
        assert 1 <= task.meta["difficulty"] <= 7


def test_steps_with_lines_stay_in_their_block() -> None:
    block = by_block(("cases h with\n| inl a => exact Or.inr a\n| inr b => exact Or.inl b",))
    assert ENGINE.check("(p q : Prop) (h : p ∨ q) : q ∨ p", block).correct


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("(p q r : Prop) (h : p ∨ q) : (q → r) → r", "(p q r : Prop) : p ∨ q → (q → r) → r"),
        ("(p q r : Prop) (k : q → r) (h : p ∨ q) : r", "(p q r : Prop) : p ∨ q → (q → r) → r"),
        ("(α : Type) (P : α → Prop) (h : ∀ x, P x) : ∃ x, P x", "(α : Type) (P : α → Prop) : (∀ x, P x) → ∃ x, P x"),
    ],
)
def test_a_premise_is_a_hypothesis(one: str, two: str) -> None:
    assert alpha_key(one) == alpha_key(two)


def test_an_equivalence_has_no_premises() -> None:
    assert alpha_key("(p q r : Prop) : p → q ↔ r") != alpha_key("(p q r : Prop) (h : p) : q ↔ r")
