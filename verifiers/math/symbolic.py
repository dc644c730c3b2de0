"""The last rung: computer algebra in a worker process, which is fed with our tree and killed at the deadline.

The workers start when the first gold answer is compiled that might need them (or at `warm_up`), so that importing sympy
overlaps with other work. The first check of a process that needs one waits for it, once, and that wait is not the
response's time. From then on a spare one takes over after a kill, and every verdict keeps its deadline: if no worker is
ready by then, it is an `ERROR` (ours: mask it), never a wrong answer.
"""

from __future__ import annotations

import functools
import time

from assay.verifiers.math.limits import WORKER_BYTES, WORKER_CALLS, WORKERS
from assay.verifiers.math.points import has_binder
from assay.verifiers.math.scalars import Decision
from assay.verifiers.math.tree import Node, to_json
from assay.verifiers.worker import WorkerError, WorkerNotReadyError, WorkerPool, WorkerTimeoutError

TARGET = "assay.verifiers.math.sympy_worker:serve"
BUSY_SHARE = 0.25
"""A worker killed at its deadline with less than this share of it in CPU time was kept waiting by the machine."""


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
    """Start a worker in the background, if none runs yet; returns at once. Its spare starts at its first use."""
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
        if remaining_s <= 0.005:
            raise OutOfTimeError
        pool().warm_up(WORKERS)
        patience_s = remaining_s - 0.002 if pool().has_been_ready else None
        try:
            reply = pool().call(request, remaining_s, ready_within_s=patience_s)
        except WorkerNotReadyError as error:
            raise SymbolicError("worker_starting") from error
        except WorkerTimeoutError as error:
            if error.cpu_s < BUSY_SHARE * remaining_s:
                raise SymbolicError("machine_busy") from error
            raise OutOfTimeError from error
        except WorkerError as error:
            if "MemoryError" in str(error):
                return Decision(None, "sympy", "out_of_memory")
            if " raised " in str(error):
                return Decision(None, "sympy", "not_proved")
            raise SymbolicError("worker_died") from error
        if reply == "equal":
            return Decision(True, "sympy")
        if reply == "different":
            return Decision(False, "sympy", "value_mismatch")
        return Decision(None, "sympy", "not_proved")
