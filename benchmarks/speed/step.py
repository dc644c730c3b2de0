"""What a step of a text environment costs beyond its verifier, beside a bare gymnasium environment.

Run as `python -m assay.benchmarks.speed.step`. Everything runs in one process, interleaved; CPU time, median of rounds.
The verifier timed alone is the same call that the environment makes, so the difference is the environment's own cost.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import gymnasium

from assay.envs.catalog import register_all
from assay.envs.text_env import TextEnv
from assay.envs.text_space import UnicodeText
from assay.verifiers.dispatch import verify

STEPS = 2000
ROUNDS = 9


class Bare(gymnasium.Env[str, str]):
    """The least that gymnasium calls an environment."""

    observation_space = UnicodeText(1000)
    action_space = UnicodeText(1000)

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[str, dict[str, Any]]:
        """Set nothing."""
        super().reset(seed=seed)
        return "", {}

    def step(self, action: str) -> tuple[str, float, bool, bool, dict[str, Any]]:
        """Grade nothing."""
        return "", 0.0, False, False, {}


def cpu_us(step: Callable[[], object]) -> float:
    """CPU time of one call in microseconds, over `STEPS` calls."""
    start = time.process_time()
    for _ in range(STEPS):
        step()
    return (time.process_time() - start) / STEPS * 1e6


def main() -> None:
    """Measure and print a Markdown table."""
    register_all()
    bare = Bare()
    bare.reset(seed=0)
    # One endless episode, so that only steps are timed.
    plain = gymnasium.make("assay/Math-v0", max_turns=10**9, observation="turn")
    plain.reset(seed=0)
    inner = plain.unwrapped
    assert isinstance(inner, TextEnv)
    task, options = inner.task, inner.verifier_options
    answer = r"So the answer is \boxed{-123456789}."

    def one_turn() -> None:
        plain.reset(options={"index": 0})
        plain.step(answer)

    measured: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, step in {
            "bare environment": lambda: bare.step(answer),
            "verifier alone": lambda: verify(task.kind, task.spec, answer, **options),
            "TextEnv step": lambda: inner.step(answer),
            "TextEnv step through gymnasium.make": lambda: plain.step(answer),
            "reset and step through gymnasium.make": one_turn,
        }.items():
            measured.setdefault(name, []).append(cpu_us(step))
        plain.reset(seed=0)
    medians = {name: statistics.median(values) for name, values in measured.items()}
    base = medians["verifier alone"] + medians["bare environment"]
    print("| what | CPU µs | over verifier and bare environment |\n| --- | ---: | ---: |")
    for name, value in medians.items():
        over = f"{value - base:.1f}" if name.startswith("TextEnv") else ""
        print(f"| {name} | {value:.1f} | {over} |")


if __name__ == "__main__":
    main()
