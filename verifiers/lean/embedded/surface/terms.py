"""The parser of terms: a precedence climber over Lean's operators, with Lean's layout rules."""

from __future__ import annotations

from assay.verifiers.lean.embedded.kernel.term import DEFAULT, IMPLICIT, INST, STRICT
from assay.verifiers.lean.embedded.surface.lexer import Token
from assay.verifiers.lean.embedded.surface.patterns import PatternParser
from assay.verifiers.lean.embedded.surface.syntax import (
    Alt,
    Anon,
    AppSyn,
    Ascription,
    AssumptionSyn,
    BinderSyn,
    BinOp,
    Block,
    BySyn,
    CalcSyn,
    DotIdent,
    ExistsSyn,
    FieldSyn,
    FunMatch,
    FunSyn,
    HaveSyn,
    Hole,
    Ident,
    IfSyn,
    ListSyn,
    MatchSyn,
    NoMatch,
    Num,
    Paren,
    Pat,
    PiSyn,
    PrefixOp,
    ShowSyn,
    SortSyn,
    StructSyn,
    SufficesSyn,
    Syn,
    TupleSyn,
    VarPat,
)

ALIASES = {"->": "→", "<->": "↔", "/\\": "∧", "\\/": "∨", "<=": "≤", ">=": "≥", "$": "<|"}

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
_BRACKETS = {"(": (")", DEFAULT), "{": ("}", IMPLICIT), "[": ("]", INST), "⦃": ("⦄", STRICT)}
_RELATIONS = ("<", ">", "≤", "≥", "<=", ">=", "≠", "∈")


