"""The tree of MCTS, on hand-made problems: AND nodes, backing up, selection, progressive sampling."""

import math

import pytest

from assay.agents.lean_search import mcts
from assay.agents.lean_search.budget import Budget, Meter
from assay.agents.lean_search.mcts import Settings, Tree

from .fakes import ListPolicy, WordEngine, uniform

Table = dict[str, dict[str, list[str]]]


def tree(engine: WordEngine, policy: ListPolicy, goal: str = "root", settings: Settings | None = None) -> Tree:
    return Tree(engine, policy, goal, Meter(Budget(10_000)), settings or Settings(), ())


def test_an_and_node_backs_up_the_minimum_of_its_goals() -> None:
    """`both` leaves goals of value -3 and -7: worth -8 with the tactic itself, not -11 and not -4."""
    rules: Table = {"root": {"both": ["easy", "hard"]}, "easy": {"x": ["y"]}, "hard": {"x": ["z"]}}
    made = tree(
        WordEngine(rules), ListPolicy({g: dict.fromkeys(r, 1.0) for g, r in rules.items()}, {"easy": -3, "hard": -7})
    )
    made.simulate()  # looks into the root
    edge = made.root.edges[0]
    assert edge.value == -8
    made.simulate()
    assert [goal.visits for goal in edge.goals] == [0, 1]  # the hardest goal first
    assert (edge.visits, edge.total) == (1, -8)


def test_the_search_turns_to_the_goal_that_has_become_the_hardest() -> None:
    rules: Table = {
        "root": {"both": ["a", "b"]},
        "a": {"x": ["a1"]},
        "b": {"x": ["b1"]},
        "a1": {"x": ["a2"]},
        "b1": {"x": ["b2"]},
    }
    values = {"a": -5.0, "b": -4.0, "a1": -1.0, "b1": -20.0, "a2": -1.0, "b2": -30.0}
    made = tree(WordEngine(rules), ListPolicy({g: dict.fromkeys(r, 1.0) for g, r in rules.items()}, values))
    for _ in range(3):
        made.simulate()
    first, second = made.root.edges[0].goals
    assert first.visits == 2  # -5 is below -4; then its way on turned out to be worth -2
    made.simulate()
    assert second.visits == 1


def test_a_proof_needs_every_goal_of_a_product() -> None:
    rules: Table = {
        "root": {"both": ["a", "b"], "other": ["c"]},
        "a": {"end": []},
        "b": {"stuck": ["b"]},
        "c": {"end": []},
    }
    result = mcts.search(WordEngine(rules), uniform(rules), "root", Budget(100))
    assert result.script.split() == ["by", "other", "end"]
    del rules["root"]["other"]
    assert not mcts.search(WordEngine(rules), uniform(rules), "root", Budget(100)).proved


def test_goals_of_a_product_become_bullets_in_order() -> None:
    rules: Table = {
        "root": {"both": ["a", "b"]},
        "a": {"two": ["c", "d"]},
        "b": {"e": []},
        "c": {"f": []},
        "d": {"g": []},
    }
    result = mcts.search(WordEngine(rules), uniform(rules), "root", Budget(100))
    assert result.script == "by\n  both\n  · two\n    · f\n    · g\n  · e"


def test_q_is_one_for_a_tactic_that_finishes() -> None:
    """Q = gamma^(-V - 1): with another exponent the other tactic would come out ahead by a hair."""
    settings = Settings(tau=1.0, c_init=1.0, c_base=100.0)
    rules: Table = {"root": {"x": ["a"], "y": ["b"]}}
    made = tree(WordEngine(rules), ListPolicy({"root": {"x": 0.2, "y": 0.7506}}), settings=settings)
    made.simulate()
    x, y = made.root.edges
    x.visits, x.total, y.visits, y.total = 3, -3.0, 3, -30.0
    assert made.select(made.root, set()) is x
    y.prior = 0.78
    assert made.select(made.root, set()) is y


def test_selection_follows_the_formula() -> None:
    settings = Settings(tau=2.0, c_init=1.0, c_base=100.0)
    rules: Table = {"root": {"x": ["a"], "y": ["b"]}, "a": {"s": ["a1"]}, "b": {"s": ["b1"]}}
    made = tree(WordEngine(rules), ListPolicy({"root": {"x": 0.16, "y": 0.64}}), settings=settings)
    made.simulate()
    x, y = made.root.edges
    x.visits, x.total, y.visits, y.total = 3, -6.0, 6, -30.0
    c = 1.0 + math.log((9 + 100 + 1) / 100)
    score_x = 0.95**1 + c * 0.4 * 3 / 4
    score_y = 0.95**4 + c * 0.8 * 3 / 7
    assert made.select(made.root, set()) is (x if score_x > score_y else y)
    x.total = -60.0
    score_x = 0.95**19 + c * 0.4 * 3 / 4
    assert made.select(made.root, set()) is (x if score_x > score_y else y)
    assert score_y > score_x


def test_a_way_back_up_is_not_taken() -> None:
    rules: Table = {"root": {"on": ["a"]}, "a": {"back": ["root"], "other": ["b"]}, "b": {"end": []}}
    made = tree(WordEngine(rules), ListPolicy({"root": {"on": 1.0}, "a": {"back": 0.99, "other": 0.01}}))
    made.simulate()
    made.simulate()
    problem = made.root.edges[0].goals[0]
    back, other = problem.edges
    assert made.select(problem, {id(made.root), id(problem)}) is other
    assert made.select(problem, {id(problem)}) is back  # from elsewhere it is a way like any other


def test_progressive_sampling_asks_for_more_where_the_search_comes_back() -> None:
    """The only way on is the last of many tactics that lead nowhere."""
    names = [f"t{i}" for i in range(40)]
    rules: Table = {"root": {**{name: ["dead"] for name in names[:-1]}, "t39": []}, "dead": {"again": ["dead"]}}
    policy = ListPolicy({"root": dict.fromkeys(names, 1 / 40), "dead": {"again": 1.0}})
    settings = Settings(proposals=4, sampling_c=2.0)
    result = tree(WordEngine(rules), policy, settings=settings).search()
    assert result.script.split() == ["by", "t39"]
    assert policy.asked.count("root") == 10


@pytest.mark.parametrize("alpha", [0.0, 0.5])
def test_sampling_stops_at_its_limit(alpha: float) -> None:
    """n(s) <= C N(s)^alpha: with alpha 0 a problem that is open elsewhere never gets more than C + proposals."""
    rules: Table = {
        "root": {f"t{i}": [f"g{i}"] for i in range(400)},
        **{f"g{i}": {"s": [f"g{i + 1000}"]} for i in range(100000)},
    }
    policy = ListPolicy({g: {t: 1 / len(r) for t in r} for g, r in rules.items()})
    made = tree(WordEngine(rules), policy, settings=Settings(proposals=4, sampling_c=6.0, sampling_alpha=alpha))
    for _ in range(100):
        made.simulate()
    assert made.root.sampled == 8 if alpha == 0.0 else 40 <= made.root.sampled <= 64


def test_tactics_with_the_same_result_are_one() -> None:
    rules: Table = {"root": {"x": ["a"], "y": ["a"], "fails": ["root"]}, "a": {"end": []}}
    made = tree(WordEngine(rules), ListPolicy({"root": {"x": 0.1, "y": 0.7, "fails": 0.1, "unknown": 0.1}}))
    made.simulate()
    assert [(edge.tactic, round(edge.prior, 6)) for edge in made.root.edges] == [("x", 0.7)]
