"""`match`, patterns, `calc`, `▸` and `nomatch`: forms that need case analysis or rewriting.

A `match` becomes a goal over copies of its discriminants; rows of patterns are compiled column by column, splitting a
column by `cases`, until a row without patterns is left, whose body is elaborated there.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from assay.verifiers.lean.embedded.elab.chains import ChainElaborator
from assay.verifiers.lean.embedded.elab.driver import Postponed
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.kernel.environment import CtorInfo
from assay.verifiers.lean.embedded.kernel.subst import instantiate, transform
from assay.verifiers.lean.embedded.kernel.term import (
    DEFAULT,
    HAS_FVAR,
    App,
    Const,
    FVar,
    MVar,
    Pi,
    Term,
    apps,
    const,
    head,
)
from assay.verifiers.lean.embedded.surface.syntax import (
    Alt,
    BinderSyn,
    BinOp,
    CalcSyn,
    CtorPat,
    FunMatch,
    FunSyn,
    HaveSyn,
    MatchSyn,
    NoMatch,
    NumPat,
    Pat,
    Syn,
    TuplePat,
    VarPat,
)

MAX_ROWS = 256
"""Most leaves a compiled `match` may have."""


@dataclass(slots=True)
class Row:
    """Patterns still to be matched, names bound so far, and the alternative it comes from."""

    patterns: list[Pat]
    bound: list[tuple[str, Term]]
    alt: int


@dataclass(slots=True)
class Shape:
    """A pattern seen as a constructor with patterns for its explicit fields."""

    ctor: str
    items: list[Pat]


class MatchElaborator(ChainElaborator):
    """Elaborates the remaining forms."""

    def elab_form(self, syn: Syn, expected: Term | None) -> Term:
        """Elaborate the forms that need case analysis or rewriting."""
        if isinstance(syn, MatchSyn):
            return self.elab_match(syn.discriminants, syn.alts, expected, syn.names)
        if isinstance(syn, FunMatch):
            return self._fun_match(syn, self.known(expected))
        if isinstance(syn, NoMatch):
            return self._nomatch(syn, expected)
        if isinstance(syn, HaveSyn):
            value = syn.value
            alt = Alt((syn.pattern,), syn.body, syn.pos)
            if syn.type is not None:
                type_ = self.elab_type(syn.type)
                return self.match_terms([self._settled(value, type_)], [alt], self.known(expected))
            return self.elab_match((value,), (alt,), expected)
        if isinstance(syn, CalcSyn):
            return self._calc(syn, expected)
        if isinstance(syn, BinOp):
            return self._subst_term(syn, expected)
        raise ElabError("outside_subset", "this form of term is outside the supported subset")

    def _fun_match(self, syn: FunMatch, target: Term) -> Term:
        """`fun | p1, p2 => e | ...`."""
        fvars: list[FVar] = []
        for _ in syn.alts[0].patterns:
            type_ = self.whnf_to_binder(target)
            if type(type_) is not Pi:
                raise ElabError("type_mismatch", "a function was given where none is expected")
            fvars.append(FVar("x✝", type_.dom, type_.info))
            target = instantiate(type_.body, (fvars[-1],))
        with self.within(self.ctx.add(*fvars)):
            body = self.match_terms(fvars, syn.alts, target)
        return self.close(fvars, body)

    def match_pattern(self, fvar: FVar, binder: BinderSyn, rest: FunSyn, expected: Term | None) -> Term:
        """`fun ⟨a, b⟩ => rest`, after its variable is bound."""
        assert binder.pattern is not None
        body = rest if rest.binders else rest.body
        if type(head(self.instantiate_mvars(fvar.type))) is MVar:
            raise Postponed
        return self.match_terms([fvar], [Alt((binder.pattern,), body, rest.pos)], self.known(expected))

    def elab_match(
        self, discriminants: Sequence[Syn], alts: Sequence[Alt], expected: Term | None, names: Sequence[str] = ()
    ) -> Term:
        """`match e1, ... with alts`."""
        target = self.known(expected)
        return self.match_terms([self._settled(d, None) for d in discriminants], alts, target, names, True)

    def _nomatch(self, syn: NoMatch, expected: Term | None) -> Term:
        target = self.known(expected)
        if syn.term is not None:
            return self.match_terms([self._settled(syn.term, None)], [], target)
        goal = self.new_goal(self.ctx, target)
        type_ = self.whnf_to_binder(target)
        if type(type_) is not Pi:
            raise ElabError("missing_cases", "`nofun` needs a function type")
        new, fvars = self.intro(goal, ["_"])
        with self.within(self.decls[new].ctx):
            self.assign(new, self.match_terms([fvars[0]], [], self.goal_type(new)))
        return goal

    def match_terms(
        self,
        terms: Sequence[Term],
        alts: Sequence[Alt],
        target: Term,
        names: Sequence[str] = (),
        generalise: bool = False,
    ) -> Term:
        """Match elaborated terms against alternatives; `names` are those of equations `term = pattern`.

        Raises:
            ElabError: Cases are missing, redundant, or a pattern does not fit.
        """
        target = self.instantiate_mvars(target)
        columns: list[FVar] = []
        copies: dict[FVar, Term] = {}
        ctx = self.ctx
        for i, term in enumerate(terms):
            term = self.instantiate_mvars(term)
            first = alts[0].patterns[i] if alts else None
            name = first.name if isinstance(first, VarPat) and first.name != "_" else "x✝"
            type_ = self.instantiate_mvars(self.infer_only(term))
            x = FVar(name, self.fvar_map(type_, copies) if copies else type_)
            if type(term) is FVar:
                copies[term] = x
                target = self.fvar_map(target, {term: x})
            else:
                target = transform(target, HAS_FVAR, functools.partial(_replaced, term, x))
            columns.append(x)
            ctx = ctx.add(x)
        deps = self._generalised(terms) if generalise else []
        again: list[FVar] = []
        for d in deps:
            again.append(FVar(d.name, self.fvar_map(self.instantiate_mvars(d.type), copies)))
            copies[d] = again[-1]
        target = self.fvar_map(target, dict(zip(deps, again, strict=True)))
        named = [(name, term, x) for name, term, x in zip(names, terms, columns, strict=False) if name]
        eqs = [FVar(name, self.make_eq(term, x)) for name, term, x in named]
        ctx = ctx.without(deps).add(*again, *eqs)
        inner = self.new_goal(self.ctx, self.close([*columns, *again, *eqs], target, lams=False))
        goal = self.new_goal(ctx, target)
        self.assign_delayed(inner, [*columns, *again, *eqs], goal)
        used: set[int] = set()
        rows = [Row(list(alt.patterns), [], i) for i, alt in enumerate(alts)]
        self._compile(goal, list(columns), rows, alts, used)
        if len(used) < len(alts):
            raise ElabError("redundant_alternative", "Redundant alternative: a pattern is never reached")
        return apps(inner, *terms, *deps, *(self.make_refl(term) for _, term, _ in named))

    def _generalised(self, terms: Sequence[Term]) -> list[FVar]:
        """The hypotheses that speak of variables a `match` takes apart: each alternative has its own copy."""
        fvars = [t for t in terms if type(t) is FVar and t.value is None]
        found = [d for d in self.dependents(self.ctx, fvars) if d not in terms] if fvars else []
        return [] if any(d.value is not None for d in found) else found

    def _compile(self, goal: MVar, columns: list[Term], rows: list[Row], alts: Sequence[Alt], used: set[int]) -> None:
        self.budget.step()
        self.budget.enter()
        try:
            if not rows:
                self._absurd(goal, columns)
            elif not columns:
                used.add(rows[0].alt)
                self._leaf_body(goal, rows[0], alts[rows[0].alt])
            else:
                self._column(goal, columns, rows, alts, used)
        finally:
            self.budget.depth -= 1

    def _column(self, goal: MVar, columns: list[Term], rows: list[Row], alts: Sequence[Alt], used: set[int]) -> None:
        x = columns[0]
        type_ = self.instantiate_mvars(self.infer_only(x))
        shapes = [self._shape(row.patterns[0], type_) for row in rows]
        if all(shape is None for shape in shapes):
            for row in rows:
                self._bind(row, row.patterns.pop(0), x)
            self._compile(goal, columns[1:], rows, alts, used)
            return
        if type(x) is not FVar:
            raise ElabError("pattern", "this pattern is outside the supported subset")
        by_ctor = {shape.ctor: shape for shape in reversed([s for s in shapes if s is not None])}

        def namer(short: str) -> list[str] | None:
            shape = by_ctor.get(short)
            if shape is None:
                return None
            return [p.name if isinstance(p, VarPat) else "_" for p in shape.items]

        family = head(self.whnf(type_))
        assert type(family) is Const
        for branch in self.cases(goal, x, namer):
            fields = branch.fields
            rest = [branch.moved.get(c, c) if type(c) is FVar else c for c in columns[1:]]
            new_rows: list[Row] = []
            for row, shape in zip(rows, shapes, strict=True):
                bound = [(name, self.fvar_map(term, branch.moved)) for name, term in row.bound]
                if shape is None:
                    new = Row([VarPat(row.patterns[0].pos, "_")] * len(fields) + row.patterns[1:], bound, row.alt)
                    whole = branch.moved.get(x) or self._rebuilt(family, branch.ctor, type_, fields)
                    self._bind(new, row.patterns[0], whole)
                    new_rows.append(new)
                elif shape.ctor == branch.ctor:
                    items = self.spread(f"{family.name}.{shape.ctor}", shape.items, row.patterns[0].pos)
                    new_rows.append(Row([*items, *row.patterns[1:]], bound, row.alt))
            self._compile(branch.goal, [*fields, *rest], new_rows, alts, used)

    def _rebuilt(self, family: Term, ctor: str, type_: Term, fields: list[Term]) -> Term:
        assert type(family) is Const
        found = self.family_of(type_)
        assert found is not None
        return apps(const(f"{family.name}.{ctor}", family.levels), *found[1], *fields)

    def _bind(self, row: Row, pattern: Pat, value: Term) -> None:
        assert isinstance(pattern, VarPat)
        if pattern.type is not None:
            type_ = self.elab_type(pattern.type)
            if not self.unify(type_, self.infer_only(value)):
                raise ElabError("type_mismatch", f"the type of pattern variable `{pattern.name}` does not fit")
        if pattern.name != "_":
            row.bound.append((pattern.name, value))

    def _leaf_body(self, goal: MVar, row: Row, alt: Alt) -> None:
        ctx = self.decls[goal].ctx
        lets: list[FVar] = []
        names = [name for name, _ in row.bound]
        if len(set(names)) != len(names):
            raise ElabError("pattern", "a variable is bound twice in a pattern")
        for name, term in row.bound:
            if type(term) is FVar and term.name == name and ctx.find(name) is term:
                continue
            lets.append(FVar(name, self.instantiate_mvars(self.infer_only(term)), value=term))
        with self.within(ctx.add(*lets)):
            body = self.elab_ensure(alt.body, self.goal_type(goal))
        self.assign(goal, self.close(lets, body) if lets else body)

    def _absurd(self, goal: MVar, columns: list[Term]) -> None:
        """No row is left: the columns must be impossible."""
        for x in columns:
            if type(x) is not FVar:
                continue
            mark = self.mark()
            try:
                if not self.cases(goal, x, lambda _: None):
                    return
            except ElabError:
                pass
            self.undo(mark)
        with self.within(self.decls[goal].ctx):
            proof = self.find_contradiction(self.goal_type(goal))
        if proof is None:
            raise ElabError("missing_cases", "Missing cases: the alternatives do not cover all values")
        self.close_goal(goal, proof)

    def find_contradiction(self, target: Term) -> Term | None:
        """A proof of anything from the local hypotheses, if they contradict (supplied by the tactics)."""
        raise NotImplementedError

    def _shape(self, pattern: Pat, type_: Term) -> Shape | None:
        """A pattern as a constructor of the column's type; None for a variable."""
        family = head(self.whnf(type_))
        name = family.name if type(family) is Const else ""
        if isinstance(pattern, VarPat):
            full = self._ctor_named(pattern.name, name)
            return Shape(full.rpartition(".")[2], []) if full is not None else None
        if isinstance(pattern, NumPat):
            return self._numeral_shape(pattern, name)
        info = self.env.inductive(name)
        if info is None:
            raise ElabError("pattern", "invalid pattern: the type has no constructors")
        if isinstance(pattern, TuplePat):
            if len(info.ctors) != 1:
                raise ElabError("pattern", f"invalid pattern ⟨...⟩: `{name}` does not have one constructor")
            short = info.ctors[0].rpartition(".")[2]
            return Shape(short, self._flatten(pattern, self._field_count(info.ctors[0])))
        if isinstance(pattern, CtorPat):
            full = self._ctor_named(pattern.name, name)
            if full is None:
                raise ElabError("pattern", f"invalid pattern: `{pattern.name}` is no constructor of `{name}`")
            items = list(pattern.items)
            if len(items) != self._field_count(full):
                raise ElabError("pattern", f"invalid pattern: `{full}` takes {self._field_count(full)} arguments")
            return Shape(full.rpartition(".")[2], items)
        raise ElabError("pattern", "this pattern is outside the supported subset")

    def _numeral_shape(self, pattern: NumPat, family: str) -> Shape | None:
        if family != "Nat":
            raise ElabError("pattern", "a numeral pattern needs a Nat")
        if pattern.value > 64:
            raise ElabError("pattern", "numeral patterns above 64 are not supported")
        if pattern.value == 0:
            if pattern.inner is None:
                return Shape("zero", [])
            return self._shape(pattern.inner, const("Nat"))
        if pattern.inner is not None and pattern.value == 1:
            return Shape("succ", [pattern.inner])
        return Shape("succ", [NumPat(pattern.pos, pattern.value - 1, pattern.inner)])

    def _field_count(self, ctor: str) -> int:
        """How many explicit fields a constructor has."""
        return sum(self._explicit_fields(ctor))

    def _explicit_fields(self, ctor: str) -> list[bool]:
        """For each field of a constructor, whether it is explicit."""
        known = self.env.get(ctor)
        assert known is not None
        assert isinstance(known.info, CtorInfo)
        found: list[bool] = []
        type_ = known.type
        while type(type_) is Pi:
            found.append(type_.info == DEFAULT)
            type_ = type_.body
        return found[known.info.num_params :]

    def spread(self, ctor: str, items: Sequence[Pat], pos: tuple[int, int]) -> list[Pat]:
        """Patterns for the explicit fields, with `_` for the implicit ones between."""
        rest = list(items)
        return [rest.pop(0) if explicit else VarPat(pos, "_") for explicit in self._explicit_fields(ctor)]

    @staticmethod
    def _flatten(pattern: TuplePat, count: int) -> list[Pat]:
        items = list(pattern.items)
        if len(items) > count > 0:
            items = [*items[: count - 1], TuplePat(pattern.pos, tuple(items[count - 1 :]))]
        if len(items) != count:
            raise ElabError("pattern", f"invalid pattern ⟨...⟩: {count} parts expected")
        return items

    def _ctor_named(self, name: str, family: str) -> str | None:
        """The full name of a constructor of a family that a pattern's name means."""
        if name == "rfl":
            return "Eq.refl" if family == "Eq" else None
        if name.startswith("."):
            name = family + name
        known = self.lib.lookup(name)
        if known is None or not isinstance(known.info, CtorInfo) or known.info.inductive != family:
            return None
        return known.name

    # -- h ▸ e -------------------------------------------------------------------------------------------------------

    # -- calc --------------------------------------------------------------------------------------------------------


def _replaced(old: Term, new: Term, part: Term, _: int) -> Term | None:
    return new if part is old else None


__all__ = ["DEFAULT", "App", "MatchElaborator"]
