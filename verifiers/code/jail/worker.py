"""The warm worker: waits for programs, and runs each in a fork of itself that it shuts in first.

Runs inside the jail and executes no untrusted code itself. It never sees a program's text either: that arrives as a
descriptor which only the fork reads, so nothing of one program can be found in the memory of the next.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import json
import os
import random
import select
import signal
import socket
import sys
from typing import Any, NoReturn

from assay.verifiers.code.jail import layers, names, native, program, protocol

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
        # Descriptor 3 is taken, so that none that arrives has to be moved out of the way of a program's own.
        os.open("/dev/null", os.O_RDONLY | os.O_CLOEXEC)
        self.sandbox = layers.Sandbox(settings)
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
            pid = os.fork()
            if pid == 0:
                self._run(job, fds, enters)
            for fd in (*fds, enters):
                os.close(fd)
            connected = self._watch(pid, entered)
            os.close(entered)
            if not connected:
                return

    def _watch(self, pid: int, entered: int) -> bool:
        """Wait for the program to end, or for word to end it; report. False if the supervisor is gone."""
        pidfd = os.pidfd_open(pid)
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
        if self.mode == "native":  # whatever it started goes with it; nothing can have left the group
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
        _, status, usage = os.wait4(pid, 0)
        if self.mode == "native":
            _reap_orphans()
        if connected:
            report = {
                "problem": "" if (said := os.read(entered, 600)) == names.ENTERED else said.decode("ascii", "replace"),
                "entered": said == names.ENTERED,
                "status": os.waitstatus_to_exitcode(status),
                "cpu_s": usage.ru_utime + usage.ru_stime,
                "rss_bytes": usage.ru_maxrss * 1024,
            }
            protocol.send(self.control, report)
        return connected

    def _kill(self, pid: int) -> None:
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)
        if self.mode == "native":
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)

    def _run(self, job: dict[str, Any], fds: list[int], enters: int) -> NoReturn:
        """In the fork: take the descriptors, shut the door, run the program."""
        try:
            payload_fd, stdin, stdout, stderr, *channel = fds
            os.dup2(stdin, 0)
            os.dup2(stdout, 1)
            os.dup2(stderr, 2)
            if channel:
                os.dup2(channel[0], program.CHANNEL)
            self.sandbox.enter(job["limits"])
            payload = json.loads(protocol.read_all(payload_fd, 1 << 30))
            os.write(enters, names.ENTERED)
            os.closerange(program.CHANNEL + len(channel), 1 << 20)
        except BaseException as error:
            with contextlib.suppress(OSError):
                os.write(enters, f"{type(error).__name__}: {error}".encode("ascii", "replace")[:500])
            os._exit(1)
        if self.mode == "native":
            native.run(payload)
        program.run(payload)


def _reap_orphans() -> None:
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                return
        except ChildProcessError:
            return


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
