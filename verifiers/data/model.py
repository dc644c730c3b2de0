"""The JSON data model: when two values are the same, and how much of one is found in another.

Policy `equal@2`: numbers are equal by value (1 = 1.0 = 1e0, exactly, as decimals) or within the item's tolerance;
true is not 1; text, keys included, is compared code point by code point unless the spec asks for a Unicode normal
form; a missing key is not null; the order of keys does not matter and that of arrays does, unless the spec says
`unordered`. Unordered arrays are paired by a maximum matching (`matching.py`), not greedily.

Values are what `strict_json.read_json` gives; values from a spec go through `canonical` first.
"""

from __future__ import annotations

import itertools
import json
import math
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

from assay.verifiers.data.matching import matched
from assay.verifiers.data.outcome import Refusal
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status

MATCH_STEPS = 30_000
"""Most comparisons of values spent on pairing up unordered arrays, beyond four for each value of the expected one."""


@dataclass(frozen=True, slots=True)
class Equality:
    """How values are compared.

    Attributes:
        absolute: Numbers may differ by this much.
        relative: Numbers may differ by this share of the expected one.
        unordered: True, or the JSON Pointers of the arrays whose order does not matter; the token `*` is any index or
            key.
        normal_form: Unicode normal form applied to all text, or None.
        whole_exact: Whether the tolerance leaves out pairs of whole numbers.
    """

    absolute: Decimal = Decimal(0)
    relative: Decimal = Decimal(0)
    unordered: bool | frozenset[str] = False
    normal_form: str | None = None
    whole_exact: bool = False

    @property
    def exact(self) -> bool:
        """Whether numbers must be equal by value."""
        return not self.absolute and not self.relative

    def same(self, expected: Any, given: Any) -> bool:
        """Whether `given` is the expected value.

        Raises:
            Refusal: Unordered arrays take too long to compare.
        """
        return _Comparison(self, expected).same(self.normal(expected), self.normal(given), "")

    def same_multiset(self, expected: list[Any], given: list[Any]) -> bool:
        """Whether two lists hold the same values, each as often; `unordered` is meant within each of them.

        Raises:
            Refusal: They take too long to compare.
        """
        return len(expected) == len(given) and _Comparison(self, expected).paired(expected, given, None)

    def same_number(self, expected: int | Decimal, given: int | Decimal) -> bool:
        """Whether two numbers are equal, by value or within the tolerance."""
        if expected == given:
            return True
        if self.exact or (self.whole_exact and isinstance(expected, int) and isinstance(given, int)):
            return False
        return _WIDE.subtract(Decimal(expected), Decimal(given)).copy_abs() <= self.allowed(expected)

    def allowed(self, expected: int | Decimal) -> Decimal:
        """How far a number may be from an expected one."""
        return max(self.absolute, _WIDE.multiply(self.relative, Decimal(expected).copy_abs()))

    def is_free(self, path: str) -> bool:
        """Whether the order of the array at a JSON Pointer does not matter."""
        if isinstance(self.unordered, bool):
            return self.unordered
        return path in self.unordered or any("*" in free and _matches(free, path) for free in self.unordered)

    def normal(self, value: Any) -> Any:
        """The value with all its text in the normal form, keys included.

        Raises:
            Refusal: Two keys of an object become the same.
        """
        if self.normal_form is None:
            return value
        if isinstance(value, str):
            return unicodedata.normalize(self.normal_form, value)  # type: ignore[arg-type]
        if isinstance(value, list):
            return [self.normal(entry) for entry in value]
        if not isinstance(value, dict):
            return value
        table = {self.normal(key): self.normal(entry) for key, entry in value.items()}
        if len(table) < len(value):
            raise Refusal(Status.MALFORMED, "duplicate_key", "An object has two keys of the same normal form.")
        return table

    def nearest(self, expected: Any, given: Any) -> Any:
        """The given value with each number that is within the tolerance of its counterpart replaced by that one."""
        if self.exact:
            return given
        if isinstance(expected, dict) and isinstance(given, dict):
            return {k: self.nearest(expected[k], entry) if k in expected else entry for k, entry in given.items()}
        if isinstance(expected, list) and isinstance(given, list):
            known = [self.nearest(e, g) for e, g in zip(expected, given, strict=False)]
            return known + given[len(known) :]
        number: Any = expected
        return number if is_number(number) and is_number(given) and self.same_number(number, given) else given


def _matches(pattern: str, path: str) -> bool:
    wanted, tokens = pattern.split("/"), path.split("/")
    return len(wanted) == len(tokens) and all(a in ("*", b) for a, b in zip(wanted, tokens, strict=True))


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


def read_expected(settings: Mapping[str, Any], rules: Equality, name: str = "expected") -> Any:
    """The canonical value of a field, its text in the normal form of the rules.

    Raises:
        SpecError: It is no JSON value, or two of its keys have the same normal form.
    """
    value = canonical(settings[name], name)
    try:
        return rules.normal(value)
    except Refusal as refusal:
        raise SpecError(f"{name}: {refusal.message}") from refusal


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


def leaf_facts(value: Any, path: str = "", rules: Equality = EXACT) -> Iterator[tuple[str, str]]:
    """Every scalar and empty container of a value with its JSON Pointer: what partial credit counts.

    Elements of arrays whose order does not matter all have the token `*` instead of their index.
    """
    if isinstance(value, dict) and value:
        for key, entry in value.items():
            yield from leaf_facts(entry, f"{path}/{escape_pointer(key)}", rules)
    elif isinstance(value, list) and value:
        free = rules.is_free(path)
        for index, entry in enumerate(value):
            yield from leaf_facts(entry, f"{path}/{'*' if free else index}", rules)
    else:
        yield path, fingerprint(value)


