"""The small worlds that SQL questions are asked about: two tables each, a parent and its children.

A domain says how its tables and columns are called in SQL and in English, which values occur, and which columns may
be NULL. Everything a question, a mutant or a database needs to know of a schema is here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: Its name in SQL.
        said: How a question calls it.
        kind: "int" or "text".
        values: What occurs: texts, or the bounds of the integers.
        nullable: Whether NULL may occur.
    """

    name: str
    said: str
    kind: str
    values: tuple[str, ...] | tuple[int, int]
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `id` is its primary key; `columns` are the others."""

    name: str
    one: str
    many: str
    columns: tuple[Column, ...]

    def of_kind(self, kind: str) -> tuple[Column, ...]:
        """The columns of a kind."""
        return tuple(column for column in self.columns if column.kind == kind)


@dataclass(frozen=True, slots=True)
class Domain:
    """A parent table and a child table whose `link` column holds ids of parents, NULL, or ids that do not exist."""

    name: str
    parent: Table
    child: Table
    link: str

    @property
    def ddl(self) -> str:
        """The statements that create both tables; the link is declared nowhere, so it may dangle."""
        return "\n".join(
            f"create table {table.name} (id integer primary key, {', '.join(columns)});"
            for table, columns in (
                (self.parent, [_declaration(column) for column in self.parent.columns]),
                (self.child, [f"{self.link} integer", *map(_declaration, self.child.columns)]),
            )
        )

    @property
    def notes(self) -> str:
        """What the schema does not say by itself."""
        return (
            f"{self.child.name}.{self.link} holds the id of a {self.parent.one}; it may be NULL or name no "
            f"{self.parent.one} at all. Columns without NOT NULL may be NULL."
        )


def _declaration(column: Column) -> str:
    kind = "integer" if column.kind == "int" else "text"
    return f"{column.name} {kind}" + ("" if column.nullable else " not null")


def _text(name: str, said: str, values: str, nullable: bool = True) -> Column:
    return Column(name, said, "text", tuple(values.split()), nullable)


def _int(name: str, said: str, low: int, high: int, nullable: bool = True) -> Column:
    return Column(name, said, "int", (low, high), nullable)


DOMAINS: tuple[Domain, ...] = (
    Domain(
        "shop",
        Table(
            "customer",
            "customer",
            "customers",
            (
                _text("name", "name", "Ann Bob Cy Dee Eve", nullable=False),
                _text("city", "city", "Oslo Rome Lyon Graz"),
                _int("discount", "discount", 0, 40),
            ),
        ),
        Table(
            "purchase",
            "purchase",
            "purchases",
            (
                _text("item", "item", "lamp mug rug desk", nullable=False),
                _text("status", "status", "open paid sent"),
                _int("amount", "amount", 1, 200),
                _int("year", "year", 2018, 2026),
            ),
        ),
        "customer_id",
    ),
    Domain(
        "school",
        Table(
            "teacher",
            "teacher",
            "teachers",
            (
                _text("name", "name", "Abel Brandt Costa Duval", nullable=False),
                _text("subject", "subject", "art music physics sport"),
                _int("salary", "salary", 30, 90),
            ),
        ),
        Table(
            "course",
            "course",
            "courses",
            (
                _text("title", "title", "basics advanced seminar lab", nullable=False),
                _text("room", "room", "A1 A2 B1 B2"),
                _int("credits", "number of credits", 1, 12),
                _int("seats", "number of seats", 5, 60),
            ),
        ),
        "teacher_id",
    ),
    Domain(
        "library",
        Table(
            "author",
            "author",
            "authors",
            (
                _text("name", "name", "Novak Ortiz Lund Koch", nullable=False),
                _text("country", "country", "Chile Japan Kenya Malta"),
                _int("born", "year of birth", 1900, 1999),
            ),
        ),
        Table(
            "book",
            "book",
            "books",
            (
                _text("title", "title", "Dawn Tides Ember Stone", nullable=False),
                _text("genre", "genre", "essay novel poetry"),
                _int("pages", "number of pages", 40, 900),
                _int("copies", "number of copies", 0, 30),
            ),
        ),
        "author_id",
    ),
    Domain(
        "zoo",
        Table(
            "keeper",
            "keeper",
            "keepers",
            (
                _text("name", "name", "Kaya Mateo Nadia Samir", nullable=False),
                _text("shift", "shift", "early late night"),
                _int("age", "age", 18, 66),
            ),
        ),
        Table(
            "animal",
            "animal",
            "animals",
            (
                _text("species", "species", "lynx otter ibis tapir", nullable=False),
                _text("diet", "diet", "fish grass meat"),
                _int("weight", "weight", 1, 300),
                _int("arrived", "year of arrival", 2000, 2025),
            ),
        ),
        "keeper_id",
    ),
)
