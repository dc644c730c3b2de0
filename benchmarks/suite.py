"""What a benchmark suite is: a small versioned JSON file, the tasks it draws, and the hash over them.

A suite names environments and how many of their tasks to set; it holds no tasks. They are drawn again wherever it is
run, and `content_hash` says whether the same ones were drawn. Which tasks those are depends on nothing but the names
and seeds in the file. Running a suite is `assay.benchmarks.runner`; the format is told in docs/benchmarks.md.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

import gymnasium

from assay.envs.source import TaskSource
from assay.envs.task import Task, canonical_json, content_hash
from assay.envs.text_env import INDEX_RANGE, TextEnv
from assay.verifiers.errors import AssayError, UnknownNameError

_T = TypeVar("_T")

SUITE_KEYS = ("name", "version", "description", "entries", "content_hash")
LOCAL_KWARGS = ("data_dir", "record", "render_mode")
"""Arguments that say where files lie or what is shown, not what is asked: no part of the content hash."""

ENTRY_KEYS = ("name", "env", "kwargs", "split", "tasks", "seed", "samples")


@dataclass(frozen=True, slots=True)
class SuiteEntry:
    """One environment of a suite and how much of it to set.

    Attributes:
        name: Unique in the suite; part of what decides which tasks are drawn.
        env: Environment id, e.g. "assay/Math-v0".
        kwargs: What it is made with, without the split.
        split: Which split the tasks come from.
        tasks: How many; None for every task of a finite source.
        seed: Another seed draws other tasks.
        samples: Episodes played of each task.
    """

    name: str
    env: str
    kwargs: Mapping[str, Any] = field(default_factory=dict[str, Any])
    split: str = "test"
    tasks: int | None = 100
    seed: int = 0
    samples: int = 1

    def make(self) -> gymnasium.Env[str, str]:
        """The environment of the entry.

        Raises:
            AssayError: The id is unknown, an argument does not fit, or it is not a text environment.
        """
        try:
            json.dumps(dict(self.kwargs))
        except (TypeError, ValueError) as error:
            raise AssayError(
                f"arguments of {self.env} must be JSON values so that they can be written down: {error}"
            ) from error
        if self.env not in gymnasium.registry:
            raise UnknownNameError("environment", self.env, [i for i in gymnasium.registry if i.startswith("assay/")])
        try:
            made = cast("gymnasium.Env[str, str]", gymnasium.make(self.env, split=self.split, **self.kwargs))
        except TypeError as error:
            raise AssayError(f"{self.env} cannot be made with {dict(self.kwargs)}: {error}") from error
        if not isinstance(made.unwrapped, TextEnv):
            raise AssayError(f"{self.env} is not a text environment")
        return made


@dataclass(frozen=True, slots=True)
class Suite:
    """A named, versioned list of entries.

    Attributes:
        name: What it is asked for by.
        version: Changes whenever a task, an answer key or an entry does.
        entries: What is set.
        description: One line for people.
        content_hash: The hash its tasks must have; None in a suite that is not frozen.
    """

    name: str
    version: str
    entries: tuple[SuiteEntry, ...]
    description: str = ""
    content_hash: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The suite as JSON values; `suite_from_dict` is the inverse."""
        entries = [{key: _plain(getattr(entry, key)) for key in ENTRY_KEYS} for entry in self.entries]
        row: dict[str, Any] = {"name": self.name, "version": self.version, "description": self.description}
        if self.content_hash is not None:
            row["content_hash"] = self.content_hash
        return {**row, "entries": entries}


@dataclass(frozen=True, slots=True)
class Item:
    """One task of a suite: the unit of every statistic.

    Attributes:
        entry: The entry it belongs to.
        number: Its place in the entry, from 0.
        task: The task.
        seed: What `env.reset` is given.
        source: Where the task comes from.
    """

    entry: SuiteEntry
    number: int
    task: Task
    seed: int
    source: TaskSource

    @property
    def family(self) -> str:
        """What the board groups it under: the task's own family, else its source, else its entry."""
        return str(self.task.meta.get("family") or self.task.meta.get("source") or self.entry.name)


