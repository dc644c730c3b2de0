"""`assay envs` and `assay show`: what there is, and what it looks like."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assay.cli import options
from assay.envs.catalog import ENVIRONMENTS, env_class


def list_environments() -> None:
    """List the environments and the sources each can draw its tasks from."""
    console = Console()
    for env_id, entry in ENVIRONMENTS.items():
        table = Table(title=f"[bold]{env_id}[/]  {escape(entry.summary)}", title_justify="left", expand=False)
        table.add_column("source", style="cyan", no_wrap=True)
        table.add_column("what it holds")
        for name, summary in env_class(env_id).sources().items():
            table.add_row(name, escape(summary))
        console.print(table)


def show(
    env: options.EnvArgument,
    count: Annotated[int, typer.Option("--count", "-n", min=1, help="How many tasks.")] = 3,
    start: Annotated[int, typer.Option(min=0, help="Index of the first task.")] = 0,
    source: options.SourceOption = None,
    split: options.SplitOption = "train",
    difficulty: options.DifficultyOption = None,
    data: options.DataOption = None,
    arg: options.ArgOption = None,
    gold: Annotated[bool, typer.Option("--gold", help="Show a response that is judged correct, too.")] = False,
) -> None:
    """Show sample tasks of an environment."""
    made = env_class(env)(split=split, **options.env_kwargs(source, difficulty, data, arg))
    console = Console()
    size = made.source.size(split)
    for index in range(start, start + count if size is None else min(start + count, size)):
        task = made.source.task(split, index)
        console.rule(f"[cyan]{escape(task.id)}[/]", align="left")
        console.print(escape(task.prompt), soft_wrap=True, highlight=False)
        if gold:
            console.print("[dim]a correct response[/]")
            console.print(escape(made.source.gold(task)), style="green", soft_wrap=True, highlight=False)
