"""Judging a program: which runs are made, and what their outcomes mean.

The expected outputs stay here and in the checker; a program's process is given its inputs alone, and is gone before
what it wrote is looked at. Everything that runs is awaited as a job, so that callers that block and callers that do not
share this code (see `jail.jobs`).
"""

from __future__ import annotations

import json
import re
import secrets
import signal
from dataclasses import dataclass, field, replace
from typing import Any

from assay.verifiers.code import native
from assay.verifiers.code.compare import texts_equal
from assay.verifiers.code.jail import levels, names
from assay.verifiers.code.jail.jobs import CheckJob, CompareJob, Run, RunJob
from assay.verifiers.code.jail.levels import Level
from assay.verifiers.code.jail.limits import Limits
from assay.verifiers.code.spec import CodeTask
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status

TAIL = 500
"""Characters of an output that are shown and kept."""

CHECKER_DEADLINE_S = 20.0

_NUMPY = re.compile(r"\bnumpy\b")


@dataclass(slots=True)
class Outcome:
    """What judging came to.

    Attributes:
        status: How it ended.
        reason: Short code.
        message: One sentence, safe to show.
        passed: For each case that was judged, whether it is right.
        total: How many cases there are; for a test, 1.
        runs: The runs that were made, in order.
    """

    status: Status
    reason: str
    message: str
    passed: list[bool] = field(default_factory=list[bool])
    total: int = 1
    runs: list[Run] = field(default_factory=list[Run])


async def judge(task: CodeTask, program: str, level: Level, *, all_cases: bool) -> Outcome:
    """Run a program and decide.

    Args:
        task: What it should do.
        program: Its text.
        level: How programs are shut in where it runs.
        all_cases: Go on after a case that is wrong, for partial credit.

    Raises:
        SpecError: The task's test cannot be used.
        WorkerDiedError: The infrastructure failed twice.
        native.MissingToolError: The language's compiler or interpreter is not there.
    """
    if task.kind == "io":
        return await _judge_io(task, program, level, all_cases)
    source = complete(task, program)
    if task.same_process:
        return await _judge_together(task, source)
    if task.test:
        return await _judge_test(task, source)
    return await _judge_pairs(task, source)


def complete(task: CodeTask, program: str) -> str:
    """The whole program: a response that only continues the prompt (an indented body) is put behind it."""
    first = next((line for line in program.splitlines() if line.strip()), "")
    defined = re.search(rf"^(?:async\s+)?(?:def|class)\s+{re.escape(task.entry.partition('.')[0])}\b", program, re.M)
    if first[:1] in (" ", "\t") and not defined and task.prompt:
        return f"{task.prompt.rstrip()}\n{program}"
    return program


def _flavour(program: str) -> str:
    return "numpy" if _NUMPY.search(program) and levels.numpy_packages().names else "python"


def _payload(**fields: Any) -> bytes:
    return json.dumps(fields).encode("ascii")


# Standard input and output.


async def _judge_io(task: CodeTask, program: str, level: Level, all_cases: bool) -> Outcome:
    outcome = Outcome(Status.CORRECT, "passed", "All cases are right.", total=len(task.inputs))
    if task.language == "python":
        payload, flavour, limits = _payload(mode="script", program=program), _flavour(program), task.limits
    else:
        built = await native.build(task.language, program, task.limits, level)
        if isinstance(built, Run):
            outcome.runs.append(built)
            failure = run_failure(built, native.COMPILE_LIMITS)
            if failure is None or failure[0] not in (Status.TIMEOUT, Status.LIMIT):
                failure = (Status.MALFORMED, "compile_error", f"The program does not compile: {_tail(built.stderr)}")
            return _fail(outcome, failure)
        payload, flavour, limits = built, "native", task.limits
    for number, (stdin, expected) in enumerate(zip(task.inputs, task.expected, strict=True), 1):
        run = await RunJob(payload, limits, stdin.encode("utf-8", "surrogatepass"), flavour)
        outcome.runs.append(run)
        failure = run_failure(run, limits)
        if failure is None and not texts_equal(expected, run.stdout.decode("utf-8", "replace"), task.policy):
            failure = (Status.WRONG, "wrong_answer", f"The output is wrong. It was: {_tail(run.stdout) or 'empty'}")
        outcome.passed.append(failure is None)
        if failure is not None and outcome.status is Status.CORRECT:
            status, reason, message = failure
            shown = f"Case {number} of {len(task.inputs)}, with standard input {_short(stdin)!r}: {message}"
            if number <= task.visible and reason == "wrong_answer":
                shown += f" Expected was: {_short(expected)!r}"
            if task.visible and number > task.visible and reason != "compile_error":
                shown = _hidden_message(reason)
            _fail(outcome, (status, reason, shown))
        if failure is not None and (not all_cases or failure[1] == "compile_error"):
            break
    return outcome


