"""`assay/Lean-v0` and `assay/LeanTactic-v0`: theorems to prove in Lean 4, whole or a tactic at a time."""

from assay.envs.lean.env import LeanEnv
from assay.envs.lean.families import FAMILIES
from assay.envs.lean.family import LeanFamily
from assay.envs.lean.minif2f import MiniF2FSource
from assay.envs.lean.procedural import TheoremSource
from assay.envs.lean.prompt import statement_of, write_prompt
from assay.envs.lean.tactic_env import LeanTacticEnv
from assay.envs.lean.theorem_list import TheoremListSource

__all__ = [
    "FAMILIES",
    "LeanEnv",
    "LeanFamily",
    "LeanTacticEnv",
    "MiniF2FSource",
    "TheoremListSource",
    "TheoremSource",
    "statement_of",
    "write_prompt",
]
