"""Both searches: what they find, what they must never claim, what they may spend."""

from collections.abc import Callable
from typing import Any

import pytest

from assay.agents.lean_search import best_first, mcts
from assay.agents.lean_search.alphabet import AlphabetPolicy
from assay.agents.lean_search.budget import Budget
from assay.agents.lean_search.proof import SearchResult
from assay.verifiers.errors import AssayError, SpecError
from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.engine import EngineError
from assay.verifiers.verdict import Verdict, failed

from .fakes import ListPolicy, Rules, WordEngine, uniform

BOTH = pytest.mark.parametrize("search", [best_first.search, mcts.search], ids=["best_first", "mcts"])
Search = Callable[..., SearchResult]

PROVABLE = [
    "(p q : Prop) : p ∧ q → q ∧ p",
    "(p q r : Prop) : (p ∨ q) ∨ r → p ∨ (q ∨ r)",
    "(p q : Prop) : ((p → q) → p) → p",
    "(α : Type) (P : α → Prop) : (∃ x, ¬P x) → ¬∀ x, P x",
    "(n : Nat) : 0 + n = n",
    "(a b : Nat) : (a + b) * (a + b) = a * a + 2 * a * b + b * b",
    "(α β : Type) (f : α → β) (xs : List α) : (xs.map f).length = xs.length",
    "(b : Bool) : b = true ∨ b = false",
]
NOT_PROVABLE = ["(p q : Prop) : p → q", "(n : Nat) : n + 1 = n", "(p : Prop) : p", "(a b : Nat) : a ≤ b"]


@BOTH
@pytest.mark.parametrize("statement", PROVABLE)
def test_a_proof_is_found_and_holds(search: Search, statement: str) -> None:
    engine = EmbeddedEngine()
    result = search(engine, AlphabetPolicy(), statement, Budget(800))
    assert result.proved
    assert engine.check(statement, result.script).correct


@BOTH
@pytest.mark.parametrize("statement", PROVABLE[:4])
def test_a_proof_is_found_without_library_and_automation(search: Search, statement: str) -> None:
    policy = AlphabetPolicy(library=False, automation=False)
    result = search(EmbeddedEngine(), policy, statement, Budget(300))
    assert result.proved
    assert not {"simp", "omega", "decide"} & set(result.script.split())


@BOTH
@pytest.mark.parametrize("statement", NOT_PROVABLE)
def test_what_has_no_proof_is_not_proved(search: Search, statement: str) -> None:
    result = search(EmbeddedEngine(), AlphabetPolicy(), statement, Budget(20))
    assert (result.proved, result.script, result.verdict, result.proof) == (False, "", None, None)


@BOTH
def test_a_statement_that_cannot_be_read_is_an_error(search: Search) -> None:
    with pytest.raises(SpecError):
        search(EmbeddedEngine(), AlphabetPolicy(), "(p : Prop : p", Budget(5))


@BOTH
def test_axioms_are_those_allowed(search: Search) -> None:
    """Excluded middle has a proof only with axioms."""
    statement = "(p : Prop) : p ∨ ¬p"
    assert search(EmbeddedEngine(), AlphabetPolicy(), statement, Budget(50)).proved
    assert not search(EmbeddedEngine(), AlphabetPolicy(), statement, Budget(50), axioms=()).proved


@BOTH
@pytest.mark.parametrize("nodes", [1, 2, 7, 30])
def test_no_more_nodes_are_looked_into_than_allowed(search: Search, nodes: int) -> None:
    rules: Rules = {f"g{i}": {"a": [f"g{2 * i + 1}"], "b": [f"g{2 * i + 2}"]} for i in range(2000)}
    policy = uniform(rules)
    result = search(WordEngine(rules), policy, "g0", Budget(nodes))
    assert result.nodes == nodes == len(policy.asked)
    assert not result.exhausted


@BOTH
def test_time_ends_a_search(search: Search) -> None:
    result = search(EmbeddedEngine(), AlphabetPolicy(), "(p : Nat → Prop) : p 0", Budget(1_000_000, 0.05))
    assert not result.proved
    assert not result.exhausted


@BOTH
def test_a_search_ends_when_nothing_is_left(search: Search) -> None:
    rules: Rules = {"a": {"go": ["b"], "jump": ["c"]}, "b": {"back": ["a"]}, "c": {"round": ["b"]}}
    result = search(WordEngine(rules), uniform(rules), "a", Budget(100_000))
    assert not result.proved
    assert result.exhausted


@BOTH
def test_a_refused_script_is_never_returned(search: Search) -> None:
    """The states say that the short way is a proof; the judge of whole scripts says no."""
    rules: Rules = {"a": {"cheat": [], "honest": ["b"]}, "b": {"end": []}}
    engine = WordEngine(rules, lies=["cheat"])
    result = search(engine, ListPolicy({"a": {"cheat": 0.9, "honest": 0.1}, "b": {"end": 1.0}}), "a", Budget(100))
    assert result.proved
    assert result.script.split() == ["by", "honest", "end"]
    assert any("cheat" in script for script in engine.checked)
    alone = search(WordEngine({"a": {"cheat": []}}, lies=["cheat"]), ListPolicy({"a": {"cheat": 1.0}}), "a", Budget(50))
    assert not alone.proved
    assert alone.script == ""


