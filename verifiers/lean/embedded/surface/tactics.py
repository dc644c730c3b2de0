"""The parser of tactic blocks."""

from __future__ import annotations

from collections.abc import Callable

from assay.verifiers.lean.embedded.surface.syntax import (
    Block,
    BySyn,
    NoMatch,
    Syn,
    Tac,
)
from assay.verifiers.lean.embedded.surface.tactic_forms import TacticForms

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
        "and_intros",
        "subst_vars",
        "injections",
        "nofun",
        "ac_rfl",
        "rotate_left",
        "rotate_right",
        "infer_instance",
    ]
)
_TERM = frozenset(["exact", "apply", "refine", "specialize", "nomatch"])
_NAMES = frozenset(["intros", "revert", "clear", "subst", "funext", "unfold", "rename_i"])
_BLOCK = frozenset(["try", "repeat", "repeat'", "all_goals", "any_goals", "focus"])
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
            "simp_all",
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
            "congr",
            "iterate",
        ]
    )
)
"""Every tactic the parser knows."""


class TacticParser(TacticForms):
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
        with self.saved(token.column), self.no_sections():
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
            with self.saved(-1), self.no_sections():
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
            return Tac(word.replace("'", "_each"), pos, blocks=(self.block(),))
        method: Callable[[tuple[int, int]], Tac] = getattr(self, f"tac_{word}")
        return method(pos)


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
