"""± in an answer: its two readings."""

from __future__ import annotations

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
