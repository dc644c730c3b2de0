"""The front door: order, isolation and honest failure, whatever verifier stands behind it."""

import asyncio
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from assay.verifiers import dispatch
from assay.verifiers.dispatch import averify, verify, verify_batch
from assay.verifiers.errors import SpecError, UnknownNameError
from assay.verifiers.verdict import Status
from assay.verifiers.worker import WorkerPool

THREE = {"answer": "3"}


def test_kinds_are_looked_up(scripted: str) -> None:
    assert verify(scripted, THREE, "3").correct
    with pytest.raises(UnknownNameError, match="unknown verifier kind 'maths'; did you mean 'math'"):
        verify("maths", THREE, "3")


def test_a_defect_of_ours_is_an_error_not_a_wrong_answer(scripted: str) -> None:
    verdict = verify(scripted, THREE, "raise")
    assert verdict.status is Status.ERROR
    assert verdict.score is None
    assert verdict.reason == "internal_error"
    assert verdict.detail["error"] == "a defect of ours"


def test_a_bad_spec_raises_at_once(scripted: str) -> None:
    with pytest.raises(SpecError, match="'answer'"):
        verify(scripted, {}, "3")
    with pytest.raises(SpecError, match="item 1: spec needs the field 'answer'"):
        verify_batch([(scripted, THREE, "3"), (scripted, {}, "3")])
    verdicts = verify_batch([(scripted, THREE, "3"), (scripted, {}, "3")], bad_spec="error")
    assert [verdict.status for verdict in verdicts] == [Status.CORRECT, Status.ERROR]


@pytest.mark.parametrize("response", [None, b"3", 3])
def test_only_strings_are_responses(scripted: str, response: Any) -> None:
    with pytest.raises(TypeError, match="response must be a str"):
        verify(scripted, THREE, response)
    with pytest.raises(TypeError, match="item 0: response must be a str"):
        verify_batch([(scripted, THREE, response)])


def test_averify_is_verify(scripted: str) -> None:
    async def main() -> list[bool]:
        both = await asyncio.gather(averify(scripted, THREE, "3"), averify(scripted, THREE, "4"))
        return [verdict.correct for verdict in both]

    assert asyncio.run(main()) == [True, False]


BATCH = [("math", {"answer": str(i % 7)}, rf"So \boxed{{{i % 5}}}.") for i in range(500)]


def decisions(workers: int) -> list[tuple[object, ...]]:
    return [verdict.decision() for verdict in verify_batch(BATCH, workers)]


def test_batches_keep_their_order_on_any_number_of_workers() -> None:
    alone = decisions(0)
    assert [status for status, *_ in alone] == ["correct" if i % 7 == i % 5 else "wrong" for i in range(500)]
    assert decisions(1) == decisions(3) == alone


def test_verdicts_are_the_same_from_threads_and_forks() -> None:
    alone = decisions(0)
    found: list[list[tuple[object, ...]]] = []
    threads = [threading.Thread(target=lambda: found.append(decisions(0))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 3
    child = os.fork()
    if child == 0:
        os._exit(0 if decisions(0) == alone else 1)
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_verdicts_do_not_depend_on_the_hash_seed(hash_seed: str) -> None:
    code = (
        "from assay.verifiers.dispatch import verify\n"
        r"for a, r in [('{1,2,3}', r'\boxed{\{3,1,2\}}'), ('x+y', r'\boxed{y+x}'), ('\\frac12', '0.5 or 2')]:"
        "\n    print(verify('math', {'answer': a}, r).decision())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", hash_seed)
    }
    assert len(outputs) == 1


def test_a_response_that_kills_its_worker_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    pool = WorkerPool("worker_targets:serve_or_die", size=2)

    def make_pool(workers: int) -> WorkerPool:
        return pool

    monkeypatch.setattr(dispatch, "_pool", make_pool)
    items = [("math", THREE, "die" if i in (5, 130) else r"\boxed{3}") for i in range(200)]
    verdicts = verify_batch(items, workers=2)
    pool.close()
    assert {i for i, verdict in enumerate(verdicts) if verdict.status is Status.ERROR} == {5, 130}
    assert {verdict.reason for verdict in verdicts if verdict.score is None} == {"worker_died"}
    assert sum(verdict.correct for verdict in verdicts) == 198
