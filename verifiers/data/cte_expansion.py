"""How large a query grows when SQLite copies its common table expressions into every place that names them.

Thirty expressions that each name the one before twice are a billion selects, which SQLite expands while it prepares the
query, where no step budget reaches. So the growth is bounded here, from the text, before SQLite sees it.
"""

from __future__ import annotations

import re

MAX_EXPANSION = 2000
"""Selects that a query may grow to."""

_TOKEN = re.compile(
    r"""'(?:[^']|'')*'|--[^\n]*|/\*.*?(?:\*/|\Z)|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|\[([^\]]*)\]|([A-Za-z_\x80-\U0010ffff][\w$]*)|([()])""",
    re.DOTALL,
)


def expansion(sql: str) -> int:
    """An upper bound on the references that a query holds once its common table expressions are copied in place."""
    tokens = [
        next(group for group in match.groups() if group is not None).lower()
        for match in _TOKEN.finditer(sql)
        if any(group is not None for group in match.groups())
    ]
    weights: dict[str, int] = {}
    open_at: list[tuple[str, int]] = []  # name of the expression that a bracket opens (or ""), references before it
    references = 0
    for place, token in enumerate(tokens):
        if token == "(":
            open_at.append((_name_before(tokens, place), references))
        elif token == ")":
            if open_at:
                name, before = open_at.pop()
                if name:
                    weights[name] = max(weights.get(name, 1), 1 + references - before)
                    references = before
        else:
            references += weights.get(token, 0)
    return references


def _name_before(tokens: list[str], place: int) -> str:
    """The name in `name as (`, `name as not materialized (` or `name (a, b) as (`; "" where there is none."""
    at = place - 1
    if at >= 0 and tokens[at] == "materialized":
        at -= 2 if at >= 1 and tokens[at - 1] == "not" else 1
    if at < 1 or tokens[at] != "as":
        return ""
    at -= 1
    if tokens[at] == ")":
        while at >= 0 and tokens[at] != "(":
            at -= 1
        at -= 1
    return tokens[at] if at >= 0 else ""
