"""LaTeX commands that start an operand: fractions, roots, constants, Greek letters, accents, currencies."""

from __future__ import annotations

from assay.verifiers.math.grammar.assemble import scalar, signed, with_marks
from assay.verifiers.math.grammar.brackets import FENCES, barred, environment, fenced
from assay.verifiers.math.grammar.cursor import Cursor, Steps
from assay.verifiers.math.grammar.functions import binder, function
from assay.verifiers.math.grammar.lists import items
from assay.verifiers.math.grammar.literals import number
from assay.verifiers.math.grammar.operands import argument, operand, signs
from assay.verifiers.math.grammar.symbols import subscripted
from assay.verifiers.math.lexer import Token
from assay.verifiers.math.limits import LimitError, UnreadableError
from assay.verifiers.math.tree import (
    MINUS_ONE,
    ONE,
    ZERO,
    Call,
    Const,
    Interval,
    Mul,
    Node,
    Num,
    Pow,
    Qty,
    Rel,
    Root,
    Seq,
    Sym,
    div,
    neg,
)
from assay.verifiers.math.units import KNOWN, read_unit
from assay.verifiers.math.vocabulary import (
    CURRENCIES,
    DIRECT_FRACTIONS,
    FUNCTIONS,
    GREEK,
    MARKS,
    SAME_LETTER,
)

_CONSTANTS: dict[str, Node] = {
    "infty": Const("inf"),
    "emptyset": Const("empty"),
    "varnothing": Const("empty"),
    "O": Const("empty"),
    "imath": Const("i"),
    "jmath": Sym("j"),
}
_ALPHABETS = frozenset(["mathcal", "mathscr", "mathfrak"])
_BINDERS = frozenset(["sum", "prod", "int", "lim"])
_SETS = frozenset("RZQNC")
_MARKS = 8
"""Most accents on one symbol."""


def command(c: Cursor) -> Steps[Node]:
    """An operand that starts with a command."""
    name = c.take().text
    node: Node
    if name in DIRECT_FRACTIONS:
        node = yield from _fraction(c)
    elif name == "sqrt":
        node = yield from _root(c)
    elif name in FUNCTIONS and not (name == "Gamma" and not c.at("(")):
        node = yield from function(c, FUNCTIONS[name])
    elif name == "pi":
        node = yield from subscripted(c, Const("pi"))
    elif name in _CONSTANTS:
        node = _CONSTANTS[name]
    elif name in ("mathbb", "Bbb"):
        node = yield from _blackboard(c)
    elif name in CURRENCIES:
        node = yield from _amount(c, CURRENCIES[name])
    elif name == "mid":
        node = yield from barred(c, "|")
    elif name in ("ldots", "cdots"):
        raise UnreadableError("an ellipsis")
    elif name in GREEK:
        node = yield from subscripted(c, Sym(SAME_LETTER.get(name, name)))
    elif name in MARKS:
        node = yield from _accented(c, name)
    elif name in FENCES:
        node = yield from fenced(c, name)
    elif name in ("binom", "dbinom", "tbinom"):
        top = yield from argument(c)
        bottom = yield from argument(c)
        node = Call("binom", (top, bottom))
    elif name.startswith("begin:"):
        node = yield from environment(c, name.removeprefix("begin:"))
    elif name in _BINDERS:
        node = yield from binder(c, name)
    elif name in _ALPHABETS:
        node = yield from _calligraphic(c, name)
    else:
        raise UnreadableError(f"unknown command \\{name}")
    return node


def _fraction(c: Cursor) -> Steps[Node]:
    r"""`\frac{a}{b}`: a quotient, a derivative, or a unit."""
    start = c.position
    top = yield from argument(c)
    bottom = yield from argument(c)
    if isinstance(top, Seq | Rel) or isinstance(bottom, Seq | Rel):
        raise UnreadableError("a list inside a fraction")
    words = _words_over_words(c.tokens[start : start + 6]) if c.position - start <= 6 else None
    if words is not None:
        unit = read_unit(words)
        if unit is None:
            raise UnreadableError("words in a fraction")
        return Qty(ONE, unit)
    if _is_differential(top, alone=True) and _is_differential(bottom, alone=False):
        return Call("deriv", (top, bottom))
    if isinstance(bottom, Qty):
        raise UnreadableError("a unit in a denominator")
    if isinstance(top, Qty):
        return Qty(div(top.value, bottom), top.unit)
    return div(top, bottom)


