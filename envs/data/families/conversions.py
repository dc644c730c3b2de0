"""The same data in another notation: tables, trees, and a join of two CSV files."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from assay.envs.data.documents import draw_document, draw_table, thaw
from assay.envs.data.family import DataFamily, Item, template
from assay.envs.data.render import FORMAT_NAMES, TABLE_WRITERS, TREE_WRITERS, to_csv, to_json
from assay.envs.data.vocabulary import CITIES, GOODS, PEOPLE

OPENINGS = (
    "Convert this {source} to {target}. Keep every value to the letter.\n\n{text}",
    "Here is some {source}:\n\n{text}\n\nRewrite it as {target}, changing no value.",
    "{text}\n\nThe text above is {source}. Give the same data as {target}.",
    "Translate from {source} to {target}; order and values stay as they are.\n\n{text}",
    "Express the following {source} data in {target}:\n\n{text}",
)


class ConvertTable(DataFamily[tuple[Any, ...]]):
    """A table of text cells between CSV, Markdown, XML and JSON (an array of objects)."""

    name: ClassVar[str] = "convert_table"
    topic: ClassVar[str] = "conversion"
    summary: ClassVar[str] = "a table between CSV, Markdown, XML and JSON, with cells that are easily misread"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """The table, the two notations, and the wording."""
        source, target = rng.sample(("json", *TABLE_WRITERS), 2)
        names, rows = draw_table(rng, difficulty)
        if "markdown" in (source, target):
            rows = tuple(tuple(cell.strip(" ") for cell in row) for row in rows)
        return source, target, names, rows, rng.randrange(1 << 16)

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """Source text, spec and target text."""
        source, target, names, rows, wording = params
        table = [dict(zip(names, row, strict=True)) for row in rows]
        texts = {
            name: (to_json(table, 1) if name == "json" else TABLE_WRITERS[name](table)) for name in (source, target)
        }
        layout = "JSON (an array of objects, all values text)"
        names_of = FORMAT_NAMES | {"json": layout}
        prompt = template(OPENINGS, wording, split).format(
            source=names_of[source], target=names_of[target], text=texts[source]
        )
        spec: dict[str, Any] = {"to": target, "expected": table}
        if target == "xml":
            spec["xml"] = {"root": "rows", "row": "row"}
        return Item(prompt, "conversion", spec, texts[target])


class ConvertTree(DataFamily[tuple[Any, ...]]):
    """A nested document between JSON, YAML and TOML; never from JSON to YAML, which would take no work."""

    name: ClassVar[str] = "convert_tree"
    topic: ClassVar[str] = "conversion"
    summary: ClassVar[str] = "a nested document between JSON, YAML and TOML"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """The document, the two notations, and the wording."""
        source, target = rng.choice(
            (("json", "toml"), ("yaml", "json"), ("yaml", "toml"), ("toml", "json"), ("toml", "yaml"))
        )
        document = draw_document(rng, difficulty, null="toml" not in (source, target))
        return source, target, document, rng.randrange(1 << 16)

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """Source text, spec and target text."""
        source, target, frozen, wording = params
        document = thaw(frozen)
        prompt = template(OPENINGS, wording, split).format(
            source=FORMAT_NAMES[source], target=FORMAT_NAMES[target], text=TREE_WRITERS[source](document)
        )
        return Item(prompt, "conversion", {"to": target, "expected": document}, TREE_WRITERS[target](document))


JOIN_OPENINGS = (
    "Join the two CSV files on {key}: one row for every pair that agrees, columns {columns}, in any order.\n\n"
    "people.csv\n{left}\norders.csv\n{right}",
    "people.csv\n{left}\norders.csv\n{right}\nGive their inner join on {key} as CSV with the columns {columns}; "
    "the order of the rows is free.",
    "Combine orders with people by {key} (inner join). Output CSV, columns {columns}, rows in any order.\n\n"
    "orders.csv\n{right}\npeople.csv\n{left}",
    "Two tables follow. Write the CSV of their inner join on {key}, header {columns}, row order free.\n\n"
    "people.csv\n{left}\norders.csv\n{right}",
)


class CsvJoin(DataFamily[tuple[Any, ...]]):
    """People and their orders, with duplicate, unmatched and look-alike keys as difficulty grows."""

    name: ClassVar[str] = "csv_join"
    topic: ClassVar[str] = "tables"
    summary: ClassVar[str] = "the inner join of two CSV files with duplicate, unmatched and look-alike keys"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """Keys such as 7, 07 and 70 are different text; some orders have no person."""
        keys = [str(rng.randrange(1, 100)) for _ in range(1 + difficulty // 2)]
        if difficulty >= 4:
            keys.append("0" + keys[0])
        keys = list(dict.fromkeys(keys))
        people = tuple((key, rng.choice(PEOPLE), rng.choice(CITIES)) for key in keys)
        loose = [*keys, "100", "101"] if difficulty >= 2 else keys
        orders = tuple((rng.choice(loose), rng.choice(GOODS), str(rng.randrange(1, 20))) for _ in range(1 + difficulty))
        orders = ((keys[0], rng.choice(GOODS), str(rng.randrange(1, 20))), *orders)
        return people, orders, rng.randrange(1 << 16)

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """Both files, and the join by the textbook's double loop."""
        people, orders, wording = params
        left = [{"pid": key, "name": name, "city": city} for key, name, city in people]
        right = [{"pid": key, "item": item, "qty": count} for key, item, count in orders]
        joined = [{**person, **order} for person in left for order in right if person["pid"] == order["pid"]]
        prompt = template(JOIN_OPENINGS, wording, split).format(
            key="pid", columns="pid,name,city,item,qty", left=to_csv(left), right=to_csv(right)
        )
        spec = {"to": "csv", "expected": joined, "row_order": "any"}
        return Item(prompt + "\nKeys are text: 07 is not 7.", "conversion", spec, to_csv(joined))
