"""Equations between numbers and between lists that follow from laws of the library, one `rw` a step."""

from __future__ import annotations

import random
from abc import abstractmethod
from typing import ClassVar

from assay.envs.lean.family import LeanFamily
from assay.envs.lean.rewriting import Expression, Law, Laws, has_closed_part, size, variables, walk, write
from assay.envs.lean.theorem import Theorem


def _any(name: str) -> Expression:
    return ("?", name)


_N, _M, _K = _any("n"), _any("m"), _any("k")
_F, _G, _XS, _YS, _ZS = _any("f"), _any("g"), _any("xs"), _any("ys"), _any("zs")
ZERO: Expression = ("num", 0)
ONE: Expression = ("num", 1)
TWO: Expression = ("num", 2)

NAT_LAWS = Laws(
    (
        Law("Nat.add_comm", ("n", "m"), ("+", _N, _M), ("+", _M, _N), both=False),
        Law("Nat.add_assoc", ("n", "m", "k"), ("+", ("+", _N, _M), _K), ("+", _N, ("+", _M, _K))),
        Law("Nat.mul_comm", ("n", "m"), ("*", _N, _M), ("*", _M, _N), both=False),
        Law("Nat.mul_assoc", ("n", "m", "k"), ("*", ("*", _N, _M), _K), ("*", _N, ("*", _M, _K))),
        Law("Nat.mul_add", ("n", "m", "k"), ("*", _N, ("+", _M, _K)), ("+", ("*", _N, _M), ("*", _N, _K))),
        Law("Nat.add_mul", ("n", "m", "k"), ("*", ("+", _N, _M), _K), ("+", ("*", _N, _K), ("*", _M, _K))),
        Law("Nat.two_mul", ("n",), ("*", TWO, _N), ("+", _N, _N)),
        Law("Nat.pow_two", ("n",), ("^", _N, TWO), ("*", _N, _N)),
        Law("Nat.mul_pow", ("n", "m", "k"), ("^", ("*", _N, _M), _K), ("*", ("^", _N, _K), ("^", _M, _K))),
        Law("Nat.pow_add", ("n", "m", "k"), ("^", _N, ("+", _M, _K)), ("*", ("^", _N, _M), ("^", _N, _K))),
        Law("Nat.pow_mul", ("n", "m", "k"), ("^", _N, ("*", _M, _K)), ("^", ("^", _N, _M), _K)),
        Law("Nat.pow_one", ("n",), ("^", _N, ONE), _N, both=False),
        Law("Nat.add_zero", ("n",), ("+", _N, ZERO), _N, both=False),
        Law("Nat.zero_add", ("n",), ("+", ZERO, _N), _N, both=False),
        Law("Nat.mul_one", ("n",), ("*", _N, ONE), _N, both=False),
        Law("Nat.one_mul", ("n",), ("*", ONE, _N), _N, both=False),
    )
)

LIST_LAWS = Laws(
    (
        Law("List.append_assoc", ("xs", "ys", "zs"), ("++", ("++", _XS, _YS), _ZS), ("++", _XS, ("++", _YS, _ZS))),
        Law("List.reverse_reverse", ("xs",), ("reverse", ("reverse", _XS)), _XS, both=False),
        Law(
            "List.reverse_append",
            ("as := xs", "bs := ys"),
            ("reverse", ("++", _XS, _YS)),
            ("++", ("reverse", _YS), ("reverse", _XS)),
        ),
        Law(
            "List.map_append",
            ("f := f", "l₁ := xs", "l₂ := ys"),
            ("map", _F, ("++", _XS, _YS)),
            ("++", ("map", _F, _XS), ("map", _F, _YS)),
        ),
        Law(
            "List.map_map", ("g := g", "f := f", "l := xs"), ("map", _G, ("map", _F, _XS)), ("map", ("∘", _G, _F), _XS)
        ),
        Law("List.map_reverse", ("f := f", "l := xs"), ("map", _F, ("reverse", _XS)), ("reverse", ("map", _F, _XS))),
        Law(
            "List.length_append",
            ("as := xs", "bs := ys"),
            ("length", ("++", _XS, _YS)),
            ("+", ("length", _XS), ("length", _YS)),
        ),
        Law("List.length_map", ("as := xs", "f"), ("length", ("map", _F, _XS)), ("length", _XS), both=False),
        Law("List.length_reverse", ("as := xs",), ("length", ("reverse", _XS)), ("length", _XS), both=False),
        Law("Nat.add_comm", ("n", "m"), ("+", _N, _M), ("+", _M, _N), both=False),
        Law("Nat.add_assoc", ("n", "m", "k"), ("+", ("+", _N, _M), _K), ("+", _N, ("+", _M, _K))),
    )
)


