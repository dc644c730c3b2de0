"""The parser of patterns: those of `match`, `fun` and `have`, and those of `rcases` and `obtain`."""

from __future__ import annotations

from assay.verifiers.lean.embedded.surface.stream import Stream
from assay.verifiers.lean.embedded.surface.syntax import AltPat, CtorPat, NumPat, Pat, Syn, TuplePat, VarPat


class PatternParser(Stream):
    """Reads patterns."""

    def term(self, least: int = 0) -> Syn:
        """Read a term (supplied by the term parser)."""
        raise NotImplementedError

    def pattern(self) -> Pat:
        """A pattern of a `match` alternative."""
        self.enter()
        try:
            pos = self.pos
            if (self.token.kind == "ident" or self.at(".")) and self._dotted_start():
                name = self._ctor_name()
                items: list[Pat] = []
                while self._starts_pattern():
                    items.append(self.pattern_atom())
                found: Pat = CtorPat(pos, name, tuple(items)) if items or "." in name else VarPat(pos, name)
            else:
                found = self.pattern_atom()
            if self.at("::"):
                self.advance()
                return CtorPat(pos, "List.cons", (found, self.pattern()))
            while self.at("+"):
                self.advance()
                if self.token.kind != "num":
                    raise self.error("expected a numeral")
                value = int(self.advance().text)
                if isinstance(found, NumPat) and found.inner is None:
                    raise self.error("expected '=>'")
                found = NumPat(pos, value, found)
            return found
        finally:
            self.depth -= 1

    def _dotted_start(self) -> bool:
        return self.token.kind == "ident" or (self.peek().kind == "ident" and not self.peek().space)

    def _ctor_name(self) -> str:
        if self.at("."):
            self.advance()
            return "." + self.ident()
        return self.ident()

    def _starts_pattern(self) -> bool:
        token = self.token
        if token.kind in ("ident", "num"):
            return True
        if token.text == "." and token.kind == "op":
            return self.peek().kind == "ident" and not self.peek().space
        return token.kind == "op" and token.text in ("_", "⟨", "(", "[")

    def pattern_atom(self) -> Pat:
        """A pattern that needs no parentheses."""
        self.enter()
        try:
            return self._pattern_atom()
        finally:
            self.depth -= 1

    def _pattern_atom(self) -> Pat:
        pos = self.pos
        if self.take("_"):
            return VarPat(pos, "_")
        if self.token.kind == "num":
            return NumPat(pos, int(self.advance().text))
        if self.at("⟨"):
            self.advance()
            return TuplePat(pos, tuple(self._pattern_items("⟩")))
        if self.at("["):
            self.advance()
            items = self._pattern_items("]")
            found: Pat = CtorPat(pos, "List.nil", ())
            for item in reversed(items):
                found = CtorPat(pos, "List.cons", (item, found))
            return found
        if self.at("("):
            self.advance()
            found = self.pattern()
            if self.at(":"):
                self.advance()
                if not isinstance(found, VarPat):
                    raise self.error("expected ')'")
                found = VarPat(pos, found.name, self.term())
            elif self.at(","):
                self.advance()
                found = TuplePat(pos, (found, *self._pattern_items(")")))
                return found
            self.expect(")")
            return found
        if self.token.kind == "ident" or self.at("."):
            name = self._ctor_name()
            return CtorPat(pos, name, ()) if "." in name else VarPat(pos, name)
        raise self.error("expected pattern")

    def _pattern_items(self, close: str) -> list[Pat]:
        items: list[Pat] = []
        if self.take(close):
            return items
        while True:
            items.append(self.pattern())
            if self.take(close):
                return items
            if not self.take(","):
                raise self.error(f"expected '{close}'")

    def rcases_pattern(self) -> Pat:
        """A pattern of `rcases`: alternatives separated by `|`."""
        self.enter()
        try:
            pos = self.pos
            options = [self._rcases_atom()]
            while self.take("|"):
                options.append(self._rcases_atom())
            return options[0] if len(options) == 1 else AltPat(pos, tuple(options))
        finally:
            self.depth -= 1

    def _rcases_atom(self) -> Pat:
        pos = self.pos
        if self.take("⟨"):
            items: list[Pat] = []
            if self.take("⟩"):
                return TuplePat(pos, ())
            while True:
                items.append(self.rcases_pattern())
                if self.take("⟩"):
                    return TuplePat(pos, tuple(items))
                if not self.take(","):
                    raise self.error("expected '⟩'")
        if self.take("("):
            found = self.rcases_pattern()
            if self.take(":"):
                if not isinstance(found, VarPat):
                    raise self.error("expected ')'")
                found = VarPat(pos, found.name, self.term())
            self.expect(")")
            return found
        if self.take("_"):
            return VarPat(pos, "_")
        if self.take("-"):
            return VarPat(pos, "-")
        return VarPat(pos, self.simple_name())
