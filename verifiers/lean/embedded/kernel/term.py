"""Terms: hash-consed, locally nameless nodes.

Bound variables are de Bruijn indices; a binder that is opened puts an `FVar` in place of index 0, and the `FVar`
carries its own type, so no table of variables can go stale or be mixed up between contexts. A node caches how
many loose indices it has, whether it holds free variables, metavariables or level parameters, and its height, which is
bounded: no recursion over a term can go deeper than `MAX_TERM_HEIGHT`.

Pointer equality of two nodes proves them equal. The converse holds but for binder names, which are part of a node: the
table of nodes is cut back between checks, and then only by nodes that nobody holds.
"""

from __future__ import annotations

import itertools
import threading
from sys import getrefcount
from typing import Any, final

from assay.verifiers.lean.embedded.kernel.budget import MAX_TERM_HEIGHT, LimitError
from assay.verifiers.lean.embedded.kernel.level import LEVEL_ONE, LEVEL_ZERO, Level

HAS_FVAR, HAS_MVAR, HAS_PARAM = 1, 2, 4

DEFAULT, IMPLICIT, STRICT, INST = "default", "implicit", "strict", "inst"
"""How an argument of a binder is given: `(x : T)`, `{x : T}`, `⦃x : T⦄`, `[x : T]`."""


class Term:
    """Base of all nodes."""

    __slots__ = ("flags", "height", "loose")
    flags: int
    height: int
    loose: int

    def __repr__(self) -> str:
        """Raw text, for error messages and debugging."""
        return show_term(self)


@final
class BVar(Term):
    """A bound variable by its index."""

    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        """Index 0 is the innermost binder."""
        self.index = index
        self.loose, self.flags, self.height = index + 1, 0, 1


@final
class FVar(Term):
    """A free variable: a binder that was opened, or a hypothesis. Two are equal only if they are the same object."""

    __slots__ = ("info", "name", "type", "uid", "value")

    def __init__(self, name: str, type_: Term, info: str = DEFAULT, value: Term | None = None) -> None:
        """`value` is set for a `let` variable of the tactic state."""
        self.name = name
        self.type = type_
        self.info = info
        self.value = value
        self.uid = next(_UIDS)
        self.loose, self.flags, self.height = 0, HAS_FVAR, 1


@final
class MVar(Term):
    """A metavariable of the elaborator; the kernel refuses terms that hold one."""

    __slots__ = ("uid",)

    def __init__(self) -> None:
        """Fresh on every call."""
        self.uid = next(_UIDS)
        self.loose, self.flags, self.height = 0, HAS_MVAR, 1


@final
class Sort(Term):
    """A universe."""

    __slots__ = ("level",)

    def __init__(self, level: Level) -> None:
        """`Sort 0` is `Prop`."""
        self.level = level
        flags = (HAS_PARAM if level.has_param else 0) | (HAS_MVAR if level.has_mvar else 0)
        self.loose, self.flags, self.height = 0, flags, 1


@final
class Const(Term):
    """A constant at universe levels."""

    __slots__ = ("levels", "name")

    def __init__(self, name: str, levels: tuple[Level, ...]) -> None:
        """The number of levels is checked where the constant's type is inferred."""
        self.name = name
        self.levels = levels
        flags = 0
        for level in levels:
            flags |= (HAS_PARAM if level.has_param else 0) | (HAS_MVAR if level.has_mvar else 0)
        self.loose, self.flags, self.height = 0, flags, 1


@final
class App(Term):
    """An application."""

    __slots__ = ("arg", "fn")

    def __init__(self, fn: Term, arg: Term) -> None:
        """`fn arg`."""
        self.fn = fn
        self.arg = arg
        self.loose = fn.loose if fn.loose > arg.loose else arg.loose
        self.flags = fn.flags | arg.flags
        self.height = 1 + (fn.height if fn.height > arg.height else arg.height)
        if self.height > MAX_TERM_HEIGHT:
            raise LimitError("term height")


