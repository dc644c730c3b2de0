"""Inference: the type of a term, with every application checked.

There are two modes with two caches: checked inference, and inference of terms already known to be well-typed (used
inside equality). A result of the second is never taken for one of the first.
"""

from __future__ import annotations

from assay.verifiers.lean.embedded.kernel.budget import Budget, KernelError
from assay.verifiers.lean.embedded.kernel.environment import Environment
from assay.verifiers.lean.embedded.kernel.equality import Equality
from assay.verifiers.lean.embedded.kernel.level import Level, imax, level_params, succ
from assay.verifiers.lean.embedded.kernel.subst import bind_pis, instantiate, instantiate_rev, subterms
from assay.verifiers.lean.embedded.kernel.term import (
    HAS_FVAR,
    HAS_MVAR,
    HAS_PARAM,
    App,
    Const,
    FVar,
    Lam,
    Let,
    Lit,
    MVar,
    Pi,
    Sort,
    Term,
    const,
    show_term,
    sort,
    spine,
)

NAT = const("Nat")


class TypeChecker(Equality):
    """Types of terms in one environment, within one budget; one object serves one check."""

    def __init__(self, env: Environment, budget: Budget | None = None) -> None:
        """Start with empty caches."""
        super().__init__(env, budget or Budget())
        self._checked: dict[Term, Term] = {}
        self._inferred: dict[Term, Term] = {}

    def infer(self, term: Term) -> Term:
        """The type of a term, checking all of it.

        Raises:
            KernelError: The term is not well-typed.
            LimitError: A budget is spent.
        """
        return self._infer(term, True)

    def infer_only(self, term: Term) -> Term:
        """The type of a term known to be well-typed."""
        return self._infer(term, False)

    def mvar_type(self, term: MVar) -> Term:
        """The type of a metavariable: the kernel has none."""
        raise KernelError("metavariable", f"the term holds an unsolved metavariable {term!r}")

    def _infer(self, term: Term, check: bool) -> Term:
        cache = self._checked if check else self._inferred
        found = cache.get(term)
        if found is not None:
            return found
        if not check:
            found = self._checked.get(term)
            if found is not None:
                return found
        if term.loose:
            raise KernelError("loose_variable", "the term holds a bound variable without a binder")
        self.budget.step()
        if type(term) is FVar:
            result = term.type
        elif type(term) is App:
            result = self._infer_app(term, check)
        elif type(term) is Const:
            result = self._infer_const(term)
        elif type(term) is Lam:
            result = self._infer_lam(term, check)
        elif type(term) is Pi:
            result = self._infer_pi(term, check)
        elif type(term) is Sort:
            result = sort(succ(term.level))
        elif type(term) is Lit:
            if "Nat.succ" not in self.env.nat_ops:
                raise KernelError("literal_without_nat", "a literal needs the type Nat")
            result = NAT
        elif type(term) is Let:
            result = self._infer_let(term, check)
        else:
            assert type(term) is MVar
            result = self.mvar_type(term)
        self.remember(cache, term, result)
        return result

    def _infer_const(self, term: Const) -> Term:
        known = self.env.get(term.name)
        if known is None:
            raise KernelError("unknown_constant", f"unknown constant {term.name}")
        if len(known.levels) != len(term.levels):
            message = f"{term.name} takes {len(known.levels)} universe levels, got {len(term.levels)}"
            raise KernelError("level_count", message)
        return self.env.type_of(known, term)

    def _infer_app(self, term: App, check: bool) -> Term:
        fn, args = spine(term)
        type_ = self._infer(fn, check)
        done = 0
        for i, arg in enumerate(args):
            if type(type_) is not Pi:
                type_ = self.whnf(instantiate_rev(type_, args[done:i]))
                done = i
                if type(type_) is not Pi:
                    raise KernelError("not_a_function", f"{show_term(fn)} is applied to too many arguments")
            if check:
                expected = instantiate_rev(type_.dom, args[done:i])
                actual = self._infer(arg, True)
                if not self.is_def_eq(actual, expected):
                    message = f"{show_term(arg)} has type {show_term(actual)}, expected {show_term(expected)}"
                    raise KernelError("type_mismatch", message)
            type_ = type_.body
        return instantiate_rev(type_, args[done:])

    def _infer_lam(self, term: Lam, check: bool) -> Term:
        fvars: list[FVar] = []
        body: Term = term
        while type(body) is Lam:
            dom = instantiate_rev(body.dom, fvars)
            if check:
                self.ensure_sort(dom)
            fvars.append(FVar(body.name, dom, body.info))
            body = body.body
        return bind_pis(fvars, self._infer(instantiate_rev(body, fvars), check))

    def _infer_pi(self, term: Pi, check: bool) -> Term:
        fvars: list[FVar] = []
        levels: list[Level] = []
        body: Term = term
        while type(body) is Pi:
            dom = instantiate_rev(body.dom, fvars)
            levels.append(self._sort_level(dom, check))
            fvars.append(FVar(body.name, dom))
            body = body.body
        level = self._sort_level(instantiate_rev(body, fvars), check)
        for u in reversed(levels):
            level = imax(u, level)
        return sort(level)

    def _infer_let(self, term: Let, check: bool) -> Term:
        if check:
            self.ensure_sort(term.type)
            actual = self._infer(term.value, True)
            if not self.is_def_eq(actual, term.type):
                raise KernelError("type_mismatch", f"the value of {term.name} has type {show_term(actual)}")
        return self._infer(instantiate(term.body, (term.value,)), check)

    def _sort_level(self, type_: Term, check: bool) -> Level:
        universe = self._infer(type_, check)
        if type(universe) is not Sort:
            universe = self.whnf(universe)
        if type(universe) is not Sort:
            raise KernelError("not_a_type", f"{show_term(type_)} is not a type")
        return universe.level

    def ensure_sort(self, type_: Term) -> Level:
        """Check that a term is a type and return its universe level.

        Raises:
            KernelError: It is not a type.
        """
        return self._sort_level(type_, True)

    def check(self, term: Term, type_: Term) -> None:
        """Check that a term has a type; that this is a type must have been checked before.

        Binders that both have in common are passed together, since their domains are parts of the type.

        Raises:
            KernelError: It does not.
        """
        fvars: list[FVar] = []
        while type(term) is Lam and type(type_) is Pi and term.dom is type_.dom:
            fvars.append(FVar(term.name, instantiate_rev(term.dom, fvars), term.info))
            term, type_ = term.body, type_.body
        type_ = instantiate_rev(type_, fvars)
        actual = self.infer(instantiate_rev(term, fvars))
        if not self.is_def_eq(actual, type_):
            raise KernelError("type_mismatch", f"expected type {show_term(type_)}, got {show_term(actual)}")


def ensure_closed(term: Term, levels: tuple[str, ...]) -> None:
    """Check that a declared term is closed and uses declared universe parameters only.

    Raises:
        KernelError: It holds a free variable, a metavariable, a loose index or an undeclared level parameter.
    """
    if term.loose:
        raise KernelError("loose_variable", "the declaration holds a bound variable without a binder")
    if term.flags & HAS_FVAR:
        raise KernelError("free_variable", "the declaration holds a free variable")
    if term.flags & HAS_MVAR:
        raise KernelError("metavariable", "the declaration holds a metavariable")
    if term.flags & HAS_PARAM:
        found: set[str] = set()
        for part in subterms(term):
            if type(part) is Sort:
                level_params(part.level, found)
            elif type(part) is Const:
                for level in part.levels:
                    level_params(level, found)
        if not found <= set(levels):
            raise KernelError("undeclared_level", f"undeclared universe parameters {sorted(found - set(levels))}")
