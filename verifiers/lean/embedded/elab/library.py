"""The library: an environment with what the elaborator and the tactics must know beside it.

Which definitions are reducible, which recurse on which argument, which lemmas `simp` may use, which instances there
are: hints only. Nothing here can make the kernel accept anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.verifiers.lean.embedded.kernel.environment import Constant, Environment, InductiveInfo, RecursorInfo
from assay.verifiers.lean.embedded.kernel.subst import children
from assay.verifiers.lean.embedded.kernel.term import BVar, Const, Lam, Pi, Term, head, spine


@dataclass(frozen=True, slots=True)
class Structural:
    """A definition by recursion on its argument number `major`, after `arity` arguments."""

    arity: int
    major: int


@dataclass(slots=True)
class Library:
    """Constants and hints.

    Attributes:
        env: The kernel's environment.
        reducible: Definitions unfolded even by `rw` and `rfl` at low effort.
        structural: Definitions by structural recursion, which unfold only on constructors.
        simp: Names of lemmas `simp` uses.
        refl: Lemmas `rfl` tries beside `Eq.refl`.
        instances: Names of instances, newest last.
        hidden: Constants of the engine's own that text cannot name.
        structures: Field names of types with one constructor that `.1` and `{ }` work on.
        exported: Short names, e.g. "some" for "Option.some".
        simp_heads: For each lemma of `simp`, the head of its left side (filled on first use).
    """

    env: Environment = field(default_factory=Environment)
    reducible: set[str] = field(default_factory=set[str])
    structural: dict[str, Structural] = field(default_factory=dict[str, Structural])
    simp: list[str] = field(default_factory=list[str])
    refl: list[str] = field(default_factory=list[str])
    instances: list[str] = field(default_factory=list[str])
    hidden: set[str] = field(default_factory=set[str])
    structures: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    exported: dict[str, str] = field(default_factory=dict[str, str])
    simp_heads: dict[str, str] = field(default_factory=dict[str, str])

    def lookup(self, name: str) -> Constant | None:
        """The constant that a name in a text means."""
        name = self.exported.get(name, name)
        return None if name in self.hidden else self.env.get(name)

    def one_ctor(self, name: str) -> str | None:
        """The constructor of a type that has exactly one and no indices."""
        info = self.env.inductive(name)
        return info.ctors[0] if info is not None and len(info.ctors) == 1 and not info.num_indices else None

    def simp_head(self, lemma: str) -> str | None:
        """The constant at the head of the left side of one of the library's `simp` lemmas; None for other names."""
        if not self.simp_heads:
            for rule in self.simp:
                type_ = self.env.constants[rule].type
                while type(type_) is Pi:
                    type_ = type_.body
                fn, args = spine(type_)
                name = fn.name if type(fn) is Const else ""
                # A denied proposition is rewritten to False.
                at = {"Eq": -2, "Iff": -2, "Not": -1}.get(name)
                top = head(type_ if at is None else args[at])
                if type(top) is Const:
                    self.simp_heads[rule] = "Eq" if name == "Ne" else top.name
        return self.simp_heads.get(lemma)

    def note_definition(self, name: str) -> None:
        """Find out whether a definition recurses structurally."""
        known = self.env.get(name)
        if known is None or known.kind != "def" or known.value is None:
            return
        found = _structural(self.env, known.value)
        if found is not None:
            self.structural[name] = found

    def family(self, name: str) -> InductiveInfo | None:
        """The facts of an inductive type."""
        return self.env.inductive(name)


def _structural(env: Environment, value: Term) -> Structural | None:
    """`fun xs => T.rec ... x` where `x` is one of `xs` and occurs nowhere else."""
    arity = 0
    while type(value) is Lam:
        value, arity = value.body, arity + 1
    fn, args = spine(value)
    if type(fn) is not Const or not arity:
        return None
    known = env.get(fn.name)
    info = known.info if known is not None else None
    if not isinstance(info, RecursorInfo) or info.num_indices or len(args) != info.major + 1:
        return None
    major = args[info.major]
    if type(major) is not BVar or any(_uses(arg, major.index) for i, arg in enumerate(args) if i != info.major):
        return None
    return Structural(arity, arity - 1 - major.index)


def _uses(term: Term, index: int) -> bool:
    if type(term) is BVar:
        return term.index == index
    if term.loose <= index:
        return False
    if isinstance(term, Lam) or type(term).__name__ in ("Pi", "Let"):
        parts = children(term)
        return any(_uses(part, index) for part in parts[:-1]) or _uses(parts[-1], index + 1)
    return any(_uses(part, index) for part in children(term))
