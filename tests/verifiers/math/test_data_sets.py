"""Golds of public data sets against themselves and against others, and real completions with independent labels."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from assay.verifiers.math import VERIFIER, compile_gold

DATA = Path(__file__).parents[3] / "../shared/data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data, which is not here")


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def last_box(text: str) -> str:
    start = text.rfind(r"\boxed{") + 7
    depth = 1
    for index in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if depth == 0:
            return text[start:index]
    raise AssertionError("a solution without a box")


def golds(name: str) -> list[str]:
    match name:
        case "math500":
            found = [row["answer"] for row in lines("math500/test.jsonl")]
        case "minerva_math":
            found = [last_box(row["solution"]) for row in lines("minerva_math/test.jsonl")]
        case "olympiadbench":
            found = [", ".join(row["final_answer"]) for row in lines("olympiadbench/test.jsonl")]
        case _:
            found = [str(row["answer"]) for row in lines(f"{name}/test.jsonl")]
    return [gold for gold in found if gold]


SAME_BY_POLICY = {(r"90^\circ", "90"), ("90", r"90^\circ")}
"""Different spellings that are the same answer on purpose, beside those that `canonical` below folds."""


def canonical(gold: str) -> str:
    folded = (
        gold.replace("$", "")
        .replace(" ", "")
        .replace(r"\dfrac", r"\frac")
        .replace(r"^{\circ}", "")
        .replace(r"^\circ", "")
    )
    return folded.rsplit("=", 1)[-1] if folded.count("=") == 1 else folded


@pytest.mark.parametrize("name", ["math500", "minerva_math", "olympiadbench", "aime24", "amc23"])
def test_gold_against_itself_and_others(name: str) -> None:
    answers = golds(name)
    shuffled = list(answers)
    random.Random(name).shuffle(shuffled)
    for gold, other in zip(answers, shuffled, strict=True):
        compile_gold(gold)
        assert VERIFIER.verify({"answer": gold}, rf"So \boxed{{{gold}}}.").correct, gold
        verdict = VERIFIER.verify({"answer": gold}, rf"So \boxed{{{other}}}.", deadline_s=5.0)
        if verdict.correct:
            assert (
                canonical(gold) == canonical(other) or (gold, other) in SAME_BY_POLICY or verdict.method == "rational"
            ), (
                gold,
                other,
            )


def test_real_completions_with_labels() -> None:
    """All 5,276 labelled answers; the list of disagreements with the labels is empty."""
    disagreements: list[tuple[str, str]] = []
    checked = 0
    for row in lines("gsm8k/example_model_solutions.jsonl"):
        gold = row["ground_truth"].rsplit("A:", 1)[1].strip()
        for name, answer in row.items():
            if isinstance(answer, dict):
                checked += 1
                verdict = VERIFIER.verify({"answer": gold}, answer["solution"])
                if verdict.correct != answer["is_correct"]:
                    disagreements.append((name, row["question"]))
    assert checked == 5276
    assert disagreements == []
