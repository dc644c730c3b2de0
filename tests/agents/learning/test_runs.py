"""Run folders, settings, reports and the display: what a user sees, and what is said when something is wrong."""

import io
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from rich.console import Console

from assay.agents import expert_iteration, grpo, warm_start
from assay.agents.core.evaluate import Accuracy
from assay.agents.core.progress import Display
from assay.agents.core.report import read_run, write_report
from assay.agents.core.seeds import STREAMS, derive, task_indices
from assay.agents.demo import main, run_demo
from assay.agents.intervals import wilson
from assay.envs.episode import read_episodes
from assay.envs.text_env import INDEX_RANGE
from assay.verifiers.errors import AssayError, UnknownNameError

TOY = "toy/TensDigit-v0"
SHORT: dict[str, Any] = {"env": TOY, "steps": 2, "batch_size": 4, "max_new_tokens": 8, "eval_tasks": 10}


def short_run(out: Path, **changes: Any) -> Path:
    return warm_start.train({**SHORT, **changes}, out, progress=False).path


@pytest.mark.parametrize("trainer", [grpo, expert_iteration, warm_start])
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"learning_rat": 1}, r"unknown \w+ setting 'learning_rat'; did you mean 'learning_rate'"),
        ({"seed": "0"}, r"\w+ setting seed must be of type int, got '0'"),
        ({"seed": True}, r"must be of type int, got True"),
        ({"env_kwargs": 3}, r"setting env_kwargs must be of type dict, got 3"),
        ({"learning_rate": 0}, r"learning_rate must be above 0, got 0"),
        ({"eval_tasks": -1}, r"eval_tasks must be above 0, got -1"),
        ({"env": "assay/Maths-v0"}, r"unknown environment 'assay/Maths-v0'; did you mean 'assay/Math-v0'"),
        ({"env": TOY, "env_kwargs": {"colour": 1}}, r"toy/TensDigit-v0 cannot be made with colour"),
        ({"env": "CartPole-v1"}, r"CartPole-v1 cannot be made with"),
        ({"env": TOY, "model": "no/such/folder"}, r"no checkpoint at no/such/folder"),
    ],
)
def test_a_bad_setting_is_one_line(
    trainer: ModuleType, values: dict[str, Any], message: str, toy: Any, tmp_path: Path
) -> None:
    with pytest.raises(AssayError, match=message) as caught:
        trainer.train(values, tmp_path / "run", progress=False)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "run").exists()  # so that the mended command can be given again


def test_bad_settings_of_grpo() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'dr_grpo'"):
        grpo.Config(variant="drgrpo")
    with pytest.raises(AssayError, match="group_size must be at least 2"):
        grpo.Config(group_size=1)
    with pytest.raises(AssayError, match="clip must be of type"):
        grpo.train({"clip": [0.2]}, "nowhere", progress=False)


@pytest.mark.parametrize("trainer", [grpo, expert_iteration, warm_start])
def test_settings_are_few_and_documented_json(trainer: ModuleType) -> None:
    names = trainer.Config.__dataclass_fields__
    assert len(names) <= 15
    assert json.loads(json.dumps({n: getattr(trainer.Config(), n) for n in names}))


def test_a_folder_holds_one_run(toy: Any, tmp_path: Path) -> None:
    folder = short_run(tmp_path / "run")
    with pytest.raises(AssayError, match="already holds a run: resume it, or choose another folder"):
        short_run(folder)
    with pytest.raises(AssayError, match="cannot go on with 7"):
        warm_start.train({"seed": 7}, folder, resume=True, progress=False)
    with pytest.raises(AssayError, match="holds a run of warm_start, not of grpo"):
        grpo.train(None, folder, resume=True, progress=False)
    with pytest.raises(AssayError, match="nothing to resume"):
        warm_start.train(None, tmp_path / "empty", resume=True, progress=False)
    (folder / "trainer.pt").write_bytes(b"PK damaged")
    with pytest.raises(AssayError, match=r"cannot read .*trainer\.pt"):
        warm_start.train(None, folder, resume=True, progress=False)
    (folder / "config.json").write_text("{")
    with pytest.raises(AssayError, match="cannot read the run"):
        warm_start.train(None, folder, resume=True, progress=False)


