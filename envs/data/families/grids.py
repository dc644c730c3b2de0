"""Squares and graphs: solve first, then take away givens; any solution counts."""

from __future__ import annotations

import itertools
import random
from typing import Any, ClassVar

from assay.envs.data.family import DataFamily, Item, null_credit, template
from assay.envs.data.render import to_json

SQUARE_OPENINGS = (
    "Fill the blanks (0) so that every {units} holds each of 1 to {size} once. "
    "Answer with the filled square as a JSON array of rows.\n\n{grid}",
    "{grid}\n\nReplace the zeros: each {units} must be a permutation of 1..{size}. Give JSON rows.",
    "Complete this square (0 is blank; in each {units} 1 to {size}, no repeats) as a JSON array of arrays.\n{grid}",
    "As a JSON array of rows, the completed {size} by {size} square (0 is a blank) in which each {units} has all "
    "numbers from 1 to {size}:\n{grid}",
)


class LatinSquare(DataFamily[tuple[Any, ...]]):
    """A 3 by 3 square at difficulty 1, 7 by 7 with a third of its givens at 10."""

    name: ClassVar[str] = "latin_square"
    topic: ClassVar[str] = "constraints"
    summary: ClassVar[str] = "a Latin square from some of its cells"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """Shuffle the rows, columns and symbols of the cyclic square, then blank cells."""
        size = 3 + difficulty // 2 - difficulty // 10
        while True:
            grid = _shuffled([[(r + c) % size + 1 for c in range(size)] for r in range(size)], 1, rng)
            givens = _blank(grid, rng, 0.3 + 0.04 * difficulty)
            if not _is_cyclic(givens):
                return grid, givens, rng.randrange(1 << 16)

    def key(self, params: tuple[Any, ...]) -> str:
        """What is given."""
        return repr(params[1])

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """The givens; the drawn square is one of its solutions."""
        return _square_item("latin", params, split, "row and column")


