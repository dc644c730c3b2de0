"""`assay lean search`: look for a proof of a theorem and print it."""

from __future__ import annotations

from typing import Annotated

import typer


def search(
    theorem: Annotated[
        str, typer.Argument(help="A shipped theorem's name, or a statement such as `(p : Prop) : p → p`.")
    ],
    method: Annotated[str, typer.Option(help="best_first or mcts.")] = "mcts",
    nodes: Annotated[int, typer.Option(min=1, help="States to look into, at most.")] = 2000,
    seconds: Annotated[float | None, typer.Option(help="CPU seconds, at most.")] = None,
    policy: Annotated[
        str | None, typer.Option(help="Checkpoint of a model that writes tactics; default: the fixed alphabet.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of a model's sampling.")] = 0,
) -> None:
    """Search for a proof; exit code 1 if none was found."""
    from assay.agents.lean_search.agent import LeanSearchAgent
    from assay.verifiers.errors import SpecError
    from assay.verifiers.lean.theorems import shipped_theorems

    agent = LeanSearchAgent(method, nodes=nodes, seconds=seconds, policy=policy, seed=seed)
    known = {t.name: t.statement for t in shipped_theorems()}
    try:
        result = agent.prove(known.get(theorem, theorem))
    except SpecError as error:
        typer.echo(f"{error}; shipped theorems: {', '.join(list(known)[:8])}, ...", err=True)
        raise typer.Exit(2) from None
    spent = f"{result.nodes} states, {result.tactics} tactics, {result.cpu_s:.2f} s"
    if not result.proved:
        typer.echo(f"no proof found ({spent}{'; nothing is left to try' if result.exhausted else ''})", err=True)
        raise typer.Exit(1)
    typer.echo(result.script)
    typer.echo(f"the kernel accepts it ({spent})", err=True)
