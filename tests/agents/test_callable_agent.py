"""Agents from Python code: what is called, and how what goes wrong is told."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assay.agents.agent import AgentError
from assay.agents.callable_agent import CallableAgent, as_agent, load_callable
from assay.verifiers.errors import AssayError

SOURCE = '''
"""Agents of every kind."""
from dataclasses import dataclass

def one(observation: str) -> str:
    return observation[::-1]

def many(observations):
    return [text[::-1] for text in observations]

def annotated(texts: "list[str]"):
    return [text[::-1] for text in texts]

@dataclass
class Made:
    sign: str = ""
    name = "made"
    def act(self, observations):
        return [text[::-1] + self.sign for text in observations]

class Nameless:
    def act(self, observations):
        return [text[::-1] for text in observations]

def factory():
    return Made("")

def function_factory(greeting="x"):
    return one

made = Made()
number = 5

def raises(observation):
    raise RuntimeError("first\\nsecond")

def wrong(observation):
    return 5

def text(observations):
    return "abc"

async def later(observation):
    return ""

def bad_factory():
    raise RuntimeError("no model")

def empty_factory():
    return 7
'''


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my_agent.py"
    path.write_text(SOURCE)
    return path


@pytest.mark.parametrize(
    "name", ["one", "many", "annotated", "Made", "Nameless", "factory", "function_factory", "made", "made.act"]
)
def test_what_may_stand_behind_a_name(file: Path, name: str) -> None:
    agent = load_callable(f"{file}:{name}")
    assert agent.act(["abc", "def"]) == ["cba", "fed"]
    assert agent.name == ("made" if name in ("Made", "factory", "made") else f"py:{file}:{name}")


def test_modules_are_found_on_the_path_and_in_the_current_folder(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_callable("html:escape").act(["<", "a"]) == ["&lt;", "a"]
    monkeypatch.chdir(file.parent)
    assert load_callable("my_agent:one").act(["abc"]) == ["cba"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("raises", r"raised RuntimeError at my_agent.py:\d+: first second"),
        ("wrong", "must return strings, got int"),
        ("text", "must return a list of strings, got str"),
    ],
)
def test_a_function_that_fails_is_no_answer(file: Path, name: str, message: str) -> None:
    with pytest.raises(AgentError, match=message) as caught:
        load_callable(f"{file}:{name}").act(["abc"])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("FILE", "must be py:module:name"),
        ("FILE:", "must be py:module:name"),
        (":one", "must be py:module:name"),
        ("FILE:ones", "unknown name in .* 'ones'; did you mean 'one'"),
        ("FILE:made.atc", "unknown name in"),
        ("FILE:number", "is neither a function nor an agent but int"),
        ("FILE:later", "is an async function"),
        ("FILE:bad_factory", r"bad_factory\(\) raised RuntimeError: no model"),
        ("FILE:empty_factory", "must make an agent, .* got int"),
        ("FILE.py:one", "there is no file"),
        ("no_such_module_here:act", "cannot be imported: ModuleNotFoundError"),
        ("../x:act", "cannot be imported|there is no file"),
    ],
)
def test_a_name_that_stands_for_no_agent(file: Path, text: str, message: str) -> None:
    with pytest.raises(AssayError, match=message) as caught:
        load_callable(text.replace("FILE", str(file)))
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_imported_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("def f(:\n")
    with pytest.raises(AssayError, match="cannot be imported: SyntaxError"):
        load_callable(f"{tmp_path}/broken.py:f")


def test_batches_are_told_by_name_annotation_or_by_saying_so() -> None:
    def listed(texts: Sequence[str]) -> list[str]:
        return [f"{len(texts)}"] * len(texts)

    def plain(text: Any) -> Any:
        return str(len(text))

    assert CallableAgent(listed, "x").act(["a", "b"]) == ["2", "2"]
    assert CallableAgent(plain, "x").act(["abc", "b"]) == ["3", "1"]
    assert CallableAgent(lambda texts: ["y"] * len(texts), "x", batched=True).act(["a", "b"]) == ["y", "y"]
    assert as_agent(str.upper, "x").act(["a"]) == ["A"]
