"""A checked environment as JSON values, for the library's cache.

Nodes are numbered in an order in which parts come before wholes. Proofs are left out: a theorem never unfolds.
"""

from __future__ import annotations

from typing import Any

from assay.verifiers.lean.embedded.kernel.environment import (
    Constant,
    CtorInfo,
    Environment,
    InductiveInfo,
    RecursorInfo,
    Rule,
)
from assay.verifiers.lean.embedded.kernel.level import IMAX, LEVEL_ZERO, MAX, PARAM, SUCC, ZERO, Level, param, rebuild
from assay.verifiers.lean.embedded.kernel.term import (
    App,
    BVar,
    Const,
    Lam,
    Let,
    Lit,
    Pi,
    Sort,
    Term,
    app,
    bvar,
    const,
    lam,
    lit,
    pi,
    sort,
)


class _Writer:
    def __init__(self) -> None:
        self.levels: dict[Level, int] = {}
        self.level_rows: list[list[Any]] = []
        self.terms: dict[Term, int] = {}
        self.term_rows: list[list[Any]] = []

    def level(self, level: Level) -> int:
        if level not in self.levels:
            parts = [self.level(part) for part in (level.a, level.b) if part is not None]
            row: list[Any] = [level.kind, level.name] if level.kind == PARAM else [level.kind, *parts]
            self.level_rows.append(row)
            self.levels[level] = len(self.level_rows) - 1
        return self.levels[level]

    def term(self, term: Term) -> int:
        found = self.terms.get(term)
        if found is not None:
            return found
        row: list[Any]
        if type(term) is App:
            row = ["a", self.term(term.fn), self.term(term.arg)]
        elif type(term) is Lam or type(term) is Pi:
            row = ["f" if type(term) is Lam else "p", term.name, term.info, self.term(term.dom), self.term(term.body)]
        elif type(term) is Const:
            row = ["c", term.name, *(self.level(level) for level in term.levels)]
        elif type(term) is Sort:
            row = ["s", self.level(term.level)]
        elif type(term) is BVar:
            row = ["v", term.index]
        elif type(term) is Lit:
            row = ["n", str(term.value)]
        else:
            assert type(term) is Let
            row = ["l", term.name, self.term(term.type), self.term(term.value), self.term(term.body)]
        self.term_rows.append(row)
        self.terms[term] = len(self.term_rows) - 1
        return self.terms[term]


def dump_environment(env: Environment) -> dict[str, Any]:
    """An environment as JSON values."""
    writer = _Writer()
    rows: list[list[Any]] = []
    for known in env:
        value = known.value if known.kind == "def" else None
        rows.append(
            [
                known.name,
                list(known.levels),
                writer.term(known.type),
                known.kind,
                None if value is None else writer.term(value),
                known.height,
                _dump_info(writer, known),
                sorted(known.axioms),
            ]
        )
    return {
        "levels": writer.level_rows,
        "terms": writer.term_rows,
        "constants": rows,
        "nat_ops": sorted(env.nat_ops),
    }


def _dump_info(writer: _Writer, known: Constant) -> list[Any] | None:
    info = known.info
    if isinstance(info, InductiveInfo):
        return ["i", info.num_params, info.num_indices, list(info.ctors), info.recursive, info.is_prop]
    if isinstance(info, CtorInfo):
        return ["c", info.inductive, info.index, info.num_params, info.num_fields]
    if isinstance(info, RecursorInfo):
        rules = [[rule.ctor, rule.num_fields, writer.term(rule.rhs)] for rule in info.rules]
        return ["r", info.inductive, info.num_params, info.num_indices, info.num_minors, rules, info.k]
    return None


def load_environment(env: Environment, data: dict[str, Any]) -> None:
    """Fill an empty environment from `dump_environment`'s values."""
    levels: list[Level] = []
    for row in data["levels"]:
        kind = row[0]
        if kind == ZERO:
            levels.append(LEVEL_ZERO)
        elif kind == PARAM:
            levels.append(param(row[1]))
        else:
            assert kind in (SUCC, MAX, IMAX)
            levels.append(rebuild(kind, levels[row[1]], levels[row[2]] if len(row) > 2 else None))
    terms: list[Term] = []
    add = terms.append
    for row in data["terms"]:
        tag = row[0]
        if tag == "a":
            add(app(terms[row[1]], terms[row[2]]))
        elif tag == "v":
            add(bvar(row[1]))
        elif tag == "p":
            add(pi(row[1], terms[row[3]], terms[row[4]], row[2]))
        elif tag == "f":
            add(lam(row[1], terms[row[3]], terms[row[4]], row[2]))
        elif tag == "c":
            add(const(row[1], tuple(levels[i] for i in row[2:])))
        elif tag == "s":
            add(sort(levels[row[1]]))
        elif tag == "n":
            add(lit(int(row[1])))
        else:
            add(Let(row[1], terms[row[2]], terms[row[3]], terms[row[4]]))
    for name, params, type_, kind, value, height, info, axioms in data["constants"]:
        facts = _load_info(terms, info)
        body = None if value is None else terms[value]
        known = Constant(name, tuple(params), terms[type_], kind, body, height, facts, frozenset(axioms))
        env.constants[name] = known
    env.nat_ops.update(data["nat_ops"])


def _load_info(terms: list[Term], row: list[Any] | None) -> InductiveInfo | CtorInfo | RecursorInfo | None:
    if row is None:
        return None
    if row[0] == "i":
        return InductiveInfo(row[1], row[2], tuple(row[3]), row[4], row[5])
    if row[0] == "c":
        return CtorInfo(row[1], row[2], row[3], row[4])
    rules = tuple(Rule(ctor, fields, terms[rhs]) for ctor, fields, rhs in row[5])
    return RecursorInfo(row[1], row[2], row[3], row[4], rules, row[6])
