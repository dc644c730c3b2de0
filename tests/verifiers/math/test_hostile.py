"""Hostile responses: caps with their reasons, the same verdict everywhere, and a worker that dies."""

import asyncio
import inspect
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from assay.verifiers.dispatch import averify
from assay.verifiers.math import VERIFIER, symbolic
from assay.verifiers.verdict import Status

T = TypeVar("T")
SYMBOLIC = {"answer": r"\frac{\pi^2}{6}"}, r"\boxed{\sum_{n=1}^\infty \frac{1}{n^2}}"


def boxed(text: str) -> str:
    return rf"\boxed{{{text}}}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (boxed("7" * 1_000_000), "response_too_long"),
        (boxed("7" * 10_000), "answer_too_long"),
        (boxed("7" * 2_000), "too_many_digits"),
        (boxed("(" * 200 + "5" + ")" * 200), "too_deep"),
        (boxed(r"\hat " * 500 + "x"), "too_deep"),
        (boxed("x_" * 300 + "x"), "too_deep"),
        (boxed("9^{9^{9^9}}"), "number_too_large"),
        (boxed("(10^9)!"), "number_too_large"),
        (boxed("((100!)!)!"), "number_too_large"),
        (boxed(r"2^{-10^{10}}"), "number_too_large"),
        (boxed("1e999999999"), "number_too_large"),
        (boxed(r"\binom{100000}{50000}"), "number_too_large"),
        (boxed(",".join("6" * 900)), "too_many_items"),
        (boxed("1+" * 1500 + "1"), "too_many_tokens"),
    ],
)
def test_limits_have_reasons(text: str, reason: str) -> None:
    verdict = VERIFIER.verify({"answer": "5"}, text)
    assert (verdict.status, verdict.reason, verdict.score) == (Status.LIMIT, reason, 0.0)


HOSTILE = [
    "We reason. " * 900_000 + boxed("6"),
    "$" * 10_000_000,
    boxed("6") * 1_000_000,
    r"\boxed{" * 1_400_000,
    "\n" * 10_000_000,
    "The answer is" + " " * 60_000,
    "\n" * 60_000 + "####" + " " * 5_000 + "x",
    "<answer>" * 8_000,
    r"\(" * 30_000,
    "**" * 30_000,
    "\ud800" * 60_000,
    "\0" * 60_000,
    boxed(r"1\frac{" * 50 + "1" + "}{2}" * 50),
    boxed("f_{" * 60 + "1" + "}" * 60),
    boxed(r"\sin" * 60 + "x"),
    boxed("1" + r"\pm1" * 300),
    boxed("3" + "!" * 2000),
    boxed("(x+y+z+w)^{30}(a+b+c)^{40}"),
    boxed("+".join(rf"\sqrt{{{p}}}" for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37))),
    boxed(r"\sqrt{" + "9" * 600 + "7}"),
    boxed(r"\sqrt{2+" * 20 + "2" + "}" * 20),
    boxed(r"\tan(((y 10^{50})^{100} (\sqrt{2^{100}} n!))^{x^{20}} 2^{100!} + (10^{50} x)^{100} \ln(y^{100} 7^{90}))"),
    boxed("(" * 20 + r"x+\sqrt{2}+\sin x+100!+2^n" + ")^{3}" * 20),
    boxed("__import__('os').system('true')"),
    boxed(r"\input{/etc/passwd}"),
]


@pytest.mark.parametrize("index", range(len(HOSTILE)))
def test_hostile_responses_are_judged_wrong(index: int) -> None:
    verdict = VERIFIER.verify({"answer": "5"}, HOSTILE[index], computer_algebra="off")
    assert verdict.score == 0.0


ROWS: list[tuple[dict[str, Any], str]] = [
    ({"answer": "5"}, boxed("5.0")),
    ({"answer": "x^2-1"}, boxed("(x-1)(x+1)")),
    ({"answer": r"\sqrt{3+2\sqrt2}"}, boxed(r"1+\sqrt2")),
    ({"answer": "5"}, boxed("9^{9^9}")),
    ({"answer": r"\sin x"}, boxed(r"\cos x")),
    ({"answer": "5"}, "There is nothing to see here, and nobody knows."),
    SYMBOLIC,
]


def decisions() -> list[Any]:
    return [VERIFIER.verify(spec, text, deadline_s=60.0).decision() for spec, text in ROWS]


def send_decisions(pipe: Any) -> None:
    pipe.send(decisions())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # a fork in a process with threads: that is the point
