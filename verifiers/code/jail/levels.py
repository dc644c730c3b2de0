"""The ladder of isolation: what each level is, which interpreter runs in it, and what of the machine it can see."""

from __future__ import annotations

import contextlib
import functools
import glob
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePath
from typing import Any

from assay.verifiers.errors import AssayError, UnknownNameError


class Level(IntEnum):
    """How well programs are shut in; each level was attacked before it is offered."""

    L0 = 0
    """A process with resource limits, and nothing else: the program can read and do what its user can."""
    L1 = 1
    """A system call filter: no network, no processes, no writing; the files of the machine can be read."""
    L2 = 2
    """Landlock and a system call filter: only the interpreter's own files can be read. Needs no privilege."""
    L3 = 3
    """The same inside bubblewrap: namespaces of its own, and a file tree that holds only the interpreter."""
    L4 = 4
    """The same, with a scratch folder of its own for each program, gone when it ends."""

    def __str__(self) -> str:
        """As it is written in options and verdicts."""
        return self.name


def read_level(name: str | Level) -> Level:
    """A level by its name, e.g. "L2".

    Raises:
        UnknownNameError: There is no such level.
    """
    if isinstance(name, Level):
        return name
    if not isinstance(name, str) or name not in Level.__members__:
        raise UnknownNameError("jail level", name, Level.__members__)
    return Level[name]


LAYERS: dict[Level, tuple[str, ...]] = {
    Level.L0: ("process", "rlimits"),
    Level.L1: ("process", "rlimits", "seccomp"),
    Level.L2: ("process", "rlimits", "seccomp", "landlock"),
    Level.L3: ("process", "rlimits", "seccomp", "landlock", "bubblewrap"),
    Level.L4: ("process", "rlimits", "seccomp", "landlock", "bubblewrap", "mount-namespace", "scratch-tmpfs"),
}


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python that runs in the jail.

    Attributes:
        path: The program.
        files: Files and folders it needs, with links as they are.
        stdlib: Its standard library.
    """

    path: str
    files: tuple[str, ...]
    stdlib: str


@functools.cache
def find_interpreter(uid: int) -> Interpreter:
    """The interpreter for jailed programs: the trainer's own base interpreter, else the system's of the same version.

    Args:
        uid: The user that must be able to run it and to read its library.

    Raises:
        AssayError: This user can run none.
    """
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    base = getattr(sys, "_base_executable", "") or sys.executable
    tried = [base, f"/usr/bin/python{version}", f"/usr/local/bin/python{version}", shutil.which("python3") or ""]
    code = (
        "import fcntl,json,sys,sysconfig; print(json.dumps([sys.version_info[:2]>=(3,11), sysconfig.get_path('stdlib'),"
        " sysconfig.get_config_var('LIBDIR') or '', sysconfig.get_config_var('platstdlib') or '']))"
    )
    for path in dict.fromkeys(os.path.realpath(p) for p in tried if p):
        try:
            command = [path, "-I", "-S", "-c", code]
            user = None if uid == os.geteuid() else uid
            done = subprocess.run(command, capture_output=True, timeout=60, check=True, cwd="/", user=user)
            recent, stdlib, libdir, _ = json.loads(done.stdout)
        except (OSError, subprocess.SubprocessError, ValueError):
            continue
        if recent:
            shared = glob.glob(os.path.join(glob.escape(libdir), "libpython*.so*"))
            return Interpreter(path, (path, *sorted(shared)), stdlib)
    raise AssayError(f"no Python {version} that uid {uid} can run was found for the jail; tried {', '.join(tried)}")


def system_libraries() -> tuple[str, ...]:
    """Folders of shared libraries, what finds them, and the public tables of locales and time zones."""
    multiarch = getattr(sys.implementation, "_multiarch", "") or "x86_64-linux-gnu"
    paths: tuple[str, ...] = (f"/usr/lib/{multiarch}", f"/lib/{multiarch}", "/usr/lib64", "/lib64", "/etc/ld.so.cache")
    paths += ("/usr/lib/locale", "/usr/share/zoneinfo")
    return tuple(dict.fromkeys(os.path.realpath(path) for path in paths if os.path.exists(path)))


def stdlib_entries(interpreter: Interpreter) -> tuple[str, ...]:
    """The standard library, entry by entry, without the folders of installed packages."""
    left_out = ("site-packages", "dist-packages", "test", "__pycache__")
    with os.scandir(interpreter.stdlib) as entries:
        return tuple(sorted(entry.path for entry in entries if entry.name not in left_out))


@functools.cache
def native_files() -> tuple[str, ...]:
    """What compilers and interpreters of other languages are made of, entry by entry.

    Left out is what may hold something of the trainer's: locally installed software, and packages of Python.
    """
    found: list[str] = []
    for folder in (
        "/usr/bin",
        "/usr/include",
        "/usr/libexec",
        "/usr/lib64",
        "/usr/share/nodejs",
        "/usr/share/node_modules",
    ):
        if os.path.isdir(folder):
            found.append(folder)
    with contextlib.suppress(OSError), os.scandir("/usr/lib") as entries:
        found += [entry.path for entry in entries if not entry.name.startswith(("python", "sysimage"))]
    found += ["/etc/alternatives", "/etc/ld.so.cache"]
    found += [path for path in ("/bin", "/lib", "/lib64") if os.path.isdir(path) and not os.path.islink(path)]
    return tuple(sorted(path for path in found if os.path.exists(path)))


PACKAGES = "/packages"
"""Where packages lie in a file tree of the jail's own. What lies under /tmp would be hidden by a scratch folder."""


