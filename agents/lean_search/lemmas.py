"""Which lemmas of the library may help with a goal: those all of whose symbols the goal has.

The statements are read as text, as a library search does; a lemma that fits badly fails when it is tried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assay.agents.lean_search.goal_text import binder_names, shape, strip_parentheses, symbols

_SAME = {".succ": ("+", "1"), ">": ("<",), "≥": ("≤",), "≠": ("=", "¬")}
"""Symbols that Lean unfolds when it compares terms, and what they stand for."""


@dataclass(frozen=True, slots=True)
class Lemma:
    """A library lemma as a search looks at it.

    Attributes:
        name: Full name.
        premises: How many assumptions stand before the conclusion.
        conclusion: Outermost symbol of the conclusion.
        needs: Symbols a goal must have for the conclusion to fit it.
        left: Symbols a goal must have to be rewritten from left to right; None if it is no rule.
        right: The same from right to left.
    """

    name: str
    premises: int
    conclusion: str
    needs: frozenset[str]
    left: frozenset[str] | None
    right: frozenset[str] | None


@lru_cache(maxsize=1)
def library_lemmas() -> tuple[Lemma, ...]:
    """The lemmas of the embedded engine's library, which have Lean's names and statements."""
    from assay.verifiers.lean.embedded.elab.context import LocalContext
    from assay.verifiers.lean.embedded.library import default_library
    from assay.verifiers.lean.embedded.printer import Printer
    from assay.verifiers.lean.embedded.tactics.machine import TacticMachine

    library = default_library()
    machine = TacticMachine(library)
    return tuple(
        read_lemma(known.name, Printer(machine, LocalContext()).term(known.type))
        for known in library.env
        if known.kind == "theorem" and known.name not in library.hidden
    )


def read_lemma(name: str, statement: str) -> Lemma:
    """A lemma from its printed statement."""
    variables: set[str] = set()
    premises, text = 0, statement
    while True:
        found = shape(text)
        if found.symbol == "∀":
            variables |= set(binder_names(found.left)) | set(re.findall(r"\S+(?= :)", found.left))
        elif found.symbol == "→":
            premises += 1
        else:
            break
        text = found.right
    conclusion = shape(text)
    left, right = conclusion.left, conclusion.right
    rule = conclusion.symbol in ("=", "↔")
    return Lemma(
        name,
        premises,
        conclusion.symbol,
        _needed(text, variables),
        _rule_side(left, right, variables) if rule else None,
        _rule_side(right, left, variables) if rule else None,
    )


def relevant(target: str, count: int) -> list[Lemma]:
    """Lemmas whose conclusion may be the target, those that share the most symbols with it first."""
    symbol, have = shape(target).symbol, normal(symbols(target))
    found = [x for x in library_lemmas() if x.conclusion == symbol and x.needs <= have and len(x.needs) > 1]
    return sorted(found, key=lambda x: (-len(x.needs), x.premises))[:count]


def rewrites(formula: str, count: int) -> list[tuple[Lemma, bool]]:
    """Lemmas that may rewrite a formula, and whether from right to left; the most specific first."""
    have = normal(symbols(formula))
    found: list[tuple[int, int, Lemma, bool]] = []
    for lemma in library_lemmas():
        for side, other, backwards in ((lemma.left, lemma.right, False), (lemma.right, lemma.left, True)):
            if side and side <= have:
                # From left to right is how lemmas are meant; towards fewer symbols is how proofs get on.
                grows = len(other or ()) > len(side)
                found.append((-len(side) + backwards + grows + lemma.premises, len(found), lemma, backwards))
    return [(lemma, backwards) for _, _, lemma, backwards in sorted(found, key=lambda x: x[:2])[:count]]


def normal(words: frozenset[str]) -> frozenset[str]:
    """Symbols with those that unfold replaced by what they stand for."""
    found: set[str] = set()
    for word in words:
        found.update(_SAME.get(word, (word,)))
    return frozenset(found)


def _needed(text: str, variables: set[str]) -> frozenset[str]:
    return normal(symbols(text) - variables)


def _rule_side(side: str, other: str, variables: set[str]) -> frozenset[str] | None:
    """Symbols of a side of a rule.

    None for a bare variable, which would match anything, and where the other side has a variable more, which would stay
    unknown.
    """
    found = _needed(side, variables)
    if strip_parentheses(side) in variables or not found:
        return None
    return found if symbols(other) & variables <= symbols(side) else None
