"""Operands: an atom with its exponents and everything that stands behind it, and the arguments of LaTeX commands."""

from __future__ import annotations

from fractions import Fraction

from assay.verifiers.math.grammar.assemble import countable, letter, scalar, signed
from assay.verifiers.math.grammar.cursor import Cursor, Steps
from assay.verifiers.math.grammar.literals import number
from assay.verifiers.math.grammar.quantities import unit
from assay.verifiers.math.limits import DEPTH, LimitError, UnreadableError
from assay.verifiers.math.tree import Call, Node, Num, Pow, Qty
from assay.verifiers.math.units import DEGREE, KNOWN, PERCENT
from assay.verifiers.math.vocabulary import CURRENCIES, FUNCTIONS, PLAIN_GREEK


def operand(c: Cursor) -> Steps[Node]:
    """An atom with what stands behind it; a chain of exponents associates to the right."""
    node: Node = yield from c.atom(c)
    chain = [postfixed(c, node)]
    while c.at("^", "**"):
        c.take()
        node = yield from exponent(c)
        if len(chain) >= DEPTH:
            raise LimitError("too_deep", "The answer is nested too deeply.")
        chain.append(postfixed(c, node, in_exponent=True))
    if len(chain) == 1:
        return chain[0]
    node = chain.pop()
    while chain:
        node = Pow(scalar(chain.pop()), scalar(node))
    return postfixed(c, node)


def exponent(c: Cursor) -> Steps[Node]:
    """What follows `^`, with its signs."""
    sign = signs(c) if c.at("-", "+") or c.at_command("pm", "mp") else 1
    node: Node = yield from script(c)
    return signed(node, sign)


def script(c: Cursor) -> Steps[Node]:
    """What follows `^` or `_`: a group, a bracket, a number, or one symbol."""
    token = c.peek()
    if token.kind == "NUM":
        c.take()
        return number(token.text)
    if (
        token.kind == "LET"
        and len(token.text) > 1
        and not (token.text in FUNCTIONS or token.text in ("pi", "infty", "inf") or token.text in PLAIN_GREEK)
    ):
        c.shorten(token.text[1:])
        return letter(token.text[0])
    node: Node = yield c.atom(c)
    return node


def argument(c: Cursor) -> Steps[Node]:
    """One LaTeX argument: a brace group, or a single symbol or digit."""
    token = c.peek()
    if token.kind == "NUM" and token.text[0].isdecimal():
        if len(token.text) > 1:
            c.shorten(token.text[1:])
        else:
            c.take()
        return Num(Fraction(int(token.text[0])))
    if token.kind == "LET":
        if len(token.text) > 1:
            c.shorten(token.text[1:])
        else:
            c.take()
        return letter(token.text[0])
    node: Node
    if token.kind == "OP" and token.text == "{":
        node = yield from c.atom(c)
    else:
        node = yield c.atom(c)
    return node


def signs(c: Cursor) -> int | str:
    """A run of signs: its product, or "pm" or "mp"."""
    sign = 1
    while True:
        if c.at("-"):
            sign = -sign
        elif c.at_command("pm", "mp"):
            return c.take().text if sign > 0 else ("mp" if c.take().text == "pm" else "pm")
        elif not c.at("+"):
            return sign
        c.take()


def postfixed(c: Cursor, node: Node, *, in_exponent: bool = False) -> Node:
    """A node with the factorials, percent signs, degrees and units that stand behind it."""
    while True:
        token = c.peek()
        if token.kind == "OP":
            if token.text == "!" and c.peek(1).text != "=":
                c.take()
                if isinstance(node, Call) and node.name == "factorial" and c.peek(-2).text == "!":
                    raise UnreadableError("a double factorial")
                node = Call("factorial", (node,))
                continue
            if token.text in ("%", r"\%"):
                if isinstance(node, Qty):
                    raise UnreadableError("two units")
                c.take()
                node = Qty(scalar(node), PERCENT)
                continue
            return node
        if in_exponent or isinstance(node, Qty):
            return node
        if token.kind == "CMD":
            if token.text in CURRENCIES and c.peek(1).kind != "NUM" and countable(node):
                c.take()
                node = Qty(node, KNOWN[CURRENCIES[token.text]])
                continue
            if token.text == "degree":
                c.take()
                node = _degrees(c, node)
                continue
        elif token.kind in ("TEXT", "LET") and countable(node) and (found := unit(c, node)) is not None:
            node = found
            continue
        return node


def _degrees(c: Cursor, node: Node) -> Node:
    after = c.peek()
    if after.kind in ("LET", "TEXT") and after.text in ("C", "F"):
        c.take()
        return Qty(node, KNOWN["celsius" if after.text == "C" else "fahrenheit"])
    parts = _sixtieths(c, 1) / 60 + _sixtieths(c, 2) / 3600
    if parts and not isinstance(node, Num):
        raise UnreadableError("minutes of no number of degrees")
    return Qty(Num(node.value + parts) if isinstance(node, Num) and parts else node, DEGREE)


def _sixtieths(c: Cursor, marks: int) -> Fraction:
    """The minutes (one mark) or seconds (two) that stand here: 30' is 30; 0 where there are none."""
    *primes, after = c.texts(marks + 1, ahead=1)
    if c.peek().kind != "NUM" or any(prime != "'" for prime in primes) or after == "'":
        return Fraction(0)
    value = number(c.take().text).value
    c.position += marks
    if value >= 60:
        raise UnreadableError("sixty minutes or seconds")
    return value
