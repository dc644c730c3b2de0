"""Whether two scalar expressions are equal: the rungs from exact rationals to computer algebra.

Every acceptance has an exact argument: equal canonical forms, an identity modulo a large prime, a separation bound, or
computer algebra that reduced the difference to zero. Agreement of digits alone never accepts.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assay.verifiers.math import angles, points, separation
from assay.verifiers.math.canonical import Canon, Quotient
from assay.verifiers.math.limits import GaveUpError, LimitError, UndefinedError
from assay.verifiers.math.polynomial import Monomial, Poly, constant_value, generators
from assay.verifiers.math.tree import SCALARS, Const, Mul, Node, Num, Pow, walk

_PURE_POWER = re.compile(r"w:(?:\d+|s:[^:<>*]+):(?:<s:[^:<>*]+\^\d+>)+")
"""b^m for a prime or variable b and a monomial m of variables: with a logarithm in m, 2^(log_2 7) would be one."""

_SETS = frozenset(["empty", "R", "Z", "Q", "N", "C"])


def _independent(name: str) -> bool:
    """Whether distinct generators of this kind are known to be algebraically independent of the others of its kinds."""
    if name.startswith("w:"):
        return _PURE_POWER.fullmatch(name) is not None
    return name in ("i", "c:pi", "c:logbase") or name.startswith(("s:", "p:"))


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether two things are the same: `equal` is None where no rung could decide; `method` names the rung."""

    equal: bool | None
    method: str
    reason: str = ""

    def __bool__(self) -> bool:
        """Only a proof of equality counts."""
        return self.equal is True


YES = Decision(True, "structure")
NO = Decision(False, "structure", "type_mismatch")


