"""Whole programs that read standard input and write standard output."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from assay.envs.code.family import Blueprint, CodeFamily


class ScoreTable(CodeFamily[tuple[int, str]]):
    """A table of scores.

    Example: "Read names and points, drop each name's worst result, and print the ranking."
    """

    name: ClassVar[str] = "score_table"
    topic: ClassVar[str] = "programs"
    summary: ClassVar[str] = "a ranking of scores, from standard input"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, str]:
        """Points that a result needs to count, and how results add up."""
        return rng.randint(1, 3 + difficulty), rng.choice(("sum", "max", "len"))

    def blueprint(self, params: tuple[int, str]) -> Blueprint:
        """The variant."""
        least, how = params
        words = {"sum": "the sum of its results", "max": "its best result", "len": "how many results it has"}[how]
        reference = (
            "results = {}\nfor _ in range(int(input())):\n    name, points = input().split()\n"
            f"    if int(points) >= {least}:\n        results.setdefault(name, []).append(int(points))\n"
            f"table = sorted((-{how}(r), name) for name, r in results.items())\n"
            "for score, name in table:\n    print(name, -score)\nprint(len(table))\n"
        )
        return Blueprint(
            "",
            "",
            f"The first line holds a number n; each of the next n lines a name and a number of points. Results below "
            f"{least} points are ignored. A name's score is {words}. For each name with at least "
            f"one result left, print "
            "a line with the name and its score, highest score first, equal ones by name in alphabetical order; then a "
            "line with the number of such names.",
            reference,
            (
                (f">= {least}", f"> {least}"),
                (f">= {least}", ">= 0"),
                (f"-{how}(r)", f"{how}(r)"),
                ("print(len(table))", "print(len(results) + 1)"),
                (f"-{how}(r)", f"-{'min' if how != 'len' else 'max'}(r)"),
            ),
        )

    def arguments(self, params: tuple[int, str], rng: random.Random) -> Any:
        """Results around the border."""
        rows = [
            f"{rng.choice(('zoe', 'al', 'bo', 'cy'))} {rng.randint(0, params[0] + 4)}" for _ in range(rng.randint(0, 9))
        ]
        return f"{len(rows)}\n" + "".join(f"{row}\n" for row in rows)


class TextBox(CodeFamily[tuple[int, str]]):
    """Wrapping text.

    Example: "Wrap the words into lines of at most 12 characters."
    """

    name: ClassVar[str] = "text_wrap"
    topic: ClassVar[str] = "programs"
    summary: ClassVar[str] = "wrapping words into lines, from standard input"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, str]:
        """Width and alignment."""
        return rng.randint(8, 10 + 2 * difficulty), rng.choice(("left", "right"))

    def blueprint(self, params: tuple[int, str]) -> Blueprint:
        """The variant."""
        width, side = params
        show = f"line.rjust({width})" if side == "right" else "line"
        reference = (
            "import sys\n\nlines = []\nfor word in sys.stdin.read().split():\n"
            f"    if lines and len(lines[-1]) + 1 + len(word) <= {width}:\n        lines[-1] += ' ' + word\n"
            f"    else:\n        lines.append(word)\nfor line in lines:\n    print({show} + '|')\n"
        )
        pad = f", padded with spaces on its left to {width} characters" if side == "right" else ""
        return Blueprint(
            "",
            "",
            f"Read all words of the input (no word is longer than {width}) and wrap them: each line "
            f"takes as many words "
            f"as fit into {width} characters, one space between two words. Print each line{pad}, followed by '|'.",
            reference,
            (
                (f"<= {width}", f"< {width}"),
                ("+ 1 + len", "+ len"),
                ("' ' + word", "word"),
                (f"print({show}", f"print(line.rjust({width})" if side == "left" else "print(line"),
                ("lines and ", "len(lines) > 1 and "),
            ),
        )

    def arguments(self, params: tuple[int, str], rng: random.Random) -> Any:
        """Words of many lengths over several lines."""
        words = ["abcdefgh"[: rng.randint(1, 8)] for _ in range(rng.randint(0, 14))]
        return "".join(word + rng.choice((" ", "\n", "  ")) for word in words) + "\n"


class EventClock(CodeFamily[tuple[int, int]]):
    """Overlapping events.

    Example: "Print how many events run at each moment asked for."
    """

    name: ClassVar[str] = "event_clock"
    topic: ClassVar[str] = "programs"
    summary: ClassVar[str] = "counting events that run at given moments"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int]:
        """How long events go on after their end, and the shortest that count."""
        return rng.randint(0, 1 + difficulty), rng.randint(1, 3)

    def blueprint(self, params: tuple[int, int]) -> Blueprint:
        """The variant."""
        tail, least = params
        reference = (
            "n, q = map(int, input().split())\nevents = []\nfor _ in range(n):\n    start, length = "
            "map(int, input().split())\n"
            f"    if length >= {least}:\n        events.append((start, start + length + {tail}))\n"
            "for _ in range(q):\n    t = int(input())\n    print(sum(a <= t < b for a, b in events))\n"
        )
        return Blueprint(
            "",
            "",
            f"The first line holds n and q. Each of the next n lines holds the start and the "
            f"length of an event; those "
            f""
            f"shorter than {least} are ignored. An event that starts at s with length d runs at all "
            f"times from s up to, "
            f"but not including, s + d + {tail}. Each of the last q lines holds a time; print for "
            f"each how many events run "
            "then.",
            reference,
            (
                ("a <= t", "a < t"),
                ("t < b", "t <= b"),
                (f"length + {tail}", f"length + {tail + 1}"),
                (f">= {least}", f"> {least}"),
                ("print(sum(", "print(any("),
            ),
        )

    def arguments(self, params: tuple[int, int], rng: random.Random) -> Any:
        """Events, and times at their borders."""
        events = [(rng.randint(0, 9), rng.randint(0, 6)) for _ in range(rng.randint(0, 6))]
        times = [rng.randint(0, 20) for _ in range(rng.randint(1, 3))]
        times += [rng.choice((s, s + d + params[0], s + d + params[0] - 1)) for s, d in events]
        lines = [f"{len(events)} {len(times)}", *(f"{s} {d}" for s, d in events), *map(str, times)]
        return "\n".join(lines) + "\n"


class MatrixTurns(CodeFamily[tuple[str, int]]):
    """Commands on a matrix.

    Example: "turn, flip and add, in the order given."
    """

    name: ClassVar[str] = "matrix_turns"
    topic: ClassVar[str] = "programs"
    summary: ClassVar[str] = "turning and flipping a matrix by commands"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[str, int]:
        """Direction of a turn and what "add" adds."""
        return rng.choice(("clockwise", "counterclockwise")), rng.randint(1, 2 + difficulty)

    def blueprint(self, params: tuple[str, int]) -> Blueprint:
        """The variant."""
        way, number = params
        turn = "[list(r) for r in zip(*m[::-1])]" if way == "clockwise" else "[list(r) for r in zip(*m)][::-1]"
        other = "[list(r) for r in zip(*m)][::-1]" if way == "clockwise" else "[list(r) for r in zip(*m[::-1])]"
        reference = (
            "rows = int(input())\nm = [list(map(int, input().split())) for _ in range(rows)]\n"
            "for command in input().split():\n"
            f"    if command == 'turn':\n        m = {turn}\n"
            "    elif command == 'flip':\n        m = [r[::-1] for r in m]\n"
            f"    elif command == 'add':\n        m = [[x + {number} for x in r] for r in m]\n"
            "for r in m:\n    print(*r)\n"
        )
        return Blueprint(
            "",
            "",
            "The first line holds the number of rows of a matrix (at least 1); the rows follow, "
            "integers between spaces; "
            f"then a line of commands between spaces. 'turn' turns the matrix by a quarter {way}, 'flip' reverses each "
            f"row, 'add' adds {number} to every number; other words mean nothing. Print the matrix after all commands, "
            "in the form in which it was given.",
            reference,
            (
                (turn, other),
                (turn, "[list(r) for r in zip(*m)]"),
                ("[r[::-1] for r in m]", "m[::-1]"),
                (f"x + {number}", f"x + {number + 1}"),
                ("elif command == 'add'", "else"),
            ),
        )

    def arguments(self, params: tuple[str, int], rng: random.Random) -> Any:
        """A matrix that is no square, and commands."""
        columns = rng.randint(1, 4)
        rows = [" ".join(str(rng.randint(-9, 9)) for _ in range(columns)) for _ in range(rng.randint(1, 4))]
        commands = [rng.choice(("turn", "flip", "add", "turn", "skip")) for _ in range(rng.randint(0, 5))]
        return "\n".join([str(len(rows)), *rows, " ".join(commands)]) + "\n"
