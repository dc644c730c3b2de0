"""`assay/Code-v0`: write a program, which is run against hidden cases in a jail.

Puts names to sources (a generator family, a topic, "all", or HumanEval) and leaves everything else to `TextEnv` and the
code verifier. Over several turns the feedback names the first case that failed, with what the program did.

>>> import gymnasium, assay
>>> env = gymnasium.make("assay/Code-v0", source="window_sums", difficulty=2)
>>> prompt, info = env.reset(options={"task": "window_sums/train/d2/0"})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assay.envs.code.families import FAMILIES, topics
from assay.envs.code.humaneval import HumanEvalSource
from assay.envs.code.procedural import CodeSource
from assay.envs.source import TaskSource
from assay.envs.text_env import TextEnv
from assay.verifiers.errors import AssayError, UnknownNameError


class CodeEnv(TextEnv):
    """Set a programming task, run the program, pay the reward.

    Args:
        source: A name from `sources()`, or a source made elsewhere.
        split: Which split of it; None is "train" where there is one, else the first.
        difficulty: For generated tasks: a difficulty from 1 to 10, or the lowest and highest of a range.
        instruction: What the prompt says besides the statement; by default it asks for one fenced block.
        data_dir: For HumanEval: the folder that holds `humaneval/`, or "hub".
        require: The lowest isolation level that will do.
        level: This isolation level and no other.
        **text_env_options: The options of `TextEnv`: turns, reward, recording and the like.

    Raises:
        AssayError: An argument is unknown, unusable, or does not fit the source.
    """

    def __init__(
        self,
        source: str | TaskSource = "all",
        split: str | None = None,
        *,
        difficulty: int | Sequence[int] | None = None,
        instruction: str | None = None,
        data_dir: str | Path | None = None,
        require: str | None = None,
        level: str | None = None,
        **text_env_options: Any,
    ) -> None:
        """Find the source; no task is made before `reset`."""
        settings = {"difficulty": difficulty, "instruction": instruction, "data_dir": data_dir}
        given = {name: value for name, value in settings.items() if value is not None}
        if isinstance(source, str):
            source = self.make_source(source, **given)
        elif given:
            raise AssayError(f"{', '.join(given)}: settings of a named source, but the source given is already made")
        if split is None:
            split = "train" if "train" in source.splits else source.splits[0]
        jail = {name: value for name, value in (("require", require), ("level", level)) if value is not None}
        options = {**jail, **(text_env_options.pop("verifier_options", None) or {})}
        super().__init__(source, split, verifier_options=options, **text_env_options)

    @classmethod
    def sources(cls) -> Mapping[str, str]:
        """Families, topics, "all" and HumanEval, each with one line on what it holds."""
        groups = {name: "families: " + ", ".join(f.name for f in members) for name, members in topics().items()}
        others = {"all": f"all {len(FAMILIES)} families", "humaneval": "HumanEval: 164 functions to complete (test)"}
        return {name: family.summary for name, family in FAMILIES.items()} | groups | others

    @classmethod
    def make_source(cls, name: str, **options: Any) -> TaskSource:
        """The source of a name.

        Args:
            name: One of `sources()`.
            **options: `difficulty` and `instruction` for generated tasks, `data_dir` and `instruction` for HumanEval.

        Raises:
            UnknownNameError: There is no such source, or it has no such option.
            AssayError: An option's value cannot be used.
        """
        if name not in cls.sources():
            raise UnknownNameError("source", name, cls.sources())
        valid = ("data_dir", "instruction") if name == "humaneval" else ("difficulty", "instruction")
        for option in options:
            if option not in valid:
                raise UnknownNameError(f"option of the source {name}", option, valid)
        if name == "humaneval":
            return HumanEvalSource(**options)
        if name in FAMILIES:
            families = [FAMILIES[name]]
        else:
            families = list(FAMILIES.values()) if name == "all" else topics()[name]
        return CodeSource(families, name=name, **options)
