"""The engine "lean" against a program that speaks as `lean` does, honest and broken in every way we could think of."""

import dataclasses
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.engine import EngineAbsentError, TacticError
from assay.verifiers.lean.real.child import MIB, Bounds
from assay.verifiers.lean.real.command_line import CommandLineEngine
from assay.verifiers.lean.real.toolchain import Toolchain, find_toolchain, version_warning
from assay.verifiers.verdict import Status, Verdict

STATEMENT = "(p : Prop) : p → p"
FAULTS: dict[str, list[str]] = json.loads(Path(__file__).with_name("faults.json").read_text(encoding="utf-8"))["lean"]
ROOMY = Bounds(cpu_s=60.0, wall_s=120.0, memory_bytes=300 * MIB, output_bytes=MIB)


def bounds_for(fault: str) -> Bounds:
    """Roomy, but for the bound that a fault has to run into."""
    if "spin" in fault:
        return dataclasses.replace(ROOMY, cpu_s=0.7)
    if "hang" in fault or "drip" in fault:  # the statement and the audit get three times as much
        return dataclasses.replace(ROOMY, wall_s=2.0 if fault.startswith("proof") else 0.7)
    return ROOMY


def left_running(marker: str) -> list[str]:
    """Command lines of processes that name a folder of this test and do not go away."""
    until = time.monotonic() + 10
    while _running(marker) and time.monotonic() < until:
        time.sleep(0.1)  # what was killed may still be giving back its memory
    return _running(marker)


def _running(marker: str) -> list[str]:
    found: list[str] = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().decode("utf-8", "replace").replace("\0", " ")
        except OSError:
            continue
        if marker in line:
            found.append(line)
    return found


@pytest.fixture
def engine(honest_toolchain: Toolchain) -> CommandLineEngine:
    return CommandLineEngine(toolchain=honest_toolchain, bounds=ROOMY)


HONEST = {
    "a proof": ("fun h => h", Status.CORRECT, "proved"),
    "a by block": ("by\n  intro h\n  exact h", Status.CORRECT, "proved"),
    "a proof that does not elaborate": ("wrong", Status.WRONG, "lean_error"),
    "three axioms": ("by exact em", Status.CORRECT, "proved"),
    "a hole in disguise": ("by exact hole", Status.FORBIDDEN, "axiom_not_allowed"),
    "compiled code": ("by exact compiled", Status.FORBIDDEN, "axiom_not_allowed"),
    "an axiom of its own": ("by exact cheat", Status.FORBIDDEN, "audit_refused"),
    "another statement": ("by exact other", Status.FORBIDDEN, "audit_refused"),
    "sorry": ("by sorry", Status.FORBIDDEN, "forbidden_token"),
    "a command": ("fun h => h\n#eval 1\n#check x", Status.FORBIDDEN, "forbidden_token"),
    "out of its brackets": ("h)\naxiom x : (False", Status.FORBIDDEN, "forbidden_token"),
    "nothing": ("  ", Status.NO_ANSWER, "no_proof"),
    "only a comment": ("/- h -/", Status.NO_ANSWER, "no_proof"),
}


@pytest.mark.parametrize("name", HONEST)
def test_what_an_honest_lean_says_is_passed_on(name: str, engine: CommandLineEngine) -> None:
    proof, status, reason = HONEST[name]
    verdict = engine.check(STATEMENT, proof)
    assert (verdict.status, verdict.reason) == (status, reason), verdict
    assert verdict.detail["trust"] == "audited"
    assert "rlimits" in verdict.detail["isolation"]


def test_the_tasks_axioms_decide(engine: CommandLineEngine) -> None:
    assert engine.check(STATEMENT, "by exact em", ()).reason == "axiom_not_allowed"
    assert engine.check(STATEMENT, "by exact compiled", ("Lean.ofReduceBool",)).correct


def test_a_statement_that_does_not_elaborate_is_a_bad_spec(engine: CommandLineEngine) -> None:
    with pytest.raises(SpecError, match="Unknown identifier"):
        engine.check(": Unknown", "trivial")
    with pytest.raises(SpecError, match="empty"):
        engine.check("  ", "trivial")


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_is_paid_and_none_hangs(
    fault: str, fake_toolchain: Toolchain, break_it: Callable[[str, str], None]
) -> None:
    status, reason = FAULTS[fault]
    break_it(fake_toolchain.lean, fault.replace(": ", " ", 1))
    engine = CommandLineEngine(toolchain=fake_toolchain, bounds=bounds_for(fault))
    verdict = engine.check(STATEMENT, "fun h => h")
    assert (verdict.status, verdict.reason) == (status, reason), verdict
    assert not left_running(os.path.dirname(fake_toolchain.lean))


