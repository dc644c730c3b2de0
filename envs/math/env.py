r"""`assay/Math-v0`: mathematics with one checkable answer.

Puts names to sources (a generator family, a topic, "all", or a data set) and leaves everything else to `TextEnv` and
the math verifier.

>>> import gymnasium, assay
>>> env = gymnasium.make("assay/Math-v0", source="addition", difficulty=2, instruction="")
>>> prompt, info = env.reset(options={"task": "addition/train/d2/0"})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assay.envs.math.datasets import DATASETS, DatasetSource
from assay.envs.math.families import FAMILIES, topics
from assay.envs.math.procedural import ProceduralSource
from assay.envs.source import TaskSource
from assay.envs.text_env import TextEnv, check_options
from assay.verifiers.errors import AssayError, UnknownNameError


class MathEnv(TextEnv):
    r"""Set a mathematics problem, grade the answer in `\boxed{}`.

    Args:
        source: A name from `sources()`, or a source made elsewhere.
        split: Which split of it.
        difficulty: For generated problems: a difficulty from 1 to 10, or the lowest and highest of a range.
        instruction: What the prompt says after the statement; by default it asks for the final answer in `\boxed{}`,
            and "" leaves it out.
        data_dir: For data sets: the folder they lie in, or "hub"; by default the environment variable `ASSAY_DATA`,
            then `./data`.
        extraction: How the answer is found in a response: "strict", "last_boxed" or "lenient".
        **text_env_options: The options of `TextEnv`: turns, reward, recording and the like.

    Raises:
        AssayError: An argument is unknown, unusable, or does not fit the source.
    """

    def __init__(
        self,
        source: str | TaskSource = "arithmetic",
        split: str = "train",
        *,
        difficulty: int | Sequence[int] | None = None,
        instruction: str | None = None,
        data_dir: str | Path | None = None,
        extraction: str = "strict",
        **text_env_options: Any,
    ) -> None:
        """Find the source; no task is made before `reset`."""
        check_options(text_env_options, ("difficulty", "instruction", "data_dir", "extraction"))
        settings = {"difficulty": difficulty, "instruction": instruction, "data_dir": data_dir}
        given = {name: value for name, value in settings.items() if value is not None}
        if isinstance(source, str):
            source = self.make_source(source, **given)
        elif given:
            raise AssayError(f"{', '.join(given)}: settings of a named source, but the source given is already made")
        options = {"extraction": extraction, **(text_env_options.pop("verifier_options", None) or {})}
        super().__init__(source, split, verifier_options=options, **text_env_options)

    @classmethod
    def sources(cls) -> Mapping[str, str]:
        """Families, topics, "all" and data sets, each with one line on what it holds."""
        groups = {name: "families: " + ", ".join(f.name for f in members) for name, members in topics().items()}
        everything = {"all": f"all {len(FAMILIES)} families"}
        sets = {name: dataset.summary for name, dataset in DATASETS.items()}
        return {name: family.summary for name, family in FAMILIES.items()} | groups | everything | sets

    @classmethod
    def make_source(cls, name: str, **options: Any) -> TaskSource:
        """The source of a name.

        Args:
            name: One of `sources()`.
            **options: As for the environment: `instruction`; of generated problems `difficulty`; of data sets
                `data_dir`, and `download=True` to read from the hub where the file is missing.

        Raises:
            UnknownNameError: There is no such source, or it has no such option.
            AssayError: An option's value cannot be used.
        """
        valid = ("data_dir", "download", "instruction") if name in DATASETS else ("difficulty", "instruction")
        if name not in cls.sources():
            raise UnknownNameError("source", name, cls.sources())
        for option in options:
            if option not in valid:
                raise UnknownNameError(f"option of the source {name}", option, valid)
        if name in DATASETS:
            return DatasetSource(name, **options)
        if name in FAMILIES:
            families = [FAMILIES[name]]
        elif name == "all":
            families = list(FAMILIES.values())
        else:
            families = topics()[name]
        return ProceduralSource(families, name=name, **options)
