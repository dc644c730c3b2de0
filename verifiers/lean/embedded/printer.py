"""The printer: terms and goals as Lean 4 prints them.

Goals show their case tag, hypotheses merged by type, inaccessible names with a dagger, and the target after `⊢`. Lines
are not wrapped.
"""

from __future__ import annotations

from typing import NamedTuple

from assay.verifiers.lean.embedded.elab.context import LocalContext, MetaContext
from assay.verifiers.lean.embedded.kernel.budget import KernelError
from assay.verifiers.lean.embedded.kernel.level import LEVEL_ZERO, show_level
from assay.verifiers.lean.embedded.kernel.level import SUCC as LEVEL_SUCC
from assay.verifiers.lean.embedded.kernel.subst import instantiate, occurs, subterms
from assay.verifiers.lean.embedded.kernel.term import (
    DEFAULT,
    IMPLICIT,
    INST,
    PROP,
    STRICT,
    BVar,
    Const,
    FVar,
    Lam,
    Let,
    Lit,
    MVar,
    Pi,
    Sort,
    Term,
    head,
    spine,
)

MAX_TEXT = 20_000
"""Printing stops with an ellipsis after this many characters."""

_MAX = 1024
_INFIX: dict[str, tuple[str, int, int, int, int]] = {
    "Eq": ("=", 3, 50, 51, 51),
    "Ne": ("≠", 3, 50, 51, 51),
    "And": ("∧", 2, 35, 36, 35),
    "Or": ("∨", 2, 30, 31, 30),
    "Iff": ("↔", 2, 20, 21, 21),
    "Nat.add": ("+", 2, 65, 65, 66),
    "Nat.sub": ("-", 2, 65, 65, 66),
    "Nat.mul": ("*", 2, 70, 70, 71),
    "Nat.div": ("/", 2, 70, 70, 71),
    "Nat.mod": ("%", 2, 70, 70, 71),
    "Nat.pow": ("^", 2, 75, 76, 75),
    "Nat.le": ("≤", 2, 50, 51, 51),
    "Nat.lt": ("<", 2, 50, 51, 51),
    "Nat.ge": ("≥", 2, 50, 51, 51),
    "Nat.gt": (">", 2, 50, 51, 51),
    "Nat.dvd": ("∣", 2, 50, 51, 51),
    "Bool.and": ("&&", 2, 35, 35, 36),
    "Bool.or": ("||", 2, 30, 30, 31),
    "List.cons": ("::", 3, 67, 68, 67),
    "List.append": ("++", 3, 65, 65, 66),
    "Prod": ("×", 2, 35, 36, 35),
    "Function.comp": ("∘", 5, 90, 91, 90),
}
"""Constant -> symbol, number of arguments, precedence, and what the left and right sides need."""

_BRACKETS = {DEFAULT: "()", IMPLICIT: "{}", INST: "[]", STRICT: "⦃⦄"}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Piece(NamedTuple):
    """Printed text, how tightly it binds, and whether it ends in a body that would swallow what follows."""

    text: str
    level: int
    open: bool = False
    prefix: bool = False


