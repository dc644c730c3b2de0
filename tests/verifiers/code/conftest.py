"""Levels as parameters, and grading as a user without privileges."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assay.verifiers.code.jail import jail
from assay.verifiers.code.jail.levels import Level, find_interpreter
from assay.verifiers.errors import AssayError

NOBODY = 65534

Row = tuple[Any, str, dict[str, Any], int]
"""Spec, response, options, and how often it is graded."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The labelled programs, where they are at hand."""
    if "case" in metafunc.fixturenames:
        file = Path(__file__).parents[4] / "shared" / "cases" / "code_programs.jsonl"
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        rows = [json.loads(line) for line in lines if line.strip()]
        metafunc.parametrize("case", rows, ids=[row["id"] for row in rows])


@pytest.fixture(scope="session", params=["L4", "L2"])
def level(request: pytest.FixtureRequest) -> str:
    """A level of isolation; the test is skipped where the machine does not offer it."""
    name = str(request.param)
    found = jail.report(Level[name])
    if not found.offered:
        pytest.skip(f"this machine does not offer {name}: {found.problem}")
    return name


@pytest.fixture(scope="session")
def scratch_level() -> str:
    """L4, the level with a folder to write to."""
    if not jail.report(Level.L4).offered:
        pytest.skip(f"this machine does not offer L4: {jail.report(Level.L4).problem}")
    return "L4"


@pytest.fixture(scope="session", autouse=True)
def closed_jail() -> Iterator[None]:
    """No worker outlives the tests."""
    yield
    jail.close()


@pytest.fixture(scope="session")
def grade_as_nobody() -> Callable[[list[Row]], list[dict[str, Any]]]:
    """Verdicts of rows, graded by uid 65534 in a process of its own."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")

    def grade(rows: list[Row]) -> list[dict[str, Any]]:
        try:
            interpreter = find_interpreter(NOBODY).path
        except AssayError as error:
            pytest.skip(str(error))
        root = Path(__file__).parents[3]
        site = [path for path in sys.path if path.endswith("site-packages")]
        done = subprocess.run(
            [interpreter, "-B", str(Path(__file__).with_name("as_user.py"))],
            input=json.dumps(rows),
            capture_output=True,
            text=True,
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONPATH": os.pathsep.join([str(root), *site])},
            check=False,
        )
        unreadable = ("PermissionError", "Permission denied", "ModuleNotFoundError")
        if done.returncode and any(word in done.stderr for word in unreadable):
            pytest.skip(f"uid {NOBODY} cannot read this installation: {done.stderr[-200:]}")
        assert done.returncode == 0, done.stderr[-2000:]
        return [json.loads(line) for line in done.stdout.splitlines()]

    return grade
