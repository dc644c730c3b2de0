r"""Where the answer stands in a response: the policies `strict`, `last_boxed` and `lenient`.

All look only behind the last `</think>`. `strict` wants exactly one answer in a declared place (a box, `<answer>`,
`#### 5`, `A: 5`); different ones are hedging. `last_boxed` takes the last box, whatever came before. `lenient` takes,
in this order, boxes, `<answer>`, `####`, `A:`, "answer is", a bold conclusion, "Hence x = 5.", or a response that is
nothing but an answer; of several different boxes it takes the last only where the text between says that it replaces
the earlier ones ("wait, no"), and a choice between them ("or", "maybe") is hedging. No policy searches for a number
anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assay.verifiers.math.limits import RESPONSE_CHARS, STRICT_CHARS
from assay.verifiers.math.normalise import normalise, strip_invisible


@dataclass(frozen=True, slots=True)
class Found:
    """What extraction found: the answer's text and where, or a problem ("no_answer", "hedged", ...)."""

    text: str
    place: str
    problem: str = ""


_BOX = re.compile(r"\\(?:boxed|fbox|framebox)(?![A-Za-z])\s*")
_ANSWER_TAG = re.compile(r"<(/?)answer>", re.I)
_HASHES = re.compile(r"^[ \t]*####[ \t]*(\S.*)$", re.M)
_LABEL = re.compile(r"^[ \t]*A:[ \t]*(\S.*)$", re.M)
_WIDE_SPACE = re.compile(r"\s{2,}")
_STATED = re.compile(
    r"(?:(?:final|correct|right)?\s*(?:answer|option|choice)|final result)\s*(?:\*\*)?\s*"
    r"(?:(?:to (?:the|this) (?:question|problem)|here|therefore|then)\s*)?"
    r"(?:is|are|:|=)\s*(?:therefore|thus|then|simply|just|exactly|equal to|given by|option|choice)?"
    r"\s*:?\s*(?:\*\*)?\s*",
    re.I,
)
_BOLD = re.compile(r"\*\*([^*\n]{1,200})\*\*")
_CONCLUSION = re.compile(
    r"(?:^|[.!?\n]\s*)(?:hence|therefore|thus|so|consequently|in conclusion|finally)\b[,:]?\s*", re.I
)
_MATH = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$|\\\((.+?)\\\)|\\\[(.+?)\\\]", re.S)
_RETRACTION = re.compile(
    r"\b(?:wait|actually|correction|corrected|correcting|mistake|mistaken|oops|sorry|scratch that|instead|no|"
    r"not right|wrong|"
    r"re-?check\w*|re-?consider\w*|re-?calculat\w*|re-?do\w*|re-?comput\w*|on second thought|revis\w+|hold on|"
    r"hmm+|error|"
    r"let me (?:re|check|fix|correct|try)|should (?:have been|be)|i meant|rather)\b",
    re.I,
)
_CLOSING = re.compile(
    r"\b(?:final(?:ly)?|therefore|thus|hence|consequently|in conclusion|overall|so the answer|the answer (?:is|to)|"
    r"so we (?:get|have)|in total|altogether)\b",
    re.I,
)
_CHOOSING = re.compile(
    r"\b(?:or|maybe|perhaps|possibly|alternatively|either|might|could|another (?:possib\w+|answer|option)|"
    r"otherwise|not sure|unsure|"
    r"unless|depending)\b",
    re.I,
)
_JOINING = re.compile(r"[\s$.,;:&*\\()\[\]]*(?:\band\b)?[\s$.,;:&*\\()\[\]]*", re.I)
_OR_AFTER = re.compile(
    r"[\s$*.]*(?:,\s*)?(?:or|or maybe|or perhaps|or possibly)\s+(?:maybe |perhaps |possibly |even )?(\$?\\?[-\d(a-z])",
    re.I,
)
_OR_BEFORE = re.compile(r"(?:\d|\$|\)|\})[\s$*,]*\bor\b[\s$*]*$", re.I)
_RETRACTED_AFTER = re.compile(
    r"^[\s$*.,;!]*(?:\bwait\b|\bno\b|\bactually\b|\boops\b|\bsorry\b|\bcorrection\b|\bscratch that\b)[^\n]{0,80}?"
    r"\b(?:is|be|answer|it's|make that|meant)\b[^\n\d]{0,20}\d",
    re.I,
)
_SENTENCE_END = re.compile(r"(?<=[^\d\s.])\.(?=\s|$)|\.(?=\s+[A-Z])|\n\s*\n|(?<=\d)\.(?=\s|$)")


