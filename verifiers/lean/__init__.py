"""Lean 4 proofs, judged by a kernel.

The default engine is embedded: a strict subset of Lean 4 in pure Python, with nothing to install. Its kernel is the
only judge; `docs/lean_subset.md` says what is supported and how the guarantee is meant.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Mapping
from typing import Any

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.boundary import proof_text
from assay.verifiers.lean.engine import DEFAULT_AXIOMS, LeanEngine, ProofState, TacticError
from assay.verifiers.verdict import Verdict

NAME = "lean@1.0.0"
_FIELDS = frozenset({"statement", "axioms", "engine", "name"})
_ENGINES = ("auto", "embedded")


class LeanVerifier:
    """Grades proofs. Spec: `statement`, and optionally `axioms` (allowed ones) and `engine`."""

    name = NAME

    def verify(self, spec: Mapping[str, Any], response: str, **options: Any) -> Verdict:
        """Judge a proof of the spec's statement.

        Args:
            spec: `{"statement": "(p q : Prop) (h : p ∧ q) : q ∧ p"}`; `axioms` lists the axioms the proof may rest on
                (Lean's own three unless given; `[]` for none), `engine` is "auto" or "embedded".
            response: The proof: a term or a `by` block, or text that consists of one fenced block with it.
            **options: `axioms` and `engine`, overriding the spec's; `deadline_s` is accepted and not needed, because
                budgets are counted in steps.

        Raises:
            SpecError: The spec or an option cannot be used.
        """
        start = time.perf_counter()
        merged = {**spec, **{key: value for key, value in options.items() if key != "deadline_s"}}
        unknown = sorted(set(merged) - _FIELDS)
        if unknown:
            raise SpecError(f"{unknown[0]}: no field of a lean spec; valid: {', '.join(sorted(_FIELDS))}")
        statement = merged.get("statement")
        if not isinstance(statement, str):
            raise SpecError("statement: must be a string: what follows `theorem NAME`")
        axioms = merged.get("axioms", DEFAULT_AXIOMS)
        if not isinstance(axioms, (list, tuple)) or not all(isinstance(name, str) for name in axioms):
            raise SpecError("axioms: must be a list of axiom names")
        engine = engine_named(merged.get("engine", "auto"))
        proof = proof_text(response)
        verdict = engine.check(statement, proof, tuple(axioms))
        elapsed = time.perf_counter() - start
        detail = {**verdict.detail, "engine": engine.name}
        return dataclasses.replace(verdict, extracted=proof[:10_000], elapsed=elapsed, verifier=NAME, detail=detail)


def engine_named(name: object) -> LeanEngine:
    """The engine of a name.

    Raises:
        SpecError: There is none.
    """
    if name not in _ENGINES:
        raise SpecError(f"engine: must be one of {', '.join(_ENGINES)}, got {name!r}")
    from assay.verifiers.lean.embedded.engine import EmbeddedEngine

    return EmbeddedEngine()


VERIFIER = LeanVerifier()

__all__ = ["DEFAULT_AXIOMS", "VERIFIER", "LeanEngine", "LeanVerifier", "ProofState", "TacticError", "engine_named"]
