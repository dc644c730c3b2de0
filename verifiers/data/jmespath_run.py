"""JMESPath: running a syntax tree on a document, under a step budget.

The result of each step is charged by its size, so that neither a chain of multi-selects (which doubles its result at
each link) nor a join can cost more than the budget. Numbers are exact (integers and decimals); equality is that of
the JSON data model. Text is ordered by code points, which the specification leaves null and the reference
implementation (jmespath.py) does. A type error is a `JmespathError`, as the specification has it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from assay.verifiers.data.jmespath_ast import Node
from assay.verifiers.data.model import EXACT, is_number
from assay.verifiers.data.outcome import Refusal
from assay.verifiers.verdict import Status

MAX_STEPS = 200_000
"""Work allowed for one run, in values looked at or made."""


class JmespathError(ValueError):
    """A program that fails on a document: a wrong type, an unknown function, a wrong number of arguments."""


class Run:
    """One run with its budget.

    Args:
        call: Calls a built-in function: run, name, argument nodes and current data to a value.
    """

    def __init__(self, call: Callable[[Run, str, tuple[Node, ...], Any], Any]) -> None:
        """Start with nothing spent."""
        self.call = call
        self.steps = 0

    def charge(self, steps: int) -> None:
        """Spend steps.

        Raises:
            Refusal: The budget is used up.
        """
        self.steps += steps
        if self.steps > MAX_STEPS:
            raise Refusal(Status.LIMIT, "too_many_steps", f"The program takes more than {MAX_STEPS} steps.")

    def value(self, node: Node, data: Any) -> Any:
        """The value of a node on the current data."""
        self.charge(1)
        match node:
            case ("field", name):
                return data.get(name) if isinstance(data, dict) else None
            case ("current",):
                return data
            case ("literal", value):
                return value
            case ("then", left, right):
                return self.value(right, self.value(left, data))
            case ("index", left, at):
                rows = self.value(left, data)
                return rows[at] if isinstance(rows, list) and -len(rows) <= at < len(rows) else None
            case ("slice", left, start, stop, step):
                rows = self.value(left, data)
                if step == 0:
                    raise JmespathError("a slice has step 0")
                return rows[start:stop:step] if isinstance(rows, list) else None
            case ("flatten", left):
                return self.flatten(self.value(left, data))
            case ("filter", left, condition):
                rows = self.value(left, data)
                return [row for row in rows if truth(self.value(condition, row))] if isinstance(rows, list) else None
            case ("project", left, right):
                return self.project(self.value(left, data), right)
            case ("values", left, right):
                table = self.value(left, data)
                return self.project(list(table.values()), right) if isinstance(table, dict) else None
            case ("list", items):
                return None if data is None else [self.measured(self.value(item, data)) for item in items]
            case ("hash", pairs):
                return None if data is None else {key: self.measured(self.value(item, data)) for key, item in pairs}
            case ("or", left, right):
                first = self.value(left, data)
                return first if truth(first) else self.value(right, data)
            case ("and", left, right):
                first = self.value(left, data)
                return self.value(right, data) if truth(first) else first
            case ("not", inner):
                return not truth(self.value(inner, data))
            case ("compare", operator, left, right):
                return self.compare(operator, self.value(left, data), self.value(right, data))
            case ("call", name, arguments):
                return self.measured(self.call(self, name, arguments, data))
            case _:
                raise JmespathError("an expression reference stands where a value belongs")

    def project(self, rows: Any, right: Node) -> Any:
        """Apply `right` to each element and leave out the nulls."""
        if not isinstance(rows, list):
            return None
        found = (self.value(right, row) for row in rows)
        return [value for value in found if value is not None]

    def flatten(self, rows: Any) -> Any:
        """One level of nested arrays spliced in."""
        if not isinstance(rows, list):
            return None
        flat: list[Any] = []
        for row in rows:
            inner: list[Any] = row if isinstance(row, list) else [row]
            self.charge(len(inner))
            flat += inner
        return flat

    def compare(self, operator: str, left: Any, right: Any) -> bool | None:
        """Equality of any two values, order of two numbers or two texts; null where there is no order."""
        if operator in ("==", "!="):
            self.measured(left)
            self.measured(right)
            return EXACT.same(left, right) == (operator == "==")
        if not (is_number(left) and is_number(right)) and not (isinstance(left, str) and isinstance(right, str)):
            return None
        return ORDER[operator](left, right)

    def measured(self, value: Any) -> Any:
        """The value itself, after its whole size has been charged: shared parts count each time they show."""
        stack = [value]
        while stack:
            item = stack.pop()
            if isinstance(item, dict):
                self.charge(len(item) + 1)
                stack += item.values()
            elif isinstance(item, list):
                self.charge(len(item) + 1)
                stack += item
            elif isinstance(item, str):
                self.charge(len(item) // 64)
        return value


ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def truth(value: Any) -> bool:
    """JMESPath truth: null, false, and empty text, arrays and objects are false; 0 is true."""
    return value is not None and value is not False and (is_number(value) or value is True or len(value) > 0)


def kind_of(value: Any) -> str:
    """The JMESPath type name."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, Decimal)):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"
