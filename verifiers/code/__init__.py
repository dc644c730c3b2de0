"""The verifier of kind "code": programs are run in a jail, and judged where they cannot reach."""

from assay.verifiers.code.verifier import VERIFIER, CodeVerifier

__all__ = ["VERIFIER", "CodeVerifier"]
