"""Monte Carlo tree search over tactics as in AlphaZero, with the changes AlphaProof makes for proofs.

After Hubert et al. 2025 (AlphaProof, Nature, methods section "Tree search"); the numbers below are those of the code.

1. **Values count tactics.** The reward is -1 a tactic, so a value V is the negative number of tactics still needed. An
   action value is mapped to (0, 1] by Q = gamma^(-V - 1): 1 for a tactic that finishes, gamma for two, and so on.
2. **Selection** takes the tactic a of a state s with the greatest
   Q(s, a) + c(s) * pi(a|s)^(1/tau) * sqrt(sum_b N(s, b)) / (N(s, a) + 1), where
   c(s) = c_init + log((sum_b N(s, b) + c_base + 1) / c_base), as in AlphaZero.
3. **AND nodes.** A tactic that leaves several independent goals needs all of them. The return of such a product is not
   the sum but the *minimum* over its goals: the search looks for proofs without a hard part. It goes down into the
   hardest unproved goal, the one of least Q, that is of greatest 1 - Q, and backs up the minimum. Goals that share
   metavariables are not independent; they stay one problem (see `proof.problems`).
4. **Progressive sampling.** A state starts with `proposals` tactics and gets more when it has been sampled n(s) <=
   C * N(s)^alpha times, so that the places the search keeps coming back to are looked at more widely.
5. **Merging.** Tactics that fail or change nothing are discarded, tactics with the same result are one, and a problem
   that is reached in several ways is one node. A way that leads back to a problem above it is not taken.
6. One search an attempt: there is no sequence of moves to commit to. The script of the first proof is judged from the
   bare statement.

The policy's `values` take the place of the value head. A tactic that was never tried has the value of its hardest goal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from assay.agents.lean_search.budget import Budget, Meter
from assay.agents.lean_search.policy import TacticPolicy
from assay.agents.lean_search.proof import Proof, SearchResult, judged, key, nothing, problems, run
from assay.verifiers.errors import AssayError
from assay.verifiers.lean.engine import DEFAULT_AXIOMS, LeanEngine, ProofState

WORST = -64.0
"""Value of what cannot be proved, and the lowest there is."""

PATIENCE = 200
"""Simulations in a row that look into no new state, after which the search gives up: only circles are left."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a search.

    Attributes:
        proposals: Tactics asked for at once.
        gamma: Discount a tactic in Q.
        c_init: Exploration constant.
        c_base: How slowly exploration grows with the visits.
        tau: Temperature of the policy in the exploration term; above 1 flattens it.
        sampling_c: C of progressive sampling.
        sampling_alpha: alpha of progressive sampling.
    """

    proposals: int = 32
    gamma: float = 0.95
    c_init: float = 1.25
    c_base: float = 19652.0
    tau: float = 1.5
    sampling_c: float = 16.0
    sampling_alpha: float = 0.5

    def __post_init__(self) -> None:
        """Refuse what makes no search."""
        if self.proposals < 1 or not 0 < self.gamma < 1 or min(self.c_init, self.c_base, self.tau) <= 0:
            raise AssayError(f"MCTS needs proposals >= 1, gamma in (0, 1), c_init, c_base and tau above 0: {self}")


@dataclass(slots=True, eq=False)
class Edge:
    """A tactic of a problem, with the independent problems it leaves: an AND node.

    Attributes:
        tactic: Its text.
        prior: The policy's probability.
        goals: What is left; nothing if the tactic finishes.
        visits: N(s, a).
        total: Sum of the returns that were backed up through it.
        refused: Whether a script through it was refused.
    """

    tactic: str
    prior: float
    goals: tuple[Problem, ...]
    visits: int = 0
    total: float = 0.0
    refused: bool = False

    @property
    def value(self) -> float:
        """Mean return; before the first visit what the goals promise: -1 for the tactic, and the least of them."""
        return self.total / self.visits if self.visits else product(self.goals) - 1

    @property
    def proved(self) -> bool:
        """Whether every goal is proved."""
        return not self.refused and all(goal.proof is not None for goal in self.goals)

    @property
    def dead(self) -> bool:
        """Whether a goal is known to be hopeless."""
        return self.refused or any(goal.dead for goal in self.goals)


@dataclass(slots=True, eq=False)
class Problem:
    """A state to be solved on its own: an OR node.

    Attributes:
        state: The engine's.
        estimate: The policy's value, until there is a better one.
        edges: Tactics that worked, each with another result.
        sampled: n(s): tactics that were proposed so far, also those that failed.
        draws: How often the policy was asked.
        exhausted: Whether it has no more to propose.
        visits: N(s).
        total: Sum of returns.
        proof: Found so far; None without one.
    """

    state: ProofState
    estimate: float
    edges: list[Edge] = field(default_factory=list["Edge"])
    sampled: int = 0
    draws: int = 0
    exhausted: bool = False
    visits: int = 0
    total: float = 0.0
    proof: Proof | None = None
    dead: bool = False

    @property
    def value(self) -> float:
        """Negative number of tactics to a proof: the proof's, or the mean return, or the estimate."""
        if self.proof is not None:
            return -float(longest(self.proof))
        return self.total / self.visits if self.visits else self.estimate


def product(goals: Sequence[Problem]) -> float:
    """The value of having to prove all goals: the least of theirs, 0 if there are none."""
    return min((goal.value for goal in goals), default=0.0)