# Function calls with expected values.


async def _judge_pairs(task: CodeTask, program: str) -> Outcome:
    """Judge all calls. What is said of a failure comes from a process that knew the shown calls alone."""
    outcome = await _judge_calls(task, program)
    ran = outcome.reason not in ("passed", "compile_error", "missing_entry")
    if ran and 0 < task.visible < len(task.calls):
        seen = replace(task, calls=task.calls[: task.visible], expected=task.expected[: task.visible])
        shown = await _judge_calls(seen, program)
        outcome.message = _hidden_message(outcome.reason) if shown.status is Status.CORRECT else shown.message
    return outcome


async def _judge_calls(task: CodeTask, program: str) -> Outcome:
    outcome = Outcome(Status.CORRECT, "passed", "All calls are right.", total=len(task.calls))
    payload = _payload(mode="calls", preamble=task.preamble, program=program, entry=task.entry, calls=task.calls)
    run = await RunJob(payload, task.limits, flavour=_flavour(program), answers=True)
    outcome.runs.append(run)
    lines = run.answers.split(b"\n")[:-1]
    failure = run_failure(run, task.limits)
    if failure is None and len(lines) != len(task.calls):
        failure = (
            Status.WRONG,
            "exited" if len(lines) < len(task.calls) else "protocol_error",
            "The program ended early.",
        )
    outcome.passed, shown = await _compare(task, lines[: len(task.calls)])
    if failure is not None:
        # A call that was answered before the program came to grief still counts for partial credit.
        outcome.passed += [False] * (len(task.calls) - len(outcome.passed))
        status, reason, message = failure
        at = min(len(lines), len(task.calls) - 1)
        return _fail(outcome, (status, reason, f"In call {at + 1} of {len(task.calls)}: {message}"))
    if not all(outcome.passed):
        at = outcome.passed.index(False)
        message = f"Call {at + 1} of {len(task.calls)}, with arguments {_arguments(task.calls[at])}, {shown}."
        if at < task.visible:
            message += f" Expected was: {_short(task.expected[at])}"
        return _fail(outcome, (Status.WRONG, "wrong_answer", message))
    return outcome


async def _compare(task: CodeTask, lines: list[bytes]) -> tuple[list[bool], str]:
    """Which answers are right. Equal texts are equal values; where they differ, the checker decides."""
    passed = [line == b"v" + expected.encode("ascii") for line, expected in zip(lines, task.expected, strict=False)]
    open_ = [place for place, right in enumerate(passed) if not right]
    if not open_:
        return passed, ""
    policy = {name: getattr(task.policy, name) for name in ("rtol", "atol", "order", "form")}
    request = _payload(expected=[task.expected[place] for place in open_], policy=policy)
    answer = await CompareJob(request, b"\n".join(lines[place] for place in open_), CHECKER_DEADLINE_S)
    if answer["outcome"] != "pairs":
        return passed, "returned what could not be compared in time"
    for place, right in zip(open_, answer["passed"], strict=True):
        passed[place] = right
    return passed, str(answer["shown"])


# Tests.


async def _judge_test(task: CodeTask, program: str) -> Outcome:
    outcome = Outcome(Status.CORRECT, "passed", "The test passed.")
    payload = _payload(mode="serve", preamble=task.preamble, program=program, entry=task.entry, mutates=task.mutates)
    checks = _payload(preamble=task.test_preamble, test=task.test, entry=task.entry, mutates=task.mutates)
    checker = "checker-numpy" if _flavour(task.test) == "numpy" else "checker"
    run, answer = await CheckJob(payload, task.limits, checks, _flavour(program), checker)
    outcome.runs.append(run)
    if answer["outcome"] == "bad_spec":
        raise SpecError(str(answer["message"]))
    if answer["outcome"] == "timeout":
        if run.broken == "cpu_limit":
            return _fail(outcome, (Status.TIMEOUT, "cpu_limit", _cpu_message(task.limits)))
        return _fail(outcome, (Status.TIMEOUT, "wall_limit", "The test did not end in time."))
    if answer["outcome"] == "pass":
        if run.cpu_s > task.limits.cpu_s:
            return _fail(outcome, (Status.TIMEOUT, "cpu_limit", _cpu_message(task.limits)))
        outcome.passed = [True]
        return outcome
    reason, message = str(answer["reason"]), str(answer["message"])
    if reason in ("exited", "missing_entry", "protocol_error") and (failure := run_failure(run, task.limits)):
        if task.hidden and failure[1] not in ("compile_error", "missing_entry"):
            failure = (*failure[:2], f"The hidden test failed ({failure[1].replace('_', ' ')}).")
        return _fail(outcome, failure)
    status = {"missing_entry": Status.MALFORMED, "memory_limit": Status.LIMIT}.get(reason, Status.WRONG)
    if task.hidden:
        message = f"the hidden test failed ({reason.replace('_', ' ')})"
    return _fail(outcome, (status, reason, f"{message[:1].upper()}{message[1:]}."))


