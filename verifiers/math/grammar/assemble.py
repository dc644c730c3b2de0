"""Trees from their parts: signs, sums and products of what was read, and what must not be computed with."""

from __future__ import annotations

from fractions import Fraction

from assay.verifiers.math.limits import UnreadableError
from assay.verifiers.math.tree import (
    MINUS_ONE,
    Add,
    Based,
    Call,
    Const,
    Interval,
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
    Where,
    depth,
    neg,
)
from assay.verifiers.math.units import DEGREE, PERCENT

_NOT_SCALAR = (Seq, Interval, SetOp, Where, Rel, Ratio, Based)
_INDEX_DEPTH = 8
"""Deepest index that becomes part of a function's name."""


def scalar(node: Node) -> Node:
    """The node itself, if one may compute with it.

    Raises:
        UnreadableError: It is a list, a set, a relation, ...
    """
    if isinstance(node, _NOT_SCALAR):
        raise UnreadableError("arithmetic with something that is no number")
    return node


def signed(node: Node, sign: int | str) -> Node:
    """A node behind a run of signs: 1, -1, "pm" or "mp"."""
    if isinstance(sign, str):
        return PlusMinus(None, node, 1 if sign == "pm" else -1)
    return negative(node) if sign < 0 else node


def negative(node: Node) -> Node:
    """The negative of a number, a quantity or a ±."""
    scalar(node)
    if isinstance(node, Qty):
        return Qty(negative(node.value), node.unit)
    if isinstance(node, PlusMinus) and node.left is None:
        return PlusMinus(None, node.right, -node.first)
    return neg(node)


def total(terms: list[Node]) -> Node:
    """A sum; of quantities it is a quantity."""
    if len(terms) == 1:
        return terms[0]
    quantities = [term for term in terms if isinstance(term, Qty)]
    if quantities:
        if len(quantities) == len(terms) and all(q.unit == quantities[0].unit for q in quantities):
            return Qty(Add(tuple(q.value for q in quantities)), quantities[0].unit)
        last = terms[-1]
        # "3 + 2√2 cm": the unit at the end belongs to the whole.
        if len(quantities) == 1 and isinstance(last, Qty) and last.unit != PERCENT:
            return Qty(Add((*terms[:-1], last.value)), last.unit)
        raise UnreadableError("a sum of different units")
    return Add(tuple(map(scalar, terms)))


def product(factors: list[Node]) -> Node:
    """A product; `x [1, 2)` is membership."""
    if len(factors) == 1:
        return factors[0]
    if len(factors) == 2 and isinstance(factors[0], Sym) and isinstance(factors[1], Interval):
        return Rel((factors[0], factors[1]), ("in",))
    return Mul(tuple(map(scalar, factors)))


def compound(first: Qty, second: Qty) -> Node:
    """Quantities side by side, such as 2 hours 30 minutes or 5 feet 3 inches: their sum, in the first unit."""
    one, two = first.unit, second.unit
    if one.dimension != two.dimension or not one.dimension or one.scale <= two.scale or one.scale_pi != two.scale_pi:
        raise UnreadableError("two quantities side by side")
    return Qty(Add((first.value, Mul((Num(two.scale / one.scale), second.value)))), one)


def call(name: str, args: tuple[Node, ...]) -> Node:
    """A function applied to arguments; those that are only another notation become what they mean."""
    if not args:
        raise UnreadableError("a function without arguments")
    if len(args) == 1:
        (only,) = args
        match name:
            case "sqrt":
                return Root(only, 2)
            case "cbrt":
                return Root(only, 3)
            case "exp":
                return Pow(Const("e"), only)
            case "cis":
                return Pow(Const("e"), Mul((Const("i"), only)))
            case "lg":
                return logarithm(only, Num(Fraction(10)))
            case _:
                pass
    if name == "pow" and len(args) == 2:
        return Pow(*args)
    return Call(name, args)


def logarithm(argument: Node, base: Node) -> Node:
    """The logarithm to a base, as a quotient of natural ones."""
    return Mul((Call("ln", (argument,)), Pow(Call("ln", (base,)), MINUS_ONE)))


def radians(node: Node) -> Node:
    """The argument of a function: degrees become radians, other units cannot be read."""
    if not isinstance(node, Qty):
        return node
    if node.unit != DEGREE:
        raise UnreadableError("a unit inside a function")
    return Mul((Num(Fraction(1, 180)), node.value, Const("pi")))


def countable(node: Node) -> bool:
    """Whether a unit may stand after this node: it is made of numbers."""
    left = [node]
    while left:
        match left.pop():
            case Num() | Root() | Const("pi" | "e"):
                pass
            case Pow(base, exponent):
                left += (base, exponent)
            case Mul(parts) | Add(parts) | Call("factorial" | "binom", parts):
                left += parts
            case _:
                return False
    return True


def is_set(node: Node) -> bool:
    """Whether a minus between this and its like takes members away."""
    return isinstance(node, Interval | SetOp) or node == Const("R") or (isinstance(node, Seq) and node.kind == "set")


def letter(name: str) -> Node:
    """A single letter: a constant or a variable."""
    return Const(name) if name in "ei" else Sym(name)


def with_marks(node: Node, before: str = "", behind: str = "") -> Sym:
    """A symbol with a mark (an accent before its name, primes behind); its index stays."""
    if isinstance(node, Sym):
        return Sym(before + node.name + behind, node.index)
    if isinstance(node, Const):
        return Sym(before + node.name + behind)
    raise UnreadableError("not a symbol")


def spelled(node: Node) -> str:
    """A symbol or the base of a function as part of a name.

    Raises:
        UnreadableError: It is nested too deeply for that.
    """
    if isinstance(node, Sym) and node.index is None:
        return node.name
    if depth(node) > _INDEX_DEPTH:
        raise UnreadableError("an index that is nested too deeply")
    return f"{node.name}_{node.index!r}" if isinstance(node, Sym) else repr(node)


def text_symbol(content: str) -> Node:
    r"""The symbol that a text command stands for: `\text{x}` is x."""
    word = content.strip(" .,;:")
    if len(word) == 1:
        return letter(word)
    if word.lower() == "pi":
        return Const("pi")
    return Sym("text:" + " ".join(word.lower().split()))


def wordlike(run: str) -> bool:
    """Whether a run of letters is a word or an acronym-free noun, not a product of one-letter variables."""
    return len(run) >= 4 and not run.isupper() and any(vowel in run.lower() for vowel in "aeiouy")
