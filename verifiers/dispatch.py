"""The front door: `verify`, `averify` and `verify_batch`.

They find the verifier of a kind and hold the two promises every caller relies on: nothing a response contains raises,
and a failure of ours is `ERROR`, never a wrong answer.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import functools
import os
import queue
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from typing import Any, TypeVar

from assay.verifiers.errors import AssayError, SpecError, UnknownNameError
from assay.verifiers.verdict import Verdict, failed
from assay.verifiers.verifier import get_verifier
from assay.verifiers.worker import WorkerError, WorkerPool

T = TypeVar("T")

Item = tuple[str, Mapping[str, Any], str]
"""One check of a batch: kind, spec, response."""

CHUNK = 64
"""Checks sent to a worker at a time: enough to hide the pipe, few enough to spread the slow ones."""


def verify(kind: str, spec: Mapping[str, Any], response: str, **options: Any) -> Verdict:
    """Grade one response.

    Args:
        kind: Which verifier, e.g. "math".
        spec: What to grade against, e.g. `{"answer": "1/2"}`.
        response: What the agent wrote; any string at all.
        **options: Policy choices of the verifier (see its documentation).

    Returns:
        The verdict. A failure inside the verifier is a verdict of status `ERROR`.

    Raises:
        UnknownNameError: There is no such kind.
        SpecError: The spec or an option cannot be used.
        TypeError: `response` is not a string.
    """
    if not isinstance(response, str):
        raise TypeError(f"response must be a str, got {type(response).__name__}")
    verifier = get_verifier(kind)
    start = time.perf_counter()
    try:
        return verifier.verify(spec, response, **options)
    except AssayError:
        raise
    except Exception as error:  # a defect of ours must not become a wrong answer, nor stop a training run
        return _our_failure(verifier.name, error, time.perf_counter() - start)


async def averify(kind: str, spec: Mapping[str, Any], response: str, **options: Any) -> Verdict:
    """`verify` without holding up the event loop: in the verifier's own way if it has one, else in a thread."""
    verifier = get_verifier(kind)
    own_way = _own_way(kind)
    if own_way is None or not isinstance(response, str):
        return await asyncio.to_thread(verify, kind, spec, response, **options)
    start = time.perf_counter()
    try:
        return await own_way(spec, response, **options)
    except AssayError:
        raise
    except Exception as error:
        return _our_failure(verifier.name, error, time.perf_counter() - start)


def _own_way(kind: str) -> Callable[..., Awaitable[Verdict]] | None:
    """The `averify` of a verifier that has one."""
    found: Callable[..., Awaitable[Verdict]] | None = getattr(get_verifier(kind), "averify", None)
    return found


def _keeps_processes(kind: str) -> bool:
    try:
        return _own_way(kind) is not None
    except UnknownNameError:
        return False


def _our_failure(name: str, error: Exception, elapsed: float) -> Verdict:
    message = f"the verifier failed: {type(error).__name__}"
    return failed("internal_error", message, verifier=name, elapsed=elapsed, error=str(error)[:500])


