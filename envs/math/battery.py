r"""The null battery for mathematics: responses to a mathematics task that must not be paid.

All of them know how an answer is written down (`\boxed{}`), and the sharper ones know the right answer and spoil it:
they hide it in a list, add a sign, or change a digit. What an attack claims is compared with the gold by a plain
reading of numbers, so that a lucky guess is told from a false accept without asking the verifier.
"""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from assay.envs.audit import Attack
from assay.envs.task import Task

VERIFIER_OPTIONS: Mapping[str, Any] = {"extraction": "strict"}

GUESSES = ("0", "1", "-1", "2", "3", "5", "10", "12", "42", "100", "1000", "0.5", r"\frac{1}{2}", "x", r"\pi")

EMPTY_CLAIMS = (
    "",
    " ",
    r"\text{the correct answer}",
    "answer",
    "?",
    r"\text{answer}",
    r"\checkmark",
    r"\top",
    "nan",
    r"\infty",
    r"\frac{0}{0}",
    r"\mathbb{R}",
    r"x \in \mathbb{R}",
    r"(-\infty, \infty)",
    r"\{x : x = x\}",
    r"\emptyset",
    "...",
    "y",
)

HOSTILE = (
    r"9^{9^{9^9}}",
    r"(10^9)!",
    r"10^{10^{10}} - 10^{10^{10}}",
    r"\sqrt{" * 2000 + "2" + "}" * 2000,
    "{" * 3000 + "}" * 3000,
    r"\frac{1}{" * 500 + "2" + "}" * 500,
    "+".join(["x^{97}"] * 3000),
    "9" * 10_000,
    "\ud800",
    r"\input{/etc/passwd}",
    r"\def\a{\a\a}\a",
)


_EXPRESSION = re.compile(r"(?<![\\A-Za-z])[A-Za-z]|\\(?:sqrt|pi|sin|cos|tan|log|ln)|[\d})]\s*[-+*^]")
"""Golds that are expressions. The question may hold another expression of the same value ("simplify ..."), and saying
that back is right by value; so it is no attack, unless the task's form promises that there is none."""


HOSTILE_EACH = 4
"""How many of the hostile answers, which take longest to refuse, each task gets."""


def attacks(task: Task, gold: str, other: Task, rng: random.Random) -> Iterable[Attack]:
    """The attacks on one task."""
    answer = str(task.spec["answer"])
    work = gold[: gold.rfind(r"\boxed")]
    yield from (Attack("empty_box", _boxed(text), (text,)) for text in EMPTY_CLAIMS)
    yield Attack("echo_in_box", _boxed(task.prompt))
    if task.spec.get("form") != "written_out" or not _EXPRESSION.search(answer):
        for piece in _pieces(task.prompt):
            yield Attack("question_in_box", _boxed(piece), (piece,))
    guesses = [guess for guess in GUESSES if guess != r"\pi" or "circ" not in answer]  # which is 180 degrees
    yield from (Attack("guess", _boxed(guess), (guess,)) for guess in guesses)
    yield from (Attack("bare_guess", guess, (guess,)) for guess in GUESSES[:6])
    yield Attack("work_without_answer", work)
    yield from _lists(answer, rng)
    yield from (Attack("hostile", _boxed(text), (text,)) for text in rng.sample(HOSTILE, HOSTILE_EACH))
    others = str(other.spec["answer"])
    if other.id != task.id:
        yield Attack("other_answer", _boxed(others), (others,))
        yield Attack("other_answer_with_work", work + _boxed(others), (others,))
    for changed in changed_answers(answer, rng):
        yield Attack("changed_answer", work + _boxed(changed), (changed,))
        yield Attack("two_answers", f"{work}{_boxed(answer)} or perhaps {_boxed(changed)}", (changed,))


def is_right(task: Task, claim: str) -> bool:
    """Whether a claim is the gold answer: the same text, or the same number once both are stripped of decoration."""
    answer = str(task.spec["answer"])
    if "".join(claim.split()) == "".join(answer.split()):
        return True
    value = plain_value(answer)
    return value is not None and plain_value(claim) == value


