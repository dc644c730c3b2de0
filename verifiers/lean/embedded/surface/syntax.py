"""Syntax trees of terms and tactics, and the error that points into the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final


class ParseError(Exception):
    """Text that is not in the grammar.

    Args:
        message: Lean-like text.
        line: Line in the proof, from 1.
        column: Column, from 0.
    """

    def __init__(self, message: str, line: int, column: int) -> None:
        """Keep the place beside the message."""
        super().__init__(message)
        self.line = line
        self.column = column


@dataclass(slots=True, frozen=True)
class Syn:
    """Base of all term syntax; `pos` is (line, column)."""

    pos: tuple[int, int]


@final
@dataclass(slots=True, frozen=True)
class Ident(Syn):
    """A name, possibly dotted; `explicit` for `@name`, `levels` for `name.{1}`."""

    name: str
    explicit: bool = False
    levels: tuple[Syn, ...] | None = None


@final
@dataclass(slots=True, frozen=True)
class Num(Syn):
    """A numeral."""

    value: int


@final
@dataclass(slots=True, frozen=True)
class Hole(Syn):
    """`_` (name None), `?_` (name "_") or `?name`."""

    name: str | None = None


@final
@dataclass(slots=True, frozen=True)
class AppSyn(Syn):
    """An application; each argument has an optional name."""

    fn: Syn
    args: tuple[tuple[str | None, Syn], ...]


@final
@dataclass(slots=True, frozen=True)
class BinderSyn:
    """One bound variable or pattern; `type` None where it is left out."""

    name: str
    type: Syn | None
    info: str
    pattern: Pat | None = None


@final
@dataclass(slots=True, frozen=True)
class FunSyn(Syn):
    """`fun binders => body`."""

    binders: tuple[BinderSyn, ...]
    body: Syn


@final
@dataclass(slots=True, frozen=True)
class FunMatch(Syn):
    """`fun | pat => body | ...`."""

    alts: tuple[Alt, ...]


@final
@dataclass(slots=True, frozen=True)
class PiSyn(Syn):
    """`∀ binders, body` and dependent arrows."""

    binders: tuple[BinderSyn, ...]
    body: Syn


@final
@dataclass(slots=True, frozen=True)
class ExistsSyn(Syn):
    """`∃ binders, body`."""

    binders: tuple[BinderSyn, ...]
    body: Syn


@final
@dataclass(slots=True, frozen=True)
class BinOp(Syn):
    """An infix operator."""

    op: str
    left: Syn
    right: Syn


@final
@dataclass(slots=True, frozen=True)
class PrefixOp(Syn):
    """`¬ a` or `! a`."""

    op: str
    arg: Syn


@final
@dataclass(slots=True, frozen=True)
class Anon(Syn):
    """`⟨a, b⟩`."""

    items: tuple[Syn, ...]


@final
@dataclass(slots=True, frozen=True)
class Paren(Syn):
    """`(a)`: kept, because parentheses end an application's postponed arguments."""

    term: Syn


@final
@dataclass(slots=True, frozen=True)
class Ascription(Syn):
    """`(a : T)`."""

    term: Syn
    type: Syn


@final
@dataclass(slots=True, frozen=True)
class TupleSyn(Syn):
    """`(a, b, c)` or `()`."""

    items: tuple[Syn, ...]


@final
@dataclass(slots=True, frozen=True)
class ListSyn(Syn):
    """`[a, b]`."""

    items: tuple[Syn, ...]


@final
@dataclass(slots=True, frozen=True)
class FieldSyn(Syn):
    """`e.name` or `e.1`."""

    term: Syn
    field: str


@final
@dataclass(slots=True, frozen=True)
class DotIdent(Syn):
    """`.name`, resolved in the namespace of the expected type."""

    name: str


@final
@dataclass(slots=True, frozen=True)
class HaveSyn(Syn):
    """`have`/`let` in a term: `kind name binders : type := value; body`."""

    kind: str
    pattern: Pat
    binders: tuple[BinderSyn, ...]
    type: Syn | None
    value: Syn
    body: Syn


@final
@dataclass(slots=True, frozen=True)
class ShowSyn(Syn):
    """`show T from e` and `show T by tacs`."""

    type: Syn
    value: Syn


