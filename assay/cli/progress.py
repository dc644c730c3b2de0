"""The progress bar of long jobs: on standard error, so that results can be piped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


class Advance(Protocol):
    """Moves the bar."""

    def __call__(self, steps: int, *, total: int | None = None, label: str | None = None) -> None:
        """So many more are done; `total` and `label` replace the bar's own."""


@contextmanager
def progress_bar(label: str, total: int) -> Iterator[Advance]:
    """Show a bar of `total` steps until the block ends."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task(label, total=total)

        def advance(steps: int, *, total: int | None = None, label: str | None = None) -> None:
            progress.update(bar, advance=steps, total=total, description=label)

        yield advance
