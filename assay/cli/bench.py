"""`assay bench`: run suites, and rank the runs on a board that is checked before it is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assay.cli import options, report
from assay.cli.progress import progress_bar

app = typer.Typer(help="Run benchmark suites and rank the runs.", no_args_is_help=True)


@app.command("suites")
def list_suites() -> None:
    """List the suites that come with assay."""
    from assay.benchmarks.suite import load_suite, suite_names

    table = Table()
    for column in ("suite", "version", "entries", "what"):
        table.add_column(column)
    for name in suite_names():
        suite = load_suite(name)
        table.add_row(name, suite.version, str(len(suite.entries)), escape(suite.description))
    Console().print(table)


@app.command("run")
def run(
    suite: Annotated[str, typer.Argument(help="Name of a suite, or path to a JSON file of one.")],
    agent: report.AgentOption,
    out: Annotated[Path, typer.Option(help="Run folder; goes on with what is there.")],
    model: report.ModelOption = None,
    setting: report.SettingOption = None,
    name: report.NameOption = None,
    seed: options.SeedOption = 0,
    batch: report.BatchOption = 32,
) -> None:
    """Run a suite. Stop it at any time; the same command goes on where it stopped."""
    from assay.benchmarks.runner import run_suite

    with report.live_progress() as progress:
        done = run_suite(
            suite,
            agent,
            out,
            model=model,
            seed=seed,
            settings=options.assignments("--setting", setting),
            name=name,
            batch_size=batch,
            progress=progress,
        )
    report.print_run(done)


@app.command("board")
def board(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Run folders.")],
    out: Annotated[Path, typer.Option(help="Folder for board.md and board.html.")] = Path("runs/board"),
) -> None:
    """Rank runs on a board. Every verdict is checked again first.

    A run whose claims differ is not ranked, and the command then exits with 1.
    """
    from assay.benchmarks.board import build_board

    with progress_bar("check", 0) as advance:
        checked: dict[str, tuple[int, int]] = {}

        def follow(folder: str, done: int, total: int) -> None:
            steps = done - checked.get(folder, (0, 0))[0]
            checked[folder] = (done, total)
            advance(steps, total=sum(total for _, total in checked.values()), label=f"check {escape(folder)}")

        built = build_board(runs, out, progress=follow)
    typer.echo(built.markdown.read_text(encoding="utf-8"))
    typer.echo(f"page: {built.html}")
    if built.refused:
        raise typer.Exit(1)
