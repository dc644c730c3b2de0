"""Equations that follow by rewriting: terms, laws, and walks from one side to the other.

A walk applies a law at each step, everywhere in the term, as `rw` does with a law whose arguments are given. It makes
an equation between its first and last term, and the script of its own proof: one `rw` a step.

A term is a nested tuple: a variable `("var", "a")`, a numeral `("num", 2)`, or an operator with its arguments. In the
patterns of laws `("?", "n")` stands for any term.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

Expression: TypeAlias = tuple[Any, ...]

_INFIX = {"+": (65, 65, 66), "*": (70, 70, 71), "^": (75, 76, 75), "++": (65, 65, 66), "∘": (90, 91, 90)}
"""Operator -> its precedence, and what its sides must at least have to stand without brackets."""


@dataclass(frozen=True, slots=True)
class Law:
    """An equation of the library.

    Attributes:
        name: Its name in Lean.
        arguments: What its instances name, in order: a variable of the patterns, or "as := xs" for an argument that is
            implicit in Lean, with the variable after the sign.
        left: Pattern of the left side.
        right: Pattern of the right side.
        both: Whether it is used from right to left as well.
    """

    name: str
    arguments: tuple[str, ...]
    left: Expression
    right: Expression
    both: bool = True


class Side(NamedTuple):
    """One direction of a law: what is looked for, what it becomes, the arrow that `rw` needs, and the law."""

    pattern: Expression
    instead: Expression
    arrow: str
    law: Law


class Laws:
    """Laws, sorted by the operator they look for.

    Args:
        laws: The laws, in the order in which they are tried.
    """

    def __init__(self, laws: Sequence[Law]) -> None:
        """Sort them."""
        self.sides: dict[str, list[Side]] = {}
        for law in laws:
            sides = [Side(law.left, law.right, "", law)]
            if law.both:
                sides.append(Side(law.right, law.left, "← ", law))
            for side in sides:
                self.sides.setdefault(side.pattern[0], []).append(side)


class Step(NamedTuple):
    """A law applied: what is found, what it becomes, which law, and what its variables stand for."""

    found: Expression
    instead: Expression
    side: Side
    values: dict[str, Expression]

    @property
    def text(self) -> str:
        """The `rw` that does it."""
        arguments = " ".join(_argument(entry, self.values) for entry in self.side.law.arguments)
        return f"rw [{self.side.arrow}{self.side.law.name} {arguments}]"

    @property
    def reversible(self) -> bool:
        """Whether a step with the same laws leads back."""
        return self.side.law.both or self.side.law.name.endswith("_comm")


def write(term: Expression, least: int = 0) -> str:
    """A term as Lean text; `least` is the precedence that its surroundings ask for."""
    match term:
        case ("var", name):
            return str(name)
        case ("num", value):
            return str(value)
        case ("length" | "reverse" as method, inner):
            return f"{write(inner, 1024)}.{method}"
        case ("map", function, inner):
            text, own = f"List.map {write(function, 1024)} {write(inner, 1024)}", 1023
        case (operator, left, right):
            own, left_least, right_least = _INFIX[operator]
            text = f"{write(left, left_least)} {operator} {write(right, right_least)}"
        case _:
            raise ValueError(f"no term: {term!r}")
    return f"({text})" if least > own else text


def variables(term: Expression) -> list[str]:
    """The variables of a term, in the order in which they come."""
    if term[0] == "var":
        return [term[1]]
    found: list[str] = []
    for part in term[1:]:
        if isinstance(part, tuple):
            found += [name for name in variables(part) if name not in found]
    return found


def subterms(term: Expression) -> Iterator[Expression]:
    """The term and all its parts, outer ones first."""
    yield term
    if term[0] not in ("var", "num"):
        for part in term[1:]:
            yield from subterms(part)


def size(term: Expression) -> int:
    """How many operators it has."""
    return 0 if term[0] in ("var", "num") else 1 + sum(size(part) for part in term[1:])


def has_closed_part(term: Expression) -> bool:
    """Whether numerals alone are joined somewhere: Lean computes such a part, so a `rw` may end a proof too soon."""
    if term[0] in ("var", "num"):
        return False
    parts = term[1:]
    return all(part[0] == "num" for part in parts) or any(has_closed_part(part) for part in parts)


def replace(term: Expression, found: Expression, instead: Expression) -> Expression:
    """The term with every occurrence of a part replaced."""
    if term == found:
        return instead
    if term[0] in ("var", "num"):
        return term
    return (term[0], *(replace(part, found, instead) for part in term[1:]))


def match_pattern(pattern: Expression, term: Expression, values: dict[str, Expression]) -> bool:
    """Whether a term is an instance of a pattern; `values` takes up what the pattern's variables stand for."""
    kind = pattern[0]
    if kind == "?":
        known = values.get(pattern[1])
        if known is None:
            values[pattern[1]] = term
            return True
        return known == term
    if kind in ("var", "num"):
        return pattern == term
    if kind != term[0]:
        return False
    for part, own in zip(pattern[1:], term[1:], strict=True):  # noqa: SIM110  # a loop is twice as fast here
        if not match_pattern(part, own, values):
            return False
    return True


