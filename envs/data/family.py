"""What a family of structured-data tasks is.

A family draws content, then writes it: a prompt, the spec for its verifier, and an answer that is right. Prompts are
worded from templates; the last quarter of every list of templates is held out for the test split.
"""

from __future__ import annotations

import random
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from assay.envs.procedural import P, TaskFamily
from assay.verifiers.dispatch import verify


@dataclass(frozen=True, slots=True)
class Item:
    """One task as its family writes it.

    Attributes:
        prompt: What the agent reads. It shows data unfenced, so that an echo holds no answer block.
        kind: Which verifier grades it.
        spec: What that verifier needs; no floats, so that it has one canonical text.
        answer: A right answer.
    """

    prompt: str
    kind: str
    spec: Mapping[str, Any]
    answer: str


class DataFamily(TaskFamily[P]):
    """A kind of structured-data task with difficulties 1 to 10; see `TaskFamily` for its other attributes.

    Attributes:
        hint: What a prompt says besides, unless the source has no instruction: for families whose bare prompts do not
            tell what is asked.
    """

    hint: ClassVar[str] = ""

    @abstractmethod
    def write(self, params: P, split: str) -> Item:
        """Prompt, spec and answer of the drawn content; `split` decides which templates may be used."""

    def key(self, params: P) -> str:
        """Identity of the content; the wording, where it is drawn, comes last and is left out."""
        return repr(params[:-1]) if isinstance(params, tuple) else repr(params)


def template(choices: Sequence[str], number: int, split: str) -> str:
    """The wording of a number: the last quarter of the choices (at least one) is for the test split alone."""
    held_out = max(1, len(choices) // 4)
    pool = choices[-held_out:] if split == "test" else choices[:-held_out]
    return pool[number % len(pool)]


def pick_shape(rng: random.Random, count: int, difficulty: int) -> int:
    """One of `count` shapes that are ordered from easy to hard: difficulty d opens d + 2, the last four likeliest."""
    allowed = min(count, 2 + difficulty)
    return rng.randrange(max(0, allowed - 4) if rng.random() < 0.8 else 0, allowed)


def null_credit(kind: str, spec: Mapping[str, Any], degenerate: Sequence[str]) -> str:
    """The best credit that some degenerate answers get, as decimal text: the item's p0."""
    credits = [float(verify(kind, spec, answer).detail.get("credit", 0.0)) for answer in degenerate]
    return format(max(credits, default=0.0), ".6f")
