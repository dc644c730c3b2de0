"""Strict JSON (RFC 8259, I-JSON in spirit): one reading of a text, or a refusal that says why.

Policy `json@1`: exactly one document; no duplicate keys; no NaN or Infinity; no number outside the range of a double
(neither 1e400 nor 1e-400); no lone surrogates; at most `max_depth` nested containers (64) and 1000 characters a
number. Integers stay exact integers of any size, other numbers become `Decimal`, so 9007199254740993 and 19.99
survive. A byte order mark, comments and trailing commas are errors.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from assay.verifiers.data.outcome import Refusal
from assay.verifiers.verdict import Status

MAX_DEPTH = 64
"""Deepest nesting of containers, unless a spec's `max_depth` says otherwise."""

HIGHEST_DEPTH = 400
"""Deepest nesting that a spec may ask for: comparison and printing recurse."""

NUMBER_CHARS = 1000
"""Longest number literal."""

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAYBE_SURROGATE = re.compile("[\ud800-\udfff]|\\\\u[dD][89a-fA-F]")


def read_json(text: str, max_depth: int = MAX_DEPTH) -> Any:
    """The value of a JSON text: dict, list, str, int, Decimal, bool or None.

    Raises:
        Refusal: The text is not one strict JSON document, or breaks a limit.
    """
    if depth_exceeds(text, max_depth):
        raise Refusal(Status.LIMIT, "too_deep", f"The document nests deeper than {max_depth} levels.")
    try:
        value = _DECODER.decode(text)
    except Refusal:
        raise
    except (ValueError, RecursionError) as error:
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Refusal(Status.MALFORMED, "not_json", f"The answer is not one JSON document{where}.") from error
    if _MAYBE_SURROGATE.search(text):
        check_text(value)
    return value


def depth_exceeds(text: str, max_depth: int) -> bool:
    """Whether brackets outside JSON strings nest deeper than `max_depth`; linear in the text."""
    if text.count("[") + text.count("{") <= max_depth:
        return False
    depth = 0
    for match in _TOKENS.finditer(text):
        first = text[match.start()]
        if first in "[{":
            depth += 1
            if depth > max_depth:
                return True
        elif first in "]}":
            depth -= 1
    return False


def check_text(value: Any) -> None:
    """Refuse strings with lone surrogates: no file can hold them.

    Raises:
        Refusal: One is there, in a key or a value.
    """
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            if _SURROGATE.search(item):
                raise Refusal(Status.MALFORMED, "lone_surrogate", "A string holds half of a surrogate pair.")
        elif isinstance(item, dict):
            stack += item.keys()
            stack += item.values()
        elif isinstance(item, list):
            stack += item


def read_number(text: str) -> int | Decimal:
    """The number of a decimal literal (integer, fraction, exponent) within the range of a double.

    Raises:
        Refusal: It is too long or out of range.
    """
    if len(text) > NUMBER_CHARS:
        raise Refusal(Status.LIMIT, "long_number", f"A number is longer than {NUMBER_CHARS} characters.")
    if not any(mark in text for mark in ".eE"):
        whole = int(text)
        if len(text) > 300:
            _check_range(Decimal(whole))
        return whole
    try:
        number = Decimal(text)
    except InvalidOperation as error:  # an exponent that even Decimal cannot hold
        message = "A number is outside the range of a double."
        raise Refusal(Status.MALFORMED, "number_out_of_range", message) from error
    if len(text) > 15 or "e" in text or "E" in text:
        _check_range(number)
    return number


def _check_range(number: Decimal) -> None:
    try:
        nearest = float(number)
    except OverflowError:
        nearest = float("inf")
    if nearest in (float("inf"), float("-inf")) or (nearest == 0.0 and number != 0):
        raise Refusal(Status.MALFORMED, "number_out_of_range", "A number is outside the range of a double.")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise Refusal(Status.MALFORMED, "duplicate_key", "An object has the same key twice.")
    return table


def _constant(name: str) -> NoReturn:
    raise Refusal(Status.MALFORMED, "not_json", f"{name} is not JSON.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_constant=_constant, parse_int=read_number, parse_float=read_number
)
