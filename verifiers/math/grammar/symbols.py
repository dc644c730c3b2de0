"""Variables: their primes, accents and indices, and the head of a definition such as `P(x) = ...`."""

from __future__ import annotations

from assay.verifiers.math.grammar.assemble import spelled, with_marks
from assay.verifiers.math.grammar.cursor import Cursor, Steps
from assay.verifiers.math.grammar.operands import script
from assay.verifiers.math.limits import UnreadableError
from assay.verifiers.math.tree import Call, Node, Sym
from assay.verifiers.math.vocabulary import GREEK, SAME_LETTER

_PRIMES = ("'", "prime")
_LONGEST_WORDS = 40
"""Most tokens of an index that is made of words."""


def after_marks(c: Cursor, ahead: int) -> int:
    """How far ahead the token after primes, `^` and `_` groups stands; a scan, no reading."""
    while True:
        text = c.peek(ahead).text
        if text in _PRIMES:
            ahead += 1
        elif text in ("^", "_"):
            ahead = c.group_end(ahead + 1) if c.peek(ahead + 1).text == "{" else ahead + 2
        else:
            return ahead


def marked(c: Cursor, symbol: Sym) -> Steps[Sym]:
    """A function's name with its primes, its index and the -1 of an inverse."""
    while True:
        if primes := _primes(c):
            symbol = with_marks(symbol, behind="'" * primes)
        elif c.at("^") and c.texts(4, 1) == ["{", "-", "1", "}"]:
            c.position += 5
            symbol = with_marks(symbol, behind="^-1")
        elif c.at("^") and c.texts(3, 1) == ["{", "prime", "}"]:
            c.position += 4
            symbol = with_marks(symbol, behind="'")
        elif c.at("_") and symbol.index is None:
            c.take()
            index = yield from _index(c)
            symbol = Sym(symbol.name, index)
        else:
            return symbol


def subscripted(c: Cursor, node: Node) -> Steps[Node]:
    """A symbol with its primes and index; a constant with a mark is a symbol of that name."""
    while True:
        if (primes := _primes(c)) or (c.at("^") and (primes := _raised_primes(c))):
            node = with_marks(node, behind="'" * primes)
        elif c.at("_"):
            if isinstance(node, Sym) and node.index is not None:
                raise UnreadableError("two indices")
            c.take()
            index = yield from _index(c)
            node = Sym(with_marks(node).name, index)
        else:
            return node


def _primes(c: Cursor) -> int:
    """Take a run of primes: how many."""
    start = c.position
    while c.at("'") or c.at_command("prime"):
        c.take()
    return c.position - start


def _raised_primes(c: Cursor) -> int:
    r"""Take `^\prime` or `^{\prime\prime}`: the number of primes, or 0 where something else is raised."""
    braced = c.peek(1).text == "{"
    ahead = 1 + braced
    while c.peek(ahead).text in _PRIMES:
        ahead += 1
    count = ahead - 1 - braced
    if count and braced and c.peek(ahead).text != "}":
        return 0
    if count:
        c.position += ahead + braced
    return count


def _index(c: Cursor) -> Steps[Node]:
    """What stands in an index: mathematics, or words."""
    if c.at("{") and (words := _words(c)):
        return Sym("text:" + words)
    node: Node = yield from script(c)
    return node


def _words(c: Cursor) -> str:
    """Take a group that is made of words only, if it is one."""
    parts: list[str] = []
    for ahead in range(1, _LONGEST_WORDS):
        token = c.peek(ahead)
        if token.text == "}":
            if parts:
                c.position += ahead + 1
            return "".join(parts)
        if token.kind not in ("TEXT", "CMD") and len(token.text) <= 2:
            return ""
        parts.append(token.text.lower())
    return ""


def defined_function(c: Cursor) -> Steps[Node | None]:
    """`P(x) =` at the start of an answer defines a function, whatever the letter; else nothing is taken."""
    token, start = c.peek(), c.position
    if not (
        (token.kind == "LET" and len(token.text) == 1 and token.text not in "ei")
        or (token.kind == "CMD" and token.text in GREEK)
    ):
        return None
    if c.peek(after_marks(c, 1)).text != "(":
        return None
    c.take()
    name = yield from marked(c, Sym(SAME_LETTER.get(token.text, token.text)))
    arguments: list[Node] = []
    if c.at("("):
        c.take()
        while c.peek().kind == "LET" and len(c.peek().text) == 1:
            arguments.append(Sym(c.take().text))
            if not c.at(","):
                break
            c.take()
        if arguments and c.at(")") and c.peek(1).text == "=":
            c.take()
            return Call("apply:" + spelled(name), tuple(arguments))
    c.position = start
    return None
