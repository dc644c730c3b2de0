"""Source text of checked declarations for a Lean that has no library, so that Lean's own kernel judges them again.

Every constant is declared in order, every argument and universe is written out, bound names are unique, numerals are
raw literals, and there is no notation, instance or coercion to resolve: Lean's elaborator has nothing to find, and the
kernel gets the terms as they stand. The file begins with `prelude`, so nothing comes from a library of Lean's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assay.verifiers.lean.embedded.kernel.budget import KernelError
from assay.verifiers.lean.embedded.kernel.declare import Declaration
from assay.verifiers.lean.embedded.kernel.environment import Constant, Environment, InductiveInfo
from assay.verifiers.lean.embedded.kernel.level import IMAX, MAX, PARAM, SUCC, ZERO, Level
from assay.verifiers.lean.embedded.kernel.term import BVar, Const, Lam, Let, Lit, Pi, Sort, Term, const, spine

OPTIONS = """\
set_option genCtorIdx false
set_option genInjectivity false
set_option genSizeOf false
set_option bootstrap.inductiveCheckResultingUniverse false
set_option autoImplicit false
set_option linter.all false
set_option maxHeartbeats 0
set_option maxRecDepth 100000
"""
HEADER = (
    f"prelude\n{OPTIONS}"
    + """\
unsafe axiom lcErased : Type
unsafe axiom lcProof {x : Sort 0} : x
unsafe axiom lcAny : Type
unsafe axiom lcVoid : Type
inductive Lean.ParserDescr : Type where
  | none : Lean.ParserDescr
@[extern "l_rawNatLit"] opaque rawNatLit : Lean.ParserDescr := Lean.ParserDescr.none
attribute [term_parser] rawNatLit
"""
)
"""Options, and what Lean looks for by name although its library is absent: four names of its compiler (no safe
declaration may use what is unsafe), and the parser of `nat_lit N`, which is in Lean's program but belongs to its
library.
"""

SUPPORT = """\
class OfNat.{u} (A : Type u) (n : Nat) : Type u where
  ofNat : A
class HAdd.{u, v, w} (A : Type u) (B : Type v) (C : Type w) : Type (max (max u v) w) where
  hAdd : A -> B -> C
class Add.{u} (A : Type u) : Type u where
  add : A -> A -> A
@[reducible] noncomputable instance instOfNatNat (n : Nat) : OfNat Nat n := OfNat.mk n
@[reducible] noncomputable instance instAddNat : Add Nat := Add.mk Nat.add
@[reducible] noncomputable instance instHAdd.{u} (A : Type u) [i : Add A] : HAdd A A A := HAdd.mk Add.add
"""
"""Stands behind `Nat.add`: as it unifies `n + 2` with `m + 1`, Lean's elaborator makes terms of these names."""

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_']*")


def escaped(name: str) -> str:
    """A full name as Lean reads it, unusual components in «»; `T.recOn`, which Lean makes itself, gets a prime."""
    if "«" in name:
        return name
    if name.endswith(".recOn"):
        name += "'"
    return ".".join(part if _PLAIN.fullmatch(part) else f"«{part}»" for part in name.split("."))


def level_text(level: Level) -> str:
    """A universe level."""
    if level.kind == ZERO:
        return "0"
    if level.kind == PARAM:
        return escaped(level.name)
    assert level.a is not None
    if level.kind == SUCC:
        n = 1
        base = level.a
        while base.kind == SUCC and base.a is not None:
            base, n = base.a, n + 1
        return str(n) if base.kind == ZERO else f"({level_text(base)}+{n})"
    assert level.b is not None
    if level.kind not in (MAX, IMAX):
        raise KernelError("open_level", "a declaration with universe metavariables has no source")
    return f"({'max' if level.kind == MAX else 'imax'} {level_text(level.a)} {level_text(level.b)})"


