"""Rewriting: finding the instances of a pattern, and the terms that replace equals by equals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assay.verifiers.lean.embedded.elab.apply import AppElaborator
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.kernel.budget import KernelError
from assay.verifiers.lean.embedded.kernel.level import LEVEL_ONE, LEVEL_ZERO, Level, succ
from assay.verifiers.lean.embedded.kernel.subst import head_beta_all, instantiate, instantiate_rev
from assay.verifiers.lean.embedded.kernel.term import (
    DEFAULT,
    PROP,
    App,
    Const,
    FVar,
    Lam,
    Let,
    Lit,
    MVar,
    Pi,
    Sort,
    Term,
    app,
    apps,
    bvar,
    const,
    head,
    lam,
    pi,
    show_term,
    sort,
    spine,
)
from assay.verifiers.lean.embedded.printer import Printer

Equation = tuple[Level, Term, Term, Term]


@dataclass(slots=True)
class _Search:
    """What `kabstract` looks for, and what it has done."""

    pattern: Term
    key: object
    arity: int
    accept: Callable[[], bool] | None
    found: bool = False
    memo: dict[tuple[Term, int], Term] = field(default_factory=dict[tuple[Term, int], Term])


class Rewriter(AppElaborator):
    """Equations and where they apply."""

    def kabstract(self, term: Term, pattern: Term, accept: Callable[[], bool] | None = None) -> Term | None:
        """Replace every instance of a pattern by the bound variable 0; None where there is none.

        The first instance in Lean's order (outermost first, left to right) fixes the pattern's metavariables. An
        instance has the pattern's head and number of arguments and unifies with it, unfolding reducible definitions;
        `accept` may turn a first instance down.
        """
        term, pattern = self.instantiate_mvars(term), self.instantiate_mvars(pattern)
        fn, args = spine(pattern)
        if type(fn) is MVar:
            raise ElabError("rewrite_pattern", "Tactic `rewrite` failed: pattern is a metavariable")
        search = _Search(pattern, _key(fn), len(args), accept)
        before = self.set_transparency(0)
        try:
            body = self._instances(term, 0, search)
        finally:
            self.set_transparency(before)
        return body if search.found else None

    def _instances(self, part: Term, depth: int, search: _Search) -> Term:
        known = search.memo.get((part, depth))
        if known is not None:
            return known
        if not part.loose:
            top, count = part, 0
            while type(top) is App:
                top, count = top.fn, count + 1
            if count == search.arity and _key(top) == search.key:
                mark = self.mark()
                if self.unify(part, search.pattern):
                    if search.accept is None or search.found or search.accept():
                        search.found = True
                        return bvar(depth)
                    self.undo(mark)
        result = part
        if type(part) is App:
            result = app(self._instances(part.fn, depth, search), self._instances(part.arg, depth, search))
        elif type(part) is Pi or type(part) is Lam:
            make = pi if type(part) is Pi else lam
            dom, body = self._instances(part.dom, depth, search), self._instances(part.body, depth + 1, search)
            result = make(part.name, dom, body, part.info)
        elif type(part) is Let:
            parts = ((part.type, depth), (part.value, depth), (part.body, depth + 1))
            result = Let(part.name, *[self._instances(inner, at, search) for inner, at in parts])
        search.memo[part, depth] = result
        return result

    def as_equation(self, proof: Term) -> tuple[Equation, Term, list[MVar]]:
        """An equation from a proof of one (or of an iff), its arguments made metavariables.

        Raises:
            ElabError: It proves neither.
        """
        type_ = self.instantiate_mvars(self.infer_only(proof))
        made: list[MVar] = []
        while True:
            eq = self.match_eq(type_)
            if eq is not None:
                return eq, proof, made
            shape = self.whnf_reducible(type_)
            fn, args = spine(shape)
            if type(fn) is Const and fn.name == "Iff" and len(args) == 2:
                return (LEVEL_ONE, PROP, args[0], args[1]), apps(const("propext"), *args, proof), made
            if type(shape) is not Pi:
                shape = self.whnf_core(shape)
            if type(shape) is not Pi or (type(fn) is Const and fn.name in ("Not", "Ne")):
                raise ElabError("rewrite_no_equation", "Tactic `rewrite` failed: equality or iff proof expected")
            arg = self.new_mvar(shape.dom, self.ctx, tag=shape.name if shape.info == DEFAULT else "")
            if shape.info == "inst":
                self.instances.append((arg, self.ctx))
            made.append(arg)
            proof = app(proof, arg)
            type_ = self.instantiate_mvars(instantiate(shape.body, (arg,)))

    def rewrite(
        self, target: Term, eq: Equation, proof: Term, backwards: bool, *, ordered: bool = False
    ) -> tuple[Term, Term]:
        """Replace the left side by the right in a type; `ordered` asks that this makes the instance smaller.

        Returns:
            The new type and a proof that the old type equals it.

        Raises:
            ElabError: The left side does not occur.
        """
        level, type_, a, b = eq
        if backwards:
            proof = self.make_symm(eq, proof)
            a, b = b, a
        target = self.instantiate_mvars(target)
        left, right = a, b
        smaller = (lambda: self._order(right) < self._order(left)) if ordered else None
        body = self.kabstract(target, a, smaller)
        if body is None:
            raise ElabError("rewrite_not_found", self._not_found(a, target))
        proof, b, type_ = self.instantiate_mvars(proof), self.instantiate_mvars(b), self.instantiate_mvars(type_)
        a = self.instantiate_mvars(a)
        motive = lam("x", type_, body)
        new = head_beta_all(instantiate_rev(body, [b]))
        universe = self.sort_level(target)
        x = FVar("x", type_)
        try:
            self.check_motive(instantiate(body, (x,)))
        except ElabError:
            raise ElabError("motive", "Tactic `rewrite` failed: motive is not type correct") from None
        levels = (self.instantiate_level(level), succ(universe))
        same = apps(const("congrArg", levels), type_, sort(universe), a, b, motive, proof)
        return new, same

    def _order(self, term: Term) -> tuple[int, str, tuple[object, ...]]:
        """A total order for rewriting with commutativity: by size, then by head, then argument by argument."""
        fn, args = spine(self.instantiate_mvars(term))
        parts = [self._order(arg) for arg in args]
        return 1 + sum(part[0] for part in parts), show_term(fn, 64), tuple(parts)

    def check_motive(self, term: Term) -> None:
        """Check that replacing the pattern by a variable left a well-typed term."""
        before = len(self.trail)
        try:
            self.infer(self.instantiate_mvars(term))
        except KernelError as error:
            self.undo(before)
            raise ElabError("motive", str(error)) from None

    def _not_found(self, pattern: Term, target: Term) -> str:
        printer = Printer(self, self.ctx)
        shown, whole = (printer.term(self.instantiate_mvars(t)) for t in (pattern, target))
        lead = "Tactic `rewrite` failed: Did not find an occurrence of the pattern"
        return f"{lead}\n  {shown}\nin the target expression\n  {whole}"

    def make_mpr(self, target: Term, new: Term, same: Term, proof: Term) -> Term:
        """A proof of the target from a proof of the new type."""
        return apps(const("Eq.mpr", (self.sort_level(target),)), target, new, same, proof)

    def make_mp(self, old: Term, new: Term, same: Term, proof: Term) -> Term:
        """A proof of the new type from a proof of the old."""
        return apps(const("Eq.mp", (self.sort_level(old),)), old, new, same, proof)


def _key(fn: Term) -> object:
    if type(fn) is Const:
        return fn.name
    if type(fn) is Lit:
        return fn.value
    if isinstance(fn, (Pi, Lam, Sort)):
        return type(fn)
    return fn


__all__ = ["LEVEL_ZERO", "Equation", "Rewriter", "head"]
