"""Gold answers that are matrices, words, numerals in a base, ratios or times."""

from __future__ import annotations

import re
from fractions import Fraction

from assay.verifiers.math.compare.matrices import as_matrix, column, holds_matrix
from assay.verifiers.math.compare.names import assigned
from assay.verifiers.math.compare.parts import Parts
from assay.verifiers.math.grammar.assemble import wordlike
from assay.verifiers.math.scalars import NO, Decision
from assay.verifiers.math.spoken import spoken_number
from assay.verifiers.math.tree import (
    SCALARS,
    ZERO,
    Based,
    Const,
    Labelled,
    Matrix,
    Mul,
    Node,
    Num,
    Pow,
    Ratio,
    Rel,
    Seq,
    Sym,
    Text,
)
from assay.verifiers.math.vocabulary import SHORT_WORDS


class Notations(Parts):
    """Matrices, words, bases and ratios."""

    def matrix(self, gold: Matrix, answer: Node) -> Decision:
        """A gold matrix against a matrix, a scaled matrix, or a tuple for a column."""
        if isinstance(answer, Rel) and (value := assigned(answer)) is not None:
            return self.matrix(gold, value[1])
        if isinstance(answer, SCALARS) and holds_matrix(answer):
            found = as_matrix(answer)
            if found is None:
                return Decision(None, "structure", "not_proved")
            answer = found
        if isinstance(answer, Seq) and answer.kind in ("tuple", "bracket"):
            entries = column(gold)
            return NO if entries is None else self.pairwise(entries, answer.items)
        if not isinstance(answer, Matrix):
            return NO
        if len(gold.rows) != len(answer.rows) or len(gold.rows[0]) != len(answer.rows[0]):
            return Decision(False, "structure", "size_mismatch")
        return self.pairwise(
            tuple(cell for row in gold.rows for cell in row), tuple(cell for row in answer.rows for cell in row)
        )

    def words(self, gold: Text, answer: Node) -> Decision:
        """Gold words against words."""
        if isinstance(answer, Rel) and len(answer.items) == 2 and answer.ops == ("=",):
            answer = answer.items[1]
        if isinstance(answer, Text):
            return Decision(gold.words == answer.words, "text", "value_mismatch")
        if isinstance(answer, Sym) and answer.index is None:
            name = answer.name.removeprefix("text:").removeprefix("word:")
            return Decision(name == gold.words, "text", "value_mismatch")
        if (spoken := spoken_number(gold.words)) is not None:
            return self.same(Num(spoken), answer)
        if isinstance(answer, Mul | Pow) and _is_product(gold):
            return self.scalars.equal(Mul(tuple(Const(c) if c in "ei" else Sym(c) for c in gold.raw)), answer)
        return NO

    def choice(self, gold: Node, answer: Node) -> Decision:
        """A choice with what it says, on one side or both: the letter answers a letter, what it says anything else."""
        if isinstance(gold, Labelled) and isinstance(answer, Labelled):
            if gold.letter != answer.letter:
                return Decision(False, "structure", "value_mismatch")
            return self.same(gold.value, answer.value)
        labelled, other, answered = (gold, answer, True) if isinstance(gold, Labelled) else (answer, gold, False)
        assert isinstance(labelled, Labelled)
        if isinstance(other, Sym) and other.index is None and len(other.name) == 1 and other.name.isupper():
            return Decision(labelled.letter == other.name, "structure", "value_mismatch")
        for meaning in (labelled.value, labelled.product):
            decision = NO
            if meaning is not None:
                decision = self.same(meaning, other) if answered else self.same(other, meaning)
            if decision:
                return decision
        return decision

    def based(self, digits: str, base: int, answer: Node) -> Decision:
        """A gold numeral in a base."""
        if isinstance(answer, Rel):
            return self.stated(Based(digits, base), answer)
        if isinstance(answer, Based):
            if self.policy.base == "value":
                return Decision(int(digits, base) == int(answer.digits, answer.base), "base", "value_mismatch")
            return Decision((digits, base) == (answer.digits, answer.base), "base", "value_mismatch")
        if self.policy.base == "digits" and isinstance(answer, Num) and answer.value.denominator == 1:
            return Decision(str(answer.value.numerator) == digits, "base", "value_mismatch")
        if self.policy.base == "value" and isinstance(answer, SCALARS):
            return self.scalars.equal(Num(Fraction(int(digits, base))), answer)
        return Decision(False, "base", "base_missing")

    def ratio(self, gold: Ratio, answer: Node) -> Decision:
        """A gold ratio or time."""
        if isinstance(answer, Rel) and (value := assigned(answer)) is not None:
            answer = value[1]
        if not isinstance(answer, Ratio) or len(gold.parts) != len(answer.parts):
            return NO
        if gold.suffix and answer.suffix and gold.suffix != answer.suffix:
            return Decision(False, "ratio", "value_mismatch")
        same = self.pairwise(gold.parts, answer.parts)
        if same or (gold.clock and answer.clock) or self.policy.ratio == "as_written" or gold.suffix or answer.suffix:
            return same
        if not all(self._nonzero(part) for ratio in (gold, answer) for part in ratio.parts):
            return same  # 12:00 is no ratio, and 1:0 is proportional to everything of its kind
        # a : b : c is proportional to d : e : f
        for one, two in zip(gold.parts[1:], answer.parts[1:], strict=True):
            cross = self.scalars.equal(Mul((gold.parts[0], two)), Mul((answer.parts[0], one)))
            if not cross:
                return cross
        return Decision(True, "ratio")

    def _nonzero(self, part: Node) -> bool:
        return self.scalars.equal(part, ZERO).equal is False


def _is_product(text: Text) -> bool:
    """Whether a run of letters may be a product of variables: `abc`, but not a word that we know or could say."""
    if not re.fullmatch(r"[a-z]{2,4}", text.words) or not text.raw.isalpha():
        return False
    return text.words not in SHORT_WORDS and not wordlike(text.words)
