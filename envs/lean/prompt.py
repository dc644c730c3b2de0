r"""How a theorem is shown to an agent, and how a program reads it back.

A prompt holds one block fenced as ```lean, which ends with `theorem NAME STATEMENT :=`. The block comes before
everything that an episode adds, so the first such block of a transcript is the task's own, whatever was said since.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assay.verifiers.lean.engine import DEFAULT_AXIOMS

_BLOCK = re.compile(r"^```lean\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_THEOREM = re.compile(r"^theorem[ ]+(\S+)\s(.*?)\s*:=\s*\Z", re.DOTALL | re.MULTILINE)
_AXIOMS = re.compile(r"\s*^The proof may rest on no (?:axiom|axioms but (.*))\.$", re.MULTILINE)


def write_prompt(
    statement: str,
    *,
    name: str = "t",
    header: str = "",
    axioms: Sequence[str] | None = None,
    state: str = "",
) -> str:
    """The text that sets a theorem.

    Args:
        statement: What follows `theorem NAME`: binders, a colon, a proposition.
        name: The theorem's name.
        header: Lines that come before the theorem: imports and the like.
        axioms: The axioms a proof may rest on; None stands for Lean's own three, which need no mention.
        state: The first goal state, shown after the theorem; "" leaves it out.
    """
    before = f"{header.rstrip()}\n\n" if header.strip() else ""
    parts = [f"Prove this theorem in Lean 4.\n\n```lean\n{before}theorem {name} {statement} :=\n```\n"]
    if axioms is not None and set(axioms) != set(DEFAULT_AXIOMS):
        allowed = "no axiom" if not axioms else f"no axioms but {', '.join(axioms)}"
        parts.append(f"The proof may rest on {allowed}.\n")
    if state:
        parts.append(f"The goal:\n\n{state}\n")
    return "\n".join(parts)


def statement_of(observation: str) -> str | None:
    """The statement that a prompt, or a transcript that begins with one, asks to be proved.

    Returns:
        What `write_prompt` was given, without white space around it; None where the text sets no theorem.
    """
    block = _BLOCK.search(observation)
    theorem = _THEOREM.search(block[1]) if block else None
    return theorem[2].strip() if theorem else None


def header_of(observation: str) -> str:
    """What stands before the theorem in the block: imports and the like; "" where there is nothing."""
    block = _BLOCK.search(observation)
    theorem = _THEOREM.search(block[1]) if block else None
    return block[1][: theorem.start()].strip() if block and theorem else ""


def axioms_of(observation: str) -> tuple[str, ...]:
    """The axioms that a prompt, or a transcript that begins with one, allows: Lean's own three unless it says so."""
    block = _BLOCK.search(observation)
    allowed = _AXIOMS.match(observation, block.end()) if block else None
    if allowed is None:
        return DEFAULT_AXIOMS
    return () if allowed[1] is None else tuple(allowed[1].split(", "))
