"""Pairing wanted things with given ones, where one thing may fit several: a maximum matching, never a greedy guess.

Equality within a tolerance is not transitive: 1 fits 0 and 2 where 0 does not fit 2. So whether two multisets are the
same is a question about a bipartite graph, and taking the first partner that fits gives wrong answers. Equal things
are counted instead of repeated, which makes it a maximum flow; it is found by augmenting paths (Ford and Fulkerson
1956), breadth first (Edmonds and Karp 1972), without recursion.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from assay.verifiers.data.outcome import Refusal
from assay.verifiers.verdict import Status

MAX_VISITS = 200_000
"""Most edges looked at in the search for augmenting paths."""


def matched(wanted: Sequence[int], given: Sequence[int], fits: Sequence[Sequence[int]]) -> int:
    """How many wanted things can be given a partner of their own.

    Args:
        wanted: How often each distinct wanted thing is there.
        given: The same of the given things.
        fits: For each wanted thing the given ones that fit it, the likeliest first: those are tried first.

    Raises:
        Refusal: It takes too long to find out.
    """
    left, right = list(wanted), list(given)
    flow: list[dict[int, int]] = [{} for _ in wanted]
    holders: list[set[int]] = [set() for _ in given]  # who holds a share of each given thing

    def give(source: int, target: int, amount: int) -> None:
        share = flow[source].get(target, 0) + amount
        if share:
            flow[source][target] = share
            holders[target].add(source)
        else:
            del flow[source][target]
            holders[target].discard(source)

    for source, partners in enumerate(fits):
        for target in partners:
            if amount := min(left[source], right[target]):
                give(source, target, amount)
                left[source] -= amount
                right[target] -= amount
            if not left[source]:
                break
    total = sum(wanted) - sum(left)
    dead: set[int] = set()  # given things from which no path leads to a free one; none ever will
    visits = 0
    for source in range(len(wanted)):
        while left[source]:
            path, seen, visited = _path(source, right, fits, holders, dead)
            visits += visited
            if visits > MAX_VISITS:
                raise Refusal(Status.LIMIT, "too_many_comparisons", "The answer takes too long to compare.")
            if not path:
                dead |= seen
                break
            amount = min(left[source], right[path[-1][1]], *(flow[loser][taken] for _, taken, loser in path[:-1]))
            for user, target, loser in path:
                give(user, target, amount)
                if loser >= 0:
                    give(loser, target, -amount)
            left[source] -= amount
            right[path[-1][1]] -= amount
            total += amount
    return total


def _path(
    source: int, right: Sequence[int], fits: Sequence[Sequence[int]], holders: Sequence[set[int]], dead: set[int]
) -> tuple[list[tuple[int, int, int]], set[int], int]:
    """A shortest augmenting path as (who takes, what, from whom), with what was seen and how many edges were visited.

    The last step takes from nobody (-1); where there is no path the list is empty.
    """
    came: dict[int, tuple[int, int]] = {}  # holder -> (what is taken from it, by whom)
    seen: set[int] = set()
    waiting = deque([source])
    visits = 0
    while waiting:
        user = waiting.popleft()
        for target in fits[user]:
            visits += 1
            if target in seen or target in dead:
                continue
            seen.add(target)
            if right[target]:
                path = [(user, target, -1)]
                while user != source:
                    target, taker = came[user]
                    path.append((taker, target, user))
                    user = taker
                return path[::-1], seen, visits
            for holder in holders[target]:
                if holder != source and holder not in came:
                    came[holder] = (target, user)
                    waiting.append(holder)
    return [], seen, visits
