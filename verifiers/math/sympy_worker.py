"""The child's side of the last rung: builds sympy expressions from our tree and simplifies their difference to zero.

Runs only in a worker process. It never sees text to parse: every number comes as two hexadecimal integers and every
name is only a label. Only an exact symbolic zero counts as equal; numeric agreement does not.

Each question is answered in a fork of the worker, which is killed when its time is over. So a hard question costs the
next one no import of sympy, and leaves no memory behind.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import time
from typing import Any

import sympy as sp  # type: ignore[import-untyped]

_FUNCTIONS: dict[str, Any] = {
    **{name: getattr(sp, name) for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth")},
    "sech": sp.sech,
    "csch": sp.csch,
    "arcsin": sp.asin,
    "arccos": sp.acos,
    "arctan": sp.atan,
    "arccot": sp.acot,
    "arcsec": sp.asec,
    "arccsc": sp.acsc,
    "arcsinh": sp.asinh,
    "arccosh": sp.acosh,
    "arctanh": sp.atanh,
    "ln": sp.log,
    "abs": sp.Abs,
    "floor": sp.floor,
    "ceil": sp.ceiling,
    "factorial": sp.factorial,
    "binom": sp.binomial,
    "Gamma": sp.gamma,
    "re": sp.re,
    "im": sp.im,
    "arg": sp.arg,
    "max": sp.Max,
    "min": sp.Min,
    "sign": sp.sign,
}


def serve(request: dict[str, Any]) -> dict[str, Any]:
    """Answer one question within its time.

    Args:
        request: `{"gold": tree, "answer": tree, "until": t}`, where t is on the machine's monotonic clock; an empty
            request only asks whether the worker is there.

    Returns:
        `{"reply": "equal" | "different" | "unknown"}`, `{"error": name}`, `{"timeout": CPU seconds used}` or, where
        the fork died by itself, `{"died": exit code}`.
    """
    if not request:
        return {"reply": "ready"}
    inward, outward = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(request, outward)
    os.close(outward)
    try:
        text, in_time = _read(inward, request["until"])
    finally:
        os.close(inward)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status, usage = os.wait4(child, 0)
    if text:
        reply: dict[str, Any] = json.loads(text)
        return reply
    if not in_time:
        return {"timeout": usage.ru_utime + usage.ru_stime}
    return {"died": os.waitstatus_to_exitcode(status)}


def _answer(request: dict[str, Any], outward: int) -> None:
    """The fork: decide, say so, end. Should nobody be left to kill it, the kernel does, by its CPU time."""
    try:
        signal.setitimer(signal.ITIMER_PROF, max(0.0, request["until"] - time.monotonic()) + 1.0)
        try:
            reply = {"reply": decide(request)}
        except Exception as error:
            reply = {"error": type(error).__name__}
        os.write(outward, json.dumps(reply).encode("ascii"))
    finally:
        os._exit(0)  # whatever happened: a fork must never go on as a second worker


def _read(inward: int, until: float) -> tuple[bytes, bool]:
    """The fork's answer (one short write), and whether it came or ended in time."""
    poller = select.poll()
    poller.register(inward, select.POLLIN)
    if not poller.poll(max(0.0, until - time.monotonic()) * 1000):
        return b"", False
    return os.read(inward, 4096), True


def decide(request: dict[str, Any]) -> str:
    """Answer "equal", "different" or "unknown" for `{"gold": tree, "answer": tree}`."""
    try:
        gold, answer = build(request["gold"]), build(request["answer"])
        if request.get("doit"):
            gold, answer = gold.doit(), answer.doit()
        difference = gold - answer
        if answer.has(sp.nan, sp.zoo) or gold.has(sp.nan, sp.zoo):
            return "unknown"
        if difference == 0:
            return "equal"
        for attempt in (sp.expand, sp.radsimp, _trig, sp.simplify, _rewritten):
            if attempt is sp.radsimp and difference.free_symbols:
                continue
            if attempt(difference) == 0:
                return "equal"
        if difference.is_number and difference.is_zero is False:
            return "different"
    except (ValueError, TypeError, NotImplementedError, AttributeError, RecursionError, ZeroDivisionError, KeyError):
        return "unknown"
    return "unknown"


def _trig(expression: Any) -> Any:
    return sp.trigsimp(sp.expand_trig(sp.expand_log(expression)))


def _rewritten(expression: Any) -> Any:
    return sp.simplify(sp.expand(expression.rewrite(sp.exp)))


def build(tree: list[Any]) -> Any:
    """A sympy expression from a JSON tree; variables are real."""
    match tree:
        case ["num", top, bottom]:
            return sp.Rational(int(top, 16), int(bottom, 16))
        case ["sym", name]:
            return sp.Symbol(name, real=True)
        case ["const", name]:
            return {"pi": sp.pi, "e": sp.E, "i": sp.I, "inf": sp.oo}[name]
        case ["add", *terms]:
            return sp.Add(*map(build, terms))
        case ["mul", *factors]:
            return sp.Mul(*map(build, factors))
        case ["pow", base, exponent]:
            return _power(build(base), build(exponent))
        case ["root", radicand, degree]:
            inner = build(radicand)
            if degree % 2 and inner.is_real:
                return sp.real_root(inner, degree)
            return sp.root(inner, degree)
        case ["call", name, *args]:
            built = list(map(build, args))
            if name in _FUNCTIONS:
                return _FUNCTIONS[name](*built)
            return sp.Function("unknown_" + name, real=True)(*built)
        case ["binder", kind, body, variable, lower, upper]:
            return _binder(kind, build(body), build(variable), lower, upper)
        case _:
            raise ValueError("not a tree")


def _power(base: Any, exponent: Any) -> Any:
    if base.is_Rational and exponent.is_Rational:
        size = max(abs(base.p), base.q).bit_length() * abs(float(exponent))
        if size > 40_000:
            raise ValueError("a power that is too large")
    return sp.Pow(base, exponent)


def _binder(kind: str, body: Any, variable: Any, lower: Any, upper: Any) -> Any:
    low = None if lower is None else build(lower)
    high = None if upper is None else build(upper)
    if kind == "sum" and low is not None and high is not None:
        index = sp.Symbol("index_" + str(variable), integer=True)
        return sp.Sum(body.subs(variable, index), (index, low, high))
    if kind == "prod" and low is not None and high is not None:
        index = sp.Symbol("index_" + str(variable), integer=True)
        return sp.Product(body.subs(variable, index), (index, low, high))
    if kind == "int" and low is not None and high is not None:
        return sp.Integral(body, (variable, low, high))
    if kind == "lim" and low is not None:
        return sp.Limit(body, variable, low)
    raise ValueError("not a definite sum, product, integral or limit")
