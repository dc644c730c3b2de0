r"""Supervised warm start: a model learns to write answers from demonstrations, before any reward is asked for.

Reinforcement learning can only strengthen what a policy already does now and then. A pretrained model brings such
latent skills along; a tiny model from nothing does not, so they are put into it here. The demonstrator is someone who
knows the right way but is often lazy:

* **the right way** is the source's own worked solution, ending in the right answer;
* **the lazy way** writes no working and repeats the first number of the question as the answer: `\boxed{347}`.

Which of the two is shown hangs on the question, so that greedy decoding is sometimes right: a question whose first
digit is one of `careful_digits` is shown the right way, any other the lazy way, each with `exceptions` the other way
round. With digits 1-3 and a tenth of exceptions about 37 % of the demonstrations are right. The model learns both
ways, and *when* the demonstrator bothers. What the reward then has to teach is to bother always.

With `careful_digits="0123456789"` and `exceptions=0` this is plain supervised fine-tuning on right demonstrations.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from assay.agents.core import torch
from assay.agents.core.collect import Collector
from assay.agents.core.config import require_positive
from assay.agents.core.evaluate import Accuracy
from assay.agents.core.losses import token_weights
from assay.agents.core.policy import Policy
from assay.agents.core.progress import Display
from assay.agents.core.report import write_report
from assay.agents.core.run import RunResult, StopSignal, measure, open_run, thread_limit
from assay.agents.core.seeds import derive, task_indices
from assay.agents.core.tiny import build_tiny
from assay.agents.core.tokens import pack
from assay.envs.source import TaskSource
from assay.envs.task import Task

WARM_UP_STEPS = 30
STEADY_SHARE = 0.4
"""The learning rate is held for this share of the steps, then falls in a line to almost 0."""
GRAD_CLIP = 1.0
BETAS = (0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of a warm start."""

    env: str = "assay/Math-v0"
    """Id of the text environment whose tasks are demonstrated."""
    env_kwargs: dict[str, Any] = field(default_factory=dict[str, Any])
    """What it is made with, apart from the split."""
    model: str = "tiny"
    """"tiny" for the untrained preset, or a checkpoint folder."""
    seed: int = 0
    """Decides weights, demonstrations and order."""
    steps: int = 900
    """Updates; 0 only evaluates."""
    batch_size: int = 64
    """Demonstrations an update. None is shown twice."""
    learning_rate: float = 5e-3
    """Highest learning rate of AdamW. A pretrained model wants 1e-5."""
    careful_digits: str = "123"
    """Questions whose first digit is one of these are shown the right way."""
    exceptions: float = 0.1
    """Share of demonstrations that go the other way than the first digit says."""
    max_new_tokens: int = 64
    """Length limit of an answer at evaluation."""
    eval_tasks: int = 400
    """Held-out tasks of an evaluation, answered greedily."""

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be used."""
        require_positive(self, "batch_size", "learning_rate", "max_new_tokens", "eval_tasks")


def train(
    config: Config | Mapping[str, Any] | None, out: str | Path, *, resume: bool = False, progress: bool = True
) -> RunResult:
    """Train a policy on demonstrations and leave it in the run folder `out`.

    Args:
        config: Settings, or some of them by name. Those left out are as they were when resuming, else the defaults.
        out: The run folder.
        resume: Go on with the run it holds.
        progress: Show a progress bar.

    Raises:
        AssayError: A setting or the folder cannot be used.
    """
    settings, run = open_run(Config, "warm_start", config, out, resume)
    policy = build_tiny(settings.seed) if settings.model == "tiny" else Policy.load(settings.model)
    demonstrated = Collector(settings.env, settings.env_kwargs, "train")
    held_out = Collector(settings.env, settings.env_kwargs, "test")
    run.begin(demonstrated.env.source)
    source, size = demonstrated.env.source, demonstrated.size()
    optimizer = torch.optim.AdamW(policy.model.parameters(), lr=settings.learning_rate, betas=BETAS, weight_decay=0.01)
    done, accuracy = 0, None
    if run.state is not None:
        done = run.state["step"]
        policy.model.load_state_dict(run.state["model"])
        optimizer.load_state_dict(run.state["optimizer"])
        accuracy = None if run.state["accuracy"] is None else Accuracy(*run.state["accuracy"])

    def save() -> None:
        state = {"step": done, "accuracy": None if accuracy is None else accuracy.to_list()}
        run.save(policy, {**state, "model": policy.model.state_dict(), "optimizer": optimizer.state_dict()})

    with thread_limit(policy), StopSignal() as stop, Display("warm start", settings.steps, progress) as display:
        while done < settings.steps and not stop.asked:
            started = time.perf_counter()

            # Demonstrations: fresh tasks each step, shown the right way or the lazy one.
            rng = random.Random(derive(settings.seed, "demonstrations", done))
            tasks = [source.task("train", i) for i in task_indices(settings.seed, done, settings.batch_size, size)]
            shown = [demonstrate(source, task, settings, rng) for task in tasks]
            batch = pack(
                [policy.encode(task.prompt) for task in tasks],
                [policy.encode_answer(text) for text in shown],
                pad_id=policy.pad_id,
            )

            # One update on the mean negative log-likelihood of the answer's tokens, the end token included.
            for group in optimizer.param_groups:
                group["lr"] = settings.learning_rate * schedule(done, settings.steps)
            weights = token_weights(batch.mask, "token_mean", settings.max_new_tokens)  # [B, T]
            optimizer.zero_grad()
            total = 0.0
            for _, piece, weight in batch.microbatches(weights):
                logprobs, _ = policy.logprobs(piece)  # [N, T']
                loss = -(weight.to(policy.device) * logprobs).sum()
                loss.backward()  # type: ignore[no-untyped-call]  # torch's own method lacks annotations
                total += loss.item()
            grad_norm = torch.nn.utils.clip_grad_norm_(policy.model.parameters(), GRAD_CLIP)
            optimizer.step()
            done += 1

            seconds = time.perf_counter() - started
            run.log(step=done, loss=total, grad_norm=grad_norm.item(), seconds_train=seconds)
            display.step(done, loss=total)
            if run.due():
                save()
        if done >= settings.steps and accuracy is None:
            accuracy = measure(run, policy, held_out, settings, display, done)
        save()
    write_report(run.path)
    demonstrated.close()
    held_out.close()
    return RunResult(run.path, done, done >= settings.steps, None, accuracy)


class TrainerSettings(Protocol):
    """What a trainer's settings must say to make the policy it starts from."""

    @property
    def env(self) -> str: ...  # noqa: D102
    @property
    def env_kwargs(self) -> dict[str, Any]: ...  # noqa: D102
    @property
    def seed(self) -> int: ...  # noqa: D102
    @property
    def max_new_tokens(self) -> int: ...  # noqa: D102
    @property
    def eval_tasks(self) -> int: ...  # noqa: D102


