"""`calc` and `▸`: chains of relations, and transport along an equation."""

from __future__ import annotations

from assay.verifiers.lean.embedded.elab.driver import Postponed
from assay.verifiers.lean.embedded.elab.goals import ElabError
from assay.verifiers.lean.embedded.elab.rewrite import Rewriter
from assay.verifiers.lean.embedded.kernel.subst import instantiate_rev
from assay.verifiers.lean.embedded.kernel.term import (
    Const,
    MVar,
    Term,
    apps,
    const,
    head,
    lam,
    spine,
)
from assay.verifiers.lean.embedded.surface.syntax import (
    BinOp,
    CalcSyn,
    Syn,
)

_FLIPPED = {"Nat.ge": "Nat.le", "Nat.gt": "Nat.lt"}


_TRANS: dict[tuple[str, str], tuple[str, str]] = {
    ("Eq", "Eq"): ("Eq.trans", "Eq"),
    ("Iff", "Iff"): ("Iff.trans", "Iff"),
    ("Nat.le", "Nat.le"): ("Nat.le_trans", "Nat.le"),
    ("Nat.lt", "Nat.lt"): ("Nat.lt_trans", "Nat.lt"),
    ("Nat.lt", "Nat.le"): ("Nat.lt_of_lt_of_le", "Nat.lt"),
    ("Nat.le", "Nat.lt"): ("Nat.lt_of_le_of_lt", "Nat.lt"),
    ("Eq", "Nat.le"): ("Nat.le_trans", "Nat.le"),
    ("Nat.le", "Eq"): ("Nat.le_trans", "Nat.le"),
    ("Eq", "Nat.lt"): ("Nat.lt_of_le_of_lt", "Nat.lt"),
    ("Nat.lt", "Eq"): ("Nat.lt_of_lt_of_le", "Nat.lt"),
}


class ChainElaborator(Rewriter):
    """Elaborates calculations and substitutions."""

    def _settled(self, syn: Syn, type_: Term | None) -> Term:
        """A discriminant: elaborated now, its type known."""
        term = self.elab_ensure(syn, type_)
        self._settle()
        term = self.instantiate_mvars(term)
        if type(term) is MVar or type(head(self.instantiate_mvars(self.infer_only(term)))) is MVar:
            raise Postponed
        return term

    def _subst_term(self, syn: BinOp, expected: Term | None) -> Term:
        target = self.instantiate_mvars(self.known(expected))
        proof = self._settled(syn.left, None)
        eq, proof, made = self.as_equation(proof)
        if made:
            raise ElabError("outside_subset", "`▸` with a quantified equation is outside the supported subset")
        _, type_, a, b = eq
        for flip in (False, True):
            old, new = (b, a) if not flip else (a, b)
            body = self.kabstract(target, old)
            if body is None:
                continue
            inner = self.elab_ensure(syn.right, instantiate_rev(body, [new]))
            return self._transport(eq, proof, type_, lam("x", type_, body), inner, flip)
        inner = self._settled(syn.right, None)
        inner_type = self.instantiate_mvars(self.infer_only(inner))
        for flip in (False, True):
            old, new = (a, b) if not flip else (b, a)
            body = self.kabstract(inner_type, old)
            if body is None:
                continue
            if not self.unify(instantiate_rev(body, [new]), target):
                continue
            return self._transport(eq, proof, type_, lam("x", type_, body), inner, flip)
        raise ElabError("subst_term", "`▸`: the equation does not rewrite the expected type")

    def _transport(
        self, eq: tuple[object, Term, Term, Term], proof: Term, type_: Term, motive: Term, inner: Term, flip: bool
    ) -> Term:
        """A proof of `motive b` from one of `motive a` (of `motive a` from one of `motive b` if flipped)."""
        level = self.sort_level(type_)
        _, _, a, b = eq
        if flip:
            proof = apps(const("Eq.symm", (level,)), type_, a, b, proof)
            a, b = b, a
        result_level = self.sort_level(self.whnf_core(apps(motive, a)))
        if self.instantiate_level(result_level).kind != 0:
            raise ElabError("outside_subset", "`▸` on data is outside the supported subset")
        return apps(const("Eq.subst", (level,)), type_, motive, a, b, proof, inner)

    def _calc(self, syn: CalcSyn, expected: Term | None) -> Term:
        proof: Term | None = None
        relation: Term | None = None
        for i, (step, justification) in enumerate(syn.steps):
            type_ = self.elab_type(step)
            parts = self._relation(type_)
            if parts is None:
                raise ElabError("calc", "invalid `calc` step, relation expected")
            if justification is None:
                if i or len(syn.steps) == 1:
                    raise ElabError("calc", "invalid `calc` step, proof expected")
                kind = parts[0]
                if kind != "Eq":
                    raise ElabError("calc", "invalid `calc` step, proof expected")
                proof, relation = self.make_refl(parts[1]), type_
                if not self.unify(parts[1], parts[2]):
                    raise ElabError("calc", "invalid `calc` step, proof expected")
                continue
            if relation is not None:
                before = self._relation(relation)
                assert before is not None
                if not self.unify(parts[1], before[2]):
                    raise ElabError("calc", "invalid `calc` step, left-hand side is not the previous right-hand side")
            value = self.elab_ensure(justification, self.instantiate_mvars(type_))
            if proof is None or relation is None:
                proof, relation = value, type_
            else:
                proof, relation = self._chain(proof, relation, value, type_)
        assert proof is not None
        return self.ensure_type(proof, expected)

    def _relation(self, type_: Term) -> tuple[str, Term, Term] | None:
        fn, args = spine(self.whnf_core(self.instantiate_mvars(type_)))
        if type(fn) is not Const or len(args) < 2:
            return None
        return fn.name, args[-2], args[-1]

    def _chain(self, p: Term, first: Term, q: Term, second: Term) -> tuple[Term, Term]:
        """Transitivity of two steps."""
        left, right = self._relation(first), self._relation(second)
        assert left is not None
        assert right is not None
        (r, a, _), (s, _, c) = left, right
        names = (_FLIPPED.get(r, r), _FLIPPED.get(s, s))
        if r in _FLIPPED or s in _FLIPPED:
            if not (r in _FLIPPED or r == "Eq") or not (s in _FLIPPED or s == "Eq"):
                raise ElabError("calc", "invalid `calc` step, relations cannot be combined")
            lemma = _TRANS.get((names[1], names[0]))
            pair = [(q, _FLIPPED.get(s, s)), (p, _FLIPPED.get(r, r))]
            flipped = True
        else:
            lemma = _TRANS.get(names)
            pair = [(p, r), (q, s)]
            flipped = False
        if lemma is None:
            raise ElabError("calc", "invalid `calc` step, relations cannot be combined")
        name, result = lemma
        args: list[Term] = []
        for proof, kind in pair:
            if kind == "Eq" and name not in ("Eq.trans", "Iff.trans"):
                symm = self.elab_args(self._constant_named("Eq.symm"), [(None, proof)], None) if flipped else proof
                proof = self.elab_args(self._constant_named("Nat.le_of_eq"), [(None, symm)], None)
            args.append(proof)
        term = self.elab_args(self._constant_named(name), [(None, arg) for arg in args], None)
        if name == "Eq.trans":
            return term, self.make_eq(a, c)
        kind = {v: k for k, v in _FLIPPED.items()}[result] if flipped else result
        return term, apps(const(kind), a, c)

    def _constant_named(self, name: str) -> Term:
        known = self.env.get(name)
        assert known is not None
        return self._constant(known, None)
