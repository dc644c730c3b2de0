"""The baselines every leaderboard needs: the worked solution, a plausible guess, and silence.

`gold` shows that the tasks can be solved and the verifier grants it; `null` and `random` show what is paid for nothing
and for luck. An agent that cannot be told from them has not been measured.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from typing import Any

from assay.agents.agent import AgentError
from assay.envs.source import TaskSource
from assay.envs.task import Task
from assay.envs.text_env import ANSWER_MARK


class GoldAgent:
    """Answers each task with its source's own solution.

    Args:
        tasks: The tasks it can be asked, each with its source.
    """

    name = "gold"

    def __init__(self, tasks: Iterable[tuple[TaskSource, Task]]) -> None:
        """Remember which prompt is which task; solutions are made when asked for."""
        self._tasks = {task.prompt: (source, task) for source, task in tasks}

    def act(self, observations: list[str]) -> list[str]:
        """The solution of each.

        Raises:
            AgentError: An observation begins with no prompt that is known.
        """
        return [self._answer(observation) for observation in observations]

    def _answer(self, observation: str) -> str:
        found = self._tasks.get(observation) or self._tasks.get(observation.split(ANSWER_MARK, 1)[0])
        if found is None:
            raise AgentError(f"the gold agent was not given the task {observation[:60]!r}: pass it as `tasks`")
        source, task = found
        return source.gold(task)


class RandomAgent:
    r"""Answers with another task's solution, or with a number if it knows none.

    A solution of another task of the same source has the right shape and is as plausible as a guess can be, so what
    this agent scores is luck. The same seed and observation give the same answer in any process.

    Args:
        tasks: Tasks to take solutions from, each with its source.
        seed: Starts the random numbers.
    """

    name = "random"

    def __init__(self, tasks: Iterable[tuple[TaskSource, Task]] = (), seed: int = 0) -> None:
        """Sort the tasks by source."""
        self._seed = seed
        self._round = seed
        self._group_of: dict[str, str] = {}
        self._groups: dict[str, list[tuple[TaskSource, Task]]] = {}
        for source, task in tasks:
            group = str(task.meta.get("family") or source.name)
            self._group_of[task.prompt] = group
            self._groups.setdefault(group, []).append((source, task))

    @property
    def settings(self) -> dict[str, Any]:
        """The seed."""
        return {"seed": self._seed}

    def reseed(self, seed: int) -> None:
        """Answer differently from now on."""
        self._round = seed

    def act(self, observations: list[str]) -> list[str]:
        """A guess for each."""
        return [self._answer(observation) for observation in observations]

    def _answer(self, observation: str) -> str:
        seed = hashlib.blake2b(f"{self._round}/{observation}".encode("utf-8", "surrogatepass"), digest_size=8)
        rng = random.Random(seed.digest())
        prompt = observation.split(ANSWER_MARK, 1)[0]
        group = self._group_of.get(observation) or self._group_of.get(prompt)
        others = [pair for pair in self._groups.get(group or "", []) if pair[1].prompt not in (observation, prompt)]
        if others:
            source, task = rng.choice(others)
            return source.gold(task)
        number = rng.randrange(-20, 101)
        guess = rng.choice([f"{number}", f"{number}", rf"\frac{{{number}}}{{{rng.randrange(2, 10)}}}"])
        return rf"My guess is \boxed{{{guess}}}."


class NullAgent:
    """Answers nothing: the empty string."""

    name = "null"

    def act(self, observations: list[str]) -> list[str]:
        """Silence."""
        return [""] * len(observations)
