"""Which system calls a jailed process may make: an allow-list, as a classic BPF program for the kernel.

Everything that is not listed fails with EPERM, so that new kernel features are closed by default: io_uring, bpf,
userfaultfd, keyctl, ptrace, namespaces, mounts, every kind of socket but a connected pair, System V and POSIX message
queues, and starting processes. Where a call is needed for some arguments only (clone for threads, kill for oneself,
fcntl without the commands that signal other processes or grow pipes), the filter looks at the arguments.

Reference: https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

from __future__ import annotations

import ctypes
import struct
from enum import StrEnum

from assay.verifiers.code.jail import linux, syscalls

KILL_PROCESS, ERRNO, ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
EPERM, ENOSYS = 1, 38

_LOAD, _JEQ, _JGE, _JSET, _AND, _RET = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_NR, _ARCH, _ARGS = 0, 4, 16

CLONE_THREAD = 0x00010000
_CLONE_NAMESPACES = 0x7E020000 | 0x80  # NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET, NEWTIME
_X32_BIT = 0x40000000


UNKNOWN_PID = 0x7FEDCBA9
"""Stands in a filter for a process id that is not known yet; larger than any there can be."""


class Profile(StrEnum):
    """What kind of process is filtered."""

    PYTHON = "python"
    """Runs a program in this interpreter: threads, but no processes."""
    CHECKER = "checker"
    """Runs the tests of tasks: as PYTHON, but it takes descriptors from the supervisor."""
    NATIVE = "native"
    """Runs a compiler or a program of another language: may start processes, which never leave its group."""


_ALWAYS = [
    "read",
    "write",
    "close",
    "lseek",
    "mmap",
    "mprotect",
    "munmap",
    "brk",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "futex",
    "fstat",
    "newfstatat",
    "openat",
    "stat",
    "lstat",
    "open",
    "statx",
    "getdents64",
    "pread64",
    "pwrite64",
    "readv",
    "writev",
    "preadv",
    "pwritev",
    "preadv2",
    "pwritev2",
    "rt_sigpending",
    "rt_sigtimedwait",
    "rt_sigsuspend",
    "sigaltstack",
    "access",
    "faccessat",
    "faccessat2",
    "pipe",
    "pipe2",
    "select",
    "pselect6",
    "poll",
    "ppoll",
    "sched_yield",
    "mremap",
    "msync",
    "mincore",
    "madvise",
    "dup",
    "dup2",
    "dup3",
    "pause",
    "nanosleep",
    "getitimer",
    "setitimer",
    "alarm",
    "getpid",
    "sendfile",
    "recvfrom",
    "shutdown",
    "getsockname",
    "getpeername",
    "exit",
    "exit_group",
    "uname",
    "flock",
    "fsync",
    "fdatasync",
    "ftruncate",
    "getdents",
    "getcwd",
    "chdir",
    "fchdir",
    "readlink",
    "readlinkat",
    "umask",
    "gettimeofday",
    "time",
    "getrlimit",
    "setrlimit",
    "getrusage",
    "sysinfo",
    "times",
    "getuid",
    "getgid",
    "geteuid",
    "getegid",
    "getppid",
    "getpgrp",
    "getpgid",
    "getsid",
    "getresuid",
    "getresgid",
    "getgroups",
    "statfs",
    "fstatfs",
    "getpriority",
    "sched_getparam",
    "sched_getscheduler",
    "sched_get_priority_max",
    "sched_get_priority_min",
    "sched_getaffinity",
    "sched_rr_get_interval",
    "sched_getattr",
    "gettid",
    "futex_waitv",
    "epoll_create",
    "epoll_create1",
    "epoll_ctl",
    "epoll_wait",
    "epoll_pwait",
    "epoll_pwait2",
    "set_tid_address",
    "restart_syscall",
    "fadvise64",
    "timer_create",
    "timer_settime",
    "timer_gettime",
    "timer_getoverrun",
    "timer_delete",
    "clock_gettime",
    "clock_getres",
    "clock_nanosleep",
    "eventfd",
    "eventfd2",
    "timerfd_create",
    "timerfd_settime",
    "timerfd_gettime",
    "signalfd",
    "signalfd4",
    "set_robust_list",
    "get_robust_list",
    "splice",
    "tee",
    "copy_file_range",
    "getcpu",
    "getrandom",
    "membarrier",
    "rseq",
    "close_range",
]

_SCRATCH = [
    "creat",
    "rename",
    "renameat",
    "renameat2",
    "mkdir",
    "mkdirat",
    "rmdir",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "symlink",
    "symlinkat",
    "truncate",
    "fallocate",
    "chmod",
    "fchmod",
    "fchmodat",
    "fchmodat2",
    "utime",
    "utimes",
    "utimensat",
    "futimesat",
]
"""Calls that change a file tree: allowed only where the process has a tree of its own. Landlock does not cover
permissions and times, so without a tree of its own a program could change those of its user's files."""

_NATIVE = [
    "fork",
    "vfork",
    "execve",
    "wait4",
    "waitid",
    "arch_prctl",
    "get_mempolicy",
    "mlock",
    "munlock",
    "pkey_alloc",
]

_NOT_THERE = ["clone3", "memfd_create", "pkey_alloc"]
"""Calls that answer "no such call", so that the C library takes its older way, whose arguments can be checked."""

_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 1030, 1032, 36, 37, 38)
"""Duplicate, descriptor and file flags, locks, read a pipe's size. Not: F_SETOWN and F_SETSIG (they signal other
processes), F_SETLEASE, F_NOTIFY, F_SETPIPE_SZ (kernel memory)."""

