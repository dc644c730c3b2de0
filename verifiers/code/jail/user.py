"""The user that programs run as: which one, and how much of the kernel's count of its tasks is taken already."""

from __future__ import annotations

import contextlib
import itertools
import os
import time

_ROOM = 256
"""Tasks that the user may start elsewhere while a count is in use."""

_uids = itertools.count()


def fresh_uid() -> int:
    """A user id that nothing else has: programs of different workers are strangers to one another."""
    return 1_800_000_000 + os.getpid() % 1_000_000 * 100 + next(_uids) % 100


_counted: tuple[float, int] = (-1e9, 0)


def tasks_of_user() -> int:
    """How many tasks this user has now, with some room for more; -1 if that cannot be told.

    The kernel's limit counts all of a user's processes and threads, not just those of one program.
    """
    global _counted
    now = time.monotonic()
    if now - _counted[0] > 1.0:
        _counted = (now, _count_tasks(os.geteuid()))
    return _counted[1]


def _count_tasks(uid: int) -> int:
    count = 0
    try:
        for name in os.listdir("/proc"):
            if name.isdigit():
                with contextlib.suppress(OSError):
                    if os.stat(f"/proc/{name}").st_uid == uid or _real_uid(name) == uid:
                        count += max(1, os.stat(f"/proc/{name}/task").st_nlink - 2)
    except OSError:
        return -1
    return count + _ROOM


def _real_uid(pid: str) -> int:
    """The user of a process that hides (its folder in /proc belongs to root then)."""
    with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
        for line in status:
            if line.startswith("Uid:"):
                return int(line.split()[1])
    return -1
