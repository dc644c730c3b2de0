"""What one run of a program may use.

CPU time judges; wall time is only a backstop against programs that sleep, and does not count the time that a program
spent waiting for a processor on a busy machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from assay.verifiers.errors import SpecError, UnknownNameError

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one run (of one case of a stdin/stdout task, or of all calls of a function task).

    Attributes:
        cpu_s: CPU time in seconds.
        wall_s: Wall time in seconds, without the time spent waiting for a processor.
        memory_bytes: Address space of the process.
        output_bytes: Bytes that standard output, standard error, the returned values or any file may each reach.
        open_files: Descriptors.
        tasks: Threads (and processes, in languages that may start them).
    """

    cpu_s: float = 10.0
    wall_s: float = 20.0
    memory_bytes: int = 1024 * MIB
    output_bytes: int = 16 * MIB
    open_files: int = 128
    tasks: int = 128

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {name: getattr(self, name) for name in NAMES}


NAMES: tuple[str, ...] = tuple(field.name for field in fields(Limits))

_CEILINGS: dict[str, float] = {
    "cpu_s": 3600,
    "wall_s": 7200,
    "memory_bytes": 1 << 40,
    "output_bytes": 1 << 30,
    "open_files": 4096,
    "tasks": 4096,
}


def read_limits(row: Any, base: Limits) -> Limits:
    """Limits from a spec; what it does not name is taken from `base`.

    A spec that sets `cpu_s` alone gets a wall limit to match.

    Raises:
        SpecError: A limit is unknown, no number, or out of range; names it.
    """
    if not isinstance(row, Mapping):
        raise SpecError(f"limits must be an object, got {type(row).__name__}")
    if not row:
        return base
    values = base.to_dict()
    for name, value in row.items():
        if name not in NAMES:
            raise SpecError(str(UnknownNameError("limit", name, NAMES)))
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= _CEILINGS[name]:
            raise SpecError(f"limits.{name} must be a number above 0 and up to {_CEILINGS[name]:g}, got {value!r:.40}")
        values[name] = float(value) if name.endswith("_s") else int(value)
    if "cpu_s" in row and "wall_s" not in row:
        values["wall_s"] = 1.5 * values["cpu_s"] + 5.0
    return Limits(**values)
