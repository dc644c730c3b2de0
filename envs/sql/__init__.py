"""`assay/Sql-v0`: questions to a database, answered with a query or a value after read-only queries."""

from assay.envs.sql.env import SqlEnv
from assay.envs.sql.families import FAMILIES, SqlFamily
from assay.envs.sql.source import SqlSource

__all__ = ["FAMILIES", "SqlEnv", "SqlFamily", "SqlSource"]
