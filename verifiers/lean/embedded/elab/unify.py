"""Unification: definitional equality that may solve natural metavariables.

First-order with Miller patterns, Lean's Nat offsets (`?n + 1` against `5`), and lazy unfolding at the chosen
transparency. It is allowed to fail where Lean's succeeds; every solution is checked again by the kernel in the end.
"""

from __future__ import annotations

from assay.verifiers.lean.embedded.elab.context import LocalContext
from assay.verifiers.lean.embedded.elab.unfold import Unfolder, add_offset, nat_offset
from assay.verifiers.lean.embedded.kernel.reduce import is_zero
from assay.verifiers.lean.embedded.kernel.subst import beta, instantiate, subterms
from assay.verifiers.lean.embedded.kernel.term import (
    HAS_MVAR,
    App,
    Binder,
    Const,
    FVar,
    Lam,
    Lit,
    MVar,
    Pi,
    Sort,
    Term,
    app,
    bvar,
    const,
    head,
    lam,
    spine,
)

_ADD = const("Nat.add")
_SUCC = const("Nat.succ")


class Unifier(Unfolder):
    """Equality up to solving metavariables."""

    def unify(self, a: Term, b: Term) -> bool:
        """Make two terms equal, or leave everything as it was."""
        mark = self.mark()
        if self.is_def_eq(a, b):
            return True
        self.undo(mark)
        return False

    def is_def_eq(self, a: Term, b: Term) -> bool:
        """Whether two terms can be made equal; assignments of a failed attempt remain (see `unify`)."""
        if a is b:
            return True
        a, b = self._expose(a), self._expose(b)
        if a is b:
            return True
        plain = not (a.flags | b.flags) & HAS_MVAR
        if plain and (a, b) in self._equal:
            return True
        self.budget.step()
        self.budget.enter()
        try:
            result = self._unify(a, b)
        finally:
            self.budget.depth -= 1
        if result and plain:
            self._equal.add((a, b))
        return result

    def _expose(self, term: Term) -> Term:
        """Replace a solved metavariable at the head."""
        if not term.flags & HAS_MVAR:
            return term
        while True:
            fn = head(term)
            if type(fn) is not MVar:
                return term
            value = self.resolve(fn)
            if value is None:
                return term
            term = beta(value, spine(term)[1])

    def _unify(self, a: Term, b: Term) -> bool:
        if type(a) is Sort and type(b) is Sort:
            return self.unify_levels(a.level, b.level)
        if type(a) is Lit and type(b) is Lit:
            return a.value == b.value
        if (type(a) is Pi and type(b) is Pi) or (type(a) is Lam and type(b) is Lam):
            return self._unify_binders(a, b)
        flex = self._flex(a, b)
        if flex is not None:
            return flex
        x, y = self.whnf_core(a), self.whnf_core(b)
        if x is not a or y is not b:
            return self.is_def_eq(x, y)
        if type(a) is Lam and type(b) is not Lam:
            return self._unify_eta(a, b)
        if type(b) is Lam and type(a) is not Lam:
            return self._unify_eta(b, a)
        mark = self.mark()
        if self._lazy_unfold(a, b):
            return True
        self.undo(mark)
        if self._eta_struct(a, b) or self._eta_unfolded(a, b):
            return True
        self.undo(mark)
        return self._same_propositions(a, b)

    def _same_propositions(self, a: Term, b: Term) -> bool:
        """Proof irrelevance, tried last so that it does not leave metavariables unsolved."""
        if isinstance(a, (Sort, Lit, Pi)) or isinstance(b, (Sort, Lit, Pi)) or (a.flags | b.flags) & HAS_MVAR:
            return False
        return bool(self._same_proofs(a, b))

    def _eta_unfolded(self, a: Term, b: Term) -> bool:
        """A definition that unfolds to a constructor application against a variable of that type."""
        for x, y in ((a, b), (b, a)):
            if type(head(x)) is FVar and self._unfoldable(head(y)):
                made = self.whnf(y)
                if made is not y and self._eta_struct(x, made):
                    return True
        return False

    def _unify_eta(self, function: Lam, other: Term) -> bool:
        type_ = self.whnf(self.infer_only(other))
        if type(type_) is not Pi:
            return False
        return self.is_def_eq(function, lam(type_.name, type_.dom, app(other, bvar(0))))

    def _unify_binders(self, a: Term, b: Term) -> bool:
        kind = type(a)
        fvars: list[Term] = []
        while type(a) is kind and type(b) is kind:
            assert isinstance(a, Binder)
            assert isinstance(b, Binder)
            dom = instantiate(a.dom, fvars)
            if a.dom is not b.dom and not self.is_def_eq(dom, instantiate(b.dom, fvars)):
                return False
            fvars.insert(0, FVar(a.name, dom))
            a, b = a.body, b.body
        return self.is_def_eq(instantiate(a, fvars), instantiate(b, fvars))

    # -- metavariables at the head -----------------------------------------------------------------------------------

    def _flex(self, a: Term, b: Term) -> bool | None:
        """Solve an equation with an unsolved natural metavariable at a head; None where there is none."""
        fa, fb = head(a), head(b)
        free_a = type(fa) is MVar and self.decls[fa].natural
        free_b = type(fb) is MVar and self.decls[fb].natural
        if not free_a and not free_b:
            return None
        mark = self.mark()
        if free_a and free_b:
            if fa is fb and type(a) is App and type(b) is App:
                if self._unify_args(a, b):
                    return True
                self.undo(mark)
            first = type(fa) is MVar and type(fb) is MVar and self._prefer(fa, fb, a, b)
            order = [(a, b), (b, a)] if first else [(b, a), (a, b)]
        else:
            order = [(a, b)] if free_a else [(b, a)]
        for x, y in order:
            if self._solve(x, y):
                return True
            self.undo(mark)
        x, y = self.whnf_core(a), self.whnf_core(b)
        if x is not a or y is not b:
            return self.is_def_eq(x, y)
        for x, y in order:
            if self._first_order(x, y):
                return True
            self.undo(mark)
        rigid = b if free_a else a
        unfolded = None if free_a and free_b else self.unfold(rigid)
        if unfolded is not None:
            return self.is_def_eq(a, unfolded) if free_a else self.is_def_eq(unfolded, b)
        return False

    def _prefer(self, fa: MVar, fb: MVar, a: Term, b: Term) -> bool:
        """Whether to solve the left of two metavariables: the one that sees more, or the newer."""
        if a is fa and b is not fb:
            return True
        if b is fb and a is not fa:
            return False
        na, nb = len(self.decls[fa].ctx.vars), len(self.decls[fb].ctx.vars)
        return na > nb if na != nb else fa.uid > fb.uid

    def _solve(self, flex: Term, value: Term) -> bool:
        """`?m x1 ... xn = value` for distinct variables."""
        mvar, args = spine(flex)
        assert type(mvar) is MVar
        xs: list[FVar] = []
        for arg in args:
            arg = self.instantiate_mvars(arg)
            if type(arg) is not FVar or arg in xs:
                return False
            xs.append(arg)
        value = self.instantiate_mvars(value)
        if value is mvar:
            return not args
        checked = self._in_scope(mvar, value, xs)
        if checked is None:
            return False
        solution = self.close(xs, checked) if xs else checked
        type_ = self.infer_only(solution)
        if not self._same_types(self.decls[mvar].type, type_):
            return False
        self.assign(mvar, solution)
        return True

    def _same_types(self, a: Term, b: Term) -> bool:
        before = self.set_transparency(1)
        try:
            return a is b or self.is_def_eq(a, b)
        finally:
            self.set_transparency(before)

    def _in_scope(self, mvar: MVar, value: Term, extra: list[FVar]) -> Term | None:
        """The value with inner metavariables cut back to what `mvar` may see; None if that cannot be."""
        decl = self.decls[mvar]
        allowed = decl.ctx.ids
        for part in subterms(value):
            if type(part) is FVar:
                if part not in allowed and part not in extra:
                    return None
            elif type(part) is MVar:
                if part is mvar:
                    return None
                if part in self.delayed:
                    continue
                inner = self.decls[part]
                if inner.ctx.ids <= allowed or inner.ctx.ids <= allowed.union(extra):
                    continue
                if not inner.natural or not self._cut_back(part, inner.ctx, allowed, extra):
                    return None
        return self.instantiate_mvars(value)

    def _cut_back(self, part: MVar, ctx: LocalContext, allowed: frozenset[FVar], extra: list[FVar]) -> bool:
        kept = LocalContext(tuple(x for x in ctx.vars if x in allowed or x in extra))
        type_ = self.instantiate_mvars(self.decls[part].type)
        if any(type(t) is FVar and t not in kept.ids for t in subterms(type_)):
            return False
        self.assign(part, self.new_mvar(type_, kept))
        return True

    def _first_order(self, flex: Term, value: Term) -> bool:
        """`?m a b = f c d`: solve `?m a = f c` and `b = d`."""
        if type(flex) is not App or type(value) is not App:
            return False
        return self.is_def_eq(flex.fn, value.fn) and self.is_def_eq(flex.arg, value.arg)

    def _lazy_unfold(self, a: Term, b: Term) -> bool:
        while True:
            self.budget.step()
            offset = self._nat_offsets(a, b)
            if offset is not None:
                return offset
            fa, fb = head(a), head(b)
            if (a.flags | b.flags) & HAS_MVAR and self._congruent(a, b, fa, fb):
                return True
            x, y = self.nat_value(a), self.nat_value(b)
            if x is not None or y is not None:
                return self.is_def_eq(x or a, y or b)
            if not (a.flags | b.flags) & HAS_MVAR and self._congruent(a, b, fa, fb):
                return True
            da, db = self._unfoldable(fa), self._unfoldable(fb)
            ua = ub = None
            if da >= db and da > 0:
                ua = self.unfold(a)
            if (db >= da and db > 0) or (ua is None and db > 0):
                ub = self.unfold(b)
            if ub is None and ua is None and da > 0:
                ua = self.unfold(a)
            if ua is None and ub is None:
                return False
            a = self.whnf_core(ua) if ua is not None else a
            b = self.whnf_core(ub) if ub is not None else b
            if a is b:
                return True
            if _is_canonical(a) or _is_canonical(b) or type(head(a)) is MVar or type(head(b)) is MVar:
                return self.is_def_eq(a, b)

    def _congruent(self, a: Term, b: Term, fa: Term, fb: Term) -> bool:
        """Equal heads with arguments that can be made equal."""
        if type(a) is not App or type(b) is not App:
            if type(a) is Const and type(b) is Const and a.name == b.name and len(a.levels) == len(b.levels):
                return all(self.unify_levels(u, v) for u, v in zip(a.levels, b.levels, strict=True))
            return False
        if fa is not fb:
            if type(fa) is not Const or type(fb) is not Const or fa.name != fb.name:
                return False
            if len(fa.levels) != len(fb.levels):
                return False
        if not (a.flags | b.flags) & HAS_MVAR and (a, b) in self._differ:
            return False
        mark = self.mark()
        levels = zip(fa.levels, fb.levels, strict=True) if type(fa) is Const and type(fb) is Const else ()
        if fa is not fb and not all(self.unify_levels(u, v) for u, v in levels):
            self.undo(mark)
            return False
        if self._unify_args(a, b):
            return True
        self.undo(mark)
        if not (a.flags | b.flags) & HAS_MVAR:
            self._differ.add((a, b))
        return False

    def _unify_args(self, a: Term, b: Term) -> bool:
        xs, ys = spine(a)[1], spine(b)[1]
        if len(xs) != len(ys):
            return False
        later: list[tuple[Term, Term]] = []
        for x, y in zip(xs, ys, strict=True):
            if x is y:
                continue
            # An argument that is an applied metavariable may become clear once the others are solved.
            if (type(x) is App and type(head(x)) is MVar) or (type(y) is App and type(head(y)) is MVar):
                later.append((x, y))
            elif not self.is_def_eq(x, y):
                return False
        return all(self.is_def_eq(x, y) for x, y in later)

    def _nat_offsets(self, a: Term, b: Term) -> bool | None:
        """Peel numerals: `s + 3` against `t + 1`, `?n + 1` against `5`."""
        x, y = nat_offset(a), nat_offset(b)
        if x is None or y is None:
            return True if is_zero(a) and is_zero(b) else None
        (base_a, k), (base_b, m) = x, y
        if base_a is None and base_b is None:
            return k == m
        common = min(k, m)
        if base_a is None and k < m:
            return False
        if base_b is None and m < k:
            return False
        if not common:
            return None
        return self.is_def_eq(add_offset(base_a, k - common), add_offset(base_b, m - common))


def _is_canonical(term: Term) -> bool:
    return isinstance(term, (Lit, Pi, Lam, Sort))
