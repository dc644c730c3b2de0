"""Attacks on the engine through its public door: nothing false may be paid, and nothing that Lean's kernel refuses."""

from __future__ import annotations

import itertools
import random
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.theorems import Theorem, read_theorems, shipped_theorems
from assay.verifiers.verdict import Status

CORPUS = [*read_theorems((Path(__file__).parent / "accepted.lean").read_text(encoding="utf-8")), *shipped_theorems()]

NOT_BY_DEFINITION = [
    "(x y : Nat) : x % y = x - y * (x / y)",
    "(x : Nat) : 0 / x = 0",
    "(x : Nat) : x / 0 = 0",
    "(x : Nat) : x % 0 = x",
    "(x : Nat) : x / 1 = x",
    "(x : Nat) : 0 % x = 0",
    "(a : Nat) : Nat.ble 0 a = true",
    "(a : Nat) : Nat.beq a a = true",
    "(a : Nat) : min a a = a",
    "(a : Nat) : min 0 a = 0",
    "(a : Nat) : min a 0 = 0",
    "(a : Nat) : max 0 a = a",
    "(b : Bool) : Bool.xor false b = b",
    "(b : Bool) : Bool.xor b false = b",
    "(b : Bool) : (b && false) = false",
    "(b : Bool) : (b || true) = true",
    "(b : Bool) : (!!b) = b",
    "(n : Nat) : 0 + n = n",
    "(n : Nat) : n - n = 0",
    "(n : Nat) : 0 * n = 0",
    "(n : Nat) : 1 ^ n = 1",
    "(n m : Nat) : n + m = m + n",
    "(α : Type) (xs : List α) : xs ++ [] = xs",
    "(α : Type) (xs : List α) : xs.map id = xs",
    "(α : Type) (xs : List α) : xs.reverse.reverse = xs",
    "(α : Type) (o : Option α) : o.map id = o",
    "(α : Type) (x y : α) : x = y",
    "(p q : Prop) : (p ∧ q) = (q ∧ p)",
]
"""Equations, most of them true, that no reduction of Lean's proves."""

REFUSED = [
    ("(p q : Prop) (hp : p) (hq : q) : p ∧ q", "by refine ⟨_, _⟩ <;> assumption"),
    ("(p q : Prop) (hp : p) (hq : q) : p ∧ q", "by constructor; exact hp"),
    ("(p q : Prop) (hp : p) (hq : q) : p ∧ q", "⟨hp, hq, hp⟩"),
    ("(n : Nat) : n ≤ n", "Nat.le_refl"),
    ("(n : Nat) : n ≤ n", "Nat.le_rfl n"),
    ("(n : Nat) : n ≤ n", "le_refl n"),
    ("(n m : Nat) : n + m - m = n", "Nat.add_sub_cancel n m"),
    ("(n m : Nat) : n + m = m + n", "by ring"),
    ("(n m : Nat) : n + m = m + n", "by decide"),
    ("(n m : Nat) : n + m = m + n", "by intro n m; exact Nat.add_comm n m"),
    ("(n m : Nat) : n + m = m + n", "by intros; exact Nat.add_comm n m; rfl"),
    ("(n m : Nat) : n * m = m * n", "by omega"),
    ("(n : Nat) : 0 + n = n", "by rw [Nat.zero_add]; rfl"),
    ("(n : Nat) : 0 + n = n", "by\n  induction n with\n  | zero => rfl"),
    ("(n : Nat) : 0 + n = n", "by\n  cases n with\n  | zero => rfl\n  | succ n ih => exact congrArg Nat.succ ih"),
    ("(p q : Prop) (h : p ∨ q) : q ∨ p", "h.elim Or.inl Or.inr"),
    ("(p q : Prop) (h : p ∧ q) : p", "by apply And.left"),
    ("(p q : Prop) (h : p ∧ q) : p", "by rcases h with ⟨hp, hq, hr⟩; exact hp"),
    ("(p q : Prop) (h : p ∧ q) : p", "by rcases h with hp | hq; exact hp; exact hq"),
    ("(p : Nat → Prop) (h : ∃ x, p x) : ∃ y, p y", "⟨h.1, h.2⟩"),
    ("(p : Prop) : p ∨ ¬p", "by decide"),
    ("(p : Prop) : p ∨ ¬p", "Decidable.em p"),
    ("(p : Prop) (h : ¬¬p) : p", "by by_contra hn; exact h hn"),
    ("(a b : Nat) (h : a ≤ b) : a < b + 1", "h.lt_succ"),
    ("(a b c : Nat) (h : a ≤ b) (g : b ≤ c) : a ≤ c", "Nat.le_trans g h"),
    ("(α : Type) (xs ys : List α) : (xs ++ ys).length = xs.length + ys.length", "List.length_append xs ys"),
    ("(a b : Nat) (h : a = b) : b = a", "by rw [h]; rfl"),
    ("(a b : Nat) (h : a = b) : b = a", "by apply h"),
    ("(f : Nat → Nat) (h : ∀ x, f x = x) : f 1 = 1", "by rw [h 2]"),
    ("(p q : Prop) : p → q → p", "by rintro a b; exact b"),
    ("(p q : Prop) : p → q → p", "by intro h h; exact h"),
    ("(p q : Prop) : p → q → p", "by\n  intro a b\n    exact a"),
    ("(p q r : Prop) (h : p ↔ q) (hp : p) : q", "h.2 hp"),
    ("(x y : Nat) (h : x * y = 6) (g : x = 2) : y = 3", "by omega"),
    (": ∃ x : Nat, x * x = 49", "by decide"),
    (": ∃ x : Nat, x * x = 49", "by exists 6"),
    ("(n : Nat) (h : n = 0) : n = 1", "by\n  match n with\n  | 0 => rfl\n  | n + 1 => contradiction"),
    ("(a b : Nat) (h : a = b) (h' : b = a) : a = 0", "by simp_all"),
    ("(f : Nat → Nat) (h : ∀ x, f x = f (f x)) : f 0 = 0", "by simp_all"),
    ("(a b : Nat) : a * b + 0 = b * a + 1", "by ac_rfl"),
    ("(a b : Nat) : a = b", "Eq.trans .."),
    ("(p : Prop) (h : p → False) : p", "by first | exact h | trivial | skip"),
    ("(p : Prop) : p", "by try assumption"),
    ("(p : Prop) : p", "by repeat constructor"),
    ("(p : Prop) : p", "by all_goals skip"),
    ("(p q : Prop) (hp : p) : p ∧ q", "by\n  constructor\n  case left => exact hp\n  any_goals skip"),
]
"""Proofs that Lean refuses, of statements that are mostly true."""


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    """One engine."""
    return EmbeddedEngine()


