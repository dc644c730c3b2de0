"""A policy without learning: a fixed alphabet of tactics, filled in from the goal, with weights set by hand.

What someone who knows core Lean would list on seeing a goal: close it if it can be closed, take apart what can be
taken apart without loss, then choose (a side, a witness, a hypothesis or lemma to apply, a variable for induction, an
equation to rewrite with). It knows nothing of any theorem but its shape. A weight is a rough relative frequency; the
weights of a goal's tactics, divided by their sum, are the probabilities.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assay.agents.lean_search.goal_text import (
    Goal,
    Hypothesis,
    binder_names,
    read_goal,
    shape,
    strip_parentheses,
    symbols,
)
from assay.agents.lean_search.lemmas import relevant, rewrites
from assay.agents.lean_search.policy import Proposal, length_value

Weighted = tuple[str, float]
"""A tactic and its weight."""

SAFE = 60.0
"""Weight of a step that loses nothing: whatever could be proved before can be proved after it."""

INEQUALITIES = frozenset({"≤", "<", "≥", ">"})
RELATIONS = INEQUALITIES | {"=", "≠"}
RING = "Nat.mul_add, Nat.add_mul, Nat.mul_assoc, Nat.mul_comm, Nat.mul_left_comm"
SUMS = "Nat.add_assoc, Nat.add_comm, Nat.add_left_comm"
LEMMAS, REWRITES, INSTANCES, WITNESSES = 10, 10, 12, 10
"""How many at most: lemmas to apply, rules to rewrite with, instances of hypotheses, witnesses."""


class AlphabetPolicy:
    """The fixed prior. Deterministic: a goal's tactics and their order depend on its text alone.

    Args:
        library: Whether it knows the lemmas of the library.
        automation: Whether it has `omega`, `simp` and `decide`.
    """

    def __init__(self, *, library: bool = True, automation: bool = True) -> None:
        """Choose the alphabet."""
        self.library, self.automation = library, automation

    @property
    def name(self) -> str:
        """The alphabet, and what it does without."""
        without = [word for word in ("library", "automation") if not getattr(self, word)]
        return "alphabet" + "".join(f" without {word}" for word in without)

    def propose(self, states: Sequence[str], count: int, draw: int = 0) -> list[list[Proposal]]:
        """The `count` likeliest tactics for each state; in the next draw those after them, until there are none."""
        every = (ranked(state, self.library, self.automation) for state in states)
        return [list(tactics[draw * count : (draw + 1) * count]) for tactics in every]

    def values(self, states: Sequence[str]) -> list[float]:
        """By the length of the targets."""
        return [length_value(state) for state in states]


@lru_cache(maxsize=4096)
def ranked(state: str, library: bool, automation: bool) -> tuple[Proposal, ...]:
    """Every tactic of the alphabet for the first goal of a state, the likeliest first."""
    weights: dict[str, float] = {}
    view = View(read_goal(state))
    parts = [closing, introducing, taking_apart, choosing, using_facts, inducting, equating]
    parts += [deciding] * automation + [using_lemmas] * library
    for part in parts:
        for tactic, weight in part(view):
            weights[tactic] = max(weight, weights.get(tactic, 0.0))
    if not weights:
        return ()
    total = math.log(sum(weights.values()))
    found = [Proposal(tactic, math.log(weight) - total) for tactic, weight in weights.items()]
    return tuple(sorted(found, key=lambda proposal: -proposal.logprob))


class View:
    """A goal with what the parts of the alphabet ask of it.

    Attributes:
        target: Its target.
        shape: The target's outermost shape.
        usable: Hypotheses and variables with a name that a tactic can write.
        variables: Those that are data: no proofs, no types.
        facts: Those that are proofs.
        known: Types of all hypotheses, inaccessible ones too.
    """

    def __init__(self, goal: Goal) -> None:
        """Sort the hypotheses into data and proofs, by the look of their types."""
        self.target = goal.target
        self.shape = shape(goal.target)
        self.names = {h.name.rstrip("✝") for h in goal.hypotheses}
        self.usable = [h for h in goal.hypotheses if "✝" not in h.name]
        self.known = {h.type for h in goal.hypotheses}
        universe = {h.name for h in goal.hypotheses if h.type == "Prop" or re.search(r"→ Prop$", h.type)}
        self.propositions = [h.name for h in self.usable if h.type == "Prop"]
        self.facts = [h for h in self.usable if is_formula(h.type, universe)]
        proofs = set(self.facts)
        self.variables = [h for h in self.usable if h not in proofs and not re.match(r"(Prop|Type|Sort)\b", h.type)]
        self.numbers = [h.name for h in self.usable if h.type == "Nat"]
        self.symbols = symbols(goal.target)
        self.all_symbols = frozenset().union(self.symbols, *(symbols(h.type) for h in self.facts))

    def fresh(self, base: str, taken: Sequence[str] = ()) -> str:
        """A name that is not used: `h`, `h1`, `h2`, ..."""
        used = {*self.names, *taken}
        return next(name for name in (base, *(f"{base}{i}" for i in range(1, 1000))) if name not in used)

    def fresh_many(self, bases: Sequence[str]) -> list[str]:
        """Fresh names that differ from each other."""
        found: list[str] = []
        for base in bases:
            found.append(self.fresh(base, found))
        return found


def is_formula(type_: str, predicates: set[str]) -> bool:
    """Whether a printed type is a proposition, so far as its text tells."""
    found = shape(type_)
    if found.symbol in ("→", "∀"):
        return is_formula(found.right, predicates)
    if found.symbol:
        return found.symbol in RELATIONS or found.symbol in ("∧", "∨", "↔", "¬", "∃", "∣")
    return type_ in ("True", "False") or strip_parentheses(type_).split(" ")[0] in predicates


# -- closing a goal --------------------------------------------------------------------------------------------------


def closing(view: View) -> Iterator[Weighted]:
    """What is among the hypotheses, contradictions, and `rfl`: they close a goal or fail."""
    for h in view.facts:
        if h.type == view.target:
            yield f"exact {h.name}", 200.0
    if view.target in view.known:
        yield "assumption", 190.0
    if view.target == "True":
        yield "trivial", 200.0
    if any(h.type == "False" or shape(h.type).symbol in ("¬", "≠", "=", "→") for h in view.facts):
        yield "contradiction", 12.0
    if view.shape.symbol in ("=", "↔", "≤"):
        yield "rfl", 8.0


def deciding(view: View) -> Iterator[Weighted]:
    """The decision procedures: they too close a goal or fail. Not for targets with unknown parts."""
    if "?" in view.target:
        return
    if view.shape.symbol in RELATIONS or view.shape.symbol in ("↔", "¬", "∨", "∧"):
        if not view.variables and not view.propositions:
            yield "decide", 10.0
        yield "simp", 8.0
        equations = [h.name for h in view.facts if shape(shape_under(h.type)).symbol in ("=", "↔")]
        if equations:
            yield f"simp [{', '.join(equations)}]", 8.0
    arithmetic = view.all_symbols & (RELATIONS | {"+", "-", "*", "/", "%"})
    if arithmetic and ("Nat" in view.known or view.symbols & set("0123456789") or view.numbers):
        yield "omega", 12.0

    if "*" in view.all_symbols or "^" in view.all_symbols:
        rules = "Nat.mul_add, Nat.add_mul, Nat.mul_one, Nat.one_mul"
        yield f"simp only [{rules}]", 3.0
        yield f"simp only [{RING}]", 3.0
        yield f"simp only [{RING}, {SUMS}]", 3.0
        for h in view.facts:
            if {"*", "^"} & symbols(h.type):
                yield f"simp only [{rules}] at {h.name}", 1.0
    elif "+" in view.symbols:
        yield f"simp only [{SUMS}]", 2.0


def shape_under(type_: str) -> str:
    """A formula without its leading binders and premises."""
    while True:
        found = shape(type_)
        if found.symbol not in ("∀", "→"):
            return type_
        type_ = found.right


# -- steps that lose nothing -----------------------------------------------------------------------------------------


def introducing(view: View) -> Iterator[Weighted]:
    """`intro` of everything in front of the target, and of its first binder alone."""
    bases: list[str] = []
    text = view.target
    while len(bases) < 8:
        found = shape(text)
        if found.symbol == "∀":
            bases += binder_names(found.left)
        elif found.symbol in ("→", "¬", "≠"):
            bases.append("h")
        else:
            break
        text = found.right if found.symbol in ("∀", "→") else "False"
    if bases:
        yield "intro " + " ".join(view.fresh_many(bases)), SAFE
        if len(bases) > 1:
            yield f"intro {view.fresh(bases[0])}", 3.0


def taking_apart(view: View) -> Iterator[Weighted]:
    """Conjunctions, disjunctions, existentials and equivalences among hypotheses, and `constructor`."""
    if view.shape.symbol in ("∧", "↔"):
        yield "constructor", SAFE
    for h in view.facts:
        found = shape(h.type)
        if found.symbol in ("∧", "↔"):
            a, b = view.fresh_many(["h", "h"])
            yield f"obtain ⟨{a}, {b}⟩ := {h.name}", SAFE if found.symbol == "∧" else 20.0
        elif found.symbol == "∨":
            a = view.fresh("h")
            yield f"rcases {h.name} with {a} | {a}", SAFE / 2
        elif found.symbol == "∃":
            x, *others = binder_names(found.left)
            names = view.fresh_many([x, *others, "h"])
            yield f"obtain ⟨{', '.join(names)}⟩ := {h.name}", SAFE
        elif h.type == "False":
            yield f"cases {h.name}", SAFE
        elif found.symbol == "=" and _is_variable(view, found.left, found.right):
            yield f"subst {h.name}", 8.0
        if found.symbol == "=" and _constructors(found.left) and _constructors(found.right):
            yield f"injection {h.name} with {view.fresh('h')}", 5.0
    for h in view.variables:
        if h.type == "Bool" and (h.name in view.symbols):
            yield f"cases {h.name}", 20.0
        if "×" in shape(h.type).symbol:
            yield f"obtain ⟨{', '.join(view.fresh_many(['a', 'b']))}⟩ := {h.name}", 10.0


def _is_variable(view: View, *sides: str) -> bool:
    return any(h.name in sides for h in view.variables)


def _constructors(term: str) -> bool:
    found = shape(term)
    return found.symbol in ("::", "+") or term.endswith(".succ") or term.startswith(("some ", "(", "Nat.succ "))


# -- choices ---------------------------------------------------------------------------------------------------------


def choosing(view: View) -> Iterator[Weighted]:
    """A side of a disjunction, a witness, going for a contradiction, a case distinction."""
    if view.shape.symbol == "∨":
        yield "left", 8.0
        yield "right", 8.0
    if view.shape.symbol == "∃":
        for term in _witnesses(view):
            yield f"exists {term}", 4.0
        for h in view.facts:
            yield f"exact ⟨_, {h.name}⟩", 4.0
        yield "constructor", 2.0
    if view.target != "False" and view.shape.symbol not in ("→", "∀", "¬", "≠"):
        if any(shape_under(h.type) == "False" or shape(shape_under(h.type)).symbol in ("¬", "≠") for h in view.facts):
            yield "exfalso", 4.0
        yield f"apply Classical.byContradiction\nintro {view.fresh('h')}", 1.0
    decided = {strip_parentheses(shape(h.type).right) if shape(h.type).symbol == "¬" else h.type for h in view.facts}
    words = view.all_symbols
    for p in view.propositions:
        if p in words and p not in decided:
            yield f"by_cases {view.fresh('h')} : {p}", 1.0
    if view.shape.symbol in ("∃", "∨"):
        for h in view.facts:
            inner = strip_parentheses(shape(h.type).right) if shape(h.type).symbol == "¬" else ""
            if shape(inner).symbol == "∀":
                yield f"by_cases {view.fresh('h')} : {inner}", 0.3


def _witnesses(view: View) -> list[str]:
    """Terms over the variables of the context: each alone, successors and sums of numbers, small numerals."""
    binder = view.shape.left.split(" : ")
    names = [h.name for h in view.variables if h.type != "Nat"]
    if len(binder) > 1 and binder[1] != "Nat":
        return [h.name for h in view.variables if h.type == binder[1]][:WITNESSES]
    numbers = view.numbers
    sums = [f"{a} + {b}" for i, a in enumerate(numbers) for b in numbers[i:]]
    numeric = ["0", "1", *(f"{n} + 1" for n in numbers), *sums, *(f"{s} + 1" for s in sums)] if numbers else ["0", "1"]
    differences = [f"{a} - {b}" for a in numbers for b in numbers if a != b]
    return [*numbers, *names, *numeric, *differences][: 2 * WITNESSES]


def using_facts(view: View) -> Iterator[Weighted]:
    """Apply a hypothesis, take an instance of it, or rewrite with it."""
    for h in view.facts:
        found = shape(h.type)
        end = shape_under(h.type)
        if found.symbol in ("→", "¬", "≠", "∀"):
            goal = "False" if found.symbol in ("¬", "≠") or shape(end).symbol in ("¬", "≠") else end
            fits = goal == view.target
            yield f"apply {h.name}", 12.0 if fits else 3.0 if _may_match(goal, view.target) else 0.5
        if found.symbol in ("→", "¬"):
            yield from _implication(view, h)
        if found.symbol == "∀":
            yield from _instances(view, h)
        if shape(end).symbol in ("=", "↔"):
            yield f"rw [{h.name}]", 5.0
            yield f"rw [← {h.name}]", 3.0
            for other in view.facts:
                if other is not h:
                    yield f"rw [{h.name}] at {other.name}", 1.0
                    yield f"rw [← {h.name}] at {other.name}", 0.5
        if found.symbol in INEQUALITIES and view.shape.symbol == "∃":
            yield f"obtain ⟨{view.fresh('k')}, {view.fresh('h')}⟩ := Nat.exists_eq_add_of_le {h.name}", 1.0
        if found.symbol == "=" and view.shape.symbol == "=":
            yield f"exact {h.name}.symm", 2.0
        if found.symbol == "↔":
            yield f"exact {h.name}.mp", 0.3


def _may_match(conclusion: str, target: str) -> bool:
    a, b = shape(conclusion), shape(target)
    return a.symbol == b.symbol and (bool(a.symbol) or a.right.split(" ")[0] == b.right.split(" ")[0])


def _implication(view: View, h: Hypothesis) -> Iterator[Weighted]:
    """Forward from an implication: by a hypothesis that is its premise, else with the premise as a goal of its own."""
    found = shape(h.type)
    premise, conclusion = strip_parentheses(found.left if found.symbol == "→" else found.right), "False"
    if found.symbol == "→":
        conclusion = strip_parentheses(found.right)
    if conclusion in view.known:
        return
    name = view.fresh("h")
    for given in view.facts:
        if strip_parentheses(given.type) == premise:
            yield f"have {name} := {h.name} {given.name}", SAFE / 2
            return
    if conclusion != view.target and "?" not in h.type:
        yield f"refine (fun ({name} : {conclusion}) => ?_) ({h.name} ?_)", 2.0


def _instances(view: View, h: Hypothesis) -> Iterator[Weighted]:
    """A universal hypothesis at the variables of the context."""
    found = shape(h.type)
    type_ = strip_parentheses(found.left).split(" : ")[-1] if " : " in found.left else ""
    terms = [x.name for x in view.variables if not type_ or x.type == type_]
    if type_ == "Nat":
        terms += ["0", *(f"({n} + 1)" for n in view.numbers)]
    name = view.fresh("h")
    for term in terms[:INSTANCES]:
        yield f"have {name} := {h.name} {term}", 2.0


def inducting(view: View) -> Iterator[Weighted]:
    """Induction and case distinction on natural numbers and lists."""
    if "?" in view.target:
        return
    data = [h for h in view.variables if h.type == "Nat" or h.type.startswith("List ")]
    for h in data:
        weight = 4.0 if re.search(rf"(?<!\w){re.escape(h.name)}(?!\w)", view.target) else 1.0
        front = [] if h.type == "Nat" else [view.fresh("x")]
        tail, step = h.name, view.fresh("ih")
        first, second = ("zero", "succ") if h.type == "Nat" else ("nil", "cons")
        names = " ".join([*front, tail])
        yield f"induction {h.name} with | {first} => ?_ | {second} {names} {step} => ?_", weight
        others = [x.name for x in data if x.name != h.name]
        if others:
            general = " ".join(others)
            cases = f"with | {first} => ?_ | {second} {names} {step} => ?_"
            yield f"induction {h.name} generalizing {general} {cases}", weight / 3
        yield f"cases {h.name} with | {first} => ?_ | {second} {names} => ?_", weight / 2
    for i, a in enumerate(view.numbers):
        for b in view.numbers[i + 1 :]:
            if view.all_symbols & RELATIONS:
                yield f"rcases Nat.lt_or_ge {a} {b} with {view.fresh('h')} | {view.fresh('h')}", 0.5
    for f in view.variables:
        domain = shape(f.type)
        if domain.symbol == "→" and domain.right == "Bool" and domain.left == "Bool":
            for value in ("true", "false"):
                yield f"cases {view.fresh('h')} : {f.name} {value}", 4.0


def using_lemmas(view: View) -> Iterator[Weighted]:
    """Library lemmas that fit the target, or rewrite it."""
    if view.shape.symbol in ("→", "∀"):
        return
    for place, lemma in enumerate(relevant(view.target, LEMMAS)):
        yield f"apply {lemma.name}", 3.0 / (1 + place / 4)
    if "?" in view.target:
        return
    for place, (lemma, backwards) in enumerate(rewrites(view.target, REWRITES)):
        yield f"rw [{'← ' if backwards else ''}{lemma.name}]", 3.0 / (1 + place / 4)


def equating(view: View) -> Iterator[Weighted]:
    """Steps on equations: extensionality, congruence, the other way round."""
    if view.shape.symbol == "=":
        for side in (view.shape.left, view.shape.right):
            if shape(side).symbol == "fun":
                yield f"funext {view.fresh('x')}", 5.0
        yield "symm", 0.5
        if shape(view.shape.left).symbol == shape(view.shape.right).symbol:
            yield "congr", 1.0
        for h in view.facts:
            if shape(h.type).symbol == "∀" and shape(shape_under(h.type)).symbol == "=":
                yield f"apply {h.name}", 5.0
