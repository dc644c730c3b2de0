"""A chat endpoint that speaks the OpenAI protocol, as an agent.

Works with any server that has `POST .../chat/completions`: hosted ones, vLLM, SGLang, llama.cpp, Ollama. Requests of a
batch run side by side; what is worth trying again is tried again, with growing pauses. A request that fails for good is
an `AgentError`, never an empty answer: a server that is down must not look like a model that is wrong.

The key is read from the environment when the agent is made, goes into the request header, and nowhere else.
"""

from __future__ import annotations

import asyncio
import email.utils
import json
import os
import random
import threading
import time
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from assay.agents.agent import AgentError, Usage
from assay.verifiers.errors import AssayError

if TYPE_CHECKING:
    import ssl

    import httpx

RETRIED_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
"""Answers that may be different next time. All others above 299 are final."""

MAX_PAUSE_S = 60.0
"""Longest pause of our own choosing between two tries."""

MAX_RETRY_AFTER_S = 600.0
"""Longest pause a server may ask for; one that asks for more has failed."""

DEFAULT_KEY_VARIABLE = "OPENAI_API_KEY"

_T = TypeVar("_T")


class EndpointAgent:
    """Asks a chat endpoint.

    Args:
        url: Base URL, e.g. "http://localhost:8000/v1".
        model: Model name sent with each request.
        api_key_env: Environment variable that holds the key. The default one may be unset, for servers without keys.
        concurrency: Requests in flight at once.
        timeout_s: Limit for one request, from first to last byte.
        retries: Further tries after the first, for each request.
        backoff_s: Pause before the second try; doubles each time, with jitter. `Retry-After` is honoured.
        temperature: Sent if given, as are the next four.
        max_tokens: Length limit of an answer.
        top_p: Nucleus sampling.
        seed: Changes from one round of samples to the next.
        system: System message before the observation.

    Raises:
        AssayError: The URL, the key or a number cannot be used.
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        api_key_env: str = DEFAULT_KEY_VARIABLE,
        concurrency: int = 8,
        timeout_s: float = 120.0,
        retries: int = 5,
        backoff_s: float = 0.5,
        temperature: float | None = None,
        max_tokens: int | None = None,
        top_p: float | None = None,
        seed: int | None = None,
        system: str | None = None,
    ) -> None:
        """Check the arguments; no connection is made before `act`."""
        if concurrency < 1 or retries < 0 or timeout_s <= 0 or backoff_s < 0:
            raise AssayError(
                "an endpoint needs concurrency >= 1, retries >= 0, timeout_s > 0 and backoff_s >= 0, got "
                f"{concurrency}, {retries}, {timeout_s} and {backoff_s}"
            )
        self._url = _chat_url(url)
        self._base = url.rstrip("/")
        self._model = model
        self._key = _read_key(api_key_env)
        self._concurrency, self._timeout_s = concurrency, timeout_s
        self._retries, self._backoff_s = retries, backoff_s
        self._sampling = {"temperature": temperature, "max_tokens": max_tokens, "top_p": top_p, "seed": seed}
        self._seed = seed
        self._system = system
        self._tls: ssl.SSLContext | None = None
        self._usage: list[Usage | None] = []

    def __repr__(self) -> str:
        """Without the key."""
        return f"EndpointAgent({self._base!r}, {self._model!r})"

    @property
    def name(self) -> str:
        """The model's name."""
        return f"openai:{self._model}"

    @property
    def settings(self) -> dict[str, Any]:
        """What is asked of which server."""
        sampling = {name: value for name, value in self._sampling.items() if value is not None and name != "seed"}
        return {"url": self._base, "model": self._model, "system": self._system, "seed": self._seed, **sampling}

    @property
    def usage(self) -> Sequence[Usage | None]:
        """Tokens of the last `act`, where the server reported them."""
        return self._usage

    def reseed(self, seed: int) -> None:
        """Send another seed from now on; does nothing for an agent that sends none."""
        if self._seed is not None:
            self._sampling["seed"] = seed

    def act(self, observations: list[str]) -> list[str]:
        """Ask for an answer to each observation. May be called where an event loop is running.

        Raises:
            AgentError: A request failed for good; names URL, status and the server's own message.
        """
        replies = _run(self._ask_all(observations))
        self._usage = [usage for _, usage in replies]
        return [text for text, _ in replies]

    async def _ask_all(self, observations: list[str]) -> list[tuple[str, Usage | None]]:
        import httpx

        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        gate = asyncio.Semaphore(self._concurrency)
        limits = httpx.Limits(max_connections=None)  # the gate is the limit; time spent waiting there is not counted
        if self._tls is None:
            self._tls = httpx.create_ssl_context()  # reading the certificates anew for every batch would cost 50 ms
        async with httpx.AsyncClient(
            headers=headers, limits=limits, timeout=self._timeout_s, verify=self._tls
        ) as client:

            async def ask(observation: str) -> tuple[str, Usage | None]:
                async with gate:
                    return await self._ask(client, observation)

            tasks = [asyncio.ensure_future(ask(observation)) for observation in observations]
            try:
                return list(await asyncio.gather(*tasks))
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _ask(self, client: httpx.AsyncClient, observation: str) -> tuple[str, Usage | None]:
        import httpx

        body = self._body(observation)
        problem = ""
        for attempt in range(self._retries + 1):
            asked_pause_s = 0.0
            try:
                async with asyncio.timeout(self._timeout_s):
                    response = await client.post(self._url, content=body)
                if response.status_code == 200:
                    return _read_reply(response.content)
                problem = f"HTTP {response.status_code}: {self._message(response)}"
                if response.status_code not in RETRIED_STATUSES:
                    raise AgentError(f"{self._url} refused the request: {problem}")
                asked_pause_s = _retry_after_s(response.headers.get("retry-after"))
            except TimeoutError:
                problem = f"no answer within {self._timeout_s:g} s"
            except httpx.TransportError as error:
                problem = self._redact(f"{type(error).__name__}: {error}".rstrip(": "))
            except _UnreadableReply as error:
                problem = self._redact(f"HTTP 200 with {error}")
            if asked_pause_s > MAX_RETRY_AFTER_S:
                raise AgentError(f"{self._url} asks to wait {asked_pause_s:.0f} s: {problem}")
            if attempt < self._retries:
                own_pause_s = min(MAX_PAUSE_S, self._backoff_s * 2**attempt) * random.uniform(0.5, 1.0)
                await asyncio.sleep(max(own_pause_s, asked_pause_s))
        raise AgentError(f"{self._url} failed {self._retries + 1} times, last with {problem}")

    def _body(self, observation: str) -> bytes:
        messages = [{"role": "user", "content": observation}]
        if self._system is not None:
            messages.insert(0, {"role": "system", "content": self._system})
        sampling = {name: value for name, value in self._sampling.items() if value is not None}
        # ASCII with escapes, so that text with lone surrogates can be sent at all.
        return json.dumps({"model": self._model, "messages": messages, **sampling}).encode("ascii")

    def _message(self, response: httpx.Response) -> str:
        """The server's own words on what is wrong, on one line."""
        try:
            row = json.loads(response.content)
            error = row.get("error", row.get("detail", row.get("message", row)))
            text = error.get("message", error) if isinstance(error, dict) else error
        except (ValueError, AttributeError, RecursionError):
            text = response.text
        shown = " ".join(str(text).split())
        return self._redact(shown[:300] or response.reason_phrase)

    def _redact(self, text: str) -> str:
        return text.replace(self._key, "***") if self._key else text


