"""`assay lean`: check files of theorems, re-check exported proofs, prove by hand, and see which engines there are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assay.cli import lean_search

lean_app = typer.Typer(name="lean", help="Lean 4 proofs: check, re-check, prove by hand.", no_args_is_help=True)
lean_app.command()(lean_search.search)


@lean_app.command()
def check(
    file: Annotated[Path, typer.Argument(help="Theorems: `theorem NAME STATEMENT := PROOF`, each on its own lines.")],
    recheck: Annotated[bool, typer.Option(help="Distrust the library's cache: the kernel checks it again.")] = False,
    explicit: Annotated[bool, typer.Option(help="Print explicit Lean source of what was proved.")] = False,
) -> None:
    """Judge every theorem of a file; exit code 1 if one is refused."""
    from assay.verifiers.errors import SpecError
    from assay.verifiers.lean.embedded.engine import EmbeddedEngine
    from assay.verifiers.lean.embedded.library import load_library
    from assay.verifiers.lean.theorems import read_theorems

    engine = EmbeddedEngine(load_library(recheck=True) if recheck else None)
    out = Console(highlight=False)
    try:
        theorems = read_theorems(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(2) from None
    refused = 0
    for theorem in theorems:
        try:
            verdict = engine.check(theorem.statement, theorem.proof)
        except SpecError as error:
            out.print(f"{theorem.name}: bad statement: {error}", markup=False)
            refused += 1
            continue
        refused += not verdict.correct
        out.print(f"{theorem.name}: {verdict.status} ({verdict.reason})", markup=False)
        if not verdict.correct:
            out.print(f"  {verdict.message}", markup=False)
        elif explicit:
            out.print(engine.explicit(theorem.name, theorem.statement, theorem.proof), markup=False)
    out.print(f"{len(theorems) - refused} of {len(theorems)} proved", markup=False)
    raise typer.Exit(1 if refused else 0)


@lean_app.command()
def recheck(
    file: Annotated[Path, typer.Argument(help="lean4export NDJSON 3.1.")],
) -> None:
    """Let the kernel judge an export file: exit code 0 accept, 1 reject, 2 decline (unsupported feature)."""
    from assay.verifiers.lean.embedded.kernel.budget import DeclineError, KernelError, LimitError
    from assay.verifiers.lean.embedded.ndjson import import_lines

    try:
        with file.open(encoding="utf-8") as lines:
            env = import_lines(lines)
    except (DeclineError, LimitError) as error:
        typer.echo(f"decline: {error}")
        raise typer.Exit(2) from None
    except (KernelError, UnicodeDecodeError) as error:
        typer.echo(f"reject: {error}")
        raise typer.Exit(1) from None
    except OSError as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(2) from None
    axioms = sorted(known.name for known in env if known.kind == "axiom")
    typer.echo(f"accept: {len(env.constants)} constants; axioms: {', '.join(axioms) or 'none'}")


@lean_app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write the library as lean4export NDJSON 3.1.")],
    bare: Annotated[bool, typer.Option(help="Write Lean source that needs no library, for Lean's own kernel.")] = False,
    theorems: Annotated[Path | None, typer.Option(help="With --bare: a file of theorems whose proofs follow.")] = None,
) -> None:
    """Export the whole library with its proofs, for other kernels to check."""
    from assay.verifiers.errors import SpecError
    from assay.verifiers.lean.embedded.bare_source import bare_source
    from assay.verifiers.lean.embedded.engine import EmbeddedEngine
    from assay.verifiers.lean.embedded.kernel.declare import Declaration
    from assay.verifiers.lean.embedded.library import load_library
    from assay.verifiers.lean.embedded.ndjson import export_constants
    from assay.verifiers.lean.theorems import read_theorems

    if theorems is not None and not bare:
        typer.echo("--theorems goes with --bare", err=True)
        raise typer.Exit(2)
    lib = load_library(recheck=True)
    proofs: list[Declaration] = []
    if theorems is not None:
        engine = EmbeddedEngine(lib)
        try:
            for theorem in read_theorems(theorems.read_text(encoding="utf-8")):
                type_, value = engine.proof_terms(theorem.statement, theorem.proof)
                proofs.append(Declaration(f"«proof {theorem.name}»", (), type_, value, "theorem"))
        except (OSError, ValueError, SpecError) as error:
            typer.echo(f"{theorems}: {error}", err=True)
            raise typer.Exit(2) from None
    with file.open("w", encoding="utf-8") as out:
        for line in bare_source(lib.env, [*lib.env, *proofs]) if bare else export_constants(lib.env, lib.env):
            out.write(line + "\n")


@lean_app.command()
def play(
    theorem: Annotated[
        str, typer.Argument(help="A shipped theorem's name, or a statement such as `(p : Prop) : p → p`.")
    ],
) -> None:
    """Prove a theorem tactic by tactic; `undo` takes a step back, `quit` leaves."""
    from assay.verifiers.errors import SpecError
    from assay.verifiers.lean.embedded.engine import EmbeddedEngine
    from assay.verifiers.lean.engine import TacticError
    from assay.verifiers.lean.theorems import shipped_theorems

    engine = EmbeddedEngine()
    known = {t.name: t.statement for t in shipped_theorems()}
    try:
        state = engine.start(known.get(theorem, theorem))
    except SpecError as error:
        typer.echo(f"{error}; shipped theorems: {', '.join(list(known)[:8])}, ...", err=True)
        raise typer.Exit(2) from None
    history = [state]
    while not history[-1].solved:
        typer.echo("\n" + history[-1].text)
        try:
            line = typer.prompt("tactic", prompt_suffix="> ").strip()
        except typer.Abort:
            raise typer.Exit(1) from None
        if line == "quit":
            raise typer.Exit(1)
        if line == "undo":
            history = history[:-1] or history
            continue
        made = engine.run(history[-1], line)
        if isinstance(made, TacticError):
            typer.echo(f"error: {made.message}")
        else:
            history.append(made)
    verdict = engine.finish(history[-1])
    typer.echo(f"no goals: {verdict.message}")
    raise typer.Exit(0 if verdict.correct else 1)


@lean_app.command()
def engines(
    require: Annotated[str, typer.Option(help="Exit code 1 unless this engine is there, e.g. `lean`.")] = "",
) -> None:
    """Which Lean engines this machine has, their versions, and how to get the others."""
    from rich.table import Table

    from assay.verifiers.errors import UnknownNameError
    from assay.verifiers.lean.real.survey import isolation, survey

    found = survey()
    if require and require not in [engine.name for engine in found]:
        typer.echo(str(UnknownNameError("engine", require, [engine.name for engine in found])), err=True)
        raise typer.Exit(2)
    table = Table("engine", "", "trust", "what", box=None, pad_edge=False)
    for engine in found:
        table.add_row(engine.name, "found" if engine.present else "absent", engine.trust, engine.what)
    out = Console(highlight=False)
    out.print(table, markup=False)
    for engine in found:
        if engine.warning:
            out.print(f"warning: {engine.name}: {engine.warning}", markup=False, soft_wrap=True)
    out.print(f"Lean processes are shut in by: {', '.join(isolation())}", markup=False)
    if require and not any(engine.present for engine in found if engine.name == require):
        raise typer.Exit(1)
