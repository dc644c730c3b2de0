"""Expert Iteration: sample, keep what the environment says is right, fine-tune on it, again; in one file.

The simplest learner that works with true rewards (Anthony et al. 2017, arXiv 1705.08439; STaR, arXiv 2203.14465;
ReST-EM, arXiv 2312.06585), and in Havrilla et al. 2024 (arXiv 2403.04642) the strongest in most settings. Its gradient
is that of the expected reward, divided by the share of right answers.

The details that matter, in the order of the code:

1. An answer is kept if its reward reaches `KEEP_REWARD`, it was graded at all, and no turn of it was truncated: a
   right answer that ran on without an end would teach to run on.
2. Kept answers are distinct (same task, same tokens: kept once), and at most `keep_per_prompt` a task, so that easy
   tasks do not drown the rare right answer to a hard one.
3. The collection grows from round to round, D_i = R_i + D_(i-1), and each round goes through all of it `epochs` times.
4. With `restart` each round starts again from the first weights, as in STaR and Havrilla et al.: slower, and free of
   drift. Without it, it goes on from the last ones.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from assay.agents.core import torch
from assay.agents.core.collect import Collector, Rollout
from assay.agents.core.config import require_positive
from assay.agents.core.evaluate import Accuracy
from assay.agents.core.losses import token_weights
from assay.agents.core.metrics import rollout_metrics
from assay.agents.core.policy import Policy
from assay.agents.core.progress import Display
from assay.agents.core.report import write_report
from assay.agents.core.run import RunResult, StopSignal, measure, open_run, thread_limit
from assay.agents.core.seeds import task_indices, torch_generator
from assay.agents.core.tokens import pack
from assay.agents.warm_start import warm_started

KEEP_REWARD = 1.0
WARM_UP_UPDATES = 10
GRAD_CLIP = 1.0
BETAS = (0.9, 0.95)
TRAIN_EPISODES = 10
"""Episodes of each round that are recorded."""

Example = tuple[list[int], list[int]]
"""A prompt and the answer to it, as token ids."""


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of an Expert Iteration run."""

    env: str = "assay/Math-v0"
    """Id of any registered text environment. Its split "train" is trained on, "test" is held out."""
    env_kwargs: dict[str, Any] = field(default_factory=dict[str, Any])
    """What it is made with, apart from the split."""
    model: str = "tiny"
    """A checkpoint folder; "tiny" warm-starts the tiny preset first, in `out`/warm_start."""
    seed: int = 0
    """Decides tasks, samples and order."""
    steps: int = 4
    """Rounds of sampling, filtering and fine-tuning."""
    prompts_per_step: int = 256
    """Tasks a round."""
    samples_per_prompt: int = 4
    """Answers to each task."""
    keep_per_prompt: int = 2
    """Right answers to one task that are kept at most, over all rounds."""
    epochs: int = 2
    """Times a round goes through the collection."""
    batch_size: int = 32
    """Answers an optimizer step."""
    restart: bool = False
    """Whether each round fine-tunes the first weights again."""
    max_new_tokens: int = 256
    """Length limit of an answer."""
    temperature: float = 1.0
    """Of the sampling."""
    learning_rate: float = 5e-4
    """Of AdamW; right for the tiny model. A pretrained one wants 1e-5."""
    eval_tasks: int = 400
    """Held-out tasks of an evaluation, answered greedily."""

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be used."""
        positive = ("steps", "prompts_per_step", "samples_per_prompt", "keep_per_prompt", "epochs", "batch_size")
        require_positive(self, *positive, "max_new_tokens", "temperature", "learning_rate", "eval_tasks")


class Collection:
    """Right answers, distinct and at most so many a task.

    Args:
        cap: How many answers to one task are kept.
    """

    def __init__(self, cap: int) -> None:
        """Begin empty."""
        self.cap = cap
        self.answers: dict[str, list[list[Example]]] = {}  # task id -> answers, each a list of turns

    def __len__(self) -> int:
        """Answers kept."""
        return sum(len(answers) for answers in self.answers.values())

    def add(self, task_id: str, answer: list[Example]) -> bool:
        """Keep an answer, unless it is known or the task has enough; returns whether it was kept."""
        known = self.answers.setdefault(task_id, [])
        if answer in known or len(known) >= self.cap:
            return False
        known.append(answer)
        return True

    def examples(self) -> list[Example]:
        """All turns of all answers, in the order they came in."""
        return [turn for answers in self.answers.values() for answer in answers for turn in answer]


def train(
    config: Config | Mapping[str, Any] | None, out: str | Path, *, resume: bool = False, progress: bool = True
) -> RunResult:
    """Train a policy by Expert Iteration and leave it in the run folder `out`.

    Ctrl-C and SIGTERM stop it after the round it is in, with everything saved; once more stops it at once, with the
    last whole round saved.

    Args:
        config: Settings, or some of them by name. Those left out are as they were when resuming, else the defaults.
        out: The run folder.
        resume: Go on with the run it holds; the result is that of a run that was never interrupted.
        progress: Show a progress bar.

    Raises:
        AssayError: A setting, the checkpoint or the folder cannot be used.
    """
    settings, run = open_run(Config, "expert_iteration", config, out, resume)
    training = Collector(settings.env, settings.env_kwargs, "train")
    held_out = Collector(settings.env, settings.env_kwargs, "test")
    policy = None if settings.model == "tiny" else Policy.load(settings.model)
    run.begin(training.env.source)
    policy = policy or warm_started(settings, run.path, progress)
    if policy is None:  # interrupted
        return RunResult(run.path, 0, False, None, None)
    first_weights = {name: value.clone() for name, value in policy.model.state_dict().items()}
    optimizer = make_optimizer(policy, settings)
    collection = Collection(settings.keep_per_prompt)
    count = {"step": 0, "rollouts": 0}
    accuracy: list[Accuracy] = []  # at the start, and at the last evaluation
    if run.state is not None:
        count, accuracy = run.state["count"], [Accuracy(*counts) for counts in run.state["accuracy"]]
        collection.answers = run.state["answers"]
        policy.model.load_state_dict(run.state["model"])
        optimizer.load_state_dict(run.state["optimizer"])

    def save() -> None:
        known = {"count": count, "accuracy": [a.to_list() for a in accuracy], "answers": collection.answers}
        run.save(policy, {**known, "model": policy.model.state_dict(), "optimizer": optimizer.state_dict()})

    with thread_limit(policy), StopSignal() as stop, Display("Expert Iteration", settings.steps, progress) as display:
        if not accuracy:
            accuracy = [measure(run, policy, held_out, settings, display, 0, rollouts=0)] * 2
            save()
        while count["step"] < settings.steps and not stop.asked:
            step = count["step"]
            started = time.perf_counter()

            # Sample. The random numbers of a round follow from (seed, step), so there is no generator to save.
            rollouts = training.collect(
                policy,
                task_indices(settings.seed, step, settings.prompts_per_step, training.size()),
                settings.samples_per_prompt,
                temperature=settings.temperature,
                max_new_tokens=settings.max_new_tokens,
                generator=torch_generator(settings.seed, "sampling", step, policy.device),
            )
            sampled = time.perf_counter()

            # Keep what is right.
            kept = sum(
                collection.add(r.episode.task_id, [(list(c.prompt_ids), list(c.ids)) for c in r.completions])
                for r in rollouts
                if is_right(r)
            )

            # Fine-tune on all that was ever kept.
            if settings.restart:
                policy.model.load_state_dict(first_weights)
                optimizer = make_optimizer(policy, settings)
            figures = fine_tune(policy, optimizer, collection.examples(), settings, step, display)
            count["step"] += 1
            count["rollouts"] += len(rollouts)

            metrics = rollout_metrics(rollouts, sampled - started)
            seconds = time.perf_counter() - sampled
            run.log(**count, **metrics, kept=kept, collection=len(collection), **figures, seconds_train=seconds)
            run.record(rollouts[:TRAIN_EPISODES], phase="train", step=count["step"])
            display.step(count["step"], reward=metrics["reward_mean"])
            seen = count["rollouts"]
            accuracy[1] = measure(run, policy, held_out, settings, display, count["step"], rollouts=seen)
            save()
    training.close()
    held_out.close()
    write_report(run.path)
    return RunResult(run.path, count["step"], count["step"] >= settings.steps, *accuracy)


def is_right(rollout: Rollout) -> bool:
    """Whether an answer is good enough to be imitated: graded, right, and ended by the policy itself."""
    whole = all(c.ids and not c.truncated for c in rollout.completions)
    return not rollout.masked and whole and rollout.reward >= KEEP_REWARD


class FineTuning(Protocol):
    """What a trainer's settings must say of its fine-tuning."""

    @property
    def seed(self) -> int: ...  # noqa: D102
    @property
    def epochs(self) -> int: ...  # noqa: D102
    @property
    def batch_size(self) -> int: ...  # noqa: D102
    @property
    def max_new_tokens(self) -> int: ...  # noqa: D102
    @property
    def learning_rate(self) -> float: ...  # noqa: D102