@BOTH
def test_a_judge_that_fails_ends_the_search(search: Search) -> None:
    class Broken(WordEngine):
        def check(self, statement: str, proof: str, axioms: tuple[str, ...] = ()) -> Verdict:
            return failed("engine_died", "It died.", verifier="words")

    with pytest.raises(EngineError, match="died"):
        search(Broken({"a": {"end": []}}), uniform({"a": {"end": []}}), "a", Budget(5))


@BOTH
def test_equal_states_are_looked_into_once(search: Search) -> None:
    """A lattice has few states and very many ways."""
    rules = {
        f"{i},{j}": {"x": [f"{i + 1},{j}"], "y": [f"{i},{j + 1}"]} for i in range(8) for j in range(8) if i + j < 14
    }
    policy = uniform(rules)
    result = search(WordEngine(rules), policy, "0,0", Budget(10_000))
    assert not result.proved
    asked = [state for state in policy.asked if state in rules]
    assert len(set(asked)) <= 64
    assert len(asked) <= 3 * 64  # MCTS asks again whether there is more, and so learns that there is not


@BOTH
@pytest.mark.parametrize("statement", ["(p q r : Prop) : p ∧ (q ∨ r) → (p ∧ q) ∨ (p ∧ r)", "(p : Prop) : p"])
def test_a_search_is_deterministic(search: Search, statement: str) -> None:
    runs = [search(EmbeddedEngine(), AlphabetPolicy(library=False), statement, Budget(40)) for _ in range(2)]
    assert (runs[0].script, runs[0].nodes, runs[0].tactics) == (runs[1].script, runs[1].nodes, runs[1].tactics)


@BOTH
def test_goals_that_share_an_unknown_are_proved_together(search: Search) -> None:
    """After `apply Nat.le_trans` two goals share the middle term: solving one decides the other."""
    path: dict[str, float] = {"apply Nat.le_trans": 0.5, "exact h": 0.25, "exact g": 0.25}

    class Fixed(AlphabetPolicy):
        def propose(self, states: Any, count: int, draw: int = 0) -> Any:
            table = ListPolicy(dict.fromkeys([state.split("\n\n")[0] for state in states], path))
            return table.propose(states, count, draw)

    statement = "(x y z : Nat) (h : x ≤ y) (g : y ≤ z) : x ≤ z"
    result = search(EmbeddedEngine(), Fixed(), statement, Budget(200))
    assert result.script.split("\n  ") == ["by", "apply Nat.le_trans", "exact h", "exact g"]


def test_many_searches_side_by_side_are_the_searches_one_by_one() -> None:
    goals: list[tuple[str, tuple[str, ...]]] = [(statement, ()) for statement in (*PROVABLE[:2], *NOT_PROVABLE)]
    settings = best_first.Settings(proposals=16)
    together = best_first.search_all(EmbeddedEngine(), AlphabetPolicy(), goals, Budget(25), settings)
    for (statement, axioms), result in zip(goals, together, strict=True):
        alone = best_first.search(EmbeddedEngine(), AlphabetPolicy(), statement, Budget(25), settings, axioms)
        assert (alone.script, alone.nodes, alone.tactics) == (result.script, result.nodes, result.tactics)


def test_best_first_goes_on_from_the_likeliest_state() -> None:
    rules: Rules = {"a": {"x": ["b"], "y": ["c"]}, "b": {"end": []}, "c": {"end": []}}
    policy = ListPolicy({"a": {"x": 0.2, "y": 0.8}, "b": {"end": 1.0}, "c": {"end": 1.0}})
    assert best_first.search(WordEngine(rules), policy, "a", Budget(10)).script.split() == ["by", "y", "end"]


def test_best_first_comes_back_for_tactics_it_left_out() -> None:
    rules: Rules = {"a": {"t3": []}}
    policy = ListPolicy({"a": {f"t{i}": 0.25 for i in range(4)}})
    found = best_first.search(WordEngine(rules), policy, "a", Budget(10), best_first.Settings(proposals=2))
    assert found.proved
    assert found.nodes == 2


@pytest.mark.parametrize(
    "make",
    [
        lambda: Budget(0),
        lambda: Budget(5, 0.0),
        lambda: best_first.Settings(proposals=0),
        lambda: best_first.Settings(length_penalty=2),
        lambda: mcts.Settings(gamma=1.0),
        lambda: mcts.Settings(tau=0),
    ],
)
def test_settings_that_make_no_search_are_refused(make: Callable[[], object]) -> None:
    with pytest.raises(AssayError):
        make()
