"""Trees with other trees in the place of variables."""

from __future__ import annotations

from collections.abc import Mapping

from assay.verifiers.math.tree import Add, Binder, Call, Mul, Node, Pow, Root, Sym


def substitute(node: Node, values: Mapping[Sym, Node]) -> Node:
    """A scalar tree with variables replaced (bound variables of inner sums are left alone)."""
    match node:
        case Sym():
            if node in values:
                return values[node]
            return node if node.index is None else Sym(node.name, substitute(node.index, values))
        case Add(terms):
            return Add(tuple(substitute(term, values) for term in terms))
        case Mul(factors):
            return Mul(tuple(substitute(part, values) for part in factors))
        case Pow(base, exponent):
            return Pow(substitute(base, values), substitute(exponent, values))
        case Root(radicand, degree):
            return Root(substitute(radicand, values), degree)
        case Call(name, args):
            return Call(name, tuple(substitute(arg, values) for arg in args))
        case Binder(kind, body, variable, lower, upper):
            inner = {k: v for k, v in values.items() if k != variable}
            return Binder(
                kind,
                substitute(body, inner),
                variable,
                None if lower is None else substitute(lower, values),
                None if upper is None else substitute(upper, values),
            )
        case _:
            return node
