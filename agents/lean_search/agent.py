"""The searches as agents: `lean:best_first` and `lean:mcts`.

The agent reads the theorem out of the task's prompt, searches, and answers with the script that the engine accepted;
where it finds none it answers nothing at all, which is graded as what it is, in this turn and all that follow: an
episode has one search. A script is also an answer to `assay/LeanTactic-v0`, which takes several lines at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from assay.agents.agent import AgentError
from assay.agents.lean_search import best_first, mcts
from assay.agents.lean_search.alphabet import AlphabetPolicy
from assay.agents.lean_search.budget import Budget
from assay.agents.lean_search.policy import TacticPolicy
from assay.agents.lean_search.proof import SearchResult
from assay.envs.lean.prompt import axioms_of, header_of, statement_of
from assay.envs.text_env import ANSWER_MARK
from assay.verifiers.errors import SpecError, UnknownNameError
from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.engine import DEFAULT_AXIOMS, EngineError, LeanEngine


class Search(Protocol):
    """A search with its own settings."""

    def __call__(
        self, engine: LeanEngine, policy: TacticPolicy, statement: str, budget: Budget, *, axioms: tuple[str, ...] = ...
    ) -> SearchResult:
        """Search for a proof."""
        ...


SEARCHES: dict[str, Search] = {"best_first": best_first.search, "mcts": mcts.search}
"""Name in an agent string -> search."""


class LeanSearchAgent:
    """Proves theorems by search in the embedded engine.

    Args:
        search: A name from `SEARCHES`.
        nodes: States that one search looks into, at most.
        seconds: CPU seconds of one search, at most; None for no such limit. Without it the agent is deterministic.
        policy: A checkpoint folder of a model that writes tactics; None is the fixed alphabet.
        temperature: Of the model's sampling.
        seed: Of the model's sampling.
        engine: Another engine.

    Raises:
        AssayError: There is no such search, a limit is not above 0, or the checkpoint cannot be read.
    """

    def __init__(
        self,
        search: str,
        *,
        nodes: int = 400,
        seconds: float | None = None,
        policy: str | None = None,
        temperature: float = 1.0,
        seed: int = 0,
        engine: LeanEngine | None = None,
    ) -> None:
        """Choose the search; a model is loaded at once, the engine's library on first use."""
        if search not in SEARCHES:
            raise UnknownNameError("Lean search", search, SEARCHES)
        self.budget = Budget(nodes, seconds)
        self._search, self._name = SEARCHES[search], f"lean:{search}"
        self._checkpoint, self._temperature = policy, temperature
        self._engine = engine or EmbeddedEngine()
        self._policy: TacticPolicy = AlphabetPolicy()
        self._reseed: Callable[[int], None] | None = None
        self._found: dict[tuple[str, tuple[str, ...]], SearchResult] | None = None
        if policy is None and seconds is None:
            self._found = {}  # deterministic: another sample of the same task is the same search
        if policy is not None:
            from assay.agents.core.policy import Policy
            from assay.agents.lean_search.model_policy import ModelPolicy

            model = ModelPolicy(Policy.load(policy), temperature=temperature, seed=seed)
            self._policy, self._reseed = model, model.reseed
        self.results: Sequence[SearchResult | None] = ()
        """Of the last `act`: what each search found and spent; None where none was made."""

    @property
    def name(self) -> str:
        """The search, and the checkpoint if there is one."""
        return self._name if self._checkpoint is None else f"{self._name} with {self._checkpoint}"

    @property
    def settings(self) -> dict[str, Any]:
        """Budget and policy."""
        chosen: dict[str, Any] = {"nodes": self.budget.nodes, "seconds": self.budget.cpu_s, "policy": self._checkpoint}
        return chosen if self._checkpoint is None else {**chosen, "temperature": self._temperature}

    def reseed(self, seed: int) -> None:
        """Sample differently from now on; the alphabet does not sample."""
        if self._reseed is not None:
            self._reseed(seed)

    def act(self, observations: list[str]) -> list[str]:
        """A proof of each theorem, or the empty string.

        Raises:
            AgentError: The engine failed.
        """
        self.results = [self._attempt(observation) for observation in observations]
        return [result.script if result is not None and result.proved else "" for result in self.results]

    def prove(self, statement: str, axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> SearchResult:
        """Search for a proof of a statement.

        Raises:
            SpecError: The statement cannot be read.
            EngineError: The engine failed.
        """
        return self._search(self._engine, self._policy, statement, self.budget, axioms=axioms)

    def _attempt(self, observation: str) -> SearchResult | None:
        """A search for the theorem of an observation; None where there is none that the engine can read."""
        statement = statement_of(observation)
        if statement is None or header_of(observation):
            return None  # a header imports what the engine does not have
        if ANSWER_MARK in observation:
            return None  # its search was in vain, and an episode has one
        asked = statement, axioms_of(observation)
        if self._found is not None and asked in self._found:
            return self._found[asked]
        try:
            result = self.prove(*asked)
            if self._found is not None:
                self._found[asked] = result
            return result
        except SpecError:
            return None
        except EngineError as error:
            raise AgentError(f"agent {self.name} failed: {error}") from error
