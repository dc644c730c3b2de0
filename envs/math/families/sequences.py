"""Sequences given by their rule or by some of their terms."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import ClassVar

from assay.envs.math.families.notation import draw_int, draw_nonzero, fraction_tex, signed, term_tex
from assay.envs.math.problem import Family

ARITHMETIC, SUM, GEOMETRIC, RECURRENCE, SECOND_ORDER = "arithmetic", "sum", "geometric", "recurrence", "second_order"


class SequenceTerms(Family[tuple[str, tuple[int, ...]]]):
    """A term or a sum of an arithmetic or geometric sequence, or of a recurrence.

    Example (difficulty 1): "In an arithmetic sequence, $a_{3} = 11$ and $a_{7} = 27$. Find $a_{12}$." with the answer
    47.

    Difficulty: arithmetic terms; sums from 2 on, geometric terms from 3 on, recurrences of first order from 5 on and
    of second order from 7 on; numbers and indices grow.
    Distinct problems: about 7 * 12 * 21 * 40 at difficulty 1; at 10 over 10^7 (recurrences of second order alone).
    """

    name: ClassVar[str] = "sequence_terms"
    topic: ClassVar[str] = "sequences"
    summary: ClassVar[str] = "terms and sums of arithmetic, geometric and recursive sequences"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[str, tuple[int, ...]]:
        """The kind, and its numbers (see `statement`)."""
        kinds = 1 + (difficulty >= 2) + (difficulty >= 3) + (difficulty >= 5) + (difficulty >= 7)
        kind = (ARITHMETIC, SUM, GEOMETRIC, RECURRENCE, SECOND_ORDER)[draw_int(rng, 0, kinds - 1)]
        top = 10 * difficulty
        if kind in (ARITHMETIC, SUM):
            first, step = draw_int(rng, -top, top), draw_nonzero(rng, 3 + 2 * difficulty)
            i = draw_int(rng, 1, 4 + difficulty)
            j = draw_int(rng, i + 1, i + 4 + difficulty)
            return kind, (first, step, i, j, draw_int(rng, j + 1, j + 10 * difficulty))
        if kind == GEOMETRIC:
            denominator = 1 if difficulty < 6 else draw_int(rng, 1, 4)
            ratio = draw_nonzero(rng, 5)
            ratio = ratio if abs(ratio) != 1 else ratio * 6
            return kind, (draw_nonzero(rng, 2 * top), ratio, denominator, draw_int(rng, 4, 4 + difficulty // 2))
        small = 2 + difficulty // 4
        p, q = draw_nonzero(rng, small), draw_nonzero(rng, small + (kind == RECURRENCE) * top)
        p = 2 if p in (1, -1) and kind == RECURRENCE else p
        start = draw_int(rng, -top // 2, top // 2), draw_int(rng, -top // 2, top // 2)
        numbers = start[:1] if kind == RECURRENCE else start
        return kind, (p, q, *numbers, draw_int(rng, 4 + kinds - 4, 3 + difficulty))

    def statement(self, params: tuple[str, tuple[int, ...]]) -> str:
        """The question."""
        kind, numbers = params
        if kind in (ARITHMETIC, SUM):
            first, step, i, j, n = numbers
            a_i, a_j = first + (i - 1) * step, first + (j - 1) * step
            wanted = f"$a_{{{n}}}$" if kind == ARITHMETIC else rf"$a_{{1}} + a_{{2}} + \cdots + a_{{{n}}}$"
            return f"In an arithmetic sequence, $a_{{{i}}} = {a_i}$ and $a_{{{j}}} = {a_j}$. Find {wanted}."
        if kind == GEOMETRIC:
            first, ratio, denominator, n = numbers
            second = fraction_tex(Fraction(first * ratio, denominator))
            return f"In a geometric sequence, $a_{{1}} = {first}$ and $a_{{2}} = {second}$. Find $a_{{{n}}}$."
        p, q, *start, n = numbers
        known = " and ".join(f"$a_{{{place}}} = {value}$" for place, value in enumerate(start, 1))
        if kind == RECURRENCE:
            rule = f"a_{{n+1}} = {term_tex(p, 'a_{n}', first=True)}{term_tex(q, '', first=False)}"
        else:
            rule = f"a_{{n+2}} = {term_tex(p, 'a_{n+1}', first=True)}{term_tex(q, 'a_{n}', first=False)}"
        return rf"A sequence has {known}, and ${rule}$ for all $n \ge 1$. Find $a_{{{n}}}$."

    def answer(self, params: tuple[str, tuple[int, ...]]) -> str:
        """An integer; for geometric sequences perhaps a fraction."""
        kind, numbers = params
        if kind == ARITHMETIC:
            return str(numbers[0] + (numbers[4] - 1) * numbers[1])
        if kind == SUM:
            first, step, _, _, n = numbers
            return str(n * (2 * first + (n - 1) * step) // 2)
        if kind == GEOMETRIC:
            first, ratio, denominator, n = numbers
            return fraction_tex(first * Fraction(ratio, denominator) ** (n - 1))
        return str(_terms(params)[-1])

    def steps(self, params: tuple[str, tuple[int, ...]]) -> str:
        """The step or ratio first, then the term; a recurrence term by term."""
        kind, numbers = params
        if kind in (ARITHMETIC, SUM):
            first, step, i, j, n = numbers
            a_i, a_j, last = first + (i - 1) * step, first + (j - 1) * step, first + (n - 1) * step
            lines = [
                rf"d = ({a_j} - {signed(a_i)}) \div ({j} - {i}) = {step}",
                rf"a_{{1}} = {a_i} - {i - 1} \cdot {signed(step)} = {first}",
                rf"a_{{{n}}} = {first} + {n - 1} \cdot {signed(step)} = {last}",
            ]
            if kind == SUM:
                lines.append(rf"{n} \cdot ({first} + {signed(last)}) \div 2 = {self.answer(params)}")
        elif kind == GEOMETRIC:
            first, ratio, denominator, n = numbers
            quotient = fraction_tex(Fraction(ratio, denominator))
            lines = [
                f"r = {quotient}",
                rf"a_{{{n}}} = {first} \cdot \left({quotient}\right)^{{{n - 1}}} = {self.answer(params)}",
            ]
        else:
            lines = [f"a_{{{place}}} = {value}" for place, value in enumerate(_terms(params), 1)]
        return "\n".join(f"${line}$" for line in lines)


def _terms(params: tuple[str, tuple[int, ...]]) -> list[int]:
    """All terms of a recurrence up to the one asked for."""
    kind, (p, q, *terms, n) = params
    while len(terms) < n:
        terms.append(p * terms[-1] + (q if kind == RECURRENCE else q * terms[-2]))
    return terms
