"""Propositional logic: random formulas that an intuitionistic prover has decided.

Formulas are drawn at random; those that are provable become theorems, with the prover's proof as demonstration. What
is refutable becomes the other half of `prove_or_refute`, where the agent must find out which side of a disjunction
holds: `(∀ p q : Prop, F) ∨ ¬ ∀ p q : Prop, F` without axioms, so that the law of excluded middle decides nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from assay.envs.lean.family import LeanFamily, fits
from assay.envs.lean.formula import FALSE, TRUE, Drawing, Formula, countermodel, substitute, variables, write
from assay.envs.lean.prover import SearchBudgetError, Term, is_provable, prove
from assay.envs.lean.script import script_of
from assay.envs.lean.theorem import Theorem

NAMES = ("p", "q", "r", "s", "t")


CLASSICAL_OVERHEAD = 5
"""Steps that a classical proof has beyond its difficulty: so many are needed before there is anything to choose."""


class Problem(NamedTuple):
    """A formula, how many of its premises stand before the colon, and the difficulty asked for."""

    formula: Formula
    hypotheses: int
    difficulty: int


class _Propositional(LeanFamily[Problem]):
    """What the families of propositional logic share."""

    topic: ClassVar[str] = "propositional"

    def draw(self, rng: random.Random, difficulty: int) -> Problem:
        """A tautology, with some premises turned into hypotheses."""
        return self.put(rng, draw_tautology(rng, difficulty), difficulty)

    def put(self, rng: random.Random, formula: Formula, difficulty: int) -> Problem:
        """A formula with some of its premises turned into hypotheses."""
        premises = 0
        rest = formula
        while rest[0] == "imp":
            premises, rest = premises + 1, rest[2]
        return Problem(formula, rng.randint(0, premises), difficulty)

    def statement(self, params: Problem) -> str:
        """Variables, hypotheses and what is left of the formula."""
        names = " ".join(sorted(variables(params.formula)))
        premises, goal = _premises(params)
        hypotheses = "".join(f" (h{place} : {write(premise)})" for place, premise in enumerate(premises, 1))
        return f"({names} : Prop){hypotheses} : {write(goal)}"

    def theorem(self, params: Problem) -> Theorem | None:
        """The theorem, if a proof of the length asked for is found."""
        premises, goal = _premises(params)
        try:
            steps = self.steps(premises, goal, params.difficulty)
        except SearchBudgetError:
            return None
        if steps is None or not self.fits(len(steps), params.difficulty):
            return None
        return Theorem(self.statement(params), tuple(steps))

    def fits(self, length: int, difficulty: int) -> bool:
        """Whether a proof of so many steps is of a difficulty."""
        return fits(length, difficulty)

    def steps(self, premises: Sequence[Formula], goal: Formula, difficulty: int) -> list[str] | None:
        """A proof; None where there is none of this family's kind, or surely none that suits the difficulty."""
        del difficulty
        return intuitionistic_steps(premises, goal)


class Tautologies(_Propositional):
    """What holds intuitionistically."""

    name = "prop_tautology"
    summary = "propositional theorems that hold intuitionistically"


class ClassicalTautologies(_Propositional):
    """What holds classically only."""

    name = "prop_classical"
    summary = "propositional theorems that need classical logic"

    def draw(self, rng: random.Random, difficulty: int) -> Problem:
        """A tautology `a → b`, mostly in a form that says as much in classical logic alone."""
        formula = draw_tautology(rng, min(difficulty, 6))
        _, left, right = formula
        form = rng.randrange(5)
        if form == 1:
            formula = ("or", ("not", left), right)
        elif form == 2:
            formula = ("or", right, ("not", left))
        elif form == 3:
            formula = ("imp", ("not", ("not", left)), right)
        elif form == 4:
            formula = ("imp", ("imp", ("not", left), right), right)
        return self.put(rng, formula, difficulty)

    def steps(self, premises: Sequence[Formula], goal: Formula, difficulty: int) -> list[str] | None:
        """The shortest of the proofs by contradiction and by cases of one variable.

        A tautology's double negation holds intuitionistically (V. Glivenko 1929), so the first kind is always there.
        """
        hypotheses = _named(premises)
        if is_provable(goal, hypotheses):
            return None
        found = prove(FALSE, [*hypotheses, ("n", ("not", goal))])
        if found is None:
            return None
        shortest = ["apply Classical.byContradiction", "intro n", *_script(found, premises, "n")]
        for name in variables(_closed(premises, goal)):
            if difficulty > 2 and len(shortest) < difficulty + CLASSICAL_OVERHEAD:
                return None  # too short already
            branches = [prove(goal, [*hypotheses, ("c", case)]) for case in (("var", name), ("not", ("var", name)))]
            if branches[0] is not None and branches[1] is not None:
                first, second = (_script(branch, premises, "c") for branch in branches if branch is not None)
                if 1 + len(first) + len(second) < len(shortest):
                    shortest = [f"by_cases c : {name}", *first, *second]
        return shortest

    def fits(self, length: int, difficulty: int) -> bool:
        """Up to five steps are difficulty 1, six or seven are 2; then each step more is one more."""
        if difficulty <= 2:
            return length <= CLASSICAL_OVERHEAD if difficulty == 1 else length in (6, 7)
        return fits(length - CLASSICAL_OVERHEAD, difficulty)


