"""Part by part: what every comparison needs, and values that are stated by an equation."""

from __future__ import annotations

from abc import ABC, abstractmethod

from assay.verifiers.math import points
from assay.verifiers.math.compare.names import names_something
from assay.verifiers.math.limits import GaveUpError, LimitError
from assay.verifiers.math.policies import Policy
from assay.verifiers.math.scalars import NO, Decision, Scalars
from assay.verifiers.math.tree import (
    SCALARS,
    Node,
    Num,
    Rel,
    Seq,
    Sym,
)


class Parts(ABC):
    """Compares the parts of two trees.

    Args:
        policy: The user's choices.
        scalars: The scalar rungs.
    """

    def __init__(self, policy: Policy, scalars: Scalars) -> None:
        """Keep the choices and the rungs."""
        self.policy = policy
        self.scalars = scalars
        self.steps = 0
        self.level = 0

    @abstractmethod
    def same(self, gold: Node, answer: Node) -> Decision:
        """Whether an answer is the gold answer."""

    def pairwise(self, gold: tuple[Node, ...], answer: tuple[Node, ...]) -> Decision:
        """Members against members, in order."""
        if len(gold) != len(answer):
            return Decision(False, "structure", "size_mismatch")
        method = "structure"
        for one, two in zip(gold, answer, strict=True):
            decision = self.member(one, two)
            if not decision:
                return decision
            method = decision.method
        return Decision(True, method)

    def member(self, gold: Node, answer: Node) -> Decision:
        """Whether a part of an answer is that part of the gold answer; what only whole answers may do is not done."""
        self.level += 1
        decision = self.same(gold, answer)
        self.level -= 1
        return decision

    def stated(self, gold: Node, answer: Rel) -> Decision:
        """A gold value against `x = value`, or a chain of equalities in which every member must be the value."""
        if any(op not in ("=", "~") for op in answer.ops):
            if isinstance(answer, Rel) and answer.ops == ("in",) and isinstance(answer.items[1], Seq):
                return NO
            return NO
        items = list(answer.items)
        if "~" in answer.ops:
            cut = answer.ops.index("~") + 1
            if not (cut == 1 and names_something(items[0])):
                if not all(self.approximates(item, items[cut - 1]) for item in items[cut:]):
                    return Decision(False, "structure", "value_mismatch")
                items = items[:cut]
        named = [item for item in items if names_something(item)]
        if named and _is_letter(gold) and _is_letter(named[0]):
            return Decision(False, "structure", "value_mismatch")  # A = B names two choices
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


def _is_letter(node: Node) -> bool:
    """Whether a tree is one capital letter, as in multiple choice."""
    return isinstance(node, Sym) and node.index is None and len(node.name) == 1 and node.name.isupper()
