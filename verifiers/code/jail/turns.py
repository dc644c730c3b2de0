"""Whose turn it is to run: at most so many jobs at once, in the order they came, sleepers not counted."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable

SLEEPERS = 4
"""For each turn, how many sleeping jobs may have given theirs away."""


class Turns:
    """The turns of one pool; used on the watching thread only.

    Args:
        count: How many there are.
    """

    def __init__(self, count: int) -> None:
        """All are free."""
        self._free = asyncio.Semaphore(count)
        self._most_asleep = SLEEPERS * count
        self._asleep = 0

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncGenerator[Callable[[], None], None]:
        """Wait for a turn and have it; the value gives it to the next early, for a job that is found asleep."""
        await self._free.acquire()
        given = False

        def give_away() -> None:
            nonlocal given
            if not given and self._asleep < self._most_asleep:
                given = True
                self._asleep += 1
                self._free.release()

        try:
            yield give_away
        finally:
            if given:
                self._asleep -= 1
            else:
                self._free.release()
