"""The record of one episode.

An `Episode` holds everything that happened, in order: each observation, the action it drew, the verdict and the
reward. Episodes are written as JSON Lines and can be replayed: the same actions in the same task give the same
`fingerprint`, which leaves out only what differs between machines (times and token counts).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assay.envs.task import content_hash
from assay.verifiers.errors import AssayError
from assay.verifiers.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Turn:
    """One observation and what came of it.

    Attributes:
        observation: What the agent read.
        action: What it answered.
        reward: What the environment paid.
        verdict: What the verifier said; None for an action that was not graded.
        elapsed_s: Wall time between the observation and the action: the agent's time.
        prompt_tokens: Tokens the agent read, where it counts them.
        completion_tokens: Tokens the agent wrote, where it counts them.
    """

    observation: str
    action: str
    reward: float
    verdict: Verdict | None
    elapsed_s: float = 0.0
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Episode:
    """The transcript of one episode.

    Attributes:
        env: How to make the environment again: `{"id": ..., "kwargs": {...}}`; empty if it was not made by id.
        task_id: The task that was set.
        seed: The seed given to `reset`, None if none was.
        turns: What happened, in order.
        terminated: Whether it ended by the task's own rules.
        truncated: Whether it was cut off (turns spent, or a failure of ours).
        meta: Whatever the writer adds: agent, sample number, family. JSON values.
    """

    env: Mapping[str, Any]
    task_id: str
    seed: int | None
    turns: tuple[Turn, ...]
    terminated: bool
    truncated: bool
    meta: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def reward(self) -> float:
        """Sum of the rewards."""
        return sum(turn.reward for turn in self.turns)

    @property
    def verdict(self) -> Verdict | None:
        """The last verdict: what the episode came to."""
        return self.turns[-1].verdict if self.turns else None

    def fingerprint(self) -> str:
        """SHA-256 of what must be the same at every replay: task, texts, verdict decisions and ends."""
        turns = [
            [
                turn.observation,
                turn.action,
                repr(turn.reward),
                None if turn.verdict is None else [_exact(part) for part in turn.verdict.decision()],
            ]
            for turn in self.turns
        ]
        return content_hash([self.task_id, turns, [self.terminated, self.truncated]])

    def to_dict(self) -> dict[str, Any]:
        """The episode as JSON values; `from_dict` is its inverse."""
        row = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        row["env"], row["meta"] = dict(self.env), dict(self.meta)
        row["turns"] = [_turn_to_dict(turn) for turn in self.turns]
        return row

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Episode:
        """Read what `to_dict` wrote.

        Raises:
            KeyError: A field is missing.
        """
        values = {f.name: row[f.name] for f in dataclasses.fields(cls)}
        values["turns"] = tuple(_turn_from_dict(turn) for turn in row["turns"])
        return cls(**values)


def append_episode(path: str | Path, episode: Episode) -> None:
    """Add one line to a JSON Lines file, in one write so that concurrent writers do not mix their lines."""
    line = json.dumps(episode.to_dict(), ensure_ascii=True) + "\n"
    with open(path, "ab", buffering=0) as file:
        file.write(line.encode("ascii"))


def read_episodes(path: str | Path) -> Iterator[Episode]:
    """Read a JSON Lines file of episodes.

    Raises:
        AssayError: The file is missing or a line cannot be read; names the line.
    """
    try:
        with open(path, encoding="ascii") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield Episode.from_dict(json.loads(line))
                except (ValueError, KeyError, TypeError) as error:
                    raise AssayError(f"{path}:{number} is not an episode: {type(error).__name__}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise AssayError(f"cannot read episodes from {path}: {error}") from error


def _exact(part: str | float | None) -> str | None:
    return part if part is None or isinstance(part, str) else repr(float(part))


def _turn_to_dict(turn: Turn) -> dict[str, Any]:
    row = {f.name: getattr(turn, f.name) for f in dataclasses.fields(turn)}
    row["verdict"] = None if turn.verdict is None else turn.verdict.to_dict()
    return row


def _turn_from_dict(row: Mapping[str, Any]) -> Turn:
    values = {f.name: row[f.name] for f in dataclasses.fields(Turn)}
    values["verdict"] = None if row["verdict"] is None else Verdict.from_dict(row["verdict"])
    return Turn(**values)
