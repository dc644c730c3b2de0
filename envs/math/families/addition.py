r"""Column addition in the shortest possible writing: a skill that a tiny character-level model can learn.

The statement is nothing but the sum, `347+58=?`, and the worked solution is the schoolbook method, one group of fixed
width for each column, from the right::

    780=15,451=10,301=04

A group `abc=ds` holds the two digits `a` and `b` of the column (0 where a number has run out), the carry `c` that came
in, the carry `d` that goes out and the digit `s` that is written down: 7+8+0=15, 4+5+1=10, 3+0+1=04. The answer is the
last group's carry, where it is not 0, followed by the written digits from the last group to the first: 405. There are
as many groups as the longer number has digits, so the whole demonstration is
`780=15,451=10,301=04` + newline + `\boxed{405}`.
"""

from __future__ import annotations

import random
from typing import ClassVar

from assay.envs.math.problem import Family


class Addition(Family[tuple[int, int]]):
    """Two numbers below 10^d: at difficulty 3, `347+58=?` with the answer 405.

    Distinct problems: about 10^(2d) / 2 at difficulty d (the order of the numbers is no difference), 5 * 10^19 at 10.
    """

    name: ClassVar[str] = "addition"
    topic: ClassVar[str] = "arithmetic"
    summary: ClassVar[str] = "column addition of two numbers, written as shortly as possible"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int]:
        """Two numbers of at most `difficulty` digits."""
        top = 10**difficulty
        return rng.randrange(top), rng.randrange(top)

    def key(self, params: tuple[int, int]) -> str:
        """`3+5` and `5+3` are one problem."""
        a, b = params
        return f"{a}+{b}" if a < b else f"{b}+{a}"

    def statement(self, params: tuple[int, int]) -> str:
        """The sum and nothing else."""
        a, b = params
        return f"{a}+{b}=?"

    def answer(self, params: tuple[int, int]) -> str:
        """An integer."""
        return str(params[0] + params[1])

    def steps(self, params: tuple[int, int]) -> str:
        """One group a column; see the top of this file."""
        a, b = params
        groups: list[str] = []
        carry = 0
        while a or b or not groups:
            a, digit_a = divmod(a, 10)
            b, digit_b = divmod(b, 10)
            carry_out, written = divmod(digit_a + digit_b + carry, 10)
            groups.append(f"{digit_a}{digit_b}{carry}={carry_out}{written}")
            carry = carry_out
        return ",".join(groups)
