"""`conversion`: the answer is a text in the target format that holds exactly the expected data.

The text is read by that format's policy (`strict_json`, `delimited`, `markup`) and compared in the JSON data model,
so quoting, indentation, key order and number spelling are free, and data are not.

Policy `cells@2`: tables (`csv`, `markdown`, and `xml` with a row element) and the leaves of an `xml` tree hold text,
and the expected value says what it stands for. Expected text must stand there to the letter, a number by value in the
spelling of JSON, true and false as those words; null has a spelling only where the spec gives one (`null`). A cell that
is some expected text of its column to the letter is that text and no number. An element without children and with
nothing but white space inside is the empty object where one is expected. Rows count in order unless `row_order` is
"any"; columns go by their names unless `column_order` is "fixed".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from assay.verifiers.data.answer import MAX_BYTES, read_answer
from assay.verifiers.data.delimited import Table, read_csv, read_markdown
from assay.verifiers.data.markup import MARKUP_BYTES, read_toml, read_xml, read_yaml, yaml_scanner
from assay.verifiers.data.model import (
    Equality,
    document_credit,
    f1,
    fingerprint,
    is_number,
    read_equality,
    read_expected,
)
from assay.verifiers.data.outcome import DataVerifier, Outcome, Refusal, read_choice
from assay.verifiers.data.strict_json import check_text, read_json, read_number
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status

TREES: dict[str, Callable[[str], Any]] = {"json": read_json, "yaml": read_yaml, "toml": read_toml}
TABLES = ("csv", "markdown", "xml")
FORMATS = (*TREES, *TABLES)

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", re.ASCII)


class ConversionVerifier(DataVerifier):
    """Spec: `{"to": format, "expected": value}`; optional fields are in `docs/structured_data.md`."""

    kind: ClassVar[str] = "conversion"
    required = frozenset({"to", "expected"})
    optional = frozenset(
        {"from", "xml", "row_order", "column_order", "delimiter", "null", "tolerance", "unordered", "unicode"}
    )

    def grade(self, settings: Mapping[str, Any], response: str) -> Outcome:
        """Read the target format, compare the data."""
        target = read_choice(settings, "to", FORMATS, "json")
        rules = read_equality(settings)
        expected = read_expected(settings, rules)
        layout = _xml_layout(settings) if target == "xml" else None
        answer = read_answer(settings, response, MAX_BYTES if target in ("json", "csv", "markdown") else MARKUP_BYTES)
        if target in TREES:
            method = f"yaml:{yaml_scanner()}" if target == "yaml" else target
            return _outcome(rules, expected, rules.normal(TREES[target](answer)), answer, target, method)
        if layout is not None and layout[1] is None:
            expected = _leaves(expected, settings.get("null"))
            given = _typed_tree(expected, rules.normal(_xml_tree(_xml_root(answer, layout[0]))))
            return _outcome(rules, expected, given, answer, target, target)
        return _grade_table(settings, expected, _read_table(target, settings, layout, answer), rules, answer, target)


def _outcome(rules: Equality, expected: Any, given: Any, answer: str, target: str, method: str) -> Outcome:
    return _result(rules.same(expected, given), document_credit(expected, given, rules), answer, target, method)


def _result(same: bool, credit: float, answer: str, target: str, method: str) -> Outcome:
    if same:
        return Outcome(True, 1.0, "equal", "The converted data are right.", answer, method)
    message = f"The text is readable {target}, but its data are not the expected ones."
    return Outcome(False, min(credit, 1 - 1e-9), "data_differ", message, answer, method)


def _read_table(
    target: str, settings: Mapping[str, Any], layout: tuple[str, str | None] | None, answer: str
) -> list[dict[str, str]] | tuple[list[str], Table]:
    if layout is not None:
        return _xml_rows(_xml_root(answer, layout[0]), str(layout[1]))
    if target == "csv":
        delimiter = settings.get("delimiter", ",")
        if not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter in '"\r\n':
            raise SpecError(f"delimiter must be one character other than a quote or line break, got {delimiter!r}")
        table = read_csv(answer, delimiter)
    else:
        table = read_markdown(answer)
    check_text(table)
    return table[0], table[1:]


def _grade_table(
    settings: Mapping[str, Any],
    expected: Any,
    read: list[dict[str, str]] | tuple[list[str], Table],
    rules: Equality,
    answer: str,
    target: str,
) -> Outcome:
    columns = _expected_columns(expected)
    fixed = read_choice(settings, "column_order", ("any", "fixed"), "any") == "fixed"
    any_order = read_choice(settings, "row_order", ("fixed", "any"), "fixed") == "any"
    wanted = [{name: _cell(value, settings.get("null")) for name, value in row.items()} for row in expected]
    if isinstance(read, tuple):
        header, body = rules.normal(read[0]), rules.normal(read[1])
        if len(set(header)) < len(header):
            raise Refusal(Status.MALFORMED, "duplicate_key", "Two columns have names of the same normal form.")
        if columns and (sorted(header) != sorted(columns) or (fixed and header != columns)):
            return Outcome(False, 0.0, "columns_differ", "The columns are not the expected ones.", answer, target)
        rows = [dict(zip(header, row, strict=True)) for row in body]
    else:
        rows = rules.normal(read)
        if fixed and any(list(row) != columns for row in rows):
            return Outcome(False, 0.0, "columns_differ", "The columns are not in the expected order.", answer, target)
    readers = {name: _ColumnReader([row[name] for row in wanted]) for name in columns}
    wanted = [{name: readers[name].expected(value) for name, value in row.items()} for row in wanted]
    given = [
        {name: readers[name].given(text) if name in readers else text for name, text in row.items()} for row in rows
    ]
    same = Equality(rules.absolute, rules.relative, frozenset({""}) if any_order else False).same(wanted, given)
    known = given if any_order else rules.nearest(wanted, given)
    facts = (Counter((k, fingerprint(v)) for row in table for k, v in row.items()) for table in (wanted, known))
    return _result(same, f1(*facts)[0], answer, target, target)


class _ColumnReader:
    """What the cells of one column stand for, given what is expected in it."""

    def __init__(self, expected: list[Any]) -> None:
        self.texts = frozenset(value for value in expected if isinstance(value, str))
        self.holds_numbers = len(self.texts) < len(set(map(fingerprint, expected)))
        # A number that is spelled like some text of the column cannot be told from it, so it is held to that spelling.
        self.spelled = {fingerprint(read_cell(text)): text for text in self.texts} if self.holds_numbers else {}

    def expected(self, value: Any) -> Any:
        return value if isinstance(value, str) else self.spelled.get(fingerprint(value), value)

    def given(self, text: str) -> Any:
        return read_cell(text) if self.holds_numbers and text not in self.texts else text


def read_cell(text: str) -> Any:
    """The number that a cell spells, or its text."""
    return read_number(text) if len(text) < 400 and _NUMBER.fullmatch(text) else text


def _expected_columns(expected: Any) -> list[str]:
    if not isinstance(expected, list) or not all(isinstance(row, dict) and row for row in expected):
        raise SpecError("expected must be a list of non-empty objects for a table")
    names = [list(row) for row in expected]
    if any(set(row) != set(names[0]) for row in names):
        raise SpecError("expected must have the same fields in every row")
    return names[0] if names else []


def _cell(value: Any, null: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        if not isinstance(null, str):
            raise SpecError("expected holds null, which a table cannot spell: give its text in the field 'null'")
        return null
    if isinstance(value, str) or is_number(value):
        return value
    raise SpecError("expected holds a nested value, which a table cell cannot hold")


def _xml_layout(settings: Mapping[str, Any]) -> tuple[str, str | None]:
    layout = settings.get("xml")
    if not isinstance(layout, Mapping) or not isinstance(layout.get("root"), str) or not set(layout) <= {"root", "row"}:
        raise SpecError("xml must be {'root': element name, 'row': element name or left out}")
    row = layout.get("row")
    if row is not None and not isinstance(row, str):
        raise SpecError(f"xml: row must be an element name, got {row!r}")
    return layout["root"], row


def _xml_root(answer: str, name: str) -> Any:
    root = read_xml(answer)
    if root.tag != name:
        raise Refusal(Status.WRONG, "wrong_root", "The root element is not the one asked for.")
    return root


def _xml_rows(root: Any, row_name: str) -> list[dict[str, str]]:
    _check_container(root)
    rows: list[dict[str, str]] = []
    for element in root:
        if element.tag != row_name:
            raise Refusal(Status.WRONG, "wrong_row", "There is an element where a row belongs.")
        cells = _xml_tree(element)
        if not isinstance(cells, dict) or not all(isinstance(cell, str) for cell in cells.values()):
            raise Refusal(Status.WRONG, "wrong_row", "A row is not made of cells.")
        rows.append(cells)
    return rows


def _xml_tree(element: Any) -> Any:
    """Children as an object, a leaf as its text."""
    if element.attrib:
        raise Refusal(Status.WRONG, "attribute", "Attributes are not part of the layout.")
    if len(element) == 0:
        return element.text or ""
    _check_container(element)
    table: dict[str, Any] = {}
    for child in element:
        if child.tag in table:
            raise Refusal(Status.MALFORMED, "duplicate_key", "An element has two children of the same name.")
        table[child.tag] = _xml_tree(child)
    return table


def _check_container(element: Any) -> None:
    if element.attrib:
        raise Refusal(Status.WRONG, "attribute", "Attributes are not part of the layout.")
    between = [element.text, *(child.tail for child in element)]
    if any(text and text.strip(" \t\r\n") for text in between):
        raise Refusal(Status.WRONG, "stray_text", "There is text between the elements.")


def _leaves(value: Any, null: Any) -> Any:
    """The expected tree with true, false and null as the text that an element holds."""
    if isinstance(value, dict):
        return {key: _leaves(entry, null) for key, entry in value.items()}
    if isinstance(value, list):
        raise SpecError("expected holds an array, which the xml layout cannot spell")
    return _cell(value, null)


def _typed_tree(expected: Any, given: Any) -> Any:
    """The given tree with its text read as what is expected in its place."""
    if isinstance(expected, dict):
        if isinstance(given, dict):
            return {name: _typed_tree(expected.get(name), entry) for name, entry in given.items()}
        return {} if not expected and not given.strip(" \t\r\n") else given
    return read_cell(given) if is_number(expected) and isinstance(given, str) else given


VERIFIER = ConversionVerifier()
