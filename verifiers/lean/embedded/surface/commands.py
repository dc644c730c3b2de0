"""The parser of the prelude's commands. Proofs never see it: text of a proof cannot declare anything."""

from __future__ import annotations

from dataclasses import dataclass

from assay.verifiers.lean.embedded.kernel.term import IMPLICIT
from assay.verifiers.lean.embedded.surface.syntax import BinderSyn, Hole, Syn
from assay.verifiers.lean.embedded.surface.tactics import TacticParser


@dataclass(frozen=True, slots=True)
class Command:
    """A declaration as written.

    Attributes:
        kind: "theorem", "def", "abbrev", "instance", "axiom", "inductive" or "quotients".
        name: The name.
        attributes: Words of `@[...]`.
        binders: Before the colon.
        type: After the colon.
        value: After `:=`.
        ctors: Constructors of an inductive type: name, binders, type.
    """

    kind: str
    name: str
    attributes: tuple[str, ...]
    binders: tuple[BinderSyn, ...]
    type: Syn
    value: Syn | None
    ctors: tuple[tuple[str, tuple[BinderSyn, ...], Syn], ...] = ()


class CommandParser(TacticParser):
    """Reads a file of declarations."""

    def commands(self) -> list[Command]:
        """All declarations of the text.

        Raises:
            ParseError: Something else stands there.
        """
        found: list[Command] = []
        while self.token.kind != "eof":
            with self.saved(0):
                found.append(self._command())
        return found

    def _command(self) -> Command:
        attributes: list[str] = []
        if self.at("@"):
            self.advance()
            self.expect("[")
            while not self.at("]"):
                attributes.append(self.ident())
                self.take(",")
            self.advance()
        kind = self.advance().text
        if kind == "quotients":
            return Command(kind, "Quot", (), (), Hole(self.pos), None)
        if kind not in ("theorem", "def", "abbrev", "instance", "axiom", "inductive"):
            raise self.error(f"unknown command {kind}")
        name = self.ident()
        binders = self._declaration_binders()
        self.expect(":")
        type_ = self.term()
        if kind == "inductive":
            return Command(kind, name, tuple(attributes), tuple(binders), type_, None, tuple(self._ctors()))
        value: Syn | None = None
        if kind != "axiom":
            self.expect(":=")
            value = self.term()
        return Command(kind, name, tuple(attributes), tuple(binders), type_, value)

    def _declaration_binders(self) -> list[BinderSyn]:
        binders: list[BinderSyn] = []
        while self.at("(", "{", "[", "⦃"):
            binders.extend(self.bracketed_binders())
        return binders

    def _ctors(self) -> list[tuple[str, tuple[BinderSyn, ...], Syn]]:
        found: list[tuple[str, tuple[BinderSyn, ...], Syn]] = []
        self.expect("where")
        while self.take("|"):
            name = self.ident()
            binders = self._declaration_binders()
            self.expect(":")
            found.append((name, tuple(binders), self.term()))
        return found


class StatementParser(TacticParser):
    """Reads what follows `theorem NAME`: binders, a colon, a proposition."""

    def statement(self) -> tuple[list[BinderSyn], Syn]:
        """The binders and the proposition, to the end of the text.

        Raises:
            ParseError: It is no statement.
        """
        binders: list[BinderSyn] = []
        while self.at("(", "{", "[", "⦃"):
            binders.extend(self.bracketed_binders())
        self.expect(":")
        type_ = self.term()
        if self.token.kind != "eof":
            raise self.error("expected the end of the statement")
        return binders, type_


__all__ = ["IMPLICIT", "Command", "CommandParser", "StatementParser"]
