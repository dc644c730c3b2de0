"""Dates, quantities and amounts as people write them, to be given in one canonical form."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from assay.envs.data.family import DataFamily, Item, pick_shape, template

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DATE_OPENINGS = (
    "Give this date as YYYY-MM-DD: {text}",
    "Which day is meant by the following? Answer with YYYY-MM-DD only.\n{text}",
    "{text}\nWrite that day in the form YYYY-MM-DD.",
    "Normalise to an ISO 8601 calendar date (YYYY-MM-DD): {text}",
    "As YYYY-MM-DD, please: {text}",
)


class Dates(DataFamily[tuple[Any, ...]]):
    """Written dates at low difficulty; days counted from a given today, across leap days, at high."""

    name: ClassVar[str] = "dates"
    topic: ClassVar[str] = "values"
    summary: ClassVar[str] = "a date in words or relative to a given day, as YYYY-MM-DD"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """The day, how it is told, and the numbers that the telling needs."""
        day = datetime.date(1950, 1, 1) + datetime.timedelta(rng.randrange(40_000))
        if difficulty >= 4 and rng.random() < 0.3:
            day = datetime.date(rng.choice((1996, 2000, 2004, 2024)), *rng.choice(((2, 28), (2, 29), (3, 1))))
        shape = pick_shape(rng, len(DATE_SHAPES), difficulty)
        return day.isoformat(), shape, rng.randrange(2, 5 + 40 * difficulty), rng.randrange(1 << 16)

    def key(self, params: tuple[Any, ...]) -> str:
        """What is said; a number that is drawn and not told is no difference."""
        text, shape, number, _ = params
        said: str = DATE_SHAPES[shape](datetime.date.fromisoformat(text), number)[0]
        return said

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """The surface form and the day it means."""
        text, shape, number, wording = params
        base = datetime.date.fromisoformat(text)
        said, answer = DATE_SHAPES[shape](base, number)
        prompt = template(DATE_OPENINGS, wording, split).format(text=said)
        return Item(prompt, "normalise", {"kind": "date", "expected": answer.isoformat()}, answer.isoformat())


def _long(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _months_on(day: datetime.date, count: int) -> datetime.date:
    """The first of the month `count` months after."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return datetime.date(year, month + 1, 1)


def _next_weekday(day: datetime.date, weekday: int) -> datetime.date:
    return day + datetime.timedelta((weekday - day.weekday() - 1) % 7 + 1)


def _next_weekday_told(day: datetime.date, number: int) -> tuple[str, datetime.date]:
    name = WEEKDAYS[number % 7]
    return f"Today is {_long(day)}, a {WEEKDAYS[day.weekday()]}; the first {name} after today", _next_weekday(
        day, number % 7
    )


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


DATE_SHAPES: tuple[Callable[[datetime.date, int], tuple[str, datetime.date]], ...] = (
    lambda d, n: (_long(d), d),
    lambda d, n: (f"{MONTHS[d.month - 1]} {d.day}, {d.year}", d),
    lambda d, n: (f"{d.day:02}.{d.month:02}.{d.year} (day first)", d),
    lambda d, n: (f"{d.month}/{d.day}/{d.year} (month first, as in the United States)", d),
    lambda d, n: (f"the {_ordinal(d.day)} of {MONTHS[d.month - 1]} {d.year}", d),
    lambda d, n: (f"{n} days after {_long(d)}", d + datetime.timedelta(n)),
    lambda d, n: (f"{n} days before {_long(d)}", d - datetime.timedelta(n)),
    _next_weekday_told,
    lambda d, n: (f"day {d.timetuple().tm_yday} of the year {d.year} (1 January is day 1)", d),
    lambda d, n: (
        f"the last day of the month that is {n % 30 + 1} months after {MONTHS[d.month - 1]} {d.year}",
        _months_on(d, n % 30 + 2) - datetime.timedelta(1),
    ),
    lambda d, n: (f"{n} weeks and {n % 6} days after {_long(d)}", d + datetime.timedelta(7 * n + n % 6)),
)
"""Each from a day and a number to the words and the day that they mean."""

UNIT_OPENINGS = (
    "Convert {text} to {unit}. Answer with the number and the unit, such as 1.5 {unit}.",
    "How much is {text} in {unit}? Give number and unit (1.5 {unit}).",
    "{text} = ? Write the answer as a plain number followed by {unit}.",
    "Express {text} in {unit} (form: 1.5 {unit}).",
    "State {text} as a quantity in {unit}, e.g. 1.5 {unit}.",
)
UNITS: dict[str, dict[str, Decimal]] = {
    "length": {name: Decimal(size) for name, size in (("mm", "0.001"), ("cm", "0.01"), ("m", "1"), ("km", "1000"))},
    "mass": {name: Decimal(size) for name, size in (("mg", "0.001"), ("g", "1"), ("kg", "1000"), ("t", "1000000"))},
    "time": {name: Decimal(size) for name, size in (("s", "1"), ("min", "60"), ("h", "3600"), ("d", "86400"))},
    "volume": {name: Decimal(size) for name, size in (("ml", "0.001"), ("cl", "0.01"), ("l", "1"), ("m3", "1000"))},
}


