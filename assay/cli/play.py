"""`assay play`: a person in the agent's seat."""

from __future__ import annotations

from typing import Annotated, Any

import gymnasium
import typer
from rich.console import Console
from rich.markup import escape

from assay.cli import options
from assay.envs.catalog import env_class


def play_environment(
    env: options.EnvArgument,
    source: options.SourceOption = None,
    split: options.SplitOption = "train",
    difficulty: options.DifficultyOption = None,
    data: options.DataOption = None,
    arg: options.ArgOption = None,
    turns: Annotated[int, typer.Option(min=1, help="Answers allowed for each task.")] = 2,
    seed: options.SeedOption = 0,
) -> None:
    """Play an environment yourself: type the bare answer; an empty line passes, Ctrl-D ends."""
    env_class(env)
    boxed = env == "assay/Math-v0"
    kwargs: dict[str, Any] = {"extraction": "lenient"} if boxed else {}
    kwargs |= options.env_kwargs(source, difficulty, data, arg)
    made = gymnasium.make(env, split=split, max_turns=turns, observation="turn", **kwargs)
    console = Console()
    played = won = 0
    observation, info = made.reset(seed=seed)
    try:
        while True:
            console.rule(f"[cyan]{escape(info['task'])}[/]", align="left")
            over = False
            while not over:
                console.print(escape(observation), soft_wrap=True, highlight=False)
                answer = console.input("[bold]answer> [/]")
                observation, _, terminated, truncated, info = made.step(_boxed(answer) if boxed else answer)
                over = terminated or truncated
            verdict = info["verdict"]
            played += 1
            won += verdict.correct
            colour = "green" if verdict.correct else "red"
            console.print(f"[{colour}]{verdict.status}[/] {escape(verdict.message)} [dim]({won} of {played})[/]")
            observation, info = made.reset()
    except (EOFError, KeyboardInterrupt):
        console.print(f"\n{won} of {played} right")


def _boxed(answer: str) -> str:
    """A bare answer in a box, so that a person need not type one."""
    return answer if "\\boxed" in answer or not answer.strip() else rf"\boxed{{{answer.strip()}}}"
