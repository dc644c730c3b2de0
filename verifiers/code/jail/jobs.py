"""What a pool can be asked to do, and what comes of it.

A job is a value that can be awaited: code that judges says `run = await RunJob(...)`, and whoever drives it has the job
done, blocking or not (`Pool.finish`, `Pool.afinish`). So there is one way of judging for both kinds of callers, and
none of its work is done where workers are watched.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from assay.verifiers.code.jail.limits import Limits

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Run:
    """What became of one run of a program.

    Attributes:
        exit_code: Exit code; negative for the signal that ended it.
        cpu_s: CPU time it used, with that of the processes it started.
        wall_s: Wall time from its start to its end.
        rss_bytes: The most memory it had.
        stdout: What it wrote to standard output.
        stderr: What it wrote to standard error.
        answers: What it wrote to the answer descriptor; read as data.
        broken: The limit at which the supervisor had it killed: "wall_limit", "cpu_limit" or "memory_limit"; or "".
    """

    exit_code: int
    cpu_s: float
    wall_s: float
    rss_bytes: int
    stdout: bytes
    stderr: bytes
    answers: bytes
    broken: str


class Job(Generic[T]):
    """Something that a pool does; awaiting it hands it to the pool and gives the result."""

    __slots__ = ()

    def __await__(self) -> Generator[Job[Any], Any, T]:
        """Ask the driver for the result.

        Raises:
            WorkerDiedError: It could not be done, twice: an infrastructure failure.
        """
        return cast(T, (yield self))


@dataclass(frozen=True, slots=True)
class RunJob(Job[Run]):
    """Run one program to its end.

    Attributes:
        payload: What `program.run` (or `native.run`) is given, as JSON.
        limits: What it may use.
        stdin: What it reads.
        flavour: "python", "numpy" or "native".
        answers: Whether it has an answer descriptor.
    """

    payload: bytes
    limits: Limits
    stdin: bytes = b""
    flavour: str = "python"
    answers: bool = False


@dataclass(frozen=True, slots=True)
class CheckJob(Job[tuple[Run, dict[str, Any]]]):
    """Serve a program's function to the checker; the result is what became of it, and what the checker says.

    The checker's answer has "outcome": "pass", "fail", "bad_spec" or "timeout".

    Attributes:
        payload: As in `RunJob`.
        limits: What the program may use.
        checks: What the checker is given, as JSON.
        flavour: Of the program: "python" or "numpy".
        checker: "checker" or "checker-numpy".
    """

    payload: bytes
    limits: Limits
    checks: bytes
    flavour: str = "python"
    checker: str = "checker"


@dataclass(frozen=True, slots=True)
class CompareJob(Job[dict[str, Any]]):
    """Let the checker compare answers with expected values.

    The result has "outcome": "pairs" with "passed", one boolean an answer; or "fail" or "timeout".

    Attributes:
        checks: Expected values and policy, as JSON.
        answers: One line each.
        deadline_s: Wall time after which the checker is given up, without the time it waited for a processor.
    """

    checks: bytes
    answers: bytes
    deadline_s: float
