"""What a code task is: the spec of the verifier, read once and checked in full.

| field of `task` | meaning |
| --- | --- |
| `kind` | "fn" (a function is called) or "io" (a program reads standard input and writes standard output) |
| `entry` | fn: name of the function; "Class.method" makes an instance for each call |
| `prompt` | what the agent was given; if it is Python, what it defines is there for the program and the tests |
| `test` | fn: source that defines `check(candidate)`; it decides where `inputs` are given as well |
| `inputs`, `expected` | fn: lists of argument lists and of values |
| `cases` | io: list of [stdin, stdout] |
| `values` | fn: "plain" (JSON values) or "tagged" (texts of the codec, for tuples, sets and the like) |
| `rtol`, `atol`, `order`, `compare` | how outputs are compared: tolerances, "exact" or "any" order, form of text |
| `visible` | how many of the first cases the agent was shown; of others, messages say only that one failed |
| `hidden` | fn with `test`: messages say only that it failed, not at which call |
| `weights` | integers, one a case: what each is worth in partial credit |
| `mutates` | fn with `test`: changes that the program makes to its arguments are seen by the test |
| `mode` | "separate" (default), or "same_process" for tests that need the program's own objects: low trust |
| `language` | "python" (default), or io in "cpp", "javascript", "bash" |
| `reference` | a program that must pass; it is tried before the first response is graded |
"""

from __future__ import annotations

import ast
import difflib
import functools
import keyword
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assay.verifiers.code import codec
from assay.verifiers.code.compare import Policy
from assay.verifiers.code.jail.limits import Limits, read_limits
from assay.verifiers.errors import SpecError

FIELDS = [
    "kind",
    "entry",
    "prompt",
    "test",
    "inputs",
    "expected",
    "cases",
    "values",
    "rtol",
    "atol",
    "order",
    "compare",
    "visible",
    "hidden",
    "weights",
    "mutates",
    "mode",
    "language",
    "reference",
]

LANGUAGES = ("python", "cpp", "javascript", "bash")


@dataclass(frozen=True, slots=True)
class CodeTask:
    """A task, ready to be judged.

    Attributes:
        kind: "fn" or "io".
        language: What the program is written in.
        entry: Name of the function; "" for io.
        prompt: What the agent was given.
        preamble: The part of the prompt that is executed before the program.
        test_preamble: The part of the prompt that is executed before the test.
        test: Source of the test; "" if there is none.
        calls: fn: arguments of each call, as codec texts.
        expected: fn: value of each call, as codec texts; io: standard output of each case.
        inputs: io: standard input of each case.
        policy: How outputs are compared.
        visible: How many of the first cases the agent was shown.
        hidden: Whether messages keep the test's calls to themselves.
        weights: What each case is worth; empty for no partial credit.
        mutates: Whether the test sees changes to arguments.
        same_process: Whether test and program share a process.
        reference: A program that must pass, or "".
        limits: What each run may use.
    """

    kind: str
    language: str
    entry: str
    prompt: str
    preamble: str
    test_preamble: str
    test: str
    calls: tuple[str, ...]
    expected: tuple[str, ...]
    inputs: tuple[str, ...]
    policy: Policy
    visible: int
    hidden: bool
    weights: tuple[int, ...]
    mutates: bool
    same_process: bool
    reference: str
    limits: Limits


def read_task(spec: Mapping[str, Any], limits: Mapping[str, Any] | None = None) -> CodeTask:
    """Read a spec.

    Args:
        spec: `{"task": {...}, "limits": {...}}`; limits may be left out.
        limits: Override those of the spec.

    Raises:
        SpecError: Something is missing or cannot be used; names the field.
    """
    task = spec.get("task")
    if not isinstance(task, Mapping):
        raise SpecError("spec needs the field 'task', an object")
    _refuse_misspelt(task)
    kind = _choice(task, "kind", ("fn", "io"), None)
    language = _choice(task, "language", LANGUAGES, "python")
    prompt = _text(task, "prompt", "")
    test = _text(task, "test", "")
    bounds = spec_limits(spec, limits)
    entry = ""
    calls: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    if kind == "fn":
        if language != "python":
            raise SpecError(f"task.language {language!r} has no function tasks yet: use kind 'io'")
        entry = _entry(task)
        if test:
            _check_source(test, "task.test")
        else:
            calls, expected = _pairs(task)
    else:
        inputs, expected = _cases(task)
    same_process = _choice(task, "mode", ("separate", "same_process"), "separate") == "same_process"
    if same_process and not test:
        raise SpecError("task.mode 'same_process' needs task.test")
    preamble, test_preamble = _split_prompt(prompt, entry) if kind == "fn" else ("", "")
    return CodeTask(
        kind=kind,
        language=language,
        entry=entry,
        prompt=prompt,
        preamble=preamble,
        test_preamble=test_preamble,
        test=test,
        calls=calls,
        expected=expected,
        inputs=inputs,
        policy=_policy(task, kind),
        visible=_count(task, "visible"),
        hidden=_flag(task, "hidden"),
        weights=_weights(task, len(expected)),
        mutates=_flag(task, "mutates"),
        same_process=same_process,
        reference=_text(task, "reference", ""),
        limits=bounds,
    )


def spec_limits(spec: Mapping[str, Any], limits: Mapping[str, Any] | None = None) -> Limits:
    """The limits of a spec, overridden by those of an option.

    Raises:
        SpecError: One of them cannot be used.
    """
    return read_limits(limits or {}, read_limits(spec.get("limits", {}), Limits()))


