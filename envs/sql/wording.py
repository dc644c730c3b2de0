"""Gold queries in English: what is asked for, without the words of SQL.

Each question is an opening around parts that say exactly what the query does: which rows, what of them, in what
order, and what happens to repeats. The last quarter of the openings is for the test split alone.
"""

from __future__ import annotations

from assay.envs.data.family import template
from assay.envs.sql.query import Condition, Field, Measure, Output, Query

OPENINGS = (
    "Give {what}.",
    "List {what}.",
    "I need {what}.",
    "Find {what}.",
    "Report {what}.",
    "Tell me {what}.",
    "Please show {what}.",
    "Somebody asks for {what}.",
)
MEASURES = {"sum": "the sum", "avg": "the average", "min": "the lowest", "max": "the highest", "count": "the count"}
COMPARISONS = {
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
    "=": "is",
    "<>": "is known and is not",
}


def question(query: Query, number: int, split: str) -> str:
    """The question of a query in the wording of a number."""
    return template(OPENINGS, number, split).format(what=_what(query))


def _what(query: Query) -> str:
    if query.group is not None:
        text = _grouped(query)
    elif isinstance(query.outputs[0], Measure):
        text = _single(query, query.outputs[0])
    else:
        parts = " and ".join(_output(query, output) for output in query.outputs)
        each = "the different values (each once, a missing one too) of" if query.distinct else ""
        text = f"{each} {parts} of {_rows(query)}".strip()
        if not query.distinct:
            text += ", one row for each" + (" pair" if query.join else "")
    if query.order is not None:
        position, down = query.order
        text += f", ordered by {_output(query, query.outputs[position])} {'downwards' if down else 'upwards'}"
        if query.group is not None:
            text += " (a missing one counts as the lowest)"
    return text


def _single(query: Query, measure: Measure) -> str:
    if measure.field is None:
        return f"the number of {_rows(query)}"
    said = _said(query, measure.field)
    if measure.function == "count":
        how = "different known values" if measure.distinct else "known values"
        return f"how many {how} of {said} there are among {_rows(query)}"
    return f"{MEASURES[measure.function]} of the {said} of {_rows(query)}"


def _grouped(query: Query) -> str:
    assert query.group is not None
    measure = query.outputs[1]
    assert isinstance(measure, Measure)
    if query.join == "left":
        parent, child = query.domain.parent, query.domain.child
        return f"the id of every {parent.one} with its number of {child.many}, 0 where there are none"
    if measure.field is None:
        said = f"how many {query.domain.child.many} there are"
    else:
        said = f"{MEASURES[measure.function]} of the known values of {_output(query, measure.field)}"
        if measure.function != "count":
            said += " (missing where none is known)"
    each = _output(query, query.group).removeprefix("the ")
    text = f"for each {each} (a missing one is a group, too) that value and {said}"
    if query.where or query.join:
        text += f", over {_rows(query)}"
    if query.having is not None:
        operator, count = query.having
        text += f", only where the group has {'at least' if operator == '>=' else 'more than'} {count} rows"
    return text


def _rows(query: Query) -> str:
    parent, child = query.domain.parent, query.domain.child
    text = (
        f"the {child.many} that have an existing {parent.one}" if query.join else f"the {query.table(query.base).many}"
    )
    if query.where:
        text += " for which " + (" or " if query.any_of else " and ").join(_condition(query, c) for c in query.where)
    return text


def _output(query: Query, output: Output) -> str:
    if isinstance(output, Measure):
        return "that number" if output.field is None else f"that {MEASURES[output.function].split()[-1]}"
    return (
        f"the {query.table(output.side).one}'s {_said(query, output)}" if query.join else f"the {_said(query, output)}"
    )


def _said(query: Query, field: Field) -> str:
    return "id" if field.name == "id" else query.column(field).said


def _condition(query: Query, condition: Condition) -> str:
    said = _output(query, condition.field)
    if condition.kind == "null":
        return f"{said} {'is missing' if condition.operator == '=' else 'is known'}"
    if condition.kind == "extreme":
        if condition.value == "avg":
            return f"{said} is {'above' if condition.operator == '>' else 'below'} the average of all"
        return f"{said} is the {'highest' if condition.value == 'max' else 'lowest'} of all (ties included)"
    if condition.kind == "exists":
        child = query.domain.child
        which = ""
        if condition.inner is not None:
            column = _said(query, condition.inner.field)
            which = f" whose {column} {COMPARISONS[condition.inner.operator]} {condition.inner.value}"
        return f"there is {'a' if condition.operator == '=' else 'no'} {child.one} of theirs{which}"
    return f"{said} {COMPARISONS[condition.operator]} {condition.value}"
