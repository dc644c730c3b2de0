"""The typed tree that an answer is read into.

Nodes are frozen and hashable, numbers are exact, and nothing here computes. Structure that decides how two answers
are compared (list, tuple, set, interval, relation, text, quantity, ...) is kept; notation (which brackets, which
fraction command, which spaces) is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from assay.verifiers.math.units import Unit


@dataclass(frozen=True, slots=True)
class Num:
    """An exact number. `places` says how many decimal places it was written with (None: not a decimal)."""

    value: Fraction
    places: int | None = field(default=None, compare=False)
    grouped: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Sym:
    """A variable, with its marks (primes, hats) in the name and its index, if any, as a tree."""

    name: str
    index: Node | None = None


@dataclass(frozen=True, slots=True)
class Const:
    """A constant: pi, e, i, inf, empty, R, Z, Q, N, C."""

    name: str


@dataclass(frozen=True, slots=True)
class Add:
    """A sum."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mul:
    """A product; a quotient is a product with a power of -1."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Pow:
    """A power."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Root:
    """A root written with a root sign; odd roots of negative numbers are real."""

    radicand: Node
    degree: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function applied to arguments; `name` is canonical ("sin", "ln", "abs", "apply:f", ...)."""

    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Binder:
    """A sum, product, integral or limit: `kind`, body, variable and bounds (None where there are none)."""

    kind: str
    body: Node
    variable: Node
    lower: Node | None
    upper: Node | None


@dataclass(frozen=True, slots=True)
class PlusMinus:
    """`left ± right` (`first` is the sign of the first reading: 1 for ±, -1 for ∓)."""

    left: Node | None
    right: Node
    first: int


@dataclass(frozen=True, slots=True)
class Qty:
    """A value with a unit, a currency, a percent sign or a counted noun."""

    value: Node
    unit: Unit


@dataclass(frozen=True, slots=True)
class Rel:
    """A relation or a chain of them: `items[0] ops[0] items[1] ops[1] ...`."""

    items: tuple[Node, ...]
    ops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seq:
    """Several things: `kind` is "list" (bare commas), "or", "tuple", "bracket" or "set".

    `mixed` is the mixed number that `2 and 1/3` may also be.
    """

    kind: str
    items: tuple[Node, ...]
    mixed: Node | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval that cannot be read as a pair; (a, b) is a tuple until it meets an interval."""

    lower: Node
    upper: Node
    lower_closed: bool
    upper_closed: bool


@dataclass(frozen=True, slots=True)
class SetOp:
    """Union, intersection or difference of sets: `op` is "union", "inter" or "minus"."""

    op: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Set-builder notation: what is collected, and under which conditions."""

    head: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix, as rows."""

    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Words: casefolded, without punctuation, single spaces. `raw` keeps the case."""

    words: str
    raw: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Based:
    """Digits in a stated base."""

    digits: str
    base: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """`a : b : c`; `clock` is set where it may also be a time of day; `suffix` is "am" or "pm"."""

    parts: tuple[Node, ...]
    clock: bool
    suffix: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A choice with what it says: `(B) 12`. `product` is B times 12, which the same signs could also mean."""

    letter: str
    value: Node
    product: Node | None


Node = (
    Num
    | Sym
    | Const
    | Add
    | Mul
    | Pow
    | Root
    | Call
    | Binder
    | PlusMinus
    | Qty
    | Rel
    | Seq
    | Interval
    | SetOp
    | Where
    | Matrix
    | Text
    | Based
    | Ratio
    | Labelled
)
"""Any node."""

SCALARS = (Num, Sym, Const, Add, Mul, Pow, Root, Call, Binder)
"""Nodes that stand for one number or one expression."""

ZERO = Num(Fraction(0))
ONE = Num(Fraction(1))
MINUS_ONE = Num(Fraction(-1))


def children(node: Node) -> tuple[Node, ...]:
    """The direct subtrees of a node."""
    match node:
        case Add(terms):
            return terms
        case Mul(factors):
            return factors
        case Pow(base, exponent):
            return (base, exponent)
        case Root(radicand, _):
            return (radicand,)
        case Call(_, args):
            return args
        case Sym(_, index):
            return () if index is None else (index,)
        case Binder(_, body, variable, lower, upper):
            return tuple(part for part in (body, variable, lower, upper) if part is not None)
        case PlusMinus(left, right, _):
            return (right,) if left is None else (left, right)
        case Qty(value, _) | Labelled(_, value, _):
            return (value,)
        case Rel(items, _) | Seq(_, items) | SetOp(_, items) | Ratio(items, _, _):
            return items
        case Interval(lower, upper, _, _):
            return (lower, upper)
        case Where(head, condition):
            return (head, condition)
        case Matrix(rows):
            return tuple(cell for row in rows for cell in row)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """All nodes of a tree, parents first; iterative."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(children(top))


def depth(node: Node) -> int:
    """The number of levels of a tree; iterative."""
    deepest, level = 0, [node]
    while level:
        deepest += 1
        if deepest > 10_000:
            break
        level = [child for parent in level for child in children(parent)]
    return deepest


def neg(node: Node) -> Node:
    """The negative of a node."""
    if isinstance(node, Num):
        return Num(-node.value, node.places, node.grouped)
    return Mul((MINUS_ONE, node))


def div(numerator: Node, denominator: Node) -> Node:
    """A quotient; of two number literals it is a number."""
    if isinstance(numerator, Num) and isinstance(denominator, Num) and denominator.value:
        return Num(numerator.value / denominator.value)
    return Mul((numerator, Pow(denominator, MINUS_ONE)))


def to_json(node: Node) -> list[object]:
    """A scalar tree as JSON for the computer algebra worker: `[type, ...]`, numbers as decimal strings.

    Raises:
        TypeError: The node is not a scalar.
    """
    match node:
        case Num(value):
            return ["num", hex(value.numerator), hex(value.denominator)]
        case Sym():
            return ["sym", repr(node)]
        case Const(name):
            return ["const", name]
        case Add(terms):
            return ["add", *map(to_json, terms)]
        case Mul(factors):
            return ["mul", *map(to_json, factors)]
        case Pow(base, exponent):
            return ["pow", to_json(base), to_json(exponent)]
        case Root(radicand, degree):
            return ["root", to_json(radicand), degree]
        case Call(name, args):
            return ["call", name, *map(to_json, args)]
        case Binder(kind, body, variable, lower, upper):
            bounds = [None if bound is None else to_json(bound) for bound in (lower, upper)]
            return ["binder", kind, to_json(body), to_json(variable), *bounds]
        case _:
            raise TypeError(f"not a scalar: {type(node).__name__}")
