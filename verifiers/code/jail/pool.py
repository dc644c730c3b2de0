"""The supervisor: lends warm workers to jobs, at most so many at once, and replaces what dies.

A job waits its turn, takes a worker of its flavour (and a checker), and gives it back clean or not at all. Jobs that
are found to sleep give their turn to the next and keep only their processes, so that a program that waits cannot hold
up those that compute. A job whose worker died is done once more.

`do` blocks any thread; `ado` suspends a coroutine of any event loop; forks start workers of their own.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import weakref
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any, TypeVar, cast

from assay.verifiers.code.jail import core, levels, user, watch
from assay.verifiers.code.jail.jobs import CheckJob, CompareJob, Job, Run, RunJob
from assay.verifiers.code.jail.levels import Level, Packages
from assay.verifiers.code.jail.limits import Limits
from assay.verifiers.code.jail.names import CHECKER, WORKER
from assay.verifiers.code.jail.process import WorkerDiedError, WorkerProcess
from assay.verifiers.code.jail.turns import Turns

T = TypeVar("T")

RECYCLE_WORKER, RECYCLE_CHECKER = 5000, 1000
"""Jobs after which a process is replaced, so that nothing that piles up in one lasts."""

LARGE_BYTES = 256 << 10
"""Results above this are looked at in a thread, where that would hold up an event loop."""


class Pool:
    """Warm workers of one isolation level.

    Args:
        level: How programs are shut in.
        size: How many run at once.
    """

    def __init__(self, level: Level, size: int) -> None:
        """Make an empty pool; workers start when first needed."""
        self.level = level
        self.size = size
        self._all: set[WorkerProcess] = set()
        self._reset()
        os.register_at_fork(after_in_child=functools.partial(_abandon, weakref.ref(self)))
        weakref.finalize(self, _end_all, self._all)

    def do(self, job: Job[T]) -> T:
        """Do a job; blocks until it is done.

        Raises:
            WorkerDiedError: Two workers died under it: an infrastructure failure.
        """
        return core.call(self._do(job))

    async def ado(self, job: Job[T]) -> T:
        """The same for coroutines."""
        return await core.acall(self._do(job))

    def run(
        self, payload: bytes, limits: Limits, *, stdin: bytes = b"", flavour: str = "python", answers: bool = False
    ) -> Run:
        """Run one program to its end; blocks. See `RunJob`."""
        return self.do(RunJob(payload, limits, stdin, flavour, answers))

    def finish(self, steps: Coroutine[Job[Any], Any, T]) -> T:
        """Drive a coroutine that awaits jobs to its end; blocks."""
        answer: Any = None
        error: BaseException | None = None
        while True:
            try:
                job = steps.send(answer) if error is None else steps.throw(error)
            except StopIteration as stop:
                return cast(T, stop.value)
            answer, error = None, None
            try:
                answer = self.do(job)
            except BaseException as raised:
                error = raised

    async def afinish(self, steps: Coroutine[Job[Any], Any, T]) -> T:
        """The same for coroutines. What comes after a large result is done in a thread."""
        answer: Any = None
        error: BaseException | None = None
        while True:
            step = functools.partial(_step, steps, answer, error)
            ended, value = await asyncio.to_thread(step) if _is_large(answer) else step()
            if ended:
                return cast(T, value)
            answer, error = None, None
            try:
                answer = await self.ado(cast(Job[Any], value))
            except BaseException as raised:
                error = raised

    def close(self) -> None:
        """Kill all workers and wait for their end. The pool can be used again; it starts new ones."""
        if core.is_running():
            core.call(self._close())

    def abandon(self) -> None:
        """Let go of all workers without killing them: in a forked child they belong to the parent."""
        for worker in self._all:
            worker.forget()
        self._all.clear()
        self._reset()

    def processes(self) -> list[int]:
        """Process ids of the workers that run now."""
        return [worker.pid for worker in list(self._all) if worker.alive]

    async def _do(self, job: Job[T]) -> T:
        for attempt in (1, 2):
            try:
                async with self._turns.turn() as give_away:
                    return cast(T, await self._attempt(job, give_away))
            except WorkerDiedError:
                if attempt == 2:
                    raise
        raise AssertionError("not reached")

    async def _attempt(self, job: Job[Any], give_away: Callable[[], None]) -> Any:
        if isinstance(job, RunJob):
            async with self._lease(job.flavour, RECYCLE_WORKER) as worker:
                return await watch.run(worker, job, give_away)
        if isinstance(job, CompareJob):
            async with self._lease("checker", RECYCLE_CHECKER) as checker:
                return await watch.compare(checker, job)
        assert isinstance(job, CheckJob)
        # Both are used up together: a worker whose checker died still owes the report of its program, which the next
        # attempt would take for its own.
        async with (
            self._lease(job.flavour, RECYCLE_WORKER) as worker,
            self._lease(job.checker, RECYCLE_CHECKER) as checker,
        ):
            return await watch.check(worker, checker, job, give_away)

    @contextlib.asynccontextmanager
    async def _lease(self, flavour: str, recycle: int) -> AsyncGenerator[WorkerProcess, None]:
        worker = self._take(flavour)
        healthy = False
        try:
            await worker.wait_ready()
            worker.jobs += 1
            yield worker
            healthy = worker.alive and worker.jobs < recycle
        finally:
            # Anything but a clean end leaves the worker in an unknown state: Ctrl-C in the middle of a run, too.
            idle = self._idle.setdefault(flavour, [])
            if healthy and worker in self._all and len(idle) < self.size:
                idle.append(worker)
            else:
                self._all.discard(worker)
                worker.kill()

    def _take(self, flavour: str) -> WorkerProcess:
        idle = self._idle.setdefault(flavour, [])
        while idle:
            worker = idle.pop()
            if worker.alive:
                return worker
            self._all.discard(worker)
        packages = levels.numpy_packages() if flavour.endswith("numpy") else Packages()
        main = CHECKER if flavour.startswith("checker") else WORKER
        worker = WorkerProcess(self.level, main, packages, native=flavour == "native", uid=user.fresh_uid())
        self._all.add(worker)
        return worker

    async def _close(self) -> None:
        self._idle.clear()
        await _kill_all(self._all)

    def _reset(self) -> None:
        self._turns = Turns(self.size)
        self._idle: dict[str, list[WorkerProcess]] = {}


def _step(steps: Coroutine[Job[Any], Any, Any], answer: Any, error: BaseException | None) -> tuple[bool, Any]:
    """Go on with a coroutine: (False, the job it waits for) or (True, its result)."""
    try:
        return False, steps.send(answer) if error is None else steps.throw(error)
    except StopIteration as stop:
        return True, stop.value


def _is_large(answer: Any) -> bool:
    run = answer[0] if isinstance(answer, tuple) else answer
    return isinstance(run, Run) and len(run.stdout) + len(run.answers) > LARGE_BYTES


def _abandon(pool: weakref.ref[Pool]) -> None:
    if (live := pool()) is not None:
        live.abandon()


async def _kill_all(workers: set[WorkerProcess]) -> None:
    killed = list(workers)
    workers.clear()
    for worker in killed:
        worker.kill()
    await asyncio.gather(*(worker.gone() for worker in killed))


def _end_all(workers: set[WorkerProcess]) -> None:
    """What becomes of the workers of a pool that nobody uses any more, and of all at the end of the process."""
    if workers and core.is_running():
        with contextlib.suppress(Exception):
            if core.is_here():
                for worker in workers:
                    worker.kill()
            else:
                core.call(_kill_all(workers), timeout_s=15.0)
