"""Constructors are injective and disjoint: the terms that say so, for inductive types without indices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assay.verifiers.lean.embedded.elab.goals import ElabError, Goals
from assay.verifiers.lean.embedded.kernel.environment import CtorInfo
from assay.verifiers.lean.embedded.kernel.level import LEVEL_ONE, LEVEL_ZERO, Level
from assay.verifiers.lean.embedded.kernel.subst import bind_lams, head_beta_all, instantiate
from assay.verifiers.lean.embedded.kernel.term import (
    PROP,
    Const,
    FVar,
    Pi,
    Term,
    apps,
    const,
    spine,
)


@dataclass(slots=True)
class MinorShape:
    """A branch of a recursor: the type its minor premise must have."""

    ctor: str
    full: str
    num_fields: int
    type: Term
    params: list[Term]
    fn: Const
    skipped: list[FVar] = field(default_factory=list[FVar])


class ConstructorFacts(Goals):
    """What equations between constructor applications imply."""

    def family_of(self, type_: Term) -> tuple[Const, list[Term], list[Term]] | None:
        """An inductive type with its parameters and indices, if a type reduces to one."""
        fn, args = spine(self.whnf(type_))
        if type(fn) is not Const:
            return None
        info = self.env.inductive(fn.name)
        if info is None or len(args) != info.num_params + info.num_indices:
            return None
        return fn, args[: info.num_params], args[info.num_params :]

    def _recursor(
        self, family: tuple[Const, list[Term], list[Term]], level: Level, motive: Term, minors: list[Term]
    ) -> Term:
        fn, params, _ = family
        known = self.env.get(f"{fn.name}.rec")
        assert known is not None
        large = len(known.levels) > len(fn.levels)
        if not large and self.instantiate_level(level) is not LEVEL_ZERO:
            raise ElabError("elimination", f"a proof of `{fn.name}` can only be taken apart to prove a proposition")
        levels = (level, *fn.levels) if large else fn.levels
        return apps(const(known.name, levels), *params, motive, *minors)

    def _minor_shapes(
        self, family: tuple[Const, list[Term], list[Term]], level: Level, motive: Term
    ) -> list[MinorShape]:
        fn, params, _ = family
        type_ = self.infer_only(self._recursor(family, level, motive, []))
        shapes: list[MinorShape] = []
        info = self.env.inductive(fn.name)
        assert info is not None
        for name in info.ctors:
            assert type(type_) is Pi
            known = self.env.get(name)
            assert known is not None
            assert isinstance(known.info, CtorInfo)
            shapes.append(MinorShape(name.rpartition(".")[2], name, known.info.num_fields, type_.dom, params, fn))
            type_ = type_.body
        return shapes

    def _injection_parts(self, x: Term, y: Term) -> tuple[bool, int] | None:
        """(whether the constructors agree, number of fields) of two constructor applications."""
        (f, xs), (g, ys) = spine(x), spine(y)
        cf, cg = self.env.ctor(f), self.env.ctor(g)
        if cf is None or cg is None or cf.inductive != cg.inductive:
            return None
        if len(xs) != cf.num_params + cf.num_fields or len(ys) != cg.num_params + cg.num_fields:
            return None
        return cf.index == cg.index, cf.num_fields

    def discriminate(self, h: Term, x: Term, y: Term, target: Term) -> Term:
        """A proof of anything from an equation between different constructors."""
        eq = self.match_eq(self.infer_only(h))
        assert eq is not None
        level, type_, a, b = eq
        family = self.family_of(type_)
        assert family is not None
        ctor = spine(x)[0]
        assert type(ctor) is Const
        v = FVar("v", type_)
        minors = self._minor_values(
            family, LEVEL_ONE, PROP, lambda name, _: const("True" if name == ctor.name else "False")
        )
        split = apps(self._recursor(family, LEVEL_ONE, bind_lams([v], PROP), minors), v)
        motive = bind_lams([v, FVar("h", apps(const("Eq", (level,)), type_, a, v))], split)
        false = apps(const("Eq.rec", (LEVEL_ZERO, level)), type_, a, motive, const("True.intro"), b, h)
        return apps(const("False.elim", (self.sort_level(target),)), target, false)

    def injections(self, h: Term, x: Term, y: Term) -> list[tuple[Term, Term, Term]]:
        """The equations between the fields of two equal constructor applications, with their proofs.

        Raises:
            ElabError: A field's type depends on other fields.
        """
        eq = self.match_eq(self.infer_only(h))
        assert eq is not None
        level, type_, a, b = eq
        family = self.family_of(type_)
        assert family is not None
        ctor, xs = spine(x)
        _, ys = spine(y)
        assert type(ctor) is Const
        facts = self.env.ctor(ctor)
        assert facts is not None
        found: list[tuple[Term, Term, Term]] = []
        for i in range(facts.num_fields):
            left, right = xs[facts.num_params + i], ys[facts.num_params + i]
            field_type = self.infer_only(left)
            field_level = self.sort_level(field_type)
            if not self.unify(field_type, self.infer_only(right)):
                raise ElabError("injection_failed", "Tactic `injection` failed: the fields have different types")
            if self.instantiate_level(field_level) is LEVEL_ZERO:
                continue
            v = FVar("v", type_)

            def pick(name: str, fields: list[FVar], i: int = i, left: Term = left) -> Term:
                return fields[i] if name == ctor.name else left

            minors = self._minor_values(family, field_level, field_type, pick)
            motive = bind_lams([v], field_type)
            project = bind_lams([v], apps(self._recursor(family, field_level, motive, minors), v))
            levels = (level, field_level)
            proof = apps(const("congrArg", levels), type_, field_type, a, b, project, h)
            found.append((left, right, proof))
        return found

    def _minor_values(
        self,
        family: tuple[Const, list[Term], list[Term]],
        level: Level,
        result: Term,
        pick: Callable[[str, list[FVar]], Term],
    ) -> list[Term]:
        """One branch per constructor: `fun fields hyps => pick ctor fields`, for a constant motive."""
        fn, params, indices = family
        v = FVar("v", apps(fn, *params, *indices))
        if indices:
            raise ElabError("injection_failed", "Tactic `injection` failed: indexed types are not supported")
        motive = bind_lams([v], result)
        minors: list[Term] = []
        for shape in self._minor_shapes(family, level, motive):
            type_ = shape.type
            fvars: list[FVar] = []
            while type(type_) is Pi:
                fvar = FVar(type_.name, head_beta_all(type_.dom))
                fvars.append(fvar)
                type_ = instantiate(type_.body, (fvar,))
            minors.append(bind_lams(fvars, pick(shape.full, fvars)))
        return minors
