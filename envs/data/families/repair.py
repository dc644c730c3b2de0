"""A damaged JSON document whose repair is unique: each kind of damage has one natural cause."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from assay.envs.data.documents import draw_document, thaw
from assay.envs.data.family import DataFamily, Item, template
from assay.envs.data.render import to_json

OPENINGS = (
    "This JSON document was damaged. Repair its syntax; change no key and no value.\n\n{text}",
    "Fix the following so that it is valid JSON with the same data:\n\n{text}",
    "{text}\n\nThe text above is almost JSON. Give the document that was meant.",
    "A parser rejects this JSON. Return the corrected document.\n\n{text}",
    "Mend this broken JSON, keeping all of its data:\n\n{text}",
)


class JsonRepair(DataFamily[tuple[Any, ...]]):
    """One slip at difficulty 1, up to five at 10, in a growing document."""

    name: ClassVar[str] = "json_repair"
    topic: ClassVar[str] = "documents"
    summary: ClassVar[str] = "broken JSON (commas, quotes, brackets, comments, Python words) put right"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """The document, a number that decides the damage, and the wording."""
        return draw_document(rng, difficulty), 1 + difficulty // 2, rng.randrange(1 << 30), rng.randrange(1 << 16)

    def key(self, params: tuple[Any, ...]) -> str:
        """The document; how it is damaged is no difference."""
        return repr(params[0])

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """Damage the pretty-printed document line by line."""
        frozen, slips, seed, wording = params
        document = thaw(frozen)
        broken = damage(to_json(document, 2), slips, random.Random(seed))
        prompt = template(OPENINGS, wording, split).format(text=broken)
        return Item(prompt, "json_repair", {"expected": document}, to_json(document, 2))


def damage(text: str, slips: int, rng: random.Random) -> str:
    """The text with some slips, each on a line of its own; the first one always breaks it.

    Lines are those of JSON indented by two, so a slip never touches the inside of a value.
    """
    lines = text.split("\n")
    order = list(range(1, len(lines)))
    rng.shuffle(order)
    done = 0
    for at in order:
        if done == slips:
            break
        slip = rng.choice(SLIPS)
        if (changed := slip(lines[at], lines[at - 1])) is not None:
            lines[at] = changed
            done += 1
    if done == 0:
        lines[-1] = ""
    return "\n".join(lines)


def _drop_comma(line: str, before: str) -> str | None:
    return line[:-1] if line.endswith(",") else None


def _trailing_comma(line: str, before: str) -> str | None:
    """A comma after the last member, told by the bracket that follows on this line."""
    last = line.strip() in ("}", "]", "},", "],") and not before.rstrip().endswith(("{", "[", ","))
    return line.replace(line.strip(), f", {line.strip()}") if last else None


def _single_quoted_key(line: str, before: str) -> str | None:
    body = line.lstrip()
    name, mark, rest = body.partition('": ')
    return f"{line[: len(line) - len(body)]}'{name[1:]}': {rest}" if mark and body.startswith('"') else None


def _bare_key(line: str, before: str) -> str | None:
    body = line.lstrip()
    name, mark, rest = body.partition('": ')
    return f"{line[: len(line) - len(body)]}{name[1:]}: {rest}" if mark and body.startswith('"') else None


def _comment(line: str, before: str) -> str | None:
    return f"{line}  // checked" if line.strip() not in ("}", "]") else None


def _python_word(line: str, before: str) -> str | None:
    for word, python in (("true", "True"), ("false", "False"), ("null", "None")):
        for end in (word, f"{word},"):
            if line.endswith((f": {end}", f"  {end}")):
                return line[: len(line) - len(end)] + python + end[len(word) :]
    return None


def _semicolon(line: str, before: str) -> str | None:
    return f"{line[:-1]};" if line.endswith(",") else None


def _equals(line: str, before: str) -> str | None:
    name, mark, rest = line.partition('": ')
    return f'{name}" = {rest}' if mark and line.lstrip().startswith('"') else None


SLIPS = (_drop_comma, _trailing_comma, _single_quoted_key, _bare_key, _comment, _python_word, _semicolon, _equals)
"""Each takes a line and the one before it, and gives the damaged line or None where it does not apply."""
