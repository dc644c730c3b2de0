"""What running a program costs: CPU time of the whole process tree, beside the plain ways and other checkers.

Run as `python -m assay.benchmarks.speed.code`; with `--soak N` it plays N programs, a tenth of them hostile, from
asyncio and threads at once, and reports what was left behind. The ways take turns program by program, so that a busy
machine is equally busy for all of them. EvalPlus is measured where it is installed: `--evalplus PYTHON` names an
interpreter that has it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assay.verifiers.code.jail import jail
from assay.verifiers.dispatch import averify, verify
from assay.verifiers.verdict import Status, Verdict

TRIVIAL = """
def steps(n):
    c = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        c += 1
    return c
"""
NUMPY = "import numpy as np\ndef steps(n):\n    return int(np.sum(np.arange(n)))\n"
TEST = """
def check(candidate):
    assert candidate(6) == 8
    assert candidate(7) == 16
    assert candidate(27) == 111
"""
NUMPY_TEST = "def check(candidate):\n    assert candidate(6) == 15\n    assert candidate(7) == 21\n"

CALLS = "\nassert steps(6) == 8\nassert steps(7) == 16\nassert steps(27) == 111\n"
NUMPY_CALLS = "\nassert steps(6) == 15\nassert steps(7) == 21\n"

HOSTILE = (
    "import os\nos._exit(0)\nsteps = 0\n",
    "import sys\nsys.exit(0)\nsteps = 0\n",
    "def steps(n):\n    import os\n    os.fork()\n    return 8\n",
    "import os\nfor fd in range(64):\n    try: os.write(fd, b'pass')\n    except OSError: pass\nsteps = 0\n",
    "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\ndef steps(n): return 0\n",
    "def steps(n): return [0] * (30 * 10**6)\n",
    "x = 'a' * (1 << 40)\nsteps = 0\n",
    "class E(int):\n    def __eq__(s, o): return True\n    __hash__ = int.__hash__\ndef steps(n): return E(0)\n",
    "import os\nos.closerange(0, 1000)\ndef steps(n): return 8\n",
    "import os, time\ndef steps(n):\n    if os.getpid() % 10 == 0: time.sleep(1.5)\n    os.abort()\n",
)


def tree_cpu_s() -> float:
    """CPU time of this process, its dead children, and its living descendants, in seconds."""
    times = os.times()
    own = times.user + times.system + times.children_user + times.children_system
    return own + sum(_process_cpu_s(pid) for pid in descendants())


def descendants() -> list[int]:
    """Process ids below this one."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = {os.getpid()}
    while new := {child for child, parent in parents.items() if parent in found} - found:
        found |= new
    return sorted(found - {os.getpid()})


