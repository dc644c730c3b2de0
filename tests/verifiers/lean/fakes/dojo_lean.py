"""What Lean says inside LeanDojo, for tests: the part that a fake module and a fake `lake` share.

It knows one theorem, `p → p` for a proposition p. A body with `wrong` does not elaborate, one with `em` rests on Lean's
three axioms, one with `hole` on sorryAx (which the real one would refuse; a theorem of the repository may hide it).
"""

import re


class Lean:
    """The states of one process; `fault` is "PHASE: NAME"."""

    def __init__(self, fault: str = "") -> None:
        self.phase, _, self.fault = fault.partition(": ")
        self.states: list[tuple[str, list[str]]] = [("p : Prop\n⊢ p → p", [])]

    def add(self, text: str, axioms: list[str]) -> tuple[str, int, str]:
        self.states.append((text, axioms))
        return "state", len(self.states) - 1, text

    def run(self, number: int, tactic: str) -> tuple[str, int, str]:
        """Kind of answer (state, finished, error, given up, or a fault's name), number of the new state, text."""
        goals, axioms = self.states[number]
        phase = _phase(tactic)
        if phase == self.phase:
            special = self.misbehave(phase, number)
            if special is not None:
                return special
        if phase == "split":
            claim, rest = re.findall(r"\?(\w+)", tactic)
            return self.add(f"case {claim}\n{goals}\n\ncase {rest}\np : Prop\n⊢ True", axioms)
        if phase == "proof":
            body = tactic.split("exact (", 1)[1]
            if re.search(r"\bwrong\b", body):
                return "error", 0, "Unknown identifier `wrong`"
            used = ["propext", "Classical.choice", "Quot.sound"] if re.search(r"\bem\b", body) else []
            used += ["sorryAx"] if re.search(r"\bhole\b", body) else []
            rest = re.findall(r"case (audit_\w+)\n", goals)[0]
            return self.add(f"case {rest}\np : Prop\n⊢ True", [*axioms, *used])
        if phase == "report":
            word = re.findall(r'throwError "(\w+) ', tactic)[0]
            return "error", 0, f"{word} {','.join(axioms)}"
        if phase == "end" or (tactic == "exact h" and "→" not in goals):
            return "finished", len(self.states), "no goals"
        if tactic == "intro h" and "→" in goals:
            return self.add("p : Prop\nh : p\n⊢ p", axioms)
        return "error", 0, "<stdin>:1:1: unknown tactic"

    def misbehave(self, phase: str, number: int) -> tuple[str, int, str] | None:
        goals, axioms = self.states[number]
        if self.fault in ("crash", "out of memory", "timeout", "hang", "unreadable", "another result"):
            return self.fault, 0, ""
        if self.fault in ("refused", "kernel refuses"):
            return "error", 0, "kernel type check failed" if "kernel" in self.fault else "unknown tactic"
        if self.fault == "given up":
            return "given up", 0, ""
        if self.fault == "finished too soon":
            return "finished", len(self.states), "no goals"
        if self.fault in ("one goal", "goals are left", "goes through"):
            return self.add(goals, axioms)
        if self.fault == "another word":
            return "error", 0, "0000000000000000 "
        return None


def _phase(tactic: str) -> str:
    if tactic.startswith("refine And.left (b := True)"):
        return "split"
    if tactic.startswith("case claim_"):
        return "proof"
    if tactic.startswith("run_tac"):
        return "report"
    return "end" if tactic == "exact True.intro" else "step"
