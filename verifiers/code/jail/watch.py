"""Watching one job in its workers: descriptors are handed over, deadlines held, and what was written is read.

Coroutines of the watching thread. They do nothing that takes long; what takes long (comparing, encoding) is done by
those who ask for the job.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from typing import Any

from assay.verifiers.code.jail import core, protocol, user
from assay.verifiers.code.jail.files import Files
from assay.verifiers.code.jail.jobs import CheckJob, CompareJob, Run, RunJob
from assay.verifiers.code.jail.levels import Level
from assay.verifiers.code.jail.limits import Limits
from assay.verifiers.code.jail.process import Usage, WorkerDiedError, WorkerProcess

KILL_GRACE_S = 20.0
"""How long a worker may take to report after it was told to kill its program; then the worker itself is killed."""

CHECKER_GRACE_S = 2.0
"""The same for a checker whose program was killed."""

LINGER_S = 0.5
"""How long a program may take to end once its checker has closed the channel."""

PATIENCE = 10
"""The wall limit is never stretched beyond so many times itself, however busy the machine."""

GLANCE_S = 0.25
"""How often a run is looked at to see whether it sleeps."""

TREE_GLANCE_S = 0.05
"""The same for a program that may start processes, to see what they use together."""


class Clock:
    """The deadline of a job: wall time, without what its processes spent waiting for a processor.

    Args:
        wall_s: The limit.
        worker: The worker whose program takes part, if any.
        checker: The checker that takes part, if any.
        on_sleep: Called once if the job has been found to sleep rather than to compute.
        limits: What the program may use: the kernel's own limits are looser for CPU time, and bound processes singly.
    """

    def __init__(
        self,
        wall_s: float,
        *,
        worker: WorkerProcess | None = None,
        checker: WorkerProcess | None = None,
        on_sleep: Callable[[], None] | None = None,
        limits: Limits | None = None,
    ) -> None:
        """Start it."""
        self.start = time.monotonic()
        self.wall_s = wall_s
        self.deadline = self.start + wall_s
        self.broken = ""
        self._worker = worker
        self._checker = checker
        self._on_sleep = on_sleep
        self._limits = limits
        self._look_s = TREE_GLANCE_S if worker is not None and worker.native else GLANCE_S
        self._checker_before: Usage | None = None
        self._seen: tuple[float, float] | None = None

    @property
    def elapsed_s(self) -> float:
        """Wall time since its start."""
        return time.monotonic() - self.start

    async def wait(self, worker: WorkerProcess) -> dict[str, Any] | None:
        """Wait for a message of a worker; None once the deadline has passed, or a limit is broken.

        Which one is then in `broken`: "wall_limit", "cpu_limit" or "memory_limit".

        Raises:
            WorkerDiedError: The worker is gone.
        """
        while True:
            left = self.deadline - time.monotonic()
            message = await worker.message(min(left, self._look_s))
            if message is not None:
                return message
            used = self._usage()
            self._look(used.cpu_s + used.delay_s)
            if self._limits is not None and (broken := self._broken(self._limits)):
                self.broken = broken
                return None
            if time.monotonic() >= self.deadline:
                moved = self.start + min(self.wall_s + used.delay_s, PATIENCE * self.wall_s)
                if moved <= time.monotonic() + 0.01:
                    self.broken = "wall_limit"
                    return None
                self.deadline = moved

    def _broken(self, limits: Limits) -> str:
        if self._worker is None:
            return ""
        used = self._worker.program_usage()
        if used.cpu_s > limits.cpu_s:
            return "cpu_limit"
        return "memory_limit" if self._worker.native and used.memory_bytes > limits.memory_bytes else ""

    def _usage(self) -> Usage:
        """What the job has used; the checker is counted from the first look on."""
        used = self._worker.program_usage() if self._worker is not None else Usage()
        if self._checker is not None:
            now = self._checker.usage()
            before = self._checker_before = self._checker_before or now
            used = Usage(used.cpu_s + now.cpu_s - before.cpu_s, used.delay_s + now.delay_s - before.delay_s)
        return used

    def _look(self, active_s: float) -> None:
        """Tell whether the job has slept since the last look but some."""
        now = time.monotonic()
        if self._seen is None:
            self._seen = (now, active_s)
        elif self._on_sleep is not None and now - self._seen[0] >= GLANCE_S:
            if active_s - self._seen[1] < 0.5 * (now - self._seen[0]):
                self._on_sleep()
                self._on_sleep = None
            self._seen = (now, active_s)


async def run(worker: WorkerProcess, job: RunJob, on_sleep: Callable[[], None]) -> Run:
    """Run one program to its end.

    Raises:
        WorkerDiedError: The worker died, or could not shut the program in.
    """
    with Files() as files:
        fds = [
            files.make("payload", job.payload),
            files.make("stdin", job.stdin),
            files.make("stdout"),
            files.make("stderr"),
        ]
        if job.answers:
            fds.append(files.make("answers"))
        worker.send({"limits": _kernel_limits(job.limits, worker.level)}, fds)
        clock = Clock(job.limits.wall_s, worker=worker, on_sleep=on_sleep, limits=job.limits)
        report = await _end(worker, clock)
        return _read(report, fds, job.limits, clock.elapsed_s, clock.broken)


async def check(
    worker: WorkerProcess, checker: WorkerProcess, job: CheckJob, on_sleep: Callable[[], None]
) -> tuple[Run, dict[str, Any]]:
    """Serve a program's function to the checker.

    Raises:
        WorkerDiedError: One of the two died, or the program could not be shut in.
    """
    with Files() as files:
        fds = [files.make("payload", job.payload), files.make("stdin"), files.make("stdout"), files.make("stderr")]
        checks = files.make("checks", job.checks)
        with core.spawning:  # a fork that held either end would keep the other from hearing of its close
            program_end, checker_end = socket.socketpair()
            with program_end, checker_end:
                worker.send({"limits": _kernel_limits(job.limits, worker.level)}, [*fds, program_end.fileno()])
                checker.send({"mode": "check"}, [checks, checker_end.fileno()])
        clock = Clock(job.limits.wall_s, worker=worker, checker=checker, on_sleep=on_sleep, limits=job.limits)
        # The checker hears of the program's end by the closed socket, so it is the one to wait for.
        answer = await clock.wait(checker)
        if answer is None:
            answer = await _stop_check(worker, checker)
        # It has closed its end, at which the program ends by itself; a hostile one is not waited for.
        report = await _end(worker, Clock(LINGER_S, worker=worker))
        return _read(report, fds, job.limits, clock.elapsed_s, clock.broken), answer


async def _stop_check(worker: WorkerProcess, checker: WorkerProcess) -> dict[str, Any]:
    """End a check that is overdue: killing the program frees a checker that waits for it; else it is killed as well."""
    worker.send({"kill": True})
    answer = await checker.message(CHECKER_GRACE_S)
    if answer is None:
        checker.kill()
        answer = {}
    return {**answer, "outcome": "timeout"}


async def compare(checker: WorkerProcess, job: CompareJob) -> dict[str, Any]:
    """Let the checker compare answers with expected values.

    Raises:
        WorkerDiedError: The checker died.
    """
    with Files() as files:
        checker.send({"mode": "pairs"}, [files.make("expected", job.checks), files.make("answers", job.answers)])
        answer = await Clock(job.deadline_s, checker=checker).wait(checker)
        if answer is None:
            checker.kill()
            return {"outcome": "timeout"}
        return answer


async def _end(worker: WorkerProcess, clock: Clock) -> dict[str, Any]:
    """Wait for the worker's report; past the deadline, have the program killed."""
    report = await clock.wait(worker)
    if report is None:
        worker.send({"kill": True})
        report = await worker.message(KILL_GRACE_S)
    if report is None:
        raise WorkerDiedError("the jail worker did not report the end of its program")
    return report


def _read(report: dict[str, Any], fds: list[int], limits: Limits, wall_s: float, broken: str) -> Run:
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
        broken=broken,
    )


def _kernel_limits(limits: Limits, level: Level) -> dict[str, Any]:
    row = limits.to_dict()
    del row["wall_s"]
    # Where programs have a user of their own, the kernel counts nothing else against it.
    own_user = level >= Level.L3 or (os.geteuid() == 0 and level >= Level.L1)
    taken = 0 if own_user else user.tasks_of_user()
    row["tasks"] = -1 if taken < 0 else limits.tasks + taken
    return row
