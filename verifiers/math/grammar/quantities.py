"""The unit behind a number: words in a text command, or known unit words in plain text."""

from __future__ import annotations

from fractions import Fraction

from assay.verifiers.math.grammar.assemble import wordlike
from assay.verifiers.math.grammar.cursor import Cursor
from assay.verifiers.math.lexer import END
from assay.verifiers.math.limits import UnreadableError
from assay.verifiers.math.tree import Mul, Node, Num, Qty
from assay.verifiers.math.units import MULTIPLIERS, PLAIN, PLAIN_COMPOUNDS, read_unit
from assay.verifiers.math.vocabulary import SEPARATOR_WORDS

_ALONE = frozenset(["in", "rad", "gal", "deg"])
"""Abbreviations that could be products of variables: units only at the end of an answer, behind a space."""
_LONGEST_COMPOUND = 16
"""More tokens than any compound unit has."""


def unit(c: Cursor, node: Node) -> Node | None:
    """The quantity that a number and the unit behind it make, or None without taking a token."""
    start = c.position
    token = c.peek()
    plain = token.kind == "LET"
    if token.text.lower().replace(".", "").replace(" ", "") in ("am", "pm"):
        return None
    known = token.text in PLAIN or token.text.lower() in MULTIPLIERS or wordlike(token.text)
    if plain and token.spaced and (token.text == "per" or (token.text in _ALONE and c.peek(1) is END)):
        known = True  # 12 in, 12 per hour
    # One letter counts only as part of a compound such as m/s, set off by a space.
    if plain and not known and not (token.spaced and _spells_compound(c)):
        return None
    written = _words(c)
    if not written:
        return None
    first = written.lower().partition(" ")[0]
    if first in MULTIPLIERS:
        node = Mul((node, Num(Fraction(MULTIPLIERS[first]))))
        written = written[len(first) :].strip()
        if not written:
            return node
    found = read_unit(written)
    if found is not None:
        return Qty(node, found)
    if plain or len(written) == 1:  # 5\text{x}
        c.position = start
        return None
    raise UnreadableError(f"not a unit: {written!r}")


def _words(c: Cursor) -> str:
    """Take the words, slashes and powers that may spell a unit."""
    words: list[str] = []
    while True:
        token = c.peek()
        if token.kind == "TEXT":
            if token.text.strip(" ,;.").lower() in SEPARATOR_WORDS:
                break
            if token.text.endswith(" and") and c.peek(1).kind == "NUM":  # 2 hours and 30 minutes
                c.take()
                words.append(" " + token.text.removesuffix("and"))
                break
            words.append(" " + token.text)
        elif token.kind == "LET" and token.text not in SEPARATOR_WORDS:
            words.append(" " + token.text)
        elif token.kind == "OP" and token.text == "/" and words and c.peek(1).kind in ("TEXT", "LET"):
            words.append("/")
        elif token.kind == "OP" and token.text == "^" and words:
            c.take()
            words.append("^" + _small_integer(c))
            continue
        elif token.kind == "CMD" and token.text == "cdot" and c.peek(1).kind == "TEXT":
            words.append("*")
        elif not (token.kind == "OP" and token.text == "." and words):
            break
        c.take()
    return "".join(words).strip()


def _spells_compound(c: Cursor) -> bool:
    """Whether the letters, slashes and powers that stand here spell a known compound unit."""
    parts: list[str] = []
    for ahead in range(_LONGEST_COMPOUND):
        token = c.peek(ahead)
        if token.kind not in ("LET", "NUM") and not (token.kind == "OP" and token.text in ("/", "^", "{", "}")):
            break
        parts.append(token.text)
    return "".join(parts) in PLAIN_COMPOUNDS


def _small_integer(c: Cursor) -> str:
    braced = c.at("{")
    if braced:
        c.take()
    text = c.take().text if c.at("-") else ""
    text += c.take().text
    if braced:
        c.expect("}")
    if not text.removeprefix("-").isdecimal() or len(text) > 2:
        raise UnreadableError("not a power of a unit")
    return text
