r"""From plain spelling to tokens, in one pass.

A token is `(kind, text, spaced)`: kind is NUM, LET (a run of letters), CMD (a LaTeX command, without the backslash),
TEXT (the words in a text command) or OP; `spaced` says whether white space stood before it. What LaTeX does not print
(`\phantom{5}`, a comment) becomes no token.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assay.verifiers.math.limits import DEPTH, LITERAL_DIGITS, TOKENS, LimitError, UnreadableError
from assay.verifiers.math.vocabulary import FUNCTIONS


class Token(NamedTuple):
    """One token."""

    kind: str
    text: str
    spaced: bool


END = Token("END", "", True)

_TEXT_COMMANDS = frozenset(
    ["text", "textrm", "textbf", "textit", "textnormal", "textsf", "texttt", "mathrm", "mbox", "hbox", "operatorname",
     "mathsf", "mathtt", "emph"]
)  # fmt: skip
_UNPRINTED = frozenset(["phantom", "hphantom", "vphantom"])
_TOKEN = re.compile(
    r"(?P<NUM>(?:\d+\.?\d*|\.\d+)(?:\(\d+\)|[eE][+-]?\d+(?![A-Za-z\d.^]))?)"
    r"|(?P<LET>[A-Za-z]+)"
    r"|\\(?P<CMD>[A-Za-z]+)\*?"
    r"|(?P<ESC>\\[^A-Za-z])"
    r"|(?P<OP>\*\*|<=|>=|!=|==|<>|\.\.\.|[-+*/^_=<>()\[\]{}|,;:!&'%])"
)
_SPACES = re.compile(r" *")
_WORDS_IN_BRACES = re.compile(r" *\{([^{}\\]*)\}")
_BRACE = re.compile(r"\\.|[{}]", re.S)
_COMMAS = re.compile(r"\d+(?:,\d+)+(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SPACED_DIGITS = re.compile(r"\d+(?: \d+)+(?:\.\d+)?")
_SPACE_GROUPED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:\.\d+)?")
_FRACTION_BEHIND = re.compile(r"\s*(?:/|\\frac)")
_WORDS = re.compile(r"[A-Za-z]")
_RECURRING = re.compile(r"\d*\.\d*\(\d+\)")
_ESCAPES = frozenset([r"\{", r"\}", r"\%", r"\\", r"\|", r"\&", r"\_", r"\#"])
_OPENERS = frozenset(["(", "[", "{", r"\{"])
_CLOSERS = frozenset([")", "]", "}", r"\}"])


def lex(text: str) -> list[Token]:
    """Split a normalised answer into tokens.

    Raises:
        LimitError: Too many tokens, too deep, or a number literal that is too long.
        UnreadableError: A character that no notation we read uses, or an unclosed text command.
    """
    return _Lexer(text).tokens


class _Lexer:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.tokens: list[Token] = []
        self._depth = 0
        self._brackets = 0  # open brackets that are no LaTeX braces: a comma in them separates
        self._spaced_until = 0  # a run of digits and spaces up to here is no grouped number
        while self._step():
            pass

    def _step(self) -> bool:
        """Read one token; False at the end."""
        start, text = self.position, self.text
        space = _SPACES.match(text, start)
        position = self.position = space.end() if space else start
        if position >= len(text):
            return False
        if len(self.tokens) >= TOKENS:
            raise LimitError("too_many_tokens", "The answer is too long to read.")
        match = _TOKEN.match(text, position)
        if match is None:
            raise UnreadableError(f"cannot read the character {text[position]!r}")
        kind, word = match.lastgroup or "", match[match.lastgroup or 0]
        spaced, self.position = position > start, match.end()
        if kind == "NUM":
            self.tokens.append(Token(kind, self._number(word, position), spaced))
        elif kind == "CMD":
            self._command(word, spaced)
        elif kind == "LET":
            self.tokens.append(Token(kind, word, spaced))
        else:
            if kind == "ESC" and word not in _ESCAPES:
                raise UnreadableError(f"cannot read {word!r}")
            self._count(word)
            self.tokens.append(Token("OP", word, spaced))
        return True

    def _count(self, word: str) -> None:
        """Keep account of what is open."""
        if word in _OPENERS:
            self._depth += 1
            self._brackets += word != "{"
            if self._depth > DEPTH:
                raise LimitError("too_deep", "The answer is nested too deeply.")
        elif word in _CLOSERS:
            self._depth -= 1
            self._brackets -= word != "}"

    def _number(self, word: str, start: int) -> str:
        """A number literal with its groups of thousands; without what only looks like a recurring part."""
        text = self.text
        if self._brackets == 0 and (start == 0 or text[start - 1] != ",") and (run := _COMMAS.match(text, start)):
            if _GROUPED.fullmatch(run[0]):
                word, self.position = run[0], run.end()
        elif start < self._spaced_until or text[start - 1 : start] == "_":
            pass
        elif run := _SPACED_DIGITS.match(text, start):
            self._spaced_until = run.end()
            if _SPACE_GROUPED.fullmatch(run[0]) and not _FRACTION_BEHIND.match(text, run.end()):
                word, self.position = run[0], run.end()
        if word.endswith(")") and not _RECURRING.fullmatch(word):
            word = word[: word.index("(")]
            self.position = start + len(word)
        if word.endswith(".") and text.startswith("..", self.position):
            word, self.position = word[:-1], self.position - 1
        if len(word) > LITERAL_DIGITS:
            raise LimitError("too_many_digits", "The answer contains a number with too many digits.")
        return word

    def _command(self, word: str, spaced: bool) -> None:
        if word in _TEXT_COMMANDS:
            self._text_command(word, spaced)
        elif word in _UNPRINTED:
            self._skip_group()
        elif word in ("begin", "end"):
            match = _WORDS_IN_BRACES.match(self.text, self.position)
            if match is None:
                raise UnreadableError("an environment without a name")
            self.position = match.end()
            name = match[1].strip().rstrip("*")
            if word == "begin" and name == "array":
                self._skip_group()
            self.tokens.append(Token("CMD", f"{word}:{name}", spaced))
        else:
            self.tokens.append(Token("CMD", word, spaced))

    def _text_command(self, word: str, spaced: bool) -> None:
        """Words are one token; mathematics inside a text command is read as mathematics, as a group."""
        match = _WORDS_IN_BRACES.match(self.text, self.position)
        if match is None:
            if not self.text.startswith("{", self.position + (self.text[self.position : self.position + 1] == " ")):
                raise UnreadableError(f"\\{word} without its argument")
            return
        inner = match[1].strip()
        if _WORDS.search(inner):
            self.position = match.end()
            self.tokens.append(Token("CMD" if inner in FUNCTIONS else "TEXT", inner, spaced))
        elif not inner.strip(" .,;:"):
            self.position = match.end()
            if inner:
                self.tokens.append(Token("OP", ",", spaced))

    def _skip_group(self) -> None:
        """Pass over a brace group."""
        depth = 0
        for match in _BRACE.finditer(self.text, self.position):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if depth == 0:
                self.position = match.end()
                return
        raise UnreadableError("an unclosed brace")
