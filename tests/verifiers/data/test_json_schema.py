"""json_schema: the official test suite, strictness before validation, formats, facts."""

import json
from pathlib import Path
from typing import Any

import pytest

from assay.verifiers.dispatch import verify
from assay.verifiers.errors import SpecError

REMOTE = "localhost:1234"
"""Where the suite's remote documents would lie."""


def needs_remote(spec: Any) -> bool:
    try:
        verify("json_schema", spec, "0")
    except SpecError as error:
        return REMOTE in str(error)
    return False


def test_the_official_suite_agrees_wherever_no_remote_document_is_needed(data_dir: Path) -> None:
    checked, remote = 0, 0
    for line in (data_dir / "json_schema_suite" / "draft2020-12.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spec = {"schema": row["schema"]}
        if REMOTE in json.dumps(row["schema"]) and needs_remote(spec):
            remote += 1
            continue
        verdict = verify("json_schema", spec, json.dumps(row["data"]))
        checked += 1
        assert verdict.correct == row["valid"], row
    assert (checked, remote) == (1250, 49)


def accepts(schema: Any, answer: str, **fields: Any) -> bool:
    return verify("json_schema", {"schema": schema, **fields}, answer).correct


def test_numbers_are_compared_by_value() -> None:
    assert accepts({"type": "integer"}, "1.0")
    assert accepts({"type": "integer"}, "1e2")
    assert not accepts({"type": "integer"}, "1.5")
    assert accepts({"multipleOf": 0.01}, "19.99")
    assert accepts({"const": 1}, "1.0")
    assert not accepts({"const": 1}, "true")
    assert accepts({"maximum": 9007199254740993}, "9007199254740993")
    assert not accepts({"maximum": 9007199254740992}, "9007199254740993")
    assert accepts({"type": "integer"}, str(10**300))


def test_formats_count_only_where_asked() -> None:
    date = {"type": "string", "format": "date"}
    assert accepts(date, '"2023-02-29"')
    assert not accepts(date, '"2023-02-29"', assert_formats=True)
    assert not accepts(date, '"2023-02-29"', assert_formats=["date"])
    assert accepts(date, '"2023-02-29"', assert_formats=["email"])
    both = {"properties": {"format": date, "b": {"$ref": "#/$defs/e"}}, "$defs": {"e": {"format": "email"}}}
    assert accepts(both, '{"format": "2023-02-28", "b": "x"}', assert_formats=["date"])
    assert not accepts(both, '{"format": "2023-02-29", "b": "x"}', assert_formats=["date"])
    assert not accepts(both, '{"format": "2023-02-28", "b": "x"}', assert_formats=["date", "email"])
    assert accepts({"const": {"format": "date"}}, '{"format": "date"}', assert_formats=[])


def test_other_drafts_are_read_by_their_own_rules() -> None:
    tuples = {"items": [{"type": "integer"}], "additionalItems": False}
    assert accepts(tuples, "[1]", draft="7")
    assert not accepts(tuples, "[1, 2]", draft="7")
    named = {"$schema": "http://json-schema.org/draft-07/schema#", **tuples}
    assert not accepts(named, "[1, 2]")


def test_a_pattern_cannot_stall_the_check() -> None:
    assert not accepts({"pattern": "^(a+)+$"}, json.dumps("a" * 5000 + "!"))
    assert not accepts({"pattern": "^(?=(a+)+$)(a|a)*$"}, json.dumps("a" * 60 + "!"))


FACTS = {"schema": {"type": "object"}, "facts": {"/who": {"name": "Ada"}, "/n": 3}}


def test_facts_must_be_said() -> None:
    assert verify("json_schema", FACTS, '{"n": 3.0, "who": {"name": "Ada"}}').correct
    assert verify("json_schema", FACTS, '{"n": 3, "who": {"name": "Ada"}, "more": 1}').correct
    wrong = verify("json_schema", FACTS, '{"n": 4, "who": {"name": "Ada"}}')
    assert (wrong.score, wrong.reason, wrong.detail["credit"]) == (0.0, "fact_mismatch", 0.5)
    assert not verify("json_schema", FACTS, '{"n": 3, "who": {"name": "Ada", "age": 3}}').correct
    assert not verify("json_schema", FACTS, "{}").correct


def test_exact_facts_leave_no_room() -> None:
    spec = {**FACTS, "exact_facts": True}
    assert verify("json_schema", spec, '{"n": 3, "who": {"name": "Ada"}}').correct
    assert not verify("json_schema", spec, '{"n": 3, "who": {"name": "Ada"}, "more": 1}').correct
    assert not verify("json_schema", spec, '{"n": 3, "who": {"name": "Ada"}, "more": []}').correct


@pytest.mark.parametrize(
    ("spec", "named"),
    [
        ({}, "schema"),
        ({"schema": 3}, "schema"),
        ({"schema": {"type": "no such"}}, "schema"),
        ({"schema": {"$ref": "http://example.com/x"}}, "schema"),
        ({"schema": {"pattern": "("}}, "schema"),
        ({"schema": {}, "draft": "3"}, "draft"),
        ({"schema": {}, "assert_formats": "date"}, "assert_formats"),
        ({"schema": {}, "exact_facts": True}, "facts"),
        ({"schema": {}, "facts": {"a": 1}}, "facts"),
        ({"schema": {}, "facts": {"/a": float("nan")}}, "facts"),
        ({"schema": {}, "max_depth": 0}, "max_depth"),
        ({"schema": {}, "shcema": {}}, "shcema"),
    ],
)
def test_a_bad_spec_names_its_field(spec: dict[str, Any], named: str) -> None:
    with pytest.raises(SpecError, match=named):
        verify("json_schema", spec, "{}")
