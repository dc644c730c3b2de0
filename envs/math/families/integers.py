"""Whole-number arithmetic: chains with precedence, and division with remainder."""

from __future__ import annotations

import random
from typing import ClassVar

from assay.envs.math.families.notation import draw_int, signed
from assay.envs.math.problem import Family

NUMBER, PRODUCT, QUOTIENT, GROUP = range(4)


Term = tuple[int, int, int, int, int]
r"""Sign, kind and numbers x, y, z of one term: `x`, `x \times y`, `x \div y`, or `(x + y) \times z` with any y."""


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
        spins = rng.random
        terms: list[Term] = []
        for place in range(3 + difficulty // 2):
            choice = int(spins() * 4 * kinds)
            sign = 1 if choice & 1 or not place else -1
            kind = choice >> 2
            x = 1 + int(spins() * top)
            if kind == NUMBER:
                terms.append((sign, NUMBER, x, 0, 0))
                continue
            y = 2 + int(spins() * (factor - 1))
            if kind == PRODUCT:
                terms.append((sign, PRODUCT, x, y, 0))
            elif kind == QUOTIENT:
                terms.append((sign, QUOTIENT, x * y, y, 0))
            else:
                addend = 1 + int(spins() * top)
                terms.append((sign, GROUP, x, addend if choice & 2 else -addend, y))
        return tuple(terms)

    def key(self, params: tuple[Term, ...]) -> str:
        """The expression."""
        return _chain(params)

    def statement(self, params: tuple[Term, ...]) -> str:
        """The expression, to be computed."""
        return f"Compute ${_chain(params)}$."

    def answer(self, params: tuple[Term, ...]) -> str:
        """An integer."""
        return str(sum(term[0] * _value(term) for term in params))

    def steps(self, params: tuple[Term, ...]) -> str:
        """First every product and quotient, then the sum from left to right."""
        lines = [f"{_tex(term)} = {_value(term)}" for term in params if term[1] != NUMBER]
        total = _value(params[0])
        for term in params[1:]:
            before, total = total, total + term[0] * _value(term)
            lines.append(f"{before} {'-' if term[0] < 0 else '+'} {signed(_value(term))} = {total}")
        return "\n".join(f"${line}$" for line in lines)


class LongDivision(Family[tuple[int, int]]):
    r"""Quotient and remainder.

    Example (difficulty 3): "Divide 4711 by 38. Give the quotient and the remainder as a pair $(q, r)$ of
    integers with $0 \le r < 38$." with the answer (123, 37).

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
        a, b = params
        quotient, remainder = divmod(a, b)
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
    text = _tex(terms[0])
    for term in terms[1:]:
        text += f" - {_tex(term)}" if term[0] < 0 else f" + {_tex(term)}"
    return text


def _tex(term: Term) -> str:
    """The term without its sign."""
    _, kind, x, y, z = term
    if kind == NUMBER:
        return f"{x}"
    if kind == PRODUCT:
        return rf"{x} \times {y}"
    if kind == QUOTIENT:
        return rf"{x} \div {y}"
    return rf"({x} - {-y}) \times {z}" if y < 0 else rf"({x} + {y}) \times {z}"


def _value(term: Term) -> int:
    """What the term is worth without its sign."""
    _, kind, x, y, z = term
    if kind == NUMBER:
        return x
    if kind == PRODUCT:
        return x * y
    return x // y if kind == QUOTIENT else (x + y) * z
