"""Small programs over JSON: a JSON Patch between two documents, and JMESPath queries tried on hidden documents."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, ClassVar

from assay.envs.data.family import DataFamily, Item, pick_shape, template
from assay.envs.data.render import to_json
from assay.envs.data.vocabulary import CITIES, DEPARTMENTS, GOODS, PEOPLE

PATCH_OPENINGS = (
    "Write a JSON Patch (RFC 6902) that does this to the document: {what}\nReplacing the whole document is not allowed."
    "\n\n{doc}",
    "Document:\n{doc}\n\nGive a JSON Patch (RFC 6902) with this effect: {what}\nDo not replace the root.",
    "{doc}\n\nChange the document above by a JSON Patch (RFC 6902): {what}\nAn operation on the "
    "whole document is refused.",
    "As a JSON Patch (RFC 6902), without touching the root as a whole, express this change: {what}\nTo: {doc}",
)


class JsonPatch(DataFamily[tuple[Any, ...]]):
    """One edit at difficulty 1, up to six at 10, said in words."""

    name: ClassVar[str] = "json_patch"
    topic: ClassVar[str] = "programs"
    summary: ClassVar[str] = "edits told in words, as a JSON Patch"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """Stock by shelf, the edits, and the wording."""
        goods = rng.sample(GOODS, 2 + difficulty // 2)
        stock = tuple((good, rng.randrange(1, 50)) for good in goods)
        crew = tuple(rng.sample(PEOPLE, 2 + difficulty // 4))
        edits = tuple((rng.randrange(5), rng.randrange(1 << 16)) for _ in range(1 + difficulty // 2))
        return stock, crew, rng.choice(CITIES), edits, rng.randrange(1 << 16)

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """Carry the edits out on the document while writing them down twice: in words and as operations."""
        stock, crew, city, edits, wording = params
        document: dict[str, Any] = {"city": city, "stock": dict(stock), "crew": list(crew)}
        before = to_json(document, 1)
        original = {"city": city, "stock": dict(stock), "crew": list(crew)}
        operations: list[dict[str, Any]] = []
        said: list[str] = []
        untouched, old_crew = list(document["stock"]), list(crew)
        for number, (kind, pick) in enumerate(edits):  # no edit undoes or repeats another
            if kind == 3 and len(old_crew) > 1:
                name = old_crew.pop(pick % len(old_crew))
                at = document["crew"].index(name)
                del document["crew"][at]
                operations.append({"op": "remove", "path": f"/crew/{at}"})
                said.append(f'"{name}" leaves the crew;')
                continue
            if kind in (2, 3) or not untouched:
                name = f"{PEOPLE[pick % len(PEOPLE)]} {number + 2}"
                document["crew"].append(name)
                operations.append({"op": "add", "path": "/crew/-", "value": name})
                said.append(f'"{name}" joins at the end of the crew;')
                continue
            good = untouched.pop(pick % len(untouched))
            if kind == 0:
                document["stock"][good] = pick % 90 + 100 + number
                operations.append({"op": "replace", "path": f"/stock/{good}", "value": document["stock"][good]})
                said.append(f"the stock of {good} becomes {document['stock'][good]};")
            elif kind == 1:
                del document["stock"][good]
                operations.append({"op": "remove", "path": f"/stock/{good}"})
                said.append(f"{good} is taken out of the stock;")
            else:
                key = f"{good} spare"
                document["stock"][key] = document["stock"][good]
                operations.append({"op": "copy", "from": f"/stock/{good}", "path": f"/stock/{key}"})
                said.append(f'the stock gets an entry "{key}" with the same number as {good};')
        prompt = template(PATCH_OPENINGS, wording, split).format(what=" ".join(said)[:-1] + ".", doc=before)
        spec = {"lang": "json_patch", "doc": original, "expected": document, "forbid_root_replace": True}
        return Item(prompt, "transform", spec, to_json(operations))


QUERY_OPENINGS = (
    "Write a JMESPath expression that gives {what}. It must be right on other documents of the same "
    "shape, too.\n\n{doc}",
    "Which JMESPath expression gives {what}? Hidden documents like this one will be tried:\n\n{doc}",
    "{doc}\n\nFor documents shaped like the one above, give a JMESPath expression for {what}.",
    "JMESPath wanted: {what}. It will be run on this and on documents not shown.\n\n{doc}",
)
FIELDS = ("name", "city", "team")


class JmespathQuery(DataFamily[tuple[Any, ...]]):
    """Filters, projections, sorting and sums over a list of staff, tried on one shown and four hidden documents."""

    name: ClassVar[str] = "jmespath"
    topic: ClassVar[str] = "programs"
    summary: ClassVar[str] = "a JMESPath expression that is right on hidden documents"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """The question (shape, fields, bound) and a number that decides the documents."""
        shape = pick_shape(rng, len(SHAPES), difficulty)
        field, other = rng.sample(FIELDS, 2)
        value = rng.choice({"name": PEOPLE, "city": CITIES, "team": DEPARTMENTS}[other])
        return (
            shape,
            field,
            other,
            value,
            rng.randrange(20, 60),
            3 + difficulty,
            rng.randrange(1 << 30),
            rng.randrange(1 << 16),
        )

    def key(self, params: tuple[Any, ...]) -> str:
        """The question in words; which documents it is tried on, and what was drawn in vain, is no difference."""
        shape, field, other, value, bound, *_ = params
        said: str = SHAPES[shape][0].format(field=field, other=other, value=value, bound=bound)
        return said

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """Question, documents and the expected value on each, computed in Python."""
        shape, field, other, value, bound, size, seed, wording = params
        said, expression, compute = SHAPES[shape]
        rng = random.Random(seed)
        names = {"field": field, "other": other, "value": value, "bound": bound}
        documents: list[dict[str, Any]] = []
        expected: list[Any] = []
        while len(documents) < 5 or all(result == expected[0] for result in expected):
            meets = NEAR_ROWS[len(documents) % len(NEAR_ROWS)]
            documents.append(_staff(rng, size + len(documents), other, value, bound, meets))
            expected.append(compute(documents[-1]["staff"], field, other, value, bound))
        spec: dict[str, Any] = {"lang": "jmespath", "docs": documents, "expected": expected, "max_len": 200}
        # The answer to one document, written out as a literal, is right on so many: that share earns nothing.
        texts = [to_json(result) for result in expected]
        spec["null_credit"] = format(max(map(texts.count, texts)) / len(texts), ".6f")
        prompt = template(QUERY_OPENINGS, wording, split).format(what=said.format(**names), doc=to_json(documents[0]))
        return Item(prompt, "transform", spec, expression.format(**names))


NEAR_ROWS = (
    (True, True, False),
    (True, False, True),
    (False, True, True),
    (False, True, False),
    (True, False, False),
    (False, False, True),
)
"""Which of those aged just below, at and just above the bound have the question's value, document by document."""


