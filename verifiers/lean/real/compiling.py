"""Compiling one file with `lean`, and what it says about it."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.engine import EngineError, TacticError
from assay.verifiers.lean.real.child import Bounds, Child, Finished
from assay.verifiers.lean.real.confinement import Confinement
from assay.verifiers.lean.real.toolchain import Toolchain

OLEAN = "Task.olean"
"""The compiled file, in the folder of its own that every compilation has. All have the same module name, so that names
which Lean makes from it are the same."""

_UNSOLVED = "unsolved goals"
_NO_LIBRARY = re.compile(r"unknown (module prefix|package)|object file '|failed to read file|unknown module")


@dataclass(frozen=True, slots=True)
class Message:
    """One message of Lean's."""

    severity: str
    line: int
    column: int
    text: str


def compile_module(toolchain: Toolchain, folder: str, text: str, bounds: Bounds) -> Finished:
    """Compile a text to `OLEAN` in a folder, which is all that the process may write to.

    Raises:
        OverrunError: A bound was reached.
        EngineError: Lean could not be run, or stalled.
    """
    path = os.path.join(folder, "Task.lean")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    command = [toolchain.lean, "--json", "-j1", f"-M{max(1, bounds.memory_bytes >> 20)}", "-R", folder]
    command += ["-o", os.path.join(folder, OLEAN), path]
    within = Confinement(toolchain.folders(), folder)
    return Child(command, toolchain.environment(), within, bounds).finish(b"", bounds)


def statement_refused(errors: list[Message], what: str = "statement") -> SpecError | EngineError:
    """What to raise for a statement (or header) that Lean reports errors on: the task's fault, or this machine's."""
    said = errors[0].text
    if _NO_LIBRARY.match(said):
        message = (
            f"this Lean cannot import what the header asks for ({said.splitlines()[0][:200]}): set LEAN_PROJECT to"
        )
        return EngineError(
            "library_absent", f"{message} a project that has it, built with the same Lean; see docs/lean.md"
        )
    return SpecError(f"{what}: Lean does not accept it: {said[:500]}")


def goals_of(errors: list[Message]) -> tuple[str, ...] | TacticError:
    """The goals that are left of a `by` block: Lean tells them as its one error; none where there is no error."""
    others = [message for message in errors if not message.text.startswith(_UNSOLVED)]
    if others:
        return TacticError("lean_error", others[0].text[:4000])
    if len(errors) > 1:
        return TacticError("unsolved_goals", errors[0].text[:4000])
    return tuple(errors[0].text[len(_UNSOLVED) :].strip().split("\n\n")) if errors else ()


def read_messages(done: Finished) -> list[Message]:
    """The messages of `lean --json`, one a line.

    Raises:
        EngineError: The output is no such thing.
    """
    found: list[Message] = []
    try:
        for line in done.stdout.decode("utf-8").split("\n"):
            if line.strip():
                row = json.loads(line)
                place = row["pos"]
                found.append(Message(str(row["severity"]), int(place["line"]), int(place["column"]), str(row["data"])))
    except (ValueError, KeyError, TypeError, RecursionError):
        if done.code not in (0, 1):
            return found
        raise EngineError("engine_unreadable", "Lean's output is no list of messages") from None
    return found


def out_of_memory(done: Finished) -> bool:
    """Whether a process that ended badly says that its memory was used up."""
    said = done.stderr[-4000:].lower()
    return done.code != 0 and (b"out of memory" in said or b"excessive memory" in said or b"bad_alloc" in said)


def died(done: Finished, on: str) -> EngineError:
    """The error for a process that ended in no way that Lean should."""
    said = (done.stderr or done.stdout)[-300:].decode("utf-8", "replace")
    return EngineError("engine_died", f"Lean ended with exit code {done.code} on {on}", output=said)
