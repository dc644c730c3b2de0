"""The engine "lean": whole proofs by the `lean` program, judged by the audit of what it compiled.

A check is three processes. One compiles the task's statement, proved by `sorry`, to a module file (kept for later
checks of the same statement); one compiles the statement with the policy's proof; one audits both files. Messages and
exit codes can only refuse; nothing but the audit can accept.

Tactic steps work too, by compiling the proof so far and reading the goals from Lean's message: slow, and for display
only. Use the REPL to step.
"""

from __future__ import annotations

import os
import secrets
import tempfile
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.engine import DEFAULT_AXIOMS, EngineError, ProofState, TacticError
from assay.verifiers.lean.real import confinement
from assay.verifiers.lean.real.audit import auditor_for
from assay.verifiers.lean.real.child import Bounds, OverrunError
from assay.verifiers.lean.real.compiling import (
    OLEAN,
    compile_module,
    died,
    goals_of,
    out_of_memory,
    read_messages,
    statement_refused,
)
from assay.verifiers.lean.real.folder import Folder
from assay.verifiers.lean.real.judgement import engine_failed, overrun, proved, refusal, unsolved, verdict
from assay.verifiers.lean.real.policy_text import Refusal, read_policy_text, read_tactic, source_of
from assay.verifiers.lean.real.script import ScriptState
from assay.verifiers.lean.real.toolchain import Toolchain, find_toolchain, version_warning
from assay.verifiers.verdict import Status, Verdict

TARGETS_KEPT = 256


