"""What independent attackers found: each response once raised, hung or was paid."""

import json
from typing import Any

import pytest

from assay.verifiers.data.cte_expansion import expansion
from assay.verifiers.dispatch import verify
from assay.verifiers.verdict import Status

HUGE = "1e99999999999999999999"


@pytest.mark.parametrize(
    ("kind", "spec", "response"),
    [
        ("json_equal", {"expected": 1}, HUGE),
        ("json_equal", {"expected": 0}, "0e99999999999999999999"),
        ("conversion", {"to": "yaml", "expected": {"v": 1}}, f"v: {HUGE}"),
        ("normalise", {"kind": "number", "expected": 1}, HUGE),
    ],
)
def test_exponents_beyond_decimal_are_a_refusal(kind: str, spec: dict[str, Any], response: str) -> None:
    verdict = verify(kind, spec, response)
    assert (verdict.status, verdict.reason) == (Status.MALFORMED, "number_out_of_range")


def test_a_patch_that_copies_itself_deeper_is_a_limit() -> None:
    nested: list[Any] = []
    for _ in range(59):
        nested = [nested]
    patch: list[dict[str, Any]] = [{"op": "add", "path": "/a", "value": nested}]
    depth = 60
    for _ in range(6):
        patch.append({"op": "copy", "from": "/a", "path": "/a" + "/0" * depth})
        depth *= 2
    spec = {"lang": "json_patch", "doc": {"x": 1}, "expected": {"x": 2}}
    assert verify("transform", spec, json.dumps(patch)).status is Status.LIMIT


def doubling(levels: int) -> str:
    steps = "".join(f", a{i} as (select p.x from a{i - 1} p, a{i - 1} q)" for i in range(1, levels + 1))
    return f"with a0 as (select 1 x){steps} select x from a{levels}"


def test_common_table_expressions_that_double_are_stopped_before_sqlite_expands_them() -> None:
    spec = {"databases": ["create table t(a int); insert into t values (1);"], "gold_sql": "select a from t"}
    assert verify("sql", spec, doubling(4)).correct
    assert verify("sql", spec, doubling(60)).reason == "query_too_big"
    hidden = doubling(60).replace(" as (", " AS /* ( */ MATERIALIZED (").replace("a1 ", '"A1" ')
    assert verify("sql", spec, hidden).reason == "query_too_big"


def test_expansion_counts_copies() -> None:
    assert expansion("select a from t") == 0
    assert expansion("with a as (select 1), b as (select * from a, a) select * from b, b") == 2 * (1 + 2)
    assert expansion("with a(x) as (select 1 union all select x + 1 from a) select * from a") == 1
    assert expansion("select ')(', \"as\" from t -- with x as (") == 0


def test_columns_of_xml_rows_keep_a_fixed_order() -> None:
    spec = {
        "to": "xml",
        "xml": {"root": "t", "row": "r"},
        "column_order": "fixed",
        "expected": [{"a": "1", "b": "2"}],
    }
    assert verify("conversion", spec, "<t><r><a>1</a><b>2</b></r></t>").correct
    assert verify("conversion", spec, "<t><r><b>2</b><a>1</a></r></t>").reason == "columns_differ"
