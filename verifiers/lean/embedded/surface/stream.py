"""The token stream that both parsers share: looking ahead, expecting, and Lean's saved position.

Lean decides where an application or a block ends by columns: a saved position (the start of the tactic, `have`,
`match`, ...) bounds what may follow on later lines.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from assay.verifiers.lean.embedded.kernel.budget import LimitError
from assay.verifiers.lean.embedded.surface.lexer import Token, tokenize
from assay.verifiers.lean.embedded.surface.syntax import ParseError

MAX_NESTING = 200
"""Deepest nesting of terms and tactics."""


class Stream:
    """Tokens with a cursor, a saved column and a nesting budget."""

    def __init__(self, text: str, first_column: int = 0) -> None:
        """Read all tokens at once."""
        self.tokens = tokenize(text, first_column)
        self.i = 0
        self.column = -1
        self.depth = 0
        self.sections: list[list[str]] = []

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.i]

    @property
    def pos(self) -> tuple[int, int]:
        """Place of the next token."""
        token = self.tokens[self.i]
        return (token.line, token.column)

    def peek(self, k: int = 1) -> Token:
        """The token `k` after the next."""
        return self.tokens[min(self.i + k, len(self.tokens) - 1)]

    def advance(self) -> Token:
        """Take the next token."""
        token = self.tokens[self.i]
        if token.kind != "eof":
            self.i += 1
        return token

    def at(self, *texts: str) -> bool:
        """Whether the next token is one of these symbols or keywords."""
        token = self.tokens[self.i]
        return token.text in texts and token.kind in ("op", "keyword", "command")

    def at_word(self, *texts: str) -> bool:
        """Whether the next token is one of these words."""
        return self.tokens[self.i].text in texts

    def take(self, *texts: str) -> bool:
        """Take the next token if it is one of these."""
        if self.at(*texts):
            self.i += 1
            return True
        return False

    def expect(self, text: str) -> Token:
        """Take a symbol that must come next.

        Raises:
            ParseError: Something else comes.
        """
        if not self.at(text):
            raise self.error(f"expected '{text}'")
        return self.advance()

    def ident(self) -> str:
        """Take a plain identifier.

        Raises:
            ParseError: Something else comes.
        """
        token = self.token
        if token.kind != "ident":
            raise self.error("expected identifier")
        self.i += 1
        return token.text

    def simple_name(self) -> str:
        """Take an identifier without dots, or `_`."""
        if self.take("_"):
            return "_"
        if "." in self.token.text:
            raise self.error("expected an identifier without dots")
        return self.ident()

    def error(self, message: str) -> ParseError:
        """A parse error at the next token."""
        token = self.token
        got = "end of input" if token.kind == "eof" else f"token '{token.text[:40]}'"
        return ParseError(f"unexpected {got}; {message}", token.line, token.column)

    def right_of_saved(self) -> bool:
        """Whether the next token stands to the right of the saved column."""
        return self.tokens[self.i].column > self.column

    @contextmanager
    def saved(self, column: int) -> Generator[None]:
        """Save a column for the time of a block; -1 saves none."""
        before, self.column = self.column, column
        try:
            yield
        finally:
            self.column = before

    @contextmanager
    def no_sections(self) -> Generator[None]:
        """Read something in which `·` is no argument of the parentheses around it."""
        before, self.sections = self.sections, []
        try:
            yield
        finally:
            self.sections = before

    def enter(self) -> None:
        """Go one level deeper; the caller lowers `depth` again.

        Raises:
            LimitError: Too deep.
        """
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise LimitError("nesting")
