"""Losses on sampled tokens, as pure functions of log-probabilities.

All per-token quantities are [B, T]; a loss is the sum of `token_weights * per_token`. The weights are made once, of the
whole batch, so that splitting it into microbatches, reordering its rows or padding it further changes nothing. What
each function claims is tested in `tests/agents/test_losses.py` against a policy small enough to enumerate.
"""

from __future__ import annotations

from typing import NamedTuple

import torch

from assay.verifiers.errors import UnknownNameError

AGGREGATIONS = ("constant", "token_mean", "sequence_mean")

MAX_LOG_RATIO = 20.0
"""Log-ratios are clamped here, so that one absurd token cannot make an infinite ratio."""


class Surrogate(NamedTuple):
    """What `clipped_surrogate` gives; each [B, T]."""

    loss: torch.Tensor
    """Per-token loss, to be minimised."""
    clipped_low: torch.Tensor
    """bool: the gradient was stopped at the lower end of the clip range."""
    clipped_high: torch.Tensor
    """bool: the gradient was stopped at the upper end."""


def token_weights(mask: torch.Tensor, aggregation: str, max_tokens: int) -> torch.Tensor:
    """The weight of each token in the loss.

    - "constant": 1 / (B * max_tokens). The sum over tokens, so the policy gradient up to a constant factor
      (Dr. GRPO, arXiv 2503.20783).
    - "token_mean": 1 / (tokens in the batch) (DAPO, arXiv 2503.14476, eq. 8).
    - "sequence_mean": 1 / (B * length of the sequence) (GRPO, arXiv 2402.03300, eq. 3). A long wrong answer is
      punished less per token than a short one, which is not the policy gradient.

    Args:
        mask: [B, T], bool. Rows without tokens count as sequences nowhere.
        aggregation: One of `AGGREGATIONS`.
        max_tokens: The longest a completion could have been.

    Returns:
        [B, T], float32; 0 where `mask` is False.

    Raises:
        UnknownNameError: There is no such aggregation.
    """
    if aggregation not in AGGREGATIONS:
        raise UnknownNameError("aggregation", aggregation, AGGREGATIONS)
    lengths = mask.sum(-1, keepdim=True)  # [B, 1]
    sequences = (lengths > 0).sum().clamp(min=1)
    if aggregation == "constant":
        return mask.float() / (sequences * max_tokens)
    if aggregation == "token_mean":
        return mask.float() / mask.sum().clamp(min=1)
    return mask.float() / (sequences * lengths.clamp(min=1))


def clipped_surrogate(
    logprobs: torch.Tensor, old_logprobs: torch.Tensor, advantages: torch.Tensor, clip: tuple[float, float]
) -> Surrogate:
    """PPO's clipped objective, a token at a time (Schulman et al. 2017, arXiv 1707.06347, eq. 7), negated.

    -min(ratio * A, clamp(ratio, 1 - low, 1 + high) * A). At ratio 1 its gradient is that of -A log p. Different ends
    ("clip higher") leave unlikely tokens room to grow (DAPO, arXiv 2503.14476, section 3.1).

    Args:
        logprobs: [B, T], with gradient.
        old_logprobs: [B, T]: of the policy that sampled, at the same temperature.
        advantages: [B].
        clip: How far the ratio may go below and above 1.
    """
    low, high = clip
    ratio = (logprobs - old_logprobs.detach()).clamp(-MAX_LOG_RATIO, MAX_LOG_RATIO).exp()
    weight = advantages[:, None]
    free = ratio * weight
    bounded = ratio.clamp(1 - low, 1 + high) * weight
    return Surrogate(-torch.minimum(free, bounded), (ratio < 1 - low) & (weight < 0), (ratio > 1 + high) & (weight > 0))


def kl_k2(logprobs: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
    """(log p - log q)^2 / 2 [B, T]: as a loss on samples of p, its gradient is that of KL(p, q).

    Its mean is not KL(p, q), so it is no metric. The estimators are Schulman's, http://joschu.net/blog/kl-approx.html.
    The plain log p - log q has the right mean, and as a loss a gradient of 0.
    """
    return (logprobs - reference) ** 2 / 2


def kl_k3(logprobs: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
    """q/p - 1 - log(q/p) [B, T]: its mean under p is KL(p, q), and no sample is negative. For metrics."""
    log_ratio = (reference - logprobs).clamp(-MAX_LOG_RATIO, MAX_LOG_RATIO)
    return log_ratio.exp() - 1 - log_ratio
