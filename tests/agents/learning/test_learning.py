"""What training comes to: it learns what is rewarded, nothing else, and the same after an interruption."""

import json
import signal
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch
from transformers import AutoModelForCausalLM

from assay.agents import expert_iteration, grpo, warm_start
from assay.agents.core.policy import Policy
from assay.agents.core.run import RunResult
from assay.envs.episode import read_episodes

TOY = "toy/TensDigit-v0"
TRAINERS = pytest.mark.parametrize("trainer", [grpo, expert_iteration], ids=["grpo", "ei"])


def settings(trainer: ModuleType, model: Path, **changes: Any) -> dict[str, Any]:
    shared = {"env": TOY, "model": str(model), "max_new_tokens": 8, "eval_tasks": 200}
    if trainer is grpo:
        return {**shared, "steps": 30, "prompts_per_step": 16, "group_size": 8, "learning_rate": 5e-4, **changes}
    return {**shared, "steps": 4, "prompts_per_step": 64, "batch_size": 16, "learning_rate": 1e-3, **changes}


def run(trainer: ModuleType, config: dict[str, Any] | None, out: Path, resume: bool = False) -> RunResult:
    result: RunResult = trainer.train(config, out, resume=resume, progress=False)
    return result


def weights(result: RunResult) -> dict[str, torch.Tensor]:
    state: dict[str, torch.Tensor] = torch.load(result.path / "trainer.pt", weights_only=True)["model"]
    return state


def equal(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(one[name], other[name]) for name in one)


