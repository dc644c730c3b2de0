"""A corpus of proofs as users of Lean 4 write them: each must be accepted."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.theorems import Theorem, read_theorems

CORPUS = read_theorems((Path(__file__).parent / "accepted.lean").read_text(encoding="utf-8"))


def _proof(theorem: Theorem) -> str:
    """The proof without the headings between theorems."""
    return "\n".join(line for line in theorem.proof.split("\n") if not line.startswith("--"))


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    """One engine."""
    return EmbeddedEngine()


@pytest.mark.parametrize("theorem", CORPUS, ids=lambda t: t.name)
def test_a_users_proof_is_accepted(engine: EmbeddedEngine, theorem: Theorem) -> None:
    """What Lean accepts and this subset reads is accepted."""
    verdict = engine.check(theorem.statement, _proof(theorem))
    assert verdict.correct, verdict.message


def test_the_corpus_is_large_and_its_names_are_its_own() -> None:
    """At least 700 proofs, each with a name of its own."""
    assert len(CORPUS) >= 700
    assert len({theorem.name for theorem in CORPUS}) == len(CORPUS)
