"""`normalise`: a date, time, number, quantity or amount in the one canonical form the item asks for.

Policy `normalise@1`: the answer is the canonical text itself, ASCII only, white space around it aside.

| `spec["kind"]` | canonical form | equal when |
| --- | --- | --- |
| `date` | `2024-02-29` | same text, a real day |
| `time` | `09:30` or `09:30:00` | same text |
| `datetime` | `2024-02-29T09:30:00+02:00`, offset or `Z` as expected | same text, a real moment |
| `duration` | ISO 8601, `PT1H30M` | same text |
| `number` | a JSON number | same value, or within `abs_tol` or `rel_tol` |
| `integer` | a JSON integer without fraction or exponent | same value |
| `quantity` | number and `unit`, `1.5 km` | same value or within the tolerance, and that very unit |
| `money` | amount and currency code, `12.50 EUR` | same value, the digits of `expected` after the point, same code |
| `text` | the text itself | same code points |
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from assay.verifiers.data.answer import read_answer
from assay.verifiers.data.model import Equality, read_bound
from assay.verifiers.data.outcome import DataVerifier, Outcome, Refusal, read_choice
from assay.verifiers.data.strict_json import read_number
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status

MAX_ANSWER_BYTES = 10_000
"""Longest response, unless the spec's `max_bytes` says otherwise."""

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", re.ASCII)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
_QUANTITY = re.compile(rf"({_NUMBER.pattern}) ?([^\s0-9.+-]\S*(?: \S+)*)")
_MONEY = re.compile(r"(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?) ([A-Z]{3})", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?", re.ASCII)
_DATETIME = re.compile(rf"({_DATE.pattern})T({_TIME.pattern})(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?", re.ASCII)
_DURATION = re.compile(
    r"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+W)?(?:[0-9]+D)?"
    r"(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?",
    re.ASCII,
)


class NormaliseVerifier(DataVerifier):
    """Spec: `{"kind", "expected"}` (canonical text); `unit` for quantities, `abs_tol` and `rel_tol` for numbers."""

    kind: ClassVar[str] = "normalise"
    required = frozenset({"kind", "expected"})
    optional = frozenset({"unit", "abs_tol", "rel_tol"})

    def grade(self, settings: Mapping[str, Any], response: str) -> Outcome:
        """Read the canonical form, compare."""
        what = read_choice(settings, "kind", tuple(FORMS), "text")
        rules = Equality(read_bound(settings, "abs_tol"), read_bound(settings, "rel_tol"))
        numeric = what in ("number", "quantity")
        if not numeric and not rules.exact:
            raise SpecError(f"a tolerance has no meaning for {what}")
        unit = settings.get("unit")
        if (what == "quantity") != isinstance(unit, str):
            raise SpecError("unit must be given for quantities, and for them alone")
        expected = settings["expected"]
        if isinstance(expected, (int, float)) and not isinstance(expected, bool) and (numeric or what == "integer"):
            expected = repr(expected)
        if not isinstance(expected, str):
            raise SpecError(f"expected must be canonical text, got {expected!r}")
        wanted = FORMS["number" if what == "quantity" else what](expected)
        if wanted is None:
            raise SpecError(f"expected {expected!r} is not the canonical form of a {what}")
        if what == "quantity":
            wanted = (wanted, unit)
        answer = read_answer(settings, response, MAX_ANSWER_BYTES).strip(" \t\r\n")
        given = FORMS[what](answer)
        if given is None:
            raise Refusal(Status.MALFORMED, f"not_a_{what}", f"The answer is not a {what} in its canonical form.")
        if _same(rules, wanted, given):
            return Outcome(True, 1.0, "equal", "The answer is right.", answer, what)
        return Outcome(False, 0.0, "value_mismatch", f"The {what} is not the right one.", answer, what)


def _same(rules: Equality, wanted: Any, given: Any) -> bool:
    if isinstance(wanted, tuple):
        return wanted[1] == given[1] and rules.same(wanted[0], given[0])
    return rules.same(wanted, given)


def _number(text: str) -> Any:
    return read_number(text) if _NUMBER.fullmatch(text) else None


def _integer(text: str) -> Any:
    return read_number(text) if _INTEGER.fullmatch(text) else None


def _quantity(text: str) -> Any:
    match = _QUANTITY.fullmatch(text)
    return (read_number(match[1]), match[2]) if match else None


def _money(text: str) -> Any:
    match = _MONEY.fullmatch(text)
    return f"{Decimal(match[1])} {match[2]}" if match else None


def _date(text: str) -> Any:
    if not _DATE.fullmatch(text):
        return None
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return text


def _datetime(text: str) -> Any:
    match = _DATETIME.fullmatch(text)
    return text if match and _date(match[1]) is not None else None


FORMS: dict[str, Callable[[str], Any]] = {
    "date": _date,
    "time": lambda text: text if _TIME.fullmatch(text) else None,
    "datetime": _datetime,
    "duration": lambda text: text if _DURATION.fullmatch(text) else None,
    "number": _number,
    "integer": _integer,
    "quantity": _quantity,
    "money": _money,
    "text": lambda text: text,
}
"""Canonical form of each kind: its value, or None for a text that is not in that form."""

VERIFIER = NormaliseVerifier()
