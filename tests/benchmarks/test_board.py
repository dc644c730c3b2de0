"""The board: who is ranked, what is shown, and that nothing hostile gets through."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assay.agents.agent import AgentError, Usage
from assay.agents.baselines import GoldAgent
from assay.benchmarks.board import build_board, find_runs
from assay.benchmarks.folder import file_claim
from assay.benchmarks.runner import run_suite
from assay.benchmarks.suite import Suite, SuiteEntry, draw
from assay.verifiers.errors import AssayError

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} | [x](javascript:y) \x00\ud800\u202e `code` <img src=x onerror=y>"


class Sometimes:
    """Right on the items whose number is below `right`."""

    def __init__(self, suite: Suite, name: str, right: int, wrong: str = "no", stop: bool = False) -> None:
        self.name, self.right, self.wrong, self.stop = name, right, wrong, stop
        drawn = draw(suite)
        self.gold = GoldAgent(drawn.answers())
        self.number = {item.task.prompt: item.number for item in drawn.items}
        self.usage: list[Usage | None] = []

    def act(self, observations: list[str]) -> list[str]:
        if self.stop and self.usage:
            raise AgentError("gone")
        self.usage = [Usage(5, 2)] * len(observations)
        return [
            self.gold.act([o])[0] if self.number[o] < self.right else self.wrong + str(self.number[o])
            for o in observations
        ]


@pytest.fixture
def forty() -> Suite:
    entries = tuple(SuiteEntry(s, "test/Sums-v0", {"source": s}, "test", 20, 0, 2) for s in ("sums", "products"))
    return Suite("forty", "1.2.0", entries, "Forty tasks")


class Page(HTMLParser):
    """Tags, and text outside of tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_agents_are_ranked_with_what_the_data_leave_open(forty: Suite, tmp_path: Path) -> None:
    for name, right in (("strong", 20), ("near", 19), ("weak", 4)):
        run_suite(forty, Sometimes(forty, name, right), tmp_path / name)
    run_suite(forty, "null", tmp_path / "null")
    board = build_board([tmp_path], tmp_path / "board")
    (table,) = board.tables
    assert [(row.summary.agent, row.rank, row.baseline) for row in table.rows] == [
        ("strong", (1, 2), False),
        ("near", (1, 2), False),
        ("weak", (3, 3), False),
        ("null", (4, 4), True),
    ]
    assert table.families == ["products", "sums"]
    assert table.ks == [2]
    text = board.markdown.read_text()
    assert "## forty 1.2.0" in text
    assert re.search(r"^\| 1–2 \| near \| 95\.0 \| [\d.]+–[\d.]+ \| 95\.0 \| 2 \| \d\.\d{3} \| 1 \|$", text, re.M)
    assert "| agent | products | sums |" in text
    html = board.html.read_text()
    for shown in ("strong", "near", "weak", "Holm", table.content_hash):
        assert shown in html