class _Identities(LeanFamily[Theorem]):
    """What both families share: a start, a walk from it, the equation between the two ends."""

    laws: ClassVar[Laws]
    max_size: ClassVar[int]

    def draw(self, rng: random.Random, difficulty: int) -> Theorem:
        """A start and a walk of as many steps as the difficulty."""
        while True:
            start = self.start(rng, difficulty)
            found = walk(rng, start, self.laws, difficulty, max(self.max_size, size(start)))
            if found is not None:
                break
        names = sorted(variables(found.start))
        return Theorem(f"{self.binders(names)} : {write(found.start, 51)} = {write(found.end, 51)}", found.steps)

    @abstractmethod
    def start(self, rng: random.Random, difficulty: int) -> Expression:
        """The term to start from."""

    @abstractmethod
    def binders(self, names: list[str]) -> str:
        """The variables, declared."""

    def statement(self, params: Theorem) -> str:
        """The equation."""
        return params.statement

    def theorem(self, params: Theorem) -> Theorem:
        """What was drawn."""
        return params


class NatIdentities(_Identities):
    """Equations between polynomials, and powers."""

    name = "nat_identity"
    topic = "arithmetic"
    summary = "equations between natural numbers with sums, products and powers, by the laws of the library"
    laws = NAT_LAWS
    max_size = 8

    def start(self, rng: random.Random, difficulty: int) -> Expression:
        """A random term, with a product or a power in it."""
        while True:
            term = _nat_term(rng, rng.randint(2, 3 + difficulty // 4))
            if (_has(term, "*") or _has(term, "^")) and variables(term) and not has_closed_part(term):
                return term

    def binders(self, names: list[str]) -> str:
        """All are numbers."""
        return f"({' '.join(names)} : Nat)"


class ListLaws(_Identities):
    """Equations between lists, and between their lengths."""

    name = "list_law"
    topic = "lists"
    summary = "equations between lists with append, reverse, map and length, by the laws of the library"
    laws = LIST_LAWS
    max_size = 9

    def start(self, rng: random.Random, difficulty: int) -> Expression:
        """A random list, or its length."""
        term = _list_term(rng, rng.randint(2, 3 + difficulty // 3))
        return ("length", term) if rng.random() < 0.35 else term

    def binders(self, names: list[str]) -> str:
        """Lists of one type, and functions on it."""
        lists = [name for name in names if name.endswith("s")]
        functions = [name for name in names if not name.endswith("s")]
        shown = f" ({' '.join(functions)} : α → α)" if functions else ""
        return f"(α : Type){shown} ({' '.join(lists)} : List α)"


def _has(term: Expression, operator: str) -> bool:
    return term[0] == operator or any(_has(part, operator) for part in term[1:] if isinstance(part, tuple))


def _nat_term(rng: random.Random, operators: int) -> Expression:
    if operators == 0:
        return rng.choice((("var", "a"), ("var", "b"), ("var", "c"), ("var", "a"), ("var", "b"), ONE, TWO))
    operator = rng.choice(("+", "+", "*", "*", "^"))
    if operator == "^":
        exponent = rng.choice((TWO, TWO, ("var", "k"), ("+", ("var", "k"), ONE)))
        base = _nat_term(rng, max(0, operators - 1 - size(exponent)))
        return ("^", base, exponent) if base[0] != "num" else _nat_term(rng, operators)
    left = rng.randrange(operators)
    return (operator, _nat_term(rng, left), _nat_term(rng, operators - 1 - left))


def _list_term(rng: random.Random, operators: int) -> Expression:
    if operators == 0:
        return ("var", rng.choice(("xs", "ys", "zs")))
    operator = rng.choice(("++", "++", "reverse", "map"))
    if operator == "++":
        left = rng.randrange(operators)
        return ("++", _list_term(rng, left), _list_term(rng, operators - 1 - left))
    inner = _list_term(rng, operators - 1)
    return ("reverse", inner) if operator == "reverse" else ("map", ("var", rng.choice("fg")), inner)
