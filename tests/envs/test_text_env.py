"""What a text environment promises, whatever its family."""

import pickle
from pathlib import Path
from typing import Any, cast

import gymnasium
import pytest
from gymnasium.utils.env_checker import check_env

from assay.envs.episode import append_episode, read_episodes
from assay.envs.source import TaskSource
from assay.envs.task import Task
from assay.envs.text_env import TextEnv, replay
from assay.envs.text_space import UnicodeText
from assay.verifiers.errors import AssayError, UnknownNameError
from assay.verifiers.verdict import Status


def env_on(source: TaskSource, **kwargs: Any) -> TextEnv:
    env = TextEnv(source, **kwargs)
    env.reset(options={"index": 3})
    return env


def test_gymnasium_finds_no_fault(counting: TaskSource) -> None:
    check_env(TextEnv(counting), skip_render_check=True)


def test_a_right_answer_is_paid_and_ends_the_episode(counting: TaskSource) -> None:
    env = env_on(counting)
    observation, reward, terminated, truncated, info = env.step("3")
    assert (observation, reward, terminated, truncated) == ("", 1.0, True, False)
    assert info["verdict"].correct
    assert info["task"] == "counting/train/3"
    assert not info["mask"]


def test_one_turn_ends_with_any_answer(counting: TaskSource) -> None:
    assert env_on(counting).step("4")[1:4] == (0.0, True, False)


def test_feedback_then_truncation(counting: TaskSource) -> None:
    env = env_on(counting, max_turns=3)
    observation, reward, terminated, truncated, _ = env.step("7")
    assert (reward, terminated, truncated) == (0.0, False, False)
    assert observation.startswith("What is 3?")
    assert "7" in observation
    assert "Wrong. 2 answers are left." in observation
    assert "1 answer is left" in env.step("8")[0]
    assert env.step("9")[1:4] == (0.0, False, True)


def test_later_answers_can_be_right(counting: TaskSource) -> None:
    env = env_on(counting, max_turns=3, observation="turn")
    assert env.step("7")[0] == "Wrong. 2 answers are left."
    assert env.step("3")[1:4] == (1.0, True, False)


def test_partial_reward_pays_each_gain_once(counting: TaskSource) -> None:
    env = env_on(counting, max_turns=9, reward="partial")
    assert [env.step(action)[1] for action in ("half", "half", "most", "wrong", "3")] == [0.5, 0.0, 0.25, 0.0, 0.25]


def test_strict_reward_ignores_partial_credit(counting: TaskSource) -> None:
    assert env_on(counting).step("half")[1] == 0.0


@pytest.mark.parametrize("action", ["crash", "raise"])
def test_our_failure_is_masked_not_punished(counting: TaskSource, action: str) -> None:
    env = env_on(counting, max_turns=3)
    _, reward, terminated, truncated, info = env.step(action)
    assert (reward, terminated, truncated, info["mask"]) == (0.0, False, True, True)
    assert info["verdict"].status is Status.ERROR


def test_a_cheat_ends_the_episode(counting: TaskSource) -> None:
    assert env_on(counting, max_turns=3).step("cheat")[1:4] == (0.0, True, False)


def test_the_spec_never_shows(counting: TaskSource) -> None:
    env = TextEnv(counting, max_turns=2, render_mode="ansi")
    _, info = env.reset(options={"index": 4})
    after = env.step("wrong")[4]
    assert "spec" not in {*info, *after}
    assert "'answer'" not in repr((info, after, env.render()))


@pytest.mark.parametrize("seed", [0, 1, 2**31])
def test_a_seed_decides_everything(counting: TaskSource, seed: int) -> None:
    first, second = TextEnv(counting), TextEnv(counting)
    walk = [first.reset(seed=seed)[0], *(first.reset()[0] for _ in range(5))]
    second.reset(seed=seed + 1)
    assert [second.reset(seed=seed)[0], *(second.reset()[0] for _ in range(5))] == walk
    assert len(set(walk)) == 6


def test_finite_splits_are_drawn_from_whole(counting: TaskSource) -> None:
    env = TextEnv(counting, split="test")
    env.reset(seed=0)
    assert {env.reset()[0] for _ in range(60)} == {f"What is {i}?" for i in range(5)}


def test_options_set_the_task(counting: TaskSource) -> None:
    env = TextEnv(counting)
    assert env.reset(options={"task": "counting/test/4"})[0] == "What is 4?"
    assert env.reset(options={"index": 10**12})[0] == f"What is {10**12}?"


