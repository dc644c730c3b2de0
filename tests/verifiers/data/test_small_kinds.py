"""extraction, regex, normalise and constraint; and the shape of the reward."""

import json
from typing import Any

import pytest

from assay.verifiers.data.outcome import shaped_partial
from assay.verifiers.dispatch import verify
from assay.verifiers.errors import SpecError

STAFF = [{"id": 1, "name": "Ann", "city": "Oslo"}, {"id": 2, "name": "Bob", "city": None}]


def extract(answer: Any, **fields: Any) -> Any:
    spec = {"expected": STAFF, "key": "id", **fields}
    return verify("extraction", spec, answer if isinstance(answer, str) else json.dumps(answer))


def test_a_normal_form_holds_for_the_keys_of_records() -> None:
    composed, split = "caf\u00e9", "cafe\u0301"
    spec = {"expected": [{"id": composed, "n": composed}], "key": "id"}
    same = {**spec, "unicode": "NFC"}
    answer = json.dumps([{"id": split, "n": split}])
    assert verify("extraction", same, answer).correct
    assert not verify("extraction", spec, answer).correct
    half = verify("extraction", same, json.dumps([{"id": split, "n": 1}]))
    assert half.detail["credit"] == 0.5
    twice = json.dumps([{"id": split, "n": split}, {"id": composed, "n": split}])
    assert not verify("extraction", same, twice).correct
    two_keys = '[{"id": "a", "caf\u00e9": 1, "cafe\u0301": 1}]'
    assert verify("extraction", same, two_keys).reason == "duplicate_key"
    with pytest.raises(SpecError, match="normal form"):
        verify("extraction", {"expected": [{composed: 1, split: 2}], "unicode": "NFC"}, "[]")


def test_credit_counts_what_is_within_the_tolerance() -> None:
    spec = {"expected": [{"id": 1, "v": 1.0}, {"id": 2, "v": 2.0}], "key": "id", "tolerance": {"abs": 0.1}}
    answer = json.dumps([{"id": 1, "v": 1.05}, {"id": 2, "v": 2.5}])
    assert verify("extraction", spec, answer).detail["credit"] == 0.75
    del spec["key"]
    assert verify("extraction", spec, answer).detail["credit"] == 0.75
    equal = {"expected": {"a": 1.0, "b": "x"}, "tolerance": {"abs": 0.1}}
    assert verify("json_equal", equal, '{"a": 1.01, "b": "y"}').detail["credit"] == 0.5
    free = {"expected": {"a": [1, 2, 3]}, "unordered": ["a"]}
    assert verify("json_equal", free, '{"a": [3, 1]}').detail["credit"] == pytest.approx(0.8)


def test_pointers_of_unordered_arrays_are_meant_within_a_record() -> None:
    expected = [{"id": 1, "tags": ["a", "b"]}, {"id": 2, "tags": ["c"]}]
    answer = json.dumps([{"id": 2, "tags": ["c"]}, {"id": 1, "tags": ["b", "a"]}])
    for key in ({"key": "id"}, {}):
        assert verify("extraction", {"expected": expected, "unordered": ["/tags"], **key}, answer).correct
        assert not verify("extraction", {"expected": expected, **key}, answer).correct


