"""Metavariables: their declarations, their values, undoing, and closing terms over local variables.

A metavariable is either natural (unification may solve it) or synthetic (a goal or a postponed piece of syntax, which
only its owner solves). A goal under a binder is solved by a *delayed* value: variables and a body that may still hold
open goals; it counts as a value once the body is complete.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import final

from assay.verifiers.lean.embedded.elab.library import Library
from assay.verifiers.lean.embedded.kernel.budget import Budget
from assay.verifiers.lean.embedded.kernel.check import TypeChecker
from assay.verifiers.lean.embedded.kernel.level import MVAR as LEVEL_MVAR
from assay.verifiers.lean.embedded.kernel.level import Level, level_mvar, rebuild
from assay.verifiers.lean.embedded.kernel.subst import abstract, beta_open, children, subterms, transform
from assay.verifiers.lean.embedded.kernel.term import (
    HAS_MVAR,
    App,
    Const,
    FVar,
    Let,
    MVar,
    Sort,
    Term,
    app,
    apps,
    const,
    head,
    lam,
    pi,
    sort,
    spine,
)


@final
class LocalContext:
    """The local variables of a goal, oldest first."""

    __slots__ = ("ids", "vars")

    def __init__(self, fvars: tuple[FVar, ...] = ()) -> None:
        """Contexts are never changed; `add` and `without` make new ones."""
        self.vars = fvars
        self.ids = frozenset(fvars)

    def add(self, *fvars: FVar) -> LocalContext:
        """With more variables at the end."""
        return LocalContext((*self.vars, *fvars))

    def without(self, fvars: Iterable[FVar]) -> LocalContext:
        """With some variables left out."""
        gone = set(fvars)
        return LocalContext(tuple(x for x in self.vars if x not in gone))

    def find(self, name: str) -> FVar | None:
        """The newest variable of a name."""
        for x in reversed(self.vars):
            if x.name == name:
                return x
        return None


@dataclass(slots=True, frozen=True)
class MVarDecl:
    """What a metavariable stands for: a term of a type over some local variables."""

    type: Term
    ctx: LocalContext
    natural: bool
    tag: str = ""


_LEVELS = itertools.count(1)
REDUCIBLE, FULL = 0, 1
"""How much to unfold: what `rw` and `with_reducible` see, and everything."""


class MetaContext(TypeChecker):
    """The kernel's reducer and inference, extended with metavariables."""

    def __init__(self, lib: Library, budget: Budget | None = None) -> None:
        """Start without metavariables."""
        super().__init__(lib.env, budget)
        self.lib = lib
        self.decls: dict[MVar, MVarDecl] = {}
        self.values: dict[MVar, Term] = {}
        self.delayed: dict[MVar, tuple[tuple[FVar, ...], Term]] = {}
        self.level_values: dict[Level, Level] = {}
        self.trail: list[MVar | Level] = []
        self.transparency = FULL
        self._caches = {FULL: (self._whnf, self._core, self._equal, self._differ), REDUCIBLE: ({}, {}, set(), set())}

    def set_transparency(self, level: int) -> int:
        """Choose how much to unfold; returns the choice before."""
        before, self.transparency = self.transparency, level
        if level != before:
            self._whnf, self._core, self._equal, self._differ = self._caches[level]
        return before

    # -- making and solving ------------------------------------------------------------------------------------------

    def new_mvar(self, type_: Term, ctx: LocalContext, *, natural: bool = True, tag: str = "") -> MVar:
        """A fresh metavariable."""
        mvar = MVar()
        self.decls[mvar] = MVarDecl(type_, ctx, natural, tag)
        return mvar

    def new_level(self) -> Level:
        """A fresh universe metavariable."""
        return level_mvar(f"u{next(_LEVELS)}")

    def new_type(self, ctx: LocalContext) -> MVar:
        """A metavariable for an unknown type."""
        return self.new_mvar(sort(self.new_level()), ctx)

    def assign(self, mvar: MVar, value: Term) -> None:
        """Give a metavariable its value (no checks; see `unify`)."""
        self.values[mvar] = value
        self.trail.append(mvar)

    def assign_delayed(self, mvar: MVar, fvars: Sequence[FVar], body: Term) -> None:
        """Give a goal the value `fun fvars => body`, complete once the body is."""
        self.delayed[mvar] = (tuple(fvars), body)
        self.trail.append(mvar)

    def assign_level(self, level: Level, value: Level) -> None:
        """Give a universe metavariable its value."""
        self.level_values[level] = value
        self.trail.append(level)

    def mark(self) -> int:
        """A point to which `undo` can go back."""
        return len(self.trail)

    def undo(self, mark: int) -> None:
        """Take back every assignment since a mark."""
        while len(self.trail) > mark:
            last = self.trail.pop()
            if isinstance(last, Level):
                del self.level_values[last]
            elif last in self.values:
                del self.values[last]
            else:
                del self.delayed[last]

    def is_assigned(self, mvar: MVar) -> bool:
        """Whether a metavariable has a value (possibly still incomplete)."""
        return mvar in self.values or mvar in self.delayed

    # -- hooks of the kernel's layers --------------------------------------------------------------------------------

    def remember(self, cache: dict[Term, Term], term: Term, result: Term) -> None:
        """Cache only what no assignment can change."""
        if not (term.flags | result.flags) & HAS_MVAR:
            cache[term] = result

    def resolve(self, term: Term) -> Term | None:
        """The value of a solved metavariable or of a let variable."""
        if type(term) is MVar:
            value = self.values.get(term)
            if value is not None:
                return value
            return self.delayed_value(term) if term in self.delayed else None
        return term.value if type(term) is FVar else None

    def mvar_type(self, term: MVar) -> Term:
        """The declared type."""
        return self.decls[term].type

    # -- values ------------------------------------------------------------------------------------------------------

    def delayed_value(self, mvar: MVar) -> Term | None:
        """The value of a goal under binders, once it is complete."""
        fvars, body = self.delayed[mvar]
        value = self.instantiate_mvars(body)
        if value.flags & HAS_MVAR:
            return None
        return self.bind(fvars, value)

    def bind(self, fvars: Sequence[FVar], body: Term) -> Term:
        """`fun fvars => body`, with the solved parts of the variables' types put in."""
        return self._bind_all(fvars, body, True)

    def _bind_all(self, fvars: Sequence[FVar], body: Term, lams: bool) -> Term:
        result = abstract(body, fvars)
        for i in range(len(fvars) - 1, -1, -1):
            x = fvars[i]
            dom = abstract(self.instantiate_mvars(x.type), fvars[:i])
            if x.value is not None:
                result = Let(x.name, dom, abstract(self.instantiate_mvars(x.value), fvars[:i]), result)
            elif lams:
                result = lam(x.name, dom, result, x.info)
            else:
                result = pi(x.name, dom, result, x.info)
        return result

    def instantiate_level(self, level: Level) -> Level:
        """Put in the values of solved universe metavariables."""
        if not level.has_mvar:
            return level
        if level.kind == LEVEL_MVAR:
            value = self.level_values.get(level)
            return level if value is None else self.instantiate_level(value)
        a = self.instantiate_level(level.a) if level.a is not None else None
        b = self.instantiate_level(level.b) if level.b is not None else None
        return rebuild(level.kind, a, b)

    def instantiate_mvars(self, term: Term) -> Term:
        """Put in the values of all solved metavariables."""
        if not term.flags & HAS_MVAR:
            return term
        return transform(term, HAS_MVAR, self._leaf)

    def _leaf(self, part: Term, _: int) -> Term | None:
        if type(part) is MVar:
            value = self.values.get(part)
            if value is not None:
                return self.instantiate_mvars(value)
            if part in self.delayed:
                return self.delayed_value(part) or part
            return part
        if type(part) is App:
            fn = head(part)
            if type(fn) is MVar:
                value = self.values.get(fn)
                if value is None and fn in self.delayed:
                    value = self.delayed_value(fn)
                if value is not None:
                    args = spine(part)[1]
                    return self.instantiate_mvars(beta_open(value, args))
            return None
        if type(part) is Sort:
            return sort(self.instantiate_level(part.level))
        if type(part) is Const:
            return const(part.name, tuple(self.instantiate_level(level) for level in part.levels))
        return None

    def open_mvars(self, term: Term) -> list[MVar]:
        """The unsolved metavariables of a term in order of occurrence, those behind delayed values included."""
        found: dict[MVar, None] = {}
        self._collect(self.instantiate_mvars(term), found)
        return list(found)

    def _collect(self, term: Term, found: dict[MVar, None]) -> None:
        if not term.flags & HAS_MVAR:
            return
        for part in _in_order(term):
            if part in found:
                continue
            if part in self.delayed:
                self._collect(self.instantiate_mvars(self.delayed[part][1]), found)
            else:
                found[part] = None

    # -- closing -----------------------------------------------------------------------------------------------------

    def close(self, fvars: Sequence[FVar], body: Term, *, lams: bool = True) -> Term:
        """Bind local variables in a term that may hold unsolved metavariables over them."""
        body = self.lift_mvars(self.instantiate_mvars(body), fvars)
        for i, x in enumerate(fvars):
            if x.type.flags & HAS_MVAR:
                self.lift_mvars(self.instantiate_mvars(x.type), fvars[:i])
        return self._bind_all(fvars, self.instantiate_mvars(body), lams)

    def lift_mvars(self, term: Term, fvars: Sequence[FVar]) -> Term:
        """Make the unsolved metavariables of a term independent of some variables, as functions of them."""
        if not term.flags & HAS_MVAR:
            return term
        replaced: dict[MVar, Term] = {}
        for mvar in dict.fromkeys(_in_order(term)):
            decl = self.decls[mvar]
            xs = [x for x in fvars if x in decl.ctx.ids]
            if not xs:
                continue
            type_ = self.close(xs, decl.type, lams=False)
            outer = self.new_mvar(type_, decl.ctx.without(xs), natural=decl.natural, tag=decl.tag)
            args = [x for x in xs if x.value is None]
            if decl.natural:
                self.assign(mvar, apps(outer, *args))
            else:
                self.assign_delayed(outer, xs, mvar)
                replaced[mvar] = apps(outer, *args)
        term = (
            transform(term, HAS_MVAR, lambda t, _: replaced.get(t) if type(t) is MVar else None) if replaced else term
        )
        return self.instantiate_mvars(term)


def _in_order(term: Term) -> list[MVar]:
    """The metavariables of a term from left to right."""
    found: dict[MVar, None] = {}
    seen: set[Term] = set()
    todo = [term]
    while todo:
        part = todo.pop()
        if not part.flags & HAS_MVAR or part in seen:
            continue
        seen.add(part)
        if type(part) is MVar:
            found[part] = None
        elif type(part) is App:
            todo.append(part.arg)
            todo.append(part.fn)
        elif type(part) is Let:
            todo.extend((part.body, part.value, part.type))
        elif not isinstance(part, (Sort, Const)):
            todo.extend(reversed(children(part)))
    return list(found)


def depends_on(meta: MetaContext, term: Term, fvars: set[FVar]) -> bool:
    """Whether a term mentions one of some variables."""
    return any(part in fvars for part in subterms(meta.instantiate_mvars(term)) if type(part) is FVar)


__all__ = ["FULL", "REDUCIBLE", "LocalContext", "MVarDecl", "MetaContext", "app", "depends_on"]
