"""Reading the settings of a run: plain dataclasses that become JSON and back, with errors of one line."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from assay.verifiers.errors import AssayError, UnknownNameError

C = TypeVar("C")


def read_config(kind: type[C], values: Mapping[str, Any], what: str) -> C:
    """Make a config of plain values, e.g. those of a JSON file.

    Args:
        kind: A dataclass whose fields all have defaults.
        values: Settings by name; what is left out keeps its default.
        what: What the settings are of, for messages, e.g. "grpo".

    Raises:
        UnknownNameError: There is no such setting; names the nearest.
        AssayError: A value is of the wrong type or out of range.
    """
    hints = get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]  # checked by the callers
    settings: dict[str, Any] = {}
    for name, value in values.items():
        if name not in names:
            raise UnknownNameError(f"{what} setting", name, names)
        settings[name] = _fit(value, hints[name], f"{what} setting {name}")
    return kind(**settings)


def require_positive(config: Any, *names: str) -> None:
    """Refuse a config in which one of these numbers is not above 0.

    Raises:
        AssayError: Names the field and its value.
    """
    for name in names:
        if not getattr(config, name) > 0:
            raise AssayError(f"{name} must be above 0, got {getattr(config, name)!r}")


def check_choice(what: str, value: str, choices: Iterable[str]) -> None:
    """Refuse a setting that is not one of its choices.

    Raises:
        UnknownNameError: Names the nearest.
    """
    if value not in choices:
        raise UnknownNameError(what, value, choices)


def _fit(value: Any, hint: Any, what: str) -> Any:
    """The value as the type of the field: integers pass for floats, and lists for tuples."""
    origin = get_origin(hint) or hint
    if origin is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if origin is tuple:
        parts = get_args(hint)
        if isinstance(value, (list, tuple)) and len(value) == len(parts):
            return tuple(_fit(v, part, what) for v, part in zip(value, parts, strict=True))
    elif isinstance(value, origin) and (origin is bool or not isinstance(value, bool)):
        return value
    wanted = str(hint) if origin is tuple else origin.__name__
    raise AssayError(f"{what} must be of type {wanted}, got {value!r}")
