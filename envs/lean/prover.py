"""Intuitionistic propositional logic decided: a proof as a lambda term, or the word that there is none.

The calculus is G4ip (R. Dyckhoff, "Contraction-free sequent calculi for intuitionistic logic", JSL 57, 1992): every
premise is smaller than its conclusion, so search ends without a check for loops. Each rule says what its proof term is;
the terms are put in normal form, and what they do not need is cut out.

Terms are nested tuples: `("var", x)`, `("lam", x, t)`, `("app", f, t)`, `("pair", t, u)`, `("fst", t)`, `("snd", t)`,
`("inl", t)`, `("inr", t)`, `("case", t, x, u, y, v)`, `("abort", t)`, `("trivial",)`. A proof of `a ↔ b` is a pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from assay.envs.lean.formula import FALSE, Formula

Term: TypeAlias = tuple[Any, ...]

MAX_SEQUENTS = 4000
"""A search gives up after so many sequents; that the formula is then not settled is no claim about it."""


class SearchBudgetError(Exception):
    """The search was given up."""


def prove(goal: Formula, hypotheses: Sequence[tuple[str, Formula]] = ()) -> Term | None:
    """A normal proof of a formula from hypotheses; None if there is none.

    Args:
        goal: What to prove.
        hypotheses: (name, formula) each; the term refers to them by name. Names must not begin with "h✝".

    Raises:
        SearchBudgetError: It takes more than `MAX_SEQUENTS` sequents.
    """
    found = _searched(goal, hypotheses)
    return None if found is None else simplify(found)


def is_provable(goal: Formula, hypotheses: Sequence[tuple[str, Formula]] = ()) -> bool:
    """Whether there is a proof of a formula from hypotheses; the same as `prove`, without the normal form.

    Raises:
        SearchBudgetError: It takes more than `MAX_SEQUENTS` sequents.
    """
    return _searched(goal, hypotheses) is not None


def _searched(goal: Formula, hypotheses: Sequence[tuple[str, Formula]]) -> Term | None:
    return _Search().prove([(("var", name), _core(formula)) for name, formula in hypotheses], _core(goal))


def _core(formula: Formula) -> Formula:
    """The formula over and, or, implication and the constants."""
    match formula[0]:
        case "var" | "true" | "false":
            return formula
        case "not":
            return ("imp", _core(formula[1]), FALSE)
        case "iff":
            left, right = _core(formula[1]), _core(formula[2])
            return ("and", ("imp", left, right), ("imp", right, left))
        case kind:
            return (kind, _core(formula[1]), _core(formula[2]))


class _Search:
    """One search: counts sequents and makes names."""

    def __init__(self) -> None:
        self.sequents = 0
        self.names = 0

    def fresh(self) -> str:
        self.names += 1
        return f"h✝{self.names}"

    def prove(self, context: list[tuple[Term, Formula]], goal: Formula) -> Term | None:
        """A proof of the goal from the context, whose entries are terms with what they prove."""
        self.sequents += 1
        if self.sequents > MAX_SEQUENTS:
            raise SearchBudgetError
        for term, formula in context:
            if formula == goal:
                return term
            if formula == FALSE:
                return ("abort", term)
        kind = goal[0]
        if kind == "true":
            return ("trivial",)
        if kind == "imp":
            name = self.fresh()
            body = self.prove([*context, (("var", name), goal[1])], goal[2])
            return None if body is None else ("lam", name, body)
        if kind == "and":
            first = self.prove(context, goal[1])
            second = None if first is None else self.prove(context, goal[2])
            return None if first is None or second is None else ("pair", first, second)
        invertible = self.invertible(context, goal)
        return invertible[0] if invertible is not None else self.choices(context, goal)

    def invertible(self, context: list[tuple[Term, Formula]], goal: Formula) -> tuple[Term | None] | None:
        """The proof by the first left rule that loses nothing, in a tuple; None where no such rule applies."""
        split: int | None = None
        for place, (term, formula) in enumerate(context):
            kind = formula[0]
            made: list[tuple[Term, Formula]] | None = None
            if kind == "true":
                made = []
            elif kind == "and":
                made = [(("fst", term), formula[1]), (("snd", term), formula[2])]
            elif kind == "imp":
                made = self.shorter(context, term, formula[1], formula[2])
            elif kind == "or" and split is None:
                split = place
            if made is not None:
                return (self.prove([*context[:place], *context[place + 1 :], *made], goal),)
        if split is None:
            return None
        term, formula = context[split]
        rest = [*context[:split], *context[split + 1 :]]
        left_name, right_name = self.fresh(), self.fresh()
        first = self.prove([*rest, (("var", left_name), formula[1])], goal)
        second = None if first is None else self.prove([*rest, (("var", right_name), formula[2])], goal)
        if first is None or second is None:
            return (None,)
        return (("case", term, left_name, first, right_name, second),)

    def shorter(
        self, context: list[tuple[Term, Formula]], term: Term, premise: Formula, conclusion: Formula
    ) -> list[tuple[Term, Formula]] | None:
        """What takes the place of an implication whose premise is simple; None where nothing can yet."""
        kind = premise[0]
        if kind == "var":
            for have, formula in context:
                if formula == premise:
                    return [(("app", term, have), conclusion)]
            return None
        if kind == "and":
            first, second = self.fresh(), self.fresh()
            pair: Term = ("pair", ("var", first), ("var", second))
            curried: Term = ("lam", first, ("lam", second, ("app", term, pair)))
            return [(curried, ("imp", premise[1], ("imp", premise[2], conclusion)))]
        if kind == "or":
            name = self.fresh()
            by_left: Term = ("lam", name, ("app", term, ("inl", ("var", name))))
            by_right: Term = ("lam", name, ("app", term, ("inr", ("var", name))))
            return [(by_left, ("imp", premise[1], conclusion)), (by_right, ("imp", premise[2], conclusion))]
        if kind == "true":
            return [(("app", term, ("trivial",)), conclusion)]
        return [] if kind == "false" else None

    def choices(self, context: list[tuple[Term, Formula]], goal: Formula) -> Term | None:
        """The rules that may lose: a side of a disjunction, an implication whose premise is an implication."""
        if goal[0] == "or":
            for side, part in (("inl", goal[1]), ("inr", goal[2])):
                found = self.prove(context, part)
                if found is not None:
                    return (side, found)
        for place, (term, formula) in enumerate(context):
            if formula[0] != "imp" or formula[1][0] != "imp":
                continue
            _, (_, left, right), conclusion = formula
            rest = [*context[:place], *context[place + 1 :]]
            given, unused = self.fresh(), self.fresh()
            weaker: Term = ("lam", given, ("app", term, ("lam", unused, ("var", given))))
            premise = self.prove([*rest, (weaker, ("imp", right, conclusion))], ("imp", left, right))
            if premise is None:
                continue
            found = self.prove([*rest, (("app", term, premise), conclusion)], goal)
            if found is not None:
                return found
        return None


def free_in(name: str, term: Term) -> bool:
    """Whether a variable is free in a term whose binders all have names of their own."""
    if term[0] == "var":
        return bool(term[1] == name)
    return any(free_in(name, part) for part in term[1:] if isinstance(part, tuple))


def simplify(term: Term) -> Term:
    """The normal form of a term: no detour, no needless distinction of cases, no eta expansion."""
    return _Normaliser().normal(term, {})


class _Normaliser:
    """One normalisation. Every binder that is passed gets a new name, so that no variable is ever captured."""

    def __init__(self) -> None:
        self.names = 0

    def fresh(self) -> str:
        self.names += 1
        return f"x✝{self.names}"

    def normal(self, term: Term, values: Mapping[str, Term]) -> Term:
        """The normal form, with variables replaced by normal terms."""
        match term:
            case ("var", name):
                return values.get(name, term)
            case ("lam", name, body):
                bound = self.fresh()
                inner = self.normal(body, {**values, name: ("var", bound)})
                if inner[0] == "app" and inner[2] == ("var", bound) and not free_in(bound, inner[1]):
                    return _part(inner, 1)
                return ("lam", bound, inner)
            case ("app", function, argument):
                function, argument = self.normal(function, values), self.normal(argument, values)
                if function[0] == "lam":
                    return self.normal(function[2], {function[1]: argument})
                return ("abort", function[1]) if function[0] == "abort" else ("app", function, argument)
            case ("fst" | "snd" as side, pair):
                pair = self.normal(pair, values)
                if pair[0] == "pair":
                    return _part(pair, 1 if side == "fst" else 2)
                return ("abort", pair[1]) if pair[0] == "abort" else (side, pair)
            case ("pair", first, second):
                first, second = self.normal(first, values), self.normal(second, values)
                if first[0] == "fst" and second == ("snd", first[1]):
                    return _part(first, 1)
                return ("pair", first, second)
            case ("case", scrutinee, left_name, left, right_name, right):
                scrutinee = self.normal(scrutinee, values)
                if scrutinee[0] in ("inl", "inr"):
                    name, branch = (left_name, left) if scrutinee[0] == "inl" else (right_name, right)
                    return self.normal(branch, {**values, name: scrutinee[1]})
                if scrutinee[0] == "abort":
                    return scrutinee
                return self.cases(scrutinee, (left_name, left), (right_name, right), values)
            case (kind, *parts):
                return (kind, *(self.normal(part, values) for part in parts))
            case _:
                return term

    def cases(
        self, scrutinee: Term, left: tuple[str, Term], right: tuple[str, Term], values: Mapping[str, Term]
    ) -> Term:
        """A distinction of cases; a branch that does not use its case does for both."""
        branches: list[tuple[str, Term]] = []
        for name, branch in (left, right):
            bound = self.fresh()
            made = self.normal(branch, {**values, name: ("var", bound)})
            if not free_in(bound, made):
                return made
            branches.append((bound, made))
        (left_name, first), (right_name, second) = branches
        if first[0] == "abort" and second[0] == "abort":
            return ("abort", ("case", scrutinee, left_name, first[1], right_name, second[1]))
        return ("case", scrutinee, left_name, first, right_name, second)


def _part(term: Term, place: int) -> Term:
    part: Term = term[place]
    return part