def test_records_are_matched_by_key() -> None:
    assert extract(STAFF[::-1]).correct
    assert extract([{"id": 1.0, "city": "Oslo", "name": "Ann"}, STAFF[1]]).correct
    assert extract(STAFF, scoring="exact").correct


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        ([], 0.0),
        (STAFF[:1], 2 * 3 / 9),
        ([*STAFF, STAFF[0]], 2 * 6 / 15),
        ([*STAFF, {"id": 3, "name": "Cy", "city": "Rome"}], 2 * 6 / 15),
        ([STAFF[0], {**STAFF[1], "city": "Rome"}], 5 / 6),
        ([STAFF[0], {"id": 2, "name": "Bob"}], 2 * 5 / 11),
        ([STAFF[0], {**STAFF[1], "zip": None}], 2 * 6 / 13),
        ([STAFF[0], {**STAFF[1], "id": "2"}], 3 / 6),
        ([STAFF[0], {**STAFF[1], "id": True}], 3 / 6),
        ([{**STAFF[0], "id": 2}, {**STAFF[1], "id": 1}], 2 / 6),
        ([STAFF[0], {"name": "Bob", "city": None}], 2 * 3 / 11),
    ],
)
def test_credit_counts_facts_as_multisets(answer: Any, credit: float) -> None:
    verdict = extract(answer)
    assert verdict.score == 0.0
    assert verdict.detail["credit"] == pytest.approx(credit, abs=1e-6)
    assert verdict.partial == pytest.approx(credit / 2, abs=1e-6)
    assert extract(answer, scoring="exact").partial == 0.0


@pytest.mark.parametrize("answer", [{}, 3, "[1]", [["id"]], {"records": STAFF}, STAFF[0], "id,name\n1,Ann"])
def test_what_is_no_list_of_records(answer: Any) -> None:
    assert extract(answer).reason in ("not_records", "not_json", "records_differ")
    assert extract(answer).score == 0.0


def test_without_a_key_records_are_a_multiset() -> None:
    spec = {"expected": [{"a": 1}, {"a": 1}, {"a": 2}]}
    assert verify("extraction", spec, '[{"a": 2}, {"a": 1}, {"a": 1}]').correct
    assert not verify("extraction", spec, '[{"a": 2}, {"a": 2}, {"a": 1}]').correct
    assert verify("extraction", {"expected": {"a": 1}}, '{"a": 1}').correct
    assert not verify("extraction", {"expected": {"a": 1}}, '[{"a": 1}]').correct
    pairs = {"expected": [{"a": 1, "b": 1, "c": 5}, {"a": 1, "b": 2, "c": 6}], "key": ["a", "b"]}
    assert verify("extraction", pairs, '[{"a": 1, "b": 2, "c": 6}, {"a": 1, "b": 1, "c": 5}]').correct


@pytest.mark.parametrize("spec", [{"expected": 3}, {"expected": [1]}, {"expected": STAFF, "key": "zip"}])
def test_a_bad_extraction_spec(spec: dict[str, Any]) -> None:
    with pytest.raises(SpecError):
        verify("extraction", spec, "[]")
    with pytest.raises(SpecError):
        verify("extraction", {"expected": [*STAFF, STAFF[0]], "key": "id"}, "[]")


PATTERN = {
    "pos": ["ab12", "zz99"],
    "neg": ["ab1", "AB12"],
    "hidden_pos": ["qx00", "cd34"],
    "hidden_neg": ["ab123", "a b12", "ab12\n", "abc12", "é b12", "٣٣12"],
    "max_len": 60,
}


@pytest.mark.parametrize(
    "pattern",
    [
        "[a-z]{2}[0-9]{2}",
        "^[a-z]{2}\\d{2}$",
        "(?P<a>[a-z]+?)\\d\\d\\b|(?:zz|zz)99",
        "\\p{Ll}{2}\\d{2}",
        "[[:lower:]]{2}\\d\\d",
    ],
)
def test_patterns_that_are_right(pattern: str) -> None:
    ok = verify("regex", PATTERN, pattern)
    assert ok.correct or "+?" in pattern


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("ab12|zz99", "mismatch"),
        (".*", "mismatch"),
        ("", "empty"),
        ("a^", "mismatch"),
        ("(?i)[a-z]{2}\\d{2}", "mismatch"),
        ("[a-z]{2}\\d{2}\\s*", "mismatch"),
        ("(?=a).*", "not_re2"),
        ("(a)\\1", "not_re2"),
        ("(?<!a)b", "not_re2"),
        ("[a-z", "not_re2"),
        ("a{1001}", "not_re2"),
        ("(a{100}){100}", "not_re2"),
        ("((a+)+)+$", "mismatch"),
        ("a" * 61, "too_long"),
        ("\ud800", "not_re2"),
        ("[a-z]{2}\\d{2}\n```\n", "open_fence"),
    ],
)
def test_patterns_that_are_not(pattern: str, reason: str) -> None:
    verdict = verify("regex", PATTERN, pattern)
    assert (verdict.score, verdict.reason) == (0.0, reason)


