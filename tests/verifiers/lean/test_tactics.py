"""Tactics and terms one by one: what each proves, and the code of the error where it cannot."""

import pytest

from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.engine import LeanEngine, ProofState, TacticError

PROVED = [
    ("(p q : Prop) : p → q → p ∧ q", "by\n  rintro hp hq\n  exact ⟨hp, hq⟩"),
    (
        "(p q r : Prop) (h : (p ∧ q) ∨ r) : p ∨ r",
        "by\n  obtain ⟨hp, _⟩ | hr := h\n  · exact .inl hp\n  · exact .inr hr",
    ),
    ("(p q : Prop) (h : p ↔ q) (hq : q) : p", "h.mpr hq"),
    ("(a b c : Nat) (h : a = b) (g : b ≤ c) : a ≤ c", "calc a = b := h\n  _ ≤ c := g"),
    ("(a b c : Nat) (h : a < b) (g : b ≤ c) : a < c", "by\n  calc\n    a < b := h\n    _ ≤ c := g"),
    ("(a b c : Nat) (h : a > b) (g : b ≥ c) : a > c", "calc a > b := h\n  _ ≥ c := g"),
    ("(p : Prop) [Decidable p] (h : ¬¬p) : p", "by\n  by_cases k : p\n  · exact k\n  · exact absurd k h"),
    ("(f : Nat → Nat) (h : ∀ x, f x = x) : f = fun x => x", "by\n  funext x\n  exact h x"),
    ("(f : Nat → Nat → Nat) (a b c d : Nat) (h : a = b) (k : c = d) : f a c = f b d", "by congr"),
    ("(s : Nat × Nat) : (s.1, s.2) = s", "rfl"),
    ("(n : Nat) (h : ∃ k, n = 2 * k + 1) : n ≠ 0", "by\n  rintro rfl\n  obtain ⟨k, hk⟩ := h\n  contradiction"),
    ("(p q r : Prop) : (p → q) → (q → r) → p → r", "fun f g => g ∘ f"),
    ("(a b : Nat) (h : a = b) : b = a", "by\n  symm\n  exact h"),
    ("(a b : Nat) (h : a = b) : b = a", "by\n  symm at h\n  exact h"),
    ("(n : Nat) (h : n + 1 = 3) : n = 2", "by\n  injection h with h\n  exact h"),
    ("(xs : List Nat) : ([] : List Nat).length = 0 ∧ xs ++ [] = xs", "⟨rfl, List.append_nil xs⟩"),
    ("(p q : Nat → Prop) (h : ∃ x, p x ∧ q x) : ∃ x, q x ∧ p x", "let ⟨x, hp, hq⟩ := h; ⟨x, hq, hp⟩"),
    ("(b : Bool) : b = true ∨ b = false", "by\n  match b with\n  | true => simp\n  | false => simp"),
    (
        "(n m : Nat) : n = 0 ∨ m = 0 ∨ n + m ≥ 2",
        "match n, m with\n| 0, _ => .inl rfl\n| _ + 1, 0 => .inr (.inl rfl)\n| _ + 1, _ + 1 => .inr (.inr (by omega))",
    ),
    ("(h : 3 ≤ 2) : False", "by cases h with | step h => cases h with | step h => cases h"),
    ("(x : Nat) (h : x = 5) : x + x = 10", "by\n  subst h\n  rfl"),
    (
        "(p : Nat → Prop) (h : ∀ n, p n → p (n + 1)) (h0 : p 0) : p 3",
        "by\n  apply h\n  apply h\n  apply h\n  assumption",
    ),
    ("(p q : Prop) (h : p ∨ q) (n : ¬p) : q", "by\n  rcases h with hp | hq\n  · exact absurd hp n\n  · assumption"),
    ("(a b c : Nat) : a + b + c = c + b + a", "by rw [Nat.add_comm (a + b) c, Nat.add_comm a b, ← Nat.add_assoc]"),
    (
        "(α : Type) (r : α → α → Prop) (h : ∀ x, r x x) (a : α) : ∃ b, r a b",
        "by\n  refine ⟨?w, ?p⟩\n  case w => exact a\n  case p => exact h a",
    ),
    ("(n : Nat) : n * 0 + n = 0 + n", "by simp"),
    ("(p q : Prop) (hp : p) (h : p → q) : q", "by simp [h, hp]"),
    ("(h : ∀ n : Nat, n = 0 → False) : False", "by\n  specialize h 0 rfl\n  exact h"),
    ("(a b : Nat) (h : a ≤ b) : ∃ c, b = a + c", "by\n  obtain ⟨c, hc⟩ := Nat.le.dest h\n  exact ⟨c, hc.symm⟩"),
]

