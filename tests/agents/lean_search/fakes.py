"""An engine and a policy over hand-made trees: goals are words, tactics replace the first goal by others."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.agents.lean_search.policy import Proposal
from assay.verifiers.lean.engine import DEFAULT_AXIOMS, ProofState, TacticError
from assay.verifiers.verdict import Status, Verdict

Rules = Mapping[str, Mapping[str, Sequence[str]]]
"""Goal -> tactic -> the goals it leaves."""


@dataclass(frozen=True, slots=True)
class WordState:
    """Goals that are words."""

    goals: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.goals) if self.goals else "no goals"

    @property
    def solved(self) -> bool:
        return not self.goals


class WordEngine:
    """Runs rules; refuses scripts that use one of some tactics, as if their states had lied."""

    name = "words"

    def __init__(self, rules: Rules, lies: Sequence[str] = ()) -> None:
        self.rules = rules
        self.lies = lies
        self.runs: list[tuple[str, str]] = []
        self.checked: list[str] = []

    def start(self, statement: str, axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> WordState:
        return WordState((statement,))

    def run(self, state: ProofState, tactic: str) -> WordState | TacticError:
        self.runs.append((state.text, tactic))
        made = self.rules.get(state.goals[0], {}).get(tactic)
        return TacticError("no_rule", "no rule") if made is None else WordState((*made, *state.goals[1:]))

    def split(self, state: ProofState) -> tuple[WordState, ...]:
        return tuple(WordState((goal,)) for goal in state.goals)

    def finish(self, state: ProofState) -> Verdict:
        raise NotImplementedError("a search judges whole scripts")

    def check(self, statement: str, proof: str, axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> Verdict:
        self.checked.append(proof)
        right = self._holds(statement, proof) and not any(lie in proof.split() for lie in self.lies)
        status = Status.CORRECT if right else Status.WRONG
        return Verdict(status, float(right), float(right), "checked", "", None, "words", 0.0, "words", {})

    def _holds(self, statement: str, proof: str) -> bool:
        """Run the lines of a script; bullets change nothing for goals in order."""
        state = WordState((statement,))
        for line in proof.splitlines()[1:]:
            made = self.run(state, line.replace("·", " ").strip()) if not state.solved else None
            if not isinstance(made, WordState):
                return False
            state = made
        return state.solved


class ListPolicy:
    """Proposes what a table says for the first goal, in its order, with given probabilities."""

    name = "table"

    def __init__(self, table: Mapping[str, Mapping[str, float]], values: Mapping[str, float] | None = None) -> None:
        self.table = table
        self.known = values or {}
        self.asked: list[str] = []

    def propose(self, states: Sequence[str], count: int, draw: int = 0) -> list[list[Proposal]]:
        self.asked += states
        found: list[list[Proposal]] = []
        for state in states:
            every = [Proposal(t, math.log(p)) for t, p in self.table.get(state.split("\n\n")[0], {}).items()]
            found.append(every[draw * count : (draw + 1) * count])
        return found

    def values(self, states: Sequence[str]) -> list[float]:
        return [self.known.get(state, -1.0) for state in states]


def uniform(rules: Rules) -> ListPolicy:
    """A policy that knows the rules and prefers none."""
    return ListPolicy({goal: dict.fromkeys(tactics, 1 / len(tactics)) for goal, tactics in rules.items()})