def extract(response: str, policy: str, unclosed_box: str = "read") -> Found:
    """Find the answer of a response.

    Args:
        response: The whole response.
        policy: "strict", "last_boxed" or "lenient".
        unclosed_box: Whether a box that never closes is read ("read") or not ("refused"); `strict` never reads one.
    """
    thought = response.rfind("</think>")
    if thought >= 0:
        response = response[thought + 8 :]
    elif policy == "strict" and response.rfind("<think>") >= 0:
        return Found("", "", "no_answer")  # it never stopped thinking
    if policy == "strict":
        if len(response) > STRICT_CHARS:
            return Found("", "", "response_too_long")
        return _strict(response)
    if (found := _one_plain_box(response)) is not None:
        return found
    if len(response) > RESPONSE_CHARS:
        found = _unstrict(response[-RESPONSE_CHARS:], policy, unclosed_box)
        return Found("", "", "response_too_long") if found.problem == "no_answer" else found
    return _unstrict(response, policy, unclosed_box)


def _one_plain_box(response: str) -> Found | None:
    """The commonest response, fast: one box with a plain number in it, and nothing but punctuation behind it."""
    start = response.rfind("\\boxed{")
    if start < 0:
        return None
    end = response.find("}", start)
    text = response[start + 7 : end]
    if (
        not 0 < end - start < 40
        or len(response) - end > 8
        or response[end + 1 :].strip(" $.*\n")
        or not text.replace(",", "").isdecimal()
        or response.find("box", 0, start) >= 0
        or " or" in response[max(0, start - 12) : start]
    ):
        return None
    return Found(text, "box")


def _unstrict(response: str, policy: str, unclosed_box: str) -> Found:
    """`last_boxed` and `lenient` on what is read of the response."""
    boxes = _boxes(response, last_only=policy == "last_boxed")
    if boxes:
        text, _start, _end, closed = boxes[-1]
        if not closed and (unclosed_box == "refused" or not text.strip()):
            boxes = [box for box in boxes if box[3]]
            if not boxes:
                return Found("", "box", "no_answer")
        if policy == "last_boxed":
            return _nonempty(boxes[-1][0], "box")
        return _of_boxes(response, boxes)
    if policy == "last_boxed":
        return Found("", "", "no_answer")
    return _lenient(response)


_EMPTY = frozenset(["", "{}", "\\", "{ }", "\\ "])


def _nonempty(text: str, place: str) -> Found:
    return Found(text, place, "" if strip_invisible(text).strip(" \t\r\n$~,;") not in _EMPTY else "empty_answer")


def _boxes(text: str, *, last_only: bool = False) -> list[tuple[str, int, int, bool]]:
    """All outermost boxes: content, start, end and whether the box is closed; linear in the text."""
    found: list[tuple[str, int, int, bool]] = []
    if "\\boxed" not in text and "\\fbox" not in text and "\\framebox" not in text:
        return found
    position = 0
    if last_only or len(text) > 4096:
        # Jump near the end: the last few thousand boxes are as good as all of them.
        position = 0
    while match := _BOX.search(text, position):
        start, after = match.start(), match.end()
        if after >= len(text):
            break
        if text[after] != "{":
            # \boxed 5
            token = re.compile(r"\s*(\\?[A-Za-z]+|\d+|\S)").match(text, after)
            if token is None:
                break
            found.append((token[1], start, token.end(), True))
            position = token.end()
            continue
        end = _closing(text, after)
        if end < 0:
            line = text[after + 1 :].split("\n", 1)[0]
            found.append((_balanced(line), start, len(text), False))
            break
        found.append((text[after + 1 : end], start, end + 1, True))
        position = end + 1
    return found


