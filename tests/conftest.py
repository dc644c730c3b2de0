"""Fixtures every room uses: public data, labelled cases, and the smallest source and verifier there can be."""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest

from assay.envs.source import check_index, check_split
from assay.envs.task import Task, content_hash
from assay.verifiers.errors import SpecError, UnknownNameError
from assay.verifiers.verdict import Status, Verdict, failed
from assay.verifiers.verifier import KINDS

SHARED = Path(__file__).parents[1].parent / "shared"


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The public data sets; the test is skipped where they are absent."""
    return _present(SHARED / "data")


@pytest.fixture(scope="session")
def cases_dir() -> Path:
    """The labelled cases; the test is skipped where they are absent."""
    return _present(SHARED / "cases")


def _present(folder: Path) -> Path:
    if not folder.is_dir():
        pytest.skip(f"needs {folder.name} in ../shared, which is not here")
    return folder


class ScriptedVerifier:
    """A verifier whose verdict is written in the response: for tests of what surrounds verifiers."""

    name = "scripted@1"

    def verify(self, spec: Mapping[str, Any], response: str, **options: Any) -> Verdict:
        if "answer" not in spec:
            raise SpecError("spec needs the field 'answer'")
        match response:
            case "cheat":
                return Verdict(Status.FORBIDDEN, 0.0, 0.0, "cheat", "That is a cheat.", verifier=self.name)
            case "crash":
                return failed("worker_died", "Ours.", verifier=self.name)
            case "raise":
                raise RuntimeError("a defect of ours")
            case "half":
                return Verdict(Status.WRONG, 0.0, 0.5, "near", "Half right.", verifier=self.name)
            case "most":
                return Verdict(Status.WRONG, 0.0, 0.75, "near", "Mostly right.", verifier=self.name)
            case _ if response == spec["answer"]:
                return Verdict(Status.CORRECT, 1.0, 1.0, "equal", "Right.", response, "string", 0.0, self.name)
            case _:
                return Verdict(Status.WRONG, 0.0, 0.0, "different", "Wrong.", response, "string", 0.0, self.name)


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> str:
    """The kind of the scripted verifier, known while the test runs."""
    monkeypatch.setitem(sys.modules, "scripted_verifier", cast(ModuleType, SimpleNamespace(V=ScriptedVerifier())))
    monkeypatch.setitem(KINDS, "scripted", "scripted_verifier:V")
    return "scripted"


class CountingSource:
    """Tasks "What is 0?", "What is 1?", ...: as small as a source can be."""

    name = "counting"
    version = "1"
    splits = ("train", "test")

    def __init__(self, kind: str = "scripted", train_size: int | None = None) -> None:
        self.kind = kind
        self.train_size = train_size

    def size(self, split: str) -> int | None:
        return 5 if split == "test" else self.train_size

    def task(self, split: str, index: int) -> Task:
        check_split(self, split)
        check_index(self, split, index)
        task_id = f"{self.name}/{split}/{index}"
        return Task(task_id, f"What is {index}?", self.kind, {"answer": str(index)}, {"family": "counting"})

    def find(self, task_id: str) -> Task:
        name, _, rest = task_id.partition("/")
        split, _, index = rest.partition("/")
        if name != self.name or split not in self.splits or not index.isdecimal():
            raise UnknownNameError("task", task_id, [f"{self.name}/train/0", f"{self.name}/test/0"])
        return self.task(split, int(index))

    def gold(self, task: Task) -> str:
        return str(task.spec["answer"])

    def content_hash(self) -> str:
        return content_hash(self.task("test", index).to_dict() for index in range(5))


@pytest.fixture
def counting(scripted: str) -> CountingSource:
    """A source graded by the scripted verifier."""
    return CountingSource(scripted)
