"""`assay/LeanTactic-v0`: steps, branches, refusals, budgets, and nothing paid but what the kernel accepts."""

from __future__ import annotations

from typing import Any

import gymnasium
import pytest

from assay.envs.lean import LeanTacticEnv
from assay.envs.lean.prompt import statement_of
from assay.envs.lean.tactic_env import MAX_ACTION_CHARS, MAX_STATE_CHARS
from assay.envs.text_env import replay
from assay.verifiers.dispatch import verify
from assay.verifiers.verdict import Status

OR_SWAP = "theorems/test/or_swap"


def make(task: str = OR_SWAP, **arguments: Any) -> LeanTacticEnv:
    arguments.setdefault("source", "theorems")
    env = gymnasium.make("assay/LeanTactic-v0", **arguments).unwrapped
    assert isinstance(env, LeanTacticEnv)
    env.reset(options={"task": task})
    return env


def steps(env: LeanTacticEnv, *actions: str) -> tuple[str, float, bool, bool, dict[str, Any]]:
    for action in actions[:-1]:
        _, reward, terminated, truncated, _ = env.step(action)
        assert (reward, terminated, truncated) == (0.0, False, False), action
    return env.step(actions[-1])


def test_a_proof_step_by_step() -> None:
    env = make()
    prompt, info = env.reset(options={"task": OR_SWAP})
    assert statement_of(prompt) == "(p q : Prop) : p ∨ q → q ∨ p"
    assert "The goal:\n\np q : Prop\n⊢ p ∨ q → q ∨ p" in prompt
    assert info["state"] == 0
    observation, _, _, _, info = env.step("intro h")
    assert observation.endswith("[Result 1]\nState 1:\np q : Prop\nh : p ∨ q\n⊢ q ∨ p\n39 turns are left.")
    assert info["state"] == 1
    assert info["verdict"] is None
    _, reward, terminated, _, info = steps(env, "rcases h with a | b", "right", "exact a", "left", "exact b")
    assert (reward, terminated) == (1.0, True)
    verdict = info["verdict"]
    assert verdict.reason == "proved"
    assert verify("lean", env.task.spec, verdict.extracted).correct, "the whole script proves it too"


def test_a_failed_tactic_changes_nothing_and_says_why() -> None:
    env = make(observation="turn")
    env.step("intro h")
    before = env.state
    observation, reward, terminated, truncated, info = env.step("exact nothing_known")
    assert "Error: Unknown identifier `nothing_known`\nState 1 is as before." in observation
    assert (reward, terminated, truncated, info["state"]) == (0.0, False, False, 1)
    assert env.state is before


def test_branching_from_an_older_state() -> None:
    env = make(observation="turn")
    env.step("intro h")
    env.step("left")
    observation, _, _, _, info = env.step("#state 1\nright")
    assert info["state"] == 3
    assert observation.startswith("State 3:\ncase h\np q : Prop\nh : p ∨ q\n⊢ p")
    observation, _, _, _, info = env.step("#state 1")
    assert (info["state"], observation.split("\n")[0]) == (1, "State 1:")
    _, _, _, _, info = env.step("#state 0\nnonsense")
    assert info["state"] == 1, "a failed step does not even go back"
    _, reward, *_, info = steps(env, "#state 0\nrintro (a | b)", "exact Or.inr a", "exact Or.inl b")
    assert reward == 1.0
    assert info["verdict"].extracted == "by\n  rintro (a | b)\n  exact Or.inr a\n  exact Or.inl b"


def test_states_of_other_episodes_are_unknown() -> None:
    env = make(observation="turn")
    steps(env, "intro h", "left", "exact nothing")
    env.reset(options={"task": "theorems/test/and_swap"})
    observation, _, _, _, info = env.step("#state 2\nright")
    assert "this episode has no state 2: the last is 0" in observation
    assert info["state"] == 0
    for text in ("#state -1", "#state 99999999999", "#state", "#state x", "#eval 1", "#state 0 #state 0"):
        observation, reward, *_, info = env.step(text)
        assert (reward, info["state"]) == (0.0, 0)
        assert "Error" in observation


def test_branches_replay_to_the_same_bytes() -> None:
    env = make()
    steps(env, "intro h", "left", "#state 1\nright", "#state 1", "bad tactic")
    steps(env, "rcases h with a | b", "right", "exact a", "left", "exact b")
    episode = env.episode()
    assert episode.reward == 1.0
    assert replay(make(), episode).fingerprint() == episode.fingerprint()


@pytest.mark.parametrize(
    "script",
    [
        "by\n  intro h\n  cases h with\n  | inl a => exact Or.inr a\n  | inr b => exact Or.inl b",
        "  intro h\n  cases h with\n  | inl a => exact Or.inr a\n  | inr b => exact Or.inl b",
        "by intro h\n   cases h with\n   | inl a => exact Or.inr a\n   | inr b => exact Or.inl b",
        "```lean\nby\n  rintro (a | b)\n  · exact Or.inr a\n  · exact Or.inl b\n```",
        "intro h; exact h.symm",
        "exact Or.symm",
    ],
)
def test_a_whole_script_in_one_action(script: str) -> None:
    env = make()
    _, reward, terminated, _, info = env.step(script)
    assert (reward, terminated) == (1.0, True)
    assert verify("lean", env.task.spec, info["verdict"].extracted).correct


