"""`assay train`: the reference trainers."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from assay.cli import options
from assay.verifiers.errors import UnknownNameError

ALGORITHMS = {
    "grpo": "assay.agents.grpo",
    "ei": "assay.agents.expert_iteration",
    "lean-ei": "assay.agents.lean_search.expert_iteration",
}


def train_model(
    algorithm: Annotated[
        str,
        typer.Argument(
            help="grpo (group relative policy optimisation), ei (Expert Iteration) or lean-ei (on proofs found)."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Run folder.")],
    env: Annotated[str | None, typer.Option(help="Environment id; default assay/Math-v0.")] = None,
    source: options.SourceOption = None,
    difficulty: options.DifficultyOption = None,
    data: options.DataOption = None,
    arg: options.ArgOption = None,
    model: Annotated[
        str | None, typer.Option(help="Checkpoint folder; default: a tiny model, warm-started on demonstrations.")
    ] = None,
    steps: Annotated[int | None, typer.Option(min=1, help="Steps of grpo, rounds of ei.")] = None,
    seed: Annotated[int | None, typer.Option(help="Decides everything that is drawn; default 0.")] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Any other setting of the trainer; may be repeated."),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run that the folder holds.")] = False,
) -> None:
    """Train a language model on an environment's rewards.

    Split "train" is trained on, "test" is held out. Ctrl-C stops after the step under way, with everything saved.
    """
    if algorithm not in ALGORITHMS:
        raise UnknownNameError("algorithm", algorithm, ALGORITHMS)
    env_kwargs = options.env_kwargs(source, difficulty, data, arg)
    named: dict[str, Any] = {"env": env, "env_kwargs": env_kwargs or None, "model": model, "seed": seed, "steps": steps}
    settings = {name: value for name, value in named.items() if value is not None} | options.assignments("--set", set_)
    result = importlib.import_module(ALGORITHMS[algorithm]).train(settings or None, out, resume=resume)
    console = Console()
    if result.before is not None:
        console.print(f"held-out accuracy before {escape(str(result.before))}, after {escape(str(result.after))}")
    console.print(f"run folder: {escape(str(result.path))}; curves in report.html", soft_wrap=True)
    if not result.finished:
        console.print("[yellow]stopped early[/]: the same command with --resume goes on")
        raise typer.Exit(130)
