"""Gold answers that are equations, inequalities or other relations."""

from __future__ import annotations

from assay.verifiers.math import points
from assay.verifiers.math.compare.members import Members
from assay.verifiers.math.compare.names import assigned, renamed, same_name, spread
from assay.verifiers.math.scalars import NO, YES, Decision
from assay.verifiers.math.tree import (
    SCALARS,
    Add,
    Call,
    Node,
    Qty,
    Rel,
    Seq,
    Sym,
    Text,
    neg,
    walk,
)
from assay.verifiers.math.vocabulary import FLIPPED


class Relations(Members):
    """Relations up to what does not change them."""

    def relation(self, gold: Rel, answer: Node) -> Decision:
        """A gold relation against any answer."""
        if isinstance(answer, Seq) and isinstance(listed := spread(gold), Seq):
            return self.collection(listed, answer)
        value = assigned(gold)
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
        other = assigned(answer)
        if other is not None:
            same = same_name(name, other[0])
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
                    other_value = renamed(other[1], pairs)
                    if other_value is not None:
                        return self.same(right, other_value)
            if (
                same
                or self.policy.variable_names == "any"
                or (isinstance(name, Call) and other[0] == Sym("y") and Sym("y") not in name.args)
            ):
                decision = self.same(right, other[1])
                if decision or not isinstance(right, SCALARS) or not isinstance(other[1], SCALARS):
                    return decision
            values = (right, other[1])
            if not same and all(isinstance(v, SCALARS) and not points.variables(v) for v in values):
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
            if points.refuted(
                Add((left, neg(right))), Add((answer.items[0], neg(answer.items[1]))), until=self.scalars.until
            ):
                return Decision(False, "points", "relation_mismatch")
            return Decision(None, "polynomial", "not_proved")
        if not same:
            return Decision(False, "polynomial", "relation_mismatch")
        expected = op if sign > 0 else FLIPPED.get(op, op)
        return Decision(other == expected, "polynomial", "relation_mismatch")


def _reversed(node: Rel) -> Rel | None:
    if any(op not in FLIPPED and op not in ("=", "!=") for op in node.ops):
        return None
    return Rel(node.items[::-1], tuple(FLIPPED.get(op, op) for op in node.ops[::-1]))


def _in_one_variable(node: Node) -> bool:
    return len(points.variables(node)) <= 1