class CommandLineEngine:
    """Checks proofs with `lean`.

    Args:
        header: The task's text before the theorem.
        toolchain: The Lean to use; by default the one of this machine.
        bounds: Of compiling one proof; three times as much is given to the audit and to the statement.

    Raises:
        EngineAbsentError: There is no Lean.
    """

    def __init__(self, header: str = "", toolchain: Toolchain | None = None, bounds: Bounds | None = None) -> None:
        """Find the toolchain; no process is started yet."""
        self.header = header
        self.toolchain = toolchain or find_toolchain()
        self.bounds = bounds or Bounds()
        own = Bounds(3 * self.bounds.cpu_s, 3 * self.bounds.wall_s, self.bounds.memory_bytes, self.bounds.output_bytes)
        self._own_bounds = own
        self._auditor = auditor_for(self.toolchain, own)
        self._targets: OrderedDict[str, _Target] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Name and version."""
        return f"lean@{self.toolchain.version}"

    # -- statements --------------------------------------------------------------------------------------------------

    def _target(self, statement: str) -> _Target:
        """The compiled statement.

        Raises:
            SpecError: It does not elaborate.
            EngineError: Lean failed.
        """
        with self._lock:
            known = self._targets.get(statement)
            if known is not None:
                self._targets.move_to_end(statement)
                return known
            if not statement.strip():
                raise SpecError("statement: it is empty")
            folder = Folder("assay-task-")
            name = f"Assay.claim_{secrets.token_hex(8)}"
            source = source_of(self.header, name, statement, "sorry")
            try:
                done = compile_module(self.toolchain, folder.path, source.text, self._own_bounds)
            except OverrunError as error:
                raise EngineError("statement_overrun", f"the statement used up its {error.resource}") from None
            errors = [message for message in read_messages(done) if message.severity == "error"]
            olean = folder.file(OLEAN)
            if done.code == 1 and errors:
                raise statement_refused(errors)
            if done.code != 0 or errors or not os.path.isfile(olean):
                raise died(done, "the statement")
            self._targets[statement] = made = _Target(name, folder, olean)
            while len(self._targets) > TARGETS_KEPT:
                self._targets.popitem(last=False)
            return made

    # -- whole proofs ------------------------------------------------------------------------------------------------

    def check(self, statement: str, proof: str, axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> Verdict:
        """Judge a whole proof: what would follow `:=`.

        Raises:
            SpecError: The statement does not elaborate.
        """
        start = time.perf_counter()
        detail: dict[str, Any] = {"trust": "audited", "isolation": list(confinement.layers())}
        warning = version_warning(self.toolchain.version)
        if warning:
            detail["warning"] = warning
        text = read_policy_text(proof)
        if isinstance(text, Refusal):
            return refusal(text, start, detail)
        try:
            return self._checked(statement, text, axioms, start, detail)
        except OverrunError as error:
            return overrun(error.resource, start, detail)
        except EngineError as error:
            return engine_failed(error, start, detail)

    def _checked(
        self, statement: str, text: str, axioms: tuple[str, ...], start: float, detail: dict[str, Any]
    ) -> Verdict:
        target = self._target(statement)
        source = source_of(self.header, target.name, statement, text)
        with tempfile.TemporaryDirectory(prefix="assay-proof-") as folder:
            done = compile_module(self.toolchain, folder, source.text, self.bounds)
            messages = read_messages(done)
            errors = [message for message in messages if message.severity == "error"]
            if done.code == 1 and errors:
                first = errors[0]
                return verdict(
                    Status.WRONG, "lean_error", f"{source.place(first.line, first.column)}: {first.text}", start, detail
                )
            if out_of_memory(done):
                raise OverrunError("memory")
            olean = os.path.join(folder, OLEAN)
            if done.code != 0 or errors or not os.path.isfile(olean) or os.path.islink(olean):
                raise died(done, "the proof")
            found = self._auditor.audit(target.olean, olean, target.name)
        if found.refused:
            return verdict(Status.FORBIDDEN, "audit_refused", f"the audit refuses it: {found.refused}", start, detail)
        return proved(found.axioms, axioms, "Lean's kernel", start, detail)

    # -- tactic steps ------------------------------------------------------------------------------------------------

    def start(self, statement: str, axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> ScriptState:
        """The state before the first tactic.

        Raises:
            SpecError: The statement does not elaborate.
            EngineError: Lean failed.
        """
        self._target(statement)
        made = self._state(ScriptState(statement, axioms, (), ()))
        if isinstance(made, TacticError):
            raise EngineError("engine_unreadable", f"Lean shows no goals of the statement: {made.message}")
        return made

    def run(self, state: ProofState, tactic: str) -> ScriptState | TacticError:
        """Run one tactic, or several, on a state, which does not change.

        Raises:
            EngineError: Lean failed.
        """
        if type(state) is not ScriptState:
            raise TypeError("the state belongs to another engine")
        if state.solved:
            return TacticError("no_goals", "no goals to be proved")
        text = read_tactic(tactic)
        if isinstance(text, Refusal):
            return TacticError(text.reason, text.message)
        return self._state(ScriptState(state.statement, state.axioms, (*state.tactics, text), ()))

    def _state(self, state: ScriptState) -> ScriptState | TacticError:
        """The state with its goals, which Lean tells as the error that they are unsolved."""
        target = self._target(state.statement)
        source = source_of(self.header, target.name, state.statement, state.proof)
        try:
            with tempfile.TemporaryDirectory(prefix="assay-step-") as folder:
                done = compile_module(self.toolchain, folder, source.text, self.bounds)
        except OverrunError as error:
            return TacticError("resource", f"the tactic used up its {error.resource}")
        errors = [message for message in read_messages(done) if message.severity == "error"]
        if done.code not in (0, 1) or (done.code == 0) != (not errors):
            raise died(done, "the tactic")
        goals = goals_of(errors)
        if isinstance(goals, TacticError):
            return goals
        return ScriptState(state.statement, state.axioms, state.tactics, goals)

    def finish(self, state: ProofState) -> Verdict:
        """Judge the proof that led to a state without goals."""
        if type(state) is not ScriptState:
            raise TypeError("the state belongs to another engine")
        if state.goals:
            return unsolved(state.text, "audited")
        return self.check(state.statement, state.proof, state.axioms)


@dataclass(frozen=True, slots=True)
class _Target:
    """A compiled statement: the theorem's name, the folder that holds its file (deleted with this), the file."""

    name: str
    folder: Folder
    olean: str
