"""Reading goals as Lean prints them: hypotheses, target, and the outermost shape of a formula.

Only the text is used, so it works on the states of any engine. Nothing here decides anything: a goal that is read
wrongly costs a search some useless tactics.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple


class Hypothesis(NamedTuple):
    """One variable or assumption of a goal; inaccessible names keep their dagger."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A printed goal.

    Attributes:
        hypotheses: Oldest first, groups taken apart.
        target: What is to be proved.
        tag: Of the case, "" if it has none.
    """

    hypotheses: tuple[Hypothesis, ...]
    target: str
    tag: str = ""


class Shape(NamedTuple):
    """The outermost symbol of a formula and what it joins.

    Attributes:
        symbol: An infix symbol, "¬", "∀", "∃", "fun", or "" for an application or an atom.
        left: Left operand; of a quantifier its binders.
        right: Right operand, or the only one; of an atom the whole text.
    """

    symbol: str
    left: str
    right: str


PRECEDENCE = {
    **{"↔": 20, "→": 25, "∨": 30, "∧": 35, "=": 50, "≠": 50, "≤": 50, "<": 50, "≥": 50, ">": 50, "∣": 50},
    **{
        "||": 30.5,
        "&&": 35.5,
        "::": 67,
        "++": 65,
        "+": 65,
        "-": 65,
        "*": 70,
        "/": 70,
        "%": 70,
        "^": 75,
        "∘": 90,
        "×": 35,
    },
}
RIGHT = frozenset({"→", "∨", "∧", "::", "^", "∘", "×"})
"""Infix symbols that group to the right."""
TOKEN = re.compile(
    r"[()\[\]⟨⟩{},]|\|\||&&|::|\+\+|:=|=>|[↔→∨∧=≠≤<≥>∣+\-*/%^∘×¬!∀∃λ:]|[^\s()\[\]⟨⟩{},↔→∨∧=≠≤<≥>∣+\-*/%^∘×¬!∀∃λ:|&]+"
)


def read_goal(state: str) -> Goal:
    """The first goal of a printed state."""
    tag, target = "", ""
    found: list[Hypothesis] = []
    for line in _unwrapped(state.split("\n\n", 1)[0]):
        if line.startswith("case "):
            tag = line[5:]
        elif line.startswith("⊢ "):
            target = line[2:]
        else:
            names, colon, type_ = line.partition(" : ")
            if colon:
                found += [Hypothesis(name, type_.split(" := ")[0]) for name in names.split()]
    return Goal(tuple(found), target, tag)


def _unwrapped(goal: str) -> list[str]:
    """Lines of a goal, those that go on from the line before joined to it."""
    lines: list[str] = []
    for line in goal.splitlines():
        if line.startswith(" ") and lines:
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
    return lines


@lru_cache(maxsize=16384)
def shape(text: str) -> Shape:
    """The outermost shape of a formula or term."""
    text = strip_parentheses(text.strip())
    depth, best = 0, (1000.0, 0, 0, "")
    for match in TOKEN.finditer(text):
        token = match.group()
        if token in "([⟨{":
            depth += 1
        elif token in ")]⟩}":
            depth -= 1
        elif depth == 0:
            if token in ("∀", "∃", "fun", "λ"):
                if match.start() == 0:
                    return _binder(token, text)
                break  # the rest belongs to this binder
            level = PRECEDENCE.get(token)
            if level is not None and (level < best[0] or (level == best[0] and token not in RIGHT)):
                best = (level, match.start(), match.end(), token)
    level, start, end, symbol = best
    if text.startswith("¬") and level > 40:
        return Shape("¬", "", text[1:].strip())
    if not symbol:
        return Shape("", "", text)
    return Shape(symbol, text[:start].strip(), text[end:].strip())


def _binder(token: str, text: str) -> Shape:
    depth = 0
    for match in TOKEN.finditer(text):
        part = match.group()
        depth += (part in "([⟨{") - (part in ")]⟩}")
        if depth == 0 and part in (",", "=>"):
            return Shape(
                "fun" if token == "λ" else token, text[len(token) : match.start()].strip(), text[match.end() :].strip()
            )
    return Shape("", "", text)


def strip_parentheses(text: str) -> str:
    """Without parentheses around the whole."""
    while text.startswith("(") and _closes(text) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def _closes(text: str) -> int:
    """Where the parenthesis that a text begins with is closed; -1 if it is not."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place
    return -1


def binder_names(binders: str) -> list[str]:
    """The names that `x y : T` or `(x y : T) (z : S)` bind."""
    groups = (
        re.findall(r"[({\[]([^:()]*):", binders) if binders.startswith(("(", "{", "[")) else [binders.split(":")[0]]
    )
    return [name for group in groups for name in group.split()]


@lru_cache(maxsize=16384)
def symbols(text: str) -> frozenset[str]:
    """The symbols and words of a text, names that Lean qualifies (`Nat.add`, `xs.length`) by their last part."""
    found: set[str] = set()
    for token in TOKEN.findall(text):
        if token in "()[]⟨⟩{},:" or token in ("=>", ":="):
            continue
        found.add("." + token.rsplit(".", 1)[1] if "." in token and not token.startswith(".") else token)
    return frozenset(found)
