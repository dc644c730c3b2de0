from collections.abc import Sequence

import pytest

from assay.agents.agent import Usage
from assay.agents.rollout import Reset, play
from assay.envs.source import TaskSource
from assay.envs.text_env import TextEnv
from assay.verifiers.errors import AssayError


class Digits:
    """Answers with the digits of the question; knows what it cost."""

    name = "digits"

    def __init__(self) -> None:
        self.usage: Sequence[Usage] = []
        self.batches: list[int] = []

    def act(self, observations: list[str]) -> list[str]:
        self.batches.append(len(observations))
        self.usage = [Usage(len(text), 1) for text in observations]
        return ["".join(c for c in text.splitlines()[0] if c.isdecimal()) for text in observations]


def test_every_reset_becomes_an_episode(counting: TaskSource) -> None:
    agent = Digits()
    resets = (Reset(seed=i, options={"index": i}, meta={"sample": i}) for i in range(7))
    episodes = list(play(lambda: TextEnv(counting), agent, resets, batch_size=3))
    assert agent.batches == [3, 3, 1]
    assert [episode.meta["sample"] for episode in episodes] == list(range(7))
    assert all(episode.reward == 1.0 for episode in episodes)
    assert episodes[0].turns[0].prompt_tokens == len("What is 0?")
    assert episodes[0].seed == 0


def test_episodes_of_different_lengths_share_a_batch(counting: TaskSource) -> None:
    class Stubborn(Digits):
        def act(self, observations: list[str]) -> list[str]:
            return [a if int(a) % 2 else "no" for a in super().act(observations)]

    resets = [Reset(options={"index": i}, meta={"i": i}) for i in range(6)]
    episodes = list(play(lambda: TextEnv(counting, max_turns=3), Stubborn(), resets, batch_size=4))
    assert {e.meta["i"]: (len(e.turns), e.reward) for e in episodes} == {
        i: (1, 1.0) if i % 2 else (3, 0.0) for i in range(6)
    }


@pytest.mark.parametrize("actions", [[], ["a", "b"], [3]])
def test_an_agent_that_breaks_the_contract_is_named(counting: TaskSource, actions: list[str]) -> None:
    class Broken:
        name = "broken"

        def act(self, observations: list[str]) -> list[str]:
            return actions

    with pytest.raises(AssayError, match="agent broken must answer 1 observations with 1 strings"):
        list(play(lambda: TextEnv(counting), Broken(), [Reset()], batch_size=1))


def test_usage_of_another_length_is_named(counting: TaskSource) -> None:
    class Forgetful(Digits):
        def act(self, observations: list[str]) -> list[str]:
            actions = super().act(observations)
            self.usage = []
            return actions

    with pytest.raises(AssayError, match="agent digits tells the usage of 0 actions, not of 1"):
        list(play(lambda: TextEnv(counting), Forgetful(), [Reset()], batch_size=1))
