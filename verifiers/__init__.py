"""What decides: pure functions from (spec, response) to `Verdict`. Knows nothing of environments or agents."""

from assay.verifiers.dispatch import averify, verify, verify_batch
from assay.verifiers.errors import AssayError, SpecError, UnknownNameError
from assay.verifiers.verdict import Status, Verdict
from assay.verifiers.verifier import KINDS, Verifier, get_verifier

__all__ = [
    "KINDS",
    "AssayError",
    "SpecError",
    "Status",
    "UnknownNameError",
    "Verdict",
    "Verifier",
    "averify",
    "get_verifier",
    "verify",
    "verify_batch",
]
