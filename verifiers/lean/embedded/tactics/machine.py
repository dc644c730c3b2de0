"""The machine: all layers of elaborator and tactics in one object, which serves one check or one tactic step."""

from __future__ import annotations

from assay.verifiers.lean.embedded.kernel.level import Level, param
from assay.verifiers.lean.embedded.tactics.omega import OmegaTactics


class TacticMachine(OmegaTactics):
    """Everything that builds terms."""

    def elab_level_name(self, name: str) -> Level:
        """A declared universe parameter as a level."""
        return param(name)


__all__ = ["TacticMachine"]
