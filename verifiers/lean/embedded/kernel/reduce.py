"""Reduction: weak head normal form by beta, let, recursor, quotient, literal and definition unfolding.

`Reducer` is the lowest of three layers of one checker: `Reducer` reduces, `Equality` compares, `TypeChecker` infers.
Reduction asks the layers above for the type of a term (for elimination that ignores its proof) and for equality.
"""

from __future__ import annotations

from collections.abc import Callable

from assay.verifiers.lean.embedded.kernel.budget import MAX_EXPONENT, MAX_LITERAL_BITS, Budget, LimitError
from assay.verifiers.lean.embedded.kernel.environment import Constant, Environment, RecursorInfo
from assay.verifiers.lean.embedded.kernel.subst import beta, instantiate
from assay.verifiers.lean.embedded.kernel.term import (
    App,
    Const,
    FVar,
    Lam,
    Let,
    Lit,
    MVar,
    Term,
    app,
    apps,
    const,
    head,
    lit,
    spine,
)

NAT_ZERO = const("Nat.zero")
NAT_SUCC = const("Nat.succ")


def _power(a: int, b: int) -> int:
    if b > MAX_EXPONENT:
        raise LimitError("exponent size")
    return int(a**b)


NAT_BINARY: dict[str, Callable[[int, int], int | bool]] = {
    "Nat.add": lambda a, b: a + b,
    "Nat.sub": lambda a, b: max(0, a - b),
    "Nat.mul": lambda a, b: a * b,
    "Nat.pow": _power,
    "Nat.div": lambda a, b: a // b if b else 0,
    "Nat.mod": lambda a, b: a % b if b else a,
    "Nat.beq": lambda a, b: a == b,
    "Nat.ble": lambda a, b: a <= b,
}
"""What Lean's functions on Nat do to literals."""


