"""The embedded engine: statements, states, tactic steps and whole proofs over the built-in library.

Every proof ends the same way: the goal's term is completed, closed, and judged by the kernel against the stored
statement; its axioms are compared with the task's. Nothing else can make a verdict `CORRECT`.
"""

from __future__ import annotations

import dataclasses
import time
from dataclasses import dataclass, field

from assay.verifiers.errors import SpecError
from assay.verifiers.lean.boundary import forbidden_token
from assay.verifiers.lean.embedded.collection import without_collection
from assay.verifiers.lean.embedded.elab.context import LocalContext, MVarDecl
from assay.verifiers.lean.embedded.elab.declarations import finished, solved
from assay.verifiers.lean.embedded.elab.driver import Postponed
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.elab.library import Library
from assay.verifiers.lean.embedded.explicit import explicit_theorem
from assay.verifiers.lean.embedded.kernel.budget import Budget, KernelError, LimitError
from assay.verifiers.lean.embedded.kernel.check import TypeChecker, ensure_closed
from assay.verifiers.lean.embedded.kernel.declare import Declaration, check_declaration
from assay.verifiers.lean.embedded.kernel.level import LEVEL_ZERO, Level, level_eq
from assay.verifiers.lean.embedded.kernel.term import HAS_MVAR, FVar, MVar, Term, trim_shared_nodes
from assay.verifiers.lean.embedded.library import default_library
from assay.verifiers.lean.embedded.printer import Printer
from assay.verifiers.lean.embedded.surface.commands import StatementParser
from assay.verifiers.lean.embedded.surface.syntax import Block, BySyn, ParseError
from assay.verifiers.lean.embedded.surface.tactics import parse_proof, parse_script
from assay.verifiers.lean.embedded.tactics.machine import TacticMachine
from assay.verifiers.lean.engine import DEFAULT_AXIOMS, VERIFIER_NAME, ProofState, TacticError
from assay.verifiers.verdict import Status, Verdict, failed

