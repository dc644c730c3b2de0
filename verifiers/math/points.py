"""Numbers: what a scalar tree is worth at a point, to many digits, and refutation at random points.

Points are rational, derived from a hash of the two trees, so that every machine and run uses the same. Values that
differ refute; values that agree prove nothing here. Exact acceptance modulo primes is `agree_modulo`.
"""

from __future__ import annotations

import functools
import hashlib
import math
import threading
import time
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from assay.verifiers.math.limits import GaveUpError, LimitError, check_factorial
from assay.verifiers.math.tree import Add, Binder, Call, Const, Mul, Node, Num, Pow, Root, Sym, walk

DIGITS = 60
_LOCAL = threading.local()
_TOO_BIG = 10**6


def context() -> Any:
    """This thread's own mpmath context (the global one's precision is shared by all threads)."""
    found = getattr(_LOCAL, "context", None)
    if found is None:
        import mpmath  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]

        found = _LOCAL.context = mpmath.MPContext()
    return found


def variables(node: Node) -> set[str]:
    """The names under which the free variables of a tree are given values."""
    return {variable_name(part) for part in walk(node) if isinstance(part, Sym)}


@functools.lru_cache(maxsize=4096)
def variable_name(symbol: Sym) -> str:
    """A name that two spellings of one indexed variable share."""
    return symbol.name if symbol.index is None else f"{symbol.name}_{_index_name(symbol.index)}"


def _index_name(index: Node) -> str:
    match index:
        case Num(value):
            return str(value)
        case Add(terms):
            return "(" + "+".join(sorted(map(_index_name, terms))) + ")"
        case Mul(factors):
            return (
                "(" + "*".join(map(_index_name, factors)) + ")"
            )  # in order: x_{ij} has two indices, not their product
        case Sym():
            return variable_name(index)
        case Const(name):
            return name
        case _:
            return repr(index)


def value(node: Node, digits: int = DIGITS, point: Mapping[str, Fraction] | None = None) -> Any:
    """The value of a scalar tree as an mpmath number.

    Raises:
        GaveUpError: It has no value here, or none that we compute.
    """
    ctx = context()
    ctx.dps = digits
    try:
        result = _value(node, ctx, point or {})
    except (ZeroDivisionError, ValueError, OverflowError, TypeError, ctx.NoConvergence) as error:
        raise GaveUpError(f"no value: {type(error).__name__}") from error
    if not ctx.isfinite(result) or (isinstance(result, ctx.mpf) and ctx.isnan(result)):
        raise GaveUpError("no finite value")
    return result


def _value(node: Node, ctx: Any, point: Mapping[str, Fraction]) -> Any:
    match node:
        case Num(number):
            return ctx.mpf(number.numerator) / number.denominator
        case Sym():
            name = variable_name(node)
            if name not in point:
                raise GaveUpError("a variable without a value")
            return ctx.mpf(point[name].numerator) / point[name].denominator
        case Const("pi"):
            return +ctx.pi
        case Const("e"):
            return +ctx.e
        case Const("i"):
            return ctx.mpc(0, 1)
        case Add(terms):
            total = ctx.mpf(0)
            for term in terms:
                total = total + _value(term, ctx, point)
            return total
        case Mul(factors):
            product = ctx.mpf(1)
            for factor in factors:
                product = product * _value(factor, ctx, point)
            return product
        case Pow(base, exponent):
            return _power(_value(base, ctx, point), _value(exponent, ctx, point), exponent, ctx)
        case Root(radicand, degree):
            inner = _value(radicand, ctx, point)
            if degree % 2 and _real(inner, ctx) and ctx.re(inner) < 0:
                return -ctx.root(-ctx.re(inner), degree)
            return ctx.root(inner, degree) if degree != 2 else ctx.sqrt(inner)
        case Call(name, args):
            return _call(name, [_value(arg, ctx, point) for arg in args], ctx)
        case Binder("sum" | "prod", body, Sym() as variable, lower, upper) if lower is not None and upper is not None:
            low, high = _value(lower, ctx, point), _value(upper, ctx, point)
            if not (_real(low, ctx) and _real(high, ctx) and ctx.isint(low) and ctx.isint(high) and high - low < 400):
                raise GaveUpError("a sum with too many terms")
            total = ctx.mpf(0 if node.kind == "sum" else 1)
            for index in range(int(low), int(high) + 1):
                term = _value(body, ctx, {**point, variable_name(variable): Fraction(index)})
                total = total + term if node.kind == "sum" else total * term
            return total
        case _:
            raise GaveUpError("no numeric value")


