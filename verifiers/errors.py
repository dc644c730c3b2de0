"""Errors that a user can mend: each names the thing that was wrong and what to do.

Every error assay raises on purpose descends from `AssayError`; the command line prints its one line and exits
with 2. Nothing a *response* contains ever raises one: responses end in a `Verdict`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class AssayError(ValueError):
    """A mistake in what the caller asked for; the message is one line that says how to mend it."""


class SpecError(AssayError):
    """A verifier's spec that cannot be graded against; names the field.

    An oracle with an unreadable gold answer must never grade, so this is raised at once instead of returning a
    verdict.
    """


class UnknownNameError(AssayError):
    """A name that is not among the valid ones; the message lists the nearest.

    Args:
        what: What the name is of, e.g. "source".
        name: The name that was given.
        choices: The valid names.
    """

    def __init__(self, what: str, name: object, choices: Iterable[str]) -> None:
        """Build the one-line message."""
        self.what = what
        self.name = name
        self.choices = sorted(choices)
        super().__init__(_unknown_name_message(what, str(name), self.choices))

    def __reduce__(self) -> tuple[type[UnknownNameError], tuple[str, object, list[str]]]:
        """Pickle by the arguments, so that the error crosses process borders."""
        return (UnknownNameError, (self.what, self.name, self.choices))


def _unknown_name_message(what: str, name: str, choices: list[str]) -> str:
    shown = name if len(name) <= 80 else name[:77] + "..."
    near = difflib.get_close_matches(shown, choices, n=3, cutoff=0.5)
    if near:
        return f"unknown {what} {shown!r}; did you mean {' or '.join(repr(c) for c in near)}?"
    listed = ", ".join(choices[:12]) + (", ..." if len(choices) > 12 else "")
    return f"unknown {what} {shown!r}; valid: {listed or 'none'}"
