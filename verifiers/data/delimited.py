"""Reading CSV (RFC 4180) and Markdown (GFM) tables: rows of text cells, or a refusal that says why.

Policies `csv@1` and `markdown-table@1`. Every cell is text; nothing is guessed to be a number or missing. A CSV line
ends in LF or CRLF; quotes only around whole fields; each row has as many cells as the header; no header name twice;
blank lines are allowed before the header and after the last row of a table with several columns. A Markdown table
needs its delimiter row and as many cells in each row as in the header; a backslash before punctuation is an escape,
other inline markup is taken as it stands.
"""

from __future__ import annotations

import re

from assay.verifiers.data.outcome import Refusal
from assay.verifiers.verdict import Status

Table = list[list[str]]

MAX_CELLS = 200_000
"""Most cells a table may have."""


def read_csv(text: str, delimiter: str = ",") -> Table:
    """The rows of a CSV text, header first, all equally long.

    Raises:
        Refusal: The text is not a table.
    """
    rows = _csv_rows(text, delimiter)
    while rows and rows[0] == [""]:
        del rows[0]
    if rows and len(rows[0]) > 1:
        while rows[-1] == [""]:
            rows.pop()
    return _checked(rows, "csv")


def _csv_rows(text: str, delimiter: str) -> Table:
    """Split by the grammar of RFC 4180; a blank line is a row of one empty field."""
    mark = re.escape(delimiter)
    field = re.compile(rf'"((?:[^"]|"")*+)"|([^"{mark}\r\n]*+)')
    rows: Table = []
    row: list[str] = []
    at, cells = 0, 0
    while at < len(text):
        match = field.match(text, at)
        if match is None:
            raise _malformed("csv", "a quote is out of place or not closed")
        row.append(match[2] if match[1] is None else match[1].replace('""', '"'))
        at = match.end()
        cells += 1
        if cells > MAX_CELLS:
            raise Refusal(Status.LIMIT, "too_many_cells", f"The table has more than {MAX_CELLS} cells.")
        if at == len(text):
            rows.append(row)
            return rows
        if text.startswith(delimiter, at):
            at += len(delimiter)
            if at == len(text):
                rows.append([*row, ""])
                return rows
            continue
        end = 2 if text.startswith("\r\n", at) else 1 if text[at] == "\n" else 0
        if not end:
            raise _malformed("csv", "a quote or carriage return is out of place")
        rows.append(row)
        row = []
        at += end
    return rows


_DELIMITER_CELL = re.compile(r":?-+:?", re.ASCII)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_markdown(text: str) -> Table:
    """The rows of the one GFM table in a text, header first, without the delimiter row.

    Raises:
        Refusal: The text is not one table.
    """
    lines = [line.strip(" \t\r") for line in text.split("\n")]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        lines.pop()
    if len(lines) < 2:
        raise _malformed("markdown", "a table needs a header and a delimiter row")
    if sum(line.count("|") for line in lines) > MAX_CELLS:
        raise Refusal(Status.LIMIT, "too_many_cells", f"The table has more than {MAX_CELLS} cells.")
    if "" in lines:
        raise _malformed("markdown", "a blank line ends a table")
    marks = _cells(lines[1])
    if "|" not in lines[1] and "|" not in lines[0]:
        raise _malformed("markdown", "there is no table")
    if not all(_DELIMITER_CELL.fullmatch(mark) for mark in marks):
        raise _malformed("markdown", "the second line is not a delimiter row")
    rows = [_cells(line) for index, line in enumerate(lines) if index != 1]
    if len(marks) != len(rows[0]):
        raise _malformed("markdown", "the delimiter row does not fit the header")
    return _checked([[_ESCAPE.sub(r"\1", cell) for cell in row] for row in rows], "markdown")


def _cells(line: str) -> list[str]:
    """Cells of one line, trimmed; escapes are still in them."""
    if line.startswith("|"):
        line = line[1:]
    cells: list[str] = []
    start = at = 0
    while at < len(line):
        if line[at] == "\\":
            at += 2
            continue
        if line[at] == "|":
            cells.append(line[start:at].strip(" \t"))
            start = at + 1
        at += 1
    if line[start:].strip(" \t") or start == 0:
        cells.append(line[start:].strip(" \t"))
    return cells


def _checked(rows: Table, what: str) -> Table:
    if not rows:
        raise _malformed(what, "there is no header")
    width = len(rows[0])
    if len(set(rows[0])) < width:
        raise Refusal(Status.MALFORMED, "duplicate_key", "Two columns have the same name.")
    for number, row in enumerate(rows[1:], 1):
        if len(row) != width:
            raise Refusal(
                Status.MALFORMED, "ragged", f"Row {number} has {len(row)} cells where the header has {width}."
            )
    return rows


def _malformed(what: str, why: str) -> Refusal:
    return Refusal(Status.MALFORMED, f"not_{what}", f"The answer is not a {what} table: {why}.")
