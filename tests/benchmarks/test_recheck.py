"""Runs that claim more than they earned: each way to cheat or to err, and what the check says of it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assay.benchmarks.folder import file_claim, read_run
from assay.benchmarks.recheck import Recheck, recheck_run
from assay.benchmarks.runner import run_suite
from assay.benchmarks.suite import Suite
from assay.verifiers.errors import AssayError

Rows = list[dict[str, Any]]


class Sevens:
    """Wrong, whatever is asked."""

    name = "sevens"

    def act(self, observations: list[str]) -> list[str]:
        return ["-7"] * len(observations)


@pytest.fixture
def folder(suite: Suite, tmp_path: Path) -> Path:
    run_suite(suite, Sevens(), tmp_path)
    return tmp_path


def tamper(
    folder: Path, change: Callable[[Rows], object], manifest: Callable[[Any], object] = lambda row: None
) -> None:
    """Change the episodes, and make the manifest fit them as a forger would."""
    file = folder / "episodes.jsonl"
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    change(rows)
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    claims = json.loads((folder / "manifest.json").read_text())
    claims["files"]["episodes.jsonl"] = file_claim(file)
    manifest(claims)
    (folder / "manifest.json").write_text(json.dumps(claims))


def check(folder: Path) -> Recheck:
    return recheck_run(read_run(folder))


def test_an_honest_run_holds(folder: Path) -> None:
    seen: list[tuple[int, int]] = []
    result = recheck_run(read_run(folder), progress=lambda done, total: seen.append((done, total)))
    assert result == Recheck(23, (), 0)
    assert result.holds
    assert seen[-1] == (23, 23)


def test_an_incomplete_run_holds_but_owes(folder: Path) -> None:
    tamper(folder, lambda rows: rows.pop(), lambda claims: claims.update(finished=None))
    assert check(folder) == Recheck(22, (), 1)


def claim_correct(rows: Rows) -> None:
    rows[0]["turns"][-1]["verdict"] |= {"status": "correct", "score": 1.0, "partial": 1.0}


def claim_reward(rows: Rows) -> None:
    rows[0]["turns"][-1]["reward"] = 1.0


def swap_task(rows: Rows) -> None:
    rows[0]["task_id"] = rows[1]["task_id"]


def easier_prompt(rows: Rows) -> None:
    rows[0]["turns"][0]["observation"] = "1 + 1 = ?"


def easier_source(rows: Rows) -> None:
    """The answers are right in the environment that the episode names, which is not the suite's."""
    for row in rows:
        if row["meta"]["entry"] == "add":
            row["env"] = {"id": "test/Sums-v0", "kwargs": {"limit": 1, "split": "test"}}
            row["turns"][0] |= {"observation": "0 + 0 = ?", "action": "0", "reward": 1.0}
            verdict = {"reason": "equal", "message": "Right.", "extracted": "0"}
            row["turns"][0]["verdict"] |= verdict
            claim_correct([row])


def drop_and_double(rows: Rows) -> None:
    rows[1] = rows[0]


def more_turns(rows: Rows) -> None:
    rows[0]["turns"] *= 2


def fewer_turns(rows: Rows) -> None:
    row = next(row for row in rows if row["meta"]["entry"] == "times")
    row["turns"] = row["turns"][:1]


def other_item(rows: Rows) -> None:
    rows[0]["meta"]["item"] = 99


def no_item(rows: Rows) -> None:
    del rows[0]["meta"]["item"]


def odd_item(rows: Rows) -> None:
    rows[0]["meta"]["item"] = [0]


def odd_action(rows: Rows) -> None:
    rows[0]["turns"][0]["action"] = 7


def odd_time(rows: Rows) -> None:
    rows[0]["turns"][0]["elapsed_s"] = float("nan")


def odd_tokens(rows: Rows) -> None:
    rows[0]["turns"][0]["prompt_tokens"] = -1


def odd_message(rows: Rows) -> None:
    rows[0]["turns"][0]["verdict"]["message"] = {"a": 1}


def other_agent(rows: Rows) -> None:
    rows[0]["meta"]["agent"] = "gold"


