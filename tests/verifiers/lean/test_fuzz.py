"""Fuzzing: random well-typed terms check, changed ones do not check at other types, random scripts never raise."""

import random

import pytest

from assay.verifiers.lean.embedded.engine import EmbeddedEngine, EmbeddedState
from assay.verifiers.lean.embedded.kernel.budget import Budget, KernelError, LimitError
from assay.verifiers.lean.embedded.kernel.check import TypeChecker
from assay.verifiers.lean.embedded.kernel.subst import bind_lams, bind_pis
from assay.verifiers.lean.embedded.kernel.term import App, FVar, Lam, Pi, Term, app, apps, const, lam, lit
from assay.verifiers.lean.embedded.library import default_library
from assay.verifiers.lean.engine import TacticError
from assay.verifiers.verdict import Status

NAT, BOOL = const("Nat"), const("Bool")


def _type(rng: random.Random, depth: int) -> Term:
    if depth == 0 or rng.random() < 0.5:
        return rng.choice([NAT, BOOL])
    x = FVar("x", _type(rng, depth - 1))
    return bind_pis([x], _type(rng, depth - 1))


def _term(rng: random.Random, type_: Term, ctx: list[FVar], depth: int) -> Term:
    """A random term of a simple type over some variables."""
    usable = [x for x in ctx if x.type is type_]
    if usable and rng.random() < 0.4:
        return rng.choice(usable)
    if type(type_) is Pi:
        x = FVar("x", type_.dom)
        return bind_lams([x], _term(rng, type_.body, [*ctx, x], depth - 1))
    if depth > 0 and rng.random() < 0.4:
        dom = _type(rng, 1)
        fn = _term(rng, bind_pis([FVar("x", dom)], type_), ctx, depth - 1)
        return app(fn, _term(rng, dom, ctx, depth - 1))
    if type_ is BOOL:
        if depth > 0 and rng.random() < 0.5:
            return apps(const("Nat.ble"), _term(rng, NAT, ctx, depth - 1), _term(rng, NAT, ctx, depth - 1))
        return const(rng.choice(["Bool.true", "Bool.false"]))
    if depth > 0 and rng.random() < 0.5:
        op = rng.choice(["Nat.add", "Nat.sub", "Nat.mul"])
        return apps(const(op), _term(rng, NAT, ctx, depth - 1), _term(rng, NAT, ctx, depth - 1))
    return lit(rng.randint(0, 9))


def _changed(rng: random.Random, term: Term) -> Term:
    """A term with one part replaced by a part of another type."""
    if type(term) is App and rng.random() < 0.7:
        if rng.random() < 0.5:
            return app(_changed(rng, term.fn), term.arg)
        return app(term.fn, _changed(rng, term.arg))
    if type(term) is Lam and rng.random() < 0.7:
        return lam(term.name, term.dom, _changed(rng, term.body))
    return rng.choice([const("Bool.true"), lit(3), const("True.intro"), NAT, const("Nat.succ")])


def test_random_terms_check_and_changed_ones_do_not_check_elsewhere() -> None:
    rng = random.Random(11)
    env = default_library().env
    refused = 0
    for _ in range(400):
        type_ = _type(rng, 2)
        term = _term(rng, type_, [], 4)
        checker = TypeChecker(env)
        checker.check(term, type_)
        normal = checker.whnf(term)
        assert checker.is_def_eq(term, normal)
        TypeChecker(env).check(normal, type_)
        other = rng.choice([const("False"), const("True"), BOOL if type_ is NAT else NAT])
        with pytest.raises(KernelError):
            TypeChecker(env).check(term, other)
        changed = _changed(rng, term)
        try:
            found = TypeChecker(env).infer(changed)
        except KernelError:
            refused += 1
        else:
            # What still checks has a type of its own, and never a proof of False.
            assert not TypeChecker(env).is_def_eq(found, const("False"))
    assert refused > 50


