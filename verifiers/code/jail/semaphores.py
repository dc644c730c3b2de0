"""Semaphores of threads in the place of those of processes, for jails without a folder that the latter could lie in.

`multiprocessing` makes its locks, and so the pool of threads in `multiprocessing.dummy`, of named semaphores, which are
files. A program that can start no process needs none: this module stands in for the C module `_multiprocessing`.
"""

from __future__ import annotations

import sys
import threading
import types

RECURSIVE_MUTEX = 0
MOST = 2**31 - 1


class SemLock:
    """A semaphore or recursive lock, as `_multiprocessing.SemLock` is."""

    SEM_VALUE_MAX = MOST

    def __init__(self, kind: int, value: int, maxvalue: int, name: str | None, unlink: bool) -> None:
        """A recursive mutex for kind 0, else a semaphore; it has no name, and nothing has to be unlinked."""
        if kind not in (0, 1):
            raise ValueError("unrecognized kind")
        self.kind = kind
        self.maxvalue = maxvalue
        self.handle = id(self)
        self.name = None
        self._free = value
        self._owner = 0
        self._held = 0
        self._changed = threading.Condition(threading.Lock())

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """Take it; whether that was done (in time)."""
        me = threading.get_ident()
        with self._changed:
            if self.kind != RECURSIVE_MUTEX or self._owner != me:
                wait = 0.0 if not block else None if timeout is None else max(0.0, timeout)
                if not self._changed.wait_for(lambda: self._free > 0, wait):
                    return False
                self._free -= 1
                self._owner = me
            self._held += 1
            return True

    def release(self) -> None:
        """Give it back.

        Raises:
            AssertionError: A recursive lock that this thread does not hold.
            ValueError: A semaphore that was given back too often.
        """
        with self._changed:
            if self.kind == RECURSIVE_MUTEX:
                if self._owner != threading.get_ident() or not self._held:
                    raise AssertionError("attempt to release recursive lock not owned by thread")
                self._held -= 1
                if self._held:
                    return
                self._owner = 0
            elif self._free >= self.maxvalue:
                raise ValueError("semaphore or lock released too many times")
            else:
                self._held -= 1
            self._free += 1
            self._changed.notify()

    def __enter__(self) -> bool:
        """Take it."""
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        self.release()

    def _count(self) -> int:
        return self._held

    def _is_mine(self) -> bool:
        return self._held > 0 and self._owner == threading.get_ident()

    def _get_value(self) -> int:
        return self._free

    def _is_zero(self) -> bool:
        return self._free == 0

    def _after_fork(self) -> None:
        self._held = 0


def _unlink(name: str) -> None:
    raise FileNotFoundError(2, "No such file or directory", name)


def install() -> None:
    """Let `import _multiprocessing` find this from now on."""
    module = types.ModuleType("_multiprocessing")
    SemLock.__module__ = module.__name__
    module.__dict__.update(SemLock=SemLock, sem_unlink=_unlink, flags={"HAVE_SEM_OPEN": 1, "HAVE_SEM_TIMEDWAIT": 1})
    sys.modules[module.__name__] = module
