"""The layers that a jailed process puts on itself before it touches anything untrusted.

Runs inside the jail. `Sandbox` is made once in the warm worker; `enter` is called in the fork that will run a program,
after which there is no way back.
"""

from __future__ import annotations

import contextlib
import math
import os
import resource
from typing import Any

from assay.verifiers.code.jail import landlock, linux, seccomp

NOBODY = 65534

SCRATCH = "/tmp"
SCRATCH_OPTIONS = b"size=%d,nr_inodes=1k,mode=0777"
SCRATCH_BYTES = 16 << 20


class Sandbox:
    """What this worker puts around each program.

    Args:
        settings: From the supervisor: "landlock", "seccomp", "scratch" (booleans), "grants" (readable paths), "uid"
            (user to become, or None), "keep_reading" (see `become`), "drop_in_child" (whether only the fork becomes
            it), "caps" (whether this worker holds capabilities in a namespace of its own that its children must
            lose), "private_pids" (whether it sees no processes but its own), "native" (other languages),
            "profile" (of the system call filter).
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        """Put on the layers that the worker itself can wear, so that its children have them for free."""
        self.native: bool = settings["native"]
        self.profile = seccomp.Profile(settings["profile"])
        self.scratch: bool = settings["scratch"]
        self.uid: int | None = settings["uid"]
        self.drop_in_child: bool = settings["drop_in_child"]
        self.caps: bool = settings["caps"]
        self.seccomp: bool = settings["seccomp"]
        self.private_pids: bool = settings["private_pids"]
        self.ruleset: landlock.Ruleset | None = None
        self.pinned: list[tuple[int, int]] = []
        self.landlock: bool = settings["landlock"]
        with contextlib.suppress(OSError):
            linux.prctl(linux.PR_SET_DUMPABLE, 0)
        if self.uid is not None and not self.drop_in_child:
            become(self.uid, keep_reading=settings["keep_reading"])
            with contextlib.suppress(OSError):
                linux.prctl(linux.PR_SET_DUMPABLE, 0)
        if self.seccomp or self.landlock:
            linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        if self.landlock:
            rights = landlock.READ | (landlock.EXECUTE if self.native else 0)
            grants = [(path, rights) for path in settings["grants"]]
            grants += [(path, landlock.READ_WRITE_FILE) for path in ("/dev/null", "/dev/zero")]
            grants += [(path, landlock.READ_FILE) for path in ("/dev/urandom", "/dev/random")]
            if self.scratch:
                self.pinned = [(os.open(path, os.O_PATH | os.O_CLOEXEC), r) for path, r in grants if _exists(path)]
            else:
                ruleset = landlock.Ruleset()
                for path, granted in grants:
                    if _exists(path):
                        ruleset.grant(path, granted)
                if self.native:
                    self.ruleset = ruleset  # worn by the child alone: a domain of its own, whose signals stay inside
                else:
                    ruleset.restrict_self()
                    ruleset.close()

    def enter(self, limits: dict[str, Any]) -> None:
        """Shut this process in.

        Args:
            limits: A `Limits` as a dictionary, with "tasks" as the limit to set for the whole user (-1 for none).

        Raises:
            OSError: A layer could not be put on; the program must not run.
        """
        with contextlib.suppress(OSError):
            linux.prctl(linux.PR_SET_PDEATHSIG, 9)
        if self.native:
            os.setpgid(0, 0)
        if self.scratch:
            linux.syscall("unshare", linux.CLONE_NEWNS)
            options = SCRATCH_OPTIONS % (limits.get("scratch_bytes") or SCRATCH_BYTES)
            linux.mount(b"tmpfs", SCRATCH.encode(), b"tmpfs", linux.MS_NOSUID | linux.MS_NODEV, options)
            os.chdir(SCRATCH)
        if self.uid is not None and self.drop_in_child:
            become(self.uid, keep_reading=False)
            with contextlib.suppress(OSError):
                linux.prctl(linux.PR_SET_DUMPABLE, 0)
                linux.prctl(linux.PR_SET_PDEATHSIG, 9)
        elif self.caps:
            linux.set_capabilities(0)
        set_rlimits(limits | {"native": self.native})
        if self.scratch and self.landlock:
            ruleset = landlock.Ruleset()
            for fd, rights in self.pinned:
                ruleset.grant(fd, rights)
            rights = landlock.everything(ruleset.version) & ~landlock.IOCTL_DEV
            ruleset.grant(SCRATCH, rights if self.native else rights & ~landlock.EXECUTE)
            ruleset.restrict_self()
            ruleset.close()
        elif self.ruleset is not None:
            self.ruleset.restrict_self()
        if self.seccomp:
            signals = self.native and self.private_pids
            seccomp.install(seccomp.build(self.profile, scratch=self.scratch, pid=os.getpid(), signals=signals))


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


def set_rlimits(limits: dict[str, Any]) -> None:
    """Set what the kernel counts for this process. Soft and hard limits are the same: there is no grace."""
    cpu_s = max(1, math.ceil(limits["cpu_s"]))
    wanted: list[tuple[int, int]] = [
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, limits["output_bytes"]),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
    ]
    if limits["memory_bytes"] and not limits.get("native"):
        wanted.append((resource.RLIMIT_AS, limits["memory_bytes"]))
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
