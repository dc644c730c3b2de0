"""Runs: what they write, and that nothing is lost, doubled or graded wrongly whatever stops them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assay.agents.agent import AgentError, Usage
from assay.agents.baselines import GoldAgent
from assay.benchmarks.folder import RunFolder, key_of, read_run
from assay.benchmarks.runner import Progress, evaluate, run_suite
from assay.benchmarks.suite import Suite, draw
from assay.benchmarks.summary import summarise
from assay.envs.episode import read_episodes
from assay.verifiers.errors import AssayError

ENV_ID = "test/Sums-v0"
ALL = {("add", i, s) for i in range(5) for s in range(3)} | {("times", i, s) for i in range(4) for s in range(2)}


class Scripted:
    """Right answers, until `act` number `stop_at`, where it raises."""

    name = "scripted"

    def __init__(self, suite: Suite, stop_at: int = 0, error: BaseException | None = None) -> None:
        self.gold = GoldAgent(draw(suite).answers())
        self.calls, self.stop_at, self.error = 0, stop_at, error
        self.usage: list[Usage | None] = []
        self.seeds: list[int] = []
        self.settings = {"temperature": 0.7}

    def reseed(self, seed: int) -> None:
        self.seeds.append(seed)

    def act(self, observations: list[str]) -> list[str]:
        self.calls += 1
        if self.calls == self.stop_at and self.error is not None:
            raise self.error
        self.usage = [Usage(len(observation), 1) for observation in observations]
        return self.gold.act(observations)


def test_a_run_plays_every_sample_of_every_task_once(suite: Suite, tmp_path: Path) -> None:
    seen: list[Progress] = []
    run = run_suite(suite, "gold", tmp_path / "run", progress=seen.append)
    assert run.complete
    assert {key_of(episode) for episode in run.episodes} == ALL
    assert [progress.done for progress in seen] == list(range(1, 24))
    assert seen[-1] == Progress(23, 23, 23, 0, "add")
    episode = run.episodes[0]
    assert (episode.meta["agent"], episode.meta["suite"], episode.meta["family"]) == ("gold", "pair", "sums")
    assert [e.to_dict() for e in read_run(tmp_path / "run").episodes] == [e.to_dict() for e in run.episodes]


def test_the_manifest_says_what_was_run(suite: Suite, tmp_path: Path) -> None:
    run_suite(suite, Scripted(suite), tmp_path, seed=5, name="shown")
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["agent"] == {"name": "shown", "asked": "scripted", "settings": {"temperature": "0.7"}}
    assert manifest["suite"]["content_hash"] == draw(suite).content_hash
    assert manifest["suite"]["definition"] == json.loads(json.dumps(suite.to_dict()))
    assert manifest["counts"] == {"expected": 23, "done": 23, "correct": 23}
    assert manifest["verifiers"] == {"sums": "sums@1"}
    assert manifest["seed"] == 5
    assert manifest["files"]["episodes.jsonl"]["lines"] == 23
    assert manifest["finished"] >= manifest["started"]
    assert set(manifest["software"]) >= {"assay", "python", "platform"}


def test_each_round_of_samples_has_a_seed_of_its_own(suite: Suite) -> None:
    seeds: set[int] = set()
    for seed in (0, 1):
        agent = Scripted(suite)
        run_suite(suite, agent, seed=seed)
        assert len(agent.seeds) == 3
        seeds |= set(agent.seeds)
    assert len(seeds) == 6


@pytest.mark.parametrize("error", [KeyboardInterrupt(), AgentError("the server is down")])
@pytest.mark.parametrize("stop_at", [1, 2, 4, 6])
def test_a_stopped_run_goes_on_where_it_stopped(
    suite: Suite, tmp_path: Path, error: BaseException, stop_at: int
) -> None:
    with pytest.raises(type(error)):
        run_suite(suite, Scripted(suite, stop_at, error), tmp_path, batch_size=4)
    stopped = read_run(tmp_path)
    assert not stopped.complete
    assert stopped.manifest["counts"]["done"] == len(stopped.episodes)
    assert stopped.manifest["finished"] is None
    run = run_suite(suite, Scripted(suite), tmp_path, batch_size=4)
    assert run.complete
    assert sorted(key_of(episode) for episode in read_episodes(tmp_path / "episodes.jsonl")) == sorted(ALL)
    assert run.manifest["starts"] == 2
    assert run.manifest["started"] == stopped.manifest["started"]


def test_a_finished_run_plays_nothing_more(suite: Suite, tmp_path: Path) -> None:
    run_suite(suite, Scripted(suite), tmp_path)
    before = (tmp_path / "episodes.jsonl").read_bytes()
    agent = Scripted(suite)
    assert run_suite(suite, agent, tmp_path).complete
    assert agent.calls == 0
    assert (tmp_path / "episodes.jsonl").read_bytes() == before


def test_a_torn_last_line_is_played_again(suite: Suite, tmp_path: Path) -> None:
    run_suite(suite, Scripted(suite), tmp_path)
    file = tmp_path / "episodes.jsonl"
    whole = file.read_bytes()
    for cut in (1, 40, len(whole.splitlines()[-1])):
        file.write_bytes(whole[:-cut])
        assert len(read_run(tmp_path).episodes) == 22
        run = run_suite(suite, Scripted(suite), tmp_path)
        assert sorted(key_of(episode) for episode in run.episodes) == sorted(ALL)
        assert file.read_bytes().count(b"\n") == 23


def test_a_damaged_line_elsewhere_is_named(suite: Suite, tmp_path: Path) -> None:
    run_suite(suite, "gold", tmp_path)
    file = tmp_path / "episodes.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(lines[0] + b"{\n" + b"".join(lines[2:]))
    with pytest.raises(AssayError, match=r"episodes\.jsonl:2 is not an episode"):
        run_suite(suite, "gold", tmp_path)
    file.write_bytes(b"".join([*lines, lines[0]]))
    with pytest.raises(AssayError, match="second episode in the run folder"):
        run_suite(suite, "gold", tmp_path)


def test_a_failure_of_ours_is_neither_wrong_nor_left_out(suite: Suite, tmp_path: Path, sums_verifier: Any) -> None:
    prompts = {draw(suite).items[0].task.prompt, draw(suite).items[-1].task.prompt}

    class Breaking(Scripted):
        def act(self, observations: list[str]) -> list[str]:
            self.usage = [None] * len(observations)
            return ["BREAK" if observation in prompts else "7" for observation in observations]

    sums_verifier.broken = True
    spoilt = 3 + 2
    run = run_suite(suite, Breaking(suite), tmp_path)
    assert not run.complete
    assert len(run.episodes) == 23 - spoilt
    assert len(list(read_episodes(tmp_path / "errors.jsonl"))) == spoilt == run.manifest["errors"]
    assert run.manifest["finished"] is None
    sums_verifier.broken = False
    again = run_suite(suite, Breaking(suite), tmp_path)
    assert again.complete
    assert again.manifest["errors"] == spoilt


def other_agent(suite: Suite, folder: Path) -> object:
    return run_suite(suite, "null", folder)


def other_seed(suite: Suite, folder: Path) -> object:
    return run_suite(suite, "gold", folder, seed=9)


def other_tasks(suite: Suite, folder: Path) -> object:
    return run_suite(Suite("pair", "1", suite.entries[:1]), "gold", folder)


def other_suite(suite: Suite, folder: Path) -> object:
    return run_suite(Suite("pear", "1", suite.entries), "gold", folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (other_agent, "other agent .gold, not null"),
        (other_seed, "other seed .0, not 9"),
        (other_tasks, "other tasks"),
        (other_suite, "other suite"),
    ],
)
def test_a_folder_of_another_run_is_left_alone(
    suite: Suite, tmp_path: Path, change: Callable[[Suite, Path], Any], message: str
) -> None:
    run_suite(suite, "gold", tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(AssayError, match=message):
        change(suite, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_whatever_an_agent_raises_stops_the_run_resumably(suite: Suite, tmp_path: Path) -> None:
    class Raising(Scripted):
        def act(self, observations: list[str]) -> list[str]:
            raise ZeroDivisionError("oh\nno")

    with pytest.raises(AgentError, match=r"agent scripted raised ZeroDivisionError at test_runner.py:\d+: oh no"):
        run_suite(suite, Raising(suite), tmp_path)

    class Miscounting(Scripted):
        def act(self, observations: list[str]) -> list[str]:
            actions = super().act(observations)
            self.usage = [None]
            return actions

    with pytest.raises(AgentError, match="counts tokens for 1 of 5 actions"):
        run_suite(suite, Miscounting(suite), tmp_path)
    assert run_suite(suite, Scripted(suite), tmp_path).complete


def test_only_one_process_writes_a_folder(suite: Suite, tmp_path: Path) -> None:
    with RunFolder(tmp_path).open(), pytest.raises(AssayError, match="another process is writing"):
        run_suite(suite, "gold", tmp_path)


def test_a_folder_that_is_none_is_named(suite: Suite, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AssayError, match="cannot write a run to"):
        run_suite(suite, "gold", tmp_path / "file")
    (tmp_path / "episodes.jsonl").write_text("")
    with pytest.raises(AssayError, match=r"has episodes\.jsonl but no manifest\.json"):
        run_suite(suite, "gold", tmp_path)


def test_evaluate_is_a_suite_of_one_entry(tmp_path: Path) -> None:
    run = evaluate(ENV_ID, "gold", tmp_path, kwargs={"source": "products", "limit": 30}, n=7, samples=2)
    summary = summarise(run)
    assert run.complete
    assert (summary.done, summary.pass_1 and summary.pass_1.value, dict(summary.pass_k)) == (14, 1.0, {1: 1.0, 2: 1.0})
    assert all(episode.meta["family"] == "products" for episode in run.episodes)
    assert all("/test/" in episode.task_id for episode in run.episodes)
    with pytest.raises(AssayError, match="n must be at least 1, got 0"):
        evaluate(ENV_ID, "gold", n=0)
    with pytest.raises(AssayError, match="did you mean 'assay/Math-v0'"):
        evaluate("assay/Mathv0", "gold")


def test_smoke_is_solved_by_gold_and_not_by_silence() -> None:
    gold = summarise(run_suite("smoke", "gold"))
    null = summarise(run_suite("smoke", "null"))
    assert gold.pass_1 is not None
    assert null.pass_1 is not None
    assert (gold.pass_1.value, null.pass_1.value) == (1.0, 0.0)
    assert null.statuses == {"no_answer": gold.done}