class Scalars:
    """The scalar rungs within one check.

    Args:
        positive: Whether variables stand for positive numbers.
        prove: Called with two trees when all other rungs leave the question open; None to leave it open.
        until: `time.monotonic()` after which no new rung is begun.
    """

    def __init__(self, positive: bool, prove: Any, until: float) -> None:
        """Start with empty caches."""
        self.positive = positive
        self.prove = prove
        self.until = until
        self.canon = Canon(positive, until)
        self._quotients: dict[Node, Quotient | Exception] = {}

    def quotient(self, node: Node) -> Quotient:
        """The canonical form, remembered within the check.

        Raises:
            GaveUpError, UndefinedError, LimitError: As `Canon.of`.
        """
        found = self._quotients.get(node)
        if found is None:
            if time.monotonic() > self.until:
                raise GaveUpError("out of time")
            self.canon.ring.steps = 0
            try:
                found = self.canon.of(node)
            except (GaveUpError, UndefinedError, LimitError) as error:
                found = error
            except (OverflowError, MemoryError, ValueError) as error:
                found = GaveUpError(str(error))
            self._quotients[node] = found
        if isinstance(found, Exception):
            raise found
        return found

    def number(self, node: Node) -> Fraction | None:
        """The rational value of a tree, None if it has none that we can see."""
        if isinstance(node, Num):
            return node.value
        try:
            top, bottom = self.quotient(node)
        except (GaveUpError, UndefinedError):
            return None
        return constant_value(top) if len(bottom) == 1 and () in bottom and bottom[()] == 1 else None

    def equal(self, gold: Node, answer: Node) -> Decision:
        """Decide whether two scalars are equal.

        Raises:
            LimitError: The answer holds a number too large to compute.
        """
        if isinstance(gold, Num) and isinstance(answer, Num):
            return Decision(gold.value == answer.value, "rational", "value_mismatch")
        if not (isinstance(gold, SCALARS) and isinstance(answer, SCALARS)):
            return NO
        if any(isinstance(node, Const) and node.name in _SETS for node in (gold, answer)):
            return Decision(gold == answer, "structure", "type_mismatch")
        infinite = self.infinity(gold), self.infinity(answer)
        if any(infinite):
            if 2 in infinite:
                return Decision(False, "structure", "undefined")
            return Decision(infinite[0] == infinite[1], "structure", "value_mismatch")
        undecided = ""
        try:
            one = self.quotient(gold)
        except (GaveUpError, UndefinedError, LimitError):
            one, undecided = None, "polynomial"
        try:
            two = self.quotient(answer)
        except UndefinedError:
            return Decision(False, "polynomial", "undefined")
        except GaveUpError:
            two = None
        if gold == answer:
            return Decision(True, "structure")
        if one is not None and two is not None:
            decided = self._quotients_equal(one, two, answer)
            if decided is not None:
                return decided
        if points.refuted(gold, answer, positive=self.positive, until=self.until):
            return Decision(False, "points", "value_mismatch")
        if one is None or two is None:
            try:
                if points.agree_modulo(gold, answer):
                    return Decision(True, "modular")
                return Decision(False, "modular", "value_mismatch")
            except GaveUpError:
                pass
        if self.prove is not None and time.monotonic() < self.until:
            proved: Decision = self.prove(gold, answer)
            return proved
        return Decision(None, undecided or "points", "not_proved")

    def infinity(self, node: Node) -> int:
        """1 or -1 for a signed infinity, 2 for an expression that holds one, 0 for finite expressions."""
        if node == Const("inf"):
            return 1
        if isinstance(node, Mul) and len(node.factors) == 2 and node.factors[1] == Const("inf"):
            first = node.factors[0]
            if isinstance(first, Num) and first.value:
                return 1 if first.value > 0 else -1
        if isinstance(node, Num):
            return 0
        from assay.verifiers.math.tree import Binder

        if any(isinstance(part, Binder) for part in walk(node)):
            return 0
        return 2 if any(part == Const("inf") for part in walk(node)) else 0

    def _quotients_equal(self, one: Quotient, two: Quotient, answer: Node) -> Decision | None:
        ring = self.canon.ring
        ring.steps = 0
        try:
            if one[1] == two[1]:
                difference = ring.add(one[0], two[0], -1)
            else:
                difference = ring.add(ring.mul(one[0], two[1]), ring.mul(two[0], one[1]), -1)
            rational = len(one[0]) <= 1 and len(two[0]) <= 1 and not generators(one[0]) and not generators(two[0])
            method = "rational" if rational else "polynomial"
            verdict = self.is_zero(difference)
        except (GaveUpError, UndefinedError, LimitError):
            return None
        if verdict is None:
            return None
        try:
            if verdict and self.divides_by_zero(answer):
                return Decision(False, method, "undefined")
        except GaveUpError:
            return None
        return Decision(verdict, method if not separation_used(difference) else "algebraic", "value_mismatch")

    def is_zero(self, poly: Poly) -> bool | None:
        """Whether a canonical polynomial is zero; None if its generators may depend on one another."""
        if not poly:
            return True
        names = generators(poly)
        constants = {name for name in names if name.startswith(("r:", "z:"))}
        free = all(name in constants or _independent(name) for name in names)
        if not constants:
            if not free and angles.sum_is_zero(poly, self.canon.ring):
                return True
            return False if free else None
        ring = self.canon.ring
        groups: dict[Monomial, Poly] = {}
        for monomial, coefficient in poly.items():
            fixed = tuple(p for p in monomial if p[0] == "i" or p[0].startswith(("p:", "r:", "z:")))
            moving = tuple(p for p in monomial if p not in fixed)
            groups.setdefault(moving, {})[fixed] = coefficient
        if not all(separation.is_algebraic(group, ring) for group in groups.values()):
            return None
        if all(separation.is_zero(group, ring) for group in groups.values()):
            return True
        return False if free else None

    def divides_by_zero(self, node: Node) -> bool:
        """Whether a divisor inside the tree vanishes at a generic point, though its canonical form does not show it."""
        divisors = [
            part.base
            for part in walk(node)
            if isinstance(part, Pow)
            and isinstance(part.exponent, Num)
            and part.exponent.value < 0
            and not isinstance(part.base, Num)
        ]
        if not divisors:
            return False
        names = points.variables(node)
        point = {name: points.sample(name, "divisor") for name in names}
        ctx = points.context()
        for divisor in divisors:
            if time.monotonic() > self.until:
                raise GaveUpError("out of time")
            try:
                if abs(points.value(divisor, points.DIGITS, point)) < ctx.mpf(10) ** -35:
                    return True
            except (GaveUpError, LimitError):
                continue
        return False

    def order(self, node: Node) -> Any:
        """A real number to sort by, or None."""
        sign = self.infinity(node)
        ctx = points.context()
        if sign in (1, -1):
            return sign * ctx.inf
        try:
            number = points.value(node)
        except (GaveUpError, LimitError):
            return None
        return number.real if isinstance(number, ctx.mpf) or not number.imag else None

    def proportional(self, one: Node, two: Node) -> tuple[bool | None, int]:
        """Whether `one` = c `two` for a nonzero number c, and the sign of c (0 if unknown)."""
        try:
            first, second = self.quotient(one), self.quotient(two)
            ring = self.canon.ring
            ring.steps = 0
            tops = first[0], second[0]
            if not tops[0] or not tops[1]:
                return (not tops[0] and not tops[1]), 1
            if first[1] != second[1]:
                tops = ring.mul(first[0], second[1]), ring.mul(second[0], first[1])
            pivot = max(tops[0])
            candidates = None if pivot not in tops[1] else Fraction(tops[0][pivot]) / Fraction(tops[1][pivot])
            if candidates is not None:
                rest = ring.add(tops[0], tops[1], -candidates)
                if not rest:
                    return True, 1 if candidates > 0 else -1
            names = generators(tops[0]) | generators(tops[1])
            if all(map(_independent, names)):
                radicals = any(name == "i" or name.startswith(("p:", "c:")) for name in names)
                return (None if radicals else False), 0
        except (GaveUpError, UndefinedError, LimitError):
            pass
        return None, 0


def separation_used(poly: Poly) -> bool:
    """Whether a difference needed the separation bound."""
    return bool(poly)


__all__ = ["NO", "YES", "Decision", "Scalars"]
