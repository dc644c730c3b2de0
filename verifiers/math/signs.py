r"""± in an answer: its readings.

Several ± in one expression are independent (`\pm\sqrt{5\pm\sqrt{24}}` has four values, `(\pm1, \pm1)` is four points).
With a ∓ among them, upper signs belong together.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from assay.verifiers.math.limits import LimitError
from assay.verifiers.math.tree import (
    Add,
    Call,
    Interval,
    Matrix,
    Mul,
    Node,
    PlusMinus,
    Pow,
    Qty,
    Rel,
    Root,
    Seq,
    SetOp,
    Where,
    neg,
    walk,
)

MOST = 4
"""Most independent ± in one expression: 16 readings."""


def expand_signs(node: Node) -> Node:
    """Replace ± by its readings: a number becomes a list, a list gains members, x = ±a becomes "or".

    Raises:
        LimitError: There are more than `MOST` in one expression.
    """
    signs = [part.first for part in walk(node) if isinstance(part, PlusMinus)]
    if not signs:
        return node
    match node:
        case Seq(kind, items) if kind in ("list", "or", "set"):
            members: list[Node] = []
            for item in items:
                expanded = expand_signs(item)
                members.extend(expanded.items if isinstance(expanded, Seq) and expanded is not item else [expanded])
            return Seq(kind, tuple(members))
        case Interval() | SetOp() | Where():
            return node
        case _:
            # x = ±2 is one or the other, x != ±2 is neither
            kind = "or" if isinstance(node, Rel) and "!=" not in node.ops else "list"
            choices = _chained(node) or _choices(signs)
            return Seq(kind, tuple(_signed(node, iter(choice)) for choice in choices))


def _chained(node: Node) -> list[tuple[int, ...]] | None:
    """What the ± of a chain such as x = (4 ± 2a)/2 = 2 ± a may mean: the same in every member."""
    if not isinstance(node, Rel) or len(node.items) < 3 or set(node.ops) != {"="}:
        return None
    counts = [sum(isinstance(part, PlusMinus) for part in walk(item)) for item in node.items]
    signed = [count for count in counts if count]
    if len(set(signed)) != 1 or len(signed) < 2 or signed[0] > MOST:
        return None
    return [choice * len(signed) for choice in product((1, -1), repeat=signed[0])]


def _choices(signs: list[int]) -> list[tuple[int, ...]]:
    """What each ± of an expression may mean, all together."""
    count = len(signs)
    if -1 in signs:
        return [(1,) * count, (-1,) * count]
    if count > MOST:
        raise LimitError("too_many_items", "The answer lists too many things.")
    return list(product((1, -1), repeat=count))


def _signed(node: Node, signs: Iterator[int]) -> Node:
    """One reading; the signs are taken in the order in which ± is met."""

    def each(parts: tuple[Node, ...]) -> tuple[Node, ...]:
        return tuple([_signed(part, signs) for part in parts])

    match node:
        case PlusMinus(left, right, first):
            before = None if left is None else _signed(left, signs)
            sign = next(signs) * first
            behind = _signed(right, signs)
            term = behind if sign > 0 else neg(behind)
            return term if before is None else Add((before, term))
        case Add(terms):
            return Add(each(terms))
        case Mul(factors):
            return Mul(each(factors))
        case Pow(base, exponent):
            return Pow(*each((base, exponent)))
        case Root(radicand, degree):
            return Root(_signed(radicand, signs), degree)
        case Call(name, args):
            return Call(name, each(args))
        case Qty(value, unit):
            return Qty(_signed(value, signs), unit)
        case Rel(items, ops):
            return Rel(each(items), ops)
        case Seq(kind, items):
            return Seq(kind, each(items))
        case Matrix(rows):
            return Matrix(tuple([each(row) for row in rows]))
        case _:
            return node
