"""The tasks of every family are pinned: whoever changes one must raise the family's version, and then the pin."""

import hashlib

import pytest

from assay.envs.data import FAMILIES, DataSource
from assay.envs.sql import FAMILIES as SQL_FAMILIES
from assay.envs.sql import SqlSource
from assay.envs.task import canonical_json

PINS: dict[str, str] = {
    "key_values": "2 6d159a9de82a",
    "schema_facts": "2 d2ce1ade64e6",
    "json_repair": "1 77beb322ecf5",
    "extract_records": "2 f5bbba6c7898",
    "log_records": "2 5e45fe648c2f",
    "convert_table": "1 6fa687f939bb",
    "convert_tree": "1 3006676696e9",
    "csv_join": "1 f06c401ae34f",
    "table_question": "2 ad65c0cf3f7c",
    "json_patch": "1 d69ca589c765",
    "jmespath": "2 67aa4b13355c",
    "regex": "2 6b2d76da8217",
    "dates": "2 736aa9581ef2",
    "quantities": "2 c3307a4294df",
    "amounts": "2 9ef62c1ce10e",
    "latin_square": "2 bdb851f52b17",
    "sudoku": "2 2b082a775139",
    "graph_coloring": "2 8d4dff4d45b8",
    "schedule": "2 382435ae6d62",
    "configuration": "1 7eb85bdf7448",
    "text_to_sql": "2 383b695d50b7",
    "sql_value": "2 ac3c670e98fa",
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
