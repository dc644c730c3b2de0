"""Units of measure, currencies, percent signs and counted nouns.

A unit is a dimension (powers of base dimensions), an exact scale, and the noun it was written with. Two quantities
are compared in base units if both units are known; an unknown noun ("apples") has a dimension of its own.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from fractions import Fraction

Dimension = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: sorted powers of base dimensions, scale to base units, and how it was written.

    `scale_pi` counts factors of pi in the scale (a degree is pi/180); `offset` marks temperature scales, which are
    never converted.
    """

    dimension: Dimension
    scale: Fraction
    scale_pi: int = 0
    name: str = field(default="", compare=False)

    def times(self, other: Unit, power: int = 1) -> Unit:
        """This unit times another to a power."""
        powers = dict(self.dimension)
        for base, exponent in other.dimension:
            powers[base] = powers.get(base, 0) + exponent * power
        dimension = tuple(sorted((base, exponent) for base, exponent in powers.items() if exponent))
        return Unit(
            dimension, self.scale * other.scale**power, self.scale_pi + other.scale_pi * power, self.name + other.name
        )


NO_UNIT = Unit((), Fraction(1))
PERCENT = Unit((("percent", 1),), Fraction(1, 100), 0, "percent")
DEGREE = Unit((), Fraction(1, 180), 1, "degree")


_TABLE: dict[str, tuple[str, str | int | Fraction]] = {
    # length
    "m meter meters metre metres": ("L", 1),
    "cm centimeter centimeters centimetre centimetres": ("L", "1/100"),
    "mm millimeter millimeters millimetre millimetres": ("L", "1/1000"),
    "km kilometer kilometers kilometre kilometres": ("L", 1000),
    "nm nanometer nanometers nanometre nanometres": ("L", "1/1000000000"),
    "μm micrometer micrometers micron microns": ("L", "1/1000000"),
    "in inch inches": ("L", "127/5000"),
    "ft foot feet": ("L", "381/1250"),
    "yd yard yards": ("L", "1143/1250"),
    "mi mile miles": ("L", "201168/125"),
    # time
    "s sec secs second seconds": ("T", 1),
    "ms millisecond milliseconds": ("T", "1/1000"),
    "min mins minute minutes": ("T", 60),
    "h hr hrs hour hours": ("T", 3600),
    "day days": ("T", 86400),
    "week weeks": ("T", 604800),
    "month months": ("month", 1),
    "year years yr yrs": ("month", 12),
    "decade decades": ("month", 120),
    # mass
    "kg kilogram kilograms": ("M", 1),
    "g gram grams": ("M", "1/1000"),
    "mg milligram milligrams": ("M", "1/1000000"),
    "lb lbs pound pounds": ("M", "45359237/100000000"),
    "oz ounce ounces": ("M", "45359237/1600000000"),
    "ton tons": ("ton", 1),
    "tonne tonnes": ("M", 1000),
    # area and volume with their own names
    "L l liter liters litre litres": ("L3", "1/1000"),
    "mL ml milliliter milliliters millilitre millilitres": ("L3", "1/1000000"),
    "gallon gallons gal": ("gallon", 1),
    "acre acres": ("acre", 1),
    # derived
    "mph": ("speed", 1),
    "kph kmh": ("kmh", 1),
    "N newton newtons": ("L M T-2", 1),
    "J joule joules": ("L2 M T-2", 1),
    "kJ kilojoule kilojoules": ("L2 M T-2", 1000),
    "W watt watts": ("L2 M T-3", 1),
    "kW kilowatt kilowatts": ("L2 M T-3", 1000),
    "Pa pascal pascals": ("M L-1 T-2", 1),
    "kPa": ("M L-1 T-2", 1000),
    "Hz hertz": ("T-1", 1),
    "erg ergs": ("L2 M T-2", "1/10000000"),
    "V volt volts": ("volt", 1),
    "A amp amps ampere amperes": ("ampere", 1),
    "C coulomb coulombs": ("coulomb", 1),
    "ohm ohms": ("ohm", 1),
    "K kelvin kelvins": ("kelvin", 1),
    "mol mole moles": ("mole", 1),
    "eV": ("eV", 1),
    "rad radian radians": ("", 1),
    # currency: the main unit and its hundredth
    "dollar dollars usd USD buck bucks": ("dollar", 1),
    "cent cents ¢": ("dollar", "1/100"),
    "euro euros eur EUR": ("euro", 1),
    "gbp GBP": ("gbp", 1),
    "yen jpy JPY": ("yen", 1),
    "rupee rupees inr INR": ("rupee", 1),
    "percent percents": ("percent", "1/100"),
    # words that count without changing the value
    "unit units": ("", 1),
}


def _dimension(text: str) -> Dimension:
    powers: list[tuple[str, int]] = []
    for part in text.split():
        match = re.fullmatch(r"(.+?)(-?\d)?", part)
        assert match is not None
        powers.append((match[1], int(match[2] or 1)))
    return tuple(sorted(powers))


