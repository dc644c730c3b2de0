"""Rollouts: the policy answers tasks of a text environment, token by token on record.

Each turn of an episode is a sample of its own: what the model read (the observation, tokenised) and the very tokens it
wrote. An observation holds the whole transcript so far, so nothing an environment said is ever trained on, and no text
is tokenised twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gymnasium
import torch

from assay.agents.core.policy import Policy
from assay.agents.core.tokens import Completion
from assay.envs.catalog import ENVIRONMENTS
from assay.envs.episode import Episode
from assay.envs.text_env import TextEnv
from assay.verifiers.errors import AssayError, UnknownNameError

MAX_ENVS = 64
"""Environments kept at once for episodes of several turns: each has a source of its own in memory."""


@dataclass(frozen=True, slots=True)
class Rollout:
    """One episode as a trainer sees it.

    Attributes:
        group: Number of its prompt among those of the step.
        reward: Sum of the rewards.
        masked: A failure of ours (`Status.ERROR`) spoilt it: it must neither be rewarded nor punished.
        completions: What the policy wrote, a turn each.
        episode: The transcript.
    """

    group: int
    reward: float
    masked: bool
    completions: tuple[Completion, ...]
    episode: Episode


class Collector:
    """Plays groups of episodes in one environment, or in as many copies as several turns need.

    Args:
        env: Id of a registered text environment.
        env_kwargs: What it is made with, apart from the split.
        split: Which split its tasks are from.

    Raises:
        AssayError: The environment cannot be made so, or is no `TextEnv`.
    """

    def __init__(self, env: str, env_kwargs: dict[str, Any], split: str) -> None:
        """Make the first environment."""
        self._id, self._kwargs, self._split = env, env_kwargs, split
        self._envs = [make_env(env, env_kwargs, split)]

    @property
    def env(self) -> TextEnv:
        """The first environment, without wrappers."""
        return _text_env(self._envs[0])

    def size(self) -> int | None:
        """Tasks in the split; None if it never ends."""
        return self.env.source.size(self._split)

    def close(self) -> None:
        """Close all environments."""
        for env in self._envs:
            env.close()

    def collect(
        self,
        policy: Policy,
        indices: Sequence[int],
        group_size: int,
        *,
        temperature: float,
        max_new_tokens: int,
        generator: torch.Generator | None = None,
    ) -> list[Rollout]:
        """Let the policy answer each task `group_size` times.

        Args:
            policy: Who answers.
            indices: Which tasks of the split.
            group_size: Rollouts of each.
            temperature: Of the sampling.
            max_new_tokens: Length limit of one answer.
            generator: Source of the sampler's random numbers.

        Returns:
            The rollouts, those of one task together.
        """
        seats = [(group, index) for group, index in enumerate(indices) for _ in range(group_size)]
        options: dict[str, Any] = {
            "temperature": temperature,
            "max_new_tokens": max_new_tokens,
            "generator": generator,
        }
        # With one turn, one environment serves everybody: it is set to the seat's task again before it is stepped.
        if self.env.max_turns == 1:
            return self._play(policy, seats, self._envs * len(seats), options)
        while len(self._envs) < min(MAX_ENVS, len(seats)):
            self._envs.append(make_env(self._id, self._kwargs, self._split))
        waves = [seats[start : start + MAX_ENVS] for start in range(0, len(seats), MAX_ENVS)]
        return [rollout for wave in waves for rollout in self._play(policy, wave, self._envs, options)]

    def _play(
        self,
        policy: Policy,
        seats: Sequence[tuple[int, int]],
        envs: Sequence[gymnasium.Env[str, str]],
        options: dict[str, Any],
    ) -> list[Rollout]:
        """Play an episode for each seat (group, index), in the environment of the same place."""
        written: list[list[Completion]] = [[] for _ in seats]
        rollouts: dict[int, Rollout] = {}
        observations = [envs[i].reset(options={"index": index})[0] for i, (_, index) in enumerate(seats)]
        waiting = list(range(len(seats)))
        while waiting:
            completions = policy.generate([observations[i] for i in waiting], **options)
            going: list[int] = []
            for i, completion in zip(waiting, completions, strict=True):
                group, index = seats[i]
                if self.env.max_turns == 1:
                    envs[i].reset(options={"index": index})
                written[i].append(completion)
                observations[i], _, terminated, truncated, info = envs[i].step(completion.text)
                if terminated or truncated:
                    episode = _text_env(envs[i]).episode()
                    rollouts[i] = Rollout(group, episode.reward, bool(info["mask"]), tuple(written[i]), episode)
                else:
                    going.append(i)
            waiting = going
        return [rollouts[i] for i in range(len(seats))]


def make_env(env: str, env_kwargs: dict[str, Any], split: str) -> gymnasium.Env[str, str]:
    """Make a text environment by id.

    Raises:
        UnknownNameError: No environment has that id.
        AssayError: It does not take these arguments, or is no `TextEnv`.
    """
    try:
        made: gymnasium.Env[str, str] = gymnasium.make(env, split=split, **env_kwargs)
    except (gymnasium.error.UnregisteredEnv, ModuleNotFoundError) as error:
        raise UnknownNameError("environment", env, {*ENVIRONMENTS, *_others()}) from error
    except TypeError as error:
        raise AssayError(f"{env} cannot be made with {', '.join(env_kwargs) or 'no arguments'}: {error}") from error
    _text_env(made)
    return made


def _others() -> set[str]:
    """Registered environments that are not gymnasium's own games."""
    return {name for name, spec in gymnasium.registry.items() if not str(spec.entry_point).startswith("gymnasium.")}


def _text_env(env: gymnasium.Env[str, str]) -> TextEnv:
    inner = env.unwrapped
    if not isinstance(inner, TextEnv):
        raise AssayError(f"training needs a TextEnv, got {type(inner).__name__}")
    return inner
