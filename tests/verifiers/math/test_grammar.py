r"""The reader's grammar: linear in its input, on an explicit stack, and never anything but a tree or a refusal."""

import contextlib
import functools
import sys
from collections.abc import Callable
from fractions import Fraction
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.verifiers.math import read
from assay.verifiers.math.grammar import parse
from assay.verifiers.math.limits import LimitError, UnreadableError
from assay.verifiers.math.normalise import normalise
from assay.verifiers.math.tree import Num

UNITS = {
    "sum": ("x+", "x"),
    "product": ("x y ", "x"),
    "digits": ("1 ", "1"),
    "groups of three": ("234 ", "5"),
    "list": ("1,", "1"),
    "relation": ("x<", "x"),
    "words": (r"\text{a}", "x"),
    "primes": ("x'", "x"),
    "brackets side by side": ("(x)", "x"),
    "fractions": (r"\frac{1}{2}", "x"),
    "applications": ("f(x)", "x"),
    "marked heads": ("f^{2}", "x"),
    "ratios": ("1:", "1"),
    "signs": ("-", "1"),
    "bars": ("|x|", "x"),
    "unclosed": ("(", ""),
    "unclosed braces": ("{", ""),
    "roots": (r"\sqrt", "x"),
    "units": ("3 cm+", "3 cm"),
    "exponents": ("x^", "x"),
    "indices": ("x_", "x"),
    "unions": (r"(1,2)\cup", "(1,2)"),
    "matrix": ("&1", "1"),
    "commands": (r"\sin ", "x"),
    "dots": ("0.333... ", "1"),
}


def steps(work: Callable[[], Any]) -> int:
    """Lines of Python that a call executes: a count of work that no machine's speed changes."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        with contextlib.suppress(LimitError, UnreadableError):
            work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", UNITS)
def test_work_is_linear_in_the_length(name: str) -> None:
    unit, end = UNITS[name]
    one, two = (steps(functools.partial(parse, unit * n + end)) for n in (60, 240))
    assert two <= 4.4 * one + 2000


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    st.lists(st.sampled_from([unit for unit, _ in UNITS.values()] + ["}", ")", "]", r"\}", "=", "1", " "]), max_size=12)
)
def test_work_is_linear_for_any_mixture(pieces: list[str]) -> None:
    text = "".join(pieces)
    one, two = (steps(functools.partial(parse, text * n)) for n in (10, 40))
    assert two <= 4.4 * one + 3000


def at_depth(depth: int, work: Callable[[], Any]) -> Any:
    return work() if depth == 0 else at_depth(depth - 1, work)


@pytest.mark.parametrize(
    "text",
    ["(" * 60 + "x" + ")" * 60, r"\sqrt{1+" * 38 + "x" + "}" * 38, "x_{" * 60 + "1" + "}" * 60, r"\hat " * 8 + "x"],
)
def test_nesting_takes_no_stack(text: str) -> None:
    """Sixty frames are enough for any depth of nesting."""
    expected = parse(text)
    depth = 0
    frame: FrameType | None = sys._getframe()  # pyright: ignore[reportPrivateUsage]
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    assert at_depth(sys.getrecursionlimit() - depth - 60, lambda: parse(text)) == expected


CHARACTERS = [*"0123456789xyzef+-*/^_=<>()[]{}|,;:.!'% \\&", r"\frac", r"\sqrt ", r"\text", r"\pm ", r"\over "]


@settings(max_examples=1500, deadline=None, derandomize=True, database=None)
@given(st.lists(st.sampled_from(CHARACTERS), max_size=60).map("".join))
def test_any_text_is_a_tree_or_a_refusal(text: str) -> None:
    with contextlib.suppress(LimitError, UnreadableError):
        parse(normalise(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.333...", Fraction(1, 3)),
        (r"0.1666\ldots", Fraction(1, 6)),
        (r"0.2727\dots", Fraction(3, 11)),
        ("0.142857142857...", Fraction(1, 7)),
        ("2.0999...", Fraction(21, 10)),
        (r"{2\over 3}", Fraction(2, 3)),
        (r"\log_2\frac14", None),
        ("2 1/4", Fraction(9, 4)),
        (r"2\frac14", Fraction(9, 4)),
        (r"\frac123", Fraction(3, 2)),
        ("1 000 000", Fraction(10**6)),
    ],
)
def test_numbers_are_exact(text: str, value: Fraction | None) -> None:
    node = read(text)
    if value is not None:
        assert isinstance(node, Num) or text == r"\frac123"
        assert not isinstance(node, Num) or node.value == value


@pytest.mark.parametrize("text", ["0.33...", "3.14159...", "5...6", "1,2,...,9", "0.5...1", "...", "0..5"])
def test_dots_that_could_stand_for_anything_are_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read(text)
