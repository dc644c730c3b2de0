"""What the losses and advantages claim, against a policy small enough to enumerate: 3 tokens, 2 steps, float64.

J is the expected reward. Every expectation is a sum over all 9 sequences (or all groups of them), so equalities are
exact up to rounding.
"""

import itertools
from collections.abc import Callable, Sequence

import pytest
import torch

from assay.agents.core.advantage import advantages, constant_groups
from assay.agents.core.losses import clipped_surrogate, kl_k2, kl_k3, token_weights
from assay.verifiers.errors import UnknownNameError

VOCABULARY, LENGTH = 3, 2
SEQUENCES = torch.tensor(list(itertools.product(range(VOCABULARY), repeat=LENGTH)))  # [9, 2]
FREE = (10.0, 10.0)  # a clip range that never clips


class Table:
    """A tabular policy: logits of the first token, and of the second given the first."""

    def __init__(self, seed: int) -> None:
        generator = torch.Generator().manual_seed(seed)
        shape = (1 + VOCABULARY, VOCABULARY)
        self.logits = torch.randn(shape, generator=generator, dtype=torch.float64).requires_grad_()

    def token_logprobs(self, sequences: torch.Tensor = SEQUENCES) -> torch.Tensor:
        table = torch.log_softmax(self.logits, -1)
        first, second = sequences[:, 0], sequences[:, 1]
        return torch.stack([table[0, first], table[1 + first, second]], dim=1)  # [N, 2]

    def logprobs(self) -> torch.Tensor:
        return self.token_logprobs().sum(-1)

    def gradient(self, value: torch.Tensor) -> torch.Tensor:
        return torch.autograd.grad(value, self.logits, retain_graph=True)[0]


@pytest.fixture
def policy() -> Table:
    return Table(0)


@pytest.fixture
def rewards() -> torch.Tensor:
    return torch.randn(len(SEQUENCES), generator=torch.Generator().manual_seed(5), dtype=torch.float64)


def exact(policy: Table, rewards: torch.Tensor) -> torch.Tensor:
    return policy.gradient((policy.logprobs().exp() * rewards).sum())


def expected_loss_gradient(
    policy: Table, loss_of: Callable[[torch.Tensor, torch.Tensor], torch.Tensor], group: int = 1
) -> torch.Tensor:
    """Mean over all groups of sequences, each with its probability, of the gradient of a loss on that group.

    `loss_of` gets the token log-probabilities [G, T] with gradient, and which sequences they are [G].
    """
    total = torch.zeros_like(policy.logits)
    chances = policy.logprobs().detach().exp()
    for chosen in itertools.product(range(len(SEQUENCES)), repeat=group):
        index = torch.tensor(chosen)
        loss = loss_of(policy.token_logprobs(SEQUENCES[index]), index)
        total += chances[index].prod() * policy.gradient(loss)
    return total


def surrogate(logprobs: torch.Tensor, advantage: torch.Tensor, aggregation: str = "constant") -> torch.Tensor:
    mask = torch.ones_like(logprobs, dtype=torch.bool)
    weights = token_weights(mask, aggregation, 1).double()
    return (weights * clipped_surrogate(logprobs, logprobs.detach(), advantage, FREE).loss).sum()


def cosine(a: torch.Tensor, b: torch.Tensor) -> float:
    return float(torch.nn.functional.cosine_similarity(a.flatten(), b.flatten(), dim=0))


def test_the_token_sum_is_the_policy_gradient(policy: Table, rewards: torch.Tensor) -> None:
    found = expected_loss_gradient(policy, lambda logp, index: surrogate(logp, rewards[index] - 0.3))
    assert torch.allclose(found, -exact(policy, rewards), atol=1e-12)


@pytest.mark.parametrize("group", [2, 3])
def test_group_baselines(policy: Table, rewards: torch.Tensor, group: int) -> None:
    def gradient(kind: str) -> torch.Tensor:
        def loss(logprobs: torch.Tensor, index: torch.Tensor) -> torch.Tensor:
            same_group = torch.zeros(group, dtype=torch.long)
            return surrogate(logprobs, advantages(rewards[index], same_group, kind))

        return -expected_loss_gradient(policy, loss, group)

    truth = exact(policy, rewards)
    assert torch.allclose(gradient("leave_one_out"), truth, atol=1e-12)
    assert torch.allclose(gradient("mean"), truth * (group - 1) / group, atol=1e-12)
    assert 0.5 < cosine(gradient("std"), truth) < 0.99  # a reweighting: the right side, not the direction