async def _judge_together(task: CodeTask, program: str) -> Outcome:
    """Program and test in one process. The program can forge the answer: low trust, for tasks that need it."""
    outcome = Outcome(Status.CORRECT, "passed", "The test passed.")
    token = secrets.token_hex(16)
    test = f"{task.test_preamble}\n{task.test}" if task.test_preamble != task.preamble else task.test
    payload = _payload(
        mode="together", preamble=task.preamble, program=program, entry=task.entry, test=test, token=token
    )
    run = await RunJob(payload, task.limits, flavour=_flavour(program + task.test), answers=True)
    outcome.runs.append(run)
    if failure := run_failure(run, task.limits):
        return _fail(outcome, failure)
    if run.answers != token.encode("ascii"):
        return _fail(outcome, (Status.WRONG, "exited", "The program ended before the test did."))
    outcome.passed = [True]
    return outcome


# What a run means.


def run_failure(run: Run, limits: Limits) -> tuple[Status, str, str] | None:
    """Why a run fails whatever it wrote: status, reason and message; None if it ended well."""
    if run.broken == "memory_limit":
        return Status.LIMIT, "memory_limit", f"The program needed more than {limits.memory_bytes >> 20} MiB."
    if run.broken == "wall_limit":
        return Status.TIMEOUT, "wall_limit", f"The program did not end within {limits.wall_s:g} s."
    if run.cpu_s > limits.cpu_s or run.broken == "cpu_limit":
        return Status.TIMEOUT, "cpu_limit", _cpu_message(limits)
    full = max(len(run.stdout), len(run.stderr), len(run.answers)) >= limits.output_bytes
    if full or run.exit_code == -signal.SIGXFSZ:
        return Status.LIMIT, "output_limit", f"The program wrote more than {limits.output_bytes} bytes."
    if run.exit_code == 0:
        return None
    error = _tail(run.stderr)
    last = error.strip().rsplit("\n", 1)[-1]
    if run.exit_code == names.UNCOMPILED:
        return Status.MALFORMED, "compile_error", f"The program does not compile: {last}"
    if run.exit_code == names.MISSING_ENTRY:
        return Status.MALFORMED, "missing_entry", last or "The program does not define the function."
    if last.startswith("MemoryError"):
        return Status.LIMIT, "memory_limit", f"The program needed more than {limits.memory_bytes >> 20} MiB."
    if run.exit_code < 0:
        return Status.WRONG, "killed", f"The program was ended by {_signal_name(-run.exit_code)}."
    return Status.WRONG, "runtime_error", f"The program ended with exit code {run.exit_code}: {last or 'no message'}"


def _hidden_message(reason: str) -> str:
    """What is said of a case that the agent was not shown: nothing that it or its program could have put there."""
    why = reason.replace("_", " ")
    return f"The cases that the task shows are right, but a hidden one is not ({why})."


def _fail(outcome: Outcome, failure: tuple[Status, str, str]) -> Outcome:
    outcome.status, outcome.reason, outcome.message = failure
    return outcome


def _cpu_message(limits: Limits) -> str:
    return f"The program used more than {limits.cpu_s:g} s of CPU time."


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _tail(data: bytes) -> str:
    text = data[-4 * TAIL :].decode("utf-8", "replace").strip()
    return text if len(text) <= TAIL else "..." + text[-TAIL:]


def _short(text: str) -> str:
    return text if len(text) <= TAIL else text[:TAIL] + "..."


def _arguments(call: str) -> str:
    """The arguments of a call, from the text that was sent."""
    return _short(json.dumps(json.loads(call)[0], ensure_ascii=False))
