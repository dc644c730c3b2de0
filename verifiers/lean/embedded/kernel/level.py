"""Universe levels: `0`, `u + 1`, `max u v`, `imax u v`, parameters, and the elaborator's level metavariables.

Levels are hash-consed and simplified as they are built, so that the second argument of every `imax` that remains is a
parameter or a metavariable. Comparison splits each such parameter into the cases `0` and `p + 1`, after which a level
is a maximum of offsets and the comparison is exact.
"""

from __future__ import annotations

from typing import final

from assay.verifiers.lean.embedded.kernel.budget import LimitError

ZERO, SUCC, MAX, IMAX, PARAM, MVAR = range(6)
_MAX_HEIGHT = 64
_MAX_SPLITS = 6


@final
class Level:
    """One universe level; build with `succ`, `level_max`, `imax`, `param`, `level_mvar`, never directly."""

    __slots__ = ("a", "b", "has_mvar", "has_param", "height", "kind", "name")
    has_param: bool
    has_mvar: bool
    height: int

    def __init__(self, kind: int, a: Level | None, b: Level | None, name: str) -> None:
        """Fill in the fields and the flags that follow from them."""
        self.kind = kind
        self.a = a
        self.b = b
        self.name = name
        self.has_param = kind == PARAM or (a is not None and a.has_param) or (b is not None and b.has_param)
        self.has_mvar = kind == MVAR or (a is not None and a.has_mvar) or (b is not None and b.has_mvar)
        self.height = 1 + max(a.height if a else 0, b.height if b else 0)
        if self.height > _MAX_HEIGHT:
            raise LimitError("universe level size")

    def __repr__(self) -> str:
        """Lean-like text."""
        return show_level(self)


_TABLE: dict[tuple[int, Level | None, Level | None, str], Level] = {}
_TABLE_MAX = 20_000


def _mk(kind: int, a: Level | None = None, b: Level | None = None, name: str = "") -> Level:
    key = (kind, a, b, name)
    found = _TABLE.get(key)
    if found is None:
        found = Level(kind, a, b, name)
        # Metavariables are new in every check: keeping them would fill the table.
        if not found.has_mvar and len(_TABLE) < _TABLE_MAX:
            _TABLE[key] = found
    return found


LEVEL_ZERO = _mk(ZERO)


def succ(a: Level) -> Level:
    """`a + 1`."""
    return _mk(SUCC, a)


LEVEL_ONE = succ(LEVEL_ZERO)


def param(name: str) -> Level:
    """A universe parameter."""
    return _mk(PARAM, name=name)


def level_mvar(name: str) -> Level:
    """A universe metavariable of the elaborator; the kernel refuses terms that hold one."""
    return _mk(MVAR, name=name)


def level_max(a: Level, b: Level) -> Level:
    """`max a b`."""
    if a is b or b.kind == ZERO:
        return a
    if a.kind == ZERO:
        return b
    x, y = _offset(a), _offset(b)
    if x is not None and y is not None:
        return a if x >= y else b
    return _mk(MAX, a, b)


def imax(a: Level, b: Level) -> Level:
    """`imax a b`: 0 where `b` is 0, else `max a b`."""
    if b.kind == ZERO or a.kind == ZERO or a is b:
        return b
    if b.kind == SUCC:
        return level_max(a, b)
    if b.kind == MAX and b.a is not None and b.b is not None:
        return level_max(imax(a, b.a), imax(a, b.b))
    if b.kind == IMAX and b.a is not None and b.b is not None:
        return level_max(imax(a, b.b), imax(b.a, b.b))
    return _mk(IMAX, a, b)


def _offset(level: Level) -> int | None:
    """The number a closed successor tower stands for."""
    n = 0
    while level.kind == SUCC and level.a is not None:
        level, n = level.a, n + 1
    return n if level.kind == ZERO else None


def instantiate_level(level: Level, names: dict[str, Level]) -> Level:
    """Replace parameters by levels."""
    if not level.has_param:
        return level
    if level.kind == PARAM:
        return names.get(level.name, level)
    a = instantiate_level(level.a, names) if level.a else None
    b = instantiate_level(level.b, names) if level.b else None
    return rebuild(level.kind, a, b)


def rebuild(kind: int, a: Level | None, b: Level | None) -> Level:
    """A compound level of the kind from new parts."""
    assert a is not None
    if kind == SUCC:
        return succ(a)
    assert b is not None
    return level_max(a, b) if kind == MAX else imax(a, b)


def level_params(level: Level, found: set[str]) -> None:
    """Add the names of the parameters of a level to `found`."""
    if level.kind == PARAM:
        found.add(level.name)
    for part in (level.a, level.b):
        if part is not None and part.has_param:
            level_params(part, found)


def level_eq(a: Level, b: Level) -> bool:
    """Whether two levels are equal under every assignment of their parameters."""
    return a is b or (level_leq(a, b) and level_leq(b, a))


def level_leq(a: Level, b: Level, splits: int = 0) -> bool:
    """Whether `a <= b` under every assignment of the parameters. Metavariables count as unknown constants."""
    if a is b or a.kind == ZERO:
        return True
    name = _imax_param(a) or _imax_param(b)
    if name is not None:
        if splits >= _MAX_SPLITS:
            raise LimitError("universe level cases")
        for value in (LEVEL_ZERO, succ(param(name))):
            names = {name: value}
            if not level_leq(instantiate_level(a, names), instantiate_level(b, names), splits + 1):
                return False
        return True
    left: list[tuple[Level | None, int]] = []
    right: list[tuple[Level | None, int]] = []
    _offsets(a, 0, left)
    _offsets(b, 0, right)
    return all(any((base is None or base is other) and k <= m for other, m in right) for base, k in left)


def is_never_zero(level: Level) -> bool:
    """Whether the level is at least 1 under every assignment."""
    return level_leq(LEVEL_ONE, level)


def _imax_param(level: Level) -> str | None:
    """A parameter that stands second in an `imax` somewhere in the level."""
    if level.kind == IMAX and level.b is not None and level.b.kind == PARAM:
        return level.b.name
    for part in (level.a, level.b):
        if part is not None and part.kind not in (ZERO, PARAM, MVAR):
            found = _imax_param(part)
            if found is not None:
                return found
    return None


def _offsets(level: Level, k: int, out: list[tuple[Level | None, int]]) -> None:
    """A level without splittable `imax` as a maximum of (base, offset); base None is 0."""
    if level.kind == ZERO:
        out.append((None, k))
    elif level.kind == SUCC and level.a is not None:
        _offsets(level.a, k + 1, out)
    elif level.kind == MAX and level.a is not None and level.b is not None:
        _offsets(level.a, k, out)
        _offsets(level.b, k, out)
    else:
        out.append((level, k))


def show_level(level: Level) -> str:
    """Lean-like text of a level."""
    n = _offset(level)
    if n is not None:
        return str(n)
    if level.kind == SUCC and level.a is not None:
        return f"{show_level(level.a)}+1"
    if level.kind in (MAX, IMAX):
        word = "max" if level.kind == MAX else "imax"
        return f"({word} {level.a!r} {level.b!r})"
    return level.name if level.kind == PARAM else f"?{level.name}"
