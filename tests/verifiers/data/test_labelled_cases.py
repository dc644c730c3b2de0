"""Every labelled case of structured data: accepted, refused, or with the credit that the label says."""

import json
from pathlib import Path
from typing import Any

import pytest

from assay.verifiers.dispatch import verify

SHARED = Path(__file__).parents[3].parent / "shared" / "cases" / "structured.jsonl"
ROWS: list[dict[str, Any]] = (
    [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines()] if SHARED.is_file() else []
)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_verdict_is_the_label(row: dict[str, Any]) -> None:
    verdict = verify(row["family"], row["spec"], row["answer"])
    match row["verdict"]:
        case "accept":
            assert verdict.score == 1.0, verdict
        case "reject":
            assert verdict.score == 0.0, verdict
        case _:
            assert verdict.score == 0.0
            assert verdict.detail["credit"] == pytest.approx(row["expected_score"], abs=1e-3)


def test_all_cases_are_there(cases_dir: Path) -> None:
    assert len(ROWS) == 70
    assert {row["family"] for row in ROWS} == {
        *("json_schema", "json_equal", "json_repair", "extraction", "conversion", "transform", "sql", "regex"),
        *("normalise", "constraint"),
    }