class _Writer:
    """Text of one declaration's terms; `names` are the binders around, the innermost last.

    `local` is the inductive type being declared: Lean takes it for a variable, which has no universes of its own.
    """

    def __init__(self, local: str = "") -> None:
        self.count = 0
        self.local = local

    def term(self, term: Term, names: tuple[str, ...] = ()) -> str:
        if type(term) is BVar:
            return names[-1 - term.index]
        if type(term) is Lit:
            return f"(nat_lit {term.value})"
        if type(term) is Sort:
            return f"(Sort {level_text(term.level)})"
        if type(term) is Const:
            if term.name == self.local:
                return f"@{escaped(term.name)}"
            return f"@_root_.{escaped(term.name)}{_universes(tuple(map(level_text, term.levels)))}"
        if type(term) is Lam or type(term) is Pi:
            return self.binders(term, names)
        if type(term) is Let:
            x = self.fresh()
            type_, value = self.term(term.type, names), self.term(term.value, names)
            return f"(let {x} : {type_} := {value}; {self.term(term.body, (*names, x))})"
        fn, args = spine(term)
        if not args:
            raise KernelError("open_term", "a declaration with free variables or metavariables has no source")
        return f"({' '.join([self.term(fn, names), *(self.term(arg, names) for arg in args)])})"

    def fresh(self) -> str:
        self.count += 1
        return f"x{self.count}"

    def binders(self, term: Lam | Pi, names: tuple[str, ...]) -> str:
        """`(fun (x1 : A) (x2 : B) => b)` or `((x1 : A) -> (x2 : B) -> b)`: arguments are given by position."""
        kind = type(term)
        parts: list[str] = []
        body: Term = term
        while type(body) is kind:
            assert isinstance(body, (Lam, Pi))
            x = self.fresh()
            parts.append(f"({x} : {self.term(body.dom, names)})")
            names = (*names, x)
            body = body.body
        last = self.term(body, names)
        return f"(fun {' '.join(parts)} => {last})" if kind is Lam else f"({' -> '.join([*parts, last])})"


def _universes(levels: tuple[str, ...]) -> str:
    return f".{{{', '.join(levels)}}}" if levels else ""


def declaration_source(decl: Declaration | Constant) -> str:
    """The source of an axiom, a definition or a theorem.

    Raises:
        KernelError: The value is not at hand (the library was loaded from its cache), or a term is not closed.
    """
    writer = _Writer()
    head = f"{escaped(decl.name)}{_universes(tuple(map(escaped, decl.levels)))} : {writer.term(decl.type)}"
    if decl.kind == "axiom":
        return f"axiom {head}\n"
    if decl.value is None:
        raise KernelError("no_value", f"{decl.name} was loaded without its proof")
    return f"{'theorem' if decl.kind == 'theorem' else 'noncomputable def'} {head} :=\n  {writer.term(decl.value)}\n"


def _inductive_source(known: Constant, info: InductiveInfo, env: Environment) -> str:
    """An inductive type; the parameters stand before the colon, under one set of names for type and constructors."""
    writer = _Writer(known.name)
    type_ = known.type
    names: tuple[str, ...] = ()
    params = ""
    for _ in range(info.num_params):
        assert type(type_) is Pi
        x = writer.fresh()
        params += f" ({x} : {writer.term(type_.dom, names)})"
        names, type_ = (*names, x), type_.body
    head = f"{escaped(known.name)}{_universes(tuple(map(escaped, known.levels)))}{params}"
    lines = [f"inductive {head} : {writer.term(type_, names)} where"]
    for ctor in info.ctors:
        ctor_type = env.constants[ctor].type
        for _ in range(info.num_params):
            assert type(ctor_type) is Pi
            ctor_type = ctor_type.body
        short = escaped(ctor.removeprefix(f"{known.name}."))
        lines.append(f"  | {short} : {writer.term(ctor_type, names)}")
    return "\n".join(lines) + "\n"


def _restated(known: Constant) -> str:
    """A definition that gives what Lean made by itself the type that our kernel made."""
    value = const(known.name, known.level_params())
    return declaration_source(Declaration(f"«our {known.name}»", known.levels, known.type, value, "def"))


def constant_source(known: Constant, env: Environment) -> str:
    """The source of one constant of the library.

    Lean makes constructors, recursors and quotients by itself: of these it has to confirm the type.
    """
    if isinstance(known.info, InductiveInfo):
        return _inductive_source(known, known.info, env)
    if known.kind in ("ctor", "rec", "quot"):
        return ("init_quot\n" if known.name == "Quot" else "") + _restated(known)
    return declaration_source(known) + (SUPPORT if known.name == "Nat.add" else "")


def bare_source(env: Environment, constants: Iterable[Constant | Declaration]) -> Iterator[str]:
    """The parts of a file that declares constants, in the order given; the first part is the header.

    Raises:
        KernelError: A value is not at hand (the library was loaded from its cache: build it).
    """
    yield HEADER
    for known in constants:
        yield constant_source(known, env) if isinstance(known, Constant) else declaration_source(known)
