r"""Endless sources of tasks: what the families of any subject share.

Everything about a task follows from four words: family, split, difficulty and index. They are its id
(`int_chain/train/d3/17`), and the only random numbers it sees come from a generator seeded with a BLAKE2 hash of
`family@version/split/difficulty/index`.

**Train and test cannot overlap.** A task belongs to a split by its content: a hash of its family and `key` puts a
quarter of all contents into "test" and the rest into "train", once and for all. A task is drawn until one falls on
its side, four times on average for "test"; since only content is drawn and no text is written meanwhile, that is
cheap. So the splits are disjoint even where a difficulty has only a hundred contents in all.

A source of several families deals its indices out in turn: family first, then difficulty, then the index within both.
"""

from __future__ import annotations

import functools
import hashlib
import random
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from assay.envs.source import check_index, check_split
from assay.envs.task import Task, content_hash
from assay.verifiers.errors import AssayError, UnknownNameError

P = TypeVar("P")
"""What a family draws: all that its texts depend on."""

MIN_DIFFICULTY, MAX_DIFFICULTY = 1, 10

SPLITS = ("train", "test")

TEST_SHARE = 64
"""Of 256 hash values, how many belong to "test"."""

MAX_DRAWS = 1000
"""A task gives up after so many draws on the wrong side. With at least one content in a hundred on the right side,
that happens to one task in 20,000; with the quarter that the hash gives, never (0.75^1000 < 10^-124)."""

HASHED_TASKS = 8
"""Tasks of each family and split that go into a content hash."""

_ID = re.compile(r"([a-z0-9_]+)/(train|test)/d([1-9]\d?)/(0|[1-9]\d{0,17})", re.ASCII)


class TaskFamily(ABC, Generic[P]):
    """A kind of task with difficulties 1 to 10.

    Attributes:
        name: The name it is asked for by; lower case with underscores.
        topic: The group it belongs to, e.g. "algebra".
        summary: One line on what is asked.
        version: Must change whenever any task does: it is part of every seed.
        border: What decides the split besides the key; the family's name where it is "". Families that can pose the
            same content share one, so that no content is in "train" of one and in "test" of the other.
        max_draws: How many draws on the wrong side, or of content that is not accepted, a task gives up after.
    """

    name: ClassVar[str]
    topic: ClassVar[str]
    summary: ClassVar[str]
    version: ClassVar[str] = "1"
    border: ClassVar[str] = ""
    max_draws: ClassVar[int] = MAX_DRAWS

    @abstractmethod
    def draw(self, rng: random.Random, difficulty: int) -> P:
        """Draw the content (and wording) of a task. Always succeeds, and reads no randomness but `rng`."""

    def key(self, params: P) -> str:
        """Identity of the content. To be overridden where other parameters can pose the same question."""
        return repr(params)

    def accepts(self, params: P) -> bool:
        """Whether a drawn task may be set: for costly checks, asked only of content on the right side of the border."""
        return True


F = TypeVar("F", bound=TaskFamily[Any])


class Written(NamedTuple):
    """The texts of a drawn task: what `Task` needs of it; `meta` is added to what every generated task says."""

    prompt: str
    kind: str
    spec: Mapping[str, Any]
    meta: Mapping[str, Any] = MappingProxyType({})


class FamilySource(ABC, Generic[F]):
    """Tasks of one or several families; a subject says how they are written and what their gold responses are.

    Args:
        families: The families, in the order in which tasks are dealt out.
        difficulty: One difficulty, or the lowest and highest of a range (each as often as the others).
        instruction: Added to each prompt after a line break; "" leaves the prompt alone.
        name: The name of the source; by default that of the only family.

    Raises:
        AssayError: A difficulty is not from 1 to 10, or there is no family.
    """

    def __init__(
        self,
        families: Sequence[F],
        difficulty: int | Sequence[int] = (MIN_DIFFICULTY, MAX_DIFFICULTY),
        instruction: str = "",
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

    @abstractmethod
    def write(self, family: F, params: Any, split: str) -> Written:
        """The texts of what a family drew for a split, without the instruction."""

    @abstractmethod
    def gold(self, task: Task) -> str:
        """A response that must be judged correct."""

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

    def drawn(self, task_id: str) -> tuple[F, Any, str]:
        """The family behind an id, what it drew, and the split.

        Raises:
            UnknownNameError: The id is not of this source.
        """
        family, split, difficulty, index = self._read_id(task_id)
        return family, draw_task(family, split, difficulty, index), split

    def content_hash(self) -> str:
        """SHA-256 over name, version, settings and the first tasks of every family in both splits."""
        settings = {"difficulty": list(self.difficulty), "instruction": self.instruction}
        heads = [
            self.task(split, index).to_dict() for split in SPLITS for index in range(HASHED_TASKS * len(self._order))
        ]
        return content_hash([self.name, self.version, settings, *heads])

    def _make(self, family: F, split: str, difficulty: int, index: int) -> Task:
        written = self.write(family, draw_task(family, split, difficulty, index), split)
        return Task(
            f"{family.name}/{split}/d{difficulty}/{index}",
            written.prompt + self._suffix,
            written.kind,
            written.spec,
            {
                "source": family.name,
                "family": family.name,
                "topic": family.topic,
                "split": split,
                "difficulty": difficulty,
                "index": index,
                "version": family.version,
                **written.meta,
            },
        )

    def _read_id(self, task_id: str) -> tuple[F, str, int, int]:
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


def split_of(family: TaskFamily[Any], key: str) -> str:
    """The split that a task belongs to, by its content alone."""
    digest = hashlib.blake2b(f"{family.border or family.name}:{key}".encode(), digest_size=1).digest()
    return "test" if digest[0] < TEST_SHARE else "train"


def draw_task(family: TaskFamily[P], split: str, difficulty: int, index: int) -> P:
    """What a family draws for a task: the first draw from its own generator that belongs to the split.

    Raises:
        AssayError: The family has next to no content on that side.
    """
    params: P = remembered_draw(family, split, difficulty, index)
    return params


@functools.lru_cache(maxsize=128)
def remembered_draw(family: TaskFamily[Any], split: str, difficulty: int, index: int) -> Any:
    """`draw_task` with the last draws kept: a task's gold response is mostly asked for soon after the task."""
    words = f"{family.name}@{family.version}/{split}/{difficulty}/{index}"
    rng = random.Random(int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big"))
    for _ in range(family.max_draws):
        params = family.draw(rng, difficulty)
        if split_of(family, family.key(params)) == split and family.accepts(params):
            return params
    raise AssayError(f"{family.name} has too few {split} tasks at difficulty {difficulty}")
