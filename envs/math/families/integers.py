"""Whole-number arithmetic: chains with precedence, and division with remainder."""

from __future__ import annotations

import random
from typing import ClassVar, NamedTuple

from assay.envs.math.families.notation import draw_int
from assay.envs.math.problem import Family

NUMBER, PRODUCT, QUOTIENT, GROUP = range(4)


class Term(NamedTuple):
    r"""One term of a chain: `x`, `x \times y`, `x \div y`, or `(x + y) \times z` with y of either sign."""

    sign: int
    kind: int
    x: int
    y: int
    z: int

    def tex(self) -> str:
        """The term without its sign."""
        if self.kind == NUMBER:
            return str(self.x)
        if self.kind == PRODUCT:
            return rf"{self.x} \times {self.y}"
        if self.kind == QUOTIENT:
            return rf"{self.x} \div {self.y}"
        return rf"({self.x} {'-' if self.y < 0 else '+'} {abs(self.y)}) \times {self.z}"

    def value(self) -> int:
        """What the term is worth without its sign."""
        if self.kind == NUMBER:
            return self.x
        if self.kind == PRODUCT:
            return self.x * self.y
        if self.kind == QUOTIENT:
            return self.x // self.y
        return (self.x + self.y) * self.z


class IntChain(Family[tuple[Term, ...]]):
    r"""Sums, products, exact quotients and parentheses, by the usual precedence.

    Example (difficulty 4): "Compute $17 - 6 \times 13 + (9 - 14) \times 3$." with the answer -76.

    Difficulty: 3 to 8 terms; numbers up to 9, then up to 600; quotients from 2 on, parentheses from 3 on.
    Distinct problems: three plain terms alone give 4 * 9^3 at difficulty 1; at 10 there are over 100^8.
    """

    name: ClassVar[str] = "int_chain"
    topic: ClassVar[str] = "arithmetic"
    summary: ClassVar[str] = "integer expressions with precedence and parentheses"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Term, ...]:
        """At least three terms; the first has no sign."""
        top = (9, 12, 20, 30, 50, 80, 120, 200, 350, 600)[difficulty - 1]
        factor = 5 + 2 * difficulty
        kinds = min(difficulty + 1, 4)
        terms: list[Term] = []
        for place in range(3 + difficulty // 2):
            choice = rng.random()
            sign = -1 if place and choice < 0.5 else 1
            kind = int(choice * 2 * kinds) % kinds
            x = draw_int(rng, 1, top)
            if kind == NUMBER:
                terms.append(Term(sign, NUMBER, x, 0, 0))
            elif kind == PRODUCT:
                terms.append(Term(sign, PRODUCT, x, draw_int(rng, 2, factor), 0))
            elif kind == QUOTIENT:
                y = draw_int(rng, 2, factor)
                terms.append(Term(sign, QUOTIENT, x * y, y, 0))
            else:
                y = draw_int(rng, 1, top)
                terms.append(Term(sign, GROUP, x, -y if choice * 64 % 1 < 0.5 else y, draw_int(rng, 2, factor)))
        return tuple(terms)

    def key(self, params: tuple[Term, ...]) -> str:
        """The expression."""
        return _chain(params)

    def statement(self, params: tuple[Term, ...]) -> str:
        """The expression, to be computed."""
        return f"Compute ${_chain(params)}$."

    def answer(self, params: tuple[Term, ...]) -> str:
        """An integer."""
        return str(sum(term.sign * term.value() for term in params))

    def steps(self, params: tuple[Term, ...]) -> str:
        """First every product and quotient, then the sum from left to right."""
        lines = [f"{term.tex()} = {term.value()}" for term in params if term.kind != NUMBER]
        total = params[0].value()
        for term in params[1:]:
            before, total = total, total + term.sign * term.value()
            lines.append(f"{before} {'-' if term.sign < 0 else '+'} {_factor(term.value())} = {total}")
        return "\n".join(f"${line}$" for line in lines)


class LongDivision(Family[tuple[int, int]]):
    r"""Quotient and remainder.

    Example (difficulty 3): "Divide 4711 by 38. Give the quotient and the remainder as a pair $(q, r)$ with
    $0 \le r < 38$." with the answer (123, 37).

    Difficulty: the dividend has one digit more than the difficulty, the divisor up to half as many.
    Distinct problems: 90 * 8 at difficulty 1, over 10^10 * 10^4 at 10.
    """

    name: ClassVar[str] = "long_division"
    topic: ClassVar[str] = "arithmetic"
    summary: ClassVar[str] = "quotient and remainder of two whole numbers"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int]:
        """Dividend and divisor."""
        low = 10**difficulty
        divisor = draw_int(rng, 2, 9 if difficulty < 3 else 10 ** (difficulty // 3 + 1) - 1)
        return draw_int(rng, low, 10 * low - 1), divisor

    def statement(self, params: tuple[int, int]) -> str:
        """Asks for the pair."""
        a, b = params
        return (
            f"Divide {a} by {b}. Give the quotient and the remainder as a pair $(q, r)$ of integers "
            rf"with $0 \le r < {b}$."
        )

    def answer(self, params: tuple[int, int]) -> str:
        """A pair."""
        quotient, remainder = divmod(*params)
        return f"({quotient}, {remainder})"

    def steps(self, params: tuple[int, int]) -> str:
        """Digit by digit, as in the schoolbook method."""
        a, b = params
        lines: list[str] = []
        rest = 0
        for digit in str(a):
            part = 10 * rest + int(digit)
            quotient, rest = divmod(part, b)
            if quotient or lines:
                lines.append(rf"${part} = {quotient} \times {b} + {rest}$")
        return "\n".join(lines or [rf"${a} = 0 \times {b} + {a}$"])


def _chain(terms: tuple[Term, ...]) -> str:
    parts = [terms[0].tex()]
    parts += [f"- {term.tex()}" if term.sign < 0 else f"+ {term.tex()}" for term in terms[1:]]
    return " ".join(parts)


def _factor(value: int) -> str:
    return f"({value})" if value < 0 else str(value)
