"""Sequences term by term, and stories read sentence by sentence."""

import math
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

CheckFamily = Callable[..., None]
Evaluate = Callable[..., Any]


def groups(pattern: str, text: str) -> tuple[str, ...]:
    """The groups of the first match, which there must be."""
    match = re.search(pattern, text)
    assert match is not None, text
    return tuple(match.groups())


def tex(value: Fraction) -> str:
    top = rf"\frac{{{abs(value.numerator)}}}{{{value.denominator}}}" if value.denominator > 1 else abs(value.numerator)
    return f"{'-' if value < 0 else ''}{top}"


def test_sequence_terms(check_family: CheckFamily, evaluate: Evaluate) -> None:
    def solve(statement: str) -> str:
        known = {
            int(i): evaluate(v) for i, v in re.findall(r"a_\{(\d+)\} = (-?[^$]+?)\$", statement.partition("Find")[0])
        }
        wanted = int(re.findall(r"a_\{(\d+)\}", statement)[-1])
        if statement.startswith("In an arithmetic"):
            (i, a_i), (j, a_j) = known.items()
            terms = [a_i + Fraction(k - i, j - i) * (a_j - a_i) for k in range(1, wanted + 1)]
            return tex(sum(terms, Fraction(0)) if r"\cdots" in statement else terms[-1])
        if statement.startswith("In a geometric"):
            terms = [known[1], known[2]]
            while len(terms) < wanted:
                terms.append(terms[-1] * terms[-1] / terms[-2])
            return tex(terms[wanted - 1])
        rule = groups(r"\$a_\{n\+[12]\} = (.*?)\$", statement)[0].replace("a_{n+1}", "v").replace("a_{n}", "u")
        terms = [known[i] for i in sorted(known)]
        while len(terms) < wanted:
            terms.append(evaluate(rule, u=terms[-1 if "v" not in rule else -2], v=terms[-1]))
        return tex(terms[-1])

    check_family("sequence_terms", solve, each=10)


EVENTS: list[tuple[str, float]] = [
    (r"(?:She|He) buys (\d+) more \w+", 1),
    (r"A friend gives (?:her|him) (\d+) \w+", 1),
    (r"(?:She|He) gives (\d+) \w+ to a friend", -1),
    (r"(?:She|He) loses (\d+) \w+", -1),
    (r"(?:She|He) buys (\d+) \w+ of (\d+) \w+ each", 1),
    (r"(?:She|He) gets (\d+) \w+ with (\d+) \w+ in each", 1),
    (r"(?:She|He) sells (\d+) \w+ of (\d+) \w+ each", -1),
    (r"(?:She|He) fills (\d+) \w+ with (\d+) \w+ each and gives them away", -1),
    (r"(?:She|He) (?:gives away|sells) half of all \w+", -0.5),
    (r"(?:She|He) then doubles the number of \w+", 1),
    (r"(?:She|He) buys as many \w+ again as there are already", 1),
]
"""Sentence, and what becomes of the product of its numbers, or of all there is where it has none."""

ASIDES = r"(?:Her|His) brother is|The next bus|The market is|(?:Her|His) house has|There are \d+ chairs|It rained for"


def test_story_counts(check_family: CheckFamily) -> None:
    def solve(statement: str) -> str:
        first, *sentences, question = re.findall(r"[^.?]+[.?]", statement)
        have = Fraction(groups(r"\w+ has (\d+) \w+\.", first)[0])
        for sentence in (s.strip().removesuffix(".") for s in sentences):
            if re.match(ASIDES, sentence):
                continue
            if match := re.fullmatch(r"(?:She|He) shares all \w+ that are left equally among (\d+) children", sentence):
                have /= int(match[1])
                continue
            (change,) = [
                Fraction(share) * (Fraction(math.prod(map(int, match.groups()))) if match.groups() else have)
                for pattern, share in EVENTS
                if (match := re.fullmatch(pattern, sentence))
            ]
            have += change
            assert have >= 0, sentence
        assert question.startswith(" How many")
        return str(have)

    check_family("story_counts", solve, each=10)


def test_shopping(check_family: CheckFamily) -> None:
    def solve(statement: str) -> str:
        basket = re.findall(r"(\d+) \w+ at \$(\d+(?:\.\d\d)?) each", statement)
        bill = sum((int(count) * Decimal(price) for count, price in basket), Decimal(0))
        if match := re.search(r"takes (\d+)% off", statement):
            bill -= bill * int(match[1]) / 100
        change = Decimal(groups(r"pays with \$(\d+)", statement)[0]) - bill
        assert change > 0
        assert change == change.quantize(Decimal("0.01")), "a part of a cent"
        text = f"{change:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    check_family("shopping", solve, each=10)
