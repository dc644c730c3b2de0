"""Endless sources: pure functions of their words, disjoint splits, ids that lead back, honest errors."""

import functools
import hashlib
import os
import pickle
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from assay.envs.math import FAMILIES, MathEnv, ProceduralSource
from assay.envs.math.families import topics
from assay.envs.procedural import split_of
from assay.envs.source import TaskSource
from assay.verifiers.errors import AssayError, UnknownNameError

ALL = list(FAMILIES.values())

FINGERPRINTS: dict[str, str] = {
    "addition": "1 ace47f54f006",
    "int_chain": "1 d59b6c0dfc3c",
    "long_division": "1 f136fb769acd",
    "fractions": "1 374e680bfb9d",
    "decimals": "1 83f78c5571dc",
    "percentages": "1 3d91eb940cf4",
    "linear_equation": "1 10509c74419e",
    "linear_system": "1 d21eb1293050",
    "quadratic": "1 bd9c7d3782f0",
    "polynomial_expansion": "1 820d73d9ee55",
    "factoring": "1 5bf7fcb626d9",
    "gcd_lcm": "1 beb8c59c8e1a",
    "divisors": "1 61ecb49b9285",
    "base_conversion": "1 2e1916497d1e",
    "modular_power": "1 a80152468577",
    "linear_congruence": "1 0c5fdfe7c93f",
    "chinese_remainder": "1 e7eb02afbd78",
    "derivative": "1 758816a3d02b",
    "definite_integral": "1 ece1f836aa80",
    "set_operations": "1 4c4eb49877e2",
    "intervals": "1 b6e68aca6404",
    "multiples": "1 2511d6c13fe7",
    "lattice_paths": "1 698db4f40777",
    "committees": "1 f67066aa3a49",
    "urn_draws": "1 d21a55696eef",
    "sequence_terms": "1 50cf87b2feb5",
    "story_counts": "1 5ba810e45f15",
    "shopping": "1 0b3b51519e16",
}

FINGERPRINT_PROGRAM = """
from assay.envs.math import MathEnv
print(MathEnv.make_source("all").content_hash())
"""


