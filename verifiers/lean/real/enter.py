"""What a confined child runs before it becomes Lean: it sets its own limits, shuts itself in, and executes the command.

Its source is sent to a bare interpreter together with the jail's own modules, so nothing of the caller is imported
there. It has never read anything untrusted when it runs.
"""

from __future__ import annotations

import contextlib
import os
import resource
from typing import Any, NoReturn

from assay.verifiers.code.jail import landlock, linux, seccomp


def enter(settings: dict[str, Any]) -> NoReturn:
    """Shut this process in and become the command.

    Args:
        settings: "command" and "environment" (what to become), "parent" (whose death ends it), "rlimits" (name ->
            bound), "landlock" (whether to confine files), "readable" and "writable" (paths), "seccomp" (whether to
            filter system calls here), "drop" (whether to give up capabilities).
    """
    try:
        with contextlib.suppress(OSError):
            linux.prctl(linux.PR_SET_PDEATHSIG, 9)
        if os.getppid() != settings["parent"]:
            os._exit(125)
        for name, bound in settings["rlimits"].items():
            which = getattr(resource, name)
            hard = resource.getrlimit(which)[1]
            lowered = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
            resource.setrlimit(which, (lowered, lowered))
        if settings["landlock"] or settings["seccomp"]:
            linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        if settings["drop"]:
            linux.set_capabilities(0)
        if settings["landlock"]:
            _confine_files(settings["readable"], settings["writable"])
        if settings["seccomp"]:
            seccomp.install(seccomp.build(seccomp.Profile.NATIVE, scratch=True, pid=os.getpid()))
        os.execve(settings["command"][0], settings["command"], settings["environment"])
    except OSError as error:
        os.write(2, f"assay: could not enter the jail: {error}\n".encode("utf-8", "replace"))
    os._exit(125)


def _confine_files(readable: list[str], writable: list[str]) -> None:
    ruleset = landlock.Ruleset()
    grants = [(path, landlock.READ | landlock.EXECUTE) for path in readable]
    grants += [(path, landlock.everything(ruleset.version) & ~landlock.IOCTL_DEV) for path in writable]
    grants += [("/dev/null", landlock.READ_WRITE_FILE), ("/dev/zero", landlock.READ_FILE)]
    grants += [("/dev/urandom", landlock.READ_FILE), ("/dev/random", landlock.READ_FILE)]
    grants += [("/proc/self", landlock.READ)]
    for path, rights in grants:
        with contextlib.suppress(OSError):  # not every machine has every folder
            ruleset.grant(path, rights)
    ruleset.restrict_self()
    ruleset.close()
