"""Which engine judges, what happens where there is none, and what a second engine's word is worth."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assay.cli import app
from assay.verifiers.dispatch import verify
from assay.verifiers.errors import SpecError
from assay.verifiers.lean import engine_named
from assay.verifiers.lean.choice import first_real_engine, forget_engines
from assay.verifiers.lean.engine import EngineAbsentError, LeanEngine
from assay.verifiers.lean.real.survey import survey
from assay.verifiers.lean.real.toolchain import Toolchain
from assay.verifiers.verdict import Status

SWAP = {"statement": "(p : Prop) : p → p"}
VARIABLES = ("LEAN_BIN", "LEAN_PROJECT", "LEAN_REPL", "LEAN_READABLE", "KIMINA_URL", "KIMINA_API_KEY")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A machine without any Lean."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setitem(sys.modules, "lean_dojo", None)
    forget_engines()
    yield
    forget_engines()


@pytest.fixture
def with_lean(fake_toolchain: Toolchain, monkeypatch: pytest.MonkeyPatch) -> Toolchain:
    """The same machine, with the fake `lean`."""
    monkeypatch.setenv("LEAN_BIN", fake_toolchain.lean)
    monkeypatch.setenv("LEAN_READABLE", os.pathsep.join(fake_toolchain.readable))
    return fake_toolchain


@pytest.mark.parametrize(
    ("spec", "remedy"),
    [
        ({"engine": "lean"}, "elan"),
        ({"engine": "repl"}, "elan"),
        ({"engine": "kimina"}, "KIMINA_URL"),
        ({"header": "import Mathlib"}, "assay lean engines"),
        ({"engine": "dojo", "theorem": "t", "repo": {"url": "u", "commit": "c", "file": "A.lean"}}, "lean-dojo|3.13"),
        ({"theorem": "t", "repo": {"url": "u", "file": "A.lean"}}, "lean-dojo|3.13"),
        ({"confirm": True}, "assay lean engines"),
        ({"confirm": "kimina"}, "KIMINA_URL"),
    ],
)
def test_an_absent_engine_is_an_error_with_a_remedy(spec: dict[str, object], remedy: str) -> None:
    base = {} if "repo" in spec else SWAP
    verdict = verify("lean", {**base, **spec}, "fun h => h")
    assert (verdict.status, verdict.score, verdict.reason) == (Status.ERROR, None, "engine_absent")
    assert any(word in verdict.message for word in remedy.split("|")), verdict.message
    assert "\n" not in verdict.message


@pytest.mark.parametrize(
    "spec",
    [
        {**SWAP, "engine": "coq"},
        {**SWAP, "header": 3},
        {**SWAP, "engine": "embedded", "header": "import Mathlib"},
        {**SWAP, "confirm": "embedded"},
        {**SWAP, "confirm": 1},
        {**SWAP, "repo": {"url": "u", "file": "A.lean"}, "engine": "lean"},
        {"engine": "dojo", "repo": {"url": "u"}, "theorem": "t"},
        {"engine": "dojo", "repo": {"url": "u", "file": "A.lean"}},
        {"engine": "dojo", "repo": "u", "theorem": "t"},
        {"engine": "dojo", "repo": {"url": "u", "file": "A.lean", "branch": "b"}, "theorem": "t"},
        {**SWAP, "theorem": 1},
    ],
)
def test_bad_specs_name_the_field(spec: dict[str, object]) -> None:
    with pytest.raises(SpecError, match=r"engine|header|confirm|repo|theorem"):
        verify("lean", spec, "fun h => h")


def test_auto_is_the_embedded_engine_where_it_can_read_the_task(with_lean: Toolchain) -> None:
    verdict = verify("lean", SWAP, "fun h => h")
    assert verdict.correct
    assert verdict.detail["engine"].startswith("embedded@")
    assert verdict.detail["trust"] == "kernel"


def test_auto_takes_a_real_lean_for_a_header_or_a_statement_outside_the_subset(with_lean: Toolchain) -> None:
    for spec in ({**SWAP, "header": "import Mathlib"}, {"statement": "(x : ℝ) : x = x"}):
        verdict = verify("lean", spec, "fun h => h")
        assert verdict.correct
        assert verdict.detail["engine"] == "lean@4.35.0"
        assert verdict.detail["trust"] == "audited"
    assert first_real_engine() == "lean"


@pytest.mark.parametrize(
    ("statement", "construct"),
    [("(x : ℝ) : x = x", "ℝ"), ("(n : ℕ) : n = n", "ℕ"), (": ∀ s : Finset Nat, s = s", "Finset")],
)
def test_a_statement_outside_the_subset_names_what_it_is(statement: str, construct: str) -> None:
    for engine in ("auto", "embedded"):
        with pytest.raises(SpecError, match=construct):
            verify("lean", {"statement": statement, "engine": engine}, "rfl")


def test_a_statement_that_a_real_lean_refuses_is_a_bad_spec(with_lean: Toolchain) -> None:
    for spec in ({"statement": ": Unknown", "engine": "lean"}, {"statement": ": Unknown"}):
        with pytest.raises(SpecError, match="Unknown identifier"):
            verify("lean", spec, "trivial")


def test_a_library_that_is_not_there_is_no_bad_spec(
    with_lean: Toolchain, fake_repl: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEAN_REPL", fake_repl)
    for engine in ("auto", "lean", "repl"):
        verdict = verify("lean", {**SWAP, "engine": engine, "header": "import Missing"}, "fun h => h")
        assert (verdict.status, verdict.reason) == (Status.ERROR, "library_absent")
        assert "LEAN_PROJECT" in verdict.message


def test_a_second_engine_confirms_what_the_first_accepts(with_lean: Toolchain) -> None:
    for confirm in (True, "lean"):
        verdict = verify("lean", {**SWAP, "confirm": confirm}, "fun h => h")
        assert verdict.correct
        assert verdict.detail["engine"].startswith("embedded@")
        assert verdict.detail["confirmed_by"] == "lean@4.35.0"
        assert verdict.detail["confirmation"]["status"] == "correct"
    assert "confirmed_by" not in verify("lean", SWAP, "fun h => h", confirm=False).detail
    wrong = verify("lean", {**SWAP, "confirm": True}, "fun h => 1")
    assert wrong.status is Status.WRONG
    assert "confirmed_by" not in wrong.detail


@pytest.mark.parametrize(
    ("proof", "fault", "reason"),
    [
        ("fun wrong => wrong", "", "engines_disagree"),
        ("fun hole => hole", "", "engines_disagree"),
        ("fun other => other", "", "engines_disagree"),
        ("fun h => h", "proof crash at start", "not_confirmed"),
        ("fun h => h", "auditor two answers", "not_confirmed"),
        ("fun h => h", "proof out of memory", "not_confirmed"),
    ],
)
def test_a_disagreement_is_reported_and_never_paid(
    proof: str, fault: str, reason: str, with_lean: Toolchain, break_it: Callable[[str, str], None]
) -> None:
    assert verify("lean", SWAP, proof).correct
    break_it(with_lean.lean, fault)
    verdict = verify("lean", {**SWAP, "confirm": "lean"}, proof)
    assert (verdict.status, verdict.score, verdict.reason) == (Status.ERROR, None, reason), verdict
    assert verdict.detail["confirmed_by"] == "lean@4.35.0"


def test_an_engine_that_fails_is_an_error_whoever_asks(
    with_lean: Toolchain, break_it: Callable[[str, str], None]
) -> None:
    break_it(with_lean.lean, "proof crash at start")
    verdict = verify("lean", {**SWAP, "engine": "lean"}, "fun h => h")
    assert (verdict.status, verdict.score) == (Status.ERROR, None)
    assert verdict.detail["engine"] == "lean@4.35.0"
    assert not verify("lean", {**SWAP, "header": "import Mathlib"}, "fun h => h").correct


def test_all_engines_keep_the_interface(with_lean: Toolchain, fake_repl: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEAN_REPL", fake_repl)
    monkeypatch.setenv("KIMINA_URL", "http://127.0.0.1:9")
    for name in ("embedded", "lean", "repl", "kimina"):
        engine: LeanEngine = engine_named(name)
        assert engine.name.split("@")[0] == name
        assert engine_named(name) is engine
    with pytest.raises(EngineAbsentError):
        engine_named("dojo", repo={"url": "u", "file": "A.lean"}, theorem="t")
    assert verify("lean", {**SWAP, "engine": "repl"}, "fun h => h").detail["engine"] == "repl@4.35.0"


def test_assay_lean_engines_says_what_is_there(with_lean: Toolchain) -> None:
    (Path(with_lean.lean).parent / "version").write_text("4.29.0", encoding="utf-8")
    found = {engine.name: engine for engine in survey()}
    assert [name for name, engine in found.items() if engine.present] == ["embedded", "lean"]
    assert "4.29.0" in found["lean"].what
    assert "4.34.1" in found["lean"].warning
    runner = CliRunner()
    shown = runner.invoke(app, ["lean", "engines"], env={"COLUMNS": "400"})
    assert shown.exit_code == 0
    for word in ("embedded", "4.29.0", "soundness", "KIMINA_URL", "lean-dojo", "rlimits"):
        assert word in shown.output
    assert runner.invoke(app, ["lean", "engines", "--require", "lean"]).exit_code == 0
    assert runner.invoke(app, ["lean", "engines", "--require", "kimina"]).exit_code == 1
    assert runner.invoke(app, ["lean", "engines", "--require", "coq"]).exit_code == 2
