"""The engine "kimina": whole proofs checked by a Kimina Lean server over HTTP.

A server answers with Lean's messages and nothing else: no module file comes back that could be audited here. So its
word is trusted less, and verdicts say so (`detail["trust"]` is "messages"): the statement is ours and the policy's text
cannot leave the parentheses it is set in; after the theorem, whose name the policy cannot know, commands of our own
print its axioms and its elaborated type, and both must be what they are for the bare statement; and an acceptance is
asked for a second time, under another name and in a fresh REPL. A server whose machine was taken over can still lie.
"""

from __future__ import annotations

import os
import re
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.engine import DEFAULT_AXIOMS, EngineAbsentError, EngineError, ProofState, TacticError
from assay.verifiers.lean.real.compiling import Message, goals_of, statement_refused
from assay.verifiers.lean.real.http_post import Answer, request
from assay.verifiers.lean.real.judgement import engine_failed, overrun, proved, refusal, unsolved, verdict
from assay.verifiers.lean.real.policy_text import Refusal, read_policy_text, read_tactic, source_of
from assay.verifiers.lean.real.script import ScriptState
from assay.verifiers.verdict import Status, Verdict

TRIES = 3
"""How often a server that is busy (429) is asked."""

INSTALL = "start a Kimina Lean server and set KIMINA_URL (and KIMINA_API_KEY); see docs/lean.md"

_DEPENDS = re.compile(r"^['`‘]?([\w.]+)['`’]? depends on axioms: \[([^\[\]]*)\]\s*$")
_NOTHING = re.compile(r"^['`‘]?([\w.]+)['`’]? does not depend on any axioms\s*$")


class LateError(Exception):
    """The server says that the proof took too long."""


@dataclass(frozen=True, slots=True)
class _Reply:
    """What came back for one snippet."""

    messages: tuple[Message, ...]
    sorries: int

    @property
    def errors(self) -> list[Message]:
        return [message for message in self.messages if message.severity == "error"]


