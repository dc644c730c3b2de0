"""The codec: values come back as they were, nothing but data crosses, and no text does anything but fail."""

import collections
import json
import math
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.verifiers.code.codec import CodecError, decode, encode

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(2**300), 2**300)
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.fractions()
)
KEYS = st.integers() | st.text() | st.tuples(st.integers(), st.text())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(KEYS, inner) | st.sets(KEYS),
    max_leaves=20,
)


@given(VALUES)
def test_values_come_back_as_they_were(value: Any) -> None:
    back = decode(encode(value))
    assert back == value
    assert type(back) is type(value)


@given(st.text() | st.binary())
def test_any_text_is_a_value_or_refused(text: str | bytes) -> None:
    try:
        decode(text)
    except CodecError:
        return


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("istzqdbycrQDfx"), inner),
        max_leaves=10,
    )
)
def test_any_json_is_a_value_or_refused(node: Any) -> None:
    try:
        decode(json.dumps(node))
    except CodecError:
        return


@given(st.sets(st.integers() | st.text()))
def test_equal_sets_have_equal_texts(values: set[Any]) -> None:
    assert encode(values) == encode({*sorted(values, key=repr, reverse=True)})


class Point(NamedTuple):
    x: int
    y: int


class Liar(int):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class LyingList(list[int]):
    def __len__(self) -> int:
        return 3

    def __iter__(self) -> Any:
        return iter([1, 2, 3])


def test_subclasses_are_flattened_without_asking_them() -> None:
    assert type(decode(encode(Liar(5)))) is int
    assert decode(encode(LyingList([7]))) == [7]
    assert type(decode(encode(collections.Counter("aab")))) is dict
    assert decode(encode(Point(1, 2))) == (1, 2)


def test_rarer_values() -> None:
    for value in (
        Decimal("1.50"),
        Fraction(1, 3),
        1 + 2j,
        range(1, 9, 2),
        collections.deque([1]),
        bytearray(b"x"),
        frozenset({1}),
    ):
        assert decode(encode(value)) == value
    assert math.isnan(decode(encode(float("nan"))))
    assert decode(encode(float("-inf"))) == -math.inf
    assert decode(encode(iter([1, 2]))) == [1, 2]


@pytest.mark.parametrize("value", [object(), len, type, lambda: 0, [object()], {1: object()}])
def test_what_is_no_data_is_refused(value: Any) -> None:
    with pytest.raises(CodecError):
        encode(value)


def test_what_contains_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(CodecError):
        encode(loop)


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "Infinity",
        '{"x": 1}',
        '{"t": 1}',
        '{"i": "zz"}',
        '{"s": [[]]}',
        '{"d": [1]}',
        '{"t": [], "s": []}',
        "",
        "[",
        "9" * 5000,
        "[" * 100000,
    ],
)
def test_forged_texts_are_refused(text: str) -> None:
    with pytest.raises(CodecError):
        decode(text)
