"""Strict JSON reading, the data model's equality, and where the answer lies in a response."""

import json
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.verifiers.data.model import EXACT, canonical, document_credit, fingerprint
from assay.verifiers.data.outcome import Refusal
from assay.verifiers.data.strict_json import depth_exceeds, read_json
from assay.verifiers.dispatch import verify
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc~/é", max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(JSON, st.booleans(), st.sampled_from([None, 1, 4]))
def test_what_json_writes_is_read_back(value: Any, ascii_only: bool, indent: int | None) -> None:
    read = read_json(json.dumps(value, ensure_ascii=ascii_only, indent=indent))
    assert EXACT.same(canonical(value), read)
    assert fingerprint(read) == fingerprint(value)


@given(JSON, JSON)
def test_fingerprints_agree_with_equality(a: Any, b: Any) -> None:
    assert EXACT.same(a, b) == (fingerprint(a) == fingerprint(b))
    assert EXACT.same(a, b) == EXACT.same(b, a)
    assert (document_credit(a, b) == 1.0) >= EXACT.same(a, b)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_double_survives(number: float) -> None:
    assert float(read_json(repr(number))) == number


@given(st.text(max_size=200))
def test_any_text_is_a_value_or_a_refusal(text: str) -> None:
    try:
        value = read_json(text)
    except Refusal:
        return
    assert EXACT.same(canonical(json.loads(text, parse_float=Decimal)), value)


@given(st.text('[]{}"\\ab, ', max_size=60))
def test_depth_counts_brackets_outside_strings(text: str) -> None:
    depth = deepest = 0
    inside = escaped = False
    for char in text:
        if inside:
            inside, escaped = not (char == '"' and not escaped), char == "\\" and not escaped
        elif char == '"':
            inside, escaped = True, False
        else:
            depth += (char in "[{") - (char in "]}")
            deepest = max(deepest, depth)
    for limit in (0, 1, 3):
        assert depth_exceeds(text, limit) == (deepest > limit)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not_json"),
        ("{'a': 1}", "not_json"),
        ("[1,]", "not_json"),
        ("[1] 2", "not_json"),
        ("// c\n1", "not_json"),
        ("\ufeff1", "not_json"),
        ("\u00a01", "not_json"),
        ("01", "not_json"),
        ("+1", "not_json"),
        (".5", "not_json"),
        ("1.", "not_json"),
        ("\u0661", "not_json"),
        ("1_000", "not_json"),
        ("0x10", "not_json"),
        ("True", "not_json"),
        ("NaN", "not_json"),
        ("[Infinity]", "not_json"),
        ("-Infinity", "not_json"),
        ('"a\nb"', "not_json"),
        ('"\\x41"', "not_json"),
        ('{"a": 1, "a": 1}', "duplicate_key"),
        ('{"a": 1, "\\u0061": 2}', "duplicate_key"),
        ('[{"b": {"a": 1, "a": 2}}]', "duplicate_key"),
        ("1e400", "number_out_of_range"),
        ("-1e309", "number_out_of_range"),
        ("1e-400", "number_out_of_range"),
        ("1" + "0" * 309, "number_out_of_range"),
        ("1e999999999999", "number_out_of_range"),
        ("9" * 5000, "long_number"),
        ("0." + "0" * 5000, "long_number"),
        ('"\\ud800"', "lone_surrogate"),
        ('{"\\udfff": 1}', "lone_surrogate"),
        ('"\ud800"', "lone_surrogate"),
        ('["\\ud83d", "\\ude00"]', "lone_surrogate"),
        ("[" * 65 + "]" * 65, "too_deep"),
        ('{"a":' * 65 + "1" + "}" * 65, "too_deep"),
        ("[" * 100_000, "too_deep"),
        ('"' + '\\"' * 200_000 + "\\" + "[" * 65, "not_json"),
        ("[" * 65 + '"' + '\\"' * 200_000 + "\\", "too_deep"),
    ],
)
def test_what_is_refused_and_why(text: str, reason: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_json(text)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e308", Decimal("1e308")),
        ("5e-324", Decimal("5e-324")),
        ("-0.0", Decimal(0)),
        ("0e999", 0),
        ("\t[ ]\r\n", []),
        ('"\\ud83d\\ude00"', "\U0001f600"),
        ('"[[[[{{{{"', "[[[[{{{{"),
        ("[" * 64 + "]" * 64, None),
    ],
)
def test_what_is_read(text: str, value: Any) -> None:
    read = read_json(text)
    assert value is None or EXACT.same(value, read)


