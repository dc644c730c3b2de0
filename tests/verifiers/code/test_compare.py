"""When an output is right."""

from typing import Any

import pytest

from assay.verifiers.code.compare import Policy, texts_equal, values_equal


@pytest.mark.parametrize(
    ("expected", "actual", "equal"),
    [
        ("14\n", "14", True),
        ("14\n", "14 \n\n", True),
        ("14\n", "14\r\n", True),
        ("1 2\n3\n", "1 2 \n3", True),
        ("14\n", " 14\n", False),
        ("14\n", "\n14\n", False),
        ("14\n", "14.0\n", False),
        ("1 2\n", "1  2\n", False),
        ("1 2\n", "1\n2\n", False),
        ("3.3333333333\n", "3.3333333333333335\n", True),
        ("3.3333333333\n", "3.34\n", False),
        ("x 0.5 y\n", "x 0.50000001 y\n", True),
        ("x 0.5 y\n", "z 0.5 y\n", False),
        ("0.5\n", "nan\n", False),
        ("0.5\n", "inf\n", False),
        ("0.5\n", "5e-1\n", True),
        ("0.5\n", "0_.5\n", False),
        ("", "\n", True),
        ("a\n", "", False),
    ],
)
def test_lines(expected: str, actual: str, equal: bool) -> None:
    assert texts_equal(expected, actual, Policy()) is equal


def test_tokens_order_and_exactness() -> None:
    assert texts_equal("1 2\n", "1\n2", Policy(form="tokens"))
    assert not texts_equal("1 2\n", "2 1", Policy(form="tokens"))
    assert texts_equal("a\nb\n", "b\na\n", Policy(order="any"))
    assert not texts_equal("a\nb\nb\n", "b\na\na\n", Policy(order="any"))
    assert not texts_equal("a\n", "a", Policy(form="exact"))


@pytest.mark.parametrize(
    ("expected", "actual", "equal"),
    [
        ([1, 2], (1, 2), True),
        ([1, 2], [2, 1], False),
        ([1, 2], {1, 2}, False),
        (0.1 + 0.2, 0.3, True),
        (0.3, 0.31, False),
        (0.3, float("nan"), False),
        (float("nan"), float("nan"), True),
        (float("inf"), 1e308, False),
        (1.0, 10**400, False),
        (3, 3.0, True),
        (3, 3.0000001, False),
        ("a", b"a", False),
        ({"a": 1.0}, {"a": 1}, True),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ([], None, False),
        (0, None, False),
        (0, "0", False),
    ],
)
def test_values(expected: Any, actual: Any, equal: bool) -> None:
    assert values_equal(expected, actual, Policy(rtol=1e-9, atol=1e-9)) is equal


def test_values_in_any_order() -> None:
    policy = Policy(order="any")
    assert values_equal([1, 2, 2], [2, 1, 2], policy)
    assert not values_equal([1, 2, 2], [1, 1, 2], policy)


@pytest.mark.parametrize(
    ("expected", "actual", "right"),
    [
        ([{"a": 1, "b": 2}, {"a": 2, "b": 1}], [{"b": 1, "a": 2}, {"b": 2, "a": 1}], True),
        ([[1, 2], [3, 4]], [(3, 4), [1, 2]], True),
        ([[0.3, 1], [0.3, 2]], [[0.1 + 0.2, 1], [0.3, 2]], True),
        ([1.0, 1.0000005, 5.0], [1.0000012, 1.0, 5.0], True),
        ([{1}, {2}], [{2}, {1}], True),
        ([1, 1, 2], [1, 2, 2], False),
        ([1, 2], ["1", 2], False),
        (list(range(5000)), list(reversed(range(5000))), True),
        (list(range(5000)), [*range(4999), 0], False),
    ],
)
def test_items_in_any_order_are_matched_not_sorted(expected: object, actual: object, right: bool) -> None:
    assert values_equal(expected, actual, Policy(order="any")) is right


def test_lines_in_any_order_are_matched_not_sorted() -> None:
    assert texts_equal("9.9999999999\n5.0\n", "10.0\n5.0\n", Policy(order="any"))
    assert texts_equal("9.9999999999\n5.0\n", "5.0\n10.0\n", Policy(order="any"))
    assert not texts_equal("9.9\n5.0\n", "5.0\n10.0\n", Policy(order="any"))
