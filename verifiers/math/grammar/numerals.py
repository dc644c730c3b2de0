"""Numerals as they stand among the tokens: plain, mixed, continued by dots, or in a stated base."""

from __future__ import annotations

from fractions import Fraction

from assay.verifiers.math.grammar.cursor import Cursor
from assay.verifiers.math.grammar.literals import continued, number
from assay.verifiers.math.limits import UnreadableError
from assay.verifiers.math.tree import Based, Node, Num
from assay.verifiers.math.vocabulary import BASE_WORDS, DIRECT_FRACTIONS


def numeral(c: Cursor) -> Node:
    """A number literal with what belongs to it."""
    token = c.take()
    if c.at("_"):
        return based(token.text, take_base(c))
    if c.at("...") or c.at_command("ldots", "cdots", "dots", "dotsc"):
        c.take()
        return continued(token.text)
    node = number(token.text)
    if not token.text.isdecimal():
        return node
    after = c.peek()
    if after.kind == "CMD" and after.text in DIRECT_FRACTIONS:
        return _mixed(c, node) or node
    if after.text == "{" and c.peek(1).kind == "CMD" and c.peek(1).text in DIRECT_FRACTIONS:
        return _mixed(c, node, grouped=True) or node
    if (
        after.kind == "NUM"
        and after.spaced
        and after.text.isdecimal()
        and c.peek(1).text == "/"
        and c.peek(2).kind == "NUM"
        and c.peek(2).text.isdecimal()
        and 0 < int(after.text) < int(c.peek(2).text)
    ):
        c.position += 3
        return Num(node.value + Fraction(int(after.text), int(c.peek(-1).text)))
    return node


def _mixed(c: Cursor, whole: Num, *, grouped: bool = False) -> Node | None:
    r"""`3\frac{1}{2}` is a mixed number if the fraction is a proper one of two literals; else nothing is taken.

    `grouped`: the fraction stands in braces of its own.
    """
    ahead, parts = 1 + grouped, list[str]()
    while len(parts) < 2:
        braced = c.peek(ahead).text == "{"
        token = c.peek(ahead + braced)
        if token.kind != "NUM" or not token.text.isdecimal() or (braced and c.peek(ahead + 2).text != "}"):
            return None
        if not braced and len(token.text) > 1:
            if parts or len(token.text) > 2:
                return None
            parts.extend(token.text)  # \frac12
        else:
            parts.append(token.text)
        ahead += 3 if braced else 1
    if grouped:
        if c.peek(ahead).text != "}":
            return None
        ahead += 1
    if len(parts) != 2 or c.peek(ahead).text in ("^", "!") or not 0 < int(parts[0]) < int(parts[1]):
        return None
    c.position += ahead
    return Num(whole.value + Fraction(int(parts[0]), int(parts[1])))


def take_base(c: Cursor) -> int:
    """Take a base that is written as an index; 0 if it is none."""
    c.expect("_")
    braced = c.at("{")
    if braced:
        c.take()
    bracket = c.at("(")
    if bracket:
        c.take()
    token = c.take()
    name = token.text.strip().lower()
    if bracket:
        c.expect(")")
    if braced:
        c.expect("}")
    if token.kind == "NUM":
        return int(name) if name.isdecimal() and len(name) <= 2 else 0
    return BASE_WORDS.get(name, 0)


def based(digits: str, base: int) -> Node:
    """Digits in a base.

    Raises:
        UnreadableError: They are none in that base.
    """
    digits = digits.replace(" ", "").replace(",", "")
    if not 2 <= base <= 36 or not digits.isdecimal() or any(int(digit) >= base for digit in digits):
        raise UnreadableError("not a number in that base")
    return Based(digits.lstrip("0") or "0", base)