def test_regex_credit_is_nothing_for_anything_and_for_a_list() -> None:
    assert verify("regex", PATTERN, ".*").partial == 0.0
    assert verify("regex", PATTERN, "[^a]").partial == 0.0
    assert verify("regex", PATTERN, "ab12|zz99").partial == 0.0
    near = verify("regex", PATTERN, "[a-z]{2}[0-9]{2}\\n?")
    assert near.detail["credit"] == pytest.approx(7 / 8)
    assert near.partial == pytest.approx(0.5 * (7 / 8 - 0.5) / 0.5)


@pytest.mark.parametrize(
    "spec",
    [{"pos": [], "neg": []}, {"pos": "ab", "neg": []}, {"pos": ["a"], "neg": ["a"]}, {"pos": ["\ud800"], "neg": []}],
)
def test_a_bad_regex_spec(spec: dict[str, Any]) -> None:
    with pytest.raises(SpecError):
        verify("regex", spec, "a")


@pytest.mark.parametrize(
    ("kind", "expected", "right", "wrong"),
    [
        (
            "date",
            "2024-02-29",
            ["2024-02-29", " 2024-02-29\n", "```\n2024-02-29\n```"],
            ["29.02.2024", "2024-2-29", "20240229"],
        ),
        ("date", "2024-02-28", [], ["2024-02-30", "2024-02-29", "2024-02-28T00:00:00", "2024‐02‐28", "2024-W09-3"]),
        ("time", "09:30", ["09:30"], ["9:30", "09:30:00", "24:00", "09:60", "0930"]),
        (
            "datetime",
            "2024-02-29T09:30:00Z",
            ["2024-02-29T09:30:00Z"],
            ["2024-02-29 09:30:00Z", "2023-02-29T09:30:00Z"],
        ),
        ("duration", "PT1H30M", ["PT1H30M"], ["PT90M", "1:30", "P", "PT", "P1H"]),
        (
            "number",
            "1.5",
            ["1.5", "1.50", "15e-1"],
            ["1,5", "1.5.", "+1.5", "1.5 ", "1.5 km", "٣", "1_5", "0x1", "NaN", "1e999"],
        ),
        ("integer", "12", ["12"], ["12.0", "012", "1e1", "-12", "12th"]),
        (
            "money",
            "12.50 EUR",
            ["12.50 EUR"],
            ["12.5 EUR", "12.50 USD", "EUR 12.50", "12,50 EUR", "12.50 eur", "12.50  EUR"],
        ),
        ("text", "a  b", ["a  b"], ["a b", "A  b", "a\u00a0 b"]),
    ],
)
def test_canonical_forms(kind: str, expected: str, right: list[str], wrong: list[str]) -> None:
    spec = {"kind": kind, "expected": expected}
    for answer in right:
        assert verify("normalise", spec, answer).correct, answer
    for answer in wrong:
        if answer.strip() not in right:
            assert verify("normalise", spec, answer).score == 0.0, answer


def test_quantities_have_the_unit_that_was_asked_for() -> None:
    spec = {"kind": "quantity", "expected": "1.5", "unit": "km", "abs_tol": "0.0005"}
    for right in ("1.5 km", "1.5km", "1.50 km", "1.5004 km", "15e-1 km"):
        assert verify("normalise", spec, right).correct, right
    for wrong in ("1500 m", "1.5", "1.5 KM", "km 1.5", "1.5 km/h", "1.501 km", "1.5 k m", "1.5 km or 2 km", "-1.5 km"):
        assert verify("normalise", spec, wrong).score == 0.0, wrong
    assert verify("normalise", {"kind": "quantity", "expected": 2, "unit": "m s"}, "2 m s").correct


