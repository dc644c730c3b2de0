"""The border between a task and a proof: the engine owns header and statement, the policy supplies proof text only.

Text is looked at before anything reads it as Lean: words that stand for "trust me", words that begin a command and so
would end the proof, and characters that hide text. The words are found among tokens, so comments and names that merely
contain them are free.
"""

from __future__ import annotations

import re

from assay.verifiers.lean.embedded.surface.lexer import COMMANDS, tokenize
from assay.verifiers.lean.embedded.surface.syntax import ParseError

FORBIDDEN = frozenset(
    [
        "sorry",
        "admit",
        "sorryAx",
        "native_decide",
        "nativeDecide",
        "bv_decide",
        "ofReduceBool",
        "ofReduceNat",
        "trustCompiler",
        "lcProof",
        "lcUnreachable",
        "lcAny",
        "unsafeCast",
        "implemented_by",
        "extern",
        "run_tac",
        "run_cmd",
        "run_elab",
        "exact?",
        "apply?",
        "rw?",
        "simp?",
        "eval%",
        "include_str",
        "by_elab",
        "reduceBool",
        "axiom",
        "unsafe",
        "opaque",
        "macro",
        "elab",
        "set_option",
        "attribute",
        "instance",
        "csimp",
        "ptrAddrUnsafe",
        "decreasing_by",
        "termination_by",
    ]
)
"""Tokens a proof may not hold."""

_FENCE = re.compile(r"```[A-Za-z0-9]*[ ]*\n(.*?)\n?```", re.DOTALL)
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def proof_text(response: str) -> str:
    """The proof in a response: the response itself, or the one fenced block it consists of."""
    if "```" not in response:
        return response
    blocks = _FENCE.findall(response)
    return blocks[0] if len(blocks) == 1 and response.count("```") == 2 else response


def forbidden_token(text: str) -> str | None:
    """A token that a proof may not hold, or a hidden character; None if there is none.

    Text that cannot be split into tokens is not judged here: the parser says what is wrong with it.
    """
    hidden = _HIDDEN.search(text)
    if hidden is not None:
        return f"U+{ord(hidden.group()):04X}"
    try:
        tokens = tokenize(text)
    except ParseError:
        return None
    for token in tokens:
        if token.kind == "command" or token.text in FORBIDDEN:
            return token.text
        if token.kind == "ident" and any(part in FORBIDDEN for part in token.text.split(".")):
            return token.text
        if token.text in ("#", "$#"):
            return token.text
    return None


__all__ = ["COMMANDS", "FORBIDDEN", "forbidden_token", "proof_text"]
