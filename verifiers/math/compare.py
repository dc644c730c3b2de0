"""Whether an answer is the gold answer: structure first, scalars at the leaves.

The kind of the gold answer (number, list, tuple, set of reals, relation, matrix, words, quantity, ...) decides what may
answer it. Every rule that lets two different kinds match is written here, once.
"""

from __future__ import annotations

import re
from fractions import Fraction

from assay.verifiers.math import points
from assay.verifiers.math.limits import MATCHING_STEPS, GaveUpError, LimitError, UndefinedError
from assay.verifiers.math.policies import Policy
from assay.verifiers.math.realsets import RealSets
from assay.verifiers.math.scalars import NO, Decision, Scalars
from assay.verifiers.math.tree import (
    ONE,
    SCALARS,
    ZERO,
    Add,
    Based,
    Call,
    Const,
    Interval,
    Matrix,
    Mul,
    Node,
    Num,
    PlusMinus,
    Pow,
    Qty,
    Ratio,
    Rel,
    Root,
    Seq,
    SetOp,
    Sym,
    Text,
    Where,
    children,
    div,
    neg,
    walk,
)
from assay.verifiers.math.units import DEGREE, PERCENT
from assay.verifiers.math.vocabulary import FLIPPED, NUMBER_WORDS

YES = Decision(True, "structure")
_CHOICE = re.compile(r"^\(?([a-z])\)?$")