class _UnreadableReply(Exception):
    """A 200 whose body is not what the protocol says."""


def _read_reply(content: bytes) -> tuple[str, Usage | None]:
    """Text and tokens of a reply. Reasoning that comes in a field of its own is no part of the answer."""
    try:
        row: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _UnreadableReply(f"a body that is not JSON: {content[:80]!r}") from error
    try:
        message = row["choices"][0]["message"]
        said = message.get("content")
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise _UnreadableReply(f"no choices[0].message in it: {json.dumps(row)[:200]}") from error
    if isinstance(said, list):
        said = "".join(str(part.get("text") or "") for part in said if isinstance(part, dict))
    if said is not None and not isinstance(said, str):
        raise _UnreadableReply(f"content that is not text: {json.dumps(said)[:80]}")
    return said or "", _read_usage(row.get("usage"))


def _read_usage(row: object) -> Usage | None:
    if not isinstance(row, dict):
        return None
    counts = cast("dict[str, object]", row)
    prompt, completion = counts.get("prompt_tokens"), counts.get("completion_tokens")
    if isinstance(prompt, int) and isinstance(completion, int):
        return Usage(prompt, completion)
    return None


def _retry_after_s(value: str | None) -> float:
    """Seconds that a Retry-After header asks for, in either of its forms (RFC 9110, 10.2.3); 0 if there is none."""
    if value is None:
        return 0.0
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = email.utils.parsedate_to_datetime(value).timestamp() - time.time()
        except (TypeError, ValueError, OverflowError):
            return 0.0
    return max(0.0, seconds) if seconds == seconds else 0.0


def _chat_url(url: str) -> str:
    """Where requests go, after a look at the URL: what is in it is written into records of runs."""
    import httpx

    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError) as error:
        raise AssayError(f"endpoint URL {url!r} cannot be read: {error}") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise AssayError(f"endpoint URL {url!r} must be like http://localhost:8000/v1")
    if parsed.userinfo or parsed.query or parsed.fragment:
        raise AssayError(
            f"endpoint URL for {parsed.host} must hold no user, query or fragment: "
            "give the key by an environment variable"
        )
    base = url.rstrip("/")
    return base if base.endswith("/chat/completions") else f"{base}/chat/completions"


def _read_key(variable: str) -> str | None:
    key = os.environ.get(variable, "").strip()
    if not key:
        if variable != DEFAULT_KEY_VARIABLE:
            raise AssayError(f"the environment variable {variable} that should hold the endpoint's key is not set")
        return None
    if not key.isascii() or not key.isprintable():
        raise AssayError(f"the key in the environment variable {variable} has characters that no header can hold")
    return key


def _run(work: Coroutine[Any, Any, _T]) -> _T:
    """Run a coroutine to its end, in a thread of its own where this one has a running event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    outcome: list[_T] = []
    failure: list[BaseException] = []

    def target() -> None:
        try:
            outcome.append(asyncio.run(work))
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    thread.join()
    if failure:
        raise failure[0]
    return outcome[0]
