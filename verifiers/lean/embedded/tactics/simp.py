"""`simp`, `simp only` and `simpa`: rewriting with a set of rules until nothing changes."""

from __future__ import annotations

import functools

from assay.verifiers.lean.embedded.elab.apply import GLOBAL
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.elab.rewrite import Equation
from assay.verifiers.lean.embedded.kernel.level import LEVEL_ONE
from assay.verifiers.lean.embedded.kernel.subst import constants, instantiate_rev
from assay.verifiers.lean.embedded.kernel.term import (
    HAS_FVAR,
    HAS_MVAR,
    PROP,
    Const,
    FVar,
    MVar,
    Pi,
    Term,
    app,
    apps,
    const,
    show_term,
    spine,
)
from assay.verifiers.lean.embedded.surface.syntax import Ident, RwRule, Tac
from assay.verifiers.lean.embedded.tactics.rewriting import RewriteTactics

MAX_SIMP_STEPS = 200

_AC_RULES = (
    *(f"Nat.{op}_{law}" for op in ("add", "mul") for law in ("assoc", "comm", "left_comm")),
    *(f"Bool.{op}_{law}" for op in ("and", "or") for law in ("assoc", "comm", "left_comm")),
    *(f"{op}_{law}" for op in ("and", "or") for law in ("assoc", "comm", "left_comm")),
    "List.append_assoc",
)
"""The laws of the operators that Lean declares associative (and commutative)."""


