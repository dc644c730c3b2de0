"""The generator families, one file for each small group of kin, and the table of them all."""

from __future__ import annotations

from typing import Any

from assay.envs.math.families.addition import Addition
from assay.envs.math.problem import Family

FAMILIES: dict[str, Family[Any]] = {family.name: family for family in (Addition(),)}
"""Every family by its name, in the order in which a mixture deals them out."""


def topics() -> dict[str, list[Family[Any]]]:
    """The families of each topic."""
    groups: dict[str, list[Family[Any]]] = {}
    for family in FAMILIES.values():
        groups.setdefault(family.topic, []).append(family)
    return groups
