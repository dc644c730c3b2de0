"""How a Lean process is shut in: with the layers of the code family's jail that this machine has.

With bubblewrap it gets a file tree of its own (the toolchain, the project and the machine's libraries to read, one
scratch folder to write), no network, and a process namespace in which nothing outlives it. Without, Landlock confines
its files and a filter its system calls. On other systems than Linux there are resource limits only. What was achieved
is reported with every verdict.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import importlib.resources
import json
import marshal
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import PurePath

from assay.verifiers.code.jail import landlock, levels, seccomp, syscalls
from assay.verifiers.code.jail.files import anonymous_file

SHIPPED = (
    "assay.verifiers.code.jail.syscalls",
    "assay.verifiers.code.jail.linux",
    "assay.verifiers.code.jail.landlock",
    "assay.verifiers.code.jail.seccomp",
    "assay.verifiers.lean.real.enter",
)
"""The modules that the bare interpreter gets, each after those it imports."""

_CODE = r"""
import base64, json, marshal, os, sys, types
fd = int(sys.argv[1])
start = json.loads(os.pread(fd, os.fstat(fd).st_size, 0))
os.close(fd)
for name, code in start["modules"]:
    parts = name.split(".")
    for depth in range(1, len(parts)):
        package = ".".join(parts[:depth])
        if package not in sys.modules:
            sys.modules[package] = types.ModuleType(package)
            sys.modules[package].__path__ = []
    module = types.ModuleType(name)
    sys.modules[name] = module
    setattr(sys.modules[".".join(parts[:-1])], parts[-1], module)
    exec(marshal.loads(base64.b64decode(code)), module.__dict__)
sys.modules["assay.verifiers.lean.real.enter"].enter(start["settings"])
"""

SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/nix/store")
"""What every program of the machine needs to read."""


@dataclass(frozen=True, slots=True)
class Confinement:
    """What one child may touch.

    Attributes:
        readable: Files and folders it may read and execute, besides the machine's own programs and libraries.
        scratch: The one folder it may write to.
    """

    readable: tuple[str, ...]
    scratch: str


@functools.cache
def layers() -> tuple[str, ...]:
    """The layers this machine offers, outermost last; each was tried."""
    if sys.platform != "linux":
        return ("process", "rlimits")
    found = ["process", "rlimits"]
    if syscalls.supported():
        found.append("seccomp")
    if _bubblewrap_works():
        return (*found, "bubblewrap")
    if landlock.abi() >= 1:
        found.append("landlock")
    return tuple(found)


@functools.cache
def _bubblewrap_works() -> bool:
    program = levels.bubblewrap()
    if program is None or not levels.can_mount_proc():
        return False
    command = [program, *_namespaces(), "--ro-bind", "/", "/", "--proc", "/proc", "/bin/sh", "-c", ":"]
    try:
        return subprocess.run(command, capture_output=True, timeout=60, check=False, cwd="/").returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _namespaces() -> list[str]:
    options = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    options += ["--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    return options if os.geteuid() == 0 else [*options, "--unshare-user"]


def popen(
    command: Sequence[str], environment: dict[str, str], within: Confinement, rlimits: dict[str, int]
) -> subprocess.Popen[bytes]:
    """Start a confined child in a session of its own, with pipes for its three streams.

    Args:
        command: The program (an absolute path) and its arguments.
        environment: All that it finds in its environment.
        within: What it may touch; it starts in the scratch folder.
        rlimits: Names of `resource` -> bound.

    Raises:
        OSError: It could not be started.
    """
    worn = layers()
    settings = {
        "command": list(command),
        "environment": environment,
        "parent": os.getpid(),
        "rlimits": rlimits,
        "landlock": "landlock" in worn,
        "seccomp": "seccomp" in worn and "bubblewrap" not in worn,
        "drop": sys.platform == "linux" and os.geteuid() == 0 and "bubblewrap" not in worn,
        "readable": [*SYSTEM, *within.readable],
        "writable": [within.scratch],
    }
    passed: list[int] = []
    try:
        if "bubblewrap" in worn:
            if "seccomp" in worn:
                program = seccomp.build(seccomp.Profile.NATIVE, scratch=True, pid=0, signals=True)
                passed.append(anonymous_file("seccomp", program))
            wrapped = _bubblewrap_command(within, passed[0] if passed else None)
            settings["command"] = [*wrapped, "--", *command]
        message = json.dumps({"modules": _modules(), "settings": settings}).encode("utf-8", "surrogateescape")
        passed.append(anonymous_file("enter", message))
        return _spawner().submit(_start, passed, environment, within.scratch).result()
    finally:
        for fd in passed:
            with contextlib.suppress(OSError):
                os.close(fd)


def _start(passed: list[int], environment: dict[str, str], scratch: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-B", "-c", _CODE, str(passed[-1])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=scratch,
        pass_fds=passed,
        start_new_session=True,
        bufsize=0,
    )


@functools.cache
def _spawner() -> ThreadPoolExecutor:
    """The one thread that starts children: a child dies with the thread that started it, and this one stays."""
    return ThreadPoolExecutor(1, thread_name_prefix="assay-lean-spawner")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_spawner.cache_clear)


def _bubblewrap_command(within: Confinement, filter_fd: int | None) -> list[str]:
    program = levels.bubblewrap()
    assert program is not None
    command = [program, *_namespaces(), "--hostname", "jail", "--dir", "/dev", "--dir", "/tmp"]
    paths = sorted({path for path in (*SYSTEM, *within.readable) if os.path.exists(path)}, key=len)
    above = {str(parent) for path in (*paths, within.scratch) for parent in PurePath(path).parents} - {"/", *paths}
    for folder in sorted(above, key=len):
        if not any(folder.startswith(f"{path}/") for path in paths):
            command += ["--perms", "0755", "--dir", folder]
    for path in paths:
        link = os.path.islink(path) and path in SYSTEM
        command += ["--symlink", os.readlink(path), path] if link else ["--ro-bind", path, path]
    command += ["--bind", within.scratch, within.scratch, "--proc", "/proc"]
    for device in ("null", "zero", "urandom", "random"):
        command += ["--dev-bind", f"/dev/{device}", f"/dev/{device}"]
    if filter_fd is not None:
        command += ["--seccomp", str(filter_fd)]
    return [*command, "--remount-ro", "/", "--chdir", within.scratch]


@functools.cache
def _modules() -> tuple[tuple[str, str], ...]:
    """Name and code of every shipped module, compiled here so that no child has to: both are one interpreter."""
    pairs: list[tuple[str, str]] = []
    for name in SHIPPED:
        package, _, last = name.rpartition(".")
        source = (importlib.resources.files(package) / f"{last}.py").read_text(encoding="utf-8")
        code = compile(source, name, "exec", dont_inherit=True)
        pairs.append((name, base64.b64encode(marshal.dumps(code)).decode("ascii")))
    return tuple(pairs)
