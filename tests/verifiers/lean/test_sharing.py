"""Terms are shared by a table that is cut back now and then: that must show nowhere."""

from __future__ import annotations

import gc
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.embedded.kernel import term
from assay.verifiers.lean.engine import TacticError
from assay.verifiers.lean.theorems import shipped_theorems


def test_a_step_is_the_same_after_terms_were_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """A goal that `simp` leaves as it was is no progress, however old the state."""
    monkeypatch.setattr(term, "_TABLE_SLACK", -1_000_000_000)
    engine = EmbeddedEngine()
    state = engine.start("(p q r : Prop) : (p → q) → (q → r) → p → r")
    for _ in range(3):
        assert engine.run(state, "simp") == TacticError("simp_no_progress", "`simp` made no progress", 1, 0)


def test_proofs_are_accepted_while_terms_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(term, "_TABLE_SLACK", -1_000_000_000)
    engine = EmbeddedEngine()
    for theorem in shipped_theorems()[::6] * 2:
        assert engine.check(theorem.statement, theorem.proof).correct, theorem.name


def test_threads_check_while_terms_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(term, "_TABLE_SLACK", 500)
    engine = EmbeddedEngine()
    theorems = shipped_theorems()[::5]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    try:
        with ThreadPoolExecutor(4) as pool:
            running = [pool.submit(engine.check, theorem.statement, theorem.proof) for theorem in theorems * 4]
            found = [future.result().reason for future in running]
    finally:
        sys.setswitchinterval(before)
    assert set(found) == {"proved"}


def test_a_check_leaves_no_cycles() -> None:
    """What a check made is gone when it ends, without waiting for the garbage collector."""
    engine = EmbeddedEngine()
    theorems = shipped_theorems()[::9]
    for theorem in theorems:
        engine.check(theorem.statement, theorem.proof)
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        for theorem in theorems:
            engine.check(theorem.statement, theorem.proof)
        gc.collect()
        left = [type(thing).__name__ for thing in gc.garbage if type(thing).__module__.startswith("assay")]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert left == []