class SimpTactics(RewriteTactics):
    """Tactics that simplify."""

    def tac_simp(self, tactic: Tac) -> None:
        """`simp`, `simp only [rules]`, at the goal or a hypothesis."""
        rules = self._simp_rules(tactic)
        locations = tactic.locations or ("⊢",)
        if "*" in locations:
            self._simp_everywhere(rules, tactic.flag)
            return
        for place in locations:
            if not self.goals:
                return
            with self.within(self.main_context()):
                if place == "⊢":
                    self._simp_target(rules, tactic.flag)
                else:
                    self._simp_hypothesis(rules, place)

    def _simp_everywhere(self, rules: list[RwRule], only: bool) -> None:
        """`simp at *`: every hypothesis with a name, and the goal; something must change."""
        changed = False
        for h in self.ctx.vars:
            named = "✝" not in h.name and h.value is None and self.is_prop(self.instantiate_mvars(h.type))
            if not self.goals or not named:
                continue
            with self.within(self.main_context()):
                if self.ctx.find(h.name) is h:
                    changed |= self.attempt(functools.partial(self._simp_hypothesis, rules, h.name))
        if self.goals:
            with self.within(self.main_context()):
                changed |= self.attempt(functools.partial(self._simp_target, rules, only))
        if not changed:
            raise ElabError("simp_no_progress", "`simp` made no progress")

    def _simp_rules(self, tactic: Tac) -> list[RwRule]:
        rules = list(tactic.rules or ())
        if not tactic.flag:
            rules += [RwRule(Ident(tactic.pos, GLOBAL + name), False, tactic.pos) for name in self.lib.simp]
        return rules

    def _simp_target(self, rules: list[RwRule], only: bool) -> None:
        target = self.goal_type(self.main())
        plain = self.beta_reduce(target)
        changed = plain is not target
        if changed:
            self.replace_main(self._restate(self.main(), plain))
        for _ in range(MAX_SIMP_STEPS):
            if self._simp_closes(only):
                return
            if not self._simp_step(rules):
                break
            changed = True
        else:
            raise ElabError("simp_limit", "Tactic `simp` went on for too long")
        if not changed:
            raise ElabError("simp_no_progress", "`simp` made no progress")

    def _simp_closes(self, only: bool = True) -> bool:
        """Whether the goal is `True`, a reflexive equation, or a given proposition."""
        target = self.goal_type(self.main())
        if target is const("True"):
            self.assign(self.main(), const("True.intro"))
            self.replace_main()
            return True
        if not only and not target.flags & (HAS_FVAR | HAS_MVAR):
            return self.attempt(lambda: self.run_tactic(Tac("decide", (0, 0))))
        return self.attempt(self._reducible_rfl)

    def _simp_step(self, rules: list[RwRule]) -> bool:
        """One rewriting of the goal by the first rule that applies and does not loop."""
        target = self.goal_type(self.main())
        for rule in self._relevant(rules, target):
            mark, goals = self.mark(), list(self.goals)
            try:
                eq, proof, made = self._simp_equation(rule)
                new_type, same = self.rewrite(target, eq, proof, rule.backwards, ordered=self._permutes(eq))
                if not self._discharge(rules, self._side_goals(same, made)) or new_type is target:
                    raise ElabError("simp_side", "side goals")
                goal = self.main()
                decl = self.decls[goal]
                new = self.new_goal(decl.ctx, new_type, decl.tag)
                self.assign(goal, self.make_mpr(target, new_type, self.instantiate_mvars(same), new))
                self.replace_main(new)
                return True
            except ElabError as error:
                self.undo(mark)
                self.goals = goals
                if error.code == "unknown_identifier":
                    raise
        return False

    def _permutes(self, eq: Equation) -> bool:
        """Whether a rule only moves things about, like commutativity, and so could go on for ever."""
        return eq[2] is not eq[3] and self._outline(eq[2]) == self._outline(eq[3])

    def _outline(self, term: Term) -> str:
        """The text of a term with its metavariables made equal."""
        fn, args = spine(self.instantiate_mvars(term))
        top = "?" if type(fn) is MVar else show_term(fn)
        return f"({' '.join([top, *(self._outline(arg) for arg in args)])})"

    def _relevant(self, rules: list[RwRule], target: Term) -> list[RwRule]:
        """The rules whose left side could occur: the library's own lemmas are sifted by their head."""
        present = constants(target)
        found: list[RwRule] = []
        for rule in rules:
            name = rule.term.name if isinstance(rule.term, Ident) else ""
            key = self.lib.simp_head(name.removeprefix(GLOBAL)) if name.startswith(GLOBAL) else None
            if key is None or key in present:
                found.append(rule)
        return found

    def _discharge(self, rules: list[RwRule], side: list[MVar]) -> bool:
        """Whether the conditions of a rule are among the given rules."""
        for goal in side:
            wanted = self.instantiate_mvars(self.decls[goal].type)
            for rule in rules:
                term, _ = self.elab_term(rule.term, None, loose=True)
                if self.unify(self.infer_only(term), wanted):
                    self.assign(goal, term)
                    break
            else:
                return False
        return True

    def _simp_equation(self, rule: RwRule) -> tuple[Equation, Term, list[MVar]]:
        """A rule as an equation; a proposition that is no equation says that it equals `True`."""
        try:
            return self.rule_equation(rule)
        except ElabError as error:
            if error.code != "rewrite_no_equation":
                raise
        term, _ = self.elab_term(rule.term, None, loose=True)
        type_ = self.whnf_core(self.instantiate_mvars(self.infer_only(term)))
        made: list[MVar] = []
        while type(type_) is Pi:
            made.append(self.new_mvar(type_.dom, self.ctx))
            term = app(term, made[-1])
            type_ = self.whnf_core(instantiate_rev(type_.body, [made[-1]]))
        fn, args = spine(self.whnf_reducible(type_))
        if not self.is_prop(type_) or type(fn) is MVar:
            raise ElabError("simp_rule", "`simp` cannot use this rule")
        if type(fn) is Const and fn.name == "Not":
            return (LEVEL_ONE, PROP, args[0], const("False")), apps(const("eq_false"), args[0], term), made
        return (LEVEL_ONE, PROP, type_, const("True")), apps(const("eq_true"), type_, term), made

    def _simp_hypothesis(self, rules: list[RwRule], name: str) -> None:
        h = self.local(name)
        changed = False
        for _ in range(MAX_SIMP_STEPS):
            found = self._simp_hypothesis_step(rules, h)
            if found is None:
                break
            changed, h = True, found
        if not changed:
            raise ElabError("simp_no_progress", "`simp` made no progress")
        if self.instantiate_mvars(h.type) is const("False"):
            target = self.goal_type(self.main())
            self.assign(self.main(), self._from_false(target, h))
            self.replace_main()

    def _simp_hypothesis_step(self, rules: list[RwRule], h: FVar) -> FVar | None:
        old = self.instantiate_mvars(h.type)
        for rule in self._relevant(rules, old):
            mark, goals = self.mark(), list(self.goals)
            try:
                eq, proof, made = self._simp_equation(rule)
                new_type, same = self.rewrite(old, eq, proof, rule.backwards, ordered=self._permutes(eq))
                if not self._discharge(rules, self._side_goals(same, made)) or new_type is old:
                    raise ElabError("simp_side", "side goals")
                value = self.make_mp(old, new_type, self.instantiate_mvars(same), h)
                goal = self.replace_hypothesis(self.main(), h, new_type, value)
                self.replace_main(goal)
                self.ctx = self.decls[goal].ctx
                return self.ctx.find(h.name)
            except ElabError as error:
                self.undo(mark)
                self.goals = goals
                if error.code == "unknown_identifier":
                    raise
        return None

    def tac_ac_rfl(self, tactic: Tac) -> None:
        """`ac_rfl`: both sides are equal but for the order and grouping of `+`, `*` and the like."""
        goal = self.main()
        if self.match_eq(self.goal_type(goal)) is None:
            raise ElabError("ac_rfl_failed", "Tactic `ac_rfl` failed: the goal is no equation")
        rules = [RwRule(Ident(tactic.pos, GLOBAL + name), False, tactic.pos) for name in _AC_RULES]
        for _ in range(MAX_SIMP_STEPS):
            if self.attempt(self._reducible_rfl):
                return
            if not self._simp_step(rules):
                break
        raise ElabError("ac_rfl_failed", "Tactic `ac_rfl` failed: the sides are not equal up to order and grouping")

    def tac_simp_all(self, tactic: Tac) -> None:
        """`simp_all`, where it closes the goal: hypotheses simplify one another and the goal."""
        for _ in range(len(self.ctx.vars) + 1):
            if not self.goals or not self._simp_all_once(tactic):
                break
        if not self.goals:
            return
        with self.within(self.main_context()):
            self._simp_target(self._all_rules(tactic, None), False)
        if self.goals and not self.attempt(lambda: self.run_tactic(Tac("assumption", tactic.pos))):
            raise ElabError("outside_subset", "`simp_all` is supported where it closes the goal")

    def _all_rules(self, tactic: Tac, without: FVar | None) -> list[RwRule]:
        """The rules of a `simp` with the hypotheses before them."""
        named = [x for x in self.ctx.vars if x is not without and self.ctx.find(x.name) is x]
        props = [x for x in named if "✝" not in x.name and self.is_prop(self.instantiate_mvars(x.type))]
        return [RwRule(Ident(tactic.pos, x.name), False, tactic.pos) for x in props] + self._simp_rules(tactic)

    def _simp_all_once(self, tactic: Tac) -> bool:
        """Simplify the first hypothesis that others simplify."""
        with self.within(self.main_context()):
            for h in self.ctx.vars:
                if "✝" in h.name or not self.is_prop(self.instantiate_mvars(h.type)):
                    continue
                rules = self._all_rules(tactic, h)
                if self.ctx.find(h.name) is h and self.attempt(functools.partial(self._simp_hypothesis, rules, h.name)):
                    return True
        return False

    def tac_simpa(self, tactic: Tac) -> None:
        """`simpa [rules] using e`."""
        rules = self._simp_rules(tactic)
        if tactic.terms:
            term, _ = self.elab_term(tactic.terms[0], None)
            type_ = self.beta_reduce(self.infer_only(term))
            goal, h = self.add_hypothesis(self.main(), "this✝", type_, term)
            self.replace_main(goal)
            self.ctx = self.decls[goal].ctx
            while (found := self._simp_hypothesis_step(rules, h)) is not None:
                h = found
        while self.goals and not self._simp_closes():
            if not self._simp_step(rules):
                break
        if self.goals:
            with self.within(self.main_context()):
                self.run_tactic(Tac("assumption", tactic.pos))
