"""The constraint puzzles: what a spec of each says, and which constraints an answer must satisfy.

| kind | spec | answer |
| --- | --- | --- |
| `latin4`, `latinN`, `latin` | `givens`: n rows, 0 for blank | the filled square, numbers 1 to n |
| `sudoku4`, `sudoku9` | `givens` | the filled square |
| `schedule` | `jobs` {name: duration}, `before` [[a, b]], `machine` [names] or `machines` [[names]], | {name: start} |
|  | `horizon`, `release` and `deadline` {name: time} | |
| `coloring` | `nodes`, `edges`, `colors` (how many or their names), `fixed` | {node: color} |
| `assign` | `variables` {name: domain}, `constraints` [[relation, ...]] | {name: value} |

An answer of the wrong shape holds no constraint at all. Times are whole numbers from 0 up; true is no number. The
relations of `assign` are in `RELATIONS`. A spec that contradicts itself is a `SpecError`; whether it can be solved is
the generator's business.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assay.verifiers.data.model import EXACT, canonical, fingerprint, is_number
from assay.verifiers.data.outcome import Refusal
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status

MAX_SIZE = 36


@dataclass(slots=True)
class Tally:
    """How many constraints there are and how many hold."""

    total: int = 0
    held: int = 0

    def add(self, holds: bool) -> None:
        """Count one constraint."""
        self.total += 1
        self.held += bool(holds)

    @property
    def solved(self) -> bool:
        """Whether all hold, and there is at least one."""
        return self.total > 0 and self.held == self.total


def _shape(why: str) -> Refusal:
    return Refusal(Status.MALFORMED, "wrong_shape", f"The answer has the wrong shape: {why}.")


def _whole(value: Any) -> int | None:
    """A JSON number that is an integer, whatever its spelling; None for anything else."""
    if not is_number(value) or value != int(value):
        return None
    return int(value)


def _grid(value: Any, size: int) -> list[list[int]]:
    if (
        not isinstance(value, list)
        or len(value) != size
        or any(not isinstance(r, list) or len(r) != size for r in value)
    ):
        raise _shape(f"it must be {size} rows of {size} numbers")
    cells = [[_whole(cell) for cell in row] for row in value]
    if any(cell is None or not 1 <= cell <= size for row in cells for cell in row):
        raise _shape(f"every cell must be a number from 1 to {size}")
    return [[cell or 0 for cell in row] for row in cells]


def _givens(spec: Mapping[str, Any]) -> list[list[int]]:
    givens = spec.get("givens")
    size = len(givens) if isinstance(givens, (list, tuple)) else 0
    named = spec.get("size", size)
    if not 1 <= size <= MAX_SIZE or named != size:
        raise SpecError(f"givens must be {named or 'n'} rows of as many numbers, at most {MAX_SIZE}")
    rows = [list(row) if isinstance(row, (list, tuple)) else [] for row in givens or ()]
    if any(len(r) != size or any(type(cell) is not int or not 0 <= cell <= size for cell in r) for r in rows):
        raise SpecError(f"givens must hold {size} numbers from 0 to {size} in each row")
    return rows


def check_latin(spec: Mapping[str, Any], answer: Any) -> Tally:
    """Rows and columns are permutations of 1 to n, and the givens stand."""
    givens = _givens(spec)
    return _check_square(givens, answer, [])


def check_sudoku(spec: Mapping[str, Any], answer: Any) -> Tally:
    """A Latin square whose boxes are permutations too."""
    givens = _givens(spec)
    box = math.isqrt(len(givens))
    if box * box != len(givens):
        raise SpecError("a sudoku has 4, 9, 16 or 25 rows")
    return _check_square(givens, answer, _boxes(box))


@functools.lru_cache(maxsize=8)
def _boxes(box: int) -> list[list[tuple[int, int]]]:
    """The cells of each box of a sudoku whose boxes are `box` wide."""
    inner = [(r, c) for r in range(box) for c in range(box)]
    return [[(i * box + r, j * box + c) for r, c in inner] for i, j in inner]


def _check_square(givens: list[list[int]], answer: Any, blocks: list[list[tuple[int, int]]]) -> Tally:
    size = len(givens)
    grid = _grid(answer, size)
    tally = Tally()
    full = set(range(1, size + 1))
    for i in range(size):
        tally.add(set(grid[i]) == full)
        tally.add({row[i] for row in grid} == full)
    for block in blocks:
        tally.add({grid[r][c] for r, c in block} == full)
    for given_row, row in zip(givens, grid, strict=True):
        for given, cell in zip(given_row, row, strict=True):
            if given:
                tally.add(given == cell)
    return tally


def check_schedule(spec: Mapping[str, Any], answer: Any) -> Tally:
    """Every job starts once, within the horizon, in order, and no two on a machine overlap."""
    jobs = spec.get("jobs")
    if not isinstance(jobs, Mapping) or not jobs or any(type(d) is not int or d < 1 for d in jobs.values()):
        raise SpecError("jobs must map names to durations, whole numbers from 1 up")
    machines = [*_name_lists(spec, "machines", jobs)]
    if "machine" in spec:
        machines += _name_lists({"machine": [spec["machine"]]}, "machine", jobs)
    before = _name_lists(spec, "before", jobs)
    if any(len(pair) != 2 for pair in before):
        raise SpecError("before must be a list of pairs of jobs")
    horizon = spec.get("horizon")
    if horizon is not None and (type(horizon) is not int or horizon < 1):
        raise SpecError(f"horizon must be a whole number from 1 up, got {horizon!r}")
    bounds = {name: _times(spec, name, jobs) for name in ("release", "deadline")}
    if not (before or machines or horizon or any(bounds.values())):
        raise SpecError("a schedule needs at least one constraint")
    if not isinstance(answer, dict) or set(answer) != set(jobs):
        raise _shape("it must give a start to every job and to nothing else")
    start: dict[str, int] = {}
    for name, value in answer.items():
        when = _whole(value)
        if when is None or when < 0:
            raise _shape("every start must be a whole number from 0 up")
        start[name] = when
    end = {name: start[name] + jobs[name] for name in jobs}
    tally = Tally()
    if horizon is not None:
        for name in jobs:
            tally.add(end[name] <= horizon)
    for first, second in before:
        tally.add(end[first] <= start[second])
    for machine in machines:
        for i, a in enumerate(machine):
            for b in machine[:i]:
                tally.add(end[a] <= start[b] or end[b] <= start[a])
    for name, time in bounds["release"].items():
        tally.add(start[name] >= time)
    for name, time in bounds["deadline"].items():
        tally.add(end[name] <= time)
    return tally


def _name_lists(spec: Mapping[str, Any], field: str, names: Mapping[str, Any]) -> list[list[str]]:
    groups = spec.get(field, [])
    good = isinstance(groups, (list, tuple)) and all(isinstance(group, (list, tuple)) for group in groups)
    if not good or any(not isinstance(n, str) or n not in names for group in groups for n in group):
        raise SpecError(f"{field} must list names of jobs")
    if any(len(set(group)) < len(group) for group in groups):
        raise SpecError(f"{field} names a job twice")
    return [list(group) for group in groups]


def _times(spec: Mapping[str, Any], field: str, jobs: Mapping[str, Any]) -> dict[str, int]:
    times = spec.get(field, {})
    if not isinstance(times, Mapping) or any(n not in jobs or type(t) is not int for n, t in times.items()):
        raise SpecError(f"{field} must map names of jobs to whole numbers")
    return dict(times)


def check_coloring(spec: Mapping[str, Any], answer: Any) -> Tally:
    """Neighbours differ, every node has an allowed color, fixed nodes keep theirs."""
    nodes, edges, colors = spec.get("nodes"), spec.get("edges"), spec.get("colors")
    if not isinstance(nodes, (list, tuple)) or not nodes or not all(isinstance(node, str) for node in nodes):
        raise SpecError("nodes must be a list of names")
    if not isinstance(edges, (list, tuple)) or any(
        not isinstance(edge, (list, tuple)) or len(edge) != 2 or not set(edge) <= set(nodes) or edge[0] == edge[1]
        for edge in edges
    ):
        raise SpecError("edges must be pairs of different nodes")
    if type(colors) is int and colors >= 1:
        palette: list[Any] = list(range(1, colors + 1))
    elif isinstance(colors, (list, tuple)) and colors:
        palette = list(colors)
    else:
        raise SpecError(f"colors must be a number or a list of names, got {colors!r}")
    fixed = spec.get("fixed", {})
    if not isinstance(fixed, Mapping) or not set(fixed) <= set(nodes):
        raise SpecError("fixed must map nodes to colors")
    if not edges and not fixed:
        raise SpecError("a coloring needs at least one edge")
    if not isinstance(answer, dict) or set(answer) != set(nodes):
        raise _shape("it must give a color to every node and to nothing else")
    allowed = {fingerprint(canonical(color)) for color in palette}
    chosen = {node: fingerprint(color) for node, color in answer.items()}
    if not set(chosen.values()) <= allowed:
        raise _shape("a color is not one of the allowed ones")
    tally = Tally()
    for a, b in edges:
        tally.add(chosen[a] != chosen[b])
    for node, color in fixed.items():
        tally.add(chosen[node] == fingerprint(canonical(color)))
    return tally


def _all_numbers(values: Iterable[Any]) -> bool:
    return all(is_number(value) for value in values)


RELATIONS: dict[str, Callable[[list[Any]], bool]] = {
    "all_different": lambda v: len({fingerprint(x) for x in v}) == len(v),
    "equal": lambda v: all(EXACT.same(v[0], x) for x in v[1:]),
    "not_equal": lambda v: not EXACT.same(v[0], v[1]),
    "less": lambda v: _all_numbers(v) and all(a < b for a, b in itertools.pairwise(v)),
    "at_most": lambda v: _all_numbers(v) and all(a <= b for a, b in itertools.pairwise(v)),
    "adjacent": lambda v: _all_numbers(v) and abs(v[0] - v[1]) == 1,
    "sum_is": lambda v: _all_numbers(v) and sum(v[:-1]) == v[-1],
    "sum_at_most": lambda v: _all_numbers(v) and sum(v[:-1]) <= v[-1],
    "sum_at_least": lambda v: _all_numbers(v) and sum(v[:-1]) >= v[-1],
    "implies": lambda v: not EXACT.same(v[0], v[1]) or EXACT.same(v[2], v[3]),
    "excludes": lambda v: not (EXACT.same(v[0], v[1]) and EXACT.same(v[2], v[3])),
}
"""Relations of `assign`. Arguments are variables' values, or constants written as `{"value": x}`."""

