"""Attacks that are tried at every level before it is offered.

A level is not believed because a kernel is new enough or a tool is installed: a program is run in it that tries to do
what a hostile one would, and says what it could. The attacks are harmless where they succeed (a socket is opened and
closed, a file is read and not kept).
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

from assay.verifiers.code.jail import syscalls
from assay.verifiers.code.jail.jobs import RunJob
from assay.verifiers.code.jail.levels import ENVIRONMENT, Level
from assay.verifiers.code.jail.limits import Limits
from assay.verifiers.code.jail.pool import Pool
from assay.verifiers.code.jail.process import WorkerDiedError


@dataclass(frozen=True, slots=True)
class Probe:
    """The outcome of one attack.

    Attributes:
        name: What was tried.
        closed: Whether it failed, as it should.
        needed: Whether the level promises so.
    """

    name: str
    closed: bool
    needed: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What was found out about a level.

    Attributes:
        level: The level.
        offered: Whether programs may be run at it.
        probes: The attacks and their outcomes; empty if the level could not even be set up.
        problem: Why it is not offered, in one sentence; "" if it is.
    """

    level: Level
    offered: bool
    probes: tuple[Probe, ...]
    problem: str


READS_FILES = ("read-host-file", "list-host-folder", "read-caller-environment", "read-caller-memory")
"""Attacks that only Landlock or a file tree of its own stops."""

_LIBRARY = r"""
import ctypes, fcntl as _fcntl, json, os, resource, socket, sys
library = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    number = NUMBERS.get(name)
    if number is None:
        return False
    passed = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return library.syscall(ctypes.c_long(number), *passed) >= 0
def allowed(attack):
    try:
        return attack() is not False
    except BaseException:
        return False
def read(path):
    with open(path, "rb", 0) as file:
        return len(file.read(64)) > 0
def write(*folders):
    for folder in folders:
        if os.path.realpath(folder) == "/tmp":  # its own scratch folder under another name
            continue
        try:
            path = os.path.join(folder, ".assay-probe-%d" % os.getpid())
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            os.unlink(path)
            return True
        except OSError:
            pass
    return False
def fork():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
def open_socket(family, kind=socket.SOCK_STREAM):
    socket.socket(family, kind).close()
def peer_handle():
    for end in socket.socketpair():
        end.getsockopt(socket.SOL_SOCKET, 77)
        end.close()
def execute():
    os.execv(sys.executable or "/bin/true", ["python", "-c", "print('{}')"])
def fcntl(command, value):
    reader, writer = os.pipe()
    try:
        _fcntl.fcntl(writer, command, value)
    finally:
        os.close(reader)
        os.close(writer)
def open_descriptors():
    found = []
    for fd in range(3, 1024):
        try:
            os.fstat(fd)
            found.append(fd)
        except OSError:
            pass
    return bool(found)
def unlimited():
    def hard(name):
        return resource.getrlimit(getattr(resource, name))[1]
    memory = hard("RLIMIT_AS") == hard("RLIMIT_DATA") == resource.RLIM_INFINITY
    names = ("RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_NPROC")
    return memory or any(hard(name) == resource.RLIM_INFINITY for name in names)
buffer = ctypes.create_string_buffer(256)
outcome = {}
"""

_ATTACKS: dict[str, str] = {
    "read-host-file": "lambda: read('/etc/passwd') or read('/etc/hostname')",
    "list-host-folder": "lambda: bool(set(os.listdir('/')) & {'proc', 'home', 'var'})",
    "read-caller-environment": "lambda: read('/proc/%d/environ' % os.getppid())",
    "read-caller-memory": "lambda: open('/proc/%d/mem' % os.getppid(), 'rb').close()",
    "write-host-file": "lambda: write(HOME, '/var/tmp', '/dev/shm', '/home', '/root')",
    "start-process": "fork",
    "internet-socket": "lambda: open_socket(socket.AF_INET)",
    "unix-socket": "lambda: open_socket(socket.AF_UNIX)",
    "netlink-socket": "lambda: open_socket(16, socket.SOCK_RAW)",
    "vsock-socket": "lambda: open_socket(40)",
    "packet-socket": "lambda: open_socket(17, socket.SOCK_RAW)",
    "signal-caller": "lambda: os.kill(os.getppid(), 0)",
    "signal-all": "lambda: os.kill(-1, 0)",
    "slow-caller": "lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
    "descriptor-owner-signal": "lambda: fcntl(8, os.getppid())",
    "grow-pipe": "lambda: fcntl(1031, 1 << 20)",
    "inherited-descriptor": "open_descriptors",
    "inherited-environment": "lambda: bool(set(os.environ) - ENVIRONMENT)",
    "no-limits": "unlimited",
    "raise-limits": "lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 40, 1 << 40))",
    "io-uring": "lambda: call('io_uring_setup', 1, buffer)",
    "bpf": "lambda: call('bpf', 0, buffer, 128)",
    "userfaultfd": "lambda: call('userfaultfd', 1)",
    "keyring": "lambda: call('keyctl', 0, -3, 1)",
    "ptrace": "lambda: call('ptrace', 0x4206, os.getppid(), 0, 0)",
    "perf-events": "lambda: call('perf_event_open', buffer, 0, -1, -1, 0)",
    "new-user-namespace": "lambda: call('unshare', 0x10000000)",
    "mount": "lambda: call('mount', b'none', b'/tmp', b'tmpfs', 0, None)",
    "peer-memory": "lambda: call('process_vm_readv', os.getppid(), None, 0, None, 0, 0)",
    "file-handle": "lambda: call('name_to_handle_at', -100, b'/', buffer, buffer, 0)",
    "anonymous-file": "lambda: call('memfd_create', b'x', 0)",
    "process-descriptor": "lambda: call('pidfd_open', os.getppid(), 0)",
    "shared-memory": "lambda: call('shmget', 0, 4096, 0o1600)",
    "message-queue": "lambda: call('msgget', 0, 0o1600)",
    "peer-handle": "peer_handle",
    "personality": "lambda: call('personality', 0x0040000)",
    "watch-files": "lambda: call('inotify_init1', 0)",
    "set-clock": "lambda: call('clock_settime', 0, None)",
    "execute": "execute",
}
"""Name -> attack. One that returns False or raises has failed. `execute` comes last: if it works, nothing follows."""


