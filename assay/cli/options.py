"""Options that several commands share, and how their text becomes values."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Any

import typer

from assay.verifiers.errors import AssayError

EnvArgument = Annotated[str, typer.Argument(metavar="ENV", help="Environment id, e.g. assay/Math-v0.")]
SourceOption = Annotated[str | None, typer.Option(help="Where tasks come from; `assay envs` lists the sources.")]
SplitOption = Annotated[str, typer.Option(help="Which split of the source.")]
DifficultyOption = Annotated[str | None, typer.Option(help="Of generated tasks: a number, or a range such as 1-3.")]
DataOption = Annotated[
    Path | None, typer.Option("--data", help="Folder of the data sets; default: $ASSAY_DATA, then ./data.")
]
ArgOption = Annotated[
    list[str] | None,
    typer.Option("--arg", metavar="NAME=VALUE", help="Any other argument of the environment; may be repeated."),
]
SeedOption = Annotated[int, typer.Option(help="Decides everything that is drawn.")]


def env_kwargs(
    source: str | None, difficulty: str | None = None, data: Path | None = None, args: list[str] | None = None
) -> dict[str, Any]:
    """The keyword arguments of an environment, from the options of a command."""
    kwargs: dict[str, Any] = {}
    if source is not None:
        kwargs["source"] = source
    if difficulty is not None:
        kwargs["difficulty"] = _difficulty(difficulty)
    if data is not None:
        kwargs["data_dir"] = str(data)
    return kwargs | assignments("--arg", args)


def assignments(option: str, texts: list[str] | None) -> dict[str, Any]:
    """What a repeated NAME=VALUE option says; values are JSON where they can be read so, else text.

    Raises:
        AssayError: A text has no "=".
    """
    values: dict[str, Any] = {}
    for text in texts or []:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise AssayError(f"{option} takes NAME=VALUE, got {text!r}")
        try:
            values[name] = json.loads(value)
        except ValueError:
            values[name] = value
    return values


def _difficulty(text: str) -> int | list[int]:
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", text)
    if match is None:
        raise AssayError(f"--difficulty takes a number or a range such as 1-3, got {text!r}")
    low, high = match.groups()
    return int(low) if high is None else [int(low), int(high)]