def f1(expected: Counter[Any], given: Counter[Any]) -> tuple[float, int]:
    """F1 of two multisets and how many members they share; a repeated member counts as often as it is there.

    F1 = 2 tp / (|expected| + |given|), the harmonic mean of precision and recall (van Rijsbergen 1979).
    """
    shared = sum((expected & given).values())
    total = sum(expected.values()) + sum(given.values())
    return (2 * shared / total if total else 1.0), shared


def document_credit(expected: Any, given: Any, rules: Equality = EXACT) -> float:
    """F1 over the leaf facts of two documents.

    A document with far more facts than expected earns nothing, and is not counted to its end.
    """
    wanted = Counter(leaf_facts(expected, rules=rules))
    limit = 20 * wanted.total() + 1000
    found = list(itertools.islice(leaf_facts(rules.nearest(expected, given), rules=rules), limit + 1))
    return 0.0 if len(found) > limit else f1(wanted, Counter(found))[0]


def escape_pointer(key: str) -> str:
    """A key as a reference token of a JSON Pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


_WIDE = Context(prec=2000)


class _Comparison:
    """One comparison with its step budget."""

    def __init__(self, rules: Equality, expected: Any) -> None:
        self.rules = rules
        self.expected = expected
        self.steps = 0
        self.most_steps: int | None = None  # counted when first needed

    def same(self, expected: Any, given: Any, path: str) -> bool:
        self.steps += 1
        if expected is None or isinstance(expected, bool):
            return given is expected
        if isinstance(expected, str):
            return isinstance(given, str) and expected == given
        if isinstance(expected, dict):
            if not isinstance(given, dict) or expected.keys() != given.keys():
                return False
            return all(self.same(entry, given[key], f"{path}/{escape_pointer(key)}") for key, entry in expected.items())
        if isinstance(expected, list):
            if not isinstance(given, list) or len(expected) != len(given):
                return False
            if self.rules.unordered and self.rules.is_free(path):
                return self.paired(expected, given, path)
            return all(self.same(e, g, f"{path}/{i}") for i, (e, g) in enumerate(zip(expected, given, strict=True)))
        return is_number(given) and self.rules.same_number(expected, given)

    def paired(self, expected: list[Any], given: list[Any], path: str | None) -> bool:
        """Whether every expected element can have a given one of its own; without a path, each is its own root."""
        rules = self.rules
        if rules.exact and isinstance(rules.unordered, bool):
            return _tally(expected, rules.unordered) == _tally(given, rules.unordered)
        if self.most_steps is None:
            self.most_steps = MATCH_STEPS + 4 * _count(self.expected)
        wanted, found = Counter(map(fingerprint, expected)), Counter(map(fingerprint, given))
        if wanted == found:
            return True
        first = {fingerprint(element): index for index, element in reversed(list(enumerate(expected)))}
        others = list({fingerprint(element): element for element in given}.values())
        buckets: dict[str, list[tuple[Decimal, int]]] = {}
        for index, element in enumerate(others):
            shape = _shape(element, True, rules.exact)
            buckets.setdefault(shape, []).append((Decimal(_telling(element)), index))
        for bucket in buckets.values():
            bucket.sort()
        fits: list[list[int]] = []
        for index in first.values():
            element = expected[index]
            bucket = buckets.get(_shape(element, True, rules.exact), [])
            number = Decimal(_telling(element))
            allowed = rules.allowed(number)
            start = bisect_left(bucket, (_WIDE.subtract(number, allowed), -1))
            end = bisect_left(bucket, (_WIDE.add(number, allowed), len(others)))
            where = "" if path is None else f"{path}/{index}"
            partners: list[int] = []
            for _, other in bucket[start:end]:
                if self.same(element, others[other], where):
                    partners.append(other)
                if self.steps > self.most_steps:
                    raise Refusal(Status.LIMIT, "too_many_comparisons", "The answer takes too long to compare.")
            if not partners:
                return False
            fits.append(partners)
        counts = [found[fingerprint(other)] for other in others]
        return matched([wanted[name] for name in first], counts, fits) == len(expected)


def _tally(values: list[Any], free: bool) -> Counter[str]:
    return Counter(_shape(value, free, True) for value in values)


def _shape(value: Any, free: bool, exact: bool) -> str:
    """The fingerprint of a value: arrays sorted where their order is `free`, numbers blotted out unless `exact`."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{_shape(value[key], free, exact)}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        parts = [_shape(entry, free, exact) for entry in value]
        return "[" + ",".join(sorted(parts) if free else parts) + "]"
    return fingerprint(value) if exact or not is_number(value) else "#"


def _telling(value: Any) -> int | Decimal:
    """A number by which values of the same shape are told apart: the value, or its first member that is one; else 0."""
    if isinstance(value, dict):
        return next((value[key] for key in sorted(value) if is_number(value[key])), 0)
    return value if is_number(value) else 0


def _count(value: Any) -> int:
    count, stack = 0, [value]
    while stack:
        item = stack.pop()
        count += 1
        if isinstance(item, dict):
            stack += item.values()
        elif isinstance(item, list):
            stack += item
    return count
