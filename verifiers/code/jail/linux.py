"""The C library calls that the jail's layers are made of, with errors raised as `OSError`.

Runs inside the jail too, so it needs nothing but ctypes. On systems other than Linux it can be imported, and every call
fails with `OSError`.
"""

from __future__ import annotations

import ctypes
import os
import sys

from assay.verifiers.code.jail import syscalls

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38

CLONE_NEWNS = 0x00020000

MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 2, 4, 8, 0x4000, 1 << 18

CAP_DAC_READ_SEARCH = 2
CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN = 6, 7, 21

_libc: ctypes.CDLL | None = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class _CapHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapData(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def syscall(name: str, *arguments: int | bytes | ctypes.Structure | None) -> int:
    """Make a system call by name.

    Args:
        name: A key of `syscalls.NUMBERS`.
        *arguments: Integers, bytes, or structures (passed by reference); None is a null pointer.

    Raises:
        OSError: The call failed, or this system does not have it.
    """
    number = syscalls.number(name) if _libc is not None and syscalls.supported() else None
    if _libc is None or number is None:
        raise OSError(38, f"{name}: not available on this system")
    result: int = _libc.syscall(ctypes.c_long(number), *map(_passed, arguments))
    if result == -1:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")
    return result


def _passed(value: int | bytes | ctypes.Structure | None) -> object:
    """An argument as the kernel takes it."""
    if isinstance(value, ctypes.Structure):
        return ctypes.byref(value)
    return ctypes.c_long(value) if isinstance(value, int) else value


def prctl(option: int, value: int) -> None:
    """Change a property of this process.

    Raises:
        OSError: The kernel refused.
    """
    syscall("prctl", option, value, 0, 0, 0)


def mount(source: bytes, target: bytes, kind: bytes | None, flags: int, options: bytes | None = None) -> None:
    """Mount a file system in this mount namespace.

    Raises:
        OSError: The kernel refused.
    """
    syscall("mount", source, target, kind, flags, options)


def set_capabilities(mask: int) -> None:
    """Keep exactly these capabilities (bits 0 to 31), and none that a later program could inherit.

    Raises:
        OSError: One of them is not permitted to this process.
    """
    header = _CapHeader(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3
    data = (_CapData * 2)(_CapData(mask, mask, 0), _CapData(0, 0, 0))
    if _libc is None or _libc.capset(ctypes.byref(header), data) != 0:
        raise OSError(ctypes.get_errno(), "capset failed")


def capabilities() -> int:
    """The effective capabilities of this process (bits 0 to 31).

    Raises:
        OSError: They cannot be read.
    """
    header = _CapHeader(0x20080522, 0)
    data = (_CapData * 2)()
    if _libc is None or _libc.capget(ctypes.byref(header), data) != 0:
        raise OSError(ctypes.get_errno(), "capget failed")
    return int(data[0].effective)


def keep_capabilities_over_setuid() -> None:
    """Let the next change of user id keep the permitted capabilities."""
    prctl(8, 1)  # PR_SET_KEEPCAPS