def test_a_run_folder_tells_the_whole_story(toy: Any, tmp_path: Path) -> None:
    folder = short_run(tmp_path / "run")
    assert {path.name for path in folder.iterdir()} == {
        "config.json",
        "metrics.jsonl",
        "episodes.jsonl",
        "checkpoint",
        "trainer.pt",
        "report.html",
    }
    about = json.loads((folder / "config.json").read_text("utf-8"))
    assert about["algorithm"] == "warm_start"
    assert about["config"]["env"] == TOY
    assert about["source"]["name"] == "tens_digit"
    assert {"assay", "torch", "transformers"} <= set(about["versions"])
    (episode, *_) = read_episodes(folder / "episodes.jsonl")
    assert episode.env == {"id": TOY, "kwargs": {"split": "test"}}
    assert episode.meta["phase"] == "eval"
    assert episode.turns[0].prompt_tokens == 6


def test_a_finished_run_is_not_trained_again(toy: Any, tmp_path: Path) -> None:
    folder = short_run(tmp_path / "run")
    metrics = (folder / "metrics.jsonl").read_bytes()
    again = warm_start.train(None, folder, resume=True, progress=False)
    assert again.finished
    assert again.after is not None
    assert (folder / "metrics.jsonl").read_bytes() == metrics


def test_tiny_warm_starts_itself(toy: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = warm_start.Config(**SHORT)

    def shortened(config: warm_start.Config, out: Path, **rest: Any) -> Any:
        assert (config.env, config.max_new_tokens) == (TOY, 8)
        return original(short, out, **rest)

    original = warm_start.train
    monkeypatch.setattr(warm_start, "train", shortened)
    config = {"env": TOY, "steps": 1, "prompts_per_step": 2, "group_size": 2, "max_new_tokens": 8, "eval_tasks": 10}
    result = grpo.train(config, tmp_path / "run", progress=False)
    assert result.finished
    assert (tmp_path / "run" / "warm_start" / "checkpoint" / "config.json").is_file()
    assert grpo.train(None, tmp_path / "run", resume=True, progress=False).finished


# Reports.


def test_what_models_write_is_escaped(toy: Any, tmp_path: Path) -> None:
    folder = short_run(tmp_path / "run")
    attack = "<script>alert(1)</script>"
    lines = (folder / "episodes.jsonl").read_text("ascii").splitlines()
    row = json.loads(lines[0])
    row["turns"][0]["action"] = attack
    (folder / "episodes.jsonl").write_text(json.dumps(row) + "\n", encoding="ascii")
    about = json.loads((folder / "config.json").read_text("utf-8"))
    about["config"]["env"] = attack
    (folder / "config.json").write_text(json.dumps(about), encoding="utf-8")
    page = write_report(folder).read_text("utf-8")
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 2


def test_a_report_needs_nothing_else(toy: Any, tmp_path: Path) -> None:
    page = write_report(short_run(tmp_path / "a"), short_run(tmp_path / "b", seed=1), out=tmp_path / "both.html")
    text = page.read_text("utf-8")
    assert text.count("<h2>Warm start</h2>") == 2
    assert "<svg" in text
    for outside in ("src=", "<link", "@import", "url(http"):
        assert outside not in text


def test_a_report_of_a_run_that_was_stopped_at_once(toy: Any, tmp_path: Path) -> None:
    folder = short_run(tmp_path / "run", steps=0)
    (folder / "metrics.jsonl").write_text("")
    (folder / "episodes.jsonl").write_text("")
    assert read_run(folder).after is None
    assert write_report(folder).is_file()


# Figures and random numbers.


def test_wilson_intervals() -> None:
    # Reference values: R, prop.test(x, n, correct = FALSE)$conf.int
    assert wilson(9, 10) == pytest.approx((0.5958500, 0.9821238), abs=1e-6)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775328), abs=1e-6)
    assert wilson(10, 10) == pytest.approx((0.7224672, 1.0), abs=1e-6)
    assert Accuracy(0, 0).interval == (0.0, 1.0)
    assert str(Accuracy(9, 10)) == "90.0 % [59.6, 98.2]"


