"""Rewriting between words, with the shortest proof known.

The hypotheses are equations between words: functions applied to a constant, such as `g (f a) = b`. A `rw` with one of
them changes the goal wherever its word ends a word; the shortest sequence of such steps that makes both sides equal is
found by breadth-first search over pairs of sides, so the difficulty is exact for these steps.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import ClassVar, NamedTuple, TypeAlias

from assay.envs.lean.family import LeanFamily, fits
from assay.envs.lean.theorem import Theorem

CONSTANTS = "abcdeuvw"
FUNCTIONS = "fg"

MAX_PAIRS = 3000
"""Pairs of sides that a search may see before it gives up."""

MAX_WORDS = 200
"""Words looked at around a start."""

LONGEST_WORD = 5

Equation: TypeAlias = tuple[str, str]


class Chain(NamedTuple):
    """Equations h1, h2, ... between words, and the two sides of the goal; a word ends with its constant."""

    equations: tuple[Equation, ...]
    left: str
    right: str
    difficulty: int


class RewriteChains(LeanFamily[Chain]):
    """Equalities that follow from given ones."""

    name: ClassVar[str] = "rewrite_chain"
    topic: ClassVar[str] = "equality"
    summary: ClassVar[str] = "equalities that follow from given ones in a known least number of rewritings"

    def draw(self, rng: random.Random, difficulty: int) -> Chain:
        """Random equations, and two words that are as many single rewritings apart as the difficulty says."""
        while True:
            equations = draw_equations(rng, difficulty)
            start = rng.choice([side for equation in equations for side in equation])
            far = words_at(start, equations, difficulty)
            if far:
                return Chain(equations, start, rng.choice(far), difficulty)

    def statement(self, params: Chain) -> str:
        """Functions and constants that occur, the equations, the goal."""
        used = sorted({letter for pair in (*params.equations, (params.left, params.right)) for letter in "".join(pair)})
        functions = [letter for letter in used if letter in FUNCTIONS]
        constants = [letter for letter in used if letter in CONSTANTS]
        declared = f" ({' '.join(functions)} : α → α)" if functions else ""
        given = "".join(f" (h{n} : {write(s)} = {write(t)})" for n, (s, t) in enumerate(params.equations, 1))
        return f"(α : Type){declared} ({' '.join(constants)} : α){given} : {write(params.left)} = {write(params.right)}"

    def theorem(self, params: Chain) -> Theorem | None:
        """The theorem with the shortest rewriting proof, if that is as long as the difficulty says."""
        steps = shortest(params.equations, params.left, params.right)
        if steps is None or not fits(len(steps), params.difficulty):
            return None
        return Theorem(self.statement(params), steps)


def write(word: str) -> str:
    """A word as Lean text: "gfa" is `g (f a)`."""
    text = word[-1]
    for place, function in enumerate(reversed(word[:-1])):
        text = f"{function} {text}" if place == 0 else f"{function} ({text})"
    return text


def draw_equations(rng: random.Random, difficulty: int) -> tuple[Equation, ...]:
    """Random equations between words of different constants, enough to walk along for a while."""
    constants = CONSTANTS[: min(len(CONSTANTS), 3 + difficulty // 2)]
    equations: list[Equation] = []
    for number in range(len(constants) + rng.randrange(2)):
        # Each constant is tied to an earlier one, so that the words hang together.
        old = constants[rng.randrange(max(1, min(number, len(constants) - 1)))]
        new = constants[min(number + 1, len(constants) - 1)]
        pair = (_wrap(rng, old, 2), _wrap(rng, new, 1))
        if pair[0] != pair[1] and pair not in equations and (pair[1], pair[0]) not in equations:
            equations.append(pair if rng.random() < 0.5 else (pair[1], pair[0]))
    rng.shuffle(equations)
    return tuple(equations)


def _wrap(rng: random.Random, constant: str, most: int) -> str:
    return "".join(rng.choice(FUNCTIONS) for _ in range(rng.choice((0, 0, *range(1, most + 1))))) + constant


def _neighbours(word: str, equations: Sequence[Equation]) -> list[str]:
    found: list[str] = []
    for left, right in equations:
        if word.endswith(left):
            found.append(word[: len(word) - len(left)] + right)
        if word.endswith(right):
            found.append(word[: len(word) - len(right)] + left)
    return found


def words_at(start: str, equations: Sequence[Equation], distance: int) -> list[str]:
    """The words that so many rewritings, and no fewer, lead to from a start; longer words are not looked at."""
    seen = {start}
    level = [start]
    for _ in range(distance):
        after: list[str] = []
        for word in level:
            for other in _neighbours(word, equations):
                if other not in seen and len(other) <= LONGEST_WORD:
                    seen.add(other)
                    after.append(other)
        level = after
        if not level or len(seen) > MAX_WORDS:
            return []
    return level


def shortest(equations: Sequence[Equation], left: str, right: str) -> tuple[str, ...] | None:
    """The shortest sequence of `rw` steps that makes both sides equal; None where the search gives up.

    A step replaces a word wherever it ends a side, on both sides at once, as `rw` does.
    """
    rules = [
        (old, new, f"rw [{arrow}h{number}]")
        for number, (one, two) in enumerate(equations, 1)
        for old, new, arrow in ((one, two, ""), (two, one, "← "))
    ]
    came: dict[tuple[str, str], tuple[tuple[str, str], str]] = {}
    seen = {(left, right)}
    level = [(left, right)]
    while level:
        after: list[tuple[str, str]] = []
        for pair in level:
            for old, new, text in rules:
                first = pair[0][: len(pair[0]) - len(old)] + new if pair[0].endswith(old) else pair[0]
                second = pair[1][: len(pair[1]) - len(old)] + new if pair[1].endswith(old) else pair[1]
                made = (first, second)
                if made in seen:
                    continue
                seen.add(made)
                came[made] = (pair, text)
                if first == second:
                    return _path(came, made)
                after.append(made)
            if len(seen) > MAX_PAIRS:
                return None
        level = after
    return None


def _path(came: dict[tuple[str, str], tuple[tuple[str, str], str]], end: tuple[str, str]) -> tuple[str, ...]:
    steps: list[str] = []
    while end in came:
        end, text = came[end]
        steps.append(text)
    return tuple(reversed(steps))
