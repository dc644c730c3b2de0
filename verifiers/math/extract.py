r"""Where the answer stands in a response: the policies `strict`, `last_boxed` and `lenient`.

All look only behind the last `</think>`, and only at what readers see. `strict` wants exactly one answer in a declared
place (a box, `<answer>`, `#### 5`, `A: 5`); different ones are hedging. `last_boxed` takes the last box, whatever came
before. `lenient` takes, in this order, boxes, `<answer>`, `####`, `A:`, "answer is", a bold conclusion, "Hence x = 5.",
or a response that is nothing but an answer. Of several different answers in declared places it takes the last only
where the text between says that it replaces the earlier ones ("wait, no"); those that stand side by side are a list;
a choice between them ("or", "maybe") is hedging, and so is an answer that is denied or taken back. No policy searches
for a number anywhere.
"""

from __future__ import annotations

import re

from assay.verifiers.math.hedging import CHOOSING, CLOSING, JOINING, RETRACTION, is_doubtful, is_part
from assay.verifiers.math.limits import RESPONSE_CHARS, STRICT_CHARS
from assay.verifiers.math.normalise import normalise
from assay.verifiers.math.places import Place, boxed, declared, visible
from assay.verifiers.math.sentences import NOTHING, Found, in_sentences, nonempty

_DOUBT = re.compile(r" or|not|n't|never|rather|instead|phantom|<!--|\\if|[-−]\s*\Z|\\(?:pm|mp|sqrt)\s*\Z")
_MOST_PLACES = 200
"""Places at the end of a response that are compared with one another."""
_NEAR = 200
"""Characters between two places that belong together."""


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
        return _strict(visible(response))
    if (found := _one_plain_box(response)) is not None:
        return found
    if len(response) > RESPONSE_CHARS:
        found = _unstrict(visible(response[-RESPONSE_CHARS:]), policy, unclosed_box)
        return Found("", "", "response_too_long") if found.problem == "no_answer" else found
    return _unstrict(visible(response), policy, unclosed_box)


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
        or _DOUBT.search(response, max(0, start - 24), start)
    ):
        return None
    return Found(text, "box")


def _strict(text: str) -> Found:
    """Exactly one declared answer."""
    places, name = declared(text)
    if not places:
        return NOTHING
    if not all(place.closed for place in places):
        return Found("", "box", "unclosed_box")
    first = _spelled(places[0])
    if any(_spelled(place) != first for place in places[1:]):
        return Found(places[-1].text, name, "hedged")
    return nonempty(places[-1].text, name)


def _unstrict(text: str, policy: str, unclosed_box: str) -> Found:
    """`last_boxed` and `lenient` on what is read of the response."""
    places, name = (boxed(text), "box") if policy == "last_boxed" else declared(text)
    if not places:
        return NOTHING if policy == "last_boxed" else in_sentences(text)
    if not places[-1].closed and (unclosed_box == "refused" or not places[-1].text.strip()):
        places = places[:-1]
        if not places:
            return Found("", "box", "no_answer")
    if policy == "last_boxed":
        return nonempty(places[-1].text, name)
    return _of_places(text, places[-_MOST_PLACES:], name)


def _of_places(text: str, places: list[Place], name: str) -> Found:
    """One answer from all the places of a response: the last one, or those that stand side by side as a list."""
    last = places[-1]
    spelled = [_spelled(place) for place in places]
    hedged = Found(last.text, name, "hedged")
    before, after = text[max(0, last.start - 60) : last.start], text[last.end : last.end + 120]
    if is_doubtful(before, after) or (name == "box" and is_part(before, after)):
        return hedged
    if all(one == spelled[-1] for one in spelled):
        return nonempty(last.text, name)
    start = len(places) - 1
    while start > 0:
        between = text[places[start - 1].end : places[start].start]
        if spelled[start - 1] == spelled[-1] and len(between) > _NEAR:
            start -= 1
            continue
        if CHOOSING.search(between):
            return hedged
        if len(between) < _NEAR and JOINING.fullmatch(between):
            start -= 1
            continue
        if spelled[start - 1] != spelled[-1] and not (RETRACTION.search(between) or CLOSING.search(between)):
            return hedged
        break
    group = spelled[start:]
    if len(set(group)) == 1:
        return nonempty(last.text, name)
    if len(set(group)) != len(group):
        return hedged
    return Found(", ".join(place.text for place in places[start:]), "boxes" if name == "box" else name)


def _spelled(place: Place) -> str:
    return normalise(place.text) if len(place.text) < 2000 else place.text
