"""A theorem with a proof, as data, and its identity.

The proof is a list of steps: tactics of one line, each for the first goal. The same steps make a `by` block for
`assay/Lean-v0` and a game of `assay/LeanTactic-v0`.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from assay.verifiers.lean.engine import DEFAULT_AXIOMS, LeanEngine
from assay.verifiers.lean.theorems import shipped_theorems


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


@functools.cache
def listed_keys() -> frozenset[str]:
    """The identities of the theorem list, which is a test set: no generated theorem may be one of them."""
    return frozenset(alpha_key(theorem.statement) for theorem in shipped_theorems())


class Binder(NamedTuple):
    """One group of binders: `(p q : Prop)`."""

    names: tuple[str, ...]
    type: str


_WORD = re.compile(r"[^\W\d][\w']*|\d+|[^\s\w]")
_BINDS = frozenset(("∀", "∃", "fun", "λ"))
_MAX_ORDERS = 720


def read_statement(statement: str) -> tuple[list[Binder], str]:
    """The binders of a statement, and the proposition after its colon.

    Raises:
        ValueError: It does not have that form.
    """
    binders: list[Binder] = []
    rest = statement.strip()
    while rest.startswith(("(", "{")):
        end = depth = 0
        for character in rest:
            depth += (character in "({[⟨") - (character in ")}]⟩")
            if depth == 0:
                break
            end += 1
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

    A premise counts as a hypothesis, `(h : p) : q` as `: p → q`. Variables are numbered in the order in which
    hypotheses and proposition use them, so the order in which they were declared is gone. Hypotheses are sorted by
    what they say, names left out; those that look alike are told apart by how their variables are used elsewhere
    (colour refinement), and where even that leaves a tie, every order is tried and the least text taken. A bound name
    is another variable in each scope.
    """
    binders, goal = read_statement(statement)
    hypotheses: list[list[str]] = []
    types: dict[str, str] = {}
    scopes = itertools.count()
    goal_words = _scoped(goal, scopes)
    later = set(goal_words)
    for binder in reversed(binders):
        words = _scoped(binder.type, scopes)
        for name in reversed(binder.names):
            if name in later:
                types[name] = binder.type
            else:
                hypotheses.append(words)
        later.update(words)
    local = {*types, *(word for words in (*hypotheses, goal_words) for word in words if "§" in word)}
    premises, goal_words = _premises(goal_words)
    hypotheses += premises
    looks = _looks(hypotheses, goal_words, local)
    order = sorted(range(len(hypotheses)), key=looks.__getitem__)
    ties = [list(group) for _, group in itertools.groupby(order, key=looks.__getitem__)]
    orders = itertools.product(*(itertools.permutations(group) for group in ties))
    texts: list[str] = []
    for chosen in itertools.islice(orders, _MAX_ORDERS):
        numbers: dict[str, str] = {}
        said = [_numbered(hypotheses[place], local, numbers) for group in chosen for place in group]
        said.append(_numbered(goal_words, local, numbers))
        declared = [_numbered(_scoped(types[name], scopes), local, numbers) for name in list(numbers) if name in types]
        texts.append(f"{'; '.join(declared)} | {' ⊢ '.join(said)}")
    return min(texts)


def _scoped(text: str, scopes: Iterator[int]) -> list[str]:
    """The words of a text, with each bound variable made another word in each scope.

    A scope ends with the bracket it stands in. Binders in brackets of their own, `∀ (x : α), ...`, keep their names.
    """
    words = _WORD.findall(text)
    meanings: list[tuple[int, str, str]] = []
    depth, binding = 0, False
    for place, word in enumerate(words):
        if word in "([⟨{":
            depth, binding = depth + 1, False
        elif word in ")]⟩}":
            depth -= 1
            while meanings and meanings[-1][0] > depth:
                meanings.pop()
        elif word in _BINDS:
            binding = True
        elif binding and (word[0].isalpha() or word[0] == "_"):
            meanings.append((depth, word, f"{word}§{next(scopes)}"))
            words[place] = meanings[-1][2]
        else:
            binding = False
            if meanings:
                words[place] = next((new for _, old, new in reversed(meanings) if old == word), word)
    return words


def _premises(words: list[str]) -> tuple[list[list[str]], list[str]]:
    """The premises of a proposition `a → b → c`, and its conclusion."""
    cuts: list[int] = []
    depth = 0
    for place, word in enumerate(words):
        depth += (word in "([⟨{") - (word in ")]⟩}")
        if depth == 0 and word == "→":
            cuts.append(place)
        elif depth == 0 and word in _BINDS:
            break
    if "↔" in _outside_brackets(words):
        return [], words
    starts = [0, *(cut + 1 for cut in cuts)]
    parts = [words[start:cut] for start, cut in zip(starts, cuts, strict=False)]
    return [_unbracketed(part) for part in parts], words[starts[-1] :]


def _unbracketed(words: list[str]) -> list[str]:
    """What stands in a pair of brackets around all of it; the words as they are where there is none."""
    if len(words) > 2 and words[0] == "(" and words[-1] == ")" and not _outside_brackets(words):
        return words[1:-1]
    return words


def _outside_brackets(words: list[str]) -> list[str]:
    found: list[str] = []
    depth = 0
    for word in words:
        depth -= word in ")]⟩}"
        if depth == 0 and word not in "([⟨{)]⟩}":
            found.append(word)
        depth += word in "([⟨{"
    return found


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
