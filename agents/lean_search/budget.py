"""How much a search may spend, and how much it has spent.

Nodes are the same on every machine, so a search limited by nodes alone is deterministic. CPU time is for whoever has to
share a machine; it is the time of the thread that searches, so neighbours cost nothing.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from assay.verifiers.errors import AssayError


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of one search.

    Attributes:
        nodes: States whose tactics are tried, at most.
        cpu_s: CPU seconds of this thread, at most; looked at between tactics. None for no such limit.
    """

    nodes: int = 1000
    cpu_s: float | None = None

    def __post_init__(self) -> None:
        """Refuse a budget that allows nothing."""
        for name in ("nodes", "cpu_s"):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise AssayError(f"{name} must be above 0, got {value!r}")


@dataclass(slots=True)
class Meter:
    """What one search has spent of its budget; the clock starts when it is made.

    Attributes:
        budget: The limits.
        nodes: States whose tactics were tried.
        tactics: Tactics that were run, failed ones included.
    """

    budget: Budget
    nodes: int = 0
    tactics: int = 0
    _started: float = field(default_factory=time.thread_time)

    @property
    def cpu_s(self) -> float:
        """CPU seconds so far."""
        return time.thread_time() - self._started

    @property
    def late(self) -> bool:
        """Whether the time is over."""
        return self.budget.cpu_s is not None and self.cpu_s >= self.budget.cpu_s

    @property
    def spent(self) -> bool:
        """Whether no further state may be looked into."""
        return self.nodes >= self.budget.nodes or self.late
