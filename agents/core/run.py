"""The run folder, and how a run begins, stops and goes on.

    config.json      algorithm, settings, versions, identity of the tasks
    metrics.jsonl    one line a step
    episodes.jsonl   sampled episodes of training and evaluation, as `Episode` lines
    checkpoint/      the policy as it was last saved; loads with `transformers`
    trainer.pt       all that is needed to go on exactly: weights, optimizer, counters, lengths of the two logs
    report.html      written when a run ends or is stopped

`trainer.pt` and `checkpoint/` are written aside and renamed into place, so that a run killed at any moment has a whole
one of each.
"""

from __future__ import annotations

import dataclasses
import json
import os
import pickle
import platform
import shutil
import signal
import threading
import time
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

import torch

from assay.agents.core.collect import Collector, Rollout
from assay.agents.core.config import read_config
from assay.agents.core.evaluate import Accuracy, evaluate
from assay.agents.core.policy import Policy
from assay.agents.core.progress import Display
from assay.envs.episode import append_episode
from assay.envs.source import TaskSource
from assay.verifiers.errors import AssayError

C = TypeVar("C")

SAVE_EVERY_S = 30.0
"""Wall time between saves of a run whose steps are shorter than that."""

MAY_CHANGE = ("steps",)
"""Settings that a resumed run may change."""

EVAL_EPISODES = 10
"""Episodes of each evaluation that are recorded."""

LOGS = ("metrics.jsonl", "episodes.jsonl")


@dataclasses.dataclass(frozen=True, slots=True)
class RunResult:
    """What became of a run.

    Attributes:
        path: Its folder.
        steps: Steps done, those before an interruption included.
        finished: Whether it did all its steps; False if it was stopped, and can be resumed.
        before: Accuracy on held-out tasks at the start; None if it was stopped before that was known.
        after: The same after the last evaluation.
    """

    path: Path
    steps: int
    finished: bool
    before: Accuracy | None
    after: Accuracy | None

    @property
    def checkpoint(self) -> Path:
        """The folder of the trained policy."""
        return self.path / "checkpoint"


