"""The environment: every constant with its checked type, and the axioms each one rests on.

`Environment.add` is the only way in, and it checks what it adds. An environment can be sealed, after which it never
changes and any number of threads may check against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assay.verifiers.lean.embedded.kernel.budget import KernelError
from assay.verifiers.lean.embedded.kernel.level import Level, param
from assay.verifiers.lean.embedded.kernel.subst import constants, instantiate_levels
from assay.verifiers.lean.embedded.kernel.term import Const, Term

MOST_TYPES = 4096
"""How many types of constants at closed levels are remembered."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a recursor computes on one constructor."""

    ctor: str
    num_fields: int
    rhs: Term


@dataclass(frozen=True, slots=True)
class InductiveInfo:
    """What the kernel knows of an inductive type."""

    num_params: int
    num_indices: int
    ctors: tuple[str, ...]
    recursive: bool
    is_prop: bool


@dataclass(frozen=True, slots=True)
class CtorInfo:
    """What the kernel knows of a constructor."""

    inductive: str
    index: int
    num_params: int
    num_fields: int


@dataclass(frozen=True, slots=True)
class RecursorInfo:
    """What the kernel knows of a recursor; `k` marks elimination that ignores its proof."""

    inductive: str
    num_params: int
    num_indices: int
    num_minors: int
    rules: tuple[Rule, ...]
    k: bool

    @property
    def major(self) -> int:
        """Position of the major premise among the arguments."""
        return self.num_params + 1 + self.num_minors + self.num_indices


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant of the environment.

    Attributes:
        name: Full name; dots separate components.
        levels: Names of its universe parameters.
        type: Its type.
        kind: "axiom", "def", "theorem", "inductive", "ctor", "rec" or "quot".
        value: What a definition or theorem stands for.
        height: 1 + the greatest height of a definition in the value; the taller side of an equation unfolds first.
        info: Facts of inductive types, constructors and recursors.
        axioms: Names of all axioms it rests on.
    """

    name: str
    levels: tuple[str, ...]
    type: Term
    kind: str
    value: Term | None = None
    height: int = 0
    info: InductiveInfo | CtorInfo | RecursorInfo | None = None
    axioms: frozenset[str] = frozenset()

    def type_at(self, levels: tuple[Level, ...]) -> Term:
        """The type at universe levels (already checked to be as many as there are parameters)."""
        if not self.levels:
            return self.type
        return instantiate_levels(self.type, dict(zip(self.levels, levels, strict=True)))

    def value_at(self, levels: tuple[Level, ...]) -> Term:
        """The value at universe levels."""
        assert self.value is not None
        if not self.levels:
            return self.value
        return instantiate_levels(self.value, dict(zip(self.levels, levels, strict=True)))

    def level_params(self) -> tuple[Level, ...]:
        """The constant's own parameters as levels."""
        return tuple(param(name) for name in self.levels)


@dataclass(slots=True)
class Environment:
    """Constants by name.

    Attributes:
        constants: The table.
        nat_ops: Functions on Nat whose values on literals the kernel computes directly; see `nat.py` for how a
            definition earns its place here.
        sealed: Whether the table is final.
    """

    constants: dict[str, Constant] = field(default_factory=dict[str, Constant])
    nat_ops: set[str] = field(default_factory=set[str])
    sealed: bool = False
    _types: dict[Const, Term] = field(default_factory=dict[Const, Term], repr=False)

    def __contains__(self, name: str) -> bool:
        """Whether there is a constant of the name."""
        return name in self.constants

    def __iter__(self) -> Iterator[Constant]:
        """Constants in the order they were added."""
        return iter(self.constants.values())

    def get(self, name: str) -> Constant | None:
        """The constant of a name, if any."""
        return self.constants.get(name)

    def type_of(self, constant: Constant, term: Const) -> Term:
        """The type of a constant at the levels of a term that names it.

        It is remembered where the levels are closed and the environment is sealed: until then a declaration that is
        refused goes again, and its name may come back with another type.
        """
        if term.flags or not constant.levels or not self.sealed:
            return constant.type_at(term.levels)
        found = self._types.get(term)
        if found is None:
            if len(self._types) >= MOST_TYPES:
                self._types.clear()
            found = self._types[term] = constant.type_at(term.levels)
        return found

    def inductive(self, name: str) -> InductiveInfo | None:
        """The facts of an inductive type, if the name is one."""
        found = self.constants.get(name)
        return found.info if found is not None and isinstance(found.info, InductiveInfo) else None

    def ctor(self, term: Term) -> CtorInfo | None:
        """The facts of a constructor, if the term is one."""
        if type(term) is not Const:
            return None
        found = self.constants.get(term.name)
        return found.info if found is not None and isinstance(found.info, CtorInfo) else None

    def recursor(self, term: Term) -> RecursorInfo | None:
        """The facts of a recursor, if the term is one."""
        if type(term) is not Const:
            return None
        found = self.constants.get(term.name)
        return found.info if found is not None and isinstance(found.info, RecursorInfo) else None

    def is_opaque(self, name: str) -> bool:
        """Whether a definition does not unfold: `/` and `%`, once they compute on literals.

        Lean defines them in another way, so an equation that holds by unfolding ours need not hold there.
        """
        return name in ("Nat.div", "Nat.mod") and name in self.nat_ops

    def axioms_of(self, terms: Iterable[Term]) -> frozenset[str]:
        """The names of all axioms that some terms rest on."""
        found: set[str] = set()
        for term in terms:
            for name in constants(term):
                known = self.constants.get(name)
                if known is not None:
                    found |= known.axioms
        return frozenset(found)

    def height_of(self, term: Term) -> int:
        """1 + the greatest height of a definition that occurs in a term."""
        known = (self.constants.get(name) for name in constants(term))
        return 1 + max((c.height for c in known if c is not None), default=0)

    def insert(self, constant: Constant) -> None:
        """Put in a constant that the kernel has just checked (the kernel's own modules alone call this).

        Raises:
            KernelError: The environment is sealed or the name is taken.
        """
        if self.sealed:
            raise KernelError("sealed", "the environment is sealed")
        if constant.name in self.constants:
            raise KernelError("name_taken", f"there is already a constant {constant.name}")
        self.constants[constant.name] = constant
