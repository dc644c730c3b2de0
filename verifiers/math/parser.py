r"""The reader: tokens to tree, by precedence climbing.

Loosest first: separators (`,` `;` and, or), relations, set operations, `:`, sums, products (implicit ones too), signs,
powers, postfix. Recursion follows nesting only and is capped at `limits.DEPTH`, so nothing in a response can exhaust
the stack; chains of operators and signs are loops. Notation that LaTeX and people read differently is read as people
mean it (`2^10` is 1024, `\sqrt51` is the root of 51), except `\frac123`, read as LaTeX prints it (three halves).
"""

from __future__ import annotations

from fractions import Fraction

from assay.verifiers.math.lexer import END, Token, lex
from assay.verifiers.math.limits import (
    DEPTH,
    ITEMS,
    LITERAL_DIGITS,
    LITERAL_EXPONENT,
    PARSER_DEPTH,
    LimitError,
    UnreadableError,
)
from assay.verifiers.math.tree import (
    MINUS_ONE,
    ONE,
    Add,
    Based,
    Binder,
    Call,
    Const,
    Interval,
    Matrix,
    Mul,
    Node,
    Num,
    PlusMinus,
    Pow,
    Qty,
    Ratio,
    Rel,
    Root,
    Seq,
    SetOp,
    Sym,
    Where,
    depth,
    div,
    neg,
)
from assay.verifiers.math.units import DEGREE, KNOWN, MULTIPLIERS, PERCENT, PLAIN, read_unit
from assay.verifiers.math.vocabulary import (
    BASE_WORDS,
    BRACKETED,
    FUNCTIONS,
    GREEK,
    INVERSE,
    MARKS,
    PLAIN_GREEK,
    RELATIONS,
    SAME_LETTER,
    SEPARATOR_WORDS,
)

_CURRENCIES = {"dollar": "dollar", "euro": "euro", "pound": "gbp", "yen": "yen", "rupee": "rupee"}
_HEADS = frozenset("fghFGH")
_CLOSERS = frozenset([")", "]", "}", r"\}"])
_CLOSING_COMMANDS = frozenset(["rfloor", "rceil", "rvert", "rVert", "rangle", "rbrace", "rbrack", "rgroup"])
_DIRECT_FRACTIONS = frozenset(["frac", "tfrac", "dfrac", "cfrac"])
_SETS = frozenset("RZQNC")


def parse(text: str) -> Node:
    """Read a normalised answer.

    Raises:
        UnreadableError: It is not mathematics in any notation we read.
        LimitError: It is larger or deeper than the limits.
    """
    parser = _Parser(lex(text))
    node = parser.separated()
    if parser.peek() is not END:
        raise UnreadableError(f"unexpected {parser.peek().text!r}")
    if depth(node) > PARSER_DEPTH:
        raise LimitError("too_deep", "The answer is nested too deeply.")
    return node


