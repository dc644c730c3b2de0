"""The elaborator of types, binders, functions and universe levels, driven by the expected type where there is one."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager

from assay.verifiers.lean.embedded.elab.driver import Driver, Postponed
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.kernel.level import (
    LEVEL_ZERO,
    Level,
    imax,
    level_max,
    param,
    succ,
)
from assay.verifiers.lean.embedded.kernel.subst import instantiate
from assay.verifiers.lean.embedded.kernel.term import (
    DEFAULT,
    PROP,
    FVar,
    MVar,
    Pi,
    Term,
    apps,
    const,
    head,
    sort,
)
from assay.verifiers.lean.embedded.surface.syntax import (
    BinderSyn,
    BinOp,
    ExistsSyn,
    FunSyn,
    Ident,
    Num,
    PiSyn,
    SortSyn,
    Syn,
)


class TermElaborator(Driver):
    """Forms of syntax except applications, patterns and calculations, which subclasses add."""

    # -- types and binders -------------------------------------------------------------------------------------------

    def elab_type(self, syn: Syn) -> Term:
        """Elaborate a type.

        Raises:
            ElabError: It is no type.
        """
        term = self.elab_ensure(syn, None)
        self.sort_level(term)
        return term

    def elab_level(self, syn: Syn) -> Level:
        """Elaborate a universe level: numerals, and declared names in the prelude."""
        if isinstance(syn, Num):
            if syn.value > 8:
                raise ElabError("universe", "universe levels above 8 are not supported")
            level = LEVEL_ZERO
            for _ in range(syn.value):
                level = succ(level)
            return level
        if isinstance(syn, Ident):
            if syn.name not in self.level_names:
                raise ElabError("universe", f"unknown universe level `{syn.name}`")
            return param(syn.name)
        assert isinstance(syn, BinOp)
        if syn.op == "+":
            level = self.elab_level(syn.left)
            assert isinstance(syn.right, Num)
            for _ in range(min(syn.right.value, 8)):
                level = succ(level)
            return level
        combine = level_max if syn.op == "max" else imax
        return combine(self.elab_level(syn.left), self.elab_level(syn.right))

    @contextmanager
    def binding(self, binders: Sequence[BinderSyn]) -> Generator[list[FVar]]:
        """Elaborate binders and stay in their scope."""
        before = self.ctx
        fvars: list[FVar] = []
        try:
            for binder in binders:
                type_ = self.elab_type(binder.type) if binder.type is not None else self.new_type(self.ctx)
                name = binder.name if binder.name != "_" else "x✝"
                fvar = FVar(name, type_, binder.info)
                fvars.append(fvar)
                self.ctx = self.ctx.add(fvar)
            yield fvars
        finally:
            self.ctx = before

    def form_pi(self, syn: PiSyn, _: Term | None) -> Term:
        """Elaborate `PiSyn`."""
        with self.binding(syn.binders) as fvars:
            body = self.elab_type(syn.body)
        return self.close(fvars, body, lams=False)

    def form_exists(self, syn: ExistsSyn, _: Term | None) -> Term:
        """Elaborate `ExistsSyn`."""
        with self.binding(syn.binders) as fvars:
            body = self.ensure_type(self.elab_type(syn.body), None)
            if not self.unify(self.infer_only(body), PROP):
                raise self.mismatch(body, self.infer_only(body), PROP)
        for fvar in reversed(fvars):
            type_ = self.instantiate_mvars(fvar.type)
            level = self.sort_level(type_)
            body = apps(const("Exists", (level,)), type_, self.close([fvar], body))
        return body

    def form_fun(self, syn: FunSyn, expected: Term | None) -> Term:
        """Elaborate `FunSyn`."""
        return self._fun_from(syn, 0, expected)

    def _fun_from(self, syn: FunSyn, i: int, expected: Term | None) -> Term:
        if i == len(syn.binders):
            return self.elab_ensure(syn.body, expected)
        binder = syn.binders[i]
        wanted: Pi | None = None
        if expected is not None:
            shape = self._expose(expected)
            if type(head(shape)) is not MVar:
                shape = self.whnf_to_binder(self.instantiate_mvars(shape))
                if type(shape) is not Pi:
                    raise ElabError("type_mismatch", "a function was given where none is expected")
                wanted = shape
        if wanted is None and binder.type is None and self.may_postpone:
            raise Postponed
        if binder.type is not None:
            type_ = self.elab_type(binder.type)
            if wanted is not None and not self.unify(type_, wanted.dom):
                raise ElabError("type_mismatch", f"the type of `{binder.name}` is not the expected one")
        else:
            type_ = wanted.dom if wanted is not None else self.new_type(self.ctx)
        if wanted is not None and wanted.info != DEFAULT and binder.info == DEFAULT:
            return self._implicit_lambda(FunSyn(syn.pos, syn.binders[i:], syn.body), wanted)
        name = binder.name
        if name == "_":
            name = "x✝"
        fvar = FVar(name, type_, binder.info if wanted is None else wanted.info)
        rest = instantiate(wanted.body, (fvar,)) if wanted is not None else None
        with self.within(self.ctx.add(fvar)):
            if binder.pattern is not None:
                body = self.match_pattern(fvar, binder, FunSyn(syn.pos, syn.binders[i + 1 :], syn.body), rest)
            else:
                body = self._fun_from(syn, i + 1, rest)
        return self.close([fvar], body)

    def match_pattern(self, fvar: FVar, binder: BinderSyn, rest: FunSyn, expected: Term | None) -> Term:
        """`fun ⟨a, b⟩ => rest`, after its variable is bound."""
        raise NotImplementedError

    # -- simple forms ------------------------------------------------------------------------------------------------

    def form_sort(self, syn: SortSyn, _: Term | None) -> Term:
        """Elaborate `SortSyn`."""
        if syn.kind == "Prop":
            return PROP
        level = self.elab_level(syn.level) if syn.level is not None else LEVEL_ZERO
        return sort(succ(level) if syn.kind == "Type" else level)
