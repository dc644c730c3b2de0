"""Functions over text."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from assay.envs.code.family import Blueprint, CodeFamily

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def draw_words(rng: random.Random, most: int, letters: str = "abcde") -> list[str]:
    """Up to `most` short words over a few letters."""
    return ["".join(rng.choice(letters) for _ in range(rng.randint(1, 6))) for _ in range(rng.randint(0, most))]


class CaesarBlocks(CodeFamily[tuple[int, int]]):
    """A shift cipher that grows.

    Example: "Shift each letter by 3, and by 1 more after every word."
    """

    name: ClassVar[str] = "growing_shift"
    topic: ClassVar[str] = "strings"
    summary: ClassVar[str] = "a shift cipher whose shift grows with each word"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int]:
        """First shift and growth."""
        return rng.randint(1, 12), rng.randint(1, 1 + difficulty)

    def blueprint(self, params: tuple[int, int]) -> Blueprint:
        """The variant."""
        shift, growth = params
        reference = (
            "def encode(text):\n    out = []\n"
            f"    shift = {shift}\n    for c in text:\n"
            f"        if c == ' ':\n            shift += {growth}\n            out.append(c)\n"
            "        elif 'a' <= c <= 'z':\n            out.append(chr((ord(c) - 97 + shift) % 26 + 97))\n"
            "        else:\n            out.append(c)\n    return ''.join(out)\n"
        )
        return Blueprint(
            "encode",
            "text: str",
            f"It replaces each letter a-z by the one {shift} places further in the alphabet (after z comes a); after "
            f"each space the shift is {growth} larger than before. All other characters stay as they are.",
            reference,
            (
                (f"shift = {shift}", f"shift = {shift + 1}"),
                (f"+= {growth}", f"+= {growth + 1}"),
                (f"shift += {growth}", f"shift = {shift + growth}"),
                ("% 26", "% 25"),
                ("<= c <= 'z'", "<= c < 'z'"),
                ("'a' <= c", "'A' <= c"),
                ("            out.append(c)\n        elif", "        elif"),
            ),
        )

    def arguments(self, params: tuple[int, int], rng: random.Random) -> Any:
        """Words with the ends of the alphabet, capitals and signs among them."""
        words = draw_words(rng, 4, "azmyZQ-z")
        return [" ".join(words) + rng.choice(("", " ", "  z"))]


class LongestBlock(CodeFamily[tuple[str, bool]]):
    """The longest stretch of characters of a kind.

    Example: "Return the longest stretch of digits; the first of several."
    """

    name: ClassVar[str] = "longest_stretch"
    topic: ClassVar[str] = "strings"
    summary: ClassVar[str] = "the longest stretch of characters of a kind"

    KINDS: ClassVar[dict[str, tuple[str, str]]] = {
        "digits": ("c.isdigit()", "digits"),
        "vowels": ("c in 'aeiou'", "vowels (a, e, i, o, u)"),
        "letters": ("c.isalpha()", "letters"),
        "no_vowels": ("c not in 'aeiou'", "characters other than a, e, i, o, u"),
    }

    def draw(self, rng: random.Random, difficulty: int) -> tuple[str, bool]:
        """Which characters, and whether the last of equals counts."""
        return rng.choice(list(self.KINDS)), rng.random() < 0.5

    def blueprint(self, params: tuple[str, bool]) -> Blueprint:
        """The variant."""
        kind, last = params
        code, words = self.KINDS[kind]
        compare = ">=" if last else ">"
        reference = (
            "def longest(text):\n    best = current = ''\n    for c in text:\n"
            f"        current = current + c if {code} else ''\n"
            f"        if current and len(current) {compare} len(best):\n            best = current\n    return best\n"
        )
        return Blueprint(
            "longest",
            "text: str",
            f"It returns the longest stretch of {words} in text, or '' if there is none; of several longest ones, the "
            f"{'last' if last else 'first'}.",
            reference,
            (
                (f" {compare} ", " > " if last else " >= "),
                ("else ''", "else current"),
                ("for c in text:", "for c in text[:-1]:"),
                ("for c in text:", "for c in text[1:]:"),
                ("return best", "return current"),
                ("current + c", "c"),
            ),
        )

    def arguments(self, params: tuple[str, bool], rng: random.Random) -> Any:
        """Characters of all kinds in short stretches."""
        pieces = [
            rng.choice(("12", "7", "ae", "iou", "xyz", "b", "-", "345", "oo", "kt")) for _ in range(rng.randint(0, 8))
        ]
        return ["".join(pieces)]


class WordOrder(CodeFamily[tuple[str, bool, int]]):
    """Sorting words by a rule.

    Example: "Sort the words by length, longest first, equal ones alphabetically, and keep the first 3."
    """

    name: ClassVar[str] = "word_order"
    topic: ClassVar[str] = "strings"
    summary: ClassVar[str] = "sorting words by a rule with ties"

    RULES: ClassVar[dict[str, tuple[str, str]]] = {
        "length": ("len(w)", "their length"),
        "vowels": ("sum(c in 'aeiou' for c in w)", "how many vowels (a, e, i, o, u) they have"),
        "last": ("ord(w[-1])", "their last letter"),
        "distinct": ("len(set(w))", "how many different letters they have"),
    }

    def draw(self, rng: random.Random, difficulty: int) -> tuple[str, bool, int]:
        """Rule, direction and how many are kept."""
        return rng.choice(list(self.RULES)), rng.random() < 0.5, rng.randint(2, 2 + difficulty)

    def blueprint(self, params: tuple[str, bool, int]) -> Blueprint:
        """The variant."""
        rule, down, keep = params
        code, words = self.RULES[rule]
        sign = "-" if down else "+"
        reference = (
            "def order(text):\n    words = text.split()\n"
            f"    words.sort(key=lambda w: ({sign}{code}, w))\n    return words[:{keep}]\n"
        )
        return Blueprint(
            "order",
            "text: str",
            f"It splits text into words at white space, sorts them by {words} in {'de' if down else 'a'}scending order "
            f"(ties alphabetically, in ascending order), and returns the list of the first {keep}.",
            reference,
            (
                (f"({sign}", f"({'+' if down else '-'}"),
                (", w))", ",))"),
                (f"[:{keep}]", f"[:{keep - 1}]"),
                (f"[:{keep}]", ""),
                ("text.split()", "list(dict.fromkeys(text.split()))"),
                (f"({sign}{code}, w)", "w"),
            ),
        )

    def arguments(self, params: tuple[str, bool, int], rng: random.Random) -> Any:
        """Words with ties and repetitions."""
        words = draw_words(rng, 14, "abeoz")
        return [" ".join(words + words[:1])]


class Template(CodeFamily[tuple[str, str, bool]]):
    """Filling a template.

    Example: "Replace each {name} by its value; unknown names stay."
    """

    name: ClassVar[str] = "fill_template"
    topic: ClassVar[str] = "parsing"
    summary: ClassVar[str] = "filling the fields of a template"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[str, str, bool]:
        """Brackets, and what an unknown field becomes."""
        brackets = rng.choice(("{}", "[]", "<>", "()"))
        return brackets, rng.choice(("?", "-", "none", "*", "!")), rng.random() < 0.5

    def blueprint(self, params: tuple[str, str, bool]) -> Blueprint:
        """The variant."""
        brackets, unknown, upper = params
        opening, closing = brackets[0], brackets[1]
        value = "values[name].upper()" if upper else "values[name]"
        reference = (
            "def fill(template, values):\n    out = []\n    i = 0\n    while i < len(template):\n"
            f"        end = template.find('{closing}', i)\n"
            f"        if template[i] == '{opening}' and end > 0:\n"
            "            name = template[i + 1:end]\n"
            f"            out.append({value} if name in values else '{unknown}')\n"
            "            i = end + 1\n        else:\n            out.append(template[i])\n            i += 1\n"
            "    return ''.join(out)\n"
        )
        return Blueprint(
            "fill",
            "template: str, values: dict[str, str]",
            f"Reading from left to right, it replaces each field (an opening '{opening}', a name, and the next "
            f"'{closing}' after it) by the name's value{' in upper case' if upper else ''}, or "
            f"by '{unknown}' if values "
            f"has no such name. An opening '{opening}' without a '{closing}' after it is an ordinary character.",
            reference,
            (
                (f"'{unknown}'", "''"),
                (f"'{unknown}'", "name"),
                (value, "values[name].lower()" if upper else "values[name].upper()"),
                ("[i + 1:end]", "[i + 1:end].strip()"),
                (" and end > 0", " and end > 0 and end > i + 1"),
                ("''.join(out)", "''.join(out).strip()"),
            ),
        )

    def arguments(self, params: tuple[str, str, bool], rng: random.Random) -> Any:
        """A template with known, unknown, empty and open fields."""
        opening, closing = params[0][0], params[0][1]
        names = ["x", "yy", "k", " x", ""]
        parts: list[str] = []
        for _ in range(rng.randint(1, 6)):
            parts.append(rng.choice((f"{opening}{rng.choice(names)}{closing}", "ab", " ", "-", closing)))
        if rng.random() < 0.3:
            parts.append(f"{opening}zz")
        return ["".join(parts), {"x": "Left", "yy": "mid", "": "E"} if rng.random() < 0.8 else {}]
