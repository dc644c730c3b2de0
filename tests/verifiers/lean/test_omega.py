"""omega: its proofs are judged by the kernel, and it never proves what small numbers refute."""

import itertools
import random

import pytest

from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.embedded.kernel.subst import subterms

PROVABLE = [
    "(x y : Nat) (h : x + 2 * y = 7) (g : x = 3) : y = 2",
    "(x y : Nat) (h : 2 * x + 1 = 2 * y) : False",
    "(a b c : Nat) (h : a ≤ b) (g : b < c) : a < c",
    "(x : Nat) (h : x ≤ 2) : x = 0 ∨ x = 1 ∨ x = 2",
    "(x : Nat) (h : 0 < x) : x - 1 + 1 = x",
    "(n : Nat) : n = 2 * (n / 2) + n % 2",
    "(n k : Nat) (h : n = 2 * k) : n % 2 = 0",
    "(a b : Nat) : a < b ↔ a + 1 ≤ b",
    "(x y : Nat) (h : x < 5 → y < 3) (k : y = 7) : x ≥ 5",
    "(a b c : Nat) (h : ¬(a < b ∧ b < c)) (k : a < b) : c ≤ b",
    "(p : Prop) (x : Nat) (h : x < 0) : p",
    "(a b : Nat) (h : a * b + 1 ≤ a * b) : False",
    "(x y : Nat) (h : 3 * x = 2 * y) (g : y = 3 * x) : x = 0",
    "(a b c d : Nat) (h1 : 2 * a + 2 * b + 2 * c + d = 5) (h2 : c = d) (h3 : 2 * b + d + 3 ≤ 2 * a) : False",
    "(x y : Nat) (h : x + 400 < y) : x < y",
    "(x y : Nat) (h : x + 10000000000000 ≤ y) : 10000000000000 ≤ y",
    "(x : Nat) (h : x < 18446744073709551616) : x / 4294967296 < 2 ^ 32",
    "(x y : Nat) : 0 * x + y * 0 + 2 ^ 3 * x = x * (3 + 5)",
    "(x : Nat) : x / 0 = 0 ∧ x % 0 = x ∧ x / 2 ^ 4 ≤ x",
    "(x : Nat) (h : x * (3 - 1) = 5) : False",
    "(x y z : Nat) (h : 2 * x + 3 * y = 6 * z + 1) (g : 2 * x = 6 * z) (k : y = 0 ∨ y > 1) : False",
    "(a b c d e f : Nat) (h1 : a = b + 1) (h2 : b = c + 2) (h3 : c = d + 3) (h4 : d = e + 4) (h5 : e = f) : f + 10 = a",
    "(x y z u : Nat) (h1 : 2 * x + u = z) (h2 : x + u = 2 * y + 6) (h3 : x + y + 2 * u + 2 = 3 * z)"
    " (h4 : y > 2 * z + 8) : 10 * x + 11 * u + 12 < 6 * y + 5 * z",
    "(x y z u : Nat) (h1 : z + u + 7 ≤ x + 2 * y) (h2 : ¬2 * y < z + u) (h3 : x + 6 < y) (h4 : z + 2 * u + 2 < x)"
    " : 6 * z + 7 * u + 36 ≤ 2 * x + 12 * y",
]


@pytest.mark.parametrize("statement", PROVABLE)
def test_omega_proves(statement: str) -> None:
    verdict = EmbeddedEngine().check(statement, "by omega")
    assert verdict.correct, verdict.message
    assert verdict.detail["axioms"] == []


def test_omega_evaluates_nothing_but_arithmetic() -> None:
    """To Lean's omega the length of a list that is written out is an atom."""
    verdict = EmbeddedEngine().check("(x : Nat) : x * [1, 2].length = 2 * x", "by omega")
    assert (verdict.correct, verdict.reason) == (False, "omega_failed")


def test_a_long_chain_costs_little() -> None:
    """The proof of a sum is no longer than what is summed up; steps are counted, so this is the same everywhere."""
    names = [f"x{i}" for i in range(59)]
    steps = " ".join(f"(h{i} : {a} < {b})" for i, (a, b) in enumerate(itertools.pairwise(names)))
    engine = EmbeddedEngine()
    _, proof = engine.proof_terms(f"({' '.join(names)} : Nat) {steps} : x0 + 58 ≤ x58", "by omega")
    assert len(subterms(proof)) < 20_000


def _side(rng: random.Random) -> str:
    parts = []
    for _ in range(rng.randint(1, 2)):
        x = rng.choice("xyz")
        part = rng.choice([x, f"{rng.randint(2, 3)} * {x}", str(rng.randint(0, 5)), f"({x} - {rng.choice('xyz')})"])
        parts.append(part)
    return " + ".join(parts)


def _evaluate(side: str, values: dict[str, int]) -> int:
    total = 0
    for part in side.split(" + "):
        if part.startswith("("):
            a, b = part.strip("()").split(" - ")
            total += max(0, values[a] - values[b])
        elif " * " in part:
            k, x = part.split(" * ")
            total += int(k) * values[x]
        else:
            total += values[part] if part in values else int(part)
    return total


def _holds(relation: tuple[str, str, str], values: dict[str, int]) -> bool:
    a, op, b = relation
    x, y = _evaluate(a, values), _evaluate(b, values)
    return {"≤": x <= y, "<": x < y, "=": x == y, "≠": x != y}[op]


def test_omega_agrees_with_small_numbers() -> None:
    rng = random.Random(7)
    engine = EmbeddedEngine()
    proved = 0
    for _ in range(150):
        hyps = [(_side(rng), rng.choice("≤<=≠"), _side(rng)) for _ in range(rng.randint(1, 2))]
        goal = (_side(rng), rng.choice("≤<="), _side(rng))
        given = "".join(f" (h{i} : {a} {op} {b})" for i, (a, op, b) in enumerate(hyps))
        verdict = engine.check(f"(x y z : Nat){given} : {goal[0]} {goal[1]} {goal[2]}", "by omega")
        if verdict.correct:
            proved += 1
            for n in range(6**3):
                values = {"x": n % 6, "y": n // 6 % 6, "z": n // 36}
                assert not all(_holds(h, values) for h in hyps) or _holds(goal, values), (hyps, goal, values)
    assert proved >= 10
