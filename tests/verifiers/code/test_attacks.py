"""Attacks of our own on the jail and on the verdict: none may be paid, and none may pass for our failure."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assay.verifiers.dispatch import verify
from assay.verifiers.verdict import Status

ATTACKS = runpy.run_path(str(Path(__file__).with_name("attacks.py")))
IO: dict[str, str] = ATTACKS["ATTACKS_IO"]
FN: dict[str, str] = ATTACKS["ATTACKS_FN"]
MORE = runpy.run_path(str(Path(__file__).with_name("attacks_more.py")))
IO.update({name: ATTACKS["framed"](body) for name, body in MORE["KERNEL"].items()} | MORE["SOURCES"])
FN.update(MORE["VALUES"])
QUICK = {"cpu_s": 1.0, "wall_s": 2.0}


@pytest.mark.parametrize("name", IO)
def test_no_attack_by_a_whole_program_works(name: str, level: str) -> None:
    verdict = verify("code", {"task": ATTACKS["SUM_OF_SQUARES"], "limits": QUICK}, IO[name], level=level)
    assert verdict.score == 0, verdict


@pytest.mark.parametrize("name", FN)
def test_no_attack_by_a_function_works(name: str, level: str) -> None:
    task = {"L4": "STEPS_TEST", "L2": "STEPS_PAIRS"}[level]
    verdict = verify("code", {"task": ATTACKS[task], "limits": QUICK}, FN[name], level=level)
    assert verdict.score == 0, verdict


@pytest.mark.slow
@pytest.mark.parametrize("name", FN)
def test_no_attack_by_a_function_works_the_other_way_of_calling_either(name: str, level: str) -> None:
    task = {"L2": "STEPS_TEST", "L4": "STEPS_PAIRS"}[level]
    verdict = verify("code", {"task": ATTACKS[task], "limits": QUICK}, FN[name], level=level)
    assert verdict.score == 0, verdict


@pytest.mark.parametrize("task", ["STEPS_TEST", "STEPS_PAIRS"])
def test_the_attacked_tasks_can_be_passed(task: str, level: str) -> None:
    assert verify("code", {"task": ATTACKS[task]}, ATTACKS["PEEK"], level=level).correct


def test_attacks_do_work_where_nothing_is_shut() -> None:
    """The attacks are no empty gestures: without a jail, some of the harmless ones succeed."""
    options = {"level": "L0", "require": "L0", "allow_unsafe": True}
    for name in ("read-passwd", "list-proc", "memfd", "grow-pipe", "inotify", "socketpair-sendto-address"):
        verdict = verify("code", {"task": ATTACKS["SUM_OF_SQUARES"]}, IO[name], **options)
        assert verdict.status is Status.CORRECT, (name, verdict)


@pytest.mark.slow
def test_no_attack_works_for_a_user_without_privileges(
    grade_as_nobody: Callable[[list[Any]], list[dict[str, Any]]],
) -> None:
    tasks = [("SUM_OF_SQUARES", IO), ("STEPS_TEST", FN), ("STEPS_PAIRS", FN)]
    rows = [
        ({"task": ATTACKS[task], "limits": QUICK}, program, {"level": "L2"}, 1)
        for task, programs in tasks
        for program in programs.values()
    ]
    assert [verdict for verdict in grade_as_nobody(rows) if verdict["score"] != 0] == []
