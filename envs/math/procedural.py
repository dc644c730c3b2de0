r"""Endless sources of mathematics tasks.

Everything about a task follows from four words: family, split, difficulty and index. They are its id
(`int_chain/train/d3/17`), and the only random numbers it sees come from a generator seeded with a BLAKE2 hash of
`family@version/split/difficulty/index`.

**Train and test cannot overlap.** A problem belongs to a split by its content: a hash of its family and `key` puts a
quarter of all problems into "test" and the rest into "train", once and for all. A task draws problems until one falls
on its side, four times on average for "test"; since only numbers are drawn and no text is written meanwhile, that is
cheap. So the splits are disjoint even where a difficulty has only a hundred problems in all.

A source of several families deals its indices out in turn: family first, then difficulty, then the index within both.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from typing import Any

from assay.envs.math.problem import MAX_DIFFICULTY, MIN_DIFFICULTY, Family, Problem
from assay.envs.source import check_index, check_split
from assay.envs.task import Task, content_hash
from assay.verifiers.errors import AssayError, UnknownNameError

INSTRUCTION = r"Put the final answer in \boxed{}."
"""What the prompt asks for after the statement, unless a source is told otherwise."""

SPLITS = ("train", "test")

TEST_SHARE = 64
"""Of 256 hash values, how many belong to "test"."""

MAX_DRAWS = 1000
"""A task gives up after so many draws on the wrong side. With at least one problem in a hundred on the right side,
that happens to one task in 20,000; with the quarter that the hash gives, never (0.75^1000 < 10^-124)."""

HASHED_TASKS = 8
"""Tasks of each family and split that go into a content hash."""

_ID = re.compile(r"([a-z0-9_]+)/(train|test)/d([1-9]\d?)/(0|[1-9]\d{0,17})", re.ASCII)


class ProceduralSource:
    """Tasks of one or several families.

    Args:
        families: The families, in the order in which tasks are dealt out.
        difficulty: One difficulty, or the lowest and highest of a range (each as often as the others).
        instruction: Added to each statement after a line break; "" leaves the statement alone.
        name: The name of the source; by default that of the only family.

    Raises:
        AssayError: A difficulty is not from 1 to 10, or there is no family.
    """

    def __init__(
        self,
        families: Sequence[Family[Any]],
        difficulty: int | Sequence[int] = (MIN_DIFFICULTY, MAX_DIFFICULTY),
        instruction: str = INSTRUCTION,
        name: str | None = None,
    ) -> None:
        """Check the arguments; nothing is generated yet."""
        if not families:
            raise AssayError("a procedural source needs at least one family")
        self.families = {family.name: family for family in families}
        self._order = tuple(self.families.values())
        self.difficulty = read_difficulty(difficulty)
        self.instruction = instruction
        self._name = name or "+".join(self.families)
        self._suffix = f"\n{instruction}" if instruction else ""

    @property
    def name(self) -> str:
        """The family's or the group's name."""
        return self._name

    @property
    def version(self) -> str:
        """The family's version; of several, a digest of theirs."""
        if len(self._order) == 1:
            return self._order[0].version
        listed = ",".join(f"{family.name}@{family.version}" for family in self._order)
        return hashlib.blake2b(listed.encode(), digest_size=4).hexdigest()

    @property
    def splits(self) -> tuple[str, ...]:
        """Train and test."""
        return SPLITS

    def size(self, split: str) -> int | None:
        """None: it never ends."""
        check_split(self, split)
        return None

    def task(self, split: str, index: int) -> Task:
        """The task at an index: indices go round the families, then round the difficulties.

        Raises:
            UnknownNameError: There is no such split.
            AssayError: The index is negative.
        """
        check_split(self, split)
        if index < 0:
            check_index(self, split, index)
        index, turn = divmod(index, len(self._order))
        low, high = self.difficulty
        index, step = divmod(index, high - low + 1)
        return self._make(self._order[turn], split, low + step, index)

    def find(self, task_id: str) -> Task:
        """The task of an id, at any difficulty, of any family in this source.

        Raises:
            UnknownNameError: The id is not of this source; the message names the nearest.
        """
        return self._make(*self._read_id(task_id))

    def problem(self, task_id: str) -> Problem:
        """The whole problem behind an id, with its worked solution.

        Raises:
            UnknownNameError: The id is not of this source.
        """
        family, split, difficulty, index = self._read_id(task_id)
        return family.problem(_draw(family, split, difficulty, index))

    def gold(self, task: Task) -> str:
        r"""The worked solution, a line break, and the answer in `\boxed{}`."""
        problem = self.problem(task.id)
        boxed = rf"\boxed{{{problem.answer}}}"
        return f"{problem.steps}\n{boxed}" if problem.steps else boxed

    def content_hash(self) -> str:
        """SHA-256 over name, version, settings and the first tasks of every family in both splits."""
        settings = {"difficulty": list(self.difficulty), "instruction": self.instruction}
        heads = [
            self.task(split, index).to_dict() for split in SPLITS for index in range(HASHED_TASKS * len(self._order))
        ]
        return content_hash([self.name, self.version, settings, *heads])

    def _make(self, family: Family[Any], split: str, difficulty: int, index: int) -> Task:
        params = _draw(family, split, difficulty, index)
        return Task(
            f"{family.name}/{split}/d{difficulty}/{index}",
            family.statement(params) + self._suffix,
            "math",
            {"answer": family.answer(params), "form": family.form},
            {
                "source": family.name,
                "family": family.name,
                "topic": family.topic,
                "split": split,
                "difficulty": difficulty,
                "index": index,
                "version": family.version,
            },
        )

    def _read_id(self, task_id: str) -> tuple[Family[Any], str, int, int]:
        match = _ID.fullmatch(task_id) if isinstance(task_id, str) else None
        if match is not None:
            name, split, difficulty, index = match.groups()
            if name in self.families and int(difficulty) <= MAX_DIFFICULTY:
                return self.families[name], split, int(difficulty), int(index)
        low = self.difficulty[0]
        raise UnknownNameError("task id", task_id, [f"{name}/{s}/d{low}/0" for name in self.families for s in SPLITS])


