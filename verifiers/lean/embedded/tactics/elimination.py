"""Fourier-Motzkin elimination over the integers, in numbers alone.

What is searched for is how given inequalities sum up to `0 ≤ -1`. No term and no proof is built on the way: each
inequality remembers what it was made of, and `Certificate` says afterwards what must be proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

MAX_COEFFICIENT = 2**256
MAX_INEQUALITIES = 1_000
"""Greatest coefficient that is kept, and how many inequalities: beyond them a contradiction is not found."""

Terms = tuple[tuple[int, int], ...]
"""(atom, coefficient), in order of atoms, no coefficient 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Inequality:
    """`c1 * x1 + ... + cn * xn ≤ bound` with coefficients that have no common divisor.

    Attributes:
        terms: The left side.
        bound: The right side.
        parts: What it is the sum of, with multipliers; nothing for what was given.
        divisor: What that sum was divided by.
        exact: Whether the bound was divided without a rest.
    """

    terms: Terms
    bound: int
    parts: tuple[tuple[int, Inequality], ...] = ()
    divisor: int = 1
    exact: bool = True

    def coefficient(self, atom: int) -> int:
        """The coefficient of an atom, 0 where it does not occur."""
        return next((c for x, c in self.terms if x == atom), 0)


def inequality(coefficients: dict[int, int], bound: int, parts: tuple[tuple[int, Inequality], ...] = ()) -> Inequality:
    """Divide by what divides every coefficient, rounding the bound down: the atoms are integers."""
    terms = tuple(sorted((x, c) for x, c in coefficients.items() if c))
    divisor = gcd(*(c for _, c in terms))
    if divisor <= 1:
        return Inequality(terms, bound, parts)
    divided = tuple((x, c // divisor) for x, c in terms)
    return Inequality(divided, bound // divisor, parts, divisor, bound % divisor == 0)


def contradiction(given: Iterable[Inequality], step: Callable[[], None]) -> Inequality | None:
    """A sum of given inequalities without atoms whose bound is negative; None where none was found.

    An atom that an equation fixes is replaced by means of that equation; other atoms go by adding every lower to every
    upper bound. Which comes first can matter, for rounding is lost on one way that is not on the other: where equations
    of all kinds lead to nothing, those with coefficient 1 are tried alone, and then none.

    Args:
        given: What is known.
        step: Called for each inequality that is made; may raise.
    """
    known = list(given)
    largest = MAX_COEFFICIENT
    while True:
        found, used = _eliminate(known, step, largest)
        if found is not None or not used:
            return found
        largest = 1 if used > 1 else 0


def _eliminate(given: Iterable[Inequality], step: Callable[[], None], largest: int) -> tuple[Inequality | None, int]:
    """A contradiction if one is found, and the greatest coefficient of an equation that was used (0: none was).

    Args:
        given: What is known.
        step: Called for each inequality that is made.
        largest: The greatest coefficient that an equation may give the atom it replaces.
    """
    facts: dict[Terms, Inequality] = {}
    made = list(given)
    used = 0
    while True:
        for fact in made:
            found = _add(facts, fact)
            if found is not None:
                return found, used
        if not facts:
            return None, used
        atom, equation = _cheapest(facts, largest)
        used = max(used, equation[1].coefficient(atom) if equation is not None else 0)
        lower = [fact for fact in facts.values() if fact.coefficient(atom) < 0]
        upper = [fact for fact in facts.values() if fact.coefficient(atom) > 0]
        pairs = [(f, g) for f in lower for g in upper if equation is None or f is equation[0] or g is equation[1]]
        for fact in (*lower, *upper):
            del facts[fact.terms]
        if len(facts) + len(pairs) > MAX_INEQUALITIES:
            return None, used
        made = []
        for f, g in pairs:
            step()
            fact = _without(atom, f, g)
            if max([abs(fact.bound), *(abs(c) for _, c in fact.terms)]) <= MAX_COEFFICIENT:
                made.append(fact)


def _add(facts: dict[Terms, Inequality], fact: Inequality) -> Inequality | None:
    """Keep a fact unless a stronger one is known; a contradiction, if that shows one."""
    if not fact.terms:
        return fact if fact.bound < 0 else None
    known = facts.get(fact.terms)
    if known is not None and known.bound <= fact.bound:
        return None
    facts[fact.terms] = fact
    opposite = facts.get(_negated(fact.terms))
    if opposite is not None and fact.bound + opposite.bound < 0:
        return _sum(1, fact, 1, opposite)
    return None


def _cheapest(facts: dict[Terms, Inequality], largest: int) -> tuple[int, tuple[Inequality, Inequality] | None]:
    """The atom to eliminate next, and the two halves of an equation to do it with, if there is one.

    One whose elimination loses nothing over the integers comes first, then the one that makes the fewest inequalities.
    """
    lower: dict[int, list[int]] = {}
    upper: dict[int, list[int]] = {}
    equations: dict[int, tuple[int, Inequality, Inequality]] = {}
    for fact in facts.values():
        other = facts.get(_negated(fact.terms))
        equal = other is not None and other.bound == -fact.bound
        for x, c in fact.terms:
            (upper if c > 0 else lower).setdefault(x, []).append(abs(c))
            if equal and 0 < c <= largest and (x not in equations or c < equations[x][0]):
                assert other is not None
                equations[x] = (c, other, fact)

    def cost(x: int) -> tuple[bool, int, int]:
        below, above = lower.get(x, []), upper.get(x, [])
        if x in equations:
            return (equations[x][0] > 1, len(below) + len(above) - 2, x)
        exact = all(c == 1 for c in below) or all(c == 1 for c in above)
        return (not exact, len(below) * len(above), x)

    atom = min(set(lower) | set(upper), key=cost)
    return atom, equations[atom][1:] if atom in equations else None


def _without(atom: int, f: Inequality, g: Inequality) -> Inequality:
    """The sum of multiples of a lower and an upper bound of an atom in which it no longer occurs."""
    k, m = g.coefficient(atom), -f.coefficient(atom)
    common = gcd(k, m)
    return _sum(k // common, f, m // common, g)


def _sum(k: int, f: Inequality, m: int, g: Inequality) -> Inequality:
    coefficients = {x: k * c for x, c in f.terms}
    for x, c in g.terms:
        coefficients[x] = coefficients.get(x, 0) + m * c
    return inequality(coefficients, k * f.bound + m * g.bound, ((k, f), (m, g)))


def _negated(terms: Terms) -> Terms:
    return tuple((x, -c) for x, c in terms)


def certificate(fact: Inequality) -> list[tuple[int, Inequality]]:
    """What must be added up, with positive integer multipliers, so that dividing the sum yields the fact.

    What is listed was given or came by rounding; all that lies between is only a sum of those, and multiplied out.
    """
    order: list[Inequality] = []
    _in_order(fact, order, set(), top=True)
    weights = {fact: Fraction(1)}
    leaves: dict[Inequality, Fraction] = {}
    for node in reversed(order):
        weight = weights[node]
        if node is not fact and (not node.parts or not node.exact):
            leaves[node] = weight
            continue
        for k, part in node.parts:
            weights[part] = weights.get(part, Fraction(0)) + weight * k / node.divisor
    whole = lcm(*(weight.denominator for weight in leaves.values()))
    return [(int(weight * whole), leaf) for leaf, weight in leaves.items()]


def _in_order(node: Inequality, order: list[Inequality], seen: set[Inequality], *, top: bool = False) -> None:
    """Parts before wholes."""
    if node in seen:
        return
    seen.add(node)
    if top or node.exact:
        for _, part in node.parts:
            _in_order(part, order, seen)
    order.append(node)
