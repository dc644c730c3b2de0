"""The kind of the gold answer decides what may answer it."""

from __future__ import annotations

from assay.verifiers.math.compare.relations import Relations
from assay.verifiers.math.limits import MATCHING_STEPS, LimitError
from assay.verifiers.math.scalars import Decision
from assay.verifiers.math.tree import (
    Based,
    Const,
    Interval,
    Labelled,
    Matrix,
    Node,
    Num,
    Qty,
    Ratio,
    Rel,
    Seq,
    SetOp,
    Text,
    Where,
)


class Comparison(Relations):
    """One check of a gold tree against an answer tree."""

    def same(self, gold: Node, answer: Node) -> Decision:
        """Decide; both trees are already expanded (no ± left)."""
        self.steps += 1
        if self.steps > MATCHING_STEPS:
            raise LimitError("too_many_items", "The answer lists too many things.")
        if isinstance(answer, Seq) and answer.mixed is not None and not isinstance(gold, Seq):
            return self.same(gold, answer.mixed)
        if isinstance(gold, Labelled) or isinstance(answer, Labelled):
            return self.choice(gold, answer)
        if isinstance(gold, Qty) or isinstance(answer, Qty):
            return self.quantity(gold, answer)
        if isinstance(gold, Num) and isinstance(answer, Num):
            return self.scalars.equal(gold, answer) if gold.value == answer.value else self.rounding(gold, answer)
        match gold:
            case Text():
                return self.words(gold, answer)
            case Based(digits, base):
                return self.based(digits, base, answer)
            case Ratio():
                return self.ratio(gold, answer)
            case Matrix():
                return self.matrix(gold, answer)
            case Rel():
                return self.relation(gold, answer)
            case Seq() | Interval() | SetOp() | Where() | Const("R" | "Z" | "Q" | "N" | "C" | "empty"):
                return self.collection(gold, answer)
            case _:
                return self.scalar(gold, answer)