def test_mean_over_each_sequence_is_not_the_policy_gradient() -> None:
    """With sequences of different lengths: token 0 first ends the sequence."""
    policy, rewards = Table(1), torch.tensor([1.0, 1, 1, 0, 0, 1, 0, 1, 0], dtype=torch.float64)
    ends = SEQUENCES[:, 0] == 0
    keep = (~ends) | (SEQUENCES[:, 1] == 0)  # one row for the sequence that ended at once
    chance_of = torch.where(ends, policy.token_logprobs()[:, 0], policy.logprobs())
    truth = policy.gradient((chance_of.exp() * rewards)[keep].sum())

    def gradient(aggregation: str) -> torch.Tensor:
        total = torch.zeros_like(policy.logits)
        for row in keep.nonzero().squeeze(1).tolist():
            mask = torch.tensor([[True, not bool(ends[row])]])
            logprobs = policy.token_logprobs(SEQUENCES[row : row + 1])
            per_token = clipped_surrogate(logprobs, logprobs.detach(), rewards[row : row + 1], FREE).loss
            loss = (token_weights(mask, aggregation, 1).double() * per_token).sum()
            total += chance_of[row].detach().exp() * policy.gradient(loss)
        return -total

    assert torch.allclose(gradient("constant"), truth, atol=1e-12)
    assert (gradient("sequence_mean") - truth).abs().max() > 0.01


def test_at_ratio_one_clipping_is_reinforce(policy: Table, rewards: torch.Tensor) -> None:
    logprobs = policy.token_logprobs()
    clipped = clipped_surrogate(logprobs, logprobs.detach(), rewards, (0.2, 0.28))
    plain = -(rewards[:, None] * logprobs)
    assert torch.allclose(policy.gradient(clipped.loss.sum()), policy.gradient(plain.sum()), atol=1e-12)
    assert not clipped.clipped_low.any()
    assert not clipped.clipped_high.any()


@pytest.mark.parametrize(
    ("ratio", "advantage", "moves"),
    [
        (1.3, 1.0, False),
        (0.7, -1.0, False),
        (1.3, -1.0, True),
        (0.7, 1.0, True),
        (1.25, 1.0, True),
        (0.79, -1.0, False),
    ],
)
def test_where_the_gradient_stops(ratio: float, advantage: float, moves: bool) -> None:
    old = torch.tensor([[-1.0]], dtype=torch.float64)
    logprobs = (old + torch.tensor(ratio, dtype=torch.float64).log()).requires_grad_()
    result = clipped_surrogate(logprobs, old, torch.tensor([advantage], dtype=torch.float64), (0.2, 0.28))
    (gradient,) = torch.autograd.grad(result.loss.sum(), logprobs)
    assert float(gradient) == pytest.approx(-ratio * advantage if moves else 0.0)
    assert bool(result.clipped_high) == (not moves and advantage > 0)
    assert bool(result.clipped_low) == (not moves and advantage < 0)


def test_an_absurd_ratio_stays_finite() -> None:
    logprobs = torch.tensor([[-1.0]], requires_grad=True)
    result = clipped_surrogate(logprobs, torch.tensor([[-1000.0]]), torch.tensor([-1.0]), (0.2, 0.28))
    (gradient,) = torch.autograd.grad(result.loss.sum(), logprobs)
    assert torch.isfinite(result.loss).all()
    assert torch.isfinite(gradient).all()


def test_kl_estimators(policy: Table) -> None:
    reference = Table(7)
    anchor = reference.logprobs().detach()
    truth = (policy.logprobs().exp() * (policy.logprobs() - anchor)).sum()
    chances = policy.logprobs().detach().exp()
    now = policy.logprobs().detach()
    assert float((chances * kl_k3(now, anchor)).sum()) == pytest.approx(float(truth.detach()))
    assert float((chances * kl_k2(now, anchor)).sum()) != pytest.approx(float(truth.detach()), rel=0.05)
    assert (kl_k3(now, anchor) >= 0).all()

    def as_loss(estimator: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]) -> torch.Tensor:
        return policy.gradient((chances * estimator(policy.logprobs(), anchor)).sum())

    assert torch.allclose(as_loss(kl_k2), policy.gradient(truth), atol=1e-12)
    assert not torch.allclose(as_loss(kl_k3), policy.gradient(truth), atol=1e-2)


