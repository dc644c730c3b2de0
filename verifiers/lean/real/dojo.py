"""The engine "dojo": theorems of a traced repository through LeanDojo (the extra `lean-dojo`, Python below 3.13).

LeanDojo runs Lean itself, outside our jail, checks a finished proof with the kernel and refuses `sorry`, but it looks
at no axioms, and its `check_proof` reads warnings whose text has changed. So a proof is judged in a fresh Dojo where
our own steps stand around it: the goal is split in two, the policy's proof closes the first half in one step, and while
the second is still open a step of ours reports every axiom behind what was proved, behind a word the policy cannot
know. The report comes from the process that ran the policy's tactics: `detail["trust"]` is "in_process".
"""

from __future__ import annotations

import contextlib
import importlib
import secrets
import sys
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.choice import Repository
from assay.verifiers.lean.engine import DEFAULT_AXIOMS, EngineAbsentError, EngineError, ProofState, TacticError
from assay.verifiers.lean.real.judgement import engine_failed, overrun, proved, refusal, unsolved, verdict
from assay.verifiers.lean.real.policy_text import Refusal, indented, read_policy_text, read_tactic
from assay.verifiers.lean.real.script import ScriptState
from assay.verifiers.verdict import Status, Verdict

LINE_BYTES = 3500
"""LeanDojo talks through a terminal, which cuts lines at 4,096 bytes."""

_REPORT = """run_tac do
  let mctx ← Lean.getMCtx
  let names := mctx.eAssignment.foldl (fun (seen : Array Lean.Name) _ e => seen ++ e.getUsedConstants) #[]
  let mut found : Array Lean.Name := #[]
  for name in names do
    for one in (← Lean.collectAxioms name) do
      unless found.contains one do
        found := found.push one
  throwError "{word} {String.intercalate "," (found.toList.map toString)}\""""


@dataclass(frozen=True, slots=True)
class DojoState(ScriptState):
    """A state of LeanDojo's, held by the Dojo of a generation."""

    generation: int
    held: Any


def find_lean_dojo() -> Any:
    """The module `lean_dojo`.

    Raises:
        EngineAbsentError: It is not installed, or cannot be imported.
    """
    try:
        return importlib.import_module("lean_dojo")
    except ImportError as error:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        if sys.version_info >= (3, 13):
            raise EngineAbsentError(f"LeanDojo needs Python below 3.13, this is {version}") from None
        raise EngineAbsentError(f"LeanDojo is not installed ({error}): pip install 'assay[lean-dojo]'") from None
    except Exception as error:  # it looks for git and tokens when it is imported
        raise EngineAbsentError(f"LeanDojo cannot be imported: {type(error).__name__}: {error}"[:300]) from None