def test_scripts_of_differing_indents_join() -> None:
    env = make()
    _, reward, _, _, info = steps(
        env, "    intro h", "by\n      rcases h with a | b\n      right", "exact a", "  left\n  exact b"
    )
    assert reward == 1.0
    assert verify("lean", env.task.spec, info["verdict"].extracted).correct


@pytest.mark.parametrize(
    ("last", "status"),
    [
        ("exact nothing", Status.WRONG),
        ("skip", Status.WRONG),
        ("#state 0", Status.WRONG),
        ("sorry", Status.FORBIDDEN),
        ("exact (", Status.MALFORMED),
        ("", Status.NO_ANSWER),
        ("skip\n" * MAX_ACTION_CHARS, Status.LIMIT),
        ("exact " + "(" * 4000, Status.LIMIT),
    ],
)
def test_the_last_action_ends_in_a_verdict(last: str, status: Status) -> None:
    env = make(max_turns=2)
    env.step("intro h")
    _, reward, terminated, truncated, info = env.step(last)
    assert (reward, terminated or truncated, info["verdict"].status) == (0.0, True, status)


CHEATS = [
    "sorry",
    "admit",
    "exact sorryAx _",
    "apply ?x",
    "refine ?_",
    "exact ?_",
    "show True",
    "change True",
    "skip",
    "all_goals sorry",
    "native_decide",
    "trivial\ntheorem x : True := trivial",
    "exact cheat\naxiom cheat : False",
    "exact @t",
    "have h : False := ?_",
    "suffices h : False from h.elim",
    "exfalso",
    "generalize (q ∨ p) = r",
    "clear *",
    "\u202eexact rfl",
    "any_goals (first | done | skip)",
    "intro h; exact h",
    "exact (by assumption : q ∨ p → q ∨ p)",
    "case inl => trivial",
    "rename_i x; exact x",
    "repeat (first | exact rfl | skip)",
]


@pytest.mark.parametrize("cheat", CHEATS)
def test_no_tactic_passes_without_proving(cheat: str) -> None:
    env = make(max_turns=3)
    _, reward, terminated, truncated, _ = env.step(cheat)
    assert reward == 0.0
    if not (terminated or truncated):
        _, reward, _, _, info = env.step("skip")
        assert reward == 0.0
        assert info["verdict"] is None or not info["verdict"].correct


BOMBS = [
    "repeat skip",
    "repeat (have h := trivial)",
    "repeat exact ?_",
    "all_goals (repeat (first | skip | rfl))",
    "exact " + "(" * 5000 + "trivial" + ")" * 5000,
    "intro h\n" * 4000,
    "have x : 2 ^ 200 = 2 ^ 199 + 2 ^ 199 := by decide",
    "have x : 99999999999999999999999999999999999999999999999999999999999999999999 = 1 := rfl",
    "have h0 : True ∧ True := ⟨trivial, trivial⟩\n"
    + "\n".join(f"have h{n} := And.intro h{n - 1} h{n - 1}" for n in range(1, 40)),
    "iterate 1000000 skip",
    " <;> ".join(["constructor"] * 60),
    "first" + " | skip" * 4000,
    "have f : ∀ p : Prop, p → p ∧ p := fun p h => ⟨h, h⟩\n"
    + "have g0 := f True trivial\n"
    + "\n".join(f"have g{n} := f _ g{n - 1}" for n in range(1, 60)),
]


@pytest.mark.parametrize("bomb", BOMBS, ids=range(len(BOMBS)))
def test_bombs_are_refused_or_harmless(bomb: str) -> None:
    env = make("theorems/test/and_swap", max_turns=3, observation="turn")
    observation, reward, *_ = env.step(bomb)
    assert reward == 0.0
    assert len(observation) < 2 * MAX_STATE_CHARS


def test_states_that_grow_are_refused() -> None:
    env = make("theorems/test/and_swap", observation="turn")
    env.step("have h0 : True ∧ True := ⟨trivial, trivial⟩")
    seen: list[str] = []
    for number in range(1, 20):
        observation, *_ = env.step(f"have h{number} := And.intro h{number - 1} h{number - 1}")
        assert len(observation) < 2 * MAX_STATE_CHARS
        seen.append(observation)
    assert any(f"more than {MAX_STATE_CHARS} characters" in observation for observation in seen)
    _, reward, *_ = env.step("#state 0\nexact fun h => ⟨h.2, h.1⟩")
    assert reward == 1.0


def test_axioms_are_counted() -> None:
    task = "prove_or_refute/train/d3/0"
    env = make(task, source="prove_or_refute")
    _, reward, terminated, _, info = env.step("exact Classical.em _")
    assert (reward, terminated, info["verdict"].status) == (0.0, True, Status.FORBIDDEN)
    assert info["verdict"].reason == "axiom_not_allowed"
    _, reward, _, _, _ = (env.reset(options={"task": task}), env.step(env.source.gold(env.task)))[1]
    assert reward == 1.0


def test_a_name_that_looks_like_a_goal_stays_a_name() -> None:
    """A goal text cannot be forged by a hypothesis: names are identifiers, and `⊢` is none."""
    env = make(observation="turn")
    for name in ("«⊢ True»", "⊢", "h✝", "«a\nb»"):
        observation, *_ = env.step(f"#state 0\nintro {name}")
        assert observation.startswith("Error")


def test_shadowed_names_are_marked() -> None:
    env = make("theorems/test/imp_const", observation="turn")
    observation, *_ = env.step("intro h h")
    assert "h✝ : p" in observation
    assert "h : q" in observation
