"""The last rung: computer algebra in a worker process, which is fed with our tree and ends each question in time.

The workers start when the first gold answer is compiled that might need them (or at `warm_up`), so that importing sympy
overlaps with other work. The first check of a process that needs one waits for it, once, and that wait is not the
response's time. From then on a worker is always there: a question that runs out of time is a fork of the worker that
dies alone. If no worker is free by the deadline, the verdict is an `ERROR` (ours: mask it), never a wrong answer.
"""

from __future__ import annotations

import functools
import time
from typing import Any

from assay.verifiers.math.limits import WORKER_BYTES, WORKER_CALLS, WORKERS
from assay.verifiers.math.points import has_binder
from assay.verifiers.math.scalars import Decision
from assay.verifiers.math.tree import Node, to_json
from assay.verifiers.worker import STARTUP_S, WorkerError, WorkerNotReadyError, WorkerPool, WorkerTimeoutError

TARGET = "assay.verifiers.math.sympy_worker:serve"
BUSY_SHARE = 0.25
"""A question ended at its deadline with less than this share of it in CPU time was kept waiting by the machine."""
MARGIN_S = 0.01
"""Time before the deadline at which the worker ends a question."""
GRACE_S = 0.04
"""Time behind the deadline at which a worker that still has not answered is ended itself."""


class SymbolicError(Exception):
    """The rung could not be used: "worker_died", "worker_starting" or "machine_busy". Ours, not the response's."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


class OutOfTimeError(Exception):
    """The computer algebra spent the whole time budget of the verdict."""


@functools.lru_cache(maxsize=1)
def pool() -> WorkerPool:
    """The one pool of this process."""
    return WorkerPool(TARGET, size=WORKERS, recycle_after=WORKER_CALLS, memory_bytes=WORKER_BYTES)


def warm_up() -> None:
    """Start a worker in the background, if none runs yet; returns at once. The others start at its first use."""
    pool().warm_up()


class Prover:
    """Proves two trees equal within what is left of a verdict's time.

    Args:
        deadline_s: Time budget of the whole verdict.
        started: `time.perf_counter()` at its start.
    """

    def __init__(self, deadline_s: float, started: float) -> None:
        """Remember the clock."""
        self.deadline_s = deadline_s
        self.started = started

    def __call__(self, gold: Node, answer: Node) -> Decision:
        """Decide whether two scalars are equal.

        Raises:
            SymbolicError: The worker failed.
            OutOfTimeError: It was still working at the deadline.
        """
        try:
            request: dict[str, object] = {"gold": to_json(gold), "answer": to_json(answer)}
        except TypeError:
            return Decision(None, "sympy", "not_proved")
        if has_binder(gold) or has_binder(answer):
            request["doit"] = True
        remaining_s = self.deadline_s - (time.perf_counter() - self.started)
        if remaining_s <= 2 * MARGIN_S:
            raise OutOfTimeError
        reply = _ask(request, remaining_s)
        if "timeout" in reply:
            if reply["timeout"] < BUSY_SHARE * remaining_s:
                raise SymbolicError("machine_busy")
            raise OutOfTimeError
        if "died" in reply:
            raise SymbolicError("worker_died")
        if reply.get("error") == "MemoryError":
            return Decision(None, "sympy", "out_of_memory")
        if reply.get("reply") == "equal":
            return Decision(True, "sympy")
        if reply.get("reply") == "different":
            return Decision(False, "sympy", "value_mismatch")
        return Decision(None, "sympy", "not_proved")


def _ask(request: dict[str, object], remaining_s: float) -> dict[str, Any]:
    """Put a question to a worker, which ends it in time; workers that are found dead are replaced.

    Raises:
        SymbolicError: No worker could answer.
    """
    workers = pool()
    workers.warm_up(WORKERS)
    try:
        if not workers.has_been_ready:
            # The first of a process: wait until a worker is there. That time is ours, not the response's.
            workers.call({}, STARTUP_S)
        asked = time.monotonic()
        request["until"] = asked + remaining_s - MARGIN_S
        dead = 0
        while True:
            left_s = remaining_s - (time.monotonic() - asked)
            try:
                reply: dict[str, Any] = workers.call(request, left_s + GRACE_S, ready_within_s=left_s)
                return reply
            except (WorkerTimeoutError, WorkerNotReadyError):
                raise
            except WorkerError:
                dead += 1
                if dead > WORKERS:
                    raise
    except WorkerNotReadyError as error:
        raise SymbolicError("worker_starting") from error
    except WorkerTimeoutError as error:
        raise SymbolicError("machine_busy") from error
    except WorkerError as error:
        raise SymbolicError("worker_died") from error
