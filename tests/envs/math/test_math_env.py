"""`assay/Math-v0` through gymnasium: made by name, checked, vectorised, pickled, written down and read back."""

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import gymnasium
import pytest
from gymnasium.envs.registration import EnvSpec
from gymnasium.utils.env_checker import check_env

from assay.envs import env_class
from assay.envs.math import DATASETS, FAMILIES, MathEnv, ProceduralSource
from assay.envs.math.families import topics
from assay.verifiers.errors import AssayError, UnknownNameError


def make(**options: Any) -> MathEnv:
    return cast(MathEnv, gymnasium.make("assay/Math-v0", **options).unwrapped)


def test_the_default_is_arithmetic_with_an_instruction() -> None:
    env = make()
    prompt, info = env.reset(seed=1)
    assert env.source.name == "arithmetic"
    assert prompt.endswith(r"\boxed{}.")
    assert info["meta"]["topic"] == "arithmetic"
    assert "answer" not in json.dumps(info)


def test_a_right_and_a_wrong_answer() -> None:
    env = make(source="addition", difficulty=2, instruction="")
    prompt, info = env.reset(options={"task": "addition/test/d2/3"})
    assert info["task"] == "addition/test/d2/3"
    answer = sum(map(int, prompt.removesuffix("=?").split("+")))
    _, reward, terminated, _, info = env.step(rf"\boxed{{{answer}}}")
    assert (reward, terminated, info["verdict"].correct) == (1.0, True, True)
    env.reset(options={"task": "addition/test/d2/3"})
    _, reward, terminated, _, info = env.step(rf"\boxed{{{answer + 1}}}")
    assert (reward, terminated, info["verdict"].correct) == (0.0, True, False)


@pytest.mark.parametrize("name", [*FAMILIES, *topics(), "all"])
def test_every_source_is_offered_and_can_be_played(name: str) -> None:
    env = make(source=name, split="test")
    assert len(MathEnv.sources()[name]) < 200
    env.reset(seed=7)
    assert env.source.find(env.task.id) == env.task
    _, reward, *_ = env.step(env.source.gold(env.task))
    assert reward == 1.0


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_is_offered_and_can_be_played(name: str, data_dir: Path) -> None:
    env = make(source=name, split="test", data_dir=str(data_dir))
    assert name in MathEnv.sources()
    env.reset(seed=7)
    _, reward, *_ = env.step(env.source.gold(env.task))
    assert reward == 1.0


def test_check_env_has_nothing_to_say() -> None:
    check_env(gymnasium.make("assay/Math-v0", source="all").unwrapped)


def test_seed_decides_everything() -> None:
    first, second = make(source="all"), make(source="all")
    assert [first.reset(seed=s) for s in range(20)] == [second.reset(seed=s) for s in range(20)]
    assert [first.reset() for _ in range(20)] == [second.reset() for _ in range(20)]


@pytest.mark.parametrize("difficulty", [3, (2, 5), [2, 5]])
def test_spec_survives_json_and_pickle(difficulty: Any) -> None:
    env = gymnasium.make("assay/Math-v0", source="algebra", split="test", difficulty=difficulty, instruction="Box it.")
    assert env.spec is not None
    again = gymnasium.make(EnvSpec.from_json(env.spec.to_json()))
    pickled = pickle.loads(pickle.dumps(env))
    assert env.reset(seed=3) == again.reset(seed=3) == pickled.reset(seed=3)
    assert again.spec is not None
    assert json.loads(env.spec.to_json()) == json.loads(again.spec.to_json())


def test_vector_environments_sync() -> None:
    envs = gymnasium.make_vec("assay/Math-v0", 3, vectorization_mode="sync", source="addition", instruction="")
    assert_vector_works(envs)


def test_vector_environments_async() -> None:
    """Without shared memory, which would hold the texts to a fixed alphabet."""
    envs = gymnasium.make_vec(
        "assay/Math-v0",
        3,
        vectorization_mode="async",
        vector_kwargs={"shared_memory": False},
        source="addition",
        instruction="",
    )
    assert_vector_works(envs)


def assert_vector_works(envs: gymnasium.vector.VectorEnv[Any, Any, Any]) -> None:
    try:
        prompts, _ = envs.reset(seed=5)
        alone = [make(source="addition", instruction="").reset(seed=5 + place)[0] for place in range(3)]
        assert list(prompts) == alone
        sums = [sum(map(int, prompt.removesuffix("=?").split("+"))) for prompt in prompts]
        actions = tuple(rf"\boxed{{{total + (place == 1)}}}" for place, total in enumerate(sums))
        _, rewards, terminated, _, _ = envs.step(actions)
        assert rewards.tolist() == [1.0, 0.0, 1.0]
        assert terminated.all()
    finally:
        envs.close()


def test_a_source_made_elsewhere() -> None:
    env = MathEnv(ProceduralSource([FAMILIES["gcd_lcm"]], 2, ""), "test")
    assert env.reset(seed=0)[1]["task"].startswith("gcd_lcm/test/d2/")
    with pytest.raises(AssayError, match=r"^difficulty, instruction: settings of a named source"):
        MathEnv(env.source, difficulty=3, instruction="")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"source": "aritmetic"}, "unknown source 'aritmetic'; did you mean 'arithmetic'"),
        ({"source": ""}, "unknown source ''; valid:"),
        ({"split": "tets"}, "did you mean 'test'"),
        ({"difficulty": 11}, "difficulty must be an integer from 1 to 10"),
        ({"data_dir": "x"}, "unknown option of the source arithmetic 'data_dir'"),
        ({"reward": "loose"}, "unknown reward 'loose'"),
        ({"source": "math500", "difficulty": 2}, "unknown option of the source math500 'difficulty'"),
        ({"source": "math500", "split": "train"}, "unknown split of math500 'train'; valid: test"),
    ],
)
def test_bad_arguments(options: dict[str, Any], message: str) -> None:
    with pytest.raises(AssayError) as caught:
        MathEnv(**options)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_unknown_task() -> None:
    with pytest.raises(UnknownNameError, match="unknown task id 'addition/train/d3'; did you mean 'addition/train/d"):
        make(source="addition").reset(options={"task": "addition/train/d3"})


def test_extraction_is_passed_on() -> None:
    assert make().verifier_options == {"extraction": "strict"}
    assert make(extraction="lenient").verifier_options == {"extraction": "lenient"}
    assert make(verifier_options={"deadline_s": 2.0}).verifier_options == {"extraction": "strict", "deadline_s": 2.0}


def test_making_an_environment_loads_nothing_heavy() -> None:
    program = (
        "import sys, gymnasium, assay; env = gymnasium.make('assay/Math-v0', source='all'); env.reset(seed=1);"
        "print(sorted({'sympy', 'torch', 'datasets', 'transformers', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_catalog_names_it() -> None:
    assert env_class("assay/Math-v0") is MathEnv
