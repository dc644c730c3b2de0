"""The words the reader knows: functions, Greek letters, relations and separators, in LaTeX and in plain text."""

from __future__ import annotations

FUNCTIONS: dict[str, str] = {
    **{
        name: name
        for name in [
            "sin",
            "cos",
            "tan",
            "cot",
            "sec",
            "csc",
            "sinh",
            "cosh",
            "tanh",
            "coth",
            "sech",
            "csch",
            "exp",
            "ln",
            "log",
            "det",
            "gcd",
            "lcm",
            "min",
            "max",
        ]
    },
    **{
        name: name
        for name in ["arcsin", "arccos", "arctan", "arccot", "arcsec", "arccsc", "arcsinh", "arccosh", "arctanh"]
    },
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "cosec": "csc",
    "lg": "lg",
    "cis": "cis",
    "sgn": "sign",
    "sign": "sign",
    "tg": "tan",
    "ctg": "cot",
    "arctg": "arctan",
    "asinh": "arcsinh",
    "acosh": "arccosh",
    "atanh": "arctanh",
    "arsinh": "arcsinh",
    "arcosh": "arccosh",
    "artanh": "arctanh",
    "Re": "re",
    "Im": "im",
    "Arg": "arg",
    "arg": "arg",
    "deg": "deg",
    "dim": "dim",
    "ker": "ker",
    "Gamma": "Gamma",
}
"""Name as written -> canonical name, for functions that may stand before an argument without brackets."""

BRACKETED: dict[str, str] = {
    "sqrt": "sqrt",
    "cbrt": "cbrt",
    "abs": "abs",
    "floor": "floor",
    "ceil": "ceil",
    "binomial": "binom",
    "binom": "binom",
    "factorial": "factorial",
    "GCD": "gcd",
    "LCM": "lcm",
    "root": "sqrt",
    "choose": "binom",
    "pow": "pow",
}
"""Functions that need brackets in plain text."""

INVERSE = {
    "sin": "arcsin",
    "cos": "arccos",
    "tan": "arctan",
    "cot": "arccot",
    "sec": "arcsec",
    "csc": "arccsc",
    "sinh": "arcsinh",
    "cosh": "arccosh",
    "tanh": "arctanh",
}

GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "varepsilon",
        "zeta",
        "eta",
        "theta",
        "vartheta",
        "iota",
        "kappa",
        "varkappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "omicron",
        "rho",
        "varrho",
        "sigma",
        "varsigma",
        "tau",
        "upsilon",
        "phi",
        "varphi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Pi",
        "Sigma",
        "Upsilon",
        "Phi",
        "Psi",
        "Omega",
        "ell",
        "hbar",
        "aleph",
        "partial",
        "nabla",
        "mho",
        "wp",
        "dagger",
        "star",
        "ast",
        "odot",
        "oplus",
        "otimes",
        "bullet",
        "prime",
        "perp",
        "parallel",
        "cdots",
        "ldots",
        "infty",
        "angle",
        "triangle",
        "square",
    ]
)
"""Commands that are symbols of their own."""

SAME_LETTER = {"varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho", "varsigma": "sigma"}

PLAIN_GREEK = frozenset(
    ["alpha", "beta", "gamma", "delta", "epsilon", "theta", "lambda", "sigma", "omega", "phi", "psi", "rho", "tau"]
)
"""Greek letters spelled out in plain text."""

MARKS = frozenset(
    [
        "hat",
        "bar",
        "vec",
        "tilde",
        "dot",
        "ddot",
        "overline",
        "widehat",
        "widetilde",
        "overrightarrow",
        "acute",
        "grave",
        "check",
        "breve",
    ]
)
"""Accents: part of a symbol's name."""

RELATIONS: dict[str, str] = {
    "=": "=",
    "==": "=",
    "<": "<",
    ">": ">",
    "<=": "<=",
    ">=": ">=",
    "!=": "!=",
    "<>": "!=",
    "lt": "<",
    "gt": ">",
    "le": "<=",
    "leq": "<=",
    "leqslant": "<=",
    "leqq": "<=",
    "ge": ">=",
    "geq": ">=",
    "geqslant": ">=",
    "geqq": ">=",
    "ne": "!=",
    "neq": "!=",
    "in": "in",
    "approx": "~",
    "simeq": "~",
    "sim": "similar",
    "equiv": "==",
    "cong": "==",
    "to": "->",
    "mid": "|",
    "nmid": "!|",
    "subset": "subset",
    "subseteq": "subseteq",
    "notin": "notin",
    "propto": "propto",
    "rightarrow": "->",
    "mapsto": "->",
    "Rightarrow": "=>",
    "implies": "=>",
    "iff": "<=>",
    "Leftrightarrow": "<=>",
    "coloneqq": "=",
}
FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}

SEPARATOR_WORDS = {"or": "or", "and": "list", "lor": "or", "vee": "or", "land": "list", "wedge": "list"}

NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
BASE_WORDS = {word: value for word, value in NUMBER_WORDS.items() if 2 <= value <= 16} | {
    "binary": 2,
    "octal": 8,
    "decimal": 10,
    "hex": 16,
    "hexadecimal": 16,
}

INFINITIES = frozenset(["inf", "infinity", "Infinity", "infty", "oo"])

CURRENCIES = {"dollar": "dollar", "euro": "euro", "pound": "gbp", "yen": "yen", "rupee": "rupee"}
"""Commands of the normaliser for signs of currencies -> words of `units.KNOWN`."""

DIRECT_FRACTIONS = frozenset(["frac", "tfrac", "dfrac", "cfrac"])

CLOSING_COMMANDS = frozenset(
    ["rfloor", "rceil", "rvert", "rVert", "rangle", "rbrace", "rbrack", "rgroup", "over", "choose"]
)
"""Commands that end a list: closing brackets, and those that put it over what follows."""

_GLUED = ("arcsin", "arccos", "arctan", "sqrt", "sin", "cos", "tan", "cot", "sec", "csc", "log", "ln", "exp")


def glued_function(run: str) -> tuple[str, str] | None:
    """Split a run of letters into a function's name and the one variable behind it: `sinx`, `sqrtpi`."""
    for name in _GLUED:
        if run.startswith(name):
            rest = run[len(name) :]
            if len(rest) == 1 or rest in PLAIN_GREEK or rest == "pi":
                return name, rest
    return None


SHORT_WORDS = frozenset(
    [
        "no",
        "on",
        "so",
        "yes",
        "up",
        "in",
        "at",
        "to",
        "go",
        "we",
        "he",
        "me",
        "my",
        "by",
        "if",
        "of",
        "or",
        "it",
        "is",
        "as",
        "an",
        "do",
        "us",
        "am",
        "be",
        "hi",
        "ok",
        "dne",
        "none",
        "nil",
        "all",
        "any",
        "odd",
        "even",
        "red",
        "not",
        "one",
        "two",
        "six",
        "ten",
    ]
)
"""Runs of two or three letters that are words, not products of variables."""
