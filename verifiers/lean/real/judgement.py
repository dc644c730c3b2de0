"""Verdicts as all real engines give them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from assay.verifiers.lean.engine import VERIFIER_NAME, EngineError
from assay.verifiers.lean.real.policy_text import Refusal
from assay.verifiers.verdict import Status, Verdict, failed


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


def unsolved(goals: str, trust: str) -> Verdict:
    """For a proof that leaves goals."""
    return verdict(Status.WRONG, "unsolved_goals", f"unsolved goals\n{goals}", time.perf_counter(), {"trust": trust})


def proved(
    rests_on: Sequence[str], allowed: Sequence[str], who: str, start: float, detail: Mapping[str, Any]
) -> Verdict:
    """For a proof that Lean accepts: right, unless it rests on an axiom that the task does not allow."""
    detail = {**detail, "axioms": list(rests_on)}
    extra = next((axiom for axiom in rests_on if axiom not in allowed), None)
    if extra is not None:
        message = f"the proof rests on the axiom {extra}, which this task does not allow"
        return verdict(Status.FORBIDDEN, "axiom_not_allowed", message, start, detail)
    return verdict(Status.CORRECT, "proved", f"{who} accepts the proof", start, detail)


def engine_failed(error: EngineError, start: float, detail: Mapping[str, Any]) -> Verdict:
    """For a check that the engine spoilt: nobody's proof is to blame."""
    elapsed = time.perf_counter() - start
    return failed(error.reason, str(error), verifier=VERIFIER_NAME, elapsed=elapsed, **{**detail, **error.detail})


def overrun(resource: str, start: float, detail: Mapping[str, Any]) -> Verdict:
    """For a proof that used up what it was given."""
    status = Status.TIMEOUT if resource == "cpu" else Status.LIMIT
    named = {"cpu": "CPU time", "memory": "memory", "output": "output"}[resource]
    message = f"checking the proof used up its {named}"
    return verdict(status, "resource", message, start, {**detail, "resource": resource})