_BRACE = re.compile(r"\\.|[{}]", re.S)


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


def _of_boxes(text: str, boxes: list[tuple[str, int, int, bool]]) -> Found:
    """One answer from all the boxes of a response (lenient)."""
    last = boxes[-1]
    if len(boxes) > 1:
        spelled = [normalise(box[0]) if len(box[0]) < 2000 else box[0] for box in boxes[-200:]]
        if any(one != spelled[-1] for one in spelled):
            return _differing(text, boxes[-200:], spelled)
    before, after = text[max(0, last[1] - 60) : last[1]], text[last[2] : last[2] + 120]
    if (choice := _OR_AFTER.match(after)) and not choice[1].isalpha():
        return Found(last[0], "box", "hedged")
    if _OR_BEFORE.search(before) or _RETRACTED_AFTER.match(after):
        return Found(last[0], "box", "hedged")
    return _nonempty(last[0], "box")


def _differing(text: str, boxes: list[tuple[str, int, int, bool]], spelled: list[str]) -> Found:
    """Different boxes: the last one, if it replaces the others; a list, if they stand side by side; else hedging."""
    start = len(boxes) - 1
    joined = True
    while start > 0:
        between = text[boxes[start - 1][2] : boxes[start][1]]
        if spelled[start - 1] == spelled[-1] and len(between) > 200:
            start -= 1
            continue
        if _CHOOSING.search(between):
            return Found(boxes[-1][0], "box", "hedged")
        if len(between) < 200 and _JOINING.fullmatch(between):
            start -= 1
            continue
        joined = _RETRACTION.search(between) is None and _CLOSING.search(between) is None
        if joined and spelled[start - 1] != spelled[-1]:
            return Found(boxes[-1][0], "box", "hedged")
        break
    group = boxes[start:]
    if len({normalise(box[0]) for box in group}) > 1:
        if len({normalise(box[0]) for box in group}) != len(group):
            return Found(group[-1][0], "box", "hedged")
        return Found(", ".join(box[0] for box in group), "boxes")
    return _nonempty(boxes[-1][0], "box")


def _strict(text: str) -> Found:
    """Exactly one declared answer."""
    boxes = _boxes(text)
    if any(not box[3] for box in boxes):
        return Found("", "box", "unclosed_box")
    places: list[tuple[str, str]] = [(box[0], "box") for box in boxes]
    if not places:
        places = [(answer, "answer_tag") for answer in _tagged(text)]
    if not places:
        places = [(match[1], "hashes") for match in _HASHES.finditer(text)]
    if not places:
        places = [(match[1], "label") for match in _LABEL.finditer(text)]
    if not places:
        return Found("", "", "no_answer")
    first = normalise(places[0][0]) if len(places[0][0]) < 10_000 else places[0][0]
    if any((normalise(text) if len(text) < 10_000 else text) != first for text, _ in places[1:]):
        return Found(places[-1][0], places[-1][1], "hedged")
    return _nonempty(places[-1][0], places[-1][1])


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


def _tagged(text: str) -> list[str]:
    """The contents of <answer>...</answer>, in one pass."""
    found: list[str] = []
    if "nswer>" not in text and "NSWER>" not in text:
        return found
    start = -1
    for match in _ANSWER_TAG.finditer(text):
        if not match[1]:
            start = match.end()
        elif start >= 0:
            found.append(text[start : match.start()])
            start = -1
    return found


def _narrow(match: re.Match[str]) -> str:
    """A run of white space as one space, one line end, or one empty line."""
    lines = match[0].count("\n")
    return "\n\n" if lines > 1 else "\n" if lines else " "


