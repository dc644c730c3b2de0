"""What an equation names: `x = 5` states a value for x, `x = 1 or x = 2` two of them."""

from __future__ import annotations

from fractions import Fraction

from assay.verifiers.math import points
from assay.verifiers.math.canonical import substitute
from assay.verifiers.math.tree import (
    SCALARS,
    Call,
    Mul,
    Node,
    Num,
    Rel,
    Seq,
    Sym,
    Text,
    walk,
)


def names_something(node: Node) -> bool:
    """Whether the left side of `... = value` is a name: a variable, f(x), words, or a tuple of variables."""
    match node:
        case Sym() | Text():
            return True
        case Call(name, _):
            return name.startswith("apply:") or name == "deriv" or _names_measure(node)
        case Seq("tuple" | "list", items):
            return all(isinstance(item, Sym) for item in items)
        case _:
            return _names_measure(node)


def _names_measure(node: Node) -> bool:
    r"""Whether a node is how geometry names what it measures: AB, |AB|, \overline{AB}, [ABC], \angle ABC."""
    if isinstance(node, Call) and node.name in ("abs", "mark:overline", "det") and len(node.args) == 1:
        if node.name == "det" and isinstance(node.args[0], Sym):
            return True
        node = node.args[0]
    if not isinstance(node, Mul) or len(node.factors) > 5:
        return False
    factors = list(node.factors)
    if factors[:2] == [Sym("m"), Sym("angle")]:
        factors = factors[2:]
    elif factors[0] in (Sym("angle"), Sym("triangle")):
        factors = factors[1:]
    return bool(factors) and all(
        isinstance(factor, Sym) and len(factor.name) == 1 and factor.name.isupper() for factor in factors
    )


def assigned(node: Rel) -> tuple[Node, Node] | None:
    """(name, value) of `name = value` or `value = name`, where the name is not in the value."""
    if node.ops != ("=",):
        return None
    left, right = node.items
    for name, value in ((left, right), (right, left)):
        if names_something(name) and not (isinstance(name, Sym) and any(part == name for part in walk(value))):
            return name, value
    return None


def values(items: list[Node]) -> tuple[set[str], list[Node]]:
    """The names that a list of equations gives values to, and, if there is one, its values instead of the equations.

    `x = 1, x = 2` and `x = 1, 2` are the values 1 and 2 of x; `x = 1, y = 2` stays as it is.
    """
    pairs = [assigned(item) if isinstance(item, Rel) else None for item in items]
    names = {_name(pair[0]) for pair in pairs if pair is not None}
    first = pairs[0]
    if len(items) < 2 or first is None or any(pair is not None and pair[0] != first[0] for pair in pairs[1:]):
        return names, items
    if any(pair is None and isinstance(item, Rel) for pair, item in zip(pairs, items, strict=True)):
        return names, items
    return names, [item if pair is None else pair[1] for pair, item in zip(pairs, items, strict=True)]


def numbered_values(items: list[Node], name: str) -> list[Node] | None:
    """The values of `x_1 = 2, x_2 = 3`, solutions of an equation in x that are told apart by numbers; else None."""
    found: list[Node] = []
    for number, item in enumerate(items, 1):
        pair = assigned(item) if isinstance(item, Rel) else None
        if pair is None or pair[0] != Sym(name, Num(Fraction(number))):
            return None
        found.append(pair[1])
    return found if len(found) > 1 else None


def _name(node: Node) -> str:
    return points.variable_name(node) if isinstance(node, Sym) else repr(node)


def spread(node: Node) -> Node:
    """`(x, y) = (1, 2)` as the list x = 1, y = 2; other trees as they are."""
    match node:
        case Rel((Seq("tuple", names), Seq("tuple", found)), ("=",)) if len(names) == len(found):
            return Seq("list", tuple(Rel(pair, ("=",)) for pair in zip(names, found, strict=True)))
        case _:
            return node


def point(node: Node) -> tuple[Node, ...] | None:
    """The coordinates that `x = 1, y = 2` gives, in the order of the alphabet; None if it gives no clear point.

    x, y and z have that order however they are listed. Other letters must be listed in it: whether `q = 1, p = 2` is
    (1, 2) or (2, 1) cannot be known.
    """
    if not isinstance(node, Seq) or node.kind != "list" or len(node.items) < 2:
        return None
    found: dict[str, Node] = {}
    for item in node.items:
        pair = assigned(item) if isinstance(item, Rel) else None
        if pair is None or not isinstance(pair[0], Sym):
            return None
        found[points.variable_name(pair[0])] = pair[1]
    order = sorted(found)
    if len(order) != len(node.items) or (list(found) != order and not set(order) <= set("xyz")):
        return None
    return tuple(found[name] for name in order)


def is_inequality(node: Node) -> bool:
    """Whether a relation other than membership stands anywhere in a tree."""
    return any(isinstance(part, Rel) and part.ops != ("in",) for part in walk(node))


def renamed(node: Node, names: dict[Node, Node]) -> Node | None:
    """A scalar with other names for its variables; None for other trees."""
    if not isinstance(node, SCALARS):
        return None
    return substitute(node, {k: v for k, v in names.items() if isinstance(k, Sym)})


def same_name(one: Node, two: Node) -> bool:
    """Whether two names are the same variable."""
    if one == two:
        return True
    return isinstance(one, Sym) and isinstance(two, Sym) and points.variable_name(one) == points.variable_name(two)