def test_the_same_verdict_everywhere() -> None:
    expected = decisions()
    assert [row[0] for row in expected] == ["correct", "correct", "correct", "limit", "wrong", "no_answer", "correct"]
    found: list[list[Any]] = []
    threads = [threading.Thread(target=lambda: found.append(decisions())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    async def all_rows() -> list[Any]:
        verdicts = await asyncio.gather(*(averify("math", spec, text, deadline_s=60.0) for spec, text in ROWS))
        return [verdict.decision() for verdict in verdicts]

    found.append(asyncio.run(all_rows()))
    here, there = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=send_decisions, args=(there,))
    child.start()
    assert here.poll(120)
    found.append(here.recv())
    child.join()
    assert all(rows == expected for rows in found)


def test_killed_workers_are_replaced() -> None:
    spec, text = SYMBOLIC
    assert VERIFIER.verify(spec, text, deadline_s=60.0).method == "sympy"
    for worker in set(symbolic.pool()._all):  # pyright: ignore[reportPrivateUsage]
        os.kill(worker._process.pid, signal.SIGKILL)  # pyright: ignore[reportPrivateUsage]
    assert VERIFIER.verify(spec, text, deadline_s=60.0).correct


def test_hard_questions_end_at_their_deadline_and_leave_the_worker_warm() -> None:
    hard = boxed(r"\int_0^\infty \frac{\sin(x^x)}{\Gamma(x)}dx")
    spec, text = SYMBOLIC
    assert VERIFIER.verify(spec, text, deadline_s=60.0).correct
    before = {worker._process.pid for worker in symbolic.pool()._all}  # pyright: ignore[reportPrivateUsage]
    reasons: set[str] = set()
    for _ in range(3):
        verdict = VERIFIER.verify({"answer": "5"}, hard, deadline_s=0.5)
        assert verdict.status in (Status.TIMEOUT, Status.ERROR)  # the latter where the machine was busy
        reasons.add(verdict.reason)
    assert reasons <= {"timeout", "machine_busy", "worker_starting"}
    assert VERIFIER.verify(spec, text, deadline_s=60.0).correct
    if reasons == {"timeout"}:
        assert {worker._process.pid for worker in symbolic.pool()._all} == before  # pyright: ignore[reportPrivateUsage]


def test_a_cold_worker_is_waited_for() -> None:
    """The first check of a process that needs computer algebra gets its whole deadline, after the import."""
    code = f"import assay.verifiers.math as m; print(m.VERIFIER.verify({SYMBOLIC[0]!r}, {SYMBOLIC[1]!r}, deadline_s=5))"
    result = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert "Status.CORRECT" in result.stdout


def at_depth(depth: int, work: Callable[[], T]) -> T:
    return work() if depth == 0 else at_depth(depth - 1, work)


NESTED = [
    (r"\sqrt{1+" * 36 + "y" + "}" * 36, "(" + r"\sqrt{1+" * 36 + "y" + "}" * 36 + ")+0"),
    ("7", "(" * 63 + "7" + ")" * 63),
    ("y", "y_{" * 60 + "1" + "}" * 60),
    (r"\frac{1}{" * 36 + "y" + "}" * 36, r"\frac{2-1}{" * 36 + "y" + "}" * 36),
    (r"\sqrt{2+" * 18 + "2" + "}" * 18, r"\sqrt{2+" * 18 + "2.0" + "}" * 18),
    ("2^{2^{2^{2^y}}}", "2^{2^{2^{2^{y+0}}}}"),
    ("|y-1|", r"\lvert 1-y\rvert"),
]


@pytest.mark.parametrize("depth", [500, 900])
def test_the_same_verdict_however_deep_the_caller_stands(depth: int) -> None:
    """Deep first: what an earlier check left in a cache would hide a walk that needs the caller's stack."""
    letter = {500: "p", 900: "q"}[depth]
    salted = [(gold.replace("y", letter), text.replace("y", letter)) for gold, text in NESTED]

    def work() -> list[Any]:
        return [VERIFIER.verify({"answer": gold}, boxed(text), deadline_s=60.0).decision() for gold, text in salted]

    already = len(inspect.stack())
    deep = at_depth(depth - already, work)
    assert deep == work()
    assert [row[0] for row in deep] == ["correct", "correct", "wrong", "correct", "correct", "correct", "correct"]


def test_import_loads_no_computer_algebra() -> None:
    check = "m.VERIFIER.verify({'answer': 'x'}, 'x+0')"
    code = f"import sys; import assay.verifiers.math as m; {check}; print('sympy' in sys.modules)"
    result = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"