def _lenient(text: str) -> Found:
    """The places that are read when there is no box."""
    if tagged := _tagged(text):
        return _nonempty(tagged[-1].strip(), "answer_tag")
    if "####" in text and (match := _last(_HASHES, text)):
        return _nonempty(match[1], "hashes")
    if "A:" in text and (match := _last(_LABEL, text)):
        return _nonempty(match[1], "label")
    tail = _WIDE_SPACE.sub(_narrow, text[-8192:])
    if match := _last(_STATED, tail):
        answer = _sentence(tail[match.end() :])
        if answer:
            earlier = list(_STATED.finditer(tail, 0, match.start()))
            if earlier and _CHOOSING.search(tail[earlier[-1].end() : match.start()]):
                return Found(answer, "stated", "hedged")
            return _nonempty(answer, "stated")
    stripped = strip_invisible(tail).strip()
    lines = stripped.splitlines()
    if lines and (bold := _BOLD.findall(lines[-1])):
        if len(bold) == 1:
            return _nonempty(bold[0].strip().rstrip("."), "bold")
        return Found("", "bold", "no_answer")
    if match := _last(_CONCLUSION, stripped):
        rest = stripped[match.end() :]
        if len(rest) <= 300 and "\n\n" not in rest.strip():
            return _nonempty(_concluded(rest), "conclusion") if _concluded(rest) else Found("", "", "no_answer")
    if 0 < len(stripped) <= 300 and len(lines) == 1 and len(text) <= 8192 and not _prose(stripped):
        return Found(stripped, "whole")
    if len(text) <= 2000 and (match := _MATH.fullmatch(stripped)):
        return _nonempty(next(group for group in match.groups() if group is not None), "whole")
    return Found("", "", "no_answer")


_PLAIN_WORD = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{3,}(?![A-Za-z]*\()")


def _prose(text: str) -> bool:
    """Whether a line is a sentence rather than an answer."""
    words = len(_PLAIN_WORD.findall(re.sub(r"\\text\{[^{}]*\}", "", text)))
    return words > 3 or (words > 1 and text[0].isalpha() and any(char.isdigit() for char in text))


def _sentence(rest: str) -> str:
    """The answer at the start of what follows "the answer is"."""
    rest = rest.lstrip("* \t\n:")
    if rest.startswith(("$", "\\(", "\\[")):
        match = _MATH.match(rest)
        if match is not None:
            inside = next(group for group in match.groups() if group is not None)
            after = rest[match.end() : match.end() + 200].lstrip()
            if re.match(r"(?:or|and|,)\s", after, re.I) or after.startswith(("or ", "and ", ",")):
                line = _SENTENCE_END.split(rest.split("\n", 1)[0], maxsplit=1)[0]
                return line.strip(" *")
            unit = re.match(r"([A-Za-z]+(?:[ /][a-z]+)?)[.!]?\s*$", after)
            return f"{inside} \\text{{{unit[1]}}}" if unit and len(unit[1]) < 25 else inside
    if bold := re.match(r"([^*\n]{1,200}?)\*\*", rest):
        rest = bold[1]
    line = rest.split("\n", 1)[0]
    return _SENTENCE_END.split(line, maxsplit=1)[0].strip(" *`\t")


def _concluded(rest: str) -> str:
    """The one piece of mathematics in a concluding sentence, or ""."""
    sentence = _SENTENCE_END.split(rest.strip(), maxsplit=1)
    if len(sentence) > 1 and sentence[1].strip():
        return ""
    line = sentence[0].strip(" *")
    pieces = [next(group for group in m.groups() if group is not None) for m in _MATH.finditer(line)]
    if pieces:
        return pieces[-1] if len(pieces) == 1 and not _CHOOSING.search(line) else ""
    return line if not _prose(line) and not re.search(r"\b[A-Za-z]{3,}\b", re.sub(r"\\[A-Za-z]+", "", line)) else ""
