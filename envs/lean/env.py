"""`assay/Lean-v0`: prove a theorem, the whole proof in one answer.

Puts names to sources (a family, a topic, "all", the theorem list, miniF2F) and leaves everything else to `TextEnv` and
the Lean verifier. Over several turns the feedback is what Lean would say: the first error, or the goals left open.

>>> import gymnasium, assay
>>> env = gymnasium.make("assay/Lean-v0", source="prop_tautology", difficulty=2, max_turns=3)
>>> prompt, info = env.reset(options={"task": "prop_tautology/train/d2/0"})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from assay.envs.lean.families import FAMILIES, topics
from assay.envs.lean.minif2f import MiniF2FSource
from assay.envs.lean.procedural import TheoremSource
from assay.envs.lean.theorem_list import TheoremListSource
from assay.envs.source import TaskSource
from assay.envs.text_env import TextEnv, check_options
from assay.verifiers.errors import AssayError, UnknownNameError
from assay.verifiers.lean.choice import ENGINES

SETTINGS = ("difficulty", "instruction", "data_dir")

WHOLE_PROOF = "Answer with the proof, what follows `:=`: a term or a `by` block."
"""What a prompt of `assay/Lean-v0` asks for, unless told otherwise."""


class LeanEnv(TextEnv):
    """Set a theorem, judge the proof, pay the reward.

    Args:
        source: A name from `sources()`, or a source made elsewhere.
        split: Which split of it; None is "train" where there is one, else "test".
        difficulty: For generated theorems: a difficulty from 1 to 10, or the lowest and highest of a range.
        instruction: What the prompt says besides the theorem; by default how to answer.
        data_dir: For miniF2F: the folder that holds `minif2f/`.
        engine: Which engine judges: "auto" is the embedded one wherever it can read the task, else a real Lean.
        **text_env_options: The options of `TextEnv`: turns, reward, recording and the like.

    Raises:
        AssayError: An argument is unknown, unusable, or does not fit the source.
    """

    feedback_gap = "\n"

    default_instruction: ClassVar[str] = WHOLE_PROOF
    show_goal: ClassVar[bool] = False
    """Whether prompts end with the first goal state."""

    def __init__(
        self,
        source: str | TaskSource = "all",
        split: str | None = None,
        *,
        difficulty: int | Sequence[int] | None = None,
        instruction: str | None = None,
        data_dir: str | Path | None = None,
        engine: str = "auto",
        **text_env_options: Any,
    ) -> None:
        """Find the source; no task is made before `reset`."""
        check_options(text_env_options, (*SETTINGS, "engine"))
        settings = {"difficulty": difficulty, "instruction": instruction, "data_dir": data_dir}
        given = {name: value for name, value in settings.items() if value is not None}
        if isinstance(source, str):
            source = self.make_source(source, **given)
        elif given:
            raise AssayError(f"{', '.join(given)}: settings of a named source, but the source given is already made")
        if engine not in ENGINES:
            raise UnknownNameError("engine", engine, ENGINES)
        if split is None:
            split = "train" if "train" in source.splits else "test"
        self.engine = engine
        options = dict(text_env_options.pop("verifier_options", None) or {})
        if engine != "auto":
            options = {"engine": engine, **options}
        super().__init__(source, split, verifier_options=options, **text_env_options)

    @classmethod
    def sources(cls) -> Mapping[str, str]:
        """Families, topics, "all", the theorem list and miniF2F, each with one line on what it holds."""
        groups = {name: "families: " + ", ".join(f.name for f in members) for name, members in topics().items()}
        others = {
            "all": f"all {len(FAMILIES)} families",
            "theorems": "the theorem list: 129 theorems of core Lean in ten worlds (test)",
            "minif2f": "miniF2F: 488 statements over Mathlib, for a real Lean (valid, test)",
        }
        return {name: family.summary for name, family in FAMILIES.items()} | groups | others

    @classmethod
    def make_source(cls, name: str, **options: Any) -> TaskSource:
        """The source of a name.

        Args:
            name: One of `sources()`.
            **options: `instruction`; `difficulty` for generated theorems, `data_dir` for miniF2F.

        Raises:
            UnknownNameError: There is no such source, or it has no such option.
            AssayError: An option's value cannot be used.
        """
        if name not in cls.sources():
            raise UnknownNameError("source", name, cls.sources())
        own = {"theorems": (), "minif2f": ("data_dir",)}.get(name, ("difficulty",))
        for option in options:
            if option not in (*own, "instruction"):
                raise UnknownNameError(f"option of the source {name}", option, (*own, "instruction"))
        options.setdefault("instruction", cls.default_instruction)
        if name == "minif2f":
            return MiniF2FSource(**options)
        if name == "theorems":
            return TheoremListSource(show_goal=cls.show_goal, **options)
        if name in FAMILIES:
            families = [FAMILIES[name]]
        else:
            families = list(FAMILIES.values()) if name == "all" else topics()[name]
        return TheoremSource(families, name=name, show_goal=cls.show_goal, **options)
