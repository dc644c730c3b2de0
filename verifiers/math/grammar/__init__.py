r"""The reader's grammar: LaTeX, plain text and unicode mathematics as one language.

`parse` turns the plain spelling of an answer into a typed tree. It is a Pratt parser on an explicit stack:

    cursor      the tokens, the place in them, and the stack that runs nested pieces
    lists       expressions between separators
    pratt       expressions: prefixes, and infix rules by binding power (relations, sets, ratios, sums, products)
    operands    an operand with its exponents and what stands behind it (!, %, degrees), and LaTeX arguments
    quantities  the unit behind a number
    atoms       what an operand starts with
    numerals    numbers among the tokens: mixed, continued by dots, in a base
    literals    the exact value of a number literal
    symbols     variables with their primes, accents and indices
    functions   functions, letters applied to arguments, and sums, products, integrals, limits
    commands    LaTeX commands that start an operand
    brackets    everything between brackets, bars and the ends of an environment
    assemble    trees from their parts

Notation that LaTeX and people read differently is read as people mean it (`2^10` is 1024, `\sqrt51` is the root of
51), except `\frac123`, read as LaTeX prints it (three halves).
"""

from __future__ import annotations

from assay.verifiers.math.grammar.atoms import atom
from assay.verifiers.math.grammar.cursor import Cursor, run
from assay.verifiers.math.grammar.lists import separated
from assay.verifiers.math.grammar.literals import number
from assay.verifiers.math.lexer import END, lex
from assay.verifiers.math.limits import TREE_DEPTH, LimitError, UnreadableError
from assay.verifiers.math.tree import Node, depth


def parse(text: str) -> Node:
    """Read a normalised answer.

    Raises:
        UnreadableError: It is not mathematics in any notation we read.
        LimitError: It is larger or deeper than the limits.
    """
    cursor = Cursor(lex(text), atom)
    node: Node = run(separated(cursor, whole=True))
    if cursor.peek() is not END:
        raise UnreadableError(f"unexpected {cursor.peek().text!r}")
    if depth(node) > TREE_DEPTH:
        raise LimitError("too_deep", "The answer is nested too deeply.")
    return node


__all__ = ["number", "parse"]
