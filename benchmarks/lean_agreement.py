"""Agreement of the embedded Lean engine with a real Lean, by origin of the proof and by tactic.

    python -m assay.benchmarks.lean_agreement CASES.jsonl [--refusals]

A case has `binders_and_statement`, `proof`, `accepted` (what a real Lean said), `uses`, `origin`, and flags for cheats
and for proofs whose verdict depends on Lean's version. Only version-stable cases are counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from assay.verifiers.lean.embedded.engine import EmbeddedEngine

Counts = dict[str, list[int]]
"""Name -> [Lean accepts and so do we, Lean accepts and we refuse, Lean refuses and we accept, both refuse]."""


def count(rows: list[dict[str, Any]]) -> tuple[Counts, Counts, list[str]]:
    """Counts by origin and by tactic, and a line for each disagreement."""
    engine = EmbeddedEngine()
    by_origin: Counts = defaultdict(lambda: [0, 0, 0, 0])
    by_tactic: Counts = defaultdict(lambda: [0, 0, 0, 0])
    lines: list[str] = []
    for row in rows:
        if row["version_sensitive"] or (row["outside_subset"] and not row["cheat"]):
            continue
        wanted = row["accepted"] and not row["cheat"]
        verdict = engine.check(row["binders_and_statement"], row["proof"])
        cell = (0 if verdict.correct else 1) if wanted else (2 if verdict.correct else 3)
        by_origin[row["origin"]][cell] += 1
        for name in row["uses"] or ["(none)"]:
            by_tactic[name][cell] += 1
        if cell in (1, 2):
            lines.append(f"{row['id']}: {verdict.status} {verdict.reason}: {verdict.message.splitlines()[0]}")
    return by_origin, by_tactic, lines


def table(title: str, counts: Counts) -> str:
    """Counts as text, the most frequent first."""
    lines = [f"{title:20}{'right kept':>12}{'right lost':>12}{'wrong taken':>12}{'wrong kept':>12}"]
    for name, cells in sorted(counts.items(), key=lambda item: -sum(item[1])):
        lines.append(f"{name:20}{cells[0]:12}{cells[1]:12}{cells[2]:12}{cells[3]:12}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("cases", type=Path)
    parser.add_argument("--refusals", action="store_true", help="list every disagreement")
    options = parser.parse_args(arguments)
    rows = [json.loads(line) for line in options.cases.read_text(encoding="utf-8").splitlines()]
    by_origin, by_tactic, lines = count(rows)
    sys.stdout.write(table("origin", by_origin) + "\n\n" + table("tactic", by_tactic) + "\n")
    if options.refusals:
        sys.stdout.write("\n".join(["", *lines]) + "\n")


if __name__ == "__main__":
    main()
