"""What a search asks of the text of a goal: reading it, the fixed alphabet, lemmas, scripts, equal states."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.agents.lean_search.alphabet import AlphabetPolicy
from assay.agents.lean_search.goal_text import Hypothesis, read_goal, shape
from assay.agents.lean_search.lemmas import library_lemmas, read_lemma, relevant, rewrites
from assay.agents.lean_search.proof import Proof, flat, key, key_text, problems, script
from assay.envs.lean.formula import Formula, write
from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.engine import TacticError
from assay.verifiers.lean.theorems import shipped_theorems

from .fakes import WordState


@pytest.fixture(scope="module", autouse=True)
def _library() -> None:
    """Loading the library raises the recursion limit, which hypothesis does not like to see in a test."""
    library_lemmas()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p ∧ q → r ∨ s", ("→", "p ∧ q", "r ∨ s")),
        ("(p → q) → r", ("→", "(p → q)", "r")),
        ("((p → q))", ("→", "p", "q")),
        ("¬p ∧ q", ("∧", "¬p", "q")),
        ("¬(p ∧ q)", ("¬", "", "(p ∧ q)")),
        ("¬p = q", ("¬", "", "p = q")),
        ("∀ (x : Nat), P x → q", ("∀", "(x : Nat)", "P x → q")),
        ("p ∧ ∃ x, q → r", ("∧", "p", "∃ x, q → r")),
        ("a - b - c", ("-", "a - b", "c")),
        ("a ^ b ^ c", ("^", "a", "b ^ c")),
        ("x :: xs ++ ys", ("++", "x :: xs", "ys")),
        ("(!(a && b)) = (!a || !b)", ("=", "(!(a && b))", "(!a || !b)")),
        ("fun x => x + 1", ("fun", "x", "x + 1")),
        ("f (g x)", ("", "", "f (g x)")),
        ("", ("", "", "")),
    ],
)
def test_the_outermost_shape(text: str, expected: tuple[str, str, str]) -> None:
    assert shape(text) == expected


VARIABLES = st.sampled_from("pqr").map(lambda name: ("var", name))
FORMULAS = st.recursive(
    VARIABLES,
    lambda part: st.one_of(
        st.tuples(st.just("not"), part), st.tuples(st.sampled_from(["imp", "and", "or", "iff"]), part, part)
    ),
    max_leaves=8,
)


@given(FORMULAS)
def test_shapes_of_formulas_are_their_roots(formula: Formula) -> None:
    symbols = {"imp": "→", "and": "∧", "or": "∨", "not": "¬", "iff": "↔", "var": ""}
    found = shape(write(formula))
    assert found.symbol == symbols[formula[0]]
    if found.symbol:
        assert shape(found.right) == shape(write(formula[-1]))


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    shape(text)
    read_goal(text)
    AlphabetPolicy().propose([text], 5)


def test_a_goal_is_read_with_groups_and_continued_lines() -> None:
    goal = read_goal("case succ\nα : Type\nx y✝ : α\nh : x =\n    x\nk : Nat := 5\n⊢ x = x\n\ncase other\n⊢ p")
    assert (goal.tag, goal.target) == ("succ", "x = x")
    assert goal.hypotheses[1:] == (
        Hypothesis("x", "α"),
        Hypothesis("y✝", "α"),
        Hypothesis("h", "x = x"),
        Hypothesis("k", "Nat"),
    )


def test_the_alphabet_is_a_distribution_and_is_handed_out_in_slices() -> None:
    policy = AlphabetPolicy()
    state = "p q : Prop\nh : p ∨ q\n⊢ q ∨ p"
    every = policy.propose([state], 10_000)[0]
    assert math.isclose(sum(math.exp(proposal.logprob) for proposal in every), 1.0)
    assert [p.logprob for p in every] == sorted((p.logprob for p in every), reverse=True)
    assert len({p.tactic for p in every}) == len(every)
    drawn = [policy.propose([state], 3, draw)[0] for draw in range(len(every) // 3 + 2)]
    assert [p for part in drawn for p in part] == every
    assert drawn[-1] == []


def test_the_alphabet_without_library_names_no_lemma() -> None:
    names = {lemma.name for lemma in library_lemmas() if "." in lemma.name}
    for theorem in shipped_theorems():
        state = EmbeddedEngine().start(theorem.statement).text
        for proposal in AlphabetPolicy(library=False, automation=False).propose([state], 500)[0]:
            words = set(proposal.tactic.replace("[", " ").replace("]", " ").split())
            assert not words & {"simp", "omega", "decide"}
            assert not (words & names) - {"Classical.byContradiction", "Nat.lt_or_ge", "Nat.exists_eq_add_of_le"}


def test_the_alphabet_writes_tactics_that_can_be_read() -> None:
    engine = EmbeddedEngine()
    for theorem in shipped_theorems()[::6]:
        state = engine.start(theorem.statement)
        for proposal in AlphabetPolicy().propose([state.text], 500)[0]:
            made = engine.run(state, proposal.tactic)
            assert not (isinstance(made, TacticError) and made.code == "parse_error"), proposal.tactic


def test_lemmas_are_those_that_fit() -> None:
    assert relevant("a * b = b * a", 3)[0].name == "Nat.mul_comm"
    assert "Nat.le_total" in [lemma.name for lemma in relevant("x ≤ y ∨ y ≤ x", 5)]
    assert ("Nat.add_zero", False) in [(lemma.name, back) for lemma, back in rewrites("P (n + 0)", 10)]
    lemma = read_lemma("Nat.le_trans", "∀ {n m k : Nat}, n ≤ m → m ≤ k → n ≤ k")
    assert (lemma.premises, lemma.conclusion, lemma.needs, lemma.left) == (2, "≤", frozenset({"≤"}), None)


def test_a_rule_whose_other_side_is_unknown_is_none() -> None:
    lemma = read_lemma("Nat.add_left_cancel_iff", "∀ {m k n : Nat}, n + m = n + k ↔ m = k")
    assert lemma.left == frozenset({"+", "="})
    assert lemma.right is None


def test_a_script_has_bullets_where_there_are_several_problems() -> None:
    proof = Proof("constructor", (Proof("intro h\nexact h"), Proof("left", (Proof("rfl"),))))
    assert script(proof) == "by\n  constructor\n  · intro h\n    exact h\n  · left\n    rfl"
    assert proof.tactics() == ["constructor", "intro h\nexact h", "left", "rfl"]
    assert script(flat(["a", "b"])) == "by\n  a\n  b"


def test_a_very_long_proof_can_be_written() -> None:
    assert script(flat(["skip"] * 5000)).count("skip") == 5000


def test_states_are_equal_up_to_tags_and_inaccessible_names() -> None:
    one = "case inl\nn✝ m✝ : Nat\nh✝ : n✝ < m✝\n⊢ p n✝"
    same = "case inr.x\na✝¹ b✝ : Nat\nk✝ : a✝¹ < b✝\n⊢ p a✝¹"
    other = "case inl\nn✝ m✝ : Nat\nh✝ : n✝ < m✝\n⊢ p m✝"
    assert key_text(one) == key_text(same)
    assert key_text(one) != key_text(other)
    assert key(WordState(("⊢ ?w = x",))) is None


def test_goals_are_split_where_they_share_nothing() -> None:
    engine = EmbeddedEngine()

    def after(statement: str, tactic: str) -> int:
        made = engine.run(engine.start(statement), tactic)
        assert not isinstance(made, TacticError)
        return len(problems(engine, made))

    assert after("(p q : Prop) (h : p) (k : q) : p ∧ q", "constructor") == 2
    assert after("(n : Nat) : 0 + n = n", "induction n") == 2
    assert after("(x y z : Nat) (h : x ≤ y) (g : y ≤ z) : x ≤ z", "apply Nat.le_trans") == 1
    assert after("(x : Nat) : ∃ y, y = x", "constructor") == 1
    assert after("(p : Prop) (h : p) : p", "exact h") == 0


def test_a_part_of_a_state_is_no_proof_of_the_whole() -> None:
    engine = EmbeddedEngine()
    state = engine.run(engine.start("(p q : Prop) (h : p) : p ∧ q"), "constructor")
    assert not isinstance(state, TacticError)
    part = engine.run(engine.split(state)[0], "exact h")
    assert not isinstance(part, TacticError)
    assert part.solved
    assert not engine.finish(part).correct