def _process_cpu_s(pid: int) -> float:
    """CPU time of a process and its dead children, in seconds."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def measure(ways: dict[str, Callable[[], object]], rounds: int, batch: int) -> dict[str, float]:
    """Median CPU milliseconds of one run of each way; the ways take turns, `batch` runs at a time.

    Batches, because the kernel counts the time of other processes in ticks of 10 ms.
    """
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for run in ways.values():
        run()
    for _ in range(rounds):
        for name, run in ways.items():
            before = tree_cpu_s()
            for _ in range(batch):
                run()
            taken[name].append((tree_cpu_s() - before) / batch * 1e3)
    return {name: statistics.median(values) for name, values in taken.items()}


def _cold(program: str) -> Callable[[], object]:
    def run() -> None:
        subprocess.run([sys.executable, "-I", "-c", program], check=True, capture_output=True)

    return run


def _jailed(program: str, task: dict[str, object], level: str) -> Callable[[], object]:
    def run() -> None:
        verdict = verify("code", {"task": {"kind": "fn", "entry": "steps", **task}}, program, level=level)
        assert verdict.correct, verdict

    return run


class EvalPlus:
    """EvalPlus' own check (a fork of the caller, without isolation), in an interpreter that has it."""

    SERVER = """
import sys, json
from evalplus.eval import untrusted_check
base = dict(dataset="humaneval", entry_point="steps", atol=0, ref_time=[0.01] * 3, fast_check=True, min_time_limit=4.0)
for line in sys.stdin:
    stat, _ = untrusted_check(code=json.loads(line), inputs=[[6], [7], [27]], expected=[8, 16, 111], **base)
    print(stat, flush=True)
"""

    def __init__(self, python: str) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            [python, "-c", self.SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def __call__(self) -> None:
        """Check the trivial program."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(TRIVIAL) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        assert answer == "pass", answer

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.communicate()


@dataclass(frozen=True, slots=True)
class SoakReport:
    """What a soak came to.

    Attributes:
        verdicts: Verdicts delivered.
        wrong: Verdicts that are not what they should be.
        errors: Verdicts of status ERROR.
        leaked_processes: Processes more than before, once the jail is closed.
        leaked_descriptors: Descriptors more than before.
        leaked_files: Entries more in the folder for temporary files.
        grown_bytes: Resident memory of this process, end minus first tenth.
        seconds: Wall time.
    """

    verdicts: int
    wrong: int
    errors: int
    leaked_processes: int
    leaked_descriptors: int
    leaked_files: int
    grown_bytes: int
    seconds: float


def soak(count: int, level: str, in_flight: int = 64, threads: int = 16) -> SoakReport:
    """Play many programs, a tenth of them hostile, half from asyncio and half from threads.

    Args:
        count: How many.
        level: Isolation level.
        in_flight: How many are under way from asyncio.
        threads: How many threads play the other half.
    """
    verify("code", *_job(1), level=level)  # what this process keeps for good is there before the counting
    jail.close()
    before = len(descendants()), len(os.listdir("/proc/self/fd")), len(os.listdir(tempfile.gettempdir()))
    results: list[tuple[bool, bool]] = []  # whether each verdict was wrong, and whether it was an error
    memory: list[int] = []
    start = time.perf_counter()

    def note(number: int, verdict: Verdict) -> None:
        wrong = verdict.correct == (number % 10 == 0)
        if wrong:
            print(f"program {number}: {verdict}", flush=True)
        results.append((wrong, verdict.status is Status.ERROR))
        if len(results) % max(1, count // 10) == 0:
            memory.append(_resident_bytes())

    def play(first: int) -> None:
        for number in range(first, count // 2, threads):
            note(number, verify("code", *_job(number), level=level))

    async def play_all() -> None:
        gate = asyncio.Semaphore(in_flight)

        async def one(number: int) -> None:
            async with gate:
                note(number, await averify("code", *_job(number), level=level))

        await asyncio.gather(*(one(number) for number in range(count // 2, count)))

    workers = [threading.Thread(target=play, args=(first,)) for first in range(threads)]
    for worker in workers:
        worker.start()
    asyncio.run(play_all())
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - start
    jail.close()
    after = len(descendants()), len(os.listdir("/proc/self/fd")), len(os.listdir(tempfile.gettempdir()))
    wrong, errors = (sum(column) for column in zip(*results, strict=True))
    processes, descriptors, files = (late - early for early, late in zip(before, after, strict=True))
    grown = memory[-1] - memory[0] if memory else 0
    return SoakReport(len(results), wrong, errors, processes, descriptors, files, grown, seconds)


def _job(number: int) -> tuple[dict[str, object], str]:
    """Every tenth program is hostile; odd ones are judged by expected values, even ones by a test."""
    how: dict[str, object] = {"inputs": [[6], [27]], "expected": [8, 111]} if number % 2 else {"test": TEST}
    program = HOSTILE[number // 10 % len(HOSTILE)] if number % 10 == 0 else TRIVIAL
    return {"task": {"kind": "fn", "entry": "steps", **how}}, program


def _resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Measure and print Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--batch", type=int, default=20)
    parser.add_argument("--evalplus", help="an interpreter that has evalplus")
    parser.add_argument("--soak", type=int, default=0)
    parser.add_argument("--level", default="")
    arguments = parser.parse_args()
    if arguments.soak:
        print(soak(arguments.soak, arguments.level or str(jail.open_jail().level)))
        return
    levels = (
        [arguments.level] if arguments.level else [str(r.level) for r in jail.survey() if r.offered and r.level >= 2]
    )
    pairs: dict[str, object] = {"inputs": [[6], [7], [27]], "expected": [8, 16, 111]}
    ways: dict[str, Callable[[], object]] = {"cold python -I": _cold(TRIVIAL + CALLS)}
    for level in levels:
        ways[f"assay {level}, test (persistent checker)"] = _jailed(TRIVIAL, {"test": TEST}, level)
        ways[f"assay {level}, inputs and expected"] = _jailed(TRIVIAL, pairs, level)
    evalplus = EvalPlus(arguments.evalplus) if arguments.evalplus else None
    if evalplus is not None:
        ways["EvalPlus untrusted_check (no isolation)"] = evalplus
    with_numpy: dict[str, Callable[[], object]] = {"cold python -I": _cold(NUMPY + NUMPY_CALLS)}
    for level in levels:
        with_numpy[f"assay {level}, test"] = _jailed(NUMPY, {"test": NUMPY_TEST}, level)
    try:
        for title, group in (("trivial program", ways), ("program that imports numpy", with_numpy)):
            figures = measure(group, arguments.rounds, arguments.batch)
            cold_ms = figures["cold python -I"]
            print(f"\n| {title} | CPU ms | of cold |\n| --- | ---: | ---: |")
            for name, cpu_ms in figures.items():
                print(f"| {name} | {cpu_ms:.2f} | {cpu_ms / cold_ms:.3f} |")
    finally:
        if evalplus is not None:
            evalplus.close()
        jail.close()


if __name__ == "__main__":
    main()
