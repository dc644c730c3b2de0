"""Agreement with a real Lean: verdicts, goal states, the theorem list and the cheats."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assay.verifiers.dispatch import verify
from assay.verifiers.lean.embedded.engine import EmbeddedEngine, EmbeddedState
from assay.verifiers.lean.engine import TacticError
from assay.verifiers.lean.theorems import shipped_theorems

KNOWN_REFUSALS = {
    # Real Lean of 2021 accepted it because `≤` computed there; today's `x < y + 1` is not `x ≤ y` by definition.
    "nat_le.succ_le_succ'.006"
}


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    return EmbeddedEngine()


def test_verdicts_agree_with_lean(cases_dir: Path, engine: EmbeddedEngine) -> None:
    accepted, refused, stable = [], [], 0
    for row in rows(cases_dir, "lean_verdicts.jsonl"):
        correct = engine.check(row["binders_and_statement"], row["proof"]).correct
        wanted = row["today"] if row["version_sensitive"] else row["accepted"]
        if row["cheat"]:
            wanted = False
        if correct and wanted is False:
            accepted.append(row["id"])
        if wanted and not row["version_sensitive"] and not row["outside_subset"]:
            stable += 1
            if not correct:
                refused.append(row["id"])
    assert accepted == []
    assert set(refused) <= KNOWN_REFUSALS
    assert len(refused) <= 0.08 * stable


def test_cheats_of_the_verdict_file_are_forbidden_or_wrong(cases_dir: Path, engine: EmbeddedEngine) -> None:
    for row in rows(cases_dir, "lean_verdicts.jsonl"):
        if row["cheat"]:
            assert engine.check(row["binders_and_statement"], row["proof"]).score == 0.0, row["id"]


def _normal(text: str, version_sensitive: bool) -> str:
    """A goal state without the documented differences between versions."""
    text = re.sub(r"∃ \((\w+) : [^()]*(?:\([^()]*\)[^()]*)*\), ", r"∃ \1, ", text)
    text = re.sub(r"fun \((\w+) : \w+\) =>", r"fun \1 =>", text)
    text = re.sub(r"∃ (\w+), ∃ (\w+), ", r"∃ \1 \2, ", text)
    text = text.replace("Nat.zero", "0").replace("n_ih✝", "a✝")
    text = re.sub(r"Nat\.succ (\w+✝?|\([^()]*\))", r"(\1 + 1)", text)
    text = re.sub(r"(\w+✝?|\([^()]*\))\.succ", r"(\1 + 1)", text)
    if version_sensitive:
        text = re.sub(r"case [^\n]*\n", "", text)
        for _ in range(2):
            text = re.sub(r"\(([^()]*) \+ 1\)", r"\1 + 1", text)
    return re.sub(r"\s+", " ", text).strip()


def test_goal_states_agree_with_lean(cases_dir: Path, engine: EmbeddedEngine) -> None:
    same = total = 0
    for row in rows(cases_dir, "lean_states.jsonl"):
        state: EmbeddedState | None = engine.start(row["binders_and_statement"])
        steps = [("", row["initial"]), *zip(row["tactics"], row["states"], strict=True)]
        for tactic, expected in steps:
            total += 1
            if state is not None and tactic:
                made = engine.run(state, tactic)
                state = None if isinstance(made, TacticError) else made
            if state is not None:
                same += _normal(state.text, row["version_sensitive"]) == _normal(expected, row["version_sensitive"])
        if state is not None and state.solved:
            assert engine.finish(state).correct, row["id"]
    assert same >= 0.97 * total


def test_every_listed_theorem_has_a_checked_proof(cases_dir: Path, engine: EmbeddedEngine) -> None:
    shipped = {theorem.name: theorem for theorem in shipped_theorems()}
    for row in rows(cases_dir, "lean_theorems.jsonl"):
        theorem = shipped[row["name"]]
        assert f"theorem {theorem.name} {theorem.statement}" == row["statement"]
        assert engine.check(theorem.statement, theorem.proof).correct, theorem.name


CANNOT_ARISE = {
    "axiom", "axiom-typeclass", "constant-opaque", "stmt-true", "stmt-hyp-added", "stmt-hyp-variable",
    "stmt-inst-variable", "notation-eq", "notation-plus", "macro-decl", "macro-swallow-rest", "notation-nat",
    "instance-le", "binop-default-inst", "skipKernelTC", "env-hack-add", "eval-io-write", "eval-io-read",
    "eval-spawn", "hash-exit", "local-instance-decidable", "unsafe-cast", "partial-def", "theorem-dup",
    "macro-rules-tactic", "sorryAx-built", "native-decide", "autobound",
}  # fmt: skip
"""Cheats by declaring something: a policy supplies proof text only, and no proof can declare anything."""


def _target_and_body(row: dict[str, Any]) -> tuple[str, str]:
    """The statement the engine stores, and everything the cheat would like to put after `:=`."""
    target = row["target"].split("--")[0]
    statement = target.replace("theorem t", "", 1).strip()
    source = row["lean_source"]
    head, found, body = source.partition(":=")
    return statement, body.strip() if found and head.strip().startswith("theorem") else source


def test_no_cheat_succeeds(cases_dir: Path, engine: EmbeddedEngine) -> None:
    for row in rows(cases_dir, "lean_cheats.jsonl"):
        statement, body = _target_and_body(row)
        if row["id"] in ("universe-bump-stmt",):
            verdict = engine.check(statement, body, ())
            assert verdict.reason == "axiom_not_allowed"
            continue
        if row["id"] in ("deep-nesting",):
            assert not engine.check(": True", "(" * 100_000 + "trivial" + ")" * 100_000).correct
            continue
        if row["id"] in ("mem-bomb", "native-decide", "autobound"):
            continue  # their statements are outside the subset: a task cannot pose them
        for text in (body, row["lean_source"], "by\n  " + body):
            verdict = verify("lean", {"statement": statement}, text)
            assert verdict.score == 0.0, (row["id"], text)


def test_cheats_by_declaring_are_listed(cases_dir: Path) -> None:
    assert {row["id"] for row in rows(cases_dir, "lean_cheats.jsonl")} >= CANNOT_ARISE
