"""Values as text, and text as values: the only thing that crosses between a program and what judges it.

The text is JSON with tags, so that reading it can make nothing but plain data of exact builtin types: no class of the
program's, no code, no method that lies. A subclass of a builtin type is flattened to the builtin; numpy's scalars and
arrays become numbers and lists; iterators are run to their end. Writing happens in the jail, beside the program, and
reading elsewhere.

| value | text |
| --- | --- |
| None, bool, str, list | as JSON |
| int | JSON, or `{"i": hexadecimal}` beyond 128 bits |
| float | JSON, or `{"f": "nan"}`, `"inf"`, `"-inf"` |
| tuple, set, frozenset, deque | `{"t": [...]}`, `{"s": [...]}`, `{"z": [...]}`, `{"q": [...]}` |
| dict | `{"d": [[key, value], ...]}` |
| bytes, bytearray | `{"b": hexadecimal}`, `{"y": hexadecimal}` |
| complex, range | `{"c": [re, im]}`, `{"r": [start, stop, step]}` |
| Fraction, Decimal | `{"Q": [numerator, denominator]}`, `{"D": text}` |
"""

from __future__ import annotations

import collections
import json
import sys
from collections.abc import Callable
from typing import Any

MAX_ITEMS = 1_000_000
"""Values in one message, at most; also where an endless iterator is cut off."""

MAX_TEXT = 16 << 20
"""Characters of one message, at most."""

_SMALL_INT = 1 << 128


class CodecError(ValueError):
    """A value that cannot cross, or a text that is none of ours."""


def encode(value: Any) -> str:
    """A value as text.

    Raises:
        CodecError: The value holds something that is no data, is too large, too deep, or contains itself.
    """
    kind = type(value)
    if kind is int and -_SMALL_INT < value < _SMALL_INT:
        return int.__repr__(value)
    if kind is bool:
        return "true" if value else "false"
    try:
        text = json.dumps(_Writer().plain(value), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    except RecursionError as error:
        raise CodecError("the value is nested too deeply") from error
    except MemoryError as error:
        raise CodecError("the value is too large") from error
    if len(text) > MAX_TEXT:
        raise CodecError("the value is too large")
    return text


class _Writer:
    """Turns values into what JSON has; counts as it goes."""

    def __init__(self) -> None:
        self.left = MAX_ITEMS

    def plain(self, value: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            raise CodecError("the value is too large")
        kind = type(value)
        if kind is str or kind is bool or value is None:
            return value
        if kind is int:
            return value if -_SMALL_INT < value < _SMALL_INT else {"i": hex(value)}
        if kind is float:
            return value if value - value == 0 else {"f": repr(value)}
        if kind is list:
            self._room(len(value))
            return [self.plain(item) for item in value]
        if kind is tuple:
            return {"t": self._items(value)}
        if kind is dict:
            return {"d": self._pairs(value)}
        if kind is set:
            return {"s": self._sorted(value)}
        return self._other(value)

    def _other(self, value: Any) -> Any:
        """Rarer types, and subclasses, whose own methods are never asked."""
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, int):
            return self.plain(int.__int__(value))
        if isinstance(value, float):
            return self.plain(float.__float__(value))
        if isinstance(value, (list, tuple, dict, set, frozenset, collections.deque)):
            return self._container(value)
        if isinstance(value, (bytes, bytearray, memoryview)):
            self._room(len(value))
            return {"y" if isinstance(value, bytearray) else "b": bytes(value).hex()}
        if isinstance(value, complex):
            return {"c": [self.plain(value.real), self.plain(value.imag)]}
        if isinstance(value, range):
            return {"r": [self.plain(value.start), self.plain(value.stop), self.plain(value.step)]}
        return self._library(value)

    def _container(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.plain(item) for item in list.__iter__(value)]
        if isinstance(value, tuple):
            return {"t": [self.plain(item) for item in tuple.__iter__(value)]}
        if isinstance(value, dict):
            return {"d": [[self.plain(k), self.plain(v)] for k, v in dict.items(value)]}
        if isinstance(value, collections.deque):
            return {"q": [self.plain(item) for item in collections.deque.__iter__(value)]}
        if isinstance(value, set):
            return {"s": self._sorted(set.__iter__(value))}
        return {"z": self._sorted(frozenset.__iter__(value))}

    def _library(self, value: Any) -> Any:
        kind = type(value)
        module = kind.__module__
        if module == "fractions" and kind.__name__ == "Fraction":
            return {"Q": [self.plain(value.numerator), self.plain(value.denominator)]}
        if module == "decimal" and kind.__name__ == "Decimal":
            return {"D": str(value)}
        numpy = sys.modules.get("numpy")
        if numpy is not None:
            if isinstance(value, numpy.ndarray):
                self._room(value.size)
                return self.plain(value.tolist())
            if isinstance(value, numpy.generic):
                return self.plain(value.item())
        if hasattr(kind, "__next__") or kind.__name__ in ("dict_keys", "dict_values", "dict_items"):
            return [self.plain(item) for item in value]
        raise CodecError(f"a value of type {kind.__name__!s:.60} is no plain data")

    def _items(self, value: Any) -> list[Any]:
        self._room(len(value))
        return [self.plain(item) for item in value]

    def _pairs(self, value: dict[Any, Any]) -> list[Any]:
        self._room(len(value))
        return [[self.plain(key), self.plain(entry)] for key, entry in value.items()]

    def _sorted(self, value: Any) -> list[Any]:
        """Items in one order whatever the hashes, so that equal sets have equal texts."""
        return sorted((self.plain(item) for item in value), key=lambda item: (type(item).__name__, json.dumps(item)))

    def _room(self, count: int) -> None:
        if count > self.left:
            raise CodecError("the value is too large")


def decode(text: str | bytes) -> Any:
    """The value of a text; all types in it are exact builtins (and deque, Fraction, Decimal).

    Raises:
        CodecError: It is not a text that `encode` writes.
    """
    if len(text) > MAX_TEXT:
        raise CodecError("the text is too long")
    try:
        return _read(json.loads(text, parse_constant=_refuse))
    except CodecError:
        raise
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError, MemoryError) as error:
        raise CodecError(f"not a value: {type(error).__name__}") from error


