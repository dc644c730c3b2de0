"""How many Lean proofs and tactic steps a second one core checks, and how long the library takes to load.

    python -m assay.benchmarks.speed.lean [--repeats 5] [--json FILE]

The proofs are the shipped theorems (the size of the Natural Number Game's levels); the steps are their tactics, one at
a time. Times are CPU seconds of this process. Where the environment variable `LEAN_BIN` names a real Lean, it checks
the same proofs for scale, one process each.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from assay.verifiers.lean.embedded import library
from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.engine import TacticError
from assay.verifiers.lean.theorems import Theorem, shipped_theorems

EASY_STEPS = (
    ("(p q r : Prop) (h : p ∧ q) : q ∧ (p ∨ r)", ("constructor", "exact h.2", "left", "exact h.1")),
    ("(p q : Prop) : p ∨ q → q ∨ p", ("intro h", "cases h", "right", "assumption", "left", "assumption")),
    ("(a b c : Nat) : a + b + c = a + c + b", ("rw [Nat.add_assoc]", "rw [Nat.add_comm b c]", "rw [← Nat.add_assoc]")),
    ("(n : Nat) : 0 + n = n", ("induction n", "rfl", "rw [Nat.add_succ]")),
    ("(xs : List Nat) : xs ++ [] = xs", ("induction xs", "rfl", "rw [List.cons_append]", "congr")),
)


def load_times() -> dict[str, float]:
    """Seconds to load the library with and without its cache."""
    with tempfile.TemporaryDirectory() as folder:
        before = os.environ.get("XDG_CACHE_HOME")
        os.environ["XDG_CACHE_HOME"] = folder
        try:
            times: dict[str, float] = {}
            for name in ("first", "cached"):
                start = time.process_time()
                library.load_library()
                times[name] = time.process_time() - start
        finally:
            if before is None:
                del os.environ["XDG_CACHE_HOME"]
            else:
                os.environ["XDG_CACHE_HOME"] = before
    return times


def proofs_per_second(theorems: list[Theorem], repeats: int) -> float:
    """Whole proofs a CPU second: the best of several runs."""
    engine = EmbeddedEngine()
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        for theorem in theorems:
            if not engine.check(theorem.statement, theorem.proof).correct:
                raise RuntimeError(f"{theorem.name} is not proved")
        best = min(best, time.process_time() - start)
    return len(theorems) / best


def steps_per_second(repeats: int) -> float:
    """Tactic steps a CPU second, states printed: the best of several runs."""
    engine = EmbeddedEngine()
    best, count = float("inf"), 0
    for _ in range(repeats):
        count = 0
        start = time.process_time()
        for _ in range(10):
            for statement, tactics in EASY_STEPS:
                state = engine.start(statement)
                for tactic in tactics:
                    made = engine.run(state, tactic)
                    if isinstance(made, TacticError):
                        raise RuntimeError(f"{tactic}: {made.message}")
                    state, count = made, count + 1
        best = min(best, time.process_time() - start)
    return count / best


def real_lean(binary: str, theorems: list[Theorem]) -> float:
    """Proofs a second of a real Lean, one process each (wall seconds)."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for theorem in theorems:
            file = Path(folder) / "t.lean"
            file.write_text(f"theorem t {theorem.statement} := {theorem.proof}\n", encoding="utf-8")
            subprocess.run([binary, str(file)], check=False, capture_output=True, timeout=120)
    return len(theorems) / (time.perf_counter() - start)


def measure(repeats: int) -> dict[str, Any]:
    """All figures."""
    theorems = shipped_theorems()
    row: dict[str, Any] = {f"load_{name}_s": round(value, 3) for name, value in load_times().items()}
    lib = library.default_library()
    row["lemmas"] = sum(known.kind == "theorem" for known in lib.env)
    row["constants"] = len(lib.env.constants)
    row["proofs_per_s"] = round(proofs_per_second(theorems, repeats))
    row["steps_per_s"] = round(steps_per_second(repeats))
    binary = os.environ.get("LEAN_BIN")
    if binary:
        row["lean_proofs_per_s"] = round(real_lean(binary, theorems[:40]), 1)
    return row


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the figures, and write them as JSON where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    row = measure(options.repeats)
    for name, value in row.items():
        sys.stdout.write(f"{name:20}{value}\n")
    if options.json is not None:
        options.json.write_text(json.dumps(row) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
