"""Where answers are found, under each policy."""

import pytest

from assay.verifiers.math import VERIFIER, extract
from assay.verifiers.verdict import Status


@pytest.mark.parametrize(
    ("text", "answer", "place"),
    [
        (r"So \boxed{5}.", "5", "box"),
        (r"So \boxed{\frac{1}{2}}.", r"\frac{1}{2}", "box"),
        (r"\fbox{5}", "5", "box"),
        (r"\boxed 5", "5", "box"),
        (r"\boxed{7} wait, no: \boxed{8}", "8", "box"),
        (r"First \boxed{3}. Therefore the final answer is \boxed{5}.", "5", "box"),
        (r"<think>\boxed{1} or \boxed{2}</think> \boxed{5}", "5", "box"),
        ("so it is\n#### 72", "72", "hashes"),
        ("Step\nA: 41", "41", "label"),
        ("<answer>x+1</answer>", "x+1", "answer_tag"),
        ("The answer is 42.", "42", "stated"),
        ("The answer is $x^2$.", "x^2", "stated"),
        ("The answer is: **7**", "7", "stated"),
        ("The final answer is 3.5.", "3.5", "stated"),
        ("Reasoning.\n\n**73**", "73", "bold"),
        ("Hence x = 5.", "x = 5", "conclusion"),
        ("Therefore, $y = 2$.", "y = 2", "conclusion"),
        ("42", "42", "whole"),
        (r"$\frac12$", r"$\frac12$", "whole"),
    ],
)
def test_lenient_finds(text: str, answer: str, place: str) -> None:
    found = extract(text, "lenient")
    assert (found.text, found.place, found.problem) == (answer, place, "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I considered 42, 43 and 44.",
        "Candidates: $1$, $2$, $3$. I am not sure which.",
        r"\boxed{}",
        r"\boxed{ }",
        "We get 3 apples and 4 pears in the first step, then we add 5 of them to the pile",
        r"\boxed{1}</think>",
    ],
)
def test_lenient_finds_nothing(text: str) -> None:
    verdict = VERIFIER.verify({"answer": "1"}, text)
    assert verdict.status is Status.NO_ANSWER
    assert verdict.score == 0.0


@pytest.mark.parametrize(
    "text",
    [
        r"\boxed{1} or \boxed{2}",
        r"\boxed{1}, or maybe \boxed{2}",
        r"\boxed{1}. Alternatively, \boxed{2}.",
        r"\boxed{1} or 2",
        r"It is 2 or \boxed{1}",
        r"\boxed{2}. Some words that say nothing. \boxed{1}",
        r"\boxed{2}. Wait, actually the answer is 1",
        r"\boxed{2} and \boxed{1} and \boxed{2}",
        "The answer is 1 or 2.",
        "The answer is 1, or maybe the answer is 2.",
    ],
)
@pytest.mark.parametrize("gold", ["1", "2"])
def test_hedging_never_pays(text: str, gold: str) -> None:
    assert not VERIFIER.verify({"answer": gold}, text).correct


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (r"\boxed{5}", Status.CORRECT),
        (r"\boxed{5} so \boxed{5.}", Status.CORRECT),
        (r"\boxed{7} wait, no: \boxed{5}", Status.HEDGED),
        (r"The answer is 5.", Status.NO_ANSWER),
        ("#### 5", Status.CORRECT),
        ("A: 5", Status.CORRECT),
        ("<answer>5</answer>", Status.CORRECT),
        (r"\boxed{5", Status.MALFORMED),
        (r"<think> hm \boxed{5}", Status.NO_ANSWER),
        (r"<think> \boxed{6} </think> \boxed{5}", Status.CORRECT),
        (r"\boxed{5}" + " " * 2_000_000, Status.LIMIT),
    ],
)
def test_strict(text: str, status: Status) -> None:
    assert VERIFIER.verify({"answer": "5"}, text, extraction="strict").status is status


def test_last_boxed_takes_the_last() -> None:
    assert VERIFIER.verify({"answer": "5"}, r"\boxed{7} or \boxed{5}", extraction="last_boxed").correct
    assert VERIFIER.verify({"answer": "5"}, "5", extraction="last_boxed").status is Status.NO_ANSWER


def test_several_boxes_are_a_list() -> None:
    assert VERIFIER.verify({"answer": "6,7"}, r"$\boxed{6}$ and $\boxed{7}$").correct
    assert not VERIFIER.verify({"answer": "7"}, r"$\boxed{6}$ and $\boxed{7}$").correct


def test_unclosed_box() -> None:
    assert VERIFIER.verify({"answer": "5"}, r"\boxed{5").correct
    assert not VERIFIER.verify({"answer": "5"}, r"\boxed{5", unclosed_box="refused").correct


def test_the_verdict_tells_what_was_graded_and_never_the_gold_answer() -> None:
    verdict = VERIFIER.verify({"answer": "123456789"}, r"\boxed{5}")
    assert verdict.extracted == "5"
    assert "123456789" not in str(verdict.to_dict())
    assert verdict.reason == "value_mismatch"
    assert verdict.method == "rational"
    assert verdict.elapsed > 0
