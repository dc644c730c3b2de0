"""Simulations and data structures, driven by lists of commands."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from assay.envs.code.family import Blueprint, CodeFamily


class GridRobot(CodeFamily[tuple[int, int, str]]):
    """A robot on a grid.

    Example: "F moves forward, L and R turn; walls stop it."
    """

    name: ClassVar[str] = "grid_robot"
    topic: ClassVar[str] = "simulation"
    summary: ClassVar[str] = "a robot that walks on a grid"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int, str]:
        """Width, height, and what happens at the edge."""
        return rng.randint(3, 3 + difficulty), rng.randint(3, 3 + difficulty), rng.choice(("stay", "wrap"))

    def blueprint(self, params: tuple[int, int, str]) -> Blueprint:
        """The variant."""
        width, height, edge = params
        if edge == "wrap":
            move = f"            x, y = (x + dx) % {width}, (y + dy) % {height}\n"
            words = "steps off one edge onto the opposite one"
        else:
            move = (
                f"            if 0 <= x + dx < {width} and 0 <= y + dy < {height}:\n"
                "                x, y = x + dx, y + dy\n"
            )
            words = "stays where it is if a step would take it off the grid"
        reference = (
            "def walk(commands):\n    x = y = 0\n    dx, dy = 1, 0\n    for c in commands:\n"
            "        if c == 'L':\n            dx, dy = -dy, dx\n        elif c == 'R':\n            dx, dy = dy, -dx\n"
            f"        elif c == 'F':\n{move}    return [x, y]\n"
        )
        return Blueprint(
            "walk",
            "commands: str",
            f"A robot stands at (0, 0) of a grid of {width} columns (x) and {height} rows (y) and looks towards larger "
            f"x. 'F' takes a step forward, 'L' turns it left (from larger x to larger y), 'R' turns it right; other "
            f"characters mean nothing. It {words}. The function returns [x, y] at the end.",
            reference,
            (
                ("-dy, dx", "dy, -dx"),
                ("dy, -dx", "-dy, dx"),
                (str(width), str(width + 1)),
                (str(height), str(height + 1)) if width != height else ("[x, y]", "[y, x]"),
                ("dx, dy = 1, 0", "dx, dy = 0, 1"),
                ("elif c == 'F'", "else"),
            ),
        )

    def arguments(self, params: tuple[int, int, str], rng: random.Random) -> Any:
        """Commands, long enough to meet every edge."""
        size = max(params[:2])
        parts = [rng.choice(("F" * rng.randint(1, size + 1), "L", "R", "-", "FLF")) for _ in range(rng.randint(0, 12))]
        return ["".join(parts)]


class CellRule(CodeFamily[tuple[int, int]]):
    """A one-dimensional cellular automaton.

    Example: "A cell is alive next if exactly 1 of its neighbours and itself is alive now."
    """

    name: ClassVar[str] = "cell_rule"
    topic: ClassVar[str] = "simulation"
    summary: ClassVar[str] = "rows of cells that live by a rule"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int]:
        """Rule number (which sums are alive next) and reach."""
        return rng.randint(1, 6), 1 + (difficulty > 5)

    def blueprint(self, params: tuple[int, int]) -> Blueprint:
        """The variant."""
        rule, reach = params
        alive = [total for total in range(3) if rule >> total & 1]
        reference = (
            "def evolve(row, steps):\n    cells = [c == '#' for c in row]\n    for _ in range(steps):\n"
            f"        cells = [sum(cells[max(0, i - {reach}):i + {reach + 1}]) in {alive} for i in range(len(cells))]\n"
            "    return ''.join('#' if c else '.' for c in cells)\n"
        )
        return Blueprint(
            "evolve",
            "row: str, steps: int",
            f"row is a text of '#' (alive) and '.' (dead). In each step, all at once, a cell becomes alive if, among "
            f"itself and its neighbours at most {reach} places away, the number of living cells is one of {alive}, and "
            "dead otherwise. Beyond the ends there are no cells. It returns the row after so many steps.",
            reference,
            (
                (f"i + {reach + 1}]", f"i + {reach}]"),
                (f"max(0, i - {reach})", "i"),
                ("range(steps)", "range(steps + 1)"),
                ("range(steps)", "range(min(steps, 1))"),
                (f" in {alive}", f" not in {alive}"),
                (f" in {alive}", f" in {[*alive, 3]}"),
            ),
        )

    def arguments(self, params: tuple[int, int], rng: random.Random) -> Any:
        """A row with long stretches of life."""
        row = "".join(rng.choice(("#", ".", "###", "..")) for _ in range(rng.randint(0, 8)))
        return [row, rng.randint(0, 4)]


class CacheLog(CodeFamily[tuple[int, str]]):
    """A cache with a capacity.

    Example: "A cache of 3 keys drops the least recently used one."
    """

    name: ClassVar[str] = "cache_log"
    topic: ClassVar[str] = "structures"
    summary: ClassVar[str] = "a cache that drops keys when full"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, str]:
        """Capacity and what is dropped."""
        return rng.randint(1, 2 + difficulty // 2), rng.choice(("oldest", "unused"))

    def blueprint(self, params: tuple[int, str]) -> Blueprint:
        """The variant."""
        capacity, policy = params
        touch = "                cache[key] = cache.pop(key)\n" if policy == "unused" else ""
        words = "used (read or written) least recently" if policy == "unused" else "that was put in longest ago"
        again = "" if policy == "unused" else " Writing a key that is there changes its value, not its age."
        rewrite = "                cache.pop(key)\n" if policy == "unused" else "                pass\n"
        reference = (
            "def run(commands):\n    cache = {}\n    out = []\n    for command in commands:\n        key = command[0]\n"
            "        if len(command) == 1:\n            if key in cache:\n"
            f"{touch}                out.append(cache[key])\n            else:\n                out.append(-1)\n"
            f"        else:\n            if key in cache:\n{rewrite}"
            f"            elif len(cache) == {capacity}:\n                cache.pop(next(iter(cache)))\n"
            "            cache[key] = command[1]\n    return out\n"
        )
        mistakes = [
            (f"== {capacity}", f"== {capacity + 1}"),
            ("out.append(-1)", "out.append(0)"),
            ("out.append(-1)", "pass"),
            ("            cache[key] = command[1]", "            cache.setdefault(key, command[1])"),
        ]
        if capacity > 1:
            mistakes.append(("next(iter(cache))", "list(cache)[-1]"))
        if policy == "unused" and capacity > 1:
            mistakes += [
                (touch, ""),
                ("                cache.pop(key)\n            elif", "                pass\n            elif"),
            ]
        elif policy == "oldest" and capacity > 1:
            mistakes.append(("                pass\n", "                cache.pop(key)\n"))
        return Blueprint(
            "run",
            "commands: list[list]",
            f"A cache holds at most {capacity} keys. The command [key, value] writes, and if the "
            f"key is not there and the "
            f"cache is full, first drops the key {words}.{again} The command [key] reads. It returns the list of what "
            "the reads gave, -1 for a key that is not there.",
            reference,
            tuple((a, b) for a, b in mistakes if policy == "oldest" or "setdefault" not in b),
        )

    def arguments(self, params: tuple[int, str], rng: random.Random) -> Any:
        """Commands over a few more keys than fit."""
        keys = "abcdefgh"[: params[0] + 2]
        commands: list[Any] = []
        for _ in range(rng.randint(2, 6 + 3 * params[0])):
            key = rng.choice(keys)
            commands.append([key] if rng.random() < 0.5 else [key, rng.randint(1, 9)])
        return [[*commands, *([key] for key in keys)]]


class Ledger(CodeFamily[tuple[int, int]]):
    """Accounts with overdraft.

    Example: "Withdrawals below -50 are refused, and cost 2."
    """

    name: ClassVar[str] = "ledger"
    topic: ClassVar[str] = "structures"
    summary: ClassVar[str] = "accounts, transfers and refusals"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int]:
        """Overdraft and fee."""
        return rng.choice((0, 5, 10, 20, 50)), rng.randint(1, 1 + difficulty)

    def blueprint(self, params: tuple[int, int]) -> Blueprint:
        """The variant."""
        overdraft, fee = params
        reference = (
            "def settle(moves):\n    balance = {}\n    refused = 0\n    for source, target, amount in moves:\n"
            "        if source == '':\n            balance[target] = balance.get(target, 0) + amount\n"
            f"        elif balance.get(source, 0) - amount < -{overdraft}:\n            refused += 1\n"
            f"            balance[source] = balance.get(source, 0) - {fee}\n"
            "        else:\n            balance[source] = balance.get(source, 0) - amount\n"
            "            balance[target] = balance.get(target, 0) + amount\n"
            "    return [sorted([k, v] for k, v in balance.items() if v), refused]\n"
        )
        return Blueprint(
            "settle",
            "moves: list[list]",
            "Each move is [source, target, amount], with the names of two accounts that start "
            "at 0. A move from '' pays "
            f"in. Any other move that would leave source below -{overdraft} is refused, and source pays a fee of {fee} "
            "instead (which is never refused). It returns [list of [name, balance] of all accounts "
            "whose balance is not "
            "0, sorted by name; number of refused moves].",
            reference,
            (
                (f"< -{overdraft}:", f"<= -{overdraft}:"),
                (f"- {fee}\n", f"- {fee + 1}\n"),
                ("refused += 1", "refused = 1"),
                ("            balance[target] = balance.get(target, 0) + amount\n    return", "    return"),
                (" if v)", ")"),
                ("sorted([k, v] for", "list([k, v] for"),
                (" - amount\n", " + amount\n"),
            ),
        )

    def arguments(self, params: tuple[int, int], rng: random.Random) -> Any:
        """Moves among a few accounts, some exactly at the limit."""
        names = ["cy", "al", "bo", "di"]
        moves: list[Any] = []
        for _ in range(rng.randint(1, 10)):
            source, target = rng.choice(["", *names]), rng.choice(names)
            amount = rng.choice((params[0], params[0] + 1, rng.randint(1, 20), 10))
            moves.append([source, target, max(1, amount)])
        if rng.random() < 0.5:
            x = rng.randint(1, 9)
            moves = [["", "al", x], ["al", "bo", x], *moves]
        return [moves]