def unfinished(rows: Rows) -> None:
    rows[0]["terminated"] = rows[0]["truncated"] = False


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (claim_correct, r"add item 0 sample 0 claims correct \(other\).* but played again it is wrong"),
        (claim_reward, "reward 1, but played again it is wrong .* reward 0"),
        (swap_task, "was played with task"),
        (easier_prompt, "but played again it is"),
        (easier_source, r"claims correct \(equal\) .* but played again it is wrong"),
        (drop_and_double, "is there twice"),
        (more_turns, "cannot be played again"),
        (fewer_turns, "times item 0 sample 0 claims wrong .* after 1 answers"),
        (other_item, "add item 99 sample 0 is not in the suite"),
        (no_item, "must say entry, item and sample"),
        (odd_item, "must say entry, item and sample"),
        (odd_action, "fields of the wrong type"),
        (odd_time, "fields of the wrong type"),
        (odd_tokens, "fields of the wrong type"),
        (odd_message, "fields of the wrong type"),
        (other_agent, "names another agent"),
        (unfinished, "was not played to its end"),
    ],
)
def test_a_run_that_claims_what_is_not_so_is_found_out(
    folder: Path, change: Callable[[Rows], object], message: str
) -> None:
    tamper(folder, change)
    result = check(folder)
    assert not result.holds
    assert any(re.search(message, problem) for problem in result.problems), result.problems


def test_transcripts_changed_after_the_run_are_found_by_their_hash(folder: Path) -> None:
    file = folder / "episodes.jsonl"
    file.write_text(file.read_text().replace('"elapsed_s"', '"elapsed_s" ', 1))
    assert "was changed after the run" in check(folder).problems[0]


def test_other_tasks_are_found_out(folder: Path) -> None:
    def swap_seed(claims: Any) -> None:
        claims["suite"]["definition"]["entries"][0]["seed"] = 5

    tamper(folder, lambda rows: None, swap_seed)
    assert "the suite's tasks hash to" in check(folder).problems[0]


def test_fewer_episodes_than_the_suite_has_are_not_a_complete_run(folder: Path) -> None:
    tamper(folder, lambda rows: rows.__delitem__(slice(5, None)), lambda claims: claims["counts"].update(expected=5))
    assert "the suite has 23 episodes, but the run expects 5" in check(folder).problems


def test_a_suite_that_cannot_be_drawn_is_a_problem_not_a_crash(folder: Path) -> None:
    tamper(folder, lambda rows: None, lambda claims: claims["suite"]["definition"]["entries"][0].update(env="no/Env"))
    assert "the suite cannot be drawn again: unknown environment 'no/Env'" in check(folder).problems[0]


def test_a_verifier_that_fails_now_confirms_nothing(folder: Path, sums_verifier: Any) -> None:
    tamper(folder, lambda rows: rows[0]["turns"][0].update(action="BREAK"))
    sums_verifier.broken = True
    assert "could not be graded again: the verifier broke" in check(folder).problems[0]


def test_many_problems_are_counted(folder: Path) -> None:
    def claim_all(rows: Rows) -> None:
        for row in rows:
            claim_correct([row])

    tamper(folder, claim_all)
    problems = check(folder).problems
    assert len(problems) == 21
    assert problems[-1] == "and 3 more"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "is not a run folder"),
        ("{", "is not JSON"),
        ("[]", "is not of format assay-run/1"),
        ('{"format": "assay-run/9"}', "is not of format assay-run/1"),
        ('{"format": "assay-run/1"}', "has no 'suite'"),
        (
            '{"format": "assay-run/1", "suite": [], "agent": {}, "seed": 0, "counts": {}, "verifiers": {}, '
            '"software": {}, "started": "", "finished": ""}',
            "'suite' is not an object",
        ),
    ],
)
def test_a_folder_that_holds_no_run(tmp_path: Path, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(AssayError, match=message):
        read_run(tmp_path)


def test_a_damaged_manifest_is_named(folder: Path) -> None:
    before = (folder / "manifest.json").read_text()
    changes: list[Callable[[Any], object]] = [
        lambda claims: claims["suite"].pop("definition"),
        lambda claims: claims["suite"].update(definition={"name": 5}),
        lambda claims: claims["counts"].update(expected="many"),
        lambda claims: claims["agent"].pop("name"),
        lambda claims: claims["agent"].update(settings=[1]),
    ]
    for change in changes:
        (folder / "manifest.json").write_text(before)
        tamper(folder, lambda rows: None, change)
        with pytest.raises(AssayError, match=r"manifest\.json is damaged"):
            read_run(folder)
