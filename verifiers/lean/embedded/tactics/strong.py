"""`induction n using Nat.strongRecOn`: induction with a hypothesis about every smaller number."""

from __future__ import annotations

from dataclasses import replace

from assay.verifiers.lean.embedded.elab.cases import Branch
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.kernel.subst import instantiate
from assay.verifiers.lean.embedded.kernel.term import FVar, Pi, apps, bvar, const, lam
from assay.verifiers.lean.embedded.surface.syntax import Tac
from assay.verifiers.lean.embedded.tactics.casework import CaseTactics

NAT = const("Nat")
STRONG = "Nat.strongRecOn"


class StrongInduction(CaseTactics):
    """Adds strong induction to the tactics that split goals."""

    def tac_induction_using(self, tactic: Tac) -> None:
        """`induction n using Nat.strongRecOn generalizing x with | ind n ih => ...`."""
        if tactic.locations != (STRONG,):
            raise ElabError("outside_subset", f"`induction ... using` is supported with `{STRONG}` only")
        goal, x = self._major(tactic)
        if x not in self.ctx.ids or self.instantiate_mvars(x.type) is not NAT:
            raise ElabError("induction_target", "Tactic `induction` failed: the target must be a variable of type Nat")
        wanted = [self.local(name) for name in tactic.names]
        tag = self.decls[goal].tag
        goal, moved = self.revert(goal, wanted)
        if x in moved:
            raise ElabError("induction_target", "Tactic `induction` failed: the target cannot be generalized")
        goal, deps = self.revert(goal, [x])
        statement = self.goal_type(goal)
        assert type(statement) is Pi
        motive = lam(statement.name, NAT, statement.body)
        n, m = FVar("n", NAT), FVar("m", NAT)
        smaller = FVar("a✝", apps(const("Nat.lt"), m, n))
        ih = FVar("ih", self.close([m, smaller], instantiate(statement.body, (m,)), lams=False))
        step = self.close([n, ih], instantiate(statement.body, (n,)), lams=False)
        new = self.new_goal(self.decls[goal].ctx, step, f"{tag}.ind" if tag else "ind")
        self.assign(goal, lam("n", NAT, apps(const(STRONG), motive, bvar(0), new)))
        alts = tuple(replace(alt, ctor="ind") if alt.ctor == "_" else alt for alt in tactic.alts)
        tactic = replace(tactic, alts=alts)
        given = next((list(alt.names) for alt in tactic.alts if alt.ctor == "ind"), [])
        if len(given) > 2:
            raise ElabError("too_many_names", f"Too many variable names at alternative `ind`: {len(given)}")
        if any(alt.ctor != "ind" for alt in tactic.alts):
            raise ElabError("alternative_name", "Invalid alternative name: expected `ind`")
        names = [*given, *["_"] * (2 - len(given)), *(d.name for d in deps[1:]), *(d.name for d in moved)]
        new, fvars = self.intro(new, names)
        self._alternatives(tactic, [Branch("ind", new, list(fvars[:2]), {})])