class KiminaEngine:
    """Checks proofs with a Kimina server.

    Args:
        header: The task's text before the theorem.
        url: Of the server; by default `KIMINA_URL`.
        key: Its API key; by default `KIMINA_API_KEY`.
        timeout_s: What the server may spend on one snippet, in seconds of its wall time.
        output_bytes: Longest answer that is read.

    Raises:
        EngineAbsentError: No server is named.
    """

    def __init__(
        self,
        header: str = "",
        url: str | None = None,
        key: str | None = None,
        timeout_s: float = 60.0,
        output_bytes: int = 16 << 20,
    ) -> None:
        """Nothing is asked yet."""
        self.header = header
        self.url = (url or os.environ.get("KIMINA_URL", "")).rstrip("/")
        if not self.url:
            raise EngineAbsentError(f"no Kimina server is named: {INSTALL}")
        if not self.url.startswith(("http://", "https://")):
            raise EngineAbsentError(f"KIMINA_URL is {self.url!r}, which is no http address: {INSTALL}")
        self._key = os.environ.get("KIMINA_API_KEY", "") if key is None else key
        self.timeout_s = timeout_s
        self.output_bytes = output_bytes
        self._old_interface = False
        self._types: dict[str, str] = {}
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Name and the version of the interface."""
        return "kimina@1" if self._old_interface else "kimina@2"

    # -- whole proofs ------------------------------------------------------------------------------------------------

    def check(self, statement: str, proof: str, axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> Verdict:
        """Judge a whole proof: what would follow `:=`.

        Raises:
            SpecError: The statement does not elaborate.
        """
        start = time.perf_counter()
        detail: dict[str, Any] = {"trust": "messages", "isolation": ["remote"]}
        text = read_policy_text(proof)
        if isinstance(text, Refusal):
            return refusal(text, start, detail)
        try:
            wanted = self._type(statement)
            seen: list[tuple[str, ...]] = []
            for fresh in (False, True):
                found = self._judge(statement, text, wanted, fresh=fresh)
                if isinstance(found, str):
                    if fresh:
                        raise EngineError("answers_differ", f"accepted once, refused in a fresh REPL: {found[:300]}")
                    return verdict(Status.WRONG, "lean_error", found, start, detail)
                seen.append(found)
            if seen[0] != seen[1]:
                raise EngineError("answers_differ", "two checks of the same proof list different axioms")
        except LateError:
            return overrun("cpu", start, {**detail, "clock": "wall"})
        except EngineError as error:
            return engine_failed(error, start, detail)
        return proved(seen[0], axioms, "the server's Lean", start, detail)

    def _type(self, statement: str) -> str:
        """The elaborated type of the bare statement, as Lean prints it.

        Raises:
            SpecError: It does not elaborate.
            EngineError: The server failed.
        """
        with self._lock:
            known = self._types.get(statement)
        if known is not None:
            return known
        if not statement.strip():
            raise SpecError("statement: it is empty")
        name = f"Assay.claim_{secrets.token_hex(8)}"
        code = source_of(self.header, name, statement, "sorry").text + f"set_option pp.all true in\n#check @{name}\n"
        try:
            reply = self._ask(code, fresh=False)
        except LateError:
            raise EngineError("statement_overrun", "the statement alone took the server too long") from None
        if reply.errors:
            raise statement_refused(reply.errors)
        found = _type_text(_type_message(reply, name), name)
        with self._lock:
            if len(self._types) >= 4096:
                self._types.clear()
            self._types[statement] = found
        return found

    def _judge(self, statement: str, text: str, wanted: str, *, fresh: bool) -> tuple[str, ...] | str:
        """The axioms of the proved theorem, or why it is refused.

        Raises:
            LateError: It took too long.
            EngineError: The server failed, or what it says is not what our own commands print.
        """
        name = f"Assay.claim_{secrets.token_hex(8)}"
        source = source_of(self.header, name, statement, text)
        code = f"{source.text}#print axioms {name}\nset_option pp.all true in\n#check @{name}\n"
        reply = self._ask(code, fresh=fresh)
        if reply.errors:
            first = reply.errors[0]
            # Servers count lines without the imports, and how many that are is theirs to say.
            return first.text if "import " in self.header else f"{source.place(first.line, first.column)}: {first.text}"
        if reply.sorries:
            return "1:0: the proof is not finished"
        shown = _type_message(reply, name)
        if _type_text(shown, name) != wanted:
            raise EngineError("statement_differs", "the server's theorem is not the task's statement")
        said = [m for m in reply.messages if m is not shown and name in m.text and "axioms" in m.text]
        others = [m.line for m in reply.messages if m is not shown and m not in said]
        if len(said) != 1 or said[0].severity != "info" or not max(others, default=0) < said[0].line < shown.line:
            raise EngineError("audit_missing", "the server does not show what the proof rests on")
        nothing, depends = _NOTHING.match(said[0].text), _DEPENDS.match(said[0].text)
        found = nothing or depends
        if found is None or found.group(1) != name:
            raise EngineError("audit_unreadable", "what the server says of the axioms cannot be read")
        listed = depends.group(2) if depends else ""
        return tuple(sorted(part.strip() for part in listed.split(",") if part.strip()))

    # -- tactic steps ------------------------------------------------------------------------------------------------

    def start(self, statement: str, axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> ScriptState:
        """The state before the first tactic.

        Raises:
            SpecError: The statement does not elaborate.
            EngineError: The server failed.
        """
        self._type(statement)
        made = self._state(ScriptState(statement, axioms, (), ()))
        if isinstance(made, TacticError):
            raise EngineError("engine_unreadable", f"the server shows no goals of the statement: {made.message}")
        return made

    def run(self, state: ProofState, tactic: str) -> ScriptState | TacticError:
        """Run one tactic, or several, by sending the proof so far: slow, and for display only.

        Raises:
            EngineError: The server failed.
        """
        if type(state) is not ScriptState:
            raise TypeError("the state belongs to another engine")
        if state.solved:
            return TacticError("no_goals", "no goals to be proved")
        text = read_tactic(tactic)
        if isinstance(text, Refusal):
            return TacticError(text.reason, text.message)
        return self._state(ScriptState(state.statement, state.axioms, (*state.tactics, text), ()))

    def _state(self, state: ScriptState) -> ScriptState | TacticError:
        name = f"Assay.claim_{secrets.token_hex(8)}"
        try:
            reply = self._ask(source_of(self.header, name, state.statement, state.proof).text, fresh=False)
        except LateError:
            return TacticError("resource", "the tactic took the server too long")
        goals = goals_of(reply.errors)
        if isinstance(goals, TacticError):
            return goals
        return ScriptState(state.statement, state.axioms, state.tactics, goals)

    def finish(self, state: ProofState) -> Verdict:
        """Judge the proof that led to a state without goals."""
        if type(state) is not ScriptState:
            raise TypeError("the state belongs to another engine")
        if state.goals:
            return unsolved(state.text, "messages")
        return self.check(state.statement, state.proof, state.axioms)

    # -- the server --------------------------------------------------------------------------------------------------

    def health(self) -> str:
        """What the server says of itself, in a few words.

        Raises:
            EngineError: It does not answer.
        """
        answer = request("GET", f"{self.url}/health", self._headers(), None, wall_s=10.0, output_bytes=1 << 16)
        if answer.status != 200:
            raise _refused(answer)
        return str(answer.body)[:200]

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key}"} if self._key else {}

    def _ask(self, code: str, *, fresh: bool) -> _Reply:
        """Have one snippet checked.

        Raises:
            LateError: It took the server too long.
            EngineError: Everything else that is no reply to this snippet.
        """
        number = secrets.token_hex(8)
        answer = self._post_either(code, number, fresh=fresh)
        body = answer.body
        rows = body.get("results") if isinstance(body, Mapping) else None
        if not isinstance(rows, list) or len(rows) != 1 or not isinstance(rows[0], Mapping):
            raise EngineError("engine_unreadable", "the server's answer holds no single result")
        row: Mapping[str, Any] = rows[0]
        if row.get("custom_id" if self._old_interface else "id") != number:
            raise EngineError("engine_forged_reply", "the server's answer is to another request")
        error, response = row.get("error"), row.get("response")
        if error is not None:
            if response is None and isinstance(error, str) and "timed out" in error:
                raise LateError
            raise EngineError("engine_died", f"the server's REPL failed: {str(error)[:300]}")
        if not isinstance(response, Mapping) or not isinstance(response.get("env"), int):
            said = response.get("message") if isinstance(response, Mapping) else response
            raise EngineError("engine_refused", f"the server's REPL refuses the snippet: {str(said)[:300]}")
        return _read(response)

    def _post_either(self, code: str, number: str, *, fresh: bool) -> Answer:
        """Ask by the interface that the server has, and come back if it is busy."""
        attempt = 0
        while True:
            answer = self._post_once(code, number, fresh=fresh)
            if answer.status == 200:
                return answer
            attempt += 1
            if answer.status != 429 or attempt == TRIES:
                raise _refused(answer)
            time.sleep(0.25 * 2**attempt)

    def _post_once(self, code: str, number: str, *, fresh: bool) -> Answer:
        if not self._old_interface:
            snippet = {"id": number, "code": code}
            payload: dict[str, Any] = {"snippets": [snippet], "timeout": max(1, int(self.timeout_s)), "debug": False}
            answer = self._post("/api/check", {**payload, "reuse": not fresh, "infotree": None})
            if answer.status not in (404, 405):
                return answer
            self._old_interface = True
        snippet = {"custom_id": number, "proof": code}
        payload = {"codes": [snippet], "timeout": max(1, int(self.timeout_s)), "infotree_type": None}
        return self._post("/verify", {**payload, "disable_cache": fresh})

    def _post(self, path: str, payload: dict[str, Any]) -> Answer:
        wall_s = 2 * self.timeout_s + 30.0 if self.timeout_s >= 5 else 2 * self.timeout_s
        return request("POST", self.url + path, self._headers(), payload, wall_s=wall_s, output_bytes=self.output_bytes)


def _refused(answer: Answer) -> EngineError:
    reasons = {
        401: ("server_unauthorised", "the server refuses the API key: set KIMINA_API_KEY"),
        403: ("server_unauthorised", "the server refuses the API key: set KIMINA_API_KEY"),
        429: ("server_busy", "the server has no REPL free: give it more, or ask it less at a time"),
        499: ("server_closed", "the server says that the request was closed"),
    }
    default = ("server_failed", f"the server answers with HTTP status {answer.status}")
    reason, message = reasons.get(answer.status, default)
    return EngineError(reason, message, status=answer.status)


def _read(response: Mapping[str, Any]) -> _Reply:
    try:
        found = [
            Message(str(row["severity"]), int(row["pos"]["line"]), int(row["pos"]["column"]), str(row["data"]))
            for row in response.get("messages") or []
        ]
        sorries = response.get("sorries") or []
        if not isinstance(sorries, list):
            raise TypeError("sorries is no list")
    except (KeyError, TypeError, ValueError):
        raise EngineError("engine_unreadable", "the server's messages cannot be read") from None
    return _Reply(tuple(found), len(sorries))


def _type_message(reply: _Reply, name: str) -> Message:
    """What `#check @name` printed: the last message of all.

    Raises:
        EngineError: It printed nothing, or something else.
    """
    last = max((message.line for message in reply.messages), default=0)
    for message in reply.messages:
        head, colon, _ = message.text.partition(" : ")
        if message.severity == "info" and message.line == last and colon and head.lstrip("@").split(".{")[0] == name:
            return message
    raise EngineError("audit_missing", "the server does not show the theorem that was checked")


def _type_text(message: Message, name: str) -> str:
    """The type in it, whatever the theorem is called."""
    return " ".join(message.text.replace(name, "claim").split())
