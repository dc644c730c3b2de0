"""Sets of real numbers in one canonical form, whatever notation they came in.

Intervals, unions, differences, finite sets, inequalities in one variable, set-builder notation and ℝ all become a
sorted list of disjoint pieces, so that x < -2 or x > 2 and (-∞,-2) ∪ (2,∞) are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assay.verifiers.math.limits import GaveUpError, LimitError, UndefinedError
from assay.verifiers.math.polynomial import constant_value
from assay.verifiers.math.scalars import Scalars
from assay.verifiers.math.tree import (
    SCALARS,
    Add,
    Call,
    Const,
    Interval,
    Node,
    Num,
    Rel,
    Seq,
    SetOp,
    Sym,
    Where,
    neg,
)
from assay.verifiers.math.vocabulary import FLIPPED

INFINITY = Const("inf")
MINUS_INFINITY = neg(INFINITY)


@dataclass(frozen=True, slots=True)
class Bound:
    """An end of a piece: the tree, its numeric value for sorting, and whether the end belongs to the set."""

    node: Node
    order: Any
    closed: bool


Piece = tuple[Bound, Bound]
Pieces = list[Piece]


class RealSets:
    """Reads trees as sets of reals.

    Args:
        scalars: The scalar rungs of the check.
    """

    def __init__(self, scalars: Scalars) -> None:
        """Keep the scalar rungs."""
        self.scalars = scalars
        self.names: set[Node] = set()

    def read(self, node: Node) -> Pieces | None:
        """The canonical pieces of a tree, or None if it is not a set of reals that we can see through."""
        pieces = self._read(node)
        return None if pieces is None else self.merged(pieces)

    def equal(self, one: Pieces, two: Pieces) -> bool | None:
        """Whether two canonical sets are the same; None where an end could not be decided."""
        if len(one) != len(two):
            return False
        for first, second in zip(one, two, strict=True):
            for left, right in zip(first, second, strict=True):
                if left.closed != right.closed:
                    return False
                same = self.scalars.equal(left.node, right.node).equal
                if not same:
                    return same
        return True

    def merged(self, pieces: Pieces) -> Pieces:
        """Sort, drop empty pieces, and join those that overlap or touch."""
        kept = [p for p in pieces if self._nonempty(p)]
        kept.sort(key=lambda p: (p[0].order, not p[0].closed))
        result: Pieces = []
        for piece in kept:
            if result:
                last = result[-1]
                gap = self.compare(piece[0], last[1])
                if gap < 0 or (gap == 0 and (piece[0].closed or last[1].closed)):
                    longer = self.compare(piece[1], last[1])
                    end = last[1]
                    if longer > 0 or (longer == 0 and piece[1].closed):
                        end = piece[1]
                    start = last[0]
                    if self.compare(piece[0], start) == 0 and piece[0].closed:
                        start = piece[0]
                    result[-1] = (start, end)
                    continue
            result.append(piece)
        return result

    def compare(self, one: Bound, two: Bound) -> int:
        """-1, 0 or 1, exactly: close values are equal only if the scalar rungs prove it."""
        close = one.order == two.order or abs(one.order - two.order) < 1e-25
        if close and self.scalars.equal(one.node, two.node):
            return 0
        return -1 if one.order < two.order else 1

    def _nonempty(self, piece: Piece) -> bool:
        order = self.compare(*piece)
        return order < 0 or (order == 0 and piece[0].closed and piece[1].closed)

    def bound(self, node: Node, closed: bool) -> Bound | None:
        """An end of a piece, or None if it has no place on the line."""
        if not isinstance(node, SCALARS):
            return None
        order = self.scalars.order(node)
        if order is None:
            return None
        return Bound(node, order, closed and not self.scalars.infinity(node))

    def _piece(self, lower: Node, upper: Node, lower_closed: bool, upper_closed: bool) -> Pieces | None:
        low, high = self.bound(lower, lower_closed), self.bound(upper, upper_closed)
        return None if low is None or high is None else [(low, high)]

    def _point(self, node: Node) -> Pieces | None:
        return self._piece(node, node, True, True) if self.scalars.infinity(node) == 0 else None

    def _read(self, node: Node) -> Pieces | None:
        match node:
            case Interval(lower, upper, lower_closed, upper_closed):
                return self._piece(lower, upper, lower_closed, upper_closed)
            case Seq("tuple", (lower, upper)):
                pieces = self._piece(lower, upper, False, False)
                # (2, 1) is a pair, never an interval
                return pieces if pieces is not None and self.compare(*pieces[0]) < 0 else None
            case Const("R"):
                return self._piece(MINUS_INFINITY, INFINITY, False, False)
            case Const("empty"):
                return []
            case Seq("set" | "list", items) if all(isinstance(item, SCALARS) for item in items):
                return self._union([self._point(item) for item in items])
            case Seq("or", items):
                return self._union([self._read(item) for item in items])
            case Seq("list", items) if all(isinstance(item, Rel) for item in items):
                parts = [self._read(item) for item in items]
                return self._intersection(parts)
            case SetOp("union", parts):
                return self._union([self._read(part) for part in parts])
            case SetOp("inter", parts):
                return self._intersection([self._read(part) for part in parts])
            case SetOp("minus", (whole, removed)):
                first, second = self._read(whole), self._read(removed)
                if first is None or second is None:
                    return None
                return self._intersection([first, self._complement(self.merged(second))])
            case Where(head, condition):
                if isinstance(head, Rel) and head.ops == ("in",):
                    if head.items[1] != Const("R"):
                        return None
                    head = head.items[0]
                return self._read(condition) if isinstance(head, Sym) else None
            case Rel():
                return self._relation(node)
            case _:
                return None

    def _union(self, parts: list[Pieces | None]) -> Pieces | None:
        pieces: Pieces = []
        for part in parts:
            if part is None:
                return None
            pieces.extend(part)
        return pieces

    def _intersection(self, parts: list[Pieces | None]) -> Pieces | None:
        result: Pieces | None = None
        for part in parts:
            if part is None:
                return None
            part = self.merged(part)
            if result is None:
                result = part
                continue
            both: Pieces = []
            for one in result:
                for two in part:
                    low_order, high_order = self.compare(one[0], two[0]), self.compare(one[1], two[1])
                    low = one[0] if low_order > 0 else two[0]
                    if low_order == 0:
                        low = Bound(one[0].node, one[0].order, one[0].closed and two[0].closed)
                    high = one[1] if high_order < 0 else two[1]
                    if high_order == 0:
                        high = Bound(one[1].node, one[1].order, one[1].closed and two[1].closed)
                    both.append((low, high))
            result = self.merged(both)
        return result

    def _complement(self, pieces: Pieces) -> Pieces:
        result: Pieces = []
        ctx_low = self.bound(MINUS_INFINITY, False)
        end = self.bound(INFINITY, False)
        assert ctx_low is not None
        assert end is not None
        start = ctx_low
        for low, high in pieces:
            result.append((start, Bound(low.node, low.order, not low.closed and not self.scalars.infinity(low.node))))
            start = Bound(high.node, high.order, not high.closed and not self.scalars.infinity(high.node))
        result.append((start, end))
        return result

    # --- inequalities -------------------------------------------------------------------------------------------

    def _relation(self, node: Rel) -> Pieces | None:
        """A relation or chain in one variable that is linear in it."""
        if node.ops == ("in",):
            if not isinstance(node.items[0], Sym):
                return None
            self.names.add(node.items[0])
            return self._read(node.items[1])
        parts: list[Pieces | None] = []
        for left, op, right in zip(node.items, node.ops, node.items[1:], strict=False):
            parts.append(self._linear(left, op, right))
        return self._intersection(parts)

    def _linear(self, left: Node, op: str, right: Node) -> Pieces | None:
        if op not in ("<", ">", "<=", ">=", "!=", "="):
            return None
        if isinstance(right, Sym) and not isinstance(left, Sym):
            left, op, right = right, FLIPPED.get(op, op), left
        if not isinstance(left, SCALARS) or not isinstance(right, SCALARS):
            return None
        if isinstance(left, Sym):
            if self.scalars.order(right) is None:
                return None
            self.names.add(left)
            return self._side(op, right)
        if isinstance(left, Call) and left.name == "abs" and len(left.args) == 1 and op in FLIPPED:
            sides = [self._linear(left.args[0], op, right), self._linear(left.args[0], FLIPPED[op], neg(right))]
            return self._intersection(sides) if op in ("<", "<=") else self._union(sides)
        try:
            top, bottom = self.scalars.quotient(Add((left, neg(right))))
        except (GaveUpError, UndefinedError, LimitError):
            return None
        scale = constant_value(bottom)
        if scale is None:
            return None
        slope, offset, name = Fraction(0), Fraction(0), ""
        for monomial, coefficient in top.items():
            if not monomial:
                offset = Fraction(coefficient)
            elif len(monomial) == 1 and monomial[0][0].startswith("s:") and monomial[0][1] == 1 and not name:
                name, slope = monomial[0][0], Fraction(coefficient)
            else:
                return None
        if not slope:
            return None
        self.names.add(Sym(name[2:]))
        flipped = slope / scale < 0
        return self._side(FLIPPED.get(op, op) if flipped else op, Num(-offset / slope))

    def _side(self, op: str, bound: Node) -> Pieces | None:
        match op:
            case "<" | "<=":
                return self._piece(MINUS_INFINITY, bound, False, op == "<=")
            case ">" | ">=":
                return self._piece(bound, INFINITY, op == ">=", False)
            case "=":
                return self._point(bound)
            case _:
                point = self._point(bound)
                return None if point is None else self._complement(point)