def rows(result: RunResult) -> list[dict[str, Any]]:
    lines = (result.path / "metrics.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def start_of(model: Path) -> dict[str, torch.Tensor]:
    return dict(Policy.load(model, device="cpu").model.state_dict())


@TRAINERS
def test_a_latent_skill_is_learned_from_rewards(trainer: ModuleType, warm: Path, tmp_path: Path) -> None:
    result = run(trainer, settings(trainer, warm), tmp_path / "run")
    assert result.finished
    assert result.before is not None
    assert result.after is not None
    assert 0.15 < result.before.rate < 0.5
    assert result.after.rate > 0.9
    model = AutoModelForCausalLM.from_pretrained(result.checkpoint, local_files_only=True)
    assert equal(dict(model.state_dict()), weights(result))
    logged = rows(result)
    steps = [row for row in logged if "reward_mean" in row]
    assert len(steps) == result.steps
    assert steps[-1]["reward_mean"] > steps[0]["reward_mean"] + 0.3
    assert logged[-1]["eval_accuracy"] == result.after.rate
    phases = {episode.meta["phase"] for episode in read_episodes(result.path / "episodes.jsonl")}
    assert phases == {"train", "eval"}
    assert "<svg" in (result.path / "report.html").read_text("utf-8")


@pytest.mark.parametrize("variant", ["grpo", "dapo", "rloo"])
def test_the_other_variants_learn_too(variant: str, warm: Path, tmp_path: Path) -> None:
    result = run(grpo, settings(grpo, warm, variant=variant, updates_per_step=2), tmp_path / "run")
    assert result.after is not None
    assert result.after.rate > 0.8


@TRAINERS
def test_a_coin_as_reward_teaches_nothing(trainer: ModuleType, warm: Path, tmp_path: Path, toy: Any) -> None:
    toy.mode = "coin"
    result = run(trainer, settings(trainer, warm), tmp_path / "run")
    toy.mode = "honest"
    checked = run(trainer, settings(trainer, result.checkpoint, steps=1), tmp_path / "checked")
    assert checked.before is not None
    assert 0.1 < checked.before.rate < 0.55


@TRAINERS
def test_a_failed_check_is_neither_rewarded_nor_punished(
    trainer: ModuleType, warm: Path, tmp_path: Path, toy: Any
) -> None:
    toy.mode = "wrong_is_error"  # what was graded at all was right, so there is nothing to compare
    result = run(trainer, settings(trainer, warm, steps=2), tmp_path / "run")
    logged = [row for row in rows(result) if "reward_mean" in row]
    assert all(row["reward_mean"] == 1.0 and 0.2 < row["frac_masked"] < 0.9 for row in logged)
    if trainer is grpo:
        assert all(row["frac_zero_std"] == 1.0 for row in logged)
        assert equal(weights(result), start_of(warm))
    assert result.after is not None
    assert result.after.masked > 0


@TRAINERS
def test_without_any_reward_nothing_moves(trainer: ModuleType, warm: Path, tmp_path: Path, toy: Any) -> None:
    toy.mode = "never"
    result = run(trainer, settings(trainer, warm, steps=2), tmp_path / "run")
    assert equal(weights(result), start_of(warm))
    assert result.after is not None
    assert result.after.correct == 0


@TRAINERS
def test_an_interrupted_run_goes_on_to_the_same_result(
    trainer: ModuleType, warm: Path, tmp_path: Path, toy: Any, interrupt_at: Callable[..., None]
) -> None:
    minibatches = {"steps": 6, "updates_per_step": 2} if trainer is grpo else {"steps": 4}
    config = settings(trainer, warm, eval_tasks=20, **minibatches)
    straight = run(trainer, config, tmp_path / "straight")
    per_step = 16 * 8 if trainer is grpo else 64 * 4
    interrupt_at(20 + 2 * per_step + 25)  # in the middle of a step
    stopped = run(trainer, config, tmp_path / "stopped")
    assert not stopped.finished
    assert 0 < stopped.steps < straight.steps
    assert (stopped.checkpoint / "config.json").is_file()
    assert (stopped.path / "report.html").is_file()
    toy.on_check = lambda: None
    resumed = run(trainer, None, tmp_path / "stopped", resume=True)
    assert resumed.finished
    assert equal(weights(resumed), weights(straight))
    assert (resumed.before, resumed.after) == (straight.before, straight.after)
    one, other = (
        torch.load(r.path / "trainer.pt", weights_only=True)["optimizer"]["state"] for r in (resumed, straight)
    )
    assert all(torch.equal(one[i][name], other[i][name]) for i in one for name in one[i])


@TRAINERS
def test_a_killed_run_goes_on_from_its_last_save(
    trainer: ModuleType,
    warm: Path,
    tmp_path: Path,
    toy: Any,
    interrupt_at: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config = settings(trainer, warm, steps=4, eval_tasks=20)
    straight = run(trainer, config, tmp_path / "straight")
    monkeypatch.setattr("assay.agents.core.run.SAVE_EVERY_S", 1e9 if trainer is expert_iteration else 0.0)
    per_step = 16 * 8 if trainer is grpo else 64 * 4
    middle = 20 + 2 * per_step + 50
    interrupt_at(middle, middle + 1)  # the second one stops it at once, with a step half done
    handler = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        run(trainer, config, tmp_path / "killed")
    assert signal.getsignal(signal.SIGINT) is handler
    toy.on_check = lambda: None
    with open(tmp_path / "killed" / "metrics.jsonl", "a") as log:
        log.write('{"step": 3, "half": tru')
    resumed = run(trainer, config, tmp_path / "killed", resume=True)
    assert equal(weights(resumed), weights(straight))
    steps = [row["step"] for row in rows(resumed) if "reward_mean" in row]
    assert steps == [1, 2, 3, 4]
    assert len(list(read_episodes(resumed.path / "episodes.jsonl"))) == len(
        list(read_episodes(straight.path / "episodes.jsonl"))
    )


def test_a_resumed_run_may_be_made_longer(warm: Path, tmp_path: Path) -> None:
    short = settings(grpo, warm, steps=2, eval_tasks=20)
    run(grpo, short, tmp_path / "run")
    longer = run(grpo, {"steps": 4}, tmp_path / "run", resume=True)
    straight = run(grpo, {**short, "steps": 4}, tmp_path / "straight")
    assert longer.steps == 4
    assert equal(weights(longer), weights(straight))


def test_the_logged_figures_of_grpo(warm: Path, tmp_path: Path) -> None:
    config = settings(grpo, warm, steps=3, updates_per_step=4, learning_rate=1e-2, eval_tasks=20, kl_beta=0.01)
    logged = [row for row in rows(run(grpo, config, tmp_path / "run")) if "reward_mean" in row]
    for row in logged:
        assert row["mismatch_max"] < 1e-4
        assert row["mismatch_kl"] < 1e-6
        assert row["grad_norm"] > 0
        assert 0 <= row["frac_zero_std"] < 1
        assert row["length_p50"] <= row["length_p95"] <= 8
        assert row["entropy"] > 0
        assert row["tokens_per_s"] > row["rollouts_per_s"] > 0
    assert logged[-1]["rollouts"] == 3 * 16 * 8
    assert max(row["kl_old"] for row in logged) > 1e-3  # at this learning rate four updates go far
    assert max(row["clip_high"] + row["clip_low"] for row in logged) > 0
    assert logged[-1]["kl_reference"] > logged[0]["kl_reference"]


def test_a_strong_tie_to_the_start_holds_the_policy(warm: Path, tmp_path: Path) -> None:
    free = run(grpo, settings(grpo, warm, steps=10), tmp_path / "free")
    tied = run(grpo, settings(grpo, warm, steps=10, kl_beta=100.0), tmp_path / "tied")

    def moved(result: RunResult) -> float:
        after, before = weights(result), start_of(warm)
        return sum(float((after[name] - before[name]).square().sum()) for name in before)

    assert moved(tied) < moved(free)


def test_several_turns_are_trained_on(warm: Path, tmp_path: Path) -> None:
    config = settings(grpo, warm, steps=2, prompts_per_step=4, group_size=4, eval_tasks=20)
    result = run(grpo, {**config, "env_kwargs": {"max_turns": 2}}, tmp_path / "run")
    played = [e for e in read_episodes(result.path / "episodes.jsonl") if e.meta["phase"] == "train"]
    assert {len(episode.turns) for episode in played} <= {1, 2}
    assert max(len(e.turns) for e in read_episodes(result.path / "episodes.jsonl")) == 2
    for episode in played:
        assert all(turn.completion_tokens and turn.prompt_tokens for turn in episode.turns)


def test_expert_iteration_keeps_distinct_right_answers() -> None:
    collection = expert_iteration.Collection(cap=2)
    one, two, three = ([([1, 2], [k, 2])] for k in (5, 6, 7))
    assert [collection.add("a", answer) for answer in (one, one, two, three)] == [True, False, True, False]
    assert collection.add("b", one)
    assert len(collection) == 3
    assert collection.examples() == [*one, *two, *one]


def test_expert_iteration_grows_its_collection(warm: Path, tmp_path: Path) -> None:
    result = run(expert_iteration, settings(expert_iteration, warm, keep_per_prompt=1), tmp_path / "run")
    sizes = [row["collection"] for row in rows(result) if "collection" in row]
    kept = [row["kept"] for row in rows(result) if "collection" in row]
    assert sizes == sorted(sizes)
    assert sizes == [sum(kept[: i + 1]) for i in range(len(kept))]
    assert max(kept) <= 64  # one a prompt
    answers = torch.load(result.path / "trainer.pt", weights_only=True)["answers"]
    policy = Policy.load(warm, device="cpu")
    for task_id, known in answers.items():
        assert len(known) == 1
        ((prompt, answer),) = known[0]
        text = policy.decode(prompt)
        assert policy.decode(answer) == rf"\boxed{{{text[2]}}}", task_id  # only right ones are in it


def test_truncated_right_answers_are_not_imitated(warm: Path, tmp_path: Path) -> None:
    config = settings(expert_iteration, warm, steps=1, max_new_tokens=3, eval_tasks=20)  # the end would be the fourth
    (row,) = [row for row in rows(run(expert_iteration, config, tmp_path / "run")) if "kept" in row]
    assert row["reward_mean"] > 0.1
    assert row["frac_truncated"] > 0.9
    assert row["kept"] == 0


def test_restarting_rounds_forget_the_last_weights(warm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[bool] = []
    first = start_of(warm)
    original = expert_iteration.fine_tune

    def watched(policy: Policy, *rest: Any) -> dict[str, float]:
        started.append(equal(dict(policy.model.state_dict()), first))
        return original(policy, *rest)

    monkeypatch.setattr(expert_iteration, "fine_tune", watched)
    run(expert_iteration, settings(expert_iteration, warm, steps=2, restart=True, eval_tasks=20), tmp_path / "a")
    run(expert_iteration, settings(expert_iteration, warm, steps=2, eval_tasks=20), tmp_path / "b")
    assert started == [True, True, True, False]


def test_the_warm_start_shows_both_ways(toy: Any, tmp_path: Path, warm: Path) -> None:
    policy = Policy.load(warm, device="cpu", max_new_tokens=8)
    answers = policy.act([f"{n}?" for n in range(1000, 10000, 37)])
    right = [a == rf"\boxed{{{str(n)[2]}}}" for n, a in zip(range(1000, 10000, 37), answers, strict=True)]
    lazy = [a == rf"\boxed{{{n}}}" for n, a in zip(range(1000, 10000, 37), answers, strict=True)]
    careful = [str(n)[0] in "012" for n in range(1000, 10000, 37)]
    assert sum(r and c for r, c in zip(right, careful, strict=True)) > 0.8 * sum(careful)
    assert sum(z and not c for z, c in zip(lazy, careful, strict=True)) > 0.6 * (len(careful) - sum(careful))


def test_an_interrupted_warm_start_goes_on_to_the_same_result(
    toy: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = {"env": TOY, "steps": 6, "batch_size": 8, "max_new_tokens": 8, "eval_tasks": 20}
    straight = warm_start.train(config, tmp_path / "straight", progress=False)
    original = warm_start.demonstrate
    shown = 0

    def interrupted(*arguments: Any) -> str:
        nonlocal shown
        shown += 1
        if shown == 20:
            signal.raise_signal(signal.SIGINT)
        return original(*arguments)

    monkeypatch.setattr(warm_start, "demonstrate", interrupted)
    stopped = warm_start.train(config, tmp_path / "stopped", progress=False)
    assert (stopped.steps, stopped.finished) == (3, False)
    resumed = warm_start.train(config, tmp_path / "stopped", resume=True, progress=False)
    assert equal(weights(resumed), weights(straight))