class Quantities(DataFamily[tuple[Any, ...]]):
    """One quantity at difficulty 1; sums of several units and thousands separators higher up."""

    name: ClassVar[str] = "quantities"
    topic: ClassVar[str] = "values"
    summary: ClassVar[str] = "a quantity in other units, as number and unit"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """Whole multiples of the target unit's parts, so that the answer is a short decimal."""
        kind = rng.choice(tuple(UNITS))
        names = tuple(UNITS[kind])
        sources = tuple(rng.sample(names, 1 + (difficulty > 3) + (difficulty > 7)))
        target = rng.choice([name for name in names if (name,) != sources])
        numbers = tuple(rng.randrange(1, 10 ** (1 + difficulty // 2)) for _ in sources)
        if kind == "time":
            lowest = min(sources, key=lambda name: UNITS[kind][name])
            target = rng.choice([n for n in names if UNITS[kind][n] <= UNITS[kind][lowest]])
            if (target,) == sources:
                numbers, sources = (numbers[0], 1), (target, names[names.index(target) + 1] if target != "d" else "h")
                target = "s"
        return kind, tuple(zip(numbers, sources, strict=True)), target, difficulty >= 6, rng.randrange(1 << 16)

    def key(self, params: tuple[Any, ...]) -> str:
        """The terms and the unit; how thousands are written is no difference."""
        return repr(params[:3])

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """The terms as text; the value by exact decimals."""
        kind, terms, target, grouped, wording = params
        total = sum((UNITS[kind][unit] * number for number, unit in terms), Decimal(0)) / UNITS[kind][target]
        answer = format(total.normalize(), "f")
        said = " and ".join(f"{number:,} {unit}" if grouped else f"{number} {unit}" for number, unit in terms)
        prompt = template(UNIT_OPENINGS, wording, split).format(text=said, unit=target)
        spec = {"kind": "quantity", "expected": answer, "unit": target}
        return Item(prompt, "normalise", spec, f"{answer} {target}")


MONEY_OPENINGS = (
    "Write this amount as number, point, two decimals, space and currency code (12.50 EUR): {text}",
    "{text}\nGive the amount above in the form 12.50 EUR.",
    "Normalise the amount to the form 12.50 EUR: {text}",
    "As an amount like 12.50 EUR, with a point and two decimals: {text}",
    "Read the following and answer in the form 12.50 EUR: {text}",
)
CURRENCIES = (
    ("EUR", "€", "euros", "cents"),
    ("USD", "$", "dollars", "cents"),
    ("GBP", "£", "pounds", "pence"),
    ("CHF", "Fr.", "francs", "rappen"),
)
"""Code, sign, unit and its hundredth."""


class Amounts(DataFamily[tuple[Any, ...]]):
    """Amounts of money in the writings of several countries, in words and as sums."""

    name: ClassVar[str] = "amounts"
    topic: ClassVar[str] = "values"
    summary: ClassVar[str] = "an amount of money in some country's writing, as 12.50 EUR"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """Cents, currency, writing and wording."""
        cents = rng.randrange(100, 10 ** (4 + difficulty // 2))
        shape = pick_shape(rng, len(AMOUNT_SHAPES), difficulty)
        return cents, rng.randrange(len(CURRENCIES)), shape, rng.randrange(2, 9), rng.randrange(1 << 16)

    def key(self, params: tuple[Any, ...]) -> str:
        """What is said; a number that is drawn and not told is no difference."""
        cents, which, shape, number, _ = params
        return f"{AMOUNT_SHAPES[shape](cents, *CURRENCIES[which][1:], number)[0]} {CURRENCIES[which][0]}"

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """The surface form and the canonical amount."""
        cents, which, shape, number, wording = params
        code, *words = CURRENCIES[which]
        said, value = AMOUNT_SHAPES[shape](cents, *words, number)
        answer = f"{value // 100}.{value % 100:02} {code}"
        prompt = template(MONEY_OPENINGS, wording, split).format(text=f"{said} (currency code {code})")
        return Item(prompt, "normalise", {"kind": "money", "expected": answer}, answer)


def _grouped(whole: int, mark: str) -> str:
    return f"{whole:,}".replace(",", mark)


AMOUNT_SHAPES: tuple[Callable[[int, str, str, str, int], tuple[str, int]], ...] = (
    lambda c, s, w, h, n: (f"{s}{c // 100}.{c % 100:02}", c),
    lambda c, s, w, h, n: (f"{c // 100} {w} and {c % 100} {h}", c),
    lambda c, s, w, h, n: (f"{_grouped(c // 100, '.')},{c % 100:02} {s}", c),
    lambda c, s, w, h, n: (f"{_grouped(c // 100, ' ')},{c % 100:02} {s}", c),
    lambda c, s, w, h, n: (f"{_grouped(c // 100, ',')}.{c % 100:02} {w}", c),
    lambda c, s, w, h, n: (f"{_grouped(c // 100, chr(39))}.{c % 100:02} {w}", c),
    lambda c, s, w, h, n: (f"{n} times {s}{c // 100}.{c % 100:02}", n * c),
    lambda c, s, w, h, n: (f"{c} {h}", c),
    lambda c, s, w, h, n: (f"{s}{c // 100}.{c % 100:02} plus {n} {w}", c + 100 * n),
    lambda c, s, w, h, n: (f"half of the amount of {2 * c // 100} {w} and {2 * c % 100} {h}", c),
)
"""Each from hundredths, sign, unit, its hundredth and a number to the words and the hundredths that they mean."""
