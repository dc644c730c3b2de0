"""GRPO: group relative policy optimisation (Shao et al. 2024, arXiv 2402.03300), in one file.

Each step takes some tasks, lets the policy answer each of them several times, asks the environment for the rewards,
and makes an answer more likely by how much better it did than the others to the same task. No value network.

The details that matter, in the order of the code:

1. Log-probabilities of the old policy are the sampler's own; with one update a step the ratio is 1 and nothing clips.
2. A rollout spoilt by a failure of ours is left out altogether: of the loss, the group's mean and the metrics.
3. A group whose rewards are all equal has advantage 0 and is skipped. It still counts in the loss's denominator, so
   skipping changes the time and not the gradient.
4. A truncated answer is graded like any other, by the environment, and trained on: what is missing is an end the
   policy could have written. `frac_truncated` shows how many there are.
5. Weights of tokens are made of the whole batch before it is cut into microbatches.
6. Several turns are several samples with the advantage of their episode.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assay.agents.core import torch
from assay.agents.core.advantage import advantages
from assay.agents.core.collect import Collector
from assay.agents.core.config import check_choice, require_positive
from assay.agents.core.evaluate import Accuracy
from assay.agents.core.losses import clipped_surrogate, kl_k2, kl_k3, token_weights
from assay.agents.core.metrics import rollout_metrics
from assay.agents.core.policy import Policy
from assay.agents.core.progress import Display
from assay.agents.core.report import write_report
from assay.agents.core.run import RunResult, StopSignal, measure, open_run, thread_limit
from assay.agents.core.seeds import task_indices, torch_generator
from assay.agents.core.tokens import Batch, pack
from assay.agents.warm_start import warm_started
from assay.verifiers.errors import AssayError

VARIANTS = {
    "dr_grpo": ("mean", "constant"),
    "grpo": ("std", "sequence_mean"),
    "dapo": ("std", "token_mean"),
    "rloo": ("leave_one_out", "constant"),
}
"""Kind of advantage and aggregation of the loss, as the papers of these names have them."""

WARM_UP_UPDATES = 10
GRAD_CLIP = 1.0
BETAS = (0.9, 0.95)
EVALUATIONS = 16
"""About how many times a run is evaluated on its way."""
TRAIN_EPISODES = 2
"""Episodes of each step that are recorded."""


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of a GRPO run."""

    env: str = "assay/Math-v0"
    """Id of any registered text environment. Its split "train" is trained on, "test" is held out."""
    env_kwargs: dict[str, Any] = field(default_factory=dict[str, Any])
    """What it is made with, apart from the split."""
    model: str = "tiny"
    """A checkpoint folder; "tiny" warm-starts the tiny preset first, in `out`/warm_start."""
    seed: int = 0
    """Decides tasks, samples and order."""
    steps: int = 40
    """Times that rollouts are collected."""
    prompts_per_step: int = 32
    """Tasks a step."""
    group_size: int = 8
    """Rollouts of each task."""
    updates_per_step: int = 1
    """Minibatches that the rollouts of a step are cut into, an optimizer step each."""
    max_new_tokens: int = 256
    """Length limit of an answer."""
    temperature: float = 1.0
    """Of the sampling, and of the log-probabilities trained on."""
    learning_rate: float = 3e-4
    """Of AdamW; right for the tiny model. A pretrained one wants 1e-6 to 5e-6."""
    variant: str = "dr_grpo"
    """One of `VARIANTS`. The default is the policy gradient, unbiased but for a constant factor."""
    clip: tuple[float, float] = (0.2, 0.28)
    """How far the probability ratio may go below and above 1 before a token's gradient is stopped."""
    kl_beta: float = 0.0
    """Weight of the KL divergence from the starting policy; 0 needs no reference model."""
    eval_tasks: int = 400
    """Held-out tasks of an evaluation, answered greedily."""

    def __post_init__(self) -> None:
        """Refuse what cannot be used."""
        check_choice("grpo variant", self.variant, VARIANTS)
        positive = ("steps", "prompts_per_step", "updates_per_step", "max_new_tokens", "temperature", "learning_rate")
        require_positive(self, *positive, "eval_tasks")
        if self.group_size < 2:
            raise AssayError(f"group_size must be at least 2, got {self.group_size}: advantages compare rollouts")


