"""Data sets: golds cleaned faithfully, ids, what is left out, and honest errors for bad files and no files."""

import json
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assay.envs.math import DATASETS, DatasetSource, MathEnv
from assay.envs.math.dataset_rows import BadRowError, last_box, number_of, without_boxes
from assay.verifiers.errors import AssayError, UnknownNameError

KEPT = {
    ("gsm8k", "train"): (7473, {}),
    ("gsm8k", "test"): (1319, {}),
    ("math500", "test"): (500, {}),
    ("svamp", "test"): (1000, {}),
    ("asdiv", "test"): (2093, {"not a number": 61, "ratio or time": 61}),
    ("minerva", "test"): (272, {}),
    ("olympiadbench", "test"): (580, {"several answers": 94, "graded with a tolerance": 1}),
    ("aime24", "test"): (30, {}),
    ("amc23", "test"): (40, {}),
}


@pytest.mark.parametrize(("name", "split"), KEPT)
def test_rows_kept_and_left_out(name: str, split: str, data_dir: Path) -> None:
    source = DatasetSource(name, data_dir)
    assert (source.size(split), source.left_out(split)) == KEPT[name, split]


def test_every_split_is_listed() -> None:
    assert {(name, split) for name in DATASETS for split in DatasetSource(name).splits} == set(KEPT)


@pytest.mark.parametrize(
    ("task_id", "answer", "question"),
    [
        ("gsm8k/train/0", "72", "Natalia sold clips to 48"),
        ("gsm8k/test/2", "70000", "Josh decides"),
        ("math500/test/0", r"\left( 3, \frac{\pi}{2} \right)", "Convert the point"),
        ("svamp/test/0", "145", "93 groups. How big is each group of bananas?"),
        ("asdiv/test/0", "9", "in the basket. How many apples are in the basket?"),
        ("minerva/test/0", "1.6", "Magellan telescopes"),
        ("olympiadbench/test/0", "2", "Xenia and Sergey"),
        ("aime24/test/7", "25", ""),
        ("amc23/test/0", "27", "Cities $A$ and $B$"),
    ],
)
def test_golds_are_cleaned_faithfully(task_id: str, answer: str, question: str, data_dir: Path) -> None:
    source = DatasetSource(task_id.partition("/")[0], data_dir, instruction="")
    task = source.find(task_id)
    assert task.id == task_id
    assert task.spec == {"answer": answer, "form": "written_out"}
    assert question in task.prompt


@pytest.mark.parametrize("name", DATASETS)
def test_every_gold_against_a_second_reading_of_its_row(name: str, data_dir: Path) -> None:
    """Where the file states the answer as a number, ours is that number."""
    source = DatasetSource(name, data_dir)
    checked = 0
    for split in source.splits:
        path = data_dir / DATASETS[name].folder / f"{split}.jsonl"
        raws = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for index in range(source.size(split)):
            task = source.task(split, index)
            raw = raws[int(task.id.rpartition("/")[2])]
            stated = raw.get("answer", raw.get("Answer", raw.get("final_answer")))
            text = str(stated[0] if isinstance(stated, list) else stated)
            numbers = re.findall(r"-?[\d,]*\.?\d+", text.rpartition("####")[2])
            if len(numbers) == 1 and re.fullmatch(r"[\d.]+", task.spec["answer"]):
                assert float(numbers[0].replace(",", "")) == float(task.spec["answer"])
                checked += 1
    assert checked > 20 or name == "minerva"


