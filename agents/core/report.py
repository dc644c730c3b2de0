"""The report of one or several runs: a page of its own with curves, figures and sample episodes.

Everything is read from the run folders, so a report can be made again at any time. What models and environments wrote
is escaped by the template engine; only the drawings, which are ours, go in as they are.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from matplotlib.figure import Figure

from assay.agents.core.evaluate import Accuracy
from assay.envs.episode import Episode, read_episodes

TITLES = {
    "grpo": "GRPO",
    "expert_iteration": "Expert Iteration",
    "warm_start": "Warm start",
    "lean_expert_iteration": "Expert iteration on proofs",
}
CURVES = {
    "reward_mean": "mean reward of the rollouts",
    "frac_zero_std": "share of groups that teach nothing",
    "entropy": "entropy per token (nats)",
    "length_p50": "median length (tokens)",
    "loss": "loss",
    "grad_norm": "gradient norm",
}
SHOWN_EPISODES = 12
COLOURS = ("#1f6feb", "#d1242f", "#8250df", "#1a7f37")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a run folder holds, as the template reads it."""

    path: Path
    title: str
    config: dict[str, Any]
    about: dict[str, Any]
    rows: list[dict[str, Any]]
    episodes: list[Episode]

    @property
    def evaluations(self) -> list[dict[str, Any]]:
        """The lines of metrics that hold an evaluation."""
        return [row for row in self.rows if "eval_accuracy" in row]

    @property
    def last(self) -> dict[str, Any]:
        """The last line of metrics of a training step."""
        steps = [row for row in self.rows if "loss" in row]
        return steps[-1] if steps else {}

    @property
    def before(self) -> Accuracy | None:
        """At the first evaluation, if there was a later one."""
        return _accuracy(self.evaluations[0]) if len(self.evaluations) > 1 else None

    @property
    def after(self) -> Accuracy | None:
        """At the last evaluation."""
        return _accuracy(self.evaluations[-1]) if self.evaluations else None

    @property
    def seconds(self) -> float:
        """Wall time of sampling, training and evaluation together."""
        parts = ("seconds_sample", "seconds_train", "seconds_eval")
        return sum(float(row.get(part) or 0.0) for row in self.rows for part in parts)

    @property
    def samples(self) -> list[Episode]:
        """Some episodes: of the first evaluation and of the last."""
        graded = [e for e in self.episodes if e.meta.get("phase") == "eval"]
        half = SHOWN_EPISODES // 2
        return graded if len(graded) <= SHOWN_EPISODES else [*graded[:half], *graded[-half:]]


def read_run(path: str | Path) -> RunRecord:
    """Read a run folder.

    Raises:
        AssayError: Its episodes cannot be read.
        OSError: There is no such run.
    """
    folder = Path(path)
    about = json.loads((folder / "config.json").read_text("utf-8"))
    with open(folder / "metrics.jsonl", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    episodes = list(read_episodes(folder / "episodes.jsonl"))
    algorithm = str(about["algorithm"])
    return RunRecord(folder, TITLES.get(algorithm, algorithm), about["config"], about, rows, episodes)


def write_report(*runs: str | Path, out: str | Path | None = None, title: str | None = None) -> Path:
    """Write a self-contained HTML page on one or several runs.

    Args:
        *runs: Run folders.
        out: The file; by default report.html in the first folder.
        title: Of the page; by default the run's own.

    Returns:
        The file.
    """
    records = [read_run(run) for run in runs]
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("assay.agents.core", "."), autoescape=True, undefined=jinja2.StrictUndefined
    )
    page = environment.get_template("report.html.j2").render(
        title=title or f"{records[0].title}: {records[0].config['env']}",
        runs=records,
        learning_curve=_svg(draw_learning_curves(records)),
        details=[_svg(_draw_details(record)) for record in records],
    )
    path = Path(out) if out is not None else Path(runs[0]) / "report.html"
    path.write_text(page, encoding="utf-8", errors="replace")
    return path


def draw_learning_curves(records: Sequence[RunRecord]) -> Figure:
    """Accuracy on held-out tasks with its interval, against rollouts, and thin the mean reward of the rollouts.

    A run without rollouts is a level line.
    """
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    for colour, record in zip(COLOURS, [r for r in records if r.evaluations], strict=False):
        rows = record.evaluations
        rate = [row["eval_accuracy"] for row in rows]
        low, high = [row["eval_low"] for row in rows], [row["eval_high"] for row in rows]
        if len(rows) > 1:
            seen = [row.get("rollouts", row["step"]) for row in rows]
            axes.plot(seen, rate, marker="o", markersize=3.5, color=colour, label=record.title)
            axes.fill_between(seen, low, high, color=colour, alpha=0.15, linewidth=0)
            steps = [row for row in record.rows if row.get("reward_mean") is not None and "rollouts" in row]
            rewards = [row["reward_mean"] for row in steps]
            label = f"{record.title}: mean reward while training"
            axes.plot([row["rollouts"] for row in steps], rewards, color=colour, linewidth=0.8, alpha=0.7, label=label)
        else:
            axes.axhline(rate[-1], color="#57606a", linestyle=":", label=record.title)
    samples = {row["eval_samples"] for record in records for row in record.evaluations if "eval_samples" in row}
    how = f"solved within {max(samples)} samples" if samples else "accuracy on held-out tasks (greedy)"
    axes.set(xlabel="rollouts", ylabel=how, ylim=(0, 1.02))
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="best", frameon=False, fontsize=8)
    return figure


def _draw_details(record: RunRecord) -> Figure:
    """One small curve for each figure that the run logged."""
    names = [name for name in CURVES if any(row.get(name) is not None for row in record.rows)]
    figure = Figure(figsize=(9, 2.2 * max(1, -(-len(names) // 3))), layout="constrained")
    for place, name in enumerate(names, 1):
        axes = figure.add_subplot(-(-len(names) // 3), 3, place)
        rows = [row for row in record.rows if row.get(name) is not None]
        axes.plot([row["step"] for row in rows], [row[name] for row in rows], color=COLOURS[0], linewidth=1.2)
        axes.set_title(CURVES[name], fontsize=8)
        axes.tick_params(labelsize=7)
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
    return figure


def _svg(figure: Figure) -> Markup:
    """A drawing as the SVG element alone."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    text = buffer.getvalue()
    return Markup(text[text.index("<svg") :])  # drawn by us from numbers


def _accuracy(row: dict[str, Any]) -> Accuracy:
    return Accuracy(row["eval_correct"], row["eval_tasks"], row["eval_masked"])
