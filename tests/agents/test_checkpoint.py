"""The checkpoint agent on a tiny model that is made here."""

from pathlib import Path

import pytest

from assay.agents.agent import Agent, CountsTokens
from assay.agents.checkpoint import CheckpointAgent
from assay.agents.load import load_agent
from assay.verifiers.errors import AssayError

pytest.importorskip("torch")
pytest.importorskip("transformers")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from assay.agents.core.tiny import build_tiny

    path = tmp_path_factory.mktemp("checkpoint")
    build_tiny(layers=1, width=16, heads=2, context_tokens=64).save(path)
    return path


def test_it_answers_and_counts(folder: Path) -> None:
    agent = load_agent(f"hf:{folder}", max_tokens=5)
    assert isinstance(agent, Agent)
    assert isinstance(agent, CountsTokens)
    answers = agent.act(["1+1=?", "a longer question, \ud800 \u2200x"])
    assert len(answers) == 2
    assert [usage is not None and usage.completion_tokens <= 5 for usage in agent.usage] == [True, True]
    assert agent.act(["1+1=?"]) == answers[:1]
    assert agent.name == f"hf:{folder}"


def test_samples_follow_the_seed(folder: Path) -> None:
    agent = CheckpointAgent(folder, temperature=1.0, max_tokens=8)
    assert agent.settings == {"temperature": 1.0, "max_tokens": 8}
    rounds: list[list[str]] = []
    for seed in (1, 2, 1):
        agent.reseed(seed)
        rounds.append(agent.act(["abc"] * 4))
    assert rounds[0] == rounds[2] != rounds[1]
    assert CheckpointAgent(folder, temperature=1.0, max_tokens=8, seed=2).act(["abc"] * 4) == rounds[1]


def test_a_folder_that_is_no_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(AssayError, match="no checkpoint at"):
        CheckpointAgent(tmp_path)
    with pytest.raises(AssayError, match=r"no checkpoint at .*: there is no such folder"):
        CheckpointAgent(tmp_path / "none")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(AssayError, match="cannot read the checkpoint") as caught:
        CheckpointAgent(tmp_path)
    assert "\n" not in str(caught.value)
