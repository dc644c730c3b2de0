"""The exact value of number literals: decimals, grouped thousands, recurring decimals, scientific notation."""

from __future__ import annotations

import re
from fractions import Fraction

from assay.verifiers.math.limits import LITERAL_DIGITS, LITERAL_EXPONENT, LimitError, UnreadableError
from assay.verifiers.math.tree import Num

_REPEATED = re.compile(r"(\d*?)(?:(\d)\2\2+|(\d{2,}?)\3+)")


def number(text: str) -> Num:
    """The exact value of a number literal.

    Raises:
        LimitError: It has too many digits or too large an exponent.
    """
    grouped = "," in text or " " in text
    text = text.replace(",", "").replace(" ", "")
    exponent = 0
    for mark in "eE":
        if mark in text:
            text, _, power = text.partition(mark)
            exponent = int(power) if len(power) < 9 else LITERAL_EXPONENT + 1
            if abs(exponent) > LITERAL_EXPONENT:
                raise LimitError("number_too_large", "The answer contains a number that is too large.")
    repeat = ""
    if "(" in text:
        text, _, repeat = text[:-1].partition("(")
    if len(text) > LITERAL_DIGITS:
        raise LimitError("too_many_digits", "The answer contains a number with too many digits.")
    whole, point, decimals = text.partition(".")
    value = Fraction(int(whole + decimals or "0"), 10 ** len(decimals))
    if repeat:
        value += Fraction(int(repeat), 10 ** len(decimals) * (10 ** len(repeat) - 1))
    if exponent:
        value *= Fraction(10) ** exponent
    return Num(value, len(decimals) if (point and decimals and not repeat and not exponent) else None, grouped)


def continued(text: str) -> Num:
    """The value of a decimal that dots continue: 0.1666... is 1/6.

    What recurs must be seen to recur: a digit three times, a longer block twice, at the end of what is written.

    Raises:
        UnreadableError: Nothing is seen to recur, so the dots could stand for anything.
    """
    whole, point, decimals = text.partition(".")
    match = _REPEATED.fullmatch(decimals) if point and len(decimals) <= 60 else None
    if match is None or not whole.isdecimal():
        raise UnreadableError("an ellipsis")
    return number(f"{whole}.{match[1]}({match[2] or match[3]})")
