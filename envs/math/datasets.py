"""Finite sources: public data sets of mathematics questions.

They are read from JSON Lines files in a folder, laid out as `gsm8k/test.jsonl`, `minerva_math/test.jsonl` and so on,
or, where the caller asks for it, by name from the Hugging Face hub through the `datasets` library. Nothing is loaded
before the first task is asked for. How each data set's rows are read is in `assay.envs.math.dataset_rows`.
"""

from __future__ import annotations

import bisect
import functools
import importlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.envs.math import dataset_rows as rows
from assay.envs.math.procedural import INSTRUCTION
from assay.envs.source import check_index, check_split
from assay.envs.task import Task, content_hash
from assay.verifiers.errors import AssayError, UnknownNameError

DATA_DIR_VARIABLE = "ASSAY_DATA"
HUB = "hub"
"""As a data folder: read from the hub, whatever files there may be."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Where a data set lies and how it is read.

    Attributes:
        summary: One line on what it holds.
        folder: Its folder inside the data folder; each split is a file `<split>.jsonl` there.
        hub: Its name on the hub, with ":" and the configuration where there are several.
        hub_splits: Our split -> the hub's.
        read: Makes a question of a row, or says why it is left out.
        version: Changes whenever the reading does.
    """

    summary: str
    folder: str
    hub: str
    hub_splits: Mapping[str, str]
    read: Callable[[Mapping[str, Any]], rows.Row | str]
    version: str = "1"


DATASETS: dict[str, Dataset] = {
    "gsm8k": Dataset(
        "GSM8K: grade-school word problems (train, test)",
        "gsm8k",
        "openai/gsm8k:main",
        {"train": "train", "test": "test"},
        rows.read_gsm8k,
    ),
    "math500": Dataset(
        "MATH-500: competition problems of seven subjects (test)",
        "math500",
        "HuggingFaceH4/MATH-500",
        {"test": "test"},
        rows.read_math500,
    ),
    "svamp": Dataset(
        "SVAMP: one-step word problems with misleading numbers (test)",
        "svamp",
        "ChilleD/SVAMP",
        {"test": "train+test"},
        rows.read_svamp,
    ),
    "asdiv": Dataset(
        "ASDiv: diverse word problems with a number as answer (test)",
        "asdiv",
        "EleutherAI/asdiv",
        {"test": "validation"},
        rows.read_asdiv,
    ),
    "minerva": Dataset(
        "Minerva: university science and mathematics (test)",
        "minerva_math",
        "knoveleng/Minerva-Math",
        {"test": "train"},
        rows.read_minerva,
    ),
    "olympiadbench": Dataset(
        "OlympiadBench: olympiad problems in words with one answer (test)",
        "olympiadbench",
        "Hothan/OlympiadBench:OE_TO_maths_en_COMP",
        {"test": "train"},
        rows.read_olympiadbench,
    ),
    "aime24": Dataset(
        "AIME 2024: integer answers from 0 to 999 (test)",
        "aime24",
        "HuggingFaceH4/aime_2024",
        {"test": "train"},
        rows.read_aime24,
    ),
    "amc23": Dataset(
        "AMC 2023: competition problems with a number as answer (test)",
        "amc23",
        "math-ai/amc23",
        {"test": "test"},
        rows.read_amc23,
    ),
}

Loaded = tuple[tuple[tuple[int, rows.Row], ...], Mapping[str, int]]
"""The questions with their row numbers (from 0), and how many rows were left out for which reason."""