WORDS = [
    "intro h",
    "intro x y",
    "intros",
    "exact h",
    "exact ⟨h, h⟩",
    "exact fun x => x",
    "apply h",
    "apply And.intro",
    "constructor",
    "left",
    "right",
    "cases h",
    "cases n",
    "cases h with ",
    " inl a => skip ",
    " inr b => skip",
    "rcases h with ⟨a, b⟩",
    "rcases h with a ",
    " b",
    "obtain ⟨x, y⟩ := h",
    "induction n",
    "induction n with ",
    " zero => rfl ",
    " succ n ih => simp",
    "rfl",
    "rw [h]",
    "rw [← h]",
    "rw [Nat.add_comm]",
    "simp",
    "simp only [Nat.add_zero]",
    "simp at h",
    "assumption",
    "contradiction",
    "exfalso",
    "have k := h",
    "have : n = n := rfl",
    "show p",
    "show _ ∧ _",
    "omega",
    "decide",
    "trivial",
    "symm",
    "unfold Nat.add",
    "revert h",
    "generalize n + 1 = m",
    "subst h",
    "injection h",
    "injection h with a",
    "specialize h n",
    "by_cases c : p",
    "skip",
    "done",
    "first ",
    " rfl ",
    " assumption",
    "try rfl",
    "repeat constructor",
    "all_goals rfl",
    "any_goals assumption",
    "case inl => skip",
    "next => rfl",
    "· rfl",
    "(rfl; rfl)",
    "exists 0",
    "refine ⟨?_, ?_⟩",
    "refine ⟨_, ?x⟩",
    "clear h",
    "rename_i a",
    "funext x",
    "congr",
    "calc n = n := rfl",
    "nomatch h",
    "exact h.1",
    "exact h.symm",
    "exact absurd h h",
    "exact match n with ",
    " 0 => h ",
    " k + 1 => h",
    "let z := n",
    "change p",
    "suffices k : p from k",
    "exact h ▸ rfl",
    "exact (fun ⟨a, b⟩ => a) h",
    "exacts [h, h]",
    "and_intros",
    "subst_vars",
    "apply Nat.le_trans",
    "exact Or.elim h id id",
    "exact ‹p›",
    "constructor <;> assumption",
    "cases h <;> rfl",
]
STATEMENTS = [
    "(p q : Prop) (h : p ∧ q) : q ∧ p",
    "(p q : Prop) (h : p ∨ q) : q ∨ p",
    "(n m : Nat) (h : n = m) : m + 0 = n",
    "(n : Nat) (h : n ≤ 0) : n = 0",
    "(p : Nat → Prop) (n : Nat) (h : ∃ x, p x) : ∃ y, p y",
    "(α : Type) (xs : List α) (h : xs = []) : xs ++ xs = []",
    "(p : Prop) : p → ¬¬p",
]


def test_random_tactics_never_raise_and_never_change_their_state() -> None:
    rng = random.Random(3)
    engine = EmbeddedEngine()
    steps = failed = 0
    for _ in range(250):
        state: EmbeddedState = engine.start(rng.choice(STATEMENTS))
        for _ in range(6):
            before = state.text
            made = engine.run(state, rng.choice(WORDS))
            assert state.text == before
            steps += 1
            if isinstance(made, TacticError):
                failed += 1
                assert made.code
                assert made.message
                continue
            state = made
            if state.solved:
                assert engine.finish(state).correct
                break
    assert 0 < failed < steps


def test_random_scripts_never_raise() -> None:
    rng = random.Random(5)
    engine = EmbeddedEngine()
    for _ in range(400):
        lines = [rng.choice(["  ", "  ", "  ", "    ", ""]) + rng.choice(WORDS) for _ in range(rng.randint(1, 6))]
        verdict = engine.check(rng.choice(STATEMENTS), "by\n" + "\n".join(lines))
        assert verdict.score in (0.0, 1.0)


def test_random_text_never_raises() -> None:
    rng = random.Random(9)
    engine = EmbeddedEngine()
    pieces = [
        *WORDS,
        *"()⟨⟩[]{}.,:;|=><∧∨→↔¬∀∃λ@#?_·‹›▸",
        "fun",
        "=>",
        ":=",
        "by",
        "\n",
        "  ",
        "match",
        "with",
        "h",
        "x",
        "0",
    ]
    for _ in range(1500):
        text = " ".join(rng.choice(pieces) for _ in range(rng.randint(1, 14)))
        verdict = engine.check(rng.choice(STATEMENTS), text)
        assert verdict.status in (Status.CORRECT, Status.WRONG, Status.MALFORMED, Status.FORBIDDEN, Status.LIMIT)


@pytest.mark.parametrize("depth", [50, 150, 250, 2_000, 30_000])
@pytest.mark.parametrize(
    "shape",
    ["({})", "⟨{}, h⟩", "(fun x => {})", "¬ {}", "id ({})", "(by exact {})", "have k := h; {}", "(show p from {})"],
)
def test_deep_nesting_ends_in_a_verdict(depth: int, shape: str) -> None:
    before, _, after = shape.partition("{}")
    text = (before * depth + "h" + after * depth)[:99_000]
    assert EmbeddedEngine().check("(p : Prop) (h : p) : p", text).score in (0.0, 1.0)


def test_a_spent_budget_is_a_limit_and_not_an_answer() -> None:
    env = default_library().env
    big = apps(const("Nat.add"), FVar("x", NAT), lit(500))
    small = apps(const("Nat.add"), lit(500), FVar("y", NAT))
    with pytest.raises(LimitError):
        TypeChecker(env, Budget(50)).is_def_eq(apps(const("Nat.mul"), big, small), apps(const("Nat.mul"), small, big))
