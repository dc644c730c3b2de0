"""`json_schema`: the answer is strict JSON, valid against a schema, and says what the facts say.

Policy `json-schema@1`: draft 2020-12 unless `$schema` or the spec's `draft` names another; `format` is an annotation
unless `assert_formats` is true (all formats the library knows) or lists the formats that count; nothing is ever
fetched, so a schema that refers to another document is a bad spec. Validation is `jsonschema-rs`, whose version is
part of the verifier's name: 1 and 1.0 are one number, lengths count code points, patterns follow ECMA-262.

A schema alone leaves most of a document open, so an item can add `facts`: JSON Pointers with the values that must
stand there, and `exact_facts` to allow no other leaf.
"""

from __future__ import annotations

import functools
import importlib.metadata
import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from assay.verifiers.data.answer import read_answer
from assay.verifiers.data.model import EXACT, canonical, f1, leaf_facts
from assay.verifiers.data.outcome import DataVerifier, Outcome, read_count, read_flag
from assay.verifiers.data.strict_json import HIGHEST_DEPTH, MAX_DEPTH, read_json
from assay.verifiers.errors import SpecError
from assay.verifiers.verdict import Status

DRAFTS = ("4", "6", "7", "2019-09", "2020-12")
BACKTRACK_STEPS = 100_000
"""Bound of the matcher that patterns with lookaround or backreferences need; plain patterns match in linear time."""


class JsonSchemaVerifier(DataVerifier):
    """Spec: `{"schema": ...}`; optional `assert_formats`, `draft`, `facts`, `exact_facts`, `max_depth`."""

    kind: ClassVar[str] = "json_schema"
    required = frozenset({"schema"})
    optional = frozenset({"assert_formats", "draft", "facts", "exact_facts", "max_depth"})

    @property
    def name(self) -> str:
        """Kind, version and the library's version."""
        return f"{self.kind}@{self.version}+jsonschema-rs.{_library_version()}"

    def grade(self, settings: Mapping[str, Any], response: str) -> Outcome:
        """Read strictly, validate, then compare the facts."""
        is_valid = _validator(settings)
        facts = _read_facts(settings)
        exact_facts = read_flag(settings, "exact_facts", False)
        max_depth = read_count(settings, "max_depth", MAX_DEPTH, HIGHEST_DEPTH)
        answer = read_answer(settings, response)
        given = read_json(answer, max_depth)
        method = "jsonschema-rs"
        if not is_valid(given):
            message = "The document does not satisfy the schema."
            return Outcome(False, 0.0, "schema_violation", message, answer, method, status=Status.WRONG)
        if facts is None:
            return Outcome(True, 1.0, "valid", "The document satisfies the schema.", answer, method)
        right = [path for path, value in facts.items() if EXACT.same(value, _at(given, path))]
        surplus = exact_facts and Counter(leaf_facts(given)) != Counter(
            fact for path, value in facts.items() for fact in leaf_facts(value, path)
        )
        if len(right) == len(facts) and not surplus:
            return Outcome(True, 1.0, "valid", "The document satisfies the schema and the facts.", answer, method)
        wanted = Counter(fact for path, value in facts.items() for fact in leaf_facts(value, path))
        credit = min(f1(wanted, Counter(leaf_facts(given)))[0], 1 - 1e-9)
        message = "The document satisfies the schema but does not say what was asked for."
        return Outcome(False, credit, "fact_mismatch", message, answer, method)


class _Absent:
    """Stands where a pointer leads nowhere; equal to nothing."""


_ABSENT = _Absent()


def _at(value: Any, pointer: str) -> Any:
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and key.isascii() and int(key) < len(value):
            value = value[int(key)]
        else:
            return _ABSENT
    return value


def _read_facts(settings: Mapping[str, Any]) -> dict[str, Any] | None:
    facts = settings.get("facts")
    if facts is None:
        if settings.get("exact_facts"):
            raise SpecError("exact_facts needs the field 'facts'")
        return None
    if not isinstance(facts, Mapping) or not all(isinstance(p, str) and p[:1] in ("", "/") for p in facts):
        raise SpecError("facts must map JSON Pointers to values")
    return {path: canonical(value, f"facts{path}") for path, value in facts.items()}


def _validator(settings: Mapping[str, Any]) -> Any:
    schema = settings["schema"]
    formats = settings.get("assert_formats", False)
    draft = settings.get("draft", "2020-12")
    if not isinstance(schema, (Mapping, bool)):
        raise SpecError(f"schema must be an object, true or false, got {type(schema).__name__}")
    if draft not in DRAFTS:
        raise SpecError(f"draft must be one of {', '.join(DRAFTS)}, got {draft!r}")
    if not isinstance(formats, bool):
        if not isinstance(formats, (list, tuple)) or not all(isinstance(name, str) for name in formats):
            raise SpecError(f"assert_formats must be true, false or a list of format names, got {formats!r}")
        formats = tuple(formats)
    try:
        text = json.dumps(schema, sort_keys=True, default=_plain)
    except (TypeError, ValueError, RecursionError) as error:
        raise SpecError(f"schema is not a JSON value: {error}") from error
    return _compiled(text, draft, formats)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


@functools.lru_cache(maxsize=512)
def _compiled(text: str, draft: str, formats: bool | tuple[str, ...]) -> Any:
    import jsonschema_rs

    schema = json.loads(text)
    if isinstance(formats, tuple):
        schema = _only_formats(schema, formats)
    classes = {
        "4": jsonschema_rs.Draft4Validator,
        "6": jsonschema_rs.Draft6Validator,
        "7": jsonschema_rs.Draft7Validator,
        "2019-09": jsonschema_rs.Draft201909Validator,
        "2020-12": jsonschema_rs.Draft202012Validator,
    }
    named = isinstance(schema, dict) and "$schema" in schema
    make: Any = jsonschema_rs.validator_for if named else classes[draft]
    try:
        validator = make(
            schema,
            offline=True,
            validate_formats=bool(formats),
            pattern_options=jsonschema_rs.FancyRegexOptions(backtrack_limit=BACKTRACK_STEPS),
        )
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        first = str(error).strip().splitlines()[0][:200]
        raise SpecError(f"schema cannot be used: {first}") from error
    return validator.is_valid


def _only_formats(schema: Any, formats: tuple[str, ...]) -> Any:
    """The schema without the formats that do not count, wherever a subschema may name one."""
    if isinstance(schema, list):
        return [_only_formats(entry, formats) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    kept: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "format" and isinstance(value, str):
            if value in formats:
                kept[key] = value
        elif key in ("const", "enum", "default", "examples"):
            kept[key] = value
        elif key in ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas"):
            named = value if isinstance(value, dict) else {}
            kept[key] = {name: _only_formats(entry, formats) for name, entry in named.items()} if named else value
        else:
            kept[key] = _only_formats(value, formats)
    return kept


@functools.lru_cache(maxsize=1)
def _library_version() -> str:
    return importlib.metadata.version("jsonschema-rs")


VERIFIER = JsonSchemaVerifier()
