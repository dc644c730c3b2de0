"""Garbage collection waits while the engine works.

A check makes hundreds of thousands of small terms and hardly any cycles, so the collector's passes over them find
nothing and take nearly half the time. Budgets bound what a check can make; the collector runs between checks.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def without_collection(function: Callable[P, R]) -> Callable[P, R]:
    """The function, with the collector off while it runs and as it was afterwards.

    The switch is the process's: where several threads check at once, the first to finish turns the collector on
    again, and the others merely run as fast as without this.
    """

    @wraps(function)
    def paused(*args: P.args, **kwargs: P.kwargs) -> R:
        if not gc.isenabled():
            return function(*args, **kwargs)
        gc.disable()
        try:
            return function(*args, **kwargs)
        finally:
            gc.enable()

    return paused
