"""Regular expressions from examples: the pattern is drawn first, strings are made from it, near misses from those."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from assay.envs.data.family import DataFamily, Item, template
from assay.envs.data.render import to_json
from assay.envs.data.vocabulary import COLORS

OPENINGS = (
    "Write an RE2 regular expression (at most {limit} characters) that matches each of the first strings in full and "
    "none of the second. It is tried on hidden strings of the same form: {form}\n\nmatch: {pos}\nno match: {neg}",
    "Form: {form}\nShould match: {pos}\nShould not match: {neg}\n\nGive one RE2 pattern of at most {limit} characters "
    "that matches whole strings of this form and nothing else.",
    "match: {pos}\nreject: {neg}\n\nThe strings to match have this form: {form} Find an RE2 pattern, at most {limit} "
    "characters, for the whole string.",
    "Give an RE2 pattern (up to {limit} characters, matched against the whole string) for this form: {form}\n"
    "Examples: {pos}\nCounterexamples: {neg}",
)

Part = tuple[str, Any]
"""A piece of the pattern: its kind and its parameters."""


class RegexSynthesis(DataFamily[tuple[Any, ...]]):
    """Two pieces at difficulty 1, six at 10, with optional pieces and alternatives."""

    name: ClassVar[str] = "regex"
    topic: ClassVar[str] = "programs"
    summary: ClassVar[str] = "an RE2 pattern that generalises from examples to hidden strings"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """The pieces, and numbers that decide strings and wording."""
        parts: list[Part] = []
        for index in range(2 + difficulty // 2 - difficulty // 7):
            kind = rng.choice(
                ("digits", "lower", "upper", "literal", "word")[: 3 + (difficulty > 2) + (difficulty > 4)]
            )
            if index and kind == parts[-1][0]:
                kind = "literal"
            if kind == "literal":
                parts.append((kind, rng.choice("-_:/@#.")))
            elif kind == "word":
                parts.append((kind, tuple(sorted(rng.sample(COLORS, 2 + difficulty // 5)))))
            else:
                low = rng.randrange(1, 4)
                parts.append((kind, (low, low + rng.randrange(1 + difficulty // 3))))
        return tuple(parts), rng.randrange(1 << 30), rng.randrange(1 << 16)

    def key(self, params: tuple[Any, ...]) -> str:
        """The pattern; which strings show it is no difference."""
        return repr(params[0])

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """Strings of the pattern and mutants of them that leave it."""
        parts, seed, wording = params
        rng = random.Random(seed)
        positives = list(dict.fromkeys(_string(parts, rng) for _ in range(14)))
        near = [_mutant(rng.choice(positives), rng) for _ in range(28)]
        edges = [text for low_or_high in (0, 1) for text in _edges(parts, rng, low_or_high)]
        strange = _strange(parts, rng)
        known = frozenset("".join(ALPHABETS[kind] if kind in ALPHABETS else "".join(detail) for kind, detail in parts))
        negatives = list(
            dict.fromkeys(
                text for text in [*edges, *near, *strange] if not known.issuperset(text) or not fits(parts, text)
            )
        )
        shown_pos, hidden_pos = positives[:4], positives[4:]
        shown_neg, hidden_neg = negatives[:5], negatives[5:]
        if not hidden_pos:
            shown_pos, hidden_pos = positives[:1], positives[1:]
        pattern = "".join(map(_source, parts))
        limit = 2 * len(pattern) + 20
        prompt = template(OPENINGS, wording, split).format(
            limit=limit, form=_form(parts), pos=to_json(shown_pos), neg=to_json(shown_neg)
        )
        spec = {
            "pos": shown_pos,
            "neg": shown_neg,
            "hidden_pos": hidden_pos,
            "hidden_neg": hidden_neg,
            "max_len": limit,
        }
        return Item(prompt, "regex", spec, pattern)


ALPHABETS = {"digits": "0123456789", "lower": "abcdefghijklmnopqrstuvwxyz", "upper": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
CLASSES = {"digits": "[0-9]", "lower": "[a-z]", "upper": "[A-Z]"}
NOUNS = {"digits": ("digit", "0-9"), "lower": ("lower-case letter", "a-z"), "upper": ("upper-case letter", "A-Z")}


def fits(parts: tuple[Part, ...], text: str) -> bool:
    """Whether a text has the form, by trying every way to cut it: no regular expressions involved."""
    ends = {0}
    for kind, detail in parts:
        reached: set[int] = set()
        for at in ends:
            if kind == "literal":
                if text.startswith(detail, at):
                    reached.add(at + 1)
            elif kind == "word":
                reached |= {at + len(word) for word in detail if text.startswith(word, at)}
            else:
                low, high = detail
                ahead = text[at : at + high]
                run = len(ahead) - len(ahead.lstrip(ALPHABETS[kind]))
                reached.update(range(at + low, at + run + 1))
        ends = reached
        if not ends:
            return False
    return len(text) in ends


def _string(parts: tuple[Part, ...], rng: random.Random) -> str:
    return "".join(_piece(part, rng) for part in parts)


def _piece(part: Part, rng: random.Random, extra: int | None = None) -> str:
    kind, detail = part
    if kind == "literal":
        return str(detail)
    if kind == "word":
        return str(rng.choice(detail))
    low, high = detail
    size = rng.randint(low, high) if extra is None else (low - 1, high + 1)[extra]
    return "".join(rng.choices(ALPHABETS[kind], k=size))


def _edges(parts: tuple[Part, ...], rng: random.Random, side: int) -> list[str]:
    """Strings in which one run is one too short or one too long, or one literal is another mark."""
    found: list[str] = []
    for index, (kind, _) in enumerate(parts):
        pieces = [_piece(part, rng) for part in parts]
        pieces[index] = rng.choice("+!~") if kind == "literal" else _piece(parts[index], rng, side)
        if kind == "word":
            pieces[index] = pieces[index][:-1]
        found.append("".join(pieces))
    return found


STRANGERS = ("x", "Q", "7", "_", "\u00e9", "\u0663", "-")
"""One character of each kind that a class too wide would let in; the sixth is an Arabic digit."""

PRINTABLE = tuple(map(chr, range(32, 127)))


def _strange(parts: tuple[Part, ...], rng: random.Random) -> list[str]:
    r"""Strings in which one piece holds a character, or is a word, that it must not be; and longer strings.

    They tell each piece from every wider one: `[0-9]` from `\w`, a mark from `.`.
    """
    found: list[str] = []
    for index, (kind, detail) in enumerate(parts):
        pieces = [_piece(part, rng) for part in parts]
        before, piece, after = "".join(pieces[:index]), pieces[index], "".join(pieces[index + 1 :])
        if kind in ALPHABETS:
            piece = "".join(rng.choices(ALPHABETS[kind], k=detail[1]))
        for stranger in STRANGERS:
            found += [f"{before}{stranger}{piece[1:]}{after}", f"{before}{piece[:-1]}{stranger}{after}"]
        found += [f"{before}{stranger * len(piece)}{after}" for stranger in (*STRANGERS[4:6], *PRINTABLE)]
        if kind == "word":
            changed = [change(word) for word in detail for change in (str.upper, str.title)]
            found += [f"{before}{word}{after}" for word in (rng.choice(COLORS), rng.choice(COLORS), *changed, "")]
    text = _string(parts, rng)
    return [*found, f"{text}\n", f"\n{text}", f"{text} ", f"x{text}", f"{text}x", ""]


def _mutant(text: str, rng: random.Random) -> str:
    """One small change: a character dropped, doubled, swapped in case, replaced, added, or a line break at the end."""
    at = rng.randrange(len(text))
    return rng.choice(
        (
            text[:at] + text[at + 1 :],
            text[: at + 1] + text[at:],
            text[:at] + text[at].swapcase() + text[at + 1 :],
            text[:at] + rng.choice("aZ5 -") + text[at + 1 :],
            text + "\n",
            " " + text,
            text[::-1],
        )
    )


def _source(part: Part) -> str:
    kind, detail = part
    if kind == "literal":
        return "\\." if detail == "." else str(detail)
    if kind == "word":
        return f"(?:{'|'.join(detail)})"
    low, high = detail
    return CLASSES[kind] + (f"{{{low}}}" if low == high else f"{{{low},{high}}}")


def _form(parts: tuple[Part, ...]) -> str:
    said: list[str] = []
    for kind, detail in parts:
        if kind == "literal":
            said.append(f"the character {detail}")
        elif kind == "word":
            said.append(f"one of {', '.join(detail)}")
        else:
            low, high = detail
            count = f"{low}" if low == high else f"{low} to {high}"
            noun, signs = NOUNS[kind]
            said.append(f"{count} {noun}{'s' if high > 1 else ''} ({signs})")
    return ", then ".join(said) + "."
