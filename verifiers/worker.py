"""Killable helper processes that answer JSON requests.

A `Worker` is an exec'd Python process (never a fork of the caller, so no locks, threads or CUDA contexts come along)
that imports one function and answers requests with it, one JSON line each. A caller that runs out of patience kills
it with SIGKILL, which works from any thread, in asyncio, in forked processes and against code stuck in C. A
`WorkerPool` keeps workers warm, lends each to one caller at a time, and replaces the dead and the worn out.

This is for *our own* code that may run long (computer algebra, batches). It is no jail: untrusted programs are run
elsewhere.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
import weakref
from typing import Any, cast

STARTUP_S = 120.0
"""How long a worker may take to import its function; a cold disk is slow, and this is only a backstop."""


class WorkerError(RuntimeError):
    """A worker could not answer: it died, could not start, or raised. This is an infrastructure failure."""


class WorkerTimeoutError(WorkerError):
    """A worker was killed at its deadline.

    Attributes:
        cpu_s: CPU time the request had used when the worker was killed. Well under the deadline, it says that the
            machine was busy, not that the request was hard.
    """

    def __init__(self, message: str, cpu_s: float) -> None:
        """Keep the CPU time beside the message."""
        super().__init__(message)
        self.cpu_s = cpu_s


class WorkerNotReadyError(WorkerError):
    """No worker was free and ready in time; nothing was killed, and a later call may find one."""


class Worker:
    """One child process that answers requests by calling `target`.

    Args:
        target: "module:function"; the function takes one JSON value and returns one.
        memory_bytes: Address space limit of the child, None for no limit. Where the limit cannot be set (macOS), the
            child runs without it.
    """

    def __init__(self, target: str, memory_bytes: int | None = None) -> None:
        """Start the process; it imports `target` while the caller goes on."""
        self.target = target
        self.calls = 0
        self._cpu_s = 0.0
        self._buffer = bytearray()
        self._ready = False
        # -P keeps the current directory off sys.path, so a folder named like a library cannot shadow it.
        command = [sys.executable, "-P", "-m", "assay.verifiers.worker_main", target, str(memory_bytes or 0)]
        try:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        except OSError as error:
            raise WorkerError(f"could not start a worker for {target}: {error}") from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._stdin = self._process.stdin
        self._stdout = self._process.stdout

    def wait_ready(self, timeout_s: float = STARTUP_S) -> None:
        """Wait until the child has imported its function.

        Raises:
            WorkerError: It died on the way or took longer than `timeout_s`; it is then gone.
        """
        if not self._ready:
            self._cpu_s = float(self._read_reply(time.monotonic() + timeout_s)["cpu_s"])
            self._ready = True

    def ready_within(self, timeout_s: float) -> bool:
        """Whether the child has imported its function, after waiting at most `timeout_s`; it is left to go on if not.

        Raises:
            WorkerError: It died on the way.
        """
        if not self._ready:
            poller = select.poll()
            poller.register(self._stdout, select.POLLIN)
            if not poller.poll(max(0.0, timeout_s) * 1000):
                return False
            self.wait_ready()
        return True

    def call(self, request: Any, deadline_s: float) -> Any:
        """Send one request and wait for its answer.

        Args:
            request: A JSON value.
            deadline_s: Wall time from now after which the child is killed.

        Raises:
            WorkerTimeoutError: The deadline passed; the child is dead.
            WorkerError: The child died (it is gone) or the function raised (the child lives on).
        """
        self.wait_ready()
        deadline = time.monotonic() + deadline_s
        self.calls += 1
        line = json.dumps({"cpu_limit_s": deadline_s + 1.0, "request": request}) + "\n"
        try:
            self._stdin.write(line.encode("ascii"))
        except OSError as error:
            self.kill()
            raise WorkerError(f"the worker for {self.target} died before the request") from error
        reply = self._read_reply(deadline)
        self._cpu_s = float(reply["cpu_s"])
        if "error" in reply:
            raise WorkerError(f"{self.target} raised {reply['error']}")
        return reply["result"]

    @property
    def alive(self) -> bool:
        """Whether the child still runs."""
        return self._process.returncode is None and self._process.poll() is None

    def kill(self) -> float:
        """Kill and reap the child; does nothing to a dead one.

        Returns:
            CPU seconds it had used since its last answer; 0 if it was already reaped.
        """
        used_s = 0.0
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                _, status, usage = os.wait4(self._process.pid, 0)
                self._process.returncode = os.waitstatus_to_exitcode(status)
                used_s = max(0.0, usage.ru_utime + usage.ru_stime - self._cpu_s)
        self.forget()
        return used_s

    def forget(self) -> None:
        """Close our ends of the pipes without touching the child (which ends when it reads end of file)."""
        for pipe in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):
                pipe.close()

    def _read_reply(self, deadline: float) -> dict[str, Any]:
        poller = select.poll()
        poller.register(self._stdout, select.POLLIN)
        while (end := self._buffer.find(b"\n")) < 0:
            remaining_s = deadline - time.monotonic()
            if remaining_s <= 0 or not poller.poll(remaining_s * 1000):
                cpu_s = self.kill()
                raise WorkerTimeoutError(f"the worker for {self.target} was killed at its deadline", cpu_s)
            chunk = os.read(self._stdout.fileno(), 1 << 16)
            if not chunk:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(5)  # it is on its way out: let it end with its own exit code
                self.kill()
                raise WorkerError(f"the worker for {self.target} died with code {self._process.returncode}")
            self._buffer += chunk
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return cast(dict[str, Any], json.loads(line))


class WorkerPool:
    """Warm workers for one function, lent to one caller at a time. Safe in threads and after a fork.

    Args:
        target: "module:function", as for `Worker`.
        size: How many workers may run at once; further callers wait.
        recycle_after: Calls after which a worker is replaced, so that leaks and caches stay bounded.
        memory_bytes: Address space limit of each worker.

    Attributes:
        has_been_ready: Whether any worker of this pool has been ready in this process.
    """

    def __init__(self, target: str, size: int, recycle_after: int = 1000, memory_bytes: int | None = None) -> None:
        """Make an empty pool; workers start when first needed or at `warm_up`."""
        if size < 1:
            raise ValueError(f"a pool needs size >= 1, got {size}")
        self.target = target
        self.size = size
        self.recycle_after = recycle_after
        self.memory_bytes = memory_bytes
        self._reset()
        os.register_at_fork(after_in_child=functools.partial(_abandon, weakref.ref(self)))
        weakref.finalize(self, _kill_all, self._all)

    def warm_up(self, workers: int = 1) -> None:
        """Start workers in the background until `workers` are there (at most the size of the pool); returns at once."""
        with self._lock:
            while len(self._all) < min(workers, self.size):
                self._idle.append(self._start())

    def call(self, request: Any, deadline_s: float, ready_within_s: float | None = None) -> Any:
        """Answer one request on a free worker.

        Args:
            request: A JSON value.
            deadline_s: Wall time that the worker gets. Waiting for a free or starting worker does not count as its
                time, unless `ready_within_s` is given.
            ready_within_s: Longest wait for a free and ready worker; what was waited is taken off the deadline.

        Raises:
            WorkerTimeoutError: The deadline passed; the worker was killed and the pool replaces it.
            WorkerNotReadyError: No worker was ready within `ready_within_s`.
            WorkerError: The worker died or the function raised.
        """
        started = time.monotonic()
        if not self._slots.acquire(timeout=ready_within_s):
            raise WorkerNotReadyError(f"no worker for {self.target} was free in time")
        try:
            worker = self._lease()
            try:
                if ready_within_s is not None:
                    if not worker.ready_within(ready_within_s - (time.monotonic() - started)):
                        raise WorkerNotReadyError(f"no worker for {self.target} was ready in time")
                    deadline_s -= time.monotonic() - started
                worker.wait_ready()
                self.has_been_ready = True
                return worker.call(request, deadline_s)
            finally:
                self._give_back(worker)
        finally:
            self._slots.release()

    def close(self) -> None:
        """Kill all workers. The pool can be used again; it starts new ones."""
        with self._lock:
            _kill_all(self._all)
            self._idle.clear()

    def _lease(self) -> Worker:
        with self._lock:
            self._idle.sort(key=_is_ready)  # the last is taken: one that need not be waited for
            while self._idle:
                worker = self._idle.pop()
                if worker.alive:
                    return worker
                worker.kill()
                self._all.discard(worker)
            return self._start()

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if worker not in self._all:  # closed or forked meanwhile
                worker.kill()
            elif worker.alive and worker.calls < self.recycle_after:
                self._idle.append(worker)
            else:
                worker.kill()
                self._all.discard(worker)
                self._idle.append(self._start())  # the next caller finds it imported

    def _start(self) -> Worker:
        worker = Worker(self.target, self.memory_bytes)
        self._all.add(worker)
        return worker

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(self.size)
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self.has_been_ready = False

    def abandon(self) -> None:
        """Let go of all workers without killing them: in a forked child they belong to the parent."""
        for worker in self._all:
            worker.forget()
        self._reset()


def _is_ready(worker: Worker) -> bool:
    try:
        return worker.ready_within(0.0)
    except WorkerError:
        return False


def _abandon(pool: weakref.ref[WorkerPool]) -> None:
    if (live := pool()) is not None:
        live.abandon()


def _kill_all(workers: set[Worker]) -> None:
    for worker in workers:
        worker.kill()
    workers.clear()
