"""Workers must be killable from anywhere, and their failures must be told apart."""

import asyncio
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.verifiers.worker import Worker, WorkerError, WorkerPool, WorkerTimeoutError


@pytest.fixture(autouse=True)
def _targets_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool("worker_targets:misbehave", size=2, recycle_after=5, memory_bytes=1 << 30)
    yield pool
    pool.close()


@pytest.mark.parametrize("value", [None, True, 1.5, "x\ud800\u0000\n", [1, {"a": "é" * 200_000}]])
def test_values_come_back_as_they_went(value: object) -> None:
    worker = Worker("worker_targets:echo")
    assert worker.call(value, 30) == value
    worker.kill()
    assert not worker.alive


@pytest.mark.parametrize("how", ["hang", "sleep"])
def test_deadline_kills_and_the_pool_goes_on(pool: WorkerPool, how: str) -> None:
    before = pool.call("pid", 30)
    with pytest.raises(WorkerTimeoutError) as caught:
        pool.call(how, 0.3)
    assert (caught.value.cpu_s > 0.02) == (how == "hang")
    assert pool.call("pid", 30) != before


def test_a_request_that_kills_its_worker_is_an_error(pool: WorkerPool) -> None:
    with pytest.raises(WorkerError, match="died with code 7"):
        pool.call("die", 30)
    assert pool.call("pid", 30)


def test_an_exception_does_not_cost_the_worker(pool: WorkerPool) -> None:
    before = pool.call("pid", 30)
    with pytest.raises(WorkerError, match="ValueError: as asked"):
        pool.call("raise", 30)
    assert pool.call("pid", 30) == before


def test_stray_prints_do_not_break_the_protocol(pool: WorkerPool) -> None:
    assert isinstance(pool.call("print", 30), int)


@pytest.mark.skipif(sys.platform != "linux", reason="address space limits hold on Linux only")
def test_memory_is_bounded(pool: WorkerPool) -> None:
    with pytest.raises(WorkerError, match="MemoryError"):
        pool.call("eat", 30)


def test_workers_are_recycled(pool: WorkerPool) -> None:
    pids = [pool.call("pid", 30) for _ in range(11)]
    assert len(set(pids)) == 3


def test_a_missing_target_is_an_error() -> None:
    pool = WorkerPool("no_such_module:f", size=1)
    with pytest.raises(WorkerError, match="died with code 1"):
        pool.call("pid", 30)
    pool.close()


def test_many_threads_share_a_pool(pool: WorkerPool) -> None:
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(pool.call("pid", 60))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 12


def test_deadline_holds_off_the_main_thread(pool: WorkerPool) -> None:
    async def main() -> int:
        with pytest.raises(WorkerTimeoutError):
            await asyncio.to_thread(pool.call, "hang", 0.3)
        return await asyncio.to_thread(pool.call, "pid", 30)

    assert asyncio.run(main())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_starts_workers_of_its_own(pool: WorkerPool) -> None:
    parents = pool.call("pid", 30)
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(write_end, str(pool.call("pid", 30)).encode())
            pool.close()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert int(os.read(read_end, 100)) != parents
    assert pool.call("pid", 30) == parents
    os.close(read_end)
    os.close(write_end)
