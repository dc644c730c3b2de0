"""Numbers in words: `forty-two`, `one hundred and five`, `three quarters`."""

from __future__ import annotations

import functools
from fractions import Fraction

from assay.verifiers.math.vocabulary import NUMBER_WORDS

_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "twelfth": 12, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_MOST_WORDS = 16


@functools.lru_cache(maxsize=1024)
def spoken_number(words: str) -> Fraction | None:
    """The number that casefolded words without punctuation spell, or None."""
    parts = words.split()
    if not 1 <= len(parts) <= _MOST_WORDS:
        return None
    share = _PARTS.get(parts[-1]) or _PARTS.get(parts[-1].removesuffix("s"))
    if share is not None:
        if "and" in parts:
            return _mixed(parts)
        if len(parts) == 1:
            return Fraction(1, share) if parts[0] in ("half", "quarter") else None
        count = 1 if parts[:-1] == ["a"] else _cardinal(parts[:-1])
        return None if count is None else Fraction(count, share)
    whole = _cardinal(parts)
    return None if whole is None else Fraction(whole)


def _mixed(parts: list[str]) -> Fraction | None:
    """`two and three quarters`; None where it may be read in two ways: `one hundred and one tenth`."""
    cut = len(parts) - 1 - parts[::-1].index("and")
    whole, share = _cardinal(parts[:cut]), spoken_number(" ".join(parts[cut + 1 :]))
    if whole is None or share is None or not 0 < share < 1:
        return None
    if parts[cut + 1] != "a" and not {"hundred", "thousand", "million", "billion"}.isdisjoint(parts):
        return None
    return whole + share


def _cardinal(parts: list[str]) -> int | None:
    """A whole number: groups below a thousand, each with its scale, largest first."""
    total, smallest, group = 0, 10**12, list[str]()
    for word in parts:
        scale = _SCALES.get(word)
        if scale is None:
            group.append(word)
            continue
        value = 1 if group in ([], ["a"]) else _below_thousand(group)
        if not value or scale >= smallest:
            return None
        total, smallest, group = total + value * scale, scale, []
    if not group:
        return total
    value = _below_thousand(group[1:] if group[0] == "and" and total else group)
    return None if value is None else total + value


def _below_thousand(parts: list[str]) -> int | None:
    hundreds = 0
    if "hundred" in parts:
        cut = parts.index("hundred")
        digit = 1 if parts[:cut] in ([], ["a"]) else _small(parts[:cut])
        if digit is None or not 1 <= digit <= 9:
            return None
        hundreds, parts = digit * 100, parts[cut + 1 :]
        if not parts:
            return hundreds
        parts = parts[1:] if parts[0] == "and" else parts
    rest = _small(parts)
    return None if rest is None or (hundreds and not rest) else hundreds + rest


def _small(parts: list[str]) -> int | None:
    """A number below a hundred: one word, or tens and a digit."""
    values = [NUMBER_WORDS.get(word, 100) for word in parts]
    if len(values) == 1 and values[0] < 100:
        return values[0]
    if len(values) == 2 and values[0] % 10 == 0 and 20 <= values[0] < 100 and 1 <= values[1] <= 9:
        return values[0] + values[1]
    return None