ARITY = {"not_equal": 2, "adjacent": 2, "implies": 4, "excludes": 4}


def check_assign(spec: Mapping[str, Any], answer: Any) -> Tally:
    """Every variable has a value of its domain, and every relation holds."""
    variables, constraints = spec.get("variables"), spec.get("constraints")
    if not isinstance(variables, Mapping) or not variables:
        raise SpecError("variables must map names to lists of values")
    if any(not isinstance(domain, (list, tuple)) or not domain for domain in variables.values()):
        raise SpecError("every variable needs a list of values")
    if not isinstance(constraints, (list, tuple)) or not constraints:
        raise SpecError("constraints must be a list of [relation, argument, ...]")
    for constraint in constraints:
        _check_constraint(constraint, variables)
    if not isinstance(answer, dict) or set(answer) != set(variables):
        raise _shape("it must give a value to every variable and to nothing else")
    for name, value in answer.items():
        if not any(EXACT.same(canonical(entry), value) for entry in variables[name]):
            raise _shape("a value is not in its variable's domain")
    tally = Tally()
    for relation, *arguments in constraints:
        values = [answer[a] if isinstance(a, str) else canonical(a["value"]) for a in arguments]
        tally.add(RELATIONS[relation](values))
    return tally


def _check_constraint(constraint: Any, variables: Mapping[str, Any]) -> None:
    if not isinstance(constraint, (list, tuple)) or len(constraint) < 3 or constraint[0] not in RELATIONS:
        raise SpecError(f"a constraint must be [relation, argument, ...] with a relation of {', '.join(RELATIONS)}")
    if len(constraint) - 1 != ARITY.get(constraint[0], len(constraint) - 1):
        raise SpecError(f"{constraint[0]} takes {ARITY[constraint[0]]} arguments")
    for argument in constraint[1:]:
        if not (isinstance(argument, str) and argument in variables) and not (
            isinstance(argument, Mapping) and set(argument) == {"value"}
        ):
            raise SpecError(f'an argument must be a variable or {{"value": x}}, got {argument!r}')


PUZZLES: dict[str, tuple[Callable[[Mapping[str, Any], Any], Tally], tuple[str, ...]]] = {
    "latin": (check_latin, ("givens", "size")),
    "sudoku": (check_sudoku, ("givens", "size")),
    "schedule": (check_schedule, ("jobs", "before", "machine", "machines", "horizon", "release", "deadline")),
    "coloring": (check_coloring, ("nodes", "edges", "colors", "fixed")),
    "assign": (check_assign, ("variables", "constraints")),
}
"""Kind of puzzle -> its check and the fields of its spec."""
