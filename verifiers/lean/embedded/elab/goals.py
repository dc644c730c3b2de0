"""Goals: synthetic metavariables that tactics and `match` solve step by step.

Every operation here replaces a goal by others and records the term that connects them; whether that term proves
anything is for the kernel to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assay.verifiers.lean.embedded.elab.context import LocalContext
from assay.verifiers.lean.embedded.elab.unify import Unifier
from assay.verifiers.lean.embedded.kernel.level import Level
from assay.verifiers.lean.embedded.kernel.subst import head_beta_all, instantiate, subterms, transform
from assay.verifiers.lean.embedded.kernel.term import (
    HAS_FVAR,
    Const,
    FVar,
    Let,
    MVar,
    Pi,
    Sort,
    Term,
    apps,
    const,
    sort,
    spine,
)


class ElabError(Exception):
    """Text that cannot be turned into a term, or a tactic that fails.

    Args:
        code: Stable short code, e.g. "type_mismatch".
        message: Lean-like text.
    """

    def __init__(self, code: str, message: str) -> None:
        """Keep the code beside the text."""
        self.code = code
        super().__init__(message)


class Goals(Unifier):
    """Operations on goals."""

    def goal_type(self, goal: MVar) -> Term:
        """The statement of a goal, solved parts put in."""
        return self.instantiate_mvars(self.decls[goal].type)

    def new_goal(self, ctx: LocalContext, type_: Term, tag: str = "") -> MVar:
        """A fresh goal."""
        return self.new_mvar(type_, ctx, natural=False, tag=tag)

    def sort_level(self, type_: Term) -> Level:
        """The universe level of a type.

        Raises:
            ElabError: It is no type.
        """
        universe = self.whnf(self.infer_only(type_))
        if type(universe) is MVar:
            level = self.new_level()
            if self.unify(universe, sort(level)):
                return level
        if type(universe) is not Sort:
            raise ElabError("type_expected", "type expected")
        return self.instantiate_level(universe.level)

    def make_eq(self, a: Term, b: Term) -> Term:
        """`a = b`."""
        type_ = self.infer_only(a)
        return apps(const("Eq", (self.sort_level(type_),)), type_, a, b)

    def make_refl(self, a: Term) -> Term:
        """`Eq.refl a`."""
        type_ = self.infer_only(a)
        return apps(const("Eq.refl", (self.sort_level(type_),)), type_, a)

    def make_symm(self, eq: tuple[Level, Term, Term, Term], proof: Term) -> Term:
        """`Eq.symm proof`."""
        level, type_, a, b = eq
        return apps(const("Eq.symm", (level,)), type_, a, b, proof)

    def match_eq(self, type_: Term) -> tuple[Level, Term, Term, Term] | None:
        """Level, type and sides of an equation; at reducible unfolding."""
        type_ = self.instantiate_mvars(type_)
        fn, args = spine(self.whnf_reducible(type_))
        if type(fn) is Const and fn.name == "Eq" and len(args) == 3:
            return fn.levels[0], args[0], args[1], args[2]
        return None

    def whnf_reducible(self, term: Term) -> Term:
        """Weak head normal form, unfolding reducible definitions only."""
        before = self.set_transparency(0)
        try:
            return self.whnf(term)
        finally:
            self.set_transparency(before)

    def dependents(self, ctx: LocalContext, roots: Iterable[FVar]) -> list[FVar]:
        """The variables of a context that depend on some roots, the roots left out, oldest first."""
        marked = set(roots)
        found: list[FVar] = []
        for x in ctx.vars:
            if x in marked:
                continue
            parts = [*subterms(self.instantiate_mvars(x.type))]
            if x.value is not None:
                parts += subterms(self.instantiate_mvars(x.value))
            if any(type(part) is FVar and part in marked for part in parts):
                marked.add(x)
                found.append(x)
        return found

    def mentions(self, term: Term, fvars: Iterable[FVar]) -> bool:
        """Whether a term mentions one of some variables."""
        wanted = set(fvars)
        term = self.instantiate_mvars(term)
        return bool(term.flags & HAS_FVAR) and any(part in wanted for part in subterms(term))

    def revert(self, goal: MVar, fvars: Sequence[FVar]) -> tuple[MVar, list[FVar]]:
        """Move variables, and those that depend on them, from the context into the statement."""
        decl = self.decls[goal]
        chosen = set(fvars) | set(self.dependents(decl.ctx, fvars))
        moved = [x for x in decl.ctx.vars if x in chosen]
        type_ = self.close(moved, decl.type, lams=False)
        new = self.new_goal(decl.ctx.without(moved), type_, decl.tag)
        self.assign(goal, apps(new, *(x for x in moved if x.value is None)))
        return new, moved

    def intro(self, goal: MVar, names: Sequence[str]) -> tuple[MVar, list[FVar]]:
        """Move the first binders of a statement into the context.

        Raises:
            ElabError: There are too few binders.
        """
        decl = self.decls[goal]
        type_ = self.instantiate_mvars(decl.type)
        fvars: list[FVar] = []
        for name in names:
            if type(type_) not in (Pi, Let):
                type_ = self.whnf_to_binder(type_)
            if type(type_) is Pi:
                fvar = FVar(self.binder_name(name, type_.name), type_.dom)
                type_ = instantiate(type_.body, (fvar,))
            elif type(type_) is Let:
                fvar = FVar(self.binder_name(name, type_.name), type_.type, value=type_.value)
                type_ = instantiate(type_.body, (fvar,))
            else:
                raise ElabError("intro_failed", "Tactic `introN` failed: insufficient number of binders")
            fvars.append(fvar)
        new = self.new_goal(decl.ctx.add(*fvars), type_, decl.tag)
        self.assign_delayed(goal, fvars, new)
        return new, fvars

    def whnf_to_binder(self, type_: Term) -> Term:
        """Reduce until a binder shows at the head, by cheap steps first."""
        core = self.whnf_core(type_)
        return core if isinstance(core, (Pi, Let)) else self.whnf(core)

    @staticmethod
    def binder_name(name: str, own: str) -> str:
        """The name for a new variable: the user's, or the binder's own marked inaccessible for `_`."""
        if name != "_":
            return name
        own = own.rstrip("✝") or "x"
        return own + "✝"

    def fvar_map(self, term: Term, mapping: dict[FVar, Term]) -> Term:
        """Replace variables by terms; the term's unsolved metavariables are made functions of them first."""
        term = self.lift_mvars(self.instantiate_mvars(term), list(mapping))
        return transform(term, HAS_FVAR, lambda t, _: mapping.get(t, t) if type(t) is FVar else None)

    def close_goal(self, goal: MVar, value: Term) -> None:
        """Solve a goal by a term."""
        self.assign(goal, value)

    def clear(self, goal: MVar, fvars: Sequence[FVar]) -> MVar:
        """Remove variables nothing depends on.

        Raises:
            ElabError: Something depends on one of them.
        """
        decl = self.decls[goal]
        if self.dependents(decl.ctx, fvars) or self.mentions(decl.type, fvars):
            raise ElabError("clear_failed", f"Tactic `clear` failed: variable `{fvars[0].name}` is used")
        new = self.new_goal(decl.ctx.without(fvars), decl.type, decl.tag)
        self.assign(goal, new)
        return new

    def beta_reduce(self, term: Term) -> Term:
        """Contract every redex that stands in a term."""
        return head_beta_all(self.instantiate_mvars(term))
