"""Unification of universe levels."""

from __future__ import annotations

from assay.verifiers.lean.embedded.elab.context import MetaContext
from assay.verifiers.lean.embedded.kernel.level import IMAX, MAX, SUCC, Level, level_eq
from assay.verifiers.lean.embedded.kernel.level import MVAR as LEVEL_MVAR
from assay.verifiers.lean.embedded.kernel.level import ZERO as LEVEL_IS_ZERO


def _level_occurs(needle: Level, level: Level) -> bool:
    if level is needle:
        return True
    return any(part is not None and part.has_mvar and _level_occurs(needle, part) for part in (level.a, level.b))


class LevelUnifier(MetaContext):
    """Makes universe levels equal."""

    def unify_levels(self, a: Level, b: Level) -> bool:
        """Make two universe levels equal."""
        a, b = self.instantiate_level(a), self.instantiate_level(b)
        if a is b:
            return True
        for x, y in ((a, b), (b, a)):
            if x.kind == LEVEL_MVAR:
                if _level_occurs(x, y):
                    return y.kind == MAX
                self.assign_level(x, y)
                return True
        if not (a.has_mvar or b.has_mvar):
            return level_eq(a, b)
        if a.kind == SUCC and b.kind == SUCC and a.a is not None and b.a is not None:
            return self.unify_levels(a.a, b.a)
        if (a.kind == LEVEL_IS_ZERO and b.kind == SUCC) or (b.kind == LEVEL_IS_ZERO and a.kind == SUCC):
            return False
        if a.kind == b.kind and a.kind in (MAX, IMAX) and a.a and a.b and b.a and b.b:
            return self.unify_levels(a.a, b.a) and self.unify_levels(a.b, b.b)
        for x, y in ((a, b), (b, a)):
            if x.kind == IMAX and y.kind == LEVEL_IS_ZERO and x.b is not None:
                return self.unify_levels(x.b, y)
            if x.kind in (MAX, IMAX) and not y.has_mvar and x.a is not None and x.b is not None:
                return self._solve_max(x, y)
        return True

    def _solve_max(self, level: Level, value: Level) -> bool:
        """`max ?u v = value`: try the value for every unknown; the kernel checks the outcome."""
        for part in (level.a, level.b):
            if part is not None and part.has_mvar:
                part = self.instantiate_level(part)
                if part.kind == LEVEL_MVAR:
                    self.assign_level(part, value)
        return True
