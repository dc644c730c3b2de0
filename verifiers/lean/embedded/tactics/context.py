"""The tactics that change the context or restate the goal: have, let, show, suffices, revert, clear, rename."""

from __future__ import annotations

from collections.abc import Sequence

from assay.verifiers.lean.embedded.elab.context import LocalContext
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.kernel.term import (
    FVar,
    MVar,
    Term,
    apps,
    const,
    head,
)
from assay.verifiers.lean.embedded.printer import display_names
from assay.verifiers.lean.embedded.surface.syntax import Tac, VarPat
from assay.verifiers.lean.embedded.tactics.basic import BasicTactics


class ContextTactics(BasicTactics):
    """Tactics about hypotheses."""

    def add_hypothesis(self, goal: MVar, name: str, type_: Term, value: Term) -> tuple[MVar, FVar]:
        """Add a proved hypothesis to a goal."""
        decl = self.decls[goal]
        x = FVar(name, type_)
        new = self.new_goal(decl.ctx.add(x), decl.type, decl.tag)
        inner = self.new_goal(decl.ctx, self.close([x], decl.type, lams=False))
        self.assign_delayed(inner, [x], new)
        self.assign(goal, apps(inner, value))
        return new, x

    def tac_have(self, tactic: Tac) -> None:
        """`have pattern : T := e`."""
        self._have_value(tactic, None)

    def tac_replace(self, tactic: Tac) -> None:
        """`replace h : T := e`: `have`, then the old `h` is cleared."""
        pattern = tactic.patterns[0]
        old = self.ctx.find(pattern.name) if isinstance(pattern, VarPat) else None
        self._have_value(tactic, old)

    def _have_value(self, tactic: Tac, old: FVar | None) -> None:
        goal = self.main()
        type_, value = self._value_of(tactic)
        pattern = tactic.patterns[0]
        name = pattern.name if isinstance(pattern, VarPat) else "x✝"
        new, x = self.add_hypothesis(goal, "x✝" if name == "_" else name, type_, value)
        self.replace_main(new)
        if old is not None:
            self.attempt(lambda: self.replace_main(self.clear(self.main(), [old])))
        if not isinstance(pattern, VarPat):
            self.destructure(x, pattern)

    def _value_of(self, tactic: Tac) -> tuple[Term, Term]:
        """Type and value given to `have` or `let`, completely elaborated."""
        saved = self.pending, self.instances, self.new_goals
        self.pending, self.instances, self.new_goals = [], [], None
        try:
            type_, value = self.elab_have_value(tactic.binders, tactic.type, tactic.terms[0])
            self.finish()
        finally:
            self.pending, self.instances, self.new_goals = saved
        type_, value = self.instantiate_mvars(type_), self.instantiate_mvars(value)
        if any(self._is_left_open(m, []) for t in (type_, value) for m in self.open_mvars(t)):
            raise ElabError("placeholder", "don't know how to synthesize placeholder")
        return type_, value

    def tac_let(self, tactic: Tac) -> None:
        """`let x : T := e`."""
        pattern = tactic.patterns[0]
        if not isinstance(pattern, VarPat):
            self._have_value(tactic, None)
            return
        goal = self.main()
        type_, value = self._value_of(tactic)
        decl = self.decls[goal]
        x = FVar(pattern.name, type_, value=value)
        new = self.new_goal(decl.ctx.add(x), decl.type, decl.tag)
        self.assign_delayed(goal, [x], new)
        self.replace_main(new)

    def tac_show(self, tactic: Tac) -> None:
        """`show T`: the first goal that unifies with T comes first, stated as T."""
        for i, goal in enumerate(self.goals):
            mark = self.mark()
            with self.within(self.decls[goal].ctx):
                try:
                    type_, _ = self.elab_term(tactic.terms[0], None, loose=True)
                except ElabError:
                    if len(self.goals) == 1:
                        raise
                    self.undo(mark)
                    continue
                if self.unify(type_, self.goal_type(goal)):
                    new = self._restate(goal, self.instantiate_mvars(type_))
                    self.goals = [new, *self.goals[:i], *self.goals[i + 1 :]]
                    return
            self.undo(mark)
        raise ElabError("show_failed", "Tactic `show` failed: no goal has this statement")

    def _restate(self, goal: MVar, type_: Term) -> MVar:
        decl = self.decls[goal]
        new = self.new_goal(decl.ctx, type_, decl.tag)
        self.assign(goal, new)
        return new

    def tac_suffices(self, tactic: Tac) -> None:
        """`suffices h : T from e`."""
        goal = self.main()
        assert tactic.type is not None
        type_, _ = self.elab_term(tactic.type, None)
        self.sort_level(type_)
        decl = self.decls[goal]
        x = FVar(tactic.names[0], type_)
        with self.within(decl.ctx.add(x)):
            value, _ = self.elab_term(tactic.terms[0], self.goal_type(goal))
        new = self.new_goal(decl.ctx, type_, decl.tag)
        self.assign(goal, apps(self.close([x], value), new))
        self.replace_main(new)

    def tac_specialize(self, tactic: Tac) -> None:
        """`specialize h a b`: `h` becomes `h a b`."""
        goal = self.main()
        term, _ = self.elab_term(tactic.terms[0], None)
        old = head(term)
        if type(old) is not FVar or old is term:
            raise ElabError("specialize_failed", "Tactic `specialize` failed: the term must be a hypothesis applied")
        type_ = self.beta_reduce(self.infer_only(term))
        new, _ = self.add_hypothesis(goal, old.name, type_, term)
        self.replace_main(new)
        self.attempt(lambda: self.replace_main(self.clear(self.main(), [old])))

    def tac_exfalso(self, _: Tac) -> None:
        """`exfalso`."""
        goal = self.main()
        decl = self.decls[goal]
        new = self.new_goal(decl.ctx, const("False"), decl.tag)
        target = self.goal_type(goal)
        self.assign(goal, apps(const("False.elim", (self.sort_level(target),)), target, new))
        self.replace_main(new)

    def local(self, name: str) -> FVar:
        """A hypothesis of the first goal by name.

        Raises:
            ElabError: There is none.
        """
        found = self.ctx.find(name)
        if found is None:
            raise ElabError("unknown_identifier", f"Unknown identifier `{name}`")
        return found

    def tac_revert(self, tactic: Tac) -> None:
        """`revert x y`."""
        new, _ = self.revert(self.main(), [self.local(name) for name in tactic.names])
        self.replace_main(new)

    def tac_clear(self, tactic: Tac) -> None:
        """`clear h`."""
        for name in reversed(tactic.names):
            goal = self.main()
            found = self.decls[goal].ctx.find(name)
            if found is None:
                raise ElabError("unknown_identifier", f"Unknown identifier `{name}`")
            self.replace_main(self.clear(goal, [found]))

    def rename_variables(self, goal: MVar, names: dict[FVar, str]) -> MVar:
        """The same goal with some variables renamed, in place."""
        decl = self.decls[goal]
        mapping: dict[FVar, Term] = {}
        made: list[FVar] = []
        old: list[FVar] = []
        for x in decl.ctx.vars:
            type_ = self.fvar_map(x.type, mapping) if mapping else x.type
            if x not in names and type_ is x.type:
                made.append(x)
                continue
            value = self.fvar_map(x.value, mapping) if x.value is not None else None
            new = FVar(names.get(x, x.name), type_, x.info, value)
            mapping[x] = new
            made.append(new)
            old.append(x)
        fresh = [x for x in made if x not in decl.ctx.ids]
        new_goal = self.new_goal(LocalContext(tuple(made)), self.fvar_map(decl.type, mapping), decl.tag)
        inner = self.new_goal(decl.ctx, self.close(old, decl.type, lams=False))
        self.assign_delayed(inner, fresh, new_goal)
        self.assign(goal, apps(inner, *(x for x in old if x.value is None)))
        return new_goal

    def tac_rename(self, tactic: Tac) -> None:
        """`rename T => x`: the newest hypothesis of that type gets a name."""
        type_, _ = self.elab_term(tactic.terms[0], None, loose=True)
        for x in reversed(self.ctx.vars):
            if self.unify(type_, x.type):
                self.replace_main(self.rename_variables(self.main(), {x: tactic.names[0]}))
                return
        raise ElabError("rename_failed", "Tactic `rename` failed: no hypothesis has this type")

    def tac_rename_i(self, tactic: Tac) -> None:
        """`rename_i x y`: names for the newest unnamed variables."""
        self.replace_main(self.name_unnamed(self.main(), tactic.names))

    def name_unnamed(self, goal: MVar, names: Sequence[str]) -> MVar:
        """Give names to the newest inaccessible variables of a goal.

        Raises:
            ElabError: There are fewer of them than names.
        """
        if not names:
            return goal
        ctx = self.decls[goal].ctx
        shown = display_names(ctx)
        unnamed = [x for x in ctx.vars if "✝" in shown[x]]
        if len(unnamed) < len(names):
            raise ElabError("too_many_names", "too many variable names provided")
        chosen = {x: n for x, n in zip(unnamed[-len(names) :], names, strict=True) if n != "_"}
        return self.rename_variables(goal, chosen) if chosen else goal
