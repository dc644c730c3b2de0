"""What the learning agents share: policy, losses, run folders, evaluation, reports.

This package and the trainers built on it are the only code of assay that needs torch. Every one of those modules
imports from here first, so a missing extra is one line that says what to install.
"""

from assay.verifiers.errors import AssayError

try:
    import torch
    import transformers
except ImportError as error:
    raise AssayError(
        f"learning agents need torch and transformers ({error.name} is missing): pip install 'assay[train]'"
    ) from error

__all__ = ["torch", "transformers"]
