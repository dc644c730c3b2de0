"""`json_repair`: the repaired text is strict JSON and equals the document it was before it was damaged.

A repair that merely parses is worth nothing: the value must be the original. Partial credit is the F1 of the leaf
facts; what the damaged text's own readable part earns belongs in the item's `null_credit`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from assay.verifiers.data.answer import read_answer
from assay.verifiers.data.json_equal import compare
from assay.verifiers.data.model import EXACT, canonical
from assay.verifiers.data.outcome import DataVerifier, Outcome, read_count
from assay.verifiers.data.strict_json import HIGHEST_DEPTH, MAX_DEPTH, read_json


class JsonRepairVerifier(DataVerifier):
    """Spec: `{"expected": value}`; optional `broken` (the damaged text, for the record) and `max_depth`."""

    kind: ClassVar[str] = "json_repair"
    required = frozenset({"expected"})
    optional = frozenset({"broken", "max_depth"})

    def grade(self, settings: Mapping[str, Any], response: str) -> Outcome:
        """Read one JSON document and compare it exactly."""
        expected = canonical(settings["expected"])
        max_depth = read_count(settings, "max_depth", MAX_DEPTH, HIGHEST_DEPTH)
        answer = read_answer(settings, response)
        return compare(expected, read_json(answer, max_depth), answer, EXACT)


VERIFIER = JsonRepairVerifier()
