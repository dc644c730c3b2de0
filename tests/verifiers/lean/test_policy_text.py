"""The border that a policy's text passes: every cheat is stopped at it or by what a truthful Lean says."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.verifiers.lean.choice import Repository
from assay.verifiers.lean.engine import LeanEngine
from assay.verifiers.lean.real.child import MIB, Bounds
from assay.verifiers.lean.real.command_line import CommandLineEngine
from assay.verifiers.lean.real.dojo import DojoEngine
from assay.verifiers.lean.real.kimina import KiminaEngine
from assay.verifiers.lean.real.policy_text import Refusal, read_policy_text, source_of
from assay.verifiers.lean.real.repl import ReplEngine
from assay.verifiers.lean.real.toolchain import Toolchain
from assay.verifiers.verdict import Status

BOUNDS = Bounds(60.0, 120.0, 300 * MIB, MIB)
HARMLESS = {
    "a term": "fun h => h",
    "a block": "by\n  intro h\n  exact h",
    "fields": "⟨h.prefix, h.end, (foo).open⟩",
    "names that hold words": "List.prefix_append sorry_free axiomatic definition opened",
    "arithmetic without blanks": "by simp [a%b, a-b, x!, y₁]",
    "cardinality": "by simp [#s, #(t)]",
    "arrays": "#[1, 2]",
    "floors": "by exact Nat.floor_le ⌊x⌋₊ ⌈y⌉",
    "Mathlib": "by\n  rw [Finset.sum_comm]\n  nlinarith [sq_nonneg (a - b), mul_pos ha hb]\n  positivity",
    "unicode": "by simpa [Set.mem_iUnion] using ⟨i, ‖x‖, ∑ x ∈ s, f x, ∀ᶠ y in 𝓝 x, sᶜ⟩",
    "simp set": "by simp only [ne_eq, not_false_eq_true] at *",
    "a word in a comment": "by\n  -- sorry, axiom, #eval\n  exact h /- macro /- unsafe -/ -/",
    "primes": "by exact h' (foo'.bar' x₁' h'') (Matrix.trace A) trace",
    "focus": "by\n  constructor\n  · exact h.1\n  · exact h.2",
}
REFUSED = {
    "sorry": "sorry",
    "sorry behind lambda": "λsorry",
    "sorry behind a postfix": "sᶜsorry",
    "sorry behind a letter": "ésorry",
    "sorry in a name": "Foo.sorryAx.bar",
    "sorry quoted": "«sorry»",
    "a command": "h\naxiom x : False",
    "a command after dots": "h..axiom x",
    "a command in brackets": "(axiom)",
    "a hash command": "h\n#eval 1",
    "a hash command with a dash": "h\n#help-me",
    "an attribute": "@[simp] h",
    "a macro": "macro",
    "a macro by its name": "macro_rules",
    "notation": "notation3",
    "a quotation": "`(tactic| rfl)",
    "a string": 'by trace "x"',
    "an antiquotation": "$(x)",
    "metaprogram": "by run_tac pure ()",
    "another metaprogram": "Lean.Elab.throwAbort",
    "root metaprogram": "_root_.Lean.Meta.mkSorry",
    "IO": "IO.println",
    "compiled evaluation": "by native_decide",
    "compiled evaluation by a flag": "by decide +native",
    "compiled evaluation by an option": "by decide (config := { native := true })",
    "options": "set_option maxRecDepth 1 in h",
    "opening": "by open Classical in exact h",
    "where": "aux where",
    "instances": "instance : True := trivial",
    "search": "by exact?",
    "stop": "by stop",
    "eval": "eval% 1",
    "hidden character": "tri\u200bvial",
    "turned text": "trivial \u202e",
    "zero character": "h\x00",
    "tab": "by\n\texact h",
    "return alone": "by\r  exact h",
    "private letters": "\ue000",
    "half a character": "\ud800",
    "a bracket as a character": "f '(' h )",
    "a bracket as a character after a number": "f 1'(' h )",
    "a bracket as a character after a hexadecimal": "f 0x1F'(' h )",
    "a bracket as a character after a letter that is none": "Σ'(' h )",
    "unfinished comment": "h /- ",
    "stray end of a comment": "h -/",
    "out of the brackets": "h) (h",
    "one bracket too many": "h)",
    "one too few": "(h",
    "crossed": "([h)]",
    "too deep": "(" * 300 + "h" + ")" * 300,
    "too long": "h " * 60_000,
}


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_text_passes_unchanged_but_for_comments(name: str) -> None:
    text = read_policy_text(HARMLESS[name])
    assert isinstance(text, str), text
    assert "-- " not in text
    assert len(text) == len(HARMLESS[name])
    assert text.count("\n") == HARMLESS[name].count("\n")


@pytest.mark.parametrize("name", REFUSED)
def test_everything_else_is_refused(name: str) -> None:
    refusal = read_policy_text(REFUSED[name])
    assert isinstance(refusal, Refusal)
    assert refusal.status in (Status.FORBIDDEN, Status.MALFORMED, Status.LIMIT)


@given(st.text(alphabet=st.sampled_from("()[]{}⟨⟩ \n-/abc.#λ'\"`$@%«"), max_size=60))
def test_what_passes_cannot_close_our_brackets(text: str) -> None:
    passed = read_policy_text(text)
    if isinstance(passed, Refusal):
        return
    assert not re.search(r"--|/-|-/|[\"`«]", passed)
    depth = 0
    for character in passed:
        depth += (character in "([{⟨") - (character in ")]}⟩")
        assert depth >= 0
    assert depth == 0


@given(st.text(max_size=200))
def test_any_text_at_all_ends_in_a_text_or_a_refusal(text: str) -> None:
    passed = read_policy_text(text)
    if isinstance(passed, str):
        again = read_policy_text(passed)
        assert again == passed
        source = source_of("import Mathlib", "Assay.claim", ": True", passed)
        assert (
            source.text.split("\n")[source.first_line - 1].strip() or passed.startswith("\n") or not passed[0].strip()
        )


def test_right_proofs_of_a_real_lean_pass(cases_dir: Path) -> None:
    refused: list[str] = []
    right = 0
    for line in (cases_dir / "lean_verdicts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["accepted"] and not row["cheat"]:
            right += 1
            if not isinstance(read_policy_text(row["proof"]), str):
                refused.append(row["id"])
    assert right > 300
    assert refused == []


# -- the cheats, against every engine ----------------------------------------------------------------------------------


@pytest.fixture
def engines(
    honest_toolchain: Toolchain, fake_repl: str, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Callable[[], LeanEngine]]:
    """The four engines: a cheat that one of them lets through would reach a fake, or nothing at all."""
    monkeypatch.setitem(sys.modules, "lean_dojo", ModuleType("lean_dojo"))
    judge = CommandLineEngine(toolchain=honest_toolchain, bounds=BOUNDS)
    return {
        "lean": lambda: judge,
        "repl": lambda: ReplEngine("", fake_repl, honest_toolchain, judge, BOUNDS),
        "kimina": lambda: KiminaEngine(url="http://127.0.0.1:9"),
        "dojo": lambda: DojoEngine(Repository("u", "c", "A.lean"), "t"),
    }


def cheats(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "lean_cheats.jsonl").read_text(encoding="utf-8").splitlines()]


def test_every_cheat_is_stopped_at_the_border_of_every_engine(
    cases_dir: Path, engines: dict[str, Callable[[], LeanEngine]]
) -> None:
    for name, make in engines.items():
        engine = make()
        for row in cheats(cases_dir):
            statement = "" if name == "dojo" else row["target"].removeprefix("theorem t").strip()
            verdict = engine.check(statement, row["lean_source"], ())
            assert verdict.score == 0.0, (name, row["id"], verdict)
            assert verdict.reason in ("forbidden_token", "forbidden_character", "parse_error"), (name, row["id"])


def test_every_cheat_without_its_commands_is_judged_right(
    cases_dir: Path, engines: dict[str, Callable[[], LeanEngine]]
) -> None:
    """What stands after the last `:=`, as a policy would have to write it."""
    engine = engines["lean"]()
    reached = 0
    for row in cheats(cases_dir):
        if row["target"] == "theorem t : True":
            continue  # a proof of something true is none
        body = row["lean_source"].rpartition(":=")[2].strip().split("\n--")[0]
        statement = row["target"].removeprefix("theorem t").partition("--")[0].strip()
        if "f 0" in statement or "repeat id" in statement or "2 ^ (2" in statement:
            continue  # what the fake knows nothing of
        verdict = engine.check(statement, body, ())
        assert verdict.score == 0.0, (row["id"], verdict)
        reached += "axioms" in verdict.detail or verdict.reason == "lean_error"
    assert reached >= 10