@pytest.mark.parametrize(
    "spec",
    [
        {"kind": "colour", "expected": "red"},
        {"kind": "date", "expected": "2023-02-29"},
        {"kind": "date", "expected": 20240229},
        {"kind": "date", "expected": "2024-02-29", "abs_tol": 1},
        {"kind": "number", "expected": "1,5"},
        {"kind": "quantity", "expected": "1"},
        {"kind": "number", "expected": "1", "unit": "m"},
        {"kind": "number", "expected": "1", "abs_tol": "x"},
    ],
)
def test_a_bad_normalise_spec(spec: dict[str, Any]) -> None:
    with pytest.raises(SpecError):
        verify("normalise", spec, "1")


LATIN = {"kind": "latin4", "givens": [[1, 0, 0, 0], [0, 0, 3, 0], [0, 0, 0, 0], [0, 0, 0, 2]]}
JOBS = {
    "kind": "schedule",
    "jobs": {"a": 2, "b": 3, "c": 1},
    "before": [["a", "c"]],
    "machine": ["a", "b"],
    "horizon": 6,
}
MAP = {"kind": "coloring", "nodes": ["x", "y", "z"], "edges": [["x", "y"], ["y", "z"]], "colors": 2, "fixed": {"x": 1}}
CONFIG = {
    "kind": "assign",
    "variables": {"p": [1, 2, 3], "q": [2, 4], "r": ["on", "off"]},
    "constraints": [
        ["less", "p", "q"],
        ["sum_at_most", "p", "q", {"value": 6}],
        ["implies", "q", {"value": 4}, "r", {"value": "on"}],
    ],
}
FOUR = [[1, 2, 3, 4], [3, 4, 1, 2], [2, 1, 4, 3], [4, 3, 2, 1]]


@pytest.mark.parametrize(
    ("spec", "answer"),
    [
        (LATIN, [[1, 3, 2, 4], [2, 4, 3, 1], [3, 2, 4, 1], [4, 1, 1, 2]]),
        (LATIN, [[1, 3, 2, 4]] * 4),
        (LATIN, [[True, 3, 2, 4], [2, 4, 3, 1], [3, 2, 4, 1], [4, 1, 1, 2]]),
        (LATIN, [[1, 2, 3, 4], [2, 1, 4, 3], [3, 4, 1, 2], [4, 3, 2, 1]]),
        (LATIN, []),
        (LATIN, [[1, 2, 3, 4, 5]] * 5),
        (LATIN, {"grid": FOUR}),
        ({"kind": "sudoku4", "givens": [[0] * 4] * 4}, [[1, 2, 3, 4], [2, 1, 4, 3], [3, 4, 1, 2], [4, 3, 2, 1]]),
        (JOBS, {"a": 0, "b": 1, "c": 2}),
        (JOBS, {"a": 0, "b": 2, "c": 1}),
        (JOBS, {"a": 0, "b": 4, "c": 2}),
        (JOBS, {"a": -2, "b": 0, "c": 0}),
        (JOBS, {"a": 0, "b": 2}),
        (JOBS, {"a": 0, "b": 2, "c": 2, "d": 0}),
        (JOBS, {"a": 0.5, "b": 2.5, "c": 2.5}),
        (JOBS, {"a": "0", "b": 2, "c": 2}),
        (JOBS, {"a": False, "b": 2, "c": 2}),
        (JOBS, [0, 2, 2]),
        (MAP, {"x": 1, "y": 2, "z": 2}),
        (MAP, {"x": 2, "y": 1, "z": 2}),
        (MAP, {"x": 1, "y": 3, "z": 1}),
        (MAP, {"x": 1, "y": 2}),
        (CONFIG, {"p": 2, "q": 2, "r": "on"}),
        (CONFIG, {"p": 3, "q": 4, "r": "on"}),
        (CONFIG, {"p": 1, "q": 4, "r": "off"}),
        (CONFIG, {"p": 5, "q": 6, "r": "on"}),
        (CONFIG, {"p": 1, "q": 2, "r": True}),
    ],
)
def test_broken_constraints(spec: dict[str, Any], answer: Any) -> None:
    assert verify("constraint", spec, json.dumps(answer)).score == 0.0


