"""The parser of binders and universe levels."""

from __future__ import annotations

from assay.verifiers.lean.embedded.kernel.term import DEFAULT, IMPLICIT, INST, STRICT
from assay.verifiers.lean.embedded.surface.patterns import PatternParser
from assay.verifiers.lean.embedded.surface.syntax import (
    BinderSyn,
    BinOp,
    Ident,
    Num,
    SortSyn,
    Syn,
)

ALIASES = {"->": "→", "<->": "↔", "/\\": "∧", "\\/": "∨", "<=": "≤", ">=": "≥", "$": "<|"}
ELLIPSIS = ".."
"""The name under which `f ..` stands among the arguments of `f`."""

_BRACKETS = {"(": (")", DEFAULT), "{": ("}", IMPLICIT), "[": ("]", INST), "⦃": ("⦄", STRICT)}


_RELATIONS = ("<", ">", "≤", "≥", "<=", ">=", "≠", "∈")


class BinderParser(PatternParser):
    """Reads binders and levels."""

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

    def _binder_ahead(self) -> bool:
        """Whether `(` opens `(x y : T)`."""
        k = 1
        while self.peek(k).kind == "ident" or self.peek(k).text == "_":
            k += 1
        return k > 1 and self.peek(k).text == ":"
