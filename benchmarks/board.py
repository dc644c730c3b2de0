"""From run folders to a leaderboard.

Every run is played again before it is shown (`assay.benchmarks.recheck`); the figures come from what was confirmed.
Runs of the same agent with the same settings are pooled into one row, so that nobody can show the best of many. Runs
of different tasks never meet in a table. Incomplete and refused runs are listed, not ranked. How a board looks is in
`assay.benchmarks.board_page`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from assay.benchmarks.board_page import write_html, write_markdown
from assay.benchmarks.folder import MANIFEST, Run, read_run
from assay.benchmarks.recheck import recheck_run
from assay.benchmarks.statistics import holm, paired, rank_intervals
from assay.benchmarks.suite import DrawnSuite, draw
from assay.benchmarks.summary import Summary, pool
from assay.envs.episode import Episode
from assay.verifiers.errors import AssayError

BASELINES = ("gold", "random", "null")


@dataclass(frozen=True, slots=True)
class Row:
    """One agent in a table.

    Attributes:
        summary: Its figures, over all its runs.
        runs: The runs, as recorded.
        rank: Best and worst rank that the data leave open.
        transcripts: Episodes to show.
    """

    summary: Summary
    runs: tuple[Run, ...]
    rank: tuple[int, int]
    transcripts: tuple[Episode, ...]

    @property
    def baseline(self) -> bool:
        """Whether it is one of assay's own baselines."""
        return self.runs[0].manifest["agent"].get("asked", self.summary.agent) in BASELINES


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two agents on the same items; `p` is adjusted for the number of pairs in the table."""

    first: str
    second: str
    difference: float
    standard_error: float
    p: float


@dataclass(frozen=True, slots=True)
class Unranked:
    """A run that is not ranked, and why."""

    run: Run
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All runs of the same tasks.

    Attributes:
        name: Name and version of the suite.
        description: The suite's own line on itself.
        content_hash: Hash of its tasks.
        items: How many tasks it has.
        samples: The most samples an entry asks for.
        rows: Agents, best first.
        comparisons: All pairs of agents.
        incomplete: Runs with episodes owed.
        refused: Runs that did not hold.
    """

    name: str
    description: str
    content_hash: str
    items: int
    samples: int
    rows: tuple[Row, ...]
    comparisons: tuple[Comparison, ...]
    incomplete: tuple[Unranked, ...]
    refused: tuple[Unranked, ...]

    @property
    def ks(self) -> list[int]:
        """The k above 1 of the pass@k columns."""
        return sorted({k for row in self.rows for k in row.summary.pass_k if 1 < k <= self.samples})

    @property
    def families(self) -> list[str]:
        """All families, in order of their names."""
        return sorted({name for row in self.rows for name in row.summary.families})


@dataclass(frozen=True, slots=True)
class Board:
    """A leaderboard, and where it was written."""

    tables: tuple[Table, ...]
    markdown: Path
    html: Path

    @property
    def refused(self) -> list[Unranked]:
        """The runs that did not hold."""
        return [unranked for table in self.tables for unranked in table.refused]


def build_board(
    runs: Iterable[str | Path],
    out: str | Path,
    *,
    title: str = "assay leaderboard",
    transcripts: int = 8,
    progress: Callable[[str, int, int], None] | None = None,
) -> Board:
    """Check runs again and write `board.md` and `board.html`.

    Args:
        runs: Run folders, or folders with run folders in them.
        out: Folder the two files go into; made if it is not there.
        title: Heading of the page.
        transcripts: Episodes shown of each agent.
        progress: Called while runs are checked with a run's folder, its episodes checked, and their total.

    Returns:
        The board.

    Raises:
        AssayError: A folder holds no run or cannot be read, or the board cannot be written.
    """
    found = [read_run(folder) for folder in find_runs(runs)]
    groups: dict[str, list[Run]] = {}
    for run in found:
        groups.setdefault(run.content_hash, []).append(run)
    tables = [_table(group, transcripts, progress) for group in groups.values()]
    tables.sort(key=lambda table: (table.name, table.content_hash))
    folder = Path(out)
    board = Board(tuple(tables), folder / "board.md", folder / "board.html")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_markdown(board, title)
        write_html(board, title)
    except OSError as error:
        raise AssayError(f"cannot write the board to {folder}: {error}") from error
    return board


def find_runs(folders: Iterable[str | Path]) -> list[Path]:
    """The run folders among these folders and directly in them, each once, in order.

    Raises:
        AssayError: One of them has none.
    """
    found: list[Path] = []
    for folder in map(Path, folders):
        inside = [folder] if (folder / MANIFEST).is_file() else sorted(p.parent for p in folder.glob(f"*/{MANIFEST}"))
        if not inside:
            raise AssayError(f"{folder} is not a run folder and has none in it (no {MANIFEST})")
        found += inside
    distinct: dict[Path, Path] = {}
    for path in found:
        distinct.setdefault(path.resolve(), path)
    return list(distinct.values())