def _staff(
    rng: random.Random, size: int, other: str, value: str, bound: int, meets: tuple[bool, bool, bool]
) -> dict[str, Any]:
    """A document in which the question's value and bound are met, missed and just missed, with no two ages equal.

    Over the documents every slip of a comparison, bound or connective changes who is meant.
    """
    words: dict[str, list[str]] = {"name": list(PEOPLE), "city": list(CITIES), "team": list(DEPARTMENTS)}
    words[other].remove(value)
    ages = [*rng.sample([a for a in range(18, 70) if abs(a - bound) > 1], size), bound - 1, bound, bound + 1]
    rows: list[dict[str, Any]] = [{**{field: rng.choice(words[field]) for field in FIELDS}, "age": age} for age in ages]
    for row in [
        *rng.sample(rows[:-3], max(2, size // 3)),
        *(row for row, has in zip(rows[-3:], meets, strict=True) if has),
    ]:
        row[other] = value
    rng.shuffle(rows)
    return {"office": rng.choice(CITIES), "staff": rows}


def _at(rows: list[dict[str, Any]], field: str) -> list[Any]:
    return [row[field] for row in rows]


def _by_age(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: row["age"])


Compute = Callable[[list[dict[str, Any]], str, str, str, int], Any]
"""From staff, field, other, value and bound to the expected result."""

SHAPES: tuple[tuple[str, str, Compute], ...] = (
    ("the list of every {field}", "staff[].{field}", lambda s, f, o, v, b: _at(s, f)),
    (
        "the {field} of everyone older than {bound}",
        "staff[?age > `{bound}`].{field}",
        lambda s, f, o, v, b: [r[f] for r in s if r["age"] > b],
    ),
    (
        "the {field} of everyone whose {other} is {value}",
        "staff[?{other} == '{value}'].{field}",
        lambda s, f, o, v, b: [r[f] for r in s if r[o] == v],
    ),
    (
        "how many are {bound} or younger",
        "length(staff[?age <= `{bound}`])",
        lambda s, f, o, v, b: sum(r["age"] <= b for r in s),
    ),
    (
        "the {field} of everyone whose {other} is {value} and who is not older than {bound}",
        "staff[?{other} == '{value}' && age <= `{bound}`].{field}",
        lambda s, f, o, v, b: [r[f] for r in s if r[o] == v and r["age"] <= b],
    ),
    (
        "the sum of the ages of those whose {other} is not {value}",
        "sum(staff[?{other} != '{value}'].age)",
        lambda s, f, o, v, b: sum(r["age"] for r in s if r[o] != v),
    ),
    (
        "the {field} of the oldest whose {other} is {value}",
        "max_by(staff[?{other} == '{value}'], &age).{field}",
        lambda s, f, o, v, b: _by_age([r for r in s if r[o] == v])[-1][f],
    ),
    (
        "the {field} values of all, ordered by age from young to old",
        "sort_by(staff, &age)[].{field}",
        lambda s, f, o, v, b: _at(_by_age(s), f),
    ),
    (
        "an array of objects with keys a ({field}) and b (age) for everyone at least {bound} years old",
        "staff[?age >= `{bound}`].{{a: {field}, b: age}}",
        lambda s, f, o, v, b: [{"a": r[f], "b": r["age"]} for r in s if r["age"] >= b],
    ),
    (
        "the {field} of everyone whose {other} is {value} or who is younger than {bound}, oldest first",
        "reverse(sort_by(staff[?{other} == '{value}' || age < `{bound}`], &age))[].{field}",
        lambda s, f, o, v, b: _at(_by_age([r for r in s if r[o] == v or r["age"] < b])[::-1], f),
    ),
    (
        "the {field} of the three youngest, youngest first",
        "sort_by(staff, &age)[:3].{field}",
        lambda s, f, o, v, b: _at(_by_age(s)[:3], f),
    ),
    (
        "the {field} values of those older than {bound}, in order of age, joined by a comma without spaces",
        "join(',', sort_by(staff[?age > `{bound}`], &age)[].{field})",
        lambda s, f, o, v, b: ",".join(_at(_by_age([r for r in s if r["age"] > b]), f)),
    ),
)
"""Each question in words, as an expression, and as Python."""
