"""`assay verify`: grade one answer, or a file of them on all cores."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assay.cli import options
from assay.cli.progress import progress_bar
from assay.verifiers.dispatch import verify, verify_batch
from assay.verifiers.errors import AssayError
from assay.verifiers.verdict import Status, Verdict
from assay.verifiers.verifier import get_verifier

BLOCK = 2000
"""Responses graded between two steps of the progress bar."""

SHOWN_DISAGREEMENTS = 20


class Row(NamedTuple):
    """One response to grade, and the label to compare with if there is one."""

    kind: str
    spec: Mapping[str, Any]
    response: str
    expected: bool | None
    name: str


def verify_answers(
    response: Annotated[str | None, typer.Argument(help="The response to grade; '-' reads standard input.")] = None,
    kind: Annotated[str, typer.Option(help="Which verifier.")] = "math",
    answer: Annotated[str | None, typer.Option(help="The gold answer: short for --spec '{\"answer\": ...}'.")] = None,
    spec: Annotated[str | None, typer.Option(help="The verifier's spec as JSON.")] = None,
    file: Annotated[Path | None, typer.Option(help="Grade a JSON Lines file instead; see below.")] = None,
    form: Annotated[
        str, typer.Option("--format", help="Of the file: 'rows', or 'gsm8k-solutions' for GSM8K's model solutions.")
    ] = "rows",
    option: Annotated[
        list[str] | None, typer.Option("--option", metavar="NAME=VALUE", help="Option of the verifier; repeatable.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=0, help="Worker processes; default: one a core.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the verdicts of a file here, one JSON line each.")] = None,
) -> None:
    """Grade one response, or a JSON Lines file of them.

    A row of the file holds "response" and either "spec" or "answer"; it may hold "kind", "id" and "expected"
    (true or false), with which the verdicts are then compared.
    """
    settings = options.assignments("--option", option)
    if file is not None:
        _grade_file(file, form, kind, settings, workers, out)
        return
    if response is None:
        raise AssayError("nothing to grade: give a response, or --file")
    if (answer is None) == (spec is None):
        raise AssayError("give either --answer or --spec")
    text = typer.get_text_stream("stdin").read() if response == "-" else response
    verdict = verify(kind, {"answer": answer} if spec is None else _json_object("--spec", spec), text, **settings)
    typer.echo(json.dumps(verdict.to_dict(), ensure_ascii=False, indent=2))
    raise typer.Exit(0 if verdict.correct else 1)


def _grade_file(
    file: Path, form: str, kind: str, settings: Mapping[str, Any], workers: int | None, out: Path | None
) -> None:
    if form not in FORMATS:
        raise AssayError(f"--format must be one of {', '.join(FORMATS)}, got {form!r}")
    rows = list(FORMATS[form](file, kind))
    if out is not None and not out.parent.is_dir():
        raise AssayError(f"--out: there is no folder {out.parent}")
    verdicts: list[Verdict] = []
    start = time.perf_counter()
    with progress_bar("verify", len(rows)) as advance:
        for begin in range(0, len(rows), BLOCK):
            block = [(row.kind, row.spec, row.response) for row in rows[begin : begin + BLOCK]]
            verdicts += verify_batch(block, workers, bad_spec="error", **settings)
            advance(len(block))
    elapsed_s = time.perf_counter() - start
    if out is not None:
        with out.open("w", encoding="ascii") as lines:
            for row, verdict in zip(rows, verdicts, strict=True):
                lines.write(json.dumps({"id": row.name, **verdict.to_dict()}) + "\n")
    _print_summary(rows, verdicts, elapsed_s)


def _print_summary(rows: list[Row], verdicts: list[Verdict], elapsed_s: float) -> None:
    console = Console()
    table = Table(title=f"{len(rows)} responses in {elapsed_s:.1f} s", title_justify="left")
    table.add_column("status")
    table.add_column("count", justify="right")
    for status, count in Counter(verdict.status for verdict in verdicts).most_common():
        table.add_row(status.value, str(count))
    console.print(table)
    labelled = [(row, v) for row, v in zip(rows, verdicts, strict=True) if row.expected is not None]
    if not labelled:
        return
    graded = [(row, v) for row, v in labelled if v.status is not Status.ERROR]
    differing = [(row, v) for row, v in graded if v.correct != row.expected]
    console.print(
        f"{len(graded) - len(differing)} of {len(graded)} verdicts agree with the labels "
        f"({(len(graded) - len(differing)) / max(1, len(graded)):.2%}); "
        f"{sum(v.correct for _, v in differing)} accepted against the label, "
        f"{sum(not v.correct for _, v in differing)} refused against it, {len(labelled) - len(graded)} errors"
    )
    for row, verdict in differing[:SHOWN_DISAGREEMENTS]:
        told = "right" if row.expected else "wrong"
        console.print(
            f"  {escape(row.name)}: labelled {told}, judged {verdict.status} ({verdict.reason}); "
            f"gold {escape(repr(row.spec.get('answer')))}, read {escape(repr(verdict.extracted))}",
            soft_wrap=True,
            highlight=False,
        )
    if len(differing) > SHOWN_DISAGREEMENTS:
        console.print(f"  and {len(differing) - SHOWN_DISAGREEMENTS} more; --out writes all verdicts")


def _read_rows(file: Path, kind: str) -> Iterator[Row]:
    for number, row in _json_lines(file):
        where = f"{file}:{number}"
        spec = row.get("spec", {"answer": row["answer"]} if "answer" in row else None)
        if not isinstance(spec, dict) or not isinstance(row.get("response"), str):
            raise AssayError(f'{where} needs "response" (text) and "spec" (an object) or "answer"')
        expected = row.get("expected")
        if expected is not None and not isinstance(expected, bool):
            raise AssayError(f'{where}: "expected" must be true or false, got {expected!r}')
        row_kind = str(row.get("kind", kind))
        get_verifier(row_kind)
        yield Row(row_kind, spec, row["response"], expected, str(row.get("id", number)))


def _read_gsm8k_solutions(file: Path, kind: str) -> Iterator[Row]:
    """GSM8K's `example_model_solutions.jsonl`: several labelled model answers for each problem."""
    for number, row in _json_lines(file):
        truth = str(row.get("ground_truth", ""))
        if "A:" not in truth:
            raise AssayError(f"{file}:{number} has no ground truth that ends in 'A: ...'")
        spec = {"answer": truth.rsplit("A:", 1)[1].strip()}
        for name, answer in row.items():
            if isinstance(answer, dict) and "solution" in answer:
                yield Row(kind, spec, str(answer["solution"]), bool(answer["is_correct"]), f"{number}/{name}")


FORMATS = {"rows": _read_rows, "gsm8k-solutions": _read_gsm8k_solutions}


def _json_lines(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _json_object(f"{file}:{number}", line)
    except (OSError, UnicodeDecodeError) as error:
        raise AssayError(f"cannot read {file}: {error}") from error


def _json_object(where: str, text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise AssayError(f"{where} is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise AssayError(f"{where} must be a JSON object, got {type(value).__name__}")
    return value
