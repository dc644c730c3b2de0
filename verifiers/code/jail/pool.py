"""The supervisor: lends warm workers to callers, watches the runs, and replaces what dies.

`Pool` is a blocking, thread-safe core: a call takes a worker, hands it descriptors, waits, and reads what was written
once the program is gone. It is safe in threads, in asyncio (through `asyncio.to_thread`) and in forked processes, which
start workers of their own. At most `size` programs run at once; further callers wait their turn.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import select
import socket
import threading
import time
import weakref
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, TypeVar

from assay.verifiers.code.jail import levels, protocol
from assay.verifiers.code.jail.levels import Level, Packages
from assay.verifiers.code.jail.limits import Limits
from assay.verifiers.code.jail.names import CHECKER, WORKER
from assay.verifiers.code.jail.process import WorkerDiedError, WorkerProcess, anonymous_file

T = TypeVar("T")

RECYCLE_WORKER, RECYCLE_CHECKER = 5000, 1000
"""Jobs after which a process is replaced, so that nothing that piles up in one lasts."""

KILL_GRACE_S = 20.0
"""How long a worker may take to report after it was told to kill its program; then the worker itself is killed."""

PATIENCE = 10
"""The wall limit is never stretched beyond so many times itself, however busy the machine."""


@dataclass(frozen=True, slots=True)
class Run:
    """What became of one run of a program.

    Attributes:
        exit_code: Exit code; negative for the signal that ended it.
        cpu_s: CPU time it used.
        wall_s: Wall time from its start to its end.
        rss_bytes: The most memory it had.
        stdout: What it wrote to standard output.
        stderr: What it wrote to standard error.
        answers: What it wrote to the answer descriptor; read as data.
        overdue: Whether it was killed at the wall limit.
    """

    exit_code: int
    cpu_s: float
    wall_s: float
    rss_bytes: int
    stdout: bytes
    stderr: bytes
    answers: bytes
    overdue: bool


class Pool:
    """Warm workers of one isolation level.

    Args:
        level: How programs are shut in.
        size: How many run at once.
    """

    def __init__(self, level: Level, size: int) -> None:
        """Make an empty pool; workers start when first needed."""
        self._all: set[WorkerProcess] = set()
        self.level = level
        self.size = size
        self._reset()
        os.register_at_fork(after_in_child=functools.partial(_abandon, weakref.ref(self)))
        weakref.finalize(self, _kill_all, self._all)

    def run(
        self, payload: bytes, limits: Limits, *, stdin: bytes = b"", flavour: str = "python", answers: bool = False
    ) -> Run:
        """Run one program to its end.

        Args:
            payload: What `program.run` (or `native.run`) is given, as JSON.
            limits: What it may use.
            stdin: What it reads.
            flavour: "python", "numpy" or "native".
            answers: Whether it has an answer descriptor.

        Raises:
            WorkerDiedError: Two workers died under it: an infrastructure failure.
        """
        return self._with_worker(flavour, lambda worker: _run(worker, payload, limits, stdin, answers, self._tasks))

    def check(
        self, payload: bytes, limits: Limits, checker_payload: bytes, *, flavour: str, checker_flavour: str
    ) -> tuple[Run, dict[str, Any]]:
        """Serve a program's function to the checker, and return both what became of it and what the checker says.

        The checker's answer has "outcome": "pass", "fail", "bad_spec" or "timeout".

        Raises:
            WorkerDiedError: Two workers or checkers died under it.
        """

        def attempt(worker: WorkerProcess) -> tuple[Run, dict[str, Any]]:
            # Both are used up together: a worker whose checker died still owes the report of its program, which the
            # next attempt would take for its own.
            with self._lease(checker_flavour, RECYCLE_CHECKER) as checker:
                return _serve(worker, checker, payload, limits, checker_payload, self._tasks)

        return self._with_worker(flavour, attempt)

    def compare(self, checker_payload: bytes, answers: bytes, deadline_s: float) -> dict[str, Any]:
        """Let the checker compare answers with expected values.

        Returns:
            "outcome" "pairs" with "passed", one boolean an answer; or "fail" or "timeout".

        Raises:
            WorkerDiedError: Two checkers died under it.
        """
        return self._twice(
            "checker", RECYCLE_CHECKER, lambda checker: _compare(checker, checker_payload, answers, deadline_s)
        )

    def close(self) -> None:
        """Kill all workers. The pool can be used again; it starts new ones."""
        with self._lock:
            _kill_all(self._all)
            self._idle.clear()

    def abandon(self) -> None:
        """Let go of all workers without killing them: in a forked child they belong to the parent."""
        for worker in self._all:
            worker.forget()
        self._all.clear()
        self._reset()

    def processes(self) -> list[int]:
        """Process ids of the workers that run now."""
        with self._lock:
            return [worker.pid for worker in self._all if worker.alive]

    def _with_worker(self, flavour: str, use: Callable[[WorkerProcess], T]) -> T:
        with self._slots:
            return self._twice(flavour, RECYCLE_WORKER, use)

    def _twice(self, flavour: str, recycle: int, use: Callable[[WorkerProcess], T]) -> T:
        """Use a worker; if it dies, use another one, once."""
        for attempt in (1, 2):
            try:
                with self._lease(flavour, recycle) as worker:
                    return use(worker)
            except WorkerDiedError:
                if attempt == 2:
                    raise
        raise AssertionError("not reached")

    @contextlib.contextmanager
    def _lease(self, flavour: str, recycle: int) -> Generator[WorkerProcess, None, None]:
        worker = self._take(flavour)
        healthy = False
        try:
            worker.wait_ready()
            worker.jobs += 1
            yield worker
            healthy = worker.jobs < recycle
        finally:
            # Anything but a clean end leaves the worker in an unknown state: Ctrl-C in the middle of a run, too.
            self._give_back(flavour, worker, healthy)

    def _take(self, flavour: str) -> WorkerProcess:
        with self._lock:
            idle = self._idle.setdefault(flavour, [])
            while idle:
                worker = idle.pop()
                if worker.alive:
                    return worker
                worker.kill()
                self._all.discard(worker)
            worker = self._start(flavour)
            self._all.add(worker)
            return worker

    def _give_back(self, flavour: str, worker: WorkerProcess, healthy: bool) -> None:
        with self._lock:
            if healthy and worker in self._all:
                self._idle[flavour].append(worker)
                return
            self._all.discard(worker)
        worker.kill()

    def _start(self, flavour: str) -> WorkerProcess:
        packages = levels.numpy_packages() if flavour.endswith("numpy") else Packages()
        main = CHECKER if flavour.startswith("checker") else WORKER
        return WorkerProcess(self.level, main, packages, native=flavour == "native", uid=_fresh_uid())

    @property
    def _tasks(self) -> int:
        """What the kernel counts already against the user that programs run as."""
        own_user = self.level >= Level.L3 or (os.geteuid() == 0 and self.level >= Level.L1)
        return 0 if own_user else _tasks_of_user()

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(self.size)
        self._idle: dict[str, list[WorkerProcess]] = {}


def _run(worker: WorkerProcess, payload: bytes, limits: Limits, stdin: bytes, with_answers: bool, tasks: int) -> Run:
    with _Files() as files:
        fds = [files.make("payload", payload), files.make("stdin", stdin), files.make("stdout"), files.make("stderr")]
        if with_answers:
            fds.append(files.make("answers"))
        start = time.monotonic()
        worker.send({"limits": _kernel_limits(limits, tasks)}, fds)
        report, overdue = _await_end(worker, limits.wall_s, start)
        return _read_run(report, fds, limits, time.monotonic() - start, overdue)


def _await_end(worker: WorkerProcess, wall_s: float, start: float) -> tuple[dict[str, Any], bool]:
    """Wait for the worker's report; past the deadline, have the program killed."""
    deadline = start + wall_s
    poller = select.poll()
    poller.register(worker.control.fileno(), select.POLLIN)
    overdue = False
    while not poller.poll(max(0.0, deadline - time.monotonic()) * 1000 + 1):
        if overdue:
            raise WorkerDiedError("the jail worker did not report the end of its program")
        delayed = min(start + wall_s + worker.children_delay_s(), start + PATIENCE * wall_s)
        if delayed > time.monotonic() + 0.01:
            deadline = delayed
            continue
        overdue = True
        worker.send({"kill": True})
        deadline = time.monotonic() + KILL_GRACE_S
    return worker.receive(1.0), overdue


