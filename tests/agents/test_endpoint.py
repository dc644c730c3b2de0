"""The endpoint agent against a real server over HTTP: what goes right, and every way it can go wrong."""

import asyncio
import json
import socket
import threading
from typing import Any

import pytest

from assay.agents.agent import AgentError, Usage
from assay.agents.endpoint import EndpointAgent
from assay.agents.rollout import Reset, play
from assay.verifiers.errors import AssayError

from .chat_server import (
    ChatServer,
    Handler,
    dribbles,
    drops,
    echo,
    fails,
    says,
    sends,
    serving,
    stalls,
)

KEY = "sk-very-secret-123"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def agent_of(server: ChatServer, **settings: Any) -> EndpointAgent:
    quick: dict[str, Any] = {"backoff_s": 0.001, "retries": 2, "timeout_s": 10.0}
    return EndpointAgent(server.url, "tiny", **quick | settings)


def test_a_batch_is_answered_in_order_with_its_tokens() -> None:
    with serving() as server:
        agent = agent_of(server)
        observations = [f"task {number}" for number in range(20)]
        assert agent.act(observations) == [text[::-1] for text in observations]
        assert list(agent.usage) == [Usage(11, 3)] * 20
        assert agent.act([]) == []
        assert list(agent.usage) == []
    assert {path for path, _, _ in server.requests} == {"/v1/chat/completions"}
    assert agent.name == "openai:tiny"


def test_only_what_was_set_is_sent() -> None:
    with serving() as server:
        agent_of(server).act(["a"])
        agent_of(server, temperature=0.5, max_tokens=64, top_p=0.9, seed=3, system="Be brief.").act(["b"])
    first, second = server.bodies
    assert first == {"model": "tiny", "messages": [{"role": "user", "content": "a"}]}
    assert second["messages"] == [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "b"}]
    assert {name: second[name] for name in ("temperature", "max_tokens", "top_p", "seed")} == {
        "temperature": 0.5,
        "max_tokens": 64,
        "top_p": 0.9,
        "seed": 3,
    }


def test_rounds_of_samples_send_other_seeds_unless_none_is_wanted() -> None:
    with serving() as server:
        for seed in (7, None):
            agent = agent_of(server, seed=seed)
            agent.reseed(99)
            agent.act(["a"])
    assert [body.get("seed") for body in server.bodies] == [99, None]


def test_the_key_comes_from_the_environment_and_goes_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    with serving(echo, fails(401, f"bad key {KEY}")) as server:
        agent = agent_of(server, api_key_env="MY_KEY")
        agent.act(["a"])
        with pytest.raises(AgentError, match=r"HTTP 401: bad key \*\*\*") as caught:
            agent.act(["b"])
        agent_of(server, api_key_env="MY_KEY")
    assert server.requests[0][1]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in str(caught.value) + repr(agent) + json.dumps(agent.settings) + agent.name


def test_a_local_server_needs_no_key_but_a_named_one_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as server:
        agent_of(server).act(["a"])
        assert "Authorization" not in server.requests[0][1]
        with pytest.raises(AssayError, match=r"environment variable MY_KEY .* is not set"):
            agent_of(server, api_key_env="MY_KEY")
        monkeypatch.setenv("MY_KEY", "sk-\nx\u00e9")
        with pytest.raises(AssayError, match="MY_KEY has characters") as caught:
            agent_of(server, api_key_env="MY_KEY")
    assert "sk-" not in str(caught.value)


def test_requests_run_side_by_side_up_to_the_limit() -> None:
    barrier = threading.Barrier(4)

    def together(handler: Handler, body: dict[str, Any]) -> None:
        barrier.wait(20)  # breaks, and the request fails, unless four are in flight at once
        echo(handler, body)

    with serving(together) as server:
        assert len(agent_of(server, concurrency=4, retries=0).act(["x"] * 12)) == 12
    assert server.peak == 4


