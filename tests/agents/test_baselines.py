"""The baselines: what they answer, and that they always answer the same."""

import subprocess
import sys

import pytest

from assay.agents.agent import Agent, AgentError
from assay.agents.baselines import GoldAgent, NullAgent, RandomAgent
from assay.agents.rollout import Reset, play
from assay.envs.source import TaskSource
from assay.envs.task import Task
from assay.envs.text_env import TextEnv
from assay.verifiers.errors import UnknownNameError


class Doubles:
    """Twice the index."""

    name, version, splits = "doubles", "1", ("train", "test")

    def size(self, split: str) -> int | None:
        return None

    def task(self, split: str, index: int) -> Task:
        return Task(f"doubles/{split}/{index}", f"2 * {index} = ?", "math", {"answer": str(2 * index)})

    def find(self, task_id: str) -> Task:
        name, split, index = task_id.split("/")
        if name != self.name:
            raise UnknownNameError("task id", task_id, ["doubles/test/0"])
        return self.task(split, int(index))

    def gold(self, task: Task) -> str:
        return rf"\boxed{{{task.spec['answer']}}}"

    def content_hash(self) -> str:
        return ""


SOURCE = Doubles()
TASKS: list[tuple[TaskSource, Task]] = [(SOURCE, SOURCE.task("test", index)) for index in range(50)]
PROMPTS = [task.prompt for _, task in TASKS]


def test_gold_solves_everything_even_in_a_transcript() -> None:
    agent = GoldAgent(TASKS)
    assert agent.act(PROMPTS[:2]) == [r"\boxed{0}", r"\boxed{2}"]
    later = f"{PROMPTS[3]}\n\n[Your answer 1]\n7\n\n[Feedback 1]\nWrong. 1 answer is left."
    assert agent.act([later]) == [r"\boxed{6}"]
    with pytest.raises(AgentError, match=r"was not given the task '2 . 99 = "):
        agent.act(["2 * 99 = ?"])


def test_gold_plays() -> None:
    resets = (Reset(options={"index": index}) for index in range(20))
    episodes = list(play(lambda: TextEnv(SOURCE, "test", max_turns=2), GoldAgent(TASKS), resets))
    assert [episode.reward for episode in episodes] == [1.0] * 20


def test_null_says_nothing() -> None:
    assert NullAgent().act(["a", ""]) == ["", ""]


def test_random_answers_with_another_tasks_solution() -> None:
    answers = RandomAgent(TASKS).act(PROMPTS)
    solutions = [SOURCE.gold(task) for _, task in TASKS]
    assert set(answers) <= set(solutions)
    assert all(answer != solution for answer, solution in zip(answers, solutions, strict=True))
    assert len(set(answers)) > 20


def test_random_without_tasks_answers_with_numbers() -> None:
    answers = RandomAgent().act(PROMPTS)
    assert all(r"\boxed{" in answer for answer in answers)
    assert len(set(answers)) > 20


def test_random_depends_on_seed_and_observation_alone() -> None:
    agent = RandomAgent(TASKS, seed=3)
    first = agent.act(PROMPTS)
    assert agent.act(PROMPTS[::-1]) == first[::-1]
    assert RandomAgent(TASKS, seed=4).act(PROMPTS) != first
    agent.reseed(9)
    assert agent.act(PROMPTS) != first
    agent.reseed(3)
    assert agent.act(PROMPTS) == first


def test_random_is_the_same_in_every_process() -> None:
    code = "from assay.agents.baselines import RandomAgent; print(RandomAgent().act(['a', 'b\\ud800', 'c']))"
    shown = {
        subprocess.run(
            [sys.executable, "-P", "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    here = RandomAgent().act(["a", "b\ud800", "c"])
    assert shown == {f"{here}\n"}


def test_all_are_agents() -> None:
    for agent in (GoldAgent(TASKS), RandomAgent(), NullAgent()):
        assert isinstance(agent, Agent)