def same(expected: Any, answer: str, **fields: Any) -> bool:
    return verify("json_equal", {"expected": expected, **fields}, answer).correct


def test_equality_is_that_of_the_data_model() -> None:
    assert same({"a": 1, "b": [1.5, None]}, '{"b": [15e-1, null], "a": 1.000}')
    assert same(0.1, "0.10")
    assert not same(0.1, "0.1000000000000000055511151231257827")
    assert not same(1, "true")
    assert not same(True, "1")
    assert not same(False, "0")
    assert not same(None, "false")
    assert not same({}, "[]")
    assert not same({"a": None}, "{}")
    assert not same([1, 2], "[2, 1]")
    assert not same("1", "1")
    assert not same("é", '"e\\u0301"')
    assert same("é", '"e\\u0301"', unicode="NFC")
    assert same({"é": 1}, '{"e\\u0301": 1}', unicode="NFC")
    assert not same("ﬁ", '"fi"', unicode="NFC")
    assert same("ﬁ", '"fi"', unicode="NFKC")


def test_tolerance_is_the_items_own_and_for_numbers_alone() -> None:
    assert same({"x": 100}, '{"x": 100.9}', tolerance={"rel": 0.01})
    assert not same({"x": 100}, '{"x": 101.1}', tolerance={"rel": 0.01})
    assert same({"x": 0}, '{"x": -1e-10}', tolerance={"abs": 1e-9})
    assert not same({"x": "1"}, '{"x": "1.0"}', tolerance={"abs": 1})
    assert not same({"x": 1}, '{"x": true}', tolerance={"abs": 1})
    assert not same({"x": 1}, '{"x": null}', tolerance={"abs": 5})
    assert same(0.3, "0.30000000000000004", tolerance={"abs": "0.000000001"})


def test_unordered_arrays_are_multisets() -> None:
    assert same([3, 1, 2, 1], "[1, 1, 2, 3]", unordered=True)
    assert not same([1, 1, 2], "[1, 2, 2]", unordered=True)
    assert not same([1, 1], "[1]", unordered=True)
    nested = {"a": [[1, 2], [3]], "b": [1, 2]}
    assert same(nested, '{"a": [[3], [2, 1]], "b": [2, 1]}', unordered=True)
    assert same(nested, '{"a": [[3], [1, 2]], "b": [1, 2]}', unordered=["/a"])
    assert same(nested, '{"a": [[3], [1, 2]], "b": [1, 2]}', unordered=["a"])
    assert not same(nested, '{"a": [[3], [2, 1]], "b": [1, 2]}', unordered=["/a"])
    assert not same(nested, '{"a": [[3], [1, 2]], "b": [2, 1]}', unordered=["/a"])
    # A greedy pairing would give 1.0 to 1.05 and leave 1.15 without a partner.
    assert same([1.1, 1.0], "[1.05, 1.15]", unordered=True, tolerance={"abs": 0.06})
    assert not same([1.1, 1.0], "[1.05, 1.17]", unordered=True, tolerance={"abs": 0.06})


def test_pairing_has_a_budget() -> None:
    expected = [i / 1000 for i in range(900)]
    answer = json.dumps([i / 1000 + 0.00001 for i in reversed(range(900))])
    verdict = verify("json_equal", {"expected": expected, "unordered": True, "tolerance": {"abs": 1e3}}, answer)
    assert (verdict.status, verdict.reason) == (Status.LIMIT, "too_many_comparisons")


