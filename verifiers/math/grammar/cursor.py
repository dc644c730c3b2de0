"""The tokens of an answer, the place in them, and the explicit stack on which nested pieces are read.

A rule of the grammar is a generator that returns what it read. `yield rule(...)` reads a nested piece: the generator
is suspended on the stack of `run` until the piece is there, so nesting costs memory and never the interpreter's
stack. `yield from rule(...)` reads a piece of the same nesting level; such chains are a dozen frames at most, because
every way round the grammar passes a `yield`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeVar

from assay.verifiers.math.lexer import END, Token
from assay.verifiers.math.limits import UnreadableError

T = TypeVar("T")
Steps = Generator[Any, Any, T]
"""A rule in progress; it yields rules for nested pieces, is sent what they read, and returns a `T`."""


def run(rule: Steps[Any]) -> Any:
    """Carry a rule through, with all that it asks for on the way."""
    stack: list[Steps[Any]] = []
    result: Any = None
    while True:
        try:
            nested = rule.send(result)
        except StopIteration as finished:
            result = finished.value
            if not stack:
                return result
            rule = stack.pop()
        else:
            stack.append(rule)
            rule, result = nested, None


class Cursor:
    """A place in the tokens.

    Args:
        tokens: All tokens; rules may replace the current one by what is left of it.
        atom: The rule for whatever an operand starts with, `atoms.atom`.

    Attributes:
        clock: Whether a colon stands anywhere, so that "am" and "pm" may follow.
        bars: Open |...| and set-builders: a bar in operator position closes them.
        turned: Open ]a, b[.
        integrals: Open integrals: a "d" before a letter ends the body.
    """

    __slots__ = ("_closers", "atom", "bars", "clock", "integrals", "position", "tokens", "turned")

    def __init__(self, tokens: list[Token], atom: Callable[[Cursor], Steps[Any]]) -> None:
        """Start at the first token, with nothing open."""
        self.tokens = tokens
        self.atom = atom
        self.position = 0
        self.clock = any(token.text == ":" for token in tokens)
        self.bars = 0
        self.turned = 0
        self.integrals = 0
        self._closers: dict[int, int] | None = None

    def peek(self, ahead: int = 0) -> Token:
        """A token ahead of (or, negative, behind) the place; `END` beyond the last."""
        index = self.position + ahead
        return self.tokens[index] if 0 <= index < len(self.tokens) else END

    def take(self) -> Token:
        """The current token; the place moves behind it."""
        token = self.peek()
        self.position += 1
        return token

    def at(self, *texts: str) -> bool:
        """Whether the current token is one of these operators."""
        token = self.peek()
        return token.kind == "OP" and token.text in texts

    def at_command(self, *names: str) -> bool:
        """Whether the current token is one of these commands."""
        token = self.peek()
        return token.kind == "CMD" and token.text in names

    def expect(self, *texts: str) -> Token:
        """Take one of these operators.

        Raises:
            UnreadableError: Something else stands here.
        """
        if not self.at(*texts):
            raise UnreadableError(f"expected {texts[0]!r}, got {self.peek().text!r}")
        return self.take()

    def shorten(self, rest: str) -> None:
        """Replace the current token by what is left of it."""
        self.tokens[self.position] = Token(self.peek().kind, rest, False)

    def texts(self, count: int, ahead: int = 0) -> list[str]:
        """The texts of the next few tokens."""
        return [self.peek(ahead + index).text for index in range(count)]

    def group_end(self, ahead: int) -> int:
        """How far ahead the token after the brace group stands that opens `ahead` of the place."""
        if self._closers is None:
            self._closers = _matching(self.tokens)
        return self._closers.get(self.position + ahead, len(self.tokens)) + 1 - self.position


def _matching(tokens: list[Token]) -> dict[int, int]:
    """Where the group ends that each opening brace begins; one pass."""
    ends: dict[int, int] = {}
    open_braces: list[int] = []
    for index, token in enumerate(tokens):
        if token.text == "{":
            open_braces.append(index)
        elif token.text == "}" and open_braces:
            ends[open_braces.pop()] = index
    return ends