def test_every_stream_and_step_has_its_own_numbers() -> None:
    seeds = [derive(seed, stream, step) for seed in range(3) for stream in STREAMS for step in range(20)]
    assert len(set(seeds)) == len(seeds)
    assert seeds == [derive(seed, stream, step) for seed in range(3) for stream in STREAMS for step in range(20)]


def test_a_finite_split_is_gone_through_epoch_by_epoch() -> None:
    taken = [i for step in range(6) for i in task_indices(0, step, 5, 10)]
    assert sorted(taken[:10]) == sorted(taken[10:20]) == sorted(taken[20:]) == list(range(10))
    assert taken[:10] != taken[10:20]
    assert len(task_indices(0, 0, 25, 10)) == 25
    endless = [i for step in range(4) for i in task_indices(0, step, 50, None)]
    assert len(set(endless)) == 200
    assert max(endless) < INDEX_RANGE


# The display.


def test_the_display_without_a_terminal_prints_lines() -> None:
    written = io.StringIO()
    with Display("GRPO", 4, console=Console(file=written, width=60)) as display:
        display.step(1, reward=0.5)
        display.evaluated(2, Accuracy(9, 10))
    assert written.getvalue() == ("GRPO: after step 2 of 4, 9 of 10 held-out tasks solved: 90.0 % [59.6, 98.2]\n")


def test_the_display_on_a_terminal_is_live() -> None:
    written = io.StringIO()
    with Display("GRPO", 4, console=Console(file=written, width=160, force_terminal=True)) as display:
        display.evaluated(1, Accuracy(9, 10))
        display.step(3, reward=0.5)
    assert "3/4" in written.getvalue()
    assert "reward 0.5" in written.getvalue()
    assert "accuracy 90.0 %" in written.getvalue()


# The demonstration, and life without torch.


def test_the_demonstration_in_short(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shorten = {
        "warm_start": {"steps": 2, "eval_tasks": 10},
        "grpo": {"steps": 1, "prompts_per_step": 2, "eval_tasks": 10},
        "expert_iteration": {"steps": 1, "prompts_per_step": 2, "eval_tasks": 10},
    }
    results = run_demo(tmp_path / "demo", seed=3, shorten=shorten)
    assert results is not None
    assert all(result.finished for result in results.values())
    shown = capsys.readouterr().out
    assert "before" in shown
    assert "GRPO" in shown
    assert (tmp_path / "demo" / "learning_curve.png").read_bytes().startswith(b"\x89PNG")
    page = (tmp_path / "demo" / "report.html").read_text("utf-8")
    assert "Expert Iteration" in page
    assert json.loads((tmp_path / "demo" / "summary.json").read_text("utf-8"))["seed"] == 3
    assert main(["--out", str(tmp_path / "demo"), "--seed", "4"]) == 2  # another seed does not go on with it
    assert "error: " in capsys.readouterr().err


@pytest.mark.parametrize("module", ["grpo", "expert_iteration", "warm_start", "demo", "core.policy", "core.losses"])
@pytest.mark.parametrize("missing", ["torch", "transformers"])
def test_a_missing_extra_is_one_line(module: str, missing: str) -> None:
    code = f"""
import sys
sys.modules[{missing!r}] = None
from assay.verifiers.errors import AssayError
try:
    import assay.agents.{module}
except AssayError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert "pip install 'assay[train]'" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_demonstration_learns(seed: int, tmp_path: Path) -> None:
    results = run_demo(tmp_path / "demo", seed=seed, progress=False)
    assert results is not None
    for name in ("grpo", "expert_iteration"):
        before, after = results[name].before, results[name].after
        assert before is not None
        assert after is not None
        assert 0.15 < before.rate < 0.5
        assert after.rate > 0.9
