"""The verifier of kind "code": from a spec and a response to a verdict."""

from __future__ import annotations

import asyncio
import functools
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assay.verifiers.code.extraction import find_program
from assay.verifiers.code.jail import jail
from assay.verifiers.code.jail.levels import Level
from assay.verifiers.code.jail.pool import Pool
from assay.verifiers.code.jail.process import WorkerDiedError
from assay.verifiers.code.judge import TAIL, Outcome, judge
from assay.verifiers.code.native import MissingToolError
from assay.verifiers.code.spec import CodeTask, read_task, spec_limits
from assay.verifiers.code.written import KINDS, judge_written
from assay.verifiers.errors import SpecError, UnknownNameError
from assay.verifiers.verdict import Status, Verdict, failed

NAME = "code@1.2.0"

LONG_RESPONSE = 256 << 10
"""Characters above which a response is read in a thread, where that would hold up an event loop."""

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
        """Grade one response; blocks.

        Raises:
            SpecError: The spec or an option cannot be used, or the task's reference does not pass.
            AssayError: This machine does not offer the required isolation.
        """
        request = _read(spec, response, options)
        if isinstance(request, Verdict):
            return request
        pool = _open(request)
        return pool.finish(_grade(request, pool.level))

    async def averify(self, spec: Mapping[str, Any], response: str, **options: Any) -> Verdict:
        """Grade one response without blocking the event loop, and without a thread that waits.

        Raises:
            SpecError: As in `verify`.
            AssayError: As in `verify`.
        """
        long = len(response) > LONG_RESPONSE
        reading = functools.partial(_read, spec, response, options)
        request = await asyncio.to_thread(reading) if long else reading()
        if isinstance(request, Verdict):
            return request
        # The first time every level is attacked, which takes seconds.
        known = jail.is_known(request.require, request.level)
        pool = _open(request) if known else await asyncio.to_thread(_open, request)
        return await pool.afinish(_grade(request, pool.level))


VERIFIER = CodeVerifier()


@dataclass(frozen=True, slots=True)
class _Request:
    """A response to be graded, with everything read that needs no jail."""

    task: CodeTask | None  # None for the kinds of `written`
    spec: Mapping[str, Any]
    program: str
    limits: Mapping[str, Any] | None
    all_cases: bool
    require: str | Level
    level: str | Level | None
    allow_unsafe: bool
    start: float


def _read(spec: Mapping[str, Any], response: str, options: Mapping[str, Any]) -> _Request | Verdict:
    """What is to be done; or the verdict, if the response holds no program."""
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
    level = options.get("level")
    return _Request(
        task=task,
        spec=spec,
        program=found.program,
        limits=options.get("limits"),
        all_cases=bool(options.get("all_cases", bool(task and task.weights))),
        require=options.get("require", level or jail.DEFAULT_REQUIRE),
        level=level,
        allow_unsafe=bool(options.get("allow_unsafe", False)),
        start=start,
    )


def _open(request: _Request) -> Pool:
    return jail.open_jail(request.require, level=request.level, allow_unsafe=request.allow_unsafe)


async def _grade(request: _Request, level: Level) -> Verdict:
    task, program, start = request.task, request.program, request.start
    try:
        if task is None:
            limits = spec_limits(request.spec, request.limits)
            outcome, credit = await judge_written(request.spec["task"], program, limits)
        else:
            if task.reference:
                await _check_reference(task, level)
            outcome = await judge(task, program, level, all_cases=request.all_cases)
            credit = _partial(task, outcome)
    except WorkerDiedError as error:
        elapsed = time.perf_counter() - start
        return failed("worker_died", f"The jail failed: {error}.", verifier=NAME, elapsed=elapsed)
    except MissingToolError as error:
        elapsed = time.perf_counter() - start
        return failed("missing_tool", f"This machine cannot run it: {error}.", verifier=NAME, elapsed=elapsed)
    return _verdict(task, outcome, credit, program, level, time.perf_counter() - start)


def _verdict(
    task: CodeTask | None, outcome: Outcome, credit: float, program: str, level: Level, elapsed: float
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
        f"jail:{level}",
        elapsed,
        NAME,
        _detail(task, outcome, level),
    )


def _partial(task: CodeTask, outcome: Outcome) -> float:
    """The weight of the cases that are right; 0 for a task without weights."""
    if not task.weights:
        return 0.0
    got = sum(weight for weight, right in zip(task.weights, outcome.passed, strict=False) if right)
    return got / sum(task.weights)


def _detail(task: CodeTask | None, outcome: Outcome, level: Level) -> dict[str, Any]:
    last = outcome.runs[-1] if outcome.runs else None
    detail: dict[str, Any] = {
        "cases_passed": sum(outcome.passed),
        "cases_total": outcome.total,
        "passed": outcome.passed[:1000],
        "cpu_s": sum(run.cpu_s for run in outcome.runs),
        "wall_s": sum(run.wall_s for run in outcome.runs),
        "max_rss_bytes": max((run.rss_bytes for run in outcome.runs), default=0),
        "isolation": {"level": str(level), "layers": list(jail.layers(level))},
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


async def _check_reference(task: CodeTask, level: Level) -> None:
    """Refuse a task whose own reference does not pass; each task is tried once.

    Raises:
        SpecError: It does not.
    """
    key = repr(task)
    with _reference_lock:
        if key in _references:
            return
    outcome = await judge(task, task.reference, level, all_cases=False)
    if outcome.status is not Status.CORRECT:
        raise SpecError(f"task.reference does not pass the task's own checks ({outcome.reason}): {outcome.message}")
    with _reference_lock:
        if len(_references) > 10_000:
            _references.clear()
        _references.add(key)