def read_difficulty(difficulty: int | Sequence[int]) -> tuple[int, int]:
    """The lowest and highest difficulty of a setting: a number, or a pair as tuple or (from JSON) list.

    Raises:
        AssayError: It is neither, or out of range.
    """
    if isinstance(difficulty, int) and not isinstance(difficulty, bool):
        low = high = difficulty
    elif isinstance(difficulty, (tuple, list)) and len(difficulty) == 2:
        low, high = difficulty
    else:
        low = high = 0
    if not (type(low) is type(high) is int and MIN_DIFFICULTY <= low <= high <= MAX_DIFFICULTY):
        raise AssayError(
            f"difficulty must be an integer from {MIN_DIFFICULTY} to {MAX_DIFFICULTY} "
            f"or a pair (lowest, highest) of such, got {difficulty!r}"
        )
    return low, high


def split_of(family: Family[Any], key: str) -> str:
    """The split that a problem belongs to, by its content alone."""
    digest = hashlib.blake2b(f"{family.name}:{key}".encode(), digest_size=1).digest()
    return "test" if digest[0] < TEST_SHARE else "train"


def _draw(family: Family[Any], split: str, difficulty: int, index: int) -> Any:
    """The numbers of a task: the first draw from its own generator that belongs to the split."""
    words = f"{family.name}@{family.version}/{split}/{difficulty}/{index}"
    rng = random.Random(int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big"))
    for _ in range(MAX_DRAWS):
        params = family.draw(rng, difficulty)
        if split_of(family, family.key(params)) == split:
            return params
    raise AssayError(f"{family.name} has too few {split} problems at difficulty {difficulty}")
