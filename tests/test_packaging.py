"""The package as it is installed: every folder listed, links right, nothing leaked, the wheel works from elsewhere."""

import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("verifiers", "envs", "agents", "benchmarks")


def test_every_package_folder_is_listed() -> None:
    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    found = {"assay"} | {
        "assay." + ".".join(path.parent.relative_to(base).parts)
        for base, folders in ((ROOT / "assay", ["cli"]), (ROOT, ROOMS))
        for folder in folders
        for path in (base / folder).rglob("__init__.py")
    }
    assert listed == found


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_are_linked_into_the_package(room: str) -> None:
    link = ROOT / "assay" / room
    assert link.is_symlink()
    assert link.readlink() == Path("..") / room


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def test_wheel_holds_only_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"assay"}
    assert "assay/py.typed" in names
    assert "assay/benchmarks/suites/smoke.json" in names


def test_wheel_makes_an_environment_from_elsewhere(wheel: Path, tmp_path: Path) -> None:
    """Install the wheel in a venv of its own that borrows the dependencies, and use it outside the repository."""
    venv.create(tmp_path / "venv", with_pip=False)
    site = next((tmp_path / "venv" / "lib").glob("python*")) / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    (site / "borrowed.pth").write_text("\n".join(borrowed))
    code = (
        "import gymnasium; env = gymnasium.make('assay:assay/Math-v0'); env.reset(seed=1);"
        "import assay; print(assay.__file__)"
    )
    done = subprocess.run(
        # Without the borrowed folders' own .pth files, which would bring in an editable install of this repository.
        [tmp_path / "venv" / "bin" / "python", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip().startswith(str(tmp_path))


def test_editable_install_makes_an_environment_from_elsewhere(tmp_path: Path) -> None:
    code = "import gymnasium; env = gymnasium.make('assay:assay/Math-v0'); print(type(env.unwrapped).__name__)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "MathEnv"


def test_no_room_is_a_top_level_name(tmp_path: Path) -> None:
    """A popular package is called `verifiers`; ours must never shadow it."""
    code = "import importlib.util, assay; print([importlib.util.find_spec(n) for n in ('verifiers', 'envs', 'agents')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[None, None, None]"
