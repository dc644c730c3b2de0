"""The JSON data model: when two values are the same, and how much of one is found in another.

Policy `equal@1`: numbers are equal by value (1 = 1.0 = 1e0, exactly, as decimals) or within the item's tolerance;
true is not 1; text is compared code point by code point unless the spec asks for a Unicode normal form; a missing
key is not null; the order of keys does not matter and that of arrays does, unless the spec says `unordered`.

Values are what `strict_json.read_json` gives; values from a spec go through `canonical` first.
"""

from __future__ import annotations

import itertools
import json
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

from assay.verifiers.data.outcome import Refusal
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status

MATCH_STEPS = 200_000
"""Most comparisons spent on pairing up unordered arrays whose elements are equal only within a tolerance."""


@dataclass(frozen=True, slots=True)
class Equality:
    """How values are compared.

    Attributes:
        absolute: Numbers may differ by this much.
        relative: Numbers may differ by this share of the expected one.
        unordered: True, or the JSON Pointers of the arrays whose order does not matter.
        normal_form: Unicode normal form applied to all text, or None.
    """

    absolute: Decimal = Decimal(0)
    relative: Decimal = Decimal(0)
    unordered: bool | frozenset[str] = False
    normal_form: str | None = None

    @property
    def exact(self) -> bool:
        """Whether numbers must be equal by value."""
        return not self.absolute and not self.relative

    def same(self, expected: Any, given: Any) -> bool:
        """Whether `given` is the expected value."""
        return _Comparison(self).same(expected, given, "")


EXACT = Equality()


def read_equality(settings: Mapping[str, Any]) -> Equality:
    """The spec's `tolerance`, `unordered` and `unicode`.

    Raises:
        SpecError: One of them cannot be used.
    """
    if not {"tolerance", "unordered", "unicode"} & settings.keys():
        return EXACT
    tolerance = settings.get("tolerance") or {}
    if isinstance(tolerance, (int, float)) and not isinstance(tolerance, bool):
        tolerance = {"abs": tolerance}
    if not isinstance(tolerance, Mapping) or not set(tolerance) <= {"abs", "rel"}:
        raise SpecError(f"tolerance must be {{'abs': number, 'rel': number}}, got {tolerance!r}")
    unordered = settings.get("unordered", False)
    if not isinstance(unordered, bool):
        if not isinstance(unordered, (list, tuple)) or not all(isinstance(path, str) for path in unordered):
            raise SpecError(f"unordered must be true, false or a list of JSON Pointers, got {unordered!r}")
        unordered = frozenset(path if path == "" or path.startswith("/") else f"/{path}" for path in unordered)
    form = settings.get("unicode")
    if form not in (None, "exact", "NFC", "NFD", "NFKC", "NFKD"):
        raise SpecError(f"unicode must be 'exact' or a normal form such as 'NFC', got {form!r}")
    return Equality(
        read_bound(tolerance, "abs"), read_bound(tolerance, "rel"), unordered, None if form == "exact" else form
    )


def read_bound(settings: Mapping[str, Any], name: str) -> Decimal:
    """A number from 0 up, given as number or text; 0 where it is missing.

    Raises:
        SpecError: It is something else.
    """
    value = settings.get(name, 0)
    try:
        bound = Decimal(-1) if isinstance(value, bool) else Decimal(str(value))
    except ArithmeticError:
        bound = Decimal(-1)
    if not bound.is_finite() or bound < 0:
        raise SpecError(f"{name} must be a number from 0 up, got {value!r}")
    return bound


def canonical(value: Any, where: str = "expected") -> Any:
    """A value from a spec in the form that `read_json` gives: floats become decimals, tuples lists.

    Raises:
        SpecError: It is no JSON value; names the place.
    """
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise SpecError(f"{where} holds {value!r}, which is no JSON number")
        return Decimal(repr(value))
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise SpecError(f"{where} holds {value!r}, which is no JSON number")
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise SpecError(f"{where} has a key that is not text")
        return {key: canonical(entry, f"{where}/{key}") for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [canonical(entry, f"{where}/{index}") for index, entry in enumerate(value)]
    raise SpecError(f"{where} holds a {type(value).__name__}, which is no JSON value")


def is_number(value: Any) -> bool:
    """Whether a value is a JSON number (true is not)."""
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def fingerprint(value: Any) -> str:
    """A text that two values share exactly when they are equal without tolerance."""
    if value is None or isinstance(value, bool):
        return f"={value}"
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, int):
        return f"#{value}"
    if isinstance(value, Decimal):
        return f"#{int(value)}" if value == value.to_integral_value() else f"#{value.normalize(_WIDE)}"
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{fingerprint(value[key])}" for key in sorted(value)) + "}"
    return "[" + ",".join(map(fingerprint, value)) + "]"


