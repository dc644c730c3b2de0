"""Applications: finding what a name means, field notation, implicit and named arguments, instances."""

from __future__ import annotations

from collections.abc import Sequence

from assay.verifiers.lean.embedded.elab.driver import Given, Pending, Postponed
from assay.verifiers.lean.embedded.elab.forms import FormElaborator
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.kernel.environment import Constant
from assay.verifiers.lean.embedded.kernel.subst import instantiate
from assay.verifiers.lean.embedded.kernel.term import (
    DEFAULT,
    INST,
    STRICT,
    Const,
    FVar,
    MVar,
    Pi,
    Term,
    app,
    const,
    head,
    pi,
)
from assay.verifiers.lean.embedded.surface.binders import ELLIPSIS
from assay.verifiers.lean.embedded.surface.syntax import (
    AppSyn,
    BySyn,
    DotIdent,
    FieldSyn,
    FunSyn,
    Hole,
    Ident,
    Paren,
    Syn,
)

Args = Sequence[tuple[str | None, Given]]

_NO_FIELDS = frozenset({"Nat.le", "Nat.lt", "Nat.ge", "Nat.gt", "Nat.dvd"})
"""Types whose own namespace text may not use by field notation: Lean writes these relations through type classes."""

GLOBAL = "✝"
"""Begins a name, made by a tactic, of a constant that no variable may shadow and that text need not be able to name."""

_INSTANCE_DEPTH = 24