def _power(base: Any, exponent: Any, written: Node, ctx: Any) -> Any:
    size = ctx.mag(base) if base else 0
    if abs(exponent) * max(1, abs(size)) > _TOO_BIG:
        raise GaveUpError("a power that is too large")
    if not base and ctx.re(exponent) <= 0:
        raise GaveUpError("zero to a power that is not positive")
    if (
        _real(base, ctx)
        and ctx.re(base) < 0
        and isinstance(written, Num)
        and written.value.denominator % 2
        and written.value.denominator > 1
    ):
        root = -ctx.root(-ctx.re(base), written.value.denominator)
        return root**written.value.numerator
    return base**exponent


def _real(number: Any, ctx: Any) -> bool:
    return isinstance(number, ctx.mpf) or not number.imag


def _call(name: str, args: list[Any], ctx: Any) -> Any:
    first = args[0]
    match name:
        case "sin" | "cos" | "tan" | "cot" | "sec" | "csc" | "sinh" | "cosh" | "tanh" | "coth" | "sech" | "csch":
            if abs(first) > 10**9 or abs(ctx.im(first)) > 10**3:
                raise GaveUpError("an argument that is too large")
            return getattr(ctx, name)(first)
        case "arcsin" | "arccos" | "arctan" | "arccot" | "arcsec" | "arccsc" | "arcsinh" | "arccosh" | "arctanh":
            return getattr(ctx, "a" + name[3:])(first)
        case "ln":
            return ctx.log(first)
        case "log":
            return ctx.log(first) / ctx.log(ctx.mpf(7) / 3)  # unknown base: any fixed one refutes soundly
        case "abs" | "norm":
            return abs(first)
        case "floor":
            return ctx.floor(ctx.re(first))
        case "ceil":
            return ctx.ceil(ctx.re(first))
        case "sign":
            return ctx.sign(first)
        case "re":
            return ctx.re(first)
        case "im":
            return ctx.im(first)
        case "arg":
            return ctx.arg(first)
        case "max" | "min":
            if not all(_real(arg, ctx) for arg in args):
                raise GaveUpError("an order among complex numbers")
            return (max if name == "max" else min)(args)
        case "factorial" | "Gamma":
            if abs(first) > 1000:
                raise GaveUpError("a factorial that is too large")
            return ctx.factorial(first) if name == "factorial" else ctx.gamma(first)
        case "binom" if len(args) == 2:
            if max(abs(args[0]), abs(args[1])) > 1000:
                raise GaveUpError("a binomial that is too large")
            return ctx.binomial(args[0], args[1])
        case _:
            return _unknown(name, args, ctx)


def _unknown(name: str, args: list[Any], ctx: Any) -> Any:
    """A value for a function that we know nothing about: the same for the same arguments, else independent."""
    spelled = "|".join(ctx.nstr(arg, 25) for arg in args)
    digest = hashlib.sha256(f"{name}({spelled})".encode("utf-8", "replace")).digest()
    return 1 + ctx.mpf(int.from_bytes(digest[:16], "big")) / 2**128


def sample(name: str, salt: str, low: Fraction = Fraction(1, 3), high: Fraction = Fraction(3)) -> Fraction:
    """The value of a variable at the point that `salt` names: a fraction in ±[low, high]."""
    digest = hashlib.sha256(f"{salt}|{name}".encode("utf-8", "replace")).digest()
    share = Fraction(int.from_bytes(digest[:4], "big"), 2**32)
    positive = low + (high - low) * Fraction(int(share * 997), 997)
    return positive if digest[4] & 1 else -positive


_RANGES = tuple(
    (Fraction(low), Fraction(high))
    for low, high in [
        ("1/3", "1"),
        ("1", "3"),
        ("1/3", "3"),
        ("1", "3"),
        ("3", "9"),
        ("1", "9"),
        ("1/9", "1/3"),
        ("1/9", "1"),
        ("3", "9"),
    ]
)
"""Sizes of the coordinates of the points; every third point is all positive, the next all negative."""


