"""Simple forms of terms: holes, numerals, constructors, lists, `have` and `show`, and the operators."""

from __future__ import annotations

from collections.abc import Sequence

from assay.verifiers.lean.embedded.elab.driver import NAT, Pending
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.elab.terms import TermElaborator
from assay.verifiers.lean.embedded.kernel.level import (
    Level,
    succ,
)
from assay.verifiers.lean.embedded.kernel.reduce import checked_lit
from assay.verifiers.lean.embedded.kernel.term import (
    DEFAULT,
    PROP,
    Const,
    FVar,
    Pi,
    Term,
    apps,
    const,
    head,
    sort,
    spine,
)
from assay.verifiers.lean.embedded.surface.syntax import (
    Anon,
    AppSyn,
    Ascription,
    AssumptionSyn,
    BinderSyn,
    BinOp,
    BySyn,
    DotIdent,
    FunSyn,
    HaveSyn,
    Hole,
    Ident,
    ListSyn,
    MatchSyn,
    Num,
    Paren,
    PrefixOp,
    ShowSyn,
    StructSyn,
    SufficesSyn,
    Syn,
    TupleSyn,
    VarPat,
)

NAT_OPS = {"+": "Nat.add", "-": "Nat.sub", "*": "Nat.mul", "^": "Nat.pow", "/": "Nat.div", "%": "Nat.mod"}


NAT_RELATIONS = {"≤": "Nat.le", "<": "Nat.lt", "≥": "Nat.ge", ">": "Nat.gt", "∣": "Nat.dvd"}


BOOL_OPS = {"&&": "Bool.and", "||": "Bool.or"}


PROP_OPS = {"∧": "And", "∨": "Or", "↔": "Iff"}


def _waits(syn: Syn) -> bool:
    """Whether syntax cannot say its own type."""
    if isinstance(syn, Paren):
        return _waits(syn.term)
    return isinstance(syn, (Anon, DotIdent, Hole, StructSyn, BySyn, FunSyn, MatchSyn)) or (
        isinstance(syn, ListSyn) and not syn.items
    )


def _explicit_count(type_: Term) -> int:
    count = 0
    while type(type_) is Pi:
        count += type_.info == DEFAULT
        type_ = type_.body
    return count


class FormElaborator(TermElaborator):
    """Elaborates the forms that need no case analysis."""

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
        fn = head(self.whnf(type_))
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
