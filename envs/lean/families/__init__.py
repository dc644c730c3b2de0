"""The families of generated theorems, by name and by topic."""

from __future__ import annotations

from typing import Any

from assay.envs.lean.families.chains import RewriteChains
from assay.envs.lean.families.first_order import FirstOrder
from assay.envs.lean.families.identities import ListLaws, NatIdentities
from assay.envs.lean.families.linear import LinearArithmetic
from assay.envs.lean.families.propositional import ClassicalTautologies, ProveOrRefute, Tautologies
from assay.envs.lean.families.recursion import Recursion
from assay.envs.lean.family import LeanFamily

FAMILIES: dict[str, LeanFamily[Any]] = {
    family.name: family
    for family in (
        Tautologies(),
        ClassicalTautologies(),
        ProveOrRefute(),
        FirstOrder(),
        RewriteChains(),
        NatIdentities(),
        LinearArithmetic(),
        ListLaws(),
        Recursion(),
    )
}


def topics() -> dict[str, list[LeanFamily[Any]]]:
    """Topic -> its families, in the order of the table."""
    found: dict[str, list[LeanFamily[Any]]] = {}
    for family in FAMILIES.values():
        found.setdefault(family.topic, []).append(family)
    return found