def number(text: str) -> Num:
    """The exact value of a number literal: decimals, grouped thousands, recurring decimals, scientific notation."""
    grouped = "," in text or " " in text
    text = text.replace(",", "").replace(" ", "")
    exponent = 0
    for mark in "eE":
        if mark in text:
            text, _, power = text.partition(mark)
            exponent = int(power) if len(power) < 9 else LITERAL_EXPONENT + 1
            if abs(exponent) > LITERAL_EXPONENT:
                raise LimitError("number_too_large", "The answer contains a number that is too large.")
    repeat = ""
    if "(" in text:
        text, _, repeat = text[:-1].partition("(")
    if len(text) > LITERAL_DIGITS:
        raise LimitError("too_many_digits", "The answer contains a number with too many digits.")
    whole, point, decimals = text.partition(".")
    value = Fraction(int(whole + decimals or "0"), 10 ** len(decimals))
    if repeat:
        value += Fraction(int(repeat), 10 ** len(decimals) * (10 ** len(repeat) - 1))
    if exponent:
        value *= Fraction(10) ** exponent
    return Num(value, len(decimals) if (point and decimals and not repeat and not exponent) else None, grouped)


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.position = 0
        self.depth = 0
        self.clock = any(token.text == ":" for token in tokens)
        self.bars = 0  # open |...| and set-builders: a bar in operator position closes them
        self.reversed = 0  # open ]a, b[
        self.integrals = 0  # inside an integral: a "d" before a letter ends the body

    # --- tokens -------------------------------------------------------------------------------------------------

    def peek(self, ahead: int = 0) -> Token:
        index = self.position + ahead
        return self.tokens[index] if index < len(self.tokens) else END

    def take(self) -> Token:
        token = self.peek()
        self.position += 1
        return token

    def at(self, *texts: str) -> bool:
        token = self.peek()
        return token.kind == "OP" and token.text in texts

    def at_command(self, *names: str) -> bool:
        token = self.peek()
        return token.kind == "CMD" and token.text in names

    def expect(self, *texts: str) -> Token:
        if not self.at(*texts):
            raise UnreadableError(f"expected {texts[0]!r}, got {self.peek().text!r}")
        return self.take()

    def replace(self, text: str) -> None:
        """Shorten the current token to what is left of it."""
        self.tokens[self.position] = Token(self.peek().kind, text, False)

    def enter(self) -> None:
        self.depth += 1
        if self.depth > PARSER_DEPTH:
            raise LimitError("too_deep", "The answer is nested too deeply.")

    # --- separators ---------------------------------------------------------------------------------------------

    def separated(self, kind: str = "list") -> Node:
        """Items between separators; a single one is itself."""
        items, joined = self.items()
        if not items:
            raise UnreadableError("nothing to read")
        return items[0] if len(items) == 1 else Seq("or" if joined == "or" else kind, tuple(items))

    def items(self) -> tuple[list[Node], str]:
        """Items up to a closer or the end, and how they were joined ("list" or "or")."""
        self.enter()
        items: list[Node] = []
        joined = "list"
        while True:
            while separator := self.separator():
                joined = "or" if separator == "or" else joined
            if self.closed():
                break
            if len(items) >= ITEMS:
                raise LimitError("too_many_items", "The answer lists too many things.")
            items.append(self.relation())
            separator = self.separator()
            if not separator:
                if self.closed():
                    break
                raise UnreadableError(f"unexpected {self.peek().text!r}")
            joined = "or" if separator == "or" else joined
        self.depth -= 1
        return items, joined

    def closed(self) -> bool:
        token = self.peek()
        return (
            token is END
            or (token.kind == "OP" and (token.text in _CLOSERS or token.text in ("&", r"\\")))
            or (token.kind == "OP" and self.reversed > 0 and token.text == "[")
            or (token.kind == "OP" and self.bars > 0 and token.text in ("|", r"\|", ":"))
            or (token.kind == "CMD" and (token.text in _CLOSING_COMMANDS or token.text.startswith("end:")))
            or (token.kind == "CMD" and self.bars > 0 and token.text == "mid")
        )

    def separator(self) -> str:
        """Take one separator, if one stands here."""
        token = self.peek()
        found = ""
        if token.kind == "OP" and token.text in (",", ";"):
            found = "list"
        elif token.kind in ("LET", "CMD"):
            found = SEPARATOR_WORDS.get(token.text, "")
        elif token.kind == "TEXT":
            found = SEPARATOR_WORDS.get(token.text.strip(" ,;.").lower(), "")
        if found:
            self.position += 1
        return found

    # --- relations ----------------------------------------------------------------------------------------------

    def relation(self) -> Node:
        head = self.function_head()
        items: list[Node] = [head if head is not None else self.sets()]
        ops: list[str] = []
        while op := self.relation_op():
            items.append(self.sets())
            ops.append(op)
        if self.at_command("pmod") and "==" in ops:
            self.take()
            items.append(self.argument())
            ops.append("mod")
        return Rel(tuple(items), tuple(ops)) if ops else items[0]

    def relation_op(self) -> str:
        token = self.peek()
        if token.kind == "OP" and token.text == ":" and self.peek(1).text == "=":
            self.position += 2
            return "="
        if token.kind == "OP" and token.text in RELATIONS:
            self.position += 1
            if token.text in "<>" and self.at("="):
                self.take()
                return RELATIONS[token.text + "="]
            return RELATIONS[token.text]
        if token.kind == "CMD" and token.text == "not" and self.peek(1).text in ("=", "in"):
            self.position += 2
            return "!=" if self.peek(-1).text == "=" else "notin"
        if token.kind == "CMD" and token.text in RELATIONS and not (token.text == "mid" and self.bars):
            self.position += 1
            return RELATIONS[token.text]
        if token.kind == "LET" and token.text == "in" and self.peek(1).text in ("(", "[", r"\{"):
            self.position += 1
            return "in"
        return ""

    def after_marks(self, ahead: int) -> int:
        """How far ahead the token after primes, `^` and `_` groups stands; a scan, no parsing."""
        while True:
            text = self.peek(ahead).text
            if text in ("'", "prime"):
                ahead += 1
            elif text in ("^", "_"):
                ahead += 1
                if self.peek(ahead).text == "{":
                    depth = 0
                    while self.peek(ahead) is not END:
                        depth += {"{": 1, "}": -1}.get(self.peek(ahead).text, 0)
                        ahead += 1
                        if depth == 0:
                            break
                else:
                    ahead += 1
            else:
                return ahead

    def function_head(self) -> Node | None:
        """`P(x) =` at the start of a relation defines a function, whatever the letter."""
        token, start = self.peek(), self.position
        if self.depth > 1 or self.peek(self.after_marks(1)).text != "(":
            return None
        if not (
            (token.kind == "LET" and len(token.text) == 1 and token.text not in "ei")
            or (token.kind == "CMD" and token.text in GREEK)
        ):
            return None
        name = self.symbol_name()
        marked = self.marks(name)
        arguments: list[Node] = []
        if self.at("("):
            self.take()
            while self.peek().kind == "LET" and len(self.peek().text) == 1:
                arguments.append(Sym(self.take().text))
                if not self.at(","):
                    break
                self.take()
            if arguments and self.at(")") and self.peek(1).text in ("=", r"="):
                self.take()
                return Call("apply:" + _symbol_text(marked), tuple(arguments))
        self.position = start
        return None

    # --- sets and ratios ----------------------------------------------------------------------------------------

    def sets(self) -> Node:
        parts: list[Node] = [self.ratio()]
        op = ""
        while self.at_command("cup", "cap", "setminus", "backslash", "bigcup", "smallsetminus"):
            name = {"cup": "union", "bigcup": "union", "cap": "inter"}.get(self.take().text, "minus")
            right = self.ratio()
            if op and (name != op or op == "minus"):
                parts = [SetOp(op, tuple(parts))]
            op = name
            parts.append(right)
        return SetOp(op, tuple(parts)) if op else parts[0]

    def ratio(self) -> Node:
        start = self.position
        first = self.sum()
        if self.bars or not self.at(":") or self.peek(1).text == "=":
            return first
        parts = [first]
        while self.at(":"):
            self.take()
            parts.append(self.sum())
        texts = [token.text for token in self.tokens[start : self.position] if token.text != ":"]
        clock = (
            2 <= len(texts) == len(parts) <= 3
            and all(text.isdecimal() for text in texts)
            and len(texts[0]) <= 2
            and int(texts[0]) <= 24
            and all(len(text) == 2 and int(text) < 60 for text in texts[1:])
        )
        suffix = ""
        value = parts[-1]
        if isinstance(value, Qty):
            raise UnreadableError("a unit inside a ratio")
        token = self.peek()
        if clock and token.kind in ("TEXT", "LET"):
            word = token.text.lower().replace(".", "").replace(" ", "")
            if word in ("am", "pm"):
                suffix = word
                self.take()
        return Ratio(tuple(parts), clock, suffix)

    # --- sums and products --------------------------------------------------------------------------------------

    def sum(self) -> Node:
        terms: list[Node] = []
        left: Node | None = None
        sign = self.signs()
        if isinstance(sign, str):
            left = PlusMinus(None, self.product(), 1 if sign == "pm" else -1)
        else:
            term = self.product()
            left = _negative(term) if sign < 0 else term
        terms.append(left)
        while True:
            if self.at("+", "-"):
                sign = self.signs()
                if isinstance(sign, str):
                    raise UnreadableError("a sign before ±")
                term = self.product()
                if sign < 0 and len(terms) == 1 and _is_set(terms[0]) and _is_set(term):
                    terms = [SetOp("minus", (terms[0], term))]
                else:
                    terms.append(_negative(term) if sign < 0 else term)
            elif self.at_command("pm", "mp"):
                first = 1 if self.take().text == "pm" else -1
                terms = [PlusMinus(_total(terms), self.product(), first)]
            else:
                break
        return _total(terms)

    def signs(self) -> int | str:
        """A run of signs: its product, or "pm"/"mp"."""
        sign = 1
        while True:
            if self.at("-"):
                sign = -sign
            elif self.at_command("pm", "mp"):
                return self.take().text if sign > 0 else ("mp" if self.take().text == "pm" else "pm")
            elif not self.at("+"):
                return sign
            self.take()

    def product(self) -> Node:
        factors: list[Node] = []
        units: list[Qty] = []
        value = self.power()
        while True:
            if isinstance(value, Qty):
                units.append(value)
                value = value.value
            factors.append(value)
            if self.at("*") or self.at_command("times", "cdot", "ast", "star"):
                self.take()
                value = self.signed_power()
            elif self.at("/") or self.at_command("div"):
                self.take()
                value = self.signed_power()
                if isinstance(value, Qty):
                    raise UnreadableError("division by a quantity")
                if len(factors) == 1 and isinstance(factors[0], Num) and isinstance(value, Num):
                    value = div(factors.pop(), value)
                else:
                    value = Pow(value, MINUS_ONE)
            elif self.starts_operand():
                previous = self.peek(-1)
                if self.peek().kind == "NUM" and previous.kind == "NUM":
                    raise UnreadableError("two numbers side by side")
                value = self.power()
                if isinstance(value, Num) and self.tokens_are_digits(previous):
                    raise UnreadableError("two numbers side by side")
                if isinstance(value, Qty) and units and len(factors) == 1:
                    return self.compound(Qty(factors[0], units[0].unit), value)
            else:
                break
        node = factors[0] if len(factors) == 1 else _product(factors)
        if not units:
            return node
        if len(units) > 1:
            raise UnreadableError("several units")
        return Qty(_scalar(node), units[0].unit)

    def tokens_are_digits(self, previous: Token) -> bool:
        return previous.kind == "NUM" and self.peek(-1).kind == "NUM"

    def compound(self, first: Qty, second: Qty) -> Node:
        """Quantities side by side, such as 2 hours 30 minutes or 5 feet 3 inches: their sum, in the first unit."""
        one, two = first.unit, second.unit
        if (
            one.dimension != two.dimension
            or not one.dimension
            or one.scale <= two.scale
            or one.scale_pi != two.scale_pi
        ):
            raise UnreadableError("two quantities side by side")
        return Qty(Add((first.value, Mul((Num(two.scale / one.scale), second.value)))), one)

    def signed_power(self) -> Node:
        sign = self.signs()
        if isinstance(sign, str):
            return PlusMinus(None, self.power(), 1 if sign == "pm" else -1)
        return self.power() if sign > 0 else _negative(self.power())

    def starts_operand(self) -> bool:
        """Whether the next token begins a factor of an implicit product."""
        token = self.peek()
        match token.kind:
            case "NUM":
                return True
            case "LET":
                if token.text.lower() in ("am", "pm") and self.clock:
                    return False
                return (
                    token.text not in SEPARATOR_WORDS
                    and not (token.text == "in" and self.peek(1).text in ("(", "[", r"\{"))
                    and not (self.integrals and token.text[0] == "d" and len(token.text) <= 2)
                )
            case "TEXT":
                word = token.text.strip(" ,;.").lower()
                return word not in SEPARATOR_WORDS and word.replace(".", "") not in ("am", "pm")
            case "CMD":
                return not (
                    token.text in RELATIONS
                    or token.text in SEPARATOR_WORDS
                    or token.text in _CLOSING_COMMANDS
                    or token.text.startswith("end:")
                    or token.text
                    in ("pm", "mp", "times", "cdot", "div", "ast", "cup", "cap", "setminus", "backslash", "pmod", "mod",
                        "bmod", "not", "bigcup", "smallsetminus", "degree", "prime", "choose")
                )  # fmt: skip
            case "OP":
                return (
                    token.text in ("(", "{")
                    or (token.text == "[" and not self.reversed)
                    or (token.text == "|" and not self.bars)
                )
            case _:
                return False

    # --- powers and postfix -------------------------------------------------------------------------------------

    def power(self) -> Node:
        """An atom with everything that stands after it; `^` chains to the right without recursion."""
        chain = [self.postfix(self.atom())]
        while self.at("^", "**"):
            self.take()
            chain.append(self.exponent())
            if len(chain) > DEPTH:
                raise LimitError("too_deep", "The answer is nested too deeply.")
            chain[-1] = self.postfix(chain[-1], exponent=True)
        node = chain.pop()
        while chain:
            node = Pow(_scalar(chain.pop()), _scalar(node))
        if self.at("!") or self.at("%", r"\%") or self.peek().kind in ("TEXT", "LET") or self.at_command("degree"):
            node = self.postfix(node)
        return node

    def exponent(self) -> Node:
        if self.at("-", "+") or self.at_command("pm", "mp"):
            sign = self.signs()
            if isinstance(sign, str):
                return PlusMinus(None, self.script(), 1 if sign == "pm" else -1)
            return _negative(self.script()) if sign < 0 else self.script()
        return self.script()

    def script(self) -> Node:
        """What follows `^` or `_`: a group, a bracket, a number, or one symbol."""
        token = self.peek()
        if token.kind == "LET":
            if token.text in FUNCTIONS or token.text in ("pi", "infty", "inf") or token.text in PLAIN_GREEK:
                return self.atom()
            if len(token.text) > 1:
                self.replace(token.text[1:])
                return _letter(token.text[0])
        self.enter()
        node = self.atom()
        self.depth -= 1
        return node

    def postfix(self, node: Node, *, exponent: bool = False) -> Node:
        while True:
            token = self.peek()
            if token.kind == "OP":
                if token.text == "!" and self.peek(1).text != "=":
                    self.take()
                    if isinstance(node, Call) and node.name == "factorial" and self.peek(-2).text == "!":
                        raise UnreadableError("a double factorial")
                    node = Call("factorial", (node,))
                    continue
                if token.text in ("%", r"\%"):
                    if isinstance(node, Qty):
                        raise UnreadableError("two units")
                    self.take()
                    node = Qty(node, PERCENT)
                    continue
                return node
            if exponent or isinstance(node, Qty):
                return node
            if token.kind == "CMD" and token.text in _CURRENCIES and self.peek(1).kind != "NUM" and _countable(node):
                self.take()
                node = Qty(node, KNOWN[_CURRENCIES[token.text]])
                continue
            if token.kind == "CMD" and token.text == "degree":
                self.take()
                after = self.peek()
                if after.kind in ("LET", "TEXT") and after.text in ("C", "F"):
                    self.take()
                    node = Qty(node, KNOWN["celsius" if after.text == "C" else "fahrenheit"])
                else:
                    node = Qty(node, DEGREE)
                continue
            if token.kind in ("TEXT", "LET") and _countable(node):
                found = self.unit(node)
                if found is not None:
                    node = found
                    continue
            return node

    def unit(self, node: Node) -> Node | None:
        """A unit after a number, or None without taking a token."""
        start = self.position
        token = self.peek()
        words: list[str] = []
        plain = token.kind == "LET"
        if token.text.lower().replace(".", "").replace(" ", "") in ("am", "pm"):
            return None
        known = token.text in PLAIN or token.text.lower() in MULTIPLIERS or _wordlike(token.text)
        # One letter counts only as part of a compound such as m/s, set off by a space.
        if plain and not known and not (token.spaced and self.compound_unit()):
            return None
        while True:
            token = self.peek()
            if token.kind == "TEXT":
                if token.text.strip(" ,;.").lower() in SEPARATOR_WORDS:
                    break
                words.append(" " + token.text)
            elif token.kind == "LET" and token.text not in SEPARATOR_WORDS:
                words.append(" " + token.text)
            elif token.kind == "OP" and token.text == "/" and words and self.peek(1).kind in ("TEXT", "LET"):
                words.append("/")
            elif token.kind == "OP" and token.text == "^" and words:
                self.take()
                words.append("^" + self.small_integer())
                continue
            elif token.kind == "CMD" and token.text == "cdot" and self.peek(1).kind == "TEXT":
                words.append("*")
            elif token.kind == "OP" and token.text == "." and words:
                pass
            else:
                break
            self.take()
        if not words:
            return None
        written = "".join(words).strip()
        lowered = written.lower()
        first, _, _rest = lowered.partition(" ")
        if first in MULTIPLIERS:
            node = Mul((node, Num(Fraction(MULTIPLIERS[first]))))
            written = written[len(first) :].strip()
            if not written:
                return node
        unit = read_unit(written)
        if unit is None:
            if plain:
                self.position = start
                return None
            if len(written) == 1:  # 5\text{x}
                self.position = start
                return None
            raise UnreadableError(f"not a unit: {written!r}")
        return Qty(node, unit)

    def compound_unit(self) -> bool:
        """Whether letters, slashes and powers up to the end or a separator spell a known compound unit."""
        parts: list[str] = []
        ahead = 0
        while True:
            token = self.peek(ahead)
            if token.kind not in ("LET", "NUM") and not (token.kind == "OP" and token.text in ("/", "^", "{", "}")):
                break
            parts.append(token.text)
            ahead += 1
        written = "".join(parts)
        return "/" in written and written in _COMPOUNDS

    def small_integer(self) -> str:
        text = ""
        if self.at("{"):
            self.take()
            if self.at("-"):
                text = self.take().text
            text += self.take().text
            self.expect("}")
        else:
            if self.at("-"):
                text = self.take().text
            text += self.take().text
        if not text.removeprefix("-").isdecimal() or len(text) > 2:
            raise UnreadableError("not a power of a unit")
        return text

    # --- atoms --------------------------------------------------------------------------------------------------

    def atom(self) -> Node:
        token = self.peek()
        match token.kind:
            case "NUM":
                return self.numeral()
            case "LET":
                return self.letters()
            case "CMD":
                return self.command()
            case "TEXT":
                self.take()
                return self.subscripted(_text_symbol(token.text))
            case "OP":
                return self.bracket()
            case _:
                raise UnreadableError("the answer ends too early")

    def numeral(self) -> Node:
        token = self.take()
        if self.at("_"):
            return self.based(token.text)
        node = number(token.text)
        if not token.text.isdecimal():
            return node
        after = self.peek()
        if after.kind == "CMD" and after.text in _DIRECT_FRACTIONS:
            mixed = self.try_fraction(node)
            if mixed is not None:
                return mixed
        elif (
            after.kind == "NUM"
            and after.spaced
            and after.text.isdecimal()
            and self.peek(1).text == "/"
            and self.peek(2).kind == "NUM"
            and self.peek(2).text.isdecimal()
            and 0 < int(after.text) < int(self.peek(2).text)
        ):
            self.position += 3
            return Num(node.value + Fraction(int(after.text), int(self.peek(-1).text)))
        return node

    def try_fraction(self, whole: Num) -> Node | None:
        r"""`3\frac{1}{2}` is a mixed number if the fraction is a proper one of two literals."""
        ahead, parts = 1, list[str]()
        while len(parts) < 2:
            braced = self.peek(ahead).text == "{"
            token = self.peek(ahead + braced)
            if token.kind != "NUM" or not token.text.isdecimal() or (braced and self.peek(ahead + 2).text != "}"):
                return None
            if not braced and len(token.text) > 1:
                if parts or len(token.text) > 2:
                    return None
                parts.extend(token.text)  # \frac12
            else:
                parts.append(token.text)
            ahead += 3 if braced else 1
        if len(parts) != 2 or self.peek(ahead).text in ("^", "!") or not 0 < int(parts[0]) < int(parts[1]):
            return None
        self.position += ahead
        return Num(whole.value + Fraction(int(parts[0]), int(parts[1])))

    def based(self, digits: str) -> Node:
        r"""A numeral with a base as its index; `\log_2 8_{10}` and the like are not read."""
        self.take()
        braced = self.at("{")
        if braced:
            self.take()
        bracket = self.at("(")
        if bracket:
            self.take()
        token = self.take()
        name = token.text.strip().lower()
        base = int(name) if token.kind == "NUM" and name.isdecimal() and len(name) <= 2 else BASE_WORDS.get(name, 0)
        if bracket:
            self.expect(")")
        if braced:
            self.expect("}")
        digits = digits.replace(" ", "").replace(",", "")
        if not 2 <= base <= 36 or not digits.isdecimal() or any(int(digit) >= base for digit in digits):
            raise UnreadableError("not a number in that base")
        return Based(digits.lstrip("0") or "0", base)

    def letters(self) -> Node:
        token = self.peek()
        run = token.text
        if run in FUNCTIONS and (len(run) > 2 or run in ("ln", "lg", "tg")):
            self.take()
            return self.function(FUNCTIONS[run])
        if run in BRACKETED:
            self.take()
            return self.bracketed(BRACKETED[run])
        if run in ("pi", "Pi", "PI"):
            self.take()
            return self.subscripted(Const("pi"))
        if run in ("inf", "infinity", "Infinity", "infty", "oo"):
            self.take()
            return Const("inf")
        if run in PLAIN_GREEK:
            self.take()
            return self.subscripted(Sym(run))
        if len(run) > 1:
            for name in (
                "arcsin",
                "arccos",
                "arctan",
                "sqrt",
                "sin",
                "cos",
                "tan",
                "cot",
                "sec",
                "csc",
                "log",
                "ln",
                "exp",
            ):
                if run.startswith(name):
                    rest = run[len(name) :]
                    if len(rest) == 1 or rest in PLAIN_GREEK or rest == "pi":
                        self.replace(rest)
                        return self.function(FUNCTIONS[name]) if name in FUNCTIONS else self.bracketed("sqrt")
            if run.endswith("pi") and len(run) == 3:
                self.tokens[self.position : self.position + 1] = [
                    Token("LET", run[0], token.spaced),
                    Token("LET", "pi", False),
                ]
                return self.letters()
            if _wordlike(run):
                if self.peek(1).text not in ("=", ":", "_") and self.peek(1) is not END:
                    raise UnreadableError(f"a word: {run!r}")
                self.take()
                return self.subscripted(Sym("word:" + run.lower()))
            self.replace(run[1:])
            return _letter(run[0])
        self.take()
        # No one writes a product with 0: x(0) is the value of x at 0, not 0.
        at_zero = self.at("(") and self.peek(1).text == "0" and self.peek(2).text == ")" and run not in ("e", "i")
        if at_zero or (run in _HEADS and (self.at("(") or self.at("^", "'", "_"))):
            applied = self.application(run)
            if applied is not None:
                return applied
        return self.subscripted(_letter(run))

    def application(self, name: str) -> Node | None:
        """`f(x)`, `f'(x)`, `f^{-1}(x)`, `f_1(x)`; None if the letter is not applied to anything."""
        if self.peek(self.after_marks(0)).text != "(":
            return None
        start = self.position
        head = self.marks(Sym(name))
        if not self.at("("):  # f^2(x) is a product
            if head != Sym(name):
                raise UnreadableError("an unreadable function")
            self.position = start
            return None
        self.take()
        saved, self.bars = self.bars, 0
        items, _ = self.items()
        self.bars = saved
        self.expect(")")
        if not items:
            raise UnreadableError("a function without arguments")
        return Call("apply:" + _symbol_text(head), tuple(items))

    def marks(self, node: Sym) -> Sym:
        """Primes, an index and the -1 of an inverse function, as part of a function's name."""
        name, index = node.name, node.index
        while True:
            if self.at("'") or self.at_command("prime"):
                self.take()
                name += "'"
            elif self.at("^") and [self.peek(i).text for i in range(1, 5)] == ["{", "-", "1", "}"]:
                self.position += 5
                name += "^-1"
            elif (
                self.at("^") and self.peek(1).text == "{" and self.peek(2).text == "prime" and self.peek(3).text == "}"
            ):
                self.position += 4
                name += "'"
            elif self.at("_") and index is None:
                self.take()
                index = self.index()
            else:
                return Sym(name, index)

    def subscripted(self, node: Node) -> Node:
        """A symbol with its primes and index; a constant with an index is a symbol of that name."""
        while True:
            if self.at("'") or self.at_command("prime"):
                self.take()
                node = Sym(_symbol_text(node) + "'", node.index if isinstance(node, Sym) else None)
            elif self.at("^") and (
                self.peek(1).text == "prime"
                or (
                    self.peek(1).text == "{"
                    and self.peek(2).text in ("prime", "'")
                    and self.peek(3).text in ("}", "prime")
                )
            ):
                braced = self.peek(1).text == "{"
                self.position += 1 + braced
                count = 0
                while self.at_command("prime") or self.at("'"):
                    self.take()
                    count += 1
                if braced:
                    self.expect("}")
                node = Sym(_symbol_text(node) + "'" * count, node.index if isinstance(node, Sym) else None)
            elif self.at("_"):
                if isinstance(node, Sym) and node.index is not None:
                    raise UnreadableError("two indices")
                self.take()
                node = Sym(_symbol_text(node), self.index())
            else:
                return node

    def index(self) -> Node:
        """What stands in an index: mathematics, or words."""
        if self.at("{"):
            depth, parts = 0, list[str]()
            for ahead in range(1, 40):
                token = self.peek(ahead)
                if token.text == "}" and depth == 0:
                    if parts and all(part for part in parts):
                        self.position += ahead + 1
                        return Sym("text:" + "".join(parts))
                    break
                parts.append(token.text.lower() if token.kind in ("TEXT", "CMD") or len(token.text) > 2 else "")
        return self.script()

    def bracketed(self, name: str) -> Node:
        """A function of plain text: `sqrt(3)`, `abs(x)`, and `sqrt3`."""
        if self.at("("):
            self.take()
            arguments, _ = self.items()
            self.expect(")")
        else:
            arguments = [self.power() if name == "sqrt" and self.peek().kind == "NUM" else self.script()]
        return _call(name, tuple(arguments))

    def function(self, name: str) -> Node:
        """A function with an optional base and exponent before its argument."""
        self.enter()
        exponent: Node | None = None
        base: Node | None = None
        while self.at("^", "_"):
            if self.take().text == "^":
                exponent = self.exponent()
            else:
                base = self.script()
        if exponent == MINUS_ONE and name in INVERSE:
            name, exponent = INVERSE[name], None
        if self.at("("):
            self.take()
            arguments, _ = self.items()
            self.expect(")")
        elif self.at("{"):
            arguments = [self.argument()]
        else:
            sign = self.signs()
            if isinstance(sign, str):
                raise UnreadableError("± in an argument")
            body = self.function_argument()
            arguments = [_negative(body) if sign < 0 else body]
        self.depth -= 1
        arguments = [_radians(argument) for argument in arguments]
        if base is not None:
            if name in ("log", "ln"):
                node: Node = Mul((Call("ln", tuple(arguments)), Pow(Call("ln", (base,)), MINUS_ONE)))
            elif name in ("min", "max"):
                node = _call(f"{name}:{base!r}", tuple(arguments))
            else:
                raise UnreadableError(f"an index on {name}")
        else:
            node = _call(name, tuple(arguments))
        return node if exponent is None else Pow(node, exponent)

    def function_argument(self) -> Node:
        """The implicit product that a function without brackets applies to."""
        factors = [self.power()]
        while self.starts_operand() and not self.starts_function() and not self.at("[", "|"):
            token = self.peek()
            if token.kind == "TEXT" or (token.kind == "NUM" and self.peek(-1).kind == "NUM"):
                break
            factors.append(self.power())
        if len(factors) == 1:
            return factors[0]
        plain = [factor.value if isinstance(factor, Qty) else factor for factor in factors]
        node = Mul(tuple(plain))
        unit = next((factor.unit for factor in factors if isinstance(factor, Qty)), None)
        return node if unit is None else Qty(node, unit)

    def starts_function(self) -> bool:
        token = self.peek()
        if token.kind == "CMD":
            return token.text in FUNCTIONS and token.text != "Gamma"
        return token.kind == "LET" and (
            token.text in FUNCTIONS or any(token.text.startswith(name) for name in ("sin", "cos", "tan", "ln", "log"))
        )

    def argument(self) -> Node:
        """One LaTeX argument: a brace group, or a single symbol or digit."""
        token = self.peek()
        if token.kind == "OP" and token.text == "{":
            return self.group()
        if token.kind == "NUM" and len(token.text) > 1 and token.text[0].isdecimal():
            self.replace(token.text[1:])
            return Num(Fraction(int(token.text[0])))
        if token.kind == "LET" and len(token.text) > 1:
            self.replace(token.text[1:])
            return _letter(token.text[0])
        if token.kind == "LET":
            self.take()
            return _letter(token.text)
        return self.atom()

    def group(self) -> Node:
        """A LaTeX brace group."""
        self.expect("{")
        saved, self.bars = self.bars, 0
        node = self.separated()
        self.bars = saved
        self.expect("}")
        if isinstance(node, Seq | Rel):
            return node
        return node

    def command(self) -> Node:
        self.enter()
        node = self.commanded()
        self.depth -= 1
        return node

    def commanded(self) -> Node:
        token = self.take()
        name = token.text
        if name in _DIRECT_FRACTIONS:
            return self.fraction()
        if name == "sqrt":
            return self.root()
        if name in FUNCTIONS and name != "Gamma":
            return self.function(FUNCTIONS[name])
        if name == "pi":
            return self.subscripted(Const("pi"))
        if name == "infty":
            return Const("inf")
        if name in ("emptyset", "varnothing", "O"):
            return Const("empty")
        if name in ("mathbb", "Bbb"):
            symbol = self.argument()
            if isinstance(symbol, Sym) and symbol.name in _SETS and symbol.index is None:
                return self.decorated_set(symbol.name)
            return self.subscripted(symbol)
        if name in _CURRENCIES:
            unit = KNOWN[_CURRENCIES[name]]
            sign = self.signs()
            if isinstance(sign, str):
                raise UnreadableError("± before an amount")
            value = self.power()
            if isinstance(value, Qty):
                if value.unit != unit:
                    raise UnreadableError("two units")
                value = value.value
            return Qty(_negative(value) if sign < 0 else value, unit)
        if name in ("imath", "jmath"):
            return Const("i") if name == "imath" else Sym("j")
        if name in GREEK:
            if name in ("ldots", "cdots"):
                raise UnreadableError("an ellipsis")
            symbol = Sym(SAME_LETTER.get(name, name))
            if name == "Gamma" and self.at("("):
                self.take()
                items, _ = self.items()
                self.expect(")")
                return Call("Gamma", tuple(items))
            return self.subscripted(symbol)
        if name in MARKS:
            inner = self.argument()
            if isinstance(inner, Sym | Const):
                return self.subscripted(
                    Sym(f"{name}:{_symbol_text(inner)}", inner.index if isinstance(inner, Sym) else None)
                )
            return Call(f"mark:{name}", (inner,))
        if name in ("lfloor", "lceil", "lvert", "lVert", "langle", "lbrace", "lbrack"):
            return self.fenced(name)
        if name in ("binom", "dbinom", "tbinom"):
            top = self.argument()
            return Call("binom", (top, self.argument()))
        if name.startswith("begin:"):
            return self.environment(name.removeprefix("begin:"))
        if name in ("sum", "prod", "int", "lim"):
            return self.binder(name)
        if name in ("mathcal", "mathscr", "mathfrak"):
            inner = self.argument()
            if isinstance(inner, Sym):
                return self.subscripted(Sym(f"{name}:{inner.name}", inner.index))
        raise UnreadableError(f"unknown command \\{name}")

    def decorated_set(self, name: str) -> Node:
        """ℝ with a decoration: ℝ^+ is the open half-line."""
        if self.at("^", "_"):
            start = self.position
            self.take()
            braced = self.at("{")
            if braced:
                self.take()
            if self.at("+", "-"):
                sign = self.take().text
                if braced:
                    self.expect("}")
                if name == "R":
                    infinity = Const("inf")
                    if sign == "+":
                        return Interval(Num(Fraction(0)), infinity, False, False)
                    return Interval(neg(infinity), Num(Fraction(0)), False, False)
                return Const(name + sign)
            self.position = start
        return Const(name)

    def fraction(self) -> Node:
        start = self.position
        top = self.argument()
        bottom = self.argument()
        if isinstance(top, Seq | Rel) or isinstance(bottom, Seq | Rel):
            raise UnreadableError("a list inside a fraction")
        units = _text_fraction(self.tokens[start : self.position])
        if units is not None:
            unit = read_unit(units)
            if unit is None:
                raise UnreadableError("words in a fraction")
            return Qty(ONE, unit)
        if _is_differential(top, alone=True) and _is_differential(bottom, alone=False):
            return Call("deriv", (top, bottom))
        if isinstance(bottom, Qty):
            raise UnreadableError("a unit in a denominator")
        if isinstance(top, Qty):
            return Qty(div(top.value, bottom), top.unit)
        return div(top, bottom)

    def root(self) -> Node:
        degree = 2
        symbolic: Node | None = None
        if self.at("["):
            self.take()
            inner = self.separated()
            self.expect("]")
            if isinstance(inner, Num) and inner.value.denominator == 1 and 2 <= inner.value <= 1000:
                degree = int(inner.value)
            else:
                symbolic = inner
        token = self.peek()
        if token.kind == "NUM":
            self.take()
            radicand: Node = number(token.text)
        elif token.kind == "OP" and token.text == "(":
            radicand = self.bracket()
        else:
            radicand = self.argument()
        if symbolic is not None:
            return Pow(radicand, Pow(symbolic, MINUS_ONE))
        return Root(_scalar(radicand), degree)

    def fenced(self, name: str) -> Node:
        if name == "lbrace":
            return self.braces(("rbrace",))
        saved, self.bars = self.bars, 0
        items, _ = self.items()
        self.bars = saved
        closer = "r" + name[1:]
        if not self.at_command(closer) or not items:
            raise UnreadableError(f"expected \\{closer}")
        self.take()
        if name == "langle":
            return Seq("tuple", tuple(items))
        if len(items) != 1:
            raise UnreadableError("several things between bars")
        return Call({"lfloor": "floor", "lceil": "ceil", "lvert": "abs", "lVert": "norm"}.get(name, "abs"), (items[0],))

    def braces(self, closers: tuple[str, ...]) -> Node:
        """The inside of a set."""
        self.bars, saved = self.bars + 1, self.bars
        items, _ = self.items()
        if (self.at("|", ":") or self.at_command("mid")) and len(items) == 1:
            self.take()
            self.bars = saved
            conditions, _ = self.items()
            self.close(closers)
            condition = conditions[0] if len(conditions) == 1 else Seq("list", tuple(conditions))
            return Where(items[0], condition)
        self.bars = saved
        self.close(closers)
        return Seq("set", tuple(items)) if items else Const("empty")

    def close(self, closers: tuple[str, ...]) -> None:
        if not (self.at(*closers) or self.at_command(*closers)):
            raise UnreadableError(f"expected {closers[0]!r}")
        self.take()

    def bracket(self) -> Node:
        """Whatever starts with a bracket or a bar."""
        token = self.take()
        opener = token.text
        if opener == r"\{":
            return self.braces((r"\}",))
        if opener == "{":
            self.position -= 1
            node = self.group()
            return Seq("list", node.items) if isinstance(node, Seq) else node
        if opener in ("|", r"\|"):
            saved, self.bars = self.bars, 1
            inner = self.separated()
            self.bars = saved
            self.expect(opener)
            if isinstance(inner, Matrix):
                return Call("det", (inner,))
            return Call("abs" if opener == "|" else "norm", (inner,))
        if opener not in ("(", "[", "]"):
            raise UnreadableError(f"unexpected {opener!r}")
        bars, turned = self.bars, self.reversed
        self.bars = 0
        self.reversed = int(opener == "]")
        items, joined = self.items()
        self.bars, self.reversed = bars, turned
        closers = ("]", ")") if opener != "]" else ("[", "]", ")")
        if not self.at(*closers) or not items:
            raise UnreadableError("an unclosed bracket")
        closer = self.take().text
        if len(items) == 2 and joined == "list" and (opener != "(" or closer != ")"):
            return Interval(items[0], items[1], opener == "[", closer == "]")
        if opener == "]" or (opener == "(") != (closer == ")"):
            raise UnreadableError("brackets that do not match")
        if len(items) == 1:
            return items[0]
        if joined == "or":
            return Seq("or", tuple(items))
        return Seq("tuple" if opener == "(" else "bracket", tuple(items))

    def environment(self, name: str) -> Node:
        """A matrix; `cases` and other environments are not answers we read."""
        if name not in ("pmatrix", "bmatrix", "matrix", "array", "vmatrix", "Bmatrix", "smallmatrix", "Vmatrix"):
            raise UnreadableError(f"unknown environment {name}")
        self.enter()
        rows: list[list[Node]] = [[]]
        while not self.at_command(f"end:{name}"):
            if self.peek() is END:
                raise UnreadableError("an unclosed matrix")
            if self.at("&"):
                self.take()
            elif self.at(r"\\"):
                self.take()
                rows.append([])
            elif self.at_command("hline"):
                self.take()
            else:
                rows[-1].append(self.relation())
                if not (self.at("&", r"\\") or self.at_command(f"end:{name}")):
                    raise UnreadableError("a matrix entry that does not end")
        self.take()
        self.depth -= 1
        full = [tuple(row) for row in rows if row]
        if not full or any(len(row) != len(full[0]) for row in full):
            raise UnreadableError("rows of different lengths")
        matrix = Matrix(tuple(full))
        return Call("det", (matrix,)) if name == "vmatrix" else matrix

    def binder(self, kind: str) -> Node:
        """A sum, product, integral or limit with its bounds and body."""
        self.enter()
        lower: Node | None = None
        upper: Node | None = None
        variable: Node = Sym("_")
        while self.at("_", "^"):
            if self.take().text == "_":
                bound = self.argument()
                if isinstance(bound, Rel) and bound.ops in (("=",), ("->",)):
                    variable, lower = bound.items
                else:
                    lower = bound
            else:
                upper = self.argument() if not self.at("-", "+") else self.exponent()
        self.integrals += kind == "int"
        body = self.product()
        if kind == "int":
            while self.at("+", "-"):
                negative = self.take().text == "-"
                term = self.product()
                body = Add((body, _negative(term) if negative else term))
            self.integrals -= 1
            token = self.peek()
            if token.kind != "LET" or token.text[0] != "d":
                raise UnreadableError("an integral without its variable")
            if len(token.text) == 2:
                self.take()
                variable = Sym(token.text[1])
            else:
                self.take()
                variable = self.argument()
        self.depth -= 1
        return Binder(kind, body, variable, lower, upper)

    def symbol_name(self) -> Sym:
        token = self.take()
        return Sym(SAME_LETTER.get(token.text, token.text))


