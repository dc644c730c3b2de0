"""Rollouts: which reward belongs to which completion, task and group."""

from pathlib import Path
from typing import Any

import pytest

from assay.agents.core import collect
from assay.agents.core.collect import Collector
from assay.agents.core.policy import Policy

TOY = "toy/TensDigit-v0"
INDICES = [5, 3, 5, 8, 0]


@pytest.mark.parametrize("turns", [1, 3])
def test_every_reward_is_that_of_its_own_completion(
    turns: int, warm: Path, toy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collect, "MAX_ENVS", 4)  # so that several turns are played in waves
    policy = Policy.load(warm, device="cpu")
    collector = Collector(TOY, {"max_turns": turns}, "train")
    rollouts = collector.collect(policy, INDICES, 2, temperature=1.0, max_new_tokens=8)
    collector.close()
    assert [r.group for r in rollouts] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert [r.episode.task_id for r in rollouts] == [f"tens_digit/train/{INDICES[r.group]}" for r in rollouts]
    for rollout in rollouts:
        assert [turn.action for turn in rollout.episode.turns] == [c.text for c in rollout.completions]
        number = rollout.episode.turns[0].observation[:4]
        right = [c.text == rf"\boxed{{{number[2]}}}" for c in rollout.completions]
        assert rollout.reward == float(any(right))
        assert right.index(True) == len(right) - 1 if any(right) else len(right) == turns
        # What the model read is the observation, tokenised, and nothing else.
        for turn, completion in zip(rollout.episode.turns, rollout.completions, strict=True):
            assert list(completion.prompt_ids) == policy.encode(turn.observation)
    assert 0 < sum(r.reward for r in rollouts) < len(rollouts)


def test_a_failure_of_ours_is_marked(warm: Path, toy: Any) -> None:
    toy.mode = "wrong_is_error"
    policy = Policy.load(warm, device="cpu")
    collector = Collector(TOY, {}, "train")
    rollouts = collector.collect(policy, range(20), 1, temperature=1.0, max_new_tokens=8)
    assert {(r.masked, r.reward) for r in rollouts} == {(True, 0.0), (False, 1.0)}
