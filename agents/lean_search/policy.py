"""What a search asks of a policy: tactics for a state, and how likely each is to be the right one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Proposal(NamedTuple):
    """A tactic that may help.

    Attributes:
        tactic: Its text, one tactic of one or several lines.
        logprob: Natural logarithm of the probability the policy gives it, at most 0.
    """

    tactic: str
    logprob: float


class TacticPolicy(Protocol):
    """Proposes and scores tactics."""

    @property
    def name(self) -> str:
        """For records."""
        ...

    def propose(self, states: Sequence[str], count: int, draw: int = 0) -> list[list[Proposal]]:
        """Tactics for each state, the likeliest first, none twice.

        Args:
            states: Printed goals, the one to work on first in each.
            count: How many tactics a state, at most.
            draw: Which draw this is for the states: 0 for the first, 1 for further tactics, and so on. The lists of
                different draws may overlap. An empty list says that there will never be more.

        Returns:
            A list for each state, in order.
        """
        ...

    def values(self, states: Sequence[str]) -> list[float]:
        """Expected negative number of tactics to a proof of each state: 0 or below."""
        ...


def length_value(state: str) -> float:
    """The value of a state for policies that have learned none: longer statements take more tactics.

    Args:
        state: Printed goals; the targets alone count, since hypotheses help as often as they burden.
    """
    targets = [line for line in state.splitlines() if line.startswith("⊢ ")]
    return -sum(1.0 + len(target.split()) / 8 for target in targets)
