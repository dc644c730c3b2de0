"""The tactics that combine tactics: first, try, repeat, all_goals, case, focus, `<;>` and their kin."""

from __future__ import annotations

from collections.abc import Sequence

from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.kernel.term import MVar
from assay.verifiers.lean.embedded.surface.syntax import Block, Tac
from assay.verifiers.lean.embedded.tactics.simp import SimpTactics

MAX_REPEATS = 1000


class ControlTactics(SimpTactics):
    """Tactics about goals and other tactics."""

    def tac_skip(self, _: Tac) -> None:
        """`skip`."""

    def tac_done(self, _: Tac) -> None:
        """`done`: there must be no goals."""
        if self.goals:
            raise ElabError("unsolved_goals", "unsolved goals")

    def tac_paren(self, tactic: Tac) -> None:
        """`(tacs)`."""
        self.run_tactics(tactic.blocks[0])

    def tac_focus_dot(self, tactic: Tac) -> None:
        """`· tacs`: the first goal alone, which must be solved."""
        goal, rest = self.main(), self.goals[1:]
        self.run_block(goal, tactic.blocks[0])
        self.goals = rest

    def tac_focus(self, tactic: Tac) -> None:
        """`focus tacs`: the first goal alone."""
        goal, rest = self.main(), self.goals[1:]
        self.goals = self._on(goal, tactic.blocks[0]) + rest

    def _on(self, goal: MVar, block: Block) -> list[MVar]:
        """Run tactics on one goal; the goals that are left of it."""
        outer = self.goals
        self.goals = [goal]
        try:
            self.run_tactics(block)
            return self.goals
        finally:
            self.goals = outer

    def tac_first(self, tactic: Tac) -> None:
        """`first | a | b`."""
        last: ElabError | None = None
        for block in tactic.blocks:
            mark, goals = self.mark(), list(self.goals)
            try:
                self.run_tactics(block)
                return
            except ElabError as error:
                self.undo(mark)
                self.goals, last = goals, error
        raise last or ElabError("first_failed", "Tactic `first` failed: no alternatives")

    def tac_try(self, tactic: Tac) -> None:
        """`try tacs`."""
        self.attempt(lambda: self.run_tactics(tactic.blocks[0]))

    def tac_repeat(self, tactic: Tac) -> None:
        """`repeat tacs`: until they fail."""
        for _ in range(MAX_REPEATS):
            if not self.goals or not self.attempt(lambda: self.run_tactics(tactic.blocks[0])):
                return
        raise ElabError("repeat_limit", "Tactic `repeat` went on for too long")

    def tac_repeat_each(self, tactic: Tac) -> None:
        """`repeat' tacs`: until they fail on every goal that is left."""
        todo = list(self.goals)
        done: list[MVar] = []
        for _ in range(MAX_REPEATS):
            if not todo:
                self.goals = done
                return
            goal = todo.pop(0)
            mark = self.mark()
            try:
                todo = [*self._on(goal, tactic.blocks[0]), *todo]
            except ElabError:
                self.undo(mark)
                done.append(goal)
        raise ElabError("repeat_limit", "Tactic `repeat'` went on for too long")

    def tac_rotate_left(self, _: Tac) -> None:
        """`rotate_left`: the first goal becomes the last."""
        self.goals = [*self.goals[1:], *self.goals[:1]]

    def tac_rotate_right(self, _: Tac) -> None:
        """`rotate_right`: the last goal becomes the first."""
        self.goals = [*self.goals[-1:], *self.goals[:-1]]

    def tac_infer_instance(self, _: Tac) -> None:
        """`infer_instance`."""
        found = self.synthesize(self.goal_type(self.main()))
        if found is None:
            raise ElabError("no_instance", "failed to synthesize an instance")
        self.assign(self.main(), found)
        self.replace_main()

    def tac_all_goals(self, tactic: Tac) -> None:
        """`all_goals tacs`."""
        left: list[MVar] = []
        for goal in self._unsolved(self.goals):
            if not self.is_assigned(goal):
                left += self._on(goal, tactic.blocks[0])
        self.goals = left

    def tac_any_goals(self, tactic: Tac) -> None:
        """`any_goals tacs`: at least one must succeed."""
        left: list[MVar] = []
        success = False
        for goal in self._unsolved(self.goals):
            mark = self.mark()
            try:
                left += self._on(goal, tactic.blocks[0])
                success = True
            except ElabError:
                self.undo(mark)
                left.append(goal)
        if not success:
            raise ElabError("any_goals_failed", "Tactic `any_goals` failed on all goals")
        self.goals = left

    def _unsolved(self, goals: Sequence[MVar]) -> list[MVar]:
        return [goal for goal in goals if not self.is_assigned(goal)]

    def run_then(self, tactic: Tac) -> None:
        """`a <;> b`: b on every goal that a leaves."""
        goal, rest = self.main(), self.goals[1:]
        left: list[MVar] = []
        for made in self._on(goal, tactic.blocks[0]):
            if not self.is_assigned(made):
                left += self._on(made, tactic.blocks[1])
        self.goals = left + rest

    def tac_case(self, tactic: Tac) -> None:
        """`case tag x y => tacs`."""
        tag, *names = tactic.names
        goal = self._find_case(tag)
        rest = [other for other in self.goals if other is not goal]
        goal = self.name_unnamed(goal, names)
        self.run_block(goal, tactic.blocks[0])
        self.goals = rest

    def _find_case(self, tag: str) -> MVar:
        """The goal a tag means: the exact tag, else one that ends in it, else one that begins with it."""
        if tag == "_":
            return self.main()
        tags = [(self.decls[goal].tag, goal) for goal in self.goals]
        for goals in (
            [goal for name, goal in tags if name == tag],
            [goal for name, goal in tags if name.endswith(f".{tag}")],
            [goal for name, goal in tags if name.startswith(f"{tag}.")],
        ):
            if goals:
                return goals[0]
        raise ElabError("case_not_found", f"Case tag `{tag}` not found")

    def tac_next(self, tactic: Tac) -> None:
        """`next x y => tacs`."""
        goal = self.main()
        rest = self.goals[1:]
        goal = self.name_unnamed(goal, tactic.names)
        self.run_block(goal, tactic.blocks[0])
        self.goals = rest

    def run_tactic(self, tactic: Tac) -> None:
        """Run one tactic; solved goals are dropped afterwards."""
        if tactic.kind == "<;>":
            self.budget.step()
            self.run_then(tactic)
        else:
            super().run_tactic(tactic)
        self.goals = self._unsolved(self.goals)