class DojoEngine:
    """Steps through and checks proofs of one theorem of a repository.

    Args:
        home: Where the theorem is.
        theorem: Its full name.
        timeout_s: Wall time of one tactic, in seconds: LeanDojo has no other bound.

    Raises:
        EngineAbsentError: LeanDojo is not installed.
    """

    def __init__(self, home: Repository, theorem: str, timeout_s: float = 120.0) -> None:
        """Import LeanDojo; nothing is traced yet."""
        self._lean_dojo = find_lean_dojo()
        self.home = home
        self.theorem = theorem
        self.timeout_s = timeout_s
        self._lock = threading.RLock()
        self._warm: tuple[Any, Any] | None = None
        self._generation = 0

    @property
    def name(self) -> str:
        """Name and version."""
        return f"dojo@{getattr(self._lean_dojo, '__version__', 'unknown')}"

    # -- Dojos -------------------------------------------------------------------------------------------------------

    def _open(self) -> tuple[Any, Any]:
        """A new Dojo on the theorem, and its first state.

        Raises:
            SpecError: The repository has no such theorem.
            EngineError: LeanDojo failed.
        """
        lib = self._lean_dojo
        dojo: Any = None
        try:
            git = lib.LeanGitRepo
            repo = git(self.home.url, self.home.commit) if self.home.commit else git.from_path(self.home.url)
            theorem = lib.Theorem(repo, Path(self.home.file), self.theorem)
            dojo = lib.Dojo(theorem, timeout=max(1, int(self.timeout_s)))
            entered, state = dojo.__enter__()
        except Exception as error:
            _close(dojo)  # it does not tidy up after itself here
            if isinstance(error, lib.DojoInitError) and "Failed to locate the theorem" in str(error):
                raise SpecError(f"theorem: {error}") from None
            message = f"LeanDojo could not start: {type(error).__name__}: {error}"[:500]
            raise EngineError("engine_unstartable", message) from None
        if not isinstance(state, lib.TacticState):
            _close(entered)
            raise EngineError("engine_unreadable", "LeanDojo gives no tactic state to begin with")
        return entered, state

    def _tactic(self, dojo: Any, state: Any, text: str) -> Any:
        """LeanDojo's result for a tactic; a timer kills its Lean if it does not come back in time by itself.

        Raises:
            _LateError, _MemoryError: The tactic overran.
            EngineError: LeanDojo failed.
        """
        if len(text.encode("utf-8", "replace")) + text.count("\n") > LINE_BYTES:
            raise EngineError("engine_limit", f"LeanDojo cannot be sent more than {LINE_BYTES:,} bytes at a time")
        lib = self._lean_dojo
        fired = threading.Event()

        def late() -> None:
            fired.set()
            _kill(dojo)

        timer = threading.Timer(2 * self.timeout_s + 1.0, late)
        timer.daemon = True
        timer.start()
        try:
            return dojo.run_tac(state, text)
        except lib.DojoTacticTimeoutError:
            raise _LateError from None
        except lib.DojoCrashError as error:
            if error.is_out_of_memory or _exit_code(dojo) == 137:
                raise _MemoryError from None
            reason = "engine_stalled" if fired.is_set() else "engine_died"
            raise EngineError(reason, f"LeanDojo's Lean failed: {error}"[:500]) from None
        except Exception as error:
            reason = "engine_stalled" if fired.is_set() else "engine_unreadable"
            raise EngineError(reason, f"LeanDojo failed: {type(error).__name__}: {error}"[:500]) from None
        finally:
            timer.cancel()

    def _drop(self) -> None:
        if self._warm is not None:
            _close(self._warm[0])
            self._warm = None

    def close(self) -> None:
        """End the warm Dojo; it starts again when needed."""
        with self._lock:
            self._drop()

    # -- tactic steps ------------------------------------------------------------------------------------------------

    def start(self, statement: str = "", axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> DojoState:
        """The state before the first tactic.

        Args:
            statement: Must be empty: the repository holds the statement.
            axioms: Names of the axioms the proof may rest on.

        Raises:
            SpecError: A statement was given, or there is no such theorem.
            EngineError: LeanDojo failed.
        """
        _no_statement(statement)
        with self._lock:
            if self._warm is None:
                self._warm = self._open()
                self._generation += 1
            first = self._warm[1]
            return DojoState("", axioms, (), _goals(first), self._generation, first)

    def run(self, state: ProofState, tactic: str) -> DojoState | TacticError:
        """Run one tactic on a state, which does not change.

        Raises:
            EngineError: LeanDojo failed.
        """
        if not isinstance(state, DojoState):
            raise TypeError("the state belongs to another engine")
        if state.solved:
            return TacticError("no_goals", "no goals to be proved")
        text = read_tactic(tactic)
        if isinstance(text, Refusal):
            return TacticError(text.reason, text.message)
        with self._lock:
            try:
                return self._step(self._located(state), text)
            except (_LateError, _MemoryError) as error:
                self._drop()  # after one timeout, every later tactic of a Dojo times out too
                return TacticError("resource", f"the tactic used up its {error.resource}")
            except EngineError:
                self._drop()
                raise

    def _located(self, state: DojoState) -> DojoState:
        if self._warm is not None and state.generation == self._generation:
            return state
        at: DojoState | TacticError = self.start("", state.axioms)
        for tactic in state.tactics:
            assert isinstance(at, DojoState)
            at = self._step(at, tactic)
            if isinstance(at, TacticError):
                raise EngineError("engine_differs", f"a tactic that worked does so no more: {at.message[:200]}")
        assert isinstance(at, DojoState)
        return at

    def _step(self, state: DojoState, text: str) -> DojoState | TacticError:
        assert self._warm is not None
        lib = self._lean_dojo
        sent = text.strip("\n").rstrip()
        sent = f"(\n{indented(sent)}\n)" if "\n" in sent or ";" in sent else sent.strip()
        made = self._tactic(self._warm[0], state.held, sent)
        path = (*state.tactics, text)
        if isinstance(made, lib.ProofFinished):
            return DojoState("", state.axioms, path, (), self._generation, None)
        if isinstance(made, lib.TacticState):
            return DojoState("", state.axioms, path, _goals(made), self._generation, made)
        if isinstance(made, lib.LeanError):
            return TacticError("lean_error", str(made.error)[:4000])
        if isinstance(made, lib.ProofGivenUp):
            return TacticError("incomplete", "the tactic gives the proof up")
        raise EngineError("engine_unreadable", f"LeanDojo gives a {type(made).__name__}, which is no tactic result")

    def finish(self, state: ProofState) -> Verdict:
        """Judge the proof that led to a state without goals, in a fresh Dojo."""
        if not isinstance(state, DojoState):
            raise TypeError("the state belongs to another engine")
        if state.goals:
            return unsolved(state.text, "in_process")
        return self.check("", state.proof, state.axioms)

    # -- whole proofs ------------------------------------------------------------------------------------------------

    def check(self, statement: str, proof: str, axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> Verdict:
        """Judge a whole proof of the theorem, in a fresh Dojo.

        Raises:
            SpecError: A statement was given, or there is no such theorem.
        """
        _no_statement(statement)
        start = time.perf_counter()
        detail: dict[str, Any] = {"trust": "in_process", "isolation": ["process"], "theorem": self.theorem}
        text = read_policy_text(proof)
        if isinstance(text, Refusal):
            return refusal(text, start, detail)
        try:
            with self._fresh() as (dojo, first):
                found = self._judge(dojo, first, text)
        except _LateError:
            return overrun("cpu", start, {**detail, "clock": "wall"})
        except _MemoryError:
            return overrun("memory", start, detail)
        except EngineError as error:
            return engine_failed(error, start, detail)
        if isinstance(found, str):
            return verdict(Status.WRONG, "lean_error", found, start, detail)
        return proved(found, axioms, "Lean's kernel", start, detail)

    @contextlib.contextmanager
    def _fresh(self) -> Generator[tuple[Any, Any]]:
        dojo, state = self._open()
        try:
            yield dojo, state
        finally:
            _close(dojo)

    def _judge(self, dojo: Any, first: Any, text: str) -> tuple[str, ...] | str:
        """The axioms behind a proof, or why it is refused.

        Raises:
            _LateError, _MemoryError: It overran.
            EngineError: LeanDojo failed, or our own steps do not do what they should.
        """
        lib = self._lean_dojo
        word = secrets.token_hex(8)
        claim, rest = f"claim_{word}", f"audit_{word}"
        split = self._tactic(dojo, first, f"refine And.left (b := True) ⟨?{claim}, ?{rest}⟩")
        if not isinstance(split, lib.TacticState) or len(_goals(split)) != len(_goals(first)) + 1:
            raise EngineError("audit_missing", "LeanDojo does not take the step that prepares the audit")
        proved = self._tactic(dojo, split, f"case {claim} =>\n  exact (\n{indented(text, 4)}\n  )")
        if isinstance(proved, lib.LeanError):
            return str(proved.error)
        if isinstance(proved, lib.ProofGivenUp):
            return "the proof is given up"
        left = _goals(proved) if isinstance(proved, lib.TacticState) else ()
        if len(left) != 1 or not left[0].startswith(f"case {rest}\n") or not left[0].endswith("\n⊢ True"):
            raise EngineError("engine_forged_reply", "after the proof, not the one goal of ours is left")
        said = self._tactic(dojo, proved, _REPORT.replace("{word}", word))
        ended = self._tactic(dojo, proved, "exact True.intro")
        if not isinstance(ended, lib.ProofFinished):
            problem = str(getattr(ended, "error", type(ended).__name__))
            return f"the kernel does not accept the proof: {problem}"
        report = str(said.error).strip() if isinstance(said, lib.LeanError) else ""
        head, _, listed = report.partition(" ")
        if head != word or "\n" in listed:
            raise EngineError("audit_missing", f"LeanDojo does not report what the proof rests on: {report[:200]}")
        return tuple(sorted(part.strip() for part in listed.split(",") if part.strip()))


class _LateError(Exception):
    """A tactic was not done in time."""

    resource = "time"


class _MemoryError(Exception):
    """Lean was killed for its memory."""

    resource = "memory"


def _no_statement(statement: str) -> None:
    if statement.strip():
        raise SpecError("statement: the engine dojo takes it from the repository; leave it out")


def _goals(state: Any) -> tuple[str, ...]:
    """The goals of a LeanDojo state as texts."""
    text = str(state.pp).strip()
    return tuple(part for part in text.split("\n\n") if part.strip()) if text else ()


def _kill(dojo: Any) -> None:
    process = getattr(dojo, "proc", None)
    if process is not None:
        with contextlib.suppress(Exception):
            process.kill(9)


def _exit_code(dojo: Any) -> int | None:
    """The exit code of a Dojo's Lean; LeanDojo takes 137 for a kill for memory, and notices it too late."""
    with contextlib.suppress(Exception):
        until = time.monotonic() + 0.5
        while dojo.proc.isalive() and time.monotonic() < until:
            time.sleep(0.01)
        code = dojo.proc.exitstatus
        return int(code) if code is not None else None
    return None


def _close(dojo: Any) -> None:
    with contextlib.suppress(Exception):
        dojo.__exit__(None, None, None)
