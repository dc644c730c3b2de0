"""Attempts: proofs sampled tactic by tactic, many side by side, as a language model is measured (pass@k).

An attempt samples one tactic for each state it comes to and ends where a tactic fails, so nothing is searched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assay.agents.lean_search.model_policy import ModelPolicy
from assay.agents.lean_search.proof import flat, script
from assay.verifiers.lean.engine import LeanEngine, ProofState, TacticError

Goal = tuple[str, tuple[str, ...]]
"""A statement, and the axioms its proof may rest on."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a theorem.

    Attributes:
        tactics: Those that worked, in order.
        proved: Whether the engine accepts them as a proof of the bare statement.
    """

    tactics: tuple[str, ...]
    proved: bool


def attempt_all(
    engine: LeanEngine, policy: ModelPolicy, goals: Sequence[Goal], samples: int, max_tactics: int
) -> list[list[Attempt]]:
    """Attempt each theorem `samples` times.

    Args:
        engine: Runs the tactics and judges the proofs.
        policy: Samples the tactics.
        goals: What to prove.
        samples: Attempts at each.
        max_tactics: An attempt ends after so many tactics.

    Returns:
        `samples` attempts for each goal, in order.

    Raises:
        SpecError: A statement cannot be read.
    """
    # Samples of one theorem often take the same way: each step is run once. None is a step that failed.
    reached: dict[tuple[int, tuple[str, ...]], ProofState | None] = {
        (i, ()): engine.start(statement, axioms) for i, (statement, axioms) in enumerate(goals)
    }
    verdicts: dict[tuple[int, tuple[str, ...]], bool] = {}
    live: dict[tuple[int, int], tuple[str, ...]] = {(i, k): () for i in range(len(goals)) for k in range(samples)}
    done: dict[tuple[int, int], Attempt] = {}
    for _ in range(max_tactics):
        states: list[ProofState] = []
        for (i, _), tactics in live.items():
            state = reached[i, tactics]
            assert state is not None, "an attempt ends where a tactic fails"
            states.append(state)
        sampled = policy.sample([state.text for state in states]) if states else []
        still: dict[tuple[int, int], tuple[str, ...]] = {}
        for (place, before), state, proposal in zip(live.items(), states, sampled, strict=True):
            i = place[0]
            done[place] = Attempt(before, False)
            if proposal is None:
                continue
            tactics = (*before, proposal.tactic)
            if (i, tactics) not in reached:
                made = engine.run(state, proposal.tactic)
                reached[i, tactics] = None if isinstance(made, TacticError) else made
            after = reached[i, tactics]
            if after is None:
                continue
            done[place] = Attempt(tactics, False)
            if not after.solved:
                still[place] = tactics
                continue
            if (i, tactics) not in verdicts:
                verdicts[i, tactics] = engine.check(goals[i][0], script(flat(tactics)), goals[i][1]).correct
            done[place] = Attempt(tactics, verdicts[i, tactics])
        live = still
    return [[done[i, k] for k in range(samples)] for i in range(len(goals))]


def pairs(engine: LeanEngine, goal: Goal, tactics: Sequence[str]) -> list[tuple[str, str]]:
    """A proof as what a policy can imitate: each state it passes, printed, with the tactic it takes there.

    Raises:
        ValueError: A tactic fails: these are no steps of a proof.
    """
    state: ProofState = engine.start(*goal)
    found: list[tuple[str, str]] = []
    for tactic in tactics:
        made = engine.run(state, tactic)
        if isinstance(made, TacticError):
            raise ValueError(f"the tactic {tactic!r} fails: {made.message}")
        found.append((state.text, tactic))
        state = made
    return found
