"""One worker process as the watching thread sees it: started, spoken to, and killed for certain.

A worker is always exec'd, never a fork of the caller: no secrets, locks, threads or CUDA contexts come along. It cannot
outlive its caller: the kernel kills it with the thread that started it, and it ends by itself when its control socket
closes.
"""

from __future__ import annotations

import asyncio
import collections
import contextlib
import os
import signal
import socket
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from assay.verifiers.code.jail import bootstrap, core, levels, linux, protocol
from assay.verifiers.code.jail.files import anonymous_file
from assay.verifiers.code.jail.levels import Level, Packages

STARTUP_S = 120.0
"""How long a worker may take to start; only a backstop."""

CLEAN_UP_S = 3.0
"""How long a worker that has something to clean up may take for it once it is told to end."""


class WorkerDiedError(RuntimeError):
    """A worker is gone or does not answer: an infrastructure failure."""


class WorkerProcess:
    """A jailed interpreter. Made and used on the watching thread only, but for `forget`.

    Args:
        level: How it is shut in.
        main: The module whose `main` it runs: the worker's or the checker's.
        packages: What its programs may import beyond the standard library.
        native: Whether it runs other languages.
        uid: The user it becomes where this process may change users.

    Raises:
        WorkerDiedError: It could not be started.
    """

    def __init__(self, level: Level, main: str, packages: Packages, *, native: bool, uid: int) -> None:
        """Start it; it gets ready while the caller goes on."""
        self.level = level
        self.jobs = 0
        self.ready = False
        self.pid = 0
        self.native = native
        self._cleans_up = native and level < Level.L3
        self._inbox: collections.deque[dict[str, Any]] = collections.deque()
        self._waiter: asyncio.Future[None] | None = None
        self._dead = False
        self._loop = asyncio.get_running_loop()
        self._gone = self._loop.create_future()
        command, source_text = _command(level, main, packages, native=native, uid=uid)
        with core.spawning:
            self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            source = anonymous_file("jail", source_text)
            try:
                self.control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
                self.control.setblocking(False)
                self._process = subprocess.Popen(
                    [*command, str(theirs.fileno()), str(source)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=levels.ENVIRONMENT,
                    cwd="/",
                    pass_fds=(theirs.fileno(), source),
                    start_new_session=True,
                )
                self._pidfd = linux.syscall("pidfd_open", self._process.pid, 0)
            except OSError as error:
                self.control.close()
                raise WorkerDiedError(f"could not start a jail worker: {error}") from error
            finally:
                theirs.close()
                os.close(source)
        self._loop.add_reader(self.control.fileno(), self._on_message)
        self._loop.add_reader(self._pidfd, self._on_exit)

    async def wait_ready(self) -> None:
        """Wait until it has started.

        Raises:
            WorkerDiedError: It failed on the way; the message says how.
        """
        if self.ready:
            return
        hello = await self.receive(STARTUP_S)
        if "error" in hello:
            self.kill()
            raise WorkerDiedError(f"a jail worker could not start: {hello['error']}")
        self.ready = True

    def send(self, message: dict[str, Any], fds: list[int] | None = None) -> None:
        """Send a message.

        Raises:
            WorkerDiedError: The worker is gone.
        """
        try:
            protocol.send(self.control, message, fds)
        except OSError as error:
            raise WorkerDiedError("the jail worker is gone") from error

    async def message(self, timeout_s: float) -> dict[str, Any] | None:
        """The next message; None if there is none in time.

        Raises:
            WorkerDiedError: The worker is gone.
        """
        if not self._inbox and not self._dead:
            self._waiter = self._loop.create_future()
            alarm = self._loop.call_later(max(0.0, timeout_s), self._wake)
            try:
                await self._waiter
            finally:
                self._waiter = None
                alarm.cancel()
        if self._inbox:
            return self._inbox.popleft()
        if self._dead:
            raise WorkerDiedError("the jail worker has died")
        return None

    async def receive(self, timeout_s: float) -> dict[str, Any]:
        """Wait for a message.

        Raises:
            WorkerDiedError: The worker is gone, or said nothing in time.
        """
        message = await self.message(timeout_s)
        if message is None:
            raise WorkerDiedError("the jail worker does not answer")
        return message

    @property
    def alive(self) -> bool:
        """Whether it still runs, as far as is known."""
        return not self._dead

    def kill(self) -> None:
        """Have it and all it started killed; `gone` tells when that is done."""
        self._lose()
        if self._cleans_up:  # its programs' processes and folder go first
            self._loop.call_later(CLEAN_UP_S, self._signal, signal.SIGKILL)
            self._signal(signal.SIGTERM)
        else:
            self._signal(signal.SIGKILL)

    async def gone(self, timeout_s: float = 10.0) -> None:
        """Wait until it is dead and reaped; at most so long."""
        with contextlib.suppress(TimeoutError, asyncio.TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._gone), timeout_s)

    def forget(self) -> None:
        """Close our descriptors without touching the process: in a fork it belongs to the parent."""
        self._dead = True
        with contextlib.suppress(OSError):
            self.control.close()
        with contextlib.suppress(OSError):
            os.close(self._pidfd)
        self._process.returncode = 0

    def program_usage(self) -> Usage:
        """What the running program, with all that it started, uses; zeros where that cannot be told."""
        total = Usage()
        waiting = _children(self.pid)
        while waiting:
            pid = waiting.pop()
            total += _usage(pid)
            if self.native:
                total += Usage(memory_bytes=_memory_bytes(pid))
                waiting += _children(pid)
        return total

    def usage(self) -> Usage:
        """The same of the worker itself, without its memory."""
        return _usage(self.pid)

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _on_message(self) -> None:
        try:
            received = protocol.receive(self.control)
        except BlockingIOError:
            return
        except (OSError, ValueError):
            received = None
        if received is None:
            self._lose()
            return
        message, fds, pid = received
        for fd in fds:  # none is ever sent this way
            os.close(fd)
        self.pid = pid or self.pid
        self._inbox.append(message)
        self._wake()

    def _on_exit(self) -> None:
        """It has ended: take what it still said, and reap it."""
        if not self._dead:
            self._on_message()
        self._lose()
        self._loop.remove_reader(self._pidfd)
        os.close(self._pidfd)
        self._process.wait()
        if not self._gone.done():
            self._gone.set_result(None)

    def _lose(self) -> None:
        if not self._dead:
            self._dead = True
            self._loop.remove_reader(self.control.fileno())
            self.control.close()
        self._wake()

    def _signal(self, number: int) -> None:
        if self._process.returncode is None:  # not reaped, so the id is surely its own
            with contextlib.suppress(OSError):
                os.kill(self._process.pid, number)


