"""One process of leanprover-community/repl: requests end with a blank line, replies are JSON and a blank line.

A reply is believed only if it answers the request that was made: environments and states are numbered in the order in
which they are made, so their numbers are foretold. Anything else that it writes ends it.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from typing import Any

from assay.verifiers.lean.engine import EngineAbsentError, EngineError, TacticError
from assay.verifiers.lean.real.child import Bounds, Child, OverrunError, tree_usage
from assay.verifiers.lean.real.compiling import Message, statement_refused
from assay.verifiers.lean.real.confinement import Confinement
from assay.verifiers.lean.real.folder import Folder
from assay.verifiers.lean.real.policy_text import Source, indented, source_of
from assay.verifiers.lean.real.toolchain import Toolchain

INSTALL = (
    "build https://github.com/leanprover-community/repl at the tag of your Lean and put `.lake/build/bin/repl` on the "
    "PATH or in LEAN_REPL; see docs/lean.md"
)


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


class ReplProcess:
    """One REPL process: requests, and replies that are believed only in the shape and with the numbers foretold.

    Args:
        program: The REPL.
        toolchain: The Lean it was built with.
        header: Text whose environment everything else is run in.
        bounds: Of one request; ten times as much for the header, which may import Mathlib from a cold disk.

    Raises:
        SpecError: The header does not elaborate.
        EngineError: It could not be started, or does not speak the protocol.
    """

    def __init__(self, program: str, toolchain: Toolchain, header: str, bounds: Bounds) -> None:
        """Start it, run the header, and find out whether it is what we think."""
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
                raise statement_refused(errors, "header")
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
        child.err.clear()
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
    ) -> tuple[dict[str, Any], list[Message], list[Message]]:
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

    def _messages(self, reply: Mapping[str, Any]) -> list[Message]:
        found: list[Message] = []
        try:
            for row in reply.get("messages", []):
                place = row["pos"]
                found.append(Message(str(row["severity"]), int(place["line"]), int(place["column"]), str(row["data"])))
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
            raise statement_refused(errors)
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
