"""Advantages: how much better a rollout did than the others of its group.

Pure functions of rewards and group numbers. A group is the rollouts of one prompt, told by its number and not by
position, so any order of the rows gives the same result.
"""

from __future__ import annotations

import torch

from assay.verifiers.errors import UnknownNameError

KINDS = ("mean", "std", "leave_one_out")

STD_EPSILON = 1e-4
"""Added to the standard deviation of a group, as in TRL."""


def advantages(
    rewards: torch.Tensor, groups: torch.Tensor, kind: str = "mean", valid: torch.Tensor | None = None
) -> torch.Tensor:
    """Advantage of each rollout over its group.

    With r the rewards of a group, m their mean, s their standard deviation (divided by G - 1) and G their number:

    - "mean": r - m. The policy gradient times (G - 1) / G. Dr. GRPO (Liu et al. 2025, arXiv 2503.20783).
    - "std": (r - m) / (s + 1e-4). GRPO (Shao et al. 2024, arXiv 2402.03300, eq. 3): gives prompts that are nearly
      always or nearly never solved a larger weight than the policy gradient does.
    - "leave_one_out": r - mean of the others = G / (G - 1) (r - m). The policy gradient exactly. RLOO (Kool et al.
      2019; Ahmadian et al. 2024, arXiv 2402.14740).

    Args:
        rewards: [N].
        groups: [N], int64: number of each rollout's group, from 0.
        kind: One of `KINDS`.
        valid: [N], bool: rollouts that were graded. The others count nowhere, and get 0.

    Returns:
        [N], exactly 0 in a group whose rewards are all the same (so also in a group of one).

    Raises:
        UnknownNameError: There is no such kind.
    """
    if kind not in KINDS:
        raise UnknownNameError("advantage", kind, KINDS)
    if valid is None:
        valid = torch.ones_like(groups, dtype=torch.bool)
    # An invalid reward may be NaN, and 0 * NaN is NaN: replace it before anything is summed.
    known = torch.where(valid, rewards, torch.zeros_like(rewards))
    count = _group_sum(valid.to(rewards.dtype), groups)[groups].clamp(min=1)
    mean = _group_sum(known, groups)[groups] / count
    centred = known - mean
    if kind == "std":
        squares = _group_sum(torch.where(valid, centred**2, 0.0), groups)[groups]
        centred = centred / ((squares / (count - 1).clamp(min=1)).sqrt() + STD_EPSILON)
    elif kind == "leave_one_out":
        centred = centred * count / (count - 1).clamp(min=1)
    useful = valid & ~constant_groups(rewards, groups, valid)[groups]
    return torch.where(useful, centred, torch.zeros_like(centred))


def constant_groups(rewards: torch.Tensor, groups: torch.Tensor, valid: torch.Tensor | None = None) -> torch.Tensor:
    """Which groups have nothing to teach: all valid rewards equal, or fewer than two of them.

    Args:
        rewards: [N].
        groups: [N], int64, from 0.
        valid: [N], bool.

    Returns:
        [number of groups], bool.
    """
    if valid is None:
        valid = torch.ones_like(groups, dtype=torch.bool)
    count = int(groups.max()) + 1 if len(groups) else 0
    highest = torch.full((count,), -torch.inf, dtype=rewards.dtype)
    lowest = torch.full((count,), torch.inf, dtype=rewards.dtype)
    highest = highest.scatter_reduce(0, groups[valid], rewards[valid], "amax")
    lowest = lowest.scatter_reduce(0, groups[valid], rewards[valid], "amin")
    return ~(highest > lowest)


def _group_sum(values: torch.Tensor, groups: torch.Tensor) -> torch.Tensor:
    """Sum of the values [N] of each group: [number of groups]."""
    count = int(groups.max()) + 1 if len(groups) else 0
    return torch.zeros(count, dtype=values.dtype).index_add(0, groups, values)
