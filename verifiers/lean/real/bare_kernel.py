"""Lean's own kernel as a second judge of our terms, over our library, which it checks itself first.

Lean needs no library for this: it gets ours as source (`embedded/bare_source.py`). All text is ours, made from checked
terms: no proof's own words reach Lean, so its process needs no jail.
"""

from __future__ import annotations

import json
import subprocess
from bisect import bisect
from collections.abc import Sequence
from pathlib import Path

from assay.verifiers.lean.embedded.bare_source import HEADER, OPTIONS, constant_source, declaration_source
from assay.verifiers.lean.embedded.elab.library import Library
from assay.verifiers.lean.embedded.kernel.declare import Declaration
from assay.verifiers.lean.embedded.library import load_library
from assay.verifiers.lean.engine import EngineError
from assay.verifiers.lean.real.toolchain import Toolchain

WALL_S = 1800.0


class LeanKernel:
    """A real Lean's kernel over our library.

    Attributes:
        library: Our library, with all proofs.
        refused: What Lean said of each constant of it that it does not accept; empty if all is well.
    """

    def __init__(self, toolchain: Toolchain, folder: Path) -> None:
        """Let Lean check and compile the library, in a folder of one's own.

        Raises:
            EngineError: Lean did not read the file to its end.
        """
        self._toolchain = toolchain
        self._folder = folder
        self.library: Library = load_library(recheck=True)
        env = self.library.env
        names = list(env.constants)
        said = self._run("Library", HEADER, [constant_source(known, env) for known in env])
        self.refused = {names[i]: text for i, text in said.items()}

    def judge(self, declarations: Sequence[Declaration]) -> dict[int, str]:
        """What Lean says of each declaration that it refuses, by its number.

        Raises:
            EngineError: Lean did not read the file to its end.
        """
        return self.judge_source([declaration_source(decl) for decl in declarations])

    def judge_source(self, parts: Sequence[str], heartbeats: int = 0) -> dict[int, str]:
        """The same of pieces of source, each on lines of its own, and each within a budget of Lean's (0: none)."""
        options = f"{OPTIONS}set_option maxHeartbeats {heartbeats}\n"
        return self._run("Proofs", f"prelude\nimport Library\n{options}", parts)

    def _run(self, module: str, header: str, parts: Sequence[str]) -> dict[int, str]:
        starts: list[int] = []
        line = header.count("\n") + 1
        for part in parts:
            starts.append(line)
            line += part.count("\n")
        path = self._folder / f"{module}.lean"
        # The answer to the last line shows that Lean has read the file to its end.
        path.write_text(f"{header}{''.join(parts)}#print axioms True\n", encoding="utf-8")
        command = [self._toolchain.lean, "--json", "-DmaxErrors=1000000", "-o", f"{module}.olean", path.name]
        environment = self._toolchain.environment((str(self._folder),))
        done = subprocess.run(
            command, cwd=self._folder, env=environment, capture_output=True, text=True, timeout=WALL_S, check=False
        )
        found: dict[int, str] = {}
        ended = False
        for row in map(json.loads, done.stdout.splitlines()):
            at = row["pos"]["line"]
            if row["severity"] == "information" and at == line:
                ended = True
            elif row["severity"] == "error":
                found.setdefault(bisect(starts, at) - 1, row["data"])
        if not ended or (done.returncode == 0) is not (not found):
            raise EngineError(
                "engine_died", f"lean ended with code {done.returncode}: {(done.stderr or done.stdout)[-1000:]}"
            )
        return found