_COMPOUNDS = frozenset(
    [
        "m/s",
        "m/s^2",
        "m/s^{2}",
        "km/h",
        "km/s",
        "cm/s",
        "mi/h",
        "ft/s",
        "ft/s^2",
        "ft/s^{2}",
        "g/cm^3",
        "g/cm^{3}",
        "kg/m^3",
        "kg/m^{3}",
        "N/m",
        "J/K",
        "J/s",
        "N/C",
        "V/m",
        "km/hr",
        "mi/hr",
        "m/min",
        "g/L",
        "g/mL",
        "g/mol",
        "mol/L",
        "miles/hour",
        "meters/second",
        "km/hour",
        "W/m^2",
        "W/m^{2}",
    ]
)


def _letter(letter: str) -> Node:
    return Const(letter) if letter in "ei" else Sym(letter)


def _symbol_text(node: Node) -> str:
    match node:
        case Sym(name, None):
            return name
        case Sym(name, index):
            return f"{name}_{index!r}"
        case Const(name):
            return name
        case _:
            raise UnreadableError("not a symbol")


def _text_symbol(content: str) -> Node:
    word = content.strip(" .,;:")
    if len(word) == 1:
        return _letter(word)
    if word.lower() == "pi":
        return Const("pi")
    return Sym("text:" + " ".join(word.lower().split()))


