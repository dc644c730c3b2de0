"""Best-first search: always go on from the state whose tactics so far are the likeliest.

As in GPT-f (Polu and Sutskever 2020, arXiv 2009.03393): a queue of states by the cumulative log-probability of the
tactics that led to them; the best is taken out, the policy proposes tactics for it, and every state that one of them
leads to goes into the queue. A state is a whole list of goals, and tactics work on its first goal, so proofs are
sequences.

1. Equal states are merged: the first to come has the fewest and likeliest tactics, later ones are dropped.
2. With `length_penalty` a the priority is the log-probability divided by length^a, as in Transformer beam search
   (arXiv 1609.08144, eq. 14): 0 prefers short proofs, 1 looks at the mean log-probability alone and goes deep.
3. A state without goals is only a claim. The script is judged from the bare statement; if it is refused, the search goes
   on.
"""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass

from assay.agents.lean_search.budget import Budget, Meter
from assay.agents.lean_search.policy import TacticPolicy
from assay.agents.lean_search.proof import SearchResult, flat, judged, key, nothing, run
from assay.verifiers.errors import AssayError
from assay.verifiers.lean.engine import DEFAULT_AXIOMS, LeanEngine, ProofState


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a best-first search.

    Attributes:
        proposals: Tactics asked for each state, at most.
        length_penalty: The exponent a above, from 0 to 1.
        max_length: Tactics of a proof, at most.
    """

    proposals: int = 64
    length_penalty: float = 0.0
    max_length: int = 64

    def __post_init__(self) -> None:
        """Refuse what makes no search."""
        if self.proposals < 1 or self.max_length < 1 or not 0 <= self.length_penalty <= 1:
            raise AssayError(f"best-first search needs proposals, max_length >= 1 and length_penalty in [0, 1]: {self}")


@dataclass(frozen=True, slots=True)
class Node:
    """A state and how it was reached."""

    state: ProofState
    tactics: tuple[str, ...] = ()
    logprob: float = 0.0


def search(
    engine: LeanEngine,
    policy: TacticPolicy,
    statement: str,
    budget: Budget,
    settings: Settings | None = None,
    axioms: tuple[str, ...] = DEFAULT_AXIOMS,
) -> SearchResult:
    """Search for a proof.

    Args:
        engine: Runs the tactics and judges the proof.
        policy: Proposes them.
        statement: What follows `theorem NAME`.
        budget: When to give up.
        settings: Of the search.
        axioms: What the proof may rest on.

    Raises:
        SpecError: The statement cannot be read.
    """
    settings = settings or Settings()
    meter = Meter(budget)
    root = Node(engine.start(statement, axioms))
    order = itertools.count()  # ties go to the older state
    queue = [(0.0, next(order), root)]
    seen = {key(root.state)}

    while queue and not meter.spent:
        node = heapq.heappop(queue)[2]
        meter.nodes += 1
        for tactic, logprob in policy.propose([node.state.text], settings.proposals)[0]:
            if meter.late:
                break
            state = run(engine, node.state, tactic, meter)
            if state is None:
                continue
            tactics = (*node.tactics, tactic)
            if state.solved:
                found = judged(engine, statement, axioms, flat(tactics), meter)
                if found is not None:
                    return found
                continue
            known = key(state)
            if (known is not None and known in seen) or len(tactics) >= settings.max_length:
                continue
            seen.add(known)
            child = Node(state, tactics, node.logprob + logprob)
            priority = -child.logprob / len(tactics) ** settings.length_penalty
            heapq.heappush(queue, (priority, next(order), child))
    return nothing(meter, exhausted=not queue)
