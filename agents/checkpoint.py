"""A local checkpoint of `transformers` as an agent: `hf:PATH`.

Thin over `assay.agents.core.policy`, which samples; here lie only the settings, the seed and the error messages. torch
loads when such an agent is made, not before.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assay.agents.agent import AgentError, Usage
from assay.verifiers.errors import AssayError


class CheckpointAgent:
    """A causal language model read from a folder. Nothing is fetched.

    Args:
        path: The folder, as `save_pretrained` writes it.
        temperature: 0 takes the likeliest token each time.
        max_tokens: Length limit of an answer.
        seed: Starts the random numbers.
        device: Where the model runs; None is "cuda" where there is one, else "cpu".

    Raises:
        AssayError: torch or transformers are not installed, or there is no readable checkpoint.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        temperature: float = 0.0,
        max_tokens: int = 512,
        seed: int = 0,
        device: str | None = None,
    ) -> None:
        """Load the model."""
        if not Path(path).is_dir():
            raise AssayError(f"no checkpoint at {path}: there is no such folder")
        for library in ("torch", "transformers"):
            if importlib.util.find_spec(library) is None:
                raise AssayError(f"agent hf:{path} needs {library}: pip install 'assay[train]'")
        import torch

        from assay.agents.core.policy import Policy

        self._policy = Policy.load(path, device=device)
        self._generator = torch.Generator(self._policy.device).manual_seed(seed)
        self._path = str(path)
        self._temperature = temperature
        self._max_tokens = max_tokens
        self._usage: list[Usage] = []

    @property
    def name(self) -> str:
        """The folder's name."""
        return f"hf:{self._path}"

    @property
    def settings(self) -> dict[str, Any]:
        """Temperature and length limit."""
        return {"temperature": self._temperature, "max_tokens": self._max_tokens}

    @property
    def usage(self) -> Sequence[Usage]:
        """Tokens of the last `act`."""
        return self._usage

    def reseed(self, seed: int) -> None:
        """Sample differently from now on."""
        self._generator.manual_seed(seed)

    def act(self, observations: list[str]) -> list[str]:
        """An answer to each, cut at the length limit.

        Raises:
            AgentError: The model cannot be run, for instance for want of memory.
        """
        try:
            done = self._policy.generate(
                observations,
                temperature=self._temperature,
                max_new_tokens=self._max_tokens,
                generator=self._generator,
            )
        except RuntimeError as error:
            raise AgentError(f"agent {self.name} failed: {str(error).splitlines()[0]}") from error
        self._usage = [Usage(len(completion.prompt_ids), len(completion.ids)) for completion in done]
        return [completion.text for completion in done]