def _wordlike(run: str) -> bool:
    """Whether a run of letters is a word or an acronym-free noun, not a product of one-letter variables."""
    return len(run) >= 4 and not run.isupper() and any(vowel in run.lower() for vowel in "aeiouy")


def _countable(node: Node) -> bool:
    """Whether a unit may stand after this node: it is made of numbers."""
    match node:
        case Num() | Root() | Const("pi" | "e"):
            return True
        case Pow(base, exponent):
            return _countable(base) and _countable(exponent)
        case Mul(parts) | Add(parts):
            return all(map(_countable, parts))
        case Call("factorial" | "binom", args):
            return all(map(_countable, args))
        case _:
            return False


def _text_fraction(tokens: list[Token]) -> str | None:
    r"""`\frac{\text{m}}{\text{s}}` is a unit."""
    texts = [token for token in tokens if token.text not in "{}"]
    if len(texts) == 2 and all(token.kind == "TEXT" for token in texts):
        return f"{texts[0].text}/{texts[1].text}"
    return None


def _is_differential(node: Node, *, alone: bool) -> bool:
    """Whether a node reads d x, d^2 x, or (where `alone`) d by itself."""
    first = node.factors[0] if isinstance(node, Mul) else node
    if isinstance(first, Pow):
        first = first.base
    return first in (Sym("d"), Sym("partial")) and (alone or isinstance(node, Mul))