def test_same_content_whatever_the_hash_seed_and_process() -> None:
    here = MathEnv.make_source("all").content_hash()
    for hash_seed in ("0", "4321"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        command = [sys.executable, "-c", FINGERPRINT_PROGRAM]
        there = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert there.stdout.strip() == here


def test_same_content_whatever_the_thread_and_order() -> None:
    source = MathEnv.make_source("all")
    indices = list(range(400))
    in_order = [source.task("test", index) for index in indices]
    random.seed(5)
    shuffled = random.Random(1).sample(indices, len(indices))
    with ThreadPoolExecutor(4) as pool:
        elsewhere = dict(zip(shuffled, pool.map(functools.partial(source.task, "test"), shuffled), strict=True))
    assert in_order == [elsewhere[index] for index in indices]


def test_global_random_state_is_left_alone() -> None:
    random.seed(5)
    before = random.getstate()
    task = MathEnv.make_source("all").task("train", 17)
    assert random.getstate() == before
    random.seed(6)
    assert MathEnv.make_source("all").task("train", 17) == task


@pytest.mark.parametrize("name", FAMILIES)
def test_content_belongs_to_its_version(name: str) -> None:
    """Problems, once published under a version, stay: whoever changes a family raises its `version` and this pin."""
    source = ProceduralSource([FAMILIES[name]])
    texts = [source.problem(source.task(split, index).id) for split in source.splits for index in range(40)]
    digest = hashlib.sha256(repr(texts).encode()).hexdigest()[:12]
    assert f"{source.version} {digest}" == FINGERPRINTS[name]


@pytest.mark.parametrize("name", FAMILIES)
def test_no_test_problem_is_a_training_problem(name: str) -> None:
    """At the lowest difficulty, where there are fewest, and higher up."""
    family = FAMILIES[name]
    for difficulty in (1, 2, 6):
        source = ProceduralSource([family], difficulty)
        seen = {}
        for split in source.splits:
            problems = [source.problem(source.task(split, index).id) for index in range(120)]
            assert {split_of(family, problem.key) for problem in problems} == {split}
            seen[split] = {problem.key for problem in problems}, {problem.statement for problem in problems}
        assert not seen["train"][0] & seen["test"][0]
        assert not seen["train"][1] & seen["test"][1]
        assert len(seen["test"][0]) >= 10


@pytest.mark.parametrize("name", FAMILIES)
def test_one_key_one_question(name: str) -> None:
    """The same question never has two keys, so the border between the splits cannot be crossed by a twin."""
    family = FAMILIES[name]
    rng = random.Random(3)
    key_of: dict[str, str] = {}
    for difficulty in (1, 1, 1, 2, 4, 7, 10):
        for _ in range(100):
            problem = family.generate(rng, difficulty)
            assert key_of.setdefault(problem.statement, problem.key) == problem.key


def test_a_quarter_of_the_problems_is_for_tests() -> None:
    rng = random.Random(0)
    family = FAMILIES["addition"]
    splits = [split_of(family, family.key(family.draw(rng, 6))) for _ in range(4000)]
    assert 0.22 < splits.count("test") / len(splits) < 0.28


@pytest.mark.parametrize("name", FAMILIES)
def test_over_a_million_distinct_problems(name: str) -> None:
    """Birthdays: of n draws from N equally likely problems about n^2 / 2N pairs agree; from N uneven ones more."""
    family = FAMILIES[name]
    rng = random.Random(11)
    draws = 10_000
    keys = {family.key(family.draw(rng, 10)) for _ in range(draws)}
    assert draws**2 / (2 * max(1, draws - len(keys))) > 1e6


def test_commuted_sums_and_renamed_stories_are_one_problem() -> None:
    addition, story = FAMILIES["addition"], FAMILIES["story_counts"]
    assert addition.key((3, 58)) == addition.key((58, 3))
    drawn: Any = story.draw(random.Random(2), 6)
    retold = drawn._replace(wording=drawn.wording + 1, distractors=(7,))
    assert story.statement(retold) != story.statement(drawn)
    assert story.key(retold) == story.key(drawn)


def test_mixture_deals_families_and_difficulties_in_turn() -> None:
    families = [FAMILIES[name] for name in ("addition", "fractions", "gcd_lcm")]
    source = ProceduralSource(families, (2, 4))
    dealt = [source.task("train", index).id for index in range(18)]
    assert dealt[:4] == ["addition/train/d2/0", "fractions/train/d2/0", "gcd_lcm/train/d2/0", "addition/train/d3/0"]
    assert dealt[9] == "addition/train/d2/1"
    assert len(set(dealt)) == 18


@pytest.mark.parametrize("source_name", ["arithmetic", "all", "quadratic"])
def test_ids_lead_back(source_name: str) -> None:
    source = MathEnv.make_source(source_name, difficulty=(3, 5))
    for split in source.splits:
        for index in (0, 1, 99, 2**40 - 1):
            task = source.task(split, index)
            assert source.find(task.id) == task
            assert MathEnv.make_source("all").find(task.id) == task
            assert set(task.meta) == {"source", "family", "topic", "split", "difficulty", "index", "version"}
            assert task.meta["difficulty"] in (3, 4, 5)
    family = source.task("test", 0).meta["family"]
    assert source.find(f"{family}/train/d9/0").meta["difficulty"] == 9


@pytest.mark.parametrize(
    "task_id",
    [
        "",
        "addition",
        "addition/train/d3",
        "addition/train/d0/1",
        "addition/train/d11/1",
        "addition/train/d03/1",
        "addition/train/d3/01",
        "addition/train/d3/-1",
        "addition/train/d3/1\n",
        "addition/train/d3/٣",
        "addition/dev/d3/1",
        "quadratic/train/d3/1",
        "addition/train/d3/" + "9" * 5000,
        "\ud800",
    ],
)
def test_unknown_ids(task_id: str) -> None:
    with pytest.raises(UnknownNameError, match=r"^unknown task id .*addition/t") as caught:
        MathEnv.make_source("addition").find(task_id)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("difficulty", [0, 11, -1, (0, 3), (3, 11), (5, 4), (1, 2, 3), [], "3", 2.5, True, (1, 2.0)])
def test_bad_difficulties(difficulty: Any) -> None:
    with pytest.raises(AssayError, match="difficulty must be an integer from 1 to 10"):
        MathEnv.make_source("addition", difficulty=difficulty)


def test_bad_splits_and_indices() -> None:
    source = MathEnv.make_source("arithmetic")
    with pytest.raises(UnknownNameError, match="'trian'; did you mean 'train'"):
        source.task("trian", 0)
    with pytest.raises(AssayError, match="index -1"):
        source.task("train", -1)
    with pytest.raises(AssayError, match="at least one family"):
        ProceduralSource([])
    assert source.size("train") is None


def test_settings_are_part_of_the_content() -> None:
    def fingerprint(**options: Any) -> str:
        return MathEnv.make_source("algebra", **options).content_hash()

    hashes = [fingerprint(), fingerprint(difficulty=2), fingerprint(instruction=""), fingerprint(difficulty=(1, 3))]
    assert len(set(hashes)) == 4
    assert fingerprint(difficulty=[1, 3]) == hashes[3]


def test_every_family_fits_in_the_house() -> None:
    names = [*FAMILIES, *topics(), "all"]
    assert len(set(names)) == len(names), "a family and a topic share a name"
    assert len(FAMILIES) >= 16
    for name, family in FAMILIES.items():
        assert family.name == name
        assert 10 < len(family.summary) < 90
        assert "Distinct problems" in (type(family).__doc__ or "")
        problem = family.generate(random.Random(0), 5)
        assert problem.steps
        assert len(problem.statement) < 1500


def test_difficulty_makes_problems_longer_or_larger() -> None:
    for family in ALL:
        sizes = []
        for difficulty in (1, 10):
            source = ProceduralSource([family], difficulty, "")
            golds = [source.gold(source.task("train", index)) for index in range(60)]
            sizes.append(sum(map(len, golds)))
        assert sizes[1] > 1.2 * sizes[0], family.name


def test_sources_pickle() -> None:
    source: TaskSource = MathEnv.make_source("all", difficulty=3)
    assert pickle.loads(pickle.dumps(source)).task("test", 5) == source.task("test", 5)
