"""`assay/Data-v0`: structured data, graded by meaning.

Puts names to sources (a generator family, a topic, or "all") and leaves everything else to `TextEnv` and the
verifiers of structured data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assay.envs.data.families import FAMILIES, topics
from assay.envs.data.source import DataSource
from assay.envs.source import TaskSource
from assay.envs.text_env import TextEnv, check_options
from assay.verifiers.errors import AssayError, UnknownNameError


class DataEnv(TextEnv):
    """Set a structured-data task, grade the answer by its meaning.

    Args:
        source: A name from `sources()`, or a source made elsewhere.
        split: Which split of it.
        difficulty: A difficulty from 1 to 10, or the lowest and highest of a range.
        instruction: What the prompt says at its end; "" leaves it out.
        **text_env_options: The options of `TextEnv`: turns, reward, recording and the like.

    Raises:
        AssayError: An argument is unknown, unusable, or does not fit the source.
    """

    def __init__(
        self,
        source: str | TaskSource = "all",
        split: str = "train",
        *,
        difficulty: int | Sequence[int] | None = None,
        instruction: str | None = None,
        **text_env_options: Any,
    ) -> None:
        """Find the source; no task is made before `reset`."""
        check_options(text_env_options, ("difficulty", "instruction"))
        settings = {"difficulty": difficulty, "instruction": instruction}
        given = {name: value for name, value in settings.items() if value is not None}
        if isinstance(source, str):
            source = self.make_source(source, **given)
        elif given:
            raise AssayError(f"{', '.join(given)}: settings of a named source, but the source given is already made")
        super().__init__(source, split, **text_env_options)

    @classmethod
    def sources(cls) -> Mapping[str, str]:
        """Families, topics and "all", each with one line on what it holds."""
        groups = {name: "families: " + ", ".join(f.name for f in members) for name, members in topics().items()}
        return {name: family.summary for name, family in FAMILIES.items()} | groups | {"all": f"all {len(FAMILIES)}"}

    @classmethod
    def make_source(cls, name: str, **options: Any) -> TaskSource:
        """The source of a name; `difficulty` and `instruction` as for the environment.

        Raises:
            UnknownNameError: There is no such source, or it has no such option.
            AssayError: An option's value cannot be used.
        """
        if name not in cls.sources():
            raise UnknownNameError("source", name, cls.sources())
        for option in options:
            if option not in ("difficulty", "instruction"):
                raise UnknownNameError(f"option of the source {name}", option, ("difficulty", "instruction"))
        if name in FAMILIES:
            families = [FAMILIES[name]]
        else:
            families = list(FAMILIES.values()) if name == "all" else topics()[name]
        return DataSource(families, name=name, **options)
