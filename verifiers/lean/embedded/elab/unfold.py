"""Unfolding for unification: transparency, structural recursion folded back, Nat's offsets.

A definition by structural recursion unfolds on constructors only, and its recursive calls keep the definition's name,
as Lean's equations do.
"""

from __future__ import annotations

from assay.verifiers.lean.embedded.elab.context import REDUCIBLE
from assay.verifiers.lean.embedded.elab.levels import LevelUnifier
from assay.verifiers.lean.embedded.kernel.reduce import is_zero, literal_to_ctor
from assay.verifiers.lean.embedded.kernel.subst import beta
from assay.verifiers.lean.embedded.kernel.term import (
    App,
    Const,
    Lit,
    Pi,
    Term,
    app,
    apps,
    const,
    head,
    lit,
    spine,
)

_ADD = const("Nat.add")
_SUCC = const("Nat.succ")
_OFFSET_ARITHMETIC = (_SUCC, _ADD, const("Nat.sub"), const("Nat.mul"))
"""What Lean evaluates on numerals even where nothing unfolds."""


class Unfolder(LevelUnifier):
    """Unfolds definitions as far as the transparency allows."""

    def unfold(self, term: Term) -> Term | None:
        """Unfold the head definition if the transparency allows; structural recursion unfolds on constructors only."""
        fn = head(term)
        if type(fn) is not Const:
            return None
        known = self.env.get(fn.name)
        if known is None or known.kind != "def" or len(fn.levels) != len(known.levels):
            return None
        if self.env.is_opaque(fn.name):
            return None
        if self.transparency == REDUCIBLE and fn.name not in self.lib.reducible:
            return None
        self.budget.step()
        shape = self.lib.structural.get(fn.name)
        args = spine(term)[1]
        if fn.name == "Nat.add" and len(args) == 2:
            last = args[1]
            if type(last) is Lit and last.value:
                return app(_SUCC, add_offset(args[0], last.value - 1))
        if shape is None:
            return beta(known.value_at(fn.levels), args)
        if len(args) < shape.arity:
            return None
        made = literal_to_ctor(self.whnf(args[shape.major]))
        if self.env.ctor(head(made)) is None:
            return None
        return self._unfold_structural(known.value_at(fn.levels), fn, args, shape.arity, shape.major, made)

    def _unfold_structural(
        self, value: Term, fn: Const, args: list[Term], arity: int, major: int, made: Term
    ) -> Term | None:
        """One equation of a structurally recursive definition, with the recursive calls folded back."""
        shared = [*args[:arity]]
        shared[major] = made
        body = beta(value, shared)
        rec, parts = spine(body)
        info = self.env.recursor(rec)
        if info is None or len(parts) <= info.major:
            return beta(value, args)
        ctor, ctor_args = spine(made)
        assert type(ctor) is Const
        facts = self.env.ctor(ctor)
        if facts is None or len(ctor_args) != facts.num_params + facts.num_fields:
            return None
        minor = parts[info.num_params + 1 + facts.index]
        fields = ctor_args[facts.num_params :]
        known = self.env.get(ctor.name)
        assert known is not None
        hyps: list[Term] = []
        type_ = known.type
        for _ in range(facts.num_params):
            assert type(type_) is Pi
            type_ = type_.body
        for field_value in fields:
            assert type(type_) is Pi
            of = head(type_.dom)
            if type(of) is Const and of.name == facts.inductive:
                again = [*args[:arity]]
                again[major] = field_value
                hyps.append(apps(fn, *again))
            type_ = type_.body
        return beta(minor, [*fields, *hyps, *parts[info.major + 1 :], *args[arity:]])

    def projection(self, struct: Term, type_: Term, i: int) -> Term | None:
        """Field `i` of a structure, by its named projection where there is one."""
        of, params = spine(type_)
        fields = self.lib.structures.get(of.name) if type(of) is Const else None
        if type(of) is Const and fields is not None and f"{of.name}.{fields[i]}" in self.env:
            return apps(const(f"{of.name}.{fields[i]}", of.levels), *params, struct)
        return super().projection(struct, type_, i)

    def nat_value(self, term: Term) -> Term | None:
        """Arithmetic on literals; at low transparency only what Lean's Nat offsets see."""
        if self.transparency == REDUCIBLE:
            fn = head(term)
            if fn not in _OFFSET_ARITHMETIC:
                return None
        return super().nat_value(term)

    def _unfoldable(self, fn: Term) -> int:
        """Definitional height of a head that may unfold here, else 0."""
        if type(fn) is not Const:
            return 0
        known = self.env.get(fn.name)
        if known is None or known.kind != "def" or self.env.is_opaque(fn.name):
            return 0
        if self.transparency == REDUCIBLE and fn.name not in self.lib.reducible:
            return 0
        return known.height


def nat_offset(term: Term) -> tuple[Term | None, int] | None:
    """A term as (base, numeral to add); base None for a pure numeral. None where no numeral is visible."""
    k = 0
    while True:
        if type(term) is Lit:
            return None, k + term.value
        if is_zero(term):
            return None, k
        if type(term) is App:
            fn, arg = term.fn, term.arg
            if fn is _SUCC:
                term, k = arg, k + 1
                continue
            if type(fn) is App and fn.fn is _ADD and type(arg) is Lit:
                term, k = fn.arg, k + arg.value
                continue
        return (term, k) if k else None


def add_offset(base: Term | None, k: int) -> Term:
    """`base + k`, as users write it."""
    if base is None:
        return lit(k)
    return apps(_ADD, base, lit(k)) if k else base
