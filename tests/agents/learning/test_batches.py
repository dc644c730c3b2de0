"""Cutting, padding and ordering a batch must not change what is learned from it."""

import pytest
import torch

from assay.agents.core import tokens
from assay.agents.core.losses import clipped_surrogate, token_weights
from assay.agents.core.policy import Policy
from assay.agents.core.tokens import Batch, pack

PROMPTS = [[1, 5], [1, 9, 9, 9, 9, 9, 9], [1, 7, 8], [1, 4]]
ANSWERS = [[6, 2], [0, 0, 7, 2], [3] * 12, [2]]  # padding ids inside, and an end at once
ADVANTAGE = torch.tensor([1.0, -0.5, 0.7, -1.0])


def gradients(policy: Policy, batch: Batch, weights: torch.Tensor, advantage: torch.Tensor) -> list[torch.Tensor]:
    policy.model.zero_grad()
    for index, piece, weight in batch.microbatches(weights):
        logprobs, _ = policy.logprobs(piece)
        loss = clipped_surrogate(logprobs, piece.old_logprobs, advantage[index], (9.0, 9.0)).loss
        (weight * loss).sum().backward()  # type: ignore[no-untyped-call]
    return [p.grad.clone() for p in policy.model.parameters()]


def whole(policy: Policy, aggregation: str) -> list[torch.Tensor]:
    batch = pack(PROMPTS, ANSWERS)
    return gradients(policy, batch, token_weights(batch.mask, aggregation, 16), ADVANTAGE)


def same(one: list[torch.Tensor], other: list[torch.Tensor]) -> bool:
    scale = max(float(g.abs().max()) for g in one)
    return all(torch.allclose(a, b, atol=1e-5 * scale, rtol=1e-4) for a, b in zip(one, other, strict=True))


@pytest.fixture
def policy(untrained: Policy) -> Policy:
    return untrained


@pytest.mark.parametrize("aggregation", ["constant", "token_mean", "sequence_mean"])
def test_microbatches_order_and_padding_change_no_gradient(
    policy: Policy, monkeypatch: pytest.MonkeyPatch, aggregation: str
) -> None:
    monkeypatch.setattr(tokens, "MAX_STRETCH", 1e9)
    plain = whole(policy, aggregation)
    assert any((g != 0).any() for g in plain)
    monkeypatch.setattr(tokens, "MICROBATCH_TOKENS", 20)
    assert same(whole(policy, aggregation), plain)
    monkeypatch.setattr(tokens, "MICROBATCH_TOKENS", 1)
    assert same(whole(policy, aggregation), plain)

    order = [2, 0, 3, 1]
    batch = pack([PROMPTS[i] for i in order], [ANSWERS[i] for i in order], pad_id=11)
    weights = token_weights(batch.mask, aggregation, 16)
    assert same(gradients(policy, batch, weights, ADVANTAGE[order]), plain)


def test_rows_without_weight_are_left_out(policy: Policy) -> None:
    batch = pack(PROMPTS, ANSWERS)
    weights = token_weights(batch.mask, "token_mean", 16)
    weights[[0, 2]] = 0
    seen = sorted(i for index, _, _ in batch.microbatches(weights) for i in index.tolist())
    assert seen == [1, 3]
    assert list(batch.microbatches(torch.zeros_like(weights))) == []


def test_a_batch_is_laid_out_by_lengths_not_by_ids() -> None:
    batch = pack(PROMPTS, ANSWERS, [[-1.0] * len(a) for a in ANSWERS], pad_id=0)
    assert batch.mask.sum(-1).tolist() == [2, 4, 12, 1]
    assert batch.attention_mask.sum(-1).tolist() == [4, 11, 15, 3]
    assert torch.equal(batch.input_ids[:, -12:], batch.targets)
    assert batch.old_logprobs[batch.mask].eq(-1).all()
    assert batch.old_logprobs[~batch.mask].eq(0).all()
    piece = batch.rows(torch.tensor([3, 0]))
    assert piece.input_ids.tolist() == [[1, 4, 2, 0], [1, 5, 6, 2]]
