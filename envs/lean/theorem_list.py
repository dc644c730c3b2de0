"""The theorem list as a data set: 129 theorems of core Lean in ten worlds, each with a level and a checked proof.

Statements and proofs are those of `assay.verifiers.lean.theorems`; worlds and levels (1 to 7) say what to try first.
"""

from __future__ import annotations

import functools
from typing import Any

from assay.envs.lean.prompt import write_prompt
from assay.envs.lean.theorem import embedded_engine
from assay.envs.source import check_index, check_split
from assay.envs.task import Task, content_hash
from assay.verifiers.errors import UnknownNameError
from assay.verifiers.lean.theorems import Theorem, shipped_theorems

WORLDS: dict[str, str] = {
    "prop": "imp_self:1 imp_const:1 imp_trans:1 imp_s:2 and_swap:1 and_left_of:1 and_assoc_iff:2 or_swap:2"
    " or_assoc_imp:2 and_or_distrib:3 or_and_distrib:3 contrapose:2 not_not_intro':2 triple_neg:3 ex_falso:1"
    " absurd':1 de_morgan_or:3 de_morgan_and_imp:2 nn_em:4 curry:2 or_elim_iff:3 iff_refl':1 iff_symm':2"
    " iff_trans':2 not_iff_self:4 and_true_iff':2 or_false_iff':2 and_idem:1 or_resolve:2 weak_peirce:5",
    "classical": "em':2 dne:2 peirce:3 contrapose_rev:3 imp_iff_or:3 de_morgan_and:3",
    "first_order": "all_and:2 ex_or:3 not_ex:2 ex_not_imp:2 all_imp_ex:1 ex_swap:3 ex_and_left':3 barber:4"
    " eq_subst':1 eq_symm':1 eq_trans':1 congr_arg':1 inj_comp:3 drinker_nn:6",
    "nat_add": "two_add_two:1 add_zero':1 zero_add':2 succ_add':2 add_comm':3 add_assoc':2 add_right_comm':2"
    " add_left_comm':2 add_shuffle8:4 add_right_cancel':3 add_left_cancel':3 add_left_eq_self':3"
    " eq_zero_of_add':2 succ_inj':2 zero_ne_succ':1 succ_ne_self':3",
    "nat_mul": "mul_one':2 zero_mul':2 succ_mul':4 mul_comm':4 one_mul':2 two_mul':2 mul_add':3 add_mul':3"
    " mul_assoc':3 sq_add:5 mul_eq_zero':4 mul_left_cancel':6 mul_eq_one':5",
    "nat_pow": "pow_zero':1 pow_one':2 one_pow':2 pow_two':2 pow_add':3 mul_pow':4 pow_mul':4 zero_pow_succ':2",
    "nat_le": "le_refl':1 zero_le':2 le_succ_self':1 le_trans':2 le_zero':2 le_antisymm':4 le_total':4"
    " succ_le_succ':3 le_one':4 le_two':4 lt_irrefl':2 lt_trans':2 le_iff_exists:4 add_le_add':3"
    " mul_le_mul_right':4 lin1:3 lin2:5",
    "nat_misc": "even_or_odd:5 not_even_odd:5 even_mul_succ:6 no_largest:3 strong_ind:6 well_order_nn:7 sub_self':2"
    " add_sub_cancel':3",
    "list": "nil_append':1 append_nil':2 append_assoc':3 length_append':3 map_id':2 map_map':3 map_append':3"
    " length_map':2 reverse_append':6 reverse_reverse':7 length_reverse':5 cons_ne_nil':1",
    "bool": "not_not_b:1 and_comm_b:2 de_morgan_b:2 bool_dichotomy:1 f_cubed:5",
}
"""World -> its theorems, each with its level."""

_HOME = {
    name: (world, int(level))
    for world, entries in WORLDS.items()
    for name, _, level in (entry.partition(":") for entry in entries.split())
}


class TheoremListSource:
    """The theorems of the list; task ids are `theorems/test/NAME`.

    Args:
        instruction: Added to each prompt after a line break; "" leaves the prompt alone.
        show_goal: Whether a prompt ends with the first goal state.
    """

    name = "theorems"
    version = "1"
    splits = ("test",)

    def __init__(self, instruction: str = "", show_goal: bool = False) -> None:
        """Nothing is read yet."""
        self.instruction = instruction
        self.show_goal = show_goal

    def size(self, split: str) -> int:
        """How many theorems there are.

        Raises:
            UnknownNameError: There is no such split.
        """
        check_split(self, split)
        return len(_theorems())

    def task(self, split: str, index: int) -> Task:
        """The theorem at an index, in the order of the list.

        Raises:
            UnknownNameError: There is no such split.
            AssayError: The index is out of range.
        """
        check_split(self, split)
        check_index(self, split, index)
        theorem = _theorems()[index]
        world, level = _HOME[theorem.name]
        state = embedded_engine().start(theorem.statement).text if self.show_goal else ""
        prompt = write_prompt(theorem.statement, name=theorem.name, state=state)
        meta: dict[str, Any] = {"source": self.name, "family": world, "split": split, "difficulty": level}
        meta |= {"index": index, "version": self.version}
        prompt += f"\n{self.instruction}" if self.instruction else ""
        return Task(f"theorems/test/{theorem.name}", prompt, "lean", {"statement": theorem.statement}, meta)

    def find(self, task_id: str) -> Task:
        """The theorem of an id.

        Raises:
            UnknownNameError: There is no such theorem.
        """
        ids = [f"theorems/test/{theorem.name}" for theorem in _theorems()]
        if task_id not in ids:
            raise UnknownNameError("task id", task_id, ids)
        return self.task("test", ids.index(task_id))

    def gold(self, task: Task) -> str:
        """The list's proof as a `by` block."""
        proof = _theorems()[int(task.meta["index"])].proof.strip()
        return proof if proof.startswith("by") else "by\n  exact " + proof.replace("\n", "\n    ")

    def content_hash(self) -> str:
        """SHA-256 over name, version, settings and all theorems."""
        tasks = [self.task("test", index).to_dict() for index in range(self.size("test"))]
        return content_hash([self.name, self.version, {"instruction": self.instruction}, *tasks])


@functools.cache
def _theorems() -> tuple[Theorem, ...]:
    return tuple(shipped_theorems())
