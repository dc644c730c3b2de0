"""Declarations at random, right and wrong, for two kernels to judge: mutants of proofs, equations, inductive types."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from assay.verifiers.lean.embedded.kernel.budget import Budget, KernelError, LimitError
from assay.verifiers.lean.embedded.kernel.check import TypeChecker
from assay.verifiers.lean.embedded.kernel.declare import Declaration
from assay.verifiers.lean.embedded.kernel.environment import Environment
from assay.verifiers.lean.embedded.kernel.inductive import InductiveDecl
from assay.verifiers.lean.embedded.kernel.level import (
    LEVEL_ONE,
    LEVEL_ZERO,
    Level,
    imax,
    level_max,
    param,
    succ,
)
from assay.verifiers.lean.embedded.kernel.subst import instantiate
from assay.verifiers.lean.embedded.kernel.term import (
    PROP,
    App,
    Const,
    Lam,
    Let,
    Lit,
    Pi,
    Sort,
    Term,
    app,
    apps,
    bvar,
    const,
    lam,
    lit,
    pi,
    sort,
)

NAT = const("Nat")
Pair = tuple[Term, Term]
"""A proposition and a proof of it, both closed."""


def _children(term: Term) -> tuple[tuple[Term, int], ...]:
    """Subterms, each with the number of binders it stands under."""
    if type(term) is App:
        return (term.fn, 0), (term.arg, 0)
    if isinstance(term, (Lam, Pi)):
        return (term.dom, 0), (term.body, 1)
    if type(term) is Let:
        return (term.type, 0), (term.value, 0), (term.body, 1)
    return ()


def _with_child(term: Term, at: int, new: Term) -> Term:
    if type(term) is App:
        return app(new, term.arg) if at == 0 else app(term.fn, new)
    if isinstance(term, (Lam, Pi)):
        make = lam if type(term) is Lam else pi
        return make(term.name, new, term.body) if at == 0 else make(term.name, term.dom, new)
    assert type(term) is Let
    parts = [term.type, term.value, term.body]
    parts[at] = new
    return Let(term.name, *parts)


def _pieces(term: Term, limit: int = 400) -> list[Term]:
    """Some distinct subterms."""
    seen: dict[Term, None] = {}
    todo = [term]
    while todo and len(seen) < limit:
        found = todo.pop()
        if found not in seen:
            seen[found] = None
            todo += [child for child, _ in _children(found)]
    return list(seen)


class Mutator:
    """Changes terms at random places, in ways that keep a proof's sense and in ways that break it."""

    def __init__(self, env: Environment, rng: random.Random) -> None:
        """Draw from a generator of random numbers."""
        self.env = env
        self.rng = rng
        self.names = [known for known in env if known.kind != "axiom"]

    def mutant(self, pairs: Sequence[Pair]) -> Pair:
        """A changed pair; its proposition is changed as well in one case of four, sometimes by the same change."""
        rng = self.rng
        type_, value = rng.choice(pairs)
        pool = [*_pieces(type_), *_pieces(value), *_pieces(rng.choice(rng.choice(pairs)), 30)]
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            if rng.random() < 0.25:
                type_ = self.changed(type_, pool)
            else:
                value = self.changed(value, pool)
        return type_, value

    def changed(self, term: Term, pool: Sequence[Term], depth: int = 0) -> Term:
        """The term with one place changed, at a random depth."""
        children = _children(term)
        if children and self.rng.random() < 0.9:
            at = self.rng.choices(range(len(children)), [child.height for child, _ in children])[0]
            child, under = children[at]
            return _with_child(term, at, self.changed(child, pool, depth + under))
        return self._place(term, pool, depth)

    def _place(self, term: Term, pool: Sequence[Term], depth: int) -> Term:
        rng = self.rng
        kind = rng.randrange(9)
        if kind == 0:
            return rng.choice([piece for piece in pool if piece.loose <= depth] or [term])
        if kind == 1 and depth:
            return bvar(rng.randrange(depth))
        if kind in (2, 3) and not term.loose:
            return self._same_by_reduction(term)
        if kind == 4 and not term.loose and term.flags == 0:
            return self._wrapped(term)
        if type(term) is Const:
            if kind <= 6 and term.levels:
                levels = list(term.levels)
                levels[rng.randrange(len(levels))] = self._level(rng.choice(levels))
                return const(term.name, tuple(levels))
            others = [known.name for known in self.names if len(known.levels) == len(term.levels)]
            return const(rng.choice(others), term.levels)
        if type(term) is Sort:
            return sort(self._level(term.level))
        if type(term) is Lit:
            return rng.choice((lit(term.value + 1), lit(max(0, term.value - 1)), app(const("Nat.succ"), term)))
        if type(term) is App:
            return rng.choice((app(term.arg, term.fn), term.fn, term.arg, app(term, term.arg)))
        if type(term) is Lam or type(term) is Pi:
            return rng.choice((pi, lam))(term.name, term.dom, term.body)
        return rng.choice((const("Nat.zero"), lit(0), const("True.intro"), PROP, NAT))

    def _level(self, level: Level) -> Level:
        return self.rng.choice(
            (succ(level), LEVEL_ZERO, LEVEL_ONE, imax(LEVEL_ONE, level), level_max(level, LEVEL_ONE))
        )

    def _same_by_reduction(self, term: Term) -> Term:
        """What a closed term reduces to, or its type; itself if it is not well-typed."""
        checker = TypeChecker(self.env, Budget(5_000))
        try:
            type_ = checker.infer(term)
            return checker.whnf(term) if self.rng.random() < 0.8 else type_
        except (KernelError, LimitError):
            return term

    def _wrapped(self, term: Term) -> Term:
        """The same thing said in another way: a redex, a `let`, `id`, an eta-expansion; or nearly the same."""
        checker = TypeChecker(self.env, Budget(5_000))
        try:
            type_ = checker.infer(term)
            level = checker.ensure_sort(type_)
            whole = checker.whnf(type_)
        except (KernelError, LimitError):
            return term
        ways = [
            app(lam("x", type_, bvar(0)), term),
            Let("x", type_, term, bvar(0)),
            apps(const("id", (level,)), type_, term),
            app(lam("x", NAT, term), lit(self.rng.randrange(5))),
            apps(
                const("Eq.rec", (level, LEVEL_ONE)), NAT, lit(2), self._constant_motive(type_), term, lit(2), _refl(2)
            ),
        ]
        if type(whole) is Pi:
            ways.append(lam("x", whole.dom, app(term, bvar(0))))
        return self.rng.choice(ways)

    @staticmethod
    def _constant_motive(type_: Term) -> Term:
        return lam("x", NAT, lam("h", apps(const("Eq", (LEVEL_ONE,)), NAT, lit(2), bvar(0)), type_))