# Advantages.

R = torch.tensor([1.0, 0, 0, 1, 1, 1, 0, 1])
G = torch.tensor([0, 0, 0, 0, 1, 1, 1, 1])


@pytest.mark.parametrize("kind", ["mean", "std", "leave_one_out"])
def test_advantages_know_groups_and_not_places(kind: str) -> None:
    order = torch.randperm(8, generator=torch.Generator().manual_seed(0))
    plain = advantages(R, G, kind)
    assert torch.allclose(advantages(R[order], G[order], kind), plain[order])
    assert torch.allclose(advantages(R, 1 - G, kind), plain)  # other numbers for the same groups
    assert torch.allclose(advantages(R + 100 * G, G, kind), plain, atol=1e-4)  # a shift of a group
    scaled = advantages(3 * R, G, kind)
    assert torch.allclose(scaled, plain if kind == "std" else 3 * plain, atol=1e-3)


def test_advantages_by_hand() -> None:
    half = torch.full((4,), 0.5) * torch.tensor([1, -1, -1, 1])
    assert torch.allclose(advantages(R, G, "mean")[:4], half)
    assert torch.allclose(advantages(R, G, "leave_one_out")[:4], half * 4 / 3)
    assert torch.allclose(advantages(R, G, "std")[:4], half / (3**-0.5 + 1e-4))


@pytest.mark.parametrize("kind", ["mean", "std", "leave_one_out"])
@pytest.mark.parametrize("bad", [0.0, 7.0, float("nan")])
def test_an_invalid_rollout_changes_nothing_for_the_others(kind: str, bad: float) -> None:
    rewards, groups = torch.cat([R, torch.tensor([bad])]), torch.cat([G, torch.tensor([0])])
    valid = torch.tensor([True] * 8 + [False])
    found = advantages(rewards, groups, kind, valid)
    assert torch.allclose(found[:8], advantages(R, G, kind))
    assert found[8] == 0
    assert constant_groups(rewards, groups, valid).tolist() == [False, False]


@pytest.mark.parametrize("kind", ["mean", "std", "leave_one_out"])
def test_equal_rewards_teach_exactly_nothing(kind: str) -> None:
    rewards = torch.tensor([0.3, 0.3, 0.3, 1.0, 0.0, 0.7])
    groups = torch.tensor([0, 0, 0, 1, 1, 2])
    found = advantages(rewards, groups, kind)
    assert (found[[0, 1, 2, 5]] == 0).all()  # also the group of one
    assert (found[[3, 4]] != 0).all()
    assert constant_groups(rewards, groups).tolist() == [True, False, True]
    nobody = torch.zeros(6, dtype=torch.bool)
    assert (advantages(rewards, groups, kind, nobody) == 0).all()


# Weights of tokens.


def weights_of(lengths: Sequence[int], aggregation: str, width: int = 6) -> torch.Tensor:
    return token_weights(torch.arange(width)[None] < torch.tensor(lengths)[:, None], aggregation, 10)


@pytest.mark.parametrize("aggregation", ["constant", "token_mean", "sequence_mean"])
def test_weights_do_not_depend_on_padding_or_order(aggregation: str) -> None:
    plain = weights_of([2, 5, 1], aggregation)
    assert torch.equal(weights_of([2, 5, 1], aggregation, width=9)[:, :6], plain)
    assert torch.equal(weights_of([1, 2, 5], aggregation), plain[[2, 0, 1]])
    assert torch.equal(weights_of([2, 5, 1, 0], aggregation)[:3], plain)  # a row without tokens


def test_weights_by_hand() -> None:
    assert torch.allclose(weights_of([2, 6], "constant").sum(-1), torch.tensor([2 / 20, 6 / 20]))
    assert torch.allclose(weights_of([2, 6], "token_mean").sum(-1), torch.tensor([2 / 8, 6 / 8]))
    assert torch.allclose(weights_of([2, 6], "sequence_mean").sum(-1), torch.tensor([0.5, 0.5]))


def test_unknown_names_name_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'token_mean'"):
        weights_of([1], "tokenmean")
    with pytest.raises(UnknownNameError, match="leave_one_out"):
        advantages(R, G, "leave_one")
