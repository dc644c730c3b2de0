"""The tactics that give terms: intro, exact, apply, refine, have, show and their kin, and running blocks of tactics."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assay.verifiers.lean.embedded.elab.context import LocalContext
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.elab.library import Library
from assay.verifiers.lean.embedded.elab.match import MatchElaborator
from assay.verifiers.lean.embedded.kernel.budget import Budget
from assay.verifiers.lean.embedded.kernel.subst import instantiate
from assay.verifiers.lean.embedded.kernel.term import (
    DEFAULT,
    HAS_MVAR,
    INST,
    Const,
    FVar,
    MVar,
    Pi,
    Term,
    app,
    head,
)
from assay.verifiers.lean.embedded.printer import Printer, print_goals
from assay.verifiers.lean.embedded.surface.syntax import Anon, Block, Hole, Ident, Syn, Tac, VarPat

MAX_GOALS = 400
"""Most goals a state may hold."""


class BasicTactics(MatchElaborator):
    """A list of goals, the first of which tactics work on."""

    def __init__(self, lib: Library, budget: Budget | None = None) -> None:
        """Start without goals."""
        super().__init__(lib, budget)
        self.goals: list[MVar] = []

    # -- running -----------------------------------------------------------------------------------------------------

    def run_block(self, goal: MVar, block: Block) -> None:
        """Run tactics on one goal; they must solve it.

        Raises:
            ElabError: A tactic fails, or goals are left.
        """
        outer = self.goals
        self.goals = [goal]
        try:
            self.run_tactics(block)
            if self.goals:
                raise ElabError("unsolved_goals", "unsolved goals\n" + print_goals(self, self.goals))
        finally:
            self.goals = outer

    def run_tactics(self, block: Block) -> None:
        """Run tactics on the current goals."""
        for tactic in block.tactics:
            self.run_tactic(tactic)

    def run_tactic(self, tactic: Tac) -> None:
        """Run one tactic on the current goals.

        Raises:
            ElabError: It fails.
        """
        self.budget.step()
        self.budget.enter()
        try:
            method: Callable[[Tac], None] | None = getattr(self, f"tac_{tactic.kind}", None)
            if method is None:
                raise ElabError("outside_subset", f"the tactic `{tactic.kind}` is outside the supported subset")
            with self.within(self.main_context()):
                method(tactic)
        finally:
            self.budget.depth -= 1
        if len(self.goals) > MAX_GOALS:
            raise ElabError("too_many_goals", "there are too many goals")

    def main_context(self) -> LocalContext:
        """The local context of the first goal."""
        return self.decls[self.goals[0]].ctx if self.goals else self.ctx

    def main(self) -> MVar:
        """The first goal.

        Raises:
            ElabError: There is none.
        """
        if not self.goals:
            raise ElabError("no_goals", "no goals to be proved")
        return self.goals[0]

    def replace_main(self, *goals: MVar) -> None:
        """Put other goals in place of the first."""
        self.goals = [*goals, *self.goals[1:]]

    # -- terms inside tactics ----------------------------------------------------------------------------------------

    def elab_term(
        self, syn: Syn, expected: Term | None, *, holes: bool = False, loose: bool = False
    ) -> tuple[Term, list[MVar]]:
        """Elaborate a term completely.

        Args:
            syn: The syntax.
            expected: Its type, if known.
            holes: Whether `?_` may stand in it; they become goals.
            loose: Whether unsolved metavariables may be left.

        Returns:
            The term and the goals of its holes.

        Raises:
            ElabError: It has no meaning, or something is left unsolved.
        """
        saved = self.pending, self.instances, self.new_goals, self.holes, self.may_postpone
        self.pending, self.instances, self.holes, self.may_postpone = [], [], {}, True
        self.new_goals = [] if holes else None
        try:
            term = self.elab_ensure(syn, expected)
            self.finish()
            if expected is not None:
                term = self.ensure_type(term, expected)
            made: list[MVar] = self.new_goals or []
        finally:
            self.pending, self.instances, self.new_goals, self.holes, self.may_postpone = saved
        term = self.instantiate_mvars(term)
        goals = [goal for goal in made if not self.is_assigned(goal)]
        if not loose:
            rest = [m for m in self.open_mvars(term) if m not in goals and self._is_left_open(m, goals)]
            if rest:
                raise ElabError("placeholder", "don't know how to synthesize placeholder")
        return term, goals

    def _is_left_open(self, mvar: MVar, goals: list[MVar]) -> bool:
        """Whether a metavariable belongs to this term and not to a goal that stood open before."""
        return mvar not in self.goals and not any(mvar is goal for goal in goals) and self._is_new(mvar)

    def _is_new(self, mvar: MVar) -> bool:
        return self.decls[mvar].natural and mvar not in self._known_open()

    def _known_open(self) -> set[MVar]:
        """The metavariables that goals speak of already."""
        found: set[MVar] = set()
        for goal in self.goals:
            decl = self.decls[goal]
            for term in (decl.type, *(x.type for x in decl.ctx.vars)):
                if term.flags & HAS_MVAR:
                    found.update(self.open_mvars(term))
        return found

    def tag_goals(self, goals: Sequence[MVar], parent: str, prefix: str) -> None:
        """Name untagged goals after their parent, as `refine` does."""
        bare = [goal for goal in goals if not self.decls[goal].tag]
        for i, goal in enumerate(bare):
            tag = parent if len(bare) == 1 else f"{parent}.{prefix}_{i + 1}" if parent else f"{prefix}_{i + 1}"
            if len(bare) != len(goals) and len(bare) == 1:
                tag = parent
            self._set_tag(goal, tag)

    def _set_tag(self, goal: MVar, tag: str) -> None:
        decl = self.decls[goal]
        self.decls[goal] = type(decl)(decl.type, decl.ctx, decl.natural, tag)

    def as_goal(self, mvar: MVar) -> MVar:
        """Make an unsolved natural metavariable a goal; one for data may still be solved by unification."""
        decl = self.decls[mvar]
        if decl.natural and self.is_prop(self.instantiate_mvars(decl.type)):
            self.decls[mvar] = type(decl)(decl.type, decl.ctx, False, decl.tag)
        return mvar

    # -- intro -------------------------------------------------------------------------------------------------------

    def tac_intro(self, tactic: Tac) -> None:
        """`intro x ⟨a, b⟩ ...`."""
        patterns = tactic.patterns or (VarPat(tactic.pos, "_"),)
        self._intro_patterns(patterns)

    def _intro_patterns(self, patterns: Sequence[object]) -> None:
        goal = self.main()
        for i, pattern in enumerate(patterns):
            if isinstance(pattern, VarPat):
                goal, fvars = self.intro(goal, [pattern.name])
                if pattern.type is not None:
                    with self.within(self.decls[goal].ctx):
                        if not self.unify(self.elab_type(pattern.type), fvars[0].type):
                            raise ElabError("type_mismatch", "the type given to `intro` does not fit")
                self.replace_main(goal)
                continue
            goal, fvars = self.intro(goal, ["_"])
            self.replace_main(goal)
            self.destructure(fvars[0], pattern)
            if not self.goals or len(patterns) == i + 1:
                continue
            goal = self.main()

    def destructure(self, x: FVar, pattern: object) -> None:
        """Take a hypothesis of the first goal apart by a pattern (supplied by the case tactics)."""
        raise NotImplementedError

    def tac_intros(self, tactic: Tac) -> None:
        """`intros`: every leading binder, without unfolding, or the named ones."""
        goal = self.main()
        if tactic.names:
            goal, _ = self.intro(goal, list(tactic.names))
        else:
            count, type_ = 0, self.goal_type(goal)
            while type(type_) is Pi:
                count, type_ = count + 1, type_.body
            goal, _ = self.intro(goal, ["_"] * count)
        self.replace_main(goal)

    # -- terms -------------------------------------------------------------------------------------------------------

    def tac_exact(self, tactic: Tac) -> None:
        """`exact e`."""
        goal = self.main()
        term, _ = self.elab_term(tactic.terms[0], self.goal_type(goal))
        self.assign(goal, term)
        self.replace_main()

    def tac_exacts(self, tactic: Tac) -> None:
        """`exacts [e1, e2]`."""
        for term in tactic.terms:
            with self.within(self.main_context()):
                self.tac_exact(Tac("exact", tactic.pos, terms=(term,)))

    def tac_refine(self, tactic: Tac) -> None:
        """`refine e`, with `?_` holes for new goals."""
        goal = self.main()
        term, goals = self.elab_term(tactic.terms[0], self.goal_type(goal), holes=True)
        self.tag_goals(goals, self.decls[goal].tag, "refine")
        self.assign(goal, term)
        self.replace_main(*goals)

    def tac_apply(self, tactic: Tac) -> None:
        """`apply e`."""
        syn = tactic.terms[0]
        made: list[MVar] = []
        if isinstance(syn, Ident) and not syn.explicit:
            term, fields = self._resolve(syn)
            if fields:
                term, made = self.elab_term(syn, None, holes=True, loose=True)
        else:
            term, made = self.elab_term(syn, None, holes=True, loose=True)
        self.apply_term(term, made)

    def apply_term(self, term: Term, made: Sequence[MVar] = ()) -> None:
        """Apply a term to the first goal; arguments that unification leaves open become goals.

        Raises:
            ElabError: No number of arguments makes the result fit the goal.
        """
        goal = self.main()
        target = self.goal_type(goal)
        total, unknown_head = self._count_args(self.infer_only(term))
        start = total if unknown_head else max(0, total - self._count_args(target)[0])
        for count in range(start, total + 1):
            mark = self.mark()
            applied, args, type_ = self._apply_to_mvars(term, count)
            if self.unify(type_, target) and self._solve_instances(args):
                self._after_apply(goal, applied, args, list(made))
                return
            self.undo(mark)
        raise self._apply_error(term, target)

    def _apply_error(self, term: Term, target: Term) -> ElabError:
        printer = Printer(self, self.ctx)
        shown = printer.term(self.instantiate_mvars(self.infer_only(term)))
        text = f"Tactic `apply` failed: could not unify the conclusion of the term\n  {shown}\nwith the goal"
        return ElabError("apply_failed", f"{text}\n  {printer.term(target)}")

    def _count_args(self, type_: Term) -> tuple[int, bool]:
        """How many arguments a type takes, and whether its result is an unknown or a bound variable."""
        count = 0
        while count < 64:
            shape = self.whnf_to_binder(self.instantiate_mvars(type_)) if type(type_) is not Pi else type_
            if type(shape) is not Pi:
                return count, isinstance(head(shape), (MVar,)) or (
                    count > 0 and type(head(shape)) is FVar and head(shape) not in self.ctx.ids
                )
            count += 1
            type_ = instantiate(shape.body, (FVar(shape.name, shape.dom),))
        return count, False

    def _apply_to_mvars(self, term: Term, count: int) -> tuple[Term, list[tuple[MVar, Pi]], Term]:
        type_ = self.infer_only(term)
        args: list[tuple[MVar, Pi]] = []
        for _ in range(count):
            if type(type_) is not Pi:
                type_ = self.whnf_to_binder(self.instantiate_mvars(type_))
            assert type(type_) is Pi
            arg = self.new_mvar(type_.dom, self.ctx, tag=type_.name.rstrip("✝"))
            args.append((arg, type_))
            term = app(term, arg)
            type_ = instantiate(type_.body, (arg,))
        return term, args, type_

    def _solve_instances(self, args: list[tuple[MVar, Pi]]) -> bool:
        for arg, binder in args:
            if binder.info == INST:
                found = self.synthesize(self.instantiate_mvars(self.decls[arg].type))
                if found is None or not self.unify(arg, found):
                    return False
        return True

    def _after_apply(self, goal: MVar, applied: Term, args: list[tuple[MVar, Pi]], made: list[MVar]) -> None:
        parent = self.decls[goal].tag
        if len(args) == 1:
            self._set_tag(args[0][0], parent)
        elif parent:
            for arg, _ in args:
                self._set_tag(arg, f"{parent}.{self.decls[arg].tag}")
        applied = self.instantiate_mvars(applied)
        known = self._known_open()
        self.assign(goal, applied)
        fresh = [arg for arg, _ in args if not self.is_assigned(arg)]
        others = [m for m in self.open_mvars(applied) if m not in fresh and m not in made and m not in known]
        others = [m for m in others if m not in self.goals and self.decls[m].natural]
        for mvar in (*fresh, *others):
            self.as_goal(mvar)
        made = [m for m in made if not self.is_assigned(m)]
        if made:
            self.tag_goals(made, parent, "refine")
        ordered = self._independent_first(fresh)
        self.replace_main(*ordered, *others, *made)

    def _independent_first(self, goals: list[MVar]) -> list[MVar]:
        """Goals that other goals speak of go last."""
        spoken: set[MVar] = set()
        for goal in goals:
            spoken.update(m for m in self.open_mvars(self.decls[goal].type) if m is not goal)
        return [g for g in goals if g not in spoken] + [g for g in goals if g in spoken]

    def apply_name(self, name: str) -> None:
        """Apply a constant to the first goal."""
        self.apply_term(self._constant_named(name))

    def tac_constructor(self, _: Tac) -> None:
        """`constructor`: the first constructor that fits."""
        target = self.whnf_reducible(self.goal_type(self.main()))
        fn = head(target)
        if type(fn) is not Const or self.env.inductive(fn.name) is None:
            fn = head(self.whnf(target))
        info = self.env.inductive(fn.name) if type(fn) is Const else None
        if info is None:
            raise ElabError("constructor_failed", "Tactic `constructor` failed: target is not an inductive type")
        for ctor in info.ctors:
            mark, goals = self.mark(), list(self.goals)
            try:
                self.apply_name(ctor)
                return
            except ElabError:
                self.undo(mark)
                self.goals = goals
        raise ElabError("constructor_failed", "Tactic `constructor` failed: no applicable constructors found")

    def _side(self, index: int, word: str) -> None:
        fn = head(self.whnf_reducible(self.goal_type(self.main())))
        info = self.env.inductive(fn.name) if type(fn) is Const else None
        if info is None or len(info.ctors) != 2:
            raise ElabError("two_constructors", f"Tactic `{word}` failed: target is not a type with two constructors")
        self.apply_name(info.ctors[index])

    def tac_left(self, _: Tac) -> None:
        """`left`."""
        self._side(0, "left")

    def tac_right(self, _: Tac) -> None:
        """`right`."""
        self._side(1, "right")

    def tac_exists(self, tactic: Tac) -> None:
        """`exists e1, e2`: the witnesses, then `trivial` if that closes the goal."""
        items = (*tactic.terms, Hole(tactic.pos, "_"))
        self.tac_refine(Tac("refine", tactic.pos, terms=(Anon(tactic.pos, items),)))
        if self.goals:
            self.attempt(lambda: self.run_tactic(Tac("trivial", tactic.pos)))

    def attempt(self, action: Callable[[], None]) -> bool:
        """Do something, or leave everything as it was."""
        mark, goals = self.mark(), list(self.goals)
        try:
            action()
            return True
        except ElabError:
            self.undo(mark)
            self.goals = goals
            return False

    # -- having and showing ------------------------------------------------------------------------------------------

    # -- the context -------------------------------------------------------------------------------------------------


__all__ = ["DEFAULT", "BasicTactics"]