def test_it_works_where_an_event_loop_is_running() -> None:
    async def inside() -> list[str]:
        return agent.act(["abc"])

    with serving() as server:
        agent = agent_of(server)
        assert asyncio.run(inside()) == ["cba"]
    refused = EndpointAgent(server.url, "tiny", retries=0)

    async def failing() -> list[str]:
        return refused.act(["abc"])

    with pytest.raises(AgentError, match="ConnectError"):
        asyncio.run(failing())


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 529])
def test_what_may_pass_is_tried_again(status: int) -> None:
    with serving(fails(status), fails(status), echo) as server:
        assert agent_of(server).act(["abc"]) == ["cba"]
    assert len(server.requests) == 3


def test_retry_after_is_honoured() -> None:
    with serving(fails(429, Retry_After="0.5"), echo) as server:
        assert agent_of(server).act(["abc"]) == ["cba"]
    assert server.times[1] - server.times[0] >= 0.5


@pytest.mark.parametrize("value", ["Wed, 21 Oct 2015 07:28:00 GMT", "-3", "nan", "soon", "9" * 5])
def test_odd_retry_after(value: str) -> None:
    with serving(fails(429, Retry_After=value), echo) as server:
        if value.startswith("9"):
            with pytest.raises(AgentError, match="asks to wait 99999 s: HTTP 429: sorry"):
                agent_of(server).act(["abc"])
        else:
            assert agent_of(server).act(["abc"]) == ["cba"]


def test_what_keeps_failing_is_an_error_that_names_url_and_status() -> None:
    with serving(fails(503, "overloaded")) as server, pytest.raises(AgentError) as caught:
        agent_of(server).act(["abc"])
    assert str(caught.value) == f"{server.url}/chat/completions failed 3 times, last with HTTP 503: overloaded"
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (400, {"error": {"message": "no such\n model: tiny"}}, "no such model: tiny"),
        (404, {"detail": "Not Found"}, "Not Found"),
        (422, {"error": "bad temperature"}, "bad temperature"),
        (401, b"<html>\nnope</html>", "<html> nope</html>"),
        (403, b"", "Forbidden"),
        (400, [1], r"\[1\]"),
        (307, {}, r"\{\}"),
    ],
)
def test_a_refusal_is_not_tried_again(status: int, body: object, message: str) -> None:
    said = f"refused the request: HTTP {status}: {message}"
    with serving(sends(status, body)) as server, pytest.raises(AgentError, match=said) as caught:
        agent_of(server).act(["abc"])
    assert "\n" not in str(caught.value)
    assert len(server.requests) == 1


def test_one_refusal_stops_the_rest_of_the_batch() -> None:
    with serving(fails(400)) as server, pytest.raises(AgentError):
        agent_of(server, concurrency=1).act(["abc"] * 50)
    assert len(server.requests) < 5


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b'{"choices": [{"mess',
        b"[" * 100_000,
        b"\xff\xfe",
        {},
        [],
        {"choices": []},
        {"choices": [{"text": "x"}]},
        {"error": {"message": "in a 200"}},
        says(5),
    ],
    ids=["empty", "html", "cut", "deep", "binary", "object", "list", "no-choice", "no-message", "error", "number"],
)
def test_a_reply_that_cannot_be_read_is_tried_again_and_then_an_error(body: object) -> None:
    with serving(sends(200, body), echo) as server:
        assert agent_of(server).act(["abc"]) == ["cba"]
    with (
        serving(sends(200, body)) as server,
        pytest.raises(AgentError, match="failed 3 times, last with HTTP 200 with"),
    ):
        agent_of(server).act(["abc"])


