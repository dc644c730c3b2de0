"""The choices a user may make, their defaults, and their validation. `docs/math_policies.md` explains each one."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from assay.verifiers.errors import SpecError, UnknownNameError

CHOICES: dict[str, tuple[str, ...]] = {
    "extraction": ("lenient", "strict", "last_boxed"),
    "units": ("optional", "required"),
    "percent": ("optional", "required"),
    "base": ("stated", "digits", "value"),
    "symbols": ("real", "positive"),
    "intervals": ("any_notation", "same_notation"),
    "repeats": ("ignored", "counted"),
    "list_order": ("free", "fixed"),
    "ratio": ("reduced", "as_written"),
    "variable_names": ("same", "any"),
    "unclosed_box": ("read", "refused"),
    "gold_decimals": ("exact", "rounded"),
    "computer_algebra": ("on", "off"),
    "form": ("any", "written_out"),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """Every choice of the verifier; the defaults are the documented policy.

    Attributes:
        extraction: Where the answer is looked for in the response.
        units: Whether a unit that only one side has is a mistake.
        percent: Whether a bare number may stand for the percentage that the gold answer asks for.
        base: Whether 52_8 needs its base, may leave it out ("digits"), or may be converted ("value").
        symbols: What variables stand for when identities are checked.
        intervals: Whether 1 < x < 2 and (1, 2) are the same answer.
        repeats: Whether {1, 1, 2} is {1, 2}.
        list_order: Whether a list without brackets has an order.
        ratio: Whether 2:4 is 1:2.
        variable_names: Whether y = 5 answers x = 5.
        unclosed_box: Whether a box that the response never closes is read.
        gold_decimals: Whether a decimal gold answer is exact or rounded to its last place.
        computer_algebra: Whether the last rung (sympy in a worker) is used at all.
        form: Whether an answer may leave arithmetic open that the gold answer does not have: 347+58 for 405.
        approx_digits: A decimal of at least this many significant digits that is the correct rounding of a gold answer
            without a finite decimal form is right; 0 refuses all approximations.
        deadline_s: Longest wall time of one verdict in seconds.
    """

    extraction: str = "lenient"
    units: str = "optional"
    percent: str = "optional"
    base: str = "stated"
    symbols: str = "real"
    intervals: str = "any_notation"
    repeats: str = "ignored"
    list_order: str = "free"
    ratio: str = "reduced"
    variable_names: str = "same"
    unclosed_box: str = "read"
    gold_decimals: str = "exact"
    computer_algebra: str = "on"
    form: str = "any"
    approx_digits: int = 10
    deadline_s: float = 1.0


NAMES = tuple(field.name for field in fields(Policy))
DEFAULT = Policy()


def read_policy(spec: Mapping[str, Any], options: Mapping[str, Any]) -> Policy:
    """The policy of one check: defaults, then fields of the spec, then options.

    Raises:
        SpecError: An option is unknown or has a value that it cannot have; the message names the nearest valid ones.
    """
    if len(spec) == 1 and not options:
        return DEFAULT
    merged = {name: value for name, value in spec.items() if name != "answer"} | dict(options)
    if not merged:
        return DEFAULT
    try:
        return _policy(tuple(sorted(merged.items())))
    except TypeError:
        return _policy.__wrapped__(tuple(sorted(merged.items(), key=lambda item: item[0])))


@functools.lru_cache(maxsize=256, typed=True)
def _policy(items: tuple[tuple[str, Any], ...]) -> Policy:
    for name, value in items:
        if name not in NAMES:
            raise SpecError(str(UnknownNameError("math option", name, NAMES)))
        if name in CHOICES:
            if value not in CHOICES[name]:
                raise SpecError(str(UnknownNameError(f"value of math option {name!r}", value, CHOICES[name])))
        elif name == "approx_digits":
            if isinstance(value, bool) or not isinstance(value, int) or not (value == 0 or 4 <= value <= 40):
                raise SpecError(f"math option 'approx_digits' must be 0 or a whole number from 4 to 40, got {value!r}")
        elif isinstance(value, bool) or not isinstance(value, int | float) or not 0.01 <= value <= 600:
            raise SpecError(f"math option 'deadline_s' must be a number of seconds from 0.01 to 600, got {value!r}")
    return Policy(**dict(items))
