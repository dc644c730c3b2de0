"""`assay/LeanTactic-v0`: prove a theorem one tactic at a time.

An action is a tactic for the first goal, or several lines of them. The answer to it is the new goal state as Lean
prints it, with a number; a tactic that fails changes nothing and is told why. When no goal is left the kernel judges,
and its word is the verdict: nothing else is ever paid.

States stay: an action that begins with a line `#state 3` goes on from state 3 of this episode, which is how a search
branches. That is an action like any other, so a transcript with branches replays to the same bytes. Numbers are given
in the order in which states are made, from 0 for the theorem itself.
"""

from __future__ import annotations

import dataclasses
import re
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from assay.envs.lean.env import LeanEnv
from assay.envs.source import TaskSource
from assay.envs.task import Task
from assay.verifiers.lean.boundary import proof_text
from assay.verifiers.lean.choice import engine_named
from assay.verifiers.lean.engine import DEFAULT_AXIOMS, VERIFIER_NAME, EngineError, LeanEngine, ProofState, TacticError
from assay.verifiers.verdict import Status, Verdict, failed

ONE_TACTIC = """\
Answer with one tactic for the first goal, or several lines of them. A first line `#state N` goes on from state N
instead of the last one; the theorem itself is state 0."""
"""What a prompt of `assay/LeanTactic-v0` asks for, unless told otherwise."""

MAX_TURNS = 40

MAX_ACTION_CHARS = 20_000
"""A longer action is no tactic."""

MAX_STATE_CHARS = 20_000
"""A step that leads to a longer goal state is refused: nobody could read it."""

MAX_GOALS = 200
"""A step that leaves more goals is refused."""

_GO_TO = re.compile(r"\s*#state[ \t]+(\d{1,9})[ \t]*(?:\r?\n|\Z)", re.ASCII)
_BY = re.compile(r"\s*by(?=\s)")


class Node(NamedTuple):
    """A goal state of an episode and the tactics that led to it, first to last."""

    state: ProofState
    script: tuple[str, ...]