@dataclass(frozen=True, slots=True)
class DrawnSuite:
    """A suite with its tasks."""

    suite: Suite
    items: tuple[Item, ...]
    content_hash: str

    def answers(self) -> Iterator[tuple[TaskSource, Task]]:
        """Each task with its source, which is what the gold baseline is made from."""
        return ((item.source, item.task) for item in self.items)


def suite_names() -> list[str]:
    """The suites that come with assay."""
    folder = importlib.resources.files("assay.benchmarks.suites")
    return sorted(file.name.removesuffix(".json") for file in folder.iterdir() if file.name.endswith(".json"))


def load_suite(name: str | Path) -> Suite:
    """Read a suite by its name or from a path that ends in .json.

    Raises:
        UnknownNameError: There is no suite of that name; lists the nearest.
        AssayError: The file is missing or is no suite; names the field.
    """
    if str(name).endswith(".json"):
        try:
            text = Path(name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise AssayError(f"cannot read the suite {name}: {error}") from error
    elif str(name) in suite_names():
        file = importlib.resources.files("assay.benchmarks.suites") / f"{name}.json"
        text = file.read_text(encoding="utf-8")
    else:
        raise UnknownNameError("suite", name, suite_names())
    try:
        return suite_from_dict(json.loads(text))
    except AssayError as error:
        raise AssayError(f"suite {name}: {error}") from error
    except ValueError as error:
        raise AssayError(f"suite {name} is not JSON: {error}") from error


def suite_from_dict(row: Any) -> Suite:
    """Read what `Suite.to_dict` wrote.

    Raises:
        AssayError: A field is missing, unknown or of the wrong type; names it.
    """
    fields = _object("a suite", row, SUITE_KEYS, ("name", "version", "entries"))
    rows = _typed("entries", fields["entries"], list)
    entries = tuple(_entry(entry, f"entries[{place}]") for place, entry in enumerate(rows))
    names = [entry.name for entry in entries]
    for name in names:
        if names.count(name) > 1:
            raise AssayError(f"two entries are called {name!r}")
    if not entries:
        raise AssayError("entries must not be empty")
    frozen = fields.get("content_hash")
    return Suite(
        _typed("name", fields["name"], str),
        _typed("version", fields["version"], str),
        entries,
        _typed("description", fields.get("description", ""), str),
        None if frozen is None else _typed("content_hash", frozen, str),
    )


def draw(suite: Suite) -> DrawnSuite:
    """Make the tasks of a suite: the same ones for the same file, everywhere.

    Raises:
        AssayError: An entry cannot be made, its source has too few tasks, or the suite is frozen and other tasks came
            out than it was frozen with.
    """
    items = tuple(item for entry in suite.entries for item in _draw_entry(suite, entry))
    actual = content_hash(_hashed(suite, items))
    if suite.content_hash not in (None, actual):
        raise AssayError(
            f"suite {suite.name} {suite.version} is frozen with content hash {suite.content_hash}, but its tasks now "
            f"hash to {actual}: a generator or data set changed, so the suite needs a new version and hash"
        )
    return DrawnSuite(suite, items, actual)


def _hashed(suite: Suite, items: tuple[Item, ...]) -> Iterator[dict[str, Any]]:
    """What the content hash covers: how each entry is played, then every task with the hash of its answer key."""
    for entry in suite.entries:
        kwargs = {name: _stable(value) for name, value in entry.kwargs.items() if name not in LOCAL_KWARGS}
        yield {"entry": entry.name, "env": entry.env, "kwargs": kwargs, "samples": entry.samples}
    for item in items:
        key = canonical_json(_stable(item.task.spec)).encode("utf-8", "surrogatepass")
        yield {
            "entry": item.entry.name,
            "item": item.number,
            "id": item.task.id,
            "prompt": item.task.prompt,
            "kind": item.task.kind,
            "spec": hashlib.sha256(key).hexdigest(),
        }


def _draw_entry(suite: Suite, entry: SuiteEntry) -> Iterator[Item]:
    env = entry.make()
    inner = cast(TextEnv, env.unwrapped)
    source = inner.source
    drawn = _draw_finite if source.size(entry.split) is not None else _draw_endless
    label = f"{suite.name}/{entry.name}/{entry.seed}"
    for number, task in enumerate(drawn(label, source, entry)):
        yield Item(entry, number, task, _number(f"{label}/episode/{number}", 31), source)
    env.close()


def _draw_endless(label: str, source: TaskSource, entry: SuiteEntry) -> Iterator[Task]:
    """Tasks at consecutive indices from a pseudo-random start, without those whose prompt was drawn before.

    Consecutive, because a source that deals its indices out to families and difficulties in turn then gives as many of
    each.
    """
    if entry.tasks is None:
        raise AssayError(f"entry {entry.name}: {source.name} never ends, so tasks must be a number")
    start = _number(label, 64)
    prompts: set[str] = set()
    for step in range(100 * entry.tasks + 1000):
        task = source.task(entry.split, (start + step) % INDEX_RANGE)
        if task.prompt not in prompts:
            prompts.add(task.prompt)
            yield task
        if len(prompts) == entry.tasks:
            return
    raise AssayError(f"entry {entry.name}: {source.name} has too few distinct tasks for {entry.tasks}")


def _draw_finite(label: str, source: TaskSource, entry: SuiteEntry) -> Iterator[Task]:
    """The first tasks of a pseudo-random order."""
    size = source.size(entry.split) or 0
    count = size if entry.tasks is None else entry.tasks
    if count > size:
        raise AssayError(f"entry {entry.name} asks for {count} tasks, but {source.name}/{entry.split} has {size}")
    order = sorted(range(size), key=lambda index: (_number(f"{label}/{index}", 64), index))
    return (source.task(entry.split, index) for index in order[:count])


def _number(label: str, bits: int) -> int:
    digest = hashlib.blake2b(label.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - bits)


def _stable(value: Any) -> Any:
    """The value with each float as a tagged string, since hashed objects hold none."""
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, Mapping):
        return {str(key): _stable(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_stable(entry) for entry in value]
    return value


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def _entry(row: Any, where: str) -> SuiteEntry:
    fields = _object(where, row, ENTRY_KEYS, ("name", "env"))
    default = SuiteEntry("", "")
    kwargs = _typed(f"{where}.kwargs", fields.get("kwargs", {}), dict)
    if "split" in kwargs:
        raise AssayError(f"{where}.kwargs must not hold the split: give it as {where}.split")
    tasks = fields.get("tasks", default.tasks)
    return SuiteEntry(
        _typed(f"{where}.name", fields["name"], str),
        _typed(f"{where}.env", fields["env"], str),
        kwargs,
        _typed(f"{where}.split", fields.get("split", default.split), str),
        None if tasks is None else _positive(f"{where}.tasks", tasks),
        _typed(f"{where}.seed", fields.get("seed", default.seed), int),
        _positive(f"{where}.samples", fields.get("samples", default.samples)),
    )


def _object(what: str, row: Any, known: tuple[str, ...], needed: tuple[str, ...]) -> dict[str, Any]:
    fields: dict[str, Any] = _typed(what, row, dict)
    for key in fields:
        if key not in known:
            raise UnknownNameError(f"key of {what}", key, known)
    for key in needed:
        if key not in fields:
            raise AssayError(f"{what} has no {key!r}")
    return fields


def _typed(what: str, value: Any, kind: type[_T]) -> _T:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise AssayError(f"{what} must be a JSON {kind.__name__}, got {value!r:.80}")
    return value


def _positive(what: str, value: Any) -> int:
    number = _typed(what, value, int)
    if number < 1:
        raise AssayError(f"{what} must be at least 1, got {number}")
    return number
