"""`assay/Sql-v0`: questions to a database, with read-only queries before the answer.

An action with one fenced block marked `sql` is a query: it is run on the task's database under the limits of the SQL
verifier, and its rows are shown as a table within a budget. Anything else, and the last action of an episode in any
case, is the answer. Queries are never paid and never end an episode; a query that is refused is told why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assay.envs.source import TaskSource
from assay.envs.sql.families import FAMILIES
from assay.envs.sql.source import SqlSource
from assay.envs.task import Task
from assay.envs.text_env import TextEnv, check_options
from assay.verifiers.data.outcome import Refusal
from assay.verifiers.data.query_result import QueryResult, Value
from assay.verifiers.data.sqlite_sandbox import Sandbox, build_database
from assay.verifiers.errors import AssayError, UnknownNameError

MAX_QUERY_CHARS = 20_000
CELL_CHARS = 60
"""Longest cell that is shown whole."""

_SQL_BLOCK = re.compile(r"^ {0,3}```[sS][qQ][lL][ \t]*\r?\n(.*?)^ {0,3}```[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_SCHEMA = re.compile(r"\.schema(?:[ \t]+(\w{1,64}))?[ \t]*;?", re.ASCII)

SETTINGS = ("difficulty", "instruction", "schema")


class SqlEnv(TextEnv):
    """Answer a question about a database: query it for some turns, then answer.

    Args:
        source: A name from `sources()`, or an `SqlSource` made elsewhere.
        split: Which split of it.
        difficulty: A difficulty from 1 to 10, or the lowest and highest of a range.
        instruction: What the prompt says at its end; "" leaves it out.
        schema: "shown" in the prompt, or "hidden": to be discovered by queries.
        max_turns: Actions allowed, the answer included; 1 leaves no query.
        shown_rows: Rows of a query's result that are shown.
        **text_env_options: The other options of `TextEnv`.

    Raises:
        AssayError: An argument is unknown, unusable, or does not fit the source.
    """

    def __init__(
        self,
        source: str | TaskSource = "all",
        split: str = "train",
        *,
        difficulty: int | Sequence[int] | None = None,
        instruction: str | None = None,
        schema: str | None = None,
        max_turns: int = 6,
        shown_rows: int = 20,
        **text_env_options: Any,
    ) -> None:
        """Find the source; no task is made before `reset`."""
        check_options(text_env_options, (*SETTINGS, "shown_rows"))
        settings = {"difficulty": difficulty, "instruction": instruction, "schema": schema}
        given = {name: value for name, value in settings.items() if value is not None}
        if isinstance(source, str):
            source = self.make_source(source, **given)
        elif given:
            raise AssayError(f"{', '.join(given)}: settings of a named source, but the source given is already made")
        if not isinstance(source, SqlSource):
            raise AssayError(f"Sql-v0 needs a source with databases, got {type(source).__name__}")
        if isinstance(shown_rows, bool) or not isinstance(shown_rows, int) or shown_rows < 1:
            raise AssayError(f"shown_rows must be an integer of at least 1, got {shown_rows!r}")
        self.databases = source
        self.shown_rows = shown_rows
        super().__init__(source, split, max_turns=max_turns, **text_env_options)

    @classmethod
    def sources(cls) -> Mapping[str, str]:
        """Families and "all", each with one line on what it holds."""
        return {name: family.summary for name, family in FAMILIES.items()} | {"all": f"all {len(FAMILIES)} families"}

    @classmethod
    def make_source(cls, name: str, **options: Any) -> TaskSource:
        """The source of a name; `difficulty`, `instruction` and `schema` as for the environment.

        Raises:
            UnknownNameError: There is no such source, or it has no such option.
            AssayError: An option's value cannot be used.
        """
        if name not in cls.sources():
            raise UnknownNameError("source", name, cls.sources())
        for option in options:
            if option not in SETTINGS:
                raise UnknownNameError(f"option of the source {name}", option, SETTINGS)
        families = list(FAMILIES.values()) if name == "all" else [FAMILIES[name]]
        return SqlSource(families, name=name, **options)

    def respond(self, task: Task, action: str) -> str | None:
        """The rows of a query, or why there are none; None for an answer."""
        query = read_query(action)
        if query is None:
            return None
        if query == ".tables" or _SCHEMA.fullmatch(query):
            return self._describe(task, query)
        try:
            with Sandbox(build_database(self.databases.database(task))) as sandbox:
                return show_rows(sandbox.query(query), self.shown_rows)
        except Refusal as refusal:
            return refusal.message

    def _describe(self, task: Task, command: str) -> str:
        statements = self.databases.ddl(task).split("\n")
        names = {statement.split()[2]: statement for statement in statements}
        match = _SCHEMA.fullmatch(command)
        if match is None:
            return f"Tables: {', '.join(names)}."
        if match[1] is None:
            return "\n".join(statements)
        return names.get(match[1], "There is no table of that name.")


def read_query(action: str) -> str | None:
    """The query of an action whose only fenced block is marked `sql`; None for any other action."""
    if len(action) > MAX_QUERY_CHARS or action.count("```") != 2:
        return None
    block = _SQL_BLOCK.search(action)
    return block[1].strip() if block else None


def show_rows(result: QueryResult, limit: int) -> str:
    """A result as a Markdown table of at most `limit` rows, and how many rows there are."""
    lines = [f"| {' | '.join(_cell(name) for name in result.columns)} |", "|" + " --- |" * len(result.columns)]
    lines += [f"| {' | '.join(map(_cell, row))} |" for row in result.rows[:limit]]
    count = len(result.rows)
    lines.append("1 row." if count == 1 else f"{count} rows." if count <= limit else f"{limit} of {count} rows shown.")
    return "\n".join(lines)


def _cell(value: Value) -> str:
    text = "NULL" if value is None else f"x'{value.hex()}'" if isinstance(value, bytes) else str(value)
    text = " ".join(text.split("\n")).replace("|", "\\|")
    return text if len(text) <= CELL_CHARS else text[: CELL_CHARS - 3] + "..."
