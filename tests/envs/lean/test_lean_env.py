"""`assay/Lean-v0`: whole proofs, feedback over several turns, sources and bad arguments."""

from __future__ import annotations

import json
import pickle
import random
import warnings
from pathlib import Path
from typing import Any

import gymnasium
import pytest
from gymnasium.envs.registration import EnvSpec
from gymnasium.utils.env_checker import check_env

import assay
from assay.agents.baselines import GoldAgent, NullAgent
from assay.agents.rollout import Reset, play
from assay.envs.audit import audit
from assay.envs.lean import FAMILIES, LeanEnv, MiniF2FSource, TheoremSource
from assay.envs.lean.battery import attacks, is_right
from assay.envs.text_env import replay
from assay.verifiers.errors import AssayError, UnknownNameError
from assay.verifiers.verdict import Status

AND_SWAP = "theorems/test/and_swap"


@pytest.mark.parametrize("env_id", ["assay/Lean-v0", "assay/LeanTactic-v0"])
def test_gymnasium_finds_nothing_to_say(env_id: str) -> None:
    env = gymnasium.make(env_id, source="prop_tautology", difficulty=(1, 3))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_env(env.unwrapped, skip_render_check=True)
    again = pickle.loads(pickle.dumps(env.unwrapped))
    assert again.reset(seed=3)[0] == env.reset(seed=3)[0]
    assert env.spec is not None
    made = gymnasium.make(EnvSpec.from_json(env.spec.to_json()))
    assert made.reset(seed=3)[0] == env.reset(seed=3)[0]


@pytest.mark.parametrize("env_id", ["assay/Lean-v0", "assay/LeanTactic-v0"])
def test_vector_environments(env_id: str) -> None:
    envs = gymnasium.make_vec(env_id, num_envs=3, source="theorems", max_turns=4)
    observations, _ = envs.reset(seed=5)
    assert len(observations) == 3
    _, rewards, terminated, _, infos = envs.step(("by sorry", "by skip", "rfl"))
    assert list(rewards) == [0.0, 0.0, 0.0]
    assert len(infos["verdict"]) == 3
    assert terminated[0] == (env_id == "assay/Lean-v0")
    envs.close()


def test_feedback_is_what_lean_would_say() -> None:
    env = gymnasium.make("assay/Lean-v0", source="theorems", max_turns=3)
    prompt, info = env.reset(options={"task": AND_SWAP})
    assert "theorem and_swap (p q : Prop) : p ∧ q → q ∧ p :=" in prompt
    assert info["meta"]["family"] == "prop"
    observation, reward, terminated, truncated, info = env.step("by\n  intro h\n  constructor\n  exact h.2")
    assert (reward, terminated, truncated) == (0.0, False, False)
    assert "⊢ p\n2 answers are left." in observation
    observation, *_ = env.step("by\n  intro h\n  exact nonsense")
    assert "nonsense" in observation.rpartition("[Feedback 2]")[2]
    _, reward, terminated, _, info = env.step("fun h => ⟨h.2, h.1⟩")
    assert (reward, terminated, info["verdict"].status) == (1.0, True, Status.CORRECT)


def test_a_cheat_ends_the_episode() -> None:
    env = gymnasium.make("assay/Lean-v0", source="theorems", max_turns=3)
    env.reset(options={"task": AND_SWAP})
    _, reward, terminated, _, info = env.step("by sorry")
    assert (reward, terminated, info["verdict"].status) == (0.0, True, Status.FORBIDDEN)


@pytest.mark.parametrize("env_id", ["assay/Lean-v0", "assay/LeanTactic-v0"])
@pytest.mark.parametrize("source", ["all", "theorems"])
def test_baselines_play(env_id: str, source: str) -> None:
    env = gymnasium.make(env_id, source=source, split="test")
    inner = env.unwrapped
    assert isinstance(inner, LeanEnv)
    tasks = [inner.source.task("test", index) for index in range(0, 100, 7)]
    resets = [Reset(options={"task": task.id}) for task in tasks]
    gold = GoldAgent((inner.source, task) for task in tasks)

    def make() -> gymnasium.Env[str, str]:
        return gymnasium.make(env_id, source=source, split="test")

    episodes = list(play(make, gold, resets, 4))
    assert [episode.reward for episode in episodes] == [1.0] * len(tasks)
    for episode in episodes[:4]:
        fresh = make().unwrapped
        assert isinstance(fresh, LeanEnv)
        assert replay(fresh, episode).fingerprint() == episode.fingerprint()
    silent = list(play(make, NullAgent(), resets[:4], 2))
    assert [episode.reward for episode in silent] == [0.0] * 4


