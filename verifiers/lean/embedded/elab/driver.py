"""Driving elaboration: syntax to terms with expected types, and what must wait until more is known.

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
from assay.verifiers.lean.embedded.kernel.subst import instantiate
from assay.verifiers.lean.embedded.kernel.term import (
    DEFAULT,
    FVar,
    MVar,
    Pi,
    Term,
    const,
    head,
)
from assay.verifiers.lean.embedded.printer import Printer
from assay.verifiers.lean.embedded.surface.syntax import (
    Anon,
    AppSyn,
    Ascription,
    AssumptionSyn,
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
)

NAT = const("Nat")


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


class Driver(CaseAnalysis):
    """Elaborates syntax by its form; subclasses add the forms."""

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

    def _settle(self) -> None:
        """Come back to postponed syntax as far as possible without forcing anything."""
        while self._resume_instances() or self._resume_some():
            pass


def _binds_implicit(syn: Syn) -> bool:
    """Whether syntax deals with implicit binders of the expected type itself."""
    if isinstance(syn, Paren):
        return _binds_implicit(syn.term)
    if isinstance(syn, Ident):
        return syn.explicit
    if isinstance(syn, AppSyn):
        return _binds_implicit(syn.fn)
    return isinstance(syn, (Hole, BySyn)) or (isinstance(syn, FunSyn) and syn.binders[0].info != DEFAULT)


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
