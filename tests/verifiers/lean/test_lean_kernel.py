"""Lean's own kernel checks our library and the terms of accepted proofs again.

Needs a real Lean (see `real_lean` in conftest.py); it may come without its library, since ours takes that place.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.envs.lean.families import FAMILIES
from assay.envs.lean.procedural import TheoremSource
from assay.verifiers.lean.boundary import proof_text
from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.embedded.kernel.declare import Declaration
from assay.verifiers.lean.embedded.kernel.term import Term, const
from assay.verifiers.lean.real.bare_kernel import LeanKernel
from assay.verifiers.lean.theorems import Theorem, read_theorems, shipped_theorems

CORPUS = read_theorems((Path(__file__).parent / "accepted.lean").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def engine(lean_kernel: LeanKernel) -> EmbeddedEngine:
    """The engine, over the library that Lean has checked."""
    return EmbeddedEngine(lean_kernel.library)


def _terms(engine: EmbeddedEngine, theorem: Theorem) -> tuple[Term, Term]:
    proof = "\n".join(line for line in theorem.proof.split("\n") if not line.startswith("--"))
    return engine.proof_terms(theorem.statement, proof)


def _refused(lean_kernel: LeanKernel, terms: list[tuple[Term, Term]]) -> dict[int, str]:
    return lean_kernel.judge([Declaration(f"t{i}", (), *pair, "theorem") for i, pair in enumerate(terms)])


def test_lean_accepts_the_whole_library(lean_kernel: LeanKernel) -> None:
    assert lean_kernel.refused == {}
    assert len(lean_kernel.library.env.constants) >= 875


def test_lean_accepts_the_proofs_of_the_shipped_theorems(lean_kernel: LeanKernel, engine: EmbeddedEngine) -> None:
    theorems = shipped_theorems()
    said = _refused(lean_kernel, [_terms(engine, theorem) for theorem in theorems])
    assert {theorems[i].name: text for i, text in said.items()} == {}


def test_lean_accepts_the_proofs_of_the_corpus(lean_kernel: LeanKernel, engine: EmbeddedEngine) -> None:
    said = _refused(lean_kernel, [_terms(engine, theorem) for theorem in CORPUS])
    assert {CORPUS[i].name: text for i, text in said.items()} == {}


def test_lean_accepts_the_proofs_of_generated_theorems(lean_kernel: LeanKernel, engine: EmbeddedEngine) -> None:
    source = TheoremSource(list(FAMILIES.values()))
    tasks = [source.task(split, index) for split in ("train", "test") for index in range(5 * len(FAMILIES))]
    golds = [source.gold(task) for task in tasks]
    terms = [
        engine.proof_terms(task.spec["statement"], proof_text(gold)) for task, gold in zip(tasks, golds, strict=True)
    ]
    assert {tasks[i].id: text for i, text in _refused(lean_kernel, terms).items()} == {}


def test_lean_refuses_what_is_wrong(lean_kernel: LeanKernel, engine: EmbeddedEngine) -> None:
    """The judge can say no: every proof of the list, for the statement of the next, and some by hand."""
    terms = [_terms(engine, theorem) for theorem in shipped_theorems()]
    wrong = [(terms[i - 1][0], value) for i, (type_, value) in enumerate(terms) if terms[i - 1][0] is not type_]
    assert len(_refused(lean_kernel, wrong)) == len(wrong)
    assert len(_refused(lean_kernel, [(const("False"), value) for _, value in terms])) == len(terms)
