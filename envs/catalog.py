"""The table of environments: id, where its class lies, and one line on it. Strings only; nothing loads before use."""

from __future__ import annotations

import importlib
from typing import NamedTuple

import gymnasium

from assay.envs.text_env import TextEnv
from assay.verifiers.errors import UnknownNameError


class Entry(NamedTuple):
    """One registered environment."""

    entry_point: str
    summary: str


ENVIRONMENTS: dict[str, Entry] = {
    "assay/Math-v0": Entry("assay.envs.math:MathEnv", "mathematics with one checkable answer"),
    "assay/Code-v0": Entry("assay.envs.code:CodeEnv", "programs, run against hidden cases in a jail"),
    "assay/Data-v0": Entry("assay.envs.data:DataEnv", "structured data, graded by meaning"),
    "assay/Lean-v0": Entry("assay.envs.lean:LeanEnv", "theorems to prove in Lean 4, the whole proof at once"),
    "assay/LeanTactic-v0": Entry("assay.envs.lean:LeanTacticEnv", "theorems to prove in Lean 4, a tactic at a time"),
    "assay/Sql-v0": Entry("assay.envs.sql:SqlEnv", "questions to a database, with queries before the answer"),
}


def register_all() -> None:
    """Make the environments known to gymnasium; does nothing for those it knows already."""
    for env_id, entry in ENVIRONMENTS.items():
        if env_id not in gymnasium.registry:
            gymnasium.register(env_id, entry_point=entry.entry_point)


def env_class(env_id: str) -> type[TextEnv]:
    """The class of a registered environment, imported on first use.

    Raises:
        UnknownNameError: There is no such environment.
    """
    if env_id not in ENVIRONMENTS:
        raise UnknownNameError("environment", env_id, ENVIRONMENTS)
    module, _, name = ENVIRONMENTS[env_id].entry_point.partition(":")
    loaded: type[TextEnv] = getattr(importlib.import_module(module), name)
    return loaded
