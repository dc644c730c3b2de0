"""Whether an answer is the gold answer: structure first, scalars at the leaves.

The kind of the gold answer (number, list, tuple, set of reals, relation, matrix, words, quantity, ...) decides what may
answer it. Every rule that lets two different kinds match is written here, once.

The class `Comparison` is built in layers, one file each: `parts`, `notations` (matrices, words, bases, ratios),
`values` (numbers, expressions, quantities), `members` (lists, tuples, sets, intervals), `relations`, `comparison`.
"""

from __future__ import annotations

from assay.verifiers.math.compare.comparison import Comparison

__all__ = ["Comparison"]
