"""`transform`: the answer is a small program, run on the shown document and on hidden ones.

Two languages: `json_patch` (RFC 6902) and `jmespath`. The program must give the expected value on every document;
the hidden ones are there so that a program that writes out the shown answer is wrong. A program that fails on one
document is wrong on that document. Nothing but these two closed languages is ever run, under a step budget.

Numbers that JMESPath computes may differ by 1e-12 of their size, unless both are whole or the spec has a `tolerance`.
`forbid_root_replace` refuses a patch that replaces (or adds, moves or copies onto) the whole document.
`forbid_literals` refuses a JMESPath program that holds an array or object literal.
Partial credit is the share of documents on which the program is right, weighted by `weights` where the spec has them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar

from assay.verifiers.data.answer import read_answer
from assay.verifiers.data.jmespath_ast import holds_container_literal, parse
from assay.verifiers.data.jmespath_functions import search
from assay.verifiers.data.jmespath_run import JmespathError
from assay.verifiers.data.json_patch import apply_patch, read_patch, tokens
from assay.verifiers.data.model import canonical, read_equality
from assay.verifiers.data.outcome import DataVerifier, Outcome, Refusal, read_choice, read_count, read_flag
from assay.verifiers.data.strict_json import read_json
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status

COMPUTED_RELATIVE = Decimal("1e-12")
"""How far a number that JMESPath computes may be from the expected one: sums and averages here are exact decimals, and
those of most implementations binary fractions."""

PROGRAM_BYTES = 20_000
"""Longest program, unless the spec's `max_bytes` says otherwise."""


class TransformVerifier(DataVerifier):
    """Spec: `{"lang", "docs": [...], "expected": [...]}`, or `doc` and `expected` for a single document."""

    kind: ClassVar[str] = "transform"
    required = frozenset({"lang", "expected"})
    optional = frozenset(
        {"doc", "docs", "forbid_root_replace", "forbid_literals", "max_len", "tolerance", "unordered", "weights"}
    )

    def grade(self, settings: Mapping[str, Any], response: str) -> Outcome:
        """Compile the program, run it on all documents, compare."""
        language = read_choice(settings, "lang", ("json_patch", "jmespath"), "jmespath")
        documents, expected = _read_documents(settings)
        weights = _read_weights(settings, len(documents))
        rules = read_equality(settings)
        if language == "jmespath" and "tolerance" not in settings:
            rules = replace(rules, relative=COMPUTED_RELATIVE, whole_exact=True)
        answer = read_answer(settings, response, PROGRAM_BYTES).strip(" \t\r\n")
        if "max_len" in settings and len(answer) > read_count(settings, "max_len", 1, PROGRAM_BYTES):
            raise Refusal(Status.LIMIT, "too_long", f"The program is longer than {settings['max_len']} characters.")
        run = _patch_runner(settings, answer) if language == "json_patch" else _jmespath_runner(settings, answer)
        right: list[bool] = []
        first_failure: Refusal | None = None
        for document, value in zip(documents, expected, strict=True):
            try:
                right.append(rules.same(value, run(document)))
            except Refusal as failure:
                if failure.status is Status.LIMIT:
                    raise
                first_failure = first_failure or failure
                right.append(False)
        detail = {"documents": len(documents), "documents_right": sum(right)}
        if all(right):
            return Outcome(True, 1.0, "equal", "The program is right on every document.", answer, language, detail)
        credit = sum(weight for weight, good in zip(weights, right, strict=True) if good) / sum(weights)
        reason, message = "value_mismatch", "The program does not give the expected value on every document."
        if first_failure is not None and not any(right):
            reason, message = first_failure.reason, first_failure.message
        return Outcome(False, min(credit, 1 - 1e-9), reason, message, answer, language, detail)


def _read_documents(settings: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    if ("doc" in settings) == ("docs" in settings):
        raise SpecError("give either 'doc' or 'docs'")
    if "doc" in settings:
        return [canonical(settings["doc"], "doc")], [canonical(settings["expected"])]
    documents, expected = settings["docs"], settings["expected"]
    if not isinstance(documents, (list, tuple)) or not isinstance(expected, (list, tuple)):
        raise SpecError("docs and expected must be lists")
    if not documents or len(documents) != len(expected):
        raise SpecError(f"docs and expected must be equally long, got {len(documents)} and {len(expected)}")
    return canonical(documents, "docs"), canonical(expected)


def _read_weights(settings: Mapping[str, Any], count: int) -> list[float]:
    weights = settings.get("weights", [1] * count)
    good = isinstance(weights, (list, tuple)) and len(weights) == count
    if not good or not all(isinstance(w, (int, float)) and not isinstance(w, bool) and w >= 0 for w in weights):
        raise SpecError(f"weights must be {count} numbers from 0 up")
    if not sum(weights) > 0:
        raise SpecError("weights must not all be 0")
    return [float(weight) for weight in weights]


def _patch_runner(settings: Mapping[str, Any], answer: str) -> Callable[[Any], Any]:
    patch = read_patch(read_json(answer))
    if read_flag(settings, "forbid_root_replace", False):
        for operation in patch:
            if operation["op"] not in ("test", "remove") and not tokens(operation["path"]):
                raise Refusal(Status.FORBIDDEN, "root_replaced", "Replacing the whole document is not allowed.")
    return lambda document: apply_patch(patch, document)


def _jmespath_runner(settings: Mapping[str, Any], answer: str) -> Callable[[Any], Any]:
    program = parse(answer)
    if read_flag(settings, "forbid_literals", False) and holds_container_literal(program):
        raise Refusal(Status.FORBIDDEN, "literal", "Array and object literals are not allowed in the program.")

    def run(document: Any) -> Any:
        try:
            return search(program, document)
        except JmespathError as error:
            raise Refusal(Status.WRONG, "program_failed", f"The program fails: {error}.") from error

    return run


VERIFIER = TransformVerifier()
