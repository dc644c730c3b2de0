"""What an operand starts with: a numeral, letters, a command, words, or a bracket."""

from __future__ import annotations

from assay.verifiers.math.grammar.assemble import letter, text_symbol, wordlike
from assay.verifiers.math.grammar.brackets import bracket
from assay.verifiers.math.grammar.commands import command
from assay.verifiers.math.grammar.cursor import Cursor, Steps
from assay.verifiers.math.grammar.functions import applied, bracketed, function, glued
from assay.verifiers.math.grammar.numerals import numeral
from assay.verifiers.math.grammar.symbols import subscripted
from assay.verifiers.math.lexer import END
from assay.verifiers.math.limits import UnreadableError
from assay.verifiers.math.tree import Const, Node, Sym
from assay.verifiers.math.vocabulary import BRACKETED, FUNCTIONS, INFINITIES, PLAIN_GREEK

_HEADS = frozenset("fghFGH")
"""Letters that are functions wherever a bracket follows."""


def atom(c: Cursor) -> Steps[Node]:
    """One atom."""
    token = c.peek()
    node: Node
    match token.kind:
        case "NUM":
            return numeral(c)
        case "LET":
            node = yield from _letters(c)
        case "CMD":
            node = yield from command(c)
        case "TEXT":
            c.take()
            node = yield from subscripted(c, text_symbol(token.text))
        case "OP":
            node = yield from bracket(c)
        case _:
            raise UnreadableError("the answer ends too early")
    return node


def _letters(c: Cursor) -> Steps[Node]:
    """A run of letters: a word we know, a word we do not, or one-letter variables of which the first is taken."""
    run = c.peek().text
    node: Node | None
    if len(run) == 1:
        node = yield from _one_letter(c, run)
        return node
    if run in FUNCTIONS and (len(run) > 2 or run in ("ln", "lg", "tg")):
        c.take()
        node = yield from function(c, FUNCTIONS[run])
        return node
    if run in BRACKETED:
        c.take()
        node = yield from bracketed(c, BRACKETED[run])
        return node
    if run in INFINITIES:
        c.take()
        return Const("inf")
    if run in ("pi", "Pi", "PI") or run in PLAIN_GREEK:
        c.take()
        node = yield from subscripted(c, Sym(run) if run in PLAIN_GREEK else Const("pi"))
        return node
    node = yield from glued(c, run)
    if node is not None:
        return node
    if wordlike(run):
        if c.peek(1).text not in ("=", ":", "_") and c.peek(1) is not END:
            raise UnreadableError(f"a word: {run!r}")
        c.take()
        node = yield from subscripted(c, Sym("word:" + run.lower()))
        return node
    c.shorten(run[1:])
    return letter(run[0])


def _one_letter(c: Cursor, name: str) -> Steps[Node]:
    """A variable, or a function applied to arguments."""
    c.take()
    # No one writes a product with 0: x(0) is the value of x at 0, not 0.
    at_zero = name not in "ei" and c.texts(3) == ["(", "0", ")"]
    if at_zero or (name in _HEADS and c.at("(", "^", "'", "_")):
        node = yield from applied(c, name)
        if node is not None:
            return node
    symbol = yield from subscripted(c, letter(name))
    return symbol