@final
@dataclass(slots=True, frozen=True)
class SufficesSyn(Syn):
    """`suffices h : T from e; body`."""

    name: str
    type: Syn
    value: Syn
    body: Syn


@final
@dataclass(slots=True, frozen=True)
class MatchSyn(Syn):
    """`match e1, h : e2 with | p1, p2 => body ...`; `names` of the equations, "" where there is none."""

    names: tuple[str, ...]
    discriminants: tuple[Syn, ...]
    alts: tuple[Alt, ...]


@final
@dataclass(slots=True, frozen=True)
class NoMatch(Syn):
    """`nomatch e`, or `nofun` where `term` is None."""

    term: Syn | None


@final
@dataclass(slots=True, frozen=True)
class BySyn(Syn):
    """`by tactics`."""

    block: Block


@final
@dataclass(slots=True, frozen=True)
class CalcSyn(Syn):
    """`calc` with its steps (relation, proof)."""

    steps: tuple[tuple[Syn, Syn | None], ...]


@final
@dataclass(slots=True, frozen=True)
class StructSyn(Syn):
    """`{ field := value, ... }`."""

    fields: tuple[tuple[str, Syn], ...]


@final
@dataclass(slots=True, frozen=True)
class AssumptionSyn(Syn):
    """`‹p›`."""

    type: Syn


@final
@dataclass(slots=True, frozen=True)
class SortSyn(Syn):
    """`Prop`, `Type`, `Type u`, `Sort u`; `level` None where it is left out."""

    kind: str
    level: Syn | None


@final
@dataclass(slots=True, frozen=True)
class IfSyn(Syn):
    """`if c then a else b`; `name` for `if h : c`."""

    name: str | None
    condition: Syn
    then: Syn
    otherwise: Syn


@dataclass(slots=True, frozen=True)
class Pat:
    """Base of patterns."""

    pos: tuple[int, int]


@final
@dataclass(slots=True, frozen=True)
class VarPat(Pat):
    """A variable, `_`, or a constructor name without arguments; `type` for `(x : T)`."""

    name: str
    type: Syn | None = None


@final
@dataclass(slots=True, frozen=True)
class TuplePat(Pat):
    """`⟨a, b⟩` or `(a, b)`."""

    items: tuple[Pat, ...]


@final
@dataclass(slots=True, frozen=True)
class CtorPat(Pat):
    """`Ctor a b`; literals and `n + 1` are read as constructors too."""

    name: str
    items: tuple[Pat, ...]


@final
@dataclass(slots=True, frozen=True)
class NumPat(Pat):
    """A numeral `value`, or `inner + value`."""

    value: int
    inner: Pat | None = None


@final
@dataclass(slots=True, frozen=True)
class AltPat(Pat):
    """`a | b` of rcases."""

    options: tuple[Pat, ...]


@final
@dataclass(slots=True, frozen=True)
class Alt:
    """`| patterns => body`."""

    patterns: tuple[Pat, ...]
    body: Syn
    pos: tuple[int, int]


@final
@dataclass(slots=True, frozen=True)
class InductionAlt:
    """`| ctor names => block`; `block` None for a bare hole name in `hole`; `explicit` for `@ctor`."""

    ctor: str
    names: tuple[str, ...]
    block: Block | None
    hole: Hole | None
    pos: tuple[int, int]
    explicit: bool = False


@final
@dataclass(slots=True, frozen=True)
class RwRule:
    """One rule of `rw`/`simp`: backwards for `←`."""

    term: Syn
    backwards: bool
    pos: tuple[int, int]


@final
@dataclass(slots=True, frozen=True)
class Block:
    """A sequence of tactics."""

    tactics: tuple[Tac, ...]
    pos: tuple[int, int]


@final
@dataclass(slots=True, frozen=True)
class Tac:
    """A tactic; which fields are filled depends on `kind`."""

    kind: str
    pos: tuple[int, int]
    terms: tuple[Syn, ...] = ()
    names: tuple[str, ...] = ()
    patterns: tuple[Pat, ...] = ()
    binders: tuple[BinderSyn, ...] = ()
    blocks: tuple[Block, ...] = ()
    alts: tuple[InductionAlt, ...] = ()
    rules: tuple[RwRule, ...] | None = None
    locations: tuple[str, ...] = ()
    type: Syn | None = None
    flag: bool = False
