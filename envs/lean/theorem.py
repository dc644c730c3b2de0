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


_WORD = re.compile(r"[^\W\d][\w']*(?:\.[\w']+)*|\d+|[^\s\w]")
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
    declared is gone; hypotheses are sorted, and where two look alike but for names, every order is tried and the
    least text taken. Bound names are numbered like all others, so a statement must not bind a name twice: generators
    see to that.
    """
    binders, goal = read_statement(statement)
    used = [
        set(_WORD.findall(f"{' '.join(b.type for b in binders[place + 1 :])} {goal}")) for place in range(len(binders))
    ]
    hypotheses: list[list[str]] = []
    types: dict[str, str] = {}
    for binder, later in zip(binders, used, strict=True):
        for name in binder.names:
            if name in later:
                types[name] = binder.type
            else:
                hypotheses.append(_WORD.findall(binder.type))
    local = set(types).union(*(match.split() for match in _BOUND.findall(statement)), set())
    goal_words = _WORD.findall(goal)
    masked = ["".join("_" if word in local else word for word in words) for words in hypotheses]
    order = sorted(range(len(hypotheses)), key=masked.__getitem__)
    ties = [list(group) for _, group in itertools.groupby(order, key=masked.__getitem__)]
    orders = itertools.product(*(itertools.permutations(group) for group in ties))
    texts: list[str] = []
    for chosen in itertools.islice(orders, _MAX_ORDERS):
        numbers: dict[str, str] = {}
        parts = [[hypotheses[place] for group in chosen for place in group], [goal_words]]
        text = " ⊢ ".join(", ".join(_numbered(words, local, numbers) for words in part) for part in parts)
        declared = "; ".join(
            _numbered(_WORD.findall(types[name]), local, numbers) for name in list(numbers) if name in types
        )
        texts.append(f"{declared} | {text}")
    return min(texts)


def _numbered(words: list[str], local: set[str], numbers: dict[str, str]) -> str:
    return " ".join(numbers.setdefault(word, f"v{len(numbers)}") if word in local else word for word in words)
