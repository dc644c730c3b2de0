"""From the text of an answer to its tree: whole-answer forms first (words, choices, bases, times), then the grammar."""

from __future__ import annotations

import functools
import re

from assay.verifiers.math.grammar import parse
from assay.verifiers.math.limits import ANSWER_CHARS, LimitError, UnreadableError
from assay.verifiers.math.normalise import normalise
from assay.verifiers.math.signs import expand_signs
from assay.verifiers.math.spoken import spoken_number
from assay.verifiers.math.tree import Based, Const, Labelled, Node, Num, Seq, Sym, Text, neg, walk
from assay.verifiers.math.vocabulary import BASE_WORDS, FUNCTIONS, PLAIN_GREEK, SHORT_WORDS

_TEXT_COMMAND = re.compile(
    r"\\(?:text|textrm|textbf|textit|textnormal|mathrm|mbox|hbox|operatorname|emph|mathsf|textsf|texttt)\s*\{([^{}]*)\}"
)
_WORDS = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'\-]*(?:[ ,.\-]+[A-Za-zÀ-ÿ'\-]+)*[.!]?")
_CHOICE = re.compile(r"\(?([A-Z])\)?[.:)]?|\(([A-Za-z])\)|(?:option|choice|answer)\s*:?\s*\(?([A-Za-z])\)?", re.I)
_BASED = re.compile(
    r"(?:([0-9A-Za-z]+(?: ?[0-9]+)*)|\(([0-9A-Za-z]+)\))\s*"
    r"(?:_\s*\{?\s*\(?\s*(?:\\text\{)?\s*(\d{1,2}|[a-z]+)\s*\}?\s*\)?\s*\}?"
    r"|\s*\(?\s*(?:\\text\{)?\s*\(?(?:in )?base[ -]?(\d{1,2}|[a-z]+)\)?\}?)"
)
_PREFIXED = re.compile(r"0(?:[xX]([0-9A-Fa-f]+)|[bB]([01]+)|[oO]([0-7]+))")
_FOR_ALL = re.compile(r"[\s,]*(?:\\text\s*\{\s*)?\bfor (?:all|any|every|each)\b[^,;=<>{}]*(?:\}[^,;=<>{}]*)?$")
_LABEL = re.compile(
    r"(?:\\(?:textbf|text|mathrm)\s*)?\{?\s*(?:(?:option|choice|answer)\s*:?\s*)?"
    r"(?:\(\s*(?:\\(?:text|mathrm|textbf)\s*)?\{?([A-Ja-j])\}?\s*\)|([A-J])[.):])\s*\}?[\s:.]*(\S.*)",
    re.I,
)
_LISTED_CHOICES = re.compile(r"[A-Z](?:\s*(?:,|and|or)\s*[A-Z])+")
_ARTICLE = re.compile(r"^(?:the|an?) (?=\w)")
_SYNONYMS = {
    "dne": "does not exist",
    "do not exist": "does not exist",
    "doesn't exist": "does not exist",
    "no solutions": "no solution",
    "there are no solutions": "no solution",
    "there is no solution": "no solution",
    "infinitely many solutions": "infinitely many",
    "true": "true",
    "none of these": "none of the above",
}
_SETS = {
    "all real numbers": "R",
    "all reals": "R",
    "real numbers": "R",
    "set of real numbers": "R",
    "set of all real numbers": "R",
    "all real values": "R",
    "all real values of x": "R",
    "all real x": "R",
    "any real number": "R",
    "any real x": "R",
    "every real number": "R",
    "x is any real number": "R",
    "x can be any real number": "R",
    "empty set": "empty",
}
"""Sets in words."""
_INFINITY = frozenset(["infinity", "inf", "infty", "oo"])
_INFINITIES = {"infinity": 1, "positive infinity": 1, "plus infinity": 1, "negative infinity": -1, "minus infinity": -1}


def read(text: str) -> Node:
    """The tree of an answer, with ± expanded.

    Raises:
        UnreadableError: It is not an answer in any notation we read.
        LimitError: It breaks a cap.
    """
    return _remembered(text) if len(text) <= 256 else _read(text)


