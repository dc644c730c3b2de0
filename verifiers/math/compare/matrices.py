"""Matrices inside expressions: multiples and sums, carried out entry by entry."""

from __future__ import annotations

from assay.verifiers.math.tree import (
    Add,
    Matrix,
    Mul,
    Node,
    walk,
)


def column(node: Matrix) -> tuple[Node, ...] | None:
    """The entries of a column."""
    return tuple(row[0] for row in node.rows) if all(len(row) == 1 for row in node.rows) else None


def holds_matrix(node: Node) -> bool:
    """Whether a matrix stands anywhere in a tree."""
    return any(isinstance(part, Matrix) for part in walk(node))


def as_matrix(node: Node) -> Matrix | None:
    """A scalar multiple or a sum of matrices, carried out entry by entry."""
    match node:
        case Matrix():
            return node
        case Mul(factors):
            matrices = [m for m in map(as_matrix, factors) if m is not None]
            rest = tuple(f for f in factors if as_matrix(f) is None)
            if len(matrices) != 1 or any(holds_matrix(f) for f in rest):
                return None
            return Matrix(tuple(tuple(Mul((*rest, cell)) for cell in row) for row in matrices[0].rows))
        case Add(terms):
            matrices = [m for m in map(as_matrix, terms) if m is not None]
            shapes = {(len(m.rows), len(m.rows[0])) for m in matrices}
            if len(matrices) != len(terms) or len(shapes) != 1:
                return None
            return Matrix(
                tuple(
                    tuple(Add(cells) for cells in zip(*rows, strict=True))
                    for rows in zip(*(m.rows for m in matrices), strict=True)
                )
            )
        case _:
            return None
