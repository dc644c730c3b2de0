"""One test for each known way to break a kernel; the list of ways is `lean_soundness.jsonl`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.embedded.kernel.budget import Budget, DeclineError, KernelError, LimitError
from assay.verifiers.lean.embedded.kernel.check import TypeChecker
from assay.verifiers.lean.embedded.kernel.declare import Declaration, add_declaration, check_declaration
from assay.verifiers.lean.embedded.kernel.environment import Environment
from assay.verifiers.lean.embedded.kernel.inductive import InductiveDecl
from assay.verifiers.lean.embedded.kernel.level import (
    LEVEL_ONE,
    LEVEL_ZERO,
    Level,
    imax,
    level_eq,
    level_leq,
    level_max,
    param,
    succ,
)
from assay.verifiers.lean.embedded.kernel.subst import bind_lams, bind_pis, instantiate
from assay.verifiers.lean.embedded.kernel.term import (
    PROP,
    TYPE,
    BVar,
    FVar,
    Let,
    MVar,
    Pi,
    Term,
    app,
    apps,
    bvar,
    const,
    lam,
    lit,
    pi,
    sort,
)
from assay.verifiers.lean.embedded.library import default_library
from assay.verifiers.lean.embedded.ndjson import import_lines

NAT = const("Nat")
BOOL = const("Bool")
u, v = param("u"), param("v")
TESTS: dict[str, Callable[[], None]] = {}


def case(*ids: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def register(function: Callable[[], None]) -> Callable[[], None]:
        for name in ids:
            TESTS[name] = function
        return function

    return register


def env() -> Environment:
    """A copy of the library's environment that more can be declared in."""
    found = default_library().env
    return Environment(dict(found.constants), set(found.nat_ops))


def refused(declaration: Declaration | InductiveDecl, where: Environment | None = None) -> None:
    target = where or env()
    before = set(target.constants)
    with pytest.raises((KernelError, LimitError)):
        add_declaration(target, declaration)
    assert set(target.constants) == before


def definition(type_: Term, value: Term, levels: tuple[str, ...] = (), kind: str = "def") -> Declaration:
    return Declaration("bad", levels, type_, value, kind)


def arrow(a: Term, b: Term) -> Pi:
    return pi("x", a, b)


@case("univ-type-in-type")
def type_in_type() -> None:
    refused(definition(TYPE, TYPE))


@case("univ-imax-succ-refl")
def imax_successor() -> None:
    level = imax(u, v)
    assert not level_leq(succ(level), level)
    down = definition(arrow(sort(succ(level)), sort(level)), lam("x", sort(succ(level)), bvar(0)), ("u", "v"))
    refused(down)


@case("univ-undeclared-param")
def undeclared_level() -> None:
    refused(definition(sort(succ(u)), sort(u)))


@case("univ-arity")
def level_count() -> None:
    for levels in ((), (LEVEL_ONE, LEVEL_ONE)):
        with pytest.raises(KernelError):
            TypeChecker(env()).infer(const("Eq", levels))
    checker = TypeChecker(env())
    assert checker.unfold(apps(const("id", ()), NAT, lit(1))) is None


@case("prop-large-elim-or", "prop-large-elim-exists")
def no_large_elimination() -> None:
    for name in ("Or", "Exists", "Nonempty", "Nat.le"):
        rec, family = env().get(f"{name}.rec"), env().get(name)
        assert rec is not None
        assert family is not None
        assert len(rec.levels) == len(family.levels), name
    for name in ("And", "Eq", "False", "True", "Iff"):
        rec, family = env().get(f"{name}.rec"), env().get(name)
        assert rec is not None
        assert family is not None
        assert len(rec.levels) == len(family.levels) + 1, name


@case("prop-large-elim-bool-field")
def bool_field() -> None:
    where = env()
    add_declaration(where, InductiveDecl("P", (), 0, PROP, (("P.mk", arrow(BOOL, const("P"))),)))
    rec = where.get("P.rec")
    assert rec is not None
    assert rec.levels == ()