def _proof(theorem: Theorem) -> str:
    return "\n".join(line for line in theorem.proof.split("\n") if not line.startswith("--"))


@pytest.mark.parametrize("statement", NOT_BY_DEFINITION)
@pytest.mark.parametrize("proof", ["rfl", "by rfl", "Eq.refl _", "by exact rfl", "by intros; rfl", "by decide"])
def test_definitions_unfold_no_further_than_leans(engine: EmbeddedEngine, statement: str, proof: str) -> None:
    """Definitions of the library have Lean's definitional behaviour, not a richer one."""
    assert not engine.check(statement, proof).correct


@pytest.mark.parametrize(("statement", "proof"), REFUSED)
def test_what_lean_refuses_is_refused(engine: EmbeddedEngine, statement: str, proof: str) -> None:
    """And the verdict is not an error of the engine's."""
    verdict = engine.check(statement, proof)
    assert not verdict.correct
    assert verdict.status is not Status.ERROR


def test_a_section_keeps_to_its_own_parentheses(engine: EmbeddedEngine) -> None:
    """`·` is the argument of the nearest parentheses, and no `_` within them catches it."""
    same = [
        ("(f : Nat → Nat → Nat) : (f · 2) = fun x => f x 2", "rfl"),
        ("(f : Nat → Nat → Nat) : (f · ·) = fun x y => f x y", "rfl"),
        ("(f : (Nat → Nat) → Nat → Nat) : (f (· + 1) ·) = fun y => f (fun x => x + 1) y", "rfl"),
        (": (fun _ : Nat => (· + 1)) = fun _ : Nat => fun x : Nat => x + 1", "rfl"),
    ]
    for statement, proof in same:
        assert engine.check(statement, proof).correct, statement
    for statement in (": (·) = (id : Nat → Nat)", ": · + 1 = 2", "(f : Nat → Nat) : f · = 1"):
        with pytest.raises(SpecError):
            engine.statement(statement)


def test_one_library_serves_many_threads(engine: EmbeddedEngine) -> None:
    """Verdicts do not depend on what other threads check at the same time."""
    some = CORPUS[::9]
    bad: list[str] = []

    def work() -> None:
        for theorem in some:
            if not engine.check(theorem.statement, _proof(theorem)).correct:
                bad.append(theorem.name)
            if engine.check(": False", _proof(theorem)).correct:
                bad.append(f"False by {theorem.name}")

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert not bad


def test_verdicts_do_not_depend_on_the_stack(engine: EmbeddedEngine) -> None:
    """A caller who is 900 frames deep gets the same verdict."""

    def deep(n: int, statement: str, proof: str) -> bool:
        return engine.check(statement, proof).correct if n == 0 else deep(n - 1, statement, proof)

    for theorem in CORPUS[::9]:
        assert deep(900, theorem.statement, _proof(theorem)), theorem.name


# -- statements that brute force refutes -------------------------------------------------------------------------------

