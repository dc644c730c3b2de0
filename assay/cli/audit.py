"""`assay audit`: gold answers must pass, null answers must not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

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
        done_before = 0

        def follow(done: int, total: int) -> None:
            nonlocal done_before
            advance(done - done_before, total=total)
            done_before = done

        report = audit(
            made.source, split, count, seed, verifier_options=made.verifier_options, workers=None, progress=follow
        )
    if out is not None:
        out.write_text(json.dumps(report.to_dict(), indent=2) + "\n", encoding="utf-8")
    typer.echo(report.summary())
    for what, findings in (
        ("false accept", report.false_accepts),
        ("false reject", report.false_rejects),
        ("error", report.errors),
    ):
        for finding in findings[:SHOWN]:
            typer.echo(f"  {what}: {finding.task} {finding.attack}: {finding.reason}: {finding.response[:200]!r}")
        if len(findings) > SHOWN:
            typer.echo(f"  and {len(findings) - SHOWN} more; --out writes them all")
    if not report.clean:
        raise typer.Exit(1)
