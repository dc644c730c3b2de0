"""Case analysis and induction on a local variable, and solving equations between constructors.

`cases` eliminates a variable by its type's recursor. Where the type has indices that are no plain variables, they are
generalised to equations, and the equations are then solved: by substitution, injectivity and disjointness.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assay.verifiers.lean.embedded.elab.constructors import ConstructorFacts, MinorShape
from assay.verifiers.lean.embedded.elab.context import LocalContext
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.kernel.reduce import literal_to_ctor
from assay.verifiers.lean.embedded.kernel.subst import beta, bind_lams, head_beta_all, instantiate
from assay.verifiers.lean.embedded.kernel.term import (
    DEFAULT,
    Const,
    FVar,
    Let,
    MVar,
    Pi,
    Term,
    apps,
    const,
    lit,
    spine,
)

Namer = Callable[[str], Sequence[str] | None]
"""Names the user gives to the fields (and hypotheses) of a constructor, by its short name; None for none. A leading "@"
says that implicit fields are named too."""


@dataclass(slots=True)
class Branch:
    """One case: the constructor's short name, the goal, its new variables, and what became of old ones."""

    ctor: str
    goal: MVar
    fields: list[Term]
    moved: dict[FVar, Term]


class CaseAnalysis(ConstructorFacts):
    """Cases, induction, substitution, injection."""

    def cases(self, goal: MVar, x: FVar, namer: Namer, *, tag: bool = True) -> list[Branch]:
        """Split a goal by the constructors of a variable.

        Raises:
            ElabError: The variable's type is not inductive, or an equation of indices cannot be solved.
        """
        found = self.family_of(self.instantiate_mvars(x.type))
        if found is None:
            raise ElabError("not_inductive", "Tactic `cases` failed: major premise type is not an inductive type")
        _, params, indices = found
        if self._plain_indices(goal, x, params, indices):
            return self._split_by(goal, x, [i for i in indices if type(i) is FVar], namer, False, tag)
        return self._by_equations(goal, x, namer, tag)

    def induction(self, goal: MVar, x: FVar, namer: Namer) -> list[Branch]:
        """Induction on a variable; what depends on it is generalised.

        Raises:
            ElabError: The variable's type is not inductive, or has indices that are no variables.
        """
        found = self.family_of(self.instantiate_mvars(x.type))
        if found is None:
            raise ElabError("not_inductive", "Tactic `induction` failed: major premise type is not an inductive type")
        _, params, indices = found
        if not self._plain_indices(goal, x, params, indices):
            raise ElabError("induction_indices", "Tactic `induction` failed: an index of the type is not a variable")
        return self._split_by(goal, x, [i for i in indices if type(i) is FVar], namer, True, True)

    def _plain_indices(self, goal: MVar, x: FVar, params: list[Term], indices: list[Term]) -> bool:
        """Whether the indices are distinct variables that may be generalised."""
        ctx = self.decls[goal].ctx
        seen: set[Term] = set()
        for index in indices:
            if type(index) is not FVar or index in seen or index not in ctx.ids or index.value is not None:
                return False
            seen.add(index)
        fvars = [i for i in indices if type(i) is FVar]
        if any(self.mentions(param, fvars) for param in params):
            return False
        return not any(self.mentions(i.type, fvars) for i in fvars)

    def _split_by(self, goal: MVar, x: FVar, indices: list[FVar], namer: Namer, hyps: bool, tag: bool) -> list[Branch]:
        decl = self.decls[goal]
        ctx = decl.ctx
        deps = [d for d in self.dependents(ctx, [*indices, x]) if d is not x]
        type_ = self.instantiate_mvars(decl.type)
        body = self.close(deps, type_, lams=False)
        motive = self.close([*indices, x], body)
        level = self.sort_level(body)
        outer = ctx.without([*indices, x, *deps])
        names = [d.name for d in deps]
        branches: list[Branch] = []
        minors: list[Term] = []
        family = self.family_of(self.instantiate_mvars(x.type))
        assert family is not None
        for shape in self._minor_shapes(family, level, motive):
            given = namer(shape.ctor)
            fields, conclusion = self._open_minor(shape, given, hyps, family[0].name)
            new, moved = self._reintroduce(
                outer.add(*fields), beta(motive, conclusion), names, self._tag(decl.tag, shape.ctor, tag)
            )
            minor = self.new_goal(outer, shape.type)
            self.assign_delayed(minor, [*fields, *shape.skipped, *moved], new)
            minors.append(minor)
            mapping: dict[FVar, Term] = dict(zip(deps, moved, strict=True))
            mapping.update(zip([*indices, x], conclusion, strict=True))
            branches.append(Branch(shape.ctor, new, list(fields), mapping))
        value = self._recursor(family, level, motive, minors)
        plain = [d for d in deps if d.value is None]
        self.assign(goal, apps(value, *indices, x, *plain))
        return branches

    @staticmethod
    def _tag(old: str, ctor: str, tag: bool) -> str:
        if not tag:
            return old
        return f"{old}.{ctor}" if old else ctor

    def _reintroduce(self, ctx: LocalContext, type_: Term, names: list[str], tag: str) -> tuple[MVar, list[FVar]]:
        """Bring generalised variables back under their names."""
        fvars: list[FVar] = []
        type_ = head_beta_all(type_)
        for name in names:
            if type(type_) is Let:
                fvar = FVar(name, type_.type, value=type_.value)
            else:
                assert type(type_) is Pi
                fvar = FVar(name, type_.dom)
            type_ = instantiate(type_.body, (fvar,))
            fvars.append(fvar)
        return self.new_goal(ctx.add(*fvars), type_, tag), fvars

    def _open_minor(
        self, shape: MinorShape, given: Sequence[str] | None, hyps: bool, family: str
    ) -> tuple[list[FVar], list[Term]]:
        """New variables for the fields (and hypotheses), and the indices and value they make."""
        type_ = shape.type
        fields: list[FVar] = []
        found: list[FVar] = []
        named = 0
        every = False
        if given and given[0] == "@":
            every, given = True, given[1:]
        while type(type_) is Pi:
            is_hyp = len(found) >= shape.num_fields
            own = type_.name
            name = own.rstrip("✝") + "✝"
            if is_hyp and not hyps:
                name = "ih✝"
            elif given is not None and (every or type_.info == DEFAULT) and named < len(given):
                # Names are for explicit fields; implicit ones stay unnamed, as in Lean, unless `@` names them all.
                name = self.binder_name(given[named], own)
                named += 1
            elif family == "Nat" and is_hyp:
                name = "a✝"
            fvar = FVar(name, self.beta_reduce(type_.dom), type_.info)
            found.append(fvar)
            if not is_hyp:
                fields.append(fvar)
            type_ = instantiate(type_.body, (fvar,))
        shown = found if hyps else fields
        shape.skipped = [] if hyps else found[shape.num_fields :]
        if given is not None and len(given) > named:
            message = f"Too many variable names provided at alternative `{shape.ctor}`: {len(given)} provided, "
            raise ElabError("too_many_names", f"{message}but {named} expected")
        _, conclusion = spine(self._conclusion(shape, fields))
        info = self.env.inductive(family)
        assert info is not None
        value: Term = apps(const(shape.full, shape.fn.levels), *shape.params, *fields)
        if family == "Nat":
            value = lit(0) if shape.ctor == "zero" else apps(const("Nat.add"), fields[0], lit(1))
        return shown, [*conclusion[info.num_params :], value]

    def _conclusion(self, shape: MinorShape, fields: list[FVar]) -> Term:
        return self.whnf_core(self.infer_only(apps(const(shape.full, shape.fn.levels), *shape.params, *fields)))

    # -- indices by equations ----------------------------------------------------------------------------------------

    def _by_equations(self, goal: MVar, x: FVar, namer: Namer, tag: bool) -> list[Branch]:
        decl = self.decls[goal]
        family = self.family_of(self.instantiate_mvars(x.type))
        assert family is not None
        fn, params, indices = family
        type_ = self.instantiate_mvars(decl.type)
        if self.mentions(type_, [x]):
            raise ElabError("dependent_elimination", "dependent elimination failed: the goal depends on the proof")
        ctx = decl.ctx
        keep = self.dependents(ctx, [x])
        outer = ctx if keep else ctx.without([x])
        new_indices: list[FVar] = []
        index_types = self._index_types(fn, params, indices)
        for i, index_type in enumerate(index_types):
            new_indices.append(FVar(f"index{i}", index_type))
        major = FVar("t", apps(fn, *params, *new_indices))
        eqs = [
            FVar(f"h{i}✝", self.make_eq(old, new))
            for i, (old, new) in enumerate(zip(indices, new_indices, strict=True))
        ]
        body = self.close(eqs, type_, lams=False)
        motive = self.close([*new_indices, major], body)
        level = self.sort_level(body)
        branches: list[Branch] = []
        minors: list[Term] = []
        for shape in self._minor_shapes(family, level, motive):
            fields, conclusion = self._open_minor(shape, namer(shape.ctor), False, fn.name)
            names = [eq.name for eq in eqs]
            new, made = self._reintroduce(
                outer.add(*fields), beta(motive, conclusion), names, self._tag(decl.tag, shape.ctor, tag)
            )
            minor = self.new_goal(outer, shape.type)
            self.assign_delayed(minor, [*fields, *shape.skipped, *made], new)
            minors.append(minor)
            solved = self.solve_equations(new, made)
            if solved is not None:
                last, moved = solved
                moved_fields = [moved.get(f, f) for f in fields]
                branches.append(Branch(shape.ctor, last, moved_fields, moved))
        value = self._recursor(family, level, motive, minors)
        self.assign(goal, apps(value, *indices, x, *(self.make_refl(i) for i in indices)))
        return branches

    def _index_types(self, fn: Const, params: list[Term], indices: list[Term]) -> list[Term]:
        type_ = self.infer_only(apps(fn, *params))
        found: list[Term] = []
        for index in indices:
            type_ = self.whnf(type_)
            assert type(type_) is Pi
            found.append(type_.dom)
            if type_.body.loose:
                raise ElabError("dependent_elimination", "dependent elimination failed: indices depend on one another")
            type_ = instantiate(type_.body, (index,))
        return found

    def solve_equations(self, goal: MVar, eqs: Sequence[FVar]) -> tuple[MVar, dict[FVar, Term]] | None:
        """Use up equations between constructors; None if they contradict one another and the goal is closed.

        Raises:
            ElabError: An equation is neither solved nor refuted.
        """
        moved: dict[FVar, Term] = {}
        todo = list(eqs)
        while todo:
            self.budget.step()
            first = todo.pop(0)
            h = moved.get(first, first)
            assert type(h) is FVar
            eq = self.match_eq(h.type)
            assert eq is not None
            _, _, a, b = eq
            if self.unify(a, b):
                goal = self._drop(goal, h)
                continue
            x, y = literal_to_ctor(self.whnf(a)), literal_to_ctor(self.whnf(b))
            ctx = self.decls[goal].ctx
            if self._eliminable(ctx, x, y) or self._eliminable(ctx, y, x):
                goal, step = self.subst(goal, h, prefer_left=True)
                for old, new in moved.items():
                    moved[old] = self.fvar_map(new, dict(step.items()))
                moved.update(step)
                continue
            parts = self._injection_parts(x, y)
            if parts is None:
                raise ElabError("dependent_elimination", "dependent elimination failed, failed to solve equation")
            if not parts[0]:
                self.close_goal(goal, self.discriminate(h, x, y, self.goal_type(goal)))
                return None
            goal, made = self.inject(goal, h, x, y)
            goal = self._drop(goal, h)
            todo = [*made, *todo]
        return goal, moved

    def _drop(self, goal: MVar, h: FVar) -> MVar:
        """Remove an equation that is used up."""
        decl = self.decls[goal]
        if self.dependents(decl.ctx, [h]) or self.mentions(decl.type, [h]):
            return goal
        return self.clear(goal, [h])

    def _eliminable(self, ctx: LocalContext, x: Term, other: Term) -> bool:
        return type(x) is FVar and x in ctx.ids and x.value is None and not self.mentions(other, [x])

    def subst(self, goal: MVar, h: FVar, *, prefer_left: bool = False) -> tuple[MVar, dict[FVar, Term]]:
        """Use an equation with a variable on one side to replace that variable everywhere.

        Raises:
            ElabError: Neither side is a variable that may be replaced.
        """
        eq = self.match_eq(h.type)
        if eq is None:
            raise ElabError("subst_failed", "Tactic `subst` failed: argument must be an equality proof")
        level, type_, a, b = eq
        decl = self.decls[goal]
        a, b = self.instantiate_mvars(a), self.instantiate_mvars(b)
        if type(a) is not FVar and type(b) is not FVar:
            a, b = self.whnf(a), self.whnf(b)
        right = self._eliminable(decl.ctx, b, a)
        left = self._eliminable(decl.ctx, a, b)
        if not right and not left:
            raise ElabError("subst_failed", "Tactic `subst` failed: did not find a variable to replace")
        flip = left and (prefer_left or not right)
        var, other = (a, b) if flip else (b, a)
        assert type(var) is FVar
        deps = [d for d in self.dependents(decl.ctx, [var]) if d is not h]
        goal_type = self.instantiate_mvars(decl.type)
        if self.mentions(goal_type, [h]) or any(self.mentions(d.type, [h]) for d in deps):
            raise ElabError("subst_failed", "Tactic `subst` failed: something depends on the equation")
        body = self.close(deps, goal_type, lams=False)
        motive_body = self.close([var], body)
        motive = self._constant_over_proof(motive_body, type_, other)
        result_level = self.sort_level(body)
        outer = decl.ctx.without([var, h, *deps])
        new, made = self._reintroduce(outer, beta(motive_body, [other]), [d.name for d in deps], decl.tag)
        inner = self.new_goal(outer, beta(motive_body, [other]))
        self.assign_delayed(inner, made, new)
        proof: Term = h
        if flip:
            proof = self.make_symm((level, type_, a, b), h)
        value = apps(const("Eq.rec", (result_level, level)), type_, other, motive, inner, var, proof)
        self.assign(goal, apps(value, *(d for d in deps if d.value is None)))
        mapping: dict[FVar, Term] = dict(zip(deps, made, strict=True))
        mapping[var] = other
        return new, mapping

    def _constant_over_proof(self, motive: Term, type_: Term, a: Term) -> Term:
        """`fun x (_ : a = x) => motive x`."""
        x = FVar("x", type_)
        return bind_lams([x, FVar("h", self.make_eq(a, x))], beta(motive, [x]))

    # -- constructors are injective and disjoint ---------------------------------------------------------------------

    def inject(self, goal: MVar, h: FVar, x: Term, y: Term, names: Sequence[str] = ()) -> tuple[MVar, list[FVar]]:
        """Add the equations between the fields of two equal constructor applications to a goal."""
        decl = self.decls[goal]
        made: list[FVar] = []
        proofs: list[Term] = []
        for position, (left, right, proof) in enumerate(self.injections(h, x, y)):
            name = names[position] if position < len(names) else ""
            default = "n_eq✝" if self.env.ctor(spine(x)[0]) and spine(x)[0] is const("Nat.succ") else "h✝"
            made.append(FVar(self.binder_name(name, default) if name else default, self.make_eq(left, right)))
            proofs.append(proof)
        new = self.new_goal(decl.ctx.add(*made), decl.type, decl.tag)
        inner = self.new_goal(decl.ctx, self.close(made, decl.type, lams=False))
        self.assign_delayed(inner, made, new)
        self.assign(goal, apps(inner, *proofs))
        return new, made
