"""Linear forms over Nat with proofs: every step is an equation or inequality that the kernel can check.

A form is `c1 * x1 + (c2 * x2 + (... + k))`, atoms in a fixed order. A `Fact` is an inequality between two forms that
share no atom, with its proof. What is computed here in Python is only *which* lemma to use next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import gcd

from assay.verifiers.lean.embedded.kernel.level import LEVEL_ONE
from assay.verifiers.lean.embedded.kernel.term import App, Const, Term, apps, const, lit, spine

NAT = const("Nat")
TRUE = const("Bool.true")

Form = tuple[tuple[tuple[int, int], ...], int]
"""((atom, coefficient) in order of atoms, constant)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """`left ≤ right` with its proof; no atom stands on both sides."""

    left: Form
    right: Form
    proof: Term


def refl(value: Term) -> Term:
    """`value = value` on Nat."""
    return apps(const("Eq.refl", (LEVEL_ONE,)), NAT, value)


def true_by_evaluation() -> Term:
    """A proof of `b = true` for a `b` that evaluates to true."""
    return apps(const("Eq.refl", (LEVEL_ONE,)), const("Bool"), TRUE)


def _op(name: str, a: Term, b: Term) -> Term:
    return apps(const(name), a, b)


class Linear:
    """The atoms of one problem, and arithmetic on forms.

    Args:
        evaluate: The number that a closed term stands for, None for other terms.
    """

    def __init__(self, evaluate: Callable[[Term], int | None]) -> None:
        """Start without atoms."""
        self.evaluate = evaluate
        self.atoms: list[Term] = []
        self.index: dict[Term, int] = {}

    def atom(self, term: Term) -> int:
        """The number of an atom."""
        if term not in self.index:
            self.index[term] = len(self.atoms)
            self.atoms.append(term)
        return self.index[term]

    def term(self, form: Form) -> Term:
        """A form as a term."""
        result: Term = lit(form[1])
        for atom, c in reversed(form[0]):
            result = _op("Nat.add", _op("Nat.mul", lit(c), self.atoms[atom]), result)
        return result

    def merge(self, a: Form, b: Form) -> tuple[Form, Term]:
        """The sum of two forms, and a proof that `a + b` equals it."""
        (xs, k), (ys, m) = a, b
        if not xs and not ys:
            return ((), k + m), refl(lit(k + m))
        if ys and (not xs or ys[0][0] < xs[0][0]):
            (y, d), rest = ys[0], (ys[1:], m)
            form, proof = self.merge(a, rest)
            whole: Form = (((y, d), *form[0]), form[1])
            lemma = const("Lin.right")
            return whole, apps(lemma, lit(d), self.atoms[y], self.term(a), self.term(rest), self.term(form), proof)
        (x, c), rest_a = xs[0], (xs[1:], k)
        if not ys or x < ys[0][0]:
            form, proof = self.merge(rest_a, b)
            whole = (((x, c), *form[0]), form[1])
            lemma = const("Lin.left")
            return whole, apps(lemma, lit(c), self.atoms[x], self.term(rest_a), self.term(b), self.term(form), proof)
        (_, d), rest_b = ys[0], (ys[1:], m)
        form, proof = self.merge(rest_a, rest_b)
        whole = (((x, c + d), *form[0]), form[1])
        parts = (lit(c), lit(d), lit(c + d), self.atoms[x], self.term(rest_a), self.term(rest_b), self.term(form))
        return whole, apps(const("Lin.both"), *parts, refl(lit(c + d)), proof)

    def scale(self, k: int, a: Form) -> tuple[Form, Term]:
        """A multiple of a form, and a proof that `k * a` equals it."""
        xs, m = a
        if k == 1:
            return a, apps(const("Nat.one_mul"), self.term(a))
        if not xs:
            return ((), k * m), refl(lit(k * m))
        (x, c), rest = xs[0], (xs[1:], m)
        form, proof = self.scale(k, rest)
        parts = (lit(k), lit(c), lit(k * c), self.atoms[x], self.term(rest), self.term(form))
        return (((x, k * c), *form[0]), form[1]), apps(const("Lin.scale"), *parts, refl(lit(k * c)), proof)

    def norm(self, term: Term) -> tuple[Form, Term]:
        """The form of a term, and a proof that the term equals it. Terms that are no sums are atoms."""
        value = self.evaluate(term)
        if value is not None:
            return ((), value), refl(lit(value))
        fn, args = spine(term)
        name = fn.name if type(fn) is Const else ""
        if name == "Nat.succ" and len(args) == 1:
            return self._norm_add(args[0], lit(1))
        if name == "Nat.add" and len(args) == 2:
            return self._norm_add(args[0], args[1])
        product = self._product(name, args)
        if product is not None:
            return self._norm_mul(*product)
        return ((((self.atom(term), 1),), 0)), apps(const("Lin.atom"), term)

    def _norm_add(self, a: Term, b: Term) -> tuple[Form, Term]:
        fa, pa = self.norm(a)
        fb, pb = self.norm(b)
        form, proof = self.merge(fa, fb)
        return form, apps(const("Lin.add"), a, b, self.term(fa), self.term(fb), self.term(form), pa, pb, proof)

    def _product(self, name: str, args: list[Term]) -> tuple[int, Term, bool] | None:
        """A product of a number with something else: both, and whether the number stands on the right."""
        if name == "Nat.mul" and len(args) == 2:
            for k, other, flip in ((args[0], args[1], False), (args[1], args[0], True)):
                value = self.evaluate(k)
                if value is not None:
                    return value, other, flip
        return None

    def _norm_mul(self, k: int, other: Term, flip: bool) -> tuple[Form, Term]:
        if k == 0:
            return ((), 0), apps(const("Nat.mul_zero" if flip else "Nat.zero_mul"), other)
        inner, pi = self.norm(other)
        form, scaled = self.scale(k, inner)
        proof = apps(const("Lin.mul"), lit(k), other, self.term(inner), self.term(form), pi, scaled)
        return form, apps(const("Lin.mulRight"), lit(k), other, self.term(form), proof) if flip else proof

    def form(self, term: Term) -> Form:
        """The form of a term without the proof: what `norm` finds."""
        coefficients: dict[int, int] = {}
        constant = 0
        todo = [(term, 1)]
        while todo:
            part, times = todo.pop()
            value = self.evaluate(part)
            fn, args = spine(part)
            name = fn.name if type(fn) is Const else ""
            product = self._product(name, args)
            if value is not None:
                constant += times * value
            elif name == "Nat.succ" and len(args) == 1:
                constant += times
                todo.append((args[0], times))
            elif name == "Nat.add" and len(args) == 2:
                todo += ((args[1], times), (args[0], times))
            elif product is not None:
                if product[0]:
                    todo.append((product[1], times * product[0]))
            else:
                atom = self.atom(part)
                coefficients[atom] = coefficients.get(atom, 0) + times
        return tuple(sorted(coefficients.items())), constant

    # -- inequalities ------------------------------------------------------------------------------------------------

    def fact(self, left: Term, right: Term, proof: Term) -> Fact:
        """A fact from a proof of `left ≤ right`."""
        (fl, pl), (fr, pr) = self.norm(left), self.norm(right)
        canonical = apps(const("Lin.le"), left, right, self.term(fl), self.term(fr), proof, pl, pr)
        return self.tighten(self._cancel(fl, fr, canonical))

    def total(self, facts: Sequence[tuple[int, Fact]]) -> Fact:
        """The sum of multiples of facts, divided by what divides its coefficients."""
        (k, first), *others = facts
        total = first
        if k > 1:
            times = [self.scale(k, side) for side in (first.left, first.right)]
            sides = [self.term(form) for form in (first.left, first.right, *(form for form, _ in times))]
            proof = apps(const("Lin.times"), lit(k), *sides, first.proof, *(shown for _, shown in times))
            total = Fact(times[0][0], times[1][0], proof)
        for k, fact in others:
            times = [self.scale(k, side) for side in (fact.left, fact.right)]
            sums = [self.merge(side, more) for side, (more, _) in zip((total.left, total.right), times, strict=True)]
            terms = [self.term(form) for form in (total.left, total.right, fact.left, fact.right)]
            terms += [self.term(form) for form, _ in (*times, *sums)]
            said = [total.proof, fact.proof, *(shown for _, shown in (*times, *sums))]
            proof = apps(const("Lin.plus"), lit(k), *terms, *said)
            total = self._cancel(sums[0][0], sums[1][0], proof)
        return self.tighten(total)

    def _cancel(self, left: Form, right: Form, proof: Term) -> Fact:
        """Take what both sides share off both."""
        a, b = dict(left[0]), dict(right[0])
        common = {x: min(c, b[x]) for x, c in a.items() if x in b}
        constant = min(left[1], right[1])
        if not common and not constant:
            return Fact(left, right, proof)
        shared: Form = (tuple(sorted(common.items())), constant)
        rest_left, rest_right = _minus(left, shared), _minus(right, shared)
        pl, pr = self.merge(shared, rest_left)[1], self.merge(shared, rest_right)[1]
        terms = [self.term(form) for form in (left, right, shared, rest_left, rest_right)]
        return Fact(rest_left, rest_right, apps(const("Lin.cancel"), *terms, proof, pl, pr))

    def tighten(self, fact: Fact) -> Fact:
        """Divide by what divides every coefficient, rounding the constant."""
        g = 0
        for _, c in (*fact.left[0], *fact.right[0]):
            g = gcd(g, c)
        if g <= 1:
            return fact
        (xs, k), (ys, m) = fact.left, fact.right
        a: Form = (tuple((x, c // g) for x, c in xs), 0)
        b: Form = (tuple((y, c // g) for y, c in ys), 0)
        left, right = self.term(fact.left), self.term(fact.right)
        if k:
            q = (k - 1) // g
            ka: Form = (self.scale(g, a)[0][0], 0)
            pa = self._add_constant(g, a, ka, k)
            pb = self.scale(g, b)[1]
            parts = (lit(g), lit(q), self.term(a), self.term(b), lit(k), left, right, fact.proof, pa, pb)
            proof = apps(const("Lin.tightLeft"), *parts, true_by_evaluation())
            return self._recanonical(a, q + 1, b, 0, proof)
        q = m // g
        kb: Form = (self.scale(g, b)[0][0], 0)
        pb = self._add_constant(g, b, kb, m)
        pa = self.scale(g, a)[1]
        parts = (lit(g), lit(q), self.term(a), self.term(b), lit(m), left, right, fact.proof, pa, pb)
        proof = apps(const("Lin.tightRight"), *parts, true_by_evaluation())
        return self._recanonical(a, 0, b, q, proof)

    def _add_constant(self, g: int, a: Form, scaled: Form, k: int) -> Term:
        """A proof of `g * a + k = scaled + k` as forms."""
        form, merged = self.merge(scaled, ((), k))
        product = _op("Nat.mul", lit(g), self.term(a))
        terms = (product, lit(k), self.term(scaled), lit(k), self.term(form))
        return apps(const("Lin.add"), *terms, self.scale(g, a)[1], refl(lit(k)), merged)

    def _recanonical(self, a: Form, k: int, b: Form, m: int, proof: Term) -> Fact:
        """A fact from a proof of `a + k ≤ b` or `a ≤ b + m`."""
        left, pl = self.merge(a, ((), k)) if k else (a, refl(self.term(a)))
        lt = _op("Nat.add", self.term(a), lit(k)) if k else self.term(a)
        right, pr = (b, refl(self.term(b))) if k else self.merge(b, ((), m))
        rt = self.term(b) if k else _op("Nat.add", self.term(b), lit(m))
        canonical = apps(const("Lin.le"), lt, rt, self.term(left), self.term(right), proof, pl, pr)
        return self._cancel(left, right, canonical)

    def refute(self, fact: Fact) -> Term | None:
        """A proof of False from `k ≤ m` with `k > m`."""
        if fact.left[0] or fact.right[0] or fact.left[1] <= fact.right[1]:
            return None
        k, m = lit(fact.left[1]), lit(fact.right[1])
        false = apps(const("Eq.refl", (LEVEL_ONE,)), const("Bool"), const("Bool.false"))
        return apps(const("Nat.not_le_of_ble_eq_false"), k, m, false, fact.proof)


def _minus(a: Form, b: Form) -> Form:
    less = dict(b[0])
    return tuple((x, c - less.get(x, 0)) for x, c in a[0] if c > less.get(x, 0)), a[1] - b[1]


def sub_terms(term: Term, names: tuple[str, ...]) -> list[Term]:
    """The applications of some binary functions inside sums and products."""
    found: list[Term] = []
    todo = [term]
    while todo:
        part = todo.pop()
        if type(part) is not App:
            continue
        fn, args = spine(part)
        if type(fn) is Const and len(args) == 2 and fn.name in names and part not in found:
            found.append(part)
        if type(fn) is Const and fn.name.startswith("Nat."):
            todo.extend(args)
    return found