class Binder(Term):
    """What `Lam` and `Pi` share."""

    __slots__ = ("body", "dom", "info", "name")

    def __init__(self, name: str, info: str, dom: Term, body: Term) -> None:
        """`name` and `info` are for people and the elaborator; equality ignores them."""
        self.name = name
        self.info = info
        self.dom = dom
        self.body = body
        loose = body.loose - 1
        self.loose = dom.loose if dom.loose > loose else loose
        self.flags = dom.flags | body.flags
        self.height = 1 + (dom.height if dom.height > body.height else body.height)
        if self.height > MAX_TERM_HEIGHT:
            raise LimitError("term height")


@final
class Lam(Binder):
    """`fun name : dom => body`."""

    __slots__ = ()


@final
class Pi(Binder):
    """`(name : dom) → body`."""

    __slots__ = ()


@final
class Let(Term):
    """`let name : type := value; body`."""

    __slots__ = ("body", "name", "type", "value")

    def __init__(self, name: str, type_: Term, value: Term, body: Term) -> None:
        """The body sees the value."""
        self.name = name
        self.type = type_
        self.value = value
        self.body = body
        self.loose = max(type_.loose, value.loose, body.loose - 1)
        self.flags = type_.flags | value.flags | body.flags
        self.height = 1 + max(type_.height, value.height, body.height)
        if self.height > MAX_TERM_HEIGHT:
            raise LimitError("term height")


@final
class Lit(Term):
    """A natural number literal of type `Nat`."""

    __slots__ = ("value",)

    def __init__(self, value: int) -> None:
        """A non-negative integer."""
        self.value = value
        self.loose, self.flags, self.height = 0, 0, 1


_UIDS = itertools.count(1)


class _Table:
    """The table of shared nodes."""

    __slots__ = ("apps", "consts", "lams", "lits", "pis", "sorts")

    def __init__(self, other: _Table | None = None) -> None:
        self.apps: dict[tuple[Term, Term], App] = dict(other.apps) if other else {}
        self.lams: dict[tuple[str, str, Term, Term], Lam] = dict(other.lams) if other else {}
        self.pis: dict[tuple[str, str, Term, Term], Pi] = dict(other.pis) if other else {}
        self.consts: dict[tuple[Any, ...], Const] = dict(other.consts) if other else {}
        self.sorts: dict[Level, Sort] = dict(other.sorts) if other else {}
        self.lits: dict[int, Lit] = dict(other.lits) if other else {}

    def size(self) -> int:
        return len(self.apps) + len(self.lams) + len(self.pis) + len(self.lits) + len(self.consts)


_table = _Table()
_kept = _Table()
_TABLE_SLACK = 20_000
_size_after_trim = 0
_trimming = threading.Lock()
_HELD_BY_TABLE = 3
"""References to a node that nobody holds: the table's, a local variable's, and that of the call which counts them."""
_BVARS = [BVar(i) for i in range(64)]


def keep_shared_nodes() -> None:
    """Keep for good the nodes that somebody holds now (the library does); `trim_shared_nodes` passes over them."""
    global _kept, _size_after_trim
    with _trimming:
        _forget_unheld(_Table())
        _kept = _Table(_table)
        _size_after_trim = _table.size()


def trim_shared_nodes() -> None:
    """Forget the nodes that nobody holds any more, once there are many, so that memory stays flat.

    Those that a state, a statement or anything else holds stay shared: equal terms are the same node, before and after.
    One thread trims at a time; the others go on.
    """
    global _size_after_trim
    held = _size_after_trim - _kept.size()
    if _table.size() <= _size_after_trim + held // 2 + _TABLE_SLACK or not _trimming.acquire(blocking=False):
        return
    try:
        _forget_unheld(_kept)
        _size_after_trim = _table.size()
    except RuntimeError:  # another thread put a node in while entries were listed: the next check tries again
        pass
    finally:
        _trimming.release()


