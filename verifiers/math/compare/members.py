"""Gold answers that are lists, tuples, sets or intervals."""

from __future__ import annotations

from assay.verifiers.math import points
from assay.verifiers.math.compare.matrices import column
from assay.verifiers.math.compare.names import (
    assigned,
    is_inequality,
    names_something,
    numbered_values,
    point,
    same_name,
    spread,
    values,
)
from assay.verifiers.math.compare.values import Values
from assay.verifiers.math.realsets import RealSets
from assay.verifiers.math.scalars import NO, Decision
from assay.verifiers.math.tree import (
    SCALARS,
    Const,
    Interval,
    Matrix,
    Node,
    Rel,
    Seq,
    SetOp,
    Sym,
    Text,
    Where,
)


class Members(Values):
    """Collections, and sets of reals in any notation."""

    def collection(self, gold: Node, answer: Node) -> Decision:
        """A gold list, tuple, set or interval against any answer."""
        if isinstance(answer, Text) and isinstance(gold, Const):
            return NO
        if isinstance(answer, Rel) and assigned(answer) is not None and not isinstance(gold, Seq | Interval | SetOp):
            return self.same(gold, answer.items[1])
        if isinstance(gold, Seq) and gold.kind in ("list", "or") and isinstance(answer, Rel):
            answer = self._listed_values(gold, answer)
        gold, answer = self._points(gold, answer)
        match gold, answer:
            case Seq("tuple" | "bracket"), Seq("tuple" | "bracket" | "list"):
                if answer.kind == "list" and len(gold.items) == 2 and RealSets(self.scalars).read(gold) is not None:
                    return NO  # (0, 1) may be an interval, and 0, 1 is none
                return self.pairwise(gold.items, answer.items)
            case Seq("tuple" | "bracket"), Matrix():
                entries = column(answer)
                return NO if entries is None else self.pairwise(gold.items, entries)
            case Seq("list" | "or" | "set"), Seq("list" | "or" | "set"):
                return self.unordered(gold, answer)
            case Seq("tuple", (_, _)), Interval():
                return NO if self._finite(gold) else self.sets_of_reals(gold, answer)
            case Seq("list" | "or"), Seq("tuple" | "bracket") if len(gold.items) == len(answer.items) and (
                len(gold.items) > 2 or RealSets(self.scalars).read(answer) is None
            ):
                return self.pairwise(gold.items, answer.items)
            case Seq(), Rel(two, ("=",)) if isinstance(two[0], Seq) or names_something(two[0]):
                return self.same(gold, two[1])
            case Seq("list" | "or", (only,)), _:
                return self.same(only, answer)
            case Seq("set", (only,)), _ if (
                self.level == 0 and isinstance(answer, SCALARS) and isinstance(only, SCALARS)
            ):
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

    def _listed_values(self, gold: Seq, answer: Rel) -> Node:
        """`x in {1, 2}` says what `x = 1, x = 2` says."""
        name, members = answer.items[0], answer.items[-1]
        if answer.ops != ("in",) or not isinstance(members, Seq) or members.kind != "set":
            return answer
        if isinstance(name, Seq) and name.kind == "tuple" and all(isinstance(part, Sym) for part in name.items):
            return members if all(isinstance(item, Seq) for item in gold.items) else answer
        if not isinstance(name, Sym):
            return answer
        names, _ = values(list(gold.items))
        return members if names in (set(), {points.variable_name(name)}) else answer

    def _points(self, gold: Node, answer: Node) -> tuple[Node, Node]:
        """Where one side is a tuple and the other gives coordinates by name: both as tuples."""
        gold, answer = spread(gold), spread(answer)
        kinds = [node.kind if isinstance(node, Seq) else "" for node in (gold, answer)]
        if kinds[0] in ("tuple", "bracket") and (found := point(answer)) is not None:
            return gold, Seq("tuple", found)
        if kinds[1] in ("tuple", "bracket") and (found := point(gold)) is not None:
            return Seq("tuple", found), answer
        return gold, answer

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
        if gold.kind != answer.kind and "or" in (gold.kind, answer.kind) and _all_inequalities((*one, *two)):
            return self.sets_of_reals(gold, answer)  # x < 1 or x > 2 is not x < 1 and x > 2
        if gold.kind == "list" and answer.kind == "or" and any(_is_choice(item) for item in one):
            return Decision(False, "structure", "value_mismatch")  # Alice and Bob are not Alice or Bob
        names, one = values(one)
        numbered = numbered_values(two, next(iter(names))) if len(names) == 1 else None
        other_names, two = (names, numbered) if numbered is not None else values(two)
        if self.policy.variable_names == "same" and _name_different_things(names, other_names):
            return Decision(False, "structure", "variable_mismatch")
        if len(names) > 1 and not other_names:
            # x = 1, y = 2 answered without names: in the order of the names, or not at all
            stated = [assigned(item) if isinstance(item, Rel) else None for item in one]
            ordered = tuple(pair[1] for pair in stated if pair is not None)
            return NO if answer.kind != "list" or len(ordered) < len(one) else self.pairwise(ordered, tuple(two))
        if len(one) != len(two):
            if all(isinstance(item, Rel) for item in (*one, *two)):
                return self.sets_of_reals(gold, answer)
            return Decision(False, "structure", "size_mismatch")
        left = list(two)
        method = "structure"
        for member in one:
            for index, candidate in enumerate(left):
                decision = self.member(member, candidate)
                if decision:
                    method = decision.method
                    del left[index]
                    break
            else:
                if _all_inequalities((*one, *two)):
                    return self.sets_of_reals(gold, answer)
                return Decision(False, method, "value_mismatch")
        return Decision(True, method)

    def _distinct(self, items: list[Node]) -> list[Node]:
        kept: list[Node] = []
        for item in items:
            if item not in kept and not (len(kept) < 30 and any(self.member(other, item) for other in kept)):
                kept.append(item)
        return kept

    def sets_of_reals(self, gold: Node, answer: Node) -> Decision:
        """Sets of reals in any notation."""
        notations = tuple(is_inequality(node) for node in (gold, answer))
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
            and not all(any(same_name(a, b) for b in named[1]) for a in named[0])
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

    def _finite(self, node: Seq) -> bool:
        return all(isinstance(item, SCALARS) and not self.scalars.infinity(item) for item in node.items)


def _name_different_things(names: set[str], others: set[str]) -> bool:
    """Whether two lists give values to different names; f(x) = x, f(x) = -x may be y = x, y = -x."""
    if not names or not others or names == others:
        return False
    functions = any("apply:" in name for name in (*names, *others))
    return len(names) > 1 or len(others) > 1 or not functions


def _is_choice(node: Node) -> bool:
    """Whether a member is words, or a capital letter as in multiple choice."""
    return isinstance(node, Text) or (isinstance(node, Sym) and len(node.name) == 1 and node.name.isupper())


def _all_inequalities(items: tuple[Node, ...]) -> bool:
    return all(isinstance(item, Rel) and "=" not in item.ops for item in items)
