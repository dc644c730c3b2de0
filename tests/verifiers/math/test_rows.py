r"""Labelled answers beyond the shared cases, kept as data beside this file.

`pairs.jsonl` holds, for a gold answer of a category, answers that are right in odd notation and nearly right wrong ones
as they stand in a box; `texts.jsonl` holds whole responses. They came from writing at least ten of each kind for every
category, and from every attack that worked.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from assay.verifiers.math import VERIFIER


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()]


def paid(gold: str, responses: list[str]) -> list[bool]:
    return [VERIFIER.verify({"answer": gold}, response, deadline_s=10.0).correct for response in responses]


@pytest.mark.parametrize("row", rows("pairs.jsonl"), ids=lambda row: f"{row['category']}: {row['gold']}")
def test_pairs(row: dict[str, Any]) -> None:
    for kind, expected in (("right", True), ("wrong", False)):
        answers = row.get(kind, [])
        found = paid(row["gold"], [rf"So we get $\boxed{{{answer}}}$." for answer in answers])
        assert [answer for answer, one in zip(answers, found, strict=True) if one != expected] == [], kind


@pytest.mark.parametrize("row", rows("texts.jsonl"), ids=lambda row: row["gold"])
def test_texts(row: dict[str, Any]) -> None:
    for kind, expected in (("right", True), ("wrong", False)):
        responses = row.get(kind, [])
        found = paid(row["gold"], responses)
        assert [text for text, one in zip(responses, found, strict=True) if one != expected] == [], kind


def test_every_category_has_both_kinds() -> None:
    counts: dict[str, list[int]] = {}
    for row in rows("pairs.jsonl"):
        count = counts.setdefault(row["category"], [0, 0])
        count[0] += len(row.get("right", []))
        count[1] += len(row.get("wrong", []))
    thin = [name for name, (right, wrong) in counts.items() if min(right, wrong) < 10]
    assert thin == ["adversarial"]  # one-sided by nature
