"""Best-first search: always go on from the state whose tactics so far are the likeliest.

As in GPT-f (Polu and Sutskever 2020, arXiv 2009.03393): a queue of states by the cumulative log-probability of the
tactics that led to them; the best is taken out, the policy proposes tactics for it, and every state that one of them
leads to goes into the queue. A state is a whole list of goals, and tactics work on its first goal, so proofs are
sequences.

1. A state may be looked into again: it goes back into the queue with the probability that a tactic not yet tried can
   have at most, so the policy is asked for more where more is likely than elsewhere.
2. Equal states are merged: the first to come has the fewest and likeliest tactics, later ones are dropped.
3. With `length_penalty` a the priority is the log-probability divided by length^a, as in Transformer beam search
   (arXiv 1609.08144, eq. 14): 0 prefers short proofs, 1 looks at the mean log-probability alone and goes deep.
4. A state without goals is only a claim. The script is judged from the bare statement; if it is refused, the search
   goes on.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from assay.agents.lean_search.budget import Budget, Meter
from assay.agents.lean_search.policy import Proposal, TacticPolicy
from assay.agents.lean_search.proof import SearchResult, flat, judged, key, nothing, run
from assay.verifiers.errors import AssayError
from assay.verifiers.lean.engine import DEFAULT_AXIOMS, LeanEngine, ProofState

NOTHING_LEFT = 1e-4
"""A state is done with when its tactics had all but this much of the probability."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a best-first search.

    Attributes:
        proposals: Tactics asked for each state, at most.
        length_penalty: The exponent a above, from 0 to 1.
        max_length: Tactics of a proof, at most.
    """

    proposals: int = 64
    length_penalty: float = 0.5
    max_length: int = 64

    def __post_init__(self) -> None:
        """Refuse what makes no search."""
        if self.proposals < 1 or self.max_length < 1 or not 0 <= self.length_penalty <= 1:
            raise AssayError(f"best-first search needs proposals, max_length >= 1 and length_penalty in [0, 1]: {self}")


@dataclass(slots=True)
class Node:
    """A state and how it was reached.

    Attributes:
        state: The engine's.
        tactics: Those that led here.
        logprob: Of them all.
        tried: Tactics that were run here, with their log-probabilities.
        draws: How often the policy was asked.
    """

    state: ProofState
    tactics: tuple[str, ...] = ()
    logprob: float = 0.0
    tried: dict[str, float] = field(default_factory=dict[str, float])
    draws: int = 0

    @property
    def left_over(self) -> float:
        """Log-probability, at most, of this state and a tactic that was not tried yet.

        Such a tactic has no more than what is left of the probability, and policies propose the likelier ones first.
        """
        left = 1.0 - sum(math.exp(logprob) for logprob in self.tried.values())
        if left <= NOTHING_LEFT:
            return -math.inf
        return self.logprob + min([math.log(left), *self.tried.values()])


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
    return search_all(engine, policy, [(statement, axioms)], budget, settings)[0]


def search_all(
    engine: LeanEngine,
    policy: TacticPolicy,
    statements: Sequence[tuple[str, tuple[str, ...]]],
    budget: Budget,
    settings: Settings,
) -> list[SearchResult]:
    """Search for proofs of several statements side by side, so that the policy is asked in batches.

    Args:
        engine: Runs the tactics and judges the proofs.
        policy: Proposes them.
        statements: Each with the axioms its proof may rest on.
        budget: Of each search. CPU time is that of all together, so for more than one prefer a limit of nodes.
        settings: Of the searches.

    Raises:
        SpecError: A statement cannot be read.
    """
    searches = [steps(engine, statement, axioms, Meter(budget), settings) for statement, axioms in statements]
    results: dict[int, SearchResult] = {}
    answers: dict[int, list[Proposal] | None] = dict.fromkeys(range(len(searches)))
    while answers:
        asked: dict[int, Node] = {}
        for i, proposals in answers.items():
            try:
                asked[i] = searches[i].send(proposals)
            except StopIteration as end:
                results[i] = end.value
        answers = {}
        for draw in sorted({node.draws for node in asked.values()}):
            some = {i: node.state.text for i, node in asked.items() if node.draws == draw}
            proposed = policy.propose(list(some.values()), settings.proposals, draw)
            answers.update(zip(some, proposed, strict=True))
    return [results[i] for i in range(len(searches))]


def steps(
    engine: LeanEngine, statement: str, axioms: tuple[str, ...], meter: Meter, settings: Settings
) -> Generator[Node, list[Proposal] | None, SearchResult]:
    """The search itself: yields the node it looks into, and is sent the policy's proposals for its state."""
    root = Node(engine.start(statement, axioms))
    order = itertools.count()  # ties go to the older state
    queue = [(0.0, next(order), root)]
    seen = {key(root.state)}

    while queue and not meter.spent:
        node = heapq.heappop(queue)[2]
        meter.nodes += 1
        proposals = yield node
        node.draws += 1
        length = len(node.tactics) + 1
        for tactic, logprob in proposals or ():
            if tactic in node.tried:
                continue
            if meter.late:
                break
            node.tried[tactic] = logprob
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
            if (known is not None and known in seen) or length >= settings.max_length:
                continue
            seen.add(known)
            child = Node(state, tactics, node.logprob + logprob)
            heapq.heappush(queue, (-child.logprob / length**settings.length_penalty, next(order), child))
        if proposals and node.left_over > -math.inf:
            heapq.heappush(queue, (-node.left_over / length**settings.length_penalty, next(order), node))
    return nothing(meter, exhausted=not queue)
