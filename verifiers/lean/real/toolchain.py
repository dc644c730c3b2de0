"""Finding a Lean on this machine: `LEAN_BIN`, the PATH or elan; and the project whose library (Mathlib) it should see.

`LEAN_PROJECT` names the project, `LEAN_READABLE` folders that the toolchain needs and that lie outside of it.
Nothing is installed, downloaded or built here. What is found is asked for its version and its folders once per
process, outside the jail, because it is the user's own program.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from assay.verifiers.lean.engine import EngineAbsentError

SAFE_VERSION = (4, 34, 1)
"""Before this release Lean's kernel had known soundness bugs (its release notes of 2026)."""

OLDEST_VERSION = (4, 12, 0)
"""The auditor is written for this release and later ones."""

INSTALL = (
    "install elan (Debian package `elan`, or https://github.com/leanprover/elan), run "
    "`elan toolchain install leanprover/lean4:v4.34.1`, or set LEAN_BIN to a `lean`; see docs/lean.md"
)


@dataclass(frozen=True, slots=True)
class Toolchain:
    """A Lean 4.

    Attributes:
        lean: The program itself (not elan's stand-in), an absolute path.
        version: E.g. "4.34.1".
        prefix: The folder of the toolchain.
        library: Folders of compiled modules besides the toolchain's own, from the project.
        project: The Lake project they belong to; "" for none.
        readable: What else its processes must be able to read.
    """

    lean: str
    version: str
    prefix: str
    library: tuple[str, ...] = ()
    project: str = ""
    readable: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The version as numbers, for comparison; a release candidate counts as its release."""
        return version_numbers(self.version)

    def environment(self, extra: tuple[str, ...] = ()) -> dict[str, str]:
        """What its processes find in their environment.

        Args:
            extra: Folders of compiled modules to look in first.
        """
        found = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent", "LEAN_NUM_THREADS": "1"}
        found["LEAN_SYSROOT"] = self.prefix
        path = [*extra, *self.library]
        return found | {"LEAN_PATH": os.pathsep.join(path)} if path else found

    def folders(self) -> tuple[str, ...]:
        """What its processes must be able to read."""
        return tuple(dict.fromkeys((self.prefix, *self.library, *self.readable)))


def version_numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version such as "4.34.1" or "4.9.0-rc2"."""
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    return tuple(int(part) for part in found.groups()) if found else (0, 0, 0)


def version_warning(version: str) -> str:
    """What to know about a version; "" if nothing."""
    if version_numbers(version) < SAFE_VERSION:
        safe = ".".join(map(str, SAFE_VERSION))
        return f"Lean {version} is older than {safe}: its kernel has known soundness bugs; upgrade"
    return ""


def find_toolchain() -> Toolchain:
    """The Lean of this machine, for the project of `LEAN_PROJECT` if that is set.

    Raises:
        EngineAbsentError: There is none, or it does not work; says what to do.
    """
    names = ("LEAN_BIN", "LEAN_PROJECT", "PATH", "LEAN_READABLE")
    return _found(*(os.environ.get(name, "") for name in names))


def find_program(name: str) -> str | None:
    """Where a program of the toolchain (lean, lake) is: `LEAN_BIN`'s folder, the PATH, elan's folder."""
    named = os.environ.get("LEAN_BIN", "")
    folders = [named if os.path.isdir(named) else os.path.dirname(named)] if named else []
    folders += [*os.environ.get("PATH", "").split(os.pathsep), os.path.expanduser("~/.elan/bin")]
    return shutil.which(name, path=os.pathsep.join(folder for folder in folders if folder))


@functools.lru_cache(maxsize=8)
def _found(named: str, project: str, path: str, readable: str) -> Toolchain:
    lean = named if named and os.path.isfile(named) else find_program("lean")
    if named and (lean is None or not os.path.exists(named)):
        raise EngineAbsentError(f"LEAN_BIN is {named!r}, which is no `lean` and no folder that holds one")
    if lean is None:
        raise EngineAbsentError(f"no `lean` on this machine: {INSTALL}")
    if project and not os.path.isdir(project):
        raise EngineAbsentError(f"LEAN_PROJECT is {project!r}, which is no folder; set it to a Lake project")
    cwd = project or "/"
    said = _ask([lean, "--version"], cwd)
    found = re.search(r"version (\d+\.\d+\.\d+(?:-[\w.]+)?)", said)
    if found is None or version_numbers(found.group(1)) < (4, 0, 0):
        raise EngineAbsentError(f"{lean} is no Lean 4 (it says {said[:80]!r}); {INSTALL}")
    prefix = _ask([lean, "--print-prefix"], cwd).strip()
    if not os.path.isdir(prefix):
        raise EngineAbsentError(f"{lean} --print-prefix names no folder ({prefix[:80]!r}); {INSTALL}")
    itself = os.path.join(prefix, "bin", "lean")  # elan's `lean` only finds the one to run
    library = _library(project) if project else ()
    real = itself if os.path.isfile(itself) else os.path.realpath(lean)
    extra = (os.path.dirname(real), *(part for part in readable.split(os.pathsep) if part))
    return Toolchain(real, found.group(1), os.path.realpath(prefix), library, project, extra)


def _library(project: str) -> tuple[str, ...]:
    """The folders of compiled modules that a Lake project uses."""
    lake = find_program("lake")
    if lake is None:
        raise EngineAbsentError(f"LEAN_PROJECT is set, but there is no `lake`: {INSTALL}")
    printed = _ask([lake, "env", "printenv", "LEAN_PATH"], project)
    folders = tuple(str(Path(project, part).resolve()) for part in printed.strip().split(os.pathsep) if part)
    if not any(os.path.isdir(folder) for folder in folders):
        raise EngineAbsentError(f"the project {project} is not built: run `lake exe cache get` and `lake build` in it")
    return folders


def _ask(command: list[str], cwd: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=120, check=False, cwd=cwd, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError) as error:
        raise EngineAbsentError(f"`{' '.join(command)}` does not run ({type(error).__name__}); {INSTALL}") from None
    if done.returncode != 0:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().split("\n")[-1]
        raise EngineAbsentError(f"`{' '.join(command)}` fails ({said[:200]}); {INSTALL}")
    return done.stdout.decode("utf-8", "replace")
