"""The folder of a run: what is in it, how it is written so that nothing is lost, and how it is read back.

`manifest.json` says what was run, by whom, with what; `episodes.jsonl` has one line for each graded episode;
`errors.jsonl` one for each that a failure of ours spoilt, which stays owed. Lines are added one write at a time, so the
worst a crash leaves is a torn last line, which is dropped and played again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
import os
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from assay.benchmarks.suite import Suite, suite_from_dict
from assay.envs.episode import Episode, append_episode, read_episodes
from assay.verifiers.errors import AssayError

FORMAT = "assay-run/1"
MANIFEST, EPISODES, ERRORS = "manifest.json", "episodes.jsonl", "errors.jsonl"
MANIFEST_KEYS = ("format", "suite", "agent", "seed", "counts", "verifiers", "software", "started", "finished")
MANIFEST_PARTS = ("suite", "agent", "counts", "verifiers", "software", "files")

Key = tuple[str, int, int]
"""What an episode is of: entry, item, sample."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it was recorded: claims, until `assay.benchmarks.recheck` has played them again.

    Attributes:
        folder: Where it lies; None for a run that was not written.
        manifest: The manifest.
        suite: The suite it is a run of.
        episodes: The graded episodes.
    """

    folder: Path | None
    manifest: Mapping[str, Any]
    suite: Suite
    episodes: tuple[Episode, ...]

    @property
    def agent(self) -> str:
        """The agent's name."""
        return str(self.manifest["agent"]["name"])

    @property
    def content_hash(self) -> str:
        """Hash of the suite's tasks, as the run claims it."""
        return str(self.manifest["suite"]["content_hash"])

    @property
    def expected(self) -> int:
        """How many episodes a complete run has."""
        return int(self.manifest["counts"]["expected"])

    @property
    def complete(self) -> bool:
        """Whether every episode was played and graded."""
        return len(self.episodes) == self.expected

    @property
    def label(self) -> str:
        """What messages call it."""
        return str(self.folder) if self.folder is not None else f"run of {self.agent}"


class RunFolder:
    """A run folder that is being written. Only one process at a time may hold it.

    Args:
        path: The folder; made if it is not there.
    """

    def __init__(self, path: str | Path) -> None:
        """Nothing is touched yet."""
        self.path = Path(path)

    @contextmanager
    def open(self) -> Generator[None]:
        """Make the folder and keep other processes out of it meanwhile.

        Raises:
            AssayError: It cannot be made, holds something else than a run, or another process is writing it.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_RDONLY)
        except OSError as error:
            raise AssayError(f"cannot write a run to {self.path}: {error}") from error
        try:
            _lock(handle, self.path)
            if (self.path / EPISODES).exists() and not (self.path / MANIFEST).exists():
                raise AssayError(f"{self.path} has {EPISODES} but no {MANIFEST}: choose another folder")
            yield
        finally:
            os.close(handle)

    def manifest(self) -> dict[str, Any] | None:
        """The manifest that is there, if any."""
        return read_manifest(self.path) if (self.path / MANIFEST).exists() else None

    def write_manifest(self, manifest: Mapping[str, Any]) -> None:
        """Put a manifest in place of the old one, in one step."""
        fresh = self.path / f".{MANIFEST}.new"
        fresh.write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="ascii")
        os.replace(fresh, self.path / MANIFEST)

    def episodes(self) -> list[Episode]:
        """The episodes that are there; a torn last line is cut off the file."""
        file = self.path / EPISODES
        if not file.exists():
            return []
        _drop_torn_line(file)
        return list(read_episodes(file))

    def add(self, episode: Episode) -> None:
        """Write down a graded episode."""
        append_episode(self.path / EPISODES, episode)

    def add_error(self, episode: Episode) -> None:
        """Write down an episode that could not be graded."""
        append_episode(self.path / ERRORS, episode)

    def files(self) -> dict[str, Any]:
        """Hash and number of lines of the episodes, for the manifest."""
        file = self.path / EPISODES
        return {EPISODES: file_claim(file)} if file.exists() else {}


def read_manifest(folder: str | Path) -> dict[str, Any]:
    """The manifest of a run folder.

    Raises:
        AssayError: It is missing or not one of ours.
    """
    path = Path(folder) / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise AssayError(f"{folder} is not a run folder: {error}") from error
    except ValueError as error:
        raise AssayError(f"{path} is not JSON: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise AssayError(f"{path} is not of format {FORMAT}")
    for key in MANIFEST_KEYS:
        if key not in manifest:
            raise AssayError(f"{path} has no {key!r}")
    for part in MANIFEST_PARTS:
        if not isinstance(manifest.setdefault(part, {}), dict):
            raise AssayError(f"{path} is damaged: {part!r} is not an object")
    if not isinstance(manifest["agent"].get("settings", {}), dict):
        raise AssayError(f"{path} is damaged: the settings of the agent are not an object")
    return cast("dict[str, Any]", manifest)


def read_run(folder: str | Path) -> Run:
    """Read a run folder; nothing is changed in it, and a torn last line is passed over.

    Raises:
        AssayError: A file is missing or cannot be read.
    """
    manifest = read_manifest(folder)
    try:
        suite = suite_from_dict(manifest["suite"]["definition"])
        claims = Run(Path(folder), manifest, suite, ())
        _ = claims.content_hash, claims.agent, claims.expected
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise AssayError(f"{Path(folder) / MANIFEST} is damaged: {type(error).__name__}: {error}") from error
    return dataclasses.replace(claims, episodes=tuple(_whole_episodes(Path(folder) / EPISODES)))


def key_of(episode: Episode) -> Key:
    """Entry, item and sample of an episode.

    Raises:
        AssayError: Its meta does not say.
    """
    entry, item, sample = (episode.meta.get(name) for name in ("entry", "item", "sample"))
    if not (isinstance(entry, str) and type(item) is int and type(sample) is int):
        raise AssayError(f"the meta of an episode of task {episode.task_id} must say entry, item and sample")
    return entry, item, sample


def file_claim(path: Path) -> dict[str, Any]:
    """SHA-256 and number of lines of a file."""
    data = path.read_bytes()
    return {"sha256": hashlib.sha256(data).hexdigest(), "lines": data.count(b"\n")}


def _whole_lines(path: Path) -> int:
    """Bytes up to and including the last line break."""
    return path.read_bytes().rfind(b"\n") + 1


def _whole_episodes(path: Path) -> Iterator[Episode]:
    """The episodes of a file that may be missing or end in a torn line."""
    if not path.exists():
        return
    whole = _whole_lines(path)
    lines = path.read_bytes()[:whole].count(b"\n")
    yield from itertools.islice(read_episodes(path), lines)


def _drop_torn_line(path: Path) -> None:
    whole = _whole_lines(path)
    if whole != path.stat().st_size:
        os.truncate(path, whole)


def _lock(handle: int, path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # no such locks on this system: two writers are the user's own lookout
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise AssayError(f"another process is writing to {path}: wait for it or choose another folder") from error
