"""`assay/Data-v0`: generated structured-data tasks, graded by meaning."""

from assay.envs.data.env import DataEnv
from assay.envs.data.families import FAMILIES
from assay.envs.data.family import DataFamily, Item
from assay.envs.data.source import DataSource

__all__ = ["FAMILIES", "DataEnv", "DataFamily", "DataSource", "Item"]