def _table(runs: Sequence[Run], transcripts: int, progress: Callable[[str, int, int], None] | None) -> Table:
    suite = runs[0].suite
    drawn: DrawnSuite | None
    try:
        drawn = draw(suite)
    except AssayError:
        drawn = None  # each run's own check says why
    if drawn is not None and drawn.content_hash != runs[0].content_hash:
        drawn = None
    ranked: dict[str, list[Run]] = {}
    incomplete: list[Unranked] = []
    refused: list[Unranked] = []
    for run in _without_copies(runs):
        # A run brings its own copy of the suite, which may differ in what no hash covers (name, where files lie).
        own = drawn if drawn is not None and run.suite == drawn.suite else None
        check = recheck_run(run, own, _named(progress, run.label))
        if not check.holds:
            refused.append(Unranked(run, check.problems))
        elif check.missing:
            incomplete.append(Unranked(run, (f"{check.missing} of {run.expected} episodes are owed",)))
        else:
            ranked.setdefault(_identity(run), []).append(run)
    # The table is named after a run that holds, where there is one: others may call themselves what they like.
    shown = next(iter([*(group[0] for group in ranked.values()), *(u.run for u in incomplete), *runs]))
    items = shown.manifest["suite"].get("items")
    summaries = [(pool(group), tuple(group)) for group in ranked.values()]
    summaries.sort(key=lambda pair: (-pair[0].pass_1.value if pair[0].pass_1 else 0.0, pair[0].agent))
    scores = [summary.item_scores for summary, _ in summaries]
    rows = tuple(
        Row(summary, group, rank, _pick(group, transcripts))
        for (summary, group), rank in zip(summaries, rank_intervals(scores), strict=True)
    )
    return Table(
        name=f"{shown.suite.name} {shown.suite.version}",
        description=shown.suite.description,
        content_hash=shown.content_hash,
        items=items if isinstance(items, int) else 0,
        samples=max(entry.samples for entry in shown.suite.entries),
        rows=rows,
        comparisons=_compare([summary.agent for summary, _ in summaries], scores),
        incomplete=tuple(incomplete),
        refused=tuple(refused),
    )


def _named(progress: Callable[[str, int, int], None] | None, label: str) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, total: progress(label, done, total)


def _identity(run: Run) -> str:
    """What makes two runs those of the same agent: all that is recorded of it but the seed."""
    agent = dict(run.manifest["agent"])
    settings = {name: value for name, value in (agent.get("settings") or {}).items() if name != "seed"}
    return json.dumps({**agent, "settings": settings}, sort_keys=True)


def _without_copies(runs: Sequence[Run]) -> list[Run]:
    """The runs without those whose transcripts are a copy of another's: copies add no samples."""
    kept: dict[tuple[str, str], Run] = {}
    for run in runs:
        lines = "\n".join(json.dumps(episode.to_dict()) for episode in run.episodes)
        content = hashlib.sha256(lines.encode()).hexdigest() if lines else run.label
        kept.setdefault((_identity(run), content), run)
    return list(kept.values())


def _compare(names: Sequence[str], scores: Sequence[Sequence[Fraction]]) -> tuple[Comparison, ...]:
    pairs = [(i, j) for i in range(len(names)) for j in range(i + 1, len(names))]
    results = [paired(scores[i], scores[j]) for i, j in pairs]
    adjusted = holm([result.p for result in results])
    return tuple(
        Comparison(names[i], names[j], result.difference, result.standard_error, p)
        for (i, j), result, p in zip(pairs, results, adjusted, strict=True)
    )


def _pick(runs: Sequence[Run], count: int) -> tuple[Episode, ...]:
    """Episodes to show, of as many outcomes and families as there is room for; the same ones each time."""
    groups: dict[tuple[str, str], list[Episode]] = {}
    for episode in runs[0].episodes:
        status = episode.verdict.status.value if episode.verdict is not None else ""
        groups.setdefault((status, str(episode.meta.get("family"))), []).append(episode)
    by_status: dict[str, list[list[Episode]]] = {}
    for (status, _), group in sorted(groups.items()):
        by_status.setdefault(status, []).append(group)
    queues = [
        [episode for nth in zip(*_padded(group), strict=True) for episode in nth if episode]
        for group in by_status.values()
    ]
    picked: list[Episode] = []
    while len(picked) < count and any(queues):
        for queue in queues:
            if queue and len(picked) < count:
                picked.append(queue.pop(0))
    return tuple(picked)


def _padded(groups: Sequence[list[Episode]]) -> list[list[Episode | None]]:
    longest = max(len(group) for group in groups)
    return [[*group, *[None] * (longest - len(group))] for group in groups]
