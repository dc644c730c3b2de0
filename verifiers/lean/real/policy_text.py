"""The border that a policy's text passes before a real Lean reads it.

A real Lean has macros, commands, notation and IO, so more is refused here than before the embedded engine: text is
looked at character by character and word by word, comments are taken out (so that Lean never sees one, and cannot
disagree with us about where it ends), and every bracket must be closed by the text itself. The text is then set in
parentheses: a proof cannot end the theorem and go on with a command, because Lean would still wait for the closing one.

This is the first wall only. What decides is the audit of the compiled theorem; see `audit`.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from dataclasses import dataclass

from assay.verifiers.lean.boundary import FORBIDDEN
from assay.verifiers.lean.embedded.surface.lexer import COMMANDS, MAX_TEXT
from assay.verifiers.verdict import Status

MAX_DEPTH = 200
"""Brackets within brackets; more would try Lean's stack."""

TRUST_ME = FORBIDDEN - {"instance", "macro", "elab", "attribute", "opaque", "axiom", "unsafe", "set_option"} | {
    "_private",
    "dbgTrace",
    "dbgTraceIfShared",
    "dbgTraceVal",
    "dbgSleep",
    "dbgStackTrace",
    "dbg_trace",
    "mkSorry",
    "ofReduceBool",
    "run_meta",
    "runTermElabM",
    "skipKernelTC",
    "unsafeBaseIO",
    "unsafeEIO",
    "unsafeIO",
}
"""Words refused anywhere in a name: they stand for "trust me", run programs, or reach behind the kernel."""

ALONE = (
    COMMANDS
    | FORBIDDEN
    | {
        "add_aesop_rules",
        "add_decl_doc",
        "alias",
        "assert_exists",
        "assert_not_exists",
        "assert_not_imported",
        "binder_predicate",
        "builtin_simproc",
        "coinductive",
        "compile_def",
        "compile_inductive",
        "count_heartbeats",
        "declare_aesop_rule_sets",
        "declare_config_elab",
        "declare_simp_like_tactic",
        "deprecate",
        "docs_to_verso",
        "dsimproc",
        "erase_aesop_rules",
        "extend_docs",
        "gen_injective_theorems",
        "grind_pattern",
        "import_bundled",
        "infer_instance_as_command",
        "initialize_simps_projections",
        "irreducible_def",
        "library_note",
        "mk_iff_of_inductive_prop",
        "native",
        "nonrec",
        "notation3",
        "proof_wanted",
        "recommended_spelling",
        "register_builtin_option",
        "register_error_explanation",
        "register_label_attr",
        "register_option",
        "register_simp_attr",
        "scoped_attribute",
        "seal",
        "show_panel_widgets",
        "simproc",
        "simproc_decl",
        "stop",
        "suppress_compilation",
        "tactic_extension",
        "unif_hint",
        "unseal",
        "unsuppress_compilation",
        "whatsnew",
        "with_weak_namespace",
    }
)
"""Words refused where they stand alone: commands and what changes how text is read. As part of a longer name
(`List.prefix`) they are free."""

ROOTS = frozenset({"Lean", "IO", "System", "Elab", "Meta"})
"""First parts of names that belong to programs which write proofs, not to proofs."""

