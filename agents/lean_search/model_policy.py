"""A language model as a policy of tactics: it reads a goal and writes a tactic.

Any causal model of `transformers` will do; `build_lean_tiny` makes one that can be trained from nothing on a CPU. The
model sees the first goal of a state without its case tag, as Lean prints it, and then writes one tactic and the end
token. That a state has further goals it need not know: tactics work on the first.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.agents.core import torch
from assay.agents.core.policy import Policy
from assay.agents.core.tiny import build_tiny
from assay.agents.core.tokens import StopReason
from assay.agents.lean_search.policy import Proposal, length_value

SYMBOLS = tuple("⊢∧∨→↔¬∀∃λ⟨⟩←·✝≤≥≠∣αβ×∘₁₂") + tuple("⁰¹²³⁴⁵⁶⁷⁸⁹")
WORDS = (
    *("case ", "Prop", "Type", "False", "True", "Nat", "Iff.intro", "Or.elim", "Or.inl ", "Or.inr ", "True.intro"),
    *("intro ", "exact ", "apply ", "refine ", "constructor", "left", "right", "cases ", "rcases ", "obtain ", "have "),
    *("exfalso", "trivial", "assumption", "contradiction", "by_cases ", "induction ", "simp", "omega", "rfl", "decide"),
    *(" with ", " | ", " : ", " := ", "(fun ", " => ", "?_", ".elim", ".mp", ".mpr", " ∧ ", " ∨ ", " → ", " ↔ ", "⊢ "),
    *("Classical.", "byContradiction"),
)
"""What the tiny model's tokenizer reads and writes as one token besides characters."""

MAX_TACTIC_TOKENS = 48
"""Longest tactic that is sampled."""


def build_lean_tiny(seed: int = 0) -> Policy:
    """An untrained tiny model with tokens for Lean; the seed decides its weights."""
    return build_tiny(seed, layers=2, width=96, heads=4, context_tokens=512, words=(*SYMBOLS, *WORDS))


def prompt_of(state: str) -> str:
    """What the model reads of a printed state: its first goal, without the case tag, and a line break."""
    goal = state.split("\n\n", 1)[0]
    if goal.startswith("case "):
        goal = goal.partition("\n")[2]
    return goal + "\n"


class ModelPolicy:
    """Samples tactics from a language model.

    Args:
        policy: The model.
        temperature: Of the sampling, above 0.
        max_new_tokens: Longest tactic.
        seed: Starts the random numbers.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        temperature: float = 1.0,
        max_new_tokens: int = MAX_TACTIC_TOKENS,
        seed: int = 0,
    ) -> None:
        """Take the model; nothing is computed yet."""
        self.policy = policy
        self.temperature = temperature
        self.max_new_tokens = max_new_tokens
        self.generator = torch.Generator(policy.device).manual_seed(seed)

    @property
    def name(self) -> str:
        """The model's name."""
        return self.policy.name

    def reseed(self, seed: int) -> None:
        """Start the random numbers anew."""
        self.generator.manual_seed(seed)

    def sample(self, states: Sequence[str]) -> list[Proposal | None]:
        """One tactic for each state; None where the model did not come to an end."""
        done = self.policy.generate(
            [prompt_of(state) for state in states],
            temperature=self.temperature,
            max_new_tokens=self.max_new_tokens,
            generator=self.generator,
        )
        return [
            Proposal(c.text, sum(c.logprobs)) if c.stop is StopReason.EOS and c.text.strip() else None for c in done
        ]

    def propose(self, states: Sequence[str], count: int, draw: int = 0) -> list[list[Proposal]]:
        """`count` samples for each state, each tactic once; every draw samples anew."""
        sampled = iter(self.sample([state for state in states for _ in range(count)]))
        found: list[list[Proposal]] = []
        for _ in states:
            distinct: dict[str, Proposal] = {}
            for proposal in (next(sampled) for _ in range(count)):
                if proposal is not None:
                    distinct.setdefault(proposal.tactic, proposal)
            found.append(sorted(distinct.values(), key=lambda proposal: -proposal.logprob))
        return found

    def values(self, states: Sequence[str]) -> list[float]:
        """By the length of the targets: the model has learned no values."""
        return [length_value(state) for state in states]
