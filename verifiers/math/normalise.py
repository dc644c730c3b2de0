"""From an answer as typed to one plain spelling: unicode mathematics, spacing commands, fonts and wrappers.

Nothing is removed that could change a value. In particular a space between digits stays a space: "2 1/4" is not
"21/4", and "3 4" is not 34.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from assay.verifiers.math.selections import with_binomials

_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+-=()ni", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙₘₖᵢⱼₐₑₓ", "0123456789+-=()nmkijaex", strict=True))
_FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "ν": "nu", "ξ": "xi", "π": "pi",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi",
    "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma",
    "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "μ": "mu", "µ": "mu",
}  # fmt: skip
_SYMBOLS = {
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "﹣": "-", "－": "-", "⁄": "/", "∕": "/",
    "×": r"\times ", "✕": r"\times ", "⋅": r"\cdot ", "·": r"\cdot ", "∙": r"\cdot ", "•": r"\cdot ",
    "÷": r"\div ", "∗": "*", "＊": "*", "±": r"\pm ", "∓": r"\mp ", "√": r"\sqrt ", "∛": r"\sqrt[3]",
    "∜": r"\sqrt[4]", "∞": r"\infty ", "≤": r"\le ", "⩽": r"\le ", "≦": r"\le ", "≥": r"\ge ", "⩾": r"\ge ",
    "≧": r"\ge ", "≠": r"\ne ", "≈": r"\approx ", "≡": r"\equiv ", "∈": r"\in ", "∪": r"\cup ", "∩": r"\cap ",
    "∖": r"\setminus ", "∅": r"\emptyset ", "⌀": r"\emptyset ", "Ø": r"\emptyset ", "ℝ": r"\mathbb{R}",
    "ℤ": r"\mathbb{Z}", "ℚ": r"\mathbb{Q}", "ℕ": r"\mathbb{N}", "ℂ": r"\mathbb{C}", "°": r"\degree ",
    "º": r"\degree ", "˚": r"\degree ", "℃": r"\degree C", "℉": r"\degree F", "′": "'", "’": "'", "‘": "'",
    "″": "''", "∑": r"\sum ", "∏": r"\prod ", "∫": r"\int ", "∂": r"\partial ", "∇": r"\nabla ", "⌊": r"\lfloor ",
    "⌋": r"\rfloor ", "⌈": r"\lceil ", "⌉": r"\rceil ", "⟨": r"\langle ", "⟩": r"\rangle ", "〈": r"\langle ",
    "〉": r"\rangle ", "∧": r"\land ", "∨": r"\lor ", "…": r"\ldots ", "⋯": r"\ldots ", "％": r"\%", "€": r"\euro ",
    "£": r"\pound ", "￡": r"\pound ", "¥": r"\yen ", "￥": r"\yen ", "₹": r"\rupee ", "ℯ": "e", "ⅈ": "i", "∣": "|",
    "“": '"', "”": '"', "¢": r"\text{ cents}", "→": r"\to ", "ℓ": r"\ell ", "≅": r"\cong ", "～": "~",
    "，": ",", "。": ".", "、": ",", "；": ";", "：": ":", "（": "(", "）": ")", "［": "[", "］": "]", "｛": "{",
    "｝": "}", "＝": "=", "＋": "+", "＜": "<", "＞": ">", "／": "/", "｜": "|", "＾": "^", "＿": "_", "＼": "\\",
    "．": ".", "！": "!", "【": "[", "】": "]", "⟦": "[", "⟧": "]",
}  # fmt: skip
_INVISIBLE = dict.fromkeys(
    [
        0,
        173,
        8203,
        8204,
        8205,
        8206,
        8207,
        8288,
        8289,
        8290,
        8291,
        8292,
        65279,
        65038,
        65039,
        *list(range(8234, 8239)),
        *list(range(8294, 8298)),
    ]
)
_TABLE: dict[int, str | None] = (
    {ord(k): rf"\frac{{{a}}}{{{b}}}" for k, (a, b) in _FRACTIONS.items()}
    | {ord(k): rf"\{v} " for k, v in _GREEK.items()}
    | {ord(k): v for k, v in _SYMBOLS.items()}
    | _INVISIBLE
)
_SUPER_RUN = re.compile("[" + "".join(map(re.escape, _SUPERSCRIPTS)) + "]+")
_SUB_RUN = re.compile("[" + "".join(map(re.escape, _SUBSCRIPTS)) + "]+")

_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in [
        (r"(?<=\d)\s*,\s*\\!\s*(?=\d)", ""),  # 12,\!345
        (r"(?<=\d)\{,\}(?=\d)", ""),  # 10{,}000
        (r"(?<=\d)\s*\\,\s*(?=\d{3}(?!\d))", " "),  # 10\,000
        (r"(?<=\d)(?:\\mathord\s*)?\{\.\}(?=\d)", "."),  # 3{.}14
        (r"\\(?:text|textrm|textbf|mathrm|mbox)\s*\{\s*\\?%\s*\}", r"\\%"),
        (r"\{\s*\\rm\s+([A-Za-z]+)\s*\}|\\rm\s*\{\s*([A-Za-z]+)\s*\}|\\rm\s+([A-Za-z]+)(?=\s*[.$]?\s*$)",
         r"\\mathrm{\1\2\3}"),
        (r"\\math(?:bf|it|sf|tt)\s*\{\s*([A-Za-z]{2,})\s*\}", r"\\mathrm{\1}"),
        (r"\\(?:text|textrm|mathrm|mbox)\s*\{\s*([:,]|\^?\s*\\(?:circ|degree))\s*\}", r"\1"),
        (r"\\R(?![A-Za-z])|\\math(?:bf|rm)\s*\{R\}(?=\s*$)", r"\\mathbb{R}"),
        (r"\\slash(?![A-Za-z])\s*", "/"),
        (r"\\(?:(?:left|right)\s*\\)?vert(?![A-Za-z])\s*", "|"),
        (r"\\(?:(?:left|right)\s*\\)?Vert(?![A-Za-z])\s*", r"\\|"),
        (r"\\(?:left|right)\s*\\?\|", "|"),
        (r"\\(?:left|right)\s*\.", ""),
        (r"\\(?:left|right|middle|[bB]igg?[lrm]?)(?![A-Za-z])", ""),
        (r"\\(?:textcolor|color)\s*\{[^{}]*\}", ""),
        (r"\\[hvm]space\*?\s*\{[^{}]*\}|\\(?:label|tag)\s*\{[^{}]*\}", " "),
        (r"\\(?:displaystyle|textstyle|scriptstyle|limits|nolimits|relax|nobreak|bf|rm|it|sf|cal|tiny|scriptsize|footnotesize|"
         r"small|normalsize|large|Large|LARGE|huge|Huge)"
         r"(?![A-Za-z])", " "),
        (r"\\(?:mathbf|boldsymbol|bm|mathit|mathnormal|underline|boxed|fbox|framebox|ensuremath|pmb|mathstrut|smash)"
         r"(?![A-Za-z])", ""),
        (r"\\(?:[dtcs]|nice|flat)frac(?![A-Za-z])", r"\\frac"),
        (r"\\\\\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in)\s*\]", r"\\\\"),
        (r"\\!", ""),
        (r"(?<!\\)\\[,;:> ]|\\(?:quad|qquad|enspace|thinspace|medspace|thickspace|space|nonumber)(?![A-Za-z])|~", " "),
        (r"\\colon(?![A-Za-z])|\{:\}", ":"),
        (r"\^\s*\{?\s*\\circ\s*\}?", r"\\degree "),
        (r"\\(?:degrees?)(?![A-Za-z])\s*", r"\\degree "),
        (r"\\(?:textdollar)(?![A-Za-z])|\\\$", r"\\dollar "),
        (r"\\(?:texteuro|euro)(?![A-Za-z])\s*", r"\\euro "),
        (r"\\(?:pounds|textsterling)(?![A-Za-z])\s*", r"\\pound "),
        (r"(?<!\\)\\[()\[\]]", " "),
        (r"(?<=[\])}])\s*U\s*(?=[\[(\\])", r"\\cup "),
        (r"(?<![\d.])\.(?=\d*\s*\\(?:overline|bar|overbar|dot)(?![A-Za-z]))", "0."),  # .\overline3
        (r"(?<![\d.])(\d*\.\d*)\s*\\(?:overline|bar|overbar)\s*(?:\{\s*(\d+)\s*\}|(\d))", r"\1(\2\3)"),
        (r"(?<![\d.])(\d*\.\d*)\\dot\s*\{?(\d)\}?(\d*)\\dot\s*\{?(\d)\}?", r"\1(\2\3\4)"),
        (r"(?<![\d.])(\d*\.\d*)\\dot\s*\{?(\d)\}?", r"\1(\2)"),
        (r"\s+", " "),
    ]
)  # fmt: skip
_UNION = re.compile(r"(?<=[\])}])\s*U\s*(?=[\[(\\])")
_OVERLINED = re.compile("(?<![\\d.])(\\d*\\.\\d*?)((?:\\d\u0305)+)")
_PREFIX = re.compile(
    r"^(?:(?:the )?(?:final )?answer\s*(?:is|:|=)?\s*:?\s+"
    r"|\\text\s*\{\s*(?:the )?(?:final )?answer\s*(?:is|:)\s*:?\s*\}|(?:\\text\{)?answer:\s*\}?"
    r"|=(?!=)|\\approx(?![A-Za-z])|:)\s*",
    re.I,
)
_CURRENCY_CODES = (
    (re.compile(r"\bUS\s*\\dollar\s*|\\text\s*\{\s*(?:US)?\\dollar\s*\}"), r"\\dollar "),
    (re.compile(r"\bUSD?\s*(?=[\d.])"), r"\\dollar "),
    (re.compile(r"\bEUR\s*(?=[\d.])"), r"\\euro "),
    (re.compile(r"\bGBP\s*(?=[\d.])"), r"\\pound "),
    (re.compile(r"\b(?:INR|Rs\.?)\s*(?=\d)"), r"\\rupee "),
)
_CURRENCY_HINT = re.compile(r"dollar|US|EUR|GBP|INR|Rs")
_HALF_OF_DAY = re.compile(r"(?<=\d)\s*([aApP])\.\s?([mM])\b\.?")
_RATIO = re.compile(r"(?<=\d)\s*(?:\\text\s*\{\s*to\s*\}|\bto\b)\s*(?=\d)")
_PRIMES = re.compile(r"\^\s*(?:\{\s*((?:\\prime\s*|')+)\}|((?:\\prime(?![A-Za-z])\s*|')+))")
_SECONDS = re.compile(r"(?<=\d)\s*\"")
_PER_CENT = re.compile(r"\bper\s+cent\b", re.I)
_TIMES_TEN = re.compile(r"(?<=\d)\s*[xX]\s*(?=10\s*\^)")
_DOLLARS = re.compile(r"\$+")
_SPACES = re.compile(r"\s+")


def strip_invisible(text: str) -> str:
    """Drop zero-width characters, bidirectional marks and NULs."""
    return text if text.isascii() and "\0" not in text else text.translate(_INVISIBLE)


def _fold_unicode(text: str) -> str:
    if "\u0305" in text:
        text = _OVERLINED.sub(lambda m: f"{m[1]}({m[2].replace(chr(0x305), '')})", text)
    text = _SUPER_RUN.sub(lambda m: "^{" + "".join(_SUPERSCRIPTS[c] for c in m[0]) + "}", text)
    text = _SUB_RUN.sub(lambda m: "_{" + "".join(_SUBSCRIPTS[c] for c in m[0]) + "}", text)
    text = text.translate(_TABLE)
    if text.isascii():
        return text
    folded: list[str] = []
    for char in text:
        if char.isascii():
            folded.append(char)
            continue
        wide = unicodedata.normalize("NFKC", char)
        if wide.isspace():
            folded.append(" ")
        elif wide.isdecimal():
            folded.append("".join(str(unicodedata.decimal(c, "?")) for c in wide))
        else:
            folded.append(wide.translate(_TABLE))
    return "".join(folded)


def normalise(text: str) -> str:
    """The plain spelling of an answer; linear in its length."""
    return _remembered(text) if len(text) <= 256 else _normalise(text)


def _normalise(text: str) -> str:
    if "\0" in text or not text.isascii():
        text = _fold_unicode(text)
    text = _SPACES.sub(" ", _DOLLARS.sub(" ", text.replace(r"\$", r"\dollar ")))
    if "\\" in text or "~" in text or "{" in text:
        for pattern, replacement in _STEPS:
            text = pattern.sub(replacement, text)
    else:
        text = _UNION.sub(r"\\cup ", text)
    if "_" in text and ("C" in text or "P" in text):
        text = with_binomials(text)
    if "degree" in text:  # 12^\circ 30^{\prime} 15"
        text = _PRIMES.sub(lambda m: "'" * len(re.findall(r"\\prime|'", m[0])), text)
        text = _SECONDS.sub("''", text)
    if "cent" in text:
        text = _PER_CENT.sub("percent", text)
    if "x" in text or "X" in text:
        text = _TIMES_TEN.sub(r"\\times ", text)
    if ":" in text:
        text = _HALF_OF_DAY.sub(r" \1\2", text)
    if "to" in text:
        text = _RATIO.sub(":", text)
    if _CURRENCY_HINT.search(text):
        for pattern, replacement in _CURRENCY_CODES:
            text = pattern.sub(replacement, text)
    text = text.replace("+/-", r"\pm ").strip()
    text = _PREFIX.sub("", text)
    return _trim(text)


_remembered = functools.lru_cache(maxsize=4096)(_normalise)


def _trim(text: str) -> str:
    """Strip the punctuation that ends a sentence, and markdown emphasis around the whole."""
    while True:
        before = text
        text = text.strip()
        if len(text) > 4 and text.startswith("**") and text.endswith("**"):
            text = text[2:-2]
        text = text.strip("`").rstrip(',;:"')
        if text.endswith(".") and not text.endswith(("..", r"\.", "m.")):
            text = text[:-1]
        if text.endswith("\\") and not text.endswith("\\\\"):
            text = text[:-1]
        while text.endswith("\\\\"):
            text = text[:-2].rstrip()
        if text == before:
            return text
