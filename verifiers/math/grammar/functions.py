"""Functions with or without brackets, letters applied to arguments, and sums, products, integrals and limits."""

from __future__ import annotations

from fractions import Fraction

from assay.verifiers.math.grammar.assemble import call, logarithm, radians, signed, spelled
from assay.verifiers.math.grammar.brackets import braces
from assay.verifiers.math.grammar.cursor import Cursor, Steps
from assay.verifiers.math.grammar.lists import arguments
from assay.verifiers.math.grammar.operands import argument, exponent, operand, script, signs
from assay.verifiers.math.grammar.pratt import SUM, expression, starts_factor
from assay.verifiers.math.grammar.symbols import after_marks, marked
from assay.verifiers.math.limits import UnreadableError
from assay.verifiers.math.tree import MINUS_ONE, Add, Binder, Call, Mul, Node, Num, Pow, Qty, Rel, Seq, Sym, neg
from assay.verifiers.math.vocabulary import FUNCTIONS, INVERSE, glued_function

_OF_SETS = frozenset(["max", "min", "gcd", "lcm"])


def function(c: Cursor, name: str) -> Steps[Node]:
    """A function with an optional base and exponent before its argument."""
    power: Node | None = None
    base: Node | None = None
    while c.at("^", "_"):
        if c.take().text == "^":
            power = yield from exponent(c)
        else:
            base = _glued_base(c, name) or (yield from script(c))
    if power == MINUS_ONE and name in INVERSE:
        name, power = INVERSE[name], None
    if c.at("(", "{"):
        args = yield from arguments(c)
    elif name in _OF_SETS and c.at(r"\{"):
        c.take()
        members = yield from braces(c, r"\}")
        args = list(members.items) if isinstance(members, Seq) else [members]
    else:
        sign = signs(c)
        if isinstance(sign, str):
            raise UnreadableError("± in an argument")
        body = yield from _bare_argument(c)
        args = [signed(body, sign)]
    args = [radians(node) for node in args]
    if base is None:
        node = call(name, tuple(args))
    elif name in ("log", "ln") and len(args) == 1:
        node = logarithm(args[0], base)
    elif name in ("min", "max"):
        node = call(f"{name}:{spelled(base)}", tuple(args))
    else:
        raise UnreadableError(f"an index on {name}")
    return node if power is None else Pow(node, power)


def _glued_base(c: Cursor, name: str) -> Node | None:
    r"""The base of `\log_25`, where nothing else is left for the argument: TeX lowers one digit."""
    token, after = c.peek(), c.peek(1)
    if name not in ("log", "ln") or token.kind != "NUM" or not token.text.isdecimal() or len(token.text) < 2:
        return None
    if after.kind in ("NUM", "LET", "CMD", "TEXT") or after.text in ("(", "{", "[", "|", "^", "-", "+"):
        return None
    if token.text[0] in "01" or token.text[1] == "0":
        return None  # no base, or no argument that anyone writes
    c.shorten(token.text[1:])
    return Num(Fraction(int(token.text[0])))


def _bare_argument(c: Cursor) -> Steps[Node]:
    """The implicit product that a function without brackets applies to."""
    first: Node = yield operand(c)
    factors = [first]
    while starts_factor(c) and not _starts_function(c) and not c.at("[", "|"):
        token = c.peek()
        if token.kind == "TEXT" or (token.kind == "NUM" and c.peek(-1).kind == "NUM"):
            break
        factor: Node = yield operand(c)
        factors.append(factor)
    if len(factors) == 1:
        return factors[0]
    node = Mul(tuple(factor.value if isinstance(factor, Qty) else factor for factor in factors))
    unit = next((factor.unit for factor in factors if isinstance(factor, Qty)), None)
    return node if unit is None else Qty(node, unit)


def _starts_function(c: Cursor) -> bool:
    token = c.peek()
    if token.kind == "CMD":
        return token.text in FUNCTIONS and token.text != "Gamma"
    return token.kind == "LET" and (
        token.text in FUNCTIONS or any(token.text.startswith(name) for name in ("sin", "cos", "tan", "ln", "log"))
    )


def bracketed(c: Cursor, name: str) -> Steps[Node]:
    """A function of plain text: `sqrt(3)`, `abs(x)`, and `sqrt3`."""
    if c.at("("):
        args = yield from arguments(c)
    elif name == "sqrt" and c.peek().kind == "NUM":
        node: Node = yield operand(c)
        args = [node]
    else:
        node = yield from script(c)
        args = [node]
    return call(name, tuple(args))


def glued(c: Cursor, run: str) -> Steps[Node | None]:
    """`sinx`, `sqrtx`: a function's name and its argument in one run of letters; None if it is none."""
    split = glued_function(run)
    if split is None:
        return None
    name, rest = split
    c.shorten(rest)
    node: Node
    if name in FUNCTIONS:
        node = yield from function(c, FUNCTIONS[name])
    else:
        node = yield from bracketed(c, name)
    return node


def applied(c: Cursor, name: str) -> Steps[Node | None]:
    """`f(x)`, `f'(x)`, `f^{-1}(x)`, `f_1(x)`; None, and nothing taken, if the letter is not applied to anything."""
    if c.peek(after_marks(c, 0)).text != "(":
        return None
    start = c.position
    head = yield from marked(c, Sym(name))
    if not c.at("("):  # f^2(x) is a product
        if head != Sym(name):
            raise UnreadableError("an unreadable function")
        c.position = start
        return None
    args = yield from arguments(c)
    return Call("apply:" + spelled(head), tuple(args))


def binder(c: Cursor, kind: str) -> Steps[Node]:
    """A sum, product, integral or limit with its bounds and body."""
    lower: Node | None = None
    upper: Node | None = None
    variable: Node = Sym("_")
    while c.at("_", "^"):
        if c.take().text == "_":
            bound = yield from argument(c)
            if isinstance(bound, Rel) and bound.ops in (("=",), ("->",)):
                variable, lower = bound.items
            else:
                lower = bound
        elif c.at("-", "+"):
            upper = yield from exponent(c)
        else:
            upper = yield from argument(c)
    c.integrals += kind == "int"
    body: Node = yield expression(c, SUM)
    if kind == "int":
        while c.at("+", "-"):
            negative = c.take().text == "-"
            term: Node = yield expression(c, SUM)
            body = Add((body, neg(term) if negative else term))
        c.integrals -= 1
        variable = yield from _differential(c)
    return Binder(kind, body, variable, lower, upper)


def _differential(c: Cursor) -> Steps[Node]:
    """The variable of an integral: what stands behind its d."""
    token = c.peek()
    if token.kind != "LET" or token.text[0] != "d":
        raise UnreadableError("an integral without its variable")
    c.take()
    if len(token.text) == 2:
        return Sym(token.text[1])
    node = yield from argument(c)
    return node
