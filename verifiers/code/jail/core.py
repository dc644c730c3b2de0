"""The one thread of this process that watches jail workers: an asyncio event loop, started when first needed.

All that starts, lends, watches and kills workers runs as coroutines on it, so none of it needs a lock. Callers are
anywhere else: `call` blocks a thread until a coroutine is done there, `acall` suspends a coroutine of another event
loop. Workers are children of this thread, which lives as long as the process: the kernel kills a worker when the thread
that started it ends, whatever the way.

A forked child has no such thread; it starts one of its own at first need.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import os
import selectors
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

IN_FLIGHT = 256
"""Jobs that one event loop may have waiting here; further ones wait on that loop, and hold nothing of ours."""

spawning = threading.Lock()
"""Held where descriptors exist that no fork of this process may inherit. A fork waits for it."""

_starting = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None
_thread: threading.Thread | None = None
_gates: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}
_inherited: list[object] = []
"""Loops of the parent, in a forked child: kept, since ending one would wake the parent's."""


def call(coroutine: Coroutine[Any, Any, T], timeout_s: float | None = None) -> T:
    """Run a coroutine on the watching thread and wait for its result.

    Whatever interrupts the waiting (Ctrl-C) cancels the coroutine, which gives up its workers.

    Raises:
        TimeoutError: It was not done in time.
    """
    future = _submit(coroutine)
    try:
        return future.result(timeout_s)
    except BaseException:
        future.cancel()
        raise


async def acall(coroutine: Coroutine[Any, Any, T]) -> T:
    """The same from a coroutine of any event loop. Cancelling the caller cancels the coroutine."""
    gate = _gate(asyncio.get_running_loop())
    try:
        await gate.acquire()
    except BaseException:
        coroutine.close()
        raise
    try:
        return await asyncio.wrap_future(_submit(coroutine))
    finally:
        gate.release()


def is_here() -> bool:
    """Whether this is the watching thread itself, which must not wait for itself."""
    return threading.current_thread() is _thread


def is_running() -> bool:
    """Whether there is a watching thread."""
    return _thread is not None and _thread.is_alive()


def _submit(coroutine: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
    try:
        return asyncio.run_coroutine_threadsafe(coroutine, _running_loop())
    except BaseException:
        coroutine.close()
        raise


def _running_loop() -> asyncio.AbstractEventLoop:
    global _loop, _thread
    if _loop is None or not is_running():
        with _starting:
            if _loop is None or not is_running():
                # Polling keeps no state in the kernel that a fork would share with its parent.
                _loop = asyncio.SelectorEventLoop(selectors.PollSelector())
                _thread = threading.Thread(target=_watch, args=(_loop,), name="assay-jail", daemon=True)
                _thread.start()
    return _loop


def _watch(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()


def _gate(loop: asyncio.AbstractEventLoop) -> asyncio.Semaphore:
    with _starting:
        gate = _gates.get(loop)
        if gate is None:
            for ended in [other for other in _gates if other.is_closed()]:
                del _gates[ended]
            gate = _gates[loop] = asyncio.Semaphore(IN_FLIGHT)
        return gate


def _after_fork() -> None:
    global _starting, _loop, _thread
    _inherited.append(_loop)
    _starting = threading.Lock()
    _loop = _thread = None
    _gates.clear()
    with contextlib.suppress(RuntimeError):
        spawning.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=spawning.acquire, after_in_parent=spawning.release, after_in_child=_after_fork)