def make_optimizer(policy: Policy, settings: FineTuning) -> torch.optim.Optimizer:
    """A fresh optimizer."""
    return torch.optim.AdamW(policy.model.parameters(), settings.learning_rate, betas=BETAS, weight_decay=0.0)


def fine_tune(
    policy: Policy,
    optimizer: torch.optim.Optimizer,
    examples: Sequence[Example],
    settings: FineTuning,
    step: int,
    display: Display,
) -> dict[str, float]:
    """Minimise the mean negative log-likelihood of the examples' answers, `epochs` times over.

    Args:
        policy: What is trained.
        optimizer: Of the policy's parameters.
        examples: What to imitate; of none, nothing happens.
        settings: Of the run.
        step: The round; with the seed it decides the order.
        display: Told of the loss.

    Returns:
        Figures for the log: of the loss, the mean over the last epoch.
    """
    parameters = list(policy.model.parameters())
    generator = torch_generator(settings.seed, "shuffle", step)
    losses: list[float] = []
    grad_norm, updates = 0.0, 0
    for _ in range(settings.epochs if examples else 0):
        losses = []
        order = torch.randperm(len(examples), generator=generator).tolist()
        for start in range(0, len(order), settings.batch_size):
            rows = [examples[i] for i in order[start : start + settings.batch_size]]
            batch = pack([prompt for prompt, _ in rows], [answer for _, answer in rows], pad_id=policy.pad_id)
            weights = token_weights(batch.mask, "token_mean", settings.max_new_tokens)  # [B, T]
            optimizer.zero_grad()
            total = 0.0
            for _, piece, weight in batch.microbatches(weights):
                logprobs, _ = policy.logprobs(piece)  # [N, T]
                loss = -(weight.to(policy.device) * logprobs).sum()
                loss.backward()  # type: ignore[no-untyped-call]  # torch's own method lacks annotations
                total += loss.item()
            updates += 1
            for group in optimizer.param_groups:
                group["lr"] = settings.learning_rate * min(1.0, updates / WARM_UP_UPDATES)
            grad_norm = max(grad_norm, float(torch.nn.utils.clip_grad_norm_(parameters, GRAD_CLIP)))
            optimizer.step()
            losses.append(total)
        display.step(step, loss=sum(losses) / len(losses))
    return {"loss": sum(losses) / max(1, len(losses)), "grad_norm": grad_norm, "updates": updates}
