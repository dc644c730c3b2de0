"""Dynamic programming on small inputs, and parsing."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from assay.envs.code.family import Blueprint, CodeFamily


class CoinWays(CodeFamily[tuple[tuple[int, ...], str]]):
    """Paying with coins.

    Example: "In how many ways can n be paid with coins of 1, 3 and 4?"
    """

    name: ClassVar[str] = "coins"
    topic: ClassVar[str] = "dynamic"
    summary: ClassVar[str] = "ways to pay, or the fewest coins"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[tuple[int, ...], str]:
        """Coins and what is asked."""
        coins = rng.sample(range(2, 6 + difficulty), rng.randint(2, 3))
        return tuple(sorted(coins)), rng.choice(("ways", "orders", "fewest"))

    def blueprint(self, params: tuple[tuple[int, ...], str]) -> Blueprint:
        """The variant."""
        coins, kind = params
        listed = ", ".join(map(str, coins))
        fewer = str(list(coins[1:]))
        own: tuple[tuple[str, str], ...]
        if kind == "ways":
            body = (
                f"    ways = [1] + [0] * n\n    for coin in {list(coins)}:\n        for total in range(coin, n + 1):\n"
                "            ways[total] += ways[total - coin]\n    return ways[n]\n"
            )
            words = "in how many ways n can be paid with them, whatever the order of the coins"
            own = (("ways[total] +=", "ways[total] ="), ("range(coin, n + 1)", "range(coin + 1, n + 1)"))
        elif kind == "orders":
            body = (
                f"    ways = [1] + [0] * n\n    for total in range(1, n + 1):\n        for coin in {list(coins)}:\n"
                "            if coin <= total:\n                ways[total] += ways[total - coin]\n    return ways[n]\n"
            )
            words = (
                "in how many ways n can be paid with them, where paying the same coins in another order is another way"
            )
            own = (("ways[total] +=", "ways[total] ="), ("coin <= total", "coin < total"))
        else:
            body = (
                f"    best = [0] + [10**9] * n\n    for total in range(1, n + 1):\n        for coin in {list(coins)}:\n"
                "            if coin <= total:\n                best[total] = min(best[total], "
                "best[total - coin] + 1)\n"
                "    return best[n] if best[n] < 10**9 else -1\n"
            )
            words = "the fewest of them that make exactly n, or -1 if none do"
            own = (("else -1", "else 0"), ("coin <= total", "coin < total"), ("min(best[total], best", "(best"))
        return Blueprint(
            "pay",
            "n: int",
            f"There are coins of {listed}, as many of each as needed. It returns {words}. n is at least 0.",
            f"def pay(n):\n{body}",
            ((str(list(coins)), fewer), (str(list(coins)), str(list(coins[:-1]))), *own),
        )

    def arguments(self, params: tuple[tuple[int, ...], str], rng: random.Random) -> Any:
        """A sum."""
        return [rng.randint(0, 30)]


class GridPaths(CodeFamily[tuple[str, bool]]):
    """Ways through a grid.

    Example: "The cheapest way from the top left to the bottom right."
    """

    name: ClassVar[str] = "grid_paths"
    topic: ClassVar[str] = "dynamic"
    summary: ClassVar[str] = "the best way through a grid of numbers"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[str, bool]:
        """Best or worst way, and whether diagonal steps are allowed."""
        return rng.choice(("min", "max")), rng.random() < 0.5

    def blueprint(self, params: tuple[str, bool]) -> Blueprint:
        """The variant."""
        best, diagonal = params
        steps = [(0, 1), (1, 0)] + ([(1, 1)] if diagonal else [])
        reference = (
            "def cross(grid):\n    rows, columns = len(grid), len(grid[0])\n    table = {}\n"
            "    for r in range(rows):\n        for c in range(columns):\n"
            f"            before = [table[r - a, c - b] for a, b in {steps} if (r - a, c - b) in table]\n"
            f"            table[r, c] = grid[r][c] + ({best}(before) if before else 0)\n"
            "    return table[rows - 1, columns - 1]\n"
        )
        how = "right, down, or right and down at once" if diagonal else "right or down"
        other = "max" if best == "min" else "min"
        return Blueprint(
            "cross",
            "grid: list[list[int]]",
            f"grid is a list of rows of equal length. It returns the "
            f"{'smallest' if best == 'min' else 'largest'} sum of "
            f"the numbers on a way from the top left to the bottom right number, both included; each step goes {how}.",
            reference,
            (
                (f"{best}(before)", f"{other}(before)"),
                (f"{best}(before)", "before[0]"),
                (str(steps), str(steps[:-1]) if diagonal else str([*steps, (1, 1)])),
                ("grid[r][c] +", "(grid[r][c] if before else 0) +"),
                ("table[rows - 1, columns - 1]", f"{best}(table.values())"),
            ),
        )

    def arguments(self, params: tuple[str, bool], rng: random.Random) -> Any:
        """A small grid."""
        columns = rng.randint(1, 4)
        return [[[rng.randint(-4, 9) for _ in range(columns)] for _ in range(rng.randint(1, 4))]]


class EditCost(CodeFamily[tuple[int, int, int]]):
    """Weighted edit distance.

    Example: "Inserting costs 1, deleting 2, changing 3."
    """

    name: ClassVar[str] = "edit_cost"
    topic: ClassVar[str] = "dynamic"
    summary: ClassVar[str] = "the cheapest way to edit one word into another"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int, int]:
        """Costs of insertion, deletion and change; a change is cheaper than both others."""
        insert, delete = rng.randint(1, 2 + difficulty), rng.randint(1, 2 + difficulty)
        return insert, delete, rng.randint(1, max(1, insert + delete - 1))

    def blueprint(self, params: tuple[int, int, int]) -> Blueprint:
        """The variant."""
        insert, delete, change = params
        reference = (
            "def cost(a, b):\n"
            f"    row = [j * {insert} for j in range(len(b) + 1)]\n    for i, x in enumerate(a, "
            f"1):\n"
            f"        new = [i * {delete}]\n        for j, y in enumerate(b, 1):\n"
            f"            new.append(min(row[j] + {delete}, new[-1] + {insert}, row[j - 1] + (0 if x "
            f"== y else {change})))\n"
            "        row = new\n    return row[-1]\n"
        )
        return Blueprint(
            "cost",
            "a: str, b: str",
            f"It returns the smallest cost of turning a into b, where inserting a character costs "
            f"{insert}, deleting one "
            f"costs {delete}, and changing one into another costs {change}.",
            reference,
            (
                (f"j * {insert}", f"j * {insert + 1}"),
                (f"i * {delete}", f"i * {delete + 1}"),
                (f"else {change}", f"else {change + 1}"),
                ("0 if x == y", "1 if x == y"),
                (f"row[j] + {delete}, ", ""),
                (f"new[-1] + {insert}, ", ""),
            ),
        )

    def arguments(self, params: tuple[int, int, int], rng: random.Random) -> Any:
        """Two words that share letters."""
        a = "".join(rng.choice("abc") for _ in range(rng.randint(0, 6)))
        b = "".join(rng.choice("abc") for _ in range(rng.randint(0, 6)))
        return rng.choice(([a, b], [a, a[1:] + "c"], ["", b], [a, ""]))


class Calculator(CodeFamily[tuple[str, str, int]]):
    """Expressions with unusual precedence.

    Example: "+ binds tighter than *, and both go from left to right."
    """

    name: ClassVar[str] = "calculator"
    topic: ClassVar[str] = "parsing"
    summary: ClassVar[str] = "evaluating expressions with unusual precedence"

    OPERATORS: ClassVar[dict[str, tuple[str, str]]] = {
        "+": ("a + b", "the sum"),
        "-": ("a - b", "the difference"),
        "*": ("a * b", "the product"),
        "@": ("max(a, b)", "the larger of the two"),
        "$": ("2 * a + b", "twice the left one plus the right one"),
    }

    def draw(self, rng: random.Random, difficulty: int) -> tuple[str, str, int]:
        """Operator that binds tighter, the other, and a modulus."""
        tight, loose = rng.sample(list(self.OPERATORS), 2)
        return tight, loose, rng.choice((100, 1000, 997))

    def blueprint(self, params: tuple[str, str, int]) -> Blueprint:
        """The variant."""
        tight, loose, modulus = params
        (tight_code, tight_words), (loose_code, loose_words) = self.OPERATORS[tight], self.OPERATORS[loose]
        reference = (
            "def evaluate(text):\n    values = []\n"
            f"    for part in text.replace(' ', '').split('{loose}'):\n"
            f"        numbers = [int(n) for n in part.split('{tight}')]\n        a = numbers[0]\n"
            f"        for b in numbers[1:]:\n            a = ({tight_code}) % {modulus}\n        values.append(a)\n"
            "    a = values[0]\n    for b in values[1:]:\n"
            f"        a = ({loose_code}) % {modulus}\n    return a\n"
        )
        return Blueprint(
            "evaluate",
            "text: str",
            f"text is an expression of non-negative integers and the operators '{tight}' ({tight_words}) and '{loose}' "
            f"({loose_words}), with spaces anywhere between. '{tight}' binds tighter than '{loose}'; "
            f"equal operators go "
            f"from left to right; every operator's result is taken modulo {modulus} (never negative). "
            f"A single number is "
            "its own value.",
            reference,
            (
                (f"({tight_code}) % {modulus}", f"({loose_code}) % {modulus}"),
                (f"({tight_code}) % {modulus}", f"{tight_code}"),
                (f"({loose_code}) % {modulus}", f"{loose_code}"),
                ("numbers[1:]", "numbers[1:2]"),
                ("values[1:]", "values[1:2]"),
                (".replace(' ', '')", "[:12].replace(' ', '').rstrip('+-*@$')"),
            ),
        )

    def arguments(self, params: tuple[str, str, int], rng: random.Random) -> Any:
        """An expression."""
        tight, loose, _ = params
        parts = [str(rng.choice((0, 1, rng.randint(0, 20), rng.randint(0, 2000))))]
        for _ in range(rng.randint(0, 6)):
            parts += [rng.choice((tight, loose)), str(rng.choice((0, rng.randint(1, 20), rng.randint(0, 2000))))]
        return [rng.choice(("", " ")).join(parts)]


class Settings(CodeFamily[tuple[str, str, str]]):
    """A settings file.

    Example: "name = value, # begins a comment, later lines win."
    """

    name: ClassVar[str] = "settings_file"
    topic: ClassVar[str] = "parsing"
    summary: ClassVar[str] = "reading settings with sections and comments"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[str, str, str]:
        """Separator, comment sign, and which of equals wins."""
        separators, comments = ("=", ":", "->", "|", ":=", "~"), ("#", ";", "//", "--", "%")
        return rng.choice(separators), rng.choice(comments), rng.choice(("first", "last"))

    def blueprint(self, params: tuple[str, str, str]) -> Blueprint:
        """The variant."""
        separator, comment, wins = params
        store = "result.setdefault(key, value)" if wins == "first" else "result[key] = value"
        other = "result[key] = value" if wins == "first" else "result.setdefault(key, value)"
        reference = (
            "def read(text):\n    result = {}\n    section = ''\n    for line in text.split('\\n'):\n"
            f"        line = line.split('{comment}')[0].strip()\n"
            "        if line.startswith('[') and line.endswith(']'):\n            section = line[1:-1].strip() + '.'\n"
            f"        elif '{separator}' in line:\n            key, value = line.split('{separator}', 1)\n"
            f"            key, value = section + key.strip(), value.strip()\n            {store}\n    return result\n"
        )
        return Blueprint(
            "read",
            "text: str",
            f"It reads settings, line by line. What follows '{comment}' is a comment, and spaces at the ends of lines, "
            f"keys, values and section names do not count. A line '[name]' begins a section. A line with '{separator}' "
            f"has a key before the first '{separator}' and a value after it; other lines mean "
            f"nothing. It returns a dict "
            f"from 'section.key' (only 'key' before the first section) to the value; of several, the {wins} one.",
            reference,
            (
                (store, other),
                (f"('{separator}', 1)", f"('{separator}', 1)[::-1]"),
                (" + '.'", ""),
                ("section + key", "key"),
                (f".split('{comment}')[0]", ""),
                ("value.strip()\n", "value\n"),
                ("line[1:-1].strip()", "line[1:-1]"),
            ),
        )

    def arguments(self, params: tuple[str, str, str], rng: random.Random) -> Any:
        """Lines of every kind."""
        separator, comment, _ = params
        lines: list[str] = []
        for _ in range(rng.randint(0, 7)):
            key, value = rng.choice("ab"), rng.choice(("1", "x y", "", f"2{separator}3"))
            lines.append(
                rng.choice(
                    (
                        f"{key}{separator}{value}",
                        f" {key} {separator}  {value} ",
                        f"{key}{separator}{value} {comment} note",
                        f"{comment} {key}{separator}9",
                        rng.choice(("[s]", "[ t ]")),
                        rng.choice(("", "word")),
                    )
                )
            )
        return ["\n".join(lines)]
