"""The mathematics oracle side by side with Math-Verify: throughput, latency and accuracy on the same pairs in one run.

Run as `python -m assay.benchmarks.speed.math --data ../shared/data --cases ../shared/cases --out FILE.json`.
Math-Verify is no dependency of assay: without it (`pip install math-verify==0.9.0`) only our column is measured, and
the output says so; `--peer-path DIR` adds a folder with it to the import path. Both sides run in this process on one
core, round by round in turn. Throughput is by CPU time of the whole process tree (workers of ours and their forks
count, where the system has /proc); latency is CPU time of the calling thread, and wall time, which a busy machine
stretches. All our caches are emptied before every round, so compiling the gold answers is part of what is measured.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assay.verifiers.math import VERIFIER, compile_gold, normalise, points, reader, spoken, symbolic, units

Pair = tuple[str, str]
Check = Callable[[str, str], bool]

FILLER = "We look at each part of the problem in turn and write down what follows from it. " * 6


def gsm8k_pairs(data: Path, count: int) -> list[Pair]:
    """Gold answers of GSM8K with responses of about 500 characters, half of them right."""
    golds = [json.loads(line)["answer"].rsplit("####", 1)[1].strip() for line in _lines(data / "gsm8k/test.jsonl")]
    return _pairs(golds, count)


def math500_pairs(data: Path, count: int) -> list[Pair]:
    """Gold answers of MATH-500, half of the responses right, half with another problem's gold answer."""
    return _pairs([json.loads(line)["answer"] for line in _lines(data / "math500/test.jsonl")], count)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _pairs(golds: list[str], count: int) -> list[Pair]:
    rng = random.Random(20240229)
    chosen = [golds[index % len(golds)] for index in range(count)]
    rng.shuffle(chosen)
    answers = [gold if index % 2 else rng.choice(golds) for index, gold in enumerate(chosen)]
    return [
        (gold, rf"{FILLER}So the answer is $\boxed{{{answer}}}$.") for gold, answer in zip(chosen, answers, strict=True)
    ]


def ours(gold: str, text: str) -> bool:
    """One check by assay."""
    return VERIFIER.verify({"answer": gold}, text).correct


def peer() -> Check | None:
    """One check by Math-Verify with its defaults, or None if it is not installed."""
    try:
        from math_verify import parse, verify  # type: ignore[import-not-found]  # pyright: ignore[reportMissingImports]
    except ImportError:
        return None

    def check(gold: str, text: str) -> bool:
        return bool(verify(parse(rf"\boxed{{{gold}}}"), parse(text)))

    return check


def forget() -> None:
    """Empty all our caches."""
    compile_gold.cache_clear()
    for cached in (
        normalise._remembered,  # pyright: ignore[reportPrivateUsage]
        reader._remembered,  # pyright: ignore[reportPrivateUsage]
        points.variable_name,
        spoken.spoken_number,
        units.read_unit,
    ):
        cached.cache_clear()


def tree_cpu_s() -> float:
    """CPU time of this process, its children that ended, and its live workers with their forks."""
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    total = own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
    for worker in symbolic.pool()._all:  # pyright: ignore[reportPrivateUsage]
        status = Path(f"/proc/{worker._process.pid}/stat")  # pyright: ignore[reportPrivateUsage]
        if status.exists():
            fields = status.read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return total


def measure(
    checks: dict[str, Check], pairs: list[Pair], rounds: int, repeat: dict[str, int]
) -> dict[str, dict[str, float]]:
    """Throughput (median of rounds) and latency of each check on the same pairs, interleaved.

    Args:
        checks: What to measure, by name.
        pairs: Gold answers and responses.
        rounds: How many times each goes over the pairs.
        repeat: How many times each goes over them within a round, so that fast ones are measured for long enough.
    """
    rates: dict[str, list[float]] = {name: [] for name in checks}
    latencies: dict[str, list[float]] = {name: [] for name in checks}
    work: dict[str, list[float]] = {name: [] for name in checks}
    for _ in range(rounds):
        for name, check in checks.items():
            spent = 0.0
            for _ in range(repeat[name]):
                forget()
                start = tree_cpu_s()
                for gold, text in pairs:
                    check(gold, text)
                spent += tree_cpu_s() - start
            rates[name].append(repeat[name] * len(pairs) / max(spent, 1e-9))
            forget()
            for gold, text in pairs:  # apart from the above: reading two clocks costs as much as an easy check
                before, worked = time.perf_counter(), time.thread_time()
                check(gold, text)
                work[name].append(time.thread_time() - worked)
                latencies[name].append(time.perf_counter() - before)
    return {
        name: {
            "pairs_per_s": statistics.median(rates[name]),
            "p50_ms": _quantile(work[name], 0.5) * 1e3,
            "p99_ms": _quantile(work[name], 0.99) * 1e3,
            "p99_wall_ms": _quantile(latencies[name], 0.99) * 1e3,
        }
        for name in checks
    }


