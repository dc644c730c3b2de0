"""`json_equal`: the answer is the expected JSON value.

Equality is that of the JSON data model (`model.py`), with the item's own tolerance, unordered arrays and Unicode
normal form. Partial credit is the F1 of the leaf facts (JSON Pointer and scalar).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from assay.verifiers.data.answer import read_answer
from assay.verifiers.data.model import Equality, document_credit, read_equality, read_expected
from assay.verifiers.data.outcome import DataVerifier, Outcome, read_count
from assay.verifiers.data.strict_json import HIGHEST_DEPTH, MAX_DEPTH, read_json


class JsonEqualVerifier(DataVerifier):
    """Spec: `{"expected": value}`; optional `tolerance`, `unordered`, `unicode`, `max_depth`."""

    kind: ClassVar[str] = "json_equal"
    required = frozenset({"expected"})
    optional = frozenset({"tolerance", "unordered", "unicode", "max_depth"})

    def grade(self, settings: Mapping[str, Any], response: str) -> Outcome:
        """Read one JSON document and compare it."""
        rules = read_equality(settings)
        expected = read_expected(settings, rules)
        max_depth = read_count(settings, "max_depth", MAX_DEPTH, HIGHEST_DEPTH)
        answer = read_answer(settings, response)
        return compare(expected, rules.normal(read_json(answer, max_depth)), answer, rules)


def compare(expected: Any, given: Any, answer: str, rules: Equality) -> Outcome:
    """The outcome for a document that could be read."""
    method = "json-model"
    if rules.same(expected, given):
        return Outcome(True, 1.0, "equal", "The answer is right.", answer, method)
    credit = min(document_credit(expected, given, rules), 1 - 1e-9)
    message = "The document can be read but is not the one that was asked for."
    return Outcome(False, credit, "value_mismatch", message, answer, method)


VERIFIER = JsonEqualVerifier()
