"""Where tasks come from.

A `TaskSource` is a named, versioned collection of tasks in splits. Procedural sources are infinite and pure functions
of (split, index); data sets are finite. Nothing here keeps random state: the same arguments give the same task in any
process, thread or order.
"""

from __future__ import annotations

from typing import Protocol

from assay.envs.task import Task
from assay.verifiers.errors import AssayError, UnknownNameError


class TaskSource(Protocol):
    """A collection of tasks."""

    @property
    def name(self) -> str:
        """The name it is asked for by, e.g. "gsm8k"."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever any of its tasks does."""
        ...

    @property
    def splits(self) -> tuple[str, ...]:
        """The splits it has, e.g. ("train", "test"). No task of one split is in another."""
        ...

    def size(self, split: str) -> int | None:
        """How many tasks the split has; None for a source that never ends."""
        ...

    def task(self, split: str, index: int) -> Task:
        """The task at an index: a pure function of its arguments.

        Raises:
            UnknownNameError: There is no such split.
            AssayError: The index is negative or past the end.
        """
        ...

    def find(self, task_id: str) -> Task:
        """The task of an id that `task` gave.

        Raises:
            UnknownNameError: No task of this source has that id.
        """
        ...

    def gold(self, task: Task) -> str:
        """A response that must be judged correct: the demonstration of the task."""
        ...

    def content_hash(self) -> str:
        """SHA-256 over the content: name, version, settings, and all tasks (of an endless source, the first ones)."""
        ...


def check_split(source: TaskSource, split: str) -> None:
    """Refuse a split that the source does not have.

    Raises:
        UnknownNameError: The split is not among `source.splits`.
    """
    if split not in source.splits:
        raise UnknownNameError(f"split of {source.name}", split, source.splits)


def check_index(source: TaskSource, split: str, index: int) -> None:
    """Refuse an index that the split does not have.

    Raises:
        AssayError: The index is negative or past the end.
    """
    size = source.size(split)
    if index < 0 or (size is not None and index >= size):
        end = "" if size is None else f" and below {size}"
        raise AssayError(f"index {index} is not in {source.name}/{split}: it must be at least 0{end}")
