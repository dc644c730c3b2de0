"""How a leaderboard looks: Markdown, and one HTML page that needs nothing but itself.

The page has no scripts and loads nothing, so it opens from a file and shows hostile transcripts as what they are: text.
The figures come from `assay.benchmarks.board`.
"""

from __future__ import annotations

import html
import importlib.resources
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from assay.benchmarks.summary import Estimate, Summary

if TYPE_CHECKING:
    from assay.benchmarks.board import Board, Row, Table

SHOWN_CHARS = 6000
"""Of a text in a transcript; longer ones are cut in the middle and say so."""

METHODS = {
    "wilson": "Wilson's interval over tasks",
    "t": "Student's t over the tasks' means",
}

_UNSHOWABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def write_markdown(board: Board, title: str) -> None:
    """Write `board.md`."""
    lines = [f"# {_cell(title)}", ""]
    for table in board.tables:
        lines += _markdown_table(table)
    board.markdown.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def write_html(board: Board, title: str) -> None:
    """Write `board.html`."""
    import jinja2

    loader = jinja2.FunctionLoader(
        lambda name: (importlib.resources.files("assay.benchmarks") / name).read_text("utf-8")
    )
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    filters: dict[str, Any] = {
        "shown": shown,
        "percent": percent,
        "rank": rank,
        "tokens": tokens_per_answer,
        "seconds": seconds_per_answer,
        "amount": amount,
        "method": method,
    }
    environment.filters.update(filters)
    made = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    text = environment.get_template("board.html.j2").render(board=board, title=title, made=made)
    board.html.write_bytes(text.encode("utf-8", "replace"))


def shown(text: str) -> str:
    """Text as it can be put on a page: without control characters, and cut if it is long."""
    if len(text) > SHOWN_CHARS:
        half = SHOWN_CHARS // 2
        text = f"{text[:half]}\n[... {len(text) - 2 * half:,} characters left out ...]\n{text[-half:]}"
    return _UNSHOWABLE.sub("\ufffd", text)


def method(estimate: Estimate) -> str:
    """How an interval was made."""
    return METHODS[estimate.method]


def percent(value: float | None, digits: int = 1) -> str:
    """A share in percent, without the sign."""
    return "\u2013" if value is None else f"{100 * value:.{digits}f}"


def rank(row: Row) -> str:
    """One rank, or a range such as 1-3 where the data leave several open."""
    low, high = row.rank
    return str(low) if low == high else f"{low}\u2013{high}"


def tokens_per_answer(summary: Summary) -> str:
    """Tokens written for each episode."""
    return "\u2013" if summary.completion_tokens is None else f"{summary.completion_tokens / max(1, summary.done):,.0f}"


def seconds_per_answer(summary: Summary) -> str:
    """The agent's time for each episode."""
    return amount(summary.agent_s / max(1, summary.done))


def amount(value: float) -> str:
    """A number to three digits."""
    return f"{value:.3f}" if abs(value) < 1 else f"{value:.2f}" if abs(value) < 10 else f"{value:,.0f}"


def _markdown_table(table: Table) -> list[str]:
    lines = [f"## {_cell(table.name)}", ""]
    if table.description:
        lines += [_cell(table.description), ""]
    lines += [f"{table.items} tasks, content hash `{table.content_hash}`", ""]
    if table.rows:
        ks = [f"pass@{k}" for k in table.ks]
        lines += _grid(
            ["rank", "agent", "pass@1", "95 % interval", *ks, "tokens", "s", "runs"],
            [_figures(table, row) for row in table.rows],
        )
        lines += ["Shares in percent; tokens written and seconds are for each episode. ", ""]
        lines[-2] += _methods(table)
        families = table.families
        if len(families) > 1:
            lines += _grid(
                ["agent", *families],
                [
                    [row.summary.agent, *(percent(_value(row.summary.families.get(name)), 0) for name in families)]
                    for row in table.rows
                ],
            )
    for what, runs in (("Incomplete, not ranked", table.incomplete), ("Refused", table.refused)):
        if runs:
            lines += [f"{what}:", ""]
            lines += [f"* {_cell(u.run.agent)} ({_cell(u.run.label)}): {_cell('; '.join(u.reasons))}" for u in runs]
            lines.append("")
    return lines


def _figures(table: Table, row: Row) -> list[str]:
    summary = row.summary
    pass_1 = summary.pass_1
    assert pass_1 is not None
    return [
        rank(row),
        summary.agent,
        percent(pass_1.value),
        f"{percent(pass_1.low)}\u2013{percent(pass_1.high)}",
        *(percent(summary.pass_k.get(k)) for k in table.ks),
        tokens_per_answer(summary),
        seconds_per_answer(summary),
        str(len(row.runs)),
    ]


def _methods(table: Table) -> str:
    used = sorted({row.summary.pass_1.method for row in table.rows if row.summary.pass_1 is not None})
    return (
        f"Intervals: {' or '.join(METHODS[method] for method in used)}. A range of ranks holds every rank that paired "
        "sign-flip tests, adjusted by Holm's method, leave open at the 5 % level."
    )


def _grid(head: list[str], rows: list[list[str]]) -> list[str]:
    return [
        "| " + " | ".join(map(_cell, head)) + " |",
        "| " + " | ".join("---" if name == "agent" else "---:" for name in head) + " |",
        *("| " + " | ".join(map(_cell, row)) + " |" for row in rows),
        "",
    ]


def _cell(text: str) -> str:
    """Text that Markdown leaves as it is."""
    line = html.escape(" ".join(shown(text).split()), quote=False)
    return re.sub(r"([\\`*_\[\]|~])", r"\\\1", line)


def _value(estimate: Estimate | None) -> float | None:
    return None if estimate is None else estimate.value
