"""Explicit Lean source of checked theorems, for a real Lean to re-elaborate.

Every implicit argument is written out and every operator stands as users write it, so that the text means the same
term whatever instances a Lean version uses underneath.
"""

from __future__ import annotations

from assay.verifiers.lean.embedded.kernel.level import show_level
from assay.verifiers.lean.embedded.kernel.subst import instantiate
from assay.verifiers.lean.embedded.kernel.term import (
    DEFAULT,
    IMPLICIT,
    INST,
    STRICT,
    Const,
    FVar,
    Lam,
    Let,
    Lit,
    Pi,
    Sort,
    Term,
    spine,
)

_OPERATORS = {
    "Nat.add": "+",
    "Nat.sub": "-",
    "Nat.mul": "*",
    "Nat.div": "/",
    "Nat.mod": "%",
    "Nat.pow": "^",
    "Nat.le": "≤",
    "Nat.lt": "<",
    "Nat.ge": "≥",
    "Nat.gt": ">",
    "Nat.dvd": "∣",
}
_BRACKETS = {DEFAULT: "()", IMPLICIT: "{}", STRICT: "⦃⦄", INST: "[]"}


class _Writer:
    def __init__(self) -> None:
        self.names: dict[FVar, str] = {}
        self.count = 0

    def fresh(self, name: str, type_: Term) -> FVar:
        self.count += 1
        plain = "".join(c for c in name if c.isalnum() or c == "_") or "x"
        fvar = FVar(name, type_)
        self.names[fvar] = f"{plain}_{self.count}"
        return fvar

    def text(self, term: Term) -> str:
        if type(term) is FVar:
            return self.names.get(term, term.name)
        if type(term) is Lit:
            return f"({term.value} : Nat)"
        if type(term) is Sort:
            return f"(Sort ({show_level(term.level)}))"
        if type(term) is Const:
            return self.constant(term)
        if isinstance(term, (Lam, Pi)):
            return self.binder(term)
        if type(term) is Let:
            x = self.fresh(term.name, term.type)
            body = self.text(instantiate(term.body, (x,)))
            return f"(let {self.names[x]} : {self.text(term.type)} := {self.text(term.value)}; {body})"
        fn, args = spine(term)
        if type(fn) is Const and fn.name in _OPERATORS and len(args) == 2:
            return f"({self.text(args[0])} {_OPERATORS[fn.name]} {self.text(args[1])})"
        return f"({' '.join([self.text(fn), *(self.text(arg) for arg in args)])})"

    def constant(self, term: Const) -> str:
        if term.name in _OPERATORS:
            return f"(fun (a b : Nat) => a {_OPERATORS[term.name]} b)"
        levels = "".join(f".{{{', '.join(show_level(level) for level in term.levels)}}}" if term.levels else "")
        return f"@{term.name}{levels}"

    def binder(self, term: Lam | Pi) -> str:
        x = self.fresh(term.name, term.dom)
        left, right = tuple(_BRACKETS[term.info]) if type(term) is Pi else ("(", ")")
        dom = self.text(term.dom)
        body = self.text(instantiate(term.body, (x,)))
        word, arrow = ("∀", ",") if type(term) is Pi else ("fun", " =>")
        return f"({word} {left}{self.names[x]} : {dom}{right}{arrow} {body})"


def explicit_theorem(name: str, type_: Term, value: Term) -> str:
    """`theorem name : type := value`, everything written out."""
    writer = _Writer()
    return f"theorem {name} : {writer.text(type_)} :=\n  {writer.text(value)}\n"
