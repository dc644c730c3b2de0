"""Expert iteration on proofs found by search: AlphaProof's loop in miniature, in one file.

A tiny transformer proves propositional theorems, one tactic at a time. It is warm-started on the proofs of a few easy
ones and then learns from the proofs that search finds: what it cannot yet sample is found with more effort, and what
was found becomes what it samples (Anthony et al. 2017, arXiv 1705.08439; Polu et al. 2022, arXiv 2202.01344;
AlphaProof, Hubert et al. 2025, Nature). The details that matter, in the order of the code:

1. **Warm start**: cross-entropy on the (state, tactic) pairs of proofs of `warm_theorems` easy theorems, as search with
   the bare alphabet finds them (no library, no automation). They are in small steps; the proofs that come with the
   theorems pack much into one term, which so small a model hardly generalises from.
2. **The expert** attempts training theorems: best-first search, `search_nodes` states each. Its tactics are the model's
   samples and, with weight `alphabet_share`, those of the bare alphabet: so small a model explores too little alone.
3. **What is kept**: the proofs found, judged by the engine from the bare statement; failed attempts are dropped. A
   (state, tactic) pair is kept once, and of each theorem the first proof, unless a later one is shorter.
4. **Learning**: cross-entropy on the pairs of all proofs kept, and for every nine of them one of the warm start
   (AlphaProof: 10 % supervised data).
5. **Measure**: held-out theorems proved within `eval_samples` attempts (`assay.agents.lean_search.attempts`). Train and
   test theorems are told apart by what they state, so none is a renaming of another.
"""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assay.agents.core.config import require_positive
from assay.agents.core.evaluate import Accuracy
from assay.agents.core.policy import Policy
from assay.agents.core.progress import Display
from assay.agents.core.report import write_report
from assay.agents.core.run import Run, RunResult, StopSignal, open_run, thread_limit
from assay.agents.core.seeds import derive, task_indices
from assay.agents.expert_iteration import Example, fine_tune, make_optimizer
from assay.agents.lean_search import best_first
from assay.agents.lean_search.alphabet import AlphabetPolicy
from assay.agents.lean_search.attempts import Attempt, Goal, attempt_all, pairs
from assay.agents.lean_search.budget import Budget
from assay.agents.lean_search.model_policy import ModelPolicy, build_lean_tiny, prompt_of
from assay.agents.lean_search.policy import MixedPolicy
from assay.envs.lean.families import FAMILIES
from assay.envs.lean.procedural import TheoremSource
from assay.envs.task import Task
from assay.verifiers.errors import AssayError
from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.engine import DEFAULT_AXIOMS

WARM_NODES = 40
"""States that the search for a demonstration looks into."""

EVAL_BATCH = 64
"""Theorems attempted side by side in an evaluation."""


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of a run."""

    family: str = "prop_tautology"
    """Family of generated theorems."""
    warm_difficulty: tuple[int, int] = (1, 3)
    """Lengths of the known proofs of the theorems that are demonstrated."""
    warm_theorems: int = 300
    """How many are demonstrated."""
    warm_epochs: int = 12
    """Times the warm start goes through them."""
    difficulty: tuple[int, int] = (1, 8)
    """Lengths of the known proofs of the theorems that are attempted in training; the proofs are not used."""
    eval_difficulty: tuple[int, int] = (3, 8)
    """The same of the held-out theorems."""
    model: str = "tiny"
    """A checkpoint folder, warm-started like the tiny model it stands for."""
    seed: int = 0
    """Decides theorems, samples and order."""
    steps: int = 4
    """Rounds of search and learning."""
    theorems_per_step: int = 500
    """Training theorems a round."""
    train_theorems: int = 2000
    """Training theorems in all."""
    proposals: int = 24
    """Tactics tried in each state of a search."""
    samples: int = 2
    """How many of them are sampled from the model, at most."""
    alphabet_share: float = 0.5
    """Weight of the bare alphabet in the expert's search; with 0 it has the model's tactics alone."""
    search_nodes: int = 40
    """States a search looks into."""
    replay_share: float = 0.1
    """Share of the warm start among what is learned from."""
    epochs: int = 4
    """Times a round goes through the pairs."""
    batch_size: int = 16
    """Pairs an optimizer step."""
    learning_rate: float = 1e-3
    """Of AdamW."""
    temperature: float = 1.0
    """Of all sampling."""
    max_new_tokens: int = 40
    """Longest tactic."""
    max_tactics: int = 24
    """Longest proof."""
    eval_theorems: int = 200
    """Held-out theorems of an evaluation."""
    eval_samples: int = 32
    """Attempts at each."""

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be used."""
        require_positive(self, "warm_theorems", "warm_epochs", "steps", "theorems_per_step", "train_theorems")
        require_positive(
            self, "proposals", "samples", "search_nodes", "epochs", "batch_size", "learning_rate", "temperature"
        )
        require_positive(self, "max_new_tokens", "max_tactics", "eval_theorems", "eval_samples")
        if not 0 <= self.replay_share < 1 or not 0 <= self.alphabet_share <= 1:
            raise AssayError("replay_share must be in [0, 1) and alphabet_share in [0, 1]")
        if self.family not in FAMILIES:
            raise AssayError(f"there is no family {self.family}: {', '.join(FAMILIES)}")


