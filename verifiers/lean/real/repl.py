"""The engine "repl": leanprover-community/repl over its standard input and output, for tactic steps.

A warm process holds the header's environment and every state that was reached, so that a step costs milliseconds and a
search can branch. What it says is for stepping: a reply must answer the request that was made (its numbers are
foretold), a state is solved only where `proofStatus` is "Completed" and no message is an error, and anything
unexpected ends the process. Only the judge pays: a whole proof is compiled and audited in fresh processes, as by the
engine "lean". For whole proofs the warm process goes first and refuses what does not elaborate, which is most of what
a policy under training writes.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.engine import (
    DEFAULT_AXIOMS,
    EngineAbsentError,
    EngineError,
    LeanEngine,
    ProofState,
    TacticError,
)
from assay.verifiers.lean.real import confinement
from assay.verifiers.lean.real.child import Bounds, Child, OverrunError, tree_usage
from assay.verifiers.lean.real.command_line import CommandLineEngine
from assay.verifiers.lean.real.confinement import Confinement
from assay.verifiers.lean.real.folder import Folder
from assay.verifiers.lean.real.judgement import overrun, refusal, verdict
from assay.verifiers.lean.real.policy_text import Refusal, Source, indented, read_policy_text, source_of
from assay.verifiers.lean.real.toolchain import Toolchain, find_toolchain
from assay.verifiers.verdict import Status, Verdict, failed

RECYCLE_AFTER = 4000
"""Requests after which a process is replaced: it never forgets a state."""

INSTALL = (
    "build https://github.com/leanprover-community/repl at the tag of your Lean and put `.lake/build/bin/repl` on the "
    "PATH or in LEAN_REPL; see docs/lean.md"
)


@dataclass(frozen=True, slots=True)
class ReplState:
    """A state of the REPL, with the way to it, so that another process can come there again."""

    statement: str
    axioms: tuple[str, ...]
    tactics: tuple[str, ...]
    goals: tuple[str, ...]
    generation: int
    number: int

    @property
    def text(self) -> str:
        """All goals as one text."""
        return "\n\n".join(self.goals) if self.goals else "no goals"

    @property
    def solved(self) -> bool:
        """Whether no goal is left."""
        return not self.goals

    @property
    def proof(self) -> str:
        """The proof as a `by` block."""
        return "by\n" + "\n".join(indented(tactic) for tactic in self.tactics or ("skip",))


def find_repl() -> str:
    """Where the REPL is: `LEAN_REPL`, or `repl` on the PATH.

    Raises:
        EngineAbsentError: There is none.
    """
    named = os.environ.get("LEAN_REPL", "")
    found = shutil.which(named) if named else shutil.which("repl")
    if found is None:
        what = f"LEAN_REPL is {named!r}, which is no program" if named else "no `repl` on this machine"
        raise EngineAbsentError(f"{what}: {INSTALL}")
    return os.path.realpath(found)


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
        self._process: _Process | None = None
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

    def _warm(self) -> _Process:
        """The warm process: fresh if there is none, it has died between requests, or it is worn out."""
        held = self._process
        if held is not None and (not held.usable or held.requests >= RECYCLE_AFTER or held.heavy):
            held.close()
            held = self._process = None
        if held is None:
            self._generation += 1
            self._starts.clear()
            held = self._process = _Process(self.program, self.toolchain, self.header, self.bounds)
        return held

    def _located(self, state: ReplState) -> tuple[_Process, int]:
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
        text = read_policy_text(tactic)
        if isinstance(text, Refusal):
            return TacticError(text.reason, text.message)
        with self._lock:
            try:
                process, number = self._located(state)
                return self._step(process, number, state, text)
            except OverrunError as error:
                return TacticError("resource", f"the tactic used up its {error.resource}")

    def _step(self, process: _Process, number: int, state: ReplState, text: str) -> ReplState | TacticError:
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
            start = time.perf_counter()
            message = "unsolved goals\n" + state.text
            return verdict(Status.WRONG, "unsolved_goals", message, start, {"trust": "audited"})
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
            spent = time.perf_counter() - start
            return failed(error.reason, str(error), verifier="lean", elapsed=spent, **{**detail, **error.detail})
        if said is not None:
            return verdict(Status.WRONG, "lean_error", said, start, detail)
        return self.judge.check(statement, proof, axioms)


class _Process:
    """One REPL process: requests, and replies that are believed only in the shape and with the numbers foretold."""

    def __init__(self, program: str, toolchain: Toolchain, header: str, bounds: Bounds) -> None:
        self.bounds = bounds
        self.requests = 0
        self.environments = 0
        self.states = 0
        self._scratch = Folder("assay-repl-")
        within = Confinement((*toolchain.folders(), os.path.dirname(program)), self._scratch.path)
        self._child = Child([program], toolchain.environment(), within, bounds, cpu_limit=False)
        self._opening = Bounds(10 * bounds.cpu_s, 10 * bounds.wall_s, bounds.memory_bytes, bounds.output_bytes)
        try:
            text = f"{header.rstrip()}\nset_option autoImplicit false".lstrip("\n")
            _, errors, _ = self._command(text, None, self._opening)
            if errors:
                raise SpecError(f"header: Lean does not accept it: {errors[0].text[:500]}")
            self._probe()
        except OverrunError as error:
            raise EngineError("header_overrun", f"the header used up its {error.resource}") from None
        except BaseException:
            self.close()
            raise

    @property
    def usable(self) -> bool:
        """Whether it can be asked."""
        return self._child.alive

    @property
    def heavy(self) -> bool:
        """Whether it holds more than half of the memory that a request may make it hold."""
        return self.requests % 64 == 0 and tree_usage(self._child.pid)[1] > self.bounds.memory_bytes // 2

    def close(self) -> None:
        """End it."""
        self._child.kill()
        self._scratch.remove()

    def _probe(self) -> None:
        """Find out whether it speaks the protocol that is relied on, with proofs of our own.

        Raises:
            EngineError: It does not.
        """
        _, number = self.open_goal("Assay.probe", "(p : Prop) (h : p) : p")
        good = self.step(number, "exact h")
        bad = self.step(number, f"exact probe_{secrets.token_hex(4)}")
        if isinstance(good, TacticError) or good[0] or not isinstance(bad, TacticError):
            raise self._wrong("it does not tell a finished proof from an unfinished one")

    def _wrong(self, why: str) -> EngineError:
        self._child.kill()
        return EngineError("engine_wrong_version", f"this REPL is of no version that is known: {why}; {INSTALL}")

    def _ask(self, request: Mapping[str, Any], bounds: Bounds) -> dict[str, Any]:
        """One reply to one request.

        Raises:
            OverrunError: A bound was reached.
            EngineError: It died, stalled, or wrote anything but one JSON object.
        """
        child = self._child
        if child.pending() and child.out.strip():
            child.kill()
            raise EngineError("engine_stray_output", "the REPL wrote something that no request asked for")
        child.out.clear()
        self.requests += 1
        message = json.dumps(request, ensure_ascii=False).encode("utf-8", "replace") + b"\n\n"
        child.exchange(message, lambda out: b"\n\n" in out.lstrip(), bounds)
        whole, found, rest = bytes(child.out).lstrip().partition(b"\n\n")
        child.out.clear()
        if not found:
            died = child.ended()
            said = bytes(child.err[-300:]).decode("utf-8", "replace")
            child.kill()
            if died is not None and ("out of memory" in said.lower() or "bad_alloc" in said):
                raise OverrunError("memory")
            raise EngineError("engine_died", f"the REPL ended (exit code {died}) in the middle of a reply", output=said)
        if rest.strip():
            child.kill()
            raise EngineError("engine_stray_output", "the REPL wrote more than one reply to a request")
        try:
            reply = json.loads(whole.decode("utf-8"))
        except (ValueError, RecursionError):
            reply = None
        if not isinstance(reply, dict):
            child.kill()
            raise EngineError("engine_unreadable", "the REPL's reply is no JSON object")
        return reply

    def _command(
        self, text: str, environment: int | None, bounds: Bounds
    ) -> tuple[dict[str, Any], list[_Message], list[_Message]]:
        """Run commands; the reply, its errors, and all its messages."""
        request: dict[str, Any] = {"cmd": text}
        if environment is not None:
            request["env"] = environment
        reply = self._ask(request, bounds)
        if set(reply) == {"message"}:
            self._child.kill()
            raise EngineError("engine_refused", f"the REPL refuses a command: {str(reply['message'])[:200]}")
        if reply.get("env") != self.environments:
            raise self._shifted(f"environment {reply.get('env')!r} where {self.environments} comes next")
        self.environments += 1
        messages = self._messages(reply)
        return reply, [message for message in messages if message.severity == "error"], messages

    def _messages(self, reply: Mapping[str, Any]) -> list[_Message]:
        found: list[_Message] = []
        try:
            for row in reply.get("messages", []):
                place = row["pos"]
                found.append(_Message(str(row["severity"]), int(place["line"]), int(place["column"]), str(row["data"])))
        except (KeyError, TypeError, ValueError):
            self._child.kill()
            raise EngineError("engine_unreadable", "the REPL's messages cannot be read") from None
        return found

    def _shifted(self, why: str) -> EngineError:
        self._child.kill()
        return EngineError("engine_forged_reply", f"a reply that answers another request: {why}")

    def open_goal(self, name: str, statement: str) -> tuple[tuple[str, ...], int]:
        """The goal of a statement and the number of its state.

        Raises:
            SpecError: The statement does not elaborate.
        """
        text = f"theorem {name} {statement.strip()} := by\n  sorry"
        reply, errors, _ = self._command(text, 0, self.bounds)
        if errors:
            raise SpecError(f"statement: Lean does not accept it: {errors[0].text[:500]}")
        holes = reply.get("sorries")
        if not isinstance(holes, list) or len(holes) != 1 or not isinstance(holes[0], dict):
            raise self._wrong("it lists no single goal for a statement")
        goal, number = holes[0].get("goal"), holes[0].get("proofState")
        if not isinstance(goal, str) or number is None:
            raise self._wrong("it gives no proof state for a goal")
        if number != self.states:
            raise self._shifted(f"state {number!r} where {self.states} comes next")
        self.states += 1
        return (goal,), int(number)

    def step(self, number: int, tactic: str) -> tuple[tuple[str, ...], int] | TacticError:
        """Run a tactic on a state: the goals after it and the number of the new state."""
        text = tactic.strip("\n").rstrip()
        if "\n" in text or ";" in text:
            text = f"(\n{indented(text)}\n)"
        reply = self._ask({"proofState": number, "tactic": text.strip()}, self.bounds)
        if set(reply) == {"message"}:
            said = str(reply["message"])
            if said.startswith("Unknown proof state"):
                raise self._shifted(f"it does not know state {number}")
            return TacticError("lean_error", said[:4000])
        reached, goals, status = reply.get("proofState"), reply.get("goals"), reply.get("proofStatus")
        if "env" in reply or not isinstance(goals, list) or not all(isinstance(goal, str) for goal in goals):
            raise self._shifted("it is no reply to a tactic")
        if reached != self.states:
            raise self._shifted(f"state {reached!r} where {self.states} comes next")
        self.states += 1
        if not isinstance(status, str):
            raise self._wrong("its replies have no proofStatus")
        holes = reply.get("sorries", [])
        self.states += len(holes) if isinstance(holes, list) else 0
        errors = [message for message in self._messages(reply) if message.severity == "error"]
        if errors:
            return TacticError("lean_error", errors[0].text[:4000], errors[0].line, errors[0].column)
        if holes or not (status == "Completed" if not goals else status.startswith("Incomplete: open goals")):
            return TacticError("incomplete", f"the tactic leaves no sound state: {status[:200]}")
        return tuple(goals), self.states - 1 - (len(holes) if isinstance(holes, list) else 0)

    def refuses(self, statement: str, proof: str) -> str | None:
        """Why a whole proof does not elaborate; None if it does."""
        source: Source = source_of("", f"Assay.claim_{secrets.token_hex(8)}", statement, proof)
        _, errors, _ = self._command(source.text, 0, self.bounds)
        return f"{source.place(errors[0].line, errors[0].column)}: {errors[0].text}" if errors else None


@dataclass(frozen=True, slots=True)
class _Message:
    """One message of the REPL's."""

    severity: str
    line: int
    column: int
    text: str
