"""Where the answer lies in a response: the whole text, or the inside of its only fenced block.

Policy `answer-block@2` (spec field `extract`):

- "single_fence_or_bare" (the default): a response with a fence line (three or more backticks or tildes, at most three
  spaces before) must hold exactly one closed block, whose inside is the answer, with prose around it or without;
  a response with no fence line is the answer itself.
- "single_fence": one closed block, always.
- "bare": the whole response, fences or not.

Two blocks are refused even where they agree: a response gives one answer. A block that is never closed is refused.
Lines end in LF or CRLF; the inside of a block is taken as it stands, with whatever line ends it has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assay.verifiers.data.outcome import Refusal, read_choice, read_count
from assay.verifiers.verdict import Status

MAX_BYTES = 1_000_000
"""Longest response read, in UTF-8 bytes, unless the spec's `max_bytes` says otherwise."""

EXTRACT = ("single_fence_or_bare", "single_fence", "bare")

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)


def read_answer(settings: Mapping[str, Any], response: str, max_bytes: int = MAX_BYTES) -> str:
    """The answer in a response, by the spec's `extract` and `max_bytes`.

    Raises:
        Refusal: It is too long, holds no answer, or more than one.
        SpecError: A field cannot be used.
    """
    limit = read_count(settings, "max_bytes", max_bytes, 1 << 26)
    policy = read_choice(settings, "extract", EXTRACT, "single_fence_or_bare")
    # The length in characters is free to ask; the text of a 100 MB answer is never copied.
    if len(response) > limit or len(response.encode("utf-8", "surrogatepass")) > limit:
        raise Refusal(Status.LIMIT, "too_long", f"The answer is longer than {limit} bytes.")
    if not response.strip():
        raise Refusal(Status.NO_ANSWER, "empty", "The response is empty.")
    if policy == "bare" or ("```" not in response and "~~~" not in response and policy != "single_fence"):
        return response
    return _from_fence(response, policy)


def _from_fence(response: str, policy: str) -> str:
    blocks: list[tuple[int, int]] = []
    opening: re.Match[str] | None = None
    for fence in _FENCE.finditer(response):
        marks, info = fence[1], fence[2]
        if opening is None:
            if marks[0] == "`" and "`" in info:
                continue  # inline code, not a fence
            opening = fence
        elif marks[0] == opening[1][0] and len(marks) >= len(opening[1]) and not info.strip():
            blocks.append((opening.end() + 1, fence.start()))
            opening = None
    if opening is not None:
        raise Refusal(Status.MALFORMED, "open_fence", "The answer block is not closed.")
    if not blocks:
        if policy == "single_fence":
            raise Refusal(Status.NO_ANSWER, "no_block", "The response has no fenced answer block.")
        return response
    if len(blocks) > 1:
        raise Refusal(Status.HEDGED, "several_blocks", "The response has several fenced blocks; give one answer.")
    start, end = blocks[0]
    inside = response[start:end]
    if not inside.strip():
        raise Refusal(Status.NO_ANSWER, "empty", "The answer block is empty.")
    return inside
