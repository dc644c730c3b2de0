"""The import rules: arrows point one way, and heavy libraries load only where they are used."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = ("verifiers", "envs", "agents", "benchmarks")
"""Each room may import itself and those before it."""

HEAVY = (
    *("torch", "transformers", "sympy", "ray", "httpx", "jinja2", "typer", "rich", "matplotlib", "datasets"),
    *("jsonschema_rs", "re2", "defusedxml", "yaml", "sqlite3"),
)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", ORDER)
def test_arrows_point_one_way(room: str) -> None:
    allowed = {f"assay.{name}" for name in ORDER[: ORDER.index(room) + 1]}
    for path in (ROOT / room).rglob("*.py"):
        for name in _imports(path):
            assert name.split(".")[0] not in ORDER, f"{path} imports {name}: write assay.{name}"
            if name.startswith("assay"):
                assert ".".join(name.split(".")[:2]) in allowed | {"assay"}, f"{path} imports {name}"
                assert name != "assay", f"{path} imports the front door"


def test_verifiers_and_envs_never_name_a_trainer() -> None:
    for room in ("verifiers", "envs"):
        for path in (ROOT / room).rglob("*.py"):
            assert not {"torch", "transformers"} & {name.split(".")[0] for name in _imports(path)}, path


@pytest.mark.parametrize(
    "statement",
    [
        "import assay",
        "import assay; assay.verify('math', {'answer': '3'}, r'\\boxed{3}')",
        "import assay.verifiers.math",
        "import gymnasium; gymnasium.make('assay:assay/Math-v0').reset(seed=0)",
        "import assay.agents.rollout, assay.agents.agent",
    ],
)
def test_heavy_libraries_stay_out(statement: str) -> None:
    code = f"{statement}\nimport sys\nprint(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_public_names_are_these() -> None:
    import assay

    assert assay.__all__ == [
        "AssayError",
        "Episode",
        "SpecError",
        "Status",
        "Task",
        "TaskSource",
        "TextEnv",
        "UnknownNameError",
        "Verdict",
        "Verifier",
        "__version__",
        "averify",
        "verify",
        "verify_batch",
    ]
    assert all(hasattr(assay, name) for name in assay.__all__)