def _forget_unheld(kept: _Table) -> None:
    """Forget what only the table holds, but for the nodes of a kept table; tallest first, so wholes before parts."""
    tables: tuple[tuple[dict[Any, Any], int], ...] = (
        (_table.lams, len(kept.lams)),
        (_table.pis, len(kept.pis)),
        (_table.apps, len(kept.apps)),
        (_table.lits, len(kept.lits)),
    )
    # Kept nodes are the oldest entries of their table: none of them ever goes.
    entries: list[tuple[Term, Any, dict[Any, Any]]] = []
    for table, oldest in tables:
        entries += [(term, key, table) for key, term in itertools.islice(table.items(), oldest, None)]
    entries.sort(key=_height)
    while entries:
        term, key, table = entries.pop()
        if getrefcount(term) == _HELD_BY_TABLE:
            table.pop(key, None)
            if getrefcount(term) >= _HELD_BY_TABLE:  # another thread has just taken it
                table.setdefault(key, term)


def _height(entry: tuple[Term, Any, Any]) -> int:
    return entry[0].height


def bvar(index: int) -> BVar:
    """The bound variable of an index."""
    return _BVARS[index] if index < 64 else BVar(index)


def app(fn: Term, arg: Term) -> App:
    """`fn arg`."""
    key = (fn, arg)
    found = _table.apps.get(key)
    if found is None:
        found = _table.apps[key] = App(fn, arg)
    return found


def apps(fn: Term, *args: Term) -> Term:
    """`fn a1 ... an`."""
    for arg in args:
        fn = app(fn, arg)
    return fn


def lam(name: str, dom: Term, body: Term, info: str = DEFAULT) -> Lam:
    """`fun name : dom => body`."""
    key = (name, info, dom, body)
    found = _table.lams.get(key)
    if found is None:
        found = _table.lams[key] = Lam(name, info, dom, body)
    return found


def pi(name: str, dom: Term, body: Term, info: str = DEFAULT) -> Pi:
    """`(name : dom) → body`."""
    key = (name, info, dom, body)
    found = _table.pis.get(key)
    if found is None:
        found = _table.pis[key] = Pi(name, info, dom, body)
    return found


def const(name: str, levels: tuple[Level, ...] = ()) -> Const:
    """A constant."""
    key = (name, *levels)
    found = _table.consts.get(key)
    if found is None:
        found = _table.consts[key] = Const(name, levels)
    return found


def sort(level: Level) -> Sort:
    """A universe."""
    found = _table.sorts.get(level)
    if found is None:
        found = _table.sorts[level] = Sort(level)
    return found


def lit(value: int) -> Lit:
    """A numeral.

    Raises:
        TypeError: The value is not a non-negative `int` (a `bool` is none).
    """
    if type(value) is not int or value < 0:
        raise TypeError(f"a literal is a natural number, got {value!r}")
    found = _table.lits.get(value)
    if found is None:
        found = _table.lits[value] = Lit(value)
    return found


PROP = sort(LEVEL_ZERO)
TYPE = sort(LEVEL_ONE)


def spine(term: Term) -> tuple[Term, list[Term]]:
    """Head and arguments of an application."""
    args: list[Term] = []
    while type(term) is App:
        args.append(term.arg)
        term = term.fn
    args.reverse()
    return term, args


def head(term: Term) -> Term:
    """The function at the head of an application."""
    while type(term) is App:
        term = term.fn
    return term


def show_term(term: Term, depth: int = 12) -> str:
    """Raw text of a term, cut at a depth; the printer of goals is elsewhere."""
    if depth == 0:
        return "…"
    if type(term) is BVar:
        return f"#{term.index}"
    if type(term) is FVar:
        return term.name
    if type(term) is MVar:
        return f"?{term.uid}"
    if type(term) is Sort:
        return "Prop" if term is PROP else f"Sort {term.level!r}"
    if type(term) is Const:
        return term.name
    if type(term) is Lit:
        return str(term.value) if term.value.bit_length() <= 256 else "<numeral>"
    if type(term) is App:
        return f"({show_term(term.fn, depth - 1)} {show_term(term.arg, depth - 1)})"
    if isinstance(term, Binder):
        sign = "fun" if type(term) is Lam else "Π"
        return f"({sign} {term.name} : {show_term(term.dom, depth - 1)}, {show_term(term.body, depth - 1)})"
    if type(term) is Let:
        return f"(let {term.name} := {show_term(term.value, depth - 1)}; {show_term(term.body, depth - 1)})"
    return "?"
