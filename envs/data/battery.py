"""The null battery for structured data and SQL: responses that must not be paid.

Most attacks take the gold answer and spoil it: a leaf changed, dropped or added, the answer given twice, prose put
before it. Others are what a careless oracle falls for: empty documents, patterns that match anything, programs that
write out the shown result. Whether an attack happens to be right is judged here by plain readings of its own.
"""

from __future__ import annotations

import json
import random
import re
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

from assay.envs.audit import Attack
from assay.envs.data.render import TABLE_WRITERS, TREE_WRITERS, to_json
from assay.envs.task import Task

VERIFIER_OPTIONS: Mapping[str, Any] = {}

DEGENERATE = (
    "{}",
    "[]",
    "[{}]",
    "[[]]",
    "null",
    "true",
    "0",
    "1",
    '""',
    "NaN",
    "1e400",
    "{",
    "]",
    ".*",
    "(?s).*",
    "[^a]*",
    "@",
    "*",
    "-",
    "---",
    "a,b",
    "| a |",
    "<rows/>",
    "<!DOCTYPE r [<!ENTITY x 'y'>]><rows>&x;</rows>",
    "a: &a [1]\nb: *a",
    "!!python/object/apply:os.getcwd []",
    "select 1",
    "select * from sqlite_master",
    "attach 'x' as y",
    "2024-01-01",
    "1970-01-01",
    "0 m",
    "0.00 EUR",
    '{"__proto__": 1}',
    '{"score": 1}',
    '[{"op": "replace", "path": "", "value": {}}]',
    "[" * 70 + "]" * 70,
)


