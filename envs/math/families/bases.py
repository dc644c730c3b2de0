"""Numerals in other bases.

Only bases 2 to 9 are written: their numerals read as plain integers, so that a right answer needs no subscript and no
letters, and the value in another base is simply a wrong answer.
"""

from __future__ import annotations

import random
from typing import ClassVar

from assay.envs.math.families.notation import draw_int
from assay.envs.math.problem import Family


class BaseConversion(Family[tuple[int, int, int]]):
    """A numeral carried from one base to another.

    Example (difficulty 4): "The numeral 2516 is written in base 8. Write the same number in base 3. Give the digits
    only, without a subscript for the base." with the answer 1212022.

    Difficulty: numbers up to 10^2, then up to 10^11; up to 3, one of the bases is ten.
    Distinct problems: about 80 * 16 at difficulty 1; at 10 over 10^10 * 72.
    """

    name: ClassVar[str] = "base_conversion"
    topic: ClassVar[str] = "number_theory"
    summary: ClassVar[str] = "numerals carried between bases 2 to 10"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int, int]:
        """The number, the base it is given in, and the other base."""
        number = draw_int(rng, 10, 10 ** (difficulty + 1))
        given, wanted = draw_int(rng, 2, 10), draw_int(rng, 2, 9)
        wanted += wanted >= given
        if difficulty <= 3 and given != 10 and wanted != 10:
            if rng.random() < 0.5:
                given = 10
            else:
                wanted = 10
        return number, given, wanted

    def statement(self, params: tuple[int, int, int]) -> str:
        """The numeral and both bases."""
        number, given, wanted = params
        return (
            f"The numeral {numeral(number, given)} is written in base {given}. Write the same number in base {wanted}. "
            "Give the digits only, without a subscript for the base."
        )

    def answer(self, params: tuple[int, int, int]) -> str:
        """A row of digits."""
        number, _, wanted = params
        return numeral(number, wanted)

    def steps(self, params: tuple[int, int, int]) -> str:
        """Horner's rule into base ten, then division by the other base."""
        number, given, wanted = params
        lines: list[str] = []
        if given != 10:
            value = 0
            for digit in numeral(number, given):
                before, value = value, value * given + int(digit)
                if before:
                    lines.append(rf"{before} \cdot {given} + {digit} = {value}")
        if wanted != 10:
            rest = number
            while rest:
                lines.append(rf"{rest} = {rest // wanted} \cdot {wanted} + {rest % wanted}")
                rest //= wanted
        return "\n".join(f"${line}$" for line in lines)


def numeral(number: int, base: int) -> str:
    """The digits of a positive number in a base from 2 to 10."""
    digits = ""
    while number:
        number, digit = divmod(number, base)
        digits = f"{digit}{digits}"
    return digits
