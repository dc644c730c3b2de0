"""Inductive types: checking a declaration, and generating and re-checking its recursor.

Supported: one type at a time, parameters that never vary, indices, strictly positive recursive fields (functions into
the type included). Mutual and nested declarations are declined. A type that might be a proposition eliminates into data
only where Lean's rule allows it for propositions.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.verifiers.lean.embedded.kernel.budget import DeclineError, KernelError
from assay.verifiers.lean.embedded.kernel.check import TypeChecker, ensure_closed
from assay.verifiers.lean.embedded.kernel.environment import (
    Constant,
    CtorInfo,
    Environment,
    InductiveInfo,
    RecursorInfo,
    Rule,
)
from assay.verifiers.lean.embedded.kernel.level import LEVEL_ZERO, Level, is_never_zero, level_eq, level_leq, param
from assay.verifiers.lean.embedded.kernel.subst import bind_lams, bind_pis, constants, instantiate, instantiate_rev
from assay.verifiers.lean.embedded.kernel.term import (
    IMPLICIT,
    Const,
    FVar,
    Pi,
    Sort,
    Term,
    apps,
    const,
    pi,
    sort,
    spine,
)


@dataclass(frozen=True, slots=True)
class InductiveDecl:
    """An inductive type as declared: the type, and each constructor with its full type (parameters first)."""

    name: str
    levels: tuple[str, ...]
    num_params: int
    type: Term
    ctors: tuple[tuple[str, Term], ...]


@dataclass(slots=True)
class _Field:
    """A constructor's field; `recursive` holds the arguments and indices of a recursive one."""

    fvar: FVar
    recursive: tuple[list[FVar], list[Term]] | None = None


@dataclass(slots=True)
class _Ctor:
    name: str
    fields: list[_Field] = field(default_factory=list[_Field])
    indices: list[Term] = field(default_factory=list[Term])


def add_inductive(env: Environment, decl: InductiveDecl) -> None:
    """Check an inductive declaration and add the type, its constructors and its recursor.

    Raises:
        KernelError: It is not a legal declaration; nothing is added.
        DeclineError: It is nested, which is not supported.
    """
    before = dict(env.constants)
    try:
        _Builder(env, decl).run()
    except BaseException:
        env.constants.clear()
        env.constants.update(before)
        raise