def _read(text: str) -> Node:
    if len(text) > ANSWER_CHARS:
        raise LimitError("answer_too_long", "The answer is too long to read.")
    plain = normalise(text)
    if len(plain) > ANSWER_CHARS:
        raise LimitError("answer_too_long", "The answer is too long to read.")
    if not plain:
        raise UnreadableError("an empty answer")
    if plain[0] in "[]" and (turned := _REVERSED.fullmatch(plain)) and (turned[1] == "]" or turned[3] == "["):
        # ]a, b[ is the French open interval
        plain = ("(" if turned[1] == "]" else "[") + turned[2] + (")" if turned[3] == "[" else "]")
    plain = _FOR_ALL.sub("", _ungrouped(plain)) or plain
    plain = _TEXT_QUANTITY.sub(r"\1\\text{\2}", plain)
    if plain.startswith("\\begin"):
        plain = _system(plain)
    if "mapsto" in plain:
        plain = _mapped(plain)
    whole = _whole(plain) or _labelled(plain)
    if whole is not None:
        return whole
    return expand_signs(parse(plain))


_remembered = functools.lru_cache(maxsize=4096)(_read)
_REVERSED = re.compile(r"([\[\]])([^\[\]]*,[^\[\]]*)([\[\]])")


_TEXT_QUANTITY = re.compile(r"^\\text\s*\{\s*([-+]?(?:\\dollar )?\d[\d,]*(?:\.\d+)?)(?:\s*([A-Za-z][A-Za-z .]*))?\}$")
_MAPPED = re.compile(r"(?:([a-zA-Z])\s*:\s*)?([a-z])\s*\\(?:long)?mapsto(?![A-Za-z])\s*(.+)")
_MIXED = re.compile(r"(\d+)\s*(?:\\text\s*\{\s*)?and\s+([a-z]+(?:[ -][a-z]+)*)\s*\}?")


_SYSTEM = re.compile(
    r"\\begin\s*\{(cases|aligned|align\*?|gathered|array)\}(?:\s*\{[lcr ]+\})?(.*)\\end\s*\{\1\}", re.S
)


def _system(plain: str) -> str:
    """Equations one below the other as a list of them; every line must be an equation."""
    match = _SYSTEM.fullmatch(plain)
    if match is None:
        return plain
    lines = [re.sub(r"&\s*=\s*&?|=\s*&", "=", line).strip(" ,") for line in match[2].split("\\\\")]
    lines = [line for line in lines if line]
    if any(line.count("=") != 1 or re.search(r"[&<>,]|\\(?:begin|text|le|ge|ne)", line) for line in lines):
        return plain
    return ", ".join(lines) or plain


def _mapped(plain: str) -> str:
    r"""`f: x \mapsto 3x` as `f(x) = 3x`; without a name, what the variable goes to."""
    match = _MAPPED.fullmatch(plain)
    if match is None:
        return plain
    name, variable, image = match.groups()
    if name:
        return f"{name}({variable}) = {image}"
    return image if variable in re.sub(r"\\[A-Za-z]+", "", image) else plain


def _ungrouped(plain: str) -> str:
    """An answer without the braces around the whole of it: `{Monday}`, from a font command."""
    if plain.startswith("{") and plain.endswith("}") and not re.search(r"[{}]", plain[1:-1]):
        return plain[1:-1].strip() or plain
    return plain


def _labelled(plain: str) -> Node | None:
    r"""A choice with what it says: `(B) 12`, `\textbf{(B)} 12`, `B. Tuesday`."""
    match = _LABEL.fullmatch(plain)
    if match is None:
        return None
    letter, rest = match[1] or match[2], match[3]
    if rest.count("{") < rest.count("}"):
        rest = rest.removesuffix("}")  # \text{(B) Tuesday}
    if rest.count("{") != rest.count("}") or not (match[1] or letter.isupper()):
        return None
    try:
        value = _whole(rest) or expand_signs(parse(rest))
    except UnreadableError:
        return None
    if any(isinstance(part, Sym) and len(part.name) == 1 and part.name.isupper() for part in walk(value)):
        return None  # another choice, or a product of variables
    try:
        product: Node | None = expand_signs(parse(plain))
    except UnreadableError:
        product = None
    return Labelled(letter, value, product)


