"""The parser of `have`, `show`, `suffices`, `match`, `if` and `calc`."""

from __future__ import annotations

from assay.verifiers.lean.embedded.kernel.term import DEFAULT
from assay.verifiers.lean.embedded.surface.binders import BinderParser
from assay.verifiers.lean.embedded.surface.syntax import (
    Alt,
    BinderSyn,
    Block,
    BySyn,
    CalcSyn,
    HaveSyn,
    IfSyn,
    MatchSyn,
    Pat,
    ShowSyn,
    SufficesSyn,
    Syn,
    VarPat,
)


class FormParser(BinderParser):
    """Reads the forms that begin with a word."""

    def block_after_by(self) -> Block:
        """The tactics after `by` (supplied by the tactic parser)."""
        raise NotImplementedError

    def alternatives(self, arity: int, tactics: bool = False) -> list[Alt]:
        """`| p1, ..., pn => body` repeated; the bodies are terms or blocks of tactics. Arity 0: as the first has."""
        alts: list[Alt] = []
        with self.saved(self.token.column):
            while self.at("|") and self.token.column >= self.column:
                pos = self.pos
                self.advance()
                patterns = [self.pattern()]
                while self.take(","):
                    patterns.append(self.pattern())
                arity = arity or len(patterns)
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

    def discriminants(self) -> tuple[tuple[str, ...], tuple[Syn, ...]]:
        """`e1, h : e2 with`: the terms, and the names of equations ("" where there is none)."""
        names: list[str] = []
        terms: list[Syn] = []
        while True:
            name = ""
            if self.token.kind == "ident" and self.peek().text == ":":
                name = self.simple_name()
                self.advance()
            names.append(name)
            terms.append(self.term())
            if not self.take(","):
                break
        self.expect("with")
        return tuple(names), tuple(terms)

    def _match(self, pos: tuple[int, int]) -> Syn:
        names, discriminants = self.discriminants()
        return MatchSyn(pos, names, discriminants, tuple(self.alternatives(len(discriminants))))

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
