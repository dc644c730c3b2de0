"""assay: text environments whose rewards are checked by programs.

Importing this package registers the environments with gymnasium (names only; nothing heavy loads before its use).
"""

from assay.envs.catalog import register_all
from assay.envs.episode import Episode
from assay.envs.source import TaskSource
from assay.envs.task import Task
from assay.envs.text_env import TextEnv
from assay.verifiers.dispatch import averify, verify, verify_batch
from assay.verifiers.errors import AssayError, SpecError, UnknownNameError
from assay.verifiers.verdict import Status, Verdict
from assay.verifiers.verifier import Verifier

__version__ = "0.1.0"

__all__ = [
    "AssayError",
    "Episode",
    "SpecError",
    "Status",
    "Task",
    "TaskSource",
    "TextEnv",
    "UnknownNameError",
    "Verdict",
    "Verifier",
    "__version__",
    "averify",
    "verify",
    "verify_batch",
]

register_all()
