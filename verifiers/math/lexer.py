"""From plain spelling to tokens, in one pass.

A token is `(kind, text, spaced)`: kind is NUM, LET (a run of letters), CMD (a LaTeX command, without the backslash),
TEXT (the content of a text command) or OP; `spaced` says whether white space stood before it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assay.verifiers.math.limits import DEPTH, TOKENS, LimitError, UnreadableError
from assay.verifiers.math.vocabulary import FUNCTIONS


class Token(NamedTuple):
    """One token."""

    kind: str
    text: str
    spaced: bool


END = Token("END", "", True)

_TEXT_COMMANDS = frozenset(
    [
        "text",
        "textrm",
        "textbf",
        "textit",
        "textnormal",
        "textsf",
        "texttt",
        "mathrm",
        "mbox",
        "hbox",
        "operatorname",
        "mathsf",
        "mathtt",
        "emph",
    ]
)
_TOKEN = re.compile(
    r"(?P<NUM>(?:\d+\.?\d*|\.\d+)(?:\(\d+\)|[eE][+-]?\d+(?![A-Za-z\d.^]))?)"
    r"|(?P<LET>[A-Za-z]+)"
    r"|\\(?P<CMD>[A-Za-z]+)\*?"
    r"|(?P<ESC>\\[^A-Za-z])"
    r"|(?P<OP>\*\*|<=|>=|!=|==|<>|\.\.\.|[-+*/^_=<>()\[\]{}|,;:!&'%])"
)
_SPACES = re.compile(r"\s*")
_RUN = re.compile(r"\d+(?:,\d+)+(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SPACE_GROUPED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?![\d ]*\d)(?:\.\d+)?(?!\s*(?:/|\\frac))")
_WORDS = re.compile(r"[A-Za-z]")
_RECURRING = re.compile(r"\d*\.\d*\(\d+\)")


def lex(text: str) -> list[Token]:
    """Split a normalised answer into tokens.

    Raises:
        LimitError: Too many tokens, too deep, or a number literal that is too long.
        UnreadableError: A character that no notation we read uses, or an unclosed text command.
    """
    tokens: list[Token] = []
    position, size = 0, len(text)
    depth = brackets = 0
    while True:
        start = position
        space = _SPACES.match(text, position)
        position = space.end() if space else position
        if position >= size:
            return tokens
        spaced = position > start
        if len(tokens) >= TOKENS:
            raise LimitError("too_many_tokens", "The answer is too long to read.")
        match = _TOKEN.match(text, position)
        if match is None:
            raise UnreadableError(f"cannot read the character {text[position]!r}")
        kind, word = match.lastgroup or "", match[match.lastgroup or 0]
        position = match.end()
        if kind == "NUM":
            if (
                brackets == 0
                and text[position - len(word) - 1 : position - len(word)] != ","
                and (run := _RUN.match(text, match.start()))
            ):
                if _GROUPED.fullmatch(run[0]):
                    word, position = run[0], run.end()
            elif " " in text and (run := _SPACE_GROUPED.match(text, match.start())):
                word, position = run[0], run.end()
            if word.endswith(")") and not (_RECURRING.fullmatch(word)):
                word = word[: word.index("(")]
                position = match.start() + len(word)
            if word.endswith(".") and text.startswith("..", position):
                word, position = word[:-1], position - 1
            if len(word) > 1000:
                raise LimitError("too_many_digits", "The answer contains a number with too many digits.")
        elif kind == "CMD":
            if word in _TEXT_COMMANDS:
                content, position = _braced(text, position)
                inner = content.strip()
                if _WORDS.search(inner) and "\\" not in inner:
                    tokens.append(Token("CMD" if inner in FUNCTIONS else "TEXT", inner, spaced))
                    continue
                if not inner.strip(" .,;:"):
                    if inner:
                        tokens.append(Token("OP", ",", spaced))
                    continue
                # Mathematics inside a text command is read as mathematics.
                text = text[: match.start()] + "{" + content + "}" + text[position:]
                size, position = len(text), match.start()
                continue
            if word in ("begin", "end"):
                content, position = _braced(text, position)
                word = f"{word}:{content.strip().rstrip('*')}"
                if word.startswith("begin:array"):
                    _, position = _braced(text, position)
        elif kind == "ESC":
            kind = "OP"
            if word not in (r"\{", r"\}", r"\%", r"\\", r"\|", r"\&", r"\_", r"\#"):
                raise UnreadableError(f"cannot read {word!r}")
        if kind == "OP":
            if word in ("(", "[", "{", r"\{"):
                depth += 1
                brackets += word != "{"
                if depth > DEPTH:
                    raise LimitError("too_deep", "The answer is nested too deeply.")
            elif word in (")", "]", "}", r"\}"):
                depth -= 1
                brackets -= word != "}"
        tokens.append(Token(kind, word, spaced))


def _braced(text: str, position: int) -> tuple[str, int]:
    """The content of the brace group that starts here, and where it ends."""
    while position < len(text) and text[position] == " ":
        position += 1
    if position >= len(text) or text[position] != "{":
        raise UnreadableError("a text command without its argument")
    depth = 0
    for index in range(position, len(text)):
        char = text[index]
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                return text[position + 1 : index], index + 1
    raise UnreadableError("an unclosed brace")
