"""Tokens, with the places and the white space that Lean's layout rules need.

Only characters that the subset uses are let through; tabs, no-break and zero-width spaces and look-alike letters are
refused, as Lean refuses them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assay.verifiers.lean.embedded.kernel.budget import LimitError
from assay.verifiers.lean.embedded.surface.syntax import ParseError

MAX_TEXT = 100_000
"""Longest text that is read, in characters."""

MAX_NUMERAL_DIGITS = 78
"""Longest numeral: 2^256 has 78 digits."""

KEYWORDS = frozenset(
    [
        "fun",
        "λ",
        "let",
        "have",
        "show",
        "from",
        "by",
        "match",
        "with",
        "if",
        "then",
        "else",
        "do",
        "calc",
        "Prop",
        "Type",
        "Sort",
        "nomatch",
        "nofun",
        "suffices",
        "at",
        "generalizing",
        "using",
        "in",
    ]
)
"""Words that are no identifiers inside a proof."""

COMMANDS = frozenset(
    [
        "theorem",
        "lemma",
        "def",
        "abbrev",
        "axiom",
        "example",
        "instance",
        "inductive",
        "structure",
        "class",
        "open",
        "namespace",
        "section",
        "end",
        "variable",
        "variables",
        "universe",
        "universes",
        "import",
        "export",
        "macro",
        "macro_rules",
        "notation",
        "infix",
        "infixl",
        "infixr",
        "prefix",
        "postfix",
        "syntax",
        "declare_syntax_cat",
        "elab",
        "elab_rules",
        "set_option",
        "attribute",
        "private",
        "protected",
        "noncomputable",
        "unsafe",
        "partial",
        "mutual",
        "deriving",
        "local",
        "scoped",
        "initialize",
        "builtin_initialize",
        "opaque",
        "where",
        "termination_by",
        "decreasing_by",
        "run_cmd",
        "run_tac",
        "run_elab",
        "run_meta",
        "include",
        "omit",
        "public",
        "meta",
        "prelude",
        "module",
    ]
)
"""Words that begin a command: inside a proof they would end it."""

_IDENT_START = r"A-Za-z_α-κμ-ωΑ-ΟΡΤ-Ωϊϋόύώϐϑφχψἀ-῾ℂ-⅏𝒜-𝖟"
_IDENT_REST = _IDENT_START + r"0-9'!?₀-₉ₐ-ₜᵢ-ᵪ"
_PART = rf"[{_IDENT_START}][{_IDENT_REST}]*"
_TOKEN = re.compile(
    rf"(?P<ident>{_PART}(?:\.(?:{_PART}))*)"
    r"|(?P<num>[0-9]+)"
    r"|(?P<hole>\?(?:" + _PART + r"))"
    r"|(?P<op>\.\{|:=|=>|↦|->|→|<->|↔|<;>|<-|←|<=|≤|>=|≥|≠|!=|==|/\\|∧|\\/|∨|&&|\|\||::|\+\+|<\||\|>|"
    r"[λ∀∃¬!=<>+\-*/%^×∘▸(){}\[\]⟨⟩⦃⦄‹›,;:|.·@∣∈∉⊢$#])"
)
_SPACE = re.compile(r"[ \n]*")


@dataclass(slots=True, frozen=True)
class Token:
    """A token; `space` tells whether white space or a comment stands before it."""

    kind: str
    text: str
    line: int
    column: int
    space: bool
    newline: bool


def tokenize(text: str, first_column: int = 0) -> list[Token]:
    """Split text into tokens, ending with one of kind "eof".

    Args:
        text: The text; its first line is taken to start at `first_column`.
        first_column: Column of the first character.

    Raises:
        ParseError: A character or a comment cannot be read.
        LimitError: The text or a numeral is too long.
    """
    if len(text) > MAX_TEXT:
        raise LimitError("text size")
    text = text.replace("\r\n", "\n").removesuffix("\r")
    tokens: list[Token] = []
    i, line, start = 0, 1, -first_column
    n = len(text)
    while True:
        before, before_line = i, line
        i, line, start = _skip(text, i, line, start)
        space, newline = i > before or i == 0, line > before_line or not tokens
        if i >= n:
            tokens.append(Token("eof", "", line, i - start, True, True))
            return tokens
        found = _TOKEN.match(text, i)
        if found is None:
            raise _unreadable(text[i], line, i - start)
        kind = found.lastgroup or "op"
        word = found.group()
        if kind == "num" and len(word) > MAX_NUMERAL_DIGITS:
            raise LimitError("numeral size")
        if word == "_":
            kind = "op"
        elif word in KEYWORDS:
            kind = "keyword"
        elif word in COMMANDS:
            kind = "command"
        tokens.append(Token(kind, word, line, i - start, space, newline))
        i = found.end()


def _unreadable(char: str, line: int, column: int) -> ParseError:
    if char == "\t":
        return ParseError("tabs are not allowed; please configure your editor to expand them", line, column)
    return ParseError(f"expected token, got the character U+{ord(char):04X}", line, column)


def _skip(text: str, i: int, line: int, start: int) -> tuple[int, int, int]:
    """Skip white space and comments; returns the new index, line and start of the line."""
    while True:
        found = _SPACE.match(text, i)
        assert found is not None
        breaks = text.count("\n", i, found.end())
        if breaks:
            line += breaks
            start = text.rfind("\n", i, found.end()) + 1
        i = found.end()
        if text.startswith("--", i):
            end = text.find("\n", i)
            i = len(text) if end < 0 else end
        elif text.startswith("/-", i):
            i, line, start = _skip_block(text, i, line, start)
        else:
            return i, line, start


_COMMENT_EDGE = re.compile(r"/-|-/|\n")


def _skip_block(text: str, i: int, line: int, start: int) -> tuple[int, int, int]:
    at, depth = (line, i - start), 1
    i += 2
    while depth:
        found = _COMMENT_EDGE.search(text, i)
        if found is None:
            raise ParseError("unterminated comment", *at)
        i = found.end()
        if found.group() == "\n":
            line, start = line + 1, i
        else:
            depth += 1 if found.group() == "/-" else -1
    return i, line, start
