"""The verifier: compile the gold answer once, find the answer in a response, read it, and climb the ladder."""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assay.verifiers.errors import SpecError
from assay.verifiers.math import points, symbolic
from assay.verifiers.math.canonical import Canon
from assay.verifiers.math.compare import Comparison
from assay.verifiers.math.extract import extract
from assay.verifiers.math.limits import (
    ANSWER_CHARS,
    LITERAL_DIGITS,
    GaveUpError,
    LimitError,
    UndefinedError,
    UnreadableError,
)
from assay.verifiers.math.normalise import normalise
from assay.verifiers.math.policies import Policy, read_policy
from assay.verifiers.math.reader import read, text_node
from assay.verifiers.math.room import with_room
from assay.verifiers.math.scalars import Decision, Scalars
from assay.verifiers.math.selections import of_numbers
from assay.verifiers.math.sentences import Found
from assay.verifiers.math.tree import SCALARS, Node, Num, Seq, Text
from assay.verifiers.math.written_out import is_written_out
from assay.verifiers.verdict import Status, Verdict, failed

NAME = "math@1.2.0"

_INTEGER = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})")
_PROSE = re.compile(r"[A-Za-z]{2,}")

_MESSAGES = {
    "no_answer": (Status.NO_ANSWER, "No answer was found in the response."),
    "empty_answer": (Status.NO_ANSWER, "The answer is empty."),
    "hedged": (Status.HEDGED, "Several different answers were given where one was asked for."),
    "unclosed_box": (Status.MALFORMED, "The box around the answer is never closed."),
    "response_too_long": (Status.LIMIT, "The response is too long."),
    "unreadable": (Status.MALFORMED, "The answer cannot be read as mathematics."),
    "undefined": (Status.WRONG, "The answer has no value."),
    "timeout": (Status.TIMEOUT, "Checking the answer took too long."),
}


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold answer, read once.

    Attributes:
        source: The answer as given.
        plain: Its plain spelling.
        spelling: The spelling without spaces, for the string rung.
        node: Its tree; words that are no mathematics are a `Text`.
        value: Its value, if it is a number.
        verbatim: Whether only its spelling can be compared (a sentence with mathematics in it).
    """

    source: str
    plain: str
    spelling: str
    node: Node
    value: Fraction | None
    verbatim: bool


@functools.lru_cache(maxsize=65_536)
def compile_gold(answer: str) -> Gold:
    """Read a gold answer; cached.

    Args:
        answer: The gold answer: LaTeX, plain text or words, without a box.

    Raises:
        SpecError: The answer is no string, is empty, breaks a limit, or cannot be read.
    """
    if not isinstance(answer, str):
        raise SpecError(f"math spec field 'answer' must be a string, got {type(answer).__name__}")
    if _INTEGER.fullmatch(answer):
        number = Fraction(int(answer.replace(",", "")))
        return Gold(answer, answer, answer, Num(number, None, "," in answer), number, False)
    return with_room(_compiled, answer)


def _compiled(answer: str) -> Gold:
    """Read a gold answer that is more than a whole number."""
    try:
        plain = normalise(_unboxed(answer))
        if not plain:
            raise SpecError("math spec field 'answer' is empty")
        spelling = _spelling(plain)
        try:
            node, verbatim = read(_unboxed(answer)), False
        except UnreadableError as error:
            if not _PROSE.search(re.sub(r"\\(?:begin|end)\s*\{\w+\}|\\[A-Za-z]+", "", plain)) or plain.count(
                "{"
            ) != plain.count("}"):
                raise SpecError(f"math spec field 'answer' cannot be read: {error}: {answer[:80]!r}") from error
            node, verbatim = text_node(plain), True
        _check_defined(node, answer)
    except LimitError as error:
        raise SpecError(f"math spec field 'answer' breaks a limit ({error.reason}): {answer[:80]!r}") from error
    value = node.value if isinstance(node, Num) else None
    if value is None and not isinstance(node, Text):
        symbolic.warm_up()
    return Gold(answer, plain, spelling, node, value, verbatim)


def _unboxed(answer: str) -> str:
    stripped = answer.strip()
    if stripped.startswith("\\boxed{") and stripped.endswith("}"):
        return stripped[7:-1]
    return answer


def _check_defined(node: Node, answer: str) -> None:
    """Refuse a gold answer that has no value, such as 1/0."""
    try:
        Canon(until=time.monotonic() + 2.0).of(node)
    except UndefinedError as error:
        raise SpecError(f"math spec field 'answer' has no value ({error}): {answer[:80]!r}") from error
    except (GaveUpError, OverflowError, ValueError):
        return


class MathVerifier:
    """Checks mathematical answers; the only instance anyone needs is `VERIFIER`."""

    name = NAME

    def verify(self, spec: Mapping[str, Any], response: str, **options: Any) -> Verdict:
        """Grade one response.

        Args:
            spec: `{"answer": gold}` and, if wanted, any of the options.
            response: The whole response.
            **options: Fields of `Policy`; they override those of `spec`.

        Raises:
            SpecError: The gold answer or an option cannot be used.
        """
        started = time.perf_counter()
        policy = read_policy(spec, options)
        answer = spec.get("answer")
        if answer is None:
            raise SpecError("math spec needs the field 'answer'")
        if not isinstance(answer, str):
            raise SpecError(f"math spec field 'answer' must be a string, got {type(answer).__name__}")
        gold = compile_gold(answer)
        found = extract(response, policy.extraction, policy.unclosed_box)
        if found.problem:
            status, message = _MESSAGES[found.problem]
            return _verdict(status, found.problem, message, found, "extraction", started)
        text = found.text.strip()
        if gold.value is not None and _INTEGER.fullmatch(text):
            # The commonest case of all: a whole number in the box.
            if gold.value == int(text.replace(",", "")):
                return _verdict(Status.CORRECT, "equal", "The answer is right.", found, "rational", started)
            if policy.percent == "required" or policy.gold_decimals == "exact":
                return _wrong("value_mismatch", found, "rational", started)
        return with_room(_climb, gold, found, policy, started)


def _climb(gold: Gold, found: Found, policy: Policy, started: float) -> Verdict:
    """Read the answer and decide, from the cheapest rung up."""
    scalars: Scalars | None = None
    node: Node | None = None
    used_s = 0.0
    try:
        if len(found.text) <= 4096 and _spelling(normalise(found.text)) == gold.spelling:
            return _verdict(Status.CORRECT, "equal", "The answer is right.", found, "string", started)
        if gold.verbatim:
            node = Text(text_node(normalise(found.text)).words)
            same = isinstance(gold.node, Text) and _verbatim(gold.plain) == _verbatim(normalise(found.text))
            if same:
                return _verdict(Status.CORRECT, "equal", "The answer is right.", found, "string", started)
            return _wrong("value_mismatch", found, "string", started)
        node = read(_for_the_gold(found.text, gold))
        if not isinstance(node, Num) or gold.value is None:
            # The first check of a thread loads what computes digits. That time is ours, not the response's.
            asked = time.perf_counter()
            points.context()
            started += time.perf_counter() - asked
        used_s = time.thread_time()
        prover = symbolic.Prover(policy.deadline_s, started) if policy.computer_algebra == "on" else None
        scalars = Scalars(policy.symbols == "positive", prover, time.monotonic() + policy.deadline_s * 0.9)
        decision = Comparison(policy, scalars).same(gold.node, node)
    except UnreadableError:
        status, message = _MESSAGES["unreadable"]
        return _verdict(status, "unreadable", message, found, "reader", started)
    except LimitError as error:
        return _verdict(Status.LIMIT, error.reason, error.message, found, "limits", started)
    except UndefinedError:
        status, message = _MESSAGES["undefined"]
        return _verdict(status, "undefined", message, found, "polynomial", started)
    except GaveUpError:
        decision = Decision(None, "polynomial", "not_proved")
    except symbolic.OutOfTimeError:
        status, message = _MESSAGES["timeout"]
        return _verdict(status, "timeout", message, found, "sympy", started)
    except symbolic.SymbolicError as error:
        return _failed(error.reason, started)
    except RecursionError:
        return _failed("stack_exhausted", started)
    gave_up = scalars is not None and not decision.equal and time.monotonic() > scalars.until
    if gave_up and decision.method != "sympy" and time.thread_time() - used_s < symbolic.BUSY_SHARE * policy.deadline_s:
        # Rungs were left out for want of time that this thread did not use.
        return _failed("machine_busy", started)
    if decision.equal and policy.form == "written_out" and node is not None and not is_written_out(node, gold.node):
        return _wrong("not_written_out", found, decision.method, started)
    if decision.equal:
        return _verdict(Status.CORRECT, "equal", "The answer is right.", found, decision.method, started)
    return _wrong(decision.reason or "value_mismatch", found, decision.method, started)


def _for_the_gold(text: str, gold: Gold) -> str:
    """The answer as it is read for its gold answer.

    `C(10,3)` counts selections where that is a number, and `P(1,2)` is the point (1,2) where that is a tuple.
    """
    if isinstance(gold.node, Seq) and gold.node.kind == "tuple":
        point = _POINT.fullmatch(text)
        return point[1] if point else text
    if len(text) > ANSWER_CHARS or (_SELECTING.search(text) is None and _EVENT.match(text) is None):
        return text
    if not isinstance(gold.node, SCALARS) or points.variables(gold.node):
        return text
    return of_numbers(_EVENT.sub("", text))


_POINT = re.compile(r"\s*[A-Z]\s*((?:\\left\s*)?\((?:[^()=]|\([^()=]*\))*\)[\s.]*)")
"""A letter and coordinates in one pair of brackets, to the end."""
_SELECTING = re.compile(r"[ACP][}\s]*[(_^]|\d\s*[CP]\s*\d")
_EVENT = re.compile(
    r"\s*(?:\\Pr(?![A-Za-z])|(?:P|\\(?:mathbb|mathrm|text|operatorname)\s*\{(?:P|Pr)\})(?=\s*\())"
    r"\s*(?:\((?:[^()]|\([^()]*\))*\))?\s*=(?!=)"
)
"""`P(A \\cap B) =` before a number."""
_LOOSE_SPACE = re.compile(r"(?<![A-Za-z\d.]) | (?![A-Za-z\d.])")


def _spelling(plain: str) -> str:
    """A plain spelling without the spaces that never matter; those between digits and letters stay."""
    return _LOOSE_SPACE.sub("", plain) if " " in plain else plain


def _verbatim(plain: str) -> str:
    return re.sub(r"[\s$.,;]+", "", re.sub(r"\\(?:text|mathrm|textrm|mbox)\s*\{([^{}]*)\}", r"\1", plain)).casefold()


def _failed(reason: str, started: float) -> Verdict:
    """No verdict, by our own fault."""
    message = {
        "worker_died": "The computer algebra worker died; the answer was not judged.",
        "worker_starting": "The computer algebra worker was not ready; the answer was not judged.",
        "machine_busy": "The machine was too busy to judge the answer.",
        "stack_exhausted": "The caller left too little stack to judge the answer.",
    }[reason]
    return failed(reason, message, verifier=NAME, elapsed=time.perf_counter() - started)


def _wrong(reason: str, found: Found, method: str, started: float) -> Verdict:
    messages = {
        "not_proved": "The answer could not be shown to be right.",
        "type_mismatch": "The answer is not of the kind that was asked for.",
        "size_mismatch": "The answer does not have the right number of parts.",
        "undefined": "The answer has no value.",
        "not_written_out": "The answer leaves arithmetic to be done: write out its value.",
        "unit_mismatch": "The unit of the answer is not the right one.",
    }
    message = messages.get(reason, "The answer is not right.")
    return _verdict(Status.WRONG, reason, message, found, method, started)


def _verdict(status: Status, reason: str, message: str, found: Found, method: str, started: float) -> Verdict:
    score = 1.0 if status is Status.CORRECT else 0.0
    extracted = found.text if found.text or not found.problem else None
    if extracted is not None and len(extracted) > LITERAL_DIGITS:
        extracted = extracted[:LITERAL_DIGITS] + "…"
    if found.problem in ("no_answer", "response_too_long"):
        extracted = None
    return Verdict(
        status,
        score,
        score,
        reason,
        message,
        extracted,
        method,
        time.perf_counter() - started,
        NAME,
        {"place": found.place} if found.place else {},
    )


VERIFIER = MathVerifier()
