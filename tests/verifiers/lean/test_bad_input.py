"""Bad input: every text ends in a verdict within its budget, and leaves nothing behind."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assay.verifiers.dispatch import verify, verify_batch
from assay.verifiers.errors import SpecError
from assay.verifiers.lean import VERIFIER
from assay.verifiers.lean.embedded.library import default_library
from assay.verifiers.lean.theorems import shipped_theorems
from assay.verifiers.verdict import Status

TRUE = {"statement": ": True"}
FALSE = {"statement": ": False"}
EXPECTED = {
    "deep parentheses": (TRUE, "(" * 100_000 + "trivial" + ")" * 100_000, Status.LIMIT),
    "nested parentheses": (TRUE, "(" * 40_000 + "trivial" + ")" * 40_000, Status.LIMIT),
    "shallow parentheses": (TRUE, "(" * 100 + "trivial" + ")" * 100, Status.CORRECT),
    "a megabyte of tactics": (TRUE, "by\n" + "  skip\n" * 150_000 + "  trivial", Status.LIMIT),
    "many tactics": (TRUE, "by\n" + "  skip\n" * 5_000 + "  trivial", Status.CORRECT),
    "unknown character": (TRUE, "trivial 𓀀", Status.MALFORMED),
    "tab": (TRUE, "by\n\ttrivial", Status.MALFORMED),
    "unclosed comment": (TRUE, "by /- trivial", Status.MALFORMED),
    "null characters": (TRUE, "\x00" * 10, Status.MALFORMED),
    "lone surrogate": (TRUE, "\ud800", Status.MALFORMED),
    "hidden character": (TRUE, "triv\u200bial", Status.FORBIDDEN),
    "bidi override": (TRUE, "by trivial \u202e", Status.FORBIDDEN),
    "sorry": (FALSE, "by sorry", Status.FORBIDDEN),
    "sorry in a comment": (TRUE, "by\n  -- sorry\n  trivial", Status.CORRECT),
    "sorryAx": (FALSE, "@sorryAx False true", Status.FORBIDDEN),
    "a command after the proof": (FALSE, "trivial\naxiom x : False", Status.FORBIDDEN),
    "an exit": (FALSE, "trivial\n#exit", Status.FORBIDDEN),
    "native_decide": ({"statement": ": 1 = 2"}, "by native_decide", Status.FORBIDDEN),
    "another theorem": (FALSE, "theorem t : True := trivial", Status.FORBIDDEN),
    "another statement's proof": ({"statement": ": 1 = 2"}, "trivial", Status.WRONG),
    "a long numeral": ({"statement": ": 1 = 1"}, "(rfl : 1 = 1" + "0" * 90_000 + ")", Status.LIMIT),
    "a huge power": ({"statement": ": 10 ^ 100000 = 0"}, "by decide", Status.LIMIT),
    "a tower of powers": ({"statement": ": 2 ^ (2 ^ 40) = 0"}, "rfl", Status.LIMIT),
    "unary recursion": (
        {"statement": ": (Nat.rec (motive := fun _ => Nat) 0 (fun _ ih => ih + 1) 100000 : Nat) = 100000"},
        "rfl",
        Status.LIMIT,
    ),
    "endless simp": ({"statement": "(a b : Nat) : a + b = b + a + 0"}, "by simp only [Nat.add_comm]", Status.WRONG),
    "endless repeat": ({"statement": "(p : Prop) : p → p"}, "by repeat skip", Status.WRONG),
    "no proof": (TRUE, "   \n ", Status.NO_ANSWER),
    "only a comment": (TRUE, "-- nothing", Status.MALFORMED),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_bad_input_ends_in_a_verdict(name: str) -> None:
    spec, response, status = EXPECTED[name]
    assert verify("lean", spec, response).status is status


def test_a_let_tower_is_shared_and_cheap() -> None:
    lines = ["let x1 : Prop := True ∧ True", *(f"let x{i + 1} : Prop := x{i} ∧ x{i}" for i in range(1, 60)), "trivial"]
    assert verify("lean", TRUE, "\n".join(lines)).correct


def test_a_failed_check_leaves_nothing() -> None:
    before = dict(default_library().env.constants)
    for spec, response, _ in EXPECTED.values():
        verify("lean", spec, response)
    assert default_library().env.constants == before


@pytest.mark.parametrize(
    ("spec", "options"),
    [
        ({}, {}),
        ({"statement": 5}, {}),
        ({"statement": "(p : Prop) : q"}, {}),
        ({"statement": ": Nat"}, {}),
        ({"statement": "(p : Prop) : p) : p"}, {}),
        ({"statement": ": True", "axioms": "propext"}, {}),
        ({"statement": ": True", "engine": "none"}, {}),
        ({"statement": ": True", "unknown": 1}, {}),
        ({"statement": ": True"}, {"axioms": 3}),
        ({"statement": ": (∀ n : Nat, n = n) := foo"}, {}),
    ],
)
def test_bad_specs_raise(spec: dict[str, object], options: dict[str, object]) -> None:
    with pytest.raises(SpecError):
        verify("lean", spec, "trivial", **options)


def test_one_fenced_block_is_the_proof() -> None:
    assert verify("lean", TRUE, "```lean\ntrivial\n```").correct
    assert not verify("lean", TRUE, "```lean\ntrivial\n```\n```lean\ntrivial\n```").correct


def test_axioms_are_the_tasks_choice() -> None:
    spec = {"statement": "(p : Prop) : p ∨ ¬p", "axioms": []}
    assert verify("lean", spec, "Classical.em p").reason == "axiom_not_allowed"
    assert verify("lean", spec, "Classical.em p", axioms=["propext", "Quot.sound", "Classical.choice"]).correct
    assert VERIFIER.name == "lean@1.2.0"


def test_threads_and_workers_agree() -> None:
    items = [("lean", theorem_spec(t.statement), t.proof) for t in shipped_theorems()[:60]]

    def decide(item: tuple[str, dict[str, str], str]) -> tuple[str, float | None, float | None, str, str | None]:
        return verify(*item).decision()

    alone = [decide(item) for item in items]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(decide, items))
    assert together == alone
    assert [v.decision() for v in verify_batch(items, workers=2)] == alone
    assert all(decision[0] == "correct" for decision in alone)


def theorem_spec(statement: str) -> dict[str, str]:
    return {"statement": statement}


@pytest.mark.slow
def test_memory_is_flat() -> None:
    def resident_mb() -> int:
        text = Path("/proc/self/status").read_text(encoding="utf-8")
        return int(text.split("VmRSS:")[1].split()[0]) // 1024

    theorems = shipped_theorems()
    seen: list[int] = []
    for _ in range(8):
        for theorem in theorems * 20:
            verify("lean", theorem_spec(theorem.statement), theorem.proof)
        seen.append(resident_mb())
    assert seen[-1] <= seen[2] + 20, seen
