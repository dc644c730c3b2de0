"""What the tests of the generator families share: problems to check, and a reader of formulas that is not ours.

Families are checked from outside: a test reads the *statement*, computes the answer by another road, and compares it
with the gold letter by letter.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pytest

from assay.envs.math import FAMILIES, Problem, ProceduralSource

Problems = Callable[[str], Iterator[Problem]]
Evaluate = Callable[..., Any]
Solve = Callable[[str], str]


@pytest.fixture
def check_family() -> Callable[[str, Solve], None]:
    """Compare a family with a solver, at every difficulty and in both splits, and check its docstring's example."""

    def check(name: str, solve: Solve, each: int = 6) -> None:
        family = FAMILIES[name]
        source = ProceduralSource([family], instruction="")
        for difficulty in range(1, 11):
            for split in ("train", "test"):
                for index in range(each):
                    task_id = f"{name}/{split}/d{difficulty}/{index}"
                    problem, task = source.problem(task_id), source.find(task_id)
                    assert problem.answer == solve(problem.statement), problem
                    assert (task.prompt, task.spec["answer"]) == (problem.statement, problem.answer)
                    assert "\\boxed" not in problem.steps
        text = " ".join((type(family).__doc__ or "").split())
        match = re.search(r'Example \(difficulty (\d+)\): "(.+?)"(?:, | )with the answer (.+?)\. Difficulty:', text)
        if name != "addition":
            assert match is not None, "no example in the docstring"
            assert _plain(solve(match[2])) == _plain(match[3])

    return check


def _plain(answer: str) -> str:
    return re.sub(r"\\frac\{(\d+)\}\{(\d+)\}", r"\1/\2", answer).replace(" ", "")


@pytest.fixture
def evaluate() -> Evaluate:
    """Value of a LaTeX formula by way of Python's own parser; variables are given as keyword arguments."""
    return _evaluate


def _evaluate(formula: str, **variables: Any) -> Any:
    text = re.sub(r"\\frac\{(-?\w+)\}\{(-?\w+)\}", r"((\1)/(\2))", formula)
    for latex, python in (
        (r"\times", "*"),
        (r"\cdot", "*"),
        (r"\div", "/"),
        (r"\cup", "|"),
        (r"\cap", "&"),
        (r"\setminus", "-"),
        (r"\triangle", "^"),
    ):
        text = text.replace(latex, python)
    if not set(variables) & set("ABCD"):
        text = text.replace("^", "**").replace("{", "(").replace("}", ")")
        text = re.sub(r"(?<=[\d)])\s*(?=[a-z(])", "*", text)
    return _value(ast.parse(text.strip(), mode="eval").body, variables)


def _value(node: ast.expr, variables: dict[str, Any]) -> Any:
    match node:
        case ast.Constant(value=int() | float()):
            return Fraction(ast.unparse(node))
        case ast.Name(id=name):
            return variables[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, variables)
        case ast.BinOp(left=left, op=operator, right=right):
            a, b = _value(left, variables), _value(right, variables)
            match operator:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.Div():
                    return a / b
                case ast.Pow():
                    return a ** int(b)
                case ast.BitOr():
                    return a | b
                case ast.BitAnd():
                    return a & b
                case ast.BitXor():
                    return a ^ b
                case _:
                    pass
        case _:
            pass
    raise AssertionError(f"cannot read {ast.unparse(node)}")
