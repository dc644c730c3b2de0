"""The parser of terms: a precedence climber over Lean's operators, with Lean's layout rules."""

from __future__ import annotations

from assay.verifiers.lean.embedded.kernel.term import DEFAULT
from assay.verifiers.lean.embedded.surface.binders import ALIASES, ELLIPSIS
from assay.verifiers.lean.embedded.surface.forms import FormParser
from assay.verifiers.lean.embedded.surface.lexer import Token
from assay.verifiers.lean.embedded.surface.syntax import (
    Anon,
    AppSyn,
    Ascription,
    AssumptionSyn,
    BinderSyn,
    BinOp,
    Block,
    BySyn,
    DotIdent,
    ExistsSyn,
    FieldSyn,
    FunMatch,
    FunSyn,
    Hole,
    Ident,
    ListSyn,
    NoMatch,
    Num,
    Paren,
    PiSyn,
    PrefixOp,
    StructSyn,
    Syn,
    TupleSyn,
)

OPERATORS: dict[str, tuple[int, int, int]] = {
    "→": (25, 26, 25),
    "↔": (20, 21, 21),
    "∨": (30, 31, 30),
    "∧": (35, 36, 35),
    "=": (50, 51, 51),
    "≠": (50, 51, 51),
    "<": (50, 51, 51),
    ">": (50, 51, 51),
    "≤": (50, 51, 51),
    "≥": (50, 51, 51),
    "∣": (50, 51, 51),
    "∈": (50, 51, 51),
    "∉": (50, 51, 51),
    "==": (50, 51, 51),
    "!=": (50, 51, 51),
    "||": (30, 30, 31),
    "&&": (35, 35, 36),
    "×": (35, 36, 35),
    "::": (67, 68, 67),
    "++": (65, 65, 66),
    "+": (65, 65, 66),
    "-": (65, 65, 66),
    "*": (70, 70, 71),
    "/": (70, 70, 71),
    "%": (70, 70, 71),
    "^": (75, 76, 75),
    "▸": (75, 76, 75),
    "∘": (90, 91, 90),
    "<|": (10, 11, 10),
    "|>": (10, 10, 11),
}
"""Operator -> (its precedence, least precedence of the left side, precedence for the right side)."""

_LEADING = frozenset({"∀", "∃", "fun", "λ", "let", "have", "show", "suffices", "match", "by", "calc", "if", "nomatch"})


