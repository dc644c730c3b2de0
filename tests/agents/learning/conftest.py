"""A toy environment whose right and lazy answers are both a few tokens, and what the tests of trainers build on it."""

import random
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import gymnasium
import pytest
import torch
from transformers import GPT2Config, GPT2LMHeadModel

from assay.agents import warm_start
from assay.agents.core.policy import Policy
from assay.agents.core.tiny import build_tiny
from assay.envs.source import check_index, check_split
from assay.envs.task import Task, content_hash
from assay.envs.text_env import TextEnv
from assay.verifiers.errors import UnknownNameError
from assay.verifiers.verdict import Status, Verdict, failed
from assay.verifiers.verifier import KINDS

TOY = "toy/TensDigit-v0"


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> Iterator[None]:
    """Sums in the same order on every machine, and no threads that wait for one another."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


class ToySource:
    r"""`4711?` asks for the tens: right is `\boxed{1}`, and the lazy way repeats the number."""

    name = "tens_digit"
    version = "1"
    splits = ("train", "test")

    def size(self, split: str) -> int | None:
        return None if split == "train" else 200

    def task(self, split: str, index: int) -> Task:
        check_split(self, split)
        check_index(self, split, index)
        number = random.Random(f"{split}/{index}").randrange(5000) * 2 + (split == "test")  # odd ones are held out
        task_id = f"tens_digit/{split}/{index}"
        return Task(task_id, f"{number:04d}?", "toy", {"answer": rf"\boxed{{{number // 10 % 10}}}"})

    def find(self, task_id: str) -> Task:
        name, _, rest = task_id.partition("/")
        split, _, index = rest.partition("/")
        if name != self.name:
            raise UnknownNameError("task", task_id, [f"{self.name}/train/0"])
        return self.task(split, int(index))

    def gold(self, task: Task) -> str:
        return str(task.spec["answer"])

    def content_hash(self) -> str:
        return content_hash([self.name])


class ToyVerifier:
    """Compares texts. `mode` makes it misbehave, `on_check` is called before each check."""

    name = "toy@1"

    def __init__(self) -> None:
        self.mode = "honest"
        self.on_check: Callable[[], None] = lambda: None
        self.coins = random.Random(0)

    def verify(self, spec: Mapping[str, Any], response: str, **options: Any) -> Verdict:
        self.on_check()
        right = response == spec["answer"]
        if self.mode == "coin":
            right = self.coins.random() < 0.5
        if self.mode == "wrong_is_error" and not right:
            return failed("worker_died", "Ours.", verifier=self.name)
        if self.mode == "never":
            right = False
        status = Status.CORRECT if right else Status.WRONG
        return Verdict(status, float(right), float(right), "compared", "Compared.", response, verifier=self.name)


class ToyEnv(TextEnv):
    """Sets the toy tasks."""

    def __init__(self, split: str = "train", **options: Any) -> None:
        super().__init__(ToySource(), split, **options)


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Iterator[ToyVerifier]:
    """Registers the toy environment; gives its verifier, to set `mode` and `on_check`."""
    verifier = ToyVerifier()
    monkeypatch.setitem(sys.modules, "toy_verifier", cast(ModuleType, SimpleNamespace(V=verifier)))
    monkeypatch.setitem(KINDS, "toy", "toy_verifier:V")
    gymnasium.register(TOY, entry_point=ToyEnv)
    yield verifier
    del gymnasium.registry[TOY]


@pytest.fixture(scope="session")
def _warm_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("warm") / "run"


@pytest.fixture
def warm(toy: ToyVerifier, _warm_folder: Path) -> Path:
    """A checkpoint that knows both ways; made once a session."""
    settings = {"env": TOY, "steps": 150, "max_new_tokens": 8, "eval_tasks": 200, "careful_digits": "012"}
    resume = (_warm_folder / "config.json").is_file()
    result = warm_start.train(settings, _warm_folder, resume=resume, progress=False)
    assert result.finished
    return result.checkpoint


@pytest.fixture(params=["llama", "gpt2"])
def untrained(request: pytest.FixtureRequest) -> Policy:
    """Random weights large enough that every position and token matters to the distribution.

    Of two kinds: Llama's positions are relative, GPT-2's absolute, so that a wrong offset shows. GPT-2 has dropout.
    """
    policy = build_tiny(0, layers=2, width=32, heads=2, context_tokens=64)
    if request.param == "gpt2":
        ids: dict[str, Any] = {"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0}
        vocabulary = policy.model.config.vocab_size
        config = GPT2Config(vocab_size=vocabulary, n_positions=64, n_embd=32, n_layer=2, n_head=2, **ids)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            policy = Policy(GPT2LMHeadModel(config), policy.tokenizer)
    with torch.no_grad():
        for parameter in policy.model.parameters():
            if parameter.ndim == 2:
                parameter.mul_(8.0)
    return policy


@pytest.fixture
def interrupt_at(toy: ToyVerifier) -> Callable[..., None]:
    """Sends this process Ctrl-C at certain checks of the toy verifier, counted from now."""

    def arm(*checks: int) -> None:
        seen = 0

        def count() -> None:
            nonlocal seen
            seen += 1
            if seen in checks:
                signal.raise_signal(signal.SIGINT)

        toy.on_check = count

    return arm