def leaf_facts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every scalar and empty container of a value with its JSON Pointer: what partial credit counts."""
    if isinstance(value, dict) and value:
        for key, entry in value.items():
            yield from leaf_facts(entry, f"{path}/{escape_pointer(key)}")
    elif isinstance(value, list) and value:
        for index, entry in enumerate(value):
            yield from leaf_facts(entry, f"{path}/{index}")
    else:
        yield path, fingerprint(value)


def f1(expected: Counter[Any], given: Counter[Any]) -> tuple[float, int]:
    """F1 of two multisets and how many members they share; a repeated member counts as often as it is there.

    F1 = 2 tp / (|expected| + |given|), the harmonic mean of precision and recall (van Rijsbergen 1979).
    """
    shared = sum((expected & given).values())
    total = sum(expected.values()) + sum(given.values())
    return (2 * shared / total if total else 1.0), shared


def document_credit(expected: Any, given: Any) -> float:
    """F1 over the leaf facts of two documents; below 1 unless they are equal.

    A document with far more facts than expected earns nothing, and is not counted to its end.
    """
    wanted = Counter(leaf_facts(expected))
    limit = 20 * wanted.total() + 1000
    found = list(itertools.islice(leaf_facts(given), limit + 1))
    return 0.0 if len(found) > limit else f1(wanted, Counter(found))[0]


def escape_pointer(key: str) -> str:
    """A key as a reference token of a JSON Pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


_WIDE = Context(prec=2000)


class _Comparison:
    """One comparison with its step budget."""

    def __init__(self, rules: Equality) -> None:
        self.rules = rules
        self.steps = 0

    def same(self, expected: Any, given: Any, path: str) -> bool:
        self.steps += 1
        if expected is None or isinstance(expected, bool):
            return given is expected
        if isinstance(expected, str):
            return isinstance(given, str) and self._text(expected) == self._text(given)
        if isinstance(expected, dict):
            if not isinstance(given, dict):
                return False
            if self.rules.normal_form is not None:
                expected, given = self._keys(expected), self._keys(given)
            if expected.keys() != given.keys():
                return False
            return all(self.same(entry, given[key], f"{path}/{escape_pointer(key)}") for key, entry in expected.items())
        if isinstance(expected, list):
            if not isinstance(given, list) or len(expected) != len(given):
                return False
            if self.rules.unordered is True or (self.rules.unordered and path in self.rules.unordered):
                return self._same_multiset(expected, given, path)
            return all(self.same(e, g, f"{path}/{i}") for i, (e, g) in enumerate(zip(expected, given, strict=True)))
        return is_number(given) and self._same_number(expected, given)

    def _same_number(self, expected: int | Decimal, given: int | Decimal) -> bool:
        if expected == given:
            return True
        if self.rules.exact:
            return False
        wide, narrow = Decimal(expected), Decimal(given)
        allowed = max(self.rules.absolute, _WIDE.multiply(self.rules.relative, wide.copy_abs()))
        return _WIDE.subtract(wide, narrow).copy_abs() <= allowed

    def _text(self, text: str) -> str:
        form = self.rules.normal_form
        return text if form is None else unicodedata.normalize(form, text)  # type: ignore[arg-type]

    def _keys(self, table: dict[str, Any]) -> dict[str, Any]:
        renamed = {self._text(key): entry for key, entry in table.items()}
        return renamed if len(renamed) == len(table) else table

    def _same_multiset(self, expected: list[Any], given: list[Any], path: str) -> bool:
        """Pair every expected element with a different given one (augmenting paths, so no greedy mistake)."""
        partner: dict[int, int] = {}

        def place(index: int, seen: set[int]) -> bool:
            for step in range(len(given)):
                other = (index + step) % len(given)  # where the order is kept, the first try is right
                if self.steps > MATCH_STEPS:
                    raise Refusal(Status.LIMIT, "too_many_comparisons", "The answer takes too long to compare.")
                if other not in seen and self.same(expected[index], given[other], f"{path}/{index}"):
                    seen.add(other)
                    if other not in partner or place(partner[other], seen):
                        partner[other] = index
                        return True
            return False

        if self.rules.exact and self.rules.unordered is True and self.rules.normal_form is None:
            return Counter(map(_unordered_fingerprint, expected)) == Counter(map(_unordered_fingerprint, given))
        return all(place(index, set()) for index in range(len(expected)))


def _unordered_fingerprint(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{_unordered_fingerprint(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(sorted(map(_unordered_fingerprint, value))) + "]"
    return fingerprint(value)
