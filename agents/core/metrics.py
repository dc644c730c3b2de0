"""The figures that every trainer logs of its rollouts, before anything is filtered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from assay.agents.core.advantage import constant_groups
from assay.agents.core.collect import Rollout


def rollout_metrics(rollouts: Sequence[Rollout], seconds: float) -> dict[str, Any]:
    """Figures of one step's rollouts.

    Args:
        rollouts: All of the step, at least one; masked ones count in `frac_masked` only, and in lengths.
        seconds: Wall time it took to collect them.
    """
    completions = [c for r in rollouts for c in r.completions]
    lengths = [len(c.ids) for c in completions]
    tokens = sum(lengths)
    valid = torch.tensor([not r.masked for r in rollouts])
    rewards = torch.tensor([r.reward for r in rollouts], dtype=torch.float64)
    groups = torch.tensor([r.group for r in rollouts])
    return {
        "reward_mean": float(rewards[valid].mean()),
        "reward_std": float(rewards[valid].std(correction=0)),
        "frac_zero_std": float(constant_groups(rewards, groups, valid).double().mean()),
        "frac_masked": float((~valid).double().mean()),
        "frac_truncated": sum(c.truncated for c in completions) / len(completions),
        "length_p50": float(np.percentile(lengths, 50)),
        "length_p95": float(np.percentile(lengths, 95)),
        "entropy": sum(c.entropy * len(c.ids) for c in completions) / max(1, tokens),
        "rollouts_per_s": len(rollouts) / seconds,
        "tokens_per_s": tokens / seconds,
        "seconds_sample": seconds,
    }
