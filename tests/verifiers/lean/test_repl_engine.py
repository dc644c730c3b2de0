"""The engine "repl" against a program that speaks as leanprover-community/repl does, honest and broken."""

import dataclasses
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.engine import EngineAbsentError, EngineError, TacticError
from assay.verifiers.lean.real import repl
from assay.verifiers.lean.real.child import MIB, Bounds
from assay.verifiers.lean.real.command_line import CommandLineEngine
from assay.verifiers.lean.real.repl import ReplEngine
from assay.verifiers.lean.real.repl_process import find_repl
from assay.verifiers.lean.real.toolchain import Toolchain
from assay.verifiers.verdict import Status

STATEMENT = "(p : Prop) : p → p"
FAULTS: dict[str, list[str]] = json.loads(Path(__file__).with_name("faults.json").read_text(encoding="utf-8"))["repl"]
ROOMY = Bounds(cpu_s=60.0, wall_s=120.0, memory_bytes=300 * MIB, output_bytes=MIB)


@pytest.fixture
def made(honest_toolchain: Toolchain, fake_repl: str) -> Iterator[Callable[[Bounds], ReplEngine]]:
    """Makes engines, and ends their processes."""
    engines: list[ReplEngine] = []

    def make(bounds: Bounds) -> ReplEngine:
        judge = CommandLineEngine(toolchain=honest_toolchain, bounds=ROOMY)
        engines.append(ReplEngine("", fake_repl, honest_toolchain, judge, bounds))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()


@pytest.fixture
def engine(made: Callable[[Bounds], ReplEngine]) -> ReplEngine:
    return made(ROOMY)


def test_steps_branch_and_a_finished_proof_is_judged_afresh(engine: ReplEngine) -> None:
    first = engine.start(STATEMENT)
    assert first.text == "p : Prop\n⊢ p → p"
    second = engine.run(first, "intro h")
    assert not isinstance(second, TacticError)
    failed = engine.run(second, "exact nonsense")
    assert isinstance(failed, TacticError)
    assert failed.code == "lean_error"
    third = engine.run(second, "exact h")
    again = engine.run(second, "exact h")
    assert not isinstance(third, TacticError)
    assert not isinstance(again, TacticError)
    assert third.solved
    assert again.number != third.number
    assert engine.finish(second).reason == "unsolved_goals"
    verdict = engine.finish(third)
    assert verdict.correct
    assert verdict.detail["trust"] == "audited"
    assert engine.run(third, "exact h") == TacticError("no_goals", "no goals to be proved")
    assert isinstance(engine.run(second, "exact sorry"), TacticError)


def test_whole_proofs_are_refused_warm_and_accepted_by_the_judge_alone(
    engine: ReplEngine, fake_toolchain: Toolchain, break_it: Callable[[str, str], None]
) -> None:
    assert engine.check(STATEMENT, "fun h => h").correct
    assert engine.check(STATEMENT, "by exact hole").reason == "axiom_not_allowed"
    refused = engine.check(STATEMENT, "by\n  exact wrong")
    assert (refused.status, refused.reason) == (Status.WRONG, "lean_error")
    assert engine.check(STATEMENT, "by sorry").status is Status.FORBIDDEN
    with pytest.raises(SpecError):
        engine.check(": Unknown", "trivial")
    break_it(fake_toolchain.lean, "auditor crash at start")
    engine.judge = CommandLineEngine(toolchain=fake_toolchain, bounds=ROOMY)
    assert engine.check(STATEMENT, "fun h => h").status is Status.ERROR


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_is_paid_and_none_hangs(
    fault: str, made: Callable[[Bounds], ReplEngine], fake_repl: str, break_it: Callable[[str, str], None]
) -> None:
    """A tactic that ends the proof, on a REPL that fails as it does so."""
    kind, reason = FAULTS[fault]
    bounds = ROOMY
    if fault == "spin":
        bounds = dataclasses.replace(ROOMY, cpu_s=0.7)
    elif "hang" in fault or "drip" in fault:
        bounds = dataclasses.replace(ROOMY, wall_s=2.0)
    break_it(fake_repl, fault)
    engine = made(bounds)
    assert _outcome(engine, late=fault == "late extra reply") == (kind, reason)


def _outcome(engine: ReplEngine, *, late: bool) -> tuple[str, str]:
    """How the last step of a proof ended."""
    try:
        state = engine.run(engine.start(STATEMENT), "go")
        if late:
            assert not isinstance(state, TacticError)
            time.sleep(1.0)
            state = engine.run(engine.start(STATEMENT), "intro h")
    except EngineError as error:
        return "error", error.reason
    return (
        ("refused", state.code) if isinstance(state, TacticError) else ("open", "solved" if state.solved else "goals")
    )


def test_a_state_outlives_its_process(
    engine: ReplEngine, fake_repl: str, break_it: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = engine.start(STATEMENT)
    second = engine.run(first, "intro h")
    assert not isinstance(second, TacticError)
    break_it(fake_repl, "crash in a reply")
    with pytest.raises(EngineError):
        engine.run(second, "go")
    break_it(fake_repl, "")
    third = engine.run(second, "exact h")
    assert not isinstance(third, TacticError)
    assert third.generation == second.generation + 1
    monkeypatch.setattr(repl, "RECYCLE_AFTER", 0)
    fourth = engine.run(second, "exact h")
    assert not isinstance(fourth, TacticError)
    assert fourth.generation > third.generation


def test_a_process_outlives_the_thread_that_asked_first_and_not_the_engine(engine: ReplEngine) -> None:
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(engine.start, STATEMENT).result()
    second = engine.run(first, "intro h")
    assert not isinstance(second, TacticError)
    assert second.generation == first.generation


def test_an_absent_repl_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEAN_REPL", str(tmp_path / "nothing"))
    with pytest.raises(EngineAbsentError, match="LEAN_REPL"):
        find_repl()
    monkeypatch.delenv("LEAN_REPL")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineAbsentError, match="leanprover-community/repl"):
        find_repl()
