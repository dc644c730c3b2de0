"""Arithmetic: addition, chains, division, fractions, decimals, percentages."""

import re
from collections.abc import Callable
from decimal import Decimal, getcontext
from fractions import Fraction
from typing import Any

import pytest

from assay.envs.math import FAMILIES, ProceduralSource

CheckFamily = Callable[[str, Callable[[str], str]], None]
Evaluate = Callable[..., Any]


def groups(pattern: str, text: str) -> tuple[str, ...]:
    """The groups of the first match, which there must be."""
    match = re.search(pattern, text)
    assert match is not None, text
    return tuple(match.groups())


def decimal(value: Fraction) -> str:
    """A fraction as plain decimal text, by way of the decimal module."""
    getcontext().prec = 60
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    assert Fraction(exact) == value
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def fraction(value: Fraction) -> str:
    top = rf"\frac{{{abs(value.numerator)}}}{{{value.denominator}}}" if value.denominator > 1 else abs(value.numerator)
    return f"{'-' if value < 0 else ''}{top}"


def formula(statement: str) -> str:
    return groups(r"Compute \$(.*?)\$", statement)[0]


def test_addition(check_family: CheckFamily) -> None:
    check_family("addition", lambda s: str(sum(int(x) for x in groups(r"(\d+)\+(\d+)=\?", s))))


def test_addition_scratchpad_is_the_schoolbook_method() -> None:
    source = ProceduralSource([FAMILIES["addition"]], instruction="")
    for index in range(300):
        task = source.task("train", index)
        a, b = (number[::-1] for number in task.prompt.removesuffix("=?").split("+"))
        steps, boxed = source.gold(task).split("\n")
        groups = steps.split(",")
        assert len(groups) == max(len(a), len(b))
        carry, written = "0", ""
        for place, group in enumerate(groups):
            x, y, carry_in, equals, carry_out, digit = list(group)
            assert (x, y, carry_in, equals) == ((a + "0" * 10)[place], (b + "0" * 10)[place], carry, "=")
            assert int(x) + int(y) + int(carry_in) == int(carry_out + digit)
            carry, written = carry_out, digit + written
        assert boxed == rf"\boxed{{{(carry if carry != '0' else '') + written}}}"


def test_addition_prompt_is_the_bare_sum() -> None:
    source = ProceduralSource([FAMILIES["addition"]], 3, "")
    assert all(re.fullmatch(r"\d{1,3}\+\d{1,3}=\?", source.task("train", index).prompt) for index in range(100))


def test_int_chain(check_family: CheckFamily, evaluate: Evaluate) -> None:
    def solve(statement: str) -> str:
        value = evaluate(formula(statement))
        assert value.denominator == 1
        return str(value)

    check_family("int_chain", solve)


def test_int_chain_quotients_are_exact() -> None:
    source = ProceduralSource([FAMILIES["int_chain"]], 10)
    quotients = [q for i in range(200) for q in re.findall(r"(\d+) \\div (\d+)", source.task("train", i).prompt)]
    assert len(quotients) > 100
    assert all(int(a) % int(b) == 0 for a, b in quotients)


def test_long_division(check_family: CheckFamily) -> None:
    def solve(statement: str) -> str:
        a, b, shown = map(int, groups(r"Divide (\d+) by (\d+)\..*r < (\d+)\$", statement))
        assert b == shown
        rest = a
        quotient = 0
        for shift in range(len(str(a)), -1, -1):
            while rest >= b * 10**shift:
                rest -= b * 10**shift
                quotient += 10**shift
        return f"({quotient}, {rest})"

    check_family("long_division", solve)


def test_fractions(check_family: CheckFamily, evaluate: Evaluate) -> None:
    check_family("fractions", lambda s: fraction(evaluate(formula(s))))


def test_decimals(check_family: CheckFamily, evaluate: Evaluate) -> None:
    check_family("decimals", lambda s: decimal(evaluate(formula(s))))


def test_percentages(check_family: CheckFamily) -> None:
    number = r"(\d+(?:\.\d+)?)"

    def solve(statement: str) -> str:
        if match := re.match(rf"What is {number}% of {number}\?", statement):
            return decimal(Fraction(match[1]) * Fraction(match[2]) / 100)
        factor = Fraction(1)
        for direction, percent in re.findall(rf"(in|de)creased by {number}%", statement):
            factor *= 1 + (1 if direction == "in" else -1) * Fraction(percent) / 100
        if match := re.match(rf"A quantity of {number} is", statement):
            return decimal(Fraction(match[1]) * factor)
        return decimal(Fraction(groups(rf"Its value is now {number}\.", statement)[0]) / factor)

    check_family("percentages", solve)


@pytest.mark.parametrize("name", ["int_chain", "fractions", "decimals"])
def test_worked_solutions_hold(name: str, evaluate: Evaluate) -> None:
    """Every equation in a worked solution is true, and the last one ends in the answer."""
    source = ProceduralSource([FAMILIES[name]])
    for index in range(100):
        problem = source.problem(source.task("train", index).id)
        for line in problem.steps.split("\n"):
            sides = re.sub(r"\\frac\{(-?\d+ [+-] \d+)\}\{(\d+)\}", r"((\1)/\2)", line.strip("$")).split(" = ")
            assert len({evaluate(side) for side in sides}) == 1, line
        assert evaluate(problem.steps.rpartition("= ")[2].strip("$")) == evaluate(problem.answer)
