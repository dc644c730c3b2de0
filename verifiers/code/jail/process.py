"""One worker process as the supervisor sees it: started, spoken to, and killed for certain.

A worker is always exec'd, never a fork of the caller: no secrets, locks, threads or CUDA contexts come along. It ends
when its control socket closes, whatever happens to the caller.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
from pathlib import Path
from typing import Any

from assay.verifiers.code.jail import bootstrap, levels, protocol
from assay.verifiers.code.jail.levels import Level, Packages

STARTUP_S = 120.0
"""How long a worker may take to start; only a backstop."""


class WorkerDiedError(RuntimeError):
    """A worker is gone or does not answer: an infrastructure failure."""


class WorkerProcess:
    """A jailed interpreter.

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
        # At L1 a program runs as another user, and has nothing that would let it read the private files of this one.
        other = level == Level.L1 and os.geteuid() == 0
        interpreter = levels.find_interpreter(65534 if other else os.geteuid())
        settings = levels.settings_of(level, interpreter, packages, native=native, uid=uid)
        if main.endswith(".checker"):  # it makes no forks: it shuts itself in, and has no scratch folder
            settings |= {"scratch": False, "drop_in_child": False, "caps": False, "profile": "checker"}
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        source = anonymous_file("jail", bootstrap.message(main, settings))
        try:
            mine.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            command = [interpreter.path, "-s", "-S", "-P", "-B", "-c", bootstrap.CODE]
            command += [str(theirs.fileno()), str(source)]
            if level >= Level.L3:
                wrap = levels.bubblewrap_command(
                    interpreter, packages, native=native, scratch=bool(settings["scratch"])
                )
                command = [*wrap, "--", *command]
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=levels.ENVIRONMENT,
                cwd="/",
                pass_fds=(theirs.fileno(), source),
                start_new_session=True,
            )
        except OSError as error:
            mine.close()
            raise WorkerDiedError(f"could not start a jail worker: {error}") from error
        finally:
            theirs.close()
            os.close(source)
        self.control = mine
        self.owner = os.getpid()

    def wait_ready(self) -> None:
        """Wait until it has started.

        Raises:
            WorkerDiedError: It failed on the way; the message says how.
        """
        if self.ready:
            return
        hello = self.receive(STARTUP_S)
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

    def receive(self, timeout_s: float) -> dict[str, Any]:
        """Wait for a message.

        Raises:
            WorkerDiedError: The worker is gone, or said nothing in time.
        """
        poller = select.poll()
        poller.register(self.control.fileno(), select.POLLIN)
        if not poller.poll(max(0.0, timeout_s) * 1000):
            raise WorkerDiedError("the jail worker does not answer")
        try:
            received = protocol.receive(self.control)
        except (OSError, ValueError) as error:
            raise WorkerDiedError("the jail worker is gone") from error
        if received is None:
            raise WorkerDiedError("the jail worker has died")
        message, fds, pid = received
        for fd in fds:  # none is ever sent this way
            os.close(fd)
        self.pid = pid or self.pid
        return message

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.returncode is None and self._process.poll() is None

    def kill(self) -> None:
        """Kill it and all it started, and reap it; does nothing in a fork of the process that started it."""
        if os.getpid() == self.owner and self._process.poll() is None:
            for pid in (self.pid, self._process.pid):
                if pid:
                    with contextlib.suppress(OSError):
                        os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            self.control.close()
        if os.getpid() != self.owner or self._process.returncode is not None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)

    def forget(self) -> None:
        """Close our end without touching the process: in a fork it belongs to the parent."""
        with contextlib.suppress(OSError):
            self.control.close()
        self._process.returncode = 0

    def children_delay_s(self) -> float:
        """Time that the running program has spent waiting for a processor; 0 where that cannot be told."""
        try:
            pids = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
            return sum(_run_delay_s(pid) for pid in pids)
        except OSError:
            return 0.0

    def delay_s(self) -> float:
        """The same for the worker itself."""
        return _run_delay_s(str(self.pid))


def _run_delay_s(pid: str) -> float:
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def anonymous_file(name: str, content: bytes = b"") -> int:
    """A file without a name, positioned at its beginning.

    Raises:
        OSError: There is no room for it.
    """
    fd = os.memfd_create(name) if hasattr(os, "memfd_create") else _unlinked_file()
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(fd, view) :]
        os.lseek(fd, 0, os.SEEK_SET)
    except BaseException:
        os.close(fd)
        raise
    return fd


def _unlinked_file() -> int:
    import tempfile

    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