class Comparison:
    """One check of a gold tree against an answer tree.

    Args:
        policy: The user's choices.
        scalars: The scalar rungs.
    """

    def __init__(self, policy: Policy, scalars: Scalars) -> None:
        """Keep the choices and the rungs."""
        self.policy = policy
        self.scalars = scalars
        self.steps = 0

    def same(self, gold: Node, answer: Node) -> Decision:
        """Decide; both trees are already expanded (no ± left)."""
        self.steps += 1
        if self.steps > MATCHING_STEPS:
            raise LimitError("too_many_items", "The answer lists too many things.")
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

    # --- scalars ------------------------------------------------------------------------------------------------

    def scalar(self, gold: Node, answer: Node) -> Decision:
        """A gold number or expression against any answer."""
        match answer:
            case Rel():
                return self.stated(gold, answer)
            case Text(words):
                if words in NUMBER_WORDS:
                    return self.same(gold, Num(Fraction(NUMBER_WORDS[words])))
                return self.letters(gold, words)
            case Matrix(((cell,),)):
                return self.same(gold, cell)
            case Based(digits, base) if self.policy.base == "value":
                return self.same(gold, Num(Fraction(int(digits, base))))
            case Seq("list" | "or" | "set", (only,)) if answer.kind != "set":
                return self.same(gold, only)
            case _ if isinstance(answer, SCALARS) and isinstance(gold, SCALARS):
                matrix = _as_matrix(answer) if _holds_matrix(answer) else None
                if matrix is not None:
                    return NO
                decision = self.scalars.equal(gold, answer)
                if not decision and isinstance(answer, Num):
                    return self.rounding(gold, answer) or decision
                return decision
            case _:
                if isinstance(gold, SCALARS) and _holds_matrix(gold):
                    matrix = _as_matrix(gold)
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

    # --- quantities ---------------------------------------------------------------------------------------------

    def quantity(self, gold: Node, answer: Node) -> Decision:
        """Quantities: equal in the same unit, or after conversion; a unit on one side only is a policy."""
        if isinstance(answer, (Rel, Text)) or not isinstance(answer, (Qty, *SCALARS)):
            if isinstance(answer, Rel) and isinstance(gold, Qty):
                return self.stated(gold, answer)
            if isinstance(answer, Text) and isinstance(gold, Qty):
                return self.same(gold.value, answer)
            return NO
        if not isinstance(gold, (Qty, *SCALARS)):
            if (
                isinstance(gold, Rel)
                and len(gold.items) == 2
                and gold.ops == ("=",)
                and _names_something(gold.items[0])
            ):
                return self.same(gold.items[1], answer)
            return NO
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

    # --- relations ----------------------------------------------------------------------------------------------

    def stated(self, gold: Node, answer: Rel) -> Decision:
        """A gold value against `x = value`, or a chain of equalities in which every member must be the value."""
        if any(op not in ("=", "~") for op in answer.ops):
            if isinstance(answer, Rel) and answer.ops == ("in",) and isinstance(answer.items[1], Seq):
                return NO
            return NO
        items = list(answer.items)
        if "~" in answer.ops:
            cut = answer.ops.index("~") + 1
            if not (cut == 1 and _names_something(items[0])):
                if not all(self.approximates(item, items[cut - 1]) for item in items[cut:]):
                    return Decision(False, "structure", "value_mismatch")
                items = items[:cut]
        named = [item for item in items if _names_something(item)]
        if named and len(items) > 1:
            items.remove(named[0])
        decision = NO
        for item in items:
            decision = self.same(gold, item)
            if not decision:
                return decision
        return decision

    def approximates(self, decimal: Node, exact: Node) -> bool:
        """Whether a number written behind ≈ is less than one unit of its last place away."""
        if not isinstance(decimal, Num) or not isinstance(exact, SCALARS):
            return False
        try:
            number = points.value(exact)
        except (GaveUpError, LimitError):
            return False
        ctx = points.context()
        distance = abs(number - ctx.mpf(decimal.value.numerator) / decimal.value.denominator)
        return bool(distance < ctx.mpf(10) ** -(decimal.places or 0))

    def relation(self, gold: Rel, answer: Node) -> Decision:
        """A gold relation against any answer."""
        value = _assigned(gold)
        if value is not None:
            name, right = value
            if isinstance(answer, Rel):
                return self.assignment(gold, name, right, answer)
            if isinstance(answer, Text):
                return self.same(right, answer)
            if isinstance(answer, Qty) or not isinstance(answer, Rel):
                decision = self.same(right, answer)
                if decision or isinstance(answer, (Qty, *SCALARS)):
                    return decision
        if isinstance(answer, Rel):
            decision = self.relations(gold, answer)
            if decision.equal is not None and (decision or not _in_one_variable(gold)):
                return decision
            return self.sets_of_reals(gold, answer) or decision
        if isinstance(answer, Seq) and isinstance(gold.items[0], Seq) and gold.ops == ("=",):
            return self.same(gold.items[1], answer)
        if gold.ops == ("in",):
            return self.same(gold.items[1], answer)
        return self.sets_of_reals(gold, answer)

    def assignment(self, gold: Rel, name: Node, right: Node, answer: Rel) -> Decision:
        """A gold `name = value` against a relation."""
        other = _assigned(answer)
        if other is not None:
            same_name = self._same_name(name, other[0])
            if isinstance(name, Call) and isinstance(other[0], Call):
                # f(x) = x^2 and f(t) = t^2: the argument's name is free
                arguments = (*name.args, *other[0].args)
                if (
                    name.name == other[0].name
                    and len(name.args) == len(other[0].args)
                    and name.args != other[0].args
                    and all(isinstance(argument, Sym) for argument in arguments)
                ):
                    pairs = dict(zip(other[0].args, name.args, strict=True))
                    if any(part in name.args and part not in pairs for part in walk(other[1])):
                        return Decision(False, "structure", "variable_mismatch")
                    renamed = _renamed(other[1], pairs)
                    if renamed is not None:
                        return self.same(right, renamed)
            if (
                same_name
                or self.policy.variable_names == "any"
                or (isinstance(name, Call) and other[0] == Sym("y") and Sym("y") not in name.args)
            ):
                decision = self.same(right, other[1])
                if decision or not isinstance(right, SCALARS) or not isinstance(other[1], SCALARS):
                    return decision
            values = (right, other[1])
            if not same_name and all(isinstance(v, SCALARS) and not points.variables(v) for v in values):
                return Decision(False, "structure", "variable_mismatch")
        if len(answer.ops) > 1 and all(op == "=" for op in answer.ops) and answer.items[0] == name:
            return self.stated(right, answer)
        if (
            other is None
            and answer.ops == ("=",)
            and isinstance(name, Sym)
            and isinstance(right, SCALARS)
            and not points.variables(right)
        ):
            return Decision(False, "structure", "not_solved")  # 2x + 1 = 7 is the question that x = 3 answers
        return self.relations(gold, answer)

    def _same_name(self, one: Node, two: Node) -> bool:
        if one == two:
            return True
        return isinstance(one, Sym) and isinstance(two, Sym) and points.variable_name(one) == points.variable_name(two)

    def relations(self, gold: Rel, answer: Rel) -> Decision:
        """Relations up to what does not change them: swapping sides, moving terms, scaling by a number."""
        if len(gold.ops) != len(answer.ops):
            return self.sets_of_reals(gold, answer)
        if len(gold.ops) > 1:
            for candidate in (answer, _reversed(answer)):
                if candidate is not None and candidate.ops == gold.ops:
                    parts = [self.same(one, two) for one, two in zip(gold.items, candidate.items, strict=True)]
                    if all(parts):
                        return YES
            if all(op in ("<", ">", "<=", ">=") for op in (*gold.ops, *answer.ops)):
                return self.sets_of_reals(gold, answer)
            return NO
        op, other = "".join(gold.ops), "".join(answer.ops)  # one each
        left, right = gold.items
        if op not in ("=", "<", ">", "<=", ">=", "!="):
            if op != other:
                return self.sets_of_reals(gold, answer)
            return self.pairwise(gold.items, answer.items)
        if not all(isinstance(item, SCALARS) for item in (*gold.items, *answer.items)):
            if op == other and (decision := self.pairwise(gold.items, answer.items)):
                return decision
            if op == other and op in ("=", "!="):
                return self.pairwise(gold.items, (answer.items[1], answer.items[0]))
            return self.sets_of_reals(gold, answer)
        if {op, other} <= {"=", "!="} and op != other:
            return Decision(False, "structure", "relation_mismatch")
        if op == other and all(self.scalars.equal(one, two) for one, two in zip(gold.items, answer.items, strict=True)):
            return YES
        if not points.variables(gold) and not points.variables(answer):
            return Decision(False, "structure", "value_mismatch")
        same, sign = self.scalars.proportional(Add((left, neg(right))), Add((answer.items[0], neg(answer.items[1]))))
        if same is None:
            if points.refuted(Add((left, neg(right))), Add((answer.items[0], neg(answer.items[1])))):
                return Decision(False, "points", "relation_mismatch")
            return Decision(None, "polynomial", "not_proved")
        if not same:
            return Decision(False, "polynomial", "relation_mismatch")
        expected = op if sign > 0 else FLIPPED.get(op, op)
        return Decision(other == expected, "polynomial", "relation_mismatch")

    def pairwise(self, gold: tuple[Node, ...], answer: tuple[Node, ...]) -> Decision:
        """Members against members, in order."""
        if len(gold) != len(answer):
            return Decision(False, "structure", "size_mismatch")
        methods = "structure"
        for one, two in zip(gold, answer, strict=True):
            decision = self.same(one, two)
            if not decision:
                return decision
            methods = decision.method
        return Decision(True, methods)

    # --- collections --------------------------------------------------------------------------------------------

    def collection(self, gold: Node, answer: Node) -> Decision:
        """A gold list, tuple, set or interval against any answer."""
        if isinstance(answer, Text) and isinstance(gold, Const):
            return NO
        if isinstance(answer, Rel) and _assigned(answer) is not None and not isinstance(gold, Seq | Interval | SetOp):
            return self.same(gold, answer.items[1])
        match gold, answer:
            case Seq("tuple" | "bracket"), Seq("tuple" | "bracket" | "list"):
                if answer.kind == "list" and len(gold.items) == 2 and RealSets(self.scalars).read(gold) is not None:
                    return NO  # (0, 1) may be an interval, and 0, 1 is none
                return self.pairwise(gold.items, answer.items)
            case Seq("tuple" | "bracket"), Matrix():
                column = _vector(answer)
                return NO if column is None else self.pairwise(gold.items, column)
            case Seq("list" | "or" | "set"), Seq("list" | "or" | "set"):
                return self.unordered(gold, answer)
            case Seq("tuple", (_, _)), Interval():
                return NO if _finite(gold, self) else self.sets_of_reals(gold, answer)
            case Seq("list" | "or"), Seq("tuple" | "bracket") if len(gold.items) == len(answer.items) and (
                len(gold.items) > 2 or RealSets(self.scalars).read(answer) is None
            ):
                return self.pairwise(gold.items, answer.items)
            case Seq(), Rel(two, ("=",)) if isinstance(two[0], Seq) or _names_something(two[0]):
                return self.same(gold, two[1])
            case Seq("list" | "or", (only,)), _:
                return self.same(only, answer)
            case Seq("set", (only,)), _ if isinstance(answer, SCALARS) and isinstance(only, SCALARS):
                return self.same(only, answer)
            case Const(), Const():
                return Decision(gold == answer, "structure", "value_mismatch")
            case Seq("tuple"), Seq("set" | "or"):
                return NO
            case Seq("tuple" | "bracket"), Seq():
                return NO
            case _:
                pass
        if isinstance(gold, Seq) and gold.kind in ("tuple", "bracket") and isinstance(answer, Seq):
            return NO
        if isinstance(gold, SetOp | Interval | Const | Where) or isinstance(
            answer, Interval | SetOp | Rel | Where | Seq | Const
        ):
            return self.sets_of_reals(gold, answer)
        return NO

    def unordered(self, gold: Seq, answer: Seq) -> Decision:
        """Lists and sets: every member has its partner."""
        one, two = list(gold.items), list(answer.items)
        if (
            "list" in (gold.kind, answer.kind)
            and "set" not in (gold.kind, answer.kind)
            and self.policy.list_order == "fixed"
        ):
            return self.pairwise(gold.items, answer.items)
        merge = self.policy.repeats == "ignored" and "set" in (gold.kind, answer.kind)
        if merge:
            one, two = self._distinct(one), self._distinct(two)
        one, two = _values(one), _values(two)
        if len(one) != len(two):
            if all(isinstance(item, Rel) for item in (*one, *two)):
                return self.sets_of_reals(gold, answer)
            return Decision(False, "structure", "size_mismatch")
        left = list(two)
        method = "structure"
        for member in one:
            for index, candidate in enumerate(left):
                decision = self.same(member, candidate)
                if decision:
                    method = decision.method
                    del left[index]
                    break
            else:
                if all(isinstance(item, Rel) and "=" not in item.ops for item in (*one, *two)):
                    return self.sets_of_reals(gold, answer)
                return Decision(False, method, "value_mismatch")
        return Decision(True, method)

    def _distinct(self, items: list[Node]) -> list[Node]:
        kept: list[Node] = []
        for item in items:
            if item not in kept and not (len(kept) < 30 and any(self.same(other, item) for other in kept)):
                kept.append(item)
        return kept

    def sets_of_reals(self, gold: Node, answer: Node) -> Decision:
        """Sets of reals in any notation."""
        notations = tuple(_is_inequality(node) for node in (gold, answer))
        if notations[0] != notations[1] and self.policy.intervals == "same_notation":
            return Decision(False, "intervals", "notation_mismatch")
        one_reader, two_reader = RealSets(self.scalars), RealSets(self.scalars)
        one, two = one_reader.read(gold), two_reader.read(answer)
        if one is None or two is None:
            return self.structural(gold, answer)
        named = one_reader.names, two_reader.names
        if (
            all(named)
            and self.policy.variable_names == "same"
            and not all(any(self._same_name(a, b) for b in named[1]) for a in named[0])
        ):
            return Decision(False, "intervals", "variable_mismatch")
        if any(len(names) > 1 for names in named):
            return self.structural(gold, answer)
        equal = one_reader.equal(one, two)
        return Decision(equal, "intervals", "value_mismatch" if equal is False else "not_proved")

    def structural(self, gold: Node, answer: Node) -> Decision:
        """Collections with variables in them: same shape, equal parts."""
        if type(gold) is not type(answer):
            return NO
        match gold, answer:
            case Interval(), Interval():
                if (gold.lower_closed, gold.upper_closed) != (answer.lower_closed, answer.upper_closed):
                    return Decision(False, "structure", "value_mismatch")
                return self.pairwise((gold.lower, gold.upper), (answer.lower, answer.upper))
            case SetOp(), SetOp():
                if gold.op != answer.op:
                    return NO
                if gold.op == "minus":
                    return self.pairwise(gold.parts, answer.parts)
                return self.unordered(Seq("list", gold.parts), Seq("list", answer.parts))
            case Where(), Where():
                return self.pairwise((gold.head, gold.condition), (answer.head, answer.condition))
            case Rel(), Rel() if gold.ops == answer.ops and len(gold.ops) > 1:
                return self.pairwise(gold.items, answer.items)
            case Seq(), Seq() if gold.kind == answer.kind:
                if gold.kind in ("tuple", "bracket"):
                    return self.pairwise(gold.items, answer.items)
                return NO
            case _:
                return NO

    # --- matrices, words, bases, ratios -------------------------------------------------------------------------

    def matrix(self, gold: Matrix, answer: Node) -> Decision:
        """A gold matrix against a matrix, a scaled matrix, or a tuple for a column."""
        if isinstance(answer, Rel) and (value := _assigned(answer)) is not None:
            return self.matrix(gold, value[1])
        if isinstance(answer, SCALARS) and _holds_matrix(answer):
            found = _as_matrix(answer)
            if found is None:
                return Decision(None, "structure", "not_proved")
            answer = found
        if isinstance(answer, Seq) and answer.kind in ("tuple", "bracket"):
            column = _vector(gold)
            return NO if column is None else self.pairwise(column, answer.items)
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
        if gold.words in NUMBER_WORDS:
            return self.same(Num(Fraction(NUMBER_WORDS[gold.words])), answer)
        if isinstance(answer, Mul | Pow) and re.fullmatch(r"[a-z]{2,4}", gold.words) and gold.raw.isalpha():
            return self.scalars.equal(Mul(tuple(Const(c) if c in "ei" else Sym(c) for c in gold.raw)), answer)
        return NO

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
        if isinstance(answer, Rel) and (value := _assigned(answer)) is not None:
            answer = value[1]
        if not isinstance(answer, Ratio) or len(gold.parts) != len(answer.parts):
            return NO
        if gold.suffix and answer.suffix and gold.suffix != answer.suffix:
            return Decision(False, "ratio", "value_mismatch")
        same = self.pairwise(gold.parts, answer.parts)
        if same or (gold.clock and answer.clock) or self.policy.ratio == "as_written" or gold.suffix or answer.suffix:
            return same
        # a : b : c is proportional to d : e : f
        for one, two in zip(gold.parts[1:], answer.parts[1:], strict=True):
            cross = self.scalars.equal(Mul((gold.parts[0], two)), Mul((answer.parts[0], one)))
            if not cross:
                return cross
        zero = [all(self.scalars.equal(part, ZERO) for part in ratio.parts) for ratio in (gold, answer)]
        if any(zero) or not self._nonzero(gold) or not self._nonzero(answer):
            return same
        return Decision(True, "ratio")

    def _nonzero(self, ratio: Ratio) -> bool:
        return self.scalars.equal(ratio.parts[0], ZERO).equal is False


