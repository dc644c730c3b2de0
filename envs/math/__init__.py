"""`assay/Math-v0`: generated problems and public data sets, graded by the math verifier."""

from assay.envs.math.datasets import DATASETS, DatasetSource
from assay.envs.math.env import MathEnv
from assay.envs.math.families import FAMILIES
from assay.envs.math.problem import Family, Problem
from assay.envs.math.procedural import ProceduralSource

__all__ = ["DATASETS", "FAMILIES", "DatasetSource", "Family", "MathEnv", "Problem", "ProceduralSource"]
