"""Room on the stack: the same verdict however deep the caller stands.

The walks over trees behind the parser are recursive, bounded by `limits.TREE_DEPTH`: with at most five frames for each
level they need less than `FRAMES` frames of the interpreter's stack. A caller that has fewer left (an agent loop inside
a deep recursion) gets them from a thread of its own, which begins with an empty stack.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

FRAMES = 600
"""Frames that a check may need. The interpreter's default limit is 1,000 for each thread."""

P = ParamSpec("P")
T = TypeVar("T")


def with_room(work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function with at least `FRAMES` frames of stack, here or in a thread of its own.

    Raises:
        Exception: What the function raises.
    """
    if _has_room():
        return work(*args, **kwargs)
    job = _Job(lambda: work(*args, **kwargs))
    thread = threading.Thread(target=job.run, name="assay-math", daemon=True)
    thread.start()
    thread.join()
    return job.result()


def _has_room() -> bool:
    """Whether the stack is at most the recursion limit less `FRAMES` deep."""
    try:
        sys._getframe(max(0, sys.getrecursionlimit() - FRAMES))  # pyright: ignore[reportPrivateUsage]
    except ValueError:
        return True
    return False


class _Job(Generic[T]):
    """A call, and what came of it."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._result: list[T] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._result.append(self._work())
        except BaseException as error:  # handed on to the caller
            self._error = error

    def result(self) -> T:
        if self._error is not None:
            raise self._error
        return self._result[0]
