"""Budgets: how much work a check may cost, counted in steps and sizes and never in time.

The same proof spends the same budget on every machine. When a budget is spent, `LimitError` is raised; it is never
turned into "not equal" or "does not type-check", so a spent budget cannot change what a cache or a search concludes.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

MAX_TERM_HEIGHT = 1200
"""Tallest term that may be built: the bound on every recursion over terms."""

MAX_DEFEQ_DEPTH = 400
"""Deepest nesting of equality and reduction questions."""

MAX_LITERAL_BITS = 1024
"""Longest numeral that arithmetic on literals may produce; text may write numerals up to 2^256."""

MAX_EXPONENT = 256
"""Largest exponent the arithmetic on literals raises to, as Lean's `exponentiation.threshold`."""

RECURSION_LIMIT = 12_000
"""Python frames that the bounds above can reach, with headroom; frames of Python code need no C stack."""


class KernelError(Exception):
    """A declaration or term that the kernel refuses.

    Args:
        code: Stable short code, e.g. "type_mismatch".
        message: One sentence.
    """

    def __init__(self, code: str, message: str = "") -> None:
        """Keep the code beside the sentence."""
        self.code = code
        super().__init__(message or code.replace("_", " "))


class DeclineError(KernelError):
    """A feature of Lean that this kernel does not support: neither accepted nor called wrong."""


class LimitError(Exception):
    """A budget is spent.

    Args:
        what: Which budget, e.g. "steps".
    """

    def __init__(self, what: str) -> None:
        """Keep the budget's name."""
        self.what = what
        super().__init__(f"the budget of {what} is spent")


@dataclass(slots=True)
class Budget:
    """Steps and nesting that one check may still spend."""

    steps: int = 200_000
    depth: int = 0

    def step(self) -> None:
        """Spend one step.

        Raises:
            LimitError: None is left.
        """
        self.steps -= 1
        if self.steps < 0:
            raise LimitError("steps")

    def enter(self) -> None:
        """Go one level deeper; the caller lowers `depth` again in a `finally`.

        Raises:
            LimitError: The nesting is too deep.
        """
        self.depth += 1
        if self.depth > MAX_DEFEQ_DEPTH:
            raise LimitError("depth")


def raise_recursion_limit() -> None:
    """Give Python the frames that the depth budgets can reach; never lowers a limit set by the caller."""
    if sys.getrecursionlimit() < RECURSION_LIMIT:
        sys.setrecursionlimit(RECURSION_LIMIT)
