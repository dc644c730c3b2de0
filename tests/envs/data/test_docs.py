"""The pages on structured data: the example runs, the tables name what there is."""

import re
from pathlib import Path
from typing import Any

import pytest

from assay import verifiers
from assay.envs.data import FAMILIES
from assay.envs.sql import FAMILIES as SQL_FAMILIES
from assay.verifiers.data.outcome import COMMON_FIELDS, DataVerifier
from assay.verifiers.verifier import KINDS, get_verifier

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "structured_data.md").read_text(encoding="utf-8")
DATA_KINDS = [kind for kind, where in KINDS.items() if where.startswith("assay.verifiers.data.")]


def test_the_example_of_a_family_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", (DOCS / "extend_data.md").read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {"__name__": "example"}
    exec(compile(block, "extend_data.md", "exec"), names)
    assert "->" in capsys.readouterr().out


def test_python_blocks_run(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(compile(block, "structured_data.md", "exec"), names)
    assert capsys.readouterr().out


@pytest.mark.parametrize("kind", DATA_KINDS)
def test_every_field_of_every_spec_is_documented(kind: str) -> None:
    verifier = get_verifier(kind)
    assert isinstance(verifier, DataVerifier)
    row = re.findall(rf"^\| `{kind}` \|.*$", PAGE, re.MULTILINE)[0]
    for field in verifier.required | verifier.optional:
        assert f"`{field}`" in (row if kind != "constraint" else PAGE), field
    for field in COMMON_FIELDS:
        assert f"`{field}`" in PAGE


def test_every_family_is_in_the_table() -> None:
    for name in (*FAMILIES, *SQL_FAMILIES):
        assert f"| `{name}` |" in PAGE


def test_every_policy_that_the_code_names_is_documented() -> None:
    folder = Path(verifiers.__file__).parent / "data"
    named = {policy for file in folder.glob("*.py") for policy in re.findall(r"`([a-z-]+@\d+)`", file.read_text())}
    assert len(named) >= 12
    for policy in sorted(named):
        assert f"| `{policy}` |" in PAGE, policy
