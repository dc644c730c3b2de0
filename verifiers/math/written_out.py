"""Whether an answer is written out, or leaves arithmetic to the reader.

`347+58` has the value 405. As an answer to "what is 347+58?" it is the question said back, and a reward that looks at
values alone would pay for it. Under the policy `form="written_out"` such an answer is refused: where the gold answer
has no open arithmetic, the response must have none either. Signs, fractions, mixed and recurring numbers, powers of
ten in scientific notation, percent and units are notation, not arithmetic.
"""

from __future__ import annotations

from fractions import Fraction

from assay.verifiers.math.tree import Add, Binder, Call, Const, Mul, Node, Num, Pow, Rel, Root, SetOp, Sym, walk

_OPERATIONS = (Add, Mul, Pow, Root, Call)
_TEN = Num(Fraction(10))


def is_written_out(answer: Node, gold: Node) -> bool:
    """Whether the answer leaves no arithmetic that the gold answer does not have.

    Of a chain such as `347+58 = 405` one member that is written out is enough. An answer whose gold itself holds open
    arithmetic (a root, a sum with pi) may be written in any form. Where the gold has no variables, the answer must not
    compute with any: `(u+4)(u-1) - (u-3)(u+6)` for 14.
    """
    variables = _has_variables(gold)
    if _is_open(gold, variables):
        return True
    if isinstance(answer, Rel) and not isinstance(gold, Rel) and set(answer.ops) == {"="}:
        return any(is_written_out(item, gold) for item in answer.items if not isinstance(item, Sym))
    return not _is_open(answer, variables) and _unions(answer) <= _unions(gold)


def _is_open(node: Node, variables: bool) -> bool:
    """Whether a part of a tree computes: arithmetic (on numbers alone if `variables`), a binder, a set operation."""
    for part in walk(node):
        if isinstance(part, Binder) or (isinstance(part, SetOp) and part.op != "union"):
            return True
        if isinstance(part, _OPERATIONS) and not _is_notation(part) and not (variables and _has_variables(part)):
            return True
    return False


def _is_notation(node: Node) -> bool:
    r"""Whether a product or power is a way to write a number: `3 \times 10^4`, the `10^4` in it, `-\infty`."""
    match node:
        case Pow(base, Num()):
            return base == _TEN
        case Mul((Num(), Pow() as power)):
            return _is_notation(power)
        case Mul((Num(value), Const("inf"))):
            return value == -1
        case _:
            return False


def _has_variables(node: Node) -> bool:
    return any(isinstance(part, Sym) for part in walk(node))


def _unions(node: Node) -> int:
    """How many parts the unions in a tree have: overlapping intervals that were not merged are open work, too."""
    return sum(len(part.parts) for part in walk(node) if isinstance(part, SetOp))
