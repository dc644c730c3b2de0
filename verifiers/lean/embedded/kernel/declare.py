"""Declarations: the one door into an environment.

A declaration is closed, uses only its declared universe parameters, and its value has its type; a theorem states a
proposition. Functions on Nat earn direct computation on literals here: the kernel first checks, by reduction with free
variables, that the definition satisfies the equations that determine the function.
"""

from __future__ import annotations

from dataclasses import dataclass

from assay.verifiers.lean.embedded.kernel.budget import Budget, KernelError
from assay.verifiers.lean.embedded.kernel.check import TypeChecker, ensure_closed
from assay.verifiers.lean.embedded.kernel.environment import Constant, Environment
from assay.verifiers.lean.embedded.kernel.inductive import InductiveDecl, add_inductive
from assay.verifiers.lean.embedded.kernel.level import LEVEL_ONE, LEVEL_ZERO, level_eq, param
from assay.verifiers.lean.embedded.kernel.subst import bind_pis
from assay.verifiers.lean.embedded.kernel.term import IMPLICIT, PROP, TYPE, FVar, Term, apps, const, lit, sort

NAT = const("Nat")


@dataclass(frozen=True, slots=True)
class Declaration:
    """An axiom (no value), a definition or a theorem."""

    name: str
    levels: tuple[str, ...]
    type: Term
    value: Term | None
    kind: str


def check_declaration(env: Environment, decl: Declaration, budget: Budget | None = None) -> Constant:
    """Check a declaration against an environment, without adding it.

    Returns:
        The constant it would become, with the axioms it rests on.

    Raises:
        KernelError: It is refused.
        LimitError: A budget is spent.
    """
    if decl.kind not in ("axiom", "def", "theorem") or (decl.value is None) != (decl.kind == "axiom"):
        raise KernelError("bad_declaration", f"{decl.name}: kind and value do not fit")
    if decl.name in env:
        raise KernelError("name_taken", f"there is already a constant {decl.name}")
    if len(set(decl.levels)) != len(decl.levels):
        raise KernelError("duplicate_level", "universe parameters must be distinct")
    ensure_closed(decl.type, decl.levels)
    checker = TypeChecker(env, budget)
    level = checker.ensure_sort(decl.type)
    terms = [decl.type]
    height = 0
    if decl.value is not None:
        if decl.kind == "theorem" and not level_eq(level, LEVEL_ZERO):
            raise KernelError("theorem_not_prop", f"{decl.name} states no proposition")
        ensure_closed(decl.value, decl.levels)
        checker.check(decl.value, decl.type)
        terms.append(decl.value)
        height = env.height_of(decl.value)
    axioms = env.axioms_of(terms)
    if decl.kind == "axiom":
        axioms |= {decl.name}
    return Constant(decl.name, decl.levels, decl.type, decl.kind, decl.value, height, None, axioms)


def add_declaration(env: Environment, decl: Declaration | InductiveDecl) -> None:
    """Check a declaration and add it.

    Raises:
        KernelError: It is refused; nothing is added.
    """
    if isinstance(decl, InductiveDecl):
        add_inductive(env, decl)
        if decl.name == "Nat" and _is_standard_nat(env):
            env.nat_ops.add("Nat.succ")
        return
    env.insert(check_declaration(env, decl))
    if decl.kind == "def":
        register_nat_op(env, decl.name)


def _is_standard_nat(env: Environment) -> bool:
    nat, zero, succ = env.get("Nat"), env.get("Nat.zero"), env.get("Nat.succ")
    info = env.inductive("Nat")
    if nat is None or zero is None or succ is None or info is None or info.ctors != ("Nat.zero", "Nat.succ"):
        return False
    checker = TypeChecker(env)
    arrow = bind_pis([FVar("n", NAT)], NAT)
    return not nat.levels and nat.type is TYPE and zero.type is NAT and checker.is_def_eq(succ.type, arrow)


def _is_standard_bool(env: Environment) -> bool:
    info = env.inductive("Bool")
    return info is not None and info.ctors == ("Bool.false", "Bool.true") and info.num_params == 0


def register_nat_op(env: Environment, name: str) -> None:
    """Let the kernel compute a function on literals if its definition satisfies the determining equations."""
    needs = {"Nat.sub": "Nat.pred", "Nat.mul": "Nat.add", "Nat.pow": "Nat.mul"}
    if "Nat.succ" not in env.nat_ops or (name in needs and needs[name] not in env.nat_ops):
        return
    if name in ("Nat.beq", "Nat.ble") and not _is_standard_bool(env):
        return
    x, y = FVar("x", NAT), FVar("y", NAT)
    equations = _equations(name, x, y)
    if not equations:
        return
    known = env.get(name)
    checker = TypeChecker(env, Budget(20_000))
    result = const("Bool") if name in ("Nat.beq", "Nat.ble") else NAT
    arity = [x] if name == "Nat.pred" else [x, y]
    if known is None or known.levels or not checker.is_def_eq(known.type, bind_pis(arity, result)):
        return
    if all(checker.is_def_eq(left, right) for left, right in equations):
        env.nat_ops.add(name)


