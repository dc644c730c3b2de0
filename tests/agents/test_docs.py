"""The pages on agents and benchmarks: their code runs as it stands."""

import contextlib
import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from assay.agents.load import close_agent, load_agent

DOCS = Path(__file__).parents[2] / "docs"
BLOCKS: list[str] = re.findall(r"```python\n(.*?)```", (DOCS / "agents.md").read_text(encoding="utf-8"), re.S)


def block(start: str) -> str:
    return next(text for text in BLOCKS if text.startswith(start))


@pytest.mark.parametrize("start", ["from assay.benchmarks.runner", "import gymnasium"])
def test_python_examples_run(start: str) -> None:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(block(start), "docs/agents.md", "exec"), {})
    assert out.getvalue()


def test_the_callables_are_agents(tmp_path: Path) -> None:
    (tmp_path / "my_agent.py").write_text(block("# my_agent.py\ndef"))
    for name in ("answer", "answer_all", "MyAgent"):
        assert load_agent(f"py:{tmp_path}/my_agent.py:{name}").act(["a", "b"]) == [r"\boxed{42}"] * 2


def test_the_process_is_an_agent(tmp_path: Path) -> None:
    (tmp_path / "my_agent.py").write_text(block("# my_agent.py, run as"))
    agent = load_agent(f"cmd:{sys.executable} -S {tmp_path}/my_agent.py")
    assert agent.act(["a", "b"]) == [r"\boxed{42}"] * 2
    close_agent(agent)


def test_the_suite_in_the_docs_is_one() -> None:
    from assay.benchmarks.suite import suite_from_dict

    text = (DOCS / "benchmarks.md").read_text(encoding="utf-8")
    row: dict[str, Any] = json.loads(re.findall(r"```json\n(.*?)```", text, re.S)[0])
    assert suite_from_dict(row).entries[0].samples == 4