def _words_over_words(tokens: list[Token]) -> str | None:
    r"""`\frac{\text{m}}{\text{s}}` is a unit."""
    found = [token for token in tokens if token.text not in "{}"]
    if len(found) == 2 and all(token.kind == "TEXT" for token in found):
        return f"{found[0].text}/{found[1].text}"
    return None


def _is_differential(node: Node, *, alone: bool) -> bool:
    """Whether a node reads d x, d^2 x, or (where `alone`) d by itself."""
    first = node.factors[0] if isinstance(node, Mul) else node
    if isinstance(first, Pow):
        first = first.base
    return first in (Sym("d"), Sym("partial")) and (alone or isinstance(node, Mul))


def _root(c: Cursor) -> Steps[Node]:
    r"""`\sqrt[n]{x}`; `\sqrt51` is the root of 51."""
    degree: Node = Num(ONE.value * 2)
    if c.at("["):
        c.take()
        found, _ = yield items(c)
        c.expect("]")
        if len(found) != 1:
            raise UnreadableError("a root without its degree")
        degree = found[0]
    token = c.peek()
    radicand: Node
    if token.kind == "NUM":
        c.take()
        radicand = number(token.text)
    elif token.kind == "OP" and token.text == "(":
        radicand = yield from c.atom(c)
    else:
        radicand = yield from argument(c)
    if isinstance(degree, Num) and degree.value.denominator == 1 and 2 <= degree.value <= 1000:
        return Root(scalar(radicand), int(degree.value))
    return Pow(scalar(radicand), Pow(scalar(degree), MINUS_ONE))


def _blackboard(c: Cursor) -> Steps[Node]:
    """ℝ and its like; ℝ^+ is the open half-line."""
    symbol = yield from argument(c)
    if not (isinstance(symbol, Sym) and symbol.name in _SETS and symbol.index is None):
        node = yield from subscripted(c, symbol)
        return node
    if c.at("^", "_"):
        braced = c.peek(1).text == "{"
        sign = c.peek(1 + braced).text
        if sign in ("+", "-") and (not braced or c.peek(3).text == "}"):
            c.position += 4 if braced else 2
            if symbol.name != "R":
                return Const(symbol.name + sign)
            infinity = Const("inf")
            return (
                Interval(ZERO, infinity, False, False) if sign == "+" else Interval(neg(infinity), ZERO, False, False)
            )
    return Const(symbol.name)


def _amount(c: Cursor, currency: str) -> Steps[Node]:
    """An amount behind the sign of its currency."""
    unit = KNOWN[currency]
    sign = signs(c)
    if isinstance(sign, str):
        raise UnreadableError("± before an amount")
    value: Node = yield operand(c)
    if isinstance(value, Qty):
        if value.unit.name.startswith("/"):  # $12 per hour
            unit = unit.times(value.unit)
        elif value.unit.name not in ("each", "apiece") and value.unit != unit:
            raise UnreadableError("two units")
        value = value.value
    elif c.at("/") and c.peek(1).kind == "TEXT" and (rate := read_unit("/" + c.peek(1).text)) is not None:
        c.position += 2
        unit = unit.times(rate)
    return Qty(signed(value, sign), unit)


def _accented(c: Cursor, name: str) -> Steps[Node]:
    """A symbol with an accent, which is part of its name."""
    inner = yield from argument(c)
    if not isinstance(inner, Sym | Const):
        return Call(f"mark:{name}", (inner,))
    if inner.name.count(":") >= _MARKS:
        raise LimitError("too_deep", "The answer is nested too deeply.")
    node = yield from subscripted(c, with_marks(inner, before=name + ":"))
    return node


def _calligraphic(c: Cursor, name: str) -> Steps[Node]:
    inner = yield from argument(c)
    if not isinstance(inner, Sym):
        raise UnreadableError(f"unknown command \\{name}")
    node = yield from subscripted(c, with_marks(inner, before=name + ":"))
    return node