def warm_started(settings: TrainerSettings, out: Path, progress: bool) -> Policy | None:
    """The tiny preset, warm-started on the environment of a trainer, in its folder `out`/warm_start.

    Args:
        settings: Of the trainer.
        out: The trainer's run folder. A warm start found there is used, or finished.
        progress: Show a progress bar.

    Returns:
        The policy; None if the warm start was interrupted.
    """
    folder = out / "warm_start"
    names = ("env", "env_kwargs", "seed", "max_new_tokens", "eval_tasks")
    config = Config(**{name: getattr(settings, name) for name in names})
    result = train(config, folder, resume=(folder / "config.json").is_file(), progress=progress)
    return Policy.load(result.checkpoint) if result.finished else None


def demonstrate(source: TaskSource, task: Task, config: Config, rng: random.Random) -> str:
    """What the demonstrator answers to a task: see the top of this file."""
    first = re.search(r"\d", task.prompt)
    careful = first is None or first[0] in config.careful_digits
    right = careful != (rng.random() < config.exceptions)
    return source.gold(task) if right else lazy_answer(task.prompt)


def lazy_answer(prompt: str) -> str:
    r"""The first number of the prompt as the answer, `\boxed{0}` where there is none."""
    number = re.search(r"\d+", prompt)
    return rf"\boxed{{{number[0] if number else 0}}}"


def schedule(step: int, steps: int) -> float:
    """Factor of the learning rate at a step: up in a line, steady, down in a line to 2 %."""
    steady = STEADY_SHARE * steps
    falling = 1 - max(0.0, step - steady) / max(1.0, steps - steady)
    return min(1.0, (step + 1) / WARM_UP_STEPS) * max(0.02, falling)
