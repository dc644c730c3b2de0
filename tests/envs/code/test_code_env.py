"""`assay/Code-v0` through gymnasium: made by name, checked, pickled; golds pass, feedback helps, nothing leaks."""

import json
import pickle
import random
from pathlib import Path
from typing import Any, cast

import gymnasium
import pytest
from gymnasium.utils.env_checker import check_env

from assay.benchmarks.suite import load_suite
from assay.envs.audit import audit
from assay.envs.code import BASES, FAMILIES, CodeEnv, CodeSource, HumanEvalSource, kill_rate
from assay.envs.procedural import split_of
from assay.verifiers.dispatch import verify
from assay.verifiers.errors import AssayError, UnknownNameError
from assay.verifiers.verdict import Status


def make(**options: Any) -> CodeEnv:
    return cast(CodeEnv, gymnasium.make("assay/Code-v0", **options).unwrapped)


def test_check_env_has_nothing_to_say() -> None:
    check_env(gymnasium.make("assay/Code-v0", source="all").unwrapped)


def test_the_suite_sets_every_family() -> None:
    assert [entry.kwargs["source"] for entry in load_suite("code-core").entries] == list(FAMILIES)


def test_there_are_families_enough() -> None:
    assert len(FAMILIES) >= 20
    assert len({family.name for family in FAMILIES.values()}) == len(FAMILIES)


@pytest.mark.parametrize("name", FAMILIES)
def test_golds_pass_and_wrong_programs_do_not(name: str) -> None:
    source = CodeSource([FAMILIES[name]])
    for index in (0, 4, 9):
        task = source.task("test", index)
        assert source.find(task.id) == task
        verdict = verify(task.kind, task.spec, source.gold(task))
        assert verdict.correct, (task.id, verdict)
        assert verify(task.kind, task.spec, "def nothing(): return None").score == 0


@pytest.mark.parametrize("name", BASES)
def test_hidden_cases_catch_the_mutants(name: str) -> None:
    assert kill_rate([BASES[name]], 10)[name] >= 0.95


def test_mutants_are_caught_over_all_families() -> None:
    rates = kill_rate(list(BASES.values()), 6)
    assert sum(rates.values()) / len(rates) >= 0.98


def test_a_mutant_gets_partial_credit_but_no_score() -> None:
    family = BASES["window_sums"]
    params = family.draw(random.Random(5), 5)
    scores = [verify("code", family.spec(params), source) for source in family.blueprint(params).mutants()]
    assert {verdict.score for verdict in scores} == {0.0}
    assert all(verdict.partial is not None and verdict.partial < 1 for verdict in scores)
    assert max(verdict.partial or 0 for verdict in scores) > 0


@pytest.mark.parametrize("name", BASES)
def test_splits_are_disjoint(name: str) -> None:
    family = BASES[name]
    for index in range(20):
        params = family.draw(random.Random(index), 1)
        assert split_of(family, family.key(params)) in ("train", "test")
    source = CodeSource([family])
    train = {source.task("train", index).prompt for index in range(15)}
    test = {source.task("test", index).prompt for index in range(15)}
    assert not train & test


def test_tasks_are_pure_functions_of_their_id() -> None:
    assert CodeEnv.make_source("strings").content_hash() == CodeEnv.make_source("strings").content_hash()


def test_a_wrong_answer_draws_feedback_and_a_right_one_ends_the_episode() -> None:
    env = make(source="pair_count", max_turns=3, reward="partial")
    _, info = env.reset(options={"task": "pair_count/train/d3/1"})
    entry = env.task.spec["task"]["entry"]
    assert "expected" not in json.dumps(info)
    observation, reward, terminated, truncated, _ = env.step(f"def {entry}(xs): return 0")
    assert "Call 1" in observation or "Call" in observation
    assert not terminated
    assert not truncated
    observation, more, terminated, _, info = env.step(env.source.gold(env.task))
    assert terminated
    assert reward + more == pytest.approx(1.0)
    assert info["verdict"].correct


def test_infrastructure_failures_are_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    from assay.verifiers.code.jail.process import WorkerDiedError, WorkerProcess

    env = make(source="coins")
    env.reset(seed=1)
    gold = env.source.gold(env.task)
    assert env.step(gold)[1] == 1.0

    def die(*_: object, **__: object) -> None:
        raise WorkerDiedError("gone")

    monkeypatch.setattr(WorkerProcess, "send", die)
    env.reset(seed=1)
    _, reward, terminated, truncated, info = env.step(gold)
    assert (reward, terminated, truncated, info["mask"]) == (0.0, False, True, True)
    assert info["verdict"].status is Status.ERROR


def test_pickle_and_options() -> None:
    env = make(source="strings", difficulty=[2, 4], level="L2")
    again = pickle.loads(pickle.dumps(env))
    assert env.reset(seed=3)[0] == again.reset(seed=3)[0]
    assert env.verifier_options == {"level": "L2"}
    with pytest.raises(UnknownNameError):
        make(source="nothing")
    with pytest.raises(UnknownNameError):
        make(source="coins", data_dir="x")
    with pytest.raises(AssayError, match="HumanEval"):
        make(source="humaneval", data_dir="/nonexistent").reset(seed=0)


def test_audit_is_clean() -> None:
    families = [FAMILIES[name] for name in ("coins", "event_clock", "predict_output", "write_tests")]
    report = audit(CodeSource(families, name="some"), "test", 4)
    assert report.clean, report.summary()


@pytest.mark.slow
def test_audit_of_every_family_is_clean() -> None:
    report = audit(CodeEnv.make_source("all"), "test", 2 * len(FAMILIES))
    assert report.clean, report.summary()


def test_humaneval_canonical_solutions_pass_and_returning_none_fails(data_dir: Path) -> None:
    source = HumanEvalSource(data_dir)
    assert source.size("test") == 164
    passed = failed = 0
    for index in range(164):
        task = source.task("test", index)
        passed += verify(task.kind, task.spec, source.gold(task)).correct
        failed += verify(task.kind, task.spec, task.spec["task"]["prompt"] + "    return None\n").score == 0
    assert (passed, failed) == (164, 164)


def test_humaneval_ids(data_dir: Path) -> None:
    env = make(source="humaneval", data_dir=data_dir)
    prompt, info = env.reset(options={"task": "humaneval/test/7"})
    assert info["task"] == "humaneval/test/7"
    assert prompt.endswith(env.task.spec["task"]["prompt"])
    with pytest.raises(UnknownNameError):
        env.source.find("humaneval/test/164")
