"""Questions about a table that is shown, answered with one typed value."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, ClassVar

from assay.envs.data.family import DataFamily, Item, pick_shape, template
from assay.envs.data.render import TABLE_WRITERS, to_json
from assay.envs.data.vocabulary import CITIES, DEPARTMENTS, PEOPLE

OPENINGS = (
    "{table}\n\n{question} Answer with one JSON value.",
    "Use the table to answer with one JSON value: {question}\n\n{table}",
    "Question: {question}\nTable:\n{table}\nGive the answer as a JSON value and nothing else.",
    "Look at these rows.\n{table}\nIn JSON: {question}",
)


class TableQuestion(DataFamily[tuple[Any, ...]]):
    """Staff tables of 3 to 21 rows; counts, sums, lookups, groups and chains of two."""

    name: ClassVar[str] = "table_question"
    topic: ClassVar[str] = "tables"
    summary: ClassVar[str] = "a question about a shown table, answered with a typed JSON value"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """Rows, the question and the wording; drawn until the answer is not one that anybody would guess."""
        while True:
            count = 3 + 2 * difficulty
            names = rng.sample(PEOPLE, min(count, len(PEOPLE)))
            pay = rng.sample(range(1000, 9999), count)
            rows = tuple(
                (name, rng.choice(CITIES[:6]), rng.choice(DEPARTMENTS[:4]), wage)
                for name, wage in zip(names, pay, strict=False)
            )
            shape = pick_shape(rng, len(QUESTIONS), difficulty)
            person, _, team, _ = rng.choice(rows)
            city = rng.choice(rows)[1]
            answer = QUESTIONS[shape][1](rows, person, team, city)
            if answer not in GUESSABLE:
                notation = rng.choice(tuple(TABLE_WRITERS))
                return rows, shape, person, team, city, notation, rng.randrange(1 << 16)

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """The table in some notation, the question in words, the answer by plain Python."""
        rows, shape, person, team, city, notation, wording = params
        said, compute = QUESTIONS[shape]
        table = [{"name": name, "city": home, "team": part, "pay": pay} for name, home, part, pay in rows]
        answer = compute(rows, person, team, city)
        prompt = template(OPENINGS, wording, split).format(
            table=TABLE_WRITERS[notation](table).rstrip("\n"), question=said.format(person=person, team=team, city=city)
        )
        spec: dict[str, Any] = {"expected": answer}
        if isinstance(answer, list):
            spec["unordered"] = True
        return Item(prompt, "json_equal", spec, to_json(answer))


GUESSABLE: tuple[Any, ...] = (0, 1, 2, "", [], None)
"""Answers too likely to be guessed: a draw that ends in one is thrown away."""

Row = tuple[str, str, str, int]
Compute = Callable[[tuple[Row, ...], str, str, str], Any]

QUESTIONS: tuple[tuple[str, Compute], ...] = (
    ("What is the pay of {person}? (a number)", lambda t, p, d, c: next(r[3] for r in t if r[0] == p)),
    ("What is the name of the person with the highest pay? (text)", lambda t, p, d, c: max(t, key=lambda r: r[3])[0]),
    ("What do all who work in {team} earn together? (a number)", lambda t, p, d, c: sum(r[3] for r in t if r[2] == d)),
    ("Who lives in {city}? (an array of names, any order)", lambda t, p, d, c: [r[0] for r in t if r[1] == c]),
    (
        "What is the difference between the highest and the lowest pay? (a number)",
        lambda t, p, d, c: max(r[3] for r in t) - min(r[3] for r in t),
    ),
    (
        "Who earns more than {person}? (an array of names, any order)",
        lambda t, p, d, c: [r[0] for r in t if r[3] > next(q[3] for q in t if q[0] == p)],
    ),
    (
        "Which person in {team} earns least? (text)",
        lambda t, p, d, c: min((r for r in t if r[2] == d), key=lambda r: r[3])[0],
    ),
    (
        "What is paid in total to those who live in {city} but do not work in {team}? (a number)",
        lambda t, p, d, c: sum(r[3] for r in t if r[1] == c and r[2] != d),
    ),
    (
        "Which cities have someone of {team}? (an array of names without repeats, any order)",
        lambda t, p, d, c: sorted({r[1] for r in t if r[2] == d}),
    ),
    (
        "How is the pay summed by team? (a JSON object from team to total)",
        lambda t, p, d, c: {team: sum(r[3] for r in t if r[2] == team) for team in sorted({r[2] for r in t})},
    ),
)
"""Each question in words and as Python over (name, city, team, pay) rows."""
