"""The layers that a jailed process puts on itself before it touches anything untrusted.

Runs inside the jail. `Sandbox` is made once in the warm worker; `enter` is called in the fork that will run a program,
after which there is no way back.
"""

from __future__ import annotations

import contextlib
import functools
import math
import os
import resource
import signal
from typing import Any

from assay.verifiers.code.jail import landlock, linux, seccomp

NOBODY = 65534

SCRATCH = "/tmp"
SCRATCH_OPTIONS = b"size=16777216,nr_inodes=1k,mode=0777"


class Sandbox:
    """What this worker puts around each program.

    Args:
        settings: From the supervisor: "landlock", "seccomp", "scratch" (booleans), "grants" (readable paths), "uid"
            (user to become, or None), "keep_reading" (see `become`), "drop_in_child" (whether only the fork becomes
            it), "caps" (whether this worker holds capabilities in a namespace of its own that its children must
            lose), "private_pids" (whether it sees no processes but its own), "parent" (process id of the supervisor, or
            0 where it cannot be seen), "native" (other languages), "profile" (of the system call filter).
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        """Put on the layers that the worker itself can wear, so that its children have them for free."""
        self.native: bool = settings["native"]
        self.profile = seccomp.Profile(settings["profile"])
        self.scratch: bool = settings["scratch"]
        self.uid: int | None = settings["uid"]
        self.drop_in_child: bool = settings["drop_in_child"]
        self.caps: bool = settings["caps"]
        self.landlock: bool = settings["landlock"]
        self.pid = os.getpid()
        self.pinned: list[landlock.Grant] = []
        # A worker for other languages kills what its programs started before it ends itself.
        self.at_parents_death = signal.SIGTERM if self.native and not settings["private_pids"] else signal.SIGKILL
        self._die_with_parent(settings["parent"], self.at_parents_death)
        with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
            score.write("1000")  # where memory runs out, programs go first
        with contextlib.suppress(OSError):
            linux.prctl(linux.PR_SET_DUMPABLE, 0)
        if self.uid is not None and not self.drop_in_child:
            become(self.uid, keep_reading=settings["keep_reading"])
            with contextlib.suppress(OSError):
                linux.prctl(linux.PR_SET_DUMPABLE, 0)
            self._die_with_parent(settings["parent"], self.at_parents_death)  # a change of user had undone it
        if settings["seccomp"] or self.landlock:
            linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        signals = self.native and (settings["private_pids"] or (self.landlock and landlock.abi() >= 6))
        self.filters: dict[bool, bytes] = {}
        if settings["seccomp"]:
            for writes in (False, True):
                build = functools.partial(seccomp.build, self.profile, pid=seccomp.UNKNOWN_PID, signals=signals)
                self.filters[writes] = build(scratch=writes)
        if self.landlock:
            self._prepare_landlock(settings["grants"])

    def _prepare_landlock(self, paths: list[str]) -> None:
        rights = landlock.READ | (landlock.EXECUTE if self.native else 0)
        grants = [(path, rights) for path in paths]
        grants += [(path, landlock.READ_WRITE_FILE) for path in ("/dev/null", "/dev/zero")]
        grants += [(path, landlock.READ_FILE) for path in ("/dev/urandom", "/dev/random")]
        grants = [(path, granted) for path, granted in grants if _exists(path)]
        if self.scratch or self.native:  # each program has a folder of its own, and so rules of its own
            opened = [(os.open(path, os.O_PATH | os.O_CLOEXEC), granted) for path, granted in grants]
            self.pinned = [landlock.Grant(fd, granted) for fd, granted in opened]
            return
        ruleset = landlock.Ruleset()
        for path, granted in grants:
            ruleset.grant(path, granted)
        ruleset.restrict_self()
        ruleset.close()

    def enter(self, folder: str = "", *, writes: bool = False) -> None:
        """Shut this process in.

        Args:
            folder: A folder of this program's own, where it has no file system of its own for that.
            writes: Whether it may write there.

        Raises:
            OSError: A layer could not be put on; the program must not run.
        """
        self._die_with_parent(self.pid if os.getpid() != self.pid else 0, signal.SIGKILL)
        if self.native:
            os.setpgid(0, 0)
        if self.scratch:
            linux.syscall("unshare", linux.CLONE_NEWNS)
            linux.mount(b"tmpfs", SCRATCH.encode(), b"tmpfs", linux.MS_NOSUID | linux.MS_NODEV, SCRATCH_OPTIONS)
            os.chdir(SCRATCH)
        if self.uid is not None and self.drop_in_child:
            become(self.uid, keep_reading=False)
            with contextlib.suppress(OSError):
                linux.prctl(linux.PR_SET_DUMPABLE, 0)
            self._die_with_parent(0, signal.SIGKILL)
        elif self.caps:
            linux.set_capabilities(0)
        if self.pinned:
            self._restrict(SCRATCH if self.scratch else folder, self.scratch or writes)
        if self.filters:
            seccomp.install(seccomp.with_pid(self.filters[self.scratch or writes], os.getpid()))

    def limit(self, limits: dict[str, Any]) -> None:
        """Set what this process may use; after `enter`, nothing of which may fail for want of memory.

        Args:
            limits: A `Limits` as a dictionary, with "tasks" as the limit to set for the whole user (-1 for none).
        """
        set_rlimits(limits, data_only=self.native)

    def _restrict(self, folder: str, writes: bool) -> None:
        ruleset = landlock.Ruleset()
        for grant in self.pinned:
            ruleset.add(grant)
        if folder:
            rights = landlock.everything(ruleset.version) & ~landlock.IOCTL_DEV if writes else landlock.READ
            rights = rights | landlock.EXECUTE if self.native else rights & ~landlock.EXECUTE
            ruleset.grant(folder, rights)
        ruleset.restrict_self()
        ruleset.close()

    @staticmethod
    def _die_with_parent(parent: int, number: int) -> None:
        """Be sent a signal when the parent ends; end at once if it has ended before that was in force."""
        with contextlib.suppress(OSError):
            linux.prctl(linux.PR_SET_PDEATHSIG, number)
        if parent and os.getppid() != parent:
            os._exit(1)


def become(uid: int, *, keep_reading: bool) -> None:
    """Change to a user (and group) of its own.

    Args:
        uid: The user id.
        keep_reading: Keep the capability to read files whatever their permissions say: for an interpreter that lies in
            a private folder. Landlock must then confine the reading.

    Raises:
        OSError: This process may not.
    """
    if keep_reading:
        linux.keep_capabilities_over_setuid()
    with contextlib.suppress(PermissionError):
        os.setgroups([])
    try:
        os.setresgid(uid, uid, uid)
    except OSError:  # a container with few user ids: the one of nobody is always there
        uid = NOBODY
        os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    linux.set_capabilities(1 << linux.CAP_DAC_READ_SEARCH if keep_reading else 0)


def set_rlimits(limits: dict[str, Any], *, data_only: bool) -> None:
    """Set what the kernel counts for this process. Soft and hard limits are the same: there is no grace.

    Args:
        limits: See `Sandbox.limit`.
        data_only: Bound not the address space, of which some runtimes reserve far more than they use, but what is
            private and written to.
    """
    # The kernel counts in ticks here, which a busy machine makes inexact; the supervisor judges by the exact account.
    cpu_s = 1 + math.ceil(1.25 * limits["cpu_s"])
    wanted: list[tuple[int, int]] = [
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, limits["output_bytes"]),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
    ]
    wanted.append((resource.RLIMIT_DATA if data_only else resource.RLIMIT_AS, limits["memory_bytes"]))
    if limits["tasks"] >= 0:
        wanted.append((resource.RLIMIT_NPROC, limits["tasks"]))
    for name, bound in (("RLIMIT_SIGPENDING", 256), ("RLIMIT_MSGQUEUE", 0), ("RLIMIT_NICE", 0), ("RLIMIT_RTPRIO", 0)):
        if hasattr(resource, name):
            wanted.append((getattr(resource, name), bound))
    for which, bound in wanted:
        _lower(which, bound)
    with contextlib.suppress(ValueError, OSError):  # room for recursion in C; the address space bounds it
        resource.setrlimit(resource.RLIMIT_STACK, (64 << 20, resource.getrlimit(resource.RLIMIT_STACK)[1]))


def _lower(which: int, bound: int) -> None:
    hard = resource.getrlimit(which)[1]
    if hard != resource.RLIM_INFINITY and hard < bound:
        bound = hard
    resource.setrlimit(which, (bound, bound))


def _exists(path: str) -> bool:
    try:
        os.stat(path)
    except OSError:
        return False
    return True
