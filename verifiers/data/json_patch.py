"""JSON Patch (RFC 6902) over JSON Pointers (RFC 6901), applied to a copy of a document.

The patch is data from a response: every failure is a `Refusal`. The size of the document is bounded after each
operation, so that a chain of copies cannot grow without end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assay.verifiers.data.model import EXACT
from assay.verifiers.data.outcome import Refusal
from assay.verifiers.verdict import Status

MAX_OPERATIONS = 200
"""Most operations of one patch."""

MAX_NODES = 20_000
"""Largest document, in values, at any time."""

MAX_LEVELS = 128
"""Deepest nesting that a patch may build: copying and comparing recurse."""

MEMBERS = {
    "add": {"value"},
    "remove": set[str](),
    "replace": {"value"},
    "move": {"from"},
    "copy": {"from"},
    "test": {"value"},
}
"""Members each operation needs besides `op` and `path`."""

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_BAD_ESCAPE = re.compile(r"~(?![01])")


def read_patch(patch: Any) -> list[Mapping[str, Any]]:
    """Check the form of a whole patch before any of it is applied.

    Raises:
        Refusal: It is not a JSON Patch.
    """
    if not isinstance(patch, list):
        raise _malformed("it must be an array of operations")
    if len(patch) > MAX_OPERATIONS:
        raise Refusal(Status.LIMIT, "too_many_operations", f"The patch has more than {MAX_OPERATIONS} operations.")
    for operation in patch:
        name = operation.get("op") if isinstance(operation, dict) else None
        if not isinstance(name, str) or name not in MEMBERS:
            raise _malformed("every operation needs a known 'op'")
        for member in ("path", *sorted(MEMBERS[name])):
            if member not in operation:
                raise _malformed(f"'{name}' needs '{member}'")
            if member != "value":
                tokens(operation[member])
    return patch


def tokens(pointer: Any) -> list[str]:
    """The reference tokens of a JSON Pointer.

    Raises:
        Refusal: It is not a JSON Pointer.
    """
    if not isinstance(pointer, str) or (pointer and not pointer.startswith("/")) or _BAD_ESCAPE.search(pointer):
        raise _malformed("a path is not a JSON Pointer")
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def apply_patch(patch: list[Mapping[str, Any]], document: Any) -> Any:
    """The document after the patch; the one given is not changed.

    Raises:
        Refusal: An operation cannot be carried out (a path leads nowhere, a test fails, the document grows too big).
    """
    _, levels_before = _measure(document)
    held = {"": _copy(document)}  # the root as a member, so that replacing it needs no special case
    for operation in patch:
        _apply(operation, held)
        count, depth = _measure(held[""])
        if count > MAX_NODES:
            raise Refusal(Status.LIMIT, "too_big", f"The patched document has more than {MAX_NODES} values.")
        if depth > max(MAX_LEVELS, levels_before):
            raise Refusal(Status.LIMIT, "too_deep", f"The patched document nests deeper than {MAX_LEVELS} levels.")
    return held[""]


def _apply(operation: Mapping[str, Any], held: dict[str, Any]) -> None:
    path = tokens(operation["path"])
    match operation["op"]:
        case "add":
            _add(held, path, _copy(operation["value"]))
        case "remove":
            _remove(held, path)
        case "replace":
            _get(held, path)
            _set(held, path, _copy(operation["value"]))
        case "test":
            if not EXACT.same(operation["value"], _get(held, path)):
                raise Refusal(Status.WRONG, "test_failed", "A test operation of the patch fails.")
        case "copy":
            _add(held, path, _copy(_get(held, tokens(operation["from"]))))
        case _:
            source = tokens(operation["from"])
            if path[: len(source)] == source and len(path) > len(source):
                raise Refusal(Status.WRONG, "move_into_itself", "A value cannot be moved into itself.")
            value = _get(held, source)
            if path != source:
                _remove(held, source)
                _add(held, path, value)


def _get(held: dict[str, Any], path: list[str]) -> Any:
    value = held[""]
    for token in path:
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif isinstance(value, list) and _INDEX.fullmatch(token) and int(token) < len(value):
            value = value[int(token)]
        else:
            raise _nowhere()
    return value


def _parent(held: dict[str, Any], path: list[str]) -> tuple[Any, str]:
    return (held, "") if not path else (_get(held, path[:-1]), path[-1])


def _add(held: dict[str, Any], path: list[str], value: Any) -> None:
    parent, token = _parent(held, path)
    if isinstance(parent, dict):
        parent[token] = value
    elif isinstance(parent, list) and token == "-":
        parent.append(value)
    elif isinstance(parent, list) and _INDEX.fullmatch(token) and int(token) <= len(parent):
        parent.insert(int(token), value)
    else:
        raise _nowhere()


def _set(held: dict[str, Any], path: list[str], value: Any) -> None:
    parent, token = _parent(held, path)
    parent[int(token) if isinstance(parent, list) else token] = value


def _remove(held: dict[str, Any], path: list[str]) -> None:
    _get(held, path)
    if not path:
        raise Refusal(Status.WRONG, "root_removed", "The whole document cannot be removed.")
    parent, token = _parent(held, path)
    del parent[int(token) if isinstance(parent, list) else token]


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_copy(entry) for entry in value]
    return value


def _measure(value: Any) -> tuple[int, int]:
    """How many values there are, and how deep they nest."""
    count, deepest, stack = 0, 0, [(value, 1)]
    while stack:
        item, level = stack.pop()
        count, deepest = count + 1, max(deepest, level)
        if isinstance(item, dict):
            stack += [(entry, level + 1) for entry in item.values()]
        elif isinstance(item, list):
            stack += [(entry, level + 1) for entry in item]
    return count, deepest


def _nowhere() -> Refusal:
    return Refusal(Status.WRONG, "path_missing", "A path of the patch leads nowhere in the document.")


def _malformed(why: str) -> Refusal:
    return Refusal(Status.MALFORMED, "not_a_patch", f"The answer is not a JSON Patch: {why}.")
