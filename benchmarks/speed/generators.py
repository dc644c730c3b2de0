"""How many mathematics tasks a second one core generates, family by family.

    python -m assay.benchmarks.speed.generators [--tasks 2000] [--repeats 3] [--json FILE]

Times are CPU seconds of this process, the best of some repeats, over tasks of all difficulties in turn. A task is
complete: prompt, answer and meta, as an environment gets it. Where `reasoning-gym` is installed, the generators that
correspond to ours are measured in the same run and given as ratios; its tasks are at its default settings, so the ratio
compares what a user gets, not like with like.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assay.envs.math import FAMILIES, ProceduralSource
from assay.envs.procedural import remembered_draw

PEERS = {
    "int_chain": "basic_arithmetic",
    "addition": "chain_sum",
    "fractions": "fraction_simplification",
    "decimals": "decimal_arithmetic",
    "linear_equation": "simple_equations",
    "gcd_lcm": "gcd",
    "base_conversion": "base_conversion",
    "definite_integral": "simple_integration",
    "polynomial_expansion": "polynomial_multiplication",
    "sequence_terms": "number_sequence",
}
"""Family -> the data set of reasoning-gym that comes nearest."""


def tasks_per_second(make: Callable[[int], object], tasks: int, repeats: int) -> float:
    """Tasks made per CPU second: the best of several runs over the same indices."""
    best = float("inf")
    for _ in range(repeats):
        remembered_draw.cache_clear()
        start = time.process_time()
        for index in range(tasks):
            make(index)
        best = min(best, time.process_time() - start)
    return tasks / best


def measure(tasks: int, repeats: int) -> list[dict[str, Any]]:
    """One row for each family: name, topic, tasks per second in each split, and the peer's."""
    rows: list[dict[str, Any]] = []
    for name, family in FAMILIES.items():
        source = ProceduralSource([family])
        row: dict[str, Any] = {"family": name, "topic": family.topic}
        for split in source.splits:
            row[split] = round(tasks_per_second(functools.partial(source.task, split), tasks, repeats))
        peer = _peer(PEERS[name]) if name in PEERS else None
        if peer is not None:
            row["peer"] = PEERS[name]
            row["peer_rate"] = round(tasks_per_second(peer, tasks, repeats))
        rows.append(row)
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """The rows as text."""
    lines = [f"{'family':22}{'topic':15}{'train/s':>10}{'test/s':>10}   reasoning-gym"]
    for row in rows:
        line = f"{row['family']:22}{row['topic']:15}{row['train']:>10,}{row['test']:>10,}"
        if "peer" in row:
            line += f"   {row['peer']}: {row['peer_rate']:,}/s, ours {row['train'] / row['peer_rate']:.1f} times"
        lines.append(line)
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the table, and write the rows as JSON where asked."""
    parser = argparse.ArgumentParser(prog="python -m assay.benchmarks.speed.generators", description=__doc__)
    parser.add_argument("--tasks", type=int, default=2000, help="tasks a run")
    parser.add_argument("--repeats", type=int, default=3, help="runs, of which the best counts")
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    options = parser.parse_args(arguments)
    rows = measure(options.tasks, options.repeats)
    print(table(rows))
    if not any("peer" in row for row in rows):
        print("reasoning-gym is not installed: `pip install reasoning-gym` adds a comparison", file=sys.stderr)
    if options.json is not None:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def _peer(name: str) -> Callable[[int], object] | None:
    """The generator of a reasoning-gym data set; None where the library is not installed."""
    try:
        library: Any = importlib.import_module("reasoning_gym")
    except ImportError:
        return None
    dataset = library.create_dataset(name, size=1_000_000, seed=0)
    generate: Callable[[int], object] = dataset.__getitem__
    return generate


if __name__ == "__main__":
    main()
