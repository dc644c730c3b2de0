"""Lean's own kernel against ours, on the library, on proofs and on declarations at random.

    LEAN_BIN=/path/to/lean python -m assay.benchmarks.lean_kernel [THEOREMS.lean ...] [--random N] [--seed S]

Lean needs no library for this. What ours accepts and Lean refuses is listed in full: a hole in our kernel, or a term
that Lean's elaborator could not read. Lean's own word, which begins with `(kernel)` or not, tells which.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assay.benchmarks.lean_mutants import Pair, equations, inductive_types, mutants
from assay.verifiers.lean.embedded.bare_source import constant_source, declaration_source
from assay.verifiers.lean.embedded.engine import EmbeddedEngine
from assay.verifiers.lean.embedded.kernel.budget import Budget, DeclineError, KernelError, LimitError
from assay.verifiers.lean.embedded.kernel.declare import Declaration, add_declaration, check_declaration
from assay.verifiers.lean.embedded.kernel.environment import Environment
from assay.verifiers.lean.embedded.kernel.inductive import InductiveDecl
from assay.verifiers.lean.real.bare_kernel import LeanKernel
from assay.verifiers.lean.real.toolchain import find_toolchain
from assay.verifiers.lean.theorems import read_theorems, shipped_theorems

STEPS = 50_000
HEARTBEATS = 4_000
"""What each declaration at random may cost: our kernel's steps, and Lean's measure in thousands of allocations."""
_UNSURE = ("timeout", "deep recursion", "maximum recursion")


@dataclass(slots=True)
class Agreement:
    """How two kernels judged some declarations.

    Attributes:
        counts: (our verdict, Lean's verdict) -> how many; ours may be "unsure": a budget is spent, or out of scope.
        ours_only: What ours accepts and Lean refuses: the source, and Lean's word.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    ours_only: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def __str__(self) -> str:
        """One line."""
        parts = [f"{ours} / {leans}: {n}" for (ours, leans), n in sorted(self.counts.items())]
        return f"{sum(self.counts.values())} judged (ours / Lean's): {'; '.join(parts)}"


def our_verdict(env: Environment, decl: Declaration) -> str:
    """Ours on a theorem: "accept", "refuse" or "unsure"."""
    try:
        check_declaration(env, decl, Budget(STEPS))
    except LimitError:
        return "unsure"
    except KernelError:
        return "refuse"
    return "accept"


def compare(kernel: LeanKernel, declarations: Iterable[Declaration]) -> Agreement:
    """Theorems before both kernels."""
    found = list(declarations)
    ours = [our_verdict(kernel.library.env, decl) for decl in found]
    return _agreement(kernel, ours, [declaration_source(decl) for decl in found])


def compare_inductive(kernel: LeanKernel, declarations: Iterable[InductiveDecl]) -> Agreement:
    """Inductive types before both kernels; Lean must also find the type of each recursor that ours made."""
    ours: list[str] = []
    sources: list[str] = []
    library = kernel.library.env
    for decl in declarations:
        env = Environment(dict(library.constants), set(library.nat_ops))
        try:
            add_declaration(env, decl)
            ours.append("accept")
        except KernelError as error:
            ours.append("unsure" if isinstance(error, DeclineError) else "refuse")
            continue
        except LimitError:
            ours.append("unsure")
            continue
        made = [known for name, known in env.constants.items() if name not in library.constants]
        sources.append("".join(constant_source(known, env) for known in made))
    return _agreement(kernel, [verdict for verdict in ours if verdict == "accept"], sources)


def _agreement(kernel: LeanKernel, ours: Sequence[str], sources: Sequence[str]) -> Agreement:
    said = kernel.judge_source(sources, HEARTBEATS)
    result = Agreement()
    for i, verdict in enumerate(ours):
        unsure = any(word in said.get(i, "") for word in _UNSURE)
        leans = "unsure" if unsure else "refuse" if i in said else "accept"
        result.counts[verdict, leans] += 1
        if verdict == "accept" and leans == "refuse":
            result.ours_only.append((sources[i], said[i]))
    return result


def proof_terms(engine: EmbeddedEngine, files: Iterable[Path]) -> list[Pair]:
    """The terms of the shipped theorems' proofs and of those in some files."""
    theorems = shipped_theorems()
    for file in files:
        theorems += read_theorems(file.read_text(encoding="utf-8"))
    return [engine.proof_terms(theorem.statement, theorem.proof) for theorem in theorems]


def main(arguments: list[str] | None = None) -> None:
    """Print the figures; exit code 1 if Lean refuses anything of the library or of the proofs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("theorems", type=Path, nargs="*")
    parser.add_argument("--random", type=int, default=0, help="how many random declarations of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    out = sys.stdout.write
    toolchain = find_toolchain()
    with tempfile.TemporaryDirectory() as folder:
        kernel = LeanKernel(toolchain, Path(folder))
        constants = len(kernel.library.env.constants)
        out(f"Lean {toolchain.version} accepts {constants - len(kernel.refused)} of {constants} constants\n")
        for name, text in kernel.refused.items():
            out(f"{name}: {text}\n")
        pairs = proof_terms(EmbeddedEngine(kernel.library), options.theorems)
        refused = kernel.judge([Declaration(f"p{i}", (), *pair, "theorem") for i, pair in enumerate(pairs)])
        out(f"and {len(pairs) - len(refused)} of {len(pairs)} proofs\n")
        for i, text in refused.items():
            out(f"proof {i}: {text}\n")
        if options.random:
            env, n, seed = kernel.library.env, options.random, options.seed
            for title, found in (
                ("mutants", compare(kernel, mutants(env, pairs, n, seed))),
                ("equations", compare(kernel, equations(n, seed))),
                ("inductive types", compare_inductive(kernel, inductive_types(n, seed))),
            ):
                out(f"{title}: {found}\n")
                for source, text in found.ours_only:
                    out(f"OURS ONLY: {text}\n{source}\n")
    sys.exit(1 if kernel.refused or refused else 0)


if __name__ == "__main__":
    main()