_START = r"A-Za-z_α-κμ-ωΑ-ΟΡΤ-Ωϊ-ϻἀ-῾ℂ-⅏𝒜-𝖟"
_REST = _START + r"0-9'!?₀-₉ₐ-ₜᵢ-ᵪ"
# The letters that every Lean takes for part of a name; at any other (λ, ᶜ, é) a word ends, so none can hide one.
_WORD = re.compile(rf"[{_START}][{_REST}]*(?:\.[{_START}][{_REST}]*)*")
_NUMBER_OR_WORD = re.compile(rf"[0-9][0-9A-Za-z_]*|[{_START}][{_REST}]*")
_HASH_COMMAND = re.compile(rf"#[{_START}][{_REST}-]{{2,}}")
_OPEN = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⦃": "⦄", "⟦": "⟧", "⌊": "⌋", "⌈": "⌉"}
_CLOSE = frozenset(_OPEN.values())
_FLOOR_LIKE = frozenset("⌊⌋⌈⌉")  # `⌊x⌋₊` and friends: paired, but mixed by some notations


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text may not be shown to Lean."""

    status: Status
    reason: str
    message: str


def read_policy_text(text: str) -> str | Refusal:
    """The text without its comments (places of everything else unchanged), or why it is refused."""
    text = text.replace("\r\n", "\n").removesuffix("\r")  # as Lean reads it
    if len(text) > MAX_TEXT:
        return Refusal(Status.LIMIT, "limit", f"the proof is longer than {MAX_TEXT:,} characters")
    if not text.strip():
        return Refusal(Status.NO_ANSWER, "no_proof", "there is no proof")
    bare = _without_comments(text)
    if isinstance(bare, Refusal):
        return bare
    if not bare.strip():
        return Refusal(Status.NO_ANSWER, "no_proof", "there is no proof, only comments")
    return _character_refusal(bare) or _word_refusal(bare) or _bracket_refusal(bare) or bare


def _without_comments(text: str) -> str | Refusal:
    """Blanks in place of comments; line breaks stay."""
    kept: list[str] = []
    at, depth = 0, 0
    while at < len(text):
        two = text[at : at + 2]
        if depth == 0 and two == "--":
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            kept.append(" " * (end - at))
            at = end
        elif two == "/-":
            depth += 1
            kept.append("  ")
            at += 2
        elif depth and two == "-/":
            depth -= 1
            kept.append("  ")
            at += 2
        else:
            kept.append(text[at] if not depth or text[at] == "\n" else " ")
            at += 1
    if depth:
        return Refusal(Status.MALFORMED, "parse_error", "a comment is not closed")
    bare = "".join(kept)
    if "-/" in bare:
        return Refusal(Status.MALFORMED, "parse_error", "`-/` closes no comment")
    return bare


def _character_refusal(text: str) -> Refusal | None:
    for character in text:
        if character.isascii():
            if character in '"`' or (character < " " and character != "\n") or character == "\x7f":
                name = repr(character) if character < " " or character == "\x7f" else f"`{character}`"
                status = Status.FORBIDDEN if character in '"`' else Status.MALFORMED
                return Refusal(status, "forbidden_character", f"{name} is not allowed in a proof")
        else:
            kind = unicodedata.category(character)
            if character in "«»✝" or kind[0] not in "LNSP":
                hidden = kind in ("Cf", "Cc", "Co", "Cs") or kind[0] == "Z"
                status = Status.FORBIDDEN if hidden or character in "«»" else Status.MALFORMED
                return Refusal(status, "forbidden_character", f"U+{ord(character):04X} is not allowed in a proof")
    if "'" in _NUMBER_OR_WORD.sub("", text):  # '(' would be a bracket to us and a character to Lean
        return Refusal(
            Status.FORBIDDEN, "forbidden_character", "`'` is not allowed in a proof but at the end of a name"
        )
    return None


def _word_refusal(text: str) -> Refusal | None:
    for found in _WORD.finditer(text):
        word = found.group()
        parts = word.split(".")
        before = text[max(0, found.start() - 2) : found.start()]
        follows_dot = len(before) == 2 and before[1] == "." and before[0] in _CLOSE
        bad = next((part for part in parts if part in TRUST_ME), None)
        if bad is None and not follows_dot:
            root = parts[1] if parts[0] == "_root_" and len(parts) > 1 else parts[0]
            if word in ALONE or (root in ROOTS and len(parts) > 1):
                bad = word
        if bad is not None:
            return Refusal(Status.FORBIDDEN, "forbidden_token", f"`{bad}` is not allowed in a proof")
    hashed = _HASH_COMMAND.search(text)
    if hashed is not None:
        return Refusal(Status.FORBIDDEN, "forbidden_token", f"`{hashed.group()}` is not allowed in a proof")
    for token in ("@[", "$(", "eval%"):
        if token in text:
            return Refusal(Status.FORBIDDEN, "forbidden_token", f"`{token}` is not allowed in a proof")
    return None


def _bracket_refusal(text: str) -> Refusal | None:
    waiting: list[str] = []
    for character in text:
        if character in _FLOOR_LIKE:
            continue
        if character in _OPEN:
            waiting.append(_OPEN[character])
            if len(waiting) > MAX_DEPTH:
                return Refusal(Status.LIMIT, "limit", f"brackets are nested more than {MAX_DEPTH} deep")
        elif character in _CLOSE and (not waiting or waiting.pop() != character):
            return Refusal(Status.MALFORMED, "parse_error", f"`{character}` closes no bracket")
    if waiting:
        return Refusal(Status.MALFORMED, "parse_error", f"a bracket is not closed: `{waiting[-1]}` is missing")
    return None


def read_tactic(text: str) -> str | Refusal:
    """A tactic step, or several lines of them, with what they are all indented by taken off; or why it is refused."""
    bare = read_policy_text(text)
    return bare if isinstance(bare, Refusal) else textwrap.dedent(bare).strip("\n").rstrip()


def indented(text: str, by: int = 2) -> str:
    """The text with every line set in by the same width, so that Lean's layout of it does not change."""
    pad = " " * by
    return "\n".join(pad + line for line in text.strip("\n").rstrip().split("\n"))


@dataclass(frozen=True, slots=True)
class Source:
    """A file for Lean.

    Attributes:
        text: The whole of it.
        first_line: Number of the line on which the policy's text begins, from 1.
    """

    text: str
    first_line: int

    def place(self, line: int, column: int) -> str:
        """A place in the file as one in the policy's own text; its beginning for what lies outside."""
        return f"{line - self.first_line + 1}:{max(0, column - 2)}" if line >= self.first_line else "1:0"


def source_of(header: str, name: str, statement: str, body: str) -> Source:
    """The file that states a theorem and gives a body as its proof.

    Args:
        header: The task's own text before it.
        name: The theorem's name.
        statement: What follows the name.
        body: The proof, in the words of `read_policy_text` or our own.
    """
    head = f"{header.rstrip()}\n" if header.strip() else ""
    head += "set_option autoImplicit false\n"
    head += f"theorem {name} {statement.strip()} := (\n"
    return Source(f"{head}{indented(body)}\n)\n", head.count("\n") + 1)