class Reducer:
    """Weak head normal forms in one environment, within one budget."""

    def __init__(self, env: Environment, budget: Budget) -> None:
        """Start with empty caches: nothing outlives the check."""
        self.env = env
        self.budget = budget
        self._whnf: dict[Term, Term] = {}
        self._core: dict[Term, Term] = {}

    def infer_only(self, term: Term) -> Term:
        """The type of a term known to be well-typed."""
        raise NotImplementedError

    def is_def_eq(self, a: Term, b: Term) -> bool:
        """Whether two well-typed terms are definitionally equal."""
        raise NotImplementedError

    def resolve(self, term: Term) -> Term | None:
        """What a head that is no binder or constant stands for: a let variable's value, nothing in the kernel else."""
        return term.value if type(term) is FVar else None

    def whnf(self, term: Term) -> Term:
        """Weak head normal form, definitions unfolded."""
        if not isinstance(term, (App, Const, Let, FVar, MVar)):
            return term
        found = self._whnf.get(term)
        if found is not None:
            return found
        self.budget.enter()
        try:
            result: Term = term
            while True:
                result = self.whnf_core(result)
                value = self.nat_value(result)
                if value is not None:
                    result = value
                    break
                unfolded = self.unfold(result)
                if unfolded is None:
                    break
                result = unfolded
        finally:
            self.budget.depth -= 1
        self.remember(self._whnf, term, result)
        return result

    def remember(self, cache: dict[Term, Term], term: Term, result: Term) -> None:
        """Cache a reduction; in the kernel a term reduces the same way always."""
        cache[term] = result

    def whnf_core(self, term: Term) -> Term:
        """Weak head normal form without unfolding definitions."""
        if not isinstance(term, (App, Let, FVar, MVar)):
            return term
        found = self._core.get(term)
        if found is not None:
            return found
        result: Term = term
        while True:
            self.budget.step()
            if type(result) is Let:
                result = instantiate(result.body, (result.value,))
                continue
            if type(result) is not App:
                value = self.resolve(result)
                if value is None:
                    break
                result = value
                continue
            fn = head(result)
            if type(fn) is Const:
                reduced = self._eliminate(fn, result)
                if reduced is None:
                    break
                result = reduced
                continue
            if type(fn) is Lam or type(fn) is Let:
                fn, args = spine(result)
                result = beta(fn, args) if type(fn) is Lam else apps(self.whnf_core(fn), *args)
                continue
            value = self.resolve(fn)
            if value is None:
                break
            result = beta(value, spine(result)[1])
        self.remember(self._core, term, result)
        return result

    def _eliminate(self, fn: Const, term: Term) -> Term | None:
        """One step of a recursor or of a quotient's lift."""
        known = self.env.get(fn.name)
        if known is None:
            return None
        if isinstance(known.info, RecursorInfo):
            return self.iota(known, known.info, fn, spine(term)[1])
        if known.kind == "quot":
            return self._quot(fn.name, spine(term)[1])
        return None

    def iota(self, known: Constant, info: RecursorInfo, fn: Const, args: list[Term]) -> Term | None:
        """One step of a recursor whose major premise is a constructor."""
        if len(args) <= info.major or len(fn.levels) != len(known.levels):
            return None
        major = args[info.major]
        made: Term | None = None
        if info.k:
            made = self._k_constructor(info, major)
        if made is None:
            made = literal_to_ctor(self.whnf(major))  # a literal is well-typed only where Nat is the usual type
        ctor, fields = spine(made)
        if type(ctor) is not Const:
            return None
        rule = next((rule for rule in info.rules if rule.ctor == ctor.name), None)
        if rule is None or len(fields) != info.num_params + rule.num_fields:
            return None
        step = Constant(rule.ctor, known.levels, rule.rhs, "def", rule.rhs).value_at(fn.levels)
        shared = args[: info.num_params + 1 + info.num_minors]
        return beta(step, [*shared, *fields[info.num_params :], *args[info.major + 1 :]])

    def _k_constructor(self, info: RecursorInfo, major: Term) -> Term | None:
        """The only constructor a proof can be, if its type says so."""
        type_ = self.whnf(self.infer_only(major))
        fn, args = spine(type_)
        if type(fn) is not Const or fn.name != info.inductive:
            return None
        made = apps(const(info.rules[0].ctor, fn.levels), *args[: info.num_params])
        return made if self.is_def_eq(type_, self.infer_only(made)) else None

    def _quot(self, name: str, args: list[Term]) -> Term | None:
        """`Quot.lift f h (Quot.mk r a)` is `f a`, and `Quot.ind h (Quot.mk r a)` is `h a`."""
        if name == "Quot.lift":
            function, major = 3, 5
        elif name == "Quot.ind":
            function, major = 3, 4
        else:
            return None
        if len(args) <= major:
            return None
        made, parts = spine(self.whnf(args[major]))
        if type(made) is not Const or made.name != "Quot.mk" or len(parts) != 3 or "Quot.mk" not in self.env:
            return None
        return apps(args[function], parts[2], *args[major + 1 :])

    def unfold(self, term: Term) -> Term | None:
        """Unfold the definition at the head, if there is one."""
        fn = head(term)
        if type(fn) is not Const:
            return None
        known = self.env.get(fn.name)
        if known is None or known.kind != "def" or len(fn.levels) != len(known.levels):
            return None
        if self.env.is_opaque(fn.name):
            return None
        self.budget.step()
        return beta(known.value_at(fn.levels), spine(term)[1])

    def nat_value(self, term: Term) -> Term | None:
        """The value of an operation on literals."""
        if type(term) is not App:
            return None
        fn = term.fn
        if type(fn) is Const:
            if fn.name == "Nat.succ" and "Nat.succ" in self.env.nat_ops:
                n = self.literal(term.arg)
                return None if n is None else checked_lit(n + 1)
            return None
        if type(fn) is not App:
            return None
        op = fn.fn
        if type(op) is not Const or op.name not in self.env.nat_ops or op.name not in NAT_BINARY:
            return None
        a = self.literal(fn.arg)
        if a is None:
            return None
        b = self.literal(term.arg)
        if b is None:
            return None
        value = NAT_BINARY[op.name](a, b)
        if isinstance(value, bool):
            return const("Bool.true" if value else "Bool.false")
        return checked_lit(value)

    def literal(self, term: Term) -> int | None:
        """The number a term reduces to, if it reduces to a literal."""
        term = self.whnf(term)
        if type(term) is Lit:
            return term.value
        return 0 if is_zero(term) else None


def checked_lit(value: int) -> Lit:
    """A literal within the size budget."""
    if value.bit_length() > MAX_LITERAL_BITS:
        raise LimitError("numeral size")
    return lit(value)


def literal_to_ctor(term: Term) -> Term:
    """A literal as a constructor application; other terms unchanged."""
    if type(term) is not Lit:
        return term
    return NAT_ZERO if term.value == 0 else app(NAT_SUCC, lit(term.value - 1))


def predecessor(term: Term) -> Term | None:
    """`n` of a term that is `Nat.succ n` or a positive literal."""
    if type(term) is Lit:
        return lit(term.value - 1) if term.value else None
    if type(term) is App and type(term.fn) is Const and term.fn.name == "Nat.succ":
        return term.arg
    return None


def is_zero(term: Term) -> bool:
    """Whether a term is written as zero."""
    return (type(term) is Lit and term.value == 0) or (type(term) is Const and term.name == "Nat.zero")
