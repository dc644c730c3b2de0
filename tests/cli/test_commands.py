"""The command line as a user meets it: what it prints, and with which exit code it ends."""

import io
import json
import sys
from pathlib import Path

import pytest

from assay.cli import main


class Assay:
    """Runs the command line in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *words: str, typed: str = "") -> tuple[int, str, str]:
        self.monkeypatch.setattr(sys, "argv", ["assay", *words])
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        self.monkeypatch.setenv("COLUMNS", "200")
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = self.capsys.readouterr()
        return code, out, err


@pytest.fixture
def assay(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Assay:
    return Assay(monkeypatch, capsys)


@pytest.mark.parametrize(
    "command", ["", "envs", "show", "play", "verify", "audit", "eval", "train", "bench", "bench run"]
)
def test_help_reads_well(assay: Assay, command: str) -> None:
    code, out, _ = assay(*command.split(), "--help")
    assert code == 0
    assert "Usage: assay" in out


BAD_INPUT = {
    "show assay/Meth-v0": "unknown environment 'assay/Meth-v0'; did you mean 'assay/Math-v0'",
    "show assay/Math-v0 --source aditon": "unknown source 'aditon'; did you mean 'addition'",
    "show assay/Math-v0 --split tset": "unknown split of arithmetic 'tset'; did you mean 'test'?",
    "show assay/Math-v0 --difficulty hard": "--difficulty takes a number or a range such as 1-3, got 'hard'",
    "show assay/Math-v0 --difficulty 11": "difficulty must be an integer from 1 to 10",
    "show assay/Math-v0 --arg nonsense": "--arg takes NAME=VALUE, got 'nonsense'",
    "show assay/Math-v0 --arg max_turn=3": "unknown environment argument 'max_turn'; did you mean 'max_turns'",
    "show assay/Math-v0 --source gsm8k --split test --data /no/such": "/no/such",
    "eval assay/Math-v0 --agent golden": "unknown agent 'golden'; did you mean 'gold'",
    "eval assay/Math-v0 --agent openai:http://127.0.0.1:9": "--model",
    "eval assay/Math-v0 --agent hf:/no/such": "/no/such",
    "eval assay/Math-v0 --agent py:no_such_module:f": "no_such_module",
    "train gpro --out x": "unknown algorithm 'gpro'; did you mean 'grpo'?",
    "train grpo --out x --set lerning_rate=1": "did you mean 'learning_rate'",
    "train grpo --out x --env assay/Meth-v0": "unknown environment",
    "train ei --out x --model /no/such": "/no/such",
    "bench run smok --agent null --out x": "unknown suite 'smok'; did you mean 'smoke'?",
    "bench board /no/such --out x": "/no/such",
    "verify hello": "give either --answer or --spec",
    "verify": "nothing to grade",
    "verify hello --spec {": "--spec is not JSON",
    "verify hello --answer 3 --kind maths": "unknown verifier kind 'maths'; did you mean 'math'?",
    "verify --file /no/such": "cannot read /no/such",
    "audit assay/Math-v0 --source al": "did you mean 'all'",
}


@pytest.mark.parametrize("command", BAD_INPUT)
def test_a_mistake_is_one_line_and_exit_code_2(
    assay: Assay, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = assay(*command.split())
    assert code == 2
    (line,) = [line for line in err.splitlines() if line.startswith("error: ")]
    assert BAD_INPUT[command] in line
    assert "Traceback" not in err


def test_envs_lists_sources(assay: Assay) -> None:
    code, out, _ = assay("envs")
    assert code == 0
    for name in ("assay/Math-v0", "addition", "arithmetic", "gsm8k"):
        assert name in out


def test_show_prints_tasks_and_hides_gold_unless_asked(assay: Assay) -> None:
    words = ("show", "assay/Math-v0", "--source", "addition", "--difficulty", "2", "-n", "2")
    _, plain, _ = assay(*words)
    _, gold, _ = assay(*words, "--gold")
    assert "addition/train/d2/0" in plain
    assert "a correct response" not in plain
    assert gold.count("a correct response") == 2


def test_a_person_can_play(assay: Assay) -> None:
    code, out, _ = assay("play", "assay/Math-v0", "--source", "addition", "--difficulty", "1", typed="-1\n-2\n")
    assert code == 0
    assert "1 answer is left" in out
    assert "0 of 1 right" in out


@pytest.mark.parametrize(("response", "code"), [(r"\boxed{0.5}", 0), (r"\boxed{0.4}", 1), ("", 1)])
def test_verify_one_answer(assay: Assay, response: str, code: int) -> None:
    ended, out, _ = assay("verify", response, "--answer", r"\frac12")
    assert ended == code
    assert (json.loads(out)["score"] == 1.0) == (code == 0)


def test_verify_reads_standard_input(assay: Assay) -> None:
    assert assay("verify", "-", "--spec", '{"answer": "7"}', typed=r"\boxed{7}")[0] == 0


def test_verify_a_file(assay: Assay, tmp_path: Path) -> None:
    rows = [{"answer": str(i), "response": rf"\boxed{{{i % 3}}}", "expected": i < 4} for i in range(6)]
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    out_file = tmp_path / "verdicts.jsonl"
    code, out, _ = assay("verify", "--file", str(tmp_path / "rows.jsonl"), "--out", str(out_file))
    assert code == 0
    assert "5 of 6 verdicts agree" in out
    assert "0 accepted against the label, 1 refused against it" in out
    assert [json.loads(line)["score"] for line in out_file.read_text().splitlines()] == [1, 1, 1, 0, 0, 0]


@pytest.mark.parametrize("row", ["[]", "{", '{"response": "x"}', '{"answer": "1"}', '{"answer":"1","response":2}'])
def test_a_bad_row_is_named(assay: Assay, tmp_path: Path, row: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"answer": "1", "response": "1"}\n' + row + "\n")
    code, _, err = assay("verify", "--file", str(file))
    assert code == 2
    assert "rows.jsonl:2" in err


def test_audit_of_a_clean_source(assay: Assay, tmp_path: Path) -> None:
    report = tmp_path / "audit.json"
    code, _, _ = assay("audit", "assay/Math-v0", "-n", "20", "--source", "addition", "--out", str(report))
    assert code == 0
    assert json.loads(report.read_text())["tasks"] == 20


def test_eval_then_board(assay: Assay, tmp_path: Path) -> None:
    for agent in ("gold", "null"):
        words = ("eval", "assay/Math-v0", "--agent", agent, "-n", "5", "--samples", "2", "--out", str(tmp_path / agent))
        code, out, _ = assay(*words)
        assert code == 0
        assert "pass@2" in out
    code, out, _ = assay("bench", "board", str(tmp_path), "--out", str(tmp_path / "board"))
    assert code == 0
    assert out.index("gold") < out.index("null")
    assert (tmp_path / "board" / "board.html").exists()


def test_suites_are_listed(assay: Assay) -> None:
    assert "smoke" in assay("bench", "suites")[1]


def test_ctrl_c_stops_without_a_traceback(assay: Assay, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assay.benchmarks.runner.evaluate", interrupted)
    code, _, err = assay("eval", "assay/Math-v0", "--agent", "null")
    assert code == 130
    assert "Traceback" not in err