@case("prop-large-elim-param-sort")
def maybe_a_proposition() -> None:
    where = env()
    alpha = FVar("α", sort(u))
    a = FVar("a", alpha)
    family = apps(const("M", (u,)), alpha)
    ctor = bind_pis([alpha, a], family)
    add_declaration(where, InductiveDecl("M", ("u",), 1, bind_pis([alpha], sort(u)), (("M.mk", ctor),)))
    rec = where.get("M.rec")
    assert rec is not None
    assert rec.levels == ("u",)


@case("prop-syntactic-check")
def disguised_prop() -> None:
    assert level_eq(imax(LEVEL_ONE, LEVEL_ZERO), LEVEL_ZERO)
    where = env()
    add_declaration(
        where, InductiveDecl("P", (), 0, sort(imax(LEVEL_ONE, LEVEL_ZERO)), (("P.mk", arrow(BOOL, const("P"))),))
    )
    rec = where.get("P.rec")
    assert rec is not None
    assert rec.levels == ()


@case("proj-from-prop", "proj-wrong-struct", "proj-idx-trunc", "proj-dep-prop-field")
def no_primitive_projections() -> None:
    lines = [
        '{"str":{"pre":0,"str":"S"},"in":1}',
        '{"bvar":0,"ie":0}',
        '{"proj":{"typeName":1,"idx":-1,"struct":0},"ie":1}',
    ]
    with pytest.raises(DeclineError):
        import_lines(lines)


@case("ind-negative-hidden-def")
def hidden_negative_occurrence() -> None:
    where = env()
    neg = lam("p", TYPE, arrow(bvar(0), const("False")))
    add_declaration(where, Declaration("Neg", (), arrow(TYPE, TYPE), lam("p", TYPE, arrow(bvar(0), BOOL)), "def"))
    refused(
        InductiveDecl("Bad", (), 0, TYPE, (("Bad.mk", arrow(app(const("Neg"), const("Bad")), const("Bad"))),)), where
    )
    direct = arrow(arrow(const("Bad"), const("False")), const("Bad"))
    refused(InductiveDecl("Bad", (), 0, TYPE, (("Bad.mk", direct),)), where)
    assert neg.loose == 0


@case("ind-nested-nonuniform-param")
def nested_types() -> None:
    where = env()
    lists = apps(const("List", (LEVEL_ZERO,)), const("Tree"))
    with pytest.raises(DeclineError):
        add_declaration(where, InductiveDecl("Tree", (), 0, TYPE, (("Tree.mk", arrow(lists, const("Tree"))),)))
    alpha = FVar("α", TYPE)
    varying = app(const("L"), app(const("L"), alpha))
    ctor = bind_pis([alpha], arrow(varying, app(const("L"), alpha)))
    refused(InductiveDecl("L", (), 1, arrow(TYPE, TYPE), (("L.mk", ctor),)), where)


@case("ind-ctor-wrong-result")
def constructor_of_another_type() -> None:
    refused(InductiveDecl("T", (), 0, TYPE, (("T.mk", NAT),)))
    alpha, beta = FVar("α", TYPE), FVar("β", TYPE)
    ctor = bind_pis([alpha, beta], app(const("T"), beta))
    refused(InductiveDecl("T", (), 1, arrow(TYPE, TYPE), (("T.mk", ctor),)))
    big = bind_pis([FVar("α", TYPE)], const("T"))
    refused(InductiveDecl("T", (), 0, TYPE, (("T.mk", big),)))


@case("k-index-mismatch")
def elimination_ignoring_a_proof() -> None:
    checker = TypeChecker(env())
    a, b = FVar("a", NAT), FVar("b", NAT)
    h = FVar("h", apps(const("Eq", (LEVEL_ONE,)), NAT, a, b))
    x = FVar("x", NAT)
    motive = bind_lams([x, FVar("_", apps(const("Eq", (LEVEL_ONE,)), NAT, a, x))], NAT)
    cast = apps(const("Eq.rec", (LEVEL_ONE, LEVEL_ONE)), NAT, a, motive, lit(5), b, h)
    assert not checker.is_def_eq(cast, lit(5))
    same = FVar("h", apps(const("Eq", (LEVEL_ONE,)), NAT, a, a))
    assert checker.is_def_eq(apps(const("Eq.rec", (LEVEL_ONE, LEVEL_ONE)), NAT, a, motive, lit(5), a, same), lit(5))