def _command(level: Level, main: str, packages: Packages, *, native: bool, uid: int) -> tuple[list[str], bytes]:
    """What is executed, and what it reads to know what to be."""
    # At L1 a program runs as another user, and has nothing that would let it read the private files of this one.
    other = level == Level.L1 and os.geteuid() == 0
    interpreter = levels.find_interpreter(65534 if other else os.geteuid())
    settings = levels.settings_of(level, interpreter, packages, native=native, uid=uid)
    if main.endswith(".checker"):  # it makes no forks: it shuts itself in, and has no scratch folder
        settings |= {"scratch": False, "drop_in_child": False, "caps": False, "profile": "checker"}
    command = [interpreter.path, "-s", "-S", "-P", "-B", "-c", bootstrap.CODE]
    if level >= Level.L3:
        wrap = levels.bubblewrap_command(interpreter, packages, native=native, scratch=bool(settings["scratch"]))
        command = [*wrap, "--", *command]
    return command, bootstrap.message(main, settings)


class Usage(NamedTuple):
    """What processes have used so far.

    Attributes:
        cpu_s: CPU time, with that of dead children.
        delay_s: Time spent waiting for a processor.
        memory_bytes: Memory that belongs to no file, and the tables that map it. What several processes share is
            counted for each.
    """

    cpu_s: float = 0.0
    delay_s: float = 0.0
    memory_bytes: int = 0

    def __add__(self, other: tuple[Any, ...]) -> Usage:
        """Of both together."""
        return Usage(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def _usage(pid: int) -> Usage:
    try:
        place = Path(f"/proc/{pid}")
        fields = (place / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        delay_ns = int((place / "schedstat").read_text(encoding="ascii").split()[1])
        return Usage(sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK"), delay_ns / 1e9)
    except (OSError, ValueError, IndexError):
        return Usage()


def _memory_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace").splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith(("RssAnon:", "RssShmem:", "VmPTE:"))) << 10
    except (OSError, ValueError, IndexError):
        return 0


def _children(pid: int) -> list[int]:
    """The processes that any thread of a process started."""
    found: list[int] = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            text = Path(f"/proc/{pid}/task/{thread}/children").read_text(encoding="ascii")
            found += map(int, text.split())
    except (OSError, ValueError):
        pass
    return found