def verify_batch(
    items: Iterable[Item], workers: int | None = None, *, bad_spec: str = "raise", **options: Any
) -> list[Verdict]:
    """Grade many responses on all cores.

    Args:
        items: (kind, spec, response) each; specs and options must be JSON values.
        workers: Worker processes; None means one a core, and none at all (this thread does the work) for a batch too
            small to be worth the start, or whose verifiers have processes of their own. 0 is this thread.
        bad_spec: "raise" refuses a batch with a bad spec in it; "error" gives its item an `ERROR` verdict and goes on.
        **options: Policy choices given to every check.

    Returns:
        One verdict an item, in the order of the items. An item whose worker dies is tried once more alone; if that one
        dies too, its verdict is `ERROR`, and the others are not touched.

    Raises:
        SpecError: A spec cannot be used and `bad_spec` is "raise"; the message names the item.
    """
    if bad_spec not in ("raise", "error"):
        raise AssayError(f"bad_spec must be 'raise' or 'error', got {bad_spec!r}")
    rows = list(items)
    together = workers is None and bool(rows) and all(_keeps_processes(kind) for kind, _, _ in rows)
    if workers is None:
        workers = 0 if together or len(rows) <= 4 * CHUNK else _cores()
    if workers < 0:
        raise AssayError(f"workers must be >= 0, got {workers}")
    for index, (_, _, response) in enumerate(rows):
        if not isinstance(response, str):
            raise TypeError(f"item {index}: response must be a str, got {type(response).__name__}")
    if together:  # verifiers that keep processes of their own busy, however many checks are waiting
        graded = _run_coroutine(_gather(rows, options))
    else:
        graded = _spread(rows, options, workers) if workers else [_check(row, options) for row in rows]
    if bad_spec == "raise":
        for index, verdict in enumerate(graded):
            if verdict.reason == "bad_spec":
                raise SpecError(f"item {index}: {verdict.message}")
    return graded


def serve_chunk(request: dict[str, Any]) -> list[dict[str, Any]]:
    """Grade the items of one chunk; runs in a worker process."""
    return [_check((kind, spec, text), request["options"]).to_dict() for kind, spec, text in request["items"]]


def _check(item: Item, options: Mapping[str, Any]) -> Verdict:
    kind, spec, response = item
    try:
        return verify(kind, spec, response, **options)
    except AssayError as error:
        return failed("bad_spec", str(error), verifier=kind)


async def _gather(rows: list[Item], options: Mapping[str, Any]) -> list[Verdict]:
    """Grade rows at once, on one event loop."""

    async def one(kind: str, spec: Mapping[str, Any], text: str) -> Verdict:
        try:
            return await averify(kind, spec, text, **options)
        except AssayError as error:
            return failed("bad_spec", str(error), verifier=kind)

    return list(await asyncio.gather(*(one(*row) for row in rows)))


def _run_coroutine(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end, in a thread of its own where this one has an event loop that runs."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def _spread(rows: list[Item], options: Mapping[str, Any], workers: int) -> list[Verdict]:
    """Grade rows on a pool; a thread per worker moves the chunks."""
    pool = _pool(workers)
    graded: list[Verdict | None] = [None] * len(rows)
    starts: queue.SimpleQueue[int] = queue.SimpleQueue()
    for start in range(0, len(rows), CHUNK):
        starts.put(start)

    def run() -> None:
        while True:
            try:
                start = starts.get_nowait()
            except queue.Empty:
                return
            graded[start : start + CHUNK] = _grade_chunk(pool, rows[start : start + CHUNK], options)

    threads = [threading.Thread(target=run, daemon=True) for _ in range(min(workers, -(-len(rows) // CHUNK)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    missing = failed("internal_error", "the batch lost this item", verifier="batch")
    return [verdict or missing for verdict in graded]


def _grade_chunk(pool: WorkerPool, rows: list[Item], options: Mapping[str, Any]) -> list[Verdict]:
    request = {"items": [(kind, dict(spec), text) for kind, spec, text in rows], "options": dict(options)}
    # Every check holds its own deadline; this one only catches a worker that is stuck.
    deadline_s = 60.0 + len(rows) * (1.0 + 2 * float(options.get("deadline_s", 1.0)))
    try:
        return [Verdict.from_dict(row) for row in pool.call(request, deadline_s)]
    except WorkerError as error:
        if len(rows) > 1:
            return [_grade_chunk(pool, [row], options)[0] for row in rows]
        try:
            return [Verdict.from_dict(row) for row in pool.call(request, deadline_s)]
        except WorkerError:
            return [failed("worker_died", f"the worker grading this response died twice: {error}", verifier=rows[0][0])]


@functools.lru_cache(maxsize=4)
def _pool(workers: int) -> WorkerPool:
    return WorkerPool("assay.verifiers.dispatch:serve_chunk", size=workers, recycle_after=10_000)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