@case("unit-like-eq")
def unit_like() -> None:
    checker = TypeChecker(env())
    pairs = apps(const("Prod", (LEVEL_ZERO, LEVEL_ZERO)), NAT, NAT)
    assert not checker.is_def_eq(FVar("p", pairs), FVar("q", pairs))
    assert not checker.is_def_eq(FVar("p", BOOL), FVar("q", BOOL))


@case("pi-irrel-on-data")
def proof_irrelevance_is_for_proofs() -> None:
    checker = TypeChecker(env())
    assert not checker.is_def_eq(const("Bool.true"), const("Bool.false"))
    h, k = FVar("h", const("True")), FVar("k", const("True"))
    assert checker.is_def_eq(h, k)
    assert not checker.is_def_eq(const("Bool.true"), const("Bool.false"))
    assert not checker.is_def_eq(FVar("n", NAT), FVar("m", NAT))


@case("bvar-cache-overflow")
def large_indices() -> None:
    deep = BVar(2**20)
    assert app(deep, lit(1)).loose == 2**20 + 1
    refused(definition(arrow(NAT, NAT), lam("x", NAT, BVar(2**20))))
    moved = instantiate(app(BVar(2**20), bvar(0)), (lit(3),))
    assert moved.loose == 2**20


@case("fvar-escape", "fvar-cache-poison")
def free_variables() -> None:
    x = FVar("x", const("False"))
    refused(definition(const("False"), x, kind="theorem"))
    refused(definition(app(const("Not"), x), x))
    refused(definition(NAT, MVar()))
    first, second = FVar("x", NAT), FVar("x", BOOL)
    checker = TypeChecker(env())
    assert checker.infer(first) is NAT
    assert checker.infer(second) is BOOL


@case("cache-infer-only")
def unchecked_results_are_not_checked_ones() -> None:
    checker = TypeChecker(env())
    bad = app(lam("x", NAT, bvar(0)), const("Bool.true"))
    assert checker.infer_only(bad) is NAT
    with pytest.raises(KernelError):
        checker.infer(bad)
    with pytest.raises(KernelError):
        TypeChecker(env()).infer(Let("x", NAT, const("Bool.true"), bvar(0)))


@case("cache-eq-transitive")
def equality_cache() -> None:
    checker = TypeChecker(env())
    x = FVar("x", NAT)
    y = FVar("y", NAT)
    assert checker.is_def_eq(apps(const("Nat.add"), x, lit(0)), x)
    assert not checker.is_def_eq(apps(const("Nat.add"), x, lit(0)), y)
    assert not checker.is_def_eq(x, y)


@case("thm-not-prop")
def theorems_state_propositions() -> None:
    refused(definition(NAT, lit(1), kind="theorem"))


@case("decl-forward-ref")
def no_self_reference() -> None:
    refused(definition(const("False"), const("bad"), kind="theorem"))
    refused(definition(const("False"), const("later"), kind="theorem"))


@case("nat-lit-vs-open")
def literals_only() -> None:
    checker = TypeChecker(env())
    x = FVar("x", NAT)
    assert checker.nat_value(apps(const("Nat.pow"), lit(2), x)) is None
    assert not checker.is_def_eq(apps(const("Nat.pow"), lit(2), x), lit(1))
    assert checker.is_def_eq(apps(const("Nat.sub"), lit(3), lit(5)), lit(0))
    fake = Environment()
    add_declaration(fake, InductiveDecl("Nat", (), 0, TYPE, (("Nat.succ", arrow(NAT, NAT)), ("Nat.zero", NAT))))
    with pytest.raises(KernelError):
        TypeChecker(fake).infer(lit(1))


