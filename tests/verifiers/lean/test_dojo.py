"""The engine "dojo" over a played LeanDojo, honest and broken, and over the real one's classes if installed."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import types
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.choice import Repository
from assay.verifiers.lean.engine import EngineAbsentError, EngineError, TacticError
from assay.verifiers.lean.real.dojo import DojoEngine
from assay.verifiers.verdict import Status

HERE = Path(__file__).parent
FAULTS: dict[str, list[str]] = json.loads((HERE / "faults.json").read_text(encoding="utf-8"))["dojo"]
REAL_FAULTS = ("start: crash", "proof: crash", "proof: out of memory", "proof: timeout", "proof: unreadable")
HOME = Repository("https://github.com/someone/proofs", "0" * 40, "Proofs/A.lean")


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / "fakes" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The fake module in LeanDojo's place."""
    module: Any = load("fake_lean_dojo")
    module.LEAN = load("dojo_lean").Lean
    monkeypatch.setitem(sys.modules, "lean_dojo", module)
    return module


HONEST = {
    "a proof": ("fun h => h", Status.CORRECT, "proved"),
    "a by block": ("by\n  intro h\n  exact h", Status.CORRECT, "proved"),
    "three axioms": ("by exact em", Status.CORRECT, "proved"),
    "a hole in disguise": ("by exact hole", Status.FORBIDDEN, "axiom_not_allowed"),
    "a proof that does not elaborate": ("wrong", Status.WRONG, "lean_error"),
    "sorry": ("by sorry", Status.FORBIDDEN, "forbidden_token"),
}


@pytest.mark.parametrize("name", HONEST)
def test_what_an_honest_lean_says_is_passed_on(name: str, played: Any) -> None:
    proof, status, reason = HONEST[name]
    verdict = DojoEngine(HOME, "imp_self").check("", proof)
    assert (verdict.status, verdict.reason) == (status, reason), verdict
    assert verdict.detail["trust"] == "in_process"
    assert played.Dojo.opened == played.Dojo.closed


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_is_paid_and_none_hangs(fault: str, played: Any) -> None:
    status, reason = FAULTS[fault]
    played.FAULT = fault
    verdict = DojoEngine(HOME, "imp_self", timeout_s=0.5).check("", "fun h => h")
    assert (verdict.status, verdict.reason) == (status, reason), verdict
    assert not verdict.correct


def test_steps_branch_and_survive_a_timeout(played: Any) -> None:
    engine = DojoEngine(HOME, "imp_self", timeout_s=0.5)
    second = engine.run(engine.start(), "intro h")
    assert not isinstance(second, TacticError)
    assert second.text == "p : Prop\nh : p\n⊢ p"
    assert isinstance(engine.run(second, "exact nonsense"), TacticError)
    assert isinstance(engine.run(second, "exact sorry"), TacticError)
    played.FAULT = "step: timeout"
    engine.close()
    late = engine.run(engine.start(), "intro h")
    assert isinstance(late, TacticError)
    assert late.code == "resource"
    played.FAULT = ""
    third = engine.run(second, "exact h")
    assert not isinstance(third, TacticError)
    assert third.solved
    assert engine.finish(third).correct
    assert engine.finish(second).reason == "unsolved_goals"
    engine.close()
    assert played.Dojo.opened == played.Dojo.closed


def test_bad_specs(played: Any) -> None:
    with pytest.raises(SpecError, match="statement"):
        DojoEngine(HOME, "imp_self").check(": True", "trivial")
    with pytest.raises(SpecError, match="theorem"):
        DojoEngine(HOME, "missing").start()


def test_more_than_a_terminal_takes_is_our_failure(played: Any) -> None:
    verdict = DojoEngine(HOME, "imp_self").check("", "by\n" + "  skip\n" * 2000 + "  exact fun h => h")
    assert (verdict.status, verdict.reason) == (Status.ERROR, "engine_limit")


def test_without_leandojo_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lean_dojo", None)
    with pytest.raises(EngineAbsentError, match=r"lean-dojo|below 3\.13"):
        DojoEngine(HOME, "imp_self")


# -- the real LeanDojo ------------------------------------------------------------------------------------------------


@pytest.fixture
def real_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Repository, Callable[[str], None]]:
    """A repository on disk for the real LeanDojo, whose `lake` is played; tracing (which needs a Lean) is left out."""
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("DISABLE_REMOTE_CACHE", "1")
    lean_dojo: Any = pytest.importorskip(
        "lean_dojo", reason="LeanDojo is not installed: pip install 'assay[lean-dojo]'"
    )
    dojo_module: Any = importlib.import_module("lean_dojo.interaction.dojo")
    repo, traced, tools = tmp_path / "repo", tmp_path / "traced", tmp_path / "tools"
    for folder in (repo, traced, tools):
        folder.mkdir()
    (repo / "lean-toolchain").write_text("leanprover/lean4:v4.20.0\n", encoding="utf-8")
    (repo / "A.lean").write_text("theorem imp_self (p : Prop) : p → p := fun h => h\n", encoding="utf-8")
    settings = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "."], [*settings, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", *command], cwd=repo, check=True)
    (traced / "Lean4Repl.lean").touch()
    shutil.copy(HERE / "fakes" / "dojo_lean.py", tools)
    lake = tools / "lake"
    lake.write_text(f"#!{sys.executable}\n" + (HERE / "fakes" / "fake_lake.py").read_text(encoding="utf-8"))
    lake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")

    def path(*_: Any) -> Path:
        return traced

    def locate(*_: Any) -> Any:
        return types.SimpleNamespace(has_prelude=False)

    monkeypatch.setattr(dojo_module, "get_traced_repo_path", path)
    monkeypatch.setattr(lean_dojo.Dojo, "_locate_traced_file", locate)

    def modify(dojo: Any, _: Any) -> None:
        dojo.modified_file = tempfile.NamedTemporaryFile("wt", suffix=".lean", dir=traced)  # noqa: SIM115

    monkeypatch.setattr(lean_dojo.Dojo, "_modify_file", modify)

    def tell(fault: str) -> None:
        (tools / "fault").write_text(fault, encoding="utf-8")

    tell("")
    return Repository(str(repo), "", "A.lean"), tell


@pytest.mark.parametrize("name", HONEST)
def test_the_real_classes_pass_on_what_lean_says(name: str, real_home: Any) -> None:
    proof, status, reason = HONEST[name]
    verdict = DojoEngine(real_home[0], "imp_self", timeout_s=20).check("", proof)
    assert (verdict.status, verdict.reason) == (status, reason), verdict


@pytest.mark.parametrize("fault", REAL_FAULTS)
def test_the_real_classes_are_broken_in_the_same_ways(fault: str, real_home: Any) -> None:
    home, tell = real_home
    tell(fault)
    verdict = DojoEngine(home, "imp_self", timeout_s=2 if "timeout" in fault else 20).check("", "fun h => h")
    status, reason = FAULTS[fault] if fault != "proof: unreadable" else ("error", "engine_died")
    assert (verdict.status, verdict.reason) == (status, reason), verdict


def test_the_real_classes_step(real_home: Any) -> None:
    home, tell = real_home
    engine = DojoEngine(home, "imp_self", timeout_s=20)
    second = engine.run(engine.start(), "intro h")
    assert not isinstance(second, TacticError)
    assert second.goals == ("p : Prop\nh : p\n⊢ p",)
    third = engine.run(second, "exact h")
    assert not isinstance(third, TacticError)
    assert engine.finish(third).correct
    engine.close()
    tell("start: crash")
    with pytest.raises(EngineError):
        engine.start()
