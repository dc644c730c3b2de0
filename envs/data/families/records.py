"""Records hidden in text: an e-mail with orders, and a log of interleaved requests."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from assay.envs.data.family import DataFamily, Item, template
from assay.envs.data.render import to_json
from assay.envs.data.vocabulary import CITIES, DEPARTMENTS, PEOPLE

MAIL_OPENINGS = (
    "Extract the staff records from this message as a JSON array of objects with the fields {fields}.\n\n{text}",
    "List every person in the text below as a JSON array; each object has exactly the fields {fields}.\n\n{text}",
    "{text}\n\nFrom the text above, give a JSON array with one object ({fields}) for each person.",
    "Read the message and return its records as JSON ({fields}, one object per person).\nMessage:\n{text}",
    "Below is a note. Collect who is in it into a JSON array of objects with keys {fields}.\n---\n{text}\n---",
)
SENTENCES = (
    "{name} (no. {id}) is {age} and works in {department}, {city}.",
    "In {city} there is {name}, staff number {id}, aged {age}, of {department}.",
    "Number {id} belongs to {name} of {department} in {city}, who is {age}.",
    "The {department} office in {city} has {name}, {age} years old, number {id}.",
    "{age}-year-old {name} holds number {id}; office: {city}, team: {department}.",
)
NOISE = (
    "The canteen is closed on Friday.",
    "Please return the projector by noon.",
    "Room 214 smells of paint again.",
    "Nobody has seen the 3 missing keys.",
    "The last audit found 17 faults, all mended.",
    "{name} has left the company and is not to be listed.",
)


class ExtractRecords(DataFamily[tuple[Any, ...]]):
    """People in a message: one or two at difficulty 1, twelve with noise and unknown ages at 10."""

    name: ClassVar[str] = "extract_records"
    topic: ClassVar[str] = "extraction"
    summary: ClassVar[str] = "people told of in a message, as JSON records matched by number"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """People with distinct numbers, noise, and the wording."""
        count = 1 + difficulty
        names, numbers = rng.sample(PEOPLE, count + 1), rng.sample(range(100, 10_000), count)
        people = tuple(
            (
                number,
                name,
                None if difficulty >= 5 and rng.random() < 0.2 else rng.randrange(19, 68),
                rng.choice(DEPARTMENTS),
                rng.choice(CITIES),
            )
            for number, name in zip(numbers, names, strict=False)
        )
        noise = tuple(rng.randrange(len(NOISE)) for _ in range(difficulty // 2))
        return people, names[-1], noise, tuple(rng.randrange(1 << 16) for _ in range(count + len(noise) + 1))

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """Sentences in the drawn order, noise between them."""
        people, absent, noise, wording = params
        fields = ("id", "name", "age", "department", "city")
        records = [
            dict(zip(fields, (number, name, age, department, city), strict=True))
            for number, name, age, department, city in people
        ]
        said: list[str] = []
        for record, number in zip(records, wording, strict=False):
            age = "of unknown age" if record["age"] is None else record["age"]
            sentence = SENTENCES[0] if record["age"] is None else template(SENTENCES, number, split)
            said.append(sentence.format(**{**record, "age": age}))
        for which, place in zip(noise, wording[len(people) :], strict=False):
            said.insert(place % (len(said) + 1), NOISE[which].format(name=absent))
        prompt = template(MAIL_OPENINGS, wording[-1], split).format(fields=", ".join(fields), text=" ".join(said))
        prompt += "\nid and age are numbers."
        if any(record["age"] is None for record in records):
            prompt += " An unknown age is null."
        return Item(prompt, "extraction", {"expected": records, "key": "id"}, to_json(records))


LOG_OPENINGS = (
    "The log interleaves requests. For each request give its id, method, path, status and ms as a "
    "JSON array.\n\n{text}",
    "Parse this log into a JSON array with one object (id, method, path, status, ms) for each "
    "finished request.\n\n{text}",
    "{text}\n\nSummarise the log above as JSON: an array of objects with id, method, path, status, ms.",
    "Which requests does this log show? Answer with a JSON array of objects (id, method, path, status, ms).\n{text}",
)
PATHS = ("/", "/login", "/cart", "/api/items", "/api/users", "/search", "/health", "/static/app.js")


class LogRecords(DataFamily[tuple[Any, ...]]):
    """Requests whose start and end lines are interleaved; unfinished ones are left out."""

    name: ClassVar[str] = "log_records"
    topic: ClassVar[str] = "extraction"
    summary: ClassVar[str] = "requests in an interleaved server log, as JSON records matched by id"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """Requests, which of them end, and the order of the lines."""
        count = 2 + difficulty
        requests = tuple(
            (
                f"r{number:03x}",
                rng.choice(("GET", "POST", "PUT", "DELETE")),
                rng.choice(PATHS),
                rng.choice((200, 201, 301, 404, 500)),
                rng.randrange(1, 2000),
                index == 0 or difficulty < 3 or rng.random() < 0.8,
            )
            for index, number in enumerate(rng.sample(range(4096), count))
        )
        events = [index for index, request in enumerate(requests) for _ in range(1 + request[5])]
        rng.shuffle(events)
        return requests, tuple(events), rng.randrange(1 << 16)

    def key(self, params: tuple[Any, ...]) -> str:
        """The requests; the order of the lines is no difference."""
        return repr(sorted(params[0]))

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """The first line of a request starts it, the second ends it."""
        requests, events, wording = params
        seen: set[int] = set()
        lines: list[str] = []
        for second, index in enumerate(events):
            name, method, path, status, ms, _ = requests[index]
            clock = f"{9 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
            lines.append(
                f"{clock} [{name}] done status={status} took={ms}ms"
                if index in seen
                else f"{clock} [{name}] start {method} {path}"
            )
            seen.add(index)
        records = [
            {"id": name, "method": method, "path": path, "status": status, "ms": ms}
            for name, method, path, status, ms, ends in requests
            if ends
        ]
        prompt = template(LOG_OPENINGS, wording, split).format(text="\n".join(lines))
        prompt += "\nRequests that are not done are left out; status and ms are numbers."
        return Item(prompt, "extraction", {"expected": records, "key": "id"}, to_json(records))