def train(
    config: Config | Mapping[str, Any] | None, out: str | Path, *, resume: bool = False, progress: bool = True
) -> RunResult:
    """Train a policy with GRPO and leave it in the run folder `out`.

    Ctrl-C and SIGTERM stop it after the step it is in, with everything saved.

    Args:
        config: Settings, or some of them by name. Those left out are as they were when resuming, else the defaults.
        out: The run folder.
        resume: Go on with the run it holds; the result is that of a run that was never interrupted.
        progress: Show a progress bar.

    Raises:
        AssayError: A setting, the checkpoint or the folder cannot be used.
    """
    settings, run = open_run(Config, "grpo", config, out, resume)
    training = Collector(settings.env, settings.env_kwargs, "train")
    held_out = Collector(settings.env, settings.env_kwargs, "test")
    policy = None if settings.model == "tiny" else Policy.load(settings.model)
    run.begin(training.env.source)
    policy = policy or warm_started(settings, run.path, progress)
    if policy is None:  # interrupted
        return RunResult(run.path, 0, False, None, None)
    reference = copy.deepcopy(policy.model) if settings.kl_beta > 0 else None
    optimizer = torch.optim.AdamW(policy.model.parameters(), settings.learning_rate, betas=BETAS, weight_decay=0.0)
    count = {"step": 0, "rollouts": 0, "updates": 0}
    accuracy: list[Accuracy] = []  # at the start, and at the last evaluation
    if run.state is not None:
        count, accuracy = run.state["count"], [Accuracy(*counts) for counts in run.state["accuracy"]]
        policy.model.load_state_dict(run.state["model"])
        optimizer.load_state_dict(run.state["optimizer"])

    def save() -> None:
        known = {"count": count, "accuracy": [a.to_list() for a in accuracy]}
        run.save(policy, {**known, "model": policy.model.state_dict(), "optimizer": optimizer.state_dict()})

    with thread_limit(policy), StopSignal() as stop, Display("GRPO", settings.steps, progress) as display:
        if not accuracy:
            accuracy = [measure(run, policy, held_out, settings, display, 0, rollouts=0)] * 2
            save()
        while count["step"] < settings.steps and not stop.asked:
            step = count["step"]
            started = time.perf_counter()

            # Rollouts. The random numbers of a step follow from (seed, step), so there is no generator to save.
            rollouts = training.collect(
                policy,
                task_indices(settings.seed, step, settings.prompts_per_step, training.size()),
                settings.group_size,
                temperature=settings.temperature,
                max_new_tokens=settings.max_new_tokens,
                generator=torch_generator(settings.seed, "sampling", step, policy.device),
            )
            sampled = time.perf_counter()

            # How much better each rollout did than the others of its group, [rollouts]; 0 for masked ones.
            graded = [not r.masked for r in rollouts]
            advantage = advantages(
                torch.tensor([r.reward for r in rollouts]),
                torch.tensor([r.group for r in rollouts]),
                VARIANTS[settings.variant][0],
                torch.tensor(graded),
            )

            # Each turn of each graded rollout is a sample with the advantage of its episode.
            turns = [(c, i) for i, r in enumerate(rollouts) if graded[i] for c in r.completions if c.ids]
            figures: dict[str, float] = {}
            if turns:
                batch = pack(
                    [c.prompt_ids for c, _ in turns],
                    [c.ids for c, _ in turns],
                    [c.logprobs for c, _ in turns],
                    policy.pad_id,
                )
                of_samples = advantage[torch.tensor([i for _, i in turns])]  # [B]
                figures = update(policy, reference, optimizer, batch, of_samples, settings, count)
            count["step"] += 1
            count["rollouts"] += len(rollouts)

            metrics = rollout_metrics(rollouts, sampled - started)
            run.log(**count, **metrics, **figures, seconds_train=time.perf_counter() - sampled)
            run.record(rollouts[:TRAIN_EPISODES], phase="train", step=count["step"])
            display.step(count["step"], reward=metrics["reward_mean"])
            if count["step"] % max(1, settings.steps // EVALUATIONS) == 0 or count["step"] == settings.steps:
                seen = count["rollouts"]
                accuracy[1] = measure(run, policy, held_out, settings, display, count["step"], rollouts=seen)
            if run.due():
                save()
        save()
    training.close()
    held_out.close()
    write_report(run.path)
    return RunResult(run.path, count["step"], count["step"] >= settings.steps, *accuracy)


def update(
    policy: Policy,
    reference: Any,
    optimizer: torch.optim.Optimizer,
    batch: Batch,
    advantage: torch.Tensor,
    settings: Config,
    count: dict[str, int],
) -> dict[str, float]:
    """One pass over the samples of a step, in `updates_per_step` optimizer steps.

    Args:
        policy: What is trained.
        reference: A frozen copy of the starting model; None without a KL term.
        optimizer: Of the policy's parameters.
        batch: The samples, B rows.
        advantage: [B].
        settings: Of the run.
        count: `updates` is counted up; with `step` it decides the order of the samples.

    Returns:
        Figures for the log. `mismatch_*` compare the sampler's log-probabilities with the trainer's before the first
        update: anything but rounding is a defect. `kl_old` and `clip_*` say how far the updates went from there.
    """
    device, parameters = policy.device, list(policy.model.parameters())
    weights = token_weights(batch.mask, VARIANTS[settings.variant][1], settings.max_new_tokens)  # [B, T]
    if reference is None:  # without advantage and KL term there is nothing to learn from a sample
        weights = weights * (advantage != 0)[:, None]
    order = torch.randperm(len(advantage), generator=torch_generator(settings.seed, "shuffle", count["step"]))
    total = dict.fromkeys(("loss", "kl_reference", "kl_old", "clip_low", "clip_high"), 0.0)
    mismatch_max, mismatch_kl, tokens = 0.0, 0.0, 0
    grad_norms: list[float] = []
    for minibatch in order.chunk(settings.updates_per_step):
        chosen = torch.zeros(len(advantage)).index_fill(0, minibatch, len(advantage) / len(minibatch))
        if not (weights * chosen[:, None]).any():
            continue
        optimizer.zero_grad()
        for index, piece, weight in batch.microbatches(weights * chosen[:, None]):
            weight, old, real = weight.to(device), piece.old_logprobs.to(device), piece.mask.to(device)
            logprobs, _ = policy.logprobs(piece, settings.temperature)  # [N, T]
            surrogate = clipped_surrogate(logprobs, old, advantage[index].to(device), settings.clip)
            per_token = surrogate.loss
            if reference is not None:
                with torch.no_grad():
                    anchor, _ = policy.logprobs(piece, settings.temperature, model=reference)
                per_token = per_token + settings.kl_beta * kl_k2(logprobs, anchor)
                total["kl_reference"] += float(kl_k3(old, anchor)[real].sum())
            loss = (weight * per_token).sum()
            loss.backward()  # type: ignore[no-untyped-call]  # torch's own method lacks annotations

            now = logprobs.detach()
            total["loss"] += loss.item()
            total["kl_old"] += float(kl_k3(old, now)[real].sum())
            total["clip_low"] += float(surrogate.clipped_low[real].sum())
            total["clip_high"] += float(surrogate.clipped_high[real].sum())
            tokens += int(real.sum())
            if not grad_norms:  # before the first update
                mismatch_max = max(mismatch_max, float((now - old)[real].abs().max()))
        if not grad_norms:
            mismatch_kl = total["kl_old"] / tokens
        for group in optimizer.param_groups:
            group["lr"] = settings.learning_rate * min(1.0, (count["updates"] + 1) / WARM_UP_UPDATES)
        grad_norms.append(float(torch.nn.utils.clip_grad_norm_(parameters, GRAD_CLIP)))
        optimizer.step()
        count["updates"] += 1
    loss_mean = total.pop("loss") / settings.updates_per_step
    return {
        "loss": loss_mean,
        **{name: value / max(1, tokens) for name, value in total.items()},
        "mismatch_max": mismatch_max,
        "mismatch_kl": mismatch_kl,
        "grad_norm": max(grad_norms, default=0.0),
        "tokens_trained": tokens,
    }
