"""What `assay eval` and `assay bench` share: the options that name an agent, the progress bar, the printed figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assay.agents.load import FORMS
from assay.cli.progress import progress_bar

if TYPE_CHECKING:
    from assay.benchmarks.folder import Run
    from assay.benchmarks.runner import Progress

_KINDS = "; ".join(f"{form}  {what}" for form, what in FORMS.items())

AgentOption = Annotated[str, typer.Option(help=f"Who answers: {_KINDS}.")]
ModelOption = Annotated[str | None, typer.Option(help="Of an endpoint: the name of the model.")]
SettingOption = Annotated[
    list[str] | None,
    typer.Option("--setting", metavar="NAME=VALUE", help="Of the agent, e.g. temperature=0.7; may be repeated."),
]
NameOption = Annotated[str | None, typer.Option(help="What the board calls the agent.")]
BatchOption = Annotated[int, typer.Option(min=1, help="Episodes played side by side.")]


@contextmanager
def live_progress() -> Iterator[Callable[[Progress], None]]:
    """A progress bar that follows a run; it appears with the first episode."""
    with progress_bar("episodes", 0) as advance:
        seen = 0

        def follow(progress: Progress) -> None:
            nonlocal seen
            share = progress.correct / max(1, progress.done)
            advance(progress.done - seen, total=progress.expected, label=f"{escape(progress.entry)}  {share:.0%} right")
            seen = progress.done

        yield follow


def print_run(run: Run) -> None:
    """Print what a run came to; exit with 1 if it is not complete."""
    from assay.benchmarks.summary import summarise

    summary = summarise(run)
    console = Console()
    table = Table(title=f"[bold]{escape(summary.agent)}[/] on {escape(summary.suite)}", title_justify="left")
    table.add_column("what")
    table.add_column("value", justify="right")
    if summary.pass_1 is not None:
        table.add_row(f"pass@1 (95 % interval, {summary.pass_1.method})", str(summary.pass_1))
    for k, value in summary.pass_k.items():
        if k > 1:
            table.add_row(f"pass@{k}", f"{value:.1%}")
    for family, estimate in summary.families.items():
        table.add_row(f"  {escape(family)} ({estimate.items})", str(estimate))
    for status, count in summary.statuses.items():
        table.add_row(f"verdict {status}", str(count))
    if summary.completion_tokens is not None:
        table.add_row("tokens read / written", f"{summary.prompt_tokens} / {summary.completion_tokens}")
    table.add_row("agent's time", f"{summary.agent_s:.1f} s")
    console.print(table)
    if run.folder is not None:
        console.print(f"run folder: {escape(str(run.folder))}", soft_wrap=True)
    if not run.complete:
        console.print(
            f"[yellow]incomplete[/]: {summary.done} of {summary.expected} episodes; run the same command to go on"
        )
        raise typer.Exit(1)
