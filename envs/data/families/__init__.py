"""The families of structured-data tasks, one file for each small group of kin, and the table of them all."""

from __future__ import annotations

from typing import Any

from assay.envs.data.families.conversions import ConvertTable, ConvertTree, CsvJoin
from assay.envs.data.families.grids import GraphColoring, LatinSquare, Sudoku
from assay.envs.data.families.key_values import KeyValues
from assay.envs.data.families.patterns import RegexSynthesis
from assay.envs.data.families.plans import Configuration, Schedule
from assay.envs.data.families.questions import TableQuestion
from assay.envs.data.families.records import ExtractRecords, LogRecords
from assay.envs.data.families.repair import JsonRepair
from assay.envs.data.families.schema_facts import SchemaFacts
from assay.envs.data.families.transforms import JmespathQuery, JsonPatch
from assay.envs.data.families.values import Amounts, Dates, Quantities
from assay.envs.data.family import DataFamily

FAMILIES: dict[str, DataFamily[Any]] = {
    family.name: family
    for family in (
        KeyValues(),
        SchemaFacts(),
        JsonRepair(),
        ExtractRecords(),
        LogRecords(),
        ConvertTable(),
        ConvertTree(),
        CsvJoin(),
        TableQuestion(),
        JsonPatch(),
        JmespathQuery(),
        RegexSynthesis(),
        Dates(),
        Quantities(),
        Amounts(),
        LatinSquare(),
        Sudoku(),
        GraphColoring(),
        Schedule(),
        Configuration(),
    )
}
"""Every family by its name, in the order in which a mixture deals them out."""


def topics() -> dict[str, list[DataFamily[Any]]]:
    """The families of each topic."""
    groups: dict[str, list[DataFamily[Any]]] = {}
    for family in FAMILIES.values():
        groups.setdefault(family.topic, []).append(family)
    return groups
