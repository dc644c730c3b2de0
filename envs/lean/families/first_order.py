"""First-order logic: quantifiers over an unspecified type.

Two kinds of theorems. *Lifted* ones take a propositional theorem and let its variables speak of a thing:
`(∃ x, P x ∧ Q x) → ∃ x, Q x`. *Searches* have rules such as `∀ x, P x → ∃ y, E x y ∧ Q y` and `∀ x, Q x → R x ∨ S x`,
which must be followed from what is given to what is asked.
"""

from __future__ import annotations

import random
from typing import ClassVar, NamedTuple

from assay.envs.lean.families.propositional import draw_tautology, intuitionistic_steps
from assay.envs.lean.family import LeanFamily, fits
from assay.envs.lean.formula import Formula, substitute, variables, write
from assay.envs.lean.prover import SearchBudgetError
from assay.envs.lean.theorem import Theorem

PREDICATES = "PQRSTUVWABCDFGHKLM"


class Lifted(NamedTuple):
    """A tautology `a → b` and how it is quantified: "∀" (from a fact of all), "∃" (of some), "direct" (of each)."""

    formula: Formula
    quantifier: str
    before_colon: bool
    difficulty: int


class Search(NamedTuple):
    """A derivation: the statement, and the steps that follow it."""

    statement: str
    steps: tuple[str, ...]
    difficulty: int


class FirstOrder(LeanFamily[Lifted | Search]):
    """Theorems about all and some."""

    name: ClassVar[str] = "first_order"
    topic: ClassVar[str] = "first_order"
    summary: ClassVar[str] = "theorems with quantifiers over an unspecified type"

    def draw(self, rng: random.Random, difficulty: int) -> Lifted | Search:
        """One of either kind."""
        if 3 <= difficulty <= 7 and rng.random() < 0.7:
            # Two steps or three come before the tautology's own.
            formula = draw_tautology(rng, max(1, difficulty - 2))
            return Lifted(formula, rng.choice(("∀", "∃", "direct")), rng.random() < 0.5, difficulty)
        return draw_search(rng, difficulty)

    def statement(self, params: Lifted | Search) -> str:
        """The theorem's text."""
        if isinstance(params, Search):
            return params.statement
        lifted, names = _lift(params.formula)
        _, left, right = lifted
        predicates = f"(α : Type) ({' '.join(names)} : α → Prop)"
        if params.quantifier == "direct":
            return f"{predicates} : ∀ x, {write(lifted)}"
        sign = params.quantifier
        given, goal = f"{sign} x, {write(left)}", f"{sign} y, {write(_renamed(right))}"
        return f"{predicates} (h : {given}) : {goal}" if params.before_colon else f"{predicates} : ({given}) → {goal}"

    def theorem(self, params: Lifted | Search) -> Theorem | None:
        """The theorem, if its proof has the length asked for."""
        if isinstance(params, Search):
            made = Theorem(params.statement, params.steps)
        else:
            try:
                steps = _lifted_steps(params)
            except SearchBudgetError:
                return None
            if steps is None:
                return None
            made = Theorem(self.statement(params), tuple(steps))
        return made if fits(len(made.steps), params.difficulty) else None


def _lift(formula: Formula) -> tuple[Formula, list[str]]:
    names = sorted(variables(formula))
    return substitute(formula, {name: ("var", f"{name.upper()} x") for name in names}), [n.upper() for n in names]


def _renamed(formula: Formula) -> Formula:
    return substitute(formula, {name: ("var", f"{name[0]} y") for name in variables(formula)})


def _lifted_steps(params: Lifted) -> list[str] | None:
    _, left, right = params.formula
    if params.quantifier == "direct":
        steps = intuitionistic_steps((), params.formula)
        if steps is None:
            return None
        first, *rest = steps
        return [f"intro x {first.removeprefix('intro ')}", *rest] if first.startswith("intro ") else ["intro x", *steps]
    steps = intuitionistic_steps((left,), right)
    if steps is None:
        return None
    given = [] if params.before_colon else ["intro h"]
    if params.quantifier == "∃":
        return [*given, "rcases h with ⟨x, h1⟩", "refine ⟨x, ?_⟩", *steps]
    intro = "intro x" if params.before_colon else "intro h x"
    return [intro, "have h1 := h x", *steps]


