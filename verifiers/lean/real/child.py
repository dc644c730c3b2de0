"""A child process that cannot hang its caller: it is read with deadlines, watched from outside, and killed for certain.

CPU time and memory of the whole process tree are what is judged; wall time is only a backstop. A child that reaches the
backstop without having used its CPU time has stalled, which is nobody's proof's fault.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assay.verifiers.lean.engine import EngineError
from assay.verifiers.lean.real import confinement
from assay.verifiers.lean.real.confinement import Confinement

MIB = 1 << 20
_LOOK_S = 0.05
"""How often CPU time and memory are looked at."""
_TICKS_S = 1.0 / os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 0.01
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one request may use.

    Attributes:
        cpu_s: CPU time of the process tree, in seconds.
        wall_s: Wall time, in seconds.
        memory_bytes: Resident memory of the process tree.
        output_bytes: What it may write to standard output and to standard error, each.
    """

    cpu_s: float = 60.0
    wall_s: float = 240.0
    memory_bytes: int = 8192 * MIB
    output_bytes: int = 16 * MIB


class OverrunError(Exception):
    """A bound was reached, and the child was killed.

    Attributes:
        resource: "cpu", "memory" or "output".
    """

    def __init__(self, resource: str) -> None:
        """Say which."""
        super().__init__(f"the bound of {resource} was reached")
        self.resource = resource


@dataclass(frozen=True, slots=True)
class Finished:
    """A child that ended by itself.

    Attributes:
        code: Exit code; negative for a signal.
        stdout: What it wrote.
        stderr: The same, for standard error.
    """

    code: int
    stdout: bytes
    stderr: bytes