class LeanTacticEnv(LeanEnv):
    """Set a theorem, run tactics on it, pay when the kernel accepts.

    `info["state"]` is the number of the state that the next tactic starts from.

    Args:
        source: A name from `sources()`, or a source made elsewhere.
        split: Which split of it; None is "train" where there is one, else "test".
        difficulty: For generated theorems: a difficulty from 1 to 10, or the lowest and highest of a range.
        instruction: What the prompt says besides the theorem; by default how to answer.
        data_dir: For miniF2F: the folder that holds `minif2f/`.
        engine: Which engine runs the tactics: "auto" is the embedded one wherever it can read the task.
        max_turns: Actions allowed.
        **text_env_options: The other options of `TextEnv`.

    Raises:
        AssayError: An argument is unknown, unusable, or does not fit the source.
    """

    default_instruction: ClassVar[str] = ONE_TACTIC
    show_goal: ClassVar[bool] = True

    def __init__(
        self,
        source: str | TaskSource = "all",
        split: str | None = None,
        *,
        difficulty: int | Sequence[int] | None = None,
        instruction: str | None = None,
        data_dir: str | Path | None = None,
        engine: str = "auto",
        max_turns: int = MAX_TURNS,
        **text_env_options: Any,
    ) -> None:
        """Find the source; no task is made and no engine started before `reset`."""
        super().__init__(
            source,
            split,
            difficulty=difficulty,
            instruction=instruction,
            data_dir=data_dir,
            engine=engine,
            max_turns=max_turns,
            **text_env_options,
        )
        self._nodes: list[Node] = []
        self._current = 0
        self._solved: tuple[str, Node] | None = None

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[str, dict[str, Any]]:
        """Set the next theorem; see `TextEnv.reset`. All states of the last episode are gone."""
        self._nodes, self._current, self._solved = [], 0, None
        self._made_engine: LeanEngine | None = None
        return super().reset(seed=seed, options=options)

    @property
    def state(self) -> ProofState | None:
        """The goal state that the next tactic starts from; None before the first step."""
        return self._nodes[self._current].state if self._nodes else None

    def respond(self, task: Task, action: str) -> str | None:
        """The new goal state, or why there is none; None for the tactic that leaves no goal, which is then judged."""
        try:
            made = self._run(task, action)
        except EngineError:
            return None
        if isinstance(made, TacticError):
            return f"Error: {made.message}\nState {self._current} is as before."
        if isinstance(made, int):
            self._current = made
            return f"State {made}:\n{self._nodes[made].state.text}"
        if made.state.solved:
            self._solved = (action, made)
            return None
        self._nodes.append(made)
        self._current = len(self._nodes) - 1
        return f"State {self._current}:\n{made.state.text}"

    def grade(self, task: Task, action: str) -> Verdict:
        """The kernel's word on the proof that an action completes; why there is none to judge, for any other."""
        try:
            solved, self._solved = self._solved, None
            made = solved[1] if solved is not None and solved[0] == action else self._run(task, action)
            if isinstance(made, TacticError):
                return _refused(made, action)
            node = self._nodes[made] if isinstance(made, int) else made
            verdict = self._engine(task).finish(node.state)
        except EngineError as error:
            return failed(error.reason, str(error), verifier=VERIFIER_NAME, **error.detail)
        return dataclasses.replace(verdict, extracted="by\n  " + "\n".join(node.script).replace("\n", "\n  "))

    def _info(self, task: Task) -> dict[str, Any]:
        return {**super()._info(task), "state": self._current}

    def _engine(self, task: Task) -> LeanEngine:
        if self._made_engine is None:
            spec = {**task.spec, **self.verifier_options}
            self._made_engine = engine_named(
                spec.get("engine", "auto"),
                header=spec.get("header", ""),
                repo=spec.get("repo"),
                theorem=spec.get("theorem"),
            )
        return self._made_engine

    def _start(self, task: Task) -> None:
        if not self._nodes:
            spec = {**task.spec, **self.verifier_options}
            axioms = tuple(spec.get("axioms", DEFAULT_AXIOMS))
            self._nodes = [Node(self._engine(task).start(spec["statement"], axioms), ())]

    def _run(self, task: Task, action: str) -> Node | TacticError | int:
        """The state an action leads to: a new one, the number of an old one, or an error."""
        self._start(task)
        if len(action) > MAX_ACTION_CHARS:
            return TacticError("action_too_long", f"a tactic may have at most {MAX_ACTION_CHARS} characters")
        text = proof_text(action)
        place = self._current
        go_to = _GO_TO.match(text)
        if go_to is not None:
            place = int(go_to[1])
            if place >= len(self._nodes):
                last = len(self._nodes) - 1
                return TacticError("unknown_state", f"this episode has no state {place}: the last is {last}")
            text = text[go_to.end() :]
            if not text.strip():
                return place
        if not text.strip():
            return TacticError("no_tactic", "there is no tactic in the answer")
        # `by` gives way to as many spaces, so that the columns of what follows it stay.
        text = _BY.sub(lambda found: " " * len(found[0].rpartition("\n")[2]), text, count=1)
        text = textwrap.dedent(text).strip("\n")
        node = self._nodes[place]
        made = self._engine(task).run(node.state, text)
        if isinstance(made, TacticError):
            return made
        if len(made.goals) > MAX_GOALS:
            return TacticError("limit", f"the tactic leaves {len(made.goals)} goals; at most {MAX_GOALS} are allowed")
        if sum(map(len, made.goals)) > MAX_STATE_CHARS:
            return TacticError("limit", f"the goal state would have more than {MAX_STATE_CHARS} characters")
        return Node(made, (*node.script, text))


_STATUS = {
    "forbidden_token": Status.FORBIDDEN,
    "parse_error": Status.MALFORMED,
    "limit": Status.LIMIT,
    "action_too_long": Status.LIMIT,
    "no_tactic": Status.NO_ANSWER,
}


def _refused(error: TacticError, action: str) -> Verdict:
    """The verdict on a last action whose tactic failed."""
    status = _STATUS.get(error.code, Status.WRONG)
    extracted = action[:MAX_ACTION_CHARS]
    return Verdict(status, 0.0, 0.0, error.code, error.message[:4000], extracted, "kernel", 0.0, VERIFIER_NAME, {})
