"""What a search asks of a policy: tactics for a state, and how likely each is to be the right one."""

from __future__ import annotations

import math
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


class MixedPolicy:
    """Two policies in one: the probabilities of one, plus those of the other, by shares.

    Args:
        first: A policy.
        second: Another; it is also asked for values.
        share: Of the second, from 0 to 1.
        first_count: How many tactics the first is asked for, however many are wanted: sampling is dear.
    """

    def __init__(self, first: TacticPolicy, second: TacticPolicy, share: float, first_count: int) -> None:
        """Keep the parts."""
        self.first, self.second, self.share, self.first_count = first, second, share, first_count

    @property
    def name(self) -> str:
        """Both names."""
        return f"{self.first.name} + {self.second.name}"

    def propose(self, states: Sequence[str], count: int, draw: int = 0) -> list[list[Proposal]]:
        """What either proposes; a tactic of both has the sum of their probabilities."""
        found: list[list[Proposal]] = []
        firsts = self.first.propose(states, min(count, self.first_count), draw)
        for one, other in zip(firsts, self.second.propose(states, count, draw), strict=True):
            mass: dict[str, float] = {}
            for proposals, share in ((one, 1 - self.share), (other, self.share)):
                for tactic, logprob in proposals:
                    mass[tactic] = mass.get(tactic, 0.0) + share * math.exp(logprob)
            ranked = sorted(mass.items(), key=lambda item: -item[1])[:count]
            found.append([Proposal(tactic, math.log(p)) for tactic, p in ranked if p > 0])
        return found

    def values(self, states: Sequence[str]) -> list[float]:
        """The second's."""
        return self.second.values(states)


def length_value(state: str) -> float:
    """The value of a state for policies that have learned none: longer statements take more tactics.

    Args:
        state: Printed goals; the targets alone count, since hypotheses help as often as they burden.
    """
    targets = [line for line in state.splitlines() if line.startswith("⊢ ")]
    return -sum(1.0 + len(target.split()) / 8 for target in targets)