@pytest.mark.parametrize(
    ("spec", "answer"),
    [
        ({"kind": "latin", "givens": [[0] * 4] * 4}, FOUR),
        ({"kind": "latin4", "givens": [[0] * 4] * 4}, [[1.0, 2, 3, 4], *FOUR[1:]]),
        ({"kind": "sudoku4", "givens": [[0, 2, 0, 0], [0] * 4, [0] * 4, [0] * 4]}, FOUR),
        (JOBS, {"a": 0, "b": 2, "c": 2}),
        (JOBS, {"a": 3, "b": 0, "c": 5}),
        (JOBS, {"a": 0.0, "b": 2, "c": 5}),
        (MAP, {"x": 1, "y": 2, "z": 1}),
        ({**MAP, "colors": ["red", "blue"], "fixed": {"y": "red"}}, {"x": "blue", "y": "red", "z": "blue"}),
        (CONFIG, {"p": 1, "q": 2, "r": "off"}),
        (CONFIG, {"p": 2, "q": 4, "r": "on"}),
    ],
)
def test_any_solution_is_right(spec: dict[str, Any], answer: Any) -> None:
    assert verify("constraint", spec, json.dumps(answer)).correct


@pytest.mark.parametrize(
    "spec",
    [
        {"kind": "chess"},
        {"kind": "latin5", "givens": [[0] * 4] * 4},
        {"kind": "latin4", "givens": [[5, 0, 0, 0], *[[0] * 4] * 3]},
        {"kind": "sudoku", "givens": [[0] * 5] * 5},
        {**JOBS, "before": [["a", "z"]]},
        {**JOBS, "horizon": "6"},
        {**JOBS, "nodes": []},
        {"kind": "schedule", "jobs": {"a": 1}},
        {**MAP, "edges": [["x", "x"]]},
        {**MAP, "colors": 0},
        {**CONFIG, "constraints": [["near", "p", "q"]]},
        {**CONFIG, "constraints": [["less", "p", "zz"]]},
        {**CONFIG, "constraints": [["implies", "p", "q"]]},
    ],
)
def test_a_bad_constraint_spec(spec: dict[str, Any]) -> None:
    with pytest.raises(SpecError):
        verify("constraint", spec, "{}")


@pytest.mark.parametrize(
    ("credit", "null", "partial"),
    [(0.8333, 0.0, 0.41665), (0.30, 0.30, 0.0), (0.65, 0.30, 0.25), (0.1, 0.3, 0.0), (0.9, 1.0, 0.0), (0.0, 0.0, 0.0)],
)
def test_the_shape_of_the_reward(credit: float, null: float, partial: float) -> None:
    assert shaped_partial(credit, null) == pytest.approx(partial)


def test_partial_stays_below_every_right_answer() -> None:
    near = extract([STAFF[0], {**STAFF[1], "city": "Rome"}])
    assert near.partial == pytest.approx(5 / 12)
    assert extract([STAFF[0], {**STAFF[1], "city": "Rome"}], null_credit=0.5).partial == pytest.approx(1 / 3)
    assert extract([STAFF[0], {**STAFF[1], "city": "Rome"}], null_credit="0.833334").partial == 0.0
    assert extract(STAFF, null_credit=0.5).partial == 1.0
    assert verify("json_schema", {"schema": {"type": "object"}}, "[]").partial == 0.0
