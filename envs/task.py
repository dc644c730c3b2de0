"""One task: what the agent reads and what the verifier needs, as plain data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Task:
    """A single question with the means to check its answer.

    Attributes:
        id: "source/split/...": unique, and enough for the source to make the task again.
        prompt: What the agent reads.
        kind: Which verifier grades it, e.g. "math".
        spec: What that verifier needs. It holds the answer and is never shown to an agent.
        meta: Where the task comes from: source, split, seed, difficulty and the like. Safe to show.
    """

    id: str
    prompt: str
    kind: str
    spec: Mapping[str, Any]
    meta: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The task as JSON values; `from_dict` is its inverse."""
        return {
            "id": self.id,
            "prompt": self.prompt,
            "kind": self.kind,
            "spec": dict(self.spec),
            "meta": dict(self.meta),
        }

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Task:
        """Read what `to_dict` wrote.

        Raises:
            KeyError: A field is missing.
        """
        return cls(**{f.name: row[f.name] for f in fields(cls)})


def canonical_json(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces, characters as they are.

    Raises:
        TypeError: The value holds a float, whose text differs between writers: use integers or strings.
    """
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_hash(items: Iterable[Any]) -> str:
    """SHA-256 (hex) over the newline-joined SHA-256 leaves of the items' canonical JSON, in order."""
    leaves = (_sha256(canonical_json(item)) for item in items)
    return _sha256("\n".join(leaves))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(f"a hashed object must not hold the float {value!r}: use integers or strings")
    if isinstance(value, Mapping):
        for entry in value.values():
            _refuse_floats(entry)
    elif isinstance(value, (list, tuple)):
        for entry in value:
            _refuse_floats(entry)