_IOCTL = (0x5401, 0x5421, 0x541B, 0x5450, 0x5451, 0x5413)
"""TCGETS, FIONBIO, FIONREAD, FIONCLEX, FIOCLEX, TIOCGWINSZ."""

_SOCKET_OPTIONS = (3, 4, 7, 8, 30, 38, 39)
"""SO_TYPE, SO_ERROR, sizes of buffers, SO_ACCEPTCONN, SO_PROTOCOL, SO_DOMAIN. Not: SO_PEERPIDFD, a handle on the
process that made the socket, which may be the supervisor."""

_PRCTL = (15, 16, 0x53564D41, 3, 27, 39)
"""PR_SET_NAME, PR_GET_NAME, PR_SET_VMA (the allocator's labels), and three that only read."""


def _ins(code: int, k: int, jt: int = 0, jf: int = 0) -> bytes:
    return struct.pack("=HBBI", code, jt, jf, k)


def _ret(action: int) -> bytes:
    return _ins(_RET, action)


def _low(argument: int) -> bytes:
    return _ins(_LOAD, _ARGS + 8 * argument)


def _high(argument: int) -> bytes:
    return _ins(_LOAD, _ARGS + 8 * argument + 4)


def _one_of(argument: int, values: tuple[int, ...]) -> list[bytes]:
    """Allow if the argument (its low 32 bits, all that these calls look at) is one of the values; else EPERM."""
    body = [_low(argument)]
    for value in values:
        body += [_ins(_JEQ, value, 0, 1), _ret(ALLOW)]
    return [*body, _ret(ERRNO | EPERM)]


def _equals_64(argument: int, value: int) -> list[bytes]:
    """Allow if the whole argument has this (32 bit) value; else EPERM."""
    return [
        _high(argument),
        _ins(_JEQ, 0, 0, 3),
        _low(argument),
        _ins(_JEQ, value, 0, 1),
        _ret(ALLOW),
        _ret(ERRNO | EPERM),
    ]


def _clone(profile: Profile) -> list[bytes]:
    if profile is not Profile.NATIVE:
        return [
            _low(0),
            _ins(_JSET, _CLONE_NAMESPACES, 2, 0),
            _ins(_JSET, CLONE_THREAD, 0, 1),
            _ret(ALLOW),
            _ret(ERRNO | EPERM),
        ]
    return [_low(0), _ins(_JSET, _CLONE_NAMESPACES, 0, 1), _ret(ERRNO | EPERM), _ret(ALLOW)]


def build(profile: Profile, *, scratch: bool, pid: int, signals: bool = False) -> bytes:
    """The filter as BPF instructions.

    Args:
        profile: What kind of process it is for.
        scratch: Whether the process has a file tree of its own that it may change.
        pid: Its process id as it sees it itself: the only one it may signal.
        signals: Whether it may signal any process it can see, because something else keeps it from seeing others.

    Raises:
        OSError: The machine's system calls are not known.
    """
    if not syscalls.supported():
        raise OSError(38, f"system call filters for {syscalls.MACHINE} are not written yet")
    allowed = list(_ALWAYS)
    if scratch:
        allowed += _SCRATCH
    if profile is Profile.NATIVE:
        allowed += _NATIVE
    if profile is Profile.CHECKER:
        allowed += ["recvmsg", "sendmsg"]
    checked: dict[str, list[bytes]] = {
        "fcntl": _one_of(1, _FCNTL),
        "ioctl": _one_of(1, _IOCTL),
        "prctl": _one_of(0, _PRCTL),
        "prlimit64": _equals_64(0, 0),
        "socketpair": _one_of(0, (1,)),
        "getsockopt": _one_of(2, _SOCKET_OPTIONS),
        "sendto": _equals_64(4, 0),
        "clone": _clone(profile),
        "kill": _equals_64(0, pid),
        "tgkill": _equals_64(0, pid),
    }
    if signals:
        checked["kill"] = checked["tgkill"] = [_ret(ALLOW)]
    program = [
        _ins(_LOAD, _ARCH),
        _ins(_JEQ, syscalls.AUDIT_ARCH[syscalls.MACHINE], 1, 0),
        _ret(KILL_PROCESS),
        _ins(_LOAD, _NR),
        _ins(_JGE, _X32_BIT, 0, 1),
        _ret(ERRNO | ENOSYS),
    ]
    for name in allowed:
        if (number := syscalls.number(name)) is not None:
            program += [_ins(_JEQ, number, 0, 1), _ret(ALLOW)]
    for name, body in checked.items():
        if (number := syscalls.number(name)) is not None:
            program += [_ins(_JEQ, number, 0, len(body)), *body]
    for name in _NOT_THERE:
        if name not in allowed and (number := syscalls.number(name)) is not None:
            program += [_ins(_JEQ, number, 0, 1), _ret(ERRNO | ENOSYS)]
    program.append(_ret(ERRNO | EPERM))
    return b"".join(program)


def with_pid(program: bytes, pid: int) -> bytes:
    """A filter that was built for `UNKNOWN_PID`, for this process id: building takes longer than running a program."""
    return program.replace(_ins(_JEQ, UNKNOWN_PID, 0, 1), _ins(_JEQ, pid, 0, 1))


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def install(program: bytes) -> None:
    """Put this process under a filter, for good. Needs no_new_privs.

    Raises:
        OSError: The kernel refused.
    """
    linux.syscall("seccomp", 1, 0, _Filter(len(program) // 8, program))  # SECCOMP_SET_MODE_FILTER