def fill(pattern: Expression, values: Mapping[str, Expression]) -> Expression:
    """A pattern with its variables filled in."""
    if pattern[0] == "?":
        return values[pattern[1]]
    if pattern[0] in ("var", "num"):
        return pattern
    return (pattern[0], *(fill(part, values) for part in pattern[1:]))


def steps_from(term: Expression, laws: Laws) -> list[Step]:
    """Every way to apply a law somewhere in a term, in a fixed order; equal parts are looked at once."""
    steps: list[Step] = []
    seen: set[Expression] = set()
    for part in subterms(term):
        if part in seen:
            continue
        seen.add(part)
        for side in laws.sides.get(part[0], ()):
            values: dict[str, Expression] = {}
            if match_pattern(side.pattern, part, values):
                instead = fill(side.instead, values)
                if instead != part:
                    steps.append(Step(part, instead, side, values))
    return steps


def _argument(entry: str, values: Mapping[str, Expression]) -> str:
    name, _, variable = entry.partition(" := ")
    return f"({name} := {write(values[variable])})" if variable else write(values[name], 1024)


class Walk(NamedTuple):
    """A walk: where it begins and ends, and the rewriting steps between."""

    start: Expression
    end: Expression
    steps: tuple[str, ...]


def walk(rng: random.Random, start: Expression, laws: Laws, length: int, max_size: int) -> Walk | None:
    """A random walk of so many steps that never comes back.

    Args:
        rng: Where the random numbers come from.
        start: The first term.
        laws: What may be applied.
        length: How many steps.
        max_size: The most operators a term may have.

    Returns:
        None where the walk runs into a dead end, where `rw` would change the last term too, or where one step or two
        lead to the end of a longer walk.
    """
    terms = [start]
    taken: list[Step] = []
    first = steps_from(start, laws)
    for number in range(length):
        ways = first if number == 0 else steps_from(terms[-1], laws)
        made = None
        for _ in range(4):
            if not ways:
                return None
            step = rng.choice(ways)
            made = replace(terms[-1], step.found, step.instead)
            if made not in terms and size(made) <= max_size and not has_closed_part(made):
                taken.append(step)
                terms.append(made)
                break
        else:
            return None
    end = terms[-1]
    if any(step.found in subterms(end) for step in taken):
        return None
    if length > 1 and _is_near(start, end, first, laws, length):
        return None
    return Walk(start, end, tuple(step.text for step in taken))


def _is_near(start: Expression, end: Expression, first: Sequence[Step], laws: Laws, length: int) -> bool:
    after_one = {replace(start, step.found, step.instead) for step in first}
    if end in after_one:
        return True
    if length <= 2:
        return False
    # What leads to the end in one step is what a step that can be undone leads to from there.
    return any(replace(end, step.found, step.instead) in after_one for step in steps_from(end, laws) if step.reversible)
