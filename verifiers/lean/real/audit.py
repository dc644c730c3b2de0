"""The audit: what a compiled theorem is and rests on, told by a process that never read the policy's text as Lean.

`auditor.lean` is compiled once per process with the toolchain at hand, tried on a right proof, a hole, another
statement and an axiom of the file's own, and run afresh for every audit. It reads the two module files as data, has the
kernel check the submission's declarations again, compares statement, kind and universe levels with the task's own, and
lists the axioms. Its answer counts only behind a word that it alone was given, and only if it is all that it printed.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import os
import secrets
import tempfile
import threading
from dataclasses import dataclass
from typing import Any

from assay.verifiers.lean.engine import EngineError
from assay.verifiers.lean.real.child import Bounds, Child, Finished, OverrunError
from assay.verifiers.lean.real.compiling import OLEAN, compile_module, died
from assay.verifiers.lean.real.confinement import Confinement
from assay.verifiers.lean.real.folder import Folder
from assay.verifiers.lean.real.policy_text import source_of
from assay.verifiers.lean.real.toolchain import OLDEST_VERSION, Toolchain

MODULE = "AssayAuditor"
_CALL = f"import {MODULE}\n\ndef main : List String → IO UInt32 := {MODULE}.run\n"
BUILD = Bounds(cpu_s=300.0, wall_s=900.0)


_SWAP = "(p q : Prop) (h : p ∧ q) : q ∧ p"
KNOWN: dict[str, tuple[str, str, str, tuple[str, ...] | None]] = {
    "hole": ("", _SWAP, "sorry", ("sorryAx",)),
    "proof": ("", _SWAP, "⟨h.2, h.1⟩", ()),
    "other": ("", "(p q : Prop) (h : p ∧ q) : p ∧ q", "h", None),
    "cheat": ("axiom Assay.cheat : False", _SWAP, "Assay.cheat.elim", None),
}
"""What every auditor is tried on: header, statement, proof, and the axioms that it must find (None: it must refuse)."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found.

    Attributes:
        refused: Why the theorem is not what was asked for; "" if it is.
        axioms: The axioms it rests on.
    """

    refused: str
    axioms: tuple[str, ...]


class Auditor:
    """Audits with one toolchain.

    Args:
        toolchain: The Lean whose files are audited.
        bounds: Of one audit.
    """

    def __init__(self, toolchain: Toolchain, bounds: Bounds) -> None:
        """Nothing is compiled before the first audit."""
        self.toolchain = toolchain
        self.bounds = bounds
        self._folder: Folder | None = None
        self._lock = threading.Lock()

    def audit(self, task_file: str, given_file: str, name: str) -> Audit:
        """Audit a submission against the task.

        Args:
            task_file: The `.olean` of the statement.
            given_file: The `.olean` of the submission.
            name: The theorem, named alike in both.

        Raises:
            EngineError: The auditor could not do its work; nothing is known.
        """
        return self._audit(self._built(), task_file, given_file, name)

    def _audit(self, folder: str, task_file: str, given_file: str, name: str) -> Audit:
        word = secrets.token_hex(16)
        with tempfile.TemporaryDirectory(prefix="assay-audit-") as scratch:
            readable = (*self.toolchain.folders(), folder, os.path.dirname(task_file), os.path.dirname(given_file))
            command = [self.toolchain.lean, "--run", os.path.join(folder, "Call.lean"), word]
            done = self._run([*command, task_file, given_file, name], (folder,), readable, scratch, self.bounds)
        return read_answer(done, word, name)

    def _built(self) -> str:
        """The folder of the compiled auditor."""
        with self._lock:
            if self._folder is None:
                self._folder = self._build()
            return self._folder.path

    def _build(self) -> Folder:
        if self.toolchain.numbers < OLDEST_VERSION:
            oldest = ".".join(map(str, OLDEST_VERSION))
            raise EngineError(
                "engine_too_old", f"Lean {self.toolchain.version} is too old to audit; take {oldest} or later"
            )
        made = Folder("assay-auditor-")
        source = made.file(f"{MODULE}.lean")
        with open(source, "w", encoding="utf-8") as file:
            file.write((importlib.resources.files("assay.verifiers.lean.real") / "auditor.lean").read_text("utf-8"))
        with open(made.file("Call.lean"), "w", encoding="utf-8") as file:
            file.write(_CALL)
        command = [self.toolchain.lean, "-R", made.path, "-o", made.file(f"{MODULE}.olean"), source]
        done = self._run(command, (), self.toolchain.folders(), made.path, BUILD)
        if done.code != 0 or not os.path.exists(made.file(f"{MODULE}.olean")):
            said = (done.stdout + done.stderr)[:500].decode("utf-8", "replace")
            raise EngineError("auditor_unbuildable", "this Lean cannot compile the auditor", output=said)
        self._try_out(made.path)
        return made

    def _try_out(self, auditor: str) -> None:
        """Have it judge what we know, before it judges anything else.

        Raises:
            EngineError: It is wrong, or cannot do its work.
        """
        name = "Assay.known"
        with tempfile.TemporaryDirectory(prefix="assay-known-") as folder:
            files: dict[str, str] = {}
            for case, (header, statement, body, _) in KNOWN.items():
                inner = os.path.join(folder, case)
                os.mkdir(inner)
                text = source_of(header, name, statement, body).text
                try:
                    done = compile_module(self.toolchain, inner, text, self.bounds)
                except OverrunError as error:
                    raise EngineError("auditor_untried", f"a trial used up its {error.resource}") from None
                files[case] = os.path.join(inner, OLEAN)
                if done.code != 0 or not os.path.isfile(files[case]):
                    raise died(done, f"a trial of the auditor ({case})")
            for case, (_, _, _, wanted) in KNOWN.items():
                found = self._audit(auditor, files["hole"], files[case], name)
                if (found.axioms if not found.refused else None) != wanted:
                    raise EngineError("auditor_wrong", f"the auditor is wrong about a trial ({case})", said=str(found))

    def _run(
        self, command: list[str], library: tuple[str, ...], readable: tuple[str, ...], scratch: str, bounds: Bounds
    ) -> Finished:
        child = Child(command, self.toolchain.environment(library), Confinement(readable, scratch), bounds)
        try:
            return child.finish(b"", bounds)
        except OverrunError as error:
            raise EngineError("audit_overrun", f"the audit used up its {error.resource}") from None


@functools.lru_cache(maxsize=8)
def auditor_for(toolchain: Toolchain, bounds: Bounds) -> Auditor:
    """The auditor of a toolchain, one for all headers."""
    return Auditor(toolchain, bounds)


if hasattr(os, "register_at_fork"):  # a thread of the parent may hold its lock
    os.register_at_fork(after_in_child=auditor_for.cache_clear)


def read_answer(done: Finished, word: str, name: str) -> Audit:
    """What an auditor's process said.

    Raises:
        EngineError: Anything but exactly one whole answer behind the word.
    """
    if done.code != 0:
        said = (done.stderr + done.stdout)[-500:].decode("utf-8", "replace")
        raise EngineError("audit_failed", f"the auditor ended with exit code {done.code}", output=said)
    try:
        text = done.stdout.decode("utf-8")
        first, _, rest = text.removesuffix("\n").partition(" ")
        if first != word or "\n" in rest or not text.endswith("\n"):
            raise ValueError("not one line behind the word")
        said_row: Any = json.loads(rest)
        if isinstance(said_row, dict) and isinstance(said_row.get("refused"), str) and set(said_row) == {"refused"}:
            return Audit(said_row["refused"] or "it was refused", ())
        if said_row["kind"] != "theorem" or said_row["name"] != name:
            raise ValueError("another theorem's answer")
        axioms = said_row["axioms"]
        if not isinstance(axioms, list) or not all(isinstance(axiom, str) for axiom in axioms):
            raise ValueError("no list of axioms")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = "the auditor's answer cannot be read"
        raise EngineError("audit_unreadable", message, problem=str(error)[:200]) from None
    return Audit("", tuple(sorted(axioms)))
