"""The parser of tactic blocks."""

from __future__ import annotations

from collections.abc import Callable

from assay.verifiers.lean.embedded.surface.syntax import (
    Block,
    BySyn,
    Hole,
    InductionAlt,
    MatchSyn,
    NoMatch,
    Pat,
    RwRule,
    ShowSyn,
    Syn,
    Tac,
)
from assay.verifiers.lean.embedded.surface.terms import TermParser

_PLAIN = frozenset(
    [
        "constructor",
        "left",
        "right",
        "assumption",
        "contradiction",
        "exfalso",
        "rfl",
        "trivial",
        "decide",
        "omega",
        "skip",
        "done",
        "eq_refl",
        "congr",
        "and_intros",
        "subst_vars",
        "injections",
        "nofun",
        "ac_rfl",
    ]
)
_TERM = frozenset(["exact", "apply", "refine", "specialize", "nomatch"])
_NAMES = frozenset(["intros", "revert", "clear", "subst", "funext", "unfold", "rename_i"])
_BLOCK = frozenset(["try", "repeat", "all_goals", "any_goals", "focus"])
_CLOSERS = (")", "}", "⟩", "]", "|", ";", "<;>", ",", "=>", "at")

TACTICS = (
    _PLAIN
    | _TERM
    | _NAMES
    | _BLOCK
    | frozenset(
        [
            "intro",
            "rintro",
            "exists",
            "cases",
            "rcases",
            "obtain",
            "induction",
            "rw",
            "rewrite",
            "rwa",
            "simp",
            "simpa",
            "have",
            "let",
            "show",
            "change",
            "suffices",
            "calc",
            "symm",
            "generalize",
            "injection",
            "by_cases",
            "first",
            "case",
            "next",
            "match",
            "rename",
            "replace",
            "exacts",
        ]
    )
)
"""Every tactic the parser knows."""


