"""What a query gives, whichever engine ran it: typed values, rows, and the tables that were read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Typed(NamedTuple):
    """A value that is neither number, text, bytes nor NULL: its type and its text, e.g. ("date", "2024-02-29")."""

    kind: str
    text: str


Value = int | float | str | bytes | Typed | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query gave.

    Attributes:
        columns: Names of the columns, as the query calls them.
        rows: The rows, in the order they came.
        steps: Steps spent, where the engine counts them; else 0.
        tables: Tables that the query reads.
    """

    columns: tuple[str, ...]
    rows: list[Row]
    steps: int
    tables: frozenset[str]
