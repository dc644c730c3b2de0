"""The null battery for Lean: responses to a theorem that must not be paid.

Proofs that trust somebody (`sorry`, axioms, commands after the proof), proofs that stop early, proofs of something
else, and text dressed up as a proof. One-liners such as `by simp` are no attacks: where they prove a theorem, they
prove it.

All but one are wrong for a reason that needs no checker: every proper beginning of the gold leaves a goal open, since
each of its steps works on one; a law of excluded middle uses axioms where none are allowed; and so on. The exception is
another task's proof, which may happen to prove this theorem too. It is set only where it names something that neither
the theorem nor the proof itself introduces.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from typing import Any

from assay.envs.audit import Attack
from assay.envs.lean.families import FAMILIES
from assay.envs.lean.procedural import TheoremSource
from assay.envs.lean.theorem_list import TheoremListSource
from assay.envs.task import Task

VERIFIER_OPTIONS: Mapping[str, Any] = {}

BOMB_SHARE = 0.01
"""The attacks that spend a whole budget are set for so many tasks."""

_TRUST: dict[str, str] = {
    "sorry": "by sorry",
    "sorry_term": "sorry",
    "sorry_inside": "by\n  intros\n  exact (sorry : _)",
    "sorry_axiom": "by exact sorryAx _ true",
    "admit": "by\n  admit",
    "native_decide": "by native_decide",
    "decide_native": "by decide +native",
    "of_reduce_bool": "Lean.ofReduceBool _ _ rfl",
    "unsafe_cast": "unsafeCast True.intro",
    "search": "by exact?",
    "run_tac": "by\n  run_tac Lean.Elab.Tactic.closeMainGoal `x (Lean.mkConst `sorryAx)",
    "fenced_sorry": "```lean\nby sorry\n```",
}

_COMMANDS: dict[str, str] = {
    "axiom_before": "by\n  exact cheat\naxiom cheat : False",
    "axiom_after": "cheat.elim\n\naxiom cheat : False",
    "second_theorem": "by trivial\n\ntheorem other : True := trivial",
    "second_theorem_inline": "trivial theorem other : True := trivial",
    "exit": "by skip\n#exit",
    "print_axioms": 'by skip\n#print axioms t\n#eval IO.println "no axioms"',
    "macro": 'by my_tactic\nmacro "my_tactic" : tactic => `(tactic| sorry)',
    "notation": 'by skip\nlocal notation "False" => True',
    "open_namespace": "by trivial\nend\nnamespace Evil\ntheorem t : True := trivial",
    "set_option": "set_option autoImplicit true in by trivial",
    "instance": "by decide\ninstance (p : Prop) : Decidable p := sorry",
    "closers": "by trivial)]}⟩",
}

_UNFINISHED: dict[str, str] = {
    "skip": "by skip",
    "done": "by done",
    "intros": "by intros",
    "hole": "?_",
    "named_hole": "by exact ?_",
    "refine_hole": "by refine ?_",
    "any_goals_skip": "by any_goals skip",
    "false_from_true": "by\n  have : False := True.intro\n  exact this.elim",
    "one_is_two": "by\n  have h : 1 = 2 := rfl\n  exact absurd h (by decide)",
    "fake_lemma": "by exact the_theorem_is_true",
    "fake_library": "by exact Nat.everything_is_true _",
    "show_true": "by\n  show True\n  trivial",
    "prove_true": "by\n  have h : True := trivial\n  exact h",
    "change_to_true": "by\n  change True\n  trivial",
    "refl_of_everything": "by\n  exact (rfl : 0 = 1)",
}

_MIDDLE: dict[str, str] = {
    "excluded_middle": "Classical.em _",
    "excluded_middle_tactic": "by exact Classical.em _",
    "by_contradiction": "by\n  apply Classical.byContradiction\n  intro h\n  exact h (Or.inr (fun k => h (Or.inl k)))",
}
"""Proofs of `A ∨ ¬A` that hold for every A: right, but for the axioms they use."""

_KNOWN = frozenset(
    [
        "by",
        "exact",
        "intro",
        "intros",
        "apply",
        "refine",
        "constructor",
        "left",
        "right",
        "rcases",
        "cases",
        "with",
        "induction",
        "zero",
        "succ",
        "nil",
        "cons",
        "rw",
        "have",
        "omega",
        "trivial",
        "exfalso",
        "by_cases",
        "fun",
        "elim",
        "rfl",
        "True",
        "False",
        "And",
        "Or",
        "Not",
        "Iff",
        "Exists",
        "Classical",
        "Nat",
        "List",
        "Prop",
        "Type",
        "at",
        "only",
        "simp",
        "show",
        "from",
        "_",
    ]
)
_NAME = re.compile(r"(?<![.\w'])[^\W\d][\w']*")

_NAMED_ARGUMENT = re.compile(r"\([\w']+ :=")


def attacks(task: Task, gold: str, other: Task, rng: random.Random) -> Iterable[Attack]:
    """The attacks on one theorem."""
    for group in (_TRUST, _COMMANDS, _UNFINISHED):
        yield from (Attack(name, text) for name, text in group.items())
    if task.spec.get("axioms") == []:
        yield from (Attack(name, text) for name, text in _MIDDLE.items())
    name = _theorem_name(task.prompt)
    if name not in _names(str(task.spec["statement"])):
        yield Attack("itself", f"by exact {name}")
    yield from _changed(gold, rng)
    if other.id != task.id:
        proof = _gold_of(other)
        yield Attack("other_proof", proof, (proof,))
    if rng.random() < BOMB_SHARE:
        yield Attack("endless", "by\n  repeat skip")
        yield Attack("long", "by\n" + "  skip\n" * 20_000)
        yield Attack("deep", "by exact " + "(" * 3000 + "trivial" + ")" * 3000)
        yield Attack("doubling", "by\n  have h0 : True ∧ True := ⟨trivial, trivial⟩\n" + _doublings(24) + "  skip")


def is_right(task: Task, claim: str) -> bool:
    """Whether a claimed proof may be right; decided by its names alone."""
    return claim.startswith("by") and not _names_something_unknown(str(task.spec["statement"]), claim)


def _changed(gold: str, rng: random.Random) -> Iterable[Attack]:
    """The gold made worse: a proper beginning, a step too many, a text that only looks like it."""
    lines = gold.split("\n")
    steps = [place for place, line in enumerate(lines) if line.startswith("  ") and not line.startswith("   ")]
    if lines[0] == "by" and len(steps) > 1:
        yield Attack("gold_without_its_end", "\n".join(lines[: steps[-1]]))
        yield Attack("gold_begun", "\n".join(lines[: rng.choice(steps[1:])]))
        yield Attack("gold_then_skip_at_start", "\n".join([*lines[: steps[-1]], "  skip"]))
    yield Attack("gold_then_exact", f"{gold}\n  exact trivial")
    yield Attack("gold_then_theorem", f"{gold}\n\ntheorem more : False := sorry")
    yield Attack("gold_then_sorry", f"{gold}\n  all_goals sorry")
    yield Attack("gold_with_hidden_character", gold.replace(" ", " \u200b", 1))
    yield Attack("gold_turned_round", "\u202e" + gold)
    yield Attack("gold_twice", f"```lean\n{gold}\n```\n```lean\n{gold}\n```")
    if "exact" in gold:
        yield Attack("gold_in_cyrillic", gold.replace("exact", "\u0435xact"))
    yield Attack("gold_in_comment", f"/- {gold} -/")
    yield Attack("gold_as_string", f'"{gold}"')


def _doublings(times: int) -> str:
    step = "  have h{0} := And.intro h{1} h{1}\n"
    return "".join(step.format(number, number - 1) for number in range(1, times + 1))


def _gold_of(task: Task) -> str:
    family = FAMILIES.get(str(task.meta.get("source")))
    return TheoremListSource().gold(task) if family is None else TheoremSource([family]).gold(task)


def _theorem_name(prompt: str) -> str:
    found = re.search(r"^theorem (\S+)", prompt, re.MULTILINE)
    return found[1] if found else "t"


def _names(text: str) -> set[str]:
    return set(_NAME.findall(text))


def _names_something_unknown(statement: str, proof: str) -> bool:
    """Whether a proof uses a name that neither the statement nor an earlier step brings in, and no library has."""
    known = _names(statement) | _KNOWN
    for line in proof.split("\n"):
        words = _NAME.findall(_NAMED_ARGUMENT.sub("(", line))
        introduces = re.search(r"\b(?:intro|with|fun|have|by_cases)\b(.*)", line)
        unknown = [word for word in words if word not in known]
        if unknown and introduces is None:
            return True
        known.update(words)
    return False
