"""`assay eval`: how good is an agent in one environment?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assay.cli import options, report
from assay.envs.catalog import env_class


def evaluate_agent(
    env: options.EnvArgument,
    agent: report.AgentOption,
    count: Annotated[int, typer.Option("--count", "-n", min=1, help="How many tasks.")] = 100,
    samples: Annotated[int, typer.Option(min=1, help="Episodes of each task; pass@k needs several.")] = 1,
    source: options.SourceOption = None,
    split: options.SplitOption = "test",
    difficulty: options.DifficultyOption = None,
    data: options.DataOption = None,
    arg: options.ArgOption = None,
    model: report.ModelOption = None,
    setting: report.SettingOption = None,
    name: report.NameOption = None,
    seed: options.SeedOption = 0,
    batch: report.BatchOption = 32,
    out: Annotated[Path | None, typer.Option(help="Run folder; the same command again goes on with it.")] = None,
) -> None:
    """Evaluate an agent: pass@1 with its interval, pass@k, families, tokens and time."""
    from assay.benchmarks.runner import evaluate

    env_class(env)
    with report.live_progress() as progress:
        run = evaluate(
            env,
            agent,
            out,
            kwargs=options.env_kwargs(source, difficulty, data, arg),
            split=split,
            n=count,
            samples=samples,
            model=model,
            seed=seed,
            settings=options.assignments("--setting", setting),
            name=name,
            batch_size=batch,
            progress=progress,
        )
    report.print_run(run)