@pytest.mark.parametrize(
    ("reply", "action"),
    [
        (says(None), ""),
        (says(""), ""),
        (says("42", reasoning_content="6 times 7", tool_calls=None), "42"),
        (says(None, reasoning_content="6 times 7"), ""),
        (says([{"type": "text", "text": "4"}, {"type": "image"}, {"type": "text", "text": "2"}]), "42"),
        ({"choices": [{"message": {"content": "42"}}], "usage": None, "extra": 1}, "42"),
        (says("∀x ∈ ℝ 🦉 \u0000 \ud83d"), "∀x ∈ ℝ 🦉 \u0000 \ud83d"),
    ],
    ids=["null", "empty", "reasoning", "only-reasoning", "parts", "bare", "unicode"],
)
def test_forms_of_a_good_reply(reply: dict[str, Any], action: str) -> None:
    with serving(sends(200, reply)) as server:
        agent = agent_of(server)
        assert agent.act(["abc"]) == [action]
        assert list(agent.usage) == [None if reply["usage"] is None else Usage(11, 3)]


@pytest.mark.parametrize(
    "text", ["∀x ∈ ℝ: x² ≥ 0 🦉", "lone \ud800 surrogate", "\u202e\x00", "", "x" * 200_000], ids=list("abcde")
)
def test_any_text_gets_there_and_back(text: str) -> None:
    with serving(lambda handler, body: handler.reply(200, says(body["messages"][0]["content"]))) as server:
        assert agent_of(server).act([text]) == [text]


@pytest.mark.parametrize("silence", [stalls, dribbles])
def test_a_slow_server_runs_into_the_time_limit(silence: Any) -> None:
    with serving(silence, echo) as server:
        assert agent_of(server, timeout_s=0.3).act(["abc"]) == ["cba"]
    with (
        serving(silence) as server,
        pytest.raises(AgentError, match=r"failed 1 times, last with no answer within 0.2 s"),
    ):
        agent_of(server, timeout_s=0.2, retries=0).act(["abc"])


def test_a_dropped_connection_is_tried_again() -> None:
    with serving(drops, drops, echo) as server:
        assert agent_of(server).act(["abc"]) == ["cba"]
    with (
        serving(drops) as server,
        pytest.raises(AgentError, match=r"failed 3 times, last with (Read|RemoteProtocol)Error"),
    ):
        agent_of(server).act(["abc"])


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        with pytest.raises(AgentError, match="failed 2 times, last with ConnectError"):
            EndpointAgent(url, "tiny", retries=1, backoff_s=0.001).act(["abc"])


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("localhost:8000", "must be like http://"),
        ("ftp://host/v1", "must be like http://"),
        ("http://", "must be like http://"),
        ("http://user:pw@host/v1", "must hold no user"),
        ("http://host/v1?key=1", "must hold no user"),
        ("http://[::1", "cannot be read"),
    ],
)
def test_a_url_that_cannot_be_used(url: str, message: str) -> None:
    with pytest.raises(AssayError, match=message) as caught:
        EndpointAgent(url, "tiny")
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize("settings", [{"concurrency": 0}, {"retries": -1}, {"timeout_s": 0}, {"backoff_s": -1}])
def test_numbers_that_cannot_be_used(settings: dict[str, Any]) -> None:
    with pytest.raises(AssayError, match="needs concurrency >= 1"):
        EndpointAgent("http://127.0.0.1:1/v1", "tiny", **settings)


def test_a_full_url_is_taken_as_it_is() -> None:
    with serving() as server:
        EndpointAgent(f"{server.url}/chat/completions/", "tiny").act(["a"])
    assert server.requests[0][0] == "/v1/chat/completions"


def test_it_plays_episodes() -> None:
    import gymnasium

    import assay  # registers the environment

    assert assay.__version__
    with serving(sends(200, says("I do not know"))) as server:
        episodes = list(
            play(lambda: gymnasium.make("assay/Math-v0"), agent_of(server), [Reset(seed) for seed in range(3)])
        )
    assert [episode.turns[0].action for episode in episodes] == ["I do not know"] * 3
    assert [episode.turns[0].completion_tokens for episode in episodes] == [3] * 3
