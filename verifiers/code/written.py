"""Answers that are data, not programs: the value that a program returns, and inputs chosen to test programs.

| field of `task` | meaning |
| --- | --- |
| `kind` | "value": the answer is a JSON value; "tests": it is a JSON list of argument lists |
| `expected` | value: the right value |
| `entry`, `reference`, `mutants` | tests: a function, a right program, and wrong ones |
| `most` | tests: how many inputs are allowed |

For "tests", reference and mutants are run on the inputs in the jail: the programs are the task's own, but the inputs
are not, and may make them run long. A mutant is caught where its answer differs from the reference's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from assay.verifiers.code import codec
from assay.verifiers.code.compare import Policy, values_equal
from assay.verifiers.code.jail import names
from assay.verifiers.code.jail.jobs import Run, RunJob
from assay.verifiers.code.jail.limits import Limits
from assay.verifiers.code.judge import Outcome, run_failure
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status

KINDS = ("value", "tests")

MAX_ANSWER = 100_000
"""Characters of an answer, at most."""


async def judge_written(task: Mapping[str, Any], answer: str, limits: Limits) -> tuple[Outcome, float]:
    """Decide, and say what share of the credit is earned.

    Raises:
        SpecError: The task cannot be used.
        WorkerDiedError: The infrastructure failed twice.
    """
    value, problem = _read(answer)
    if problem:
        return Outcome(Status.MALFORMED, "not_json", problem), 0.0
    if task["kind"] == "value":
        return _judge_value(task, value), 0.0
    return await _judge_tests(task, value, limits)


def _read(answer: str) -> tuple[Any, str]:
    if len(answer) > MAX_ANSWER:
        return None, "The answer is too long."
    try:
        return json.loads(answer, parse_constant=_refuse), ""
    except (ValueError, RecursionError):
        return None, "The answer is not JSON."


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _judge_value(task: Mapping[str, Any], value: Any) -> Outcome:
    if "expected" not in task:
        raise SpecError("a value task needs the field task.expected")
    try:
        right = values_equal(task["expected"], value, Policy(rtol=0.0, atol=0.0)) and _same_kinds(
            task["expected"], value
        )
    except RecursionError:
        right = False
    if right:
        return Outcome(Status.CORRECT, "passed", "The value is right.", [True])
    return Outcome(Status.WRONG, "wrong_answer", "The value is not what the program returns.", [False])


def _same_kinds(expected: Any, value: Any) -> bool:
    """Whether booleans stand where booleans should: `true` is no 1 in an answer that is written down."""
    if isinstance(expected, list):
        return all(_same_kinds(a, b) for a, b in zip(expected, value, strict=True))
    if isinstance(expected, dict):
        return all(_same_kinds(a, value[key]) for key, a in expected.items())
    return isinstance(expected, bool) == isinstance(value, bool)


async def _judge_tests(task: Mapping[str, Any], value: Any, limits: Limits) -> tuple[Outcome, float]:
    reference, mutants, entry, most = _read_tests(task)
    if not isinstance(value, list) or not all(isinstance(arguments, list) for arguments in value):
        return Outcome(Status.MALFORMED, "not_inputs", "The answer must be a list of argument lists."), 0.0
    if not 0 < len(value) <= most:
        return Outcome(Status.WRONG, "too_many_inputs", f"There must be 1 to {most} inputs, not {len(value)}."), 0.0
    try:
        calls = [codec.encode([arguments, {}]) for arguments in value]
    except codec.CodecError:
        return Outcome(Status.LIMIT, "too_large", "The inputs are too large."), 0.0
    outcome = Outcome(Status.CORRECT, "passed", "Every wrong version is caught.", total=len(mutants))
    run = await _run(reference, entry, calls, limits)
    outcome.runs.append(run)
    lines = run.answers.split(b"\n")[:-1]
    if failure := run_failure(run, limits):
        outcome.status, outcome.reason = failure[:2]
        outcome.message = "The right version does not get through these inputs."
        return outcome, 0.0
    for place, line in enumerate(lines):
        if not line.startswith(b"v"):
            outcome.status, outcome.reason = Status.WRONG, "bad_input"
            outcome.message = f"Input {place + 1} is not one that the function is made for."
            return outcome, 0.0
    for mutant in mutants:
        run = await _run(mutant, entry, calls, limits)
        outcome.runs.append(run)
        outcome.passed.append(run.answers != b"".join(line + b"\n" for line in lines))
    caught = sum(outcome.passed)
    if caught < len(mutants):
        outcome.status, outcome.reason = Status.WRONG, "mutants_left"
        outcome.message = f"{caught} of {len(mutants)} wrong versions are caught."
    return outcome, caught / len(mutants)


def _read_tests(task: Mapping[str, Any]) -> tuple[str, list[str], str, int]:
    reference, mutants = task.get("reference"), task.get("mutants")
    entry, most = task.get("entry"), task.get("most", 10)
    if not isinstance(reference, str) or not isinstance(entry, str):
        raise SpecError("a tests task needs the texts task.reference and task.entry")
    if not isinstance(mutants, (list, tuple)) or not mutants or not all(isinstance(m, str) for m in mutants):
        raise SpecError("a tests task needs task.mutants, a list of programs")
    if type(most) is not int or most < 1:
        raise SpecError(f"task.most must be an integer of at least 1, got {most!r:.40}")
    return reference, list(mutants), entry, most


async def _run(program: str, entry: str, calls: list[str], limits: Limits) -> Run:
    """Run one of the task's own programs.

    Raises:
        SpecError: It is no program, or does not define the function.
    """
    fields = {"mode": "calls", "preamble": "", "program": program, "entry": entry, "calls": calls}
    run = await RunJob(json.dumps(fields).encode("ascii"), limits, answers=True)
    if run.exit_code in (names.UNCOMPILED, names.MISSING_ENTRY):
        said = run.stderr[-200:].decode("utf-8", "replace").strip()
        raise SpecError(f"task.reference or task.mutants: {said}, in: {program[:60]!r}")
    return run