def expand_signs(node: Node) -> Node:
    """Replace ± by its two readings: a number becomes a list of two, a list gains members, x = ±a becomes "or"."""
    if not any(isinstance(part, PlusMinus) for part in walk(node)):
        return node
    match node:
        case Seq(kind, items) if kind in ("list", "or", "set"):
            members: list[Node] = []
            for item in items:
                expanded = expand_signs(item)
                members.extend(expanded.items if isinstance(expanded, Seq) and expanded is not item else [expanded])
            return Seq(kind, tuple(members))
        case Rel():
            return Seq("or", (_signed(node, 1), _signed(node, -1)))
        case Interval() | SetOp() | Where():
            return node
        case _:
            return Seq("list", (_signed(node, 1), _signed(node, -1)))


def _signed(node: Node, sign: int) -> Node:
    match node:
        case PlusMinus(left, right, first):
            right = _signed(right, sign)
            term = right if sign * first > 0 else neg(right)
            return term if left is None else Add((_signed(left, sign), term))
        case Add(terms):
            return Add(tuple(_signed(t, sign) for t in terms))
        case Mul(factors):
            return Mul(tuple(_signed(t, sign) for t in factors))
        case Pow(base, exponent):
            return Pow(_signed(base, sign), _signed(exponent, sign))
        case Root(radicand, degree):
            return Root(_signed(radicand, sign), degree)
        case Call(name, args):
            return Call(name, tuple(_signed(t, sign) for t in args))
        case Qty(value, unit):
            return Qty(_signed(value, sign), unit)
        case Rel(items, ops):
            return Rel(tuple(_signed(t, sign) for t in items), ops)
        case Seq(kind, items):
            return Seq(kind, tuple(_signed(t, sign) for t in items))
        case Matrix(rows):
            return Matrix(tuple(tuple(_signed(t, sign) for t in row) for row in rows))
        case _:
            return node