def test_bad_input_names_the_thing(counting: TaskSource) -> None:
    env = TextEnv(counting, split="test")
    with pytest.raises(AssayError, match=r"call reset\(\) first"):
        env.step("3")
    with pytest.raises(UnknownNameError, match="unknown task 'nonsense'"):
        env.reset(options={"task": "nonsense"})
    with pytest.raises(UnknownNameError, match="did you mean 'index'"):
        env.reset(options={"indx": 3})
    with pytest.raises(AssayError, match="index 5 is not in counting/test"):
        env.reset(options={"index": 5})
    with pytest.raises(UnknownNameError, match="unknown split of counting 'tset'; did you mean 'test'"):
        TextEnv(counting, split="tset")
    with pytest.raises(UnknownNameError, match="unknown reward 'strickt'; did you mean 'strict'"):
        TextEnv(counting, reward="strickt")
    with pytest.raises(AssayError, match="max_turns must be an integer of at least 1, got 0"):
        TextEnv(counting, max_turns=0)
    env.reset(options={"index": 3})
    env.step("3")
    with pytest.raises(AssayError, match=r"call reset\(\) first"):
        env.step("3")


@pytest.mark.parametrize("action", ["", "\ud800", "\x00", "∀ε>0 ∃δ", "9" * 100_000, "🙂" * 10])
def test_any_text_can_be_said(counting: TaskSource, action: str, tmp_path: Path) -> None:
    env = env_on(counting, max_turns=2, record=tmp_path / "episodes.jsonl")
    assert env.action_space.contains(action)
    env.step(action)
    env.step(action)
    (episode,) = read_episodes(tmp_path / "episodes.jsonl")
    assert [turn.action for turn in episode.turns] == [action, action]
    assert episode == env.episode()


def test_recorded_episodes_replay(counting: TaskSource, tmp_path: Path) -> None:
    env = TextEnv(counting, max_turns=3, record=tmp_path / "episodes.jsonl")
    for seed, actions in enumerate([["x", "half", "cheat"], ["1", "2", "é\ud800"]]):
        env.reset(seed=seed)
        for action in actions:
            env.step(action)
    recorded = list(read_episodes(tmp_path / "episodes.jsonl"))
    assert len(recorded) == 2
    for episode in recorded:
        again = replay(TextEnv(counting, max_turns=3), episode)
        assert again.fingerprint() == episode.fingerprint()
        assert (
            replay(TextEnv(counting, max_turns=3, observation="turn"), episode).fingerprint() != episode.fingerprint()
        )


def test_a_torn_episode_file_names_its_line(counting: TaskSource, tmp_path: Path) -> None:
    env = env_on(counting)
    env.step("3")
    append_episode(tmp_path / "e.jsonl", env.episode())
    with open(tmp_path / "e.jsonl", "a") as file:
        file.write('{"env":')
    with pytest.raises(AssayError, match=r"e\.jsonl:2 is not an episode"):
        list(read_episodes(tmp_path / "e.jsonl"))


def test_an_environment_pickles_in_mid_episode(counting: TaskSource) -> None:
    env = TextEnv(counting, max_turns=3)
    env.reset(seed=5)
    env.step("1")
    twin = pickle.loads(pickle.dumps(env))
    assert twin.step("2") == env.step("2")
    assert twin.reset()[0] == env.reset()[0]


def test_render_tells_the_transcript(counting: TaskSource) -> None:
    env = env_on(counting, render_mode="ansi")
    env.step("4")
    text = cast(str, env.render())
    assert "What is 3?" in text
    assert "[answer 1]\n4" in text
    assert "wrong" in text
    assert env_on(counting).render() is None


def test_text_spaces_hold_any_unicode() -> None:
    space = UnicodeText(10, seed=1)
    assert space.contains("∀\ud800")
    assert not space.contains("x" * 11)
    assert not space.contains(3)
    assert space == pickle.loads(pickle.dumps(space)) == UnicodeText(10)
    assert space != UnicodeText(11)
    assert isinstance(space.sample(), str)
    assert repr(space) == "UnicodeText(10)"


def test_gymnasium_wrappers_fit(counting: TaskSource) -> None:
    env = gymnasium.wrappers.RecordEpisodeStatistics(TextEnv(counting))
    env.reset(options={"index": 3})
    assert env.step("3")[4]["episode"]["r"] == 1.0


def test_tasks_are_frozen() -> None:
    task = Task("a", "b", "math", {"answer": "1"})
    with pytest.raises(AttributeError):
        task.prompt = "c"  # type: ignore[misc]
