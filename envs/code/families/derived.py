"""Tasks made from those of other families: repair a wrong program, predict an output, write tests."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any, ClassVar

from assay.envs.code.family import Blueprint, Cases, CodeFamily

Derived = tuple[str, Any, int]
"""Name of the base family, its parameters, and which of its mutants or cases."""


class DerivedFamily(CodeFamily[Derived]):
    """A family that turns tasks of others into tasks of another kind.

    Args:
        bases: The families it draws from.
    """

    topic: ClassVar[str] = "derived"

    def __init__(self, bases: Sequence[CodeFamily[Any]]) -> None:
        """Keep the bases by name."""
        self.bases = {base.name: base for base in bases}

    def draw(self, rng: random.Random, difficulty: int) -> Derived:
        """A base, its parameters, and a number that picks a mutant or case."""
        base = self.bases[rng.choice(list(self.bases))]
        return base.name, base.draw(rng, difficulty), rng.randrange(1 << 16)

    def blueprint(self, params: Derived) -> Blueprint:
        """The base's."""
        return self.bases[params[0]].blueprint(params[1])

    def arguments(self, params: Derived, rng: random.Random) -> Any:
        """The base's."""
        return self.bases[params[0]].arguments(params[1], rng)

    def cases(self, params: Derived) -> Cases:
        """The base's."""
        return self.bases[params[0]].cases(params[1])


class Repair(DerivedFamily):
    """A program with one mistake, to be mended.

    Example: "This program should return the largest sum of 3 neighbours, but has a mistake. Mend it."
    """

    name: ClassVar[str] = "repair"
    summary: ClassVar[str] = "mend a program with one mistake"

    def statement(self, params: Derived) -> str:
        """The base's statement and a mutant that the cases catch."""
        base = self.bases[params[0]].statement(params[1])
        broken = self.broken(params)
        return f"{base}\n\nThis attempt is wrong. Give a whole program that is right.\n\n```python\n{broken}```"

    def broken(self, params: Derived) -> str:
        """The wrong program."""
        cases = self.cases(params)
        caught = sorted(frozenset[int]().union(*cases.kills))
        return self.blueprint(params).mutants()[caught[params[2] % len(caught)]]


class Predict(DerivedFamily):
    """A program and an input: what comes out?

    Example: "What does f(17) return? Answer with the value as JSON."
    """

    name: ClassVar[str] = "predict_output"
    summary: ClassVar[str] = "say what a program returns, without running it"

    def statement(self, params: Derived) -> str:
        """Program and call."""
        plan, (given, _) = self.blueprint(params), self.chosen(params)
        call = f"{plan.entry}({', '.join(map(repr, given))})"
        return (
            f"What does `{call}` return?\n\n```python\n{plan.reference}```\n\n"
            "Answer with the value alone, written as JSON, in a block that begins with ```json."
        )

    def chosen(self, params: Derived) -> tuple[Any, Any]:
        """Arguments and value of the call that is asked about."""
        cases = self.cases(params)
        heavy = [place for place, weight in enumerate(cases.weights) if weight]
        place = heavy[params[2] % len(heavy)] if heavy else 0
        return cases.inputs[place], cases.expected[place]

    def spec(self, params: Derived) -> dict[str, Any]:
        """The value."""
        return {"task": {"kind": "value", "expected": self.chosen(params)[1]}}

    def gold(self, params: Derived) -> str:
        """The value as JSON."""
        return f"```json\n{json.dumps(self.chosen(params)[1])}\n```"


class WriteTests(DerivedFamily):
    """Inputs that tell a right program from wrong ones.

    Example: "Give at most 8 inputs that catch every mistake a careless programmer would make."
    """

    name: ClassVar[str] = "write_tests"
    summary: ClassVar[str] = "choose inputs that catch wrong programs"

    MOST: ClassVar[int] = 8

    def statement(self, params: Derived) -> str:
        """The base's description, and what an answer is."""
        plan = self.blueprint(params)
        return (
            f"Somebody wrote several versions of the Python function "
            f"`{plan.entry}({plan.signature})`, most of them with "
            f"a mistake.\n{plan.description}\n\nChoose inputs such that every wrong version gives a wrong value for at "
            f"least one of them. Answer with a JSON list of at most {self.MOST} argument lists, in a block that begins "
            "with ```json."
        )

    def spec(self, params: Derived) -> dict[str, Any]:
        """Reference and mutants; those that no hidden case catches are left out."""
        plan, cases = self.blueprint(params), self.cases(params)
        caught = frozenset[int]().union(*cases.kills)
        mutants = [source for number, source in enumerate(plan.mutants()) if number in caught]
        task = {
            "kind": "tests",
            "entry": plan.entry,
            "reference": plan.reference,
            "mutants": mutants,
            "most": self.MOST,
        }
        return {"task": task}

    def gold(self, params: Derived) -> str:
        """The fewest hidden inputs that catch all, found greedily."""
        cases = self.cases(params)
        alive = set(frozenset[int]().union(*cases.kills))
        chosen: list[Any] = []
        while alive:
            place = max(range(len(cases.kills)), key=lambda at: len(cases.kills[at] & alive))
            chosen.append(cases.inputs[place])
            alive -= cases.kills[place]
        return f"```json\n{json.dumps(chosen)}\n```"