class DatasetSource:
    """The questions of one data set; task ids are `name/split/row`, rows counted from 0 as they stand in the file.

    Args:
        name: A key of `DATASETS`.
        data_dir: The folder that the data sets lie in, or "hub"; by default what the environment variable
            `ASSAY_DATA` says, or `./data`.
        download: Read from the hub where the file is missing.
        instruction: Added to each statement after a line break; "" leaves the statement alone.

    Raises:
        UnknownNameError: There is no such data set.
    """

    def __init__(
        self,
        name: str,
        data_dir: str | Path | None = None,
        *,
        download: bool = False,
        instruction: str = INSTRUCTION,
    ) -> None:
        """Look up the name; nothing is read yet."""
        if name not in DATASETS:
            raise UnknownNameError("data set", name, DATASETS)
        self.dataset = DATASETS[name]
        self.data_dir = str(data_dir or os.environ.get(DATA_DIR_VARIABLE) or "data")
        self.download = download
        self.instruction = instruction
        self._name = name
        self._suffix = f"\n{instruction}" if instruction else ""

    @property
    def name(self) -> str:
        """The data set's name."""
        return self._name

    @property
    def version(self) -> str:
        """The version of the reading; the rows themselves are in `content_hash`."""
        return self.dataset.version

    @property
    def splits(self) -> tuple[str, ...]:
        """The data set's own splits."""
        return tuple(self.dataset.hub_splits)

    def size(self, split: str) -> int:
        """How many questions the split has.

        Raises:
            UnknownNameError: There is no such split.
            AssayError: The data cannot be read.
        """
        return len(self._load(split)[0])

    def left_out(self, split: str) -> dict[str, int]:
        """How many rows of the split have no checkable answer, by reason.

        Raises:
            UnknownNameError: There is no such split.
            AssayError: The data cannot be read.
        """
        return dict(self._load(split)[1])

    def task(self, split: str, index: int) -> Task:
        """The question at an index.

        Raises:
            UnknownNameError: There is no such split.
            AssayError: The index is negative or past the end, or the data cannot be read.
        """
        check_split(self, split)
        check_index(self, split, index)
        return self._make(split, index)

    def find(self, task_id: str) -> Task:
        """The question of an id.

        Raises:
            UnknownNameError: There is no such question.
            AssayError: The data cannot be read.
        """
        return self._make(*self._locate(task_id))

    def gold(self, task: Task) -> str:
        r"""The data set's own solution where it has one, and the answer in the one `\boxed{}`."""
        split, index = self._locate(task.id)
        row = self._load(split)[0][index][1]
        boxed = rf"\boxed{{{row.answer}}}"
        return f"{row.solution}\n{boxed}" if row.solution else boxed

    def content_hash(self) -> str:
        """SHA-256 over name, version, instruction and all questions of all splits."""
        tasks = [self._make(split, i).to_dict() for split in self.splits for i in range(self.size(split))]
        return content_hash([self.name, self.version, self.instruction, *tasks])

    def _make(self, split: str, index: int) -> Task:
        number, row = self._load(split)[0][index]
        meta = {
            "source": self.name,
            "family": self.name,
            "split": split,
            "index": index,
            "version": self.version,
            **row.meta,
        }
        return Task(
            f"{self.name}/{split}/{number}",
            row.question + self._suffix,
            "math",
            {"answer": row.answer, "form": "written_out"},
            meta,
        )

    def _locate(self, task_id: str) -> tuple[str, int]:
        """Split and index of an id."""
        match = re.fullmatch(r"([a-z0-9]+)/([a-z]+)/(0|[1-9]\d{0,8})", str(task_id), re.ASCII)
        if match is not None and match[1] == self.name and match[2] in self.splits:
            kept, number = self._load(match[2])[0], int(match[3])
            index = bisect.bisect_left(kept, number, key=lambda entry: entry[0])
            if index < len(kept) and kept[index][0] == number:
                return match[2], index
        firsts = [f"{self.name}/{split}/{number}" for split in self.splits for number, _ in self._load(split)[0][:1]]
        raise UnknownNameError("task id", task_id, firsts)

    def _load(self, split: str) -> Loaded:
        check_split(self, split)
        path = Path(self.data_dir, self.dataset.folder, f"{split}.jsonl")
        if self.data_dir == HUB:
            return _read_hub(self.name, split)
        try:
            stamp = path.stat()
        except OSError:
            if self.download:
                return _read_hub(self.name, split)
            raise AssayError(
                f"data set {self.name} has no file {path}: put its {split} split there as JSON Lines, point "
                f"{DATA_DIR_VARIABLE} or data_dir at the folder that holds {self.dataset.folder}/{split}.jsonl, "
                f"or read {self.dataset.hub.partition(':')[0]} from the Hugging Face hub with data_dir='{HUB}'"
            ) from None
        return _read_file(self.name, str(path), stamp.st_mtime_ns, stamp.st_size)


@functools.lru_cache(maxsize=2 * len(DATASETS))
def _read_file(name: str, path: str, mtime_ns: int, size_bytes: int) -> Loaded:
    """The questions of a file; kept as long as the file is the same."""
    del mtime_ns, size_bytes

    def lines() -> Iterator[tuple[str, Mapping[str, Any]]]:
        number = 0
        try:
            with open(path, encoding="utf-8") as file:
                for number, line in enumerate(file, 1):
                    yield f"{path}:{number}", json.loads(line, parse_float=str)
        except (ValueError, RecursionError) as error:
            where = f"{path}:{number + isinstance(error, UnicodeDecodeError)}"
            raise AssayError(f"{where} is not a JSON line: {error}") from error
        except OSError as error:
            raise AssayError(f"cannot read {path}: {error.strerror}") from error

    return _read(name, lines())


@functools.lru_cache(maxsize=2 * len(DATASETS))
def _read_hub(name: str, split: str) -> Loaded:
    """The questions of a split on the hub."""
    dataset = DATASETS[name]
    path, _, configuration = dataset.hub.partition(":")
    try:
        library: Any = importlib.import_module("datasets")
    except ImportError as error:
        raise AssayError(
            f"reading {path} from the hub needs the library datasets: pip install 'assay[data]'"
        ) from error
    try:
        loaded = list(library.load_dataset(path, configuration or None, split=dataset.hub_splits[split]))
    except Exception as error:  # the library raises whatever its transports do
        reason = str(error).strip().partition("\n")[0][:200]
        raise AssayError(f"cannot load {path} from the hub: {type(error).__name__}: {reason}") from error
    return _read(name, ((f"hub:{path} row {number}", raw) for number, raw in enumerate(loaded)))


def _read(name: str, raws: Iterator[tuple[str, Mapping[str, Any]]]) -> Loaded:
    kept: list[tuple[int, rows.Row]] = []
    left_out: dict[str, int] = {}
    for number, (where, raw) in enumerate(raws):
        try:
            row = DATASETS[name].read(raw)
        except (rows.BadRowError, KeyError, TypeError, AttributeError, ValueError) as error:
            reason = f"has no field {error}" if isinstance(error, KeyError) else str(error)
            raise AssayError(f"{where} is not a row of {name}: {reason}") from error
        if isinstance(row, str):
            left_out[row] = left_out.get(row, 0) + 1
        else:
            kept.append((number, row))
    return tuple(kept), left_out