class _Builder:
    def __init__(self, env: Environment, decl: InductiveDecl) -> None:
        self.env = env
        self.decl = decl
        self.levels = tuple(param(name) for name in decl.levels)
        self.self_const = const(decl.name, self.levels)
        self.params: list[FVar] = []
        self.indices: list[FVar] = []
        self.level: Level = LEVEL_ZERO
        self.recursive = False

    def run(self) -> None:
        decl = self.decl
        if len(set(decl.levels)) != len(decl.levels):
            raise KernelError("duplicate_level", "universe parameters must be distinct")
        names = [decl.name, *(name for name, _ in decl.ctors)]
        if len(set(names)) != len(names):
            raise KernelError("name_taken", "names of an inductive declaration must be distinct")
        ensure_closed(decl.type, decl.levels)
        self._open_type()
        axioms = self.env.axioms_of([decl.type, *(type_ for _, type_ in decl.ctors)])
        info = InductiveInfo(
            decl.num_params, len(self.indices), tuple(names[1:]), False, level_eq(self.level, LEVEL_ZERO)
        )
        self.env.insert(Constant(decl.name, decl.levels, decl.type, "inductive", info=info, axioms=axioms))
        ctors = [self._check_ctor(name, type_) for name, type_ in decl.ctors]
        info = InductiveInfo(decl.num_params, len(self.indices), info.ctors, self.recursive, info.is_prop)
        self.env.constants[decl.name] = Constant(
            decl.name, decl.levels, decl.type, "inductive", info=info, axioms=axioms
        )
        for i, (ctor, (_, type_)) in enumerate(zip(ctors, decl.ctors, strict=True)):
            facts = CtorInfo(decl.name, i, decl.num_params, len(ctor.fields))
            self.env.insert(Constant(ctor.name, decl.levels, type_, "ctor", info=facts, axioms=axioms))
        self._add_recursor(ctors, axioms)

    def _open_type(self) -> None:
        checker = TypeChecker(self.env)
        checker.ensure_sort(self.decl.type)
        type_ = self.decl.type
        fvars: list[FVar] = []
        while True:
            if type(type_) is not Pi:
                type_ = checker.whnf(instantiate_rev(type_, fvars)) if type_.loose else checker.whnf(type_)
            if type(type_) is not Pi:
                break
            fvar = FVar(type_.name, instantiate_rev(type_.dom, fvars) if type_.dom.loose else type_.dom)
            fvars.append(fvar)
            type_ = instantiate_rev(type_.body, [*fvars[-1:]])
        if type(type_) is not Sort:
            raise KernelError("not_a_sort", f"the type of {self.decl.name} must end in a universe")
        if len(fvars) < self.decl.num_params:
            raise KernelError("parameter_count", f"{self.decl.name} has fewer parameters than declared")
        self.level = type_.level
        self.params = fvars[: self.decl.num_params]
        self.indices = fvars[self.decl.num_params :]

    def _check_ctor(self, name: str, type_: Term) -> _Ctor:
        ensure_closed(type_, self.decl.levels)
        checker = TypeChecker(self.env)
        checker.ensure_sort(type_)
        for i, param_fvar in enumerate(self.params):
            if type(type_) is not Pi or not checker.is_def_eq(type_.dom, param_fvar.type):
                raise KernelError("parameter_mismatch", f"parameter {i} of {name} differs from the type's")
            type_ = instantiate(type_.body, (param_fvar,))
        ctor = _Ctor(name)
        while type(type_) is Pi:
            level = checker.ensure_sort(type_.dom)
            if not level_eq(self.level, LEVEL_ZERO) and not level_leq(level, self.level):
                raise KernelError("universe_too_small", f"a field of {name} lives in a larger universe than the type")
            fvar = FVar(type_.name, type_.dom, type_.info)
            ctor.fields.append(_Field(fvar, self._positivity(checker, type_.dom, name)))
            type_ = instantiate(type_.body, (fvar,))
        indices = self._self_app(type_)
        if indices is None:
            raise KernelError("constructor_result", f"{name} must construct {self.decl.name} at its own parameters")
        ctor.indices = indices
        return ctor

    def _mentions(self, term: Term) -> bool:
        return self.decl.name in constants(term)

    def _self_app(self, term: Term) -> list[Term] | None:
        """The indices of the type applied to exactly its own levels and parameters, else None."""
        fn, args = spine(term)
        if type(fn) is not Const or fn.name != self.decl.name or fn.levels != self.levels:
            return None
        n = len(self.params)
        if len(args) != n + len(self.indices) or any(a is not p for a, p in zip(args, self.params, strict=False)):
            return None
        return None if any(self._mentions(index) for index in args[n:]) else args[n:]

    def _positivity(self, checker: TypeChecker, type_: Term, name: str) -> tuple[list[FVar], list[Term]] | None:
        """Check strict positivity of a field; its arguments and indices where it is recursive."""
        fvars: list[FVar] = []
        type_ = checker.whnf(type_)
        if not self._mentions(type_):
            return None
        while type(type_) is Pi:
            if self._mentions(type_.dom):
                raise KernelError("not_positive", f"{self.decl.name} occurs to the left of an arrow in {name}")
            fvars.append(FVar(type_.name, type_.dom))
            type_ = checker.whnf(instantiate(type_.body, (fvars[-1],)))
            if not self._mentions(type_):
                return None
        indices = self._self_app(type_)
        if indices is None:
            fn, _ = spine(type_)
            if type(fn) is Const and fn.name != self.decl.name and self.env.inductive(fn.name) is not None:
                raise DeclineError("nested_inductive", f"{name} uses {self.decl.name} inside {fn.name}")
            raise KernelError("not_positive", f"{self.decl.name} occurs in {name} in a place that is not allowed")
        self.recursive = True
        return fvars, indices

    def _large_elimination(self, ctors: list[_Ctor]) -> bool:
        if is_never_zero(self.level):
            return True
        if not ctors:
            return True
        if len(ctors) > 1:
            return False
        checker = TypeChecker(self.env)
        for part in ctors[0].fields:
            in_prop = level_eq(checker.ensure_sort(part.fvar.type), LEVEL_ZERO)
            if not in_prop and not any(index is part.fvar for index in ctors[0].indices):
                return False
        return True

    def _add_recursor(self, ctors: list[_Ctor], axioms: frozenset[str]) -> None:
        decl = self.decl
        large = self._large_elimination(ctors)
        names = decl.levels
        level = LEVEL_ZERO
        if large:
            name = "u"
            while name in decl.levels:
                name += "_1"
            names = (name, *decl.levels)
            level = param(name)
        rec_name = f"{decl.name}.rec"
        rec_const = const(rec_name, tuple(param(n) for n in names))
        major = FVar("t", apps(self.self_const, *self.params, *self.indices))
        motive = FVar("motive", bind_pis([*self.indices, major], sort(level)), IMPLICIT)
        params = [self._implicit(p) for p in self.params]
        minors: list[FVar] = []
        for ctor in ctors:
            hyps: list[FVar] = []
            for part in ctor.fields:
                if part.recursive is not None:
                    xs, indices = part.recursive
                    result = apps(motive, *indices, apps(part.fvar, *xs))
                    hyps.append(FVar(f"{part.fvar.name}_ih", bind_pis(xs, result)))
            fields = [part.fvar for part in ctor.fields]
            made = apps(const(ctor.name, self.levels), *self.params, *fields)
            short = ctor.name.rpartition(".")[2]
            minors.append(FVar(short, bind_pis([*fields, *hyps], apps(motive, *ctor.indices, made))))
        shared: list[FVar] = [*self.params, motive, *minors]
        indices_implicit = [self._implicit(i) for i in self.indices]
        type_ = bind_pis([*shared, *self.indices, major], apps(motive, *self.indices, major))
        type_ = _with_infos(type_, [*params, motive, *minors, *indices_implicit, major])
        rules: list[Rule] = []
        wanted: list[Term] = []
        for ctor, minor in zip(ctors, minors, strict=True):
            fields = [part.fvar for part in ctor.fields]
            hyp_values: list[Term] = []
            for part in ctor.fields:
                if part.recursive is not None:
                    xs, indices = part.recursive
                    call = apps(rec_const, *shared, *indices, apps(part.fvar, *xs))
                    hyp_values.append(bind_lams(xs, call))
            rhs = bind_lams([*shared, *fields], apps(minor, *fields, *hyp_values))
            rules.append(Rule(ctor.name, len(fields), rhs))
            made = apps(const(ctor.name, self.levels), *self.params, *fields)
            wanted.append(bind_pis([*shared, *fields], apps(motive, *ctor.indices, made)))
        k = level_eq(self.level, LEVEL_ZERO) and len(ctors) == 1 and not ctors[0].fields
        info = RecursorInfo(decl.name, len(self.params), len(self.indices), len(minors), tuple(rules), k)
        TypeChecker(self.env).ensure_sort(type_)
        ensure_closed(type_, names)
        self.env.insert(Constant(rec_name, names, type_, "rec", info=info, axioms=axioms))
        for rule, type_of_rule in zip(rules, wanted, strict=True):
            ensure_closed(rule.rhs, names)
            checker = TypeChecker(self.env)
            checker.ensure_sort(type_of_rule)
            checker.check(rule.rhs, type_of_rule)

    @staticmethod
    def _implicit(fvar: FVar) -> FVar:
        return FVar(fvar.name, fvar.type, IMPLICIT)


def _with_infos(type_: Term, like: list[FVar]) -> Term:
    """A telescope with the binder infos of other variables."""
    binders: list[Pi] = []
    while len(binders) < len(like) and type(type_) is Pi:
        binders.append(type_)
        type_ = type_.body
    for binder, fvar in zip(reversed(binders), reversed(like), strict=True):
        type_ = pi(binder.name, binder.dom, type_, fvar.info)
    return type_
