"""Expressions: a prefix, then infix rules for as long as they bind tighter than what stands on the left.

`INFIX` is the whole table of binding powers. Every rule reads all operands of its own level in a loop (sums,
products, chains of relations), so a long answer is one frame;
what nests in brackets is on the stack of `cursor.run`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from assay.verifiers.math.grammar import assemble
from assay.verifiers.math.grammar.cursor import Cursor, Steps
from assay.verifiers.math.grammar.operands import argument, operand, signs
from assay.verifiers.math.lexer import Token
from assay.verifiers.math.limits import UnreadableError
from assay.verifiers.math.tree import MINUS_ONE, Node, Num, PlusMinus, Pow, Qty, Ratio, Rel, SetOp, div
from assay.verifiers.math.vocabulary import CLOSING_COMMANDS, RELATIONS, SEPARATOR_WORDS

RELATION, SET, RATIO, SUM, PRODUCT = 1, 2, 3, 4, 5
"""Binding powers, loosest first; separators are looser, exponents and what stands behind a number tighter."""


class Infix(NamedTuple):
    """How tight an operator binds, and the rule that reads on from its left side and the place where that began."""

    power: int
    rule: Callable[[Cursor, Node, int], Steps[Node]]


def expression(c: Cursor, power: int = 0, left: Node | None = None) -> Steps[Node]:
    """An expression of operators that bind tighter than `power`; `left` is its first operand if already read."""
    start = c.position
    if left is None:
        if c.at("-", "+") or c.at_command("pm", "mp"):
            sign = signs(c)
            term: Node = yield from expression(c, SUM)
            left = assemble.signed(term, sign)
        else:
            left = yield from operand(c)
    while (infix := _infix(c)) is not None and infix.power > power:
        left = yield from infix.rule(c, left, start)
    return left


def _infix(c: Cursor) -> Infix | None:
    """The rule for the current token in operator position."""
    token = c.peek()
    if token.kind == "OP":
        if token.text == ":":
            if c.peek(1).text == "=":
                return INFIX["="]
            return None if c.bars else INFIX[":"]
        found = INFIX.get(token.text)
        if found is not None:
            return found
    elif token.kind == "CMD":
        found = INFIX.get("\\" + token.text)
        if found is not None:
            return None if token.text == "mid" and c.bars else found
        if token.text == "not" and c.peek(1).text in ("=", "in"):
            return INFIX["="]
    elif token.kind == "LET" and _is_member_sign(c, token):
        return INFIX["="]
    return _IMPLICIT if _starts_operand(c, token) else None


# --- relations --------------------------------------------------------------------------------------------------


def _relation(c: Cursor, left: Node, start: int) -> Steps[Node]:
    """A relation or a chain of them."""
    items, ops = [left], list[str]()
    while op := _relation_op(c):
        right: Node = yield from expression(c, RELATION)
        items.append(right)
        ops.append(op)
    if c.at_command("pmod") and "==" in ops:
        c.take()
        modulus: Node = yield from argument(c)
        items.append(modulus)
        ops.append("mod")
    return Rel(tuple(items), tuple(ops))


def _relation_op(c: Cursor) -> str:
    """Take one relation sign, if one stands here."""
    token, after = c.peek(), c.peek(1).text
    if token.kind == "OP":
        if token.text == ":" and after == "=":
            c.position += 2
            return "="
        if token.text in "<>" and after == "=":
            c.position += 2
            return RELATIONS[token.text + "="]
        if token.text in RELATIONS:
            c.position += 1
            return RELATIONS[token.text]
    elif token.kind == "CMD":
        if token.text == "not" and after in ("=", "in"):
            c.position += 2
            return "!=" if after == "=" else "notin"
        if token.text in RELATIONS and not (token.text == "mid" and c.bars):
            c.position += 1
            return RELATIONS[token.text]
    elif _is_member_sign(c, token):
        c.position += 1
        return "in"
    return ""


def _is_member_sign(c: Cursor, token: Token) -> bool:
    return token.kind == "LET" and token.text == "in" and c.peek(1).text in ("(", "[", r"\{")


# --- sets and ratios --------------------------------------------------------------------------------------------

_SET_SIGNS = {
    "cup": "union",
    "bigcup": "union",
    "cap": "inter",
    "setminus": "minus",
    "backslash": "minus",
    "smallsetminus": "minus",
}


def _set(c: Cursor, left: Node, start: int) -> Steps[Node]:
    """Unions, intersections and differences, from left to right."""
    parts: list[Node] = [left]
    op = ""
    while (token := c.peek()).kind == "CMD" and token.text in _SET_SIGNS:
        name = _SET_SIGNS[c.take().text]
        right: Node = yield from expression(c, SET)
        if op and (name != op or op == "minus"):
            parts = [SetOp(op, tuple(parts))]
        op = name
        parts.append(right)
    return SetOp(op, tuple(parts))


def _ratio(c: Cursor, left: Node, start: int) -> Steps[Node]:
    """`a : b : c`, which may be a time of day."""
    parts = [left]
    while c.at(":"):
        c.take()
        part: Node = yield from expression(c, RATIO)
        parts.append(part)
    if isinstance(parts[-1], Qty):
        raise UnreadableError("a unit inside a ratio")
    written = c.tokens[start : c.position] if c.position - start <= 5 else []
    texts = [token.text for token in written if token.text != ":"]
    clock = (
        2 <= len(texts) == len(parts) <= 3
        and all(text.isdecimal() for text in texts)
        and len(texts[0]) <= 2
        and int(texts[0]) <= 24
        and all(len(text) == 2 and int(text) < 60 for text in texts[1:])
    )
    suffix, token = "", c.peek()
    if clock and token.kind in ("TEXT", "LET") and (word := _half_of_day(token)):
        suffix = word
        c.take()
    return Ratio(tuple(parts), clock, suffix)


def _half_of_day(token: Token) -> str:
    word = token.text.lower().replace(".", "").replace(" ", "")
    return word if word in ("am", "pm") else ""


# --- sums and products ------------------------------------------------------------------------------------------


def _sum(c: Cursor, left: Node, start: int) -> Steps[Node]:
    """Terms with signs between them."""
    terms: list[Node] = [left]
    while True:
        if c.at("+", "-"):
            sign = signs(c)
            if isinstance(sign, str):
                raise UnreadableError("a sign before ±")
            term: Node = yield from expression(c, SUM)
            if sign < 0 and len(terms) == 1 and assemble.is_set(terms[0]) and assemble.is_set(term):
                terms = [SetOp("minus", (terms[0], term))]
            else:
                terms.append(assemble.negative(term) if sign < 0 else term)
        elif c.at_command("pm", "mp"):
            first = 1 if c.take().text == "pm" else -1
            term = yield from expression(c, SUM)
            terms = [PlusMinus(assemble.total(terms), term, first)]
        else:
            return assemble.total(terms)


def _product(c: Cursor, left: Node, start: int) -> Steps[Node]:
    """Factors with or without a sign between them; a unit among them belongs to the whole."""
    factors: list[Node] = []
    units: list[Qty] = []
    value = left
    while True:
        if isinstance(value, Qty):
            units.append(value)
            value = value.value
        factors.append(value)
        token = c.peek()
        if token.text in _TIMES and token.kind in ("OP", "CMD"):
            c.take()
            value = yield from _signed_operand(c)
        elif (token.text == "/" and token.kind == "OP") or (token.text == "div" and token.kind == "CMD"):
            c.take()
            value = yield from _signed_operand(c)
            if isinstance(value, Qty):
                raise UnreadableError("division by a quantity")
            if len(factors) == 1 and isinstance(factors[0], Num) and isinstance(value, Num):
                value = div(factors.pop(), value)
            else:
                value = Pow(value, MINUS_ONE)
        elif _starts_operand(c, token):
            after_number = c.peek(-1).kind == "NUM"
            if after_number and token.kind == "NUM":
                raise UnreadableError("two numbers side by side")
            value = yield from operand(c)
            if after_number and isinstance(value, Num) and c.peek(-1).kind == "NUM":
                raise UnreadableError("two numbers side by side")
            if isinstance(value, Qty) and units and len(factors) == 1:
                return assemble.compound(Qty(factors[0], units[0].unit), value)
        else:
            break
    node = assemble.product(factors)
    if not units:
        return node
    if len(units) > 1:
        raise UnreadableError("several units")
    return Qty(assemble.scalar(node), units[0].unit)


_TIMES = frozenset(["*", "times", "cdot", "ast", "star"])


def _signed_operand(c: Cursor) -> Steps[Node]:
    sign = signs(c)
    node: Node = yield from operand(c)
    return assemble.signed(node, sign)


_NO_OPERAND = CLOSING_COMMANDS | frozenset(
    ["pm", "mp", "times", "cdot", "div", "ast", "cup", "cap", "setminus", "backslash", "pmod", "mod", "bmod", "not",
     "bigcup", "smallsetminus", "degree", "prime", "choose", "over"]
)  # fmt: skip


def _starts_operand(c: Cursor, token: Token) -> bool:
    """Whether this token begins a factor of an implicit product."""
    text = token.text
    match token.kind:
        case "NUM":
            return True
        case "LET":
            if c.clock and text.lower() in ("am", "pm"):
                return False
            return (
                text not in SEPARATOR_WORDS
                and not _is_member_sign(c, token)
                and not (c.integrals and text[0] == "d" and len(text) <= 2)
            )
        case "TEXT":
            return text.strip(" ,;.").lower() not in SEPARATOR_WORDS and not _half_of_day(token)
        case "CMD":
            return not (text in RELATIONS or text in SEPARATOR_WORDS or text in _NO_OPERAND or text.startswith("end:"))
        case "OP":
            return text in ("(", "{") or (text == "[" and not c.turned) or (text == "|" and not c.bars)
        case _:
            return False


def starts_factor(c: Cursor) -> bool:
    """Whether the current token begins a factor of an implicit product."""
    return _starts_operand(c, c.peek())


_IMPLICIT = Infix(PRODUCT, _product)
INFIX: dict[str, Infix] = {
    **{sign if not sign.isalpha() else "\\" + sign: Infix(RELATION, _relation) for sign in RELATIONS},
    **{"\\" + name: Infix(SET, _set) for name in _SET_SIGNS},
    ":": Infix(RATIO, _ratio),
    **{sign: Infix(SUM, _sum) for sign in ("+", "-", r"\pm", r"\mp")},
    **dict.fromkeys(("*", "/", r"\times", r"\cdot", r"\ast", r"\star", r"\div"), _IMPLICIT),
}
"""Operators as written (commands with their backslash) and what they do."""
