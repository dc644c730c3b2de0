"""The jail as infrastructure: nothing is left behind, the dead are replaced, and every caller gets its verdict."""

import asyncio
import gc
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from assay.verifiers.code.jail import jail
from assay.verifiers.code.jail.levels import Level
from assay.verifiers.code.jail.limits import Limits
from assay.verifiers.code.jail.pool import Pool
from assay.verifiers.code.jail.probe import Report
from assay.verifiers.code.jail.process import WorkerDiedError, WorkerProcess
from assay.verifiers.dispatch import averify, verify, verify_batch
from assay.verifiers.verdict import Status, Verdict

DOUBLE = {"task": {"kind": "fn", "entry": "f", "inputs": [[2], [3]], "expected": [4, 6]}}
TESTED = {"task": {"kind": "fn", "entry": "f", "test": "def check(c):\n    assert c(2) == 4\n    assert c(3) == 6\n"}}
RIGHT, WRONG = "def f(x): return 2 * x", "def f(x): return x"

PAYLOAD = b'{"mode": "script", "program": "print(1)"}'


def descendants(pid: int) -> set[int]:
    """All processes below one, by walking /proc."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found: set[int] = set()
    grew = True
    while grew:
        new = {child for child, parent in parents.items() if parent == pid or parent in found} - found
        grew = bool(new)
        found |= new
    return found


def wait_for(condition: Any) -> None:
    for _ in range(1500):
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("it did not come about in 30 s")


def test_a_dead_worker_is_replaced(level: str) -> None:
    pool = jail.open_jail(level, level=level)
    assert verify("code", DOUBLE, RIGHT, level=level).correct
    for pid in pool.processes():
        os.kill(pid, signal.SIGKILL)
    assert verify("code", DOUBLE, RIGHT, level=level).correct
    assert verify("code", TESTED, RIGHT, level=level).correct


def test_a_worker_that_dies_in_the_middle_is_replaced_and_its_job_done_again() -> None:
    pool = Pool(Level.L2, 1)
    try:
        pool.run(PAYLOAD, Limits())
        [pid] = pool.processes()
        killer = threading.Timer(0.3, os.kill, (pid, signal.SIGKILL))
        killer.start()
        run = pool.run(b'{"mode": "script", "program": "import time\\ntime.sleep(1)\\nprint(2)"}', Limits())
        killer.join()
        assert run.stdout == b"2\n"
        assert pool.processes() != [pid]
    finally:
        pool.close()


@pytest.mark.parametrize("which", [0, 1], ids=["worker", "checker"])
def test_a_death_in_the_middle_leaves_no_report_behind_for_the_next_program(which: int) -> None:
    """The worker whose checker died still owes a report; it must not be taken for that of another program."""
    slow = "import time\ndef f(x):\n    time.sleep(0.4)\n    return 2 * x"
    for _ in range(3):
        jail.close()
        assert verify("code", TESTED, RIGHT, level="L2").correct
        pids = sorted(jail.open_jail("L2", level="L2").processes())
        assert len(pids) == 2
        killer = threading.Timer(0.2, os.kill, (pids[which], signal.SIGKILL))
        killer.start()
        assert verify("code", TESTED, slow, level="L2").correct
        killer.join()
        for program, right in ((RIGHT, True), (WRONG, False), (RIGHT, True)):
            assert verify("code", TESTED, program, level="L2").correct is right
            assert verify("code", DOUBLE, program, level="L2").correct is right


def test_two_deaths_are_our_failure_and_no_wrong_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert verify("code", DOUBLE, RIGHT).correct

    def die(*_: object, **__: object) -> None:
        raise WorkerDiedError("the jail worker is gone")

    monkeypatch.setattr(WorkerProcess, "send", die)
    verdict = verify("code", DOUBLE, RIGHT)
    assert (verdict.status, verdict.reason, verdict.score) == (Status.ERROR, "worker_died", None)


def test_a_level_that_does_not_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {at: Report(at, False, (), "it is not here") for at in Level}
    monkeypatch.setattr(jail, "_reports", broken)
    with pytest.raises(jail.JailUnavailableError, match=r"does not offer jail level L2 or higher .*assay jail status"):
        verify("code", DOUBLE, RIGHT)


def test_nothing_is_left_after_many_programs(level: str) -> None:
    pool = jail.open_jail(level, level=level)
    programs = [RIGHT, WRONG, "import os\nos._exit(0)", "def f(x): raise SystemExit", "import os\nos.closerange(0, 99)"]

    def play() -> None:
        for program in programs:
            verify("code", DOUBLE, program, level=level)
            verify("code", TESTED, program, level=level)

    play()
    gc.collect()
    fds = len(os.listdir("/proc/self/fd"))
    before = descendants(os.getpid())
    for _ in range(10):
        play()
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) <= fds + 1
    assert len(descendants(os.getpid())) <= len(before) + 2
    assert len(pool.processes()) <= 8


def test_threads_share_the_jail() -> None:
    results: list[Verdict] = []

    def play() -> None:
        for number in range(6):
            results.append(verify("code", DOUBLE if number % 2 else TESTED, RIGHT if number % 3 else WRONG))

    threads = [threading.Thread(target=play) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(v.correct for v in results) == [False] * 16 + [True] * 32


def test_asyncio_gets_every_verdict() -> None:
    async def play() -> list[Verdict]:
        return await asyncio.gather(*(averify("code", DOUBLE, RIGHT if n % 2 else WRONG) for n in range(40)))

    assert [v.correct for v in asyncio.run(play())] == [bool(n % 2) for n in range(40)]


def test_batches_on_worker_processes() -> None:
    items = [("code", DOUBLE, RIGHT if n % 2 else WRONG) for n in range(20)]
    assert [v.correct for v in verify_batch(items, workers=2)] == [bool(n % 2) for n in range(20)]


def test_a_batch_keeps_its_order_and_is_graded_side_by_side() -> None:
    slow = "import time\ntime.sleep(0.3)\n" + RIGHT
    items = [("code", DOUBLE, slow if n == 0 else RIGHT if n % 2 else WRONG) for n in range(30)]
    assert [v.correct for v in verify_batch(items)] == [n == 0 or bool(n % 2) for n in range(30)]

    async def inside() -> list[Verdict]:
        return verify_batch(items[:4])

    assert [v.correct for v in asyncio.run(inside())] == [True, True, False, True]
    broken = verify_batch([*items[1:3], ("code", {"task": 3}, RIGHT)], bad_spec="error")
    assert [v.status for v in broken] == [Status.CORRECT, Status.WRONG, Status.ERROR]


def test_a_forked_process_starts_workers_of_its_own() -> None:
    assert verify("code", DOUBLE, RIGHT).correct
    mine = set(jail.open_jail().processes())
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            pool = jail.open_jail()
            fine = verify("code", DOUBLE, RIGHT).correct and verify("code", TESTED, RIGHT).correct
            status = 0 if fine and not mine & set(pool.processes()) else 2
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert verify("code", DOUBLE, RIGHT).correct
    assert set(jail.open_jail().processes()) >= mine


SCRIPT = """
import sys, time
from assay.verifiers.dispatch import verify
spec = {"task": {"kind": "fn", "entry": "f", "inputs": [[2]], "expected": [4]}}
assert verify("code", spec, "def f(x): return 2 * x").correct
print("ready", flush=True)
{then}
"""


@pytest.mark.parametrize(
    ("then", "number"),
    [
        ("pass", None),
        ("sys.exit(3)", None),
        ("import os; os._exit(0)", None),
        ("verify('code', spec, 'import time\\ntime.sleep(999)\\nf = 1')", signal.SIGINT),
        ("verify('code', spec, 'while True: pass\\nf = 1')", signal.SIGTERM),
        ("verify('code', spec, 'import time\\ntime.sleep(999)\\nf = 1')", signal.SIGKILL),
    ],
    ids=["end", "exit", "hard-exit", "ctrl-c", "terminated", "killed"],
)
def test_no_process_outlives_its_caller(then: str, number: int | None) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT.replace("{then}", then)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    with process, process.stdout:
        assert process.stdout.readline() == "ready\n"
        children = descendants(process.pid)
        if number is not None:
            assert children
            time.sleep(0.5)
            children |= descendants(process.pid)
            process.send_signal(number)
        process.wait(60)
    wait_for(lambda: not any(alive(pid) for pid in children))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_busy_machine_does_not_fail_a_sleeping_program() -> None:
    """The wall limit does not count time spent waiting for a processor, and CPU time judges."""
    spin = "import time\nt = time.process_time()\nwhile time.process_time() - t < 0.5: pass\nprint(1)"
    spec = {"task": {"kind": "io", "cases": [["", "1\n"]]}, "limits": {"cpu_s": 4, "wall_s": 2}}
    verdicts: list[Verdict] = []
    threads = [threading.Thread(target=lambda: verdicts.append(verify("code", spec, spin))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(verdict.correct for verdict in verdicts), verdicts


@pytest.mark.slow
def test_a_soak_of_two_thousand_programs() -> None:
    from assay.benchmarks.speed.code import soak

    report = soak(2000, level=str(jail.open_jail().level))
    assert report.verdicts == 2000
    assert report.errors == 0
    assert report.leaked_processes <= 0
    assert report.leaked_descriptors <= 2


SLEEPY = {"task": {"kind": "io", "cases": [["", "1\n"]]}, "limits": {"wall_s": 30}}


def test_programs_that_sleep_do_not_hold_up_those_that_compute(level: str) -> None:
    """More sleepers than turns: what comes after them is judged while they sleep."""
    ended: list[str] = []

    async def play() -> None:
        async def one(name: str, program: str) -> None:
            verdict = await averify("code", SLEEPY, program, level=level)
            assert verdict.correct, verdict
            ended.append(name)

        turns = jail.open_jail(level, level=level).size
        sleepers = [one("sleeper", "import time\ntime.sleep(6)\nprint(1)") for _ in range(2 * turns)]
        await asyncio.gather(*sleepers, *(one("quick", "print(1)") for _ in range(20)))

    asyncio.run(play())
    assert ended.index("sleeper") >= 20 - 2


def test_many_event_loops_and_threads_at_once() -> None:
    """Each thread has an event loop of its own, and calls both ways; one watching thread serves them all."""
    results: list[bool] = []

    async def play(number: int) -> None:
        programs = [RIGHT if (number + n) % 2 else WRONG for n in range(8)]
        verdicts = await asyncio.gather(*(averify("code", TESTED, program) for program in programs))
        results.extend(v.correct is bool((number + n) % 2) for n, v in enumerate(verdicts))

    def thread(number: int) -> None:
        asyncio.run(play(number))
        results.append(verify("code", DOUBLE, RIGHT).correct)
        asyncio.run(play(number))

    threads = [threading.Thread(target=thread, args=(number,)) for number in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert results == [True] * (6 * 17)
    assert len([each for each in threading.enumerate() if each.name == "assay-jail"]) == 1


def test_a_blocking_call_inside_a_coroutine_works() -> None:
    async def play() -> bool:
        return verify("code", DOUBLE, RIGHT).correct

    assert asyncio.run(play())


def test_no_thread_waits_for_a_program() -> None:
    """As many programs as there are in flight hold no thread of the default executor."""

    async def play() -> int:
        waiting = [
            asyncio.ensure_future(averify("code", SLEEPY, "import time\ntime.sleep(2)\nprint(1)")) for _ in range(9)
        ]
        await asyncio.sleep(1)
        count = threading.active_count()
        assert all(verdict.correct for verdict in await asyncio.gather(*waiting))
        return count

    before = threading.active_count()
    assert asyncio.run(play()) <= before + 2


def test_a_verdict_that_is_no_longer_wanted_ends_its_program() -> None:
    pool = jail.open_jail()

    async def play() -> None:
        endless = averify("code", {**SLEEPY, "limits": {"wall_s": 600, "cpu_s": 600}}, "import time\ntime.sleep(600)")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(endless, 1.5)

    before = set(pool.processes())
    asyncio.run(play())
    used = before - set(pool.processes())
    wait_for(lambda: not any(alive(pid) for pid in used))
    assert verify("code", DOUBLE, RIGHT).correct


def test_jobs_that_wait_hold_no_descriptor() -> None:
    """The queue holds callers, not files: a thousand programs in flight need no more descriptors than ten."""

    async def play() -> int:
        many = [asyncio.ensure_future(averify("code", DOUBLE, RIGHT)) for _ in range(400)]
        await asyncio.sleep(0.3)
        count = len(os.listdir("/proc/self/fd"))
        assert all(verdict.correct for verdict in await asyncio.gather(*many))
        return count

    assert verify("code", DOUBLE, RIGHT).correct
    before = len(os.listdir("/proc/self/fd"))
    assert asyncio.run(play()) <= before + 60


def test_a_fork_in_the_middle_of_runs_disturbs_neither_side() -> None:
    """Children forked while programs run hold nothing of theirs, so each end of a channel hears the other's."""
    stop = threading.Event()
    wrong: list[Verdict] = []

    def play() -> None:
        while not stop.is_set():
            for program, right in ((RIGHT, True), ("import os\nos._exit(0)", False), (WRONG, False)):
                verdict = verify("code", TESTED, program, level="L2")
                if verdict.correct is not right or verdict.status in (Status.ERROR, Status.TIMEOUT):
                    wrong.append(verdict)

    threads = [threading.Thread(target=play) for _ in range(3)]
    for each in threads:
        each.start()
    children = []
    for _ in range(25):
        pid = os.fork()
        if pid == 0:
            time.sleep(3)
            os._exit(0)
        children.append(pid)
        time.sleep(0.08)
    stop.set()
    for each in threads:
        each.join()
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children] == [0] * 25
    assert wrong == []
