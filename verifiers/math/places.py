r"""Declared places for an answer in a response: boxes, `<answer>` tags, `#### 5` and `A: 5` lines; each in one pass.

What LaTeX and HTML do not show (`\phantom{...}`, `\iffalse ... \fi`, comments) is no place for an answer.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Place(NamedTuple):
    """An answer's text, where it starts and ends in the response, and whether its box is closed."""

    text: str
    start: int
    end: int
    closed: bool = True


_BOX = re.compile(r"\\(?:boxed|fbox|framebox)(?![A-Za-z])\s*")
_BARE = re.compile(r"\s*(\\?[A-Za-z]+|\d+|\S)")
_BRACE = re.compile(r"\\.|[{}]", re.S)
_PHANTOM = re.compile(r"\\[hv]?phantom\s*(?=\{)")
_ANSWER_TAG = re.compile(r"<(/?)answer>", re.I)
_HASHES = re.compile(r"^[ \t]*####[ \t]*(\S.*)$", re.M)
_LABEL = re.compile(r"^[ \t]*A:[ \t]*(\S.*)$", re.M)


def declared(text: str) -> tuple[list[Place], str]:
    """All places of the first kind that the text has, and the name of the kind ("" for none)."""
    if boxes := boxed(text):
        return boxes, "box"
    if tagged := _tagged(text):
        return tagged, "answer_tag"
    for sign, pattern, name in (("####", _HASHES, "hashes"), ("A:", _LABEL, "label")):
        if sign in text and (lines := [Place(m[1], m.start(), m.end()) for m in pattern.finditer(text)]):
            return lines, name
    return [], ""


def boxed(text: str) -> list[Place]:
    """All outermost boxes."""
    found: list[Place] = []
    if "\\boxed" not in text and "\\fbox" not in text and "\\framebox" not in text:
        return found
    position = 0
    while match := _BOX.search(text, position):
        start, after = match.start(), match.end()
        if after >= len(text):
            break
        if text[after] != "{":  # \boxed 5
            token = _BARE.match(text, after)
            if token is None:
                break
            found.append(Place(token[1], start, token.end()))
            position = token.end()
            continue
        end = _closing(text, after)
        if end < 0:
            found.append(Place(_balanced(text[after + 1 :].split("\n", 1)[0]), start, len(text), closed=False))
            break
        found.append(Place(text[after + 1 : end], start, end + 1))
        position = end + 1
    return found


def visible(text: str) -> str:
    """The text without what its readers do not see."""
    for opener, closer in (("<!--", "-->"), ("\\iffalse", "\\fi")):
        if opener in text:
            text = _without(text, opener, closer)
    return _without_phantoms(text) if "phantom" in text else text


def _without(text: str, opener: str, closer: str) -> str:
    kept: list[str] = []
    position = 0
    while (start := text.find(opener, position)) >= 0 and (end := text.find(closer, start + len(opener))) >= 0:
        kept.append(text[position:start])
        position = end + len(closer)
    return "".join(kept) + text[position:]


def _without_phantoms(text: str) -> str:
    kept: list[str] = []
    position = 0
    while (match := _PHANTOM.search(text, position)) and (end := _closing(text, match.end())) >= 0:
        kept.append(text[position : match.start()])
        position = end + 1
    return "".join(kept) + text[position:]


def _closing(text: str, position: int) -> int:
    """The index of the brace that closes the one at `position`, or -1."""
    depth = 0
    for match in _BRACE.finditer(text, position):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                return match.start()
    return -1


def _balanced(line: str) -> str:
    """The part of an unclosed box that is read: without trailing delimiters, only if its own braces balance."""
    line = line.strip().rstrip("$ ").removesuffix(r"\)").removesuffix(r"\]").rstrip(" .")
    depth = 0
    for match in _BRACE.finditer(line):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
    return line if depth == 0 and "\\boxed" not in line else ""


def _tagged(text: str) -> list[Place]:
    """What stands in <answer>...</answer>."""
    found: list[Place] = []
    if "nswer>" not in text and "NSWER>" not in text:
        return found
    opened: re.Match[str] | None = None
    for match in _ANSWER_TAG.finditer(text):
        if not match[1]:
            opened = match
        elif opened is not None:
            found.append(Place(text[opened.end() : match.start()].strip(), opened.start(), match.end()))
            opened = None
    return found
