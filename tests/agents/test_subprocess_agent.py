"""The subprocess agent against real processes: good ones, and every way to be a bad one."""

import shlex
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assay.agents.agent import AgentError, Usage
from assay.agents.subprocess_agent import SubprocessAgent
from assay.verifiers.errors import AssayError

SCRIPT = Path(__file__).with_name("json_lines_agent.py")


@contextmanager
def running(how: str, **settings: Any) -> Generator[SubprocessAgent]:
    agent = SubprocessAgent([sys.executable, "-S", str(SCRIPT), how], **settings)
    try:
        yield agent
    finally:
        agent.close()


def test_answers_come_back_in_order_with_their_tokens(capfd: pytest.CaptureFixture[str]) -> None:
    with running("well") as agent:
        assert agent.act(["abc", "∀ 🦉\n", "lone \ud800"]) == ["cba", "\n🦉 ∀", "\ud800 enol"]
        assert list(agent.usage) == [Usage(2, 1)] * 3
        assert agent.act([]) == []
        assert agent.act(["xy"]) == ["yx"]
    assert "thinking" in capfd.readouterr().err


def test_answers_may_come_in_any_order() -> None:
    with running("backwards") as agent:
        assert agent.act(list("abcde")) == list("abcde")
        assert list(agent.usage) == [None] * 5


def test_a_batch_larger_than_any_pipe() -> None:
    with running("well") as agent:
        observations = [f"{number} " + "x" * 20_000 for number in range(40)]
        assert agent.act(observations) == [text[::-1] for text in observations]


def test_the_process_lives_until_it_is_closed_and_may_be_started_again() -> None:
    with running("pid") as agent:
        first = agent.act(["a"])
        assert agent.act(["b"]) == first
        agent.close()
        agent.close()
        second = agent.act(["c"])
        assert second != first
    for (pid,) in (first, second):
        assert not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("exits", "exited with code 3 with 1 of 2 answers owed"),
        ("killed", "was killed by signal 9 with 2 of 2 answers owed"),
        ("mute", "closed its output with 2 of 2 answers owed"),
        ("hello", "line 1 of its output: not JSON: 'hello'"),
        ("[1]", "line 1 of its output: not a JSON object"),
        ('{"action": "x"}', 'no integer "id"'),
        ('{"id": true, "action": "x"}', 'no integer "id"'),
        ('{"id": ID}', 'no string "action"'),
        ('{"id": ID, "action": 5}', 'no string "action"'),
        ('{"id": ID, "action": "x", "usage": {"prompt": 3}}', '"usage" without prompt_tokens'),
        ('{"id": 99, "action": "x"}', "id 99 was not asked"),
        ("twice", "line 2 of its output: id 0 was answered twice"),
    ],
)
def test_a_bad_process_is_an_error_that_says_how(how: str, message: str) -> None:
    with running(how) as agent, pytest.raises(AgentError) as caught:
        agent.act(["abc", "def"])
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_silent_process_is_ended() -> None:
    with running("silent", timeout_s=0.5) as agent, pytest.raises(AgentError, match=r"silent for 0.5 s with 1 of 1"):
        agent.act(["abc"])


def test_a_process_that_does_not_read_is_ended_too() -> None:
    with running("silent", timeout_s=0.3) as agent, pytest.raises(AgentError, match=r"silent for 0.3 s with 3 of 3"):
        agent.act(["x" * 1_000_000] * 3)


def test_after_a_failure_the_next_call_starts_afresh() -> None:
    with running("exits") as agent:
        with pytest.raises(AgentError):
            agent.act(["a", "b"])
        assert agent.act(["abc"]) == ["cba"]


def test_no_shell_reads_the_command() -> None:
    text = shlex.join([sys.executable, "-S", str(SCRIPT), '{"id": ID, "action": "$HOME; `x` | y"}'])
    agent = SubprocessAgent(text)
    assert agent.act(["a"]) == ["$HOME; `x` | y"]
    agent.close()
    assert agent.name == f"cmd:{text}"


def test_a_command_that_cannot_be_used() -> None:
    with pytest.raises(AgentError, match="cannot be started: No such file"):
        SubprocessAgent("/no/such/program -x").act(["a"])
    for command in ("", "  ", "unclosed 'quote"):
        with pytest.raises(AssayError, match="agent cmd:"):
            SubprocessAgent(command)
    with pytest.raises(AssayError, match="timeout_s > 0"):
        SubprocessAgent("x", timeout_s=0)
