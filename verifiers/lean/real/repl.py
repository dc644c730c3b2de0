"""The engine "repl": leanprover-community/repl over its standard input and output, for tactic steps.

A warm process holds the header's environment and every state that was reached, so that a step costs milliseconds and a
search can branch. What it says is for stepping: a reply must answer the request that was made (its numbers are
foretold), a state is solved only where `proofStatus` is "Completed" and no message is an error, and anything
unexpected ends the process. Only the judge pays: a whole proof is compiled and audited in fresh processes, as by the
engine "lean". For whole proofs the warm process goes first and refuses what does not elaborate, which is most of what
a policy under training writes.
"""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass
from typing import Any

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.engine import (
    DEFAULT_AXIOMS,
    EngineError,
    LeanEngine,
    ProofState,
    TacticError,
)
from assay.verifiers.lean.real import confinement
from assay.verifiers.lean.real.child import Bounds, OverrunError
from assay.verifiers.lean.real.command_line import CommandLineEngine
from assay.verifiers.lean.real.judgement import engine_failed, overrun, refusal, unsolved, verdict
from assay.verifiers.lean.real.policy_text import Refusal, read_policy_text, read_tactic
from assay.verifiers.lean.real.repl_process import ReplProcess, find_repl
from assay.verifiers.lean.real.script import ScriptState
from assay.verifiers.lean.real.toolchain import Toolchain, find_toolchain
from assay.verifiers.verdict import Status, Verdict

RECYCLE_AFTER = 4000
"""Requests after which a process is replaced: it never forgets a state."""


@dataclass(frozen=True, slots=True)
class ReplState(ScriptState):
    """A state of the REPL: its number in the process of a generation."""

    generation: int
    number: int


class ReplEngine:
    """Steps through proofs with the REPL, and has whole proofs judged by `lean`.

    Args:
        header: The task's text before the theorem.
        program: The REPL; by default the one of this machine.
        toolchain: The Lean that it was built with; by default the one of this machine.
        judge: What judges whole proofs; by default `lean` with that toolchain.
        bounds: Of one request.

    Raises:
        EngineAbsentError: There is no REPL or no Lean.
    """

    def __init__(
        self,
        header: str = "",
        program: str | None = None,
        toolchain: Toolchain | None = None,
        judge: LeanEngine | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        """Find the programs; no process is started yet."""
        self.header = header
        self.toolchain = toolchain or find_toolchain()
        self.program = program or find_repl()
        self.bounds = bounds or Bounds()
        self.judge = judge or CommandLineEngine(header, self.toolchain, self.bounds)
        self._lock = threading.RLock()
        self._process: ReplProcess | None = None
        self._generation = 0
        self._starts: dict[str, tuple[int, ReplState]] = {}

    @property
    def name(self) -> str:
        """Name and version (of the Lean behind it)."""
        return f"repl@{self.toolchain.version}"

    def close(self) -> None:
        """End the warm process; it starts again when needed."""
        with self._lock:
            if self._process is not None:
                self._process.close()
                self._process = None

    # -- the warm process --------------------------------------------------------------------------------------------

    def _warm(self) -> ReplProcess:
        """The warm process: fresh if there is none, it has died between requests, or it is worn out."""
        held = self._process
        if held is not None and (not held.usable or held.requests >= RECYCLE_AFTER or held.heavy):
            held.close()
            held = self._process = None
        if held is None:
            self._generation += 1
            self._starts.clear()
            held = self._process = ReplProcess(self.program, self.toolchain, self.header, self.bounds)
        return held

    def _located(self, state: ReplState) -> tuple[ReplProcess, int]:
        """The warm process, and the number that a state has in it; the way to it is walked again where it is new."""
        process = self._warm()
        if state.generation == self._generation:
            return process, state.number
        at: ReplState | TacticError = self.start(state.statement, state.axioms)
        assert self._process is not None
        process = self._process
        for tactic in state.tactics:
            assert isinstance(at, ReplState)
            at = self._step(process, at.number, at, tactic)
            if isinstance(at, TacticError):
                raise EngineError("engine_differs", f"a tactic that worked does so no more: {at.message[:200]}")
        assert isinstance(at, ReplState)
        if at.goals != state.goals:
            raise EngineError("engine_differs", "the same tactics lead to other goals than before")
        return process, at.number

    # -- tactic steps ------------------------------------------------------------------------------------------------

    def start(self, statement: str, axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> ReplState:
        """The state before the first tactic.

        Raises:
            SpecError: The statement does not elaborate.
            EngineError: The REPL failed.
        """
        with self._lock:
            process = self._warm()
            known = self._starts.get(statement)
            if known is not None and known[0] == self._generation:
                first = known[1]
                return ReplState(statement, axioms, (), first.goals, first.generation, first.number)
            if not statement.strip():
                raise SpecError("statement: it is empty")
            try:
                goals, number = process.open_goal(f"Assay.claim_{secrets.token_hex(8)}", statement)
            except OverrunError as error:
                raise EngineError("statement_overrun", f"the statement used up its {error.resource}") from None
            made = ReplState(statement, axioms, (), goals, self._generation, number)
            if len(self._starts) < 1000:
                self._starts[statement] = (self._generation, made)
            return made

    def run(self, state: ProofState, tactic: str) -> ReplState | TacticError:
        """Run one tactic, or several, on a state, which does not change.

        Raises:
            EngineError: The REPL failed.
        """
        if not isinstance(state, ReplState):
            raise TypeError("the state belongs to another engine")
        if state.solved:
            return TacticError("no_goals", "no goals to be proved")
        text = read_tactic(tactic)
        if isinstance(text, Refusal):
            return TacticError(text.reason, text.message)
        with self._lock:
            try:
                process, number = self._located(state)
                return self._step(process, number, state, text)
            except OverrunError as error:
                return TacticError("resource", f"the tactic used up its {error.resource}")

    def _step(self, process: ReplProcess, number: int, state: ReplState, text: str) -> ReplState | TacticError:
        made = process.step(number, text)
        if isinstance(made, TacticError):
            return made
        goals, reached = made
        return ReplState(state.statement, state.axioms, (*state.tactics, text), goals, self._generation, reached)

    def finish(self, state: ProofState) -> Verdict:
        """Have the proof that led to a state without goals judged, in fresh processes."""
        if not isinstance(state, ReplState):
            raise TypeError("the state belongs to another engine")
        if state.goals:
            return unsolved(state.text, "audited")
        return self.judge.check(state.statement, state.proof, state.axioms)

    # -- whole proofs ------------------------------------------------------------------------------------------------

    def check(self, statement: str, proof: str, axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> Verdict:
        """Judge a whole proof: refused here if it does not elaborate, else judged in fresh processes.

        Raises:
            SpecError: The statement does not elaborate.
        """
        start = time.perf_counter()
        detail: dict[str, Any] = {"trust": "audited", "isolation": list(confinement.layers())}
        text = read_policy_text(proof)
        if isinstance(text, Refusal):
            return refusal(text, start, detail)
        try:
            self.start(statement, axioms)
            with self._lock:
                said = self._warm().refuses(statement, text)
        except OverrunError as error:
            return overrun(error.resource, start, detail)
        except EngineError as error:
            return engine_failed(error, start, detail)
        if said is not None:
            return verdict(Status.WRONG, "lean_error", said, start, detail)
        return self.judge.check(statement, proof, axioms)
