"""The parser of single tactics, one method for each that takes more than names or a term."""

from __future__ import annotations

from assay.verifiers.lean.embedded.surface.syntax import (
    Block,
    FunMatch,
    Hole,
    InductionAlt,
    MatchSyn,
    Pat,
    RwRule,
    ShowSyn,
    Syn,
    Tac,
)
from assay.verifiers.lean.embedded.surface.terms import TermParser

MAX_ITERATIONS = 64
"""Most rounds of `iterate`."""


class TacticForms(TermParser):
    """Reads what follows a tactic's name."""

    def block(self, strict: bool = True) -> Block:
        """A block of tactics (supplied by the block parser)."""
        raise NotImplementedError

    def _argument(self) -> Syn:
        """The term a tactic is given; Lean does not mind the column it starts in."""
        return self.term()

    def _names(self, dotted: bool = False) -> tuple[str, ...]:
        names: list[str] = []
        while (self.token.kind == "ident" or self.at("_")) and self.right_of_saved():
            names.append(self.ident() if dotted and not self.at("_") else self.simple_name())
        return tuple(names)

    def _locations(self) -> tuple[str, ...]:
        """`at h1 h2 ⊢`."""
        if not self.take("at"):
            return ()
        found: list[str] = []
        while self.right_of_saved() and (self.token.kind == "ident" or self.at("⊢", "*")):
            found.append(self.advance().text)
        if not found:
            raise self.error("expected a location")
        return tuple(found)

    def _patterns(self, rcases: bool) -> tuple[Pat, ...]:
        found: list[Pat] = []
        while self.right_of_saved() and (self.token.kind == "ident" or self.at("_", "⟨", "(")):
            found.append(self._intro_pattern(rcases))
        return tuple(found)

    def _intro_pattern(self, rcases: bool) -> Pat:
        if not rcases:
            return self.pattern_atom()
        if self.at("("):
            self.advance()
            found = self.rcases_pattern()
            self.expect(")")
            return found
        return self._rcases_atom()

    def tac_intro(self, pos: tuple[int, int]) -> Tac:
        """Read `intro`, and `intro | pattern => tactics | ...`."""
        if self.at("|"):
            return Tac("exact", pos, terms=(FunMatch(pos, tuple(self.alternatives(0, tactics=True))),))
        return Tac("intro", pos, patterns=self._patterns(False))

    def tac_rintro(self, pos: tuple[int, int]) -> Tac:
        """Read `rintro`."""
        return Tac("rintro", pos, patterns=self._patterns(True))

    def tac_exists(self, pos: tuple[int, int]) -> Tac:
        """Read `exists`."""
        terms = [self._argument()]
        while self.take(","):
            terms.append(self._argument())
        return Tac("exists", pos, terms=tuple(terms))

    def tac_exacts(self, pos: tuple[int, int]) -> Tac:
        """Read `exacts`."""
        self.expect("[")
        with self.saved(-1):
            return Tac("exacts", pos, terms=tuple(self._items("]")))

    def tac_cases(self, pos: tuple[int, int]) -> Tac:
        """Read `cases`."""
        names: tuple[str, ...] = ()
        if self.token.kind == "ident" and self.peek().text == ":":
            names = (self.simple_name(),)
            self.advance()
        term = self._argument()
        alts = self._induction_alts() if self.take("with") else None
        return Tac("cases", pos, terms=(term,), names=names, alts=alts or (), flag=alts is not None)

    def tac_induction(self, pos: tuple[int, int]) -> Tac:
        """Read `induction`."""
        term = self._argument()
        using = (self.ident(),) if self.take("using") else ()
        names = self._names() if self.take("generalizing") else ()
        alts = self._induction_alts() if self.take("with") else None
        kind = "induction_using" if using else "induction"
        return Tac(kind, pos, terms=(term,), names=names, alts=alts or (), flag=alts is not None, locations=using)

    def _induction_alts(self) -> tuple[InductionAlt, ...]:
        alts: list[InductionAlt] = []
        with self.saved(self.token.column):
            while self.at("|") and self.token.column >= self.column:
                pos = self.pos
                self.advance()
                explicit = self.take("@")
                ctor = self.simple_name()
                names: list[str] = []
                while not self.at("=>"):
                    names.append(self.simple_name())
                self.advance()
                at = self.pos
                if self.token.kind == "hole":
                    alts.append(
                        InductionAlt(ctor, tuple(names), None, Hole(at, self.advance().text[1:]), pos, explicit)
                    )
                elif self.at("_") and self.peek().newline:
                    self.advance()
                    alts.append(InductionAlt(ctor, tuple(names), None, Hole(at, "_"), pos, explicit))
                else:
                    alts.append(InductionAlt(ctor, tuple(names), self.block(), None, pos, explicit))
        if not alts:
            raise self.error("expected '|'")
        return tuple(alts)

    def tac_rcases(self, pos: tuple[int, int]) -> Tac:
        """Read `rcases`."""
        term = self._argument()
        patterns = (self.rcases_pattern(),) if self.take("with") else ()
        return Tac("rcases", pos, terms=(term,), patterns=patterns)

    def tac_obtain(self, pos: tuple[int, int]) -> Tac:
        """Read `obtain`."""
        pattern = self.rcases_pattern()
        type_ = self.term() if self.take(":") else None
        self.expect(":=")
        return Tac("rcases", pos, terms=(self._argument(),), patterns=(pattern,), type=type_)

    def _rules(self) -> tuple[RwRule, ...]:
        self.expect("[")
        rules: list[RwRule] = []
        with self.saved(-1):
            while not self.at("]"):
                at = self.pos
                backwards = self.take("←", "<-")
                rules.append(RwRule(self.term(), backwards, at))
                if not self.take(",") and not self.at("]"):
                    raise self.error("expected ']'")
            self.advance()
        return tuple(rules)

    def tac_rw(self, pos: tuple[int, int]) -> Tac:
        """Read `rw`."""
        rules = self._rules()
        return Tac("rw", pos, rules=rules, locations=self._locations())

    def tac_rwa(self, pos: tuple[int, int]) -> Tac:
        """Read `rwa`."""
        rules = self._rules()
        return Tac("rwa", pos, rules=rules, locations=self._locations())

    def tac_rewrite(self, pos: tuple[int, int]) -> Tac:
        """Read `rewrite`."""
        rules = self._rules()
        return Tac("rewrite", pos, rules=rules, locations=self._locations())

    def tac_simp(self, pos: tuple[int, int]) -> Tac:
        """Read `simp`."""
        only = self.token.text == "only" and self.token.kind == "ident"
        if only:
            self.advance()
        rules = self._rules() if self.at("[") and self.right_of_saved() else None
        return Tac("simp", pos, rules=rules, locations=self._locations(), flag=only)

    def tac_simpa(self, pos: tuple[int, int]) -> Tac:
        """Read `simpa`."""
        only = self.token.text == "only" and self.token.kind == "ident"
        if only:
            self.advance()
        rules = self._rules() if self.at("[") and self.right_of_saved() else None
        terms = (self._argument(),) if self.take("using") else ()
        return Tac("simpa", pos, terms=terms, rules=rules, flag=only)

    def tac_simp_all(self, pos: tuple[int, int]) -> Tac:
        """Read `simp_all`."""
        rules = self._rules() if self.at("[") and self.right_of_saved() else None
        return Tac("simp_all", pos, rules=rules)

    def tac_have(self, pos: tuple[int, int]) -> Tac:
        """Read `have`."""
        return self._have_like("have", pos)

    def tac_let(self, pos: tuple[int, int]) -> Tac:
        """Read `let`."""
        return self._have_like("let", pos)

    def tac_replace(self, pos: tuple[int, int]) -> Tac:
        """Read `replace`."""
        return self._have_like("replace", pos)

    def _have_like(self, kind: str, pos: tuple[int, int]) -> Tac:
        pattern, binders, type_ = self.have_head()
        self.expect(":=")
        value = self._argument()
        return Tac(kind, pos, terms=(value,), patterns=(pattern,), binders=tuple(binders), type=type_)

    def tac_show(self, pos: tuple[int, int]) -> Tac:
        """Read `show`."""
        type_ = self._argument()
        if self.at("from", "by"):
            return Tac("exact", pos, terms=(ShowSyn(pos, type_, self.from_or_by()),))
        return Tac("show", pos, terms=(type_,))

    def tac_change(self, pos: tuple[int, int]) -> Tac:
        """Read `change`."""
        type_ = self._argument()
        return Tac("change", pos, terms=(type_,), locations=self._locations())

    def tac_suffices(self, pos: tuple[int, int]) -> Tac:
        """Read `suffices`."""
        name = "this"
        if self.token.kind == "ident" and self.peek().text == ":":
            name = self.simple_name()
            self.advance()
        type_ = self._argument()
        return Tac("suffices", pos, names=(name,), type=type_, terms=(self.from_or_by(),))

    def tac_calc(self, pos: tuple[int, int]) -> Tac:
        """Read `calc`."""
        return Tac("exact", pos, terms=(self.calc(pos),))

    def tac_symm(self, pos: tuple[int, int]) -> Tac:
        """Read `symm`."""
        return Tac("symm", pos, locations=self._locations())

    def tac_generalize(self, pos: tuple[int, int]) -> Tac:
        """Read `generalize`."""
        name = ""
        if self.token.kind == "ident" and self.peek().text == ":":
            name = self.simple_name()
            self.advance()
        term = self.term(51)
        self.expect("=")
        return Tac("generalize", pos, terms=(term,), names=(name, self.simple_name()))

    def tac_injection(self, pos: tuple[int, int]) -> Tac:
        """Read `injection`."""
        term = self._argument()
        names = self._names() if self.take("with") else ()
        return Tac("injection", pos, terms=(term,), names=names)

    def tac_by_cases(self, pos: tuple[int, int]) -> Tac:
        """Read `by_cases`."""
        name = ""
        if self.token.kind == "ident" and self.peek().text == ":":
            name = self.simple_name()
            self.advance()
        return Tac("by_cases", pos, names=(name,), terms=(self._argument(),))

    def tac_first(self, pos: tuple[int, int]) -> Tac:
        """Read `first`."""
        blocks: list[Block] = []
        with self.saved(self.token.column):
            while self.at("|") and self.token.column >= self.column:
                self.advance()
                blocks.append(self.block(strict=False))
        if not blocks:
            raise self.error("expected '|'")
        return Tac("first", pos, blocks=tuple(blocks))

    def tac_case(self, pos: tuple[int, int]) -> Tac:
        """Read `case`, and `case a x | b y => tactics`."""
        cases: list[tuple[str, ...]] = []
        while True:
            names = ["_" if self.take("_") else self.ident()]
            while not self.at("=>", "|"):
                names.append(self.simple_name())
            cases.append(tuple(names))
            if not self.take("|"):
                break
        self.advance()
        block = self.block()
        each = tuple(Tac("case", pos, names=names, blocks=(block,)) for names in cases)
        return each[0] if len(each) == 1 else Tac("paren", pos, blocks=(Block(each, pos),))

    def tac_next(self, pos: tuple[int, int]) -> Tac:
        """Read `next`."""
        names: list[str] = []
        while not self.at("=>"):
            names.append(self.simple_name())
        self.advance()
        return Tac("next", pos, names=tuple(names), blocks=(self.block(),))

    def tac_match(self, pos: tuple[int, int]) -> Tac:
        """Read `match`."""
        names, discriminants = self.discriminants()
        alts = self.alternatives(len(discriminants), tactics=True)
        return Tac("exact", pos, terms=(MatchSyn(pos, names, discriminants, tuple(alts)),))

    def tac_congr(self, pos: tuple[int, int]) -> Tac:
        """Read `congr`, `congr 1`."""
        if self.token.kind == "num" and self.right_of_saved():
            if self.token.text != "1":
                raise self.error("`congr` goes one step deep")
            self.advance()
        return Tac("congr", pos)

    def tac_iterate(self, pos: tuple[int, int]) -> Tac:
        """Read `iterate n tactics`."""
        if self.token.kind != "num" or int(self.token.text) > MAX_ITERATIONS:
            raise self.error(f"expected a numeral up to {MAX_ITERATIONS}")
        count = int(self.advance().text)
        block = self.block()
        return Tac("paren", pos, blocks=(Block(tuple(block.tactics) * count, pos),))

    def tac_rename(self, pos: tuple[int, int]) -> Tac:
        """Read `rename`."""
        type_ = self._argument()
        self.expect("=>")
        return Tac("rename", pos, terms=(type_,), names=(self.simple_name(),))
