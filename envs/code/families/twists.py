"""A last step for a family: what is done with its result. It multiplies the number of different problems.

A twisted family has the name and topic of the one it is made from. The reference keeps the plain function under another
name, and one more mutant forgets the twist.
"""

from __future__ import annotations

import random
from typing import Any

from assay.envs.code.family import Blueprint, CodeFamily

Twisted = tuple[Any, int, int]
"""The base's parameters, which twist, and its number."""

Twist = tuple[str, str]
"""Code from `x` (and `k`) to the result, and words for it."""

NUMBER: tuple[Twist, ...] = (
    ("x * {k} + 1", "The value returned is {k} times that, plus 1."),
    ("x - {k}", "The value returned is that minus {k}."),
    ("[x, x % {k}]", "The value returned is the list of that and its remainder modulo {k} (never negative)."),
)

LIST: tuple[Twist, ...] = (
    ("x[::-1] + [{k}]", "The value returned is that list in reverse order, with {k} put at its end."),
    (
        "x[1:] + x[:1] + [{k}]",
        "The value returned is that list with its first element moved to the end, then {k} after it.",
    ),
    ("[{k}, len(x), x]", "The value returned is the list of three: {k}, the length of that list, and that list."),
)

TEXT: tuple[Twist, ...] = (
    ("x[::-1] + '{k}'", "The value returned is that text reversed, followed by the digits {k}."),
    ("x + '/' + str(len(x) + {k})", "The value returned is that text, then '/', then its length plus {k}."),
    (
        "x.replace('a', '{k}') + '.'",
        "The value returned is that text with each 'a' replaced by {k}, and a '.' at the end.",
    ),
)

OUTPUT: tuple[Twist, ...] = (
    ("print('done', {k})", "At the very end, print a line 'done {k}'."),
    ("print('-' * {k})", "At the very end, print a line of {k} hyphens ('-')."),
    ("print({k}, {k} + 1)", "At the very end, print a line with the number {k}, a space, and the number after it."),
)


class TwistedFamily(CodeFamily[Twisted]):
    """A family whose results go through a last step.

    Args:
        base: The family.
        twists: What may be done with its results.
    """

    def __init__(self, base: CodeFamily[Any], twists: tuple[Twist, ...]) -> None:
        """Take the base's name."""
        self.base = base
        self.twists = twists
        self.name = base.name  # type: ignore[misc]
        self.topic = base.topic  # type: ignore[misc]
        self.summary = base.summary  # type: ignore[misc]

    def draw(self, rng: random.Random, difficulty: int) -> Twisted:
        """The base's parameters, and a twist."""
        return self.base.draw(rng, difficulty), rng.randrange(len(self.twists)), rng.randint(2, 9 + 3 * difficulty)

    def blueprint(self, params: Twisted) -> Blueprint:
        """The base's, with the last step behind it."""
        inner, which, k = params
        plan = self.base.blueprint(inner)
        code, words = (text.format(k=k) for text in self.twists[which])
        description = f"{plan.description} {words}"
        if not plan.entry:
            wrong = (*(source + code + "\n" for source in plan.mutants()), plan.reference)
            return Blueprint("", "", description, f"{plan.reference}{code}\n", wrong=wrong)
        parameters = ", ".join(part.partition(":")[0].strip() for part in _parameters(plan.signature))

        def wrap(source: str, last: str) -> str:
            plain = source.replace(f"{plan.entry}(", "plain(")
            return f"{plain}\n\ndef {plan.entry}({parameters}):\n    x = plain({parameters})\n    return {last}\n"

        wrong = (*(wrap(source, code) for source in plan.mutants()), wrap(plan.reference, "x"))
        return Blueprint(plan.entry, plan.signature, description, wrap(plan.reference, code), wrong=wrong)

    def arguments(self, params: Twisted, rng: random.Random) -> Any:
        """The base's."""
        return self.base.arguments(params[0], rng)


def _parameters(signature: str) -> list[str]:
    """The parameters of a signature, split at commas outside brackets."""
    parts, depth = [""], 0
    for character in signature:
        depth += (character == "[") - (character == "]")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts
