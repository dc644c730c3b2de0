"""Landlock: which files a process and its descendants may touch, set by the process itself, without any privilege.

Only what is granted can be opened, whatever the file permissions say; everything else on the machine is out of reach,
and so are (where the kernel is new enough) TCP ports, device commands, abstract sockets and signals to processes
outside. Reference: https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import ctypes
import functools
import os
import stat

from assay.verifiers.code.jail import linux

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_FIRST_ABI_RIGHTS = (1 << 13) - 1
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15

READ = READ_FILE | READ_DIR
READ_WRITE_FILE = READ_FILE | WRITE_FILE

_RULE_PATH_BENEATH = 1
_FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV


class _RulesetAttr(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneathAttr(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


@functools.cache
def abi() -> int:
    """The version of Landlock that the kernel offers; 0 if none."""
    try:
        return linux.syscall("landlock_create_ruleset", None, 0, 1)
    except OSError:
        return 0


def everything(version: int) -> int:
    """All file rights that this version knows."""
    rights = _FIRST_ABI_RIGHTS
    if version >= 2:
        rights |= REFER
    if version >= 3:
        rights |= TRUNCATE
    if version >= 5:
        rights |= IOCTL_DEV
    return rights


class Grant:
    """Rights beneath a place, ready to be added to any ruleset.

    Args:
        fd: The place, opened with O_PATH; must stay open as long as the grant is used.
        rights: The rights; those that make no sense for a file, or that this kernel does not know, are left out.
    """

    def __init__(self, fd: int, rights: int) -> None:
        """Look at the place once."""
        allowed = rights & everything(abi())
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            allowed &= _FILE_RIGHTS
        self.rule = _PathBeneathAttr(allowed, fd)


class Ruleset:
    """A set of grants, to be enforced on processes that call `restrict_self`.

    Raises:
        OSError: The kernel has no Landlock.
    """

    def __init__(self) -> None:
        """Start with no grant at all."""
        version = abi()
        if version < 1:
            raise OSError(38, "this kernel has no Landlock")
        self.version = version
        handled = everything(version)
        attr = _RulesetAttr(handled, 0b11 if version >= 4 else 0, 0b11 if version >= 6 else 0)
        size = 24 if version >= 6 else 16 if version >= 4 else 8
        self.fd = linux.syscall("landlock_create_ruleset", attr, size, 0)

    def grant(self, target: str, rights: int) -> None:
        """Allow rights beneath a path.

        Raises:
            OSError: The path is not there.
        """
        fd = os.open(target, os.O_PATH | os.O_CLOEXEC)
        try:
            self.add(Grant(fd, rights))
        finally:
            os.close(fd)

    def add(self, grant: Grant) -> None:
        """Allow what a grant says.

        Raises:
            OSError: The kernel refused.
        """
        linux.syscall("landlock_add_rule", self.fd, _RULE_PATH_BENEATH, grant.rule, 0)

    def restrict_self(self) -> None:
        """Enforce the grants on this thread and all it starts, for good. Needs no_new_privs.

        Raises:
            OSError: The kernel refused.
        """
        linux.syscall("landlock_restrict_self", self.fd, 0)

    def close(self) -> None:
        """Close the descriptor; what was enforced stays."""
        os.close(self.fd)
