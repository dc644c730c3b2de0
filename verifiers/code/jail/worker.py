"""The warm worker: waits for programs, and runs each in a fork of itself that it shuts in first.

Runs inside the jail and executes no untrusted code itself. It never sees a program's text either: that arrives as a
descriptor which only the fork reads, so nothing of one program can be found in the memory of the next.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import gc
import json
import os
import random
import select
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from typing import Any, NoReturn

from assay.verifiers.code.jail import layers, linux, names, native, program, protocol, semaphores

PRELOAD = [
    "bisect",
    "collections",
    "copy",
    "dataclasses",
    "datetime",
    "decimal",
    "fractions",
    "functools",
    "heapq",
    "itertools",
    "json",
    "math",
    "operator",
    "random",
    "re",
    "string",
    "struct",
    "time",
    "types",
    "typing",
]
"""What programs import most; loaded once here, so that it costs each of them nothing."""


def main(control: socket.socket, settings: dict[str, Any]) -> NoReturn:
    """Serve programs until the supervisor is gone."""
    worker = Worker(control, settings)
    protocol.send(control, {"ready": True, "python": sys.version.split()[0]})
    worker.serve()
    os._exit(0)


class Worker:
    """One warm worker.

    Args:
        control: Where jobs come from.
        settings: See `layers.Sandbox`; also "packages" (importable without a path) and "site" (where they lie).
    """

    def __init__(self, control: socket.socket, settings: dict[str, Any]) -> None:
        """Load what programs need and put on the layers that are inherited."""
        self.control = control
        self.mode: str = "native" if settings["native"] else "python"
        if self.mode == "python":
            _load_modules(settings)
            if not settings["scratch"]:
                semaphores.install()
        else:
            __import__("fcntl")  # for the attacks that try these layers: nothing can be imported behind them
        # Descriptor 3 is taken, so that none that arrives has to be moved out of the way of a program's own.
        os.open("/dev/null", os.O_RDONLY | os.O_CLOEXEC)
        self.sandbox = layers.Sandbox(settings)
        self.group = 0
        self.folder = ""
        if self.mode == "native":
            # What a program of another language leaves behind comes to this process, and is counted and ended by it.
            linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
            signal.signal(signal.SIGTERM, self._end)
            self.work = "" if settings["scratch"] else native.find_work()
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        for name in [name for name in sys.modules if name == "assay" or name.startswith("assay.")]:
            del sys.modules[name]
        gc.collect()
        gc.disable()
        gc.freeze()

    def serve(self) -> None:
        """Take jobs one at a time; return when the supervisor is gone."""
        while True:
            received = protocol.receive(self.control)
            if received is None:
                return
            job, fds, _ = received
            if not fds:  # a "kill" that crossed with the end of its program
                continue
            # The fork says so here when it has shut itself in, and loses the descriptor before it runs anything.
            entered, enters = os.pipe()
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
            if self.mode == "native" and not self.sandbox.scratch:
                self.folder = tempfile.mkdtemp(prefix="assay-jail-", dir=self.work)
            pid = os.fork()
            if pid == 0:
                self._run(job, fds, enters)
            self.group = pid if self.mode == "native" else 0
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
            for fd in (*fds, enters):
                os.close(fd)
            connected = self._watch(pid, entered)
            os.close(entered)
            if not connected:
                return

    def _watch(self, pid: int, entered: int) -> bool:
        """Wait for the program to end, or for word to end it; report. False if the supervisor is gone."""
        pidfd = linux.syscall("pidfd_open", pid, 0)
        poller = select.poll()
        poller.register(pidfd, select.POLLIN)
        poller.register(self.control.fileno(), select.POLLIN)
        connected = True
        try:
            while connected:
                ready = {fd for fd, _ in poller.poll()}
                if pidfd in ready:
                    break
                message = protocol.receive(self.control)
                connected = message is not None
                self._kill(pid)
            if not connected:
                self._kill(pid)
        finally:
            os.close(pidfd)
        self._kill_group()
        _, status, usage = os.wait4(pid, 0)
        cpu_s = usage.ru_utime + usage.ru_stime
        if self.mode == "native":
            cpu_s += _reap_orphans()
            self._clean_up()
        if connected:
            report = {
                "problem": "" if (said := os.read(entered, 600)) == names.ENTERED else said.decode("ascii", "replace"),
                "entered": said == names.ENTERED,
                "status": os.waitstatus_to_exitcode(status),
                "cpu_s": cpu_s,
                "rss_bytes": usage.ru_maxrss * 1024,
            }
            protocol.send(self.control, report)
        return connected

    def _end(self, *_: object) -> NoReturn:
        """On SIGTERM, which comes from the supervisor, or from the kernel when the supervisor has died."""
        self._kill_group()
        self._clean_up()
        os._exit(0)

    def _kill_group(self) -> None:
        """Kill whatever a program of another language started; nothing can have left its group."""
        if self.group:
            with contextlib.suppress(OSError):
                os.killpg(self.group, signal.SIGKILL)

    def _clean_up(self) -> None:
        self.group = 0
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = ""

    def _kill(self, pid: int) -> None:
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)
        self._kill_group()

    def _run(self, job: dict[str, Any], fds: list[int], enters: int) -> NoReturn:
        """In the fork: take the descriptors, shut the door, run the program."""
        try:
            payload_fd, stdin, stdout, stderr, *channel = fds
            os.dup2(stdin, 0)
            os.dup2(stdout, 1)
            os.dup2(stderr, 2)
            if channel:
                os.dup2(channel[0], program.CHANNEL)
            code = self._enter(job, payload_fd, enters)
            # Executing a command closes this one too; until then it can tell why that failed.
            kept = enters if self.mode == "native" else 0
            for first, end in ((program.CHANNEL + len(channel), kept), (kept + 1, 1 << 20)):
                os.closerange(max(first, program.CHANNEL + len(channel)), end)
        except BaseException as error:
            with contextlib.suppress(OSError):
                os.write(enters, f"{type(error).__name__}: {error}".encode("ascii", "replace")[:500])
            os._exit(1)
        code()

    def _enter(self, job: dict[str, Any], payload_fd: int, enters: int) -> Callable[[], NoReturn]:
        """Shut the door, and say what is to be done behind it. Nothing of the program has run when this returns."""
        if self.mode == "native":
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
            payload = json.loads(protocol.read_all(payload_fd, 1 << 30))
            if self.folder:
                native.write_files(payload, self.folder)
            self.sandbox.enter(self.folder, writes=payload["writes"])
            if not self.folder:
                native.write_files(payload, layers.SCRATCH)
            self.sandbox.limit(job["limits"])
            os.write(enters, names.ENTERED)
            if "command" not in payload:  # an attack that tries the layers of this kind of worker from inside
                os.close(enters)
                return functools.partial(program.run, program.prepare(payload))
            return functools.partial(native.run, payload, self.folder or layers.SCRATCH, enters)
        self.sandbox.enter()
        self.sandbox.limit(job["limits"])
        os.write(enters, names.ENTERED)
        try:
            payload = json.loads(protocol.read_all(payload_fd, 1 << 30))
            return functools.partial(program.run, program.prepare(payload))
        except MemoryError:  # the limit is below what the program's own text takes
            os.write(2, b"MemoryError\n")
            os._exit(1)


def _reap_orphans() -> float:
    """Reap what was left to this process; the CPU time that they used."""
    cpu_s = 0.0
    while True:
        try:
            _, _, usage = os.wait4(-1, 0)  # all have been killed
        except ChildProcessError:
            return cpu_s
        cpu_s += usage.ru_utime + usage.ru_stime


def _load_modules(settings: dict[str, Any]) -> None:
    import _sitebuiltins

    builtins.exit = _sitebuiltins.Quitter("exit", "Ctrl-D")
    builtins.quit = _sitebuiltins.Quitter("quit", "Ctrl-D")
    for name in PRELOAD:
        __import__(name)
    if settings["packages"]:
        sys.path.insert(0, settings["site"])
        for name in settings["packages"]:
            __import__(name)
        if "numpy" in settings["packages"]:
            for name in ("numpy.linalg", "numpy.random", "numpy.fft"):
                __import__(name)
        sys.path.remove(settings["site"])
        sys.path_importer_cache.pop(settings["site"], None)
    # Each program starts from the same random numbers, so that a verdict is the same at every run.
    random.seed(0)
    os.register_at_fork(after_in_child=_seed)


def _seed() -> None:
    random.seed(0)