class ProveOrRefute(_Propositional):
    """Which of the two holds?"""

    name = "prove_or_refute"
    summary = "a propositional formula for all values of its variables, or its refutation; no axioms"

    def draw(self, rng: random.Random, difficulty: int) -> Problem:
        """A formula that holds, or one that does not, equally often."""
        if rng.random() < 0.5:
            return Problem(draw_tautology(rng, difficulty), 0, difficulty)
        sizes = range(1, 4) if difficulty <= 3 else range(2, 6) if difficulty <= 6 else range(4, 9)
        return Problem(Drawing(rng, NAMES[:3]).formula(rng.choice(sizes)).formula, 0, difficulty)

    def statement(self, params: Problem) -> str:
        """The formula for all values, or its refutation."""
        closed = f"∀ {' '.join(sorted(variables(params.formula)))} : Prop, {write(params.formula)}"
        return f": ({closed}) ∨ ¬ {closed}"

    def theorem(self, params: Problem) -> Theorem | None:
        """The theorem with a proof of the side that holds."""
        formula = params.formula
        names = sorted(variables(formula))
        try:
            valuation = countermodel(formula)
            steps = self._proof(formula, names) if valuation is None else _refutation(formula, names, valuation)
        except SearchBudgetError:
            return None
        # `left` (or `right`) and the first `intro` are no choice of the proof's own.
        if steps is None or not self.fits(len(steps) - 2, params.difficulty):
            return None
        return Theorem(self.statement(params), tuple(steps), ())

    def _proof(self, formula: Formula, names: Sequence[str]) -> list[str] | None:
        found = intuitionistic_steps((), formula)
        if found is None:
            return None
        first = f"intro {' '.join(names)}"
        if found[0].startswith("intro "):
            return ["left", f"{first} {found[0].removeprefix('intro ')}", *found[1:]]
        return ["left", first, *found]


def draw_tautology(rng: random.Random, difficulty: int) -> Formula:
    """A tautology of a size that suits the difficulty."""
    kind = rng.choice(("imp", "iff")) if difficulty > 6 else "imp"
    sizes: tuple[int, ...] = (1, 2, 3) if difficulty <= 2 else (2, 3, 4)
    if difficulty > 6:
        sizes = (2, 3, 4, 5) if kind == "imp" else (1, 2, 3)
    return Drawing(rng, NAMES[: rng.choice((2, 3, 3, 4))]).tautology(kind, sizes)


def intuitionistic_steps(premises: Sequence[Formula], goal: Formula) -> list[str] | None:
    """The prover's proof of a formula from premises h1, h2 and so on, as a script; None if there is none."""
    found = prove(goal, _named(premises))
    return None if found is None else _script(found, premises)


def _refutation(formula: Formula, names: Sequence[str], valuation: dict[str, bool]) -> list[str] | None:
    values = {name: TRUE if value else FALSE for name, value in valuation.items()}
    found = prove(FALSE, [("c", substitute(formula, values))])
    if found is None:
        return None
    claim = f"f {' '.join('True' if valuation[name] else 'False' for name in names)}"
    steps = script_of(found, {"c": "c"})
    if steps[0].startswith("exact c") and found[0] == "app":
        shown = f"({claim})" if steps[0].startswith("exact c.") else claim
        return ["right", "intro f", steps[0].replace("exact c", f"exact {shown}", 1), *steps[1:]]
    return ["right", "intro f", f"have c := {claim}", *steps]


def _closed(premises: Sequence[Formula], goal: Formula) -> Formula:
    for premise in reversed(premises):
        goal = ("imp", premise, goal)
    return goal


def _premises(params: Problem) -> tuple[list[Formula], Formula]:
    premises: list[Formula] = []
    rest = params.formula
    for _ in range(params.hypotheses):
        premises.append(rest[1])
        rest = rest[2]
    return premises, rest


def _named(premises: Sequence[Formula]) -> list[tuple[str, Formula]]:
    return [(f"h{place}", premise) for place, premise in enumerate(premises, 1)]


def _script(term: Term, premises: Sequence[Formula], *others: str) -> list[str]:
    names = [name for name, _ in _named(premises)] + list(others)
    return script_of(term, {name: name for name in names}, "h" if not premises else "k")