def _times(node: Node, factor: Num) -> Node:
    return Num(node.value * factor.value) if isinstance(node, Num) else Mul((factor, node))


def _scaled(node: Node, unit: object) -> Node:
    from assay.verifiers.math.units import Unit

    if not isinstance(unit, Unit):
        return node
    scaled = _times(node, Num(unit.scale))
    if unit.scale_pi == 0:
        return scaled
    return Mul((scaled, Pow(Const("pi"), Num(Fraction(unit.scale_pi)))))


def _names_something(node: Node) -> bool:
    """Whether the left side of `... = value` is a name: a variable, f(x), words, or a tuple of variables."""
    match node:
        case Sym() | Text():
            return True
        case Call(name, _):
            return name.startswith("apply:") or name == "deriv"
        case Seq("tuple" | "list", items):
            return all(isinstance(item, Sym) for item in items)
        case _:
            return False


def _assigned(node: Rel) -> tuple[Node, Node] | None:
    """(name, value) of `name = value` or `value = name`, where the name is not in the value."""
    if node.ops != ("=",):
        return None
    left, right = node.items
    for name, value in ((left, right), (right, left)):
        if _names_something(name) and not (isinstance(name, Sym) and any(part == name for part in walk(value))):
            return name, value
    return None


def _values(items: list[Node]) -> list[Node]:
    """X = 1 or x = 2, with one name, is the list of values 1, 2."""
    names = [(_assigned(item) or (None, None))[0] if isinstance(item, Rel) else None for item in items]
    if len(items) > 1 and names[0] is not None and all(name == names[0] for name in names):
        return [_assigned(item)[1] for item in items]  # type: ignore[index, arg-type]
    if len(items) > 1 and names[0] is not None and all(name is None for name in names[1:]):
        rest = [item for item in items[1:] if not isinstance(item, Rel)]
        if len(rest) == len(items) - 1:  # x = 1, 2
            return [_assigned(items[0])[1], *rest]  # type: ignore[index, arg-type]
    return items