@dataclass(frozen=True, slots=True)
class Packages:
    """Installed packages that programs may import.

    Attributes:
        names: What can be imported.
        site: The folder they lie in.
        files: The folders of theirs that may be read.
    """

    names: tuple[str, ...] = ()
    site: str = ""
    files: tuple[str, ...] = ()

    def inside(self) -> Packages:
        """The same where a jail with a file tree of its own has them."""
        if not self.names:
            return self
        return Packages(self.names, PACKAGES, tuple(f"{PACKAGES}/{os.path.basename(path)}" for path in self.files))


@functools.cache
def numpy_packages() -> Packages:
    """The trainer's numpy, without anything beside it; empty where there is none."""
    spec = importlib.util.find_spec("numpy")
    if spec is None or not spec.submodule_search_locations:
        return Packages()
    folder = os.path.realpath(spec.submodule_search_locations[0])
    site = os.path.dirname(folder)
    files = [folder] + [path for path in (os.path.join(site, "numpy.libs"),) if os.path.isdir(path)]
    return Packages(("numpy",), site, tuple(files))


ENVIRONMENT: dict[str, str] = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
    "TMPDIR": "/tmp",
    "PYTHONUTF8": "1",
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}
"""All that a jailed process finds in its environment."""


def bubblewrap() -> str | None:
    """Where bubblewrap is; None if it is not installed."""
    return shutil.which("bwrap", path="/usr/bin:/bin:/usr/local/bin")


