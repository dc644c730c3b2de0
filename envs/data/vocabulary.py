"""Names and words that the families fill their tasks with, and values that are known to be misread."""

from __future__ import annotations

import random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PEOPLE = _words("""
    Ada Bruno Chiara Dmitri Elif Farid Greta Hugo Ines Jonas Kaya Lena Mateo Nadia Oskar Priya Quentin Rosa Samir
    Tova Umar Vera Wim Xenia Yusuf Zoe""")
SURNAMES = _words("Abel Brandt Costa Duval Eriksen Fischer Gallo Haas Ivanov Jensen Koch Lund Moreau Novak Ortiz")
CITIES = _words("Oslo Rome Lyon Graz Porto Bergen Turin Malmo Split Delft Ghent Riga Basel Cork Vaasa Lviv")
GOODS = _words("lamp chair desk mug kettle rug clock vase stool shelf plate basket mirror candle blanket tray")
COLORS = _words("red blue green black white grey amber violet teal pink")
DEPARTMENTS = _words("sales finance legal design support research logistics security")
KEYS = _words("""
    id name size color owner count level status code note items parent tags active limit path version label group
    price total mode source region""")
TRICKY_TEXT = (
    "no",
    "true",
    "null",
    "007",
    "1e3",
    "12:30:00",
    "2024-01-01",
    "~",
    "a, b",
    'said "hi"',
    " padded ",
    "",
    "x: y",
    "# not a comment",
    "50%",
    "café",
    "naïve 🙂",
    "a|b",
    "back\\slash",
    "<tag> & more",
    "it's",
    "-",
    "[1, 2]",
    "yes",
    "0x1F",
    "1_000",
)
"""Text that careless readers turn into something else."""


def plural(good: str) -> str:
    """Several of a good."""
    return "shelves" if good == "shelf" else f"{good}s"


def phrase(rng: random.Random) -> str:
    """Two plain words."""
    return f"{rng.choice(COLORS)} {rng.choice(GOODS)}"


def text_value(rng: random.Random, difficulty: int) -> str:
    """A text: plain, or with growing difficulty one that is easily misread."""
    return rng.choice(TRICKY_TEXT) if rng.randrange(12) < difficulty else phrase(rng)


def number_value(rng: random.Random, difficulty: int) -> int:
    """An integer, now and then negative or large."""
    return rng.choice((rng.randrange(100), -rng.randrange(1, 100), rng.randrange(10 ** (2 + difficulty))))
