"""Agents written as Python code: a function, a batch function, or an object with `act`.

`py:module:name` imports a module, `py:path/to/file.py:name` runs a file. What lies behind the name decides how it is
called; see `as_agent`.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from assay.agents.agent import Agent, AgentError
from assay.verifiers.errors import AssayError, UnknownNameError


class CallableAgent:
    """A function as an agent.

    Args:
        function: From one observation to one action, or from a list of them to a list.
        name: What leaderboards show.
        batched: Whether it takes the whole list; None means to tell by its parameter: one that is called
            `observations` or annotated as a list takes the list.
    """

    def __init__(self, function: Callable[[Any], Any], name: str, *, batched: bool | None = None) -> None:
        """Look at the function; it is not called yet."""
        if inspect.iscoroutinefunction(function):
            raise AssayError(f"{name} is an async function: wrap it in one that calls asyncio.run")
        self._function = function
        self._name = name
        self._batched = _takes_list(function) if batched is None else batched

    @property
    def name(self) -> str:
        """What leaderboards show."""
        return self._name

    def act(self, observations: list[str]) -> list[str]:
        """Call the function.

        Raises:
            AgentError: It raised, or returned something else than text.
        """
        try:
            if self._batched:
                actions = self._function(list(observations))
            else:
                actions = [self._function(observation) for observation in observations]
        except AssayError:
            raise
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            line = f"{Path(where.filename).name}:{where.lineno}"
            raise AgentError(
                f"agent {self._name} raised {type(error).__name__} at {line}: {_one_line(error)}"
            ) from error
        if not isinstance(actions, (list, tuple)):
            raise AgentError(f"agent {self._name} must return a list of strings, got {type(actions).__name__}")
        for action in cast("list[object]", actions):
            if not isinstance(action, str):
                raise AgentError(f"agent {self._name} must return strings, got {type(action).__name__}")
        return list(cast("list[str]", actions))


def load_callable(text: str) -> Agent:
    """The agent behind "module:name" or "path/to/file.py:name".

    Raises:
        AssayError: It cannot be imported, or what is there cannot act.
    """
    place, colon, attribute = text.rpartition(":")
    if not colon or not place or not attribute:
        raise AssayError(f"agent py:{text} must be py:module:name or py:path/to/file.py:name")
    module = _module(place, text)
    target: Any = module
    for part in attribute.split("."):
        if not hasattr(target, part):
            public = [name for name in vars(target) if not name.startswith("_")]
            raise UnknownNameError(f"name in {place}", part, public)
        target = getattr(target, part)
    return as_agent(target, f"py:{text}")


def as_agent(target: Any, name: str) -> Agent:
    """Make an agent of what a name stands for.

    An object with `act` is one already. A class with `act`, or a function without required parameters, is called to
    make it. Any other function takes an observation, or the list of them (see `CallableAgent`).

    Raises:
        AssayError: It is none of these.
    """
    if inspect.isclass(target) or (callable(target) and not hasattr(target, "act") and _required(target) == 0):
        try:
            made = target()
        except Exception as error:
            raise AssayError(f"{name}() raised {type(error).__name__}: {_one_line(error)}") from error
        if hasattr(made, "act") or (callable(made) and not inspect.isclass(made)):
            return as_agent(made, name)
        raise AssayError(f"{name}() must make an agent, an object with act(observations); got {type(made).__name__}")
    act: Any = getattr(target, "act", None)
    if callable(act):
        return target if isinstance(target, Agent) else CallableAgent(act, name, batched=True)
    if callable(target):
        return CallableAgent(target, name)
    raise AssayError(f"{name} is neither a function nor an agent but {type(target).__name__}")


def _module(place: str, text: str) -> Any:
    is_file = place.endswith(".py")
    local = Path(place) if is_file else Path(place.replace(".", "/") + ".py")
    try:
        if not is_file:
            try:
                return importlib.import_module(place)
            except ModuleNotFoundError as error:
                # A module in the current folder, which an installed command does not have on its path.
                if error.name not in (place, place.split(".", maxsplit=1)[0]) or not local.is_file():
                    raise
        if not local.is_file():
            raise AssayError(f"agent py:{text}: there is no file {local}")
        return _run_file(local)
    except AssayError:
        raise
    except Exception as error:
        raise AssayError(f"agent py:{text} cannot be imported: {type(error).__name__}: {_one_line(error)}") from error


def _run_file(path: Path) -> Any:
    name = f"assay_agent_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise AssayError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses and pickle look for it there
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _parameters(function: Any) -> list[inspect.Parameter]:
    try:
        return list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):  # builtins without a signature
        return [inspect.Parameter("observation", inspect.Parameter.POSITIONAL_ONLY)]


def _required(function: Any) -> int:
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    parameters = _parameters(function)
    if any(p.kind is inspect.Parameter.VAR_POSITIONAL for p in parameters):
        return 1
    return sum(p.default is inspect.Parameter.empty and p.kind not in variadic for p in parameters)


def _takes_list(function: Any) -> bool:
    parameters = _parameters(function)
    if not parameters:
        return False
    annotation = parameters[0].annotation
    shown = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    listed = shown.rpartition(".")[2] if "[" not in shown else shown.split("[")[0].rpartition(".")[2]
    return parameters[0].name == "observations" or listed.lower() in ("list", "sequence", "iterable")


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]
