"""No process of the jail outlives the process that started it, whatever ends that one, and in the middle of what."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

LOAD = """
import os, sys, threading, time
from assay.verifiers.dispatch import verify

FN = {"task": {"kind": "fn", "entry": "f", "inputs": [[2]], "expected": [4]}}
TESTED = {"task": {"kind": "fn", "entry": "f", "test": "def check(c):\\n    while True: assert c(2) == 4\\n"}}
IO = {"task": {"kind": "io", "cases": [["", "1\\n"]]}}
BASH = {"task": {"kind": "io", "language": "bash", "cases": [["", "1\\n"]]}}
LEVEL = sys.argv[1]
SPIN = "while True: pass\\nf = 1"
JOBS = [
    (FN, SPIN), (TESTED, "def f(x): return 2 * x"), (IO, "import time; time.sleep(999)"),
    (BASH, "for i in 1 2 3; do (while :; do :; done) & done; (sleep 999 &); sleep 999"),
    (IO, "import numpy, time; time.sleep(999)"),
]

def play(spec, program):
    while True:
        verify("code", {**spec, "limits": {"cpu_s": 2, "wall_s": 60}}, program, level=LEVEL)

verify("code", FN, "def f(x): return 2 * x", level=LEVEL)
for job in JOBS:
    threading.Thread(target=play, args=job, daemon=True).start()
time.sleep(1.5)
"""

AFTER = {
    "waits": "print('ready', flush=True); time.sleep(999)",
    "returns": "print('ready', flush=True)",
    "exits hard": "print('ready', flush=True); os._exit(0)",
    "is replaced": "print('ready', flush=True); os.execv('/bin/true', ['true'])",
    "forks and waits": (
        "pid = os.fork()\nif pid == 0: time.sleep(20); os._exit(0)\nprint('ready', flush=True); time.sleep(999)"
    ),
    "forks and plays": (
        "pid = os.fork()\nif pid == 0:\n    verify('code', FN, 'def f(x): return 2 * x', level=LEVEL)\n"
        "    print('ready', flush=True); time.sleep(999)\ntime.sleep(999)"
    ),
    "was started by a thread that ended": (
        "def once():\n    verify('code', TESTED, 'import os; os._exit(0)', level=LEVEL)\n"
        "thread = threading.Thread(target=once); thread.start(); thread.join()\nprint('ready', flush=True)\n"
        "time.sleep(999)"
    ),
}


def offspring(session: int) -> set[int]:
    """Every living process below one, or in a session that it or one of those began."""
    rows: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            rows[int(entry.name)] = (int(parent), state)
    found = {session}
    while new := {pid for pid, (parent, _) in rows.items() if parent in found} - found:
        found |= new
    return {pid for pid in found - {session} if rows[pid][1] not in "ZX"}


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.fixture
def folders() -> Iterator[None]:
    """No folder is left either. (Those of tests that run at the same time come and go.)"""
    yield
    left = set(Path("/tmp").glob("assay-jail-*"))
    until = time.monotonic() + 20
    while left and time.monotonic() < until:
        time.sleep(0.1)
        left &= set(Path("/tmp").glob("assay-jail-*"))
    assert not left


@pytest.mark.parametrize(
    ("after", "number"),
    [
        ("waits", signal.SIGKILL),
        pytest.param("waits", signal.SIGTERM, marks=pytest.mark.slow),
        pytest.param("waits", signal.SIGINT, marks=pytest.mark.slow),
        ("returns", None),
        ("exits hard", None),
        pytest.param("is replaced", None, marks=pytest.mark.slow),
        ("forks and waits", signal.SIGKILL),
        ("was started by a thread that ended", signal.SIGKILL),
    ],
    ids=lambda value: str(value).replace(" ", "-"),
)
def test_nothing_outlives_a_caller_under_load(after: str, number: int | None, level: str, folders: None) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", LOAD + AFTER[after], level],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    children: set[int] = set()
    with process, process.stdout:
        # Until it says so, and (where it goes on) then: the process may be gone as soon as it has said it.
        while not select_ready(process):
            children |= offspring(process.pid)
        assert process.stdout.readline() == "ready\n"
        children |= offspring(process.pid)
        if number is not None:
            process.send_signal(number)
        process.wait(60)
    assert len(children) >= 6
    forked = 1 if after == "forks and waits" else 0
    until = time.monotonic() + 20
    while len([pid for pid in children if alive(pid)]) > forked and time.monotonic() < until:
        time.sleep(0.05)
    left = [pid for pid in children if alive(pid)]
    shown = [Path(f"/proc/{pid}/cmdline").read_bytes()[:80] for pid in left]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert len(left) <= forked, shown


def select_ready(process: "subprocess.Popen[str]") -> bool:
    """Whether it has said something, or ended."""
    assert process.stdout is not None
    return bool(select.select([process.stdout], [], [], 0.2)[0])


def test_a_fork_that_plays_has_workers_of_its_own_which_go_with_it(level: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", LOAD + AFTER["forks and plays"], level],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    with process, process.stdout:
        assert process.stdout.readline() == "ready\n"
        everyone = offspring(process.pid)
        forks = [pid for pid in everyone if _is_python_of(pid, process.pid)]
        assert len(forks) == 1
        theirs = offspring(forks[0])
        assert theirs
        os.kill(process.pid, signal.SIGKILL)
        process.wait(60)
    wait_until_gone(everyone - theirs - set(forks))
    assert alive(forks[0])
    assert any(alive(pid) for pid in theirs)
    os.kill(forks[0], signal.SIGKILL)
    wait_until_gone(theirs)


def _is_python_of(pid: int, parent: int) -> bool:
    """Whether a process is a fork of the script itself."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() == Path(f"/proc/{parent}/cmdline").read_bytes()
    except OSError:
        return False


def wait_until_gone(pids: set[int]) -> None:
    until = time.monotonic() + 20
    while any(alive(pid) for pid in pids):
        assert time.monotonic() < until, [pid for pid in pids if alive(pid)]
        time.sleep(0.05)
