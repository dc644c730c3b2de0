"""The environment every family is built on.

`TextEnv` is the one place where episodes, turns, seeds, limits and transcripts are kept. A family supplies a source of
tasks; the verifier of the task's kind decides; this class turns verdicts into rewards and observations.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import gymnasium

from assay.envs.episode import Episode, Turn, append_episode
from assay.envs.source import TaskSource, check_index, check_split
from assay.envs.task import Task
from assay.envs.text_space import UnicodeText
from assay.verifiers.dispatch import verify
from assay.verifiers.errors import AssayError, UnknownNameError
from assay.verifiers.verdict import Status, Verdict

MAX_TEXT_CHARS = 1 << 26
"""Length bound of the text spaces. Verifiers have limits of their own, and say so with a verdict."""

INDEX_RANGE = 2**40
"""A random task of an endless source is drawn from this many."""

_ANSWER = "\n\n[Your answer {number}]\n"
ANSWER_MARK = _ANSWER.format(number=1)
"""What follows the prompt in the transcript of an episode that goes on after an answer."""


class TextEnv(gymnasium.Env[str, str]):
    """Set a task as text, grade the answer, pay the reward.

    An episode ends with the first correct answer (`terminated`). With `max_turns=1` any answer ends it. With more
    turns, a wrong answer draws feedback, and an episode that spends its turns is `truncated`. A cheat (`FORBIDDEN`)
    ends it at once. A failure of ours (`Status.ERROR`) is no answer at all: the episode is truncated, the reward is 0.0
    and `info["mask"]` is True, so that a trainer leaves the sample out.

    `info` holds "task" (its id), "meta" (where the task comes from), "turn" (actions taken so far), and after a step
    "verdict" (None for an action that was no answer) and "mask". It never holds the spec.

    Args:
        source: Where the tasks come from.
        split: Which split of it.
        max_turns: Answers allowed, at least 1.
        reward: "strict" pays the verdict's score; "partial" pays its shaped credit. Over several turns "partial" pays
            only what a turn adds to the best before it, so an episode never pays more than 1.
        observation: "transcript" shows each time all that was said in the episode, so that an agent needs no memory;
            "turn" shows only what is new.
        verifier_options: Options given to each check, e.g. `{"extraction": "strict"}`.
        record: A file to which each finished episode is added as a JSON line.
        render_mode: "ansi" or None.

    Raises:
        AssayError: An argument is not usable; names it.
    """

    feedback_gap = " "
    """What stands between the feedback and how many turns are left; a line break where feedback has lines."""

    metadata: dict[str, Any] = {"render_modes": ["ansi"], "render_fps": 1}  # noqa: RUF012  # declared so by gymnasium

    def __init__(
        self,
        source: TaskSource,
        split: str = "train",
        *,
        max_turns: int = 1,
        reward: str = "strict",
        observation: str = "transcript",
        verifier_options: Mapping[str, Any] | None = None,
        record: str | Path | None = None,
        render_mode: str | None = None,
    ) -> None:
        """Check the arguments; no task is made before `reset`."""
        check_split(source, split)
        _check_choice("reward", reward, ("strict", "partial"))
        _check_choice("observation", observation, ("transcript", "turn"))
        _check_choice("render_mode", render_mode, (None, "ansi"))
        if not isinstance(max_turns, int) or max_turns < 1:
            raise AssayError(f"max_turns must be an integer of at least 1, got {max_turns!r}")
        self.source = source
        self.split = split
        self.max_turns = max_turns
        self.reward_kind = reward
        self.observation_kind = observation
        self.verifier_options = dict(verifier_options or {})
        self.record = None if record is None else Path(record)
        self.render_mode = render_mode
        self.observation_space = UnicodeText(MAX_TEXT_CHARS)
        self.action_space = UnicodeText(MAX_TEXT_CHARS)
        self._task: Task | None = None
        self._seed: int | None = None
        self._over = True

    # What a family says of itself; overridden by each registered environment.

    @classmethod
    def sources(cls) -> Mapping[str, str]:
        """Names of the sources it can be made with, each with one line on what it holds."""
        return {}

    @classmethod
    def make_source(cls, name: str, **options: Any) -> TaskSource:
        """The source of a name.

        Raises:
            UnknownNameError: There is no such source.
        """
        raise UnknownNameError("source", name, cls.sources())

    # The gymnasium interface.

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[str, dict[str, Any]]:
        """Set the next task.

        Args:
            seed: Starts the random numbers anew; with it, everything is decided. Without it the next task is drawn
                from the numbers already running.
            options: `{"task": id}` sets a certain task, `{"index": i}` the task at an index of the split.

        Returns:
            The prompt, and `info` with the task's id and meta.

        Raises:
            AssayError: An option or id is not known.
        """
        super().reset(seed=seed)
        self._seed = seed
        task = self._task = self._choose(options or {})
        self._turns: list[Turn] = []
        self._best = 0.0
        self._over = self._terminated = False
        self._observation = self._transcript = task.prompt
        self._shown_at = time.perf_counter()
        return task.prompt, self._info(task)

    def step(self, action: str) -> tuple[str, float, bool, bool, dict[str, Any]]:
        """Grade an answer.

        Returns:
            Observation (feedback and what turns are left, or "" at the end), reward, terminated, truncated, info.

        Raises:
            AssayError: The episode is over, or none has begun: call `reset` first.
        """
        task = self._task
        if task is None or self._over:
            raise AssayError("step() was called with no episode under way: call reset() first")
        elapsed_s = time.perf_counter() - self._shown_at
        last = len(self._turns) + 1 == self.max_turns
        reply = None if last else self.respond(task, action)
        if reply is not None:
            return self._say(task, action, reply, elapsed_s)
        verdict = self.grade(task, action)
        reward = self._reward(verdict)
        self._turns.append(Turn(self._observation, action, reward, verdict, elapsed_s))
        turns_left = self.max_turns - len(self._turns)
        masked = verdict.status is Status.ERROR
        terminated = not masked and (verdict.correct or self.max_turns == 1 or verdict.status is Status.FORBIDDEN)
        truncated = not terminated and (masked or turns_left == 0)
        info = self._info(task)
        info["verdict"] = verdict
        info["mask"] = masked
        self._terminated, self._over = terminated, terminated or truncated
        if self._over:
            self._observation = ""
            if self.record is not None:
                append_episode(self.record, self.episode())
        else:
            self._observation = self._feedback(action, verdict.message, turns_left, "answer", "Feedback")
        self._shown_at = time.perf_counter()
        return self._observation, reward, terminated, truncated, info

    def respond(self, task: Task, action: str) -> str | None:
        """What the environment says to an action that is no answer; None for an answer, which is then graded.

        A family with tools (queries, tactics) overrides it. The last action of an episode is always an answer, so that
        every episode ends in a verdict.
        """
        return None

    def grade(self, task: Task, action: str) -> Verdict:
        """The verdict on an answer: the verifier's word.

        A family whose answers mean something only in their episode (tactics, for a goal that others have changed)
        overrides it.
        """
        return verify(task.kind, task.spec, action, **self.verifier_options)

    def _say(
        self, task: Task, action: str, reply: str, elapsed_s: float
    ) -> tuple[str, float, bool, bool, dict[str, Any]]:
        """The step after an action that was no answer: a turn without verdict and reward."""
        self._turns.append(Turn(self._observation, action, 0.0, None, elapsed_s))
        self._observation = self._feedback(action, reply, self.max_turns - len(self._turns), "turn", "Result")
        info = self._info(task)
        info["verdict"] = None
        info["mask"] = False
        self._shown_at = time.perf_counter()
        return self._observation, 0.0, False, False, info

    def render(self) -> str | None:
        """The transcript so far, for people; None without `render_mode="ansi"`."""
        if self.render_mode is None or self._task is None:
            return None
        lines = [f"[task {self._task.id}]", self._task.prompt]
        for number, turn in enumerate(self._turns, 1):
            verdict = turn.verdict
            outcome = "" if verdict is None else f": {verdict.status.value}, {verdict.message}"
            lines += [f"[answer {number}]", turn.action, f"[reward {turn.reward:g}{outcome}]"]
        return "\n".join(lines)

    # Beyond gymnasium.

    @property
    def task(self) -> Task:
        """The task under way, with its hidden spec: for trainers and tests, never for agents.

        Raises:
            AssayError: No episode has begun.
        """
        if self._task is None:
            raise AssayError("no task is set: call reset() first")
        return self._task

    def episode(self, **meta: Any) -> Episode:
        """The transcript of the episode so far; `meta` is added to the task's own.

        Raises:
            AssayError: No episode has begun.
        """
        task = self.task
        made = {} if self.spec is None else {"id": self.spec.id, "kwargs": dict(self.spec.kwargs)}
        truncated = self._over and not self._terminated
        return Episode(
            made, task.id, self._seed, tuple(self._turns), self._terminated, truncated, {**task.meta, **meta}
        )

    def _choose(self, options: Mapping[str, Any]) -> Task:
        for name in options:
            if name not in ("task", "index"):
                raise UnknownNameError("reset option", name, ("task", "index"))
        if "task" in options:
            return self.source.find(options["task"])
        if "index" in options:
            index = int(options["index"])
            check_index(self.source, self.split, index)
            return self.source.task(self.split, index)
        size = self.source.size(self.split)
        return self.source.task(self.split, int(self.np_random.integers(INDEX_RANGE if size is None else size)))

    def _info(self, task: Task) -> dict[str, Any]:
        return {"task": task.id, "meta": dict(task.meta), "turn": len(self._turns)}

    def _reward(self, verdict: Verdict) -> float:
        if self.reward_kind == "strict" or verdict.partial is None:
            return verdict.score or 0.0
        gain = max(0.0, verdict.partial - self._best)
        self._best += gain
        return gain

    def _feedback(self, action: str, said: str, turns_left: int, unit: str, heading: str) -> str:
        left = f"1 {unit} is left" if turns_left == 1 else f"{turns_left} {unit}s are left"
        feedback = f"{said}{self.feedback_gap}{left}."
        if self.observation_kind == "turn":
            return feedback
        number = len(self._turns)
        self._transcript += f"{_ANSWER.format(number=number)}{action}\n\n[{heading} {number}]\n{feedback}"
        return self._transcript


def replay(env: TextEnv, episode: Episode) -> Episode:
    """Play an episode's actions again in `env` and return what comes of it.

    The fingerprints of the two are equal wherever the environment and its verifier are the same.

    Raises:
        AssayError: The episode goes on where the environment says it is over.
    """
    env.reset(seed=episode.seed, options={"task": episode.task_id})
    for turn in episode.turns:
        env.step(turn.action)
    return env.episode()


def check_options(given: Iterable[str], own: Iterable[str] = ()) -> None:
    """Refuse an argument that neither `TextEnv` nor the family built on it (`own`) takes.

    Raises:
        UnknownNameError: Names the argument and the nearest valid ones.
    """
    known = [name for name in inspect.signature(TextEnv.__init__).parameters if name != "self"] + list(own)
    for name in given:
        if name not in known:
            raise UnknownNameError("environment argument", name, known)


def _check_choice(what: str, value: object, choices: tuple[object, ...]) -> None:
    if value not in choices:
        raise UnknownNameError(what, value, [str(choice) for choice in choices])
