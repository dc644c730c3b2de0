"""Lists: expressions between commas, semicolons, "and" and "or", up to whatever closes them."""

from __future__ import annotations

from assay.verifiers.math.grammar.cursor import Cursor, Steps
from assay.verifiers.math.grammar.operands import argument
from assay.verifiers.math.grammar.pratt import expression
from assay.verifiers.math.grammar.symbols import defined_function
from assay.verifiers.math.lexer import END
from assay.verifiers.math.limits import ITEMS, LimitError, UnreadableError
from assay.verifiers.math.tree import Call, Node, Num, Qty, Seq, div
from assay.verifiers.math.vocabulary import CLOSING_COMMANDS, SEPARATOR_WORDS

_CLOSERS = frozenset([")", "]", "}", r"\}", "&", r"\\"])


def separated(c: Cursor, *, whole: bool = False) -> Steps[Node]:
    """Items between separators; a single one is itself. `whole` says that they are the whole answer."""
    start = c.position
    found, joined = yield from items(c, whole=whole)
    if not found:
        raise UnreadableError("nothing to read")
    if len(found) == 1:
        return found[0]
    is_sum = whole and len(found) == 2 and c.peek(start + 1 - c.position).text.strip() == "and"
    return Seq(joined, tuple(found), _mixed(found) if is_sum else None)


def _mixed(found: list[Node]) -> Node | None:
    """The mixed number that `2 and 1/3` or `2 and 1/3 cups` may mean; None if it can be a list only."""
    whole, share = found
    unit = share.unit if isinstance(share, Qty) else None
    share = share.value if isinstance(share, Qty) else share
    if not (isinstance(whole, Num) and whole.value.denominator == 1 and whole.value > 0 and whole.places is None):
        return None
    if not (isinstance(share, Num) and share.places is None and 0 < share.value < 1):
        return None
    number = Num(whole.value + share.value)
    return number if unit is None else Qty(number, unit)


def items(c: Cursor, *, whole: bool = False) -> Steps[tuple[list[Node], str]]:
    """Items up to a closer or the end, and how they were joined ("list" or "or")."""
    found: list[Node] = []
    joined = "list"
    while True:
        while separator := _separator(c):
            joined = "or" if separator == "or" else joined
        if _closed(c):
            break
        if len(found) >= ITEMS:
            raise LimitError("too_many_items", "The answer lists too many things.")
        head: Node | None = None
        if whole:
            head = yield from defined_function(c)
        item: Node = yield from expression(c, 0, head)
        if c.at_command("over", "choose"):
            item = yield from _stacked(c, item)
        found.append(item)
        separator = _separator(c)
        if not separator:
            if _closed(c):
                break
            raise UnreadableError(f"unexpected {c.peek().text!r}")
        joined = "or" if separator == "or" else joined
    if joined == "or" and len(found) < 2:
        raise UnreadableError("an 'or' with nothing on one side")
    return found, joined


def _stacked(c: Cursor, top: Node) -> Steps[Node]:
    r"""`{a \over b}` and `{n \choose k}`: everything before against everything behind."""
    name = c.take().text
    bottom: Node = yield from expression(c, 0)
    return div(top, bottom) if name == "over" else Call("binom", (top, bottom))


def _closed(c: Cursor) -> bool:
    token = c.peek()
    if token is END:
        return True
    if token.kind == "OP":
        return (
            token.text in _CLOSERS
            or (c.turned > 0 and token.text == "[")
            or (c.bars > 0 and token.text in ("|", r"\|", ":"))
        )
    return token.kind == "CMD" and (
        token.text in CLOSING_COMMANDS or token.text.startswith("end:") or (c.bars > 0 and token.text == "mid")
    )


def _separator(c: Cursor) -> str:
    """Take one separator, if one stands here."""
    token = c.peek()
    found = ""
    if token.kind == "OP":
        found = "list" if token.text in (",", ";") else ""
    elif token.kind in ("LET", "CMD"):
        found = SEPARATOR_WORDS.get(token.text, "")
    elif token.kind == "TEXT":
        found = SEPARATOR_WORDS.get(token.text.strip(" ,;.").lower(), "")
    if found:
        c.position += 1
    return found


def arguments(c: Cursor) -> Steps[list[Node]]:
    """A bracketed list behind a function's name, or one LaTeX argument."""
    if c.at("("):
        c.take()
        bars, c.bars = c.bars, 0
        found: list[Node]
        found, _ = yield items(c)
        c.bars = bars
        c.expect(")")
        if not found:
            raise UnreadableError("a function without arguments")
        return found
    node: Node = yield from argument(c)
    return [node]