@functools.cache
def can_mount_proc() -> bool:
    """Whether a jail can have a /proc of its own: containers often forbid it."""
    program = bubblewrap()
    if program is None:
        return False
    user = [] if os.geteuid() == 0 else ["--unshare-user"]
    command = [program, *user, "--unshare-pid", "--ro-bind", "/", "/", "--proc", "/proc", "/bin/sh", "-c", ":"]
    try:
        return subprocess.run(command, capture_output=True, timeout=60, check=False, cwd="/").returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def bubblewrap_command(interpreter: Interpreter, packages: Packages, *, native: bool, scratch: bool) -> list[str]:
    """The command line that builds the jail's file tree and namespaces.

    Args:
        interpreter: What runs in it.
        packages: What else can be imported.
        native: Whether compilers and other interpreters are there.
        scratch: Whether the worker may mount a scratch folder for each program.

    Raises:
        AssayError: bubblewrap is not installed.
    """
    program = bubblewrap()
    if program is None:
        raise AssayError("bubblewrap is not installed (Debian, Ubuntu, Fedora: package bubblewrap)")
    command = [
        program,
        "--die-with-parent",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-ipc",
        "--unshare-uts",
        "--unshare-cgroup-try",
    ]
    command += ["--cap-drop", "ALL"]
    root = os.geteuid() == 0
    if root:
        command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        command += ["--unshare-user", "--uid", "65534", "--gid", "65534"]
    if scratch:
        command += ["--cap-add", "CAP_SYS_ADMIN"]
        if root:  # its programs are another user's
            command += ["--cap-add", "CAP_KILL"]
    command += ["--hostname", "jail", "--perms", "0755", "--dir", "/dev", "--dir", "/tmp"]
    bound = {interpreter.path, *interpreter.files, interpreter.stdlib, *system_libraries()}
    if native:
        bound |= set(native_files())
    bound = {path for path in bound if not any(str(parent) in bound for parent in PurePath(path).parents)}
    paths = sorted((path for path in bound if os.path.exists(path)), key=len)
    # bubblewrap would make the folders above what only its owner can read as private as that.
    above = {str(parent) for path in (*paths, *packages.inside().files) for parent in PurePath(path).parents}
    for folder in sorted(above - {"/"} - set(paths), key=len):
        if not any(folder.startswith(f"{path}/") for path in paths):
            command += ["--perms", "0755", "--dir", folder]
    for path in paths:
        command += ["--ro-bind", path, path]
    for link in ("/lib", "/lib64", "/bin", "/sbin"):
        if os.path.islink(link):
            command += ["--symlink", os.readlink(link), link]
    for name in ("site-packages", "dist-packages"):
        if os.path.isdir(os.path.join(interpreter.stdlib, name)):
            command += ["--tmpfs", os.path.join(interpreter.stdlib, name)]
    for path, place in zip(packages.files, packages.inside().files, strict=True):
        command += ["--ro-bind", path, place]
    if can_mount_proc():
        # For /dev/stdin alone: nothing in it is granted, but a process may open again what it has open already.
        command += ["--proc", "/proc"]
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            command += ["--symlink", f"/proc/self/fd/{number}", f"/dev/{name}"]
        command += ["--symlink", "/proc/self/fd", "/dev/fd"]
    if scratch and not native:  # named semaphores of multiprocessing (which its pools of threads use) go to the scratch
        command += ["--symlink", "/tmp", "/dev/shm"]
    for device in ("null", "zero", "urandom", "random"):
        command += ["--dev-bind", f"/dev/{device}", f"/dev/{device}"]
    if native and not scratch:  # where its worker puts what programs read
        command += ["--perms", "1777", "--size", str(256 << 20), "--tmpfs", "/tmp"]
    return [*command, "--remount-ro", "/", "--chdir", "/"]


def settings_of(
    level: Level, interpreter: Interpreter, packages: Packages, *, native: bool, uid: int
) -> dict[str, Any]:
    """What a worker of this level is told; see `layers.Sandbox`."""
    wrapped = level >= Level.L3
    root = os.geteuid() == 0
    grants = [*stdlib_entries(interpreter), *packages.files, *system_libraries()]
    if wrapped:  # the file tree holds nothing else, so the library may be listed as a whole
        packages = packages.inside()
        grants = [interpreter.stdlib, *interpreter.files, *packages.files, *system_libraries()]
    if native:
        grants = [*native_files(), *system_libraries()]
    return {
        "native": native,
        "profile": "native" if native else "python",
        "landlock": level >= Level.L2,
        "seccomp": level >= Level.L1,
        "scratch": level >= Level.L4,
        "private_pids": wrapped,
        "parent": 0 if wrapped else os.getpid(),
        "grants": grants,
        "uid": uid if root and level >= Level.L1 else None,
        "keep_reading": level == Level.L2 and not native,
        "drop_in_child": level >= Level.L4,
        "caps": level >= Level.L4 and not root,
        "packages": list(packages.names),
        "site": packages.site,
    }