class TermParser(FormParser):
    """Reads terms; `block` (tactics) is supplied by the tactic parser."""

    def block_after_by(self) -> Block:
        """The tactics after `by`."""
        raise NotImplementedError

    def term(self, least: int = 0) -> Syn:
        """Read a term whose operators bind at least as tightly as `least`."""
        self.enter()
        try:
            left, level = self._prefix(least)
            while True:
                token = self.token
                op = ALIASES.get(token.text, token.text)
                found = OPERATORS.get(op) if token.kind == "op" else None
                if found is None or found[0] < least or level < found[1]:
                    return left
                self.advance()
                right = self.term(found[2])
                left, level = BinOp(left.pos, op, left, right), found[0]
        finally:
            self.depth -= 1

    def _prefix(self, least: int) -> tuple[Syn, int]:
        """A term without a leading infix operator, and its precedence."""
        pos = self.pos
        if self.take("¬"):
            return PrefixOp(pos, "¬", self.term(40)), 1024
        if self.take("!"):
            return PrefixOp(pos, "!", self.term(40)), 1024
        if self.at("∀"):
            return self._forall(), 0
        if self.at("∃"):
            return self._exists(), 0
        if self.token.kind == "keyword" and self.token.text in _LEADING and not self.at("fun", "λ"):
            return self._keyword(), 0
        if self.at("nofun"):
            self.advance()
            return NoMatch(pos, None), 1024
        dependent = self._dependent_arrow() if least <= 25 else None
        if dependent is not None:
            return dependent, 25
        return self._application(), 1024

    def _keyword(self) -> Syn:
        pos = self.pos
        word = self.advance().text
        if word == "by":
            return BySyn(pos, self.block_after_by())
        if word in ("have", "let"):
            return self._have(word, pos)
        if word == "show":
            return self._show(pos)
        if word == "suffices":
            return self._suffices(pos)
        if word == "match":
            return self._match(pos)
        if word == "calc":
            return self.calc(pos)
        if word == "if":
            return self._if(pos)
        return NoMatch(pos, self.term())

    def _forall(self) -> Syn:
        pos = self.pos
        self.advance()
        binders, guard = self._quantified()
        self.expect(",")
        body = self.term()
        if guard is not None:
            body = BinOp(pos, "→", guard, body)
        return PiSyn(pos, tuple(binders), body)

    def _exists(self) -> Syn:
        pos = self.pos
        self.advance()
        binders, guard = self._quantified()
        self.expect(",")
        body = self.term()
        if guard is not None:
            body = BinOp(pos, "∧", guard, body)
        return ExistsSyn(pos, tuple(binders), body)

    def _dependent_arrow(self) -> Syn | None:
        """`(x : T) → U`, if it is one; U reaches as far as it can, as after `∀`."""
        if not self.at("(", "{", "⦃", "["):
            return None
        k = 1
        while self.peek(k).kind == "ident" or self.peek(k).text == "_":
            k += 1
        if k == 1 or self.peek(k).text != ":":
            return None
        start, pos = self.i, self.pos
        bracket = self.token.text
        binders = self.bracketed_binders()
        if not self.at("→", "->"):
            if bracket != "(":
                raise self.error("expected '→'")
            self.i = start
            return None
        self.advance()
        return PiSyn(pos, tuple(binders), self.term())

    def _application(self) -> Syn:
        pos = self.pos
        fn = self._postfix()
        args: list[tuple[str | None, Syn]] = []
        while self._starts_argument():
            if self.at("(") and self.peek().kind == "ident" and self.peek(2).text == ":=":
                self.advance()
                name = self.ident()
                self.expect(":=")
                with self.saved(-1):
                    args.append((name, self.term()))
                self.expect(")")
            elif self.at("fun", "λ"):
                args.append((None, self._fun()))
            else:
                args.append((None, self._postfix()))
        if self.at(".") and self.token.space and self.peek().text == "." and not self.peek().space:
            self.advance()
            self.advance()
            args.append((ELLIPSIS, Hole(pos)))
        return AppSyn(pos, fn, tuple(args)) if args else fn

    def _starts_argument(self) -> bool:
        token = self.token
        if not token.space or not self.right_of_saved():
            return False
        if token.kind in ("ident", "num", "hole"):
            return True
        if token.kind == "keyword":
            return token.text in ("fun", "λ", "Prop", "Type", "Sort")
        if token.kind != "op":
            return False
        if token.text == ".":
            return self.peek().kind == "ident" and not self.peek().space
        return token.text in ("(", "⟨", "_", "@", "[", "‹", "{") or (token.text == "·" and bool(self.sections))

    def _postfix(self) -> Syn:
        term = self._atom()
        if isinstance(term, Num) and self.at(".") and not self.token.space:
            raise self.error("a numeral before a dot must be put in parentheses")
        while self.at(".") and not self.token.space:
            after = self.peek()
            if after.space or after.kind not in ("ident", "num"):
                raise self.error("expected a field name")
            pos = self.pos
            self.advance()
            for part in self.advance().text.split("."):
                term = FieldSyn(pos, term, part)
        return term

    def _atom(self) -> Syn:
        token = self.token
        pos = (token.line, token.column)
        if token.kind == "ident":
            self.advance()
            return self._named(pos, token, False)
        if token.kind == "num":
            self.advance()
            return Num(pos, int(token.text))
        if token.kind == "hole":
            self.advance()
            return Hole(pos, token.text[1:])
        if token.kind == "keyword":
            if token.text in ("fun", "λ"):
                return self._fun()
            if token.text in ("Prop", "Type", "Sort"):
                return self._sort()
            raise self.error("expected term")
        if token.kind == "command" or token.kind == "eof":
            raise self.error("expected term")
        return self._symbol(token, pos)

    def _symbol(self, token: Token, pos: tuple[int, int]) -> Syn:
        text = token.text
        if text == "_":
            self.advance()
            return Hole(pos)
        if text == "@":
            self.advance()
            if self.token.kind != "ident" or self.token.space:
                raise self.error("expected identifier")
            return self._named(pos, self.advance(), True)
        if text == ".":
            if self.peek().kind == "ident" and not self.peek().space:
                self.advance()
                return DotIdent(pos, self.advance().text)
            raise self.error("expected term")
        if text == "·" and self.sections:
            self.advance()
            return self._section_dot(pos)
        if text not in ("(", "⟨", "[", "‹", "{"):
            raise self.error("expected term")
        self.advance()
        with self.saved(-1):
            if text == "(":
                return self._paren(pos)
            if text == "⟨":
                return Anon(pos, tuple(self._items("⟩")))
            if text == "[":
                return ListSyn(pos, tuple(self._items("]")))
            if text == "‹":
                type_ = self.term()
                self.expect("›")
                return AssumptionSyn(pos, type_)
            return self._struct(pos)

    def _named(self, pos: tuple[int, int], token: Token, explicit: bool) -> Syn:
        levels: list[Syn] | None = None
        if self.at(".{") and not self.token.space:
            self.advance()
            levels = [self._level_atom()]
            while self.take(","):
                levels.append(self._level_atom())
            self.expect("}")
        return Ident(pos, token.text, explicit, tuple(levels) if levels is not None else None)

    def _items(self, close: str) -> list[Syn]:
        items: list[Syn] = []
        if self.take(close):
            return items
        while True:
            items.append(self.term())
            if self.take(close):
                return items
            if not self.take(","):
                raise self.error(f"expected '{close}'")

    def _section_dot(self, pos: tuple[int, int]) -> Syn:
        """`·` in parentheses: the argument of a function that the parentheses make."""
        dots = self.sections[-1]
        dots.append(f"x✝{pos[0]}:{pos[1]}")
        return Ident(pos, dots[-1])

    def _paren(self, pos: tuple[int, int]) -> Syn:
        if self.take(")"):
            return TupleSyn(pos, ())
        self.sections.append([])
        try:
            term = self._parenthesised(pos)
        finally:
            dots = self.sections.pop()
        if not dots:
            return term
        body = term.term if isinstance(term, Paren) else term
        if isinstance(body, Ident):
            raise self.error("a lone `·` makes no function")
        return Paren(pos, FunSyn(pos, tuple(BinderSyn(name, None, DEFAULT) for name in dots), body))

    def _parenthesised(self, pos: tuple[int, int]) -> Syn:
        first = self.term()
        if self.take(":"):
            with self.no_sections():
                type_ = self.term()
            self.expect(")")
            return Ascription(pos, first, type_)
        if self.take(","):
            return TupleSyn(pos, (first, *self._items(")")))
        self.expect(")")
        return Paren(pos, first)

    def _struct(self, pos: tuple[int, int]) -> Syn:
        fields: list[tuple[str, Syn]] = []
        while not self.at("}"):
            name = self.ident()
            self.expect(":=")
            fields.append((name, self.term()))
            if not self.take(","):
                break
        self.expect("}")
        return StructSyn(pos, tuple(fields))

    def _fun(self) -> Syn:
        pos = self.pos
        self.advance()
        if self.at("|"):
            return FunMatch(pos, tuple(self.alternatives(0)))
        binders: list[BinderSyn] = []
        while not self.at("=>", "↦", ":"):
            if self.at("⟨") or (self.at("(") and not self._binder_ahead()):
                pattern = self.pattern_atom()
                binders.append(BinderSyn("x✝", None, DEFAULT, pattern))
            elif self.at("(", "{", "[", "⦃"):
                binders.extend(self.bracketed_binders())
            else:
                binders.append(BinderSyn(self.simple_name(), None, DEFAULT))
        if not binders:
            raise self.error("expected a binder")
        if self.take(":"):
            if any(b.type is not None or b.pattern is not None for b in binders):
                raise self.error("expected '=>'")
            type_ = self.term()
            binders = [BinderSyn(b.name, type_, b.info) for b in binders]
        if not self.take("=>", "↦"):
            raise self.error("expected '=>'")
        return FunSyn(pos, tuple(binders), self.term())
