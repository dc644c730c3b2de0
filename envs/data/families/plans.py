"""Plans: a schedule that meets its constraints, and an assignment that meets its rules. Solved first, then told."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from assay.envs.data.family import DataFamily, Item, null_credit, template
from assay.envs.data.render import to_json

SCHEDULE_OPENINGS = (
    "Plan these jobs from time 0, all done by {horizon}: {jobs}. {rules} "
    "Answer with a JSON object from job to its start (whole numbers).",
    "Jobs: {jobs}. {rules} Everything ends by {horizon}. Give the starts as a JSON object.",
    "{rules} Of the jobs, {jobs}; all end by {horizon}. Find starts (whole numbers from 0) as a JSON object.",
    "Make a timetable (JSON object, job to start time, whole numbers from 0) that ends by {horizon}: {jobs}. {rules}",
)


class Schedule(DataFamily[tuple[Any, ...]]):
    """Three jobs at difficulty 1, twelve with machines, orders and deadlines at 10."""

    name: ClassVar[str] = "schedule"
    topic: ClassVar[str] = "constraints"
    summary: ClassVar[str] = "start times that respect orders, machines, deadlines and a horizon"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """Place the jobs on machines first; the rules are those the placement keeps."""
        while True:
            params = self._place(rng, difficulty)
            if not _solved_by_habit(params):
                return params

    def _place(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        names = "abcdefghijkl"[: 2 + difficulty]
        durations = tuple(rng.randrange(1, 6) for _ in names)
        machine_of = [rng.randrange(1 + difficulty // 4) for _ in names]
        free, starts = [0] * 4, [0] * len(names)
        for job in rng.sample(range(len(names)), len(names)):
            starts[job] = free[machine_of[job]] + (rng.random() < 0.2)
            free[machine_of[job]] = starts[job] + durations[job]
        ends = [s + d for s, d in zip(starts, durations, strict=True)]
        pairs = [(a, b) for a in range(len(names)) for b in range(len(names)) if ends[a] <= starts[b]]
        before = tuple(sorted(rng.sample(pairs, min(len(pairs), 1 + difficulty // 2))))
        deadlines = tuple(
            (i, ends[i] + rng.randrange(2)) for i in range(len(names)) if rng.random() < 0.05 * difficulty
        )
        return durations, tuple(machine_of), tuple(starts), before, deadlines, max(ends), rng.randrange(1 << 16)

    def key(self, params: tuple[Any, ...]) -> str:
        """The constraints; the placement they come from is no difference."""
        durations, machine_of, _, before, deadlines, horizon, _ = params
        return repr((durations, machine_of, before, deadlines, horizon))

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """The rules in words and as spec; the placement is one solution."""
        durations, machine_of, starts, before, deadlines, horizon, wording = params
        names = "abcdefghijkl"[: len(durations)]
        machines = [[n for n, m in zip(names, machine_of, strict=True) if m == which] for which in range(4)]
        machines = [group for group in machines if len(group) > 1]
        rules = [f"{names[b]} starts when {names[a]} ends, or later." for a, b in before]
        rules += [f"No two of {', '.join(group)} may overlap (one machine)." for group in machines]
        rules += [f"{names[i]} is due by {time}." for i, time in deadlines]
        spec: dict[str, Any] = {
            "kind": "schedule",
            "jobs": dict(zip(names, durations, strict=True)),
            "before": [[names[a], names[b]] for a, b in before],
            "machines": machines,
            "deadline": {names[i]: time for i, time in deadlines},
            "horizon": horizon,
        }
        in_line = {name: sum(durations[:i]) for i, name in enumerate(names)}
        spec["null_credit"] = null_credit("constraint", spec, [to_json(dict.fromkeys(names, 0)), to_json(in_line)])
        jobs = ", ".join(f"{name} takes {duration}" for name, duration in zip(names, durations, strict=True))
        prompt = template(SCHEDULE_OPENINGS, wording, split).format(jobs=jobs, rules=" ".join(rules), horizon=horizon)
        return Item(prompt, "constraint", spec, to_json(dict(zip(names, starts, strict=True))))


def _solved_by_habit(params: tuple[Any, ...]) -> bool:
    """Whether starting all jobs at once, or one after the other as they are listed, happens to be a plan."""
    durations, machine_of, _, before, deadlines, horizon, _ = params
    jobs = range(len(durations))
    for starts in ([0] * len(durations), [sum(durations[:job]) for job in jobs]):
        ends = [start + duration for start, duration in zip(starts, durations, strict=True)]
        apart = all(
            ends[a] <= starts[b] or ends[b] <= starts[a]
            for a in jobs
            for b in jobs
            if a < b and machine_of[a] == machine_of[b]
        )
        due = max(ends) <= horizon and all(ends[job] <= time for job, time in deadlines)
        if apart and due and all(ends[a] <= starts[b] for a, b in before):
            return True
    return False


CONFIG_OPENINGS = (
    "Choose a value for every setting so that all rules hold; answer with a JSON object.\nSettings: "
    "{settings}.\n{rules}",
    "Settings and their values: {settings}.\nRules: {rules}\nGive one configuration that obeys them, as a JSON object.",
    "{rules}\nWith {settings}, find a configuration that satisfies every rule above (JSON object).",
    "Find settings within {settings} such that: {rules} Answer in JSON.",
)
SETTINGS = ("threads", "cache", "retries", "batch", "depth", "shards", "window", "queue", "limit", "stride")


class Configuration(DataFamily[tuple[Any, ...]]):
    """Settings with small domains and rules among them."""

    name: ClassVar[str] = "configuration"
    topic: ClassVar[str] = "constraints"
    summary: ClassVar[str] = "values for settings under sums, orders and implications"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """Choose values first; the rules are true of them."""
        while True:
            params = self._choose(rng, difficulty)
            names, domains, _, rules, _ = params
            habits = ({n: pick(d) for n, d in zip(names, domains, strict=True)} for pick in (min, max))
            if not any(all(_holds(rule, habit) for rule in rules) for habit in habits):
                return params

    def _choose(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        names = tuple(rng.sample(SETTINGS, 3 + difficulty // 2))
        domains = tuple(tuple(sorted(rng.sample(range(1, 30), 3 + difficulty // 2))) for _ in names)
        values = {name: rng.choice(domain) for name, domain in zip(names, domains, strict=True)}
        rules: list[tuple[Any, ...]] = []
        for _ in range(2 + difficulty):
            a, b, c = rng.sample(names, 3)
            x, y, z = values[a], values[b], values[c]
            slack = rng.randrange(3)
            rules.append(
                rng.choice(
                    (
                        ("sum_at_most", a, b, x + y + slack),
                        ("sum_at_least", a, b, x + y - slack),
                        ("sum_is", a, b, x + y),
                        ("less", a, b) if x < y else ("at_most", b, a),
                        ("implies", a, x, c, z),
                        ("excludes", a, x, c, z + 1),
                        ("not_equal", a, b) if x != y else ("equal", a, b),
                    )
                )
            )
        return names, domains, tuple(values.values()), tuple(sorted(set(rules))), rng.randrange(1 << 16)

    def key(self, params: tuple[Any, ...]) -> str:
        """Domains and rules."""
        return repr((params[0], params[1], params[3]))

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """Rules in words and as spec; the chosen values are one solution."""
        names, domains, values, rules, wording = params
        settings = "; ".join(f"{n}: one of {', '.join(map(str, d))}" for n, d in zip(names, domains, strict=True))
        told = " ".join(RULE_WORDS[rule[0]].format(*rule[1:]) for rule in rules)
        spec: dict[str, Any] = {
            "kind": "assign",
            "variables": {name: list(domain) for name, domain in zip(names, domains, strict=True)},
            "constraints": [
                [rule[0], *(part if isinstance(part, str) else {"value": part} for part in rule[1:])] for rule in rules
            ],
        }
        extremes = [to_json({n: pick(d) for n, d in zip(names, domains, strict=True)}) for pick in (min, max)]
        spec["null_credit"] = null_credit("constraint", spec, extremes)
        prompt = template(CONFIG_OPENINGS, wording, split).format(settings=settings, rules=told)
        return Item(prompt, "constraint", spec, to_json(dict(zip(names, values, strict=True))))


def _holds(rule: tuple[Any, ...], values: dict[str, int]) -> bool:
    """Whether a rule is true of some values; the generator's own reading of the rules."""
    name, *parts = rule
    given = [values[part] if isinstance(part, str) else part for part in parts]
    if name in ("implies", "excludes"):
        return (given[0] != given[1]) or ((given[2] == given[3]) == (name == "implies"))
    a, b, *rest = given
    return bool(
        {
            "sum_at_most": lambda: a + b <= rest[0],
            "sum_at_least": lambda: a + b >= rest[0],
            "sum_is": lambda: a + b == rest[0],
            "less": lambda: a < b,
            "at_most": lambda: a <= b,
            "not_equal": lambda: a != b,
            "equal": lambda: a == b,
        }[name]()
    )


RULE_WORDS = {
    "sum_at_most": "{0} plus {1} is at most {2}.",
    "sum_at_least": "{0} plus {1} is at least {2}.",
    "sum_is": "{0} plus {1} is exactly {2}.",
    "less": "{0} is less than {1}.",
    "at_most": "{0} is at most {1}.",
    "implies": "If {0} is {1}, then {2} is {3}.",
    "excludes": "{0} is not {1} while {2} is {3}.",
    "not_equal": "{0} and {1} differ.",
    "equal": "{0} and {1} are equal.",
}
