"""Elaborating the prelude's declarations into the kernel's."""

from __future__ import annotations

import functools

from assay.verifiers.lean.embedded.elab.context import LocalContext
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.elab.library import Library
from assay.verifiers.lean.embedded.kernel.budget import Budget
from assay.verifiers.lean.embedded.kernel.declare import Declaration, add_declaration, add_quotients
from assay.verifiers.lean.embedded.kernel.inductive import InductiveDecl
from assay.verifiers.lean.embedded.kernel.level import LEVEL_ZERO, Level, level_params
from assay.verifiers.lean.embedded.kernel.level import MVAR as LEVEL_MVAR
from assay.verifiers.lean.embedded.kernel.subst import bind_pis, head_beta_all, subterms, transform
from assay.verifiers.lean.embedded.kernel.term import (
    DEFAULT,
    HAS_FVAR,
    HAS_MVAR,
    IMPLICIT,
    INST,
    Const,
    FVar,
    Sort,
    Term,
    const,
    sort,
)
from assay.verifiers.lean.embedded.surface.commands import Command
from assay.verifiers.lean.embedded.tactics.machine import TacticMachine

LEVEL_NAMES = ("u", "v", "w")


def declare(lib: Library, command: Command) -> None:
    """Elaborate a declaration, have the kernel check it, and note its attributes.

    Raises:
        ElabError: It has no meaning.
        KernelError: The kernel refuses it.
    """
    if command.kind == "quotients":
        add_quotients(lib.env)
        return
    machine = TacticMachine(lib, Budget(5_000_000))
    machine.level_names = set(LEVEL_NAMES)
    if command.kind == "inductive":
        _declare_inductive(lib, machine, command)
        return
    with machine.binding(command.binders) as fvars:
        type_ = machine.elab_type(command.type)
        machine.finish()
        if command.value is None:
            value = None
        else:
            value = machine.elab_ensure(command.value, type_)
            machine.finish()
            value = machine.ensure_type(value, type_)
            value = finished(machine, machine.bind(fvars, machine.instantiate_mvars(value)))
    type_ = finished(machine, machine.close(fvars, type_, lams=False))
    levels = _levels_of([type_] if value is None else [type_, value])
    kind = {"abbrev": "def", "instance": "def"}.get(command.kind, command.kind)
    add_declaration(lib.env, Declaration(command.name, levels, type_, value, kind))
    _note(lib, command)


def _note(lib: Library, command: Command) -> None:
    if command.kind == "abbrev":
        lib.reducible.add(command.name)
    if command.kind == "instance":
        lib.instances.append(command.name)
    for word in command.attributes:
        if word == "simp":
            lib.simp.append(command.name)
        elif word == "hidden":
            lib.hidden.add(command.name)
    lib.note_definition(command.name)


def _declare_inductive(lib: Library, machine: TacticMachine, command: Command) -> None:
    with machine.binding(command.binders) as params:
        inner = machine.elab_type(command.type)
        type_ = finished(machine, machine.close(params, inner, lams=False))
        levels = _levels_of([type_])
        # The constructors speak of the type before it is declared: a stand-in takes its place meanwhile.
        stand_in = FVar(command.name, type_)
        explicit = FVar(command.name, bind_pis(params, inner))
        machine.ctx = LocalContext((*machine.ctx.vars, explicit))
        ctors: list[tuple[str, Term]] = []
        hidden: list[FVar] = []
        for p in params:
            info = p.info if "explicit" in command.attributes else IMPLICIT
            hidden.append(FVar(p.name, machine.fvar_map(p.type, dict(zip(params, hidden, strict=False))), info))
        for name, binders, result in command.ctors:
            with machine.binding(binders) as fields:
                made = machine.elab_type(result)
                body = machine.close(fields, made, lams=False)
            machine.finish()
            full = finished(machine, machine.close([], body, lams=False))
            full = machine.fvar_map(full, dict(zip(params, hidden, strict=True)))
            full = bind_pis(hidden, full)
            of_type = const(command.name, tuple(machine.elab_level_name(n) for n in levels))
            full = transform(full, HAS_FVAR, functools.partial(_put, {explicit: of_type, stand_in: of_type}))
            ctors.append((f"{command.name}.{name}", full))
    decl = InductiveDecl(command.name, levels, len(params), type_, tuple(ctors))
    add_declaration(lib.env, decl)


def _put(values: dict[FVar, Const], part: Term, _: int) -> Term | None:
    return values.get(part, part) if type(part) is FVar else None


def finished(machine: TacticMachine, term: Term) -> Term:
    """A term with everything solved put in, leftover universe metavariables set to 0, and redexes contracted.

    Raises:
        ElabError: A metavariable is unsolved.
    """
    term = solved(machine, term)
    return head_beta_all(term)


def solved(machine: TacticMachine, term: Term, default_levels: bool = True) -> Term:
    """A term with everything solved put in.

    Args:
        machine: Where the solutions are.
        term: The term.
        default_levels: Whether leftover universe metavariables become 0. In a statement they may not: Lean makes them
            parameters, and `(α) (x y : α) : x = y` is true of a proposition α alone.

    Raises:
        ElabError: A metavariable is unsolved.
    """
    term = machine.instantiate_mvars(term)
    if term.flags & HAS_MVAR and default_levels:
        term = transform(term, HAS_MVAR, lambda t, _: _default_levels(machine, t))
    if term.flags & HAS_MVAR:
        raise ElabError("placeholder", "don't know how to synthesize placeholder")
    return term


def _default_levels(machine: TacticMachine, part: Term) -> Term | None:
    if type(part) is Sort:
        for name in _level_mvars(part):
            machine.level_values[name] = LEVEL_ZERO
        return sort(machine.instantiate_level(part.level))
    if type(part) is Const:
        for level in part.levels:
            for name in _level_mvars(sort(level)):
                machine.level_values[name] = LEVEL_ZERO
        return const(part.name, tuple(machine.instantiate_level(level) for level in part.levels))
    return None


def _level_mvars(term: Sort) -> list[Level]:
    found: list[Level] = []
    todo = [term.level]
    while todo:
        level = todo.pop()
        if level.kind == LEVEL_MVAR:
            found.append(level)
        todo += [part for part in (level.a, level.b) if part is not None]
    return found


def _levels_of(terms: list[Term]) -> tuple[str, ...]:
    found: set[str] = set()
    for term in terms:
        for part in subterms(term):
            if type(part) is Sort:
                level_params(part.level, found)
            elif type(part) is Const:
                for level in part.levels:
                    level_params(level, found)
    return tuple(name for name in LEVEL_NAMES if name in found)


__all__ = ["DEFAULT", "INST", "declare", "finished"]
