"""The verifier protocol and the table of kinds.

A verifier is found by its `kind`. The table holds import paths only, so that nothing heavy loads before its first use.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, Protocol, cast

from assay.verifiers.errors import UnknownNameError
from assay.verifiers.verdict import Verdict

KINDS: dict[str, str] = {
    "lean": "assay.verifiers.lean:VERIFIER",
    "math": "assay.verifiers.math:VERIFIER",
    "code": "assay.verifiers.code:VERIFIER",
    "json_schema": "assay.verifiers.data.json_schema:VERIFIER",
    "json_equal": "assay.verifiers.data.json_equal:VERIFIER",
    "json_repair": "assay.verifiers.data.json_repair:VERIFIER",
    "extraction": "assay.verifiers.data.extraction:VERIFIER",
    "conversion": "assay.verifiers.data.conversion:VERIFIER",
    "transform": "assay.verifiers.data.transform:VERIFIER",
    "sql": "assay.verifiers.data.sql:VERIFIER",
    "regex": "assay.verifiers.data.regex:VERIFIER",
    "normalise": "assay.verifiers.data.normalise:VERIFIER",
    "constraint": "assay.verifiers.data.constraint:VERIFIER",
}
"""Kind of spec -> "module:attribute" of the `Verifier` that grades it."""


class Verifier(Protocol):
    """Decides whether a response satisfies a spec.

    Implementations are stateless, deterministic, and safe in any thread, in asyncio and in forked workers.
    """

    @property
    def name(self) -> str:
        """Name and version, e.g. "math@1.0.0"; the version changes whenever any verdict could."""
        ...

    def verify(self, spec: Mapping[str, Any], response: str, **options: Any) -> Verdict:
        """Grade one response.

        Args:
            spec: What to grade against; JSON values.
            response: What the agent wrote; any string at all.
            **options: Policy choices of the verifier, documented by it; they override fields of `spec`.

        Raises:
            SpecError: The spec or an option cannot be used. Never raised for anything in `response`.
        """
        ...


def get_verifier(kind: str) -> Verifier:
    """The verifier of a kind, loaded on first use.

    Raises:
        UnknownNameError: There is no such kind.
    """
    if kind not in KINDS:
        raise UnknownNameError("verifier kind", kind, KINDS)
    module, _, attribute = KINDS[kind].partition(":")
    return cast(Verifier, getattr(importlib.import_module(module), attribute))
