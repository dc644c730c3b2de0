"""Policies: every option changes what it says, and bad specs are refused."""

from typing import Any

import pytest

from assay.verifiers.errors import SpecError
from assay.verifiers.math import VERIFIER, compile_gold


@pytest.mark.parametrize(
    ("gold", "answer", "option", "default"),
    [
        (r"15\text{ cm}", "15", {"units": "required"}, True),
        ("15", r"15\text{ cm}", {"units": "required"}, True),
        (r"28\%", "28", {"percent": "required"}, True),
        ("28", r"28\%", {"percent": "required"}, True),
        ("204_5", "204", {"base": "digits"}, False),
        ("52_8", "42", {"base": "value"}, False),
        (r"\ln x^2", r"2\ln x", {"symbols": "positive"}, False),
        (r"\sqrt{x^2}", "x", {"symbols": "positive"}, False),
        (r"\sqrt{xy}", r"\sqrt x\sqrt y", {"symbols": "positive"}, False),
        ("1<x<2", "(1,2)", {"intervals": "same_notation"}, True),
        (r"\{1,1,2\}", r"\{1,2\}", {"repeats": "counted"}, True),
        ("1,2", "2,1", {"list_order": "fixed"}, True),
        ("1:2", "2:4", {"ratio": "as_written"}, True),
        ("x=5", "y=5", {"variable_names": "any"}, False),
        ("3.14", "3.1416", {"gold_decimals": "rounded"}, False),
        (r"\frac13", "0.3333333333", {"approx_digits": 0}, True),
        (r"\frac13", "0.33333", {"approx_digits": 5}, False),
        ("e", "2.718281828", {"approx_digits": 12}, True),
        (r"2", r"\sum_{n=0}^\infty \frac{1}{2^n}", {"computer_algebra": "off"}, True),
    ],
)
def test_option_changes_the_verdict(gold: str, answer: str, option: dict[str, Any], default: bool) -> None:
    text = rf"\boxed{{{answer}}}"
    assert VERIFIER.verify({"answer": gold}, text, deadline_s=20.0).correct is default
    assert VERIFIER.verify({"answer": gold}, text, deadline_s=20.0, **option).correct is not default
    assert VERIFIER.verify({"answer": gold, **option}, text, deadline_s=20.0).correct is not default


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"extractoin": "strict"}, ["extractoin", "extraction"]),
        ({"extraction": "strictt"}, ["strictt", "strict"]),
        ({"deadline_s": 0}, ["deadline_s", "0"]),
        ({"deadline_s": "1"}, ["deadline_s"]),
        ({"deadline_s": float("nan")}, ["deadline_s"]),
        ({"approx_digits": 2}, ["approx_digits"]),
        ({"units": []}, ["units"]),
        ({"units": True}, ["units", "optional"]),
    ],
)
def test_bad_options_are_refused(options: dict[str, Any], words: list[str]) -> None:
    for spec, extra in (({"answer": "5"}, options), ({"answer": "5", **options}, {})):
        with pytest.raises(SpecError) as caught:
            VERIFIER.verify(spec, r"\boxed{5}", **extra)
        assert all(word in str(caught.value) for word in words)


@pytest.mark.parametrize(
    "gold",
    [
        "",
        "  ",
        "$$",
        "\0",
        r"\frac{1}{",
        "5)",
        r"\frac{1}{0}",
        r"\frac00",
        "1++",
        "9" * 5000,
        "9^{9^{9^9}}",
        "(" * 500 + "1" + ")" * 500,
    ],
)
def test_unreadable_golds_are_refused(gold: str) -> None:
    with pytest.raises(SpecError, match="answer"):
        compile_gold(gold)


@pytest.mark.parametrize("spec", [{}, {"answer": None}, {"answer": 5}, {"answer": ["5"]}])
def test_specs_without_a_readable_answer_are_refused(spec: dict[str, Any]) -> None:
    with pytest.raises(SpecError, match="answer"):
        VERIFIER.verify(spec, r"\boxed{5}")


def test_a_spec_error_says_nothing_about_the_response() -> None:
    with pytest.raises(SpecError):
        VERIFIER.verify({"answer": ""}, r"\boxed{5}")
