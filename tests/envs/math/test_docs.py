"""`docs/math_env.md` names everything there is, its examples are real, and its own family works."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assay.benchmarks.speed import generators
from assay.envs.audit import audit
from assay.envs.math import DATASETS, FAMILIES, ProceduralSource
from assay.envs.math.families import topics

PAGE = (Path(__file__).parents[3] / "docs" / "math_env.md").read_text("utf-8")


@pytest.mark.parametrize("name", FAMILIES)
def test_examples_of_the_table_are_real(name: str) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
    topic, example = row.split(" | ")[1:3]
    statement, answer = example.removesuffix("`").split(" → `")
    source = ProceduralSource([FAMILIES[name]], 3, "")
    problems = [source.problem(f"{name}/train/d3/{index}") for index in range(12)]
    assert (statement, answer) in [(problem.statement, problem.answer) for problem in problems]
    assert topic == FAMILIES[name].topic


def test_every_topic_and_data_set_is_named() -> None:
    for name in (*topics(), *DATASETS):
        assert f"`{name}`" in PAGE
    for dataset in DATASETS.values():
        assert dataset.hub.partition(":")[0] in PAGE
        assert f"`{dataset.folder}/test.jsonl`" in PAGE


def test_the_family_of_the_page_works() -> None:
    blocks: list[str] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (program,) = [block for block in blocks if "class Squares" in block]
    names: dict[str, Any] = {"__name__": "page"}
    exec(program, names)
    source = ProceduralSource([names["Squares"]()])
    for index in range(50):
        task = source.task("test", index)
        number = int(task.prompt.removeprefix("Compute $").partition("^")[0])
        assert int(task.spec["answer"]) == sum(range(1, 2 * number, 2)) if number < 10**5 else True
    assert audit(source, "test", 5).gold_accepted == 5


def test_the_speed_table_lists_every_family(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generators.main(["--tasks", "2", "--repeats", "1", "--json", str(tmp_path / "rows.json")])
    rows = json.loads((tmp_path / "rows.json").read_text())
    assert [row["family"] for row in rows] == list(FAMILIES)
    assert all(row["train"] > 0 and row["test"] > 0 for row in rows)
    table = capsys.readouterr().out
    assert all(name in table for name in FAMILIES)