class Sudoku(DataFamily[tuple[Any, ...]]):
    """Boxes of 2 by 2 up to difficulty 5, of 3 by 3 above."""

    name: ClassVar[str] = "sudoku"
    topic: ClassVar[str] = "constraints"
    summary: ClassVar[str] = "a sudoku of 4 or 9 rows"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """Shuffle a pattern square within its bands, then blank cells."""
        box = 2 if difficulty <= 5 else 3
        size = box * box
        grid = _shuffled(
            [[(r % box * box + r // box + c) % size + 1 for c in range(size)] for r in range(size)], box, rng
        )
        return grid, _blank(grid, rng, 0.3 + 0.03 * difficulty), rng.randrange(1 << 16)

    def key(self, params: tuple[Any, ...]) -> str:
        """What is given."""
        return repr(params[1])

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """The givens; the drawn square is one of its solutions."""
        box = 2 if len(params[0]) == 4 else 3
        return _square_item("sudoku", params, split, f"row, column and {box} by {box} box")


def _shuffled(grid: list[list[int]], box: int, rng: random.Random) -> tuple[tuple[int, ...], ...]:
    """Permute symbols, rows and columns; with boxes only within bands, and the bands themselves."""
    size = len(grid)

    def order() -> list[int]:
        if box == 1:
            return rng.sample(range(size), size)
        bands = rng.sample(range(box), box)
        return [band * box + i for band in bands for i in rng.sample(range(box), box)]

    symbols, rows, columns = rng.sample(range(1, size + 1), size), order(), order()
    return tuple(tuple(symbols[grid[r][c] - 1] for c in columns) for r in rows)


def _is_cyclic(givens: tuple[tuple[int, ...], ...]) -> bool:
    """Whether the square that counts up from 1 in its first row, shifted by one in each other, fits the givens."""
    size = len(givens)
    return all(cell in (0, (r + c) % size + 1) for r, row in enumerate(givens) for c, cell in enumerate(row))


def _blank(grid: tuple[tuple[int, ...], ...], rng: random.Random, share: float) -> tuple[tuple[int, ...], ...]:
    """Some cells set to 0, at least two."""
    size = len(grid)
    blanks = set(rng.sample(range(size * size), max(2, int(share * size * size))))
    return tuple(tuple(0 if r * size + c in blanks else grid[r][c] for c in range(size)) for r in range(size))


def _square_item(kind: str, params: tuple[Any, ...], split: str, units: str) -> Item:
    grid, givens, wording = params
    size = len(grid)
    shown = "\n".join(" ".join(map(str, row)) for row in givens)
    prompt = template(SQUARE_OPENINGS, wording, split).format(size=size, grid=shown, units=units)
    spec: dict[str, Any] = {"kind": f"{kind}{size}", "givens": [list(row) for row in givens]}
    cyclic = to_json([[(r + c) % size + 1 for c in range(size)] for r in range(size)])
    filled = to_json([[cell or 1 for cell in row] for row in givens])
    spec["null_credit"] = null_credit("constraint", spec, [cyclic, filled])
    return Item(prompt, "constraint", spec, to_json(grid))


GUESSES = 24
"""Colorings drawn at random, none of which may be right: else the graph is too easy."""

COLOR_OPENINGS = (
    "Give each town one of the colors 1 to {colors} so that towns joined by a road differ. "
    "Answer with a JSON object from town to color.\nRoads: {edges}.{fixed}",
    "Towns: {nodes}. Roads: {edges}.{fixed}\nColor the towns with 1..{colors} such that no road joins equal colors. "
    "JSON object, please.",
    "Find a coloring with {colors} colors (numbers from 1) of the graph with edges {edges}.{fixed} "
    "Answer: a JSON object, vertex to color.",
    "A map has the borders {edges}.{fixed} Assign numbers 1 to {colors}, different across each "
    "border, as a JSON object.",
)


class GraphColoring(DataFamily[tuple[Any, ...]]):
    """Five towns at difficulty 1, fourteen with dense roads and fixed colors at 10."""

    name: ClassVar[str] = "graph_coloring"
    topic: ClassVar[str] = "constraints"
    summary: ClassVar[str] = "a proper coloring of a graph that has one"
    version: ClassVar[str] = "2"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        """Color first, then join towns of different colors."""
        while True:
            params = self._join(rng, difficulty)
            names, chosen, colors, edges, fixed, _ = params
            place = {name: index for index, name in enumerate(names)}
            ends = [(place[a], place[b]) for a, b in edges]
            palette = range(1, colors + 1)
            guesses = (rng.choices(palette, k=len(names)) for _ in range(GUESSES))
            if not any(
                all(guess[a] != guess[b] for a, b in ends) and all(guess[i] == chosen[i] for i in fixed)
                for guess in itertools.chain(_habits(names, chosen, colors, fixed), guesses)
            ):
                return params

    def _join(self, rng: random.Random, difficulty: int) -> tuple[Any, ...]:
        names = tuple("ABCDEFGHIJKLMN"[: 4 + difficulty])
        colors = 3 + (difficulty > 6)
        chosen = tuple(rng.randrange(1, colors + 1) for _ in names)
        pairs = [(a, b) for i, a in enumerate(names) for j, b in enumerate(names) if i < j and chosen[i] != chosen[j]]
        if not pairs:
            chosen = (*chosen[:-1], chosen[0] % colors + 1)
            pairs = [(names[0], names[-1])]
        edges = tuple(sorted(rng.sample(pairs, max(1, int(len(pairs) * (0.7 + 0.02 * difficulty))))))
        fixed = tuple(sorted(rng.sample(range(len(names)), difficulty // 4)))
        return names, chosen, colors, edges, fixed, rng.randrange(1 << 16)

    def key(self, params: tuple[Any, ...]) -> str:
        """The graph and what is fixed."""
        names, chosen, colors, edges, fixed, _ = params
        return repr((len(names), colors, edges, [(i, chosen[i]) for i in fixed]))

    def write(self, params: tuple[Any, ...], split: str) -> Item:
        """The graph; the drawn coloring is one of its solutions."""
        names, chosen, colors, edges, fixed, wording = params
        held = {names[i]: chosen[i] for i in fixed}
        told = "".join(f" {name} must have color {color}." for name, color in held.items())
        listed = ", ".join(f"{a}-{b}" for a, b in edges)
        prompt = template(COLOR_OPENINGS, wording, split).format(
            colors=colors, edges=listed, fixed=told, nodes=" ".join(names)
        )
        prompt += f"\nAll of {' '.join(names)} need a color."
        spec: dict[str, Any] = {
            "kind": "coloring",
            "nodes": list(names),
            "edges": [list(edge) for edge in edges],
            "colors": colors,
            "fixed": held,
        }
        habits = [to_json(dict(zip(names, habit, strict=True))) for habit in _habits(names, chosen, colors, fixed)]
        spec["null_credit"] = null_credit("constraint", spec, habits)
        return Item(prompt, "constraint", spec, to_json(dict(zip(names, chosen, strict=True))))


def _habits(names: tuple[str, ...], chosen: tuple[int, ...], colors: int, fixed: tuple[int, ...]) -> list[list[int]]:
    """Colorings that take no thought: the colors in turn, with and without the fixed ones."""
    in_turn = [index % colors + 1 for index in range(len(names))]
    return [in_turn, [chosen[i] if i in fixed else color for i, color in enumerate(in_turn)]]
