"""`assay audit`: gold answers must pass, null answers must not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from assay.cli import options
from assay.cli.progress import progress_bar
from assay.envs.catalog import env_class
from assay.verifiers.errors import AssayError

SHOWN = 20


def audit_environment(
    env: options.EnvArgument,
    count: Annotated[int, typer.Option("--count", "-n", min=1, help="How many tasks.")] = 2000,
    source: Annotated[str, typer.Option(help="Which source; `assay envs` lists them.")] = "all",
    split: options.SplitOption = "test",
    difficulty: options.DifficultyOption = None,
    data: options.DataOption = None,
    arg: options.ArgOption = None,
    seed: options.SeedOption = 0,
    out: Annotated[Path | None, typer.Option(help="Write the whole report here as JSON.")] = None,
) -> None:
    """Check an environment's oracle: every gold response must score 1, and no response of the null battery may.

    Exits with 1 if any does otherwise.
    """
    from assay.envs.audit import audit

    if out is not None and not out.parent.is_dir():
        raise AssayError(f"--out: there is no folder {out.parent}")
    made = env_class(env)(split=split, **options.env_kwargs(source, difficulty, data, arg))
    with progress_bar("audit", count) as advance:
        report = audit(made.source, split, count, seed, progress=lambda done, total: advance(1, total=total))
    if out is not None:
        out.write_text(json.dumps(report.to_dict(), indent=2) + "\n", encoding="utf-8")
    console = Console()
    console.print(escape(str(report)), soft_wrap=True, highlight=False)
    if not report.clean:
        raise typer.Exit(1)
