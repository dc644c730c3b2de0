"""A small environment to benchmark in: sums and products, and a verifier that can be broken on purpose."""

from collections.abc import Iterator, Mapping
from typing import Any

import gymnasium
import pytest

from assay.benchmarks.suite import Suite, SuiteEntry
from assay.envs.source import check_index, check_split
from assay.envs.task import Task, content_hash
from assay.envs.text_env import TextEnv
from assay.verifiers import verifier as verifiers
from assay.verifiers.errors import UnknownNameError
from assay.verifiers.verdict import Status, Verdict, failed

ENV_ID = "test/Sums-v0"


class Sums:
    """a + b or a * b, for a and b below `limit`; endless unless `tasks` is given; each of them `times` in a row."""

    version = "1"
    splits = ("train", "test")

    def __init__(self, name: str, limit: int, tasks: int | None, times: int) -> None:
        self.name, self.limit, self.tasks, self.times = name, limit, tasks, times

    def size(self, split: str) -> int | None:
        check_split(self, split)
        return self.tasks

    def task(self, split: str, index: int) -> Task:
        check_index(self, split, index)
        a, b = index // self.times % self.limit, index // self.times // self.limit % self.limit
        sign, answer = ("+", a + b) if self.name == "sums" else ("*", a * b)
        meta = {"source": self.name, "family": self.name, "split": split}
        return Task(f"{self.name}/{split}/{index}", f"{a} {sign} {b} = ?", "sums", {"answer": answer}, meta)

    def find(self, task_id: str) -> Task:
        name, split, index = task_id.split("/")
        if name != self.name:
            raise UnknownNameError("task id", task_id, [f"{self.name}/test/0"])
        return self.task(split, int(index))

    def gold(self, task: Task) -> str:
        return str(task.spec["answer"])

    def content_hash(self) -> str:
        return content_hash([self.name, self.limit])


class SumsEnv(TextEnv):
    def __init__(
        self,
        source: str = "sums",
        split: str = "train",
        *,
        limit: int = 100,
        tasks: int | None = None,
        times: int = 1,
        **options: Any,
    ) -> None:
        super().__init__(Sums(source, limit, tasks, times), split, **options)


class SumsVerifier:
    """Wants the bare number; "BREAK" breaks it while `broken` is set."""

    name = "sums@1"
    broken = False

    def verify(self, spec: Mapping[str, Any], response: str, **options: Any) -> Verdict:
        if response == "BREAK" and self.broken:
            return failed("broken", "the verifier broke", verifier=self.name)
        if not response:
            return Verdict(Status.NO_ANSWER, 0.0, 0.0, "empty", "There is no answer.", verifier=self.name)
        if response == str(spec["answer"]):
            return Verdict(Status.CORRECT, 1.0, 1.0, "equal", "Right.", response, "text", verifier=self.name)
        return Verdict(Status.WRONG, 0.0, 0.0, "other", "Wrong.", response, "text", verifier=self.name)


VERIFIER = SumsVerifier()


@pytest.fixture(autouse=True)
def sums_verifier(monkeypatch: pytest.MonkeyPatch) -> Iterator[SumsVerifier]:
    monkeypatch.setitem(verifiers.KINDS, "sums", f"{__name__}:VERIFIER")
    gymnasium.register(ENV_ID, entry_point=SumsEnv)
    yield VERIFIER
    VERIFIER.broken = False
    del gymnasium.registry[ENV_ID]


@pytest.fixture
def suite() -> Suite:
    """Two entries, 5 tasks of 3 samples and 4 of 2: 23 episodes."""
    return Suite(
        "pair",
        "1",
        (
            SuiteEntry("add", ENV_ID, {"source": "sums"}, "test", 5, 0, 3),
            SuiteEntry("times", ENV_ID, {"source": "products", "max_turns": 2}, "test", 4, 0, 2),
        ),
        "sums & products",
    )