def longest(proof: Proof) -> int:
    """Tactics on the longest way through a proof."""
    return 1 + max((longest(part) for part in proof.rest), default=0)


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
        engine: Runs the tactics and judges the proof; with a `split` method it also takes goals apart.
        policy: Proposes them, and values states.
        statement: What follows `theorem NAME`.
        budget: When to give up.
        settings: Of the search.
        axioms: What the proof may rest on.

    Raises:
        SpecError: The statement cannot be read.
    """
    return Tree(engine, policy, statement, Meter(budget), settings or Settings(), axioms).search()


class Tree:
    """One search."""

    def __init__(
        self,
        engine: LeanEngine,
        policy: TacticPolicy,
        statement: str,
        meter: Meter,
        settings: Settings,
        axioms: tuple[str, ...],
    ) -> None:
        """Start with the statement alone."""
        self.engine, self.policy, self.meter, self.settings = engine, policy, meter, settings
        self.statement, self.axioms = statement, axioms
        self.known: dict[str, Problem] = {}
        self.root = self._problems([engine.start(statement, axioms)])[0]

    def search(self) -> SearchResult:
        """Simulate until there is a proof, the budget is spent or nothing is left to try."""
        idle = 0
        while not (self.meter.spent or self.root.dead or idle > PATIENCE):
            before = self.meter.nodes
            self.simulate()
            idle = idle + 1 if self.meter.nodes == before else 0
            if self.root.proof is not None:
                found = judged(self.engine, self.statement, self.axioms, self.root.proof, self.meter)
                if found is not None:
                    return found
                self._refuse()
        return nothing(self.meter, exhausted=not self.meter.spent)

    def simulate(self) -> None:
        """One way down from the statement to a state that was not looked into, and back up."""
        path: list[tuple[Problem, Edge]] = []
        above = {id(self.root)}
        problem = self.root
        while True:
            fresh = problem.draws == 0
            if self._wants_tactics(problem):
                self._sample(problem)
            edge = None if fresh else self.select(problem, above)
            if edge is None or edge.proved:
                break
            path.append((problem, edge))
            problem = min((goal for goal in edge.goals if goal.proof is None), key=lambda goal: goal.value)
            above.add(id(problem))
        self._settle(problem)
        no_way_on = problem.proof is None and edge is None and not (fresh and problem.edges)
        value = WORST if no_way_on else problem.value
        self._count(problem, value)
        for parent, taken in reversed(path):
            # The return of a product is the least of its goals'; that of a tactic is one less.
            value = max(WORST, min(value, product(taken.goals)) - 1)
            taken.visits += 1
            taken.total += value
            self._settle(parent)
            self._count(parent, value)

    @staticmethod
    def _count(problem: Problem, value: float) -> None:
        problem.visits += 1
        problem.total += value

    @staticmethod
    def _settle(problem: Problem) -> None:
        """Note that a problem is proved, or that it cannot be."""
        for edge in problem.edges if problem.proof is None else ():
            if edge.proved:
                problem.proof = Proof(edge.tactic, tuple(goal.proof for goal in edge.goals if goal.proof is not None))
                return
        problem.dead = problem.proof is None and problem.exhausted and all(edge.dead for edge in problem.edges)

    def _wants_tactics(self, problem: Problem) -> bool:
        """Progressive sampling: n(s) <= C * N(s)^alpha."""
        limit = self.settings.sampling_c * problem.visits**self.settings.sampling_alpha
        stuck = all(edge.dead for edge in problem.edges)
        return not (problem.exhausted or self.meter.spent) and (stuck or problem.sampled <= limit)

    def select(self, problem: Problem, above: set[int]) -> Edge | None:
        """The tactic of greatest upper bound that is not hopeless and leads to no problem above; None if none."""
        visits = sum(edge.visits for edge in problem.edges)
        c = self.settings.c_init + math.log((visits + self.settings.c_base + 1) / self.settings.c_base)
        best, best_score = None, -math.inf
        for edge in problem.edges:
            if edge.dead or any(id(goal) in above for goal in edge.goals):
                continue
            q = self.settings.gamma ** (-edge.value - 1)
            explore = c * edge.prior ** (1 / self.settings.tau) * math.sqrt(max(1, visits)) / (edge.visits + 1)
            if q + explore > best_score:
                best, best_score = edge, q + explore
        return best

    def _sample(self, problem: Problem) -> None:
        """Ask the policy for tactics, run them, and keep those with a new result."""
        self.meter.nodes += 1
        proposals = self.policy.propose([problem.state.text], self.settings.proposals, problem.draws)[0]
        problem.draws += 1
        problem.sampled += len(proposals)
        problem.exhausted = not proposals
        made: list[tuple[str, float, tuple[ProofState, ...]]] = []
        for tactic, logprob in proposals:
            if self.meter.late:
                break
            state = run(self.engine, problem.state, tactic, self.meter)
            if state is not None:
                made.append((tactic, math.exp(logprob), problems(self.engine, state)))
        children = iter(self._problems([state for _, _, states in made for state in states]))
        for tactic, prior, states in made:
            goals = tuple(next(children) for _ in states)
            same = next((edge for edge in problem.edges if edge.goals == goals), None)
            if same is None:
                problem.edges.append(Edge(tactic, prior, goals))
            else:
                same.prior = max(same.prior, prior)

    def _problems(self, states: Sequence[ProofState]) -> list[Problem]:
        """A node for each state: the old one where an equal state is known."""
        keys = [key(state) for state in states]
        estimates = self.policy.values([state.text for state in states]) if states else []
        found: list[Problem] = []
        for state, name, estimate in zip(states, keys, estimates, strict=True):
            problem = Problem(state, max(WORST, estimate)) if name is None else self.known.get(name)
            if problem is None:
                problem = Problem(state, max(WORST, estimate))
                self.known[name or ""] = problem
            found.append(problem)
        return found

    def _refuse(self) -> None:
        """The script of the statement's proof was refused: its first tactic is not tried again."""
        for edge in self.root.edges:
            edge.refused = edge.refused or edge.proved
        self.root.proof = None
        self._settle(self.root)
