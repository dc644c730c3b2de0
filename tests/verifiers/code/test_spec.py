"""Specs that cannot be graded against are refused, naming the field."""

from typing import Any

import pytest

from assay.verifiers.dispatch import verify
from assay.verifiers.errors import AssayError, SpecError

GOOD: dict[str, Any] = {"kind": "fn", "entry": "f", "inputs": [[1]], "expected": [2]}
ANSWER = "def f(x): return x + 1"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"kind": "other"}, "kind"),
        ({"entry": ""}, "entry"),
        ({"entry": "f; import os"}, "entry"),
        ({"inputs": [[1], [2]]}, "inputs"),
        ({"inputs": [3]}, "inputs"),
        ({"inputs": None}, "inputs"),
        ({"expected": [object()]}, "plain data"),
        ({"rtol": "small"}, "rtol"),
        ({"order": "some"}, "order"),
        ({"weights": [1, 2]}, "weights"),
        ({"weights": [0]}, "weights"),
        ({"visible": -1}, "visible"),
        ({"ordr": "any"}, "order"),
        ({"language": "cobol"}, "language"),
        ({"mode": "same_process"}, "mode"),
        ({"test": "def check(c:"}, "compile"),
        ({"test": "x = 1"}, "check"),
        ({"test": "1/0"}, "executed"),
        ({"test": "def check(c): pass"}, "never calls"),
        ({"test": "def check(c): assert c(print) == 1"}, "same_process"),
        ({"test": "def check(c): raise ValueError"}, "first call"),
        ({"reference": "def f(x): return x"}, "reference"),
    ],
)
def test_bad_tasks(change: dict[str, Any], word: str) -> None:
    with pytest.raises(SpecError, match=word):
        verify("code", {"task": {**GOOD, **change}}, ANSWER)


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"task": 3},
        {"task": {"kind": "io"}},
        {"task": {"kind": "io", "cases": []}},
        {"task": {"kind": "io", "cases": [["a"]]}},
        {"task": GOOD, "limits": {"cpu": 1}},
        {"task": GOOD, "limits": {"cpu_s": 0}},
        {"task": GOOD, "limits": 3},
        {"task": {"kind": "value"}},
        {"task": {"kind": "tests", "entry": "f"}},
        {"task": {"kind": "tests", "entry": "f", "reference": "def g(x): return x", "mutants": ["def f(x): return 1"]}},
        {"task": {"kind": "tests", "entry": "f", "reference": "def f(x): return x", "mutants": ["def f(x) return 1"]}},
        {"task": {"kind": "tests", "entry": "f", "reference": "def f(x): return x", "mutants": ["def g(x): return 1"]}},
        {"task": {"kind": "io", "cases": [["\udcff", "1"]]}},
        {"task": {"kind": "fn", "entry": "def", "inputs": [[1]], "expected": [1]}},
    ],
)
def test_bad_specs(spec: dict[str, Any]) -> None:
    with pytest.raises(SpecError):
        verify("code", spec, "[1]" if "kind" in str(spec) and "value" in str(spec) else "[[1]]")


@pytest.mark.parametrize(
    ("limits", "reason"),
    [({"memory_bytes": 1000}, "memory_limit"), ({"output_bytes": 1}, "output_limit"), ({"cpu_s": 1e-9}, "cpu_limit")],
)
def test_limits_that_nothing_can_keep_are_no_failure_of_ours(limits: dict[str, Any], reason: str) -> None:
    assert verify("code", {"task": GOOD, "limits": limits}, ANSWER).reason == reason
    assert verify("code", {"task": GOOD, "limits": {"open_files": 1, "tasks": 1}}, ANSWER).correct


def test_options() -> None:
    with pytest.raises(SpecError, match="require"):
        verify("code", {"task": GOOD}, ANSWER, requires="L2")
    with pytest.raises(AssayError, match="L7"):
        verify("code", {"task": GOOD}, ANSWER, require="L7")
    with pytest.raises(AssayError, match="allow_unsafe"):
        verify("code", {"task": GOOD}, ANSWER, require="L0")
    with pytest.raises(AssayError, match="below"):
        verify("code", {"task": GOOD}, ANSWER, level="L1", require="L2")


def test_a_good_reference_is_no_obstacle() -> None:
    assert verify("code", {"task": {**GOOD, "reference": ANSWER}}, ANSWER).correct
