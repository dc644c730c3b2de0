r"""Words around an answer that say whether it counts: alternatives, corrections, denials.

A response that offers several answers must not be paid for one of them ("\boxed{5} (or 6)"), nor one that takes its
answer back ("... is 5. Wait, it's 6") or denies it ("not \boxed{5}").
"""

from __future__ import annotations

import re

RETRACTION = re.compile(
    r"\b(?:wait|actually|correction|corrected|correcting|mistake|mistaken|oops|sorry|scratch that|instead|no|"
    r"not right|wrong|"
    r"re-?check\w*|re-?consider\w*|re-?calculat\w*|re-?do\w*|re-?comput\w*|on second thought|revis\w+|hold on|"
    r"hmm+|error|"
    r"let me (?:re|check|fix|correct|try)|should (?:have been|be)|i meant|rather)\b",
    re.I,
)
"""Between two answers: the second replaces the first."""

CLOSING = re.compile(
    r"\b(?:final(?:ly)?|therefore|thus|hence|consequently|in conclusion|overall|so the answer|the answer (?:is|to)|"
    r"so we (?:get|have)|in total|altogether)\b",
    re.I,
)
"""Between two answers: the second is the conclusion."""

CHOOSING = re.compile(
    r"\b(?:or|maybe|perhaps|possibly|alternatively|either|might|could|another (?:possib\w+|answer|option)|"
    r"otherwise|not sure|unsure|"
    r"unless|depending)\b",
    re.I,
)
"""Between two answers: they are alternatives."""

JOINING = re.compile(r"[\s$.,;:&*\\()\[\]]*(?:\band\b)?[\s$.,;:&*\\()\[\]]*", re.I)
"""Between two answers: nothing but what joins a list."""

_VALUE = r"(?:maybe |perhaps |possibly |even |it is |it's |the answer is )*(?:\$|\\|-?\d|\(|[A-Ja-z](?![A-Za-z]))"
_OR_AFTER = re.compile(rf"[\s$*.,;\\)]*\(?\s*\b(?:or|otherwise|alternatively,?|else)\s+{_VALUE}", re.I)
_OR_BEFORE = re.compile(r"(?:\d|\$|\)|\})[\s$*,]*\bor\b[\s$*]*$", re.I)
_OR_LATER = re.compile(r"\b(?:or|otherwise|else)\s+(?:maybe |perhaps |possibly |even )*(?:\$|\\|-?\d)", re.I)
_CORRECTED = re.compile(
    r"[\s$*.,;!?)]*(?:\b(?:wait|hmm+|actually|oops|sorry|correction|scratch that)\b|\bno[,.:;!])"
    r"(?:[^\n]{0,80}?\b(?:is|be|answer|it's|make that|meant)\b[^\n\d]{0,20}|[\s,:.!$]{1,4}-?)\d",
    re.I,
)
_DENIED_BEFORE = re.compile(
    r"(?:\bnot|n't|\bnever|\bcannot be|\brather than|\binstead of)\s+(?:be |equal to |equal |simply )?[\s$*(\\\[]*$",
    re.I,
)
_DENIED_AFTER = re.compile(
    r"[\s$*.)]*(?:which |that |this |it )?(?:is|was|would be|seems)\s+(?:clearly |just |simply )?"
    r"(?:wrong|incorrect|false|a mistake|not (?:the|right|correct|my|an?|quite|it)\b)",
    re.I,
)
_DOUBTED = re.compile(r"[\s$*)]*\?")


_ATTACHED_BEFORE = re.compile(r"[=$(\[{]\s*(?:-|−|\\(?:pm|mp|sqrt)(?![A-Za-z]))\s*$")
_ATTACHED_AFTER = re.compile(
    r"\^(?!\s*\{?\s*\\circ)|\{\s*(?!\\text)[^\s}]|[abciknpqrtxyz](?![A-Za-z])"
    r"|\s*\\(?:pi|sqrt|[dt]?frac|cdot|times|div|ln|log|sin|cos|tan|theta|infty|cup|cap|pm|mp)(?![A-Za-z])"
    r"|\s*[-+*/]\s*\d"
)
_EQUATION_GOES_ON = re.compile(r"[^$\n]*=")


def is_part(before: str, after: str) -> bool:
    r"""Whether a box holds only a part of what is stated: `-\boxed{5}`, `\boxed{5}^2`, `\boxed{5}\pi`.

    An equation with a hole in it, `3 \times \boxed{5} = 15`, states what fills the hole.
    """
    attached = _ATTACHED_AFTER.match(after) or _ATTACHED_BEFORE.search(before)
    return attached is not None and _EQUATION_GOES_ON.match(after) is None


def is_doubtful(before: str, after: str) -> bool:
    """Whether the text just before and just after an answer offers another one, denies it, or takes it back."""
    return (
        _OR_BEFORE.search(before) is not None
        or _DENIED_BEFORE.search(before) is not None
        or any(pattern.match(after) for pattern in (_OR_AFTER, _CORRECTED, _DENIED_AFTER, _DOUBTED))
    )


def offers_another(explanation: str) -> bool:
    """Whether the rest of a sentence, behind its answer, offers another answer or denies it."""
    return (
        _OR_LATER.search(explanation) is not None
        or _DENIED_AFTER.match(explanation) is not None
        or re.match(r"[\s,;]*(?:if|unless|or|otherwise|when)\b", explanation, re.I) is not None
    )
