"""Whatever stands between brackets, bars or the two ends of an environment."""

from __future__ import annotations

from assay.verifiers.math.grammar.cursor import Cursor, Steps
from assay.verifiers.math.grammar.lists import items, separated
from assay.verifiers.math.grammar.numerals import based, take_base
from assay.verifiers.math.grammar.pratt import expression
from assay.verifiers.math.lexer import END
from assay.verifiers.math.limits import UnreadableError
from assay.verifiers.math.tree import Call, Const, Interval, Matrix, Node, Seq, Where

_ENVIRONMENTS = frozenset(
    ["matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "psmallmatrix", "bsmallmatrix",
     "array"]
)  # fmt: skip


def bracket(c: Cursor) -> Steps[Node]:
    """A piece that starts with a bracket or a bar."""
    opener = c.take().text
    node: Node
    if opener == r"\{":
        node = yield from braces(c, r"\}")
    elif opener == "{":
        if digits := _only_digits(c, "}"):
            return based(digits, take_base(c))
        bars, c.bars = c.bars, 0
        node = yield separated(c)
        c.bars = bars
        c.expect("}")
    elif opener in ("|", r"\|"):
        node = yield from barred(c, opener)
    elif opener in ("(", "[", "]"):
        if opener == "(" and (digits := _only_digits(c, ")")):
            return based(digits, take_base(c))
        node = yield from _round_or_square(c, opener)
    else:
        raise UnreadableError(f"unexpected {opener!r}")
    return node


def barred(c: Cursor, opener: str) -> Steps[Node]:
    """The inside of |...|: a size, or a determinant."""
    bars, c.bars = c.bars, 1
    inner: Node = yield separated(c)
    c.bars = bars
    if c.at_command("mid"):
        c.take()
    else:
        c.expect(opener)
    if isinstance(inner, Matrix):
        return Call("det", (inner,))
    return Call("abs" if opener == "|" else "norm", (inner,))


def _round_or_square(c: Cursor, opener: str) -> Steps[Node]:
    """A bracketed expression, a tuple, or an interval."""
    bars, c.bars = c.bars, 0
    turned, c.turned = c.turned, int(opener == "]")
    found: list[Node]
    found, joined = yield items(c)
    c.bars, c.turned = bars, turned
    closers = ("]", ")") if opener != "]" else ("[", "]", ")")
    if not c.at(*closers) or not found:
        raise UnreadableError("an unclosed bracket")
    closer = c.take().text
    if len(found) == 2 and joined == "list" and (opener != "(" or closer != ")"):
        return Interval(found[0], found[1], opener == "[", closer == "]")
    if opener == "]" or (opener == "(") != (closer == ")"):
        raise UnreadableError("brackets that do not match")
    if len(found) == 1:
        return found[0]
    if joined == "or":
        return Seq("or", tuple(found))
    return Seq("tuple" if opener == "(" else "bracket", tuple(found))


def _only_digits(c: Cursor, closer: str) -> str:
    """Take `1011)` of a numeral in brackets with a base behind it."""
    token = c.peek()
    if token.kind == "NUM" and c.texts(2, 1) == [closer, "_"]:
        c.position += 2
        return token.text
    return ""


def braces(c: Cursor, closer: str) -> Steps[Node]:
    """The inside of a set, up to `closer` (an operator, or a command without its backslash)."""
    bars, c.bars = c.bars, c.bars + 1
    found: list[Node]
    conditions: list[Node]
    found, _ = yield items(c)
    if (c.at("|", ":") or c.at_command("mid")) and len(found) == 1:
        c.take()
        c.bars = bars
        conditions, _ = yield items(c)
        _close(c, closer)
        return Where(found[0], conditions[0] if len(conditions) == 1 else Seq("list", tuple(conditions)))
    c.bars = bars
    _close(c, closer)
    return Seq("set", tuple(found)) if found else Const("empty")


def _close(c: Cursor, closer: str) -> None:
    if not (c.at(closer) or c.at_command(closer)):
        raise UnreadableError(f"expected {closer!r}")
    c.take()


_FENCES = {"lfloor": "floor", "lceil": "ceil", "lvert": "abs", "lVert": "norm"}
FENCES = frozenset([*_FENCES, "langle", "lbrace", "lbrack"])
"""Commands that open a bracket."""


def fenced(c: Cursor, name: str) -> Steps[Node]:
    r"""What `\lfloor` and its like open."""
    node: Node
    if name == "lbrace":
        node = yield from braces(c, "rbrace")
        return node
    bars, c.bars = c.bars, 0
    found: list[Node]
    found, _ = yield items(c)
    c.bars = bars
    closer = "r" + name[1:]
    if not c.at_command(closer) or not found:
        raise UnreadableError(f"expected \\{closer}")
    c.take()
    if name == "langle":
        return Seq("tuple", tuple(found))
    if name == "lbrack":
        if len(found) == 2:
            return Interval(found[0], found[1], True, True)
        return found[0] if len(found) == 1 else Seq("bracket", tuple(found))
    if len(found) != 1:
        raise UnreadableError("several things between bars")
    return Call(_FENCES[name], (found[0],))


def environment(c: Cursor, name: str) -> Steps[Node]:
    """A matrix or a determinant; `cases` and other environments are not answers we read."""
    if name not in _ENVIRONMENTS:
        raise UnreadableError(f"unknown environment {name}")
    rows: list[list[Node]] = [[]]
    while not c.at_command(f"end:{name}"):
        if c.peek() is END:
            raise UnreadableError("an unclosed matrix")
        if c.at("&") or c.at_command("hline"):
            c.take()
        elif c.at(r"\\"):
            c.take()
            rows.append([])
        else:
            cell: Node = yield expression(c)
            rows[-1].append(cell)
            if not (c.at("&", r"\\") or c.at_command(f"end:{name}")):
                raise UnreadableError("a matrix entry that does not end")
    c.take()
    full = [tuple(row) for row in rows if row]
    if not full or any(len(row) != len(full[0]) for row in full):
        raise UnreadableError("rows of different lengths")
    matrix = Matrix(tuple(full))
    return Call("det", (matrix,)) if name == "vmatrix" else matrix