def _read_run(report: dict[str, Any], fds: list[int], limits: Limits, wall_s: float, overdue: bool) -> Run:
    bound = limits.output_bytes + 1
    if not report["entered"]:
        raise WorkerDiedError(f"a program could not be shut in: {report['problem'] or 'it ended before'}")
    return Run(
        exit_code=int(report["status"]),
        cpu_s=float(report["cpu_s"]),
        wall_s=wall_s,
        rss_bytes=int(report["rss_bytes"]),
        stdout=protocol.read_all(fds[2], bound),
        stderr=protocol.read_all(fds[3], bound),
        answers=protocol.read_all(fds[4], bound) if len(fds) > 4 else b"",
        overdue=overdue,
    )


def _serve(
    worker: WorkerProcess, checker: WorkerProcess, payload: bytes, limits: Limits, checker_payload: bytes, tasks: int
) -> tuple[Run, dict[str, Any]]:
    program_end, checker_end = socket.socketpair()
    with _Files() as files, program_end, checker_end:
        fds = [files.make("payload", payload), files.make("stdin"), files.make("stdout"), files.make("stderr")]
        start = time.monotonic()
        worker.send({"limits": _kernel_limits(limits, tasks)}, [*fds, program_end.fileno()])
        checker.send({"mode": "check"}, [files.make("checks", checker_payload), checker_end.fileno()])
        program_end.close()
        checker_end.close()
        # The checker hears of the program's end by the closed socket, so it is the one to wait for.
        answer = _await_answer(worker, checker, limits.wall_s, start)
        # It has closed its end, at which the program ends by itself; a hostile one is not waited for.
        report, late = _await_end(worker, 0.5, time.monotonic())
        overdue = answer["outcome"] == "timeout" and late
        return _read_run(report, fds, limits, time.monotonic() - start, overdue), answer


