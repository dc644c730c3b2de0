"""What an agent steps through: tasks, their sources, and the environments that set them. Never imports torch."""

from assay.envs.catalog import ENVIRONMENTS, env_class
from assay.envs.episode import Episode, Turn, append_episode, read_episodes
from assay.envs.source import TaskSource
from assay.envs.task import Task
from assay.envs.text_env import TextEnv, replay
from assay.envs.text_space import UnicodeText

__all__ = [
    "ENVIRONMENTS",
    "Episode",
    "Task",
    "TaskSource",
    "TextEnv",
    "Turn",
    "UnicodeText",
    "append_episode",
    "env_class",
    "read_episodes",
    "replay",
]
