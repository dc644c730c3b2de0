"""Families of programming tasks: a description, a reference, hidden inputs, and wrong programs they must catch.

A family draws a small variant of a problem. From it follow the statement, the reference solution, and *mutants*: copies
of the reference with one plausible mistake. Hidden inputs are drawn until every mutant gives a wrong answer to one of
them, and each case is worth what it contributes to that, so that partial credit cannot be had from easy cases.

The reference and the mutants are this project's own text and run in this process; nothing an agent writes does.
"""

from __future__ import annotations

import copy
import functools
import io
import json
import random
from abc import abstractmethod
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from assay.envs.procedural import P, TaskFamily

VISIBLE = 2
"""Cases that the statement shows."""

SPARE = 6
"""Cases beyond those that catch the mutants."""

MAX_TRIES = 300
"""Inputs drawn in search of ones that catch the mutants left."""

CREDIT = 420
"""What a mutant is worth, shared by the cases that catch it."""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """One variant of a problem.

    Attributes:
        entry: The function to write; "" for a program that reads standard input.
        signature: Its parameters, e.g. "xs: list[int], k: int".
        description: What it should do, in words that leave nothing open.
        reference: A right solution.
        mistakes: (text in the reference, what a mutant has instead) each.
        wrong: Mutants given whole, beside those.
    """

    entry: str
    signature: str
    description: str
    reference: str
    mistakes: tuple[tuple[str, str], ...] = ()
    wrong: tuple[str, ...] = ()

    def mutants(self) -> list[str]:
        """The wrong programs.

        Raises:
            ValueError: A mistake is not in the reference, which would leave it right.
        """
        wrong = list(self.wrong)
        for found, instead in self.mistakes:
            if found not in self.reference:
                raise ValueError(f"{self.entry}: {found!r} is not in the reference")
            wrong.append(self.reference.replace(found, instead, 1))
        return wrong


@dataclass(frozen=True, slots=True)
class Cases:
    """Hidden cases of a task.

    Attributes:
        inputs: Argument lists, or texts for standard input.
        expected: What the reference says.
        weights: What each is worth.
        survivors: Mutants that no case catches.
        mutants: How many there are.
    """

    inputs: list[Any]
    expected: list[Any]
    weights: list[int]
    survivors: int
    mutants: int
    kills: tuple[frozenset[int], ...] = field(default=())


class CodeFamily(TaskFamily[P]):
    """A kind of programming task with difficulties 1 to 10."""

    @abstractmethod
    def blueprint(self, params: P) -> Blueprint:
        """The variant that the parameters stand for."""

    @abstractmethod
    def arguments(self, params: P, rng: random.Random) -> Any:
        """One input: a list of arguments, or a text for standard input."""

    def statement(self, params: P) -> str:
        """Description, signature and examples."""
        plan = self.blueprint(params)
        cases = self.cases(params)
        shown = list(zip(cases.inputs, cases.expected, strict=True))[:VISIBLE]
        if not plan.entry:
            examples = "\n\n".join(f"Input:\n{stdin.rstrip()}\nOutput:\n{out.rstrip()}" for stdin, out in shown)
            intro = "Write a Python program that reads standard input and writes standard output."
            return f"{intro}\n{plan.description}\n\n{examples}"
        examples = "\n".join(f">>> {plan.entry}({', '.join(map(repr, args))})\n{value!r}" for args, value in shown)
        return f"Write a Python function `{plan.entry}({plan.signature})`.\n{plan.description}\n\n{examples}"

    def answer(self, params: P) -> str:
        """The reference."""
        return self.blueprint(params).reference

    def accepts(self, params: P) -> bool:
        """Only tasks whose hidden cases catch every mutant are set."""
        return self.cases(params).survivors == 0

    def spec(self, params: P) -> dict[str, Any]:
        """What the verifier needs."""
        plan, cases = self.blueprint(params), self.cases(params)
        if not plan.entry:
            pairs = [list(pair) for pair in zip(cases.inputs, cases.expected, strict=True)]
            task: dict[str, Any] = {"kind": "io", "cases": pairs}
        else:
            task = {"kind": "fn", "entry": plan.entry, "inputs": cases.inputs, "expected": cases.expected}
        return {"task": {**task, "visible": VISIBLE, "weights": cases.weights}}

    def gold(self, params: P) -> str:
        """A response that is right."""
        return f"```python\n{self.answer(params)}```"

    def cases(self, params: P) -> Cases:
        """The hidden cases: a pure function of the parameters."""
        return _cases(self, params)


@functools.lru_cache(maxsize=256)
def _cases(family: CodeFamily[Any], params: Any) -> Cases:
    plan = family.blueprint(params)
    rng = random.Random(f"{family.name}@{family.version}/{params!r}")
    right = runner(plan.reference, plan.entry)
    wrong = [runner(source, plan.entry) for source in plan.mutants()]
    alive = set(range(len(wrong)))
    inputs: list[Any] = []
    expected: list[Any] = []
    kills: list[frozenset[int]] = []
    seen: set[str] = set()
    for attempt in range(MAX_TRIES):
        if len(inputs) >= SPARE + len(wrong) or (attempt > 40 and not alive and len(inputs) >= SPARE):
            break
        given = family.arguments(params, rng)
        key = json.dumps(given)
        if key in seen:
            continue
        seen.add(key)
        value = right(given)
        caught = frozenset(number for number, run in enumerate(wrong) if differs(run, given, value))
        # Spare cases come as they are; beyond them only those that catch a mutant nothing else has.
        if len(inputs) < SPARE or caught & alive:
            inputs.append(given)
            expected.append(value)
            kills.append(caught)
            alive -= caught
    weights = [0] * len(inputs)
    for number in range(len(wrong)):
        catching = [place for place, caught in enumerate(kills) if number in caught]
        for place in catching:
            weights[place] += CREDIT // len(catching)
    if not any(weights):
        weights = [1] * len(inputs)
    return Cases(inputs, expected, weights, len(alive), len(wrong), tuple(kills))


def runner(source: str, entry: str) -> Callable[[Any], Any]:
    """Something that runs our own program on one input: a call for a function, the output for a script."""
    code = compile(source, "reference.py", "exec")
    if not entry:
        return functools.partial(_run_script, code)
    space: dict[str, Any] = {"__name__": "reference"}
    exec(code, space)
    function = space[entry]
    return lambda args: function(*copy.deepcopy(args))


def _run_script(code: Any, stdin: str) -> str:
    out = io.StringIO()
    with mock.patch("sys.stdin", io.StringIO(stdin)), redirect_stdout(out):
        exec(code, {"__name__": "__main__"})
    return out.getvalue()


def differs(run: Callable[[Any], Any], given: Any, value: Any) -> bool:
    """Whether a program gives anything but this value, an exception included."""
    try:
        return bool(run(given) != value)
    except Exception:
        return True


def kill_rate(
    families: Sequence[CodeFamily[Any]], tasks: int, difficulty: tuple[int, int] = (1, 10)
) -> dict[str, float]:
    """Share of mutants that the hidden cases catch, by family, over the first tasks of each.

    Args:
        families: Which families.
        tasks: How many tasks of each.
        difficulty: Lowest and highest difficulty.
    """
    rates: dict[str, float] = {}
    for family in families:
        total = alive = 0
        for index in range(tasks):
            rng = random.Random(f"kill-rate/{family.name}/{index}")
            cases = family.cases(family.draw(rng, difficulty[0] + index % (difficulty[1] - difficulty[0] + 1)))
            total += cases.mutants
            alive += cases.survivors
        rates[family.name] = 1.0 - alive / total if total else 1.0
    return rates