_PRECEDENCE = {
    "→": (25, 26, 25),
    "↔": (20, 21, 21),
    "∨": (30, 31, 30),
    "∧": (35, 36, 35),
    **dict.fromkeys("=≠<≤", (50, 51, 51)),
    **dict.fromkeys("+-", (65, 65, 66)),
    **dict.fromkeys("*/%", (70, 70, 71)),
}
_MEANING: dict[str, Callable[[int, int], int]] = {
    "→": lambda x, y: not x or y,
    "↔": lambda x, y: bool(x) == bool(y),
    "∨": lambda x, y: x or y,
    "∧": lambda x, y: x and y,
    "=": lambda x, y: x == y,
    "≠": lambda x, y: x != y,
    "<": lambda x, y: x < y,
    "≤": lambda x, y: x <= y,
    "+": lambda x, y: x + y,
    "-": lambda x, y: max(0, x - y),
    "*": lambda x, y: x * y,
    "/": lambda x, y: x // y if y else 0,
    "%": lambda x, y: x % y if y else x,
}


def _value(text: str, values: dict[str, int]) -> int:
    """The truth of a statement, by a reader of its own that shares nothing with the engine's."""
    tokens = re.findall(r"\w+|\S", text)
    at = 0

    def term(least: int) -> int:
        nonlocal at
        token = tokens[at]
        at += 1
        level = 1024
        if token == "¬":
            left = int(not term(40))
        elif token == "(":
            left = term(0)
            at += 1
        else:
            left = int(token) if token.isdigit() else values[token]
        while at < len(tokens) and tokens[at] in _PRECEDENCE:
            own, needs, right = _PRECEDENCE[tokens[at]]
            if own < least or level < needs:
                break
            op = tokens[at]
            at += 1
            left, level = _MEANING[op](left, term(right)), own
        return left

    found = term(0)
    if at < len(tokens):
        raise ValueError("no statement")
    return found


def _refutable(statement: str, names: list[str], domain: range) -> bool:
    return not all(
        _value(statement, dict(zip(names, point, strict=True)))
        for point in itertools.product(domain, repeat=len(names))
    )


def _random_statement(rng: random.Random) -> str:
    def number(depth: int) -> str:
        if not depth or rng.random() < 0.3:
            return rng.choice("aabbc0123")
        return f"({number(depth - 1)} {rng.choice('++-*/%')} {number(depth - 1)})"

    def claim(depth: int) -> str:
        if not depth or rng.random() < 0.4:
            return f"{number(2)} {rng.choice('=≠<≤')} {number(2)}"
        if rng.random() < 0.2:
            return f"¬({claim(depth - 1)})"
        return f"({claim(depth - 1)}) {rng.choice('∧∨→↔')} ({claim(depth - 1)})"

    return claim(2)


SCRIPTS = [
    "by omega",
    "by simp",
    "by simp_all",
    "by decide",
    "by trivial",
    "by ac_rfl",
    "rfl",
    "by intro h; omega",
    "by intro h; simp at h; omega",
    "by constructor <;> intro h <;> omega",
    "by cases a <;> cases b <;> simp_all",
    "by induction a <;> simp_all",
    "by match a with\n  | 0 => simp_all\n  | n + 1 => omega",
    "by repeat (first | constructor | omega | intro _ | rfl | assumption)",
    "by rcases Nat.lt_trichotomy a b with h | h | h <;> omega",
    "by simp [Nat.add_comm, Nat.mul_comm]",
]


def test_no_script_proves_what_brute_force_refutes(engine: EmbeddedEngine) -> None:
    """Random statements about numbers, each refuted by small values, against every closing tactic."""
    rng = random.Random(2026)
    tried = 0
    while tried < 20:
        claim = _random_statement(rng)
        if not _refutable(claim, ["a", "b", "c"], range(4)):
            continue
        tried += 1
        for script in SCRIPTS:
            assert not engine.check(f"(a b c : Nat) : {claim}", script).correct, (claim, script)


def test_no_proof_fits_a_mutant_of_its_statement(engine: EmbeddedEngine) -> None:
    """Statements of the corpus, changed in one place until a truth table refutes them, against all such proofs."""
    found = [(re.fullmatch(r"\(([pqrs ]+) : Prop\) : ([pqrs→↔∧∨¬() ]+)", t.statement), t) for t in CORPUS]
    rows = [(match[1].split(), match[2], _proof(t)) for match, t in found if match is not None]
    assert len(rows) > 80
    rng = random.Random(7)
    mutants = 0
    while mutants < 25:
        names, text, _ = rng.choice(rows)
        tokens = re.findall(r"\w+|\S", text)
        at = rng.randrange(len(tokens))
        if tokens[at] in names:
            tokens[at] = rng.choice(names)
        elif tokens[at] in "→↔∧∨":
            tokens[at] = rng.choice("→↔∧∨")
        elif tokens[at] == "¬":
            del tokens[at]
        mutant = " ".join(tokens)
        try:
            refuted = _refutable(mutant, names, range(2))
        except ValueError:  # `p ↔ q ↔ r`
            continue
        if not refuted:
            continue
        mutants += 1
        for _, _, proof in rows:
            assert not engine.check(f"({' '.join(names)} : Prop) : {mutant}", proof).correct, (mutant, proof)
