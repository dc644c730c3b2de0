"""What an agent is.

Anything that turns a batch of observations into a batch of actions: a language model, an endpoint, a person, a
function. Agents that count tokens say so through `usage`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable


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
    def usage(self) -> Sequence[Usage]:
        """One entry for each action of the last `act`, in order."""
        ...