Pair = tuple[str, str]
"""A printed state and the tactic to take there."""


class Proofs:
    """The proofs found so far, one for each theorem: the first, unless a later one is shorter."""

    def __init__(self) -> None:
        """Begin empty."""
        self.found: dict[int, list[Pair]] = {}  # index of the theorem -> its proof

    def add(self, index: int, proof: list[Pair]) -> bool:
        """Keep a proof if there is none or a longer one; returns whether it was kept."""
        known = self.found.get(index)
        if known is not None and len(known) <= len(proof):
            return False
        self.found[index] = proof
        return True

    def pairs(self) -> list[Pair]:
        """All pairs, each once, in the order of the theorems."""
        return list(dict.fromkeys(pair for index in sorted(self.found) for pair in self.found[index]))


def train(
    config: Config | Mapping[str, Any] | None, out: str | Path, *, resume: bool = False, progress: bool = True
) -> RunResult:
    """Train a policy of tactics and leave it in the run folder `out`.

    Ctrl-C and SIGTERM stop it after the round it is in, with everything saved.

    Args:
        config: Settings, or some of them by name. Those left out are as they were when resuming, else the defaults.
        out: The run folder.
        resume: Go on with the run it holds; the result is that of a run that was never interrupted.
        progress: Show a progress bar.

    Returns:
        The run; its accuracies are shares of held-out theorems proved within `eval_samples` attempts.

    Raises:
        AssayError: A setting, the checkpoint or the folder cannot be used.
    """
    settings, run = open_run(Config, "lean_expert_iteration", config, out, resume)
    policy = build_lean_tiny(settings.seed) if settings.model == "tiny" else Policy.load(settings.model)
    source = TheoremSource([FAMILIES[settings.family]], settings.difficulty)
    run.begin(source)
    engine = EmbeddedEngine()
    optimizer = make_optimizer(policy, settings)
    alphabet = AlphabetPolicy(library=False, automation=False)
    warm = demonstrations(engine, alphabet, settings)

    @functools.cache
    def theorems(index: int) -> Goal:
        return goal_of(source.task("train", index))

    test = TheoremSource([FAMILIES[settings.family]], settings.eval_difficulty)
    held_out = [goal_of(test.task("test", i)) for i in range(settings.eval_theorems)]
    proofs = Proofs()
    count = {"step": 0, "searches": 0, "rollouts": 0}
    accuracy: list[Accuracy] = []  # at the start, and at the last evaluation
    if run.state is not None:
        count, accuracy = run.state["count"], [Accuracy(*counts) for counts in run.state["accuracy"]]
        proofs.found = {i: [(state, tactic) for state, tactic in proof] for i, proof in run.state["proofs"].items()}
        policy.model.load_state_dict(run.state["model"])
        optimizer.load_state_dict(run.state["optimizer"])

    def save() -> None:
        known = {"count": count, "accuracy": [a.to_list() for a in accuracy], "proofs": proofs.found}
        run.save(policy, {**known, "model": policy.model.state_dict(), "optimizer": optimizer.state_dict()})

    with thread_limit(policy), StopSignal() as stop, Display("expert iteration", settings.steps, progress) as display:
        if not accuracy:
            # Warm start.
            warm_settings = replace(settings, epochs=settings.warm_epochs)
            fine_tune(policy, optimizer, encode(policy, warm), warm_settings, 0, display)
            accuracy = [measure(run, policy, engine, held_out, settings, display, count)] * 2
            save()
        while count["step"] < settings.steps and not stop.asked:
            step = count["step"]
            started = time.perf_counter()

            # The expert: best-first search with the policy's own tactics.
            sampler = make_policy(policy, settings, derive(settings.seed, "sampling", 2 * step))
            expert = MixedPolicy(sampler, alphabet, settings.alphabet_share, settings.samples)
            chosen = task_indices(settings.seed, step, settings.theorems_per_step, settings.train_theorems)
            results = best_first.search_all(
                engine,
                expert,
                [theorems(i) for i in chosen],
                Budget(settings.search_nodes),
                best_first.Settings(settings.proposals, max_length=settings.max_tactics),
            )
            searched = time.perf_counter()

            # Keep what was proved.
            kept = 0
            for i, result in zip(chosen, results, strict=True):
                if result.proof is not None:
                    kept += proofs.add(i, pairs(engine, theorems(i), result.proof.tactics()))

            # Learn from all proofs that were ever kept, and a little from the warm start.
            learned = proofs.pairs()
            rng = random.Random(derive(settings.seed, "demonstrations", step))
            replayed = round(len(learned) * settings.replay_share / (1 - settings.replay_share))
            examples = encode(policy, [*learned, *rng.choices(warm, k=replayed)])
            figures = fine_tune(policy, optimizer, examples, settings, 1 + step, display)
            count["step"] += 1
            count["searches"] += len(results)
            count["rollouts"] += sum(result.tactics for result in results)

            metrics = {
                "reward_mean": sum(result.proved for result in results) / len(results),
                "nodes_mean": sum(result.nodes for result in results) / len(results),
                "kept": kept,
                "proofs": len(proofs.found),
                "pairs": len(learned),
            }
            seconds = {"seconds_sample": searched - started, "seconds_train": time.perf_counter() - searched}
            run.log(**count, **metrics, **figures, **seconds)
            display.step(count["step"], reward=metrics["reward_mean"])
            accuracy[1] = measure(run, policy, engine, held_out, settings, display, count)
            save()
    write_report(run.path, title=f"Expert iteration on proofs: {settings.family}")
    return RunResult(run.path, count["step"], count["step"] >= settings.steps, *accuracy)