def _refl(n: int) -> Term:
    return apps(const("Eq.refl", (LEVEL_ONE,)), NAT, lit(n))


_OPERATIONS = ("add", "sub", "mul", "div", "mod", "pow", "min", "max")


def equation(rng: random.Random) -> Pair:
    """`∀ x y : Nat, e = e'` by reflexivity: literals of all sizes, variables, and two sides that are often near."""

    def number(depth: int) -> Term:
        if depth == 0 or rng.random() < 0.2:
            small = lit(rng.choice((0, 1, 2, 3, 7, 2**32, 2**64 - 1, 2**64, 2**70 + 5)))
            return rng.choice((bvar(0), bvar(1), small, small, lit(rng.randrange(6)), const("Nat.zero")))
        if rng.random() < 0.25:
            return app(const(rng.choice(("Nat.succ", "Nat.succ", "Nat.pred"))), number(depth - 1))
        if rng.random() < 0.1:
            flag = apps(const(rng.choice(("Nat.ble", "Nat.beq"))), number(depth - 1), number(depth - 1))
            motive = lam("b", const("Bool"), NAT)
            return apps(const("Bool.rec", (LEVEL_ONE,)), motive, number(depth - 1), number(depth - 1), flag)
        name = rng.choice(_OPERATIONS)
        right = lit(rng.randrange(5)) if name == "pow" else number(depth - 1)
        return apps(const(f"Nat.{name}"), number(depth - 1), right)

    def near(term: Term) -> Term:
        if type(term) is App:
            if rng.random() < 0.2 and type(term.fn) is Const and term.fn.name == "Nat.succ":
                return apps(const("Nat.add"), term.arg, lit(1))
            return app(near(term.fn), near(term.arg))
        if type(term) is Lit and term.value < 8 and rng.random() < 0.7:
            made: Term = const("Nat.zero")
            for _ in range(term.value + rng.choice((0, 0, 0, 0, 1))):
                made = app(const("Nat.succ"), made)
            return made
        return term

    left = number(3)
    right = rng.choice((near(left), near(left), near(left), number(2)))
    if rng.random() < 0.4:  # closed: its value, or nearly
        left = instantiate(left, (lit(rng.randrange(9)), lit(rng.randrange(9))))
        right = instantiate(right, (lit(rng.randrange(9)), lit(rng.randrange(9))))
    eq = apps(const("Eq", (LEVEL_ONE,)), NAT, left, right)
    proof = apps(const("Eq.refl", (LEVEL_ONE,)), NAT, rng.choice((left, right)))
    return pi("x", NAT, pi("y", NAT, eq)), lam("x", NAT, lam("y", NAT, proof))


