"""The theorem list with proofs: statements over core Lean in several worlds, each with a proof the engine has checked.

The proofs are demonstrations; `assay lean check` reads the same format: `theorem NAME STATEMENT := PROOF`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_START = re.compile(r"^theorem (\S+) (.*?) :=(.*)$")


@dataclass(frozen=True, slots=True)
class Theorem:
    """A statement with a proof.

    Attributes:
        name: Its name.
        statement: What stands between the name and `:=`.
        proof: What follows `:=`, to the next theorem.
    """

    name: str
    statement: str
    proof: str


def read_theorems(text: str) -> list[Theorem]:
    """Read a file of theorems; each begins a line with `theorem` and has its statement on that line.

    Raises:
        ValueError: Text stands before the first theorem.
    """
    found: list[Theorem] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        start = _START.match(line)
        if start is not None:
            name, statement, proof = start.groups()
            found.append(Theorem(name, statement, proof.removeprefix(" ")))
        elif found:
            last = found[-1]
            found[-1] = Theorem(last.name, last.statement, f"{last.proof}\n{line}")
        elif line.strip() and not line.lstrip().startswith("--"):
            raise ValueError(f"line {number}: expected `theorem NAME STATEMENT := PROOF`")
    return [Theorem(t.name, t.statement, t.proof.rstrip("\n")) for t in found]


def shipped_theorems() -> list[Theorem]:
    """The theorems that come with the package."""
    return read_theorems((Path(__file__).parent / "theorems.lean").read_text(encoding="utf-8"))
