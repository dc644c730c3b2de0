"""A theorem with a proof, as data, and its identity.

The proof is a list of steps: tactics of one line, each for the first goal. The same steps make a `by` block for
`assay/Lean-v0` and a game of `assay/LeanTactic-v0`.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass
from typing import NamedTuple

from assay.verifiers.lean.engine import DEFAULT_AXIOMS, LeanEngine


@dataclass(frozen=True, slots=True)
class Theorem:
    """A statement and how it is proved.

    Attributes:
        statement: What follows `theorem NAME`: binders, a colon, a proposition.
        steps: The proof: one-line tactics, each for the first goal.
        axioms: The axioms a proof may rest on.
    """

    statement: str
    steps: tuple[str, ...]
    axioms: tuple[str, ...] = DEFAULT_AXIOMS

    @property
    def proof(self) -> str:
        """The whole proof as a `by` block."""
        return by_block(self.steps)


def by_block(steps: tuple[str, ...]) -> str:
    """Steps as a proof: what follows `:=`."""
    return "by\n  " + "\n  ".join(step.replace("\n", "\n  ") for step in steps)


@functools.cache
def embedded_engine() -> LeanEngine:
    """The engine that checks generated proofs and prints first goals; its library loads on first use."""
    from assay.verifiers.lean.embedded.engine import EmbeddedEngine

    return EmbeddedEngine()


@functools.lru_cache(maxsize=4096)
def is_proved(theorem: Theorem) -> bool:
    """Whether the embedded engine accepts the theorem's own proof."""
    return embedded_engine().check(theorem.statement, theorem.proof, theorem.axioms).correct


class Binder(NamedTuple):
    """One group of binders: `(p q : Prop)`."""

    names: tuple[str, ...]
    type: str


_WORD = re.compile(r"[^\W\d][\w']*|\d+|[^\s\w]")
_BOUND = re.compile(r"(?:∀|∃|fun|λ) ((?:[^\W\d][\w']* ?)+)")
_MAX_ORDERS = 720


def read_statement(statement: str) -> tuple[list[Binder], str]:
    """The binders of a statement, and the proposition after its colon.

    Raises:
        ValueError: It does not have that form.
    """
    binders: list[Binder] = []
    rest = statement.strip()
    while rest.startswith(("(", "{")):
        end, depth = 0, 0
        for end, character in enumerate(rest):
            depth += (character in "({[⟨") - (character in ")}]⟩")
            if depth == 0:
                break
        names, colon, kind = rest[1:end].partition(" : ")
        if not colon or depth:
            raise ValueError(f"no group of binders: {rest[: end + 1]}")
        binders.append(Binder(tuple(names.split()), kind.strip()))
        rest = rest[end + 1 :].lstrip()
    if not rest.startswith(":"):
        raise ValueError(f"no colon after the binders: {statement}")
    return binders, rest[1:].strip()


@functools.lru_cache(maxsize=4096)
def alpha_key(statement: str) -> str:
    """One text for all statements that differ only in names and in the order of binders.

    Variables are numbered in the order in which hypotheses and proposition use them, so the order in which they were
    declared is gone. Hypotheses are sorted by what they say, names left out; those that look alike are told apart by
    how their variables are used elsewhere (colour refinement), and where even that leaves a tie, every order is tried
    and the least text taken. Bound names are numbered like all others, so generators must choose them by one rule.
    """
    binders, goal = read_statement(statement)
    hypotheses: list[list[str]] = []
    types: dict[str, str] = {}
    goal_words = _WORD.findall(goal)
    later = set(goal_words)
    for binder in reversed(binders):
        words = _WORD.findall(binder.type)
        for name in reversed(binder.names):
            if name in later:
                types[name] = binder.type
            else:
                hypotheses.append(words)
        later.update(words)
    local = {*types, *(name for found in _BOUND.findall(statement) for name in found.split())}
    looks = _looks(hypotheses, goal_words, local)
    order = sorted(range(len(hypotheses)), key=looks.__getitem__)
    ties = [list(group) for _, group in itertools.groupby(order, key=looks.__getitem__)]
    orders = itertools.product(*(itertools.permutations(group) for group in ties))
    texts: list[str] = []
    for chosen in itertools.islice(orders, _MAX_ORDERS):
        numbers: dict[str, str] = {}
        said = [_numbered(hypotheses[place], local, numbers) for group in chosen for place in group]
        said.append(_numbered(goal_words, local, numbers))
        declared = [_numbered(_WORD.findall(types[name]), local, numbers) for name in list(numbers) if name in types]
        texts.append(f"{'; '.join(declared)} | {' ⊢ '.join(said)}")
    return min(texts)


def _looks(hypotheses: list[list[str]], goal: list[str], local: set[str]) -> list[str]:
    """For each hypothesis a text that no renaming changes, refined until all differ or nothing new is learned."""
    colours = dict.fromkeys(local, 0)
    while True:
        looks = [" ".join(f"#{colours[word]}" if word in colours else word for word in words) for words in hypotheses]
        if len(set(looks)) == len(looks):
            return looks
        places: dict[str, list[tuple[str, int]]] = {name: [] for name in local}
        for look, words in zip([*looks, "⊢"], [*hypotheses, goal], strict=True):
            for place, word in enumerate(words):
                if word in places:
                    places[word].append((look, place))
        signs = {name: (colours[name], tuple(sorted(found))) for name, found in places.items()}
        ranks = {sign: rank for rank, sign in enumerate(sorted(set(signs.values())))}
        if len(ranks) == len(set(colours.values())):
            return looks
        colours = {name: ranks[sign] for name, sign in signs.items()}


def _numbered(words: list[str], local: set[str], numbers: dict[str, str]) -> str:
    return " ".join(numbers.setdefault(word, f"v{len(numbers)}") if word in local else word for word in words)
