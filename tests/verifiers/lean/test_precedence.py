"""How statements are read: each must mean what Lean 4 reads, which is written out with all parentheses beside it.

A statement that is read differently is a false reward, however sound the kernel.
"""

from __future__ import annotations

import pytest

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.embedded.engine import EmbeddedEngine

PROPS = "(p q r s : Prop) "
NATS = "(a b c d : Nat) "
MIXED = "(p q r : Prop) (a b c : Nat) (f : Nat → Nat) (P Q : Nat → Prop) (R : Nat → Nat → Prop) "
LISTS = "(α : Type) (x y : α) (xs ys zs : List α) "
BOOLS = "(x y z : Bool) "

READ = [
    (PROPS, "¬ p ∧ q", "(¬ p) ∧ q"),
    (PROPS, "¬ p ∨ q", "(¬ p) ∨ q"),
    (PROPS, "¬ p → q", "(¬ p) → q"),
    (PROPS, "¬ p ↔ q", "(¬ p) ↔ q"),
    (PROPS, "¬ ¬ p ∧ q", "(¬ (¬ p)) ∧ q"),
    (PROPS, "p ∧ ¬ q ∧ r", "p ∧ ((¬ q) ∧ r)"),
    (PROPS, "p → ¬ q → r", "p → ((¬ q) → r)"),
    (PROPS, "p → q ∧ r ↔ s", "(p → (q ∧ r)) ↔ s"),
    (PROPS, "p ↔ q → r", "p ↔ (q → r)"),
    (PROPS, "p → q ↔ r → s", "(p → q) ↔ (r → s)"),
    (PROPS, "p ∨ q ∧ r", "p ∨ (q ∧ r)"),
    (PROPS, "p ∧ q ∨ r", "(p ∧ q) ∨ r"),
    (PROPS, "p ∧ q ∧ r", "p ∧ (q ∧ r)"),
    (PROPS, "p ∨ q ∨ r", "p ∨ (q ∨ r)"),
    (PROPS, "p → q → r", "p → (q → r)"),
    (PROPS, "p ∨ q → r ∧ s", "(p ∨ q) → (r ∧ s)"),
    (PROPS, "p ∧ q ↔ q ∧ p", "(p ∧ q) ↔ (q ∧ p)"),
    (PROPS, "p ∧ q → r ∨ s ↔ s", "((p ∧ q) → (r ∨ s)) ↔ s"),
    (PROPS, "p = q ∧ r", "(p = q) ∧ r"),
    (PROPS, "p ∧ q = r", "p ∧ (q = r)"),
    (PROPS, "¬ p = q", "¬ (p = q)"),
    (PROPS, "p = ¬ q", "p = (¬ q)"),
    (PROPS, "p ≠ q ∨ r", "(p ≠ q) ∨ r"),
    (PROPS, "p /\\ q \\/ r -> s", "((p ∧ q) ∨ r) → s"),
    (PROPS, "p <-> q -> r", "p ↔ (q → r)"),
    (PROPS, "(p) → q ↔ r", "((p) → q) ↔ r"),
    (PROPS, "(h : p) → q ↔ r", "(h : p) → (q ↔ r)"),
    (PROPS, "(h : p) → q ∧ r", "(h : p) → (q ∧ r)"),
    (PROPS, "q → (h : p) → q ↔ r", "q → ((h : p) → (q ↔ r))"),
    (PROPS, "{h : p} → q ↔ r", "{h : p} → (q ↔ r)"),
    (PROPS, "∀ h : p, q ↔ r", "∀ h : p, (q ↔ r)"),
    (PROPS, "p ∧ ∀ h : q, r ∧ s", "p ∧ (∀ h : q, (r ∧ s))"),
    (PROPS, "(∀ h : p, q) ∧ r", "((∀ h : p, q)) ∧ r"),
    (PROPS, "p → ∃ h : q, r ↔ s", "p → (∃ h : q, (r ↔ s))"),
    (PROPS, "id p ∧ q", "(id p) ∧ q"),
    (PROPS, "id <| p ∧ q", "id (p ∧ q)"),
    (PROPS, "id $ p ∧ q", "id (p ∧ q)"),
    (PROPS, "p ∧ q |> id", "id (p ∧ q)"),
    (NATS, "a + b * c = d", "(a + (b * c)) = d"),
    (NATS, "a * b + c = d", "((a * b) + c) = d"),
    (NATS, "a - b + c = d", "((a - b) + c) = d"),
    (NATS, "a - b - c = d", "((a - b) - c) = d"),
    (NATS, "a + b - c = d", "((a + b) - c) = d"),
    (NATS, "a / b * c = d", "((a / b) * c) = d"),
    (NATS, "a * b / c = d", "((a * b) / c) = d"),
    (NATS, "a % b * c = d", "((a % b) * c) = d"),
    (NATS, "a / b / c = d", "((a / b) / c) = d"),
    (NATS, "a ^ b ^ c = d", "(a ^ (b ^ c)) = d"),
    (NATS, "2 ^ 3 ^ 2 = 512", "(2 ^ (3 ^ 2)) = 512"),
    (NATS, "a * b ^ c = d", "(a * (b ^ c)) = d"),
    (NATS, "a ^ b * c = d", "((a ^ b) * c) = d"),
    (NATS, "a ^ 2 + b ^ 2 = c", "((a ^ 2) + (b ^ 2)) = c"),
    (NATS, "a-1 = b", "(a - 1) = b"),
    (NATS, "a -1 = b", "(a - 1) = b"),
    (NATS, "a ∣ b + c", "a ∣ (b + c)"),
    (NATS, "a ∣ b ∧ c ∣ d", "(a ∣ b) ∧ (c ∣ d)"),
    (NATS, "a ∣ b * c → a ∣ b", "(a ∣ (b * c)) → (a ∣ b)"),
    (NATS, "¬ a = b", "¬ (a = b)"),
    (NATS, "¬ a < b ∧ c = d", "(¬ (a < b)) ∧ (c = d)"),
    (NATS, "a < b ∧ b < c", "(a < b) ∧ (b < c)"),
    (NATS, "a < b + c → d ≤ a", "(a < (b + c)) → (d ≤ a)"),
    (NATS, "a ≠ b → b ≠ a", "(a ≠ b) → (b ≠ a)"),
    (NATS, "a <= b \\/ b >= a", "(a ≤ b) ∨ (b ≥ a)"),
    (NATS, "a = b ↔ b = a", "(a = b) ↔ (b = a)"),
    (NATS, "a = b = (b = a)", ""),
    (NATS, "(a = b) = (b = a)", "((a = b)) = ((b = a))"),
    (NATS, "a < b < c", ""),
    (NATS, "a ≤ b = (c ≤ d)", ""),
    (PROPS, "p ↔ q ↔ r", ""),
    (NATS, "a.succ + b = c", "(Nat.succ a) + b = c"),
    (NATS, "a.succ.succ = b", "(Nat.succ (Nat.succ a)) = b"),
    (NATS, "Nat.succ a + b = c", "((Nat.succ a) + b) = c"),
    (NATS, "Nat.succ a * b ^ c = d", "((Nat.succ a) * (b ^ c)) = d"),
    (NATS, "2.succ = a", ""),
    (NATS, "-a = b", ""),
    (NATS, "a - -b = c", ""),
    (MIXED, "∀ x, P x ∧ q", "∀ x, ((P x) ∧ q)"),
    (MIXED, "∀ x, P x → Q x ↔ q", "∀ x, (((P x) → (Q x)) ↔ q)"),
    (MIXED, "∃ x, P x ∧ q → r", "∃ x, (((P x) ∧ q) → r)"),
    (MIXED, "(∃ x, P x) → r", "((∃ x, P x)) → r"),
    (MIXED, "p ∧ ∃ x, P x ∨ r", "p ∧ (∃ x, ((P x) ∨ r))"),
    (MIXED, "¬ ∃ x, P x ∧ q", "¬ (∃ x, ((P x) ∧ q))"),
    (MIXED, "¬ ∀ x, P x → q", "¬ (∀ x, ((P x) → q))"),
    (MIXED, "∃ x y, R x y ∧ p", "∃ x, ∃ y, ((R x y) ∧ p)"),
    (MIXED, "∀ x y : Nat, R x y → R y x", "∀ (x : Nat), ∀ (y : Nat), ((R x y) → (R y x))"),
    (MIXED, "∀ x < a, P x ∧ q", "∀ x, ((x < a) → ((P x) ∧ q))"),
    (MIXED, "∃ x < a, P x ∧ q", "∃ x, ((x < a) ∧ ((P x) ∧ q))"),
    (MIXED, "∀ x ≤ a + 1, P x", "∀ x, ((x ≤ (a + 1)) → (P x))"),
    (MIXED, "∃ x ≥ a, P x → q", "∃ x, ((x ≥ a) ∧ ((P x) → q))"),
    (MIXED, "f a + b = c", "((f a) + b) = c"),
    (MIXED, "f (f a) = f a", "(f (f a)) = (f a)"),
    (MIXED, "f ∘ f ∘ f = f", "(f ∘ (f ∘ f)) = f"),
    (MIXED, "(f ∘ f) a = b", "((f ∘ f) a) = b"),
    (MIXED, "(fun x => x + 1) = f", "(fun x => (x + 1)) = f"),
    (MIXED, "f = fun x => x + 1", "f = (fun x => (x + 1))"),
    (MIXED, "(fun x => x) a = a", "((fun x => x) a) = a"),
    (MIXED, "(x : Nat) → P x → q ↔ r", "∀ (x : Nat), (((P x) → q) ↔ r)"),
    (LISTS, "x :: xs ++ ys = zs", "((x :: xs) ++ ys) = zs"),
    (LISTS, "xs ++ y :: ys = zs", "(xs ++ (y :: ys)) = zs"),
    (LISTS, "x :: y :: xs = ys", "(x :: (y :: xs)) = ys"),
    (LISTS, "xs ++ ys ++ zs = xs", "((xs ++ ys) ++ zs) = xs"),
    (LISTS, "xs ++ [x] ++ ys = zs", "((xs ++ [x]) ++ ys) = zs"),
    (LISTS, "[x, y] = x :: [y]", "(x :: (y :: [])) = (x :: ([y]))"),
    (LISTS, "xs.length + 1 = ys.length", "((List.length xs) + 1) = (List.length ys)"),
    (LISTS, "(xs ++ ys).length = xs.length", "(List.length (xs ++ ys)) = (List.length xs)"),
    (LISTS, "(x, y).1 = x", "(Prod.fst (x, y)) = x"),
    (BOOLS, "(x && y || z) = x", "((x && y) || z) = x"),
    (BOOLS, "(x || y && z) = x", "(x || (y && z)) = x"),
    (BOOLS, "(!x && y) = z", "((!x) && y) = z"),
    (BOOLS, "(!x || !y) = z", "((!x) || (!y)) = z"),
    (BOOLS, "(x && y && z) = x", "((x && y) && z) = x"),
    (BOOLS, "(x || y || z) = x", "((x || y) || z) = x"),
    (BOOLS, "x && y = z", ""),
    (BOOLS, "!x = y", ""),
    (BOOLS, "x == y", ""),
]


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    """One engine."""
    return EmbeddedEngine()


@pytest.mark.parametrize(("binders", "written", "meant"), READ)
def test_a_statement_means_what_lean_reads(engine: EmbeddedEngine, binders: str, written: str, meant: str) -> None:
    """An empty meaning: Lean reads no proposition here, or one outside the subset."""
    if not meant:
        with pytest.raises(SpecError):
            engine.statement(f"{binders}: {written}")
        return
    assert engine.statement(f"{binders}: {written}").type is engine.statement(f"{binders}: {meant}").type


@pytest.mark.parametrize(
    "statement",
    [
        "(α) (x y : α) : x = y",
        ": ∀ α, ∀ x y : α, x = y",
        "(x y : _) : x = y",
        "(α : Type _) (x y : α) : x = y",
        "(α : Sort u) (x y : α) : x = y",
        "(h : ∃ α, ∃ x y : α, x ≠ y) : False",
        "(α β) (f : α → β) (x y : α) : f x = f y",
    ],
)
def test_a_statement_leaves_no_universe_open(engine: EmbeddedEngine, statement: str) -> None:
    """Lean makes an open universe a parameter: to set it to 0 would make elements of any type equal."""
    with pytest.raises(SpecError):
        engine.statement(statement)