def test_the_page_is_whole_and_loads_nothing(suite: Suite, tmp_path: Path) -> None:
    run_suite(suite, "gold", tmp_path / "gold")
    page = build_board([tmp_path / "gold"], tmp_path).html.read_text()
    assert not re.search(r"https?:|fetch\(|import\(|url\(|@import|//[a-z]", page)
    tags = Page(page).tags
    assert not {"script", "link", "img", "iframe", "object", "base", "form"} & {tag for tag, _ in tags}
    assert not [attrs for _, attrs in tags if any(name.startswith("on") or name in ("src", "href") for name in attrs)]
    policy = next(a for tag, a in tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_hostile_text_is_shown_as_text(forty: Suite, tmp_path: Path) -> None:
    run_suite(forty, Sometimes(forty, HOSTILE, 3, wrong=HOSTILE), tmp_path / "run")
    board = build_board([tmp_path / "run"], tmp_path, title="<b>title</b>")
    page = board.html.read_text(encoding="utf-8")
    parsed = Page(page)
    assert not {"script", "img", "b>title"} & {tag for tag, _ in parsed.tags}
    assert any("<script>alert(1)</script> {{ 7*7 }}" in text for text in parsed.texts)
    assert not re.search("[\x00\ud800\u202e]", page)
    text = board.markdown.read_text(encoding="utf-8")
    assert "<script>" not in text
    assert "<img" not in text
    assert r"\[x\](javascript:y)" in text
    row = next(line for line in text.splitlines() if line.startswith("| 1 |"))
    assert len(re.findall(r"(?<!\\)\|", row)) == 9


def test_long_answers_are_cut_and_say_so(forty: Suite, tmp_path: Path) -> None:
    run_suite(forty, Sometimes(forty, "wordy", 0, wrong="x" * 100_000), tmp_path / "run")
    page = build_board([tmp_path / "run"], tmp_path).html
    assert page.stat().st_size < 150_000
    assert "characters left out" in page.read_text()


def test_runs_of_an_agent_are_pooled_and_copies_are_not(suite: Suite, tmp_path: Path) -> None:
    for seed in (0, 1):
        run_suite(suite, "random", tmp_path / f"run{seed}", seed=seed)
    copy = tmp_path / "run2"
    copy.mkdir()
    for path in (tmp_path / "run0").iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    (table,) = build_board([tmp_path], tmp_path / "board").tables
    (row,) = table.rows
    assert len(row.runs) == 2
    assert row.summary.done == 46
    assert table.ks == [2]  # not the 4 and 6 that only pooled samples would give


def test_the_same_folder_twice_is_one_run(suite: Suite, tmp_path: Path) -> None:
    run_suite(suite, "gold", tmp_path / "run")
    assert find_runs([tmp_path / "run", tmp_path, tmp_path / "run" / ".." / "run"]) == [tmp_path / "run"]


def test_other_tasks_never_share_a_table(suite: Suite, forty: Suite, tmp_path: Path) -> None:
    same_name = Suite(suite.name, suite.version, suite.entries[:1])
    for number, each in enumerate((suite, forty, same_name)):
        run_suite(each, "gold", tmp_path / str(number))
    tables = build_board([tmp_path], tmp_path / "board").tables
    found = sorted((table.name, table.items, len(table.rows)) for table in tables)
    assert found == [("forty 1.2.0", 40, 1), ("pair 1", 5, 1), ("pair 1", 9, 1)]


def test_incomplete_and_refused_runs_are_listed_not_ranked(forty: Suite, tmp_path: Path) -> None:
    with pytest.raises(AgentError):
        run_suite(forty, Sometimes(forty, "stopped", 20, stop=True), tmp_path / "stopped", batch_size=8)
    run_suite(forty, Sometimes(forty, "liar", 0), tmp_path / "liar")
    file, manifest = tmp_path / "liar" / "episodes.jsonl", tmp_path / "liar" / "manifest.json"
    right = '"status": "correct", "score": 1.0, "partial": 1.0'
    file.write_text(file.read_text().replace('"status": "wrong", "score": 0.0, "partial": 0.0', right))
    claims = json.loads(manifest.read_text())
    claims["files"]["episodes.jsonl"] = file_claim(file)
    manifest.write_text(json.dumps(claims))
    run_suite(forty, Sometimes(forty, "honest", 10), tmp_path / "honest")

    seen: set[str] = set()
    board = build_board([tmp_path], tmp_path / "board", progress=lambda run, done, total: seen.add(run))
    (table,) = board.tables
    assert [row.summary.agent for row in table.rows] == ["honest"]
    assert [(u.run.agent, u.reasons) for u in table.incomplete] == [("stopped", ("72 of 80 episodes are owed",))]
    assert [u.run.agent for u in board.refused] == ["liar"]
    assert "claims correct" in board.refused[0].reasons[0]
    assert seen == {str(tmp_path / name) for name in ("honest", "liar", "stopped")}
    for text in (board.markdown.read_text(), board.html.read_text()):
        assert "Incomplete, not ranked" in text
        assert "Refused" in text


def test_a_board_of_nothing_complete_says_so(forty: Suite, tmp_path: Path) -> None:
    with pytest.raises(AgentError):
        run_suite(forty, Sometimes(forty, "stopped", 20, stop=True), tmp_path / "run", batch_size=8)
    board = build_board([tmp_path / "run"], tmp_path)
    assert "No complete run yet" in board.html.read_text()
    assert board.tables[0].rows == ()


def test_a_folder_without_runs_is_named(tmp_path: Path) -> None:
    with pytest.raises(AssayError, match="is not a run folder and has none in it"):
        build_board([tmp_path], tmp_path / "board")


def test_a_board_that_cannot_be_written_is_named(suite: Suite, tmp_path: Path) -> None:
    run_suite(suite, "gold", tmp_path / "run")
    (tmp_path / "file").write_text("")
    with pytest.raises(AssayError, match="cannot write the board to"):
        build_board([tmp_path / "run"], tmp_path / "file")
