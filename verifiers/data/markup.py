"""Reading YAML 1.2 (core schema), TOML 1.0 and plain XML into JSON values, or a refusal that says why.

Policies:

- `yaml@2`: one document, which may be a JSON document; tags, anchors and aliases are refused (so no bombs); scalars
  by the YAML 1.2 core schema, so `no` is text, `012` is twelve, `1e3` is a number and a date is text; keys are unique
  text; `.inf` and `.nan` are no JSON numbers. PyYAML's scanner only splits the text into events; nothing is
  constructed by it.
- `toml@1`: `tomllib`; a date or time has no JSON form and is refused, as are inf and nan.
- `xml@1`: no DTD, no entities beyond XML's five, no attributes, no namespaces; text inside a leaf element counts
  character by character, white space between elements and comments do not.

All have the depth limit of JSON documents; the texts are limited to `MARKUP_BYTES`.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from assay.verifiers.data.outcome import Refusal
from assay.verifiers.data.strict_json import MAX_DEPTH, check_text, depth_exceeds, read_json, read_number
from assay.verifiers.verdict import Status

MARKUP_BYTES = 100_000
"""Longest text of these formats, in bytes: their readers are slower than JSON's."""

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+", re.ASCII)
_OCTAL = re.compile(r"0o[0-7]+", re.ASCII)
_HEX = re.compile(r"0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", re.ASCII)

_KEY_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_LONG_KEY = re.compile(rf"(?:^|[\[{{,])[ \t]*{_KEY_PART}(?:[ \t]*\.[ \t]*{_KEY_PART}){{{MAX_DEPTH},}}", re.MULTILINE)


_ESCAPED_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.ASCII | re.IGNORECASE)
"""Both halves of a character as JSON escapes them, which YAML allows and libyaml does not read."""


def _one_escape(pair: re.Match[str]) -> str:
    number = 0x10000 + ((int(pair[2], 16) & 0x3FF) << 10) + (int(pair[3], 16) & 0x3FF)
    return f"{pair[1]}\\U{number:08x}"


def read_yaml(text: str) -> Any:
    """The value of a one-document YAML text.

    Raises:
        Refusal: It cannot be read by the policy.
    """
    import yaml

    if text.lstrip(" \t\r\n")[:1] in ("{", "["):  # JSON is YAML, and libyaml cannot read the halves of a pair
        with contextlib.suppress(Refusal):
            return read_json(text)
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _YamlReader(iter(yaml.parse(text, Loader=loader))).document()
    except yaml.YAMLError as error:
        if (joined := _ESCAPED_PAIR.sub(_one_escape, text)) != text:
            return read_yaml(joined)
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark is not None else ""
        raise Refusal(Status.MALFORMED, "not_yaml", f"The answer is not YAML{where}.") from error
    except UnicodeEncodeError as error:
        raise Refusal(Status.MALFORMED, "lone_surrogate", "The text holds half of a surrogate pair.") from error


def yaml_scanner() -> str:
    """Which scanner splits YAML here: "libyaml", or the slower "pyyaml" where PyYAML was built without it."""
    import yaml

    return "libyaml" if hasattr(yaml, "CSafeLoader") else "pyyaml"