def _radians(node: Node) -> Node:
    """The argument of a function: degrees become radians, other units cannot be read."""
    if not isinstance(node, Qty):
        return node
    if node.unit != DEGREE:
        raise UnreadableError("a unit inside a function")
    return Mul((Num(Fraction(1, 180)), node.value, Const("pi")))


_NOT_SCALAR = (Seq, Interval, SetOp, Where, Rel, Ratio, Based)


def _is_set(node: Node) -> bool:
    return isinstance(node, Interval | SetOp) or node == Const("R") or (isinstance(node, Seq) and node.kind == "set")


def _scalar(node: Node) -> Node:
    if isinstance(node, _NOT_SCALAR):
        raise UnreadableError("arithmetic with something that is no number")
    return node


def _product(factors: list[Node]) -> Node:
    if len(factors) == 2 and isinstance(factors[0], Sym) and isinstance(factors[1], Interval):
        return Rel((factors[0], factors[1]), ("in",))
    return Mul(tuple(map(_scalar, factors)))


def _negative(node: Node) -> Node:
    _scalar(node)
    if isinstance(node, Qty):
        return Qty(_negative(node.value), node.unit)
    if isinstance(node, PlusMinus) and node.left is None:
        return PlusMinus(None, node.right, -node.first)
    return neg(node)