def _refuse(name: str) -> Any:
    raise CodecError(f"not a value: {name}")


def _read(node: Any) -> Any:
    if isinstance(node, list):
        return [_read(item) for item in node]
    if not isinstance(node, dict):
        return node
    if len(node) != 1:
        raise CodecError("not a value: a tag must stand alone")
    [(tag, body)] = node.items()
    reader = _READERS.get(tag)
    if reader is None:
        raise CodecError(f"not a value: unknown tag {tag!r:.20}")
    return reader(body)


def _read_items(body: Any) -> list[Any]:
    if not isinstance(body, list):
        raise CodecError("not a value: items must be a list")
    return [_read(item) for item in body]


def _read_dict(body: Any) -> dict[Any, Any]:
    return {_read(key): _read(entry) for key, entry in body}


def _read_float(body: Any) -> float:
    if body not in ("nan", "inf", "-inf"):
        raise CodecError("not a value: a tagged float is nan or infinite")
    return float(body)


def _read_complex(body: Any) -> complex:
    real, imaginary = (_read(part) for part in body)
    if not isinstance(real, float) or not isinstance(imaginary, float):
        raise CodecError("not a value: parts of a complex number are floats")
    return complex(real, imaginary)


def _read_fraction(body: Any) -> Any:
    from fractions import Fraction

    numerator, denominator = (_read(part) for part in body)
    return Fraction(numerator, denominator)


def _read_decimal(body: Any) -> Any:
    from decimal import Decimal

    return Decimal(body) if isinstance(body, str) else _refuse("Decimal")


def _read_int(body: Any) -> int:
    return int(body, 16)


def _read_bytes(body: Any) -> bytes:
    return bytes.fromhex(body)


def _read_range(body: Any) -> range:
    return range(*_read_items(body))


_READERS: dict[str, Callable[[Any], Any]] = {
    "i": _read_int,
    "f": _read_float,
    "t": lambda body: tuple(_read_items(body)),
    "s": lambda body: set(_read_items(body)),
    "z": lambda body: frozenset(_read_items(body)),
    "q": lambda body: collections.deque(_read_items(body)),
    "d": _read_dict,
    "b": _read_bytes,
    "y": lambda body: bytearray(_read_bytes(body)),
    "c": _read_complex,
    "r": _read_range,
    "Q": _read_fraction,
    "D": _read_decimal,
}