def _reversed(node: Rel) -> Rel | None:
    if any(op not in FLIPPED and op not in ("=", "!=") for op in node.ops):
        return None
    return Rel(node.items[::-1], tuple(FLIPPED.get(op, op) for op in node.ops[::-1]))


def _in_one_variable(node: Node) -> bool:
    return len(points.variables(node)) <= 1


def _is_inequality(node: Node) -> bool:
    return any(isinstance(part, Rel) and part.ops != ("in",) for part in walk(node))


def _finite(node: Seq, comparison: Comparison) -> bool:
    return all(isinstance(item, SCALARS) and not comparison.scalars.infinity(item) for item in node.items)


def _vector(node: Matrix) -> tuple[Node, ...] | None:
    """The entries of a column."""
    return tuple(row[0] for row in node.rows) if all(len(row) == 1 for row in node.rows) else None


def _holds_matrix(node: Node) -> bool:
    return any(isinstance(part, Matrix) for part in children(node)) or any(isinstance(p, Matrix) for p in walk(node))


def _as_matrix(node: Node) -> Matrix | None:
    """A scalar multiple or a sum of matrices, carried out entry by entry."""
    match node:
        case Matrix():
            return node
        case Mul(factors):
            matrices = [m for m in map(_as_matrix, factors) if m is not None]
            rest = tuple(f for f in factors if _as_matrix(f) is None)
            if len(matrices) != 1 or any(_holds_matrix(f) for f in rest):
                return None
            return Matrix(tuple(tuple(Mul((*rest, cell)) for cell in row) for row in matrices[0].rows))
        case Add(terms):
            matrices = [m for m in map(_as_matrix, terms) if m is not None]
            shapes = {(len(m.rows), len(m.rows[0])) for m in matrices}
            if len(matrices) != len(terms) or len(shapes) != 1:
                return None
            return Matrix(
                tuple(
                    tuple(Add(cells) for cells in zip(*rows, strict=True))
                    for rows in zip(*(m.rows for m in matrices), strict=True)
                )
            )
        case _:
            return None


def _renamed(node: Node, names: dict[Node, Node]) -> Node | None:
    from assay.verifiers.math.canonical import substitute

    if not isinstance(node, SCALARS):
        return None
    return substitute(node, {k: v for k, v in names.items() if isinstance(k, Sym)})


__all__ = ["ONE", "Comparison", "UndefinedError", "div", "expand_signs"]
