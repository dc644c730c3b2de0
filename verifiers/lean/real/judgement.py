"""Verdicts as all real engines give them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from assay.verifiers.lean.engine import VERIFIER_NAME
from assay.verifiers.lean.real.policy_text import Refusal
from assay.verifiers.verdict import Status, Verdict


def verdict(status: Status, reason: str, message: str, start: float, detail: Mapping[str, Any]) -> Verdict:
    """A verdict that is no `ERROR`.

    Args:
        status: How the check ended.
        reason: Stable code.
        message: For the agent.
        start: When the check began, on `time.perf_counter`.
        detail: What else is reported.
    """
    score = 1.0 if status is Status.CORRECT else 0.0
    elapsed = time.perf_counter() - start
    return Verdict(status, score, score, reason, message[:4000], None, "lean", elapsed, VERIFIER_NAME, dict(detail))


def refusal(text: Refusal, start: float, detail: Mapping[str, Any]) -> Verdict:
    """For a text that Lean was not shown."""
    return verdict(text.status, text.reason, text.message, start, detail)


def overrun(resource: str, start: float, detail: Mapping[str, Any]) -> Verdict:
    """For a proof that used up what it was given."""
    status = Status.TIMEOUT if resource == "cpu" else Status.LIMIT
    named = {"cpu": "CPU time", "memory": "memory", "output": "output"}[resource]
    message = f"checking the proof used up its {named}"
    return verdict(status, "resource", message, start, {**detail, "resource": resource})