class Printer:
    """Prints terms over one local context."""

    def __init__(self, meta: MetaContext, ctx: LocalContext) -> None:
        """Choose the names of the context's variables."""
        self.meta = meta
        self.names: dict[FVar, str] = display_names(ctx)
        self.size = 0

    def term(self, term: Term) -> str:
        """A term as text."""
        return self._piece(term).text

    def _piece(self, term: Term) -> Piece:
        self.size += 1
        if self.size > MAX_TEXT // 4:
            return Piece("⋯", _MAX)
        if type(term) is FVar:
            return Piece(self.names.get(term, term.name), _MAX)
        if type(term) is Lit:
            return Piece(str(term.value), _MAX)
        if type(term) is Sort:
            return self._sort(term)
        if type(term) is MVar:
            decl = self.meta.decls.get(term)
            return Piece(f"?{decl.tag}" if decl is not None and decl.tag else "?_", _MAX)
        if type(term) is Pi:
            return self._pi(term)
        if type(term) is Lam:
            return self._lam(term)
        if type(term) is Let:
            return self._let(term)
        if type(term) is BVar:
            return Piece(f"#{term.index}", _MAX)
        return self._application(term)

    def _sort(self, term: Sort) -> Piece:
        if term is PROP:
            return Piece("Prop", _MAX)
        if term.level.kind == LEVEL_SUCC and term.level.a is not None:
            below = term.level.a
            return Piece("Type", _MAX) if below is LEVEL_ZERO else Piece(f"Type {show_level(below)}", _MAX - 1)
        return Piece(f"Sort {show_level(term.level)}", _MAX - 1)

    def _fresh(self, name: str, type_: Term, body: Term) -> tuple[FVar, str]:
        """A variable for a binder, with a name that is not free in the body."""
        name = _base(name) or "x"
        used = {self.names.get(part, part.name) for part in subterms(body) if type(part) is FVar}
        chosen, k = name, 0
        while chosen in used:
            k += 1
            chosen = f"{name}_{k}"
        fvar = FVar(chosen, type_)
        self.names[fvar] = chosen
        return fvar, chosen

    def _pi(self, term: Pi) -> Piece:
        if not _uses_zero(term.body) and term.info == DEFAULT:
            left = self._side(self._piece(term.dom), 26, True)
            right = self._piece(instantiate(term.body, (Lit(0),)))
            return Piece(f"{left} → {self._side(right, 25, False)}", 25, right.open)
        groups: list[tuple[list[str], str, str]] = []
        body: Term = term
        is_prop = self._is_prop(term)
        while type(body) is Pi and (_uses_zero(body.body) or body.info != DEFAULT):
            type_ = self.term(body.dom)
            fvar, name = self._fresh(body.name, body.dom, body.body)
            if groups and groups[-1][1:] == (type_, body.info):
                groups[-1][0].append(name)
            else:
                groups.append(([name], type_, body.info))
            body = instantiate(body.body, (fvar,))
        rest = self._piece(body)
        shown = " ".join(f"{_BRACKETS[i][0]}{' '.join(ns)} : {t}{_BRACKETS[i][1]}" for ns, t, i in groups)
        if is_prop:
            return Piece(f"∀ {shown}, {rest.text}", _MAX - 1, True)
        return Piece(f"{shown} → {self._side(rest, 25, False)}", 25, True)

    def _is_prop(self, term: Term) -> bool:
        try:
            return self.meta.is_prop(term)
        except (KernelError, AssertionError):
            return True

    def _lam(self, term: Lam) -> Piece:
        names: list[str] = []
        body: Term = term
        while type(body) is Lam:
            fvar, name = self._fresh(body.name, body.dom, body.body)
            names.append(name)
            body = instantiate(body.body, (fvar,))
        return Piece(f"fun {' '.join(names)} => {self._piece(body).text}", _MAX - 1, True)

    def _let(self, term: Let) -> Piece:
        type_, value = self.term(term.type), self.term(term.value)
        fvar, name = self._fresh(term.name, term.type, term.body)
        body = self._piece(instantiate(term.body, (fvar,)))
        return Piece(f"let {name} : {type_} := {value};\n  {body.text}", 0, True)

    def _side(self, piece: Piece, least: int, left: bool) -> str:
        """An operand, in parentheses where it needs them."""
        level = 40 if left and piece.prefix else piece.level
        if level < least or (left and piece.open):
            return f"({piece.text})"
        return piece.text

    def _argument(self, term: Term) -> str:
        piece = self._piece(term)
        return piece.text if piece.level >= _MAX and not piece.open else f"({piece.text})"

    def _application(self, term: Term) -> Piece:
        fn, args = spine(term)
        if type(fn) is Const:
            special = self._notation(fn, args)
            if special is not None:
                return special
            args = self._explicit(fn, args)
            dotted = self._dotted(fn, args)
            if dotted is not None:
                return dotted
            text = self._constant(fn.name)
        else:
            text = self._argument(fn)
        if not args:
            return Piece(text, _MAX)
        last = self._piece(args[-1])
        open_last = last.open and type(args[-1]) is Lam
        shown = [self._argument(arg) for arg in args[:-1]]
        shown.append(last.text if open_last else self._argument(args[-1]))
        return Piece(" ".join([text, *shown]), _MAX - 1, open_last)

    def _constant(self, name: str) -> str:
        for short, full in self.meta.lib.exported.items():
            if full == name:
                return short
        return name

    def _explicit(self, fn: Const, args: list[Term]) -> list[Term]:
        """The arguments that are shown."""
        known = self.meta.env.get(fn.name)
        type_ = known.type if known is not None else None
        shown: list[Term] = []
        for arg in args:
            if type(type_) is Pi:
                if type_.info == DEFAULT:
                    shown.append(arg)
                type_ = type_.body
            else:
                shown.append(arg)
        return shown

    def _dotted(self, fn: Const, args: list[Term]) -> Piece | None:
        """`xs.length`: field notation for a function whose first explicit argument is of its namespace's type."""
        known = self.meta.env.get(fn.name)
        space, _, short = fn.name.rpartition(".")
        if known is None or not args or not space or known.kind in ("inductive", "rec"):
            return None
        type_ = known.type
        while type(type_) is Pi and type_.info != DEFAULT:
            type_ = type_.body
        if type(type_) is not Pi:
            return None
        of = head(type_.dom)
        if type(of) is not Const or of.name != space or fn.name in self.meta.lib.exported.values():
            return None
        text = f"{self._argument(args[0])}.{short}"
        if len(args) == 1:
            return Piece(text, _MAX)
        return Piece(" ".join([text, *(self._argument(arg) for arg in args[1:])]), _MAX - 1)

    def _notation(self, fn: Const, args: list[Term]) -> Piece | None:
        elements = self._elements(fn, args)
        if elements is not None:
            return Piece(f"[{', '.join(elements)}]", _MAX)
        infix = _INFIX.get(fn.name)
        if infix is not None and len(args) > infix[1]:
            made = self._notation(fn, args[: infix[1]])
            assert made is not None
            rest = [self._argument(arg) for arg in args[infix[1] :]]
            return Piece(" ".join([f"({made.text})", *rest]), _MAX - 1)
        if infix is not None and len(args) == infix[1]:
            symbol, _, level, least_left, least_right = infix
            a, b = (args[-2], args[-1]) if fn.name != "Function.comp" else (args[3], args[4])
            left, right = self._piece(a), self._piece(b)
            text = f"{self._side(left, least_left, True)} {symbol} {self._side(right, least_right, False)}"
            return Piece(text, level, right.open)
        if fn.name == "Not" and len(args) == 1:
            arg = self._piece(args[0])
            return Piece("¬" + self._side(arg, 40, False), _MAX, arg.open, True)
        if fn.name == "Bool.not" and len(args) == 1:
            arg = self._piece(args[0])
            return Piece("!" + self._side(arg, 40, False), _MAX, arg.open, True)
        if fn.name == "Exists" and len(args) == 2 and type(args[1]) is Lam:
            return self._exists(args[1])
        if fn.name == "Prod.mk" and len(args) == 4:
            return Piece(f"({self.term(args[2])}, {self.term(args[3])})", _MAX)
        return None

    def _elements(self, fn: Const, args: list[Term]) -> list[str] | None:
        """The elements of a list that ends in `[]`, as text; None for other terms."""
        if fn.name == "List.nil" and len(args) == 1:
            return []
        items: list[Term] = []
        while fn.name == "List.cons" and len(args) == 3:
            items.append(args[1])
            inner, args = spine(args[2])
            if type(inner) is not Const:
                return None
            fn = inner
        if not items or fn.name != "List.nil" or len(args) != 1:
            return None
        return [self.term(item) for item in items]

    def _exists(self, body: Lam) -> Piece:
        names: list[str] = []
        current: Term = body
        while type(current) is Lam:
            fvar, name = self._fresh(current.name, current.dom, current.body)
            names.append(name)
            current = instantiate(current.body, (fvar,))
            fn, args = spine(current)
            if type(fn) is Const and fn.name == "Exists" and len(args) == 2 and type(args[1]) is Lam:
                current = args[1]
            else:
                break
        return Piece(f"∃ {' '.join(names)}, {self._piece(current).text}", _MAX - 1, True)

    def goal(self, goal: MVar) -> str:
        """A goal: tag, hypotheses, target."""
        decl = self.meta.decls[goal]
        lines: list[str] = []
        if decl.tag:
            lines.append(f"case {decl.tag}")
        group: list[str] = []
        group_type: Term | None = None
        shown_type = ""
        for x in decl.ctx.vars:
            type_ = self.meta.instantiate_mvars(x.type)
            if group and (type_ is not group_type or x.value is not None):
                lines.append(f"{' '.join(group)} : {shown_type}")
                group = []
            if x.value is not None:
                value = self.term(self.meta.instantiate_mvars(x.value))
                lines.append(f"{self.names[x]} : {self.term(type_)} := {value}")
                group_type = None
                continue
            if not group:
                group_type, shown_type = type_, self.term(type_)
            group.append(self.names[x])
        if group:
            lines.append(f"{' '.join(group)} : {shown_type}")
        lines.append(f"⊢ {self.term(self.meta.instantiate_mvars(decl.type))}")
        return "\n".join(lines)


def display_names(ctx: LocalContext) -> dict[FVar, str]:
    """What each variable is called: shadowed and unnamed ones get a dagger, numbered from the newest."""
    names: dict[FVar, str] = {}
    taken: set[str] = set()
    daggers: dict[str, int] = {}
    for x in reversed(ctx.vars):
        base = _base(x.name)
        if x.name == base and base not in taken:
            names[x] = base
            taken.add(base)
            continue
        k = daggers.get(base, 0)
        daggers[base] = k + 1
        names[x] = f"{base}✝" + (str(k).translate(_SUPERSCRIPT) if k else "")
    return names


def _base(name: str) -> str:
    """A name without the dagger that marks it as nobody's choice, and what follows to tell it from others."""
    return name.partition("✝")[0]


def _uses_zero(body: Term) -> bool:
    """Whether a body mentions its own bound variable."""
    if not body.loose:
        return False
    probe = FVar("probe", PROP)
    return occurs(probe, instantiate(body, (probe,)))


def print_goals(meta: MetaContext, goals: list[MVar]) -> str:
    """All goals, separated by blank lines; "no goals" if there are none."""
    if not goals:
        return "no goals"
    return "\n\n".join(Printer(meta, meta.decls[goal].ctx).goal(goal) for goal in goals)