class Child:
    """One confined process.

    Args:
        command: The program (an absolute path) and its arguments.
        environment: All that it finds in its environment.
        within: What it may touch.
        bounds: For its whole life where the kernel enforces them (address space is not limited: Lean maps its library
            files), and for each request where we watch.
        cpu_limit: Whether the kernel also ends it once it has used `bounds.cpu_s` in all.

    Raises:
        EngineError: It could not be started.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: dict[str, str],
        within: Confinement,
        bounds: Bounds,
        *,
        cpu_limit: bool = True,
    ) -> None:
        """Start it."""
        rlimits = {"RLIMIT_CORE": 0, "RLIMIT_NOFILE": 1024, "RLIMIT_FSIZE": 1 << 30}
        if cpu_limit:
            rlimits["RLIMIT_CPU"] = int(bounds.cpu_s) + 2
        try:
            self._process = confinement.popen(command, environment, within, rlimits)
        except OSError as error:
            raise EngineError("engine_unstartable", f"could not start {command[0]}: {error.strerror}") from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._stdin, self._stdout, self._stderr = self._process.stdin, self._process.stdout, self._process.stderr
        for stream in (self._stdin, self._stdout, self._stderr):
            os.set_blocking(stream.fileno(), False)
        self.out, self.err = bytearray(), bytearray()
        self._open = {self._stdout.fileno(): self.out, self._stderr.fileno(): self.err}
        self._owner = os.getpid()

    @property
    def alive(self) -> bool:
        """Whether it still runs, and is ours."""
        return os.getpid() == self._owner and self._process.returncode is None and not self._ended(0)

    def exchange(
        self, message: bytes, done: Callable[[bytearray], bool], bounds: Bounds, *, close: bool = False
    ) -> None:
        """Write a message and read until `done` says so of what has arrived in `out`, or the child's output ends.

        Args:
            message: What to write to its standard input.
            done: Told the unread output.
            bounds: Counted from now.
            close: Whether to close its standard input afterwards.

        Raises:
            OverrunError: A bound was reached; the child is dead.
            EngineError: It stalled; the child is dead.
        """
        watch = _Watch(self._process.pid, bounds)
        left = memoryview(message)
        writing = True
        while True:
            if writing and not left:
                writing = False
                if close:
                    with contextlib.suppress(OSError):
                        self._stdin.close()
            if not writing and done(self.out):
                return
            if self._stdout.fileno() not in self._open:
                return
            try:
                watch.look()
            except (OverrunError, EngineError):
                self.kill()
                raise
            ready = _ready(list(self._open), self._stdin.fileno() if writing else None, _LOOK_S)
            if writing and self._stdin.fileno() in ready:
                try:
                    left = left[os.write(self._stdin.fileno(), left[:65536]) :]
                except BlockingIOError:
                    pass
                except OSError:  # it has closed its end: what it said, or its end, tells more
                    left = left[:0]
            for fd in ready & set(self._open):
                self._read(fd, bounds)

    def _read(self, fd: int, bounds: Bounds) -> None:
        try:
            data = os.read(fd, 1 << 16)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            del self._open[fd]
            return
        held = self._open[fd]
        held += data
        if len(held) > bounds.output_bytes:
            self.kill()
            raise OverrunError("output")

    def pending(self) -> bool:
        """Whether it has written anything that no request asked for."""
        if _ready([self._stdout.fileno()], None, 0) & set(self._open):
            self._read(self._stdout.fileno(), Bounds())
        return bool(self.out)

    def finish(self, message: bytes, bounds: Bounds) -> Finished:
        """Give it all its input, and wait for its end.

        Raises:
            OverrunError: A bound was reached; it is dead.
            EngineError: It stalled; it is dead.
        """
        try:
            self.exchange(message, lambda _: False, bounds, close=True)
            if not self._ended(10):
                raise EngineError("engine_stalled", "the process closed its output and did not end")
            while _ready([self._stderr.fileno()], None, 0) & set(self._open):
                self._read(self._stderr.fileno(), bounds)
        finally:
            self.kill()
        code = self._process.returncode
        if code in (-signal.SIGXCPU, 128 + signal.SIGXCPU):
            raise OverrunError("cpu")
        return Finished(code, bytes(self.out), bytes(self.err))

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def ended(self) -> int | None:
        """Its exit code, once it has ended or is about to; None while it runs. It is dead afterwards."""
        if self._process.returncode is None and not self._ended(1.0):
            return None
        self.kill()
        return self._process.returncode

    def _ended(self, wait_s: float) -> bool:
        """Whether it ends in time. It is not reaped here: until then nobody else can get its number."""
        if not hasattr(os, "waitid"):
            return self._process.poll() is not None
        until = time.monotonic() + wait_s
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
        while os.waitid(os.P_PID, self._process.pid, flags) is None:
            if time.monotonic() >= until:
                return False
            time.sleep(0.002)
        return True

    def kill(self) -> None:
        """Kill it and all of its session, and reap it; in a fork of the process that started it, does nothing."""
        if os.getpid() != self._owner:
            self._process.returncode = self._process.returncode or 0
            return
        if self._process.returncode is None:
            for pid in [*_descendants(self._process.pid), self._process.pid]:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
        for stream in (self._stdin, self._stdout, self._stderr):
            with contextlib.suppress(OSError):
                stream.close()
        self._open.clear()

    def __del__(self) -> None:
        """No child outlives the object that stands for it."""
        if hasattr(self, "_owner"):
            self.kill()


def _ready(readers: list[int], writer: int | None, wait_s: float) -> set[int]:
    """Which of the descriptors can be read or written (or have ended). Not `select`, which knows only small numbers."""
    poller = select.poll()
    for fd in readers:
        poller.register(fd, select.POLLIN)
    if writer is not None:
        poller.register(writer, select.POLLOUT)
    return {fd for fd, _ in poller.poll(wait_s * 1000)}


class _Watch:
    """Looks at one request of a process tree from outside."""

    def __init__(self, pid: int, bounds: Bounds) -> None:
        self.pid = pid
        self.bounds = bounds
        self.start = time.monotonic()
        self.before_s, _ = tree_usage(pid)
        self.next = self.start

    def look(self) -> None:
        """Raise what has been overrun, if anything has.

        Raises:
            OverrunError: CPU time or memory.
            EngineError: Wall time, with most of the CPU time unused.
        """
        now = time.monotonic()
        if now < self.next:
            return
        self.next = now + _LOOK_S
        cpu_s, resident = tree_usage(self.pid)
        used_s = cpu_s - self.before_s
        if used_s > self.bounds.cpu_s:
            raise OverrunError("cpu")
        if resident > self.bounds.memory_bytes:
            raise OverrunError("memory")
        if now - self.start > self.bounds.wall_s:
            if used_s > self.bounds.cpu_s / 2:
                raise OverrunError("cpu")
            raise EngineError("engine_stalled", f"no answer in {self.bounds.wall_s:g} s of wall time")


def tree_usage(pid: int) -> tuple[float, int]:
    """CPU time in seconds and resident bytes of a process and its descendants; zeros where that cannot be told."""
    cpu_s, resident = 0.0, 0
    for member in [pid, *_descendants(pid)]:
        try:
            text = Path(f"/proc/{member}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            continue
        fields = text.rpartition(")")[2].split()
        cpu_s += sum(int(value) for value in fields[11:15]) * _TICKS_S  # with that of its reaped children
        resident += int(fields[21]) * _PAGE
    return cpu_s, resident


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    waiting = [pid]
    while waiting:
        at = waiting.pop()
        try:
            threads = os.listdir(f"/proc/{at}/task")
        except OSError:
            continue
        for thread in threads:
            with contextlib.suppress(OSError, ValueError):
                children = Path(f"/proc/{at}/task/{thread}/children").read_text(encoding="ascii").split()
                found += [int(child) for child in children]
                waiting += [int(child) for child in children]
    return found
