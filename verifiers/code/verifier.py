"""The verifier of kind "code": from a spec and a response to a verdict."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any

from assay.verifiers.code.extraction import find_program
from assay.verifiers.code.jail import jail
from assay.verifiers.code.jail.pool import Pool
from assay.verifiers.code.jail.process import WorkerDiedError
from assay.verifiers.code.judge import TAIL, Outcome, judge
from assay.verifiers.code.native import MissingToolError
from assay.verifiers.code.spec import CodeTask, read_task, spec_limits
from assay.verifiers.code.written import KINDS, judge_written
from assay.verifiers.errors import SpecError, UnknownNameError
from assay.verifiers.verdict import Status, Verdict, failed

NAME = "code@1.0.0"

OPTIONS = ("require", "level", "allow_unsafe", "extraction", "limits", "all_cases", "deadline_s")

_PROBLEMS = {
    "no_answer": (Status.NO_ANSWER, "The response holds no program."),
    "several_programs": (Status.HEDGED, "The response holds several different programs; give one."),
    "program_too_long": (Status.LIMIT, "The program is longer than 1 MiB."),
}


class CodeVerifier:
    """Runs programs in a jail and compares what they do; see docs/code.md.

    Options of `verify`:
        require: The lowest isolation level that will do, "L2" by default.
        level: This isolation level and no other.
        allow_unsafe: Needed for level L0.
        extraction: "single" (default) refuses several different fenced blocks; "last" takes the last.
        limits: Override the limits of the spec.
        all_cases: Judge every case even if one is wrong; by default only where the task has weights.
    """

    name = NAME

    def verify(self, spec: Mapping[str, Any], response: str, **options: Any) -> Verdict:
        """Grade one response.

        Raises:
            SpecError: The spec or an option cannot be used, or the task's reference does not pass.
            AssayError: This machine does not offer the required isolation.
        """
        start = time.perf_counter()
        for option in options:
            if option not in OPTIONS:
                raise SpecError(str(UnknownNameError("option of the code verifier", option, OPTIONS)))
        raw = spec.get("task")
        written = isinstance(raw, Mapping) and raw.get("kind") in KINDS
        task = None if written else read_task(spec, options.get("limits"))
        found = find_program(response, task.language if task else "json", options.get("extraction", "single"))
        if found.program is None:
            status, message = _PROBLEMS[found.problem]
            elapsed = time.perf_counter() - start
            return Verdict(status, 0.0, 0.0, found.problem, message, None, "", elapsed, NAME)
        require = options.get("require", options.get("level", jail.DEFAULT_REQUIRE))
        pool = jail.open_jail(
            require, level=options.get("level"), allow_unsafe=bool(options.get("allow_unsafe", False))
        )
        try:
            if task is None:
                limits = spec_limits(spec, options.get("limits"))
                outcome, credit = judge_written(spec["task"], found.program, limits, pool)
            else:
                if task.reference:
                    _check_reference(task, pool)
                outcome = judge(task, found.program, pool, all_cases=bool(options.get("all_cases", bool(task.weights))))
                credit = _partial(task, outcome)
        except WorkerDiedError as error:
            elapsed = time.perf_counter() - start
            return failed("worker_died", f"The jail failed: {error}.", verifier=NAME, elapsed=elapsed)
        except MissingToolError as error:
            elapsed = time.perf_counter() - start
            return failed("missing_tool", f"This machine cannot run it: {error}.", verifier=NAME, elapsed=elapsed)
        return _verdict(task, outcome, credit, found.program, pool, time.perf_counter() - start)


VERIFIER = CodeVerifier()


def _verdict(
    task: CodeTask | None, outcome: Outcome, credit: float, program: str, pool: Pool, elapsed: float
) -> Verdict:
    right = outcome.status is Status.CORRECT
    partial = 1.0 if right else min(credit, 0.99)
    return Verdict(
        outcome.status,
        1.0 if right else 0.0,
        partial,
        outcome.reason,
        outcome.message,
        program,
        f"jail:{pool.level}",
        elapsed,
        NAME,
        _detail(task, outcome, pool),
    )


def _partial(task: CodeTask, outcome: Outcome) -> float:
    """The weight of the cases that are right; 0 for a task without weights."""
    if not task.weights:
        return 0.0
    got = sum(weight for weight, right in zip(task.weights, outcome.passed, strict=False) if right)
    return got / sum(task.weights)


def _detail(task: CodeTask | None, outcome: Outcome, pool: Pool) -> dict[str, Any]:
    last = outcome.runs[-1] if outcome.runs else None
    detail: dict[str, Any] = {
        "cases_passed": sum(outcome.passed),
        "cases_total": outcome.total,
        "passed": outcome.passed[:1000],
        "cpu_s": sum(run.cpu_s for run in outcome.runs),
        "wall_s": sum(run.wall_s for run in outcome.runs),
        "max_rss_bytes": max((run.rss_bytes for run in outcome.runs), default=0),
        "isolation": {"level": str(pool.level), "layers": list(jail.layers(pool.level))},
        "trust": _trust(task),
        "language": task.language if task else "json",
    }
    if last is not None:
        detail["exit_code"] = last.exit_code if last.exit_code >= 0 else None
        detail["signal"] = -last.exit_code if last.exit_code < 0 else None
        for name, data in (("stdout_tail", last.stdout), ("stderr_tail", last.stderr)):
            detail[name] = data[-4 * TAIL :].decode("utf-8", "replace")[-TAIL:]
    return detail


def _trust(task: CodeTask | None) -> str:
    """Low where program and test share a process, in which case a program can forge its verdict."""
    return "low" if task is not None and task.same_process else "high"


_references: set[str] = set()
_reference_lock = threading.Lock()


def _check_reference(task: CodeTask, pool: Pool) -> None:
    """Refuse a task whose own reference does not pass; each task is tried once.

    Raises:
        SpecError: It does not.
    """
    key = repr(task)
    with _reference_lock:
        if key in _references:
            return
    outcome = judge(task, task.reference, pool, all_cases=False)
    if outcome.status is not Status.CORRECT:
        raise SpecError(f"task.reference does not pass the task's own checks ({outcome.reason}): {outcome.message}")
    with _reference_lock:
        if len(_references) > 10_000:
            _references.clear()
        _references.add(key)
