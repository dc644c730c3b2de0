"""From an agent string, as the command line takes it, to an agent.

| string | agent |
| --- | --- |
| `gold`, `random`, `null` | the baselines |
| `openai:http://host:port/v1` | a chat endpoint (needs `model`) |
| `py:module:name`, `py:path/to/file.py:name` | Python code |
| `cmd:COMMAND ...` | a process that speaks JSON Lines |
| `hf:PATH` | a local checkpoint of `transformers` |
| `lean:best_first`, `lean:mcts` | a proof search |
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from assay.agents.agent import Agent
from assay.agents.baselines import GoldAgent, NullAgent, RandomAgent
from assay.agents.callable_agent import load_callable
from assay.agents.checkpoint import CheckpointAgent
from assay.agents.endpoint import EndpointAgent
from assay.agents.subprocess_agent import SubprocessAgent
from assay.envs.source import TaskSource
from assay.envs.task import Task
from assay.verifiers.errors import AssayError, UnknownNameError

FORMS = {
    "gold": "each task's own solution",
    "random": "a plausible guess",
    "null": "the empty answer",
    "openai:": "an OpenAI-compatible chat endpoint: openai:http://host:port/v1",
    "py:": "Python code: py:module:name or py:path/to/file.py:name",
    "cmd:": "a process that speaks JSON Lines: cmd:COMMAND ...",
    "hf:": "a local checkpoint of transformers: hf:PATH",
    "lean:": "a proof search: lean:best_first or lean:mcts",
}
"""The forms of an agent string, each with one line on it, for help texts."""


def load_agent(
    text: str,
    *,
    model: str | None = None,
    seed: int = 0,
    tasks: Iterable[tuple[TaskSource, Task]] = (),
    **settings: Any,
) -> Agent:
    """The agent of a string.

    Args:
        text: As in the table above.
        model: Model name, for endpoints.
        seed: For agents that sample.
        tasks: The tasks to be played, each with its source: `gold` and `random` answer from them.
        **settings: Keyword arguments of the agent's class, e.g. `temperature=0.7`; None leaves one at its default.

    Raises:
        UnknownNameError: There is no such agent, or it has no such setting.
        AssayError: The agent cannot be made; says why.
    """
    given = {name: value for name, value in settings.items() if value is not None}
    kind, colon, rest = text.partition(":")
    if text in ("gold", "random", "null"):
        _check_settings(text, given, {})
        if text == "gold":
            return GoldAgent(tasks)
        return RandomAgent(tasks, seed) if text == "random" else NullAgent()
    form = kind + colon
    if form in ("openai:", "hf:", "lean:"):
        given.setdefault("seed", seed)
    if form not in FORMS:
        raise UnknownNameError("agent", text, FORMS)
    if not rest.strip():
        raise AssayError(f"agent {text} is incomplete: {form} is {FORMS[form]}")
    if form == "openai:":
        _check_settings(form, given, _keywords(EndpointAgent))
        if not model:
            raise AssayError(f"agent {text} needs the name of the model to ask for: give --model NAME")
        return EndpointAgent(rest, model, **given)
    if form == "py:":
        _check_settings(form, given, {})
        return load_callable(rest)
    if form == "cmd:":
        _check_settings(form, given, _keywords(SubprocessAgent))
        return SubprocessAgent(rest, **given)
    if form == "lean:":
        return _lean_search(rest, given)
    _check_settings(form, given, _keywords(CheckpointAgent))
    return CheckpointAgent(rest, **given)


def close_agent(agent: Agent) -> None:
    """End what an agent holds open, such as its process; does nothing for most."""
    close = getattr(agent, "close", None)
    if callable(close):
        close()


def _lean_search(name: str, settings: dict[str, Any]) -> Agent:
    from assay.agents.lean_search.agent import LeanSearchAgent

    known = _keywords(LeanSearchAgent)
    del known["engine"]  # no text
    _check_settings("lean:", settings, known)
    return LeanSearchAgent(name, **settings)


def _keywords(make: Callable[..., Agent]) -> dict[str, str]:
    """The settings an agent's class takes, each with its type as it is written there."""
    parameters = inspect.signature(make).parameters.values()
    return {p.name: str(p.annotation) for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}


def _check_settings(form: str, settings: Mapping[str, Any], known: Mapping[str, str]) -> None:
    for name, value in settings.items():
        if name not in known:
            raise UnknownNameError(f"setting of agent {form.rstrip(':')}", name, known)
        kind = known[name].removesuffix(" | None")
        accepted: dict[str, tuple[type, ...]] = {"int": (int,), "float": (int, float), "str": (str,)}
        if isinstance(value, bool) or not isinstance(value, accepted[kind]):
            raise AssayError(f"setting {name} of agent {form.rstrip(':')} must be of type {kind}, got {value!r}")
