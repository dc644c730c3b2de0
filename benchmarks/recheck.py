"""Playing recorded runs again: every reward a run claims is granted anew, or the run is refused.

The suite's tasks are made afresh and each recorded action is graded afresh, in the environment that the *suite* names,
never in one that the run names. So a claim can be wrong by accident or on purpose and will not reach a board. What this
proves is that these answers earn this score on these tasks; not who wrote the answers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from assay.benchmarks.folder import EPISODES, Key, Run, file_claim, key_of
from assay.benchmarks.suite import DrawnSuite, Item, SuiteEntry, draw
from assay.envs.episode import Episode, Turn
from assay.envs.text_env import TextEnv, replay
from assay.verifiers.errors import AssayError
from assay.verifiers.verdict import Status, Verdict

SHOWN_PROBLEMS = 20
"""Problems listed one by one; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """What came of checking a run.

    Attributes:
        episodes: How many were played again.
        problems: What is wrong, one sentence each; empty for a run that holds.
        missing: Episodes still owed. An incomplete run holds, but cannot be ranked.
    """

    episodes: int
    problems: tuple[str, ...]
    missing: int

    @property
    def holds(self) -> bool:
        """Whether everything the run claims is so."""
        return not self.problems


def recheck_run(
    run: Run, drawn: DrawnSuite | None = None, progress: Callable[[int, int], None] | None = None
) -> Recheck:
    """Check a run against its suite.

    Args:
        run: As `read_run` gives it.
        drawn: The suite's tasks, if they were drawn already.
        progress: Called with the number of episodes checked and their total.
    """
    if drawn is None:
        try:
            drawn = draw(run.suite)
        except AssayError as error:
            return Recheck(0, (f"the suite cannot be drawn again: {error}",), run.expected - len(run.episodes))
    problems = [*_check_claims(run, drawn)]
    if not problems:
        problems += _replay_all(run, drawn, progress)
    if len(problems) > SHOWN_PROBLEMS:
        problems[SHOWN_PROBLEMS:] = [f"and {len(problems) - SHOWN_PROBLEMS} more"]
    return Recheck(len(run.episodes), tuple(problems), run.expected - len(run.episodes))


def _check_claims(run: Run, drawn: DrawnSuite) -> list[str]:
    """What the manifest says that can be told without playing."""
    problems: list[str] = []
    if drawn.content_hash != run.content_hash:
        problems.append(
            f"the suite's tasks hash to {drawn.content_hash[:12]}, but the run claims {run.content_hash[:12]}"
        )
    if run.manifest["suite"].get("items") != len(drawn.items):
        problems.append(f"the suite has {len(drawn.items)} tasks, but the run claims another number")
    expected = sum(item.entry.samples for item in drawn.items)
    if run.expected != expected:
        problems.append(f"the suite has {expected} episodes, but the run expects {run.expected}")
    claim = run.manifest.get("files", {}).get(EPISODES)
    if run.folder is not None and run.manifest.get("finished") and claim is not None:
        actual = file_claim(run.folder / EPISODES)
        if actual != claim:
            problems.append(f"{EPISODES} was changed after the run: its hash or number of lines is another")
    return problems


def _replay_all(run: Run, drawn: DrawnSuite, progress: Callable[[int, int], None] | None) -> list[str]:
    items = {(item.entry.name, item.number): item for item in drawn.items}
    envs = _Environments()
    problems: list[str] = []
    seen: set[Key] = set()
    try:
        for number, episode in enumerate(run.episodes, 1):
            problems += _check_episode(run, episode, items, seen, envs)
            if progress is not None:
                progress(number, len(run.episodes))
    finally:
        envs.close()
    return problems


def _check_episode(
    run: Run, episode: Episode, items: dict[tuple[str, int], Item], seen: set[Key], envs: _Environments
) -> list[str]:
    try:
        key = key_of(episode)
    except AssayError as error:
        return [str(error)]
    entry, number, sample = key
    where = f"{entry} item {number} sample {sample}"
    item = items.get((entry, number))
    if item is None or not 0 <= sample < item.entry.samples:
        return [f"{where} is not in the suite"]
    if key in seen:
        return [f"{where} is there twice"]
    seen.add(key)
    if episode.task_id != item.task.id or episode.seed != item.seed:
        return [f"{where} was played with task {episode.task_id} and seed {episode.seed}, not those of the suite"]
    if episode.meta.get("agent") != run.agent or str(episode.meta.get("family")) != item.family:
        return [f"{where} names another agent or family than the run"]
    if not (episode.terminated or episode.truncated):
        return [f"{where} was not played to its end"]
    if not all(map(_is_turn, episode.turns)):
        return [f"{where} has a turn with fields of the wrong type"]
    try:
        again = replay(envs.of(item.entry), episode)
    except AssayError as error:
        return [f"{where} cannot be played again: {error}"]
    if any(turn.verdict is not None and turn.verdict.status is Status.ERROR for turn in again.turns):
        return [f"{where} could not be graded again: {again.verdict.message if again.verdict else 'no verdict'}"]
    if again.fingerprint() != episode.fingerprint():
        return [f"{where} claims {_outcome(episode)}, but played again it is {_outcome(again)}"]
    return []


class _Environments:
    """One environment for each entry, made on first use."""

    def __init__(self) -> None:
        self._made: dict[str, TextEnv] = {}

    def of(self, entry: SuiteEntry) -> TextEnv:
        if entry.name not in self._made:
            self._made[entry.name] = cast(TextEnv, entry.make().unwrapped)
        return self._made[entry.name]

    def close(self) -> None:
        for env in self._made.values():
            env.close()


def _is_turn(turn: Turn) -> bool:
    """Whether the fields that no replay compares can be shown and added up."""
    counts = (turn.prompt_tokens, turn.completion_tokens)
    return (
        isinstance(cast(object, turn.observation), str)
        and isinstance(cast(object, turn.action), str)
        and isinstance(cast(object, turn.elapsed_s), (int, float))
        and math.isfinite(turn.elapsed_s)
        and turn.elapsed_s >= 0
        and all(count is None or (type(count) is int and count >= 0) for count in counts)
        and (turn.verdict is None or _is_verdict(turn.verdict))
    )


def _is_verdict(verdict: Verdict) -> bool:
    texts = (verdict.reason, verdict.message, verdict.method, verdict.extracted or "")
    return all(isinstance(cast(object, text), str) for text in texts)


def _outcome(episode: Episode) -> str:
    verdict = episode.verdict
    if verdict is None:
        return "no verdict"
    return f"{verdict.status.value} ({verdict.reason}) after {len(episode.turns)} answers, reward {episode.reward:g}"