class TermParser(PatternParser):
    """Reads terms; `block` (tactics) is supplied by the tactic parser."""

    def block_after_by(self) -> Block:
        """The tactics after `by`."""
        raise NotImplementedError

    def term(self, least: int = 0) -> Syn:
        """Read a term whose operators bind at least as tightly as `least`."""
        self.enter()
        try:
            left, level = self._prefix()
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

    def _prefix(self) -> tuple[Syn, int]:
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
        dependent = self._dependent_arrow()
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

    def _quantified(self) -> tuple[list[BinderSyn], Syn | None]:
        """Binders of ∀ and ∃; the guard of `x < n`."""
        binders = self.binders()
        if not binders:
            raise self.error("expected a binder")
        if len(binders) == 1 and binders[0].type is None and self.at(*_RELATIONS):
            pos = self.pos
            op = self.advance().text
            guard = BinOp(pos, ALIASES.get(op, op), Ident(pos, binders[0].name), self.term(51))
            return binders, guard
        return binders, None

    def binders(self) -> list[BinderSyn]:
        """Read `x y (z : T) {w : U}` or `x y : T`."""
        found: list[BinderSyn] = []
        while True:
            token = self.token
            if token.kind == "ident" or self.at("_"):
                found.append(BinderSyn(self.simple_name(), None, DEFAULT))
            elif self.at("(", "{", "[", "⦃"):
                found.extend(self.bracketed_binders())
            else:
                break
        if found and self.at(":") and all(b.type is None for b in found):
            self.advance()
            type_ = self.term()
            found = [BinderSyn(b.name, type_, b.info) for b in found]
        return found

    def bracketed_binders(self) -> list[BinderSyn]:
        """Read `(x y : T)`, `{x : T}`, `[inst : C]`, `[C]`."""
        close, info = _BRACKETS[self.advance().text]
        with self.saved(-1):
            if info == INST and not (self.token.kind == "ident" and self.peek().text == ":"):
                type_ = self.term()
                self.expect(close)
                return [BinderSyn("inst✝", type_, info)]
            names = [self.simple_name()]
            while not self.at(":", close):
                names.append(self.simple_name())
            given: Syn | None = None
            if self.take(":"):
                given = self.term()
            self.expect(close)
        return [BinderSyn(name, given, info) for name in names]

    def _dependent_arrow(self) -> Syn | None:
        """`(x : T) → U`, if it is one."""
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
        return PiSyn(pos, tuple(binders), self.term(25))

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
        return token.text in ("(", "⟨", "_", "@", "[", "‹", "{")

    def _postfix(self) -> Syn:
        term = self._atom()
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

    def _paren(self, pos: tuple[int, int]) -> Syn:
        if self.take(")"):
            return TupleSyn(pos, ())
        first = self.term()
        if self.take(":"):
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

    def _sort(self) -> Syn:
        pos = self.pos
        kind = self.advance().text
        level: Syn | None = None
        token = self.token
        if kind != "Prop" and token.space and self.right_of_saved() and not token.newline and self._level_ahead():
            level = self._level_atom()
        if kind == "Sort" and level is None:
            raise self.error("expected a universe level")
        return SortSyn(pos, kind, level)

    def _level_ahead(self) -> bool:
        """Whether a universe level comes next."""
        if self.token.kind in ("num", "ident"):
            return True
        return self.at("(") and self.peek().text in ("max", "imax", "u", "v")

    def _level_atom(self) -> Syn:
        """A universe level: a numeral, a name, `max u v`, `u + 1`."""
        pos = self.pos
        if self.take("("):
            level = self._level()
            self.expect(")")
            return level
        if self.token.kind == "num":
            return Num(pos, int(self.advance().text))
        return Ident(pos, self.ident())

    def _level(self) -> Syn:
        pos = self.pos
        self.enter()
        if self.at_word("max", "imax"):
            word = self.ident()
            level: Syn = BinOp(pos, word, self._level_atom(), self._level_atom())
        else:
            level = self._level_atom()
        while self.take("+"):
            level = BinOp(pos, "+", level, self._level_atom())
        self.depth -= 1
        return level

    def _fun(self) -> Syn:
        pos = self.pos
        self.advance()
        if self.at("|"):
            return FunMatch(pos, tuple(self.alternatives(1)))
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

    def _binder_ahead(self) -> bool:
        """Whether `(` opens `(x y : T)`."""
        k = 1
        while self.peek(k).kind == "ident" or self.peek(k).text == "_":
            k += 1
        return k > 1 and self.peek(k).text == ":"

    def alternatives(self, arity: int, tactics: bool = False) -> list[Alt]:
        """`| p1, ..., pn => body` repeated; the bodies are terms or blocks of tactics."""
        alts: list[Alt] = []
        with self.saved(self.token.column):
            while self.at("|") and self.token.column >= self.column:
                pos = self.pos
                self.advance()
                patterns = [self.pattern()]
                while self.take(","):
                    patterns.append(self.pattern())
                if len(patterns) != arity:
                    raise self.error(f"expected {arity} patterns")
                if not self.take("=>", "↦"):
                    raise self.error("expected '=>'")
                body = BySyn(self.pos, self.block_after_by()) if tactics else self.term()
                alts.append(Alt(tuple(patterns), body, pos))
        return alts

    def _have(self, kind: str, pos: tuple[int, int]) -> Syn:
        with self.saved(pos[1]):
            pattern, binders, type_ = self.have_head()
            self.expect(":=")
            value = self.term()
        return HaveSyn(pos, kind, pattern, tuple(binders), type_, value, self._body(pos))

    def have_head(self) -> tuple[Pat, list[BinderSyn], Syn | None]:
        """`name binders : type`, `⟨a, b⟩ : type`, or nothing before `:`/`:=`."""
        pos = self.pos
        binders: list[BinderSyn] = []
        if self.at("⟨") or (self.at("(") and not self._binder_ahead()):
            pattern = self.pattern_atom()
        elif self.at(":", ":="):
            pattern = VarPat(pos, "this")
        else:
            pattern = VarPat(pos, self.simple_name())
            while self.at("(", "{", "_", "⦃", "[") or self.token.kind == "ident":
                if self.at("(", "{", "⦃", "["):
                    binders.extend(self.bracketed_binders())
                else:
                    binders.append(BinderSyn(self.simple_name(), None, DEFAULT))
        type_ = self.term() if self.take(":") else None
        return pattern, binders, type_

    def _body(self, pos: tuple[int, int]) -> Syn:
        """What follows `have ...` in a term: after `;` or on a new line."""
        if not self.take(";") and not self.token.newline:
            raise self.error("expected ';' or line break")
        return self.term()

    def _show(self, pos: tuple[int, int]) -> Syn:
        with self.saved(pos[1]):
            type_ = self.term()
            if self.take("from"):
                return ShowSyn(pos, type_, self.term())
            by = self.pos
            if self.take("by"):
                return ShowSyn(pos, type_, BySyn(by, self.block_after_by()))
        raise self.error("expected 'from' or 'by'")

    def _suffices(self, pos: tuple[int, int]) -> Syn:
        with self.saved(pos[1]):
            name = "this"
            if self.token.kind == "ident" and self.peek().text == ":":
                name = self.ident()
                self.advance()
            type_ = self.term()
            value = self.from_or_by()
        return SufficesSyn(pos, name, type_, value, self._body(pos))

    def from_or_by(self) -> Syn:
        """`from e` or `by tacs`."""
        if self.take("from"):
            return self.term()
        by = self.pos
        if self.take("by"):
            return BySyn(by, self.block_after_by())
        raise self.error("expected 'by' or 'from'")

    def _match(self, pos: tuple[int, int]) -> Syn:
        discriminants = [self.term()]
        while self.take(","):
            discriminants.append(self.term())
        self.expect("with")
        return MatchSyn(pos, tuple(discriminants), tuple(self.alternatives(len(discriminants))))

    def _if(self, pos: tuple[int, int]) -> Syn:
        name: str | None = None
        if self.token.kind == "ident" and self.peek().text == ":":
            name = self.simple_name()
            self.advance()
        condition = self.term()
        self.expect("then")
        then = self.term()
        self.expect("else")
        return IfSyn(pos, name, condition, then, self.term())

    def calc(self, pos: tuple[int, int]) -> Syn:
        """The steps of a calculation."""
        steps: list[tuple[Syn, Syn | None]] = []
        with self.saved(self.token.column):
            first = self.term()
            proof = self.term() if self.take(":=") else None
            steps.append((first, proof))
        if self.token.newline and self.at("_"):
            with self.saved(self.token.column):
                while self.at("_") and self.token.newline and self.token.column >= self.column:
                    relation = self.term()
                    self.expect(":=")
                    steps.append((relation, self.term()))
        return CalcSyn(pos, tuple(steps))
