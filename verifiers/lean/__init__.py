"""Lean 4 proofs, judged by a kernel.

The default engine is embedded: a strict subset of Lean 4 in pure Python, with nothing to install; `docs/lean_subset.md`
says what is supported. Real Lean engines (`docs/lean.md`) are found at run time.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Mapping
from typing import Any

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.boundary import proof_text
from assay.verifiers.lean.choice import ENGINES, REAL_ENGINES, engine_named, first_real_engine
from assay.verifiers.lean.engine import (
    DEFAULT_AXIOMS,
    VERIFIER_NAME,
    EngineAbsentError,
    EngineError,
    LeanEngine,
    ProofState,
    TacticError,
)
from assay.verifiers.verdict import Status, Verdict, failed

_FIELDS = frozenset({"statement", "axioms", "engine", "name", "header", "confirm", "repo", "theorem"})


class LeanVerifier:
    """Grades proofs.

    Spec fields:
        statement: `str`, what follows `theorem NAME`: binders, a colon, a proposition. Needed unless `repo` is given.
        axioms: List of the axioms the proof may rest on; Lean's own three unless given, `[]` for none.
        engine: "auto" (default), "embedded", "lean", "repl", "kimina" or "dojo". "auto" is the embedded engine where
            it can read the task, else the first real one that this machine has.
        header: `str`, text before the theorem (imports, opens, set_options); owned by the task, never by the policy.
            Real engines only.
        confirm: `bool` or an engine's name: a proof that the embedded engine accepts is paid only if a real Lean
            accepts it too.
        repo, theorem: For LeanDojo: `{"url": ..., "commit": ..., "file": ...}` and the theorem's full name in it.
        name: The theorem's name for people; not used.

    `detail["engine"]` of a verdict says which engine judged, `detail["trust"]` what its word rests on.
    """

    name = VERIFIER_NAME

    def verify(self, spec: Mapping[str, Any], response: str, **options: Any) -> Verdict:
        """Judge a proof of the spec's statement.

        Args:
            spec: `{"statement": "(p q : Prop) (h : p ∧ q) : q ∧ p"}` and the optional fields above.
            response: The proof: a term or a `by` block, or text that consists of one fenced block with it.
            **options: Any field of the spec, overriding it; `deadline_s` is accepted and not needed, because budgets
                are counted in steps or CPU time.

        Raises:
            SpecError: The spec or an option cannot be used.
        """
        start = time.perf_counter()
        task = _read({**spec, **{key: value for key, value in options.items() if key != "deadline_s"}})
        proof = proof_text(response)
        try:
            verdict = _judge(task, proof)
        except EngineError as error:
            verdict = failed(error.reason, str(error), verifier=VERIFIER_NAME, engine=task.engine, **error.detail)
        elapsed = time.perf_counter() - start
        return dataclasses.replace(verdict, extracted=proof[:10_000], elapsed=elapsed, verifier=VERIFIER_NAME)


@dataclasses.dataclass(frozen=True, slots=True)
class _Task:
    """A spec that was read."""

    statement: str
    axioms: tuple[str, ...]
    engine: str
    header: str
    confirm: bool | str
    repo: Mapping[str, Any] | None
    theorem: str | None


def _read(merged: Mapping[str, Any]) -> _Task:
    unknown = sorted(set(merged) - _FIELDS)
    if unknown:
        raise SpecError(f"{unknown[0]}: no field of a lean spec; valid: {', '.join(sorted(_FIELDS))}")
    repo, theorem = merged.get("repo"), merged.get("theorem")
    statement = merged.get("statement", "" if repo is not None else None)
    if not isinstance(statement, str):
        raise SpecError("statement: must be a string: what follows `theorem NAME`")
    axioms = merged.get("axioms", DEFAULT_AXIOMS)
    if not isinstance(axioms, (list, tuple)) or not all(isinstance(name, str) for name in axioms):
        raise SpecError("axioms: must be a list of axiom names")
    header = merged.get("header", "")
    if not isinstance(header, str):
        raise SpecError("header: must be a string: the text before the theorem")
    if theorem is not None and not isinstance(theorem, str):
        raise SpecError("theorem: must be a string: the theorem's full name in the repository")
    confirm = merged.get("confirm", False)
    if not isinstance(confirm, bool) and confirm not in REAL_ENGINES:
        raise SpecError(f"confirm: must be true, false or one of {', '.join(REAL_ENGINES)}, got {confirm!r}")
    engine = merged.get("engine", "auto")
    if engine not in ENGINES:
        raise SpecError(f"engine: must be one of {', '.join(ENGINES)}, got {engine!r}")
    return _Task(statement, tuple(axioms), engine, header, confirm, repo, theorem)


def _judge(task: _Task, proof: str) -> Verdict:
    """The verdict of the task's engine, confirmed by another where the task asks for it."""
    engine = engine_named(task.engine, header=task.header, repo=task.repo, theorem=task.theorem)
    try:
        verdict = _named(engine, engine.check(task.statement, proof, task.axioms))
    except SpecError as refusal:
        if task.engine != "auto" or not engine.name.startswith("embedded"):
            raise
        engine = _real_engine_or(refusal)
        verdict = _named(engine, engine.check(task.statement, proof, task.axioms))
    if verdict.correct and task.confirm and engine.name.startswith("embedded"):
        return _confirmed(task, proof, verdict)
    return verdict


def _real_engine_or(refusal: SpecError) -> LeanEngine:
    """A real engine for a statement outside the embedded one's subset.

    Raises:
        SpecError: This machine has none; the embedded engine's refusal, which names what it cannot read.
    """
    try:
        return engine_named(first_real_engine())
    except EngineAbsentError as absent:
        raise SpecError(f"{refusal}; and {absent}") from None


def _confirmed(task: _Task, proof: str, first: Verdict) -> Verdict:
    """The embedded engine's acceptance, if a real Lean agrees; an `ERROR` that holds both words otherwise."""
    real = engine_named(first_real_engine() if task.confirm is True else task.confirm)
    second = _named(real, real.check(task.statement, proof, task.axioms))
    both: dict[str, Any] = {**first.detail, "confirmed_by": real.name, "confirmation": second.to_dict()}
    if second.correct:
        return dataclasses.replace(first, detail=both)
    reason, message = "not_confirmed", f"{real.name} could not confirm the proof: {second.message}"
    if second.status in (Status.WRONG, Status.FORBIDDEN, Status.MALFORMED, Status.NO_ANSWER):
        reason = "engines_disagree"
        message = f"{first.detail['engine']} accepts the proof, {real.name} refuses it ({second.reason}); not paid"
    return failed(reason, message, verifier=VERIFIER_NAME, **both)


def _named(engine: LeanEngine, verdict: Verdict) -> Verdict:
    return dataclasses.replace(verdict, detail={"trust": "kernel", **verdict.detail, "engine": engine.name})


VERIFIER = LeanVerifier()

__all__ = [
    "DEFAULT_AXIOMS",
    "ENGINES",
    "REAL_ENGINES",
    "VERIFIER",
    "EngineAbsentError",
    "EngineError",
    "LeanEngine",
    "LeanVerifier",
    "ProofState",
    "TacticError",
    "engine_named",
]
