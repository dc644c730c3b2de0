"""Gold answers that are numbers, expressions or quantities."""

from __future__ import annotations

import re
from fractions import Fraction

from assay.verifiers.math import points
from assay.verifiers.math.compare.matrices import as_matrix, holds_matrix
from assay.verifiers.math.compare.names import names_something
from assay.verifiers.math.compare.notations import Notations
from assay.verifiers.math.limits import GaveUpError, LimitError
from assay.verifiers.math.scalars import NO, Decision
from assay.verifiers.math.spoken import spoken_number
from assay.verifiers.math.tree import (
    SCALARS,
    Based,
    Const,
    Matrix,
    Mul,
    Node,
    Num,
    Pow,
    Qty,
    Rel,
    Seq,
    Sym,
    Text,
    walk,
)
from assay.verifiers.math.units import DEGREE, KNOWN, NO_UNIT, PERCENT, Unit


class Values(Notations):
    """Scalars, decimals that round them, and quantities."""

    def scalar(self, gold: Node, answer: Node) -> Decision:
        """A gold number or expression against any answer."""
        match answer:
            case Rel():
                return self.stated(gold, answer)
            case Text(words):
                if (spoken := spoken_number(words)) is not None:
                    return self.same(gold, Num(spoken))
                return self.letters(gold, words)
            case Matrix(((cell,),)):
                return self.same(gold, cell)
            case Based(digits, base) if self.policy.base == "value":
                return self.same(gold, Num(Fraction(int(digits, base))))
            case Seq("or", several) if isinstance(gold, SCALARS) and len(several) > 1:
                # 3/4 or 0.75: right if they are the same answer twice
                decision = NO
                for item in several:
                    decision = self.same(gold, item)
                    if not decision:
                        return decision
                return decision
            case Seq("list" | "or" | "set", (only,)) if answer.kind != "set":
                return self.same(gold, only)
            case _ if isinstance(answer, SCALARS) and isinstance(gold, SCALARS):
                matrix = as_matrix(answer) if holds_matrix(answer) else None
                if matrix is not None:
                    return NO
                decision = self.scalars.equal(gold, answer)
                if not decision and isinstance(answer, Num):
                    return self.rounding(gold, answer) or decision
                return decision
            case _:
                if isinstance(gold, SCALARS) and holds_matrix(gold):
                    matrix = as_matrix(gold)
                    if matrix is not None:
                        return self.matrix(matrix, answer)
                return NO

    def letters(self, gold: Node, words: str) -> Decision:
        """A run of letters read as a word may still be a product of variables: `abc` for a b c."""
        if not re.fullmatch(r"[a-z]{2,4}", words) or isinstance(gold, Num):
            return NO
        return self.scalars.equal(gold, Mul(tuple(Const(c) if c in "ei" else Sym(c) for c in words)))

    def rounding(self, gold: Node, answer: Num) -> Decision:
        """A long decimal that correctly rounds a gold value without a finite decimal form, if the policy allows."""
        refused = Decision(False, "rational", "value_mismatch")
        if answer.places is None:
            return refused
        if self.policy.gold_decimals == "rounded" and isinstance(gold, Num) and gold.places is not None:
            step = Fraction(1, 10**gold.places)
            if answer.places >= gold.places and abs(answer.value - gold.value) * 2 <= step:
                return Decision(True, "rounding")
            return refused
        digits = len(str(abs(answer.value * 10**answer.places).numerator))
        if not self.policy.approx_digits or digits < self.policy.approx_digits or points.variables(gold):
            return refused
        value = self.scalars.number(gold)
        half = Fraction(1, 2 * 10**answer.places)
        if value is not None:
            rest = value.denominator
            for prime in (2, 5):
                while rest % prime == 0:
                    rest //= prime
            close = rest > 1 and abs(value - answer.value) <= half
            return Decision(True, "rounding") if close else refused
        try:
            number = points.value(gold, digits + 30)
        except (GaveUpError, LimitError):
            return refused
        ctx = points.context()
        if getattr(number, "imag", 0) != 0:
            return refused
        distance = abs(number.real - ctx.mpf(answer.value.numerator) / answer.value.denominator)
        return Decision(True, "rounding") if distance <= ctx.mpf(half.numerator) / half.denominator else refused

    def quantity(self, gold: Node, answer: Node) -> Decision:
        """Quantities: equal in the same unit, or after conversion; a unit on one side only is a policy."""
        if isinstance(answer, (Rel, Text)) or not isinstance(answer, (Qty, *SCALARS)):
            if isinstance(answer, Rel) and isinstance(gold, Qty):
                return self.stated(gold, answer)
            if isinstance(answer, Text) and isinstance(gold, Qty):
                return self.same(gold.value, answer)
            return NO
        if not isinstance(gold, (Qty, *SCALARS)):
            if isinstance(gold, Rel) and len(gold.items) == 2 and gold.ops == ("=",) and names_something(gold.items[0]):
                return self.same(gold.items[1], answer)
            return NO
        if isinstance(gold, Qty) and not isinstance(answer, Qty):
            answer = lettered_quantity(answer, gold.unit) or answer
        gold_unit = gold.unit if isinstance(gold, Qty) else None
        answer_unit = answer.unit if isinstance(answer, Qty) else None
        one = gold.value if isinstance(gold, Qty) else gold
        two = answer.value if isinstance(answer, Qty) else answer
        if PERCENT in (gold_unit, answer_unit):
            return self.percent(one, gold_unit == PERCENT, gold_unit, two, answer_unit == PERCENT, answer_unit)
        if gold_unit is None or answer_unit is None:
            if DEGREE in (gold_unit, answer_unit):
                # An angle in degrees answers an angle in radians; a bare number may also leave the sign out.
                converted = self.same(_scaled(one, gold_unit), _scaled(two, answer_unit))
                if converted:
                    return converted
                if gold_unit is None and any(part == Const("pi") for part in walk(one)):
                    return converted
                if answer_unit is None and any(part == Const("pi") for part in walk(two)):
                    return converted
            if self.policy.units == "required":
                return Decision(False, "units", "unit_missing" if answer_unit is None else "unit_unexpected")
            return self.same(one, two)
        if gold_unit.dimension != answer_unit.dimension:
            return Decision(False, "units", "unit_mismatch")
        if gold_unit.scale == answer_unit.scale and gold_unit.scale_pi == answer_unit.scale_pi:
            return self.same(one, two)
        return self.same(_scaled(one, gold_unit), _scaled(two, answer_unit))

    def percent(
        self, one: Node, first: bool, gold_unit: object, two: Node, second: bool, answer_unit: object
    ) -> Decision:
        """28% is 0.28; a bare 28 may stand for it (policy), never for 0.28."""
        if first and second:
            return self.same(one, two)
        if (gold_unit is not None and not first) or (answer_unit is not None and not second):
            return Decision(False, "units", "unit_mismatch")
        hundredth = Num(Fraction(1, 100))
        value = self.same(_times(one, hundredth) if first else one, _times(two, hundredth) if second else two)
        if value or self.policy.percent == "required":
            return value
        bare = self.scalars.number(two if first else one)
        if not first and (bare is None or abs(bare) <= 1):
            return value  # a gold 0.5 asks for a share: 0.5% is not it
        return self.same(one, two)


def _times(node: Node, factor: Num) -> Node:
    return Num(node.value * factor.value) if isinstance(node, Num) else Mul((factor, node))


def _scaled(node: Node, unit: object) -> Node:

    if not isinstance(unit, Unit):
        return node
    scaled = _times(node, Num(unit.scale))
    if unit.scale_pi == 0:
        return scaled
    return Mul((scaled, Pow(Const("pi"), Num(Fraction(unit.scale_pi)))))


def lettered_quantity(node: Node, unit: Unit) -> Qty | None:
    """`0.1 m` beside a gold answer in centimetres: a letter is a unit where the gold answer has one of its kind."""
    if not isinstance(node, Mul) or len(node.factors) != 2:
        return None
    value, written = node.factors
    power = 1
    match written:
        case Sym(name, None):
            pass
        case Pow(Sym(name, None), Num(exponent)) if exponent in (2, 3):
            power = int(exponent)
        case _:
            return None
    if name not in KNOWN:
        return None
    found = NO_UNIT.times(KNOWN[name], power)
    return Qty(value, found) if found.dimension == unit.dimension and not points.variables(value) else None
