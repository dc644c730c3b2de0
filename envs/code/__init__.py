"""`assay/Code-v0`: generated programming tasks and HumanEval, graded by running programs in a jail."""

from assay.envs.code.env import CodeEnv
from assay.envs.code.families import BASES, FAMILIES
from assay.envs.code.family import CodeFamily, kill_rate
from assay.envs.code.humaneval import HumanEvalSource
from assay.envs.code.procedural import CodeSource

__all__ = ["BASES", "FAMILIES", "CodeEnv", "CodeFamily", "CodeSource", "HumanEvalSource", "kill_rate"]
