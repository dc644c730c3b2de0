"""The live display of a training run: a bar with the latest figures, and a line for each evaluation."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from assay.agents.core.evaluate import Accuracy


class Display:
    """A progress bar on a terminal; plain lines where there is none.

    Args:
        title: What is running.
        steps: How many steps it has.
        shown: False shows nothing.
        console: Where to; by default the standard output.
    """

    def __init__(self, title: str, steps: int, shown: bool = True, console: Console | None = None) -> None:
        """Show nothing before `with`."""
        self._console = console or Console(quiet=not shown)
        self._title, self._steps = title, steps
        self._progress = Progress(
            TextColumn("[bold]{task.description}"),
            BarColumn(bar_width=16),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[figures]}"),
            console=self._console,
            disable=not shown or not self._console.is_terminal,
        )
        self._task: TaskID | None = None
        self._accuracy = ""

    def __enter__(self) -> Display:
        """Show the bar."""
        self._progress.start()
        self._task = self._progress.add_task(self._title, total=self._steps, figures="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the bar as it is."""
        self._progress.stop()

    def step(self, step: int, **figures: float) -> None:
        """Show that a step is done, with figures of it.

        Args:
            step: Steps done.
            **figures: Shown by name, in order.
        """
        if self._task is not None:
            shown = [f"{name.replace('_', ' ')} {value:.3g}" for name, value in figures.items()]
            self._progress.update(self._task, completed=step, figures="  ".join([*shown, self._accuracy]))

    def evaluated(self, step: int, accuracy: Accuracy) -> None:
        """Show an evaluation: on a line of its own, and from now on beside the bar."""
        self._accuracy = f"accuracy {100 * accuracy.rate:.1f} %"
        self._progress.console.print(
            f"{self._title}: after step {step} of {self._steps}, {accuracy.correct} of {accuracy.total} held-out tasks "
            f"solved: {accuracy}",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )

    def say(self, text: str) -> None:
        """Show a line."""
        self._progress.console.print(text, highlight=False, markup=False, soft_wrap=True)