@pytest.mark.parametrize("name", DATASETS)
def test_ids_lead_back_and_demonstrations_end_in_the_one_box(name: str, data_dir: Path) -> None:
    source = DatasetSource(name, data_dir)
    for split in source.splits:
        size = source.size(split)
        for index in range(0, size, max(1, size // 100)):
            task = source.task(split, index)
            assert source.find(task.id) == task
            assert task.prompt.endswith("\\boxed{}.")
            gold = source.gold(task)
            assert gold.count("\\boxed") == 1
            assert "<<" not in gold or name != "gsm8k"
            assert gold.endswith(f"\\boxed{{{task.spec['answer']}}}")
        with pytest.raises(AssayError, match=f"below {size}"):
            source.task(split, size)
    assert source.content_hash() == DatasetSource(name, str(data_dir)).content_hash()


def test_left_out_rows_have_no_id(data_dir: Path) -> None:
    source = DatasetSource("asdiv", data_dir)
    rows = {int(source.task("test", index).id.rpartition("/")[2]) for index in range(source.size("test"))}
    missing = next(row for row in range(2215) if row not in rows)
    for bad in (f"asdiv/test/{missing}", "asdiv/test/2215", "asdiv/train/0", "svamp/test/0", "asdiv/test/00", ""):
        with pytest.raises(UnknownNameError, match="task id"):
            source.find(bad)


def test_unknown_names(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'gsm8k'"):
        DatasetSource("gsm8")
    with pytest.raises(UnknownNameError, match=r"split of math500 'train'"):
        DatasetSource("math500", tmp_path).task("train", 0)
    with pytest.raises(UnknownNameError, match="option of the source gsm8k 'difficulty'"):
        MathEnv.make_source("gsm8k", difficulty=3)
    with pytest.raises(UnknownNameError, match="option of the source addition 'data_dir'"):
        MathEnv.make_source("addition", data_dir="x")


def test_a_missing_file_says_which_and_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(AssayError) as caught:
        DatasetSource("minerva", tmp_path).task("test", 0)
    message = str(caught.value)
    assert "\n" not in message
    for part in (str(tmp_path / "minerva_math" / "test.jsonl"), "ASSAY_DATA", "data_dir", "knoveleng/Minerva-Math"):
        assert part in message


def test_the_folder_may_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "gsm8k", "test", ['{"question": "2+2?", "answer": "so\\n#### 4"}'])
    monkeypatch.setenv("ASSAY_DATA", str(tmp_path))
    assert DatasetSource("gsm8k").task("test", 0).spec["answer"] == "4"
    monkeypatch.delenv("ASSAY_DATA")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gsm8k").rename(tmp_path / "moved")
    (tmp_path / "data").mkdir()
    (tmp_path / "moved").rename(tmp_path / "data" / "gsm8k")
    assert DatasetSource("gsm8k").size("test") == 1


GOOD_ROW = '{"question": "q", "answer": "#### 4"}'


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ([GOOD_ROW, "{"], ":2 is not a JSON line"),
        ([GOOD_ROW, GOOD_ROW, "[1]"], ":3 is not a row of gsm8k"),
        (["7"], ":1 is not a row of gsm8k"),
        (['{"question": "q"}'], ":1 is not a row of gsm8k: its field 'answer' is missing"),
        (['{"question": 3, "answer": "#### 4"}'], "'question' is not text"),
        (['{"question": "q", "answer": "4"}'], "no '####'"),
        (['{"question": "q", "answer": "#### four"}'], "'four' is not a number"),
        ([""], ":1 is not a JSON line"),
        (["[" * 100_000], ":1 is not"),
    ],
)
def test_malformed_rows_name_file_and_line(lines: list[str], where: str, tmp_path: Path) -> None:
    write(tmp_path, "gsm8k", "test", lines)
    with pytest.raises(AssayError) as caught:
        DatasetSource("gsm8k", tmp_path).task("test", 0)
    assert where in str(caught.value)
    assert "test.jsonl" in str(caught.value)


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    write(tmp_path, "gsm8k", "test", [GOOD_ROW])
    (tmp_path / "gsm8k" / "test.jsonl").write_bytes(GOOD_ROW.encode() + b"\n\xff\xfe\n")
    with pytest.raises(AssayError, match=r"test\.jsonl:\d is not a JSON line"):
        DatasetSource("gsm8k", tmp_path).size("test")


def test_olympiadbench_keeps_text_only_rows_with_one_answer(tmp_path: Path) -> None:
    row: dict[str, Any] = {
        "question": "How far?",
        "solution": [r"It is $\boxed{12}$ km."],
        "final_answer": ["$12$"],
        "is_multiple_answer": False,
        "unit": "km",
        "error": None,
        "answer_type": "Numerical",
        "subfield": "Geometry",
        "context": "A road.",
    }
    changes: list[dict[str, Any]] = [{}, {"is_multiple_answer": True}, {"error": "1e-1"}, {"modality": "Multimodal"}]
    write(tmp_path, "olympiadbench", "test", [json.dumps(row | change) for change in changes])
    source = DatasetSource("olympiadbench", tmp_path, instruction="")
    assert source.left_out("test") == {"several answers": 1, "graded with a tolerance": 1, "needs an image": 1}
    task = source.task("test", 0)
    assert task.prompt == "A road.\nHow far?\nGive the answer in the unit km, without writing the unit."
    assert source.gold(task) == "It is $12$ km.\n\\boxed{12}"


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    write(tmp_path, "gsm8k", "test", [GOOD_ROW])
    source = DatasetSource("gsm8k", tmp_path)
    assert source.size("test") == 1
    write(tmp_path, "gsm8k", "test", [GOOD_ROW] * 3)
    assert source.size("test") == 3


def test_sources_pickle_without_their_rows(tmp_path: Path) -> None:
    write(tmp_path, "gsm8k", "test", [GOOD_ROW] * 3)
    source = DatasetSource("gsm8k", tmp_path)
    source.task("test", 0)
    pickled = pickle.dumps(source)
    assert len(pickled) < 1000
    assert pickle.loads(pickled).task("test", 2) == source.task("test", 2)


