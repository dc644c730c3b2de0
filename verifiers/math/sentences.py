"""Answers in sentences: "the answer is 5, because ...", a heading "Answer" with a line behind it, "Hence x = 5."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assay.verifiers.math.hedging import CHOOSING, CLOSING, RETRACTION, is_doubtful, offers_another
from assay.verifiers.math.normalise import normalise, strip_invisible


@dataclass(frozen=True, slots=True)
class Found:
    """What extraction found: the answer's text and where, or a problem ("no_answer", "hedged", ...)."""

    text: str
    place: str
    problem: str = ""


NOTHING = Found("", "", "no_answer")
TAIL_CHARS = 8_192
"""Sentences are looked for in this many characters at the end of a response."""

_WIDE_SPACE = re.compile(r"\s{2,}")
_STATED = re.compile(
    r"(?:(?:final|correct|right)?\s*(?:answers?|option|choice)|final result)\s*(?:\*\*)?\s*"
    r"(?:(?:to (?:the|this) (?:question|problem)|here|therefore|then)\s*)?"
    r"(?:is|are|:|=)\s*(?:therefore|thus|then|simply|just|exactly|equal to|given by|option|choice)?"
    r"\s*:?\s*(?:\*\*)?\s*"
    r"|\b(?:respuesta|réponse|antwort|risposta|resposta|ответ)\b\s*(?:es|est|ist|lautet|è|é|\s:|:|=)\s*:?\s*(?:\*\*)?\s*"
    r"|(?:故选|故應選|应选|因此选|所以选|答案选)\s*[：:]?\s*(?:\*\*)?\s*"
    r"|(?:答案|答え|答)\s*(?:是|为|為|は|：|:)\s*:?\s*(?:\*\*)?\s*",
    re.I,
)
_HEADING = re.compile(r"^[ \t]*(?:#{1,6}[ \t]*|\*\*)(?:final )?answer:?(?:\*\*)?:?[ \t]*\n\s*", re.I | re.M)
_BOLD = re.compile(r"\*\*([^*\n]{1,200})\*\*")
_CONCLUSION = re.compile(
    r"(?:^|[.!?\n]\s*)(?:hence|therefore|thus|so|consequently|in conclusion|finally)\b[,:]?\s*", re.I
)
_MATH = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$|\\\((.+?)\\\)|\\\[(.+?)\\\]", re.S)
_SENTENCE_END = re.compile(r"(?<=[^\d\s.])\.(?=\s|$)|\.(?=\s+[A-Z])|\n\s*\n|(?<=\d)\.(?=\s|$)|。")
_EXPLANATION = re.compile(
    r",?\s+(?:\((?=[A-Za-z ]+\)$)"
    r"|(?:because|since|which|so that|where|i\.\s?e|that is|namely|meaning|given that|as(?= [a-z]))(?![A-Za-z])"
    r"|(?<=, )(?:(?:and )?not\s|(?:the|an?)\s+[a-z]))",
    re.I,
)
_PLAIN_WORD = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{3,}(?![A-Za-z]*\()")
_REPLACED = re.compile(r"\b(?:so|then|now|next|hence|thus|therefore|finally|overall|part|step)\b", re.I)
_NEAR = 80
"""Characters between two statements without a word on which one counts."""
_EMPTY = frozenset(["", "{}", "\\", "{ }", "\\ "])


def nonempty(text: str, place: str) -> Found:
    """An answer, unless there is nothing in it."""
    return Found(text, place, "" if strip_invisible(text).strip(" \t\r\n$~,;") not in _EMPTY else "empty_answer")


def in_sentences(text: str) -> Found:
    """The answer of a response without a declared place: stated, in bold, concluded, or the whole response."""
    tail = _WIDE_SPACE.sub(_narrow, text[-TAIL_CHARS:])
    if (found := _stated(tail)) is not None:
        return found
    stripped = strip_invisible(tail).strip()
    lines = stripped.splitlines()
    if lines and (bold := _BOLD.findall(lines[-1])):
        return nonempty(bold[0].strip().rstrip("."), "bold") if len(bold) == 1 else Found("", "bold", "no_answer")
    if match := _last(_CONCLUSION, stripped):
        rest = stripped[match.end() :]
        if len(rest) <= 300 and "\n\n" not in rest.strip():
            return nonempty(concluded, "conclusion") if (concluded := _concluded(rest)) else NOTHING
    if 0 < len(stripped) <= 300 and len(lines) == 1 and len(text) <= TAIL_CHARS and not _prose(stripped):
        return Found(stripped, "whole")
    if len(text) <= 2000 and (match := _MATH.fullmatch(stripped)):
        return nonempty(_inside(match), "whole")
    return NOTHING


def _stated(tail: str) -> Found | None:
    """What the last "the answer is ..." or the last heading "Answer" is followed by."""
    matches = [match for match in (_last(_STATED, tail), _last(_HEADING, tail)) if match is not None]
    if not matches:
        return None
    match = max(matches, key=lambda found: found.end())
    answer, behind = _sentence(tail[match.end() :])
    if not answer:
        return None
    if is_doubtful("", behind[:160]) or _is_rival(tail, match, answer):
        return Found(answer, "stated", "hedged")
    return nonempty(answer, "stated")


def _is_rival(tail: str, match: re.Match[str], answer: str) -> bool:
    """Whether an earlier statement offers another answer, as a choice or without a word on which one counts."""
    earlier = _last(_STATED, tail[: match.start()])
    if earlier is None:
        return False
    between = tail[earlier.end() : match.start()]
    if CHOOSING.search(between):
        return True
    if not re.search(r"[\d$\\]|\b[A-J]\b", between):
        return False  # "Final answer: the answer is 5"
    if len(between) > _NEAR or _REPLACED.search(between) or RETRACTION.search(between) or CLOSING.search(match[0]):
        return False
    return normalise(_sentence(between)[0]) != normalise(answer)


def _sentence(rest: str) -> tuple[str, str]:
    """The answer at the start of what follows "the answer is", and the text behind it ("" where it is hedged)."""
    start = rest
    rest = rest.lstrip("* \t\n:}")
    if rest.startswith(("$", "\\(", "\\[")) and (match := _MATH.match(rest)):
        inside, after = _inside(match), rest[match.end() :]
        line = after.split("\n", 1)[0]
        explanation = _EXPLANATION.match(line)
        if explanation is not None and not offers_another(line[explanation.start() :].lstrip(", ")):
            return inside, after
        if re.match(r"\s*(?:or\b|and\b|,)", line, re.I):
            whole = _SENTENCE_END.split(rest.split("\n", 1)[0], maxsplit=1)[0]
            return whole.strip(" *"), after[len(line) :]
        unit = re.match(r"\s*([A-Za-z]+(?:[ /][a-z]+)?)[.!]?\s*$", after[:60])
        if unit and len(unit[1]) < 25:
            return f"{inside} \\text{{{unit[1]}}}", ""
        return inside, after
    if bold := re.match(r"([^*\n]{1,200}?)\*\*", rest):
        answer = _SENTENCE_END.split(bold[1], maxsplit=1)[0].strip(" *`\t")
        return answer, rest[bold.end() :]
    line = rest.split("\n", 1)[0]
    answer = _SENTENCE_END.split(line, maxsplit=1)[0]
    behind = start[start.index(rest) + len(answer) :] if rest else ""
    if (explanation := _EXPLANATION.search(answer)) and not offers_another(answer[explanation.start() :].lstrip(", ")):
        answer = answer[: explanation.start()]
    return answer.strip(" *`\t"), behind


def _concluded(rest: str) -> str:
    """The one piece of mathematics in a concluding sentence, or ""."""
    sentence = _SENTENCE_END.split(rest.strip(), maxsplit=1)
    if len(sentence) > 1 and sentence[1].strip():
        return ""
    line = sentence[0].strip(" *")
    pieces = [_inside(match) for match in _MATH.finditer(line)]
    if pieces:
        return pieces[-1] if len(pieces) == 1 and not CHOOSING.search(line) else ""
    return line if not _prose(line) and not re.search(r"\b[A-Za-z]{3,}\b", re.sub(r"\\[A-Za-z]+", "", line)) else ""


def _prose(text: str) -> bool:
    """Whether a line is a sentence rather than an answer."""
    words = len(_PLAIN_WORD.findall(re.sub(r"\\text\{[^{}]*\}", "", text)))
    return words > 3 or (words > 1 and text[0].isalpha() and any(char.isdigit() for char in text))


def _inside(match: re.Match[str]) -> str:
    """The mathematics between a pair of delimiters."""
    return next(group for group in match.groups() if group is not None)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


def _narrow(match: re.Match[str]) -> str:
    """A run of white space as one space, one line end, or one empty line."""
    lines = match[0].count("\n")
    return "\n\n" if lines > 1 else "\n" if lines else " "