NAME = "embedded@1.2.0"
ELABORATION_STEPS = 400_000
KERNEL_STEPS = 400_000
TACTIC_STEPS = 100_000
REMEMBERED_STATEMENTS = 128
"""Elaborated statements that are kept: one theorem is usually tried many times."""
HEADER = "theorem t "
THEOREM = "t✝"
"""The checked theorem's name: no text can write it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """An elaborated statement: its binders as local variables, the proposition over them, and the closed type."""

    text: str
    fvars: tuple[FVar, ...]
    target: Term
    type: Term


@dataclass(frozen=True, slots=True)
class EmbeddedState:
    """A state of the embedded engine; the dictionaries are never changed after it is made."""

    statement: Statement
    axioms: tuple[str, ...]
    root: MVar
    goal_vars: tuple[MVar, ...]
    decls: dict[MVar, MVarDecl] = field(repr=False)
    values: dict[MVar, Term] = field(repr=False)
    delayed: dict[MVar, tuple[tuple[FVar, ...], Term]] = field(repr=False)
    levels: dict[Level, Level] = field(repr=False)
    goals: tuple[str, ...] = ()
    steps: int = 0

    @property
    def text(self) -> str:
        """All goals as one text."""
        return "\n\n".join(self.goals) if self.goals else "no goals"

    @property
    def solved(self) -> bool:
        """Whether no goal is left."""
        return not self.goal_vars


class EmbeddedEngine:
    """Checks proofs in pure Python; see the package's documentation for the subset of Lean it reads."""

    name = NAME

    def __init__(self, library: Library | None = None) -> None:
        """Use the built-in library unless another is given; it loads on first use."""
        self._library = library
        self._statements: dict[str, Statement] = {}

    @property
    def library(self) -> Library:
        """The library proofs are checked in."""
        if self._library is None:
            self._library = default_library()
        return self._library

    # -- statements --------------------------------------------------------------------------------------------------

    @without_collection
    def statement(self, text: str) -> Statement:
        """Elaborate a statement.

        Raises:
            SpecError: It cannot be read, or states no proposition.
        """
        known = self._statements.get(text)
        if known is None:
            known = self._elaborated(text)
            if len(self._statements) >= REMEMBERED_STATEMENTS:
                self._statements.clear()
            self._statements[text] = known
        return known

    def _elaborated(self, text: str) -> Statement:
        machine = TacticMachine(self.library, Budget(ELABORATION_STEPS))
        try:
            binders, syntax = StatementParser(text, len(HEADER)).statement()
            with machine.binding(binders) as fvars:
                target = machine.elab_type(syntax)
                machine.finish()
                clean = self._settle_binders(machine, fvars)
                target = machine.fvar_map(machine.instantiate_mvars(target), dict(zip(fvars, clean, strict=True)))
                target = solved(machine, target, False)
            type_ = solved(machine, machine.close(clean, target, lams=False), False)
            ensure_closed(type_, ())
            level = TypeChecker(self.library.env, Budget(KERNEL_STEPS)).ensure_sort(type_)
        except (ParseError, ElabError, KernelError, LimitError, Postponed, RecursionError) as error:
            raise SpecError(f"statement: cannot be read as a Lean statement of the subset: {error}") from None
        if not level_eq(level, LEVEL_ZERO):
            raise SpecError("statement: it states no proposition")
        return Statement(text, tuple(clean), target, type_)

    @staticmethod
    def _settle_binders(machine: TacticMachine, fvars: list[FVar]) -> list[FVar]:
        clean: list[FVar] = []
        for x in fvars:
            mapping: dict[FVar, Term] = dict(zip(fvars, clean, strict=False))
            type_ = solved(machine, machine.fvar_map(machine.instantiate_mvars(x.type), mapping), False)
            clean.append(FVar(x.name, type_, x.info))
        return clean

    # -- states ------------------------------------------------------------------------------------------------------

    @without_collection
    def start(self, statement: str, axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> EmbeddedState:
        """The state before the first tactic.

        Raises:
            SpecError: The statement cannot be read.
        """
        found = self.statement(statement)
        machine = TacticMachine(self.library, Budget(TACTIC_STEPS))
        root = machine.new_goal(LocalContext(found.fvars), found.target)
        machine.goals = [root]
        return self._state(machine, found, axioms, root, 0)

    def _state(
        self, machine: TacticMachine, statement: Statement, axioms: tuple[str, ...], root: MVar, steps: int
    ) -> EmbeddedState:
        shown = tuple(Printer(machine, machine.decls[goal].ctx).goal(goal) for goal in machine.goals)
        return EmbeddedState(
            statement,
            axioms,
            root,
            tuple(machine.goals),
            machine.decls,
            machine.values,
            machine.delayed,
            machine.level_values,
            shown,
            steps,
        )

    @without_collection
    def run(self, state: ProofState, tactic: str) -> EmbeddedState | TacticError:
        """Run one tactic, or several, on a state, which does not change."""
        if not isinstance(state, EmbeddedState):
            raise TypeError("the state belongs to another engine")
        try:
            bad = forbidden_token(tactic)
            if bad is not None:
                return TacticError("forbidden_token", f"`{bad}` is not allowed in a proof")
            block = parse_script(tactic)
        except ParseError as error:
            return TacticError("parse_error", f"<input>:{error.line}:{error.column}: {error}", error.line, error.column)
        except LimitError as error:
            return TacticError("limit", str(error))
        machine = TacticMachine(self.library, Budget(TACTIC_STEPS))
        machine.decls = dict(state.decls)
        machine.values = dict(state.values)
        machine.delayed = dict(state.delayed)
        machine.level_values = dict(state.levels)
        machine.goals = list(state.goal_vars)
        try:
            if not machine.goals:
                return TacticError("no_goals", "no goals to be proved")
            _run_steps(machine, block)
            made = self._state(machine, state.statement, state.axioms, state.root, state.steps + 1)
        except (ElabError, KernelError) as error:
            return TacticError(error.code, str(error), *block.pos)
        except Postponed:
            return TacticError("unknown_type", "the expected type of a term must be known", *block.pos)
        except LimitError as error:
            return TacticError("limit", str(error))
        except RecursionError:
            return TacticError("limit", "the budget of depth is spent")
        except Exception:  # a defect of ours: no tactic may raise
            return TacticError("engine_refused", "the engine cannot follow this tactic")
        finally:
            trim_shared_nodes()
        return made

    def split(self, state: ProofState) -> tuple[EmbeddedState, ...]:
        """The goals of a state as states of their own, where each can be solved without touching the others.

        That is so if no goal mentions an unsolved metavariable, be it of a universe. Else the state alone is returned.
        A state of one goal of several can be stepped on, not judged: judge the whole proof.
        """
        if not isinstance(state, EmbeddedState):
            raise TypeError("the state belongs to another engine")
        machine = TacticMachine(self.library, Budget(TACTIC_STEPS))
        machine.decls, machine.values = state.decls, state.values
        machine.delayed, machine.level_values = state.delayed, state.levels
        for goal in state.goal_vars:
            decl = machine.decls[goal]
            parts = [decl.type, *(x.type for x in decl.ctx.vars), *(x.value for x in decl.ctx.vars if x.value)]
            if any(machine.instantiate_mvars(part).flags & HAS_MVAR for part in parts):
                return (state,)
        alone = zip(state.goal_vars, state.goals, strict=True)
        return tuple(dataclasses.replace(state, goal_vars=(var,), goals=(text,)) for var, text in alone)

    @without_collection
    def finish(self, state: ProofState) -> Verdict:
        """Let the kernel judge a state without goals."""
        if not isinstance(state, EmbeddedState):
            raise TypeError("the state belongs to another engine")
        start = time.perf_counter()
        if state.goal_vars:
            message = "unsolved goals\n" + state.text
            return _verdict(Status.WRONG, "unsolved_goals", message, start)
        machine = TacticMachine(self.library, Budget(ELABORATION_STEPS))
        machine.decls, machine.values = dict(state.decls), dict(state.values)
        machine.delayed, machine.level_values = dict(state.delayed), dict(state.levels)
        return self._guarded(lambda: self._judge(machine, state.statement, state.root, state.axioms, start), start)

    # -- whole proofs ------------------------------------------------------------------------------------------------

    @without_collection
    def check(self, statement: str, proof: str, axioms: tuple[str, ...] = DEFAULT_AXIOMS) -> Verdict:
        """Judge a whole proof: what would follow `:=`.

        Raises:
            SpecError: The statement cannot be read.
        """
        found = self.statement(statement)
        start = time.perf_counter()
        return self._guarded(lambda: self._check(found, proof, axioms, start), start)

    def _guarded(self, action: object, start: float) -> Verdict:
        """Turn everything a proof can cause into a verdict."""
        assert callable(action)
        try:
            verdict = action()
            assert isinstance(verdict, Verdict)
            return verdict
        except ParseError as error:
            where = {"line": error.line, "column": error.column}
            return _verdict(Status.MALFORMED, "parse_error", f"{error.line}:{error.column}: {error}", start, **where)
        except ElabError as error:
            return _verdict(Status.WRONG, error.code, str(error), start)
        except KernelError as error:
            return _verdict(Status.WRONG, f"kernel_{error.code}", f"(kernel) {error}", start)
        except Postponed:
            return _verdict(Status.WRONG, "unknown_type", "the expected type of a term must be known", start)
        except LimitError as error:
            return _verdict(Status.LIMIT, "limit", str(error), start, budget=error.what)
        except RecursionError:
            return _verdict(Status.LIMIT, "limit", "the budget of depth is spent", start, budget="depth")
        except AssertionError:
            return _verdict(Status.WRONG, "engine_refused", "the engine cannot follow this proof", start)
        except Exception as error:  # a defect of ours: no proof may raise, and none may be called wrong for it
            elapsed = time.perf_counter() - start
            message = f"the engine failed: {type(error).__name__}"
            return failed("internal_error", message, verifier=VERIFIER_NAME, elapsed=elapsed, error=str(error)[:500])
        finally:
            trim_shared_nodes()

    def _check(
        self,
        statement: Statement,
        proof: str,
        axioms: tuple[str, ...],
        start: float,
        terms: list[tuple[Term, Term]] | None = None,
    ) -> Verdict:
        if not proof.strip():
            return _verdict(Status.NO_ANSWER, "no_proof", "there is no proof", start)
        bad = forbidden_token(proof)
        if bad is not None:
            return _verdict(Status.FORBIDDEN, "forbidden_token", f"`{bad}` is not allowed in a proof", start)
        syntax = parse_proof(proof, len(HEADER) + len(statement.text) + 4)
        machine = TacticMachine(self.library, Budget(ELABORATION_STEPS))
        root = machine.new_goal(LocalContext(statement.fvars), statement.target)
        machine.ctx = LocalContext(statement.fvars)
        if isinstance(syntax, BySyn):
            machine.run_block(root, syntax.block)
        else:
            term, _ = machine.elab_term(syntax, statement.target)
            machine.assign(root, term)
        return self._judge(machine, statement, root, axioms, start, terms)

    def proof_terms(self, statement: str, proof: str) -> tuple[Term, Term]:
        """The closed proposition and the closed term of a proof the kernel accepts.

        Raises:
            SpecError: The statement cannot be read.
            ValueError: The proof is not accepted.
        """
        terms: list[tuple[Term, Term]] = []
        found = self.statement(statement)
        start = time.perf_counter()
        verdict = self._guarded(lambda: self._check(found, proof, DEFAULT_AXIOMS, start, terms), start)
        if not verdict.correct:
            raise ValueError(verdict.message)
        return terms[0]

    def explicit(self, name: str, statement: str, proof: str) -> str:
        """Explicit Lean source of a proof the kernel accepts, for a real Lean to re-elaborate.

        Raises:
            SpecError: The statement cannot be read.
            ValueError: The proof is not accepted.
        """
        return explicit_theorem(name, *self.proof_terms(statement, proof))

    def _judge(
        self,
        machine: TacticMachine,
        statement: Statement,
        root: MVar,
        axioms: tuple[str, ...],
        start: float,
        terms: list[tuple[Term, Term]] | None = None,
    ) -> Verdict:
        """The kernel's word on a finished proof of the stored statement."""
        body = machine.instantiate_mvars(root)
        if body.flags & HAS_MVAR and machine.open_mvars(body):
            return _verdict(Status.WRONG, "unsolved_goals", "the proof leaves something unproved", start)
        value = finished(machine, machine.bind(statement.fvars, body))
        declaration = Declaration(THEOREM, (), statement.type, value, "theorem")
        known = check_declaration(self.library.env, declaration, Budget(KERNEL_STEPS))
        used = sorted(known.axioms)
        if terms is not None:
            terms.append((statement.type, value))
        extra = [name for name in used if name not in axioms]
        if extra:
            message = f"the proof rests on the axiom {extra[0]}, which this task does not allow"
            return _verdict(Status.FORBIDDEN, "axiom_not_allowed", message, start, axioms=used)
        return _verdict(Status.CORRECT, "proved", "the kernel accepts the proof", start, axioms=used)


def _run_steps(machine: TacticMachine, block: Block) -> None:
    for tactic in block.tactics:
        machine.run_tactic(tactic)


def _verdict(status: Status, reason: str, message: str, start: float, **detail: object) -> Verdict:
    score = 1.0 if status is Status.CORRECT else 0.0
    elapsed = time.perf_counter() - start
    return Verdict(status, score, score, reason, message[:4000], None, "kernel", elapsed, VERIFIER_NAME, detail)