def refuted(left: Node, right: Node, *, positive: bool = False, until: float = math.inf) -> bool:
    """Whether the two trees have different values at some point where both have one.

    Args:
        left: A scalar tree.
        right: Another.
        positive: Whether variables stand for positive numbers.
        until: `time.monotonic()` after which no new point is tried.

    The values are compared relatively, at 60 digits: only a difference beyond 10^-35 of the larger one counts, so that
    rounding never refutes.
    """
    names = variables(left) | variables(right)
    salt = hashlib.sha256(repr((left, right)).encode("utf-8", "replace")).hexdigest()
    ctx = context()
    for index, (low, high) in enumerate(_RANGES if names else _RANGES[:1]):
        if time.monotonic() > until:
            return False
        point = {name: sample(name, f"{salt}{index}", low, high) for name in names}
        if positive or index % 3 == 0:
            point = {name: abs(number) for name, number in point.items()}
        elif index % 3 == 1:
            point = {name: -abs(number) for name, number in point.items()}
        try:
            one, two = value(left, DIGITS, point), value(right, DIGITS, point)
        except (GaveUpError, LimitError):
            continue
        scale = max(abs(one), abs(two))
        if scale < ctx.mpf(10) ** -30:
            continue
        if abs(one - two) > scale * ctx.mpf(10) ** -35:
            return True
    return False


# --- exact acceptance modulo a prime ----------------------------------------------------------------------------

_MERSENNE = (521, 1279, 2203, 4423)


def agree_modulo(left: Node, right: Node) -> bool:
    """Whether two rational expressions over Q are identical, by evaluation modulo a prime.

    Schwartz (1980), Zippel (1979): a nonzero polynomial of degree d vanishes at a random point of F_p with probability
    at most d/p. Here p is a Mersenne prime larger than twice every coefficient that the difference can have (so it
    cannot vanish modulo p as a whole) and the point comes from a hash of both expressions; d < 2^64 < p / 2^450.

    Raises:
        GaveUpError: The expressions hold more than numbers, variables, sums, products and whole powers.
    """
    measured = [_measure(node) for node in (left, right)]
    height = sum(bits for bits, _ in measured) + 8
    degree = sum(d for _, d in measured)
    prime = next((2**m - 1 for m in _MERSENNE if m > height + 8), 0)
    if not prime or degree > 2**40:
        raise GaveUpError("coefficients too large for the modular test")
    salt = hashlib.sha512(repr((left, right)).encode("utf-8", "replace")).hexdigest()
    names = sorted(variables(left) | variables(right))
    for attempt in range(3):
        point = {
            name: int.from_bytes(
                b"".join(hashlib.sha512(f"{salt}|{name}|{attempt}|{i}".encode()).digest() for i in range(9)), "big"
            )
            % prime
            for name in names
        }
        try:
            return _modular(left, point, prime) == _modular(right, point, prime)
        except ZeroDivisionError:
            continue
    raise GaveUpError("no regular point")


def _measure(node: Node) -> tuple[int, int]:
    """Upper bounds on (log2 of the sum of all coefficients of numerator and denominator, degree)."""
    match node:
        case Num(number):
            return number.numerator.bit_length() + number.denominator.bit_length(), 0
        case Sym():
            return 1, 1
        case Add(parts) | Mul(parts):
            sizes = [_measure(part) for part in parts]
            return sum(bits for bits, _ in sizes) + len(parts), sum(d for _, d in sizes)
        case Pow(base, Num(exponent)) if exponent.denominator == 1 and abs(exponent) < 10**6:
            bits, degree = _measure(base)
            return bits * abs(int(exponent)), degree * abs(int(exponent))
        case _:
            raise GaveUpError("not a rational expression")


def _modular(node: Node, point: Mapping[str, int], prime: int) -> int:
    match node:
        case Num(number):
            return number.numerator * pow(number.denominator, -1, prime) % prime
        case Sym():
            return point[variable_name(node)]
        case Add(terms):
            return sum(_modular(term, point, prime) for term in terms) % prime
        case Mul(factors):
            total = 1
            for factor in factors:
                total = total * _modular(factor, point, prime) % prime
            return total
        case Pow(base, Num(exponent)):
            below = _modular(base, point, prime)
            if exponent < 0 and below == 0:
                raise ZeroDivisionError
            return pow(below, int(exponent), prime)
        case _:
            raise GaveUpError("not a rational expression")


def has_binder(node: Node) -> bool:
    """Whether a sum, product, integral or limit stands anywhere in a tree."""
    return any(isinstance(part, Binder) for part in walk(node))


__all__ = ["agree_modulo", "check_factorial", "context", "has_binder", "refuted", "sample", "value", "variables"]