def _quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def accuracy(checks: dict[str, Check], cases: Path) -> dict[str, dict[str, Any]]:
    """Right verdicts, false accepts and false rejects on the uncontested rows, and rows right by category."""
    spec = importlib.util.spec_from_file_location("case_expander", cases / "expand.py")
    assert spec is not None
    assert spec.loader is not None
    expander = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(expander)
    rows = [row for row in expander.load(cases / "math.jsonl") if not row["policy"]]
    result: dict[str, dict[str, Any]] = {}
    for name, check in checks.items():
        found: dict[str, Any] = {
            "rows": len(rows),
            "right": 0,
            "false_accepts": 0,
            "false_rejects": 0,
            "categories": {},
        }
        for row in rows:
            try:
                verdict = check(row["gold"], row["text"])
            except Exception:  # a peer that raises has not paid
                verdict = False
            right = verdict == row["expected"]
            found["right"] += right
            found["false_accepts"] += verdict and not right
            found["false_rejects"] += (not verdict) and not right
            category = found["categories"].setdefault(row["category"], [0, 0])
            category[0] += right
            category[1] += 1
        result[name] = found
    return result


def table(report: dict[str, Any]) -> str:
    """The report as Markdown."""
    names = list(report["accuracy"])
    lines = ["| what | " + " | ".join(names) + " | ratio |", "| --- | " + "---: | " * (len(names) + 1)]
    for pairs, title in (("gsm8k", "GSM8K"), ("math500", "MATH-500")):
        found = report[pairs]
        rates = [found[name]["pairs_per_s"] for name in names]
        ratio = f"{rates[0] / rates[1]:.0f} x" if len(rates) > 1 else ""
        lines.append(
            f"| {title}, pairs/s of CPU time | " + " | ".join(f"{rate:,.0f}" for rate in rates) + f" | {ratio} |"
        )
        for key, word in (("p50_ms", "p50 CPU"), ("p99_ms", "p99 CPU"), ("p99_wall_ms", "p99 wall")):
            lines.append(f"| {title}, {word} (ms) | " + " | ".join(f"{found[n][key]:.3f}" for n in names) + " | |")
    scores = [report["accuracy"][name] for name in names]
    lines.append("| uncontested rows right | " + " | ".join(f"{s['right']}/{s['rows']}" for s in scores) + " | |")
    lines.append("| false accepts | " + " | ".join(str(s["false_accepts"]) for s in scores) + " | |")
    lines.append("| false rejects | " + " | ".join(str(s["false_rejects"]) for s in scores) + " | |")
    lines += ["", "| category | " + " | ".join(names) + " |", "| --- | " + "---: | " * len(names)]
    for category in scores[0]["categories"]:
        cells = ["/".join(map(str, score["categories"][category])) for score in scores]
        lines.append(f"| {category} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measure, print the table, write the JSON."""
    parser = argparse.ArgumentParser(description="The mathematics oracle beside Math-Verify.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of public data sets")
    parser.add_argument("--cases", type=Path, default=Path("../shared/cases"), help="folder of labelled cases")
    parser.add_argument("--out", type=Path, help="JSON file to write")
    parser.add_argument("--pairs", type=int, default=200, help="pairs of each kind")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer-path", type=Path, help="site-packages folder with math_verify in it")
    options = parser.parse_args()
    for folder in (options.data, options.cases):
        if not folder.is_dir():
            sys.exit(f"no folder {str(folder)!r}; name it with --data and --cases")
    logging.disable(logging.CRITICAL)  # the peer reports every timeout
    if options.peer_path is not None:
        sys.path.append(str(options.peer_path))
    checks: dict[str, Check] = {"assay": ours}
    other = peer()
    if other is None:
        print("Math-Verify is not installed: pip install math-verify==0.9.0 (or --peer-path); measuring assay alone.")
    else:
        checks["math-verify"] = other
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    symbolic.warm_up()
    for gold, text in math500_pairs(options.data, 20):
        for check in checks.values():
            check(gold, text)  # imports and first calls
    repeat = {"assay": 5, "math-verify": 1}
    report: dict[str, Any] = {"pairs": options.pairs, "rounds": options.rounds, "python": sys.version.split()[0]}
    report["gsm8k"] = measure(checks, gsm8k_pairs(options.data, options.pairs), options.rounds, repeat)
    report["math500"] = measure(checks, math500_pairs(options.data, options.pairs), options.rounds, repeat)
    report["accuracy"] = accuracy(checks, options.cases)
    print(table(report))
    if options.out is not None:
        options.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