def _await_answer(worker: WorkerProcess, checker: WorkerProcess, wall_s: float, start: float) -> dict[str, Any]:
    deadline = start + wall_s
    poller = select.poll()
    poller.register(checker.control.fileno(), select.POLLIN)
    delay_before = checker.delay_s()
    while not poller.poll(max(0.0, deadline - time.monotonic()) * 1000 + 1):
        delay_s = worker.children_delay_s() + checker.delay_s() - delay_before
        delayed = min(start + wall_s + delay_s, start + PATIENCE * wall_s)
        if delayed > time.monotonic() + 0.01:
            deadline = delayed
            continue
        # Killing the program frees a checker that waits for it; one that does not come free is killed as well.
        worker.send({"kill": True})
        if not poller.poll(2000):
            checker.kill()
        return {"outcome": "timeout"} if not checker.alive else {**checker.receive(1.0), "outcome": "timeout"}
    return checker.receive(1.0)


def _compare(checker: WorkerProcess, payload: bytes, answers: bytes, deadline_s: float) -> dict[str, Any]:
    with _Files() as files:
        checker.send({"mode": "pairs"}, [files.make("expected", payload), files.make("answers", answers)])
        start = time.monotonic()
        poller = select.poll()
        poller.register(checker.control.fileno(), select.POLLIN)
        delay_before = checker.delay_s()
        while not poller.poll(deadline_s * 1000):
            if time.monotonic() - start - (checker.delay_s() - delay_before) >= deadline_s:
                checker.kill()
                return {"outcome": "timeout"}
        return checker.receive(1.0)


class _Files:
    """Anonymous files of one run, closed together."""

    def __init__(self) -> None:
        self._fds: list[int] = []

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *_: object) -> None:
        for fd in self._fds:
            os.close(fd)

    def make(self, name: str, content: bytes = b"") -> int:
        fd = anonymous_file(name, content)
        self._fds.append(fd)
        return fd


def _kernel_limits(limits: Limits, tasks: int) -> dict[str, Any]:
    row = limits.to_dict()
    del row["wall_s"]
    row["tasks"] = -1 if tasks < 0 else limits.tasks + tasks
    return row


_uids = itertools.count()


def _fresh_uid() -> int:
    """A user id that nothing else has: programs of different workers are strangers to one another."""
    return 1_800_000_000 + os.getpid() % 1_000_000 * 100 + next(_uids) % 100


_counted: tuple[float, int] = (-1e9, 0)


def _tasks_of_user() -> int:
    """How many tasks this user has now, with some room for more; -1 if that cannot be told.

    The kernel's limit counts all of a user's processes and threads, not just those of one program.
    """
    global _counted
    now = time.monotonic()
    if now - _counted[0] > 1.0:
        _counted = (now, _count_tasks(os.geteuid()))
    return _counted[1]


def _count_tasks(uid: int) -> int:
    count = 0
    try:
        for name in os.listdir("/proc"):
            if name.isdigit():
                with contextlib.suppress(OSError):
                    if os.stat(f"/proc/{name}").st_uid == uid or _real_uid(name) == uid:
                        count += max(1, os.stat(f"/proc/{name}/task").st_nlink - 2)
    except OSError:
        return -1
    return count + 256


def _real_uid(pid: str) -> int:
    """The user of a process that hides (its folder in /proc belongs to root then)."""
    with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
        for line in status:
            if line.startswith("Uid:"):
                return int(line.split()[1])
    return -1


def _abandon(pool: weakref.ref[Pool]) -> None:
    if (live := pool()) is not None:
        live.abandon()


def _kill_all(workers: set[WorkerProcess]) -> None:
    for worker in workers:
        worker.kill()
    workers.clear()
