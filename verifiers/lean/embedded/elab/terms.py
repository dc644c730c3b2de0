"""The elaborator of terms: one method per form of syntax, driven by the expected type where there is one.

Syntax whose meaning depends on a type not yet known is postponed: it becomes a synthetic metavariable that `finish`
comes back to; `by` blocks come last, when everything around them is known.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from assay.verifiers.lean.embedded.elab.cases import CaseAnalysis
from assay.verifiers.lean.embedded.elab.context import LocalContext
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.elab.library import Library
from assay.verifiers.lean.embedded.kernel.budget import Budget
from assay.verifiers.lean.embedded.kernel.level import (
    LEVEL_ONE,
    LEVEL_ZERO,
    Level,
    imax,
    level_max,
    param,
    succ,
)
from assay.verifiers.lean.embedded.kernel.reduce import checked_lit
from assay.verifiers.lean.embedded.kernel.subst import abstract, instantiate
from assay.verifiers.lean.embedded.kernel.term import (
    DEFAULT,
    HAS_MVAR,
    PROP,
    Const,
    FVar,
    Let,
    MVar,
    Pi,
    Sort,
    Term,
    apps,
    bvar,
    const,
    head,
    lam,
    pi,
    sort,
    spine,
)
from assay.verifiers.lean.embedded.printer import Printer
from assay.verifiers.lean.embedded.surface.syntax import (
    Anon,
    AppSyn,
    Ascription,
    AssumptionSyn,
    BinderSyn,
    BinOp,
    Block,
    BySyn,
    DotIdent,
    ExistsSyn,
    FieldSyn,
    FunSyn,
    HaveSyn,
    Hole,
    Ident,
    ListSyn,
    MatchSyn,
    Num,
    Paren,
    PiSyn,
    PrefixOp,
    ShowSyn,
    SortSyn,
    StructSyn,
    SufficesSyn,
    Syn,
    TupleSyn,
    VarPat,
)

NAT = const("Nat")
NAT_OPS = {"+": "Nat.add", "-": "Nat.sub", "*": "Nat.mul", "^": "Nat.pow", "/": "Nat.div", "%": "Nat.mod"}
NAT_RELATIONS = {"≤": "Nat.le", "<": "Nat.lt", "≥": "Nat.ge", ">": "Nat.gt", "∣": "Nat.dvd"}
BOOL_OPS = {"&&": "Bool.and", "||": "Bool.or"}
PROP_OPS = {"∧": "And", "∨": "Or", "↔": "Iff"}


class Postponed(Exception):
    """The expected type must be known before this syntax can be elaborated."""


@dataclass(slots=True)
class Pending:
    """Syntax that waits for its type, or a `by` block that waits for everything else."""

    mvar: MVar
    syntax: Syn | None
    ctx: LocalContext


Given = Syn | Term
"""An argument: syntax still to be elaborated, or a term."""


class TermElaborator(CaseAnalysis):
    """Forms of syntax except applications, patterns and calculations, which subclasses add."""

    def __init__(self, lib: Library, budget: Budget | None = None) -> None:
        """Start with an empty local context."""
        super().__init__(lib, budget)
        self.ctx = LocalContext()
        self.pending: list[Pending] = []
        self.instances: list[tuple[MVar, LocalContext]] = []
        self.may_postpone = True
        self.new_goals: list[MVar] | None = None
        self.holes: dict[str, MVar] = {}
        self.level_names: set[str] = set()
        self.axiom_free = True

    # -- supplied by the layers above --------------------------------------------------------------------------------

    def elab_args(
        self, fn: Term, args: Sequence[tuple[str | None, Given]], expected: Term | None, explicit: bool = False
    ) -> Term:
        """Apply a function to arguments."""
        raise NotImplementedError

    def elab_head(self, syn: Syn, args: Sequence[tuple[str | None, Given]], expected: Term | None) -> Term:
        """Elaborate an application by its head."""
        raise NotImplementedError

    def elab_form(self, syn: Syn, expected: Term | None) -> Term:
        """Elaborate the forms that need case analysis or tactics."""
        raise NotImplementedError

    def run_block(self, goal: MVar, block: Block) -> None:
        """Run tactics on a goal until it is solved."""
        raise NotImplementedError

    def synthesize(self, type_: Term) -> Term | None:
        """Find an instance of a class."""
        raise NotImplementedError

    # -- driving -----------------------------------------------------------------------------------------------------

    @contextmanager
    def within(self, ctx: LocalContext) -> Generator[None]:
        """Elaborate in another local context for a while."""
        before, self.ctx = self.ctx, ctx
        try:
            yield
        finally:
            self.ctx = before

    def elab(self, syn: Syn, expected: Term | None) -> Term:
        """Elaborate syntax; the result need not have the expected type (see `elab_ensure`).

        Raises:
            ElabError: It has no meaning.
            Postponed: The expected type must be known first.
        """
        self.budget.step()
        self.budget.enter()
        try:
            if expected is not None:
                expected = self._expose(expected)
                if type(expected) is Pi and expected.info != DEFAULT and not _binds_implicit(syn):
                    return self._implicit_lambda(syn, expected)
            form = _FORMS.get(type(syn))
            if form is None:
                return self.elab_form(syn, expected)
            method: Callable[[Syn, Term | None], Term] = getattr(self, f"form_{form}")
            return method(syn, expected)
        finally:
            self.budget.depth -= 1

    def _implicit_lambda(self, syn: Syn, expected: Pi) -> Term:
        x = FVar(expected.name.rstrip("✝") + "✝", expected.dom, expected.info)
        with self.within(self.ctx.add(x)):
            body = self.elab_ensure(syn, instantiate(expected.body, (x,)))
        return self.close([x], body)

    def elab_ensure(self, syn: Syn, expected: Term | None) -> Term:
        """Elaborate syntax to a term of the expected type; syntax that must wait becomes a metavariable.

        Raises:
            ElabError: It has no meaning or another type.
        """
        mark = self.mark()
        pending, instances = len(self.pending), len(self.instances)
        try:
            term = self.elab(syn, expected)
        except Postponed:
            self.undo(mark)
            del self.pending[pending:]
            del self.instances[instances:]
            if not self.may_postpone:
                raise ElabError("unknown_type", "the expected type of this term must be known") from None
            type_ = expected if expected is not None else self.new_type(self.ctx)
            mvar = self.new_goal(self.ctx, type_)
            self.pending.append(Pending(mvar, syn, self.ctx))
            return mvar
        return self.ensure_type(term, expected)

    def ensure_type(self, term: Term, expected: Term | None) -> Term:
        """Check a term against the expected type.

        Raises:
            ElabError: They do not unify.
        """
        if expected is None:
            return term
        actual = self.infer_only(term)
        if not self.unify(actual, expected):
            raise self.mismatch(term, actual, expected)
        return term

    def mismatch(self, term: Term, actual: Term, expected: Term) -> ElabError:
        """The error for a term of the wrong type."""
        printer = Printer(self, self.ctx)
        shown = [printer.term(self.instantiate_mvars(t)) for t in (term, actual, expected)]
        text = f"Type mismatch\n  {shown[0]}\nhas type\n  {shown[1]}\nbut is expected to have type\n  {shown[2]}"
        return ElabError("type_mismatch", text)

    def finish(self) -> None:
        """Come back to everything that was postponed.

        Raises:
            ElabError: Something cannot be elaborated.
        """
        while self.pending or self.instances:
            if self._resume_instances():
                continue
            if self._resume_some():
                continue
            waiting = [p for p in self.pending if not isinstance(p.syntax, BySyn)]
            if waiting:
                self.pending.remove(waiting[0])
                self._resume(waiting[0], False)
                continue
            if self.pending:
                first = self.pending.pop(0)
                assert isinstance(first.syntax, BySyn)
                with self.within(first.ctx):
                    self.run_block(first.mvar, first.syntax.block)
                continue
            raise ElabError("no_instance", "failed to synthesize an instance")

    def _resume_some(self) -> bool:
        for item in [p for p in self.pending if not isinstance(p.syntax, BySyn)]:
            mark, instances = self.mark(), len(self.instances)
            self.pending.remove(item)
            before = list(self.pending)
            try:
                self._resume(item, True)
                return True
            except Postponed:
                self.undo(mark)
                self.pending = [*before, item]
                del self.instances[instances:]
        return False

    def _resume(self, item: Pending, may_postpone: bool) -> None:
        assert item.syntax is not None
        expected = self.instantiate_mvars(self.decls[item.mvar].type)
        before, self.may_postpone = self.may_postpone, may_postpone
        try:
            with self.within(item.ctx):
                try:
                    term = self.elab(item.syntax, expected)
                except Postponed:
                    if may_postpone:
                        raise
                    raise ElabError("unknown_type", "the expected type of this term must be known") from None
                self.assign(item.mvar, self.ensure_type(term, expected))
        finally:
            self.may_postpone = before

    def _resume_instances(self) -> bool:
        for item in list(self.instances):
            mvar, ctx = item
            if mvar in self.values:
                self.instances.remove(item)
                return True
            with self.within(ctx):
                found = self.synthesize(self.instantiate_mvars(self.decls[mvar].type))
            if found is not None:
                self.instances.remove(item)
                if not self.unify(mvar, found):
                    raise ElabError("no_instance", "failed to synthesize an instance")
                return True
        return False

    def known(self, type_: Term | None) -> Term:
        """A type that must be known by now, its head solved.

        Raises:
            Postponed: It is not known.
        """
        if type_ is None:
            raise Postponed
        type_ = self.instantiate_mvars(type_)
        if type(head(type_)) is MVar:
            raise Postponed
        return type_

    # -- types and binders -------------------------------------------------------------------------------------------

    def elab_type(self, syn: Syn) -> Term:
        """Elaborate a type.

        Raises:
            ElabError: It is no type.
        """
        term = self.elab_ensure(syn, None)
        self.sort_level(term)
        return term

    def elab_level(self, syn: Syn) -> Level:
        """Elaborate a universe level: numerals, and declared names in the prelude."""
        if isinstance(syn, Num):
            if syn.value > 8:
                raise ElabError("universe", "universe levels above 8 are not supported")
            level = LEVEL_ZERO
            for _ in range(syn.value):
                level = succ(level)
            return level
        if isinstance(syn, Ident):
            if syn.name not in self.level_names:
                raise ElabError("universe", f"unknown universe level `{syn.name}`")
            return param(syn.name)
        assert isinstance(syn, BinOp)
        if syn.op == "+":
            level = self.elab_level(syn.left)
            assert isinstance(syn.right, Num)
            for _ in range(min(syn.right.value, 8)):
                level = succ(level)
            return level
        combine = level_max if syn.op == "max" else imax
        return combine(self.elab_level(syn.left), self.elab_level(syn.right))

    @contextmanager
    def binding(self, binders: Sequence[BinderSyn]) -> Generator[list[FVar]]:
        """Elaborate binders and stay in their scope."""
        before = self.ctx
        fvars: list[FVar] = []
        try:
            for binder in binders:
                type_ = self.elab_type(binder.type) if binder.type is not None else self.new_type(self.ctx)
                name = binder.name if binder.name != "_" else "x✝"
                fvar = FVar(name, type_, binder.info)
                fvars.append(fvar)
                self.ctx = self.ctx.add(fvar)
            yield fvars
        finally:
            self.ctx = before

    def form_pi(self, syn: PiSyn, _: Term | None) -> Term:
        """Elaborate `PiSyn`."""
        with self.binding(syn.binders) as fvars:
            body = self.elab_type(syn.body)
        return self.close(fvars, body, lams=False)

    def form_exists(self, syn: ExistsSyn, _: Term | None) -> Term:
        """Elaborate `ExistsSyn`."""
        with self.binding(syn.binders) as fvars:
            body = self.ensure_type(self.elab_type(syn.body), None)
            if not self.unify(self.infer_only(body), PROP):
                raise self.mismatch(body, self.infer_only(body), PROP)
        for fvar in reversed(fvars):
            type_ = self.instantiate_mvars(fvar.type)
            level = self.sort_level(type_)
            body = apps(const("Exists", (level,)), type_, self.close([fvar], body))
        return body

    def form_fun(self, syn: FunSyn, expected: Term | None) -> Term:
        """Elaborate `FunSyn`."""
        return self._fun_from(syn, 0, expected)

    def _fun_from(self, syn: FunSyn, i: int, expected: Term | None) -> Term:
        if i == len(syn.binders):
            return self.elab_ensure(syn.body, expected)
        binder = syn.binders[i]
        wanted: Pi | None = None
        if expected is not None:
            shape = self._expose(expected)
            if type(head(shape)) is not MVar:
                shape = self.whnf_to_binder(self.instantiate_mvars(shape))
                if type(shape) is not Pi:
                    raise ElabError("type_mismatch", "a function was given where none is expected")
                wanted = shape
        if wanted is None and binder.type is None and self.may_postpone:
            raise Postponed
        if binder.type is not None:
            type_ = self.elab_type(binder.type)
            if wanted is not None and not self.unify(type_, wanted.dom):
                raise ElabError("type_mismatch", f"the type of `{binder.name}` is not the expected one")
        else:
            type_ = wanted.dom if wanted is not None else self.new_type(self.ctx)
        if wanted is not None and wanted.info != DEFAULT and binder.info == DEFAULT:
            return self._implicit_lambda(FunSyn(syn.pos, syn.binders[i:], syn.body), wanted)
        name = binder.name
        if name == "_":
            name = "x✝"
        fvar = FVar(name, type_, binder.info if wanted is None else wanted.info)
        rest = instantiate(wanted.body, (fvar,)) if wanted is not None else None
        with self.within(self.ctx.add(fvar)):
            if binder.pattern is not None:
                body = self.match_pattern(fvar, binder, FunSyn(syn.pos, syn.binders[i + 1 :], syn.body), rest)
            else:
                body = self._fun_from(syn, i + 1, rest)
        return self.close([fvar], body)

    def match_pattern(self, fvar: FVar, binder: BinderSyn, rest: FunSyn, expected: Term | None) -> Term:
        """`fun ⟨a, b⟩ => rest`, after its variable is bound."""
        raise NotImplementedError

    # -- simple forms ------------------------------------------------------------------------------------------------

    def form_sort(self, syn: SortSyn, _: Term | None) -> Term:
        """Elaborate `SortSyn`."""
        if syn.kind == "Prop":
            return PROP
        level = self.elab_level(syn.level) if syn.level is not None else LEVEL_ZERO
        return sort(succ(level) if syn.kind == "Type" else level)

    def form_num(self, syn: Num, expected: Term | None) -> Term:
        """Elaborate `Num`."""
        if expected is not None and not self.unify(expected, NAT):
            raise ElabError("numeral_type", f"the numeral {syn.value} is used where a Nat is not expected")
        return checked_lit(syn.value)

    def form_hole(self, syn: Hole, expected: Term | None) -> Term:
        """Elaborate `Hole`."""
        type_ = expected if expected is not None else self.new_type(self.ctx)
        if syn.name is None:
            return self.new_mvar(type_, self.ctx)
        if self.new_goals is None:
            raise ElabError("synthetic_hole", "don't know how to synthesize placeholder: `?` holes need `refine`")
        if syn.name != "_" and syn.name in self.holes:
            return self.holes[syn.name]
        goal = self.new_goal(self.ctx, type_, "" if syn.name == "_" else syn.name)
        self.new_goals.append(goal)
        if syn.name != "_":
            self.holes[syn.name] = goal
        return goal

    def form_paren(self, syn: Paren, expected: Term | None) -> Term:
        """Elaborate `Paren`."""
        return self.elab(syn.term, expected)

    def form_ascription(self, syn: Ascription, _: Term | None) -> Term:
        """Elaborate `Ascription`."""
        type_ = self.elab_type(syn.type)
        return self.elab_ensure(syn.term, type_)

    def form_application(self, syn: AppSyn, expected: Term | None) -> Term:
        """Elaborate `AppSyn`."""
        fn: Syn = syn.fn
        return self.elab_head(fn, syn.args, expected)

    def form_atom(self, syn: Syn, expected: Term | None) -> Term:
        """Elaborate `Syn`."""
        return self.elab_head(syn, (), expected)

    def form_prefix(self, syn: PrefixOp, _: Term | None) -> Term:
        """Elaborate `PrefixOp`."""
        if syn.op == "¬":
            return apps(const("Not"), self.elab_ensure(syn.arg, PROP))
        return apps(const("Bool.not"), self.elab_ensure(syn.arg, const("Bool")))

    def form_list(self, syn: ListSyn, expected: Term | None) -> Term:
        """Elaborate `ListSyn`."""
        element: Term | None = None
        if expected is not None:
            fn, args = spine(self.whnf_reducible(self.instantiate_mvars(expected)))
            if type(fn) is Const and fn.name == "List":
                element = args[0]
        level = self.new_level()
        element = element if element is not None else self.new_mvar(sort(succ(level)), self.ctx)
        self.unify_levels(succ(level), self.sort_level(element))
        items = [self.elab_ensure(item, element) for item in syn.items]
        result: Term = apps(const("List.nil", (level,)), element)
        for item in reversed(items):
            result = apps(const("List.cons", (level,)), element, item, result)
        return result

    def form_tuple(self, syn: TupleSyn, expected: Term | None) -> Term:
        """Elaborate `TupleSyn`."""
        if not syn.items:
            return const("Unit.unit")
        rest: Syn = syn.items[1] if len(syn.items) == 2 else TupleSyn(syn.pos, syn.items[1:])
        return self.elab_head(Ident(syn.pos, "Prod.mk"), ((None, syn.items[0]), (None, rest)), expected)

    def form_anonymous(self, syn: Anon, expected: Term | None) -> Term:
        """Elaborate `Anon`."""
        name = self._structure_of(self.known(expected))
        ctor = self.lib.one_ctor(name)
        known = self.env.get(ctor) if ctor is not None else None
        if known is None or ctor is None:
            raise ElabError(
                "anonymous_constructor", "invalid constructor ⟨...⟩, expected type must be an inductive type"
            )
        explicit = _explicit_count(known.type)
        items = list(syn.items)
        if len(items) < explicit:
            message = f"insufficient number of arguments, constructs '{ctor}' which has {explicit}"
            raise ElabError("anonymous_constructor", f"invalid constructor ⟨...⟩, {message}")
        if len(items) > explicit:
            if explicit == 0:
                raise ElabError("anonymous_constructor", f"invalid constructor ⟨...⟩, '{ctor}' takes no arguments")
            items = [*items[: explicit - 1], Anon(syn.pos, tuple(items[explicit - 1 :]))]
        return self.elab_head(Ident(syn.pos, ctor), [(None, item) for item in items], expected)

    def _structure_of(self, type_: Term) -> str:
        fn = head(self.whnf_reducible(type_))
        if type(fn) is not Const:
            raise ElabError(
                "anonymous_constructor", "invalid constructor ⟨...⟩, expected type must be an inductive type"
            )
        return fn.name

    def form_struct(self, syn: StructSyn, expected: Term | None) -> Term:
        """Elaborate `StructSyn`."""
        name = self._structure_of(self.known(expected))
        fields = self.lib.structures.get(name)
        ctor = self.lib.one_ctor(name)
        if fields is None or ctor is None:
            raise ElabError("structure_instance", "invalid structure instance: the expected type is no structure")
        given = dict(syn.fields)
        for field_name in given:
            if field_name not in fields:
                raise ElabError("structure_instance", f"`{field_name}` is not a field of structure `{name}`")
        if len(given) != len(syn.fields) or len(given) < len(fields):
            raise ElabError("structure_instance", "fields missing or given twice")
        return self.elab_head(Ident(syn.pos, ctor), [(None, given[f]) for f in fields], expected)

    def form_have(self, syn: HaveSyn, expected: Term | None) -> Term:
        """Elaborate `HaveSyn`."""
        if not isinstance(syn.pattern, VarPat):
            return self.elab_form(syn, expected)
        type_, value = self.elab_have_value(syn.binders, syn.type, syn.value)
        name = syn.pattern.name if syn.pattern.name != "_" else "x✝"
        if syn.kind == "let":
            value = self.instantiate_mvars(value)
            x = FVar(name, type_, value=value)
            with self.within(self.ctx.add(x)):
                body = self.elab_ensure(syn.body, expected)
            return self.close([x], body)
        x = FVar(name, type_)
        with self.within(self.ctx.add(x)):
            body = self.elab_ensure(syn.body, expected)
        return apps(self.close([x], body), value)

    def elab_have_value(self, binders: Sequence[BinderSyn], type_: Syn | None, value: Syn) -> tuple[Term, Term]:
        """Type and value of `have name binders : type := value`."""
        with self.binding(binders) as fvars:
            inner_type = self.elab_type(type_) if type_ is not None else None
            inner = self.elab_ensure(value, inner_type)
            if inner_type is None:
                self._settle()
                inner = self.instantiate_mvars(inner)
                inner_type = self.instantiate_mvars(self.infer_only(inner))
        if fvars:
            return self.close(fvars, inner_type, lams=False), self.close(fvars, inner)
        return inner_type, inner

    def _settle(self) -> None:
        """Come back to postponed syntax as far as possible without forcing anything."""
        while self._resume_instances() or self._resume_some():
            pass

    def form_show(self, syn: ShowSyn, expected: Term | None) -> Term:
        """Elaborate `ShowSyn`."""
        type_ = self.elab_type(syn.type)
        if expected is not None:
            self.unify(type_, expected)
        return self.elab_ensure(syn.value, type_)

    def form_suffices(self, syn: SufficesSyn, expected: Term | None) -> Term:
        """Elaborate `SufficesSyn`."""
        type_ = self.elab_type(syn.type)
        x = FVar(syn.name, type_)
        with self.within(self.ctx.add(x)):
            value = self.elab_ensure(syn.value, expected)
        return apps(self.close([x], value), self.elab_ensure(syn.body, type_))

    def form_by(self, syn: BySyn, expected: Term | None) -> Term:
        """Elaborate `BySyn`."""
        type_ = expected if expected is not None else self.new_mvar(PROP, self.ctx)
        goal = self.new_goal(self.ctx, type_)
        self.pending.append(Pending(goal, syn, self.ctx))
        return goal

    def form_assumption(self, syn: AssumptionSyn, _: Term | None) -> Term:
        """Elaborate `AssumptionSyn`."""
        type_ = self.elab_type(syn.type)
        for x in reversed(self.ctx.vars):
            if self.unify(x.type, type_):
                return x
        raise ElabError("assumption_failed", "‹_›: no assumption of this type")

    # -- operators ---------------------------------------------------------------------------------------------------

    def form_binop(self, syn: BinOp, expected: Term | None) -> Term:
        """Elaborate `BinOp`."""
        op = syn.op
        if op in PROP_OPS:
            return apps(const(PROP_OPS[op]), self.elab_ensure(syn.left, PROP), self.elab_ensure(syn.right, PROP))
        if op == "→":
            left = self.elab_type(syn.left)
            x = FVar("a✝", left)
            with self.within(self.ctx.add(x)):
                right = self.elab_type(syn.right)
            return self.close([x], right, lams=False)
        if op in NAT_OPS:
            return apps(const(NAT_OPS[op]), self.elab_ensure(syn.left, NAT), self.elab_ensure(syn.right, NAT))
        if op in NAT_RELATIONS:
            left, right = self.elab_ensure(syn.left, NAT), self.elab_ensure(syn.right, NAT)
            return apps(const(NAT_RELATIONS[op]), left, right)
        if op in BOOL_OPS:
            boolean = const("Bool")
            return apps(const(BOOL_OPS[op]), self.elab_ensure(syn.left, boolean), self.elab_ensure(syn.right, boolean))
        if op in ("=", "≠"):
            return self._equation(syn)
        if op == "<|":
            if isinstance(syn.left, AppSyn):
                return self.elab_head(syn.left.fn, (*syn.left.args, (None, syn.right)), expected)
            return self.elab_head(syn.left, ((None, syn.right),), expected)
        if op == "|>":
            if isinstance(syn.right, AppSyn):
                return self.elab_head(syn.right.fn, (*syn.right.args, (None, syn.left)), expected)
            return self.elab_head(syn.right, ((None, syn.left),), expected)
        if op == "::":
            return self.elab_head(Ident(syn.pos, "List.cons"), ((None, syn.left), (None, syn.right)), expected)
        if op == "++":
            return self.elab_head(Ident(syn.pos, "List.append"), ((None, syn.left), (None, syn.right)), expected)
        if op == "∘":
            return self.elab_head(Ident(syn.pos, "Function.comp"), ((None, syn.left), (None, syn.right)), expected)
        if op == "×":
            return self._product(syn)
        if op == "▸":
            return self.elab_form(syn, expected)
        raise ElabError("outside_subset", f"the operator `{op}` is outside the supported subset")

    def _product(self, syn: BinOp) -> Term:
        left, right = self.elab_type(syn.left), self.elab_type(syn.right)
        levels: list[Level] = []
        for type_ in (left, right):
            level = self.new_level()
            if not self.unify_levels(succ(level), self.sort_level(type_)):
                raise ElabError("type_mismatch", "`×` needs types")
            levels.append(self.instantiate_level(level))
        return apps(const("Prod", tuple(levels)), left, right)

    def _equation(self, syn: BinOp) -> Term:
        if _waits(syn.left) and not _waits(syn.right):
            right = self.elab_ensure(syn.right, None)
            type_ = self.infer_only(right)
            left = self.elab_ensure(syn.left, type_)
        else:
            left = self.elab_ensure(syn.left, None)
            type_ = self.infer_only(left)
            right = self.elab_ensure(syn.right, type_)
        type_ = self.instantiate_mvars(type_)
        name = "Eq" if syn.op == "=" else "Ne"
        return apps(const(name, (self.sort_level(type_),)), type_, left, right)


def _waits(syn: Syn) -> bool:
    """Whether syntax cannot say its own type."""
    if isinstance(syn, Paren):
        return _waits(syn.term)
    return isinstance(syn, (Anon, DotIdent, Hole, StructSyn, BySyn, FunSyn, MatchSyn)) or (
        isinstance(syn, ListSyn) and not syn.items
    )


def _binds_implicit(syn: Syn) -> bool:
    """Whether syntax deals with implicit binders of the expected type itself."""
    if isinstance(syn, Paren):
        return _binds_implicit(syn.term)
    if isinstance(syn, Ident):
        return syn.explicit
    if isinstance(syn, AppSyn):
        return _binds_implicit(syn.fn)
    return isinstance(syn, (Hole, BySyn)) or (isinstance(syn, FunSyn) and syn.binders[0].info != DEFAULT)


def _explicit_count(type_: Term) -> int:
    count = 0
    while type(type_) is Pi:
        count += type_.info == DEFAULT
        type_ = type_.body
    return count


_FORMS: dict[type[Syn], str] = {
    Ident: "atom",
    FieldSyn: "atom",
    DotIdent: "atom",
    AppSyn: "application",
    Num: "num",
    Hole: "hole",
    FunSyn: "fun",
    PiSyn: "pi",
    ExistsSyn: "exists",
    BinOp: "binop",
    PrefixOp: "prefix",
    Anon: "anonymous",
    Paren: "paren",
    Ascription: "ascription",
    TupleSyn: "tuple",
    ListSyn: "list",
    HaveSyn: "have",
    ShowSyn: "show",
    SufficesSyn: "suffices",
    BySyn: "by",
    StructSyn: "struct",
    AssumptionSyn: "assumption",
    SortSyn: "sort",
}

__all__ = [
    "HAS_MVAR",
    "LEVEL_ONE",
    "NAT",
    "Given",
    "Let",
    "Pending",
    "Postponed",
    "Sort",
    "TermElaborator",
    "abstract",
    "bvar",
    "lam",
    "pi",
]
