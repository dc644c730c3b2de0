"""What the structured-data verifiers and generators cost, and what wrong SQL gets past them.

    python -m assay.benchmarks.speed.data [--tasks 200] [--verdicts 10000] [--repeats 3] [--json FILE]

Five measurements, all on this thread and in one run:

- verdicts: CPU seconds for a mix of all kinds, right and wrong answers alike;
- endless: CPU milliseconds until the step budget stops an endless recursive query;
- bad input: CPU milliseconds of the slowest verdict on each hostile answer, over all kinds that it is meant for;
- generators: tasks per CPU second and family, prompts, specs and databases included;
- wrong SQL: mutants of the gold queries of some tasks. Each is shown to be wrong on a database of its own (large,
  hostile, in no item); then it is counted how many of them the item's databases accept, and how many a comparison as in
  BIRD does (`set(rows) == set(gold rows)` on one plain database of 50 rows, DAMO-ConvAI/bird `evaluation.py`).
  "first order" are the mutants that the databases were chosen for, "second order" are mutants of mutants, which no
  database was chosen for.
"""

from __future__ import annotations

import argparse
import functools
import json
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from assay.envs.data import FAMILIES, DataSource
from assay.envs.sql import FAMILIES as SQL_FAMILIES
from assay.envs.sql import SqlSource
from assay.envs.sql.databases import adversarial_database, plain_database
from assay.envs.sql.mutants import mutants, second_order
from assay.envs.sql.query import Query
from assay.verifiers.data.rows import RowRules, same_rows
from assay.verifiers.dispatch import Item, verify

PROOF_DATABASES = 40
"""Databases on which a mutant may be shown to be wrong."""

PLAIN_ROWS = 50
SECOND_ORDER = 20
"""Second-order mutants tried for each task."""

ENDLESS = "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c"

_SQL_SPEC = {"databases": ["create table t(x);insert into t values(1);"], "gold_sql": "select x from t"}
_TREE = {"to": "yaml", "expected": {"a": 1}}
_XML = {"to": "xml", "xml": {"root": "r"}, "expected": {"a": 1}}
_SCHEMA = {"schema": {"type": "string", "pattern": "^(a+)+$"}}
_LOOKING = {"schema": {"type": "string", "pattern": "^(?=a)(a+)+$"}}
_PATCH = {"lang": "json_patch", "doc": {"a": [1]}, "expected": {}}
_QUERY = {"lang": "jmespath", "doc": {"a": [1]}, "expected": 1}
_WIDE = {"expected": [i / 1000 for i in range(900)], "unordered": True, "tolerance": {"abs": 1000}}
_REGEX = {"pos": ["a" * 30], "neg": ["a" * 30 + "b"]}

