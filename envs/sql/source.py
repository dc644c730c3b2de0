"""Endless sources of SQL tasks; see `assay.envs.procedural` for how content is drawn and split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assay.envs.procedural import MAX_DIFFICULTY, MIN_DIFFICULTY, FamilySource, Written
from assay.envs.sql.families import SqlFamily
from assay.envs.task import Task
from assay.verifiers.data.outcome import read_choice

INSTRUCTION = """\
A turn is one fenced block: a query to be run on the database (```sql), or the answer (```answer). A query is one
SELECT; `.tables` and `.schema TABLE` in its place tell what there is. The last turn must be the answer."""
"""What the prompt says of the protocol, unless a source is told otherwise."""


class SqlSource(FamilySource[SqlFamily[Any]]):
    """Tasks of one or several families; `schema` is "shown" in the prompt or "hidden", to be discovered."""

    def __init__(
        self,
        families: Sequence[SqlFamily[Any]],
        difficulty: int | Sequence[int] = (MIN_DIFFICULTY, MAX_DIFFICULTY),
        instruction: str = INSTRUCTION,
        name: str | None = None,
        schema: str = "shown",
    ) -> None:
        """Check the arguments; nothing is generated yet."""
        self.schema = read_choice({"schema": schema}, "schema", ("shown", "hidden"), "shown")
        super().__init__(families, difficulty, instruction, name)

    @property
    def version(self) -> str:
        """The families' version, and whether the schema is hidden."""
        return super().version + ("-hidden" if self.schema == "hidden" else "")

    def write(self, family: SqlFamily[Any], params: Any, split: str) -> Written:
        """What the family writes, with the schema if it is shown."""
        item = family.write(params, split)
        shown = f"{family.schema(params)}\n\n" if self.schema == "shown" else ""
        return Written(shown + item.prompt, item.kind, item.spec)

    def gold(self, task: Task) -> str:
        """The right answer in an answer block."""
        family, params, split = self.drawn(task.id)
        return f"```answer\n{family.write(params, split).answer}\n```"

    def database(self, task: Task) -> str:
        """The script of the database that the agent of a task may query."""
        family, params, _ = self.drawn(task.id)
        return family.database(params)

    def ddl(self, task: Task) -> str:
        """The statements that create the tables of a task."""
        family, params, _ = self.drawn(task.id)
        return family.ddl(params)
