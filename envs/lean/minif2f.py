"""miniF2F: 488 statements of competition mathematics over Mathlib, for the real engines (K. Zheng et al. 2022).

The Lean 4 version of yangky11/miniF2F-lean4. Every statement needs Mathlib, so every task has a header that the
embedded engine cannot read: without a real Lean, each verdict is an `ERROR` that says how to get one, and the sample is
masked. There are no proofs in the data set, so there is no gold response.
"""

from __future__ import annotations

import functools
import json
import os
import re
from pathlib import Path
from typing import NamedTuple

from assay.envs.lean.prompt import write_prompt
from assay.envs.source import check_index, check_split
from assay.envs.task import Task, content_hash
from assay.verifiers.errors import AssayError, UnknownNameError

DATA_DIR_VARIABLE = "ASSAY_DATA"

FILE = "minif2f/minif2f_lean4.jsonl"

_ROW = re.compile(r"(.*?)^theorem\s+(\S+)(\s.*?)\s*:=\s*(?:by\s+)?sorry\s*\Z", re.DOTALL | re.MULTILINE)


class Row(NamedTuple):
    """One statement."""

    name: str
    header: str
    statement: str


class MiniF2FSource:
    """The statements of miniF2F; task ids are `minif2f/SPLIT/NAME`.

    Args:
        data_dir: The folder that holds `minif2f/minif2f_lean4.jsonl`; by default what the environment variable
            `ASSAY_DATA` says, or `./data`.
        instruction: Added to each prompt after a line break; "" leaves the prompt alone.
    """

    name = "minif2f"
    version = "1"
    splits = ("valid", "test")

    def __init__(self, data_dir: str | Path | None = None, instruction: str = "") -> None:
        """Nothing is read yet."""
        self.data_dir = str(data_dir or os.environ.get(DATA_DIR_VARIABLE) or "data")
        self.instruction = instruction

    def size(self, split: str) -> int:
        """How many statements the split has.

        Raises:
            UnknownNameError: There is no such split.
            AssayError: The data cannot be read.
        """
        check_split(self, split)
        return len(_read(self.data_dir)[split])

    def task(self, split: str, index: int) -> Task:
        """The statement at an index.

        Raises:
            UnknownNameError: There is no such split.
            AssayError: The index is out of range, or the data cannot be read.
        """
        check_split(self, split)
        check_index(self, split, index)
        row = _read(self.data_dir)[split][index]
        prompt = write_prompt(row.statement, name=row.name, header=row.header)
        prompt += f"\n{self.instruction}" if self.instruction else ""
        meta = {"source": self.name, "family": self.name, "split": split, "index": index, "version": self.version}
        spec = {"statement": row.statement, "header": row.header}
        return Task(f"{self.name}/{split}/{row.name}", prompt, "lean", spec, meta)

    def find(self, task_id: str) -> Task:
        """The statement of an id.

        Raises:
            UnknownNameError: There is no such statement.
        """
        split = (*str(task_id).split("/", 2), "")[1]
        if split in self.splits:
            for index, row in enumerate(_read(self.data_dir)[split]):
                if f"{self.name}/{split}/{row.name}" == task_id:
                    return self.task(split, index)
        known = [f"{self.name}/{part}/{row.name}" for part in self.splits for row in _read(self.data_dir)[part]]
        raise UnknownNameError("task id", task_id, known)

    def gold(self, task: Task) -> str:
        """There is none.

        Raises:
            AssayError: Always.
        """
        raise AssayError("miniF2F comes without proofs: it has no gold responses, so neither audit nor gold agent")

    def content_hash(self) -> str:
        """SHA-256 over name, version, instruction and all statements."""
        tasks = [self.task(split, index).to_dict() for split in self.splits for index in range(self.size(split))]
        return content_hash([self.name, self.version, self.instruction, *tasks])


@functools.lru_cache(maxsize=4)
def _read(data_dir: str) -> dict[str, tuple[Row, ...]]:
    path = Path(data_dir, FILE)
    rows: dict[str, list[Row]] = {split: [] for split in MiniF2FSource.splits}
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            values = json.loads(line)
            match = _ROW.fullmatch(values["lean"])
            if match is None:
                raise AssayError(f"{path}:{number} is no header with a theorem that ends in `sorry`")
            header, name, statement = (part.strip() for part in match.groups())
            rows[values["split"]].append(Row(name, header, statement))
    except FileNotFoundError:
        raise AssayError(
            f"miniF2F has no file {path}: put minif2f_lean4.jsonl there (rows with name, split and lean, made from "
            f"yangky11/miniF2F-lean4), or point {DATA_DIR_VARIABLE} or data_dir at the folder that holds minif2f/"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise error if isinstance(error, AssayError) else AssayError(f"cannot read {path}: {error}") from error
    return {split: tuple(found) for split, found in rows.items()}
