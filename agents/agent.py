"""What an agent is.

Anything that turns a batch of observations into a batch of actions: a language model, an endpoint, a person, a
function. Agents that count tokens say so through `usage`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol, runtime_checkable

from assay.verifiers.errors import AssayError


class AgentError(AssayError):
    """An agent failed to act: a server that is down, a process that died, a function that raised.

    It is no answer, so it must never be graded as a wrong one: whoever plays stops, keeps what it has, and may go on
    later.
    """


class Usage(NamedTuple):
    """Tokens of one act, in the agent's own tokens."""

    prompt_tokens: int
    completion_tokens: int


@runtime_checkable
class Agent(Protocol):
    """Acts on text."""

    @property
    def name(self) -> str:
        """What the leaderboard shows, e.g. "gold" or "openai:my-model"."""
        ...

    def act(self, observations: list[str]) -> list[str]:
        """One action for each observation, in order.

        Observations of one call are independent of each other and of earlier calls: by default an observation holds
        the whole transcript of its episode so far.
        """
        ...


@runtime_checkable
class CountsTokens(Protocol):
    """An agent that knows what its last `act` cost."""

    @property
    def usage(self) -> Sequence[Usage | None]:
        """One entry for each action of the last `act`, in order; None where it is not known."""
        ...


@runtime_checkable
class Reseeds(Protocol):
    """An agent whose sampling follows a seed."""

    def reseed(self, seed: int) -> None:
        """Start its random numbers anew; called before each round of samples."""
        ...


@runtime_checkable
class HasSettings(Protocol):
    """An agent that tells how it was set up, for the record of a run."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """JSON values that decide how it answers (model, temperature, ...); never a secret."""
        ...