@pytest.mark.parametrize("name", [*FAMILIES, "theorems"])
def test_the_audit_is_clean(name: str) -> None:
    report = audit(LeanEnv.make_source(name), "test", 10, seed=2)
    assert report.clean, (report.false_accepts[:2], report.false_rejects[:2], report.errors[:2])
    assert report.null_checks > 500


def test_the_battery_tells_plainly_wrong_proofs() -> None:
    source = TheoremSource([FAMILIES["nat_identity"]], 2)
    task, other = source.task("test", 0), source.task("test", 1)
    assert not is_right(task, "by\n  exact unheard_of")
    assert is_right(task, "by\n  omega"), "a proof without names may be right"
    assert is_right(task, source.gold(task)), "the gold must never count as plainly wrong"
    names = [attack.name for attack in attacks(task, source.gold(task), other, random.Random(1))]
    assert len(names) == len(set(names))
    assert {"sorry", "gold_without_its_end", "other_proof", "second_theorem"} <= set(names)


def test_golds_never_count_as_plainly_wrong() -> None:
    for name, family in FAMILIES.items():
        source = TheoremSource([family])
        for index in range(12):
            task = source.task("test", index)
            assert is_right(task, source.gold(task)), (name, source.gold(task))


@pytest.mark.parametrize(
    ("arguments", "error", "named"),
    [
        ({"source": "propositional_tautology"}, UnknownNameError, "propositional_tautology"),
        ({"source": "theorems", "split": "train"}, UnknownNameError, "train"),
        ({"source": "theorems", "difficulty": 2}, UnknownNameError, "difficulty"),
        ({"source": "prop_tautology", "difficulty": 11}, AssayError, "11"),
        ({"source": "prop_tautology", "engine": "coq"}, UnknownNameError, "coq"),
        ({"source": "prop_tautology", "data_dir": "x"}, UnknownNameError, "data_dir"),
        ({"max_turn": 3}, UnknownNameError, "max_turn"),
        ({"max_turns": 0}, AssayError, "max_turns"),
        ({"source": "minif2f", "data_dir": "/nowhere"}, AssayError, "/nowhere"),
    ],
)
def test_bad_arguments_are_named(arguments: dict[str, Any], error: type[Exception], named: str) -> None:
    with pytest.raises(error, match=named):
        gymnasium.make("assay/Lean-v0", **arguments).reset(seed=0)


def test_minif2f_is_a_source_for_real_engines(tmp_path: Path) -> None:
    header = "import Mathlib\n\nopen Nat"
    rows = [
        {
            "name": f"easy_{split}",
            "split": split,
            "lean": f"{header}\n\ntheorem easy_{split} (n : ℕ)\n    (h : n = 2) : n + 1 = 3 := by sorry",
        }
        for split in ("test", "valid")
    ]
    folder = tmp_path / "minif2f"
    folder.mkdir()
    (folder / "minif2f_lean4.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    source = MiniF2FSource(tmp_path)
    task = source.find("minif2f/valid/easy_valid")
    assert task.spec == {"statement": "(n : ℕ)\n    (h : n = 2) : n + 1 = 3", "header": "import Mathlib\n\nopen Nat"}
    assert source.size("test") == source.size("valid") == 1
    with pytest.raises(AssayError, match="without proofs"):
        source.gold(task)
    with pytest.raises(UnknownNameError):
        source.find("minif2f/valid/hard")


@pytest.mark.parametrize("env_id", ["assay/Lean-v0", "assay/LeanTactic-v0"])
def test_without_a_real_lean_the_sample_is_masked(env_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("LEAN_BIN", raising=False)
    row = {"name": "a", "split": "test", "lean": "import Mathlib\n\ntheorem a : 1 + 1 = (2 : ℝ) := by sorry"}
    (tmp_path / "minif2f").mkdir()
    (tmp_path / "minif2f" / "minif2f_lean4.jsonl").write_text(json.dumps(row), encoding="utf-8")
    env = gymnasium.make(env_id, source="minif2f", data_dir=str(tmp_path), max_turns=3, split="test")
    env.reset(seed=0)
    _, reward, terminated, truncated, info = env.step("norm_num")
    assert (reward, terminated, truncated, info["mask"]) == (0.0, False, True, True)
    assert info["verdict"].status is Status.ERROR
    assert "assay lean engines" in info["verdict"].message


def test_the_embedded_engine_can_be_asked_for() -> None:
    env = gymnasium.make("assay/Lean-v0", source="theorems", engine="embedded")
    env.reset(options={"task": AND_SWAP})
    _, reward, *_ = env.step("fun h => ⟨h.2, h.1⟩")
    assert reward == 1.0
    assert assay.verify("lean", {"statement": ": True"}, "trivial", engine="embedded").correct