NATIVE_MAY = ("start-process", "execute", "signal-all")
"""What programs of other languages may do besides: they are processes of their own, which may start and signal others.
(Signalling all that one may signal succeeds where there is none.)"""


async def attack(level: Level, *, flavour: str = "python") -> tuple[Probe, ...]:
    """Attack a level from inside.

    Args:
        level: The level of the pool that does this job.
        flavour: Which kind of worker: "python", or "native" for that of other languages.

    Raises:
        WorkerDiedError: The level cannot be set up.
    """
    index = 0 if syscalls.MACHINE == "x86_64" else 1
    numbers = {name: pair[index] for name, pair in syscalls.NUMBERS.items()}
    names = sorted({*ENVIRONMENT, "LC_CTYPE", "PWD"})
    head = f"NUMBERS = {numbers!r}\nENVIRONMENT = set({names!r})\nHOME = {os.path.expanduser('~')!r}\n"
    body = "".join(
        f"outcome[{name!r}] = allowed({code})\n"
        if name != "execute"
        else f"print(json.dumps(outcome), flush=True)\noutcome[{name!r}] = allowed({code})\nprint('done')\n"
        for name, code in _ATTACKS.items()
    )
    fields = {"mode": "script", "program": head + _LIBRARY + body, "files": {}, "binaries": {}, "writes": False}
    run = await RunJob(json.dumps(fields).encode("ascii"), Limits(wall_s=60.0), flavour=flavour)
    lines = run.stdout.decode("utf-8", "replace").splitlines()
    try:
        outcome: dict[str, bool] = json.loads(lines[0])
    except (IndexError, ValueError) as error:
        said = run.stderr[-300:].decode("utf-8", "replace")
        raise WorkerDiedError(f"the attack program did not report (exit code {run.exit_code}): {said}") from error
    outcome["execute"] = lines[1:] != ["done"]
    needed = _promised(level) - frozenset(NATIVE_MAY if flavour == "native" else ())
    return tuple(Probe(name, not outcome[name], name in needed) for name in _ATTACKS)


def _promised(level: Level) -> frozenset[str]:
    if level is Level.L0:
        return frozenset(("inherited-environment", "inherited-descriptor"))
    if level is Level.L1:
        return frozenset(_ATTACKS) - frozenset(READS_FILES)
    return frozenset(_ATTACKS)


def examine(pool: Pool) -> Report:
    """Set a level up, attack it, and say whether it holds."""
    try:
        probes = pool.finish(attack(pool.level))
    except (WorkerDiedError, OSError, ValueError) as error:
        return Report(pool.level, False, (), f"it cannot be set up: {error}")
    if problem := _opened(probes):
        return Report(pool.level, False, probes, problem)
    if pool.level >= Level.L4 and (problem := _scratch_problem(pool)):
        return Report(pool.level, False, probes, problem)
    return Report(pool.level, True, probes, "")


async def native_problem(level: Level) -> str:
    """Why programs of other languages are not shut in at a level; "" if they are.

    Raises:
        WorkerDiedError: Their workers cannot be set up.
    """
    return _opened(await attack(level, flavour="native"))


def _opened(probes: tuple[Probe, ...]) -> str:
    opened = [probe.name for probe in probes if probe.needed and not probe.closed]
    return f"attacks succeeded: {', '.join(opened)}" if opened else ""


def _scratch_problem(pool: Pool) -> str:
    """Why the scratch folder does not do what it should; "" if it does."""
    code = (
        "import os, tabnanny\nprint(os.path.exists('/tmp/left'))\nopen('/tmp/left', 'w').write('x')\n"
        "print(open('left').read())\n"
    )
    payload = json.dumps({"mode": "script", "program": code}).encode("ascii")
    for _ in range(2):
        run = pool.run(payload, Limits(wall_s=60.0))
        if run.stdout != b"False\nx\n":
            return "the scratch folder of a program does not work, is not new, or hides Python's library"
    return ""