class AppElaborator(FormElaborator):
    """Elaborates applications."""

    def elab_head(self, syn: Syn, args: Args, expected: Term | None) -> Term:
        """Elaborate an application by its head."""
        if isinstance(syn, Paren) and isinstance(syn.term, (Ident, FieldSyn, DotIdent)):
            syn = syn.term
        if isinstance(syn, Ident):
            fn, rest = self._resolve(syn)
            return self._with_fields(fn, rest, args, expected, syn.explicit)
        if isinstance(syn, FieldSyn):
            fields: list[str] = []
            base: Syn = syn
            while isinstance(base, FieldSyn):
                fields.insert(0, base.field)
                base = base.term
            fn = self._operand(base)
            return self._with_fields(fn, fields, args, expected, False)
        if isinstance(syn, DotIdent):
            return self.elab_args(self._dot_ident(syn, expected), args, expected)
        if isinstance(syn, AppSyn):
            return self.elab_head(syn.fn, (*syn.args, *args), expected)
        plain: Syn = syn
        while isinstance(plain, Paren):
            plain = plain.term
        if isinstance(plain, FunSyn) and args:
            return self._redex(plain, args, expected)
        fn = self.elab_ensure(syn, None)
        return self.elab_args(fn, args, expected)

    def _redex(self, syn: FunSyn, args: Args, expected: Term | None) -> Term:
        """`(fun x => b) a`: the argument says what type `x` has."""
        given: list[tuple[str | None, Given]] = []
        type_ = expected if expected is not None and len(args) == len(syn.binders) else self.new_type(self.ctx)
        for _, arg in args:
            given.append((None, arg if isinstance(arg, Term) else self.elab_ensure(arg, None)))
        for i in range(min(len(given), len(syn.binders)) - 1, -1, -1):
            value = given[i][1]
            assert isinstance(value, Term)
            type_ = pi("a✝", self.instantiate_mvars(self.infer_only(value)), type_)
        return self.elab_args(self.elab_ensure(syn, type_), given, expected)

    def _operand(self, syn: Syn) -> Term:
        """The term before a dot, its type known."""
        term = self.elab_ensure(syn, None)
        if type(term) is MVar and term not in self.values:
            self._settle()
        return term

    def _resolve(self, syn: Ident) -> tuple[Term, list[str]]:
        """What a dotted name means, and the fields that are left over."""
        name = syn.name
        if name.startswith(GLOBAL):
            known = self.env.get(name.removeprefix(GLOBAL))
            assert known is not None
            return self._constant(known, None), []
        whole = self.ctx.find(name)
        if whole is not None:
            return whole, []
        first, _, rest = name.partition(".")
        local = self.ctx.find(first)
        if local is not None:
            return local, rest.split(".") if rest else []
        parts = name.split(".")
        for k in range(len(parts), 0, -1):
            known = self.lib.lookup(".".join(parts[:k]))
            if known is not None:
                return self._constant(known, syn if k == len(parts) else None), parts[k:]
        raise ElabError("unknown_identifier", f"Unknown identifier `{name}`")

    def _constant(self, known: Constant, syn: Ident | None) -> Term:
        if syn is not None and syn.levels is not None:
            if len(syn.levels) > len(known.levels):
                raise ElabError("universe", f"too many explicit universe levels for `{known.name}`")
            levels = [self.elab_level(level) for level in syn.levels]
            levels += [self.new_level() for _ in range(len(known.levels) - len(levels))]
            return const(known.name, tuple(levels))
        return const(known.name, tuple(self.new_level() for _ in known.levels))

    def _dot_ident(self, syn: DotIdent, expected: Term | None) -> Term:
        type_ = self.known(expected)
        while type(type_) is Pi:
            type_ = self.known(type_.body)
        fn = head(self.whnf_reducible(type_))
        known = self.lib.lookup(f"{fn.name}.{syn.name}") if type(fn) is Const else None
        if known is None:
            raise ElabError("unknown_identifier", f"Unknown constant `.{syn.name}`")
        return self._constant(known, None)

    # -- fields ------------------------------------------------------------------------------------------------------

    def _with_fields(self, fn: Term, fields: list[str], args: Args, expected: Term | None, explicit: bool) -> Term:
        if not fields:
            return self.elab_args(fn, args, expected, explicit)
        if explicit:
            raise ElabError("outside_subset", "`@` before field notation is outside the supported subset")
        if not isinstance(fn, FVar):
            fn = self.elab_args(fn, (), None) if type(fn) is Const else fn
        for i, name in enumerate(fields):
            last = i == len(fields) - 1
            fn = self._field(fn, name, args if last else (), expected if last else None)
        return fn

    def _field(self, term: Term, name: str, args: Args, expected: Term | None) -> Term:
        """`term.name args`."""
        type_ = self.whnf_core(self.known(self.infer_only(term)))
        if type(head(type_)) is MVar:
            raise Postponed
        while True:
            fn = head(type_)
            if type(fn) is Const:
                found = self._field_of(fn.name, name)
                if found is not None:
                    return self._apply_field(found, fn.name, term, args, expected)
            unfolded = self.unfold(type_)
            if unfolded is None:
                break
            type_ = self.whnf_core(unfolded)
        raise ElabError("invalid_field", f"Invalid field `{name}`")

    def _field_of(self, family: str, name: str) -> Constant | None:
        if name.isdigit():
            fields = self.lib.structures.get(family)
            if fields is None:
                return None
            index = int(name) - 1 if len(name) < 4 else -1
            if not 0 <= index < len(fields):
                raise ElabError("invalid_field", f"Invalid projection: index {name} is not valid for this structure")
            return self.env.get(f"{family}.{fields[index]}")
        if family in _NO_FIELDS:
            return None
        found = self.lib.lookup(f"{family}.{name}")
        return None if found is None or found.kind == "rec" else found

    def _apply_field(self, known: Constant, family: str, term: Term, args: Args, expected: Term | None) -> Term:
        """Put the term for the first explicit argument of the family's type."""
        type_ = known.type
        position = 0
        while type(type_) is Pi:
            if type_.info == DEFAULT:
                dom = type_.dom
                fn = head(dom)
                if type(fn) is Const and fn.name == family:
                    break
                position += 1
            type_ = type_.body
        else:
            raise ElabError("invalid_field", f"`{known.name}` takes no explicit argument of type `{family}`")
        fn_term = self._constant(known, None)
        positional = [i for i, (name, _) in enumerate(args) if name is None]
        if len(positional) < position:
            raise ElabError("invalid_field", f"`{known.name}` needs more arguments before the term it is a field of")
        at = positional[position] if position < len(positional) else len(args)
        return self.elab_args(fn_term, [*args[:at], (None, term), *args[at:]], expected)

    # -- arguments ---------------------------------------------------------------------------------------------------

    def elab_args(self, fn: Term, args: Args, expected: Term | None, explicit: bool = False) -> Term:
        """Apply a function to arguments, filling in implicit ones.

        Raises:
            ElabError: The arguments do not fit.
        """
        args = self._with_motive(fn, args, expected, explicit)
        named = {name: value for name, value in args if name is not None}
        fill = named.pop(ELLIPSIS, None) is not None
        positional = [value for name, value in args if name is None]
        if len(named) + len(positional) + fill != len(args):
            raise ElabError("duplicate_argument", "an argument is given twice")
        type_ = self.infer_only(fn)
        done = False
        while True:
            if type(type_) is not Pi:
                if fill and not positional and not named:
                    break
                type_ = self._to_pi(type_)
                if type(type_) is not Pi:
                    break
            arg: Term
            if type_.name in named:
                arg = self._argument(named.pop(type_.name), type_.dom)
            elif explicit or type_.info == DEFAULT:
                if not positional and fill:
                    arg = self.new_mvar(type_.dom, self.ctx)
                elif not positional:
                    if named:
                        raise ElabError("missing_argument", f"explicit argument `{type_.name}` is missing")
                    break
                else:
                    if not done:
                        self._propagate(type_, expected, len(positional), set(named), explicit)
                        done = True
                    arg = self._argument(positional.pop(0), type_.dom)
            elif type_.info == INST:
                arg = self.new_mvar(type_.dom, self.ctx)
                self.instances.append((arg, self.ctx))
            else:
                if type_.info == STRICT and not positional and not named:
                    break
                arg = self.new_mvar(type_.dom, self.ctx)
            fn = app(fn, arg)
            type_ = instantiate(type_.body, (arg,))
        if positional:
            if self.may_postpone and type(head(self.instantiate_mvars(type_))) is MVar:
                raise Postponed
            raise ElabError("function_expected", "Function expected: the term is applied to too many arguments")
        if named:
            raise ElabError("argument_name", f"Invalid argument name `{next(iter(named))}` for function")
        if expected is not None:
            self.unify(type_, expected)
        if self.instances:
            self._resume_instances()
        return fn

    def _with_motive(self, fn: Term, args: Args, expected: Term | None, explicit: bool) -> Args:
        """A recursor without a motive proves the expected type, seen as a function of its major premise."""
        at = self._major_position(fn)
        if at is None or explicit or len(args) <= at or any(name is not None for name, _ in args):
            return args
        target = self.instantiate_mvars(self.known(expected))
        value = args[at][1]
        major = value if isinstance(value, Term) else self.elab_ensure(value, None)
        self._settle()
        major = self.instantiate_mvars(major)
        if type(major) is not FVar:
            raise ElabError("outside_subset", "a recursor needs a motive, or a variable to take apart")
        motive = self.close([major], target)
        given = [(None, arg) for _, arg in args]
        given[at] = (None, major)
        return [("motive", motive), *given]

    def _major_position(self, fn: Term) -> int | None:
        """Which explicit argument of an eliminator is taken apart; None for other functions."""
        info = self.env.recursor(fn)
        if info is not None:
            return None if info.num_indices else info.num_minors
        return 0 if type(fn) is Const and fn.name.endswith((".recOn", ".casesOn")) else None

    def _to_pi(self, type_: Term) -> Term:
        type_ = self._expose(type_)
        if type(type_) is Pi:
            return type_
        return self.whnf_to_binder(self.instantiate_mvars(type_))

    def _argument(self, value: Given, type_: Term) -> Term:
        if isinstance(value, Term):
            return self.ensure_type(value, type_)
        if isinstance(value, BySyn):
            goal = self.new_goal(self.ctx, type_)
            self.pending.append(Pending(goal, value, self.ctx))
            return goal
        if isinstance(value, Hole) and value.name is None:
            return self.new_mvar(type_, self.ctx)
        return self.elab_ensure(value, type_)

    def _propagate(self, type_: Term, expected: Term | None, count: int, named: set[str], explicit: bool) -> None:
        """Unify the result type with the expected one early, where it does not depend on the arguments to come."""
        if expected is None:
            return
        while type(type_) is Pi:
            if type_.name in named:
                named.discard(type_.name)
            elif explicit or type_.info == DEFAULT:
                if not count:
                    break
                count -= 1
            type_ = type_.body
        if count or named or type_.loose:
            return
        self.unify(type_, expected)

    # -- instances ---------------------------------------------------------------------------------------------------

    def synthesize(self, type_: Term, depth: int = 0) -> Term | None:
        """Find an instance of a class among local variables and declared instances; None where there is none yet."""
        type_ = self.whnf_reducible(self.instantiate_mvars(type_))
        fn = head(type_)
        if type(fn) is not Const or depth > _INSTANCE_DEPTH:
            return None
        self.budget.step()
        for x in reversed(self.ctx.vars):
            local = head(self.instantiate_mvars(x.type))
            if type(local) is Const and local.name == fn.name and self.unify(x.type, type_):
                return x
        for name in reversed(self.lib.instances):
            known = self.env.get(name)
            if known is None:
                continue
            found = self._try_instance(known, type_, fn.name, depth)
            if found is not None:
                return found
        return None

    def _try_instance(self, known: Constant, wanted: Term, family: str, depth: int) -> Term | None:
        result = known.type
        while type(result) is Pi:
            result = result.body
        fn = head(result)
        if type(fn) is not Const or fn.name != family:
            return None
        mark = self.mark()
        term: Term = self._constant(known, None)
        type_ = self.infer_only(term)
        todo: list[MVar] = []
        while type(type_) is Pi:
            arg = self.new_mvar(type_.dom, self.ctx)
            if type_.info == INST:
                todo.append(arg)
            term = app(term, arg)
            type_ = instantiate(type_.body, (arg,))
        if self.unify(type_, wanted):
            for arg in todo:
                found = self.synthesize(self.decls[arg].type, depth + 1)
                if found is None or not self.unify(arg, found):
                    break
            else:
                return self.instantiate_mvars(term)
        self.undo(mark)
        return None
