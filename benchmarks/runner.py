"""Running a suite: every sample of every task once, whatever happens on the way.

A run can be stopped at any moment (Ctrl-C, a crash, a server that goes down) and goes on where it stopped when it is
started again with the same arguments. A failure of ours is neither a wrong answer nor left out: the episode stays owed
until it has been played and graded. What a run folder holds is in `assay.benchmarks.folder`.
"""

from __future__ import annotations

import hashlib
import platform
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assay.agents.agent import Agent, AgentError, CountsTokens, HasSettings, Reseeds, Usage
from assay.agents.load import close_agent, load_agent
from assay.agents.rollout import Reset, play
from assay.benchmarks.folder import FORMAT, Key, Run, RunFolder, key_of
from assay.benchmarks.suite import DrawnSuite, Item, Suite, SuiteEntry, draw, load_suite
from assay.envs.episode import Episode
from assay.verifiers.errors import AssayError
from assay.verifiers.verdict import Status
from assay.verifiers.verifier import get_verifier

SOFTWARE = ("assay", "gymnasium", "numpy", "sympy")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, told after every episode.

    Attributes:
        done: Episodes graded so far, those of earlier starts included.
        expected: Episodes of a complete run.
        correct: How many of those done were right.
        errors: Failures of ours since this start.
        entry: The entry being played.
    """

    done: int
    expected: int
    correct: int
    errors: int
    entry: str


def run_suite(
    suite: Suite | str | Path,
    agent: Agent | str,
    out: str | Path | None = None,
    *,
    model: str | None = None,
    seed: int = 0,
    settings: Mapping[str, Any] | None = None,
    name: str | None = None,
    batch_size: int = 32,
    progress: Callable[[Progress], None] | None = None,
) -> Run:
    """Run a suite, or go on with a run.

    Samples are the outer loop: every task is played once before any is played again.

    Args:
        suite: A suite, the name of one, or a path to one.
        agent: An agent, or an agent string as `load_agent` takes it.
        out: The run folder; None keeps the run in memory.
        model: For an agent string: which model.
        seed: For the agent's sampling; another seed gives another run of the same tasks.
        settings: For an agent string: further settings.
        name: What the board shows; None is the agent's own name.
        batch_size: Episodes played side by side.
        progress: Called after each episode.

    Returns:
        The run. It is not `complete` if a failure of ours left episodes owed: start it again.

    Raises:
        AssayError: The arguments cannot be used, or the folder holds the run of another suite or agent.
        AgentError: The agent failed. What was played is kept; start it again.
    """
    drawn = draw(suite if isinstance(suite, Suite) else load_suite(suite))
    with ExitStack() as stack:
        folder = None if out is None else RunFolder(out)
        if folder is not None:
            stack.enter_context(folder.open())
        if isinstance(agent, str):
            loaded = load_agent(agent, model=model, seed=seed, tasks=drawn.answers(), **(settings or {}))
            stack.callback(close_agent, loaded)
        else:
            loaded = agent
        return _Session(drawn, loaded, name or loaded.name, seed, folder, progress).run(max(1, batch_size))


def evaluate(
    env_id: str,
    agent: Agent | str,
    out: str | Path | None = None,
    *,
    kwargs: Mapping[str, Any] | None = None,
    split: str = "test",
    n: int | None = 100,
    task_seed: int | None = None,
    samples: int = 1,
    model: str | None = None,
    seed: int = 0,
    settings: Mapping[str, Any] | None = None,
    name: str | None = None,
    batch_size: int = 32,
    progress: Callable[[Progress], None] | None = None,
) -> Run:
    """Evaluate an agent in one environment: `run_suite` with a suite made up on the spot.

    Args:
        env_id: Environment id, e.g. "assay/Math-v0".
        agent: As for `run_suite`.
        out: As for `run_suite`.
        kwargs: What the environment is made with, e.g. `{"source": "arithmetic"}`.
        split: Which split the tasks come from.
        n: How many tasks; None for all of a finite source.
        task_seed: Which tasks; None is `seed`.
        samples: Episodes played of each task.
        model: As for `run_suite`.
        seed: As for `run_suite`.
        settings: As for `run_suite`.
        name: As for `run_suite`.
        batch_size: As for `run_suite`.
        progress: As for `run_suite`.

    Returns:
        The run.

    Raises:
        AssayError: As for `run_suite`.
    """
    given = {name: str(value) if isinstance(value, Path) else value for name, value in (kwargs or {}).items()}
    split = str(given.pop("split", split))
    for what, value in (("n", n), ("samples", samples)):
        if value is not None and value < 1:
            raise AssayError(f"{what} must be at least 1, got {value}")
    label = str(given.get("source", env_id))
    entry = SuiteEntry(label, env_id, given, split, n, seed if task_seed is None else task_seed, samples)
    suite = Suite(f"eval {env_id}", "0", (entry,), "made up by eval")
    return run_suite(
        suite,
        agent,
        out,
        model=model,
        seed=seed,
        settings=settings,
        name=name,
        batch_size=batch_size,
        progress=progress,
    )


def describe_agent(agent: Agent) -> dict[str, Any]:
    """What a manifest says of an agent: its name and settings, numbers with a point as strings."""
    settings = agent.settings if isinstance(agent, HasSettings) else {}
    return {"name": agent.name, "settings": {name: _exact(value) for name, value in settings.items()}}


class _Session:
    """One start of a run."""

    def __init__(
        self,
        drawn: DrawnSuite,
        agent: Agent,
        name: str,
        seed: int,
        folder: RunFolder | None,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self.drawn, self.agent, self.name, self.seed = drawn, agent, name, seed
        self.folder, self.progress = folder, progress
        self.expected = sum(item.entry.samples for item in drawn.items)
        self.errors = 0
        old = folder.manifest() if folder is not None else None
        self.manifest = self._manifest()
        if old is not None:
            _check_same(old, self.manifest, str(folder.path if folder else ""))
            self.manifest.update({key: old[key] for key in ("started", "finished", "starts", "errors") if key in old})
        self.episodes = folder.episodes() if folder is not None else []
        self.done = self._keys()
        self.correct = sum(_is_correct(episode) for episode in self.episodes)

    def run(self, batch_size: int) -> Run:
        self.manifest["starts"] += 1
        self._save()
        try:
            for sample in range(max(entry.samples for entry in self.drawn.suite.entries)):
                if isinstance(self.agent, Reseeds):
                    self.agent.reseed(sample_seed(self.seed, sample))
                for entry in self.drawn.suite.entries:
                    if sample < entry.samples:
                        self._play(entry, sample, batch_size)
            if len(self.episodes) == self.expected:
                self.manifest["finished"] = self.manifest["finished"] or _now()
        finally:
            self._save()
        path = None if self.folder is None else self.folder.path
        return Run(path, self.manifest, self.drawn.suite, tuple(self.episodes))

    def _play(self, entry: SuiteEntry, sample: int, batch_size: int) -> None:
        owed = [
            item
            for item in self.drawn.items
            if item.entry is entry and (entry.name, item.number, sample) not in self.done
        ]
        if not owed:
            return
        resets = (self._reset(item, sample) for item in owed)
        for episode in play(entry.make, _Guarded(self.agent), resets, min(batch_size, len(owed))):
            self._keep(episode)
            if self.progress is not None:
                self.progress(Progress(len(self.episodes), self.expected, self.correct, self.errors, entry.name))

    def _reset(self, item: Item, sample: int) -> Reset:
        meta = {
            "suite": self.drawn.suite.name,
            "entry": item.entry.name,
            "item": item.number,
            "sample": sample,
            "agent": self.name,
            "family": item.family,
        }
        return Reset(item.seed, {"task": item.task.id}, meta)

    def _keep(self, episode: Episode) -> None:
        verdict = episode.verdict
        if verdict is None or verdict.status is Status.ERROR:
            self.errors += 1
            self.manifest["errors"] += 1
            if self.folder is not None:
                self.folder.add_error(episode)
            return
        if self.folder is not None:
            self.folder.add(episode)
        self.episodes.append(episode)
        self.done.add(key_of(episode))
        self.correct += _is_correct(episode)

    def _keys(self) -> set[Key]:
        """What was played already; refuses what no start of this run can have written."""
        known = {
            (item.entry.name, item.number, sample) for item in self.drawn.items for sample in range(item.entry.samples)
        }
        keys: set[Key] = set()
        for episode in self.episodes:
            key = key_of(episode)
            if key not in known or key in keys:
                raise AssayError(f"{'unknown' if key not in known else 'second'} episode in the run folder: {key}")
            keys.add(key)
        return keys

    def _manifest(self) -> dict[str, Any]:
        suite = self.drawn.suite
        kinds = sorted({item.task.kind for item in self.drawn.items})
        return {
            "format": FORMAT,
            "suite": {
                "name": suite.name,
                "version": suite.version,
                "content_hash": self.drawn.content_hash,
                "items": len(self.drawn.items),
                "definition": suite.to_dict(),
            },
            "agent": {**describe_agent(self.agent), "name": self.name, "asked": self.agent.name},
            "seed": self.seed,
            "verifiers": {kind: get_verifier(kind).name for kind in kinds},
            "software": {
                "python": platform.python_version(),
                "platform": platform.platform(),
                **{name: version(name) for name in SOFTWARE},
            },
            "started": _now(),
            "finished": None,
            "starts": 0,
            "errors": 0,
        }

    def _save(self) -> None:
        self.manifest["counts"] = {
            "expected": self.expected,
            "done": len(self.episodes),
            "correct": self.correct,
        }
        if self.folder is not None:
            self.manifest["files"] = self.folder.files()
            self.folder.write_manifest(self.manifest)


class _Guarded:
    """An agent whose every failure is an `AgentError`, and whose token counts fit its actions."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self.name = agent.name
        self.usage: Sequence[Usage | None] = ()

    def act(self, observations: list[str]) -> list[str]:
        try:
            actions = self._agent.act(observations)
            self.usage = self._agent.usage if isinstance(self._agent, CountsTokens) else [None] * len(observations)
        except AssayError:
            raise
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            said = " ".join(str(error).split())[:300]
            raise AgentError(
                f"agent {self.name} raised {type(error).__name__} at {Path(where.filename).name}:{where.lineno}: {said}"
            ) from error
        if len(self.usage) != len(observations):
            raise AgentError(f"agent {self.name} counts tokens for {len(self.usage)} of {len(observations)} actions")
        return actions


def sample_seed(seed: int, sample: int) -> int:
    """The seed of a round of samples: 31 bits, unlike that of any other round or run."""
    digest = hashlib.blake2b(f"{seed}/{sample}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") >> 1


def _check_same(old: Mapping[str, Any], new: Mapping[str, Any], folder: str) -> None:
    """Refuse to add to a run of something else."""

    def pick(manifest: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        yield "suite", f"{manifest['suite'].get('name')} {manifest['suite'].get('version')}"
        yield "tasks", manifest["suite"].get("content_hash")
        yield "agent", manifest["agent"].get("name")
        yield "agent settings", manifest["agent"].get("settings")
        yield "seed", manifest["seed"]
        yield "verifiers", manifest["verifiers"]

    for (what, before), (_, now) in zip(pick(old), pick(new), strict=True):
        if before != now:
            raise AssayError(f"{folder} holds a run with other {what} ({before}, not {now}): choose another folder")


def _is_correct(episode: Episode) -> bool:
    return episode.verdict is not None and episode.verdict.correct


def _exact(value: Any) -> Any:
    """The value without floats, whose text differs between writers."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {str(key): _exact(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_exact(entry) for entry in value]
    return value


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
