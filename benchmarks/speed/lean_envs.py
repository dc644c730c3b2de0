"""What the Lean environments cost: generated theorems a second, tactic steps a second, and what automation solves.

    python -m assay.benchmarks.speed.lean_envs [--tasks 60] [--steps 3000] [--distinct 20000] [--shares 20]

Rates are per CPU second of this process. The first line measures the engine alone on the theorem list in the same run,
so that rates of different machines can be compared as ratios. `--distinct` counts different theorems among so many
draws of each family; `--shares` tells which one-line tactics prove what share of so many tasks of each difficulty.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable

import gymnasium

from assay.envs.catalog import register_all
from assay.envs.lean import FAMILIES, TheoremListSource, TheoremSource
from assay.envs.lean.family import cached_theorem
from assay.envs.lean.theorem import embedded_engine, is_proved
from assay.envs.procedural import remembered_draw
from assay.envs.text_env import TextEnv
from assay.verifiers.lean.theorems import shipped_theorems

ONE_LINERS = ("rfl", "trivial", "assumption", "decide", "simp", "omega")

DRAWS_FROM = 2**40


def per_second(count: int, work: Callable[[], object]) -> float:
    """How many a CPU second, for work that does `count` of something."""
    start = time.process_time()
    work()
    return count / (time.process_time() - start)


def engine_rate() -> float:
    """Whole proofs of the theorem list a second: the yardstick."""
    theorems = shipped_theorems()

    def work() -> None:
        for theorem in theorems:
            embedded_engine().check(theorem.statement, theorem.proof)

    work()
    return per_second(len(theorems), work)


def generation_rate(name: str, split: str, tasks: int, *, checked: bool) -> float:
    """Tasks of all difficulties in turn a second; with their demonstrations, which the engine checks, or without."""
    source = TheoremSource([FAMILIES[name]])
    remembered_draw.cache_clear()
    cached_theorem.cache_clear()
    is_proved.cache_clear()

    def work() -> None:
        for index in range(tasks):
            task = source.task(split, index)
            if checked:
                source.gold(task)

    return per_second(tasks, work)


def step_rate(steps: int, observation: str) -> float:
    """Easy steps of one environment a second, resets included: `intro`, then back to the start by another `intro`."""
    env = gymnasium.make("assay/LeanTactic-v0", source="theorems", observation=observation)
    env.reset(seed=0, options={"task": "theorems/test/and_swap"})

    def work() -> None:
        for number in range(steps):
            over = env.step(f"#state 0\nintro h{number}")[2:4]
            if any(over):
                env.reset(options={"task": "theorems/test/and_swap"})

    return per_second(steps, work)


def vector_rate(steps: int, envs: int = 64) -> float:
    """Easy steps of a vector of environments a second, counted over all, resets of finished ones included."""
    vector = gymnasium.make_vec("assay/LeanTactic-v0", num_envs=envs, source="theorems", observation="turn")
    vector.reset(seed=0)
    rounds = max(1, steps // envs)
    actions = tuple("intro h" if number % 2 else "#state 0\nintros" for number in range(envs))

    def work() -> None:
        for _ in range(rounds):
            vector.step(actions)

    rate = per_second(rounds * envs, work)
    vector.close()
    return rate


def gold_rate(tasks: int) -> float:
    """Steps of gold proofs a second over the theorem list, one action each where the proof is a list of steps."""
    env = gymnasium.make("assay/LeanTactic-v0", source="all", observation="turn").unwrapped
    assert isinstance(env, TextEnv)
    source = env.source
    assert isinstance(source, TheoremSource)
    chosen = [source.task("train", index) for index in range(tasks)]
    scripts = [source.theorem(task).steps for task in chosen]

    def work() -> None:
        for task, script in zip(chosen, scripts, strict=True):
            env.reset(options={"task": task.id})
            for step in script:
                env.step(step)

    return per_second(sum(map(len, scripts)), work)


def distinct(name: str, draws: int) -> int:
    """Different theorems among so many draws at all difficulties, by their identity up to names."""
    family = FAMILIES[name]
    keys: set[str] = set()
    for number in range(draws):
        params = family.draw(random.Random(f"distinct/{name}/{number}"), 1 + number % 10)
        if cached_theorem(family, params) is not None:
            keys.add(family.key(params))
    return len(keys)


def shares(name: str, tasks: int) -> list[tuple[int, dict[str, float]]]:
    """For each difficulty, what share of tasks each one-liner proves."""
    rows: list[tuple[int, dict[str, float]]] = []
    for difficulty in range(1, 11):
        source = TheoremSource([FAMILIES[name]], difficulty)
        theorems = [source.theorem(source.task("test", index)) for index in range(tasks)]
        found: dict[str, float] = {}
        for tactic in ONE_LINERS:
            proved = sum(embedded_engine().check(t.statement, f"by {tactic}", t.axioms).correct for t in theorems)
            found[tactic] = proved / tasks
        rows.append((difficulty, found))
    return rows


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m assay.benchmarks.speed.lean_envs", description=__doc__)
    parser.add_argument("--tasks", type=int, default=60, help="tasks of each family whose generation is timed; 0: none")
    parser.add_argument("--steps", type=int, default=3000, help="steps that are timed; 0: none")
    parser.add_argument("--distinct", type=int, default=0, help="draws of each family in which theorems are counted")
    parser.add_argument("--shares", type=int, default=0, help="tasks of each difficulty that one-liners are tried on")
    options = parser.parse_args(arguments)
    register_all()
    TheoremListSource().task("test", 0)
    print(f"engine alone, theorem list: {engine_rate():.0f} proofs/s")
    if options.steps:
        for observation in ("turn", "transcript"):
            print(f"easy steps, one environment, {observation}: {step_rate(options.steps, observation):.0f}/s")
        print(f"easy steps, vector of 64: {vector_rate(options.steps):.0f}/s")
        print(f"steps of gold proofs, all families, resets included: {gold_rate(max(10, options.steps // 50)):.0f}/s")
    if options.tasks:
        print(f"{'tasks/s':20}{'train':>8}{'test':>8}{'train, with gold':>18}{'test, with gold':>18}")
        for name in FAMILIES:
            rates = [
                generation_rate(name, split, options.tasks, checked=c)
                for c in (False, True)
                for split in ("train", "test")
            ]
            print(f"{name:20}{rates[0]:8.0f}{rates[1]:8.0f}{rates[2]:18.0f}{rates[3]:18.0f}")
    if options.distinct:
        counts = {name: distinct(name, options.distinct) for name in FAMILIES}
        for name, count in counts.items():
            print(f"{name:20}{count:8} different theorems in {options.distinct} draws")
        print(f"{'all':20}{sum(counts.values()):8}")
    if options.shares:
        print(f"{'share proved by':20}{'d':>3}" + "".join(f"{tactic:>12}" for tactic in ONE_LINERS))
        for name in FAMILIES:
            for difficulty, found in shares(name, options.shares):
                print(f"{name:20}{difficulty:3}" + "".join(f"{found[tactic]:12.0%}" for tactic in ONE_LINERS))


if __name__ == "__main__":
    main()
