"""A record told in prose, to be written as JSON that a schema accepts: structure and facts are both checked."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from assay.envs.data.family import DataFamily, Item, template
from assay.envs.data.render import to_json
from assay.envs.data.vocabulary import CITIES, COLORS, DEPARTMENTS, GOODS, PEOPLE, SURNAMES, plural

OPENINGS = (
    "Write the JSON document that this note describes.\n\n{note}\n\nIt must be valid against this "
    "JSON Schema:\n{schema}",
    "Turn the note into JSON that satisfies the schema.\n\nNote: {note}\n\nSchema: {schema}",
    "Schema:\n{schema}\n\nText:\n{note}\n\nGive the document that fits the schema and says what the text says.",
    "Here is a JSON Schema.\n{schema}\nRead this and fill it in: {note}",
    "From the message below, produce one JSON object conforming to the schema below it.\n\n{note}\n\n{schema}",
)

Field = tuple[str, str, Any]
"""Name, kind and value of one field."""


class SchemaFacts(DataFamily[tuple[Any, ...]]):
    """An order: who bought what, when, where to; nested and with distractors as difficulty grows."""

    name: ClassVar[str] = "schema_facts"
    topic: ClassVar[str] = "documents"
    summary: ClassVar[str] = "prose to a JSON document that is valid against a schema and has the facts right"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """A customer, some lines, optional parts, and the wording."""
        lines = tuple(
            (good, rng.choice(COLORS), rng.randrange(1, 12), rng.randrange(100, 9999))
            for good in rng.sample(GOODS, 1 + difficulty // 3)
        )
        who = (rng.choice(PEOPLE), rng.choice(SURNAMES), rng.choice(CITIES))
        date = (rng.randrange(2015, 2031), rng.randrange(1, 13), rng.randrange(1, 29))
        gift = rng.random() < 0.5 if difficulty >= 3 else None
        department = rng.choice(DEPARTMENTS) if difficulty >= 5 else None
        distractor = rng.choice(PEOPLE) if difficulty >= 4 else None
        return who, lines, date, gift, department, distractor, rng.randrange(1 << 16)

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """The note, the schema and the document."""
        (first, last, city), lines, (year, month, day), gift, department, distractor, wording = params
        document: dict[str, Any] = {
            "customer": {"first": first, "last": last, "city": city},
            "date": f"{year:04}-{month:02}-{day:02}",
            "lines": [{"good": g, "color": c, "quantity": q, "cents": p} for g, c, q, p in lines],
        }
        parts = [f"{first} {last} from {city} ordered on day {day} of month {month}, {year}:"]
        parts += [f"{q} {c} {g if q == 1 else plural(g)} at {p // 100}.{p % 100:02} each;" for g, c, q, p in lines]
        if gift is not None:
            document["gift"] = gift
            parts.append("it is a present." if gift else "it is not a present.")
        if department is not None:
            document["billing"] = {"department": department}
            parts.append(f"The {department} department pays.")
        if distractor is not None:
            parts.append(f"{distractor} took the call and is not part of the order.")
        schema = _schema(document)
        prompt = template(OPENINGS, wording, split).format(note=" ".join(parts), schema=to_json(schema))
        facts = {f"/{name}": value for name, value in document.items()}
        spec = {"schema": schema, "assert_formats": True, "facts": facts, "exact_facts": True}
        notes = "Prices are in cents, goods are named in the singular, lines stand in the order of the text."
        return Item(f"{prompt}\n{notes}", "json_schema", spec, to_json(document))


def _schema(document: dict[str, Any]) -> dict[str, Any]:
    """A closed schema of the document's shape: types, formats and ranges, no values."""
    string, whole = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 0}
    line = _closed({"good": string, "color": string, "quantity": {"type": "integer", "minimum": 1}, "cents": whole})
    shapes: dict[str, Any] = {
        "customer": _closed({"first": string, "last": string, "city": string}),
        "date": {"type": "string", "format": "date"},
        "lines": {"type": "array", "items": line, "minItems": 1},
        "gift": {"type": "boolean"},
        "billing": _closed({"department": string}),
    }
    return _closed({name: shapes[name] for name in document})


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
