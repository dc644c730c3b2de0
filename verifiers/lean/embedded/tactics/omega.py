"""`omega`: linear arithmetic over Nat, by Fourier-Motzkin elimination with integer tightening.

Hypotheses and the negated goal become inequalities between linear forms; disjunctions are split. Elimination looks for
a contradiction in numbers alone, and only what leads to one is then proved. There are no dark shadows, as in Lean's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.kernel.level import LEVEL_ONE, LEVEL_ZERO
from assay.verifiers.lean.embedded.kernel.subst import bind_lams
from assay.verifiers.lean.embedded.kernel.term import (
    HAS_FVAR,
    HAS_MVAR,
    Const,
    FVar,
    Lit,
    Pi,
    Term,
    apps,
    const,
    lit,
    spine,
)
from assay.verifiers.lean.embedded.surface.syntax import Tac
from assay.verifiers.lean.embedded.tactics.control import ControlTactics
from assay.verifiers.lean.embedded.tactics.elimination import (
    Inequality,
    certificate,
    contradiction,
    inequality,
)
from assay.verifiers.lean.embedded.tactics.linear import NAT, Fact, Linear, sub_terms

MAX_SPLITS = 10
ARITHMETIC = frozenset(f"Nat.{name}" for name in ("zero", "succ", "add", "sub", "mul", "div", "mod", "pow"))

Proved = tuple[Term, Term]
"""A proposition and its proof."""

FALSE = const("False")


class Given(NamedTuple):
    """`left ≤ right` with its proof, as it was found."""

    left: Term
    right: Term
    proof: Term


@dataclass(slots=True)
class Problem:
    """What is known, and what may still be split.

    Attributes:
        linear: The atoms.
        facts: What is known, each inequality with where it comes from.
        splits: Disjunctions that hold.
        seen: Terms whose meaning is known.
        signed: How many atoms are known not to be negative.
    """

    linear: Linear
    facts: dict[Inequality, Given] = field(default_factory=dict[Inequality, Given])
    splits: list[Proved] = field(default_factory=list[Proved])
    seen: set[Term] = field(default_factory=set[Term])
    signed: int = 0

    def branch(self) -> Problem:
        """The same without the first split; what is learned there stays there."""
        return Problem(self.linear, dict(self.facts), self.splits[1:], set(self.seen), self.signed)

    def add(self, left: Term, right: Term, proof: Term) -> None:
        """Learn `left ≤ right`."""
        (xs, k), (ys, m) = self.linear.form(left), self.linear.form(right)
        coefficients = dict(xs)
        for y, c in ys:
            coefficients[y] = coefficients.get(y, 0) - c
        self.facts[inequality(coefficients, m - k)] = Given(left, right, proof)

    def add_signs(self) -> None:
        """Learn `0 ≤ x` of every atom that is new."""
        while self.signed < len(self.linear.atoms):
            atom = self.linear.atoms[self.signed]
            self.add(lit(0), atom, apps(const("Nat.zero_le"), atom))
            self.signed += 1

    def proved(self, fact: Inequality, known: dict[Inequality, Fact]) -> Fact:
        """The fact with its proof."""
        if fact not in known:
            given = self.facts.get(fact)
            if given is not None:
                known[fact] = self.linear.fact(*given)
            else:
                known[fact] = self.linear.total([(k, self.proved(part, known)) for k, part in certificate(fact)])
        return known[fact]


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
        problem = Problem(Linear(self._number))
        for prop, proof in given:
            self._learn(problem, prop, proof)
        return self._search(problem, 0)

    def _learn(self, problem: Problem, prop: Term, proof: Term) -> None:
        """Add what a proposition says to facts and splits."""
        self.budget.step()
        fn, args = spine(self.whnf_reducible(prop))
        name = fn.name if type(fn) is Const else ""
        if name in ("Nat.le", "Nat.lt", "Nat.ge", "Nat.gt"):
            a, b = (args[1], args[0]) if name in ("Nat.ge", "Nat.gt") else (args[0], args[1])
            if name in ("Nat.lt", "Nat.gt"):
                a = apps(const("Nat.add"), a, lit(1))
            self._inequality(problem, a, b, proof)
        elif name == "Eq" and self.whnf(args[0]) is NAT:
            _, a, b = args
            symm = apps(const("Eq.symm", (LEVEL_ONE,)), NAT, a, b, proof)
            self._inequality(problem, a, b, apps(const("Nat.le_of_eq"), a, b, proof))
            self._inequality(problem, b, a, apps(const("Nat.le_of_eq"), b, a, symm))
        elif name == "And":
            self._learn(problem, args[0], apps(const("And.left"), *args, proof))
            self._learn(problem, args[1], apps(const("And.right"), *args, proof))
        elif name == "Iff":
            for way, a, b in (("Iff.mp", args[0], args[1]), ("Iff.mpr", args[1], args[0])):
                self._implication(problem, a, b, apps(const(way), *args, proof))
        elif name == "Or":
            problem.splits.append((apps(const("Or"), *args), proof))
        elif name == "Not":
            self._learn_not(problem, args[0], proof)
        elif name == "False":
            problem.add(lit(1), lit(0), apps(const("False.elim", (LEVEL_ZERO,)), one_le_zero(), proof))
        elif type(prop) is Pi and not prop.body.loose and self.is_prop(prop.dom):
            self._implication(problem, prop.dom, prop.body, proof)

    def _implication(self, problem: Problem, a: Term, b: Term, proof: Term) -> None:
        instance = self.synthesize(apps(const("Decidable"), a))
        if instance is None:
            return
        either = apps(const("Or"), apps(const("Not"), a), b)
        problem.splits.append((either, apps(const("Decidable.not_or_of_imp"), a, b, instance, proof)))

    def _learn_not(self, problem: Problem, prop: Term, proof: Term) -> None:
        fn, args = spine(self.whnf_reducible(prop))
        name = fn.name if type(fn) is Const else ""
        if name == "Eq" and self.whnf(args[0]) is NAT:
            _, a, b = args
            either = apps(const("Or"), apps(const("Nat.lt"), a, b), apps(const("Nat.lt"), b, a))
            problem.splits.append((either, apps(const("Nat.lt_or_gt_of_ne"), a, b, proof)))
        elif name in ("Nat.le", "Nat.lt"):
            a, b = args
            strict = name == "Nat.le"
            lemma = apps(const("Nat.lt_of_not_le" if strict else "Nat.le_of_not_lt"), a, b, proof)
            self._learn(problem, apps(const("Nat.lt" if strict else "Nat.le"), b, a), lemma)
        elif name == "Or":
            both = apps(const("And"), apps(const("Not"), args[0]), apps(const("Not"), args[1]))
            proof = apps(const("Iff.mp"), apps(const("Not"), prop), both, apps(const("not_or"), *args), proof)
            self._learn(problem, both, proof)
        elif name in ("And", "Not") or (type(prop) is Pi and not prop.body.loose):
            self._learn_not_compound(problem, prop, proof, name, args)

    def _learn_not_compound(
        self,
        problem: Problem,
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
            problem.splits.append((either, apps(const("Iff.mp"), denied, either, iff, proof)))
        elif name == "Not":
            iff = apps(const("Decidable.not_not"), first, instance)
            self._learn(problem, first, apps(const("Iff.mp"), denied, first, iff, proof))
        else:
            assert type(prop) is Pi
            both = apps(const("And"), prop.dom, apps(const("Not"), prop.body))
            iff = apps(const("Decidable.not_imp_iff_and_not"), prop.dom, prop.body, instance)
            self._learn(problem, both, apps(const("Iff.mp"), denied, both, iff, proof))

    def _inequality(
        self,
        problem: Problem,
        a: Term,
        b: Term,
        proof: Term,
    ) -> None:
        problem.add(a, b, proof)
        for side in (a, b):
            for part in sub_terms(side, ("Nat.sub", "Nat.div", "Nat.mod", "Nat.min", "Nat.max")):
                if part not in problem.seen:
                    problem.seen.add(part)
                    self._special(problem, part)

    def _special(self, problem: Problem, part: Term) -> None:
        """What truncated subtraction, minimum, maximum and division by a numeral mean."""
        fn, (x, y) = spine(part)
        assert type(fn) is Const
        if fn.name in ("Nat.min", "Nat.max"):
            le, eq = const("Nat.le"), const("Eq", (LEVEL_ONE,))
            first, second = (x, y) if fn.name == "Nat.min" else (y, x)
            below = apps(const("And"), apps(le, x, y), apps(eq, NAT, part, first))
            above = apps(const("And"), apps(le, y, x), apps(eq, NAT, part, second))
            lemma = const("Lin.minSplit" if fn.name == "Nat.min" else "Lin.maxSplit")
            problem.splits.append((apps(const("Or"), below, above), apps(lemma, x, y)))
            return
        if fn.name == "Nat.sub":
            le, eq = const("Nat.le"), const("Eq", (LEVEL_ONE,))
            small = apps(const("And"), apps(le, x, y), apps(eq, NAT, part, lit(0)))
            large = apps(const("And"), apps(le, y, x), apps(eq, NAT, apps(const("Nat.add"), part, y), x))
            problem.splits.append((apps(const("Or"), small, large), apps(const("Lin.subSplit"), x, y)))
            return
        divisor = self._number(y)
        if divisor is None:
            return
        if divisor == 0:
            known, law = (lit(0), "Nat.div_zero") if fn.name == "Nat.div" else (x, "Nat.mod_zero")
            equation = apps(const("Eq", (LEVEL_ONE,)), NAT, part, known)
            self._learn(problem, equation, apps(const(law), x))
            return
        quotient, rest = apps(const("Nat.div"), x, y), apps(const("Nat.mod"), x, y)
        problem.seen.update((quotient, rest))
        whole = apps(const("Nat.add"), apps(const("Nat.mul"), y, quotient), rest)
        equation = apps(const("Eq", (LEVEL_ONE,)), NAT, whole, x)
        self._learn(problem, equation, apps(const("Nat.div_add_mod"), x, y))
        positive = apps(const("Nat.zero_lt_succ"), lit(divisor - 1))
        smaller = apps(const("Nat.lt"), rest, y)
        self._learn(problem, smaller, apps(const("Nat.mod_lt"), x, y, positive))

    def _number(self, term: Term) -> int | None:
        """The number that arithmetic on numerals makes; None for other terms."""
        if type(term) is Lit:
            return term.value
        return self.literal(term) if _is_closed_arithmetic(term) else None

    # -- search ------------------------------------------------------------------------------------------------------

    def _search(self, problem: Problem, depth: int) -> Term | None:
        self.budget.step()
        problem.add_signs()
        found = contradiction(problem.facts, self.budget.step)
        if found is not None:
            return problem.linear.refute(problem.proved(found, {}))
        if not problem.splits or depth >= MAX_SPLITS:
            return None
        either, proof = problem.splits[0]
        _, (left, right) = spine(either)
        branches: list[Term] = []
        for side in (left, right):
            h = FVar("h", side)
            branch = problem.branch()
            self._learn(branch, side, h)
            inner = self._search(branch, depth + 1)
            if inner is None:
                return None
            branches.append(bind_lams([h], inner))
        return apps(const("Or.elim"), left, right, FALSE, proof, *branches)


def _is_closed_arithmetic(term: Term) -> bool:
    if type(term) is Lit:
        return True
    if term.loose or term.flags & (HAS_FVAR | HAS_MVAR):
        return False
    fn, args = spine(term)
    return type(fn) is Const and fn.name in ARITHMETIC and all(_is_closed_arithmetic(arg) for arg in args)


def one_le_zero() -> Term:
    """`1 ≤ 0`."""
    return apps(const("Nat.le"), lit(1), lit(0))
