"""Writing data as text: the source texts that prompts show and the gold answers.

These writers know nothing of the verifiers' readers, so that a test that reads one with the other checks both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

Rows = Sequence[Mapping[str, Any]]

_PLAIN_YAML = re.compile(r"[A-Za-z][A-Za-z_]*(?: [A-Za-z]+)*", re.ASCII)
_YAML_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def to_json(value: Any, indent: int | None = None) -> str:
    """JSON with the characters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def to_csv(rows: Rows, delimiter: str = ",") -> str:
    """CSV with a header; fields are quoted where they must be."""

    def field(value: Any) -> str:
        text = str(value)
        needs = text == "" or any(mark in text for mark in (delimiter, '"', "\n", "\r"))
        return '"' + text.replace('"', '""') + '"' if needs else text

    lines = [list(rows[0]), *(row.values() for row in rows)]
    return "".join(delimiter.join(map(field, line)) + "\n" for line in lines)


def to_markdown(rows: Rows) -> str:
    """A GFM table; backslashes and pipes are escaped."""

    def line(cells: Any) -> str:
        return "| " + " | ".join(str(c).replace("\\", "\\\\").replace("|", "\\|") for c in cells) + " |"

    header = list(rows[0])
    return "\n".join([line(header), "|" + " --- |" * len(header), *(line(row.values()) for row in rows)])


def to_xml(rows: Rows, root: str = "rows", row: str = "row") -> str:
    """One element a row, one child a cell."""
    lines = [f"<{root}>"]
    for cells in rows:
        inside = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in cells.items())
        lines.append(f"  <{row}>{inside}</{row}>")
    return "\n".join([*lines, f"</{root}>"])


def to_yaml(value: Any) -> str:
    """Block-style YAML; text is quoted unless it is a plain word."""
    return "\n".join(_yaml_lines(value)) + "\n"


def _yaml_lines(value: Any) -> list[str]:
    if isinstance(value, Mapping) and value:
        lines: list[str] = []
        for key, entry in value.items():
            if isinstance(entry, (Mapping, list)) and entry:
                lines.append(f"{_yaml_scalar(key)}:")
                lines += ["  " + line for line in _yaml_lines(entry)]
            else:
                lines.append(f"{_yaml_scalar(key)}: {_yaml_scalar(entry)}")
        return lines
    if isinstance(value, list) and value:
        lines = []
        for entry in value:
            first, *rest = _yaml_lines(entry)
            lines += [f"- {first}", *("  " + line for line in rest)]
        return lines
    return [_yaml_scalar(value)]


def _yaml_scalar(value: Any) -> str:
    if isinstance(value, str):
        plain = _PLAIN_YAML.fullmatch(value) and value.lower() not in _YAML_WORDS
        return value if plain else to_json(value)
    return to_json(value)


def to_toml(table: Mapping[str, Any]) -> str:
    """TOML: scalars and arrays first, then sub-tables."""
    return "\n".join(_toml_lines(table, "")) + "\n"


def _toml_lines(table: Mapping[str, Any], prefix: str) -> list[str]:
    lines = [f"{_toml_key(k)} = {_toml_value(v)}" for k, v in table.items() if not isinstance(v, Mapping)]
    for key, entry in table.items():
        if isinstance(entry, Mapping):
            name = f"{prefix}{_toml_key(key)}"
            lines += [f"[{name}]", *_toml_lines(entry, f"{name}.")]
    return lines


def _toml_key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else to_json(key)


def _toml_value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_toml_key(k)} = {_toml_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml_value, value)) + "]"
    return to_json(value)


TABLE_WRITERS: dict[str, Callable[[Rows], str]] = {"csv": to_csv, "markdown": to_markdown, "xml": to_xml}
TREE_WRITERS: dict[str, Callable[[Any], str]] = {
    "json": lambda value: to_json(value, 2),
    "yaml": to_yaml,
    "toml": to_toml,
}
FORMAT_NAMES = {
    "json": "JSON",
    "csv": "CSV (RFC 4180, comma, with a header)",
    "markdown": "a Markdown (GFM) table",
    "xml": "XML (root <rows>, one <row> a record, one child element a field, no attributes)",
    "yaml": "YAML 1.2",
    "toml": "TOML 1.0",
}