class TacticParser(TermParser):
    """Reads tactics; the entry points are `proof` and `script`."""

    def proof(self) -> Syn:
        """A whole proof: what stands after `:=`, to the end of the text."""
        term = self.term()
        if self.token.kind != "eof":
            raise self.error("expected command")
        return term

    def script(self) -> Block:
        """A block of tactics to the end of the text."""
        block = self.block()
        if self.token.kind != "eof":
            raise self.error("expected command")
        return block

    def block_after_by(self) -> Block:
        """The tactics after `by`, `=>` and the like."""
        return self.block()

    def block(self, strict: bool = True) -> Block:
        """Tactics that start in one column, or on one line separated by `;`."""
        token = self.token
        pos = (token.line, token.column)
        if strict and token.newline and self.column >= 0 and token.column <= self.column:
            raise self.error("expected an indented tactic")
        tactics: list[Tac] = []
        with self.saved(token.column):
            while True:
                tactics.append(self.tactic())
                if self.take(";"):
                    if not self._continues():
                        break
                elif not (self.token.newline and self.token.column == self.column and self._starts_tactic()):
                    break
        return Block(tuple(tactics), pos)

    def _continues(self) -> bool:
        """Whether a tactic follows a `;`."""
        if self.token.newline and self.token.column != self.column:
            return False
        return self._starts_tactic()

    def _starts_tactic(self) -> bool:
        token = self.token
        if token.kind in ("eof", "command"):
            return False
        return token.kind in ("ident", "keyword") or token.text in ("·", ".", "(", "{")

    def tactic(self) -> Tac:
        """One tactic with the `<;>` that follow it."""
        self.enter()
        try:
            first = self._single()
            while self.at("<;>"):
                pos = self.pos
                self.advance()
                second = self._single()
                first = Tac("<;>", pos, blocks=(Block((first,), first.pos), Block((second,), second.pos)))
            return first
        finally:
            self.depth -= 1

    def _single(self) -> Tac:
        token = self.token
        pos = (token.line, token.column)
        if self.at("·") or self.at("."):
            self.advance()
            return Tac("focus_dot", pos, blocks=(self.block(),))
        if self.at("("):
            self.advance()
            with self.saved(-1):
                block = self.block(strict=False)
                self.expect(")")
            return Tac("paren", pos, blocks=(block,))
        if self.at("{"):
            self.advance()
            with self.saved(-1):
                block = self.block(strict=False)
                self.expect("}")
            return Tac("focus_dot", pos, blocks=(block,))
        if token.kind not in ("ident", "keyword"):
            raise self.error("expected tactic")
        word = token.text
        if word not in TACTICS:
            raise self.error(f"unknown tactic '{word[:40]}'")
        self.advance()
        if word in _PLAIN:
            return Tac(word, pos)
        if word == "nomatch":
            return Tac("exact", pos, terms=(NoMatch(pos, self._argument()),))
        if word in _TERM:
            return Tac(word, pos, terms=(self._argument(),))
        if word in _NAMES:
            names = self._names(dotted=word == "unfold")
            return Tac(word, pos, names=names, locations=self._locations())
        if word in _BLOCK:
            return Tac(word, pos, blocks=(self.block(),))
        method: Callable[[tuple[int, int]], Tac] = getattr(self, f"tac_{word}")
        return method(pos)

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
        """Read `intro`."""
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
        names = self._names() if self.take("generalizing") else ()
        alts = self._induction_alts() if self.take("with") else None
        return Tac("induction", pos, terms=(term,), names=names, alts=alts or (), flag=alts is not None)

    def _induction_alts(self) -> tuple[InductionAlt, ...]:
        alts: list[InductionAlt] = []
        with self.saved(self.token.column):
            while self.at("|") and self.token.column >= self.column:
                pos = self.pos
                self.advance()
                ctor = self.simple_name()
                names: list[str] = []
                while not self.at("=>"):
                    names.append(self.simple_name())
                self.advance()
                at = self.pos
                if self.token.kind == "hole":
                    alts.append(InductionAlt(ctor, tuple(names), None, Hole(at, self.advance().text[1:]), pos))
                elif self.at("_") and self.peek().newline:
                    self.advance()
                    alts.append(InductionAlt(ctor, tuple(names), None, Hole(at, "_"), pos))
                else:
                    alts.append(InductionAlt(ctor, tuple(names), self.block(), None, pos))
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
        """Read `case`."""
        tag = "_" if self.take("_") else self.ident()
        names: list[str] = []
        while not self.at("=>"):
            names.append(self.simple_name())
        self.advance()
        return Tac("case", pos, names=(tag, *names), blocks=(self.block(),))

    def tac_next(self, pos: tuple[int, int]) -> Tac:
        """Read `next`."""
        names: list[str] = []
        while not self.at("=>"):
            names.append(self.simple_name())
        self.advance()
        return Tac("next", pos, names=tuple(names), blocks=(self.block(),))

    def tac_match(self, pos: tuple[int, int]) -> Tac:
        """Read `match`."""
        discriminants = [self._argument()]
        while self.take(","):
            discriminants.append(self.term())
        self.expect("with")
        alts = self.alternatives(len(discriminants), tactics=True)
        return Tac("exact", pos, terms=(MatchSyn(pos, tuple(discriminants), tuple(alts)),))

    def tac_rename(self, pos: tuple[int, int]) -> Tac:
        """Read `rename`."""
        type_ = self._argument()
        self.expect("=>")
        return Tac("rename", pos, terms=(type_,), names=(self.simple_name(),))


def parse_proof(text: str, first_column: int = 0) -> Syn:
    """Read a proof: a term or a `by` block.

    Raises:
        ParseError: It is not in the grammar.
        LimitError: It is too long or too deep.
    """
    return TacticParser(text, first_column).proof()


def parse_script(text: str) -> Block:
    """Read a tactic, or several.

    Raises:
        ParseError: They are not in the grammar.
        LimitError: They are too long or too deep.
    """
    return TacticParser(text).script()


__all__ = ["TACTICS", "BySyn", "TacticParser", "parse_proof", "parse_script"]
