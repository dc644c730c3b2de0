r"""The demonstration behind `make demo`: a tiny model learns to be diligent from nothing but true rewards.

1. A quarter-million-parameter transformer, made here, is warm-started on sums below 2000: from someone who knows how
   to add in columns and mostly does not bother (see `assay.agents.warm_start`). It solves about a third of the
   held-out sums.
2. GRPO and Expert Iteration each start from there and see nothing but rewards of `assay/Math-v0`.

Run it with `python -m assay.agents.demo --out runs/demo --seed 0`. It takes a minute and a half on a CPU and fetches
nothing. If `--out` holds an unfinished demo, it goes on with that.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from assay.agents import expert_iteration, grpo, warm_start
from assay.agents.core.report import draw_learning_curves, read_run, write_report
from assay.agents.core.run import RunResult
from assay.verifiers.errors import AssayError

TASK: dict[str, Any] = {
    "env": "assay/Math-v0",
    "env_kwargs": {"source": "addition", "difficulty": 3, "instruction": ""},
    "max_new_tokens": 40,
    "eval_tasks": 400,
}
"""Sums of two numbers below 1000, e.g. `347+58=?`, without a word of instruction. A worked answer has 28 tokens."""

WARM_START: dict[str, Any] = {"steps": 900, "batch_size": 64}
GRPO: dict[str, Any] = {"steps": 32, "prompts_per_step": 48, "group_size": 8, "learning_rate": 3e-4}
EXPERT_ITERATION: dict[str, Any] = {"steps": 6, "prompts_per_step": 160, "samples_per_prompt": 4}


def run_demo(
    out: str | Path, seed: int = 0, progress: bool = True, shorten: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, RunResult] | None:
    """Run the demonstration, or what is left of it.

    Args:
        out: Folder of the three run folders, the common report and the picture of the learning curves.
        seed: Decides everything.
        progress: Show the live display and the final table.
        shorten: Settings that replace the demonstration's, by name of the run folder; for tests.

    Returns:
        The results by name of the run folder; None if it was interrupted.

    Raises:
        AssayError: `out` holds a demonstration of another seed, or cannot be used.
    """
    folder = Path(out)
    console = Console(quiet=not progress)
    plan = {
        "warm_start": (warm_start.train, WARM_START),
        "grpo": (grpo.train, GRPO),
        "expert_iteration": (expert_iteration.train, EXPERT_ITERATION),
    }
    results: dict[str, RunResult] = {}
    clock: dict[str, dict[str, float]] = {}
    for name, (train, settings) in plan.items():
        config = {**TASK, **settings, "seed": seed, **(shorten or {}).get(name, {})}
        if name != "warm_start":
            config["model"] = str(folder / "warm_start" / "checkpoint")
        begun = (folder / name / "config.json").is_file()
        wall, cpu = time.perf_counter(), time.process_time()
        results[name] = train(config, folder / name, resume=begun, progress=progress)
        clock[name] = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}
        if not results[name].finished:
            console.print(f"Stopped. Everything so far is in {folder}; run it again to go on.", highlight=False)
            return None
    records = [read_run(result.path) for result in results.values()]
    title = "The assay demonstration: diligence from rewards"
    report = write_report(*(result.path for result in results.values()), out=folder / "report.html", title=title)
    draw_learning_curves(records).savefig(folder / "learning_curve.png", dpi=150)
    summary = {
        name: {"accuracy": None if result.after is None else result.after.to_dict(), **clock[name]}
        for name, result in results.items()
    }
    (folder / "summary.json").write_text(json.dumps({"seed": seed, **summary}, indent=2) + "\n", encoding="utf-8")
    console.print(_table(results, clock), highlight=False)
    console.print(f"Report: {report}\nCurves: {folder / 'learning_curve.png'}", highlight=False, soft_wrap=True)
    return results


def _table(results: Mapping[str, RunResult], clock: Mapping[str, Mapping[str, float]]) -> Table:
    """Accuracy before and after, with intervals."""
    table = Table(title="Held-out sums solved by greedy decoding, with 95 % Wilson intervals")
    table.add_column("run", no_wrap=True)
    for heading in ("before", "after", "seconds"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, title in (
        ("warm_start", "warm start"),
        ("grpo", "GRPO"),
        ("expert_iteration", "Expert Iteration"),
    ):
        result = results[name]
        seconds = f"{clock[name]['wall_s']:.0f}"
        table.add_row(title, str(result.before or "–"), str(result.after or "–"), seconds)
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m assay.agents.demo", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--out", default="runs/demo", help="folder to leave everything in (default: runs/demo)")
    parser.add_argument("--seed", type=int, default=0, help="decides everything (default: 0)")
    chosen = parser.parse_args(arguments)
    try:
        return 0 if run_demo(chosen.out, chosen.seed) else 130
    except AssayError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
