"""`extraction`: records read out of a text, matched by key, counted fact by fact.

Policy `extraction@2`: the answer is a JSON array of objects (or one object, where one is expected). With `key` (a
field or a list of fields) records are matched by the value of their key and their order does not matter; without it
the records are matched as a multiset. The headline is exact: all records, no others, no extra field; a missing field
is not null. `credit` is the F1 of the facts (key, field, value) as multisets, so a record given twice costs precision.
A Unicode normal form holds for keys, too; a tolerance holds for all numbers but those of the key. Pointers in
`unordered` are meant within a record.

`scoring` says what the credit counts for: "field_f1" (the default) pays it as shaped training credit, "exact" pays
nothing short of all. The strict score is the same under both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

from assay.verifiers.data.answer import read_answer
from assay.verifiers.data.model import Equality, f1, fingerprint, read_equality, read_expected
from assay.verifiers.data.outcome import DataVerifier, Outcome, Refusal, read_choice, read_count
from assay.verifiers.data.strict_json import HIGHEST_DEPTH, MAX_DEPTH, read_json
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status

MAX_COMPARED = 10_000
"""Pairs of records up to which partial credit looks for numbers within the tolerance where no key tells which."""

Record = dict[str, Any]
Fact = tuple[str, str, str]


class ExtractionVerifier(DataVerifier):
    """Spec: `{"expected": [record, ...]}`; optional `key`, `scoring`, `tolerance`, `unordered`, `unicode`."""

    kind: ClassVar[str] = "extraction"
    required = frozenset({"expected"})
    optional = frozenset({"key", "scoring", "tolerance", "unordered", "unicode", "max_depth"})

    def grade(self, settings: Mapping[str, Any], response: str) -> Outcome:
        """Read the records, match them, count the facts."""
        scoring = read_choice(settings, "scoring", ("field_f1", "exact"), "field_f1")
        rules = read_equality(settings)
        wanted = read_expected(settings, rules)
        expected = _records(wanted)
        if expected is None:
            raise SpecError("expected must be an object or a list of objects")
        key = _read_key(settings, expected)
        max_depth = read_count(settings, "max_depth", MAX_DEPTH, HIGHEST_DEPTH)
        answer = read_answer(settings, response)
        read = rules.normal(read_json(answer, max_depth))
        given = _records(read)
        if given is None or isinstance(read, dict) != isinstance(wanted, dict):
            raise Refusal(Status.MALFORMED, "not_records", "The answer must be a JSON array of objects.")
        method = "by-key" if key else "multiset"
        facts = f1(_facts(expected, key), _facts(_nearest(expected, given, key, rules), key))
        detail = {"facts_expected": _size(expected), "facts_given": _size(given), "facts_right": facts[1]}
        if _same_records(expected, given, key, rules):
            return Outcome(True, 1.0, "equal", "All records are right.", answer, method, detail)
        credit = 0.0 if scoring == "exact" else min(facts[0], 1 - 1e-9)
        message = "The records can be read but are not all right."
        return Outcome(False, credit, "records_differ", message, answer, method, detail)


def _records(value: Any) -> list[Record] | None:
    rows = [value] if isinstance(value, dict) else value
    return rows if isinstance(rows, list) and all(isinstance(row, dict) for row in rows) else None


def _read_key(settings: Mapping[str, Any], expected: list[Record]) -> tuple[str, ...]:
    key = settings.get("key")
    if key is None:
        return ()
    fields = (key,) if isinstance(key, str) else tuple(key) if isinstance(key, (list, tuple)) else ()
    if not fields or not all(isinstance(name, str) for name in fields):
        raise SpecError(f"key must be a field name or a list of them, got {key!r}")
    names = [_key_of(row, fields) for row in expected]
    if None in names or len(set(names)) < len(names):
        raise SpecError(f"key {key!r} is missing or not unique in the expected records")
    return fields


def _key_of(row: Record, key: tuple[str, ...]) -> str | None:
    return fingerprint([row[name] for name in key]) if all(name in row for name in key) else None


def _facts(rows: list[Record], key: tuple[str, ...]) -> Counter[Fact]:
    counts: Counter[Fact] = Counter()
    for row in rows:
        whose = (_key_of(row, key) or "") if key else "*"
        counts.update((whose, field, fingerprint(value)) for field, value in row.items())
    return counts


def _size(rows: list[Record]) -> int:
    return sum(map(len, rows))


def _nearest(expected: list[Record], given: list[Record], key: tuple[str, ...], rules: Equality) -> list[Record]:
    """The given records with the numbers that are within the tolerance replaced by those they stand for."""
    if rules.exact:
        return given
    if key:
        by_key = {_key_of(row, key): row for row in expected}
        return [rules.nearest(by_key.get(_key_of(row, key), {}), row) for row in given]
    if len(expected) * len(given) > MAX_COMPARED:
        return given
    known = {field: [row[field] for row in expected if field in row] for row in expected for field in row}

    def place(field: str, value: Any) -> Any:
        return next((wanted for wanted in known.get(field, ()) if rules.same(wanted, value)), value)

    return [{field: place(field, value) for field, value in row.items()} for row in given]


def _same_records(expected: list[Record], given: list[Record], key: tuple[str, ...], rules: Equality) -> bool:
    if len(expected) != len(given):
        return False
    if not key:
        return rules.same_multiset(expected, given)
    by_key = {_key_of(row, key): row for row in given}
    if len(by_key) < len(given):
        return False
    return all((key_ := _key_of(row, key)) in by_key and rules.same(row, by_key[key_]) for row in expected)


VERIFIER = ExtractionVerifier()
