"""Functions given by recursion equations, and what induction says of them.

The subset has no definitions, so a function comes as a hypothesis: `(f : Nat → Nat) (h0 : f 0 = 3) (hs : ∀ n, f (n + 1)
= f n + 2)`. A template makes the equations and the claim from a few numbers, and knows the proof.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from assay.envs.lean.family import LeanFamily, fits
from assay.envs.lean.theorem import Theorem

ON_NAT = "induction n with | zero => ?_ | succ n ih => ?_"
ON_LIST = "induction xs with | nil => ?_ | cons x xs ih => ?_"


class Made(NamedTuple):
    """A statement and its proof."""

    statement: str
    steps: tuple[str, ...]


Template = Callable[[random.Random, int], Made]
"""Makes a theorem from random numbers and a size, which says how often something is unfolded."""


class Recursion(LeanFamily[Made]):
    """Claims about functions given by recursion."""

    name: ClassVar[str] = "recursion"
    topic: ClassVar[str] = "induction"
    summary: ClassVar[str] = "functions given by recursion equations: values, closed forms, laws by induction"

    def draw(self, rng: random.Random, difficulty: int) -> Made:
        """A template whose proof has as many steps as the difficulty."""
        while True:
            made = rng.choice(TEMPLATES)(rng, difficulty)
            if fits(len(made.steps), difficulty):
                return made

    def statement(self, params: Made) -> str:
        """What was made."""
        return params.statement

    def theorem(self, params: Made) -> Theorem:
        """What was made."""
        return Theorem(params.statement, params.steps)


class Affine(NamedTuple):
    """The recursion f (n + 1) = factor * f n + added from f 0 = first."""

    name: str
    factor: int
    added: int
    first: int

    def value(self, n: int) -> int:
        """The value at n."""
        value = self.first
        for _ in range(n):
            value = self.factor * value + self.added
        return value

    def binders(self, rng: random.Random, tag: str = "", with_first: bool = True) -> str:
        """The function with its equations, named h0 and hs with a tag."""
        f = self.name
        step = _sum(rng, _times(rng, self.factor, f"{f} n"), str(self.added) if self.added else "")
        first = f" (h{tag}0 : {f} 0 = {self.first})" if with_first else ""
        return f"({f} : Nat → Nat){first} (h{tag}s : ∀ n, {f} (n + 1) = {step})"


def _sum(rng: random.Random, *parts: str) -> str:
    shown = [part for part in parts if part]
    rng.shuffle(shown)
    return " + ".join(shown) or "0"


def _times(rng: random.Random, factor: int, term: str) -> str:
    if factor == 0:
        return ""
    if factor == 1:
        return term
    atom = f"({term})" if any(sign in term for sign in "+*^") and " " in term else term
    return f"{factor} * {atom}" if rng.random() < 0.6 else f"{atom} * {factor}"


def _affine(rng: random.Random, name: str = "f") -> Affine:
    factor = rng.choice((1, 1, 2, 2, 3, 4, 5))
    added = rng.randrange(1, 16) if factor == 1 else rng.randrange(0, 12)
    return Affine(name, factor, added, rng.randrange(0, 16))


def _unfolded(rng: random.Random, size: int) -> tuple[Affine, int]:
    """A recursion that stays below 200 for as many steps as the size has room for, and that many."""
    times = max(1, min(size - 1, 9))
    while True:
        f = _affine(rng)
        if f.value(times) < 200 and f.factor**times < 200:
            return f, times


def unfolding(rng: random.Random, size: int) -> Made:
    """What f (a + m) is in terms of f a."""
    f, times = _unfolded(rng, size)
    factor, added = f.factor**times, Affine("f", f.factor, f.added, 0).value(times)
    binders = f.binders(rng, with_first=False)
    goal = _sum(rng, _times(rng, factor, "f a"), str(added) if added else "")
    if factor == 1:
        goal = f"{added} + f a"
    if goal == _right_side(binders).replace("f n", "f a"):
        # Else the last `rw` would end the proof, with nothing left for `omega`.
        goal = goal.replace("f a", "(f a + 0)")
    statement = f"{binders} (a : Nat) : f (a + {times}) = {goal}"
    return Made(statement, ("rw [hs]",) * times + ("omega",))


def evaluation(rng: random.Random, size: int) -> Made:
    """The value at a numeral."""
    f, times = _unfolded(rng, size)
    return Made(f"{f.binders(rng)} : f {times} = {f.value(times)}", ("rw [hs]",) * times + ("omega",))


def _right_side(binders: str) -> str:
    return binders.rsplit("= ", 1)[1][:-1]


def instance(rng: random.Random, size: int) -> Made:
    """An equation for one argument."""
    del size
    f = _affine(rng)
    binders = f.binders(rng, with_first=False)
    step = _right_side(binders)
    argument = rng.choice(("a", "a * b", "a + b", "2 * a", "b * b", "a ^ 2", "a + 2 * b"))
    shown = step.replace("f n", f"f {argument}" if argument == "a" else f"f ({argument})")
    names = sorted(set(argument) & set("ab"))
    return Made(f"{binders} ({' '.join(names)} : Nat) : f ({argument} + 1) = {shown}", ("rw [hs]",))


def linear_form(rng: random.Random, size: int) -> Made:
    """The closed form f n = k * n + c, or what follows from it."""
    del size
    f = Affine("f", 1, rng.randrange(1, 20), rng.randrange(0, 20))
    form = _sum(rng, _times(rng, f.added, "n"), str(f.first) if f.first else "")
    claim = rng.choice(
        (
            f"f n = {form}",
            f"{form} = f n",
            f"f n ≥ {_times(rng, rng.randint(1, f.added), 'n')}",
            f"{_sum(rng, 'n', str(f.first))} ≤ f n",
            f"f n < {_sum(rng, _times(rng, f.added, 'n'), str(f.first + rng.randrange(1, 9)))}",
            f"f n % {f.added} = {f.first % f.added}" if f.added > 1 else f"f n = {form}",
        )
    )
    return Made(f"{f.binders(rng)} (n : Nat) : {claim}", (ON_NAT, "omega", "rw [hs]", "omega"))


def two_functions(rng: random.Random, size: int) -> Made:
    """Two functions that agree, or whose sum or difference is known."""
    del size
    f = _affine(rng)
    kind = rng.randrange(3)
    if kind == 0:
        g = f._replace(name="g")
        claim = "f n = g n"
    elif kind == 1:
        f = f._replace(factor=1, added=rng.randrange(1, 16))
        g = Affine("g", 1, rng.randrange(1, 16), rng.randrange(0, 16))
        total = _sum(rng, _times(rng, f.added + g.added, "n"), str(f.first + g.first) if f.first + g.first else "")
        claim = f"f n + g n = {total}"
    else:
        g = Affine("g", f.factor, f.added + rng.randrange(0, 6), f.first + rng.randrange(0, 6))
        claim = "f n ≤ g n"
    binders = f"{f.binders(rng, 'f')} {g.binders(rng, 'g')}"
    return Made(f"{binders} (n : Nat) : {claim}", (ON_NAT, "omega", "rw [hfs]", "rw [hgs]", "omega"))


def geometric(rng: random.Random, size: int) -> Made:
    """The closed form f n + b = (c + b) * a ^ n."""
    del size
    a, b, c = rng.randrange(2, 8), rng.randrange(0, 8), rng.randrange(0, 9)
    c = c or (0 if b else 1)
    f = Affine("f", a, (a - 1) * b, c)
    left = _sum(rng, "f n", str(b) if b else "")
    right = _times(rng, b + c, f"{a} ^ n")
    steps = (ON_NAT, "rw [Nat.pow_zero]", "omega", "rw [hs]", "rw [Nat.pow_succ]", "omega")
    return Made(f"{f.binders(rng)} (n : Nat) : {left} = {right}", steps)


def squares(rng: random.Random, size: int) -> Made:
    """Sums of odd numbers are squares; sums of all numbers are half of n * (n + 1)."""
    del size
    s, c = rng.randrange(1, 9), rng.randrange(0, 12)
    if rng.random() < 0.5:
        added = _sum(rng, _times(rng, 2 * s, "n"), str(s))
        claim = f"f n = {_sum(rng, _times(rng, s, 'n * n'), str(c) if c else '')}"
        laws = ("rw [Nat.add_mul n 1 (n + 1)]", "rw [Nat.mul_add n n 1]")
    else:
        added = _sum(rng, _times(rng, s, "n"), str(s))
        claim = f"2 * f n = {_sum(rng, _times(rng, s, 'n * (n + 1)'), str(2 * c) if c else '')}"
        laws = ("rw [Nat.add_mul n 1 (n + 1 + 1)]", "rw [Nat.mul_add n (n + 1) 1]")
    binders = f"(f : Nat → Nat) (h0 : f 0 = {c}) (hs : ∀ n, f (n + 1) = f n + ({added}))"
    return Made(f"{binders} (n : Nat) : {claim}", (ON_NAT, "omega", "rw [hs]", *laws, "omega"))


def shift(rng: random.Random, size: int) -> Made:
    """The law f (m + n) = f m + k * n."""
    del size
    f = Affine("f", 1, rng.randrange(1, 20), 0)
    claim = f"f (m + n) = {_sum(rng, 'f m', _times(rng, f.added, 'n'))}"
    steps = (ON_NAT, "rw [Nat.add_zero]", "omega", "rw [← Nat.add_assoc]", "rw [hs]", "rw [ih]", "omega")
    return Made(f"{f.binders(rng, with_first=False)} (m n : Nat) : {claim}", steps)


def two_arguments(rng: random.Random, size: int) -> Made:
    """The closed form g m n = (m + k) * n + c."""
    del size
    k, c = rng.randrange(0, 12), rng.randrange(1, 12)
    added = _sum(rng, "m", str(k) if k else "")
    step = _sum(rng, "g m n", added if " " not in added else f"({added})")
    form = f"{added if ' ' not in added else f'({added})'} * n"
    claim = f"g m n = {_sum(rng, form, str(c))}"
    binders = f"(g : Nat → Nat → Nat) (h0 : ∀ m, g m 0 = {c}) (hs : ∀ m n, g m (n + 1) = {step})"
    steps = (ON_NAT, "rw [h0]", "omega", "rw [hs]", "rw [ih]", "rw [Nat.mul_succ]", "omega")
    return Made(f"{binders} (m n : Nat) : {claim}", steps)


def measure_of_list(rng: random.Random, size: int) -> Made:
    """The closed form f xs = k * xs.length + c."""
    del size
    k, c = rng.randrange(1, 20), rng.randrange(0, 20)
    claim = f"f xs = {_sum(rng, _times(rng, k, 'xs.length'), str(c) if c else '')}"
    binders = (
        f"(α : Type) (f : List α → Nat) (hn : f [] = {c}) (hc : ∀ x xs, f (x :: xs) = {_sum(rng, 'f xs', str(k))})"
    )
    steps = (ON_LIST, "rw [List.length_nil]", "omega", "rw [hc]", "rw [List.length_cons]", "omega")
    return Made(f"{binders} (xs : List α) : {claim}", steps)


def additive_on_lists(rng: random.Random, size: int) -> Made:
    """The law f (xs ++ ys) = f xs + f ys, whatever each element weighs."""
    del size
    k = rng.randrange(0, 15)
    weight = rng.choice(("w x", "w x", "v x + w x", "2 * w x", "w x * v x"))
    declared = " ".join(name for name in ("v", "w") if f"{name} x" in weight)
    step = _sum(rng, "f xs", weight, str(k) if k else "")
    binders = (
        f"(α : Type) ({declared} : α → Nat) (f : List α → Nat) (hn : f [] = 0) (hc : ∀ x xs, f (x :: xs) = {step})"
    )
    claim = rng.choice(("f (xs ++ ys) = f xs + f ys", "f (xs ++ ys) = f ys + f xs", "f ys + f xs = f (xs ++ ys)"))
    steps = (
        ON_LIST,
        "rw [List.nil_append]",
        "rw [hn]",
        "omega",
        "rw [List.cons_append]",
        "rw [hc]",
        "rw [hc]",
        "omega",
    )
    return Made(f"{binders} (xs ys : List α) : {claim}", steps)


def lists_to_lists(rng: random.Random, size: int) -> Made:
    """A function that copies each element some times: its length, and that it goes through `++`."""
    del size
    copies = [rng.choice(("x", "x", "g x", "k x", "g (k x)")) for _ in range(rng.randrange(1, 5))]
    used = [name for name in ("g", "k") if any(name in part for part in copies)]
    declared = f" ({' '.join(used)} : α → α)" if used else ""
    binders = (
        f"(α : Type){declared} (m : List α → List α) (hn : m [] = [])"
        f" (hc : ∀ x xs, m (x :: xs) = {' :: '.join(copies)} :: m xs)"
    )
    if rng.random() < 0.5:
        claim = f"(m xs).length = {_times(rng, len(copies), 'xs.length')}"
        nil: tuple[str, ...] = ("rw [hn]",) if len(copies) == 1 else ("rw [hn]", "rfl")
        cons = ("rw [hc]", *("rw [List.length_cons]",) * len(copies), "rw [List.length_cons]", "omega")
        return Made(f"{binders} (xs : List α) : {claim}", (ON_LIST, *nil, *cons))
    claim = "m (xs ++ ys) = m xs ++ m ys"
    nil = ("rw [List.nil_append]", "rw [hn]", "rw [List.nil_append]")
    cons = ("rw [List.cons_append]", "rw [hc]", "rw [hc]", "rw [ih]", *("rw [List.cons_append]",) * len(copies))
    return Made(f"{binders} (xs ys : List α) : {claim}", (ON_LIST, *nil, *cons))


def both(rng: random.Random, size: int) -> Made:
    """Two closed forms at once."""
    first = rng.choice((linear_form, geometric, squares))(rng, size)
    second = rng.choice((linear_form, geometric, squares))(rng, size)
    one, two = (made.statement.rsplit(" (n : Nat) : ", 1) for made in (first, second))
    renamed = [text.replace("f", "g").replace("h0", "k0").replace("hs", "ks") for text in two]
    steps = [step.replace("[hs]", "[ks]") for step in second.steps]
    statement = f"{one[0]} {renamed[0]} (n : Nat) : {one[1]} ∧ {renamed[1]}"
    return Made(statement, ("constructor", *first.steps, *steps))


TEMPLATES: tuple[Template, ...] = (
    unfolding,
    evaluation,
    instance,
    linear_form,
    two_functions,
    geometric,
    squares,
    shift,
    two_arguments,
    measure_of_list,
    additive_on_lists,
    lists_to_lists,
    both,
)