def inductive_type(rng: random.Random, name: str) -> InductiveDecl:
    """An inductive type with a parameter, perhaps an index, and fields of all kinds; often not a legal one."""
    u = param("u")
    level = rng.choice((LEVEL_ZERO, LEVEL_ZERO, LEVEL_ONE, succ(LEVEL_ONE), succ(u), level_max(LEVEL_ONE, u), u))
    indexed = rng.random() < 0.4
    family = const(name, (u,))
    result: Term = sort(level)
    type_ = pi("A", sort(u), pi("i", NAT, result) if indexed else result)

    def at(depth: int, index: Term) -> Term:
        """The family at its parameter, which is `depth` binders away."""
        made = app(family, bvar(depth) if rng.random() < 0.97 else const("True"))
        return app(made, index) if indexed else made

    def index(depth: int) -> Term:
        return rng.choice((lit(0), app(const("Nat.succ"), lit(1)), bvar(rng.randrange(depth)) if depth else lit(3)))

    def field(depth: int) -> Term:
        kinds = [NAT, bvar(depth), PROP, const("True"), const("Bool"), at(depth, index(0)), at(depth, lit(1))]
        kinds += [pi("y", NAT, at(depth + 1, bvar(0))), pi("y", bvar(depth), bvar(depth + 1))]
        if rng.random() < 0.15:
            kinds += [
                pi("y", at(depth, lit(0)), NAT),
                sort(LEVEL_ONE),
                apps(const("id", (succ(level),)), result, at(depth, lit(0))),
            ]
        return rng.choice(kinds)

    ctors: list[tuple[str, Term]] = []
    for i in range(rng.choice((0, 1, 1, 1, 2, 2, 3))):
        fields = [field(depth) for depth in range(rng.choice((0, 0, 1, 1, 2, 3)))]
        ctor = at(len(fields), index(len(fields)))
        for part in reversed(fields):
            ctor = pi("x", part, ctor)
        ctors.append((f"{name}.c{i}", pi("A", sort(u), ctor)))
    return InductiveDecl(name, ("u",), 1, type_, tuple(ctors))


def mutants(env: Environment, pairs: Sequence[Pair], count: int, seed: int) -> Iterator[Declaration]:
    """As many declarations, each a theorem."""
    mutator = Mutator(env, random.Random(f"mutants/{seed}"))
    for i in range(count):
        try:
            yield Declaration(f"m{i}", (), *mutator.mutant(pairs), "theorem")
        except LimitError:
            continue


def equations(count: int, seed: int) -> Iterator[Declaration]:
    """As many equations, each a theorem."""
    rng = random.Random(f"equations/{seed}")
    for i in range(count):
        yield Declaration(f"e{i}", (), *equation(rng), "theorem")


def inductive_types(count: int, seed: int) -> Iterator[InductiveDecl]:
    """As many inductive types."""
    rng = random.Random(f"inductive/{seed}")
    for i in range(count):
        yield inductive_type(rng, f"T{i}")