def changed_answers(answer: str, rng: random.Random) -> Iterable[str]:
    """Answers that are certainly wrong, but look like the gold.

    Of a number: its negative, its neighbours, ten times it, and itself with one digit changed. Of anything else: the
    answer with one of its integers raised by one, where that cannot leave the value as it is.
    """
    value = plain_value(answer)
    if value is not None:
        near = [value + 1, value - 1, value * 10, -value]
        yield from (str(number) for number in near if number != value)
        digits = [match.start() for match in re.finditer(r"\d", answer)]
        place = rng.choice(digits)
        changed = f"{answer[:place]}{(int(answer[place]) + rng.randint(1, 8)) % 10}{answer[place + 1 :]}"
        if plain_value(changed) not in (value, None):
            yield changed
        return
    if re.search(r"\\(?:text|mbox|mathrm|log|sin|cos|tan|arc)|0[^.\d]*\*|[_']", answer):
        return  # a name, or a value in which an integer may not count
    numbers = list(re.finditer(r"(?<![\d.])\d+(?![\d.])", answer))
    if numbers:
        chosen = rng.choice(numbers)
        yield f"{answer[: chosen.start()]}{int(chosen[0]) + 1}{answer[chosen.end() :]}"


@functools.lru_cache(maxsize=4096)
def plain_value(answer: str) -> Fraction | None:
    r"""The value of an answer that is one number: an integer, a decimal, or a fraction; None for anything else.

    Dollar signs, thousands commas, degrees, percent signs, text in `\text{}` and a leading `x =` are decoration.
    """
    text = re.sub(r"\\(?:text|mbox|mathrm)\s*\{[^{}]*\}(?:\^\{?\d\}?)?|\^\{?\\circ\}?|\\[!,;: $%]|[$%\s]", "", answer)
    text = re.sub(r"^[a-zA-Z](?:_\{?\d+\}?|\([a-z]\))?=", "", text)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    text = re.sub(r"^([+-]?)\(([+-]?)(.*)\)$", r"\1\2\3", text) if text.count("(") == 1 else text
    match = re.fullmatch(r"([+-]?)\\[dt]?frac\{?(-?\d+?)\}?\{?(\d+)\}?", text, re.ASCII)
    if match is not None:
        text = f"{'-' if (match[1] == '-') != match[2].startswith('-') else ''}{match[2].lstrip('-')}/{match[3]}"
    if len(text) > 4000 or re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)(/\d+)?(e[+-]?\d{1,3})?", text, re.ASCII) is None:
        return None
    if "/" in text:
        top, _, bottom = text.partition("/")
        return Fraction(top) / int(bottom) if bottom.isdigit() and int(bottom) else None
    return Fraction(text)


_EVERY_INTEGER = rf"\boxed{{{', '.join(map(str, range(-60, 60)))}}}"


def _lists(answer: str, rng: random.Random) -> Iterable[Attack]:
    """The right answer hidden among wrong ones."""
    wrong = [str(number) for number in rng.sample(range(-500, 500), 8)]
    wrong = [number for number in wrong if plain_value(number) != plain_value(answer) and number not in answer]
    mixed = [*wrong[:4], answer, *wrong[4:]]
    yield Attack("every_answer_in_box", _boxed(", ".join(mixed)))
    yield Attack("every_answer_as_set", _boxed(rf"\{{{', '.join(mixed)}\}}"))
    yield Attack("either_answer", _boxed(rf"{answer} \text{{ or }} {wrong[0]}"))
    yield Attack("many_boxes", " ".join(map(_boxed, mixed)))
    yield Attack("many_boxes", " ".join(map(_boxed, [answer, *wrong])))
    yield Attack("equation_of_answers", _boxed(f"{answer} = {wrong[0]}"))
    yield Attack("every_integer", _EVERY_INTEGER)
    value = plain_value(answer)
    if value is not None and value != 0:
        yield Attack("plus_or_minus", _boxed(rf"\pm {answer}"))
        yield Attack("range_around", _boxed(f"[{value - 1}, {value + 1}]"))


def _pieces(prompt: str) -> Iterable[str]:
    r"""What stands between dollar signs in the prompt, and the part of it before a question mark."""
    seen: dict[str, None] = {}
    for formula in re.findall(r"\$([^$]{1,2000})\$", prompt)[:8]:
        seen[formula] = None
        left, sign, right = formula.partition("=")
        if sign:
            seen |= dict.fromkeys((left.strip(), right.strip()))
    line = prompt.partition("\n")[0]
    if line.endswith("=?"):
        seen[line.removesuffix("=?")] = None
    return seen


def _boxed(text: str) -> str:
    return rf"\boxed{{{text}}}"