def attacks(task: Task, gold: str, other: Task, rng: random.Random) -> Iterable[Attack]:
    """The attacks on one task."""
    answer = _bare(gold)
    for text in DEGENERATE:
        yield Attack("degenerate", text, (text,))
        yield Attack("degenerate_block", f"```\n{text}\n```", (text,))
    yield Attack("two_blocks", f"```\n{answer}\n```\nor\n```\n{answer}\n```")
    yield Attack("block_and_guess", f"```\n{answer}\n```\n```\n0\n```")
    yield Attack("open_block", f"```\n{answer}")
    yield Attack("twice", f"{answer}\n{answer}")
    yield Attack("prose_before", f"The answer is {answer}")
    yield Attack("cut_off", answer[: len(answer) // 2], (answer[: len(answer) // 2],))
    spoiled = f"{answer[:1]}\x00{answer[1:]}"
    yield Attack("nul_inside", spoiled, (spoiled,))
    for changed in _changed(task, answer, rng):
        yield Attack("changed_answer", changed, (changed,))


def is_right(task: Task, claim: str) -> bool:
    """Whether a claimed answer is right, by a reading of its own."""
    judge = JUDGES.get(task.kind)
    return judge is not None and judge(task.spec, claim)


def _bare(gold: str) -> str:
    match = re.fullmatch(r"```\w*\n(.*)\n```", gold, re.DOTALL)
    return match[1] if match else gold


def _changed(task: Task, answer: str, rng: random.Random) -> Iterable[str]:
    spec = task.spec
    if task.kind == "conversion":
        for value in _spoiled(spec["expected"], rng):
            yield from _written(spec["to"], value)
    elif task.kind in ("json_equal", "json_repair", "json_schema", "extraction", "constraint"):
        yield from map(to_json, _spoiled(json.loads(answer), rng))
    elif task.kind == "normalise":
        for place in [match.start() for match in re.finditer(r"\d", answer)][:6]:
            yield f"{answer[:place]}{(int(answer[place]) + 1) % 10}{answer[place + 1 :]}"
        yield from (f"about {answer}", f"{answer}0", f"-{answer}", answer.translate(_WIDE_DIGITS))
    elif task.kind == "regex":
        listed = "|".join(map(re.escape, spec["pos"]))
        yield from (
            listed,
            f"(?:{answer})?",
            f"{answer}.*",
            f".*{answer}",
            f"(?i){answer}",
            f"(?:{answer})+",
            answer[1:],
        )
    elif task.kind == "transform" and spec["lang"] == "jmespath":
        yield from (f"`{to_json(value)}`" for value in spec["expected"] if "`" not in to_json(value))
        yield from (f"{answer} | @", f"[{answer}]", f"not_null({answer}, `0`)[0]")
    elif task.kind == "transform":
        whole = {"path": "", "value": spec["expected"]}
        yield from (to_json([{"op": operation, **whole}]) for operation in ("replace", "add"))
        yield to_json([{"op": "move", "from": "/stock", "path": ""}])
        yield from (to_json(patch) for patch in (json.loads(answer)[1:], json.loads(answer)[:-1]))
    elif task.kind == "sql":
        table = spec["gold_sql"].split(" from ")[1].split()[0]
        yield from (f"{answer} limit 0", f"{answer}; select 1", f"select * from {table}", f"select 1 from {table}")
        yield from (f"select * from ({answer}) union all select * from ({answer})", f"explain {answer}")
        yield from (f"select 0, * from ({answer})", f"select null from ({answer})")


_WIDE_DIGITS = {ord(digit): chr(0x660 + int(digit)) for digit in "0123456789"}


def _written(target: str, value: Any) -> Iterable[str]:
    if target in TREE_WRITERS and not (target == "toml" and not isinstance(value, dict)):
        yield TREE_WRITERS[target](value)
    elif (
        target in TABLE_WRITERS and value and all(isinstance(row, dict) and set(row) == set(value[0]) for row in value)
    ):
        yield TABLE_WRITERS[target](value)


def _spoiled(value: Any, rng: random.Random) -> Iterable[Any]:
    """The value with one thing changed: a leaf, a member gone or added, an array turned or shortened."""
    paths = list(_paths(value))
    for path in rng.sample(paths, min(6, len(paths))):
        yield _with(value, path, _other)
    if isinstance(value, dict):
        yield {**value, "extra": None}
        yield from ({key: value[key] for key in value if key != gone} for gone in list(value)[:2])
    elif isinstance(value, list) and value:
        yield from (value[:-1], [*value, value[0]], [value], {"items": value})
        if value != value[::-1]:
            yield value[::-1]
    yield to_json(value)


def _other(leaf: Any) -> Any:
    if isinstance(leaf, bool):
        return int(leaf)
    if isinstance(leaf, int):
        return leaf + 1
    if isinstance(leaf, str):
        return leaf.swapcase() if leaf.swapcase() != leaf else leaf + "x"
    return "null" if leaf is None else None


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterable[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from _paths(entry, (*path, key))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _paths(entry, (*path, index))
    else:
        yield path


def _with(value: Any, path: tuple[Any, ...], change: Any) -> Any:
    if not path:
        return change(value)
    if isinstance(value, dict):
        return {k: _with(v, path[1:], change) if k == path[0] else v for k, v in value.items()}
    return [_with(v, path[1:], change) if i == path[0] else v for i, v in enumerate(value)]


def _plain(claim: str) -> Any:
    try:
        return json.loads(claim)
    except (ValueError, RecursionError):
        return _UNREADABLE


_UNREADABLE = object()


def _same(a: Any, b: Any) -> bool:
    """Python's equality, but for booleans, which are not numbers."""
    return a == b and to_json(a).count("true") == to_json(b).count("true")


def _is_expected(spec: Mapping[str, Any], claim: str) -> bool:
    given = _plain(claim)
    if spec.get("unordered") and isinstance(given, list):
        return sorted(map(to_json, given)) == sorted(map(to_json, spec["expected"]))
    return given is not _UNREADABLE and _same(given, spec["expected"])


def _is_extracted(spec: Mapping[str, Any], claim: str) -> bool:
    given = _plain(claim)
    if not isinstance(given, list):
        return False
    return sorted(json.dumps(r, sort_keys=True) for r in given) == sorted(
        json.dumps(r, sort_keys=True) for r in spec["expected"]
    )


def _is_document(spec: Mapping[str, Any], claim: str) -> bool:
    given = _plain(claim)
    facts = {path[1:]: value for path, value in spec.get("facts", {}).items()}
    return isinstance(given, dict) and _same(given, facts)


def _is_converted(spec: Mapping[str, Any], claim: str) -> bool:
    """Rows of a join may come in any order; nothing else that an attack changes leaves the data as they are."""
    if spec["to"] != "csv" or spec.get("row_order") != "any":
        return False
    rows = TABLE_WRITERS["csv"](spec["expected"]).splitlines()
    return sorted(claim.splitlines()[1:]) == sorted(rows[1:])


def _is_pattern(spec: Mapping[str, Any], claim: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            pattern = re.compile(claim, re.ASCII)
    except (re.error, OverflowError, RecursionError):
        return False
    wanted = (*spec["pos"], *spec["hidden_pos"])
    unwanted = (*spec["neg"], *spec["hidden_neg"])
    return all(map(pattern.fullmatch, wanted)) and not any(map(pattern.fullmatch, unwanted))


def _is_program(spec: Mapping[str, Any], claim: str) -> bool:
    """A literal that is right everywhere, a patch that need not do anything, or a pipe that changes nothing."""
    if spec["lang"] == "jmespath":
        return claim.endswith(" | @")
    return claim == "[]" and _same(spec["doc"], spec["expected"])


def _is_solution(spec: Mapping[str, Any], claim: str) -> bool:
    given = _plain(claim)
    kind = spec["kind"]
    try:
        if kind.startswith(("latin", "sudoku")):
            return _is_square(spec["givens"], given, kind.startswith("sudoku"))
        names = {"schedule": "jobs", "coloring": "nodes", "assign": "variables"}[kind]
        if set(given) != set(spec[names]) or not all(type(value) is int for value in given.values()):
            return False
        return {"schedule": _is_schedule, "coloring": _is_coloring, "assign": _is_assignment}[kind](spec, given)
    except (TypeError, AttributeError, KeyError, IndexError):
        return False


def _is_square(givens: Any, grid: Any, boxes: bool) -> bool:
    size = len(givens)
    step = int(size**0.5)
    for r in range(size):
        for c in range(size):
            if type(grid[r][c]) is not int or not 1 <= grid[r][c] <= size or givens[r][c] not in (0, grid[r][c]):
                return False
            for i in range(size):
                if i != c and grid[r][i] == grid[r][c]:
                    return False
                if i != r and grid[i][c] == grid[r][c]:
                    return False
    cells = [(r, c) for r in range(size) for c in range(size)]
    together = [
        (a, b) for a in cells for b in cells if a < b and a[0] // step == b[0] // step and a[1] // step == b[1] // step
    ]
    square = len(grid) == size and all(len(row) == size for row in grid)
    return square and not (boxes and any(grid[a[0]][a[1]] == grid[b[0]][b[1]] for a, b in together))


def _is_schedule(spec: Mapping[str, Any], start: dict[str, int]) -> bool:
    jobs = spec["jobs"]
    used = [
        (m, t) for m, group in enumerate(spec["machines"]) for j in group for t in range(start[j], start[j] + jobs[j])
    ]
    return (
        min(start.values()) >= 0
        and all(start[j] + jobs[j] <= spec["horizon"] for j in jobs)
        and all(start[a] + jobs[a] <= start[b] for a, b in spec["before"])
        and all(start[j] + jobs[j] <= time for j, time in spec["deadline"].items())
        and len(set(used)) == len(used)
    )


def _is_coloring(spec: Mapping[str, Any], color: dict[str, int]) -> bool:
    return (
        all(1 <= c <= spec["colors"] for c in color.values())
        and all(color[a] != color[b] for a, b in spec["edges"])
        and all(color[node] == c for node, c in spec["fixed"].items())
    )


def _is_assignment(spec: Mapping[str, Any], values: dict[str, int]) -> bool:
    def holds(rule: list[Any]) -> bool:
        x = [values[part] if isinstance(part, str) else part["value"] for part in rule[1:]]
        match rule[0]:
            case "sum_is":
                return bool(x[0] + x[1] == x[2])
            case "sum_at_most":
                return bool(x[0] + x[1] <= x[2])
            case "sum_at_least":
                return bool(x[0] + x[1] >= x[2])
            case "implies":
                return bool(x[0] != x[1] or x[2] == x[3])
            case "excludes":
                return not (x[0] == x[1] and x[2] == x[3])
            case "less":
                return bool(x[0] < x[1])
            case "at_most":
                return bool(x[0] <= x[1])
            case _:
                return bool((x[0] == x[1]) == (rule[0] == "equal"))

    in_domain = all(value in spec["variables"][name] for name, value in values.items())
    return in_domain and all(map(holds, spec["constraints"]))


JUDGES = {
    "json_equal": _is_expected,
    "json_repair": _is_expected,
    "json_schema": _is_document,
    "extraction": _is_extracted,
    "conversion": _is_converted,
    "regex": _is_pattern,
    "transform": _is_program,
    "constraint": _is_solution,
}
"""Kind -> plain reading. Kinds that are not here (normalise, sql) are never attacked with a right answer."""
