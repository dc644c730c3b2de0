r"""Selections and arrangements in the notations of calculators and of schools: `{}_{10}C_3`, `C(10,3)`, `A_5^2`.

`{}_{10}C_3` means one thing only. `C(10,3)` may also be a point, and `C_{10}^3` a power of a symbol, so these are
selections only where the gold answer is a number.
"""

from __future__ import annotations

import re

_NUMBER = r"(?:\{\s*(\d+|[a-z])\s*\}|(\d+|[a-z]))"
_LETTER = r"(?:\\(?:text|mathrm|mathbf)\s*\{\s*)?([ACP])\s*\}?\s*"
_BEFORE_AND_BEHIND = re.compile(
    rf"(?:\{{\s*\}}\s*|^\s*|(?<=[-+*/=(])\s*|(?<=\\cdot)\s*|(?<=\\times)\s*)[_^]\s*{_NUMBER}\s*{_LETTER}_\s*{_NUMBER}"
)
_DIGITS = r"\s*(?:\{\s*(\d+)\s*\}|(\d))\s*"
_OF_NUMBERS = re.compile(
    rf"(?<![A-Za-z_]){_LETTER}(?:\(\s*(\d+)\s*,\s*(\d+)\s*\)|_{_DIGITS}\^{_DIGITS}|\^{_DIGITS}_{_DIGITS})"
)
_BETWEEN = re.compile(r"\s*(\d+)\s*([CP])\s*(\d+)\s*")


def with_binomials(text: str) -> str:
    r"""The text with `{}_{10}C_3`, `^{10}C_3` and `{}_5P_2` in the notation of the grammar."""
    return _BEFORE_AND_BEHIND.sub(lambda m: _written(m[3], m[1] or m[2], m[4] or m[5]), text)


def of_numbers(text: str) -> str:
    r"""The text with `C(10,3)`, `C_{10}^3`, `A_5^2` and `10C3` in the notation of the grammar.

    Only for answers to a question whose answer is a number.
    """
    if between := _BETWEEN.fullmatch(text):
        return _written(between[2], between[1], between[3])
    return _OF_NUMBERS.sub(_of_numbers, text)


def _of_numbers(match: re.Match[str]) -> str:
    letter, pairs = match[1], [match[2], match[3]]
    if pairs[0] is None:
        lower, upper = match[4] or match[5], match[6] or match[7]
        if lower is None:
            upper, lower = match[8] or match[9], match[10] or match[11]
        pairs = [lower, upper]
    if int(pairs[1]) > int(pairs[0]):
        return match[0]
    return _written(letter, pairs[0], pairs[1])


def _written(letter: str, top: str, bottom: str) -> str:
    if letter == "C":
        return rf"\binom{{{top}}}{{{bottom}}}"
    return rf"\frac{{({top})!}}{{({top}-{bottom})!}}"