def test_what_is_refused_stays_refused_when_the_output_is_forged(
    fake_toolchain: Toolchain, break_it: Callable[[str, str], None]
) -> None:
    for fault in ("auditor another theorem", "auditor two answers", "auditor answer and failure"):
        break_it(fake_toolchain.lean, fault)
        assert not CommandLineEngine(toolchain=fake_toolchain, bounds=ROOMY).check(STATEMENT, "by exact hole").correct


def test_an_engine_recovers_from_a_fault(fake_toolchain: Toolchain, break_it: Callable[[str, str], None]) -> None:
    engine = CommandLineEngine(toolchain=fake_toolchain, bounds=ROOMY)
    break_it(fake_toolchain.lean, "statement crash at start")
    assert engine.check(STATEMENT, "fun h => h").status is Status.ERROR
    break_it(fake_toolchain.lean, "")
    assert engine.check(STATEMENT, "fun h => h").correct


def test_stepping_shows_goals_and_finishing_judges_afresh(engine: CommandLineEngine) -> None:
    first = engine.start(STATEMENT)
    assert first.goals == ("p : Prop\n⊢ p → p",)
    assert not first.solved
    second = engine.run(first, "  intro h  \n")
    assert not isinstance(second, TacticError)
    assert second.text == "p : Prop\nh : p\n⊢ p"
    assert isinstance(engine.run(second, "exact wrong"), TacticError)
    assert isinstance(engine.run(second, "exact sorry"), TacticError)
    assert engine.finish(second).reason == "unsolved_goals"
    third = engine.run(second, "exact h")
    assert not isinstance(third, TacticError)
    assert third.solved
    assert engine.finish(third).correct
    hole = engine.run(second, "exact hole")
    assert not isinstance(hole, TacticError)
    assert engine.finish(hole).reason == "axiom_not_allowed"


def test_an_old_lean_cannot_audit(fake_toolchain: Toolchain) -> None:
    old = dataclasses.replace(fake_toolchain, version="4.8.0")
    verdict = CommandLineEngine(toolchain=old, bounds=ROOMY).check(STATEMENT, "fun h => h")
    assert (verdict.status, verdict.reason) == (Status.ERROR, "engine_too_old")
    assert "soundness" in verdict.detail["warning"]
    assert "4.34.1" in version_warning("4.34.0")
    assert not version_warning("4.34.1")
    assert not version_warning("4.35.0-rc1")


def test_a_toolchain_is_found_and_its_absence_explained(
    fake_toolchain: Toolchain, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("LEAN_PROJECT", raising=False)
    monkeypatch.setenv("LEAN_BIN", fake_toolchain.lean)
    found = find_toolchain()
    assert (found.version, found.prefix, found.lean) == ("4.35.0", fake_toolchain.prefix, fake_toolchain.lean)
    monkeypatch.setenv("LEAN_BIN", str(tmp_path / "nothing"))
    with pytest.raises(EngineAbsentError, match="LEAN_BIN"):
        find_toolchain()
    monkeypatch.setenv("LEAN_BIN", fake_toolchain.lean)
    monkeypatch.setenv("LEAN_PROJECT", str(tmp_path / "nothing"))
    with pytest.raises(EngineAbsentError, match="LEAN_PROJECT"):
        find_toolchain()
    (Path(fake_toolchain.lean).parent / "version").write_text("3.51.1", encoding="utf-8")
    monkeypatch.delenv("LEAN_PROJECT")
    monkeypatch.setenv("LEAN_BIN", os.path.dirname(fake_toolchain.lean))
    with pytest.raises(EngineAbsentError, match="no Lean 4"):
        find_toolchain()


def test_threads_share_an_engine(engine: CommandLineEngine) -> None:
    def check(proof: str) -> Verdict:
        return engine.check(STATEMENT, proof)

    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(check, ["fun h => h", "wrong", "by exact hole"] * 2))
    assert [v.reason for v in found] == ["proved", "lean_error", "axiom_not_allowed"] * 2


def test_a_process_with_many_open_files_can_check(engine: CommandLineEngine) -> None:
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if soft < 1500:
        pytest.skip("this process may not open that many files")
    held = [os.open("/dev/null", os.O_RDONLY) for _ in range(1100)]
    try:
        assert engine.check(STATEMENT, "fun h => h").correct
    finally:
        for fd in held:
            os.close(fd)


def test_nothing_is_left_in_the_temporary_folder(engine: CommandLineEngine) -> None:
    before = {p for p in os.listdir(tempfile.gettempdir()) if p.startswith("assay-proof")}
    engine.check(STATEMENT, "fun h => h")
    assert {p for p in os.listdir(tempfile.gettempdir()) if p.startswith("assay-proof")} <= before