def _total(terms: list[Node]) -> Node:
    if len(terms) == 1:
        return terms[0]
    quantities = [term for term in terms if isinstance(term, Qty)]
    if quantities:
        if len(quantities) == len(terms) and all(q.unit == quantities[0].unit for q in quantities):
            return Qty(Add(tuple(q.value for q in quantities)), quantities[0].unit)
        last = terms[-1]
        # "3 + 2√2 cm": the unit at the end belongs to the whole.
        if len(quantities) == 1 and isinstance(last, Qty) and last.unit not in (PERCENT,):
            return Qty(Add((*terms[:-1], last.value)), last.unit)
        raise UnreadableError("a sum of different units")
    return Add(tuple(map(_scalar, terms)))


def _call(name: str, args: tuple[Node, ...]) -> Node:
    if name == "sqrt" and len(args) == 1:
        return Root(args[0], 2)
    if name == "cbrt" and len(args) == 1:
        return Root(args[0], 3)
    if name == "pow" and len(args) == 2:
        return Pow(args[0], args[1])
    if name == "exp" and len(args) == 1:
        return Pow(Const("e"), args[0])
    if name == "lg" and len(args) == 1:
        return Mul((Call("ln", args), Pow(Call("ln", (Num(Fraction(10)),)), MINUS_ONE)))
    if not args:
        raise UnreadableError("a function without arguments")
    return Call(name, args)


__all__ = ["ONE", "number", "parse"]
