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

from assay.verifiers.math.hedging import CHOOSING, CLOSING, JOINING, RETRACTION, is_doubtful
from assay.verifiers.math.limits import RESPONSE_CHARS, STRICT_CHARS
from assay.verifiers.math.normalise import normalise
from assay.verifiers.math.sentences import NOTHING, Found, in_sentences, nonempty

_BOX = re.compile(r"\\(?:boxed|fbox|framebox)(?![A-Za-z])\s*")
_ANSWER_TAG = re.compile(r"<(/?)answer>", re.I)
_HASHES = re.compile(r"^[ \t]*####[ \t]*(\S.*)$", re.M)
_DOUBT = re.compile(r" or|not|n't|never|rather|instead")
_LABEL = re.compile(r"^[ \t]*A:[ \t]*(\S.*)$", re.M)


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
        return NOTHING  # it never stopped thinking
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
        or _DOUBT.search(response[max(0, start - 24) : start])
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
            return nonempty(boxes[-1][0], "box")
        return _of_boxes(response, boxes)
    if policy == "last_boxed":
        return NOTHING
    return _lenient(response)


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
    if is_doubtful(before, after):
        return Found(last[0], "box", "hedged")
    return nonempty(last[0], "box")


def _differing(text: str, boxes: list[tuple[str, int, int, bool]], spelled: list[str]) -> Found:
    """Different boxes: the last one, if it replaces the others; a list, if they stand side by side; else hedging."""
    start = len(boxes) - 1
    joined = True
    while start > 0:
        between = text[boxes[start - 1][2] : boxes[start][1]]
        if spelled[start - 1] == spelled[-1] and len(between) > 200:
            start -= 1
            continue
        if CHOOSING.search(between):
            return Found(boxes[-1][0], "box", "hedged")
        if len(between) < 200 and JOINING.fullmatch(between):
            start -= 1
            continue
        joined = RETRACTION.search(between) is None and CLOSING.search(between) is None
        if joined and spelled[start - 1] != spelled[-1]:
            return Found(boxes[-1][0], "box", "hedged")
        break
    group = boxes[start:]
    if len({normalise(box[0]) for box in group}) > 1:
        if len({normalise(box[0]) for box in group}) != len(group):
            return Found(group[-1][0], "box", "hedged")
        return Found(", ".join(box[0] for box in group), "boxes")
    return nonempty(boxes[-1][0], "box")


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
        return NOTHING
    first = normalise(places[0][0]) if len(places[0][0]) < 10_000 else places[0][0]
    if any((normalise(text) if len(text) < 10_000 else text) != first for text, _ in places[1:]):
        return Found(places[-1][0], places[-1][1], "hedged")
    return nonempty(places[-1][0], places[-1][1])


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


def _lenient(text: str) -> Found:
    """The places that are read when there is no box."""
    if tagged := _tagged(text):
        return nonempty(tagged[-1].strip(), "answer_tag")
    if "####" in text and (match := _last(_HASHES, text)):
        return nonempty(match[1], "hashes")
    if "A:" in text and (match := _last(_LABEL, text)):
        return nonempty(match[1], "label")
    return in_sentences(text)