class _YamlReader:
    """Builds JSON values from parser events, and stops at the first thing that has no place in them."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events

    def document(self) -> Any:
        import yaml

        self._next()  # stream start
        if not isinstance(self._next(), yaml.DocumentStartEvent):
            raise Refusal(Status.NO_ANSWER, "empty", "The answer holds no document.")
        value = self._value(self._next(), 0)
        self._next()  # document end
        if not isinstance(self._next(), yaml.StreamEndEvent):
            raise Refusal(Status.MALFORMED, "several_documents", "The answer holds several YAML documents.")
        check_text(value)
        return value

    def _next(self) -> Any:
        return next(self.events)

    def _value(self, event: Any, depth: int) -> Any:
        import yaml

        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise Refusal(Status.FORBIDDEN, "yaml_alias", "Anchors and aliases are not allowed.")
        if event.tag is not None:
            raise Refusal(Status.FORBIDDEN, "yaml_tag", "Explicit tags are not allowed.")
        if isinstance(event, yaml.ScalarEvent):
            return _core_scalar(event.value) if event.implicit[0] else event.value
        if depth >= MAX_DEPTH:
            raise Refusal(Status.LIMIT, "too_deep", f"The document nests deeper than {MAX_DEPTH} levels.")
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := self._next(), yaml.SequenceEndEvent):
                items.append(self._value(event, depth + 1))
            return items
        table: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._value(event, depth + 1)
            if not isinstance(key, str):
                raise Refusal(Status.MALFORMED, "key_not_text", "A mapping has a key that is not text.")
            if key in table:
                raise Refusal(Status.MALFORMED, "duplicate_key", "A mapping has the same key twice.")
            table[key] = self._value(self._next(), depth + 1)
        return table


def _core_scalar(text: str) -> Any:
    """A plain scalar by the YAML 1.2 core schema (chapter 10.3.2)."""
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    first = text[0]
    if not (first.isdigit() or first in "+-."):
        return text
    if _INT.fullmatch(text):
        return read_number(text)
    if _FLOAT.fullmatch(text):
        return read_number(text)
    if _OCTAL.fullmatch(text):
        return _in_range(int(text[2:], 8))
    if _HEX.fullmatch(text):
        return _in_range(int(text[2:], 16))
    if _NOT_FINITE.fullmatch(text):
        raise Refusal(Status.MALFORMED, "number_out_of_range", "Infinity and NaN are no JSON numbers.")
    return text


def _in_range(number: int) -> int:
    if number.bit_length() > 1023:
        raise Refusal(Status.MALFORMED, "number_out_of_range", "A number is outside the range of a double.")
    return number


def read_toml(text: str) -> Any:
    """The table of a TOML text.

    Raises:
        Refusal: It cannot be read by the policy.
    """
    if _LONG_KEY.search(text) or depth_exceeds(text, 10 * MAX_DEPTH):
        raise Refusal(Status.LIMIT, "too_deep", f"The document nests deeper than {MAX_DEPTH} levels.")
    try:
        table = tomllib.loads(text.replace("\r\n", "\n"), parse_float=_toml_float)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(Status.MALFORMED, "not_toml", "The answer is not TOML.") from error
    except RecursionError as error:
        raise Refusal(Status.LIMIT, "too_deep", "The document nests too deep.") from error
    except ValueError as error:  # an integer of more than 4300 digits
        raise Refusal(Status.LIMIT, "long_number", "A number is too long.") from error
    _check_toml(table)
    return table


def _toml_float(text: str) -> Any:
    if not text[-1].isdigit() and not text.endswith("."):
        raise Refusal(Status.MALFORMED, "number_out_of_range", "Infinity and NaN are no JSON numbers.")
    return read_number(text.replace("_", ""))


def _check_toml(table: dict[str, Any]) -> None:
    stack: list[tuple[Any, int]] = [(table, 1)]
    while stack:
        value, depth = stack.pop()
        if isinstance(value, (dict, list)):
            if depth > MAX_DEPTH:
                raise Refusal(Status.LIMIT, "too_deep", f"The document nests deeper than {MAX_DEPTH} levels.")
            stack += [(entry, depth + 1) for entry in (value.values() if isinstance(value, dict) else value)]
        elif isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**63:
            raise Refusal(Status.MALFORMED, "number_out_of_range", "A TOML integer has 64 bits.")
        elif not isinstance(value, (str, bool, int, Decimal)):
            raise Refusal(Status.MALFORMED, "date_not_text", "A TOML date has no JSON form; write it as text.")
    check_text(table)


def read_xml(text: str) -> Any:
    """The root element (an `xml.etree.ElementTree.Element`) of an XML text.

    Raises:
        Refusal: It is not well formed, has a DTD, or nests too deep.
    """
    import defusedxml.ElementTree
    from defusedxml import DefusedXmlException

    try:
        root = defusedxml.ElementTree.fromstring(text.strip("\n\r\t "), forbid_dtd=True)
    except DefusedXmlException as error:
        raise Refusal(Status.FORBIDDEN, "xml_dtd", "A document type and entities are not allowed.") from error
    except (defusedxml.ElementTree.ParseError, UnicodeEncodeError, ValueError, LookupError) as error:
        raise Refusal(Status.MALFORMED, "not_xml", "The answer is not well-formed XML.") from error
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise Refusal(Status.LIMIT, "too_deep", f"The document nests deeper than {MAX_DEPTH} levels.")
        level = [child for element in level for child in element]
    return root