def _equations(name: str, x: Term, y: Term) -> list[tuple[Term, Term]]:
    f, zero = const(name), const("Nat.zero")

    def s(n: Term) -> Term:
        return apps(const("Nat.succ"), n)

    true, false = const("Bool.true"), const("Bool.false")
    table: dict[str, list[tuple[Term, Term]]] = {
        "Nat.pred": [(apps(f, zero), zero), (apps(f, s(x)), x)],
        "Nat.add": [(apps(f, x, zero), x), (apps(f, x, s(y)), s(apps(f, x, y)))],
        "Nat.sub": [(apps(f, x, zero), x), (apps(f, x, s(y)), apps(const("Nat.pred"), apps(f, x, y)))],
        "Nat.mul": [(apps(f, x, zero), zero), (apps(f, x, s(y)), apps(const("Nat.add"), apps(f, x, y), x))],
        "Nat.pow": [(apps(f, x, zero), lit(1)), (apps(f, x, s(y)), apps(const("Nat.mul"), apps(f, x, y), x))],
        "Nat.beq": [
            (apps(f, zero, zero), true),
            (apps(f, zero, s(y)), false),
            (apps(f, s(x), zero), false),
            (apps(f, s(x), s(y)), apps(f, x, y)),
        ],
        "Nat.ble": [
            (apps(f, zero, zero), true),
            (apps(f, zero, s(y)), true),
            (apps(f, s(x), zero), false),
            (apps(f, s(x), s(y)), apps(f, x, y)),
        ],
    }
    return table.get(name, [])


def register_division(env: Environment) -> None:
    """Let the kernel compute `/` and `%` on literals where the environment holds the theorems that determine them.

    `b * (a / b) + a % b = a`, `a % b < b` for positive `b`, `a / 0 = 0` and `a % 0 = a` leave no other values.
    """
    if not {"Nat.add", "Nat.mul"} <= env.nat_ops:
        return
    m, n = FVar("m", NAT), FVar("n", NAT)
    zero = lit(0)

    def op(name: str, a: Term, b: Term) -> Term:
        return apps(const(f"Nat.{name}"), a, b)

    def eq(a: Term, b: Term) -> Term:
        return apps(const("Eq", (LEVEL_ONE,)), NAT, a, b)

    positive = FVar("h", op("lt", zero, n))
    wanted = {
        "Nat.div_add_mod": bind_pis([m, n], eq(op("add", op("mul", n, op("div", m, n)), op("mod", m, n)), m)),
        "Nat.mod_lt": bind_pis([m, n, positive], op("lt", op("mod", m, n), n)),
        "Nat.div_zero": bind_pis([m], eq(op("div", m, zero), zero)),
        "Nat.mod_zero": bind_pis([m], eq(op("mod", m, zero), m)),
    }
    checker = TypeChecker(env)
    for name, statement in wanted.items():
        known = env.get(name)
        if known is None or known.kind != "theorem" or known.axioms - {"propext", "Quot.sound"}:
            return
        if not checker.is_def_eq(known.type, statement):
            return
    env.nat_ops |= {"Nat.div", "Nat.mod"}


def add_quotients(env: Environment) -> None:
    """Add `Quot`, `Quot.mk`, `Quot.lift` and `Quot.ind`; `Eq` must be there and be the usual one.

    Raises:
        KernelError: `Eq` is missing or different.
    """
    info, eq = env.inductive("Eq"), env.get("Eq")
    u, v = param("u"), param("v")
    alpha = FVar("α", sort(u), IMPLICIT)
    a, b = FVar("a", alpha), FVar("b", alpha)
    if info is None or eq is None or len(info.ctors) != 1 or info.num_params != 2 or len(eq.levels) != 1:
        raise KernelError("quotient_without_eq", "quotients need the usual Eq")
    checker = TypeChecker(env)
    eq_type = Constant("", eq.levels, eq.type, "def", eq.type).value_at((u,))
    refl = env.get(info.ctors[0])
    expected = bind_pis([alpha, a], apps(const("Eq", (u,)), alpha, a, a))
    if refl is None or not checker.is_def_eq(eq_type, bind_pis([alpha, a, b], PROP)):
        raise KernelError("quotient_without_eq", "quotients need the usual Eq")
    if not checker.is_def_eq(refl.type_at((u,)), expected):
        raise KernelError("quotient_without_eq", "quotients need the usual Eq")
    r = FVar("r", bind_pis([a, b], PROP))
    r_implicit = FVar("r", r.type, IMPLICIT)
    quot = apps(const("Quot", (u,)), alpha, r)
    quot_i = apps(const("Quot", (u,)), alpha, r_implicit)
    env.insert(Constant("Quot", ("u",), bind_pis([alpha, r], sort(u)), "quot"))
    env.insert(Constant("Quot.mk", ("u",), bind_pis([alpha, r, a], quot), "quot"))
    beta = FVar("β", sort(v), IMPLICIT)
    f = FVar("f", bind_pis([a], beta))
    related = FVar("a", apps(r_implicit, a, b))
    same = apps(const("Eq", (v,)), beta, apps(f, a), apps(f, b))
    compatible = FVar("a", bind_pis([a, b, related], same))
    q = FVar("q", quot_i)
    lift = bind_pis([alpha, r_implicit, beta, f, compatible, q], beta)
    env.insert(Constant("Quot.lift", ("u", "v"), lift, "quot"))
    motive = FVar("β", bind_pis([q], PROP), IMPLICIT)
    made = apps(const("Quot.mk", (u,)), alpha, r_implicit, a)
    mk = FVar("mk", bind_pis([a], apps(motive, made)))
    ind = bind_pis([alpha, r_implicit, motive, mk, q], apps(motive, q))
    env.insert(Constant("Quot.ind", ("u",), ind, "quot"))
