"""JMESPath: from program text to a syntax tree.

A Pratt parser for the JMESPath specification (jmespath.org, community-neutral grammar of 1.0): identifiers, quoted
identifiers, indexes, slices, list and hash wildcards, flatten, filters, multi-select lists and hashes, literals, raw
strings, pipes, comparisons, and/or/not, functions and expression references. Where the specification is silent the
reference implementations decide: text in backticks needs no quotes, and a projection by `.*` ends at the next dot but
one. Syntax trees are nested tuples `(kind, ...)`. Length and nesting are bounded, so a hostile program is refused
before it costs anything.
"""

from __future__ import annotations

import contextlib
import json
import re
from typing import Any, NamedTuple

from assay.verifiers.data.outcome import Refusal
from assay.verifiers.data.strict_json import read_json
from assay.verifiers.verdict import Status

Node = tuple[Any, ...]

MAX_TOKENS = 2000
MAX_NESTING = 50


class Token(NamedTuple):
    """One token: its kind, the value it stands for, and where it begins."""

    kind: str
    value: Any
    at: int


_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<number>-?[0-9]+)
    |(?P<quoted>"(?:[^"\\]|\\.)*+")
    |(?P<raw>'(?:[^'\\]|\\.)*+')
    |(?P<literal>`(?:[^`\\]|\\.)*+`)
    |(?P<mark>\|\||&&|==|!=|<=|>=|\[\?|\[\]|[\]\[{}().,:*|&!<>@])""",
    re.VERBOSE | re.ASCII | re.DOTALL,
)

BINDING = {
    "|": 1,
    "||": 2,
    "&&": 3,
    "==": 5,
    "!=": 5,
    "<": 5,
    "<=": 5,
    ">": 5,
    ">=": 5,
    "[]": 9,
    "*": 20,
    "[?": 21,
    ".": 40,
    "!": 45,
    "{": 50,
    "[": 55,
    "(": 60,
}
"""Left binding powers, as in the reference grammar; marks that are not here end an expression."""

PROJECTION_STOP = 10
"""Marks that bind weaker than this end the right side of a projection."""


def parse(text: str) -> Node:
    """The syntax tree of a program.

    Raises:
        Refusal: The text is not a JMESPath program, or is too long or nested too deep.
    """
    parser = _Parser(_tokens(text))
    tree = parser.expression(0)
    if parser.peek() != "end":
        raise _malformed(parser.token)
    if _deeper_than(tree, 2 * MAX_NESTING):
        raise Refusal(Status.LIMIT, "too_deep", "The program chains too many steps.")
    return tree


def _deeper_than(tree: Node, limit: int) -> bool:
    """Whether a tree nests deeper than `limit`: a chain such as `a[][][]` nests to the left without brackets."""
    level: list[Node] = [tree]
    for _ in range(limit):
        level = [part for node in level for part in node if isinstance(part, tuple)]
        if not level:
            return False
    return True


def holds_container_literal(node: Any) -> bool:
    """Whether an array or object literal stands anywhere in a tree."""
    if not isinstance(node, tuple):
        return False
    if node[:1] == ("literal",):
        return isinstance(node[1], (list, dict))
    return any(holds_container_literal(part) for part in node)


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _malformed(Token("?", text[at], at))
        kind = str(match.lastgroup)
        if kind != "space":
            value = match[0]
            found.append(Token(value if kind == "mark" else kind, _token_value(kind, value, at), at))
        if len(found) > MAX_TOKENS:
            raise Refusal(Status.LIMIT, "too_long", f"The program has more than {MAX_TOKENS} tokens.")
        at = match.end()
    found.append(Token("end", "", at))
    return found


def _token_value(kind: str, text: str, at: int) -> Any:
    if kind == "number":
        if len(text) > 10:
            raise _malformed(Token(kind, text, at))
        return int(text)
    if kind == "raw":
        return text[1:-1].replace("\\'", "'")
    if kind == "quoted":
        try:
            return json.loads(text)
        except ValueError as error:
            raise _malformed(Token(kind, text, at)) from error
    if kind == "literal":
        inside = text[1:-1].replace("\\`", "`")
        for form in (inside, f'"{inside.lstrip()}"'):  # text without its quotes is deprecated (JEP-12), and common
            with contextlib.suppress(Refusal):
                return read_json(form)
        raise _malformed(Token(kind, text, at))
    return text


class _Parser:
    """Top-down operator precedence over the tokens."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def peek(self) -> str:
        """The kind of the token that comes next."""
        return self.tokens[self.at].kind

    def advance(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def expect(self, kind: str) -> Token:
        if self.peek() != kind:
            raise _malformed(self.token)
        return self.advance()

    def expression(self, power: int) -> Node:
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise Refusal(Status.LIMIT, "too_deep", f"The program nests deeper than {MAX_NESTING} levels.")
        left = self.prefix(self.advance())
        while power < BINDING.get(self.peek(), 0):
            left = self.infix(self.advance(), left)
        self.depth -= 1
        return left

    def prefix(self, token: Token) -> Node:
        match token.kind:
            case "name":
                return self.name_or_call(token)
            case "quoted":
                if self.peek() == "(":
                    raise _malformed(self.token)
                return ("field", token.value)
            case "literal" | "raw":
                return ("literal", token.value)
            case "@":
                return ("current",)
            case "*":
                return ("values", ("current",), self.projection_tail(20))
            case "[]":
                return ("project", ("flatten", ("current",)), self.projection_tail(9))
            case "[?":
                return self.filter(("current",))
            case "[":
                return self.bracket()
            case "{":
                return self.hash()
            case "!":
                return ("not", self.expression(45))
            case "&":
                return ("reference", self.expression(0))
            case "(":
                inner = self.expression(0)
                self.expect(")")
                return inner
            case _:
                raise _malformed(token)

    def name_or_call(self, token: Token) -> Node:
        if self.peek() != "(":
            return ("field", token.value)
        self.advance()
        arguments: list[Node] = []
        while self.peek() != ")":
            arguments.append(self.expression(0))
            if self.peek() != ")":
                self.expect(",")
                if self.peek() == ")":
                    raise _malformed(self.token)
        self.advance()
        return ("call", token.value, tuple(arguments))

    def infix(self, token: Token, left: Node) -> Node:
        match token.kind:
            case ".":
                if self.peek() == "*":
                    self.advance()  # as jmespath.py and jmespath.js have it: `a.*.b.c` is `(a.*.b).c`
                    return ("values", left, self.projection_tail(40))
                return ("then", left, self.after_dot(40))
            case "|":
                return ("then", left, self.expression(1))
            case "||":
                return ("or", left, self.expression(2))
            case "&&":
                return ("and", left, self.expression(3))
            case "[]":
                return ("project", ("flatten", left), self.projection_tail(9))
            case "[?":
                return self.filter(left)
            case "[":
                if self.peek() == "*" and self.tokens[self.at + 1].kind == "]":
                    self.at += 2
                    return ("project", left, self.projection_tail(20))
                return self.index(left)
            case "==" | "!=" | "<" | "<=" | ">" | ">=":
                return ("compare", token.kind, left, self.expression(5))
            case _:
                raise _malformed(token)

    def after_dot(self, power: int) -> Node:
        """What may follow a dot: a name, a call, or a multi-select."""
        token = self.token
        if token.kind in ("name", "quoted", "*"):
            return self.expression(power)
        self.advance()
        if token.kind == "[":
            return self.select_list()
        if token.kind == "{":
            return self.hash()
        raise _malformed(token)

    def projection_tail(self, power: int) -> Node:
        """The right side of a projection, applied to each element."""
        kind = self.peek()
        if BINDING.get(kind, 0) < PROJECTION_STOP:
            return ("current",)
        if kind in ("[", "[?"):
            return self.expression(power)
        if kind == ".":
            self.advance()
            return self.after_dot(power)
        raise _malformed(self.token)

    def filter(self, left: Node) -> Node:
        condition = self.expression(0)
        self.expect("]")
        return ("project", ("filter", left, condition), self.projection_tail(21))

    def bracket(self) -> Node:
        """`[` at the start of an expression: an index, a slice, a wildcard or a multi-select list."""
        if self.peek() in ("number", ":"):
            return self.index(("current",))
        if self.peek() == "*" and self.tokens[self.at + 1].kind == "]":
            self.at += 2
            return ("project", ("current",), self.projection_tail(20))
        return self.select_list()

    def index(self, left: Node) -> Node:
        parts: list[int | None] = [None]
        while self.peek() != "]":
            token = self.advance()
            if token.kind == ":" and len(parts) < 3:
                parts.append(None)
            elif token.kind == "number" and parts[-1] is None:
                parts[-1] = token.value
            else:
                raise _malformed(token)
        closing = self.advance()
        if len(parts) == 1:
            if parts[0] is None:
                raise _malformed(closing)
            return ("index", left, parts[0])
        return ("project", ("slice", left, *parts, *[None] * (3 - len(parts))), self.projection_tail(20))

    def select_list(self) -> Node:
        items = [self.expression(0)]
        while self.peek() != "]":
            self.expect(",")
            items.append(self.expression(0))
        self.advance()
        return ("list", tuple(items))

    def hash(self) -> Node:
        pairs: list[tuple[str, Node]] = []
        while True:
            key = self.advance()
            if key.kind not in ("name", "quoted"):
                raise _malformed(key)
            self.expect(":")
            pairs.append((key.value, self.expression(0)))
            if self.peek() == "}":
                self.advance()
                return ("hash", tuple(pairs))
            self.expect(",")


def _malformed(token: Token) -> Refusal:
    return Refusal(Status.MALFORMED, "syntax_error", f"The program has a syntax error at character {token.at + 1}.")
