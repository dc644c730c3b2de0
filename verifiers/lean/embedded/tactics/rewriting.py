"""The tactics that restate goals: rw, simp, unfold, change, symm, congr, funext."""

from __future__ import annotations

from collections.abc import Sequence

from assay.verifiers.lean.embedded.elab.context import LocalContext
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.elab.rewrite import Equation
from assay.verifiers.lean.embedded.kernel.subst import beta, transform
from assay.verifiers.lean.embedded.kernel.term import (
    HAS_FVAR,
    HAS_MVAR,
    App,
    Const,
    FVar,
    MVar,
    Pi,
    Term,
    app,
    apps,
    const,
    head,
    spine,
)
from assay.verifiers.lean.embedded.surface.syntax import RwRule, Tac
from assay.verifiers.lean.embedded.tactics.decision import DecisionTactics


class RewriteTactics(DecisionTactics):
    """Tactics that rewrite."""

    # -- rw ----------------------------------------------------------------------------------------------------------

    def tac_rw(self, tactic: Tac) -> None:
        """`rw [rules] at ...`, then `rfl` at low effort."""
        self.tac_rewrite(tactic)
        self.attempt(self._reducible_rfl)

    def tac_rwa(self, tactic: Tac) -> None:
        """`rwa [rules]`: `rw`, then `assumption`."""
        self.tac_rw(tactic)
        if self.goals:
            self.run_tactic(Tac("assumption", tactic.pos))

    def _reducible_rfl(self) -> None:
        before = self.set_transparency(0)
        try:
            if not self.goals or not self.close_by_refl():
                raise ElabError("rfl_failed", "The rfl tactic failed")
        finally:
            self.set_transparency(before)

    def tac_rewrite(self, tactic: Tac) -> None:
        """`rewrite [rules] at ...`."""
        assert tactic.rules is not None
        locations = tactic.locations or ("⊢",)
        if "*" in locations:
            raise ElabError("outside_subset", "`at *` is outside the supported subset")
        for rule in tactic.rules:
            for place in locations:
                with self.within(self.main_context()):
                    if place == "⊢":
                        self._rewrite_target(rule)
                    else:
                        self._rewrite_hypothesis(rule, place)

    def rule_equation(self, rule: RwRule) -> tuple[Equation, Term, list[MVar]]:
        """The equation of a rule, its arguments open."""
        saved = self.instances
        self.instances = []
        try:
            term, _ = self.elab_term(rule.term, None, loose=True)
            eq, proof, made = self.as_equation(term)
            level, type_, a, b = eq
            eq = (level, self.instantiate_mvars(type_), self.instantiate_mvars(a), self.instantiate_mvars(b))
        finally:
            waiting, self.instances = self.instances, saved
        return eq, proof, [*made, *(m for m, _ in waiting)]

    def _side_goals(self, proof: Term, made: Sequence[MVar]) -> list[MVar]:
        """Arguments that rewriting did not determine become goals."""
        for mvar in made:
            decl = self.decls[mvar]
            if not self.is_assigned(mvar) and decl.natural:
                found = self.synthesize(decl.type)
                if found is not None and self._is_class(decl.type):
                    self.unify(mvar, found)
        known = self._known_open()
        left = [m for m in self.open_mvars(proof) if self.decls[m].natural and m not in known]
        return [self.as_goal(m) for m in left]

    def _is_class(self, type_: Term) -> bool:
        fn = head(self.instantiate_mvars(type_))
        return type(fn) is Const and fn.name in ("Decidable", "Inhabited")

    def _rewrite_target(self, rule: RwRule) -> None:
        goal = self.main()
        eq, proof, made = self.rule_equation(rule)
        target = self.goal_type(goal)
        new_type, same = self.rewrite(target, eq, proof, rule.backwards)
        side = self._side_goals(same, made)
        decl = self.decls[goal]
        new = self.new_goal(decl.ctx, new_type, decl.tag)
        self.assign(goal, self.make_mpr(target, new_type, self.instantiate_mvars(same), new))
        self.replace_main(new)
        self.goals += side

    def _rewrite_hypothesis(self, rule: RwRule, name: str) -> None:
        h = self.ctx.find(name)
        if h is None:
            raise ElabError("unknown_identifier", f"unknown local declaration `{name}`")
        eq, proof, made = self.rule_equation(rule)
        old = self.instantiate_mvars(h.type)
        new_type, same = self.rewrite(old, eq, proof, rule.backwards)
        side = self._side_goals(same, made)
        value = self.make_mp(old, new_type, self.instantiate_mvars(same), h)
        self.replace_main(self.replace_hypothesis(self.main(), h, new_type, value))
        self.goals += side

    def replace_hypothesis(self, goal: MVar, h: FVar, type_: Term, value: Term) -> MVar:
        """Put a new statement in place of a hypothesis, as early in the context as it can stand."""
        decl = self.decls[goal]
        position = decl.ctx.vars.index(h)
        for i, x in enumerate(decl.ctx.vars):
            if i > position and self.mentions(type_, [x]):
                position = i
        new_h = FVar(h.name, type_)
        fvars = list(decl.ctx.vars)
        fvars.insert(position + 1, new_h)
        gone = not self.dependents(decl.ctx, [h]) and not self.mentions(decl.type, [h])
        if gone:
            fvars.remove(h)
        new = self.new_goal(LocalContext(tuple(fvars)), decl.type, decl.tag)
        inner = self.new_goal(decl.ctx, self.close([new_h], decl.type, lams=False))
        self.assign_delayed(inner, [new_h], new)
        self.assign(goal, apps(inner, value))
        return new

    # -- simp --------------------------------------------------------------------------------------------------------

    # -- restating ---------------------------------------------------------------------------------------------------

    def tac_change(self, tactic: Tac) -> None:
        """`change T`, `change T at h`."""
        for place in tactic.locations or ("⊢",):
            goal = self.main()
            with self.within(self.main_context()):
                type_, _ = self.elab_term(tactic.terms[0], None, loose=True)
                if place == "⊢":
                    if not self.unify(type_, self.goal_type(goal)):
                        raise ElabError("change_failed", "Tactic `change` failed: the goal is not definitionally this")
                    self.replace_main(self._restate(goal, self.instantiate_mvars(type_)))
                    continue
                h = self.local(place)
                if not self.unify(type_, h.type):
                    raise ElabError("change_failed", f"Tactic `change` failed: `{place}` is not definitionally this")
                self.replace_main(self.replace_hypothesis(goal, h, self.instantiate_mvars(type_), h))

    def tac_unfold(self, tactic: Tac) -> None:
        """`unfold f g`, at the goal or hypotheses: one step of each definition, everywhere."""
        names: list[str] = []
        for name in tactic.names:
            known = self.lib.lookup(name)
            if known is None or known.kind != "def":
                raise ElabError("unfold_failed", f"Tactic `unfold` failed: `{name}` is no definition")
            names.append(known.name)
        for place in tactic.locations or ("⊢",):
            goal = self.main()
            h = self.local(place) if place != "⊢" else None
            old = self.instantiate_mvars(h.type) if h is not None else self.goal_type(goal)
            new = old
            for name in names:
                unfolded = self._unfold_all(new, name)
                if unfolded is new:
                    raise ElabError("unfold_failed", f"Tactic `unfold` failed to unfold `{name}`")
                new = unfolded
            if h is None:
                self.replace_main(self._restate(goal, new))
            else:
                self.replace_main(self.replace_hypothesis(goal, h, new, h))

    def _unfold_all(self, term: Term, name: str) -> Term:
        def leaf(part: Term, _: int) -> Term | None:
            fn = head(part)
            if type(fn) is Const and fn.name == name and (type(part) is App or part is fn) and not part.loose:
                unfolded = self.unfold(part)
                if unfolded is not None:
                    return self.whnf_core(unfolded)
            return None

        return transform(term, HAS_FVAR | HAS_MVAR, leaf)

    def tac_symm(self, tactic: Tac) -> None:
        """`symm`, `symm at h`."""
        for place in tactic.locations or ("⊢",):
            goal = self.main()
            source = self.goal_type(goal) if place == "⊢" else self.local(place).type
            fn, args = spine(self.whnf_reducible(self.instantiate_mvars(source)))
            lemmas = {"Eq": "Eq.symm", "Iff": "Iff.symm"}
            full = spine(self.instantiate_mvars(source))[0]
            name = full.name if type(full) is Const and full.name == "Ne" else fn.name if type(fn) is Const else ""
            lemma = {**lemmas, "Ne": "Ne.symm"}.get(name)
            if lemma is None or len(args) < 1:
                raise ElabError("symm_failed", "Tactic `symm` failed: the relation is not known to be symmetric")
            if place == "⊢":
                self.apply_name(lemma)
                continue
            h = self.local(place)
            term = self.elab_args(self._constant_named(lemma), [(None, h)], None)
            type_ = self.instantiate_mvars(self.infer_only(term))
            self.replace_main(self.replace_hypothesis(goal, h, type_, self.instantiate_mvars(term)))

    def tac_funext(self, tactic: Tac) -> None:
        """`funext x y`."""
        for name in tactic.names or ("_",):
            with self.within(self.main_context()):
                self.apply_name("funext")
                goal, _ = self.intro(self.main(), [name])
                self._beta_target(goal)

    def _beta_target(self, goal: MVar) -> None:
        self.replace_main(self._restate(goal, self.beta_reduce(self.goal_type(goal))))

    def tac_congr(self, tactic: Tac) -> None:
        """`congr`: equal functions of equal arguments; what is not closed by `rfl` or `assumption` remains."""
        goal = self.main()
        eq = self.match_eq(self.goal_type(goal))
        if eq is None:
            raise ElabError("congr_failed", "Tactic `congr` failed: the goal is no equation")
        _, _, a, b = eq
        (f, xs), (g, ys) = spine(a), spine(b)
        if len(xs) != len(ys) or not xs or not self.unify(f, g):
            raise ElabError("congr_failed", "Tactic `congr` failed: the sides are not applications of one function")
        proof, made = self._congr_args(f, xs, ys)
        self.assign(goal, proof)
        left: list[MVar] = []
        for each in made:
            saved = self.goals
            self.goals = [each]
            if not self.attempt(self._reducible_rfl):
                self.attempt(lambda: self.run_tactic(Tac("assumption", tactic.pos)))
            left += self.goals
            self.goals = saved
        self.replace_main(*left)

    def _congr_args(self, f: Term, xs: list[Term], ys: list[Term]) -> tuple[Term, list[MVar]]:
        proof = self.make_refl(f)
        left, right = f, f
        made: list[MVar] = []
        for x, y in zip(xs, ys, strict=True):
            fn_type = self.whnf(self.infer_only(left))
            if type(fn_type) is not Pi:
                raise ElabError("congr_failed", "Tactic `congr` failed")
            if fn_type.body.loose:
                if not self.unify(x, y) or left is not right:
                    raise ElabError(
                        "congr_failed", "Tactic `congr` failed: an argument other arguments depend on differs"
                    )
                left, right = app(left, x), app(right, y)
                proof = self.make_refl(left)
                continue
            levels = (self.sort_level(fn_type.dom), self.sort_level(fn_type.body))
            if self.unify(x, y):
                step = self.make_refl(x)
            else:
                step_goal = self.new_goal(self.ctx, self.make_eq(x, y))
                made.append(step_goal)
                step = step_goal
            proof = apps(const("congr", levels), fn_type.dom, fn_type.body, left, right, x, y, proof, step)
            left, right = app(left, x), app(right, y)
        return proof, made


__all__ = ["RewriteTactics", "beta"]
