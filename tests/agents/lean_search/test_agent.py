"""The searches as agents, and on the command line."""

from typing import Any

import pytest
from typer.testing import CliRunner

from assay.agents.agent import AgentError
from assay.agents.lean_search.agent import LeanSearchAgent
from assay.agents.load import load_agent
from assay.benchmarks.runner import evaluate
from assay.benchmarks.summary import summarise
from assay.cli import app
from assay.envs.lean.prompt import axioms_of, write_prompt
from assay.verifiers.errors import AssayError
from assay.verifiers.lean.engine import DEFAULT_AXIOMS
from assay.verifiers.verdict import Verdict, failed

from .fakes import WordEngine

STRINGS = pytest.mark.parametrize("text", ["lean:best_first", "lean:mcts"])


@STRINGS
@pytest.mark.parametrize("env", ["assay/Lean-v0", "assay/LeanTactic-v0"])
def test_easy_theorems_are_proved_in_both_environments(text: str, env: str) -> None:
    run = evaluate(env, text, kwargs={"source": "prop_tautology", "difficulty": 2}, n=4, settings={"nodes": 60})
    assert run.complete
    share = summarise(run).pass_1
    assert share is not None
    assert share.value == 1.0


@STRINGS
def test_without_a_theorem_or_a_proof_the_answer_is_empty(text: str) -> None:
    agent = load_agent(text, nodes=5)
    unprovable = write_prompt("(p : Prop) : p")
    unreadable = write_prompt("(p : Prop : p")
    foreign = write_prompt("(p : Prop) : p → p", header="import Mathlib")
    easy = write_prompt("(p : Prop) : p → p")
    answers = agent.act(["What is 1 + 1?", unprovable, unreadable, foreign, easy, ""])
    assert answers == ["", "", "", "", "by\n  intro h\n  exact h", ""]


def test_the_axioms_of_the_prompt_are_kept_to() -> None:
    agent = load_agent("lean:mcts", nodes=40)
    statement = "(p : Prop) : p ∨ ¬p"
    assert agent.act([write_prompt(statement), write_prompt(statement, axioms=())])[1] == ""


@pytest.mark.parametrize("axioms", [(), ("propext",), ("propext", "Quot.sound")])
def test_axioms_are_read_back_from_a_prompt(axioms: tuple[str, ...]) -> None:
    prompt = write_prompt("(p : Prop) : p → p", axioms=axioms, state="p : Prop\n⊢ p → p")
    assert axioms_of(prompt + "\nState 1:\n...") == axioms
    assert axioms_of(write_prompt("(p : Prop) : p → p")) == DEFAULT_AXIOMS
    assert axioms_of("The proof may rest on no axiom.") == DEFAULT_AXIOMS
    late = write_prompt("(p : Prop) : p → p") + "\nElse.\nThe proof may rest on no axiom.\n"
    assert axioms_of(late) == DEFAULT_AXIOMS


def test_an_engine_that_fails_is_the_agents_failure() -> None:
    class Broken(WordEngine):
        def check(self, statement: str, proof: str, axioms: tuple[str, ...] = ()) -> Verdict:
            return failed("engine_died", "It died.", verifier="words")

    agent = LeanSearchAgent("best_first", engine=Broken({"⊢ True": {"trivial": []}}))
    with pytest.raises(AgentError, match="lean:best_first failed: It died"):
        agent.act([write_prompt("⊢ True")])


def test_settings_are_recorded_and_checked() -> None:
    agent = load_agent("lean:mcts", nodes=7, seconds=2)
    assert isinstance(agent, LeanSearchAgent)
    assert agent.name == "lean:mcts"
    assert agent.settings == {"nodes": 7, "seconds": 2, "policy": None}
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("lean:depth_first", {}),
        ("lean:", {}),
        ("lean:mcts", {"engine": "x"}),
        ("lean:mcts", {"nodes": 0}),
        ("lean:mcts", {"policy": "no/such/folder"}),
    ]
    for text, settings in wrong:
        with pytest.raises(AssayError):
            load_agent(text, **settings)


def test_the_command_prints_a_proof_or_says_that_there_is_none() -> None:
    runner = CliRunner()
    found = runner.invoke(app, ["lean", "search", "and_swap"])
    assert found.exit_code == 0
    assert found.stdout.startswith("by\n")
    assert runner.invoke(app, ["lean", "search", "(p : Prop) : p", "--nodes", "5"]).exit_code == 1
    assert runner.invoke(app, ["lean", "search", "no theorem"]).exit_code == 2


def test_an_episode_has_one_search() -> None:
    """A search that failed is not made again in every turn of the same episode."""
    agent = load_agent("lean:best_first", nodes=5, seconds=60.0)
    assert isinstance(agent, LeanSearchAgent)
    prompt = write_prompt("(p : Prop) : p")
    assert agent.act([prompt]) == [""]
    assert agent.results[0] is not None
    assert agent.act([f"{prompt}\n\n[Your answer 1]\n\n\n[Result 1]\nThere is no tactic.\n39 turns are left."]) == [""]
    assert agent.results == [None]
