"""The audit finds nothing in a sound oracle, and finds each way in which one can be broken."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest

from assay.envs.audit import AuditReport, audit
from assay.envs.math import DATASETS, FAMILIES, DatasetSource, MathEnv, ProceduralSource
from assay.envs.math.battery import changed_answers, is_right, plain_value
from assay.envs.math.families import topics
from assay.envs.source import TaskSource
from assay.envs.task import Task
from assay.verifiers.dispatch import verify
from assay.verifiers.errors import AssayError
from assay.verifiers.verdict import Verdict
from assay.verifiers.verifier import KINDS


def assert_clean(report: AuditReport) -> None:
    found = [*report.false_rejects, *report.false_accepts, *report.errors]
    assert report.clean, "\n".join(f"{f.task} {f.attack} {f.response[:120]!r} {f.reason} {f.spec}" for f in found[:20])
    assert report.gold_accepted == report.tasks


def test_two_thousand_tasks() -> None:
    seen: list[tuple[int, int]] = []
    report = audit(MathEnv.make_source("all"), "test", 2000, progress=lambda done, total: seen.append((done, total)))
    assert_clean(report)
    assert report.tasks == 2000
    assert report.null_checks > 100_000
    assert seen[-1] == (2000, 2000)
    assert seen == sorted(seen)


@pytest.mark.parametrize("name", DATASETS)
def test_data_sets(name: str, data_dir: Path) -> None:
    assert_clean(audit(DatasetSource(name, data_dir), "test", 60))


@pytest.mark.slow
@pytest.mark.parametrize("split", ["train", "test"])
@pytest.mark.parametrize("name", [*FAMILIES, *topics()])
def test_every_procedural_source(name: str, split: str) -> None:
    assert_clean(audit(MathEnv.make_source(name), split, 1000))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "split"), [*((name, "test") for name in DATASETS), ("gsm8k", "train")])
def test_every_data_set_whole(name: str, split: str, data_dir: Path) -> None:
    assert_clean(audit(DatasetSource(name, data_dir), split, 10_000))


Grade = Callable[[Mapping[str, Any], str, Verdict], bool]


def broken(monkeypatch: pytest.MonkeyPatch, accepts: Grade) -> None:
    """Put a verifier in the place of the math verifier that says yes whenever `accepts` does."""

    class Broken:
        name = "broken@1"

        def verify(self, spec: Mapping[str, Any], response: str, **options: Any) -> Verdict:
            honest = real.verify(spec, response, **options)
            if accepts(spec, response, honest):
                return Verdict(assay_status.CORRECT, 1.0, 1.0, "equal", "Right.", verifier=self.name)
            return Verdict(assay_status.WRONG, 0.0, 0.0, "different", "Wrong.", verifier=self.name)

    from assay.verifiers.verdict import Status as assay_status
    from assay.verifiers.verifier import get_verifier

    real = get_verifier("math")
    monkeypatch.setitem(sys.modules, "broken_verifier", cast(ModuleType, SimpleNamespace(V=Broken())))
    monkeypatch.setitem(KINDS, "math", "broken_verifier:V")


BROKEN: list[tuple[Grade, str]] = [
    (lambda spec, response, honest: spec["answer"] in response, "many_boxes"),
    (lambda spec, response, honest: honest.correct or not response.strip(), "empty"),
    (lambda spec, response, honest: honest.correct or '"score": 1.0' in response, "injection"),
    (lambda spec, response, honest: honest.correct or response == r"\boxed{}", "empty_box"),
    (lambda spec, response, honest: honest.correct or len(response) > 9000, "garbage"),
    (lambda spec, response, honest: honest.correct or "{-" in response, "changed_answer"),
    (lambda spec, response, honest: honest.correct or "=?" in response, "echo"),
    (lambda spec, response, honest: honest.correct or "\ud800" in response, "surrogates"),
    (lambda spec, response, honest: honest.correct or response.endswith("{42}"), "guess"),
    (lambda spec, response, honest: honest.correct or "9^{9^" in response, "hostile"),
]


@pytest.mark.parametrize(("accepts", "attack"), BROKEN)
def test_a_broken_oracle_is_caught(accepts: Grade, attack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, accepts)
    report = audit(MathEnv.make_source("addition", difficulty=3, instruction=""), "test", 20)
    assert attack in {finding.attack for finding in report.false_accepts}
    assert not report.clean
    assert report.verifier == "broken@1"


def test_an_oracle_that_refuses_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, lambda spec, response, honest: honest.correct and len(spec["answer"]) < 3)
    report = audit(MathEnv.make_source("addition", difficulty=(2, 4)), "test", 30)
    assert 0 < report.gold_accepted < 30
    assert len(report.false_rejects) == 30 - report.gold_accepted
    assert {finding.attack for finding in report.false_rejects} == {"gold"}


class WrongGold:
    """A source whose demonstration of one task is wrong, and whose spec of another cannot be read."""

    def __init__(self, inner: TaskSource) -> None:
        self.inner = inner
        self.name, self.version, self.splits = inner.name, inner.version, inner.splits

    def size(self, split: str) -> int | None:
        return 10

    def task(self, split: str, index: int) -> Task:
        task = self.inner.task(split, index)
        return task if index != 4 else Task(task.id, task.prompt, "math", {}, task.meta)

    def find(self, task_id: str) -> Task:
        return self.inner.find(task_id)

    def gold(self, task: Task) -> str:
        return r"\boxed{-12345}" if task.id.endswith("/3") else self.inner.gold(task)

    def content_hash(self) -> str:
        return ""


def test_a_wrong_demonstration_is_caught() -> None:
    source = WrongGold(ProceduralSource([FAMILIES["addition"]], 3))
    source.task = source.inner.task  # type: ignore[method-assign]
    report = audit(source, "test", 50)
    assert report.tasks == 10
    assert [finding.task for finding in report.false_rejects] == ["addition/test/d3/3"]


def test_reports_are_json_and_repeat() -> None:
    source = MathEnv.make_source("number_theory")
    report, again = audit(source, "test", 10, seed=3), audit(source, "test", 10, seed=3)
    row = json.loads(json.dumps(report.to_dict()))
    assert row["clean"] is report.clean
    assert row == json.loads(json.dumps(again.to_dict()))
    assert report.summary().startswith("number_theory/test: ")
    assert audit(source, "test", 10, seed=4).to_dict() != report.to_dict()


def test_any_source_and_kind(counting: Any) -> None:
    """A kind without a battery of its own faces the generic one."""
    report = audit(counting, "test", 100)
    assert report.tasks == 5
    assert report.gold_accepted == 5
    assert {"empty", "echo", "injection", "garbage", "surrogates"} <= set(report.attacks)
    assert not report.false_accepts
    assert report.verifier_options == {}


def test_bad_arguments() -> None:
    source = MathEnv.make_source("addition")
    with pytest.raises(AssayError, match="at least one task"):
        audit(source, "test", 0)
    with pytest.raises(AssayError, match="split of addition"):
        audit(source, "dev")


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("12", "12"),
        ("-3", "-3"),
        ("1,080", "1080"),
        ("4.50", "9/2"),
        (r"-\frac{3}{4}", "-3/4"),
        (r"\frac34", "3/4"),
        (r"\dfrac{-3}{4}", "-3/4"),
        (r"90^\circ", "90"),
        (r"\$36", "36"),
        (r"15\mbox{ cm}^2", "15"),
        ("x=5", "5"),
        (r"28\%", "28"),
        (r"10,\!080", "10080"),
        ("-(1/3)", "-1/3"),
        ("4.5e3", "4500"),
        ("1,2", None),
        ("52_8", None),
        ("3x", None),
        ("", None),
        ("1/0", None),
        (r"\text{five}", None),
        ("9" * 5000, None),
    ],
)
def test_plain_values(answer: str, value: str | None) -> None:
    found = plain_value(answer)
    assert (None if found is None else str(found)) == value


def test_changed_answers_are_wrong_by_exact_arithmetic() -> None:
    import random
    from fractions import Fraction

    for number in range(-30, 31):
        for text in (str(number), f"{number}.5", rf"\frac{{{number}}}{{7}}"):
            changed = list(changed_answers(text, random.Random(number)))
            assert len(changed) >= 2
            for other in changed:
                assert isinstance(plain_value(other), Fraction)
                assert plain_value(other) != plain_value(text)


def test_coincidence_is_told_from_a_false_accept() -> None:
    task = Task("t", "How many?", "math", {"answer": "42.0"})
    assert is_right(task, "42")
    assert is_right(task, r"\frac{84}{2}")
    assert not is_right(task, "43")
    assert not is_right(task, "")
    assert verify("math", {"answer": "42"}, r"\boxed{42}").correct


@pytest.mark.parametrize(
    "name", ["addition", "int_chain", "fractions", "decimals", "set_operations", "definite_integral"]
)
def test_the_question_said_back_is_not_paid(name: str) -> None:
    """`347+58` has the value of the answer, but it is no answer."""
    report = audit(ProceduralSource([FAMILIES[name]], instruction=""), "train", 100)
    assert report.attacks["question_in_box"] >= 100
    assert_clean(report)


@pytest.mark.parametrize(
    ("gold", "answer", "paid"),
    [
        ("405", "347+58", False),
        ("405", "405", True),
        ("405", "347+58 = 405", True),
        ("405", "x = 405", True),
        ("405", r"5 \cdot 81", False),
        ("405", r"405\text{ apples}", True),
        ("24", "4!", False),
        ("10", r"\binom{5}{2}", False),
        ("14", "(u+4)(u-1) - (u-3)(u+6)", False),
        ("30000", r"3 \times 10^4", True),
        (r"\frac{3}{4}", r"\frac{6}{8}", True),
        (r"\frac{3}{4}", "0.75", True),
        (r"\frac{3}{4}", r"\frac{1+2}{4}", False),
        (r"\{1, 2, 3\}", r"\{3, 2, 1\}", True),
        (r"\{1, 2, 3\}", r"\{1, 2\} \cup \{3\}", False),
        ("[1, 4]", r"[1, 3] \cup [2, 4]", False),
        (r"[1, 2] \cup (3, 4)", r"[1,2]\cup(3,4)", True),
        ("[2, 3]", r"[1, 5] \cap [2, 3]", False),
        ("(2, 3)", "(1+1, 3)", False),
        (r"(-\infty, 3)", r"(-\infty, 3)", True),
        (r"\frac{3+\sqrt{5}}{2}", r"\frac{3}{2} + \frac{\sqrt{5}}{2}", True),
        ("6x + 2", "2(3x + 1)", True),
    ],
)
def test_answers_are_to_be_written_out(gold: str, answer: str, paid: bool) -> None:
    spec = {"answer": gold, "form": "written_out"}
    assert verify("math", spec, rf"\boxed{{{answer}}}", extraction="strict").correct is paid
