"""The shared labelled cases: every uncontested row, and every contested one under the default policy."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from assay.verifiers.math import VERIFIER

CASES = Path(__file__).parents[3] / "../shared/cases"


def rows() -> list[dict[str, Any]]:
    if not CASES.is_dir():
        return []
    spec = importlib.util.spec_from_file_location("case_expander", CASES / "expand.py")
    assert spec is not None
    assert spec.loader is not None
    expander: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(expander)
    return list(expander.load(CASES / "math.jsonl"))


ROWS = rows()
NEEDS_CASES = pytest.mark.skipif(not ROWS, reason="needs ../shared/cases, which is not here")


@NEEDS_CASES
@pytest.mark.parametrize(
    "row", [row for row in ROWS if not row["policy"]], ids=lambda row: f"{row['category']}-{row['id']}"
)
def test_uncontested(row: dict[str, Any]) -> None:
    verdict = VERIFIER.verify({"answer": row["gold"]}, row["text"], deadline_s=2.0)
    assert verdict.correct == row["expected"], verdict


@NEEDS_CASES
@pytest.mark.parametrize("row", [row for row in ROWS if row["policy"]], ids=lambda row: f"{row['policy']}-{row['id']}")
def test_contested_rows_follow_the_documented_defaults(row: dict[str, Any]) -> None:
    verdict = VERIFIER.verify({"answer": row["gold"]}, row["text"], deadline_s=2.0)
    assert verdict.correct == row["expected"], verdict


@NEEDS_CASES
@pytest.mark.parametrize("policy", ["strict", "last_boxed"])
def test_other_extraction_policies_never_pay_more(policy: str) -> None:
    """A box that lenient reads wrong is wrong for the others too."""
    for row in ROWS:
        if not row["expected"] and not row["policy"] and row["category"] not in ("hedging", "adversarial"):
            assert not VERIFIER.verify({"answer": row["gold"]}, row["text"], extraction=policy).correct, row
