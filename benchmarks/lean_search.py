"""Proof search on the shipped theorem list: how many theorems each search proves, by world.

    python -m assay.benchmarks.lean_search [--search mcts] [--seconds 5] [--without library] [--without automation]

Each theorem has its CPU seconds of one thread, and is proved when the engine accepts the whole script for the bare
statement. The policy is the fixed alphabet; what it is allowed to know can be taken away.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from assay.agents.lean_search.agent import SEARCHES
from assay.agents.lean_search.alphabet import AlphabetPolicy
from assay.agents.lean_search.budget import Budget
from assay.agents.lean_search.proof import SearchResult
from assay.envs.lean.theorem_list import WORLDS
from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.theorems import shipped_theorems

NODES = 1_000_000
"""No limit: time ends a search."""


def table(of: Mapping[str, str], results: Mapping[str, SearchResult]) -> str:
    """Proved, all, states, tactics and CPU seconds by world."""
    lines = [f"{'world':12}{'proved':>8}{'of':>6}{'nodes':>9}{'tactics':>10}{'CPU s':>8}"]
    for world in (*WORLDS, "all"):
        rows = [results[name] for name in results if world in (of[name], "all")]
        if rows:
            sums = (sum(r.proved for r in rows), len(rows), sum(r.nodes for r in rows), sum(r.tactics for r in rows))
            lines.append(f"{world:12}{sums[0]:8}{sums[1]:6}{sums[2]:9}{sums[3]:10}{sum(r.cpu_s for r in rows):8.1f}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Search and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--search", choices=sorted(SEARCHES), action="append", help="default: all")
    parser.add_argument("--seconds", type=float, default=5.0, help="CPU seconds a theorem")
    parser.add_argument("--without", choices=("library", "automation"), action="append", default=[])
    parser.add_argument("--proofs", action="store_true", help="print every proof found and every theorem missed")
    parser.add_argument("--json", type=Path, help="append a line for each theorem to this file")
    options = parser.parse_args(arguments)
    engine, theorems = EmbeddedEngine(), shipped_theorems()
    policy = AlphabetPolicy(library="library" not in options.without, automation="automation" not in options.without)
    of = {name.partition(":")[0]: world for world, names in WORLDS.items() for name in names.split()}
    for name in options.search or sorted(SEARCHES):
        results: dict[str, SearchResult] = {}
        for theorem in theorems:
            found = SEARCHES[name](engine, policy, theorem.statement, Budget(NODES, options.seconds))
            results[theorem.name] = found
            if options.proofs:
                sys.stdout.write(f"{theorem.name}: {found.script if found.proved else 'not proved'}\n")
            if options.json:
                row = {"search": name, "policy": policy.name, "theorem": theorem.name, "proved": found.proved}
                spent = {"nodes": found.nodes, "tactics": found.tactics, "cpu_s": round(found.cpu_s, 3)}
                with options.json.open("a", encoding="utf-8") as out:
                    out.write(json.dumps({**row, **spent}, ensure_ascii=False) + "\n")
        sys.stdout.write(f"\n{name}, {policy.name}, {options.seconds:g} s a theorem\n{table(of, results)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
