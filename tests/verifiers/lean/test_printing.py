"""Targets as Lean 4 prints them: notation, parentheses, binder names, lists, sections."""

from __future__ import annotations

import pytest

from assay.verifiers.lean.embedded.engine import EmbeddedEngine

SHOWN = [
    ("(xs : List Nat) : [1, 2, 3] = 1 :: xs", "[1, 2, 3] = 1 :: xs"),
    ("(a b : Nat) : [a] ++ [b] = a :: b :: []", "[a] ++ [b] = [a, b]"),
    (": (fun _ : Nat => 0) = fun x => x - x", "(fun x => 0) = fun x => x - x"),
    (": (· + 1) = (fun n : Nat => 1 + n)", "(fun x => x + 1) = fun n => 1 + n"),
    ("(f : Nat → Nat → Nat) : (fun x _ => f x x) = f", "(fun x x_1 => f x x) = f"),
    ("(p : Nat × Nat) : (p.1, p.2) = p", "(p.fst, p.snd) = p"),
    ("(p q : Prop) : (¬¬p ↔ ¬(p ∧ q)) ∧ ¬p ≠ q", "(¬¬p ↔ ¬(p ∧ q)) ∧ ¬p ≠ q"),
    ("(p q : Prop) : (p → q) → p ∧ (q → p)", "(p → q) → p ∧ (q → p)"),
    ("(a b c : Nat) : a - (b - c) = a * (b + c) ^ 2 % 3", "a - (b - c) = a * (b + c) ^ 2 % 3"),
    ("(a : Nat) : 2 ^ (a + 1) = (2 ^ a) ^ 2", "2 ^ (a + 1) = (2 ^ a) ^ 2"),
    ("(n : Nat) : n.succ.pred = Nat.succ (n + 1)", "n.succ.pred = (n + 1).succ"),
    ("(P : Nat → Prop) : ∃ x y, P x ∧ ∃ z, P (y + z)", "∃ x y, P x ∧ ∃ z, P (y + z)"),
    ("(P : Nat → Prop) : ¬∃ x, P x", "¬∃ x, P x"),
    ("(P : Nat → Prop) : (∃ x, P x) → ∀ x y, P x → P y", "(∃ x, P x) → ∀ (x y : Nat), P x → P y"),
    ("(α : Type) (r : α → α → Prop) : ∀ {x : α} (y : α), r x y", "∀ {x : α} (y : α), r x y"),
    ("(g h : Nat → Nat) : (h ∘ g) 1 = h (g 1)", "(h ∘ g) 1 = h (g 1)"),
    ("(f : (Nat → Nat) → Nat) : f (fun x => x + 1) = 0", "(f fun x => x + 1) = 0"),
    ("(n : Nat) : (fun x => x + n) 2 = 2 + n", "(fun x => x + n) 2 = 2 + n"),
    ("(xs : List Nat) : xs.map (fun n => n + 1) = xs", "List.map (fun n => n + 1) xs = xs"),
    ("(xs : List Nat) : xs.reverse.length + 1 = xs.sum", "xs.reverse.length + 1 = xs.sum"),
    ("(a b : Nat) : min a b ≤ max (a + 1) b", "min a b ≤ max (a + 1) b"),
    ("(a b : Nat) : (a ∣ b) = ¬(a < b) ∧ a > b", "(a ∣ b) = ¬a < b ∧ a > b"),
    ("(α : Type) (o : Option α) : o = none ∨ ∃ a, o = some a", "o = none ∨ ∃ a, o = some a"),
    ("(a b : Bool) : (!(a && b)) = (!a || b)", "(!(a && b)) = (!a || b)"),
]


@pytest.mark.parametrize(("statement", "shown"), SHOWN)
def test_a_target_is_shown_as_lean_shows_it(statement: str, shown: str) -> None:
    """The text after the turnstile."""
    assert EmbeddedEngine().start(statement).text.rpartition("⊢ ")[2] == shown
