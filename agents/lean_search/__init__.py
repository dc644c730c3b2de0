"""Proof search over the states of a Lean engine, and learning from the proofs it finds.

Two searches (`best_first`, `mcts`) over the same small core: policies that propose tactics (`policy`), goals that can
be worked on apart (`proof`), and budgets (`budget`). `alphabet` is a policy without learning, `model_policy` a language
model; `expert_iteration` trains the latter on proofs found. Whatever a search finds is judged once more, as a whole
script from the bare statement, before it is called a proof.
"""