class Run:
    """An open run folder; made by `open_run`."""

    def __init__(self, path: Path, description: dict[str, Any], state: dict[str, Any] | None) -> None:
        """Continue from `state`, or begin if it is None. Nothing is written before `begin`."""
        self.path = path
        self.algorithm: str = description["algorithm"]
        self.state: dict[str, Any] | None = state
        self._description = description
        self._saved_at = time.monotonic()

    def begin(self, source: TaskSource) -> None:
        """Write config.json, and cut off log lines that are younger than the state.

        Called when everything that the settings name has been found: a folder with a config.json holds a run.

        Args:
            source: Where the tasks come from; it is described.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        about = {"name": source.name, "version": source.version, "content_hash": source.content_hash()}
        _write_json(self.path / "config.json", {**self._description, "source": about})
        lengths = {} if self.state is None else self.state["logs"]
        for name in LOGS:
            with open(self.path / name, "ab") as file:
                file.truncate(lengths.get(name, 0))

    def log(self, **row: Any) -> None:
        """Add a line to metrics.jsonl. Numbers that JSON cannot hold (NaN) become null."""
        clean = {k: None if isinstance(v, float) and v != v else v for k, v in row.items()}
        with open(self.path / "metrics.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps(clean, allow_nan=False) + "\n")

    def record(self, rollouts: Iterable[Rollout], **meta: Any) -> None:
        """Add episodes to episodes.jsonl; `meta` is added to each (phase, step)."""
        for rollout in rollouts:
            episode = rollout.episode
            turns = tuple(
                dataclasses.replace(turn, prompt_tokens=len(c.prompt_ids), completion_tokens=len(c.ids))
                for turn, c in zip(episode.turns, rollout.completions, strict=True)
            )
            whole = {**episode.meta, **meta, "agent": self.algorithm}
            append_episode(self.path / "episodes.jsonl", dataclasses.replace(episode, turns=turns, meta=whole))

    def due(self) -> bool:
        """Whether it is time to save."""
        return time.monotonic() - self._saved_at > SAVE_EVERY_S

    def save(self, policy: Policy, state: dict[str, Any]) -> None:
        """Write trainer.pt and the checkpoint, each whole or not at all."""
        logs = {name: (self.path / name).stat().st_size for name in LOGS}
        self.state = {**state, "logs": logs}
        aside = self.path / f".trainer.{os.getpid()}"
        torch.save(self.state, aside)
        os.replace(aside, self.path / "trainer.pt")
        _replace_folder(self.path / "checkpoint", policy)
        self._saved_at = time.monotonic()


def open_run(
    kind: type[C], algorithm: str, config: C | Mapping[str, Any] | None, out: str | Path, resume: bool
) -> tuple[C, Run]:
    """Begin a run in a new folder, or open an interrupted one.

    Args:
        kind: The dataclass of the settings.
        algorithm: E.g. "grpo".
        config: Settings, or some of them by name. Those left out are as they were when resuming, else the defaults.
        out: The folder.
        resume: Go on with the run that `out` holds.

    Raises:
        UnknownNameError: There is no such setting.
        AssayError: A setting is unusable; `out` already holds a run, or none to resume, or one of other settings.
    """
    path = Path(out)
    described = _read_description(path)
    if resume and described is None:
        raise AssayError(f"nothing to resume: {path} holds no run")
    if not resume and described is not None:
        raise AssayError(f"{path} already holds a run: resume it, or choose another folder")
    if described is not None and described["algorithm"] != algorithm:
        raise AssayError(f"{path} holds a run of {described['algorithm']}, not of {algorithm}")
    saved = None if described is None else read_config(kind, described["config"], algorithm)
    settings: C
    if isinstance(config, Mapping) or config is None:
        begun: dict[str, Any] = {} if described is None else described["config"]
        settings = read_config(kind, {**begun, **(config or {})}, algorithm)
    else:
        settings = config
    if saved is not None:
        _check_same(settings, saved)
    values: dict[str, Any] = dataclasses.asdict(settings)  # type: ignore[call-overload]  # a dataclass by contract
    versions = {name: version(name) for name in ("assay", "torch", "transformers", "gymnasium")}
    description = {
        "algorithm": algorithm,
        "config": values,
        "versions": {"python": platform.python_version(), **versions},
    }
    state = None
    if resume and (path / "trainer.pt").is_file():
        try:
            state = torch.load(path / "trainer.pt", map_location="cpu", weights_only=True)
        except (OSError, RuntimeError, pickle.UnpicklingError, EOFError) as error:
            raise AssayError(f"cannot read {path / 'trainer.pt'}: {str(error).splitlines()[0]}") from error
    return settings, Run(path, description, state)


def measure(
    run: Run, policy: Policy, held_out: Collector, settings: Any, display: Display, step: int, **counters: int
) -> Accuracy:
    """Evaluate a policy in the middle of a run: log it, record some episodes, show it.

    Args:
        run: Where to log.
        policy: Who answers, greedily.
        held_out: On the held-out split.
        settings: Of the run: `eval_tasks` and `max_new_tokens` are read.
        display: Where to show it.
        step: Steps done so far.
        **counters: Logged beside the accuracy, e.g. rollouts so far.
    """
    started = time.perf_counter()
    accuracy, rollouts = evaluate(policy, held_out, settings.eval_tasks, settings.max_new_tokens)
    seconds = time.perf_counter() - started
    run.record(rollouts[:EVAL_EPISODES], phase="eval", step=step)
    run.log(step=step, **counters, **accuracy.to_dict(), seconds_eval=seconds)
    display.evaluated(step, accuracy)
    return accuracy


class StopSignal:
    """Ctrl-C or SIGTERM asks a run to stop after the step it is in; a second one stops it at once.

    Used as a context manager around the training loop. In a thread other than the main one signals cannot be caught,
    and nothing happens here.
    """

    def __init__(self) -> None:
        """Nothing is caught before `with`."""
        self.asked = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> StopSignal:
        """Begin to catch."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._caught)
        return self

    def __exit__(self, *_: object) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _caught(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True


@contextmanager
def thread_limit(policy: Policy, parameters: int = 5_000_000) -> Generator[None, None, None]:
    """Use one CPU thread for a model below this many parameters, on the CPU.

    Its matrices are so small that threads spend their time waiting for one another: on two shared cores the same work
    took many times the CPU time with two threads. Sums are also always made in the same order then.
    """
    before = torch.get_num_threads()
    small = policy.device.type == "cpu" and sum(p.numel() for p in policy.model.parameters()) < parameters
    if small:
        torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _read_description(path: Path) -> dict[str, Any] | None:
    try:
        described = json.loads((path / "config.json").read_text("utf-8"))
        return {"algorithm": described["algorithm"], "config": described["config"]}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AssayError(f"cannot read the run at {path}: {type(error).__name__} in config.json") from error


def _check_same(settings: Any, saved: Any) -> None:
    for field in dataclasses.fields(settings):
        now, then = getattr(settings, field.name), getattr(saved, field.name)
        if now != then and field.name not in MAY_CHANGE:
            raise AssayError(f"the run was begun with {field.name}={then!r} and cannot go on with {now!r}")


def _replace_folder(target: Path, policy: Policy) -> None:
    aside, old = target.with_name(f".checkpoint.{os.getpid()}"), target.with_name(".checkpoint.old")
    for folder in (aside, old):
        shutil.rmtree(folder, ignore_errors=True)
    policy.save(aside)
    if target.exists():
        target.rename(old)
    aside.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _write_json(path: Path, value: Any) -> None:
    try:
        text = json.dumps(value, indent=2)
    except TypeError as error:
        raise AssayError(f"the settings of a run must be JSON values: {error}") from error
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(text + "\n", encoding="utf-8")
    os.replace(aside, path)