@case("nat-pow-bomb")
def large_powers() -> None:
    for exponent in (2**40, 257):
        with pytest.raises(LimitError):
            TypeChecker(env()).whnf(apps(const("Nat.pow"), lit(2), lit(exponent)))


@case("nat-offset-loop")
def offsets_end() -> None:
    checker = TypeChecker(env(), Budget(5_000))
    x = FVar("x", NAT)
    assert not checker.is_def_eq(app(const("Nat.succ"), x), x)
    assert not checker.is_def_eq(apps(const("Nat.add"), x, lit(1)), x)


@case("hash-collision", "hashcons-kind")
def nodes_are_compared_not_hashed() -> None:
    with pytest.raises(TypeError):
        lit(True)
    with pytest.raises(TypeError):
        lit(1.0)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        lit(-1)
    assert lit(1) is lit(1)
    assert lit(2**64 - 1) is not lit(-1 % (2**61 - 1))
    assert const("p") is not const("p", (param("p"),))


@case("name-encoding")
def names() -> None:
    lines = [
        '{"str":{"pre":0,"str":"a.b"},"in":1}',
        '{"str":{"pre":0,"str":"a"},"in":2}',
        '{"str":{"pre":2,"str":"b"},"in":3}',
        '{"num":{"pre":2,"i":7},"in":4}',
        '{"str":{"pre":2,"str":"7"},"in":5}',
        '{"sort":0,"ie":0}',
    ]
    rows = [f'{{"axiom":{{"name":{i},"levelParams":[],"type":0,"isUnsafe":false}}}}' for i in (1, 3, 4)]
    made = import_lines([*lines, *rows])
    assert len(made.constants) == 3
    with pytest.raises(DeclineError):
        import_lines(['{"str":{"pre":0,"str":"«x»"},"in":1}'])


@case("choice-leak")
def axioms_are_tracked() -> None:
    engine = EmbeddedEngine()
    statement, proof = "(p : Prop) : ¬¬p → p", "fun h => Classical.byContradiction h"
    assert engine.check(statement, proof).correct
    assert engine.check(statement, proof, ()).reason == "axiom_not_allowed"
    known = env().get("Classical.not_and_iff_not_or_not")
    assert known is not None
    assert "Classical.choice" in known.axioms


@case("elab-delayed-goal-dropped")
def dropped_goals() -> None:
    engine = EmbeddedEngine()
    for proof in ("by\n  refine ⟨?_, ?_⟩\n  exact h.2", "by refine ?x", "by constructor <;> skip"):
        assert not engine.check("(p q : Prop) (h : p ∧ q) : q ∧ p", proof).correct


@case("pickle-cache-tamper")
def cache_is_hashed_json() -> None:
    # The file test is in test_exchange.py; here: nothing of the engine can unpickle.
    root = Path(__file__).parents[3] / "verifiers" / "lean"
    assert root.is_dir()
    assert not any("pickle" in path.read_text(encoding="utf-8").replace("no pickle", "") for path in root.rglob("*.py"))


@case("omega-cert")
def arithmetic_certificates() -> None:
    # omega's proofs are terms like any other: a wrong one is refused by the kernel (see test_omega.py for the fuzz).
    engine = EmbeddedEngine()
    for statement in ("(x y : Nat) (h : x ≤ y) : y ≤ x", "(x : Nat) : x - 1 + 1 = x", "(x : Nat) : x < 5"):
        assert not engine.check(statement, "by omega").correct


@case("decide-instance")
def decision_by_a_hypothesis() -> None:
    engine = EmbeddedEngine()
    assert not engine.check("(inst : Decidable (2 + 2 = 5)) : 2 + 2 = 5", "by decide").correct
    assert not engine.check("[inst : Decidable (2 + 2 = 5)] : 2 + 2 = 5", "by decide").correct


@pytest.mark.parametrize("name", sorted(TESTS))
def test_attack_fails(name: str) -> None:
    TESTS[name]()