BAD_INPUT: dict[str, list[Item]] = {
    "YAML alias bomb": [("conversion", _TREE, "a: &a [x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(30)))],
    "XML entity bomb": [("conversion", _XML, "<!DOCTYPE r [<!ENTITY a 'a'><!ENTITY b '&a;&a;'>]><r>&b;</r>")],
    "100 MB answer": [("json_equal", {"expected": 1}, "[" * 100_000_000), ("conversion", _TREE, "a" * 100_000_000)],
    "100,000 deep": [
        ("json_equal", {"expected": 1}, "[" * 100_000),
        ("json_schema", {"schema": True}, '{"a":' * 100_000),
        ("conversion", _TREE, "[" * 100_000),
        ("conversion", _XML, "<r>" * 33_000),
        ("conversion", {"to": "toml", "expected": {}}, "a = " + "[" * 99_000),
        ("regex", _REGEX, "(" * 900),
        ("transform", _QUERY, "(" * 19_000),
        ("sql", _SQL_SPEC, "select " + "(" * 19_000),
    ],
    "ReDoS": [
        ("regex", _REGEX, "(a+)+"),
        ("regex", _REGEX, "(?:(?:a{1,100}){1,100}){1,10}"),
        ("json_schema", _SCHEMA, '"' + "a" * 50_000 + '!"'),
        ("json_schema", _LOOKING, '"' + "a" * 50_000 + '!"'),
        ("sql", _SQL_SPEC, "select x from t where '" + "a" * 1500 + "' like '" + "%a" * 90 + "b'"),
    ],
    "trailing statement": [("sql", _SQL_SPEC, "select x from t; drop table t")],
    "binary": [
        (kind, spec, "".join(map(chr, range(256))) * 300)
        for kind, spec in (("json_equal", {"expected": 1}), ("conversion", _TREE))
    ],
    "two blocks": [("json_equal", {"expected": 1}, "```\n1\n```\n```\n1\n```")],
    "endless query": [("sql", _SQL_SPEC, ENDLESS)],
    "doubling query": [
        (
            "sql",
            _SQL_SPEC,
            "with c0 as (select x from t)"
            + "".join(f", c{i} as (select a.x from c{i - 1} a, c{i - 1} b)" for i in range(1, 40))
            + " select * from c39",
        )
    ],
    "cross join": [
        (
            "sql",
            _SQL_SPEC,
            "with c as ("
            + " union all ".join(["select 1 x"] * 20)
            + ") select count(*) from c a, c b, c d, c e, c f, c g",
        )
    ],
    "doubling program": [("transform", _QUERY, "@" + ".[@,@]" * 45), ("transform", _QUERY, "a" + " | [@, @]" * 45)],
    "doubling patch": [("transform", _PATCH, json.dumps([{"op": "copy", "from": "/a", "path": "/a/-"}] * 200))],
    "wide tolerance": [("json_equal", _WIDE, json.dumps([i / 1000 + 0.0001 for i in range(900)]))],
}
"""Answers that are meant to cost more than they are worth."""

Source = DataSource | SqlSource


def sources() -> list[Source]:
    """One source for each family."""
    return [
        *(DataSource([family]) for family in FAMILIES.values()),
        *(SqlSource([family]) for family in SQL_FAMILIES.values()),
    ]


def mixed_items(count: int) -> list[Item]:
    """Checks of all families in turn: the gold answer, and the same with its middle cut out."""
    items: list[Item] = []
    index = 0
    while len(items) < count:
        for source in sources():
            task = source.task("train", index)
            gold = source.gold(task)
            items.append((task.kind, task.spec, gold))
            items.append((task.kind, task.spec, gold[: len(gold) // 3] + gold[len(gold) // 2 :]))
        index += 1
    return items[:count]


def cpu_s(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure_verdicts(count: int, repeats: int) -> dict[str, Any]:
    """The mix, graded; the best of some repeats."""
    items = mixed_items(count)
    best = min(cpu_s(lambda: [verify(*item) for item in items]) for _ in range(repeats))
    return {"verdicts": count, "cpu_s": round(best, 3), "per_second": round(count / best)}


def measure_endless(repeats: int) -> dict[str, Any]:
    """An endless query until it is stopped; the worst of some repeats, after one that warms up."""
    spec = {"databases": ["create table t(x);insert into t values(1);"], "gold_sql": "select x from t"}
    verdict = verify("sql", spec, ENDLESS)
    assert verdict.reason == "too_many_steps"
    worst = max(cpu_s(functools.partial(verify, "sql", spec, ENDLESS)) for _ in range(repeats))
    return {"stopped_after_ms": round(worst * 1000, 1), "reason": verdict.reason}


def measure_bad_input(repeats: int) -> dict[str, Any]:
    """CPU milliseconds of the slowest verdict of each group, the best of some repeats, with its reason."""
    worst: dict[str, Any] = {}
    for name, items in BAD_INPUT.items():
        found: list[tuple[float, str]] = []
        for kind, spec, text in items:
            verdict = verify(kind, spec, text)
            assert verdict.score is not None
            seconds = min(cpu_s(functools.partial(verify, kind, spec, text)) for _ in range(repeats))
            found.append((round(1000 * seconds, 2), f"{kind}: {verdict.reason}"))
        worst[name] = max(found)
    return worst


def measure_generators(tasks: int, repeats: int) -> dict[str, float]:
    """Tasks per CPU second in the test split, which draws four times as often as it keeps."""
    rates: dict[str, float] = {}
    for number, source in enumerate(sources()):
        runs: list[float] = []
        for repeat in range(repeats):
            start = repeat * tasks  # fresh indices: nothing is remembered
            runs.append(cpu_s(functools.partial(_generate, source, range(start, start + tasks))))
        rates[source.task("test", number).meta["family"]] = round(tasks / min(runs), 1)
    return rates


def _generate(source: Source, indices: Iterable[int]) -> None:
    for index in indices:
        source.task("test", index)


def measure_wrong_sql(tasks: int) -> dict[str, Any]:
    """How many wrong queries are accepted by an item's databases, and by one plain database in BIRD's way."""
    source = SqlSource([SQL_FAMILIES["text_to_sql"]])
    counts = {order: {"wrong": 0, "accepted": 0, "accepted_bird_style": 0} for order in ("first", "second")}
    examples: list[dict[str, str]] = []
    for index in range(tasks):
        task = source.task("test", index)
        _, (query, seed, _), _ = source.drawn(task.id)
        rng = random.Random(seed + 1)
        proofs = [_open(query, adversarial_database(query, rng, 8, 36)) for _ in range(PROOF_DATABASES)]
        plain = _open(query, plain_database(query, rng, PLAIN_ROWS))
        beyond = sorted(second_order(query))
        chosen = {"first": sorted(mutants(query)), "second": rng.sample(beyond, min(SECOND_ORDER, len(beyond)))}
        for order, wrong in chosen.items():
            for sql in wrong:
                if not _shown_wrong(query, sql, proofs):
                    continue
                counts[order]["wrong"] += 1
                if verify("sql", task.spec, sql).correct:
                    counts[order]["accepted"] += 1
                    examples.append({"order": order, "gold": query.sql, "accepted": sql})
                counts[order]["accepted_bird_style"] += set(_rows(plain, sql)) == set(_rows(plain, query.sql))
        for connection in (*proofs, plain):
            connection.close()
    return {"tasks": tasks, **counts, "examples": examples[:10]}


def _open(query: Query, script: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(f"{query.domain.ddl}\n{script}")
    return connection


def _rows(connection: sqlite3.Connection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()


def _shown_wrong(query: Query, sql: str, proofs: Sequence[sqlite3.Connection]) -> bool:
    rules = RowRules(order_keys=tuple(query.order_keys))
    return any(not same_rows(_rows(proof, query.sql), _rows(proof, sql), rules) for proof in proofs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit code: 1 where a first-order mutant was accepted."""
    parser = argparse.ArgumentParser(
        prog="python -m assay.benchmarks.speed.data", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--tasks", type=int, default=200, help="SQL tasks whose mutants are tried")
    parser.add_argument("--verdicts", type=int, default=10_000)
    parser.add_argument("--generated", type=int, default=300, help="tasks generated of each family")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the figures here as JSON")
    chosen = parser.parse_args(arguments)
    figures: dict[str, dict[str, Any]] = {
        "verdicts": measure_verdicts(chosen.verdicts, chosen.repeats),
        "endless": measure_endless(chosen.repeats),
        "bad_input": measure_bad_input(chosen.repeats),
        "generators": measure_generators(chosen.generated, chosen.repeats),
        "wrong_sql": measure_wrong_sql(chosen.tasks),
    }
    text = json.dumps(figures, indent=2)
    print(text)
    if chosen.json is not None:
        chosen.json.write_text(text + "\n", encoding="utf-8")
    return 1 if figures["wrong_sql"]["first"]["accepted"] else 0


if __name__ == "__main__":
    sys.exit(main())
