"""`constraint`: the answer satisfies every constraint of the item; any solution will do.

No solution is stored and none is compared with: the constraints are checked. So every right answer is right, however
many there are. The kinds of puzzle and their checks are in `puzzles.py`; each returns the share of its constraints
that hold, which is the partial credit, and must hold in full for a score.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from assay.verifiers.data.answer import read_answer
from assay.verifiers.data.outcome import DataVerifier, Outcome
from assay.verifiers.data.puzzles import PUZZLES, Tally
from assay.verifiers.data.strict_json import read_json
from assay.verifiers.errors import SpecError

MAX_ANSWER_BYTES = 100_000
"""Longest response, unless the spec's `max_bytes` says otherwise."""

_SIZED = re.compile(r"(latin|sudoku)([1-9][0-9]?)", re.ASCII)


class ConstraintVerifier(DataVerifier):
    """Spec: `{"kind": puzzle, ...}`; the other fields are the puzzle's own, see `puzzles.py`."""

    kind: ClassVar[str] = "constraint"
    required = frozenset({"kind"})
    optional = frozenset(field for _, fields in PUZZLES.values() for field in fields)

    def grade(self, settings: Mapping[str, Any], response: str) -> Outcome:
        """Read the answer as JSON and check each constraint on it."""
        name = settings["kind"]
        size = _SIZED.fullmatch(name) if isinstance(name, str) else None
        puzzle = size[1] if size else name
        if puzzle not in PUZZLES:
            raise SpecError(f"kind must be one of {', '.join(PUZZLES)}, got {name!r}")
        check, fields = PUZZLES[puzzle]
        for field in settings:
            if field not in fields and field not in ("kind", "extract", "max_bytes", "null_credit"):
                raise SpecError(f"{name}: unknown field {field!r}; known: {', '.join(fields)}")
        parameters = {"size": int(size[2]), **settings} if size else settings
        answer = read_answer(settings, response, MAX_ANSWER_BYTES)
        tally: Tally = check(parameters, read_json(answer))
        detail = {"constraints": tally.total, "constraints_held": tally.held}
        if tally.solved:
            return Outcome(True, 1.0, "satisfied", "Every constraint holds.", answer, puzzle, detail)
        credit = min(tally.held / tally.total if tally.total else 0.0, 1 - 1e-9)
        return Outcome(False, credit, "violated", "A constraint does not hold.", answer, puzzle, detail)


VERIFIER = ConstraintVerifier()