HUB_PROGRAM = """
import json, sys
from assay.envs.math import DatasetSource
from assay.verifiers.errors import AssayError
name, data_dir, download = json.loads(sys.argv[1])
try:
    source = DatasetSource(name, data_dir, download=download)
    tasks = [source.task(split, i).to_dict() for split in source.splits for i in range(source.size(split))]
    print(json.dumps(tasks))
except AssayError as error:
    print(json.dumps(str(error)))
"""

FAKE_LIBRARY = """
ROWS = {
    ("openai/gsm8k", "main", "train"): [{"question": "a", "answer": "x #### 1,000"}],
    ("openai/gsm8k", "main", "test"): [{"question": "b", "answer": "#### 2"}],
    ("math-ai/amc23", None, "test"): [{"question": "c", "answer": 27.0}],
    ("ChilleD/SVAMP", None, "train+test"): [
        {"Body": "B", "Question": "Q?", "Answer": "3.0", "Equation": "( 1.0 + 2.0 )", "Type": "T"}
    ],
    ("EleutherAI/asdiv", None, "validation"): [
        {"body": "B", "question": "Q?", "answer": "1; 2", "formula": "", "solution_type": "T"}
    ],
}

def load_dataset(path, name=None, split=None):
    if (path, name, split) not in ROWS:
        raise ConnectionError("no route to host\\nand a long story")
    return iter(ROWS[path, name, split])
"""


def read_hub(tmp_path: Path, name: str, data_dir: str, download: bool, library: str | None) -> Any:
    """What a process sees that has this library under the name `datasets`; None makes it fail to import."""
    package = tmp_path / "fake" / "datasets"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('not installed')" if library is None else library)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "fake")}
    command = [sys.executable, "-P", "-c", HUB_PROGRAM, json.dumps([name, data_dir, download])]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=tmp_path)
    return json.loads(done.stdout)


def test_reading_from_the_hub(tmp_path: Path) -> None:
    tasks = read_hub(tmp_path, "gsm8k", "hub", False, FAKE_LIBRARY)
    assert [(task["id"], task["spec"]["answer"]) for task in tasks] == [
        ("gsm8k/train/0", "1000"),
        ("gsm8k/test/0", "2"),
    ]


@pytest.mark.parametrize(("name", "golds"), [("amc23", ["27"]), ("svamp", ["3"]), ("asdiv", [])])
def test_download_where_the_file_is_missing(name: str, golds: list[str], tmp_path: Path) -> None:
    tasks = read_hub(tmp_path, name, str(tmp_path), True, FAKE_LIBRARY)
    assert [task["spec"]["answer"] for task in tasks] == golds


def test_no_download_unless_asked(tmp_path: Path) -> None:
    assert "has no file" in read_hub(tmp_path, "amc23", str(tmp_path), False, FAKE_LIBRARY)


def test_a_file_comes_before_the_hub(tmp_path: Path) -> None:
    write(tmp_path, "amc23", "test", ['{"question": "local", "answer": 5.0}'])
    (task,) = read_hub(tmp_path, "amc23", str(tmp_path), True, FAKE_LIBRARY)
    assert task["spec"]["answer"] == "5"


def test_the_hub_out_of_reach(tmp_path: Path) -> None:
    message = read_hub(tmp_path, "math500", "hub", False, FAKE_LIBRARY)
    assert message == "cannot load HuggingFaceH4/MATH-500 from the hub: ConnectionError: no route to host"


def test_the_library_missing(tmp_path: Path) -> None:
    assert "pip install 'assay[data]'" in read_hub(tmp_path, "math500", "hub", False, None)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"so $\boxed{\frac{1}{2}}$.", r"so $\frac{1}{2}$."),
        (r"\boxed{1} and \fbox{2} and \framebox{3}", "1 and 2 and 3"),
        (r"\boxed{\boxed{7}}", "7"),
        (r"\boxed 5", "5"),
        (r"\boxed{\{1, 2\}}", r"\{1, 2\}"),
        (r"\boxed{open", "open"),
        (r"\boxedfoo{1}", r"\boxedfoo{1}"),
    ],
)
def test_boxes_are_taken_off(text: str, plain: str) -> None:
    assert without_boxes(text) == plain


def test_the_last_box_is_the_answer() -> None:
    assert last_box(r"\boxed{1} then \boxed{\frac{2}{3}} end") == r"\frac{2}{3}"
    assert last_box("none") is None
    assert last_box(r"\boxed{open") is None


@pytest.mark.parametrize(
    ("written", "number"), [("1,080", "1080"), ("27.0", "27"), (2.5, "2.5"), ("-3", "-3"), (7, "7")]
)
def test_numbers(written: object, number: str) -> None:
    assert number_of(written) == number


@pytest.mark.parametrize("written", ["", "four", "1/2", "1e5", "nan", "inf", "٣", "1.2.3", None])
def test_what_is_no_number(written: object) -> None:
    with pytest.raises(BadRowError):
        number_of(written)


def write(folder: Path, name: str, split: str, lines: list[str]) -> None:
    path = folder / name / f"{split}.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
