"""The tactics of case analysis: cases, induction, rcases, injection, subst, generalize, by_cases."""

from __future__ import annotations

from collections.abc import Sequence

from assay.verifiers.lean.embedded.elab.cases import Branch
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.kernel.reduce import literal_to_ctor
from assay.verifiers.lean.embedded.kernel.subst import instantiate_rev
from assay.verifiers.lean.embedded.kernel.term import PROP, Const, FVar, MVar, Term, apps, const, head
from assay.verifiers.lean.embedded.surface.syntax import (
    AltPat,
    CtorPat,
    InductionAlt,
    NumPat,
    Pat,
    Tac,
    TuplePat,
    VarPat,
)
from assay.verifiers.lean.embedded.tactics.context import ContextTactics


class CaseTactics(ContextTactics):
    """Tactics that split goals."""

    # -- cases and induction -----------------------------------------------------------------------------------------

    def tac_cases(self, tactic: Tac) -> None:
        """`cases e with | ctor x y => ...`."""
        if tactic.names:
            term, _ = self.elab_term(tactic.terms[0], None)
            goal, x = self._generalise_with(self.main(), term, tactic.names[0], "x✝")
        else:
            goal, x = self._major(tactic)
        names = {alt.ctor: ("@", *alt.names) if alt.explicit else alt.names for alt in tactic.alts}
        branches = self.cases(goal, x, lambda ctor: names.get(ctor, names.get("_") and ()))
        self._check_names(tactic.alts, x)
        self._alternatives(tactic, branches)

    def tac_induction(self, tactic: Tac) -> None:
        """`induction x generalizing y with | ctor z ih => ...`."""
        goal, x = self._major(tactic)
        if x not in self.ctx.ids:
            raise ElabError("induction_target", "Tactic `induction` failed: the target must be a variable")
        again: list[str] = []
        if tactic.names:
            wanted = [self.local(name) for name in tactic.names]
            if x in wanted:
                raise ElabError("induction_target", "Tactic `induction` failed: the target cannot be generalized")
            goal, moved = self.revert(goal, wanted)
            if x in moved:
                raise ElabError(
                    "induction_target", "Tactic `induction` failed: the target depends on a generalized variable"
                )
            again = [m.name for m in moved]
        names = {alt.ctor: ("@", *alt.names) if alt.explicit else alt.names for alt in tactic.alts}
        branches = self.induction(goal, x, lambda ctor: names.get(ctor))
        for branch in branches:
            if again:
                branch.goal, _ = self.intro(branch.goal, again)
        self._check_names(tactic.alts, x)
        self._alternatives(tactic, branches)

    def _major(self, tactic: Tac) -> tuple[MVar, FVar]:
        """The variable to split on; a compound term is generalised first."""
        goal = self.main()
        term, _ = self.elab_term(tactic.terms[0], None)
        if type(term) is FVar and term.value is None:
            return goal, term
        return self.generalise(goal, term, "x✝")

    def generalise(self, goal: MVar, term: Term, name: str) -> tuple[MVar, FVar]:
        """Replace a term in a goal by a new variable."""
        decl = self.decls[goal]
        target = self.goal_type(goal)
        x = FVar(name, self.instantiate_mvars(self.infer_only(term)))
        body = self.kabstract(target, term)
        type_ = instantiate_rev(body, [x]) if body is not None else target
        new = self.new_goal(decl.ctx.add(x), type_, decl.tag)
        inner = self.new_goal(decl.ctx, self.close([x], type_, lams=False))
        self.assign_delayed(inner, [x], new)
        self.assign(goal, apps(inner, term))
        return new, x

    def _check_names(self, alts: Sequence[InductionAlt], x: FVar) -> None:
        family = head(self.whnf(self.instantiate_mvars(x.type)))
        info = self.env.inductive(family.name) if type(family) is Const else None
        assert info is not None
        shorts = {ctor.rpartition(".")[2] for ctor in info.ctors} | {"_"}
        seen: set[str] = set()
        for alt in alts:
            if alt.ctor not in shorts:
                raise ElabError("alternative_name", f"Invalid alternative name `{alt.ctor}`")
            if alt.ctor in seen:
                raise ElabError("alternative_name", f"Duplicate alternative name `{alt.ctor}`")
            seen.add(alt.ctor)

    def _alternatives(self, tactic: Tac, branches: Sequence[Branch]) -> None:
        """Run the alternatives on their goals."""
        if not tactic.flag:
            self.replace_main(*(branch.goal for branch in branches))
            return
        by_name = {alt.ctor: alt for alt in tactic.alts}
        left: list[MVar] = []
        used: set[str] = set()
        for branch in branches:
            alt = by_name.get(branch.ctor) or by_name.get("_")
            if alt is None:
                raise ElabError("missing_alternative", f"Alternative `{branch.ctor}` has not been provided")
            used.add(alt.ctor)
            goal = branch.goal
            if alt.ctor == "_" and alt.names:
                raise ElabError("too_many_names", "the alternative `_` takes no names")
            if alt.hole is not None:
                if alt.hole.name not in (None, "_"):
                    self._set_tag(goal, str(alt.hole.name))
                left.append(goal)
                continue
            assert alt.block is not None
            self.run_block(goal, alt.block)
        if "_" in by_name and "_" not in used:
            raise ElabError("alternative_name", "The alternative `_` is never used")
        self.replace_main(*left)

    # -- rcases ------------------------------------------------------------------------------------------------------

    def tac_rcases(self, tactic: Tac) -> None:
        """`rcases e with pattern`, `obtain pattern := e`."""
        expected = None
        if tactic.type is not None:
            expected, _ = self.elab_term(tactic.type, None)
        term, _ = self.elab_term(tactic.terms[0], expected)
        goal = self.main()
        pattern: Pat = tactic.patterns[0] if tactic.patterns else VarPat(tactic.pos, "_")
        if type(term) is FVar and term.value is None:
            x = term
        else:
            type_ = expected if expected is not None else self.infer_only(term)
            name = pattern.name if isinstance(pattern, VarPat) and pattern.name not in ("_", "rfl", "-") else "x✝"
            goal, x = self.add_hypothesis(goal, name, self.instantiate_mvars(type_), term)
            self.replace_main(goal)
            if isinstance(pattern, VarPat) and name != "x✝":
                return
        self.destructure(x, pattern)

    def tac_rintro(self, tactic: Tac) -> None:
        """`rintro pattern ...`."""
        self._rintro(list(tactic.patterns))

    def _rintro(self, patterns: list[Pat]) -> None:
        if not patterns:
            return
        first, rest = patterns[0], patterns[1:]
        if isinstance(first, VarPat) and first.name not in ("rfl", "-"):
            goal, _ = self.intro(self.main(), [first.name])
            self.replace_main(goal)
            self._rintro(rest)
            return
        goal, fvars = self.intro(self.main(), ["_"])
        self.replace_main(goal)
        others = self.goals[1:]
        self.destructure(fvars[0], first)
        mine = self.goals[: len(self.goals) - len(others)]
        done: list[MVar] = []
        for each in mine:
            self.goals = [each]
            self._rintro(rest)
            done += self.goals
        self.goals = [*done, *others]

    def destructure(self, x: FVar, pattern: object) -> None:
        """Take a hypothesis of the first goal apart by a pattern."""
        assert isinstance(pattern, Pat)
        goals = self._patterns(self.main(), [(x, pattern)])
        self.replace_main(*goals)

    def _patterns(self, goal: MVar, items: list[tuple[Term, Pat]]) -> list[MVar]:
        """Match variables against patterns one by one; the goals that result."""
        self.budget.step()
        if not items:
            return [goal]
        self.budget.enter()
        try:
            (x, pattern), rest = items[0], items[1:]
            if isinstance(pattern, (CtorPat, NumPat)):
                raise ElabError("pattern", "this pattern is outside the supported subset")
            if isinstance(pattern, VarPat):
                goal, moved = self._name(goal, x, pattern)
                return self._patterns(goal, [(moved.get(y, y) if type(y) is FVar else y, p) for y, p in rest])
            if type(x) is not FVar:
                raise ElabError("pattern", "the pattern does not fit: an index was replaced by a term")
            return self._split(goal, x, pattern, rest)
        finally:
            self.budget.depth -= 1

    def _split(self, goal: MVar, x: FVar, pattern: Pat, rest: list[tuple[Term, Pat]]) -> list[MVar]:
        found = self.family_of(self.instantiate_mvars(x.type))
        if found is None:
            raise ElabError("rcases_failed", "the pattern does not fit: the hypothesis is of no inductive type")
        info = self.env.inductive(found[0].name)
        assert info is not None
        shorts = [ctor.rpartition(".")[2] for ctor in info.ctors]
        parts: dict[str, list[Pat]] = {}
        options = list(pattern.options) if isinstance(pattern, AltPat) else [pattern]
        for i, (short, ctor) in enumerate(zip(shorts, info.ctors, strict=True)):
            if len(shorts) == 1:
                option: Pat = pattern
            elif i >= len(options):
                option = VarPat(pattern.pos, "_")
            elif i == len(shorts) - 1 and len(options) > len(shorts):
                option = AltPat(pattern.pos, tuple(options[i:]))
            else:
                option = options[i]
            parts[short] = self._fields_of(option, self._field_count(ctor), len(shorts) > 1)

        def namer(short: str) -> list[str]:
            return [p.name if isinstance(p, VarPat) and p.name not in ("rfl", "-") else "_" for p in parts[short]]

        done: list[MVar] = []
        for branch in self.cases(goal, x, namer, tag=len(shorts) > 1):
            spread = self.spread(f"{found[0].name}.{branch.ctor}", parts[branch.ctor], pattern.pos)
            items = list(zip(branch.fields, spread, strict=True))
            moved = [(branch.moved.get(y, y) if type(y) is FVar else y, p) for y, p in rest]
            done += self._patterns(branch.goal, [*items, *moved])
        return done

    def _fields_of(self, option: Pat, count: int, many: bool) -> list[Pat]:
        """A pattern spread over the fields of a constructor."""
        if isinstance(option, TuplePat) and not (many and count == 1):
            if len(option.items) > count:
                return self._flatten(option, count)
            return [*option.items, *(VarPat(option.pos, "_") for _ in range(count - len(option.items)))]
        if count == 0:
            return []
        if isinstance(option, AltPat) and not many and count > 1:
            raise ElabError("rcases_failed", "too many alternatives for a type with one constructor")
        return [option, *(VarPat(option.pos, "_") for _ in range(count - 1))]

    def _name(self, goal: MVar, x: Term, pattern: VarPat) -> tuple[MVar, dict[FVar, Term]]:
        """A variable pattern: a name, `_`, `rfl` or `-`."""
        if type(x) is not FVar:
            if pattern.name in ("_", "-"):
                return goal, {}
            raise ElabError("pattern", "the pattern does not fit: an index was replaced by a term")
        if pattern.type is not None:
            with self.within(self.decls[goal].ctx):
                type_, _ = self.elab_term(pattern.type, None, loose=True)
            if not self.unify(type_, x.type):
                raise ElabError("type_mismatch", "the type given in the pattern does not fit")
        if pattern.name == "rfl":
            solved = self.solve_equations(goal, [x]) if self.match_eq(x.type) is not None else None
            if solved is None:
                raise ElabError("subst_failed", "the pattern `rfl` needs an equation with a variable")
            return solved
        if pattern.name == "-":
            return self.clear(goal, [x]), {}
        if pattern.name == "_" or x.name == pattern.name:
            return goal, {}
        before = self.decls[goal].ctx.vars
        new = self.rename_variables(goal, {x: pattern.name})
        after = self.decls[new].ctx.vars
        return new, {a: b for a, b in zip(before, after, strict=True) if a is not b}

    # -- equations ---------------------------------------------------------------------------------------------------

    def tac_subst(self, tactic: Tac) -> None:
        """`subst h` for an equation, or `subst x` for a variable some equation determines."""
        for name in tactic.names:
            goal = self.main()
            found = self.decls[goal].ctx.find(name)
            if found is None:
                raise ElabError("unknown_identifier", f"Unknown identifier `{name}`")
            if self.match_eq(found.type) is None:
                found = self._equation_for(goal, found)
            self.replace_main(self.subst(self.main(), found)[0])

    def _equation_for(self, goal: MVar, x: FVar) -> FVar:
        for h in self.decls[goal].ctx.vars:
            eq = self.match_eq(h.type)
            if (
                eq is not None
                and (eq[2] is x or eq[3] is x)
                and not (self.mentions(eq[2], [x]) and self.mentions(eq[3], [x]))
            ):
                if eq[3] is not x:
                    # `x = t`: eliminate x by the equation read backwards.
                    return self._only_left(goal, h, x)
                return h
        raise ElabError("subst_failed", f"Tactic `subst` failed: did not find an equation for eliminating `{x.name}`")

    def _only_left(self, goal: MVar, h: FVar, x: FVar) -> FVar:
        eq = self.match_eq(h.type)
        assert eq is not None
        if type(eq[3]) is FVar:
            # Both sides are variables: make sure that x is the one to go.
            symm = self.make_symm(eq, h)
            new, flipped = self.add_hypothesis(goal, h.name, self.make_eq(eq[3], eq[2]), symm)
            self.replace_main(self.clear(new, [h]))
            return flipped
        return h

    def tac_subst_vars(self, _: Tac) -> None:
        """`subst_vars`: every equation that determines a variable."""
        while any(self._try_subst(h) for h in self.decls[self.main()].ctx.vars):
            pass

    def _try_subst(self, h: FVar) -> bool:
        """Use up one equation, if it determines a variable."""
        if self.match_eq(h.type) is None:
            return False
        return self.attempt(lambda: self.replace_main(self.subst(self.main(), h)[0]))

    def tac_injection(self, tactic: Tac) -> None:
        """`injection h with h1 h2`."""
        goal = self.main()
        term, _ = self.elab_term(tactic.terms[0], None)
        eq = self.match_eq(self.infer_only(term))
        if eq is None:
            raise ElabError("injection_failed", "Tactic `injection` failed: equality expected")
        x, y = literal_to_ctor(self.whnf(eq[2])), literal_to_ctor(self.whnf(eq[3]))
        parts = self._injection_parts(x, y)
        if parts is None:
            raise ElabError(
                "injection_failed", "Tactic `injection` failed: equality of constructor applications expected"
            )
        if not parts[0]:
            self.assign(goal, self.discriminate(term, x, y, self.goal_type(goal)))
            self.replace_main()
            return
        if type(term) is not FVar:
            goal, term = self.add_hypothesis(goal, "h✝", self.infer_only(term), term)
        names = list(tactic.names)
        goal, made = self.inject(goal, term, x, y, names)
        if len(names) > len(made):
            raise ElabError("injection_failed", "Tactic `injection` failed: too many identifiers provided")
        self.replace_main(goal)
        old = term
        self.attempt(lambda: self.replace_main(self.clear(self.main(), [old])))

    def tac_generalize(self, tactic: Tac) -> None:
        """`generalize h : e = x`."""
        goal = self.main()
        hyp, name = tactic.names
        term, _ = self.elab_term(tactic.terms[0], None)
        if not hyp:
            goal, _ = self.generalise(goal, term, name)
            self.replace_main(goal)
            return
        goal, _ = self._generalise_with(goal, term, hyp, name)
        self.replace_main(goal)

    def _generalise_with(self, goal: MVar, term: Term, hyp: str, name: str) -> tuple[MVar, FVar]:
        """Replace a term in a goal by a new variable, with the equation between them as a hypothesis."""
        decl = self.decls[goal]
        target = self.goal_type(goal)
        x = FVar(name, self.instantiate_mvars(self.infer_only(term)))
        body = self.kabstract(target, term)
        type_ = instantiate_rev(body, [x]) if body is not None else target
        h = FVar(hyp, self.make_eq(term, x))
        new = self.new_goal(decl.ctx.add(x, h), type_, decl.tag)
        inner = self.new_goal(decl.ctx, self.close([x, h], type_, lams=False))
        self.assign_delayed(inner, [x, h], new)
        self.assign(goal, apps(inner, term, self.make_refl(term)))
        return new, x

    def tac_by_cases(self, tactic: Tac) -> None:
        """`by_cases h : p`: by a decision procedure where there is one, else classically."""
        prop, _ = self.elab_term(tactic.terms[0], PROP)
        name = tactic.names[0] or "h✝"
        instance = self.synthesize(apps(const("Decidable"), prop))
        if instance is not None:
            split = apps(const("Decidable.em"), prop, instance)
        else:
            split = apps(const("Classical.em"), prop)
        goal, x = self.add_hypothesis(self.main(), "x✝", self.infer_only(split), split)
        branches = self.cases(goal, x, lambda _: [name], tag=False)
        for branch, tag in zip(branches, ("pos", "neg"), strict=True):
            parent = self.decls[branch.goal].tag
            self._set_tag(branch.goal, f"{parent}.{tag}" if parent else tag)
        self.replace_main(*(branch.goal for branch in branches))
