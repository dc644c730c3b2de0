"""`regex`: the answer is a regular expression that matches all positives and no negatives, in full.

Policy `regex@1`: the dialect is RE2 (no lookaround, no backreferences, bounded repetition), matched against the whole
string as UTF-8; linear in the string whatever the pattern, so no pattern can stall the check. `max_len` bounds the
pattern in characters. The hidden strings decide whether the pattern generalises.

Partial credit is (positives matched / positives) * (negatives refused / negatives): `.*` and a pattern that matches
nothing earn 0. A list of the shown positives earns their share of all positives; that is the item's null credit.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, ClassVar

from assay.verifiers.data.answer import read_answer
from assay.verifiers.data.outcome import DataVerifier, Outcome, Refusal, read_count
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status

MAX_PATTERN_CHARS = 1000
"""Longest pattern, unless the spec's `max_len` says less."""

MAX_MEMORY_BYTES = 1 << 20
"""What RE2 may spend on a compiled pattern."""


class RegexVerifier(DataVerifier):
    """Spec: `{"pos", "neg", "hidden_pos", "hidden_neg"}` (lists of strings, either hidden one optional), `max_len`."""

    kind: ClassVar[str] = "regex"
    required = frozenset({"pos", "neg"})
    optional = frozenset({"hidden_pos", "hidden_neg", "max_len"})

    def grade(self, settings: Mapping[str, Any], response: str) -> Outcome:
        """Compile the pattern, match every string in full."""
        shown = _strings(settings, "pos")
        positives = shown + _strings(settings, "hidden_pos")
        negatives = _strings(settings, "neg") + _strings(settings, "hidden_neg")
        if not positives:
            raise SpecError("regex: there is no positive string")
        if both := sorted(set(positives) & set(negatives)):
            raise SpecError(f"regex: {both[0]!r} is both positive and negative")
        limit = read_count(settings, "max_len", MAX_PATTERN_CHARS, MAX_PATTERN_CHARS)
        pattern_text = read_answer(settings, response).strip("\r\n")
        if len(pattern_text) > limit:
            raise Refusal(Status.LIMIT, "too_long", f"The pattern is longer than {limit} characters.")
        pattern = _compile(pattern_text)
        matched = sum(pattern.fullmatch(text) is not None for text in positives)
        refused = sum(pattern.fullmatch(text) is None for text in negatives)
        if matched == len(positives) and refused == len(negatives):
            message = "The pattern matches every positive and no negative."
            return Outcome(True, 1.0, "matches", message, pattern_text, "re2")
        credit = matched / len(positives) * (refused / len(negatives) if negatives else 1.0)
        listed = len(set(shown)) / len(set(positives)) if negatives else 1.0
        message = "The pattern misses a positive or matches a negative."
        return Outcome(False, min(credit, 1 - 1e-9), "mismatch", message, pattern_text, "re2", null_credit=listed)


def _strings(settings: Mapping[str, Any], name: str) -> list[str]:
    value = settings.get(name, [])
    if not isinstance(value, (list, tuple)) or not all(isinstance(text, str) for text in value):
        raise SpecError(f"{name} must be a list of strings")
    try:
        "".join(value).encode()
    except UnicodeEncodeError as error:
        raise SpecError(f"{name} holds half of a surrogate pair") from error
    return list(value)


def _compile(text: str) -> Any:
    import re2

    try:
        return re2.compile(text, _options())
    except (re2.error, UnicodeEncodeError) as error:
        message = "The pattern is not a regular expression of the RE2 dialect."
        raise Refusal(Status.MALFORMED, "not_re2", message) from error


@functools.lru_cache(maxsize=1)
def _options() -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False  # else RE2 writes to standard error
    options.max_mem = MAX_MEMORY_BYTES
    return options


VERIFIER = RegexVerifier()