def test_every_listed_attack_has_a_test(cases_dir: Path) -> None:
    rows = [json.loads(line) for line in (cases_dir / "lean_soundness.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["id"] for row in rows} <= set(TESTS)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (imax(u, v), level_max(u, v), True),
        (level_max(u, v), imax(u, v), False),
        (u, succ(u), True),
        (succ(u), u, False),
        (imax(u, u), u, True),
        (LEVEL_ONE, u, False),
        (imax(LEVEL_ONE, u), u, True),
        (succ(imax(u, v)), level_max(succ(u), succ(v)), True),
        (level_max(u, v), level_max(v, u), True),
    ],
)
def test_levels_compare_under_every_assignment(a: Level, b: Level, expected: bool) -> None:
    assert level_leq(a, b) is expected
    values = [(x, y) for x in range(4) for y in range(4)]
    assert all(_value(a, x, y) <= _value(b, x, y) for x, y in values) is expected


def _value(level: Level, x: int, y: int) -> int:
    if level.a is None:
        return {"u": x, "v": y}.get(level.name, 0)
    a = _value(level.a, x, y)
    if level.b is None:
        return a + 1
    b = _value(level.b, x, y)
    return 0 if level.kind == 3 and b == 0 else max(a, b)


def test_a_failed_declaration_leaves_nothing() -> None:
    where = env()
    before = dict(where.constants)
    refused(InductiveDecl("T", (), 0, TYPE, (("T.a", const("T")), ("T.b", NAT))), where)
    assert where.constants == before


def test_the_library_is_sealed() -> None:
    with pytest.raises(KernelError):
        add_declaration(default_library().env, Declaration("cheat", (), const("False"), None, "axiom"))


def test_a_checked_declaration_names_its_axioms() -> None:
    where = env()
    add_declaration(where, Declaration("cheat", (), const("False"), None, "axiom"))
    known = check_declaration(where, definition(const("False"), const("cheat"), kind="theorem"))
    assert known.axioms == {"cheat"}


def test_names_of_nat_mean_nothing_where_nat_is_another_type() -> None:
    where = Environment()
    zero = Declaration("Nat.zero", ("u",), sort(succ(succ(u))), sort(succ(u)), "def")
    add_declaration(where, zero)
    checker = TypeChecker(where)
    low, high = const("Nat.zero", (LEVEL_ZERO,)), const("Nat.zero", (LEVEL_ONE,))
    assert not checker.is_def_eq(low, high)
    assert checker.is_def_eq(low, TYPE)
    axiom = Declaration("Nat.zero", ("u",), sort(succ(u)), None, "axiom")
    other = Environment()
    add_declaration(other, axiom)
    assert not TypeChecker(other).is_def_eq(low, high)


def test_direct_computation_must_be_earned() -> None:
    where = Environment()
    nat = InductiveDecl("Nat", (), 0, TYPE, (("Nat.zero", NAT), ("Nat.succ", arrow(NAT, NAT))))
    add_declaration(where, nat)
    n, m = FVar("n", NAT), FVar("m", NAT)
    add_declaration(where, Declaration("Nat.add", (), bind_pis([n, m], NAT), bind_lams([n, m], n), "def"))
    assert where.nat_ops == {"Nat.succ"}
    assert TypeChecker(where).whnf(apps(const("Nat.add"), lit(2), lit(3))) is lit(2)


def test_a_refused_declaration_leaves_no_type_behind() -> None:
    """Its constructor mentions the type at a closed level before it is refused; then the name means something else."""
    where = env()
    at_one = const("T", (LEVEL_ONE,))
    refused = InductiveDecl("T", ("u",), 0, sort(succ(u)), (("T.mk", arrow(at_one, const("T", (u,)))),))
    with pytest.raises(KernelError):
        add_declaration(where, refused)
    assert "T" not in where
    add_declaration(where, Declaration("T", ("u",), PROP, None, "axiom"))
    assert TypeChecker(where).infer(at_one) is PROP
