"""The generator families, one file for each small group of kin, and the table of them all."""

from __future__ import annotations

from typing import Any

from assay.envs.math.families.addition import Addition
from assay.envs.math.families.bases import BaseConversion
from assay.envs.math.families.calculus import DefiniteIntegral, Derivative
from assay.envs.math.families.counting import Committees, LatticePaths, Multiples, UrnDraws
from assay.envs.math.families.equations import LinearEquation, LinearSystem, Quadratic
from assay.envs.math.families.integers import IntChain, LongDivision
from assay.envs.math.families.modular import ChineseRemainder, LinearCongruence, ModularPower
from assay.envs.math.families.number_theory import Divisors, GcdLcm
from assay.envs.math.families.polynomials import Expansion, Factoring
from assay.envs.math.families.rationals import Decimals, Fractions, Percentages
from assay.envs.math.families.sequences import SequenceTerms
from assay.envs.math.families.sets import Intervals, SetOperations
from assay.envs.math.families.stories import Shopping, StoryCounts
from assay.envs.math.problem import Family

_IN_ORDER: tuple[Family[Any], ...] = (
    Addition(),
    IntChain(),
    LongDivision(),
    Fractions(),
    Decimals(),
    Percentages(),
    LinearEquation(),
    LinearSystem(),
    Quadratic(),
    Expansion(),
    Factoring(),
    GcdLcm(),
    Divisors(),
    BaseConversion(),
    ModularPower(),
    LinearCongruence(),
    ChineseRemainder(),
    Derivative(),
    DefiniteIntegral(),
    SetOperations(),
    Intervals(),
    Multiples(),
    LatticePaths(),
    Committees(),
    UrnDraws(),
    SequenceTerms(),
    StoryCounts(),
    Shopping(),
)

FAMILIES: dict[str, Family[Any]] = {family.name: family for family in _IN_ORDER}
"""Every family by its name, in the order in which a mixture deals them out."""


def topics() -> dict[str, list[Family[Any]]]:
    """The families of each topic."""
    groups: dict[str, list[Family[Any]]] = {}
    for family in FAMILIES.values():
        groups.setdefault(family.topic, []).append(family)
    return groups
