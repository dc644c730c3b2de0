"""From agent strings to agents, and what is said of strings that stand for none."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assay.agents.agent import HasSettings
from assay.agents.load import FORMS, close_agent, load_agent
from assay.verifiers.errors import AssayError, UnknownNameError


@pytest.mark.parametrize(
    ("text", "given", "name"),
    [
        ("gold", {}, "gold"),
        ("random", {"seed": 4}, "random"),
        ("null", {"temperature": None}, "null"),
        ("openai:http://127.0.0.1:9/v1", {"model": "tiny", "temperature": 0.5}, "openai:tiny"),
        ("cmd:cat -n", {"timeout_s": 3.0}, "cmd:cat -n"),
        ("py:html:escape", {}, "py:html:escape"),
    ],
)
def test_each_form(text: str, given: dict[str, Any], name: str) -> None:
    agent = load_agent(text, **given)
    assert agent.name == name
    close_agent(agent)


def test_settings_are_kept_for_the_record() -> None:
    agent = load_agent("openai:http://127.0.0.1:9/v1", model="tiny", seed=5, temperature=0.5)
    assert isinstance(agent, HasSettings)
    assert agent.settings == {
        "url": "http://127.0.0.1:9/v1",
        "model": "tiny",
        "system": None,
        "seed": 5,
        "temperature": 0.5,
    }


@pytest.mark.parametrize(
    ("text", "given", "message"),
    [
        ("golden", {}, "unknown agent 'golden'; did you mean 'gold'"),
        ("opnai:http://x/v1", {}, "unknown agent"),
        ("", {}, "unknown agent ''; valid: cmd:, gold"),
        ("gold:", {}, "unknown agent 'gold:'"),
        ("openai:", {}, "openai: is incomplete"),
        ("py:", {}, "py: is incomplete"),
        ("cmd: ", {}, "is incomplete"),
        ("hf:", {}, "is incomplete"),
        ("openai:http://127.0.0.1:9/v1", {}, "needs the name of the model .* --model NAME"),
        ("openai:http://x/v1", {"model": "m", "temprature": 1}, "did you mean 'temperature'"),
        ("null", {"temperature": 1}, "unknown setting of agent null 'temperature'; valid: none"),
        (
            "openai:http://x/v1",
            {"model": "m", "concurrency": "many"},
            "concurrency of agent openai must be of type int",
        ),
        ("openai:http://x/v1", {"model": "m", "temperature": True}, "temperature .* must be of type float, got True"),
        ("hf:/no/such/folder", {}, "no checkpoint at /no/such/folder"),
    ],
)
def test_what_stands_for_no_agent(text: str, given: dict[str, Any], message: str) -> None:
    with pytest.raises(AssayError, match=message) as caught:
        load_agent(text, **given)
    assert "\n" not in str(caught.value)


def test_an_unknown_agent_is_an_unknown_name() -> None:
    with pytest.raises(UnknownNameError):
        load_agent("robot")


def test_nothing_heavy_loads_before_its_use() -> None:
    heavy = ("torch", "transformers", "httpx", "jinja2", "mpmath", "asyncio")
    code = (
        "import assay.agents.load, assay.benchmarks.board, assay.benchmarks.runner, sys;"
        f"print(*(name for name in {heavy[:5]!r} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_page_on_agents_names_every_form() -> None:
    page = (Path(__file__).parents[2] / "docs" / "agents.md").read_text(encoding="utf-8")
    for form in FORMS:
        assert re.search(rf"`{form}", page), form


def test_a_checkpoint_without_torch_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        return None

    monkeypatch.setattr("importlib.util.find_spec", absent)
    with pytest.raises(AssayError, match=r"needs torch: pip install 'assay\[train\]'"):
        load_agent(f"hf:{tmp_path}")
