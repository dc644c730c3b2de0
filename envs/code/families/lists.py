"""Functions over lists of integers."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from assay.envs.code.family import Blueprint, CodeFamily


def draw_ints(rng: random.Random, most: int, low: int = -9, high: int = 9, least: int = 0) -> list[int]:
    """A list of `least` to `most` integers with repetitions."""
    return [rng.randint(low, high) for _ in range(rng.randint(least, most))]


class WindowSums(CodeFamily[tuple[int, str, int]]):
    """The best sum of so many neighbours.

    Example: "Return the largest sum of 3 neighbouring numbers of xs, or 0 if there are fewer."
    """

    name: ClassVar[str] = "window_sums"
    topic: ClassVar[str] = "lists"
    summary: ClassVar[str] = "the best sum over windows of a list"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, str, int]:
        """Window length, which sum is best, and what an input that is too short gives."""
        return rng.randint(2, 3 + difficulty // 2), rng.choice(("max", "min")), rng.randint(-50, 50)

    def blueprint(self, params: tuple[int, str, int]) -> Blueprint:
        """The variant."""
        width, best, empty = params
        word = "largest" if best == "max" else "smallest"
        reference = (
            "def best_window(xs):\n"
            f"    if len(xs) < {width}:\n        return {empty}\n"
            f"    return {best}(sum(xs[i:i + {width}]) for i in range(len(xs) - {width - 1}))\n"
        )
        return Blueprint(
            "best_window",
            "xs: list[int]",
            f"It returns the {word} sum of {width} neighbouring numbers of xs, or {empty} if xs "
            f"has fewer than {width}.",
            reference,
            (
                (f"{best}(", f"{'min' if best == 'max' else 'max'}("),
                (f"len(xs) - {width - 1})", f"len(xs) - {width})) if len(xs) > {width} else sum(xs"),
                (f"xs[i:i + {width}]", f"xs[i:i + {width - 1}]"),
                (f"len(xs) < {width}", f"len(xs) <= {width}"),
                (f"return {empty}", f"return {empty + 1}"),
                ("range(len", "range(1 if len(xs) > " + str(width) + " else 0, len"),
            ),
        )

    def arguments(self, params: tuple[int, str, int], rng: random.Random) -> Any:
        """A list, often about as long as the window."""
        width = params[0]
        return [draw_ints(rng, width + rng.choice((0, 1, 6)), least=max(0, width - 1))]


class RotateAndPick(CodeFamily[tuple[int, int, bool]]):
    """Rotation, then every so-manieth element.

    Example: "Rotate xs by 2 to the left, then return every 3rd element, starting with the first."
    """

    name: ClassVar[str] = "rotate_and_pick"
    topic: ClassVar[str] = "lists"
    summary: ClassVar[str] = "rotate a list, then take every k-th element"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, int, bool]:
        """Rotation, stride, and whether to the left."""
        return rng.randint(1, 2 + difficulty), rng.randint(2, 4), rng.random() < 0.5

    def blueprint(self, params: tuple[int, int, bool]) -> Blueprint:
        """The variant."""
        by, stride, left = params
        side, index = ("left", "+") if left else ("right", "-")
        reference = (
            "def rotate_and_pick(xs):\n    n = len(xs)\n"
            f"    turned = [xs[(i {index} {by}) % n] for i in range(n)]\n"
            f"    return turned[::{stride}]\n"
        )
        return Blueprint(
            "rotate_and_pick",
            "xs: list[int]",
            f"It rotates xs by {by} places to the {side} (a list may be shorter than that: rotation goes round), and "
            f"returns the list of every {stride}th element of the result, starting with its first.",
            reference,
            (
                (f"i {index} {by}", f"i {'-' if left else '+'} {by}"),
                (f"i {index} {by}", f"i {index} {by + 1}"),
                (f"[::{stride}]", f"[::{stride + 1}]"),
                (f"[::{stride}]", f"[{stride - 1}::{stride}]"),
                (f"[::{stride}]", ""),
                ("range(n)", "range(n - 1)"),
            ),
        )

    def arguments(self, params: tuple[int, int, bool], rng: random.Random) -> Any:
        """A list."""
        return [draw_ints(rng, 10)]


class RunLengths(CodeFamily[tuple[int, bool]]):
    """Runs of equal neighbours.

    Example: "Return [value, length] for each run of at least 2 equal neighbours."
    """

    name: ClassVar[str] = "run_lengths"
    topic: ClassVar[str] = "lists"
    summary: ClassVar[str] = "runs of equal neighbours and their lengths"

    def draw(self, rng: random.Random, difficulty: int) -> tuple[int, bool]:
        """The shortest run that counts, and whether neighbours of equal parity are equal."""
        return rng.randint(1, 1 + (difficulty + 1) // 2), difficulty > 3 and rng.random() < 0.5

    def blueprint(self, params: tuple[int, bool]) -> Blueprint:
        """The variant."""
        least, parity = params
        same = "x % 2 == runs[-1][0] % 2" if parity else "x == runs[-1][0]"
        what = "of the same parity (all even or all odd)" if parity else "equal"
        first = "the run's first number" if parity else "the number"
        reference = (
            "def run_lengths(xs):\n    runs = []\n    for x in xs:\n"
            f"        if runs and {same}:\n            runs[-1][1] += 1\n"
            "        else:\n            runs.append([x, 1])\n"
            f"    return [run for run in runs if run[1] >= {least}]\n"
        )
        return Blueprint(
            "run_lengths",
            "xs: list[int]",
            f"A run is a longest stretch of neighbouring numbers that are {what}. It returns, for each run of at least "
            f"{least} numbers in order, the list [{first}, length of the run].",
            reference,
            (
                (f">= {least}", f"> {least}"),
                (f">= {least}", f">= {least - 1}") if least > 1 else ("[x, 1]", "[x, 2]"),
                ("runs[-1][1] += 1", "pass"),
                ("+= 1", "+= 2"),
                ("return [run", "return [run[::-1]"),
            ),
        )

    def arguments(self, params: tuple[int, bool], rng: random.Random) -> Any:
        """A list with many repetitions."""
        values: list[int] = []
        for _ in range(rng.randint(0, 5)):
            values += [rng.randint(-3, 3)] * rng.randint(1, 2 + params[0])
        return [values]


class PairCount(CodeFamily[tuple[str, int]]):
    """Pairs with a property.

    Example: "Return how many pairs i < j have xs[i] + xs[j] equal to 7."
    """

    name: ClassVar[str] = "pair_count"
    topic: ClassVar[str] = "lists"
    summary: ClassVar[str] = "counting pairs of a list with a property"

    CONDITIONS: ClassVar[dict[str, tuple[str, str]]] = {
        "sum": ("xs[i] + xs[j] == {k}", "the sum of the two is {k}"),
        "difference": ("abs(xs[i] - xs[j]) == {k}", "the two differ by exactly {k}"),
        "inversion": ("xs[i] - xs[j] > {k}", "the first is larger than the second by more than {k}"),
        "product": ("xs[i] * xs[j] < {k}", "the product of the two is below {k}"),
    }

    def draw(self, rng: random.Random, difficulty: int) -> tuple[str, int]:
        """Property and number."""
        return rng.choice(list(self.CONDITIONS)), rng.randint(1, 2 + 2 * difficulty)

    def blueprint(self, params: tuple[str, int]) -> Blueprint:
        """The variant."""
        kind, k = params
        code, words = self.CONDITIONS[kind]
        condition = code.format(k=k)
        reference = (
            "def pair_count(xs):\n    count = 0\n    for i in range(len(xs)):\n"
            "        for j in range(i + 1, len(xs)):\n"
            f"            if {condition}:\n                count += 1\n    return count\n"
        )
        near = {"sum": ("==", ">="), "difference": ("abs(", "("), "inversion": ("> ", ">= "), "product": ("< ", "<= ")}
        return Blueprint(
            "pair_count",
            "xs: list[int]",
            f"It returns the number of pairs of places i < j for which, of xs[i] and xs[j], {words.format(k=k)}. "
            "Equal numbers at different places make different pairs.",
            reference,
            (
                ("range(len(xs))", "range(1, len(xs))"),
                ("i + 1", "i + 2"),
                (str(k) + ":", f"{k + 1}:"),
                near[kind],
                ("return count", "return min(count, 3)"),
            ),
        )

    def arguments(self, params: tuple[str, int], rng: random.Random) -> Any:
        """A list around the number that decides."""
        kind, k = params
        xs = draw_ints(rng, 8, -k - 2, k + 2)
        if xs:
            x = xs[0]
            if kind == "product" and x and k % x == 0:
                xs.append(k // x)
            else:
                xs.append({"sum": k - x, "difference": x + k, "inversion": x - k, "product": 1}[kind])
        rng.shuffle(xs)
        return [xs]
