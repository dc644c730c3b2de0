"""The result of one check.

`Verdict` is the one value that flows from a verifier to environments, trainers and leaderboards. It is plain data:
frozen, picklable and with an exact JSON form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How a check ended. Only `CORRECT` scores 1; only `ERROR` has no score."""

    CORRECT = "correct"
    """The answer is right."""
    WRONG = "wrong"
    """The answer was read and is not right."""
    NO_ANSWER = "no_answer"
    """There was nothing to grade."""
    MALFORMED = "malformed"
    """There was an answer, but it cannot be read."""
    HEDGED = "hedged"
    """Several different answers were given where one was asked for."""
    FORBIDDEN = "forbidden"
    """A cheat was seen."""
    TIMEOUT = "timeout"
    """The check spent its time budget on this response."""
    LIMIT = "limit"
    """The response broke a limit of memory, output, size or steps."""
    ERROR = "error"
    """Our own failure (a dead worker, a missing tool): mask it, never punish it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verifier decided about one response.

    Attributes:
        status: How the check ended.
        score: Strict score: 1.0 or 0.0; None only where `status` is `ERROR`.
        partial: Shaped credit in [0, 1] for training; equals `score` unless the verifier documents more.
        reason: Short stable code, e.g. "value_mismatch"; safe to group by.
        message: One human sentence, safe to show to the agent: it never tells the expected answer.
        extracted: The answer that was graded, as it was read from the response.
        method: How it was decided, e.g. "rational", "sympy", "kernel".
        elapsed: Wall time of the check in seconds; no part of what makes two verdicts equal.
        verifier: Name and version, e.g. "math@1.0.0".
        detail: What else the verifier reports; JSON values only.
    """

    status: Status
    score: float | None
    partial: float | None
    reason: str
    message: str
    extracted: str | None = None
    method: str = ""
    elapsed: float = field(default=0.0, compare=False)
    verifier: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def __post_init__(self) -> None:
        """Hold the invariants that trainers rely on."""
        if (self.score is None) != (self.status is Status.ERROR):
            raise ValueError(f"score must be None exactly for status error, got {self.status} with {self.score!r}")
        if (self.score == 1.0) != (self.status is Status.CORRECT):
            raise ValueError(f"score 1 belongs to status correct alone, got {self.status} with {self.score!r}")

    @property
    def correct(self) -> bool:
        """Whether the answer was judged right."""
        return self.status is Status.CORRECT

    def to_dict(self) -> dict[str, Any]:
        """The verdict as JSON values; `from_dict` is its inverse."""
        row = {f.name: getattr(self, f.name) for f in fields(self)}
        row["status"] = self.status.value
        row["detail"] = dict(self.detail)
        return row

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Verdict:
        """Read what `to_dict` wrote.

        Raises:
            KeyError: A field is missing.
            ValueError: The status is unknown or the fields contradict one another.
        """
        values: dict[str, Any] = {f.name: row[f.name] for f in fields(cls)}
        values["status"] = Status(row["status"])
        return cls(**values)

    def decision(self) -> tuple[str, float | None, float | None, str, str | None]:
        """The part that must be the same on every machine: status, score, partial, reason and extracted answer."""
        return (self.status.value, self.score, self.partial, self.reason, self.extracted)


def failed(reason: str, message: str, *, verifier: str, elapsed: float = 0.0, **detail: Any) -> Verdict:
    """An `ERROR` verdict: infrastructure failed, so there is no score."""
    return Verdict(Status.ERROR, None, None, reason, message, None, "", elapsed, verifier, detail)