def test_the_callers_decimal_context_has_no_say() -> None:
    with localcontext() as context:
        context.prec = 2
        assert not same(1.23456, "1.23457")
        assert not same(1.23456, "1.23457", tolerance={"abs": 1e-6})
        assert same([1.25], "[1.2500]")
        assert verify("transform", {"lang": "jmespath", "doc": [1.111, 2.222], "expected": 3.333}, "sum(@)").correct


@pytest.mark.parametrize(
    ("response", "status", "reason"),
    [
        ("[1]", "correct", "equal"),
        ("```json\n[1]\n```", "correct", "equal"),
        ("So:\n\n~~~\n[1]\n~~~\nwhich is `x`.", "correct", "equal"),
        ("````\n[1]\n````", "correct", "equal"),
        ("  ```\r\n[1]\r\n  ```\r\n", "correct", "equal"),
        ("```js` inline```\n", "malformed", "not_json"),
        ("It is [1]", "malformed", "not_json"),
        ("```\n[1]\n```\n```\n[1]\n```", "hedged", "several_blocks"),
        ("```\n[1]\n```\n~~~\n[2]\n~~~", "hedged", "several_blocks"),
        ("```\n[1]", "malformed", "open_fence"),
        ("[1]\n```", "malformed", "open_fence"),
        ("````\n[1]\n```", "malformed", "open_fence"),
        ("```\n[1]\n~~~\n```", "malformed", "not_json"),
        ("```\n \n```", "no_answer", "empty"),
        ("", "no_answer", "empty"),
        (" \n\t", "no_answer", "empty"),
        ("x" * 1_000_001, "limit", "too_long"),
        ("é" * 500_001, "limit", "too_long"),
    ],
)
def test_one_answer_block(response: str, status: str, reason: str) -> None:
    verdict = verify("json_equal", {"expected": [1]}, response)
    assert (verdict.status.value, verdict.reason) == (status, reason)


def test_extraction_policies() -> None:
    fenced = "```\n[1]\n```"
    assert verify("json_equal", {"expected": [1], "extract": "single_fence"}, fenced).correct
    assert verify("json_equal", {"expected": [1], "extract": "single_fence"}, "[1]").status is Status.NO_ANSWER
    assert verify("json_equal", {"expected": [1], "extract": "bare"}, fenced).status is Status.MALFORMED
    assert verify("json_equal", {"expected": [1]}, fenced, extract="bare").status is Status.MALFORMED
    assert verify("json_equal", {"expected": "```\n"}, '"```\\n"').correct
    with pytest.raises(SpecError, match="extract"):
        verify("json_equal", {"expected": 1, "extract": "last"}, "1")


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"expected": float("inf")},
        {"expected": {1: 2}},
        {"expected": object()},
        {"expected": 1, "tolerance": {"abs": -1}},
        {"expected": 1, "tolerance": {"absolute": 1}},
        {"expected": 1, "tolerance": {"abs": float("nan")}},
        {"expected": 1, "unordered": "yes"},
        {"expected": 1, "unicode": "UTF-8"},
        {"expected": 1, "unorderd": True},
        {"expected": 1, "max_depth": 1000},
        {"expected": 1, "max_bytes": "many"},
        {"expected": 1, "null_credit": 2},
    ],
)
def test_a_bad_spec_never_grades(spec: dict[str, Any]) -> None:
    with pytest.raises(SpecError):
        verify("json_equal", spec, "1")


def test_repair_must_give_the_original_back() -> None:
    spec = {"expected": {"items": [{"sku": "A1", "qty": 2}], "ok": True}}
    assert verify("json_repair", spec, '{"ok": true, "items": [{"qty": 2, "sku": "A1"}]}').correct
    for wrong in ("{}", "[]", '{"items": [], "ok": true}', '{"items": [{"sku": "A1", "qty": "2"}], "ok": true}'):
        assert verify("json_repair", spec, wrong).score == 0.0
    near = verify("json_repair", spec, '{"ok": true, "items": [{"qty": 3, "sku": "A1"}]}')
    assert near.detail["credit"] == pytest.approx(2 / 3)
