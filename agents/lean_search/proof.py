"""Goals that can be worked on apart, states that are the same, and the script of a proof that was found.

A search may treat the goals of a state as independent subproblems only if no tactic on one of them can change another,
that is, if they share no metavariable. Only the engine knows that (printed goals hide implicit arguments), so it is the
engine that splits a state; a state it does not split stays one problem, whose tactics run on its first goal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from assay.agents.lean_search.budget import Meter
from assay.verifiers.lean.engine import EngineError, LeanEngine, ProofState, TacticError
from assay.verifiers.verdict import Status, Verdict

INDENT = "  "
BULLET = "· "
_DAGGER = re.compile(r"[^\s()\[\]⟨⟩{},:]*✝[⁰¹²³⁴⁵⁶⁷⁸⁹]*")
_TAG = re.compile(r"^case [^\n]*\n", re.MULTILINE)


@runtime_checkable
class SplitsStates(Protocol):
    """An engine that can take the goals of a state apart."""

    def split(self, state: ProofState) -> tuple[ProofState, ...]:
        """One state for each goal if no two share a metavariable, else the state itself alone."""
        ...


@dataclass(frozen=True, slots=True)
class Proof:
    """A tactic, and a proof of every problem it leaves.

    Attributes:
        tactic: What is run on the first goal.
        rest: Proofs of the problems that are left, in the order of their goals; none if the tactic closes all.
    """

    tactic: str
    rest: tuple[Proof, ...] = ()

    def tactics(self) -> list[str]:
        """Its tactics in the order in which they run."""
        return [self.tactic, *(tactic for part in self.rest for tactic in part.tactics())]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found and spent.

    Attributes:
        script: A proof that the engine accepts for the statement, "" if none was found.
        verdict: The engine's on the script; None without one.
        nodes: States whose tactics were tried.
        tactics: Tactics that were run.
        cpu_s: CPU seconds.
        exhausted: Whether the search ended because nothing was left to try.
        proof: The script as a tree.
    """

    script: str
    verdict: Verdict | None
    nodes: int
    tactics: int
    cpu_s: float
    exhausted: bool = False
    proof: Proof | None = None

    @property
    def proved(self) -> bool:
        """Whether there is an accepted proof."""
        return self.verdict is not None and self.verdict.correct


def problems(engine: LeanEngine, state: ProofState) -> tuple[ProofState, ...]:
    """The independent problems of a state; none if it is solved."""
    if state.solved:
        return ()
    if isinstance(engine, SplitsStates) and len(state.goals) > 1:
        return engine.split(state)
    return (state,)


def run(engine: LeanEngine, state: ProofState, tactic: str, meter: Meter) -> ProofState | None:
    """The state after a tactic, None if it fails or changes nothing that can be seen."""
    meter.tactics += 1
    made = engine.run(state, tactic)
    if isinstance(made, TacticError) or key_text(made.text) == key_text(state.text):
        return None
    return made


def key(state: ProofState) -> str | None:
    """What is equal for states that the same scripts prove; None for states that must not be merged.

    Case tags do not count, and inaccessible names are numbered as they appear, since no script can mention them. A
    state with metavariables equals none: two of them may print alike.
    """
    return None if "?" in state.text else key_text(state.text)


def key_text(text: str) -> str:
    """Printed goals without case tags and with inaccessible names numbered in order of appearance."""
    text = _TAG.sub("", text)
    if "✝" not in text:
        return text
    numbers: dict[str, str] = {}
    goals = []
    for goal in text.split("\n\n"):
        numbers.clear()
        goals.append(_DAGGER.sub(lambda m: numbers.setdefault(m.group(), f"✝{len(numbers)}"), goal))
    return "\n\n".join(goals)


def flat(tactics: Sequence[str]) -> Proof:
    """The proof that runs tactics one after another."""
    proof: Proof | None = None
    for tactic in reversed(tactics):
        proof = Proof(tactic, () if proof is None else (proof,))
    assert proof is not None, "a proof has at least one tactic"
    return proof


def script(proof: Proof) -> str:
    """A proof as text: a `by` block, with a bullet for each problem where there are several."""
    return "by\n" + "\n".join(INDENT + line for line in _lines(proof))


def _lines(proof: Proof) -> list[str]:
    lines: list[str] = []
    current: Proof | None = proof
    while current is not None:  # a loop, not recursion: proofs by one tactic after another can be long
        lines += current.tactic.splitlines()
        if len(current.rest) > 1:
            for part in current.rest:
                first, *others = _lines(part)
                lines += [BULLET + first, *(INDENT + line for line in others)]
            return lines
        current = current.rest[0] if current.rest else None
    return lines


def judged(
    engine: LeanEngine, statement: str, axioms: tuple[str, ...], proof: Proof, meter: Meter
) -> SearchResult | None:
    """A proof as a result, if the engine accepts its whole script for the bare statement; else None.

    Raises:
        EngineError: The engine could not judge.
    """
    text = script(proof)
    verdict = engine.check(statement, text, axioms)
    if verdict.status is Status.ERROR:
        raise EngineError(verdict.reason, verdict.message)
    if not verdict.correct:
        return None
    return SearchResult(text, verdict, meter.nodes, meter.tactics, meter.cpu_s, proof=proof)


def nothing(meter: Meter, exhausted: bool) -> SearchResult:
    """The result of a search that found no proof."""
    return SearchResult("", None, meter.nodes, meter.tactics, meter.cpu_s, exhausted)
