"""Definitional equality: structure, proof irrelevance, lazy unfolding, eta for functions and structures.

Only proven equalities are cached, pair by pair; a spent budget raises and so never reads as "different". Refusing two
terms that Lean would call equal is allowed; the converse is not.
"""

from __future__ import annotations

from assay.verifiers.lean.embedded.kernel.budget import Budget
from assay.verifiers.lean.embedded.kernel.environment import Constant, Environment
from assay.verifiers.lean.embedded.kernel.level import LEVEL_ZERO, level_eq
from assay.verifiers.lean.embedded.kernel.reduce import Reducer, is_zero, predecessor
from assay.verifiers.lean.embedded.kernel.subst import abstract, instantiate, instantiate_rev
from assay.verifiers.lean.embedded.kernel.term import (
    Binder,
    Const,
    FVar,
    Lam,
    Lit,
    Pi,
    Sort,
    Term,
    app,
    apps,
    bvar,
    const,
    head,
    lam,
    spine,
)


class Equality(Reducer):
    """Equality of well-typed terms."""

    def __init__(self, env: Environment, budget: Budget) -> None:
        """Start with empty caches."""
        super().__init__(env, budget)
        self._equal: set[tuple[Term, Term]] = set()
        self._differ: set[tuple[Term, Term]] = set()

    def is_def_eq(self, a: Term, b: Term) -> bool:
        """Whether two well-typed terms are definitionally equal."""
        if a is b or (a, b) in self._equal:
            return True
        self.budget.step()
        self.budget.enter()
        try:
            result = self._compare(a, b)
        finally:
            self.budget.depth -= 1
        if result:
            self._equal.add((a, b))
        return result

    def _compare(self, a: Term, b: Term) -> bool:
        quick = self._quick(a, b)
        if quick is not None:
            return quick
        x, y = self.whnf_core(a), self.whnf_core(b)
        if x is not a or y is not b:
            quick = self._quick(x, y)
            if quick is not None:
                return quick
        irrelevant = self._same_proofs(x, y)
        if irrelevant is not None:
            return irrelevant
        return self._lazy_delta(x, y)

    def _quick(self, a: Term, b: Term) -> bool | None:
        """Answers that need no reduction."""
        if a is b:
            return True
        if type(a) is Sort and type(b) is Sort:
            return level_eq(a.level, b.level)
        if (type(a) is Pi and type(b) is Pi) or (type(a) is Lam and type(b) is Lam):
            return self._same_binders(a, b)
        if type(a) is Lit and type(b) is Lit:
            return a.value == b.value
        return None

    def _same_binders(self, a: Term, b: Term) -> bool:
        kind = type(a)
        fvars: list[Term] = []
        while type(a) is kind and type(b) is kind:
            assert isinstance(a, Binder)
            assert isinstance(b, Binder)
            dom_a = instantiate(a.dom, fvars)
            if a.dom is not b.dom and not self.is_def_eq(dom_a, instantiate(b.dom, fvars)):
                return False
            fvars.insert(0, FVar(a.name, dom_a))
            a, b = a.body, b.body
        return self.is_def_eq(instantiate(a, fvars), instantiate(b, fvars))

    def _same_proofs(self, a: Term, b: Term) -> bool | None:
        """Two proofs of one proposition are equal; None where the terms are no proofs."""
        if isinstance(a, (Sort, Lit, Pi)) or isinstance(b, (Sort, Lit, Pi)):
            return None
        type_a = self.infer_only(a)
        if not self.is_prop(type_a):
            return None
        return self.is_def_eq(type_a, self.infer_only(b))

    def is_prop(self, type_: Term) -> bool:
        """Whether a type is a proposition: its own type is `Prop` under every assignment of level parameters."""
        universe = self.whnf(self.infer_only(type_))
        return type(universe) is Sort and level_eq(universe.level, LEVEL_ZERO)

    def _lazy_delta(self, a: Term, b: Term) -> bool:
        while True:
            self.budget.step()
            offset = self._offsets(a, b)
            if offset is not None:
                return offset
            x, y = self.nat_value(a), self.nat_value(b)
            if x is not None or y is not None:
                return self.is_def_eq(x or a, y or b)
            da, db = self._definition(a), self._definition(b)
            if da is None and db is None:
                break
            if da is not None and (db is None or da.height > db.height):
                a = self._unfold_core(a)
            elif db is not None and (da is None or db.height > da.height):
                b = self._unfold_core(b)
            else:
                if da is db and (a, b) not in self._differ:
                    if self._same_apps(a, b):
                        return True
                    self._differ.add((a, b))
                a, b = self._unfold_core(a), self._unfold_core(b)
            quick = self._quick(a, b)
            if quick is not None:
                return quick
        return self._same_apps(a, b) or self._eta(a, b) or self._eta(b, a) or self._eta_struct(a, b)

    def _unfold_core(self, term: Term) -> Term:
        unfolded = self.unfold(term)
        assert unfolded is not None
        return self.whnf_core(unfolded)

    def _definition(self, term: Term) -> Constant | None:
        fn = head(term)
        if type(fn) is not Const:
            return None
        known = self.env.get(fn.name)
        if known is None or known.kind != "def" or len(known.levels) != len(fn.levels):
            return None
        return None if self.env.is_opaque(fn.name) else known

    def _offsets(self, a: Term, b: Term) -> bool | None:
        """Peel a successor off both sides; zero differs from every successor."""
        if "Nat.succ" not in self.env.nat_ops:
            # The names alone mean nothing where Nat is not the usual type.
            return None
        if is_zero(a) and is_zero(b):
            return True
        x, y = predecessor(a), predecessor(b)
        if x is not None and y is not None:
            return self.is_def_eq(x, y)
        if (x is not None and is_zero(b)) or (y is not None and is_zero(a)):
            return False
        return None

    def _same_apps(self, a: Term, b: Term) -> bool:
        """Equal heads applied to equal arguments."""
        f, xs = spine(a)
        g, ys = spine(b)
        if len(xs) != len(ys):
            return False
        if f is not g:
            if type(f) is Const and type(g) is Const:
                if f.name != g.name or len(f.levels) != len(g.levels):
                    return False
                if not all(level_eq(u, v) for u, v in zip(f.levels, g.levels, strict=True)):
                    return False
            elif not xs or isinstance(f, (Const, FVar)) or isinstance(g, (Const, FVar)) or not self.is_def_eq(f, g):
                return False
        elif not xs:
            return True
        return all(self.is_def_eq(x, y) for x, y in zip(xs, ys, strict=True))

    def _eta(self, a: Term, b: Term) -> bool:
        """`fun x => t` against `f`: compare with `fun x => f x`."""
        if type(a) is not Lam or type(b) is Lam:
            return False
        type_ = self.whnf(self.infer_only(b))
        return type(type_) is Pi and self.is_def_eq(a, lam(type_.name, type_.dom, app(b, bvar(0))))

    def _eta_struct(self, a: Term, b: Term) -> bool:
        """`mk x1 ... xn` against `s`: compare each field with the projection of `s`."""
        return self._eta_struct_to(a, b) or self._eta_struct_to(b, a)

    def _eta_struct_to(self, made: Term, other: Term) -> bool:
        fn, args = spine(made)
        info = self.env.ctor(fn)
        if info is None or type(fn) is not Const or len(args) != info.num_params + info.num_fields:
            return False
        if self.env.ctor(head(other)) is not None:
            return False
        family = self.env.inductive(info.inductive)
        if family is None or len(family.ctors) != 1 or family.num_indices or family.recursive or family.is_prop:
            return False
        type_ = self.whnf(self.infer_only(other))
        of, params = spine(type_)
        if type(of) is not Const or of.name != info.inductive or len(params) != info.num_params:
            return False
        if not self.is_def_eq(self.infer_only(made), type_):
            return False
        for i in range(info.num_fields):
            projection = self.projection(other, type_, i)
            if projection is None or not self.is_def_eq(args[info.num_params + i], projection):
                return False
        return True

    def projection(self, struct: Term, type_: Term, i: int) -> Term | None:
        """Field `i` of a structure by its recursor; None where the field's type depends on earlier fields."""
        of, params = spine(type_)
        assert type(of) is Const
        family = self.env.inductive(of.name)
        recursor = self.env.get(f"{of.name}.rec")
        known = self.env.get(family.ctors[0]) if family is not None else None
        if known is None or recursor is None or len(recursor.levels) != len(of.levels) + 1:
            return None
        ctor_type = self.infer_only(apps(const(known.name, of.levels), *params))
        fields: list[FVar] = []
        while type(ctor_type) is Pi:
            if len(fields) == i and ctor_type.dom.loose:
                return None
            field = FVar(ctor_type.name, instantiate_rev(ctor_type.dom, fields))
            fields.append(field)
            ctor_type = ctor_type.body
        field_type = fields[i].type
        universe = self.whnf(self.infer_only(field_type))
        if type(universe) is not Sort:
            return None
        body: Term = bvar(len(fields) - 1 - i)
        for j in range(len(fields) - 1, -1, -1):
            body = lam(fields[j].name, abstract(fields[j].type, fields[:j]), body)
        motive = lam("x", type_, field_type)
        return apps(const(recursor.name, (universe.level, *of.levels)), *params, motive, body, struct)