KNOWN: dict[str, Unit] = {
    word: Unit(_dimension(dimension), Fraction(scale), 0, words.split()[0])
    for words, (dimension, scale) in _TABLE.items()
    for word in words.split()
}
KNOWN["mph"] = KNOWN["mi"].times(KNOWN["h"], -1)
KNOWN["kph"] = KNOWN["kmh"] = KNOWN["km"].times(KNOWN["h"], -1)
KNOWN["degree"] = KNOWN["degrees"] = KNOWN["deg"] = DEGREE
KNOWN["celsius"] = Unit((("celsius", 1),), Fraction(1), 0, "celsius")
KNOWN["fahrenheit"] = Unit((("fahrenheit", 1),), Fraction(1), 0, "fahrenheit")

PLAIN = frozenset(word for word in KNOWN if len(word) >= 2) - {"in", "rad", "gal", "deg"}
"""Unit words that are read as units after a number even without \\text{}."""

PLAIN_COMPOUNDS = frozenset(
    ["m/s", "m/s^2", "m/s^{2}", "km/h", "km/s", "cm/s", "mi/h", "ft/s", "ft/s^2", "ft/s^{2}", "g/cm^3", "g/cm^{3}",
     "kg/m^3", "kg/m^{3}", "N/m", "J/K", "J/s", "N/C", "V/m", "km/hr", "mi/hr", "m/min", "g/L", "g/mL", "g/mol",
     "mol/L", "miles/hour", "meters/second", "km/hour", "W/m^2", "W/m^{2}"]
)  # fmt: skip
"""Compounds that are read as units after a number and a space without \\text{}."""

MULTIPLIERS = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
"""Words that multiply the number before them."""

_NOT_NOUNS = frozenset(
    [
        "not",
        "no",
        "nor",
        "is",
        "are",
        "isnt",
        "was",
        "be",
        "or",
        "and",
        "more",
        "less",
        "fewer",
        "greater",
        "smaller",
        "than",
        "at",
        "least",
        "most",
        "over",
        "under",
        "about",
        "approximately",
        "approx",
        "roughly",
        "around",
        "nearly",
        "almost",
        "maybe",
        "perhaps",
        "possibly",
        "probably",
        "except",
        "minus",
        "plus",
        "times",
        "wrong",
        "incorrect",
        "false",
        "true",
        "undefined",
        "dne",
        "any",
        "all",
        "both",
        "either",
        "neither",
        "if",
        "when",
        "where",
        "unless",
        "but",
        "other",
        "others",
        "another",
        "different",
        "half",
        "quarter",
        "third",
        "double",
        "twice",
        "triple",
        "squared",
        "cubed",
        "factorial",
        "to",
        "through",
        "until",
        "between",
        "mod",
        "modulo",
        "base",
        "choose",
        "divided",
        "over",
        "equals",
        "equal",
        "equivalent",
        "solution",
        "solutions",
        "impossible",
        "infinite",
        "infinitely",
    ]
)

_ADJECTIVES = frozenset(["different", "distinct", "possible", "total"])
"""Words that say nothing about the value where a noun follows: 6 different ways."""

_WORD = re.compile(r"[A-Za-zμΩ¢]+")


@functools.lru_cache(maxsize=4096)
def read_unit(text: str) -> Unit | None:
    """Read the words, powers, products and quotients that follow a number; None if they are not a unit.

    Examples: "cm^2", "m/s", "square inches", "apples", "dollars per hour".
    """
    flat = re.sub(r"\s*(\^|/|\*)\s*", r"\1", text.replace("{", "").replace("}", "").replace("·", "*")).strip(" .")
    flat = re.sub(r"\bper\b", "/", flat)
    flat = re.sub(r"\s*/\s*", "/", flat)
    if not flat or len(flat) > 60:
        return None
    total = NO_UNIT
    nouns: list[str] = []
    power_of_part = 1
    for sign, part in re.findall(r"(^|/)([^/]*)", flat):
        power_of_part = -1 if sign == "/" else 1
        if not sign and not part.strip() and flat.startswith("/"):
            if flat[1:].strip().lower() in MULTIPLIERS:
                return None  # 5 per thousand
            continue
        if sign == "/" and not part.strip():
            return None
        shape = 1
        for factor in re.split(r"[ *]+", part.strip()):
            match = re.fullmatch(r"([A-Za-zμΩ¢]+)\.?(?:\^?(-?\d))?", factor)
            if match is None:
                return None
            word, power = match[1], int(match[2] or 1)
            if word.lower() in _ADJECTIVES and not part.strip().endswith(factor):
                continue
            if word.lower() in _NOT_NOUNS:
                return None
            if word.lower() in ("square", "sq"):
                shape = 2
                continue
            if word.lower() == "cubic":
                shape = 3
                continue
            known = KNOWN.get(word) or KNOWN.get(word.lower())
            if known is not None and (len(nouns) == 0):
                total = total.times(known, power_of_part * power * shape)
            elif word.lower() in ("of", "the", "a", "an", "in", "each"):
                continue
            elif power != 1 or (len(word) == 1 and word not in "x"):
                return None
            elif known is None:
                nouns.append(_singular(word.lower()))
            shape = 1
    if nouns and not total.dimension and power_of_part == 1:
        # A counted thing: its head noun is the last word ("green apples" are apples).
        total = Unit((("noun:" + nouns[-1], 1),), total.scale, total.scale_pi, flat)
    if len(nouns) > 4 or (not nouns and total == NO_UNIT and not _WORD.search(flat)):
        return None
    return Unit(total.dimension, total.scale, total.scale_pi, flat)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