def _whole(plain: str) -> Node | None:
    """Answers that are read as a whole."""
    first = plain[0]
    if first == "0" and (prefixed := _PREFIXED.fullmatch(plain)):
        digits = prefixed[prefixed.lastindex or 0].upper().lstrip("0") or "0"
        return Based(digits, (16, 2, 8)[(prefixed.lastindex or 1) - 1])
    if first.isdigit() and "_" not in plain and "base" not in plain:
        if "and " not in plain or (mixed := _MIXED.fullmatch(plain)) is None:
            return None
        share = spoken_number(mixed[2].replace("-", " "))
        return Num(int(mixed[1]) + share) if share is not None and 0 < share < 1 else None
    based = _based(plain)
    if based is not None:
        return based
    bare = plain
    if "\\" in bare:
        bare = _TEXT_COMMAND.sub(r" \1 ", bare)
        if "\\" in bare or "{" in bare:
            return None
    bare = " ".join(bare.split())
    letter = _CHOICE.fullmatch(bare)
    if letter is not None:
        name = letter[1] or letter[2] or letter[3]
        if name in ("e", "i"):
            return Const(name)
        return Sym(name)
    if not _WORDS.fullmatch(bare) or _LABEL.fullmatch(bare):
        return None
    words = [part for part in re.split(r"[ ,.\-]+", bare.rstrip(".!")) if part]
    word = words[0]
    if "-" in bare and all(len(part) <= 2 and part.lower() not in SHORT_WORDS for part in words):
        return None  # ad-bc
    if len(words) == 1:
        if len(word) == 1:
            return None
        if word.lower() in _INFINITY:
            return Const("inf")
        if word in ("pi", "PI") or word in PLAIN_GREEK or word in FUNCTIONS:
            return None
        if any(word.startswith(name) and len(word) <= len(name) + 1 for name in ("sin", "cos", "tan", "ln", "log")):
            return None
        if len(word) == 2 and word.lower() not in SHORT_WORDS:
            return None
        if set(word) <= set("xyz"):
            return None
        return text_node(bare)
    if all(len(part) == 1 or part in PLAIN_GREEK or part in FUNCTIONS or part == "pi" for part in words):
        return None
    if _LISTED_CHOICES.fullmatch(bare) or (re.search(r"(?:^|[ ,])(?:or|and)(?:[ ,]|$)", bare) and len(words) <= 3):
        return _listed(bare)
    words_only = text_node(bare)
    if words_only.words in _INFINITIES:
        return Const("inf") if _INFINITIES[words_only.words] > 0 else neg(Const("inf"))
    return Const(_SETS[words_only.words]) if words_only.words in _SETS else words_only


def _listed(bare: str) -> Node | None:
    parts = [part for part in re.split(r"\s*,\s*|\s+(?:and|or)\s+", bare) if part]
    if len(parts) < 2:
        return text_node(bare)
    kind = "or" if re.search(r"\bor\b", bare) else "list"
    return Seq(kind, tuple(Sym(part) if len(part) == 1 else text_node(part) for part in parts))


def text_node(words: str) -> Text:
    """Words without case, punctuation, repeated spaces or a leading article."""
    flat = re.sub(r"[^\w']+", " ", words.casefold()).strip()
    flat = _ARTICLE.sub("", flat)
    return Text(_SYNONYMS.get(flat, flat), words)


def _based(plain: str) -> Node | None:
    if "_" not in plain and "base" not in plain:
        return None
    inner = _TEXT_COMMAND.sub(r"\1", plain) if plain.startswith("\\") else plain
    match = _BASED.fullmatch(inner)
    if match is None:
        return None
    written = match[1] or match[2]
    name = (match[3] or match[4]).lower()
    base = int(name) if name.isdecimal() else BASE_WORDS.get(name, 0)
    digits = written.replace(" ", "").upper()
    if not 2 <= base <= 36:
        return None
    hexadecimal = base == 16 and len(digits) > 1 and written.islower()
    letters = not any(c.isdigit() for c in digits)
    if letters and not hexadecimal and (len(digits) == 1 or not written.isupper()):
        return None
    if any(int(digit, 36) >= base for digit in digits):
        return None
    return Based(digits.lstrip("0") or "0", base)
