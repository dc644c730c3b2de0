"""What the sampler hands to the trainer: completions as token ids, and their layout in padded tensors.

Tokens that were sampled are trained on as they are; text is never tokenised again. Masks are made from lengths, never
from `ids != pad`: an untrained policy samples the padding token like any other, and pad is often the same id as the
end of sequence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import torch

MICROBATCH_TOKENS = 8192
"""Tokens of one forward and backward pass, padding included: bounds the memory of an update."""


MAX_STRETCH = 1.5
"""Longest row of a microbatch over its shortest: shorter ones go apart, so that little is spent on padding."""


class StopReason(StrEnum):
    """Why the sampler stopped writing."""

    EOS = "eos"
    """The policy ended the completion itself; the end token is part of it and is trained on."""
    LENGTH = "length"
    """`max_new_tokens` were written: the completion is truncated."""
    CONTEXT = "context"
    """The model's context is full: the completion is truncated, and empty if the prompt alone filled it."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One sampled answer.

    Attributes:
        prompt_ids: What the model read.
        ids: What it wrote, with the end token if it wrote one.
        logprobs: Log-probability of each of `ids` when it was sampled, at the sampler's temperature.
        entropy: Mean entropy in nats of the distributions that `ids` were sampled from.
        stop: Why it ended.
        text: `ids` as text, without special tokens.
    """

    prompt_ids: tuple[int, ...]
    ids: tuple[int, ...]
    logprobs: tuple[float, ...]
    entropy: float
    stop: StopReason
    text: str

    @property
    def truncated(self) -> bool:
        """Whether it was cut off before the policy ended it."""
        return self.stop is not StopReason.EOS


@dataclass(frozen=True, slots=True)
class Batch:
    """Prompts and completions as tensors: prompts padded on the left, completions on the right.

    P is the length of the longest prompt, T that of the longest completion.

    Attributes:
        input_ids: [B, P+T], int64.
        attention_mask: [B, P+T], int64: 1 for real tokens.
        targets: [B, T], int64: the completion's tokens, the last T columns of `input_ids`.
        mask: [B, T], bool: True for real completion tokens, the end token included.
        old_logprobs: [B, T], float32: what the sampler reported; 0 where `mask` is False.
    """

    input_ids: torch.Tensor
    attention_mask: torch.Tensor
    targets: torch.Tensor
    mask: torch.Tensor
    old_logprobs: torch.Tensor

    def rows(self, index: torch.Tensor) -> Batch:
        """The rows of an index [N], in its order, without columns that are padding in all of them."""
        attention, mask = self.attention_mask[index], self.mask[index]
        prompt = self.input_ids.shape[1] - self.targets.shape[1]
        width = int(mask.sum(-1).max())
        start = prompt - int(attention[:, :prompt].sum(-1).max())
        return Batch(
            self.input_ids[index, start : prompt + width],
            attention[:, start : prompt + width],
            self.targets[index, :width],
            mask[:, :width],
            self.old_logprobs[index, :width],
        )

    def microbatches(self, weights: torch.Tensor) -> Iterator[tuple[torch.Tensor, Batch, torch.Tensor]]:
        """Cut the batch into pieces of at most `MICROBATCH_TOKENS` tokens, rows of similar length together.

        A loss that is a weighted sum over tokens has the same gradient however it is cut.

        Args:
            weights: [B, T]: what each token weighs in the loss; rows without weight are left out.

        Yields:
            The rows' index [N], their batch, and their weights [N, T'].
        """
        lengths = self.attention_mask.sum(-1)
        order = lengths.argsort(stable=True)
        piece: list[int] = []
        for row in order[(weights[order] != 0).any(-1)].tolist():
            length = int(lengths[row])
            full = (len(piece) + 1) * length > MICROBATCH_TOKENS
            if piece and (full or length > MAX_STRETCH * int(lengths[piece[0]])):
                yield self._piece(piece, weights)
                piece = []
            piece.append(row)
        if piece:
            yield self._piece(piece, weights)

    def _piece(self, rows: list[int], weights: torch.Tensor) -> tuple[torch.Tensor, Batch, torch.Tensor]:
        index = torch.tensor(rows)
        batch = self.rows(index)
        return index, batch, weights[index, : batch.targets.shape[1]]


def position_ids(attention_mask: torch.Tensor) -> torch.Tensor:
    """Positions [B, L] of the tokens of a padded batch: the first real token of a row is at 0."""
    return (attention_mask.cumsum(-1) - 1).clamp(min=0)


def left_pad(rows: Sequence[Sequence[int]], pad_id: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and attention mask, both [B, P] int64, of rows that end at the same column."""
    width = max((len(row) for row in rows), default=0)
    ids = torch.tensor([[pad_id] * (width - len(row)) + list(row) for row in rows], dtype=torch.long)
    mask = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in rows], dtype=torch.long)
    return ids, mask


def pack(
    prompts: Sequence[Sequence[int]],
    completions: Sequence[Sequence[int]],
    logprobs: Sequence[Sequence[float]] | None = None,
    pad_id: int = 0,
) -> Batch:
    """Lay out prompts and completions for one forward pass.

    Args:
        prompts: Token ids of each prompt; none may be empty.
        completions: Token ids of each completion.
        logprobs: The sampler's log-probabilities of the completions; zeros if there was no sampler.
        pad_id: Fills the gaps; no result depends on it.
    """
    width = max(len(row) for row in completions)
    prompt_ids, prompt_mask = left_pad(prompts, pad_id)
    targets = torch.tensor([[*row, *[pad_id] * (width - len(row))] for row in completions], dtype=torch.long)
    lengths = torch.tensor([len(row) for row in completions])
    mask = torch.arange(width)[None] < lengths[:, None]
    old = torch.zeros(mask.shape)
    if logprobs is not None:
        old = torch.tensor([[*row, *[0.0] * (width - len(row))] for row in logprobs])
    return Batch(
        torch.cat([prompt_ids, targets], dim=1), torch.cat([prompt_mask, mask.long()], dim=1), targets, mask, old
    )
