"""Playing episodes: the one loop in which any agent meets any text environment."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import gymnasium

from assay.agents.agent import Agent, CountsTokens, Usage
from assay.envs.episode import Episode, Turn
from assay.envs.text_env import TextEnv
from assay.verifiers.errors import AssayError


@dataclass(frozen=True, slots=True)
class Reset:
    """How one episode begins: the arguments of `env.reset`, and `meta` for its record."""

    seed: int | None = None
    options: dict[str, Any] | None = None
    meta: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(slots=True)
class _Seat:
    """An environment, the episode under way in it, and what the environment does not know of its turns."""

    env: gymnasium.Env[str, str]
    meta: dict[str, Any]
    observation: str
    costs: list[tuple[float, Usage | None]] = field(default_factory=list[tuple[float, Usage | None]])


def play(
    make_env: Callable[[], gymnasium.Env[str, str]], agent: Agent, resets: Iterable[Reset], batch_size: int = 32
) -> Iterator[Episode]:
    """Play an episode for each reset, up to `batch_size` of them side by side.

    Environments are made once and used again. The agent sees all waiting observations in one `act`.

    Args:
        make_env: Makes a text environment, e.g. `lambda: gymnasium.make("assay/Math-v0")`.
        agent: Who plays.
        resets: How the episodes begin; may be endless.
        batch_size: How many episodes run at once.

    Yields:
        Each episode as it ends, with the agent's time (shared out evenly over a batch) and tokens, if it counts them.
        Episodes of a batch end in the order they began when each has one turn, else as they come.

    Raises:
        AssayError: The agent returned another number of actions than it was given observations, or no strings.
    """
    waiting = iter(resets)
    free = [make_env() for _ in range(max(1, batch_size))]
    for env in free:
        _text_env(env)
    seats: list[_Seat] = []
    try:
        while True:
            while free and (reset := next(waiting, None)) is not None:
                env = free.pop()
                observation, _ = env.reset(seed=reset.seed, options=reset.options)
                seats.append(_Seat(env, reset.meta, observation))
            if not seats:
                return
            started = time.perf_counter()
            actions = agent.act([seat.observation for seat in seats])
            each_s = (time.perf_counter() - started) / len(seats)
            _check_actions(agent, actions, len(seats))
            usage = _usage(agent, len(seats))
            going: list[_Seat] = []
            for seat, action, cost in zip(seats, actions, usage, strict=True):
                seat.costs.append((each_s, cost))
                seat.observation, _, terminated, truncated, _ = seat.env.step(action)
                if terminated or truncated:
                    yield _finished(seat)
                    free.append(seat.env)
                else:
                    going.append(seat)
            seats = going
    finally:
        for env in [*free, *(seat.env for seat in seats)]:
            env.close()


def _text_env(env: gymnasium.Env[str, str]) -> TextEnv:
    inner = env.unwrapped
    if not isinstance(inner, TextEnv):
        raise AssayError(f"play() needs a TextEnv, got {type(inner).__name__}")
    return inner


def _check_actions(agent: Agent, actions: list[str], expected: int) -> None:
    if len(actions) != expected or not all(isinstance(action, str) for action in cast("list[object]", actions)):
        kinds = sorted({type(action).__name__ for action in actions})
        raise AssayError(
            f"agent {agent.name} must answer {expected} observations with {expected} strings, "
            f"got {len(actions)} of type {', '.join(kinds) or 'none'}"
        )


def _usage(agent: Agent, expected: int) -> Sequence[Usage | None]:
    if not isinstance(agent, CountsTokens):
        return [None] * expected
    if len(agent.usage) != expected:
        raise AssayError(f"agent {agent.name} tells the usage of {len(agent.usage)} actions, not of {expected}")
    return agent.usage


def _finished(seat: _Seat) -> Episode:
    episode = _text_env(seat.env).episode(**seat.meta)
    turns = tuple(_with_cost(turn, *cost) for turn, cost in zip(episode.turns, seat.costs, strict=True))
    return dataclasses.replace(episode, turns=turns)


def _with_cost(turn: Turn, elapsed_s: float, usage: Usage | None) -> Turn:
    if usage is None:
        return dataclasses.replace(turn, elapsed_s=elapsed_s)
    return dataclasses.replace(
        turn, elapsed_s=elapsed_s, prompt_tokens=usage.prompt_tokens, completion_tokens=usage.completion_tokens
    )
