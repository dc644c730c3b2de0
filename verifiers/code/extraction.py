"""Finding the program in a response.

A response is a program, or text with one fenced block (three or more backticks or tildes on a line of their own). A
program may hold backticks itself, in a string or a comment; so a fence counts only where Python's own strings do not
reach, which a small scanner decides without parsing anything: untrusted text is never parsed in this process.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assay.verifiers.errors import UnknownNameError

MAX_PROGRAM_BYTES = 1 << 20

TAGS: dict[str, tuple[str, ...]] = {
    "json": ("json", ""),
    "python": ("python", "py", "python3", "py3", "pycon", ""),
    "cpp": ("cpp", "c++", "cc", "cxx", "c", ""),
    "javascript": ("javascript", "js", "node", ""),
    "bash": ("bash", "sh", "shell", ""),
}
"""Words after a fence that mean a language; "" is a fence without one."""

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^`\n]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        program: The program; None if there is none.
        problem: Why there is none: "no_answer", "several_programs" or "program_too_long"; "" if there is one.
    """

    program: str | None
    problem: str = ""


def find_program(response: str, language: str, extraction: str = "single") -> Found:
    """Find the program.

    Args:
        response: What the agent wrote.
        language: What the program should be written in.
        extraction: "single" refuses several different blocks; "last" takes the last of them.

    Raises:
        UnknownNameError: There is no such way of extraction.
    """
    if extraction not in ("single", "last"):
        raise UnknownNameError("extraction", extraction, ("single", "last"))
    text = response
    if text.lstrip().startswith("<think>") and "</think>" in text:
        text = text.rpartition("</think>")[2]
    blocks = _fenced(text)
    if not blocks:
        program = text
    else:
        fitting = [body for tag, body in blocks if tag.lower() in TAGS[language]]
        distinct = list(dict.fromkeys(body.strip() for body in fitting))
        if not distinct:
            return Found(None, "no_answer")
        if len(distinct) > 1 and extraction == "single":
            return Found(None, "several_programs")
        program = fitting[-1]
    if not program.strip():
        return Found(None, "no_answer")
    if len(program.encode("utf-8", "surrogatepass")) > MAX_PROGRAM_BYTES:
        return Found(None, "program_too_long")
    return Found(program)


def _fenced(text: str) -> list[tuple[str, str]]:
    """Language tag and content of each fenced block; a fence that is never closed reaches to the end."""
    if "```" not in text and "~~~" not in text:
        return []
    blocks: list[tuple[str, str]] = []
    closing = ""
    tag = ""
    body: list[str] = []
    quoted = ""  # the triple quote we are inside of, outside of any block
    for line in text.split("\n"):
        if closing:
            stripped = line.strip()
            if stripped.startswith(closing) and not stripped.strip(closing[0]) and not quoted:
                blocks.append((tag, "\n".join(body)))
                closing, body = "", []
            else:
                body.append(line)
                quoted = _quote_after(line, quoted)
            continue
        match = None if quoted else _FENCE.fullmatch(line.rstrip())
        if match:
            closing, tag = match[1], match[2]
            quoted = ""
        else:
            quoted = _quote_after(line, quoted)
    if closing and (content := "\n".join(body)).strip():
        blocks.append((tag, content))
    return blocks


_QUOTES = re.compile(r"\\.|\"\"\"|'''|\"|'|#")


def _quote_after(line: str, quoted: str) -> str:
    """The triple quote that is open after a line of Python; single quotes end with their line."""
    single = ""
    for match in _QUOTES.finditer(line):
        token = match[0]
        if quoted:
            if token == quoted:
                quoted = ""
        elif single:
            if token[0] == single:
                # A closing quote may be read as part of a triple one: it closes all the same.
                single = ""
        elif token == "#":
            return quoted
        elif token in ('"""', "'''"):
            quoted = token
        elif token in ('"', "'"):
            single = token
    return quoted