REFUSED = [
    ("(p q : Prop) (h : p) : q", "by assumption", "assumption_failed"),
    ("(p q : Prop) (h : p) : q", "h", "type_mismatch"),
    ("(p : Prop) : p", "by skip", "unsolved_goals"),
    ("(p : Prop) (h : p) : p", "by\n  exact h\n  exact h", "no_goals"),
    ("(n : Nat) : n = n + 1", "by rfl", "rfl_failed"),
    ("(n : Nat) : n < n", "by omega", "omega_failed"),
    ("(n : Nat) : n = n", "by decide", "decide_free"),
    (": 2 + 2 = 5", "by decide", "decide_false"),
    ("(p q : Prop) (h : p ∨ q) : p", "by cases h with | inl h => exact h", "missing_alternative"),
    ("(p q : Prop) (h : p ∨ q) : p", "by cases h with | foo h => exact h", "alternative_name"),
    ("(n : Nat) : 0 + n = n", "by rw [Nat.mul_comm]", "rewrite_not_found"),
    ("(n : Nat) : n = n", "by\n  intro h\n  rfl", "intro_failed"),
    ("(p q : Prop) (h : p ∧ q) : p", "h.3", "invalid_field"),
    ("(p q : Prop) (h : p ∧ q) : p", "foo", "unknown_identifier"),
    ("(a : Nat) (h : a = a) : False", "nomatch h", "missing_cases"),
    ("(p : Prop) (h : p) : p ∧ p", "⟨h⟩", "anonymous_constructor"),
    ("(n : Nat) : n = n", "by frobnicate", "parse_error"),
    ("(p : Prop) (h : p) : p", "by exact h h", "function_expected"),
    ("(p q : Prop) (h : p) : p ∨ q", "by first | assumption | contradiction", "contradiction_failed"),
    ("(x y : Nat) (h : 2 * x + 1 = 2 * y) : False", "by cases h", "dependent_elimination"),
]


@pytest.mark.parametrize(("statement", "proof"), PROVED)
def test_proved(statement: str, proof: str) -> None:
    verdict = EmbeddedEngine().check(statement, proof)
    assert verdict.correct, verdict.message


@pytest.mark.parametrize(("statement", "proof", "code"), REFUSED)
def test_refused(statement: str, proof: str, code: str) -> None:
    assert EmbeddedEngine().check(statement, proof).reason == code


def test_a_state_branches_and_never_changes() -> None:
    engine = EmbeddedEngine()
    root = engine.start("(p q : Prop) (h : p ∨ q) : q ∨ p")
    left = engine.run(root, "cases h")
    assert not isinstance(left, TacticError)
    assert len(left.goals) == 2
    error = engine.run(root, "exact h")
    assert isinstance(error, TacticError)
    assert error.code == "type_mismatch"
    assert root.text == "p q : Prop\nh : p ∨ q\n⊢ q ∨ p"
    assert left.goals[0] == "case inl\np q : Prop\nh✝ : p\n⊢ q ∨ p"
    state = left
    for tactic in ("case inr b => exact Or.inl b", "next a => exact Or.inr a"):
        made = engine.run(state, tactic)
        assert not isinstance(made, TacticError), made.message
        state = made
    assert state.solved
    assert state.text == "no goals"
    assert engine.finish(state).correct
    assert engine.finish(root).reason == "unsolved_goals"


def test_the_engine_keeps_its_interface() -> None:
    engine: LeanEngine = EmbeddedEngine()
    state = engine.start(": True")
    assert isinstance(state, ProofState)
    assert engine.name == "embedded@1.2.0"


def test_tactic_errors_have_places() -> None:
    engine = EmbeddedEngine()
    error = engine.run(engine.start(": True"), "exact (")
    assert isinstance(error, TacticError)
    assert (error.code, error.line) == ("parse_error", 1)
    forbidden = engine.run(engine.start(": True"), "sorry")
    assert isinstance(forbidden, TacticError)
    assert forbidden.code == "forbidden_token"
