"""What every structured-data verifier shares: how a spec is read, how a refusal travels, how a verdict is made.

A kind is a subclass of `DataVerifier` that says which spec fields it knows and turns (settings, response) into an
`Outcome`. Anything a response can do wrong is raised inside as a `Refusal` and comes out as a verdict; anything wrong
with the spec is a `SpecError`. The shaped credit (`shaped_partial`) is computed here and nowhere else.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status, Verdict, failed

PARTIAL_CAP = 0.5
"""Most that an answer short of exact is paid: any exact answer beats any partial one."""

EXTRACTED_CHARS = 2000
"""Longest answer that a verdict repeats; longer ones are cut."""

COMMON_FIELDS = frozenset({"extract", "max_bytes", "null_credit"})
"""Fields that every kind's spec may have; see `docs/structured_data.md`."""


class Refusal(Exception):
    """A response that cannot score: carries the status, reason and message of its verdict."""

    def __init__(self, status: Status, reason: str, message: str) -> None:
        """Keep the three parts."""
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.message = message


class Unavailable(Exception):
    """A check that could not be made for a reason of ours: comes out as an `ERROR`, which has no score."""

    def __init__(self, reason: str, message: str) -> None:
        """Keep both parts."""
        super().__init__(message)
        self.reason = reason
        self.message = message


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a kind decided about an answer that could be read.

    Attributes:
        correct: Whether the answer is right in every respect.
        credit: Verified share p of the answer in [0, 1]; 1 only where `correct`.
        reason: Short stable code.
        message: One sentence that never tells the expected answer.
        extracted: The answer that was graded.
        method: How it was decided.
        detail: What else to report; JSON values.
        status: Status of an answer that is not correct.
        null_credit: Share that a degenerate answer gets on this item, where the kind can tell; the spec may say more.
    """

    correct: bool
    credit: float
    reason: str
    message: str
    extracted: str
    method: str
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])
    status: Status = Status.WRONG
    null_credit: float = 0.0


class DataVerifier(ABC):
    """Base of the structured-data kinds.

    Attributes:
        kind: The kind it is found by.
        version: Changes whenever any verdict could.
        required: Spec fields that must be there.
        optional: Spec fields that may be there, besides `COMMON_FIELDS`.
    """

    kind: ClassVar[str]
    version: ClassVar[str] = "1.1.0"
    required: ClassVar[frozenset[str]]
    optional: ClassVar[frozenset[str]] = frozenset()

    @property
    def name(self) -> str:
        """Kind and version, e.g. "json_equal@1.1.0"."""
        return f"{self.kind}@{self.version}"

    def verify(self, spec: Mapping[str, Any], response: str, **options: Any) -> Verdict:
        """Grade one response; `options` override fields of `spec`.

        Raises:
            SpecError: A field is missing, unknown or unusable.
        """
        start = time.perf_counter()
        settings = {**spec, **options} if options else spec
        known = self.required | self.optional | COMMON_FIELDS
        for name in settings:
            if name not in known:
                raise SpecError(f"{self.kind}: unknown field {name!r}; known: {', '.join(sorted(known))}")
        for name in self.required:
            if name not in settings:
                raise SpecError(f"{self.kind}: the spec needs the field {name!r}")
        null_credit = read_fraction(settings, "null_credit", 0.0)
        try:
            outcome = self.grade(settings, response)
        except Refusal as refusal:
            return Verdict(
                refusal.status,
                0.0,
                0.0,
                refusal.reason,
                refusal.message,
                None,
                "refused",
                time.perf_counter() - start,
                self.name,
                {"credit": 0.0},
            )
        except Unavailable as missing:
            return failed(missing.reason, missing.message, verifier=self.name, elapsed=time.perf_counter() - start)
        credit = 1.0 if outcome.correct else outcome.credit
        return Verdict(
            Status.CORRECT if outcome.correct else outcome.status,
            1.0 if outcome.correct else 0.0,
            1.0 if outcome.correct else shaped_partial(credit, max(null_credit, outcome.null_credit)),
            outcome.reason,
            outcome.message,
            outcome.extracted[:EXTRACTED_CHARS],
            outcome.method,
            time.perf_counter() - start,
            self.name,
            {"credit": credit, **outcome.detail},
        )

    @abstractmethod
    def grade(self, settings: Mapping[str, Any], response: str) -> Outcome:
        """Decide.

        Raises:
            Refusal: The response has no readable answer, or breaks a limit or a rule.
            SpecError: The spec cannot be used.
            Unavailable: Something the check needs is missing.
        """


def shaped_partial(credit: float, null_credit: float = 0.0) -> float:
    """Training credit of an answer that is not exact: `cap * max(0, (p - p0) / (1 - p0))` with cap 0.5.

    Args:
        credit: Verified share p of the answer.
        null_credit: The best share p0 that an empty, echoing or degenerate answer gets on the same item; what such an
            answer earns is worth nothing.
    """
    if null_credit >= 1.0:
        return 0.0
    return PARTIAL_CAP * max(0.0, (credit - null_credit) / (1.0 - null_credit))


def read_fraction(settings: Mapping[str, Any], name: str, default: float) -> float:
    """A number in [0, 1] from the spec, or decimal text of one (a task's spec holds no floats).

    Raises:
        SpecError: It is something else.
    """
    value = settings.get(name, default)
    if isinstance(value, str) and len(value) <= 20 and value.replace(".", "", 1).isdecimal():
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0.0 <= value <= 1.0:
        raise SpecError(f"{name} must be a number from 0 to 1, got {value!r}")
    return float(value)


def read_count(settings: Mapping[str, Any], name: str, default: int, highest: int) -> int:
    """A positive integer from the spec, at most `highest`.

    Raises:
        SpecError: It is something else.
    """
    value = settings.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= highest:
        raise SpecError(f"{name} must be an integer from 1 to {highest}, got {value!r}")
    return value


def read_choice(settings: Mapping[str, Any], name: str, choices: tuple[str, ...], default: str) -> str:
    """One of several words from the spec.

    Raises:
        SpecError: It is something else.
    """
    value = settings.get(name, default)
    if not isinstance(value, str) or value not in choices:
        raise SpecError(f"{name} must be one of {', '.join(map(repr, choices))}, got {value!r}")
    return value


def read_flag(settings: Mapping[str, Any], name: str, default: bool) -> bool:
    """True or false from the spec.

    Raises:
        SpecError: It is something else.
    """
    value = settings.get(name, default)
    if not isinstance(value, bool):
        raise SpecError(f"{name} must be true or false, got {value!r}")
    return value
