"""The tasks of every family are pinned: whoever changes one must raise the family's version, and then the pin."""

import hashlib

import pytest

from assay.envs.data import FAMILIES, DataSource
from assay.envs.sql import FAMILIES as SQL_FAMILIES
from assay.envs.sql import SqlSource
from assay.envs.task import canonical_json

PINS: dict[str, str] = {
    "key_values": "1 70d42f040804",
    "schema_facts": "1 000bd0c77698",
    "json_repair": "1 77beb322ecf5",
    "extract_records": "1 a142a7ee0cc6",
    "log_records": "1 2546ceed13f6",
    "convert_table": "1 6fa687f939bb",
    "convert_tree": "1 3006676696e9",
    "csv_join": "1 f06c401ae34f",
    "table_question": "1 5eb9220e9fd3",
    "json_patch": "1 d69ca589c765",
    "jmespath": "1 585be88cceb2",
    "regex": "1 f373de68e2ec",
    "dates": "1 e17242b9d3a0",
    "quantities": "1 884a39b6d44e",
    "amounts": "1 17ae7f65633c",
    "latin_square": "1 6b8d36889b68",
    "sudoku": "1 ba83546d3b39",
    "graph_coloring": "1 16609d420630",
    "schedule": "1 2097465047fd",
    "configuration": "1 7eb85bdf7448",
    "text_to_sql": "1 b526e0bd3ee3",
    "sql_value": "1 56e8ae5a4e94",
}


def pin(source: DataSource | SqlSource) -> str:
    """Version, and a digest of the first twenty tasks and golds of both splits."""
    texts: list[str] = []
    for split in ("train", "test"):
        for index in range(20):
            task = source.task(split, index)
            texts.append(canonical_json(task.to_dict()) + source.gold(task))
    return f"{source.version} {hashlib.sha256(chr(10).join(texts).encode()).hexdigest()[:12]}"


def test_every_family_is_pinned() -> None:
    assert set(PINS) == {*FAMILIES, *SQL_FAMILIES}


@pytest.mark.parametrize("name", PINS)
def test_tasks_change_only_with_the_version(name: str) -> None:
    source = DataSource([FAMILIES[name]]) if name in FAMILIES else SqlSource([SQL_FAMILIES[name]])
    assert pin(source) == PINS[name]
