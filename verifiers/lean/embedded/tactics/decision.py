"""The tactics that close goals: assumption, rfl, contradiction, decide, trivial."""

from __future__ import annotations

import functools

from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.kernel.check import TypeChecker
from assay.verifiers.lean.embedded.kernel.level import LEVEL_ONE
from assay.verifiers.lean.embedded.kernel.reduce import literal_to_ctor
from assay.verifiers.lean.embedded.kernel.term import (
    HAS_FVAR,
    HAS_MVAR,
    Const,
    FVar,
    MVar,
    Pi,
    Term,
    apps,
    const,
    spine,
)
from assay.verifiers.lean.embedded.surface.syntax import NoMatch, Tac
from assay.verifiers.lean.embedded.tactics.strong import StrongInduction

TRUE = const("Bool.true")


class DecisionTactics(StrongInduction):
    """Tactics that close the first goal."""

    def tac_assumption(self, _: Tac) -> None:
        """`assumption`."""
        goal = self.main()
        target = self.goal_type(goal)
        for x in reversed(self.ctx.vars):
            if self.unify(x.type, target):
                self.assign(goal, x)
                self.replace_main()
                return
        raise ElabError("assumption_failed", "Tactic `assumption` failed")

    def tac_rfl(self, _: Tac) -> None:
        """`rfl`: `=`, `↔`, `≤` and other reflexive relations."""
        if not self.close_by_refl():
            raise ElabError("rfl_failed", "The rfl tactic failed: the sides are not definitionally equal")

    def tac_eq_refl(self, tactic: Tac) -> None:
        """`eq_refl`."""
        self.tac_rfl(tactic)

    def close_by_refl(self) -> bool:
        """Close the first goal by reflexivity, at the current transparency."""
        goal = self.main()
        target = self.whnf_reducible(self.goal_type(goal))
        fn, args = spine(target)
        if type(fn) is not Const or len(args) < 2:
            return False
        a, b = args[-2], args[-1]
        if fn.name == "Eq":
            proof: Term = apps(const("Eq.refl", fn.levels), args[0], a)
        elif fn.name == "Iff":
            proof = apps(const("Iff.refl"), a)
        elif fn.name == "Nat.le":
            proof = apps(const("Nat.le_refl"), a)
        else:
            return False
        if not self.unify(a, b):
            return False
        self.assign(goal, proof)
        self.replace_main()
        return True

    def tac_contradiction(self, _: Tac) -> None:
        """`contradiction`."""
        goal = self.main()
        target = self.goal_type(goal)
        proof = self.find_contradiction(target)
        if proof is None:
            raise ElabError("contradiction_failed", "Tactic `contradiction` failed")
        self.assign(goal, proof)
        self.replace_main()

    def _from_false(self, target: Term, false: Term) -> Term:
        return apps(const("False.elim", (self.sort_level(target),)), target, false)

    def find_contradiction(self, target: Term) -> Term | None:
        """A proof of anything from a hypothesis that cannot be, if there is one."""
        for h in reversed(self.ctx.vars):
            type_ = self.whnf_core(self.instantiate_mvars(h.type))
            fn, args = spine(self.whnf_reducible(type_))
            if type(fn) is Const and fn.name == "False":
                return self._from_false(target, h)
            if type(fn) is Const and fn.name == "Not":
                found = self._refuted(args[0])
                if found is not None:
                    return self._from_false(target, apps(h, found))
            if type(type_) is Pi and not type_.body.loose and type_.body is const("False"):
                found = self._refuted(type_.dom)
                if found is not None:
                    return self._from_false(target, apps(h, found))
            closed = self._absurd_equation(h, type_, target) or self._decided_false(h, type_, target)
            if closed is not None:
                return closed
            if type(fn) is Const and self._empty_family(fn.name):
                return self._eliminate_empty(h, target)
        return None

    def _refuted(self, prop: Term) -> Term | None:
        """A proof of a proposition that some hypothesis denies."""
        for x in reversed(self.ctx.vars):
            if self.unify(x.type, prop):
                return x
        fn, args = spine(self.whnf_reducible(prop))
        if type(fn) is Const and fn.name == "Eq" and self.unify(args[1], args[2]):
            return apps(const("Eq.refl", fn.levels), args[0], args[1])
        return None

    def _absurd_equation(self, h: FVar, type_: Term, target: Term) -> Term | None:
        """`0 = n + 1` and the like."""
        eq = self.match_eq(type_)
        if eq is None:
            return None
        x, y = literal_to_ctor(self.whnf(eq[2])), literal_to_ctor(self.whnf(eq[3]))
        parts = self._injection_parts(x, y)
        if parts is None or parts[0]:
            return None
        return self.discriminate(h, x, y, target)

    def _decided_false(self, h: FVar, type_: Term, target: Term) -> Term | None:
        """A closed proposition that evaluates to false."""
        if type_.flags & (HAS_FVAR | HAS_MVAR) or not self.is_prop(type_):
            return None
        instance = self.synthesize(apps(const("Decidable"), type_))
        if instance is None or self._evaluate(type_, instance) is not const("Bool.false"):
            return None
        refl = apps(const("Eq.refl", (LEVEL_ONE,)), const("Bool"), const("Bool.false"))
        refuted = apps(const("of_decide_eq_false"), type_, instance, refl)
        return self._from_false(target, apps(refuted, h))

    def _evaluate(self, prop: Term, instance: Term) -> Term:
        """What the kernel computes for `decide prop`."""
        checker = TypeChecker(self.env, self.budget)
        return checker.whnf(apps(const("Decidable.decide"), prop, instance))

    def _empty_family(self, name: str) -> bool:
        info = self.env.inductive(name)
        return info is not None and not info.ctors

    def _eliminate_empty(self, h: FVar, target: Term) -> Term | None:
        goal: MVar = self.new_goal(self.ctx, target)
        branches = self.cases(goal, h, lambda _: None)
        return None if branches else goal

    def tac_decide(self, _: Tac) -> None:
        """`decide`: evaluate the goal's decision procedure in the kernel."""
        goal = self.main()
        target = self.goal_type(goal)
        if target.flags & (HAS_FVAR | HAS_MVAR):
            text = "Tactic `decide` failed: expected type must not contain free variables or metavariables"
            raise ElabError("decide_free", text)
        instance = self.synthesize(apps(const("Decidable"), target))
        if instance is None:
            raise ElabError("decide_instance", "failed to synthesize Decidable instance")
        if self._evaluate(target, instance) is not TRUE:
            raise ElabError("decide_false", "Tactic `decide` failed: the proposition did not evaluate to true")
        refl = apps(const("Eq.refl", (LEVEL_ONE,)), const("Bool"), TRUE)
        self.assign(goal, apps(const("of_decide_eq_true"), target, instance, refl))
        self.replace_main()

    def tac_trivial(self, tactic: Tac) -> None:
        """`trivial`: assumption, rfl, contradiction, decide, True.intro, or both sides of a conjunction."""
        for kind in ("assumption", "rfl", "contradiction", "decide"):
            if self.attempt(functools.partial(self.run_tactic, Tac(kind, tactic.pos))):
                return
        if self.attempt(lambda: self.apply_name("True.intro")):
            return
        target = self.whnf_reducible(self.goal_type(self.main()))
        fn, _ = spine(target)
        if type(fn) is Const and fn.name == "And":
            rest = len(self.goals) - 1
            self.apply_name("And.intro")
            while len(self.goals) > rest:
                self.run_tactic(Tac("trivial", tactic.pos))
            return
        raise ElabError("trivial_failed", "Tactic `trivial` failed")

    def tac_and_intros(self, _: Tac) -> None:
        """`and_intros`: split conjunctions, and those within them."""
        rest = self.goals[1:]
        todo = self.goals[:1]
        done: list[MVar] = []
        while todo:
            goal = todo.pop(0)
            fn, _args = spine(self.whnf_reducible(self.goal_type(goal)))
            if type(fn) is not Const or fn.name != "And":
                done.append(goal)
                continue
            self.goals = [goal]
            with self.within(self.main_context()):
                self.apply_name("And.intro")
            todo = [*self.goals, *todo]
        self.goals = [*done, *rest]

    def tac_nofun(self, tactic: Tac) -> None:
        """`nofun`."""
        self.tac_exact(Tac("exact", tactic.pos, terms=(NoMatch(tactic.pos, None),)))