class _Plan:
    """A derivation under way: hypotheses made so far, facts at hand, steps."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.predicates = list(PREDICATES)
        rng.shuffle(self.predicates)
        self.rules: list[tuple[str, str]] = []
        self.chain: list[str] = []
        self.relation = False
        self.count = 0

    def predicate(self) -> str:
        return self.predicates.pop()

    def rule(self, text: str) -> str:
        """Add a hypothesis and return its name; names are dealt out when all are there."""
        name = f"⟦{len(self.rules)}⟧"
        self.rules.append((name, text))
        return name

    def fact(self) -> str:
        self.count += 1
        return f"k{self.count}"


def draw_search(rng: random.Random, difficulty: int) -> Search:
    """A derivation with as many steps as the difficulty; one more at each existential rule, two at each disjunction."""
    plan = _Plan(rng)
    steps: list[str] = []
    start = plan.predicate()
    plan.chain.append(start)
    wanted = rng.randint(10, 12) if difficulty == 10 else difficulty
    thing, fact = "a", plan.rule(f"{start} a")
    constants = True
    if wanted >= 2 and rng.random() < 0.5:
        constants = False
        plan.rules.clear()
        name = plan.rule(f"∃ x, {start} x")
        thing, fact = "x", plan.fact()
        steps.append(f"rcases {name} with ⟨x, {fact}⟩")
    current, things = start, 0
    for _ in range(rng.choice((0, 0, 1, 2, 3) if wanted > 1 else (1, 2, 3, 4))):
        new = plan.predicate()
        fact = f"({plan.rule(f'∀ x, {current} x → {new} x')} {thing} {fact})"
        plan.chain.append(new)
        current = new
    while len(steps) < wanted - 1 and len(plan.predicates) > 2:
        left = wanted - 1 - len(steps)
        new = plan.predicate()
        plain = "plain" if rng.random() < 0.5 else "exists"
        form = rng.choice((plain, "exists", "exists", "or" if left >= 2 else "exists"))
        if form == "plain":
            name = plan.rule(f"∀ x, {current} x → {new} x")
            fact = f"({name} {thing} {fact})"
        elif form == "exists":
            related = rng.random() < 0.5
            plan.relation = plan.relation or related
            things += 1
            fresh, known = f"y{things}", plan.fact()
            if related:
                edge = plan.fact()
                name = plan.rule(f"∀ x, {current} x → ∃ y, E x y ∧ {new} y")
                steps.append(f"rcases {name} {thing} {fact} with ⟨{fresh}, {edge}, {known}⟩")
            else:
                name = plan.rule(f"∀ x, {current} x → ∃ y, {new} y")
                steps.append(f"rcases {name} {thing} {fact} with ⟨{fresh}, {known}⟩")
            thing, fact = fresh, known
        else:
            # The side branch must reach the goal as well: by a rule of its own, added below once the goal is known.
            side = plan.predicate()
            name = plan.rule(f"∀ x, {current} x → {side} x ∨ {new} x")
            first, second = plan.fact(), plan.fact()
            steps.append(f"rcases {name} {thing} {fact} with {first} | {second}")
            steps.append(f"⟪{side} {thing} {first}⟫")
            fact = second
        current = new
        plan.chain.append(new)
    return _closed(plan, steps, current, thing, fact, constants, difficulty)


def _closed(
    plan: _Plan, steps: list[str], current: str, thing: str, fact: str, constants: bool, difficulty: int
) -> Search:
    """The derivation with its goal, its side branches closed, its hypotheses in random order under their names."""
    rng = plan.rng
    last = plan.predicates.pop() if plan.predicates else current
    if last != current:
        name = plan.rule(f"∀ x, {current} x → {last} x")
        fact = f"({name} {thing} {fact})"
    if constants and thing == "a" and not any("⟪" in step for step in steps) and rng.random() < 0.5:
        goal = f"{last} a"
        steps.append(f"exact {fact}")
    else:
        goal = f"∃ x, {last} x"
        steps.append(f"exact ⟨{thing}, {fact}⟩")
    for place, step in enumerate(steps):
        if step.startswith("⟪"):
            side, where, known = step[1:-1].split()
            name = plan.rule(f"∀ x, {side} x → {last} x")
            by_rule = f"({name} {where} {known})"
            steps[place] = f"exact ⟨{where}, {by_rule}⟩"
    _distract(plan)
    rng.shuffle(plan.rules)
    names = {name: f"h{number}" for number, (name, _) in enumerate(plan.rules, 1)}
    used = sorted({word for _, text in plan.rules for word in text.split() if word in PREDICATES})
    declared = f"(α : Type) ({' '.join(used)} : α → Prop)"
    declared += " (E : α → α → Prop)" if plan.relation else ""
    declared += " (a : α)" if constants else ""
    given = "".join(f" (h{number} : {text})" for number, (_, text) in enumerate(plan.rules, 1))
    finished: list[str] = []
    for step in steps:
        for name, shown in names.items():
            step = step.replace(name, shown)
        if step.startswith("exact (") and step.endswith(")"):
            step = f"exact {step[7:-1]}"
        finished.append(step.replace(", (", ", ").replace(")⟩", "⟩") if step.startswith("exact ⟨") else step)
    return Search(f"{declared}{given} : {goal}", tuple(finished), difficulty)


def _distract(plan: _Plan) -> None:
    """Rules that lead nowhere: back along the chain, out of it, or into it from what is not known."""
    rng = plan.rng
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        form = rng.randrange(3)
        if form == 0 and len(plan.chain) > 1:
            early, late = sorted(rng.sample(range(len(plan.chain)), 2))
            plan.rule(f"∀ x, {plan.chain[late]} x → {plan.chain[early]} x")
        elif form == 1 and plan.predicates:
            plan.rule(f"∀ x, {rng.choice(plan.chain)} x → {plan.predicate()} x")
        elif plan.predicates:
            plan.rule(f"∀ x, {plan.predicate()} x → {rng.choice(plan.chain)} x")