def _refuse_misspelt(task: Mapping[str, Any]) -> None:
    """Foreign fields are carried along, but one that is almost ours is a mistake."""
    for name in task:
        if name not in FIELDS and (near := difflib.get_close_matches(str(name), FIELDS, n=1, cutoff=0.8)):
            raise SpecError(f"task has no field {name!r}; did you mean {near[0]!r}?")


def _entry(task: Mapping[str, Any]) -> str:
    entry = _text(task, "entry", "")
    parts = entry.split(".")
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in parts) or len(parts) > 2:
        raise SpecError(f"task.entry must be the name of a function, or 'Class.method', got {entry!r:.80}")
    return entry


def _pairs(task: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    for name in ("inputs", "expected"):
        if not isinstance(task.get(name), Sequence) or isinstance(task[name], str):
            raise SpecError(f"a function task needs task.test, or lists task.inputs and task.expected; no {name}")
    inputs, expected = task["inputs"], task["expected"]
    if len(inputs) != len(expected) or not inputs:
        raise SpecError(f"task.inputs and task.expected must pair up, got {len(inputs)} and {len(expected)}")
    if _choice(task, "values", ("plain", "tagged"), "plain") == "tagged":
        return _tagged(inputs, expected)
    try:
        calls = tuple(codec.encode([list(arguments), {}]) for arguments in inputs)
        return calls, tuple(codec.encode(value) for value in expected)
    except (codec.CodecError, TypeError) as error:
        raise SpecError(f"task.inputs must hold argument lists, and both plain data: {error}") from error


def _tagged(inputs: Sequence[Any], expected: Sequence[Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        calls = tuple(codec.encode([list(codec.decode(text)), {}]) for text in inputs)
        return calls, tuple(codec.encode(codec.decode(text)) for text in expected)
    except (codec.CodecError, TypeError) as error:
        raise SpecError(
            f"task.inputs and task.expected must be codec texts where values is 'tagged': {error}"
        ) from error


def _cases(task: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    cases = task.get("cases")
    if not isinstance(cases, Sequence) or isinstance(cases, str) or not cases:
        raise SpecError("an io task needs task.cases, a list of [stdin, stdout]")
    for place, case in enumerate(cases):
        if not isinstance(case, Sequence) or len(case) != 2 or not all(isinstance(text, str) for text in case):
            raise SpecError(f"task.cases[{place}] must be [stdin, stdout], two texts")
        if any(_LONE_SURROGATE.search(text) for text in case):
            raise SpecError(f"task.cases[{place}] holds half a surrogate pair, which no program can read or write")
    return tuple(case[0] for case in cases), tuple(case[1] for case in cases)


_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def _policy(task: Mapping[str, Any], kind: str) -> Policy:
    usual = Policy() if kind == "io" else Policy(rtol=1e-9, atol=1e-9)
    return Policy(
        _tolerance(task, "rtol", usual.rtol if "atol" not in task else 0.0),
        _tolerance(task, "atol", usual.atol if "rtol" not in task else 0.0),
        _choice(task, "order", ("exact", "any"), "exact"),
        _choice(task, "compare", ("lines", "tokens", "exact"), "lines"),
    )


def _tolerance(task: Mapping[str, Any], name: str, usual: float) -> float:
    value = task.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1:
        raise SpecError(f"task.{name} must be a number from 0 to 1, got {value!r:.40}")
    return float(value)


def _weights(task: Mapping[str, Any], cases: int) -> tuple[int, ...]:
    weights = task.get("weights", ())
    if not isinstance(weights, Sequence) or not all(type(w) is int and w >= 0 for w in weights):
        raise SpecError("task.weights must be a list of integers of at least 0")
    if weights and (len(weights) != cases or sum(weights) == 0):
        raise SpecError(f"task.weights must hold one number a case, not all 0: {len(weights)} for {cases} cases")
    return tuple(weights)


def _choice(task: Mapping[str, Any], name: str, choices: tuple[str, ...], usual: str | None) -> str:
    value = task.get(name, usual)
    if value not in choices:
        raise SpecError(f"task.{name} must be one of {', '.join(choices)}, got {value!r:.40}")
    return str(value)


def _text(task: Mapping[str, Any], name: str, usual: str) -> str:
    value = task.get(name, usual)
    if not isinstance(value, str):
        raise SpecError(f"task.{name} must be a text, got {type(value).__name__}")
    return value


def _flag(task: Mapping[str, Any], name: str) -> bool:
    value = task.get(name, False)
    if not isinstance(value, bool):
        raise SpecError(f"task.{name} must be true or false, got {value!r:.40}")
    return value


def _count(task: Mapping[str, Any], name: str) -> int:
    value = task.get(name, 0)
    if type(value) is not int or value < 0:
        raise SpecError(f"task.{name} must be an integer of at least 0, got {value!r:.40}")
    return value


@functools.lru_cache(maxsize=512)
def _check_source(source: str, where: str) -> None:
    try:
        compile(source, where, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise SpecError(f"{where} does not compile: {error}") from error


@functools.lru_cache(maxsize=512)
def _split_prompt(prompt: str, entry: str) -> tuple[str, str]:
    """What of a prompt is executed before the program, and before the test.

    Before the program: all that comes before the function it should define. Before the test: everything, as far as it
    is Python. A prompt in words gives neither.
    """
    head = entry.partition(".")[0]
    starts = [
        match.start() for match in re.finditer(rf"^(?:async\s+)?(?:def|class)\s+{re.escape(head)}\b", prompt, re.M)
    ]
    before = prompt[: starts[-1]] if starts else ""
    decorators = re.search(r"(?:^@[^\n]*\n)+\Z", before, re.M)
    if decorators:
        before = before[: decorators.start()]
    whole = next((text for text in (prompt, f"{prompt}\n    pass\n", before) if _is_python(text)), "")
    return (before if _is_python(before) else ""), whole


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
