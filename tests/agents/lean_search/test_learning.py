"""The model as a policy of tactics, attempts, and expert iteration on proofs found."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
import torch

from assay.agents.core.policy import Policy
from assay.agents.lean_search import best_first, expert_iteration, mcts
from assay.agents.lean_search.alphabet import AlphabetPolicy
from assay.agents.lean_search.attempts import attempt_all, pairs
from assay.agents.lean_search.budget import Budget
from assay.agents.lean_search.expert_iteration import Config, Proofs
from assay.agents.lean_search.model_policy import ModelPolicy, build_lean_tiny, prompt_of
from assay.agents.lean_search.policy import MixedPolicy
from assay.agents.load import load_agent
from assay.envs.lean.prompt import write_prompt
from assay.verifiers.errors import AssayError
from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.engine import DEFAULT_AXIOMS

from .fakes import ListPolicy

SMALL: dict[str, Any] = {
    "warm_theorems": 6,
    "warm_epochs": 1,
    "difficulty": [1, 2],
    "eval_difficulty": [1, 2],
    "steps": 2,
    "theorems_per_step": 4,
    "train_theorems": 8,
    "search_nodes": 12,
    "samples": 1,
    "epochs": 1,
    "max_new_tokens": 8,
    "eval_theorems": 3,
    "eval_samples": 2,
}
STATES = ["p q : Prop\nh : p\n⊢ p ∨ q", "case a\np : Prop\n⊢ p → p\n\ncase b\n⊢ True"]


@pytest.fixture(scope="module")
def tiny() -> Policy:
    return build_lean_tiny(0)


def test_lean_is_read_and_written_without_loss(tiny: Policy) -> None:
    text = "α : Type\np q : Prop\nh✝ : p ∧ ¬q ↔ (q → False)\n⊢ ∃ x, x ≤ 2"
    assert tiny.decode(tiny.encode_answer(text)[:-1]) == text
    assert "\ufffd" not in tiny.decode(tiny.encode(text))


def test_the_model_reads_the_first_goal_without_its_tag() -> None:
    assert prompt_of(STATES[1]) == "p : Prop\n⊢ p → p\n"


def test_proposals_are_distinct_scored_and_follow_the_seed(tiny: Policy) -> None:
    draws = [ModelPolicy(tiny, max_new_tokens=30, seed=seed).propose(STATES, 40) for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]
    for proposals in draws[0]:
        assert len({p.tactic for p in proposals}) == len(proposals) <= 40
        assert all(p.logprob < 0 and p.tactic.strip() for p in proposals)


def test_shared_prompts_change_no_greedy_answer(tiny: Policy) -> None:
    prompts = [prompt_of(STATES[i % 2]) for i in range(7)] + ["⊢ True\n"]
    once, shared = (
        tiny.generate(prompts, temperature=0.0, max_new_tokens=6, share_prompts=share) for share in (False, True)
    )
    assert [c.ids for c in once] == [c.ids for c in shared]
    for one, other in zip(once, shared, strict=True):
        assert one.logprobs == pytest.approx(other.logprobs, abs=1e-4)


def test_shared_prompts_are_still_sampled_apart(tiny: Policy) -> None:
    generator = torch.Generator().manual_seed(0)
    done = tiny.generate(["⊢ p\n"] * 16, temperature=1.0, max_new_tokens=4, generator=generator, share_prompts=True)
    assert len({c.ids for c in done}) > 8


def test_a_mixture_adds_probabilities() -> None:
    one = ListPolicy({"s": {"a": 0.5, "b": 0.5}})
    other = ListPolicy({"s": {"b": 0.2, "c": 0.8}}, {"s": -3.0})
    mixed = MixedPolicy(one, other, 0.25, first_count=2)
    found = mixed.propose(["s"], 10)[0]
    assert [p.tactic for p in found] == ["b", "a", "c"]
    assert [math.exp(p.logprob) for p in found] == pytest.approx([0.425, 0.375, 0.2])
    assert mixed.propose(["s"], 10, draw=1) == [[]]
    assert mixed.values(["s"]) == [-3.0]


@pytest.mark.parametrize("search", [best_first.search, mcts.search])
def test_an_untrained_model_searches_and_claims_nothing(search: Any, tiny: Policy) -> None:
    result = search(EmbeddedEngine(), ModelPolicy(tiny, max_new_tokens=4), "(p : Prop) : p", Budget(3))
    assert not result.proved


def test_an_attempt_counts_only_what_the_engine_accepts() -> None:
    class Scripted(ModelPolicy):
        def __init__(self) -> None:
            self.turn = 0

        def sample(self, states: Any) -> Any:
            """`intro h`, then what closes the goal for every other attempt."""
            lines = ["exact h", "exact g"] if "h : p" in states[0] else ["intro h", "intro h"]
            table = ListPolicy({s: {line: 1.0} for s, line in zip(["0", "1"], lines, strict=True)})
            return [table.propose([str(i % 2)], 1)[0][0] for i in range(len(states))]

    tries = attempt_all(EmbeddedEngine(), Scripted(), [("(p : Prop) : p → p", DEFAULT_AXIOMS)], 4, 5)[0]
    assert [a.proved for a in tries] == [True, False, True, False]
    assert tries[0].tactics == ("intro h", "exact h")
    assert tries[1].tactics == ("intro h",)


def test_pairs_are_states_with_their_tactics() -> None:
    goal = ("(p q : Prop) (h : p) : p ∨ q", DEFAULT_AXIOMS)
    assert pairs(EmbeddedEngine(), goal, ["left", "exact h"]) == [
        ("p q : Prop\nh : p\n⊢ p ∨ q", "left"),
        ("case h\np q : Prop\nh : p\n⊢ p", "exact h"),
    ]
    with pytest.raises(ValueError, match="exact g"):
        pairs(EmbeddedEngine(), goal, ["left", "exact g"])


def test_the_shorter_proof_is_kept_and_each_pair_once() -> None:
    proofs = Proofs()
    assert proofs.add(3, [("s", "a"), ("t", "b")])
    assert not proofs.add(3, [("s", "x"), ("t", "y")])
    assert proofs.add(3, [("s", "z")])
    assert proofs.add(1, [("s", "z"), ("u", "c")])
    assert proofs.pairs() == [("s", "z"), ("u", "c")]


def train(config: dict[str, Any] | None, out: Path, resume: bool = False) -> dict[str, torch.Tensor]:
    result = expert_iteration.train(config, out, resume=resume, progress=False)
    weights: dict[str, torch.Tensor] = torch.load(result.path / "trainer.pt", weights_only=True)["model"]
    return weights


def test_a_run_is_repeatable_and_resumes_exactly(tmp_path: Path) -> None:
    whole = train(SMALL, tmp_path / "whole")
    train({**SMALL, "steps": 1}, tmp_path / "parts")
    parts = train({"steps": 2}, tmp_path / "parts", resume=True)
    assert all(torch.equal(whole[name], parts[name]) for name in whole)
    rows = [json.loads(line) for line in (tmp_path / "whole" / "metrics.jsonl").read_text().splitlines()]
    assert [row["step"] for row in rows] == [0, 1, 1, 2, 2]
    assert sum(row.get("kept", 0) for row in rows) > 0
    assert (tmp_path / "whole" / "report.html").is_file()


def test_a_trained_checkpoint_is_an_agent(tmp_path: Path) -> None:
    train({**SMALL, "steps": 1}, tmp_path / "run")
    agent = load_agent("lean:best_first", policy=str(tmp_path / "run" / "checkpoint"), nodes=2, seed=1)
    assert agent.act([write_prompt("(p : Prop) : p")]) == [""]
    agent.reseed(3)  # type: ignore[attr-defined]


@pytest.mark.parametrize("wrong", [{"family": "no_such"}, {"replay_share": 1.0}, {"alphabet_share": 2.0}, {"steps": 0}])
def test_settings_that_cannot_be_used_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(AssayError):
        Config(**wrong)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_held_out_theorems_proved_double(seed: int, tmp_path: Path) -> None:
    result = expert_iteration.train({"seed": seed}, tmp_path / "run", progress=False)
    assert result.before is not None
    assert result.after is not None
    assert result.before.correct > 0
    assert result.after.correct >= 2 * result.before.correct


def test_the_alphabet_finds_its_demonstrations() -> None:
    engine = EmbeddedEngine()
    found = expert_iteration.demonstrations(
        engine, AlphabetPolicy(library=False, automation=False), Config(warm_theorems=5)
    )
    assert len(found) > 5
    assert len(set(found)) == len(found)
