"""`omega`: linear arithmetic over Nat, by Fourier-Motzkin elimination with integer tightening.

Hypotheses and the negated goal become facts `a ≤ b` between linear forms; disjunctions are split. Every derived fact
carries a proof, and a contradiction `k ≤ m` with `k > m` ends the search. There are no dark shadows, as in Lean's.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.kernel.level import LEVEL_ONE, LEVEL_ZERO
from assay.verifiers.lean.embedded.kernel.subst import bind_lams
from assay.verifiers.lean.embedded.kernel.term import Const, FVar, Lit, Pi, Term, apps, const, lit, spine
from assay.verifiers.lean.embedded.surface.syntax import Tac
from assay.verifiers.lean.embedded.tactics.control import ControlTactics
from assay.verifiers.lean.embedded.tactics.linear import NAT, Fact, Linear, coefficients, sub_terms

MAX_FACTS = 120
MAX_SPLITS = 10

Proved = tuple[Term, Term]
"""A proposition and its proof."""

FALSE = const("False")


class OmegaTactics(ControlTactics):
    """The tactic `omega`."""

    def tac_omega(self, tactic: Tac) -> None:
        """`omega`."""
        goal = self.main()
        target = self.whnf_reducible(self.goal_type(goal))
        if type(target) is Pi:
            new, _ = self.intro(goal, ["_"])
            self.replace_main(new)
            self.run_tactic(tactic)
            return
        fn, _ = spine(target)
        if type(fn) is Const and fn.name == "Iff":
            rest = len(self.goals) - 1
            self.apply_name("Iff.intro")
            while len(self.goals) > rest:
                self.run_tactic(tactic)
            return
        proof = self._by_contradiction(target)
        if proof is None:
            raise ElabError("omega_failed", "omega could not prove the goal")
        self.assign(goal, proof)
        self.replace_main()

    def _by_contradiction(self, target: Term) -> Term | None:
        given: list[Proved] = [
            (self.instantiate_mvars(x.type), x) for x in self.ctx.vars if self.is_prop(self.instantiate_mvars(x.type))
        ]
        if target is FALSE:
            return self._refute(given)
        fn, args = spine(target)
        if type(fn) is Const and fn.name == "Not":
            h = FVar("h", args[0])
            inner = self._refute([*given, (args[0], h)])
            return None if inner is None else bind_lams([h], inner)
        instance = self.synthesize(apps(const("Decidable"), target))
        if instance is None:
            inner = self._refute(given)
            return None if inner is None else apps(const("False.elim", (self.sort_level(target),)), target, inner)
        negated = apps(const("Not"), target)
        h = FVar("h", negated)
        inner = self._refute([*given, (negated, h)])
        if inner is None:
            return None
        return apps(const("Decidable.byContradiction"), target, instance, bind_lams([h], inner))

    # -- facts -------------------------------------------------------------------------------------------------------

    def _refute(self, given: Sequence[Proved]) -> Term | None:
        """A proof of False from some propositions."""
        linear = Linear()
        facts: list[Fact] = []
        splits: list[Proved] = []
        seen: set[Term] = set()
        for prop, proof in given:
            self._learn(linear, facts, splits, seen, prop, proof)
        return self._search(linear, facts, splits, seen, 0)

    def _learn(
        self, linear: Linear, facts: list[Fact], splits: list[Proved], seen: set[Term], prop: Term, proof: Term
    ) -> None:
        """Add what a proposition says to facts and splits."""
        self.budget.step()
        fn, args = spine(self.whnf_reducible(prop))
        name = fn.name if type(fn) is Const else ""
        if name in ("Nat.le", "Nat.lt", "Nat.ge", "Nat.gt"):
            a, b = (args[1], args[0]) if name in ("Nat.ge", "Nat.gt") else (args[0], args[1])
            if name in ("Nat.lt", "Nat.gt"):
                a = apps(const("Nat.add"), a, lit(1))
            self._inequality(linear, facts, splits, seen, a, b, proof)
        elif name == "Eq" and self.whnf(args[0]) is NAT:
            _, a, b = args
            symm = apps(const("Eq.symm", (LEVEL_ONE,)), NAT, a, b, proof)
            self._inequality(linear, facts, splits, seen, a, b, apps(const("Nat.le_of_eq"), a, b, proof))
            self._inequality(linear, facts, splits, seen, b, a, apps(const("Nat.le_of_eq"), b, a, symm))
        elif name == "And":
            self._learn(linear, facts, splits, seen, args[0], apps(const("And.left"), *args, proof))
            self._learn(linear, facts, splits, seen, args[1], apps(const("And.right"), *args, proof))
        elif name == "Iff":
            for way, a, b in (("Iff.mp", args[0], args[1]), ("Iff.mpr", args[1], args[0])):
                self._implication(linear, facts, splits, seen, a, b, apps(const(way), *args, proof))
        elif name == "Or":
            splits.append((apps(const("Or"), *args), proof))
        elif name == "Not":
            self._learn_not(linear, facts, splits, seen, args[0], proof)
        elif name == "False":
            facts.append(linear.fact(lit(1), lit(0), apps(const("False.elim", (LEVEL_ZERO,)), one_le_zero(), proof)))
        elif type(prop) is Pi and not prop.body.loose and self.is_prop(prop.dom):
            self._implication(linear, facts, splits, seen, prop.dom, prop.body, proof)

    def _implication(
        self, linear: Linear, facts: list[Fact], splits: list[Proved], seen: set[Term], a: Term, b: Term, proof: Term
    ) -> None:
        instance = self.synthesize(apps(const("Decidable"), a))
        if instance is None:
            return
        either = apps(const("Or"), apps(const("Not"), a), b)
        splits.append((either, apps(const("Decidable.not_or_of_imp"), a, b, instance, proof)))

    def _learn_not(
        self, linear: Linear, facts: list[Fact], splits: list[Proved], seen: set[Term], prop: Term, proof: Term
    ) -> None:
        fn, args = spine(self.whnf_reducible(prop))
        name = fn.name if type(fn) is Const else ""
        if name == "Eq" and self.whnf(args[0]) is NAT:
            _, a, b = args
            either = apps(const("Or"), apps(const("Nat.lt"), a, b), apps(const("Nat.lt"), b, a))
            splits.append((either, apps(const("Nat.lt_or_gt_of_ne"), a, b, proof)))
        elif name in ("Nat.le", "Nat.lt"):
            a, b = args
            strict = name == "Nat.le"
            lemma = apps(const("Nat.lt_of_not_le" if strict else "Nat.le_of_not_lt"), a, b, proof)
            self._learn(linear, facts, splits, seen, apps(const("Nat.lt" if strict else "Nat.le"), b, a), lemma)
        elif name == "Or":
            both = apps(const("And"), apps(const("Not"), args[0]), apps(const("Not"), args[1]))
            proof = apps(const("Iff.mp"), apps(const("Not"), prop), both, apps(const("not_or"), *args), proof)
            self._learn(linear, facts, splits, seen, both, proof)
        elif name in ("And", "Not") or (type(prop) is Pi and not prop.body.loose):
            self._learn_not_compound(linear, facts, splits, seen, prop, proof, name, args)

    def _learn_not_compound(
        self,
        linear: Linear,
        facts: list[Fact],
        splits: list[Proved],
        seen: set[Term],
        prop: Term,
        proof: Term,
        name: str,
        args: list[Term],
    ) -> None:
        first = prop.dom if type(prop) is Pi else args[0]
        instance = self.synthesize(apps(const("Decidable"), first))
        if instance is None:
            return
        denied = apps(const("Not"), prop)
        if name == "And":
            either = apps(const("Or"), apps(const("Not"), args[0]), apps(const("Not"), args[1]))
            iff = apps(const("Decidable.not_and_iff_or_not_not"), *args, instance)
            splits.append((either, apps(const("Iff.mp"), denied, either, iff, proof)))
        elif name == "Not":
            iff = apps(const("Decidable.not_not"), first, instance)
            self._learn(linear, facts, splits, seen, first, apps(const("Iff.mp"), denied, first, iff, proof))
        else:
            assert type(prop) is Pi
            both = apps(const("And"), prop.dom, apps(const("Not"), prop.body))
            iff = apps(const("Decidable.not_imp_iff_and_not"), prop.dom, prop.body, instance)
            self._learn(linear, facts, splits, seen, both, apps(const("Iff.mp"), denied, both, iff, proof))

    def _inequality(
        self,
        linear: Linear,
        facts: list[Fact],
        splits: list[Proved],
        seen: set[Term],
        a: Term,
        b: Term,
        proof: Term,
    ) -> None:
        a, b = self._literals(a), self._literals(b)
        facts.append(linear.fact(a, b, proof))
        for side in (a, b):
            for part in sub_terms(side, ("Nat.sub", "Nat.div", "Nat.mod", "Nat.min", "Nat.max")):
                if part not in seen:
                    seen.add(part)
                    self._special(linear, facts, splits, seen, part)

    def _special(self, linear: Linear, facts: list[Fact], splits: list[Proved], seen: set[Term], part: Term) -> None:
        """What truncated subtraction, minimum, maximum and division by a numeral mean."""
        fn, (x, y) = spine(part)
        assert type(fn) is Const
        if fn.name in ("Nat.min", "Nat.max"):
            le, eq = const("Nat.le"), const("Eq", (LEVEL_ONE,))
            first, second = (x, y) if fn.name == "Nat.min" else (y, x)
            below = apps(const("And"), apps(le, x, y), apps(eq, NAT, part, first))
            above = apps(const("And"), apps(le, y, x), apps(eq, NAT, part, second))
            lemma = const("Lin.minSplit" if fn.name == "Nat.min" else "Lin.maxSplit")
            splits.append((apps(const("Or"), below, above), apps(lemma, x, y)))
            return
        if fn.name == "Nat.sub":
            le, eq = const("Nat.le"), const("Eq", (LEVEL_ONE,))
            small = apps(const("And"), apps(le, x, y), apps(eq, NAT, part, lit(0)))
            large = apps(const("And"), apps(le, y, x), apps(eq, NAT, apps(const("Nat.add"), part, y), x))
            splits.append((apps(const("Or"), small, large), apps(const("Lin.subSplit"), x, y)))
            return
        if type(y) is not Lit or not y.value:
            return
        quotient, rest = apps(const("Nat.div"), x, y), apps(const("Nat.mod"), x, y)
        seen.update((quotient, rest))
        whole = apps(const("Nat.add"), apps(const("Nat.mul"), y, quotient), rest)
        equation = apps(const("Eq", (LEVEL_ONE,)), NAT, whole, x)
        self._learn(linear, facts, splits, seen, equation, apps(const("Nat.div_add_mod"), x, y))
        positive = apps(const("Nat.zero_lt_succ"), lit(y.value - 1))
        smaller = apps(const("Nat.lt"), rest, y)
        self._learn(linear, facts, splits, seen, smaller, apps(const("Nat.mod_lt"), x, y, positive))

    def _literals(self, term: Term) -> Term:
        """A side with closed arithmetic evaluated at the top."""
        value = self.nat_value(term)
        return value if type(value) is Lit else term

    # -- search ------------------------------------------------------------------------------------------------------

    def _search(
        self, linear: Linear, facts: list[Fact], splits: list[Proved], seen: set[Term], depth: int
    ) -> Term | None:
        self.budget.step()
        found = self._eliminate_all(linear, facts)
        if found is not None or not splits or depth >= MAX_SPLITS:
            return found
        (either, proof), rest = splits[0], splits[1:]
        _, (left, right) = spine(either)
        branches: list[Term] = []
        for side in (left, right):
            h = FVar("h", side)
            more, later, known = list(facts), list(rest), set(seen)
            self._learn(linear, more, later, known, side, h)
            inner = self._search(linear, more, later, known, depth + 1)
            if inner is None:
                return None
            branches.append(bind_lams([h], inner))
        return apps(const("Or.elim"), left, right, FALSE, proof, *branches)

    def _eliminate_all(self, linear: Linear, given: Sequence[Fact]) -> Term | None:
        """Fourier-Motzkin: eliminate atom after atom until a contradiction between numerals shows."""
        facts = [*given, *(linear.nonnegative(i) for i in range(len(linear.atoms)))]
        while True:
            for fact in facts:
                found = linear.refute(fact)
                if found is not None:
                    return found
            atom = self._cheapest(facts)
            if atom is None:
                return None
            lower = [f for f in facts if coefficients(f).get(atom, 0) < 0]
            upper = [f for f in facts if coefficients(f).get(atom, 0) > 0]
            facts = [f for f in facts if atom not in coefficients(f)]
            if len(facts) + len(lower) * len(upper) > MAX_FACTS:
                raise ElabError("omega_failed", "omega: the problem is too large")
            known = {(f.left, f.right) for f in facts}
            for f in lower:
                for g in upper:
                    self.budget.step()
                    made = linear.combine(coefficients(g)[atom], f, -coefficients(f)[atom], g)
                    if (made.left, made.right) not in known:
                        known.add((made.left, made.right))
                        facts.append(made)

    @staticmethod
    def _cheapest(facts: Sequence[Fact]) -> int | None:
        """The atom to eliminate next: one whose elimination is exact if there is one, then the fewest new facts."""
        lower: dict[int, list[int]] = {}
        upper: dict[int, list[int]] = {}
        for fact in facts:
            for x, c in coefficients(fact).items():
                (upper if c > 0 else lower).setdefault(x, []).append(abs(c))

        def cost(x: int) -> tuple[bool, int, int]:
            below, above = lower.get(x, []), upper.get(x, [])
            exact = all(c == 1 for c in below) or all(c == 1 for c in above)
            return (not exact, len(below) * len(above), x)

        atoms = set(lower) | set(upper)
        return min(atoms, key=cost) if atoms else None


def one_le_zero() -> Term:
    """`1 ≤ 0`."""
    return apps(const("Nat.le"), lit(1), lit(0))
