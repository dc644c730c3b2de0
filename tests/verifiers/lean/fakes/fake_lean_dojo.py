"""The names of LeanDojo 4.20 that the engine uses, over a Lean that is played, for tests without LeanDojo."""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__version__ = "4.20.0"
FAULT: Any = ""  # set by the test: how it fails
LEAN: Any = None  # set by the test: the class of the played Lean


class DojoInitError(Exception):
    pass


class DojoTacticTimeoutError(Exception):
    pass


class DojoCrashError(Exception):
    @property
    def is_out_of_memory(self) -> bool:
        return str(self) == "OOM"


@dataclass(frozen=True)
class TacticState:
    pp: str
    id: int = field(compare=False)
    message: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class ProofFinished:
    tactic_state_id: int
    message: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class ProofGivenUp:
    pass


@dataclass(frozen=True)
class LeanError:
    error: str


@dataclass(frozen=True)
class LeanGitRepo:
    url: str
    commit: str

    @classmethod
    def from_path(cls, path: str) -> "LeanGitRepo":
        return cls(path, "0" * 40)


@dataclass(frozen=True)
class Theorem:
    repo: LeanGitRepo
    file_path: Path
    full_name: str


class Process:
    def __init__(self) -> None:
        self.dead = threading.Event()

    def kill(self, signal: int) -> None:
        self.dead.set()


class Dojo:
    opened = 0
    closed = 0

    def __init__(self, entry: Theorem, timeout: int = 600) -> None:
        self.entry, self.timeout = entry, timeout
        self.proc = Process()

    def __enter__(self) -> tuple["Dojo", Any]:
        if FAULT == "start: crash":
            raise DojoInitError("Unexpected EOF")
        if FAULT == "start: timeout":
            raise DojoInitError("Timeout during initialization")
        if FAULT == "start: assertion":
            raise AssertionError
        if self.entry.full_name == "missing":
            raise DojoInitError("Failed to locate the theorem with `missing` as its fully qualified name.")
        Dojo.opened += 1
        self.lean = LEAN(FAULT)
        if FAULT == "start: no tactic state":
            return self, ProofGivenUp()
        return self, TacticState(self.lean.states[0][0], 0)

    def __exit__(self, *_: object) -> None:
        Dojo.closed += 1

    def run_tac(self, state: TacticState, tactic: str) -> Any:
        if not isinstance(state, TacticState):
            raise RuntimeError(f"Attempting to run a tactic on an invalid state {state}.")
        kind, number, text = self.lean.run(state.id, tactic)
        if kind == "crash":
            raise DojoCrashError("Unexpected EOF")
        if kind == "out of memory":
            raise DojoCrashError("OOM")
        if kind == "timeout":
            raise DojoTacticTimeoutError
        if kind == "hang":
            self.proc.dead.wait(60)
            raise DojoCrashError("Unexpected EOF")
        if kind == "unreadable":
            raise KeyError("error")
        if kind == "another result":
            return None
        if kind == "given up":
            return ProofGivenUp()
        if kind == "error":
            return LeanError(text)
        return ProofFinished(number) if kind == "finished" else TacticState(text, number)