def goal_of(task: Task) -> Goal:
    """The statement of a task, and the axioms it allows."""
    return task.spec["statement"], tuple(task.spec.get("axioms", DEFAULT_AXIOMS))


def demonstrations(engine: EmbeddedEngine, alphabet: AlphabetPolicy, settings: Config) -> list[Pair]:
    """The pairs of the warm start: proofs of easy training theorems that search with the bare alphabet finds."""
    source = TheoremSource([FAMILIES[settings.family]], settings.warm_difficulty)
    goals = [goal_of(source.task("train", i)) for i in range(settings.warm_theorems)]
    results = best_first.search_all(engine, alphabet, goals, Budget(WARM_NODES), best_first.Settings())
    found: list[Pair] = []
    for goal, result in zip(goals, results, strict=True):
        if result.proof is not None:
            found += pairs(engine, goal, result.proof.tactics())
    return list(dict.fromkeys(found))


def make_policy(policy: Policy, settings: Config, seed: int) -> ModelPolicy:
    """The model as a policy of tactics."""
    return ModelPolicy(policy, temperature=settings.temperature, max_new_tokens=settings.max_new_tokens, seed=seed)


def encode(policy: Policy, learned: Sequence[Pair]) -> list[Example]:
    """Pairs as token ids, as the policy reads and writes them; those that do not fit its context are left out."""
    encoded = [(policy.encode(prompt_of(state)), policy.encode_answer(tactic)) for state, tactic in learned]
    return [(prompt, answer) for prompt, answer in encoded if len(prompt) + len(answer) <= policy.context_tokens]


def measure(
    run: Run,
    policy: Policy,
    engine: EmbeddedEngine,
    held_out: Sequence[Goal],
    settings: Config,
    display: Display,
    count: Mapping[str, int],
) -> Accuracy:
    """Held-out theorems proved within `eval_samples` attempts; logged and shown."""
    started = time.perf_counter()
    sampler = make_policy(policy, settings, derive(settings.seed, "sampling", 2 * count["step"] + 1))
    attempts: list[list[Attempt]] = []
    for start in range(0, len(held_out), EVAL_BATCH):
        some = held_out[start : start + EVAL_BATCH]
        attempts += attempt_all(engine, sampler, some, settings.eval_samples, settings.max_tactics)
    accuracy = Accuracy(sum(any(a.proved for a in tries) for tries in attempts), len(attempts))
    single = sum(a.proved for tries in attempts for a in tries) / (len(attempts) * settings.eval_samples)
    seconds = time.perf_counter() - started
    figures = {"eval_samples": settings.eval_samples, "eval_single": single}
    run.log(**count, **accuracy.to_dict(), **figures, seconds_eval=seconds)
    display.evaluated(count["step"], accuracy)
    return accuracy
