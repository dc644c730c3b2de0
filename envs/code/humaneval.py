"""HumanEval: 164 functions to complete, each with a test of its authors (Chen et al. 2021, arXiv:2107.03374)."""

from __future__ import annotations

import functools
import gzip
import importlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assay.envs.source import check_index, check_split
from assay.envs.task import Task, content_hash
from assay.verifiers.errors import AssayError, UnknownNameError

DATA_DIR_VARIABLE = "ASSAY_DATA"

HUB = "hub"

INSTRUCTION = "Complete this Python function. Answer with the whole function in one fenced block.\n\n"
"""What the prompt begins with, unless a source is told otherwise."""


class HumanEvalSource:
    """The problems of HumanEval; task ids are `humaneval/test/0` to `humaneval/test/163`.

    Args:
        data_dir: The folder that holds `humaneval/HumanEval.jsonl.gz` (or .jsonl), or "hub"; by default what the
            environment variable `ASSAY_DATA` says, or `./data`.
        instruction: Put before each prompt; "" leaves the prompt alone.
    """

    name = "humaneval"
    version = "1"
    splits = ("test",)

    def __init__(self, data_dir: str | Path | None = None, *, instruction: str = INSTRUCTION) -> None:
        """Nothing is read yet."""
        self.data_dir = str(data_dir or os.environ.get(DATA_DIR_VARIABLE) or "data")
        self.instruction = instruction

    def size(self, split: str) -> int:
        """How many problems there are.

        Raises:
            UnknownNameError: There is no such split.
            AssayError: The data cannot be read.
        """
        check_split(self, split)
        return len(_read(self.data_dir))

    def task(self, split: str, index: int) -> Task:
        """The problem at an index.

        Raises:
            UnknownNameError: There is no such split.
            AssayError: The index is out of range, or the data cannot be read.
        """
        check_split(self, split)
        check_index(self, split, index)
        row = _read(self.data_dir)[index]
        shown = {"kind": "fn", "entry": row["entry_point"], "prompt": row["prompt"]}
        spec = {"task": {**shown, "test": row["test"], "hidden": True}}
        meta = {"source": self.name, "family": self.name, "split": split, "index": index, "version": self.version}
        return Task(f"{self.name}/{split}/{index}", self.instruction + row["prompt"], "code", spec, meta)

    def find(self, task_id: str) -> Task:
        """The problem of an id.

        Raises:
            UnknownNameError: There is no such problem.
        """
        match = re.fullmatch(r"humaneval/test/(0|[1-9]\d{0,8})", str(task_id), re.ASCII)
        if match is None or int(match[1]) >= self.size("test"):
            raise UnknownNameError("task id", task_id, ["humaneval/test/0"])
        return self.task("test", int(match[1]))

    def gold(self, task: Task) -> str:
        """The canonical solution."""
        row = _read(self.data_dir)[int(task.id.rpartition("/")[2])]
        return f"```python\n{row['prompt']}{row['canonical_solution']}\n```"

    def content_hash(self) -> str:
        """SHA-256 over name, version, instruction and all problems."""
        tasks = [self.task("test", index).to_dict() for index in range(self.size("test"))]
        return content_hash([self.name, self.version, self.instruction, *tasks])


@functools.lru_cache(maxsize=4)
def _read(data_dir: str) -> tuple[Mapping[str, Any], ...]:
    if data_dir == HUB:
        return _read_hub()
    folder = Path(data_dir, "humaneval")
    for path in (folder / "HumanEval.jsonl.gz", folder / "HumanEval.jsonl"):
        if path.is_file():
            try:
                data = path.read_bytes()
                text = gzip.decompress(data).decode("utf-8") if path.suffix == ".gz" else data.decode("utf-8")
                return tuple(json.loads(line) for line in text.splitlines() if line.strip())
            except (OSError, ValueError, EOFError) as error:
                raise AssayError(f"cannot read {path}: {error}") from error
    raise AssayError(
        f"HumanEval has no file {folder}/HumanEval.jsonl.gz: put it there, point "
        f"{DATA_DIR_VARIABLE} or data_dir at the "
        f"folder that holds humaneval/, or read openai/openai_humaneval from the Hugging Face hub with data_dir='{HUB}'"
    )


def _read_hub() -> tuple[Mapping[str, Any], ...]:
    try:
        datasets: Any = importlib.import_module("datasets")
    except ImportError as error:
        raise AssayError("data_dir='hub' needs the package datasets: pip install 'assay[data]'") from error
    rows = datasets.load_dataset("openai/openai_humaneval", split="test")
    return tuple(dict(row) for row in rows)
