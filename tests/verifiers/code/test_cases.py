"""Every labelled program: hostile ones fail, benign ones pass, at every level and as any user."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assay.verifiers.dispatch import verify
from assay.verifiers.verdict import Status

QUICK = {"cpu_s": 1.0, "wall_s": 4.0}
"""Limits under which every labelled program can show what it does."""


def test_each_program_is_judged_as_labelled(case: dict[str, Any], level: str) -> None:
    spec = {"task": case["task"], "limits": QUICK}
    verdicts = [verify("code", spec, case["program"], level=level) for _ in range(case.get("repeat", 1))]
    assert Status.ERROR not in [verdict.status for verdict in verdicts], verdicts
    assert ("pass" if verdicts[-1].correct else "fail") == case["expected"], verdicts[-1]
    assert verdicts[-1].method == f"jail:{level}"
    if "canary" in case:
        assert not Path(case["canary"]).exists()


def test_a_user_without_privileges_gets_the_same_verdicts(
    cases_dir: Path, grade_as_nobody: Callable[[list[Any]], list[dict[str, Any]]]
) -> None:
    lines = (cases_dir / "code_programs.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    specs = [{"task": case["task"], "limits": QUICK} for case in cases]
    verdicts = grade_as_nobody(
        [
            (spec, case["program"], {"level": "L2"}, case.get("repeat", 1))
            for spec, case in zip(specs, cases, strict=True)
        ]
    )
    wrong = [
        (case["id"], verdict["status"], verdict["message"])
        for case, verdict in zip(cases, verdicts, strict=True)
        if verdict["score"] is None or ("pass" if verdict["score"] == 1 else "fail") != case["expected"]
    ]
    assert wrong == []
