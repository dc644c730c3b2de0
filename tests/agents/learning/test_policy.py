"""The sampler and the trainer must mean the same distribution, whatever the padding, the end or the length."""

from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from transformers import AutoModelForCausalLM, AutoTokenizer

from assay.agents.agent import Agent, CountsTokens
from assay.agents.core.policy import Policy
from assay.agents.core.tiny import CHARACTERS, build_tiny, build_tokenizer
from assay.agents.core.tokens import Completion, StopReason, pack
from assay.verifiers.errors import AssayError

PROMPTS = ["7", "12+34=?", "a considerably longer prompt", "", "5*5"]


def sample(policy: Policy, prompts: list[str], temperature: float = 1.0, tokens: int = 20) -> list[Completion]:
    generator = torch.Generator().manual_seed(0)
    return policy.generate(prompts, temperature=temperature, max_new_tokens=tokens, generator=generator)


def retrace(policy: Policy, completions: list[Completion], temperature: float = 1.0) -> tuple[torch.Tensor, ...]:
    batch = pack(
        [c.prompt_ids for c in completions], [c.ids for c in completions], [c.logprobs for c in completions], 0
    )
    with torch.no_grad():
        logprobs, entropy = policy.logprobs(batch, temperature)
    return logprobs, entropy, batch.mask, batch.old_logprobs


@pytest.mark.parametrize("temperature", [1.0, 0.5, 2.0])
def test_trainer_and_sampler_agree_on_every_token(untrained: Policy, temperature: float) -> None:
    completions = sample(untrained, PROMPTS * 40, temperature)
    # The hard cases must be among them: padding tokens in the middle, early ends, and truncation.
    assert any(untrained.pad_id in c.ids[:-1] for c in completions)
    assert {c.stop for c in completions} == {StopReason.EOS, StopReason.LENGTH}
    logprobs, entropy, mask, old = retrace(untrained, completions, temperature)
    assert (logprobs - old)[mask].abs().max() < 1e-5
    assert mask.sum() == sum(len(c.ids) for c in completions)
    for row, completion in enumerate(completions):
        assert completion.entropy == pytest.approx(float(entropy[row][mask[row]].mean()), abs=1e-4)


def test_log_probabilities_at_another_temperature_are_others(untrained: Policy) -> None:
    completions = sample(untrained, PROMPTS * 4, 0.5)
    logprobs, _, mask, old = retrace(untrained, completions, 1.0)
    assert (logprobs - old)[mask].abs().max() > 0.1


def test_a_row_alone_is_the_row_in_a_padded_batch(untrained: Policy) -> None:
    completions = sample(untrained, PROMPTS)
    together, _, mask, _ = retrace(untrained, completions)
    for row, completion in enumerate(completions):
        alone, _, _, _ = retrace(untrained, [completion])
        length = len(completion.ids)
        assert torch.allclose(alone[0, :length], together[row][mask[row]], atol=1e-5)


def test_greedy_answers_do_not_depend_on_company(untrained: Policy) -> None:
    together = sample(untrained, PROMPTS, temperature=0)
    assert [c.ids for c in together] == [sample(untrained, [prompt], temperature=0)[0].ids for prompt in PROMPTS]
    untrained.batch_size = 2
    assert [c.ids for c in together] == [c.ids for c in sample(untrained, PROMPTS, temperature=0)]


@pytest.mark.parametrize("temperature", [0.6, 1.0])
def test_samples_come_from_the_distribution_they_report(untrained: Policy, temperature: float) -> None:
    draws = 6000
    completions = sample(untrained, ["3"] * draws, temperature, tokens=1)
    counts: dict[int, int] = {}
    reported: dict[int, float] = {}
    for completion in completions:
        counts[completion.ids[0]] = counts.get(completion.ids[0], 0) + 1
        reported[completion.ids[0]] = completion.logprobs[0]
    for token, count in counts.items():
        probability = float(torch.tensor(reported[token]).exp())
        assert abs(count / draws - probability) < 5 * (probability / draws) ** 0.5 + 1e-3


def test_a_checkpoints_generation_config_changes_nothing(untrained: Policy) -> None:
    plain = sample(untrained, PROMPTS * 4)
    config = untrained.model.generation_config
    config.top_k, config.top_p, config.temperature, config.do_sample = 1, 0.1, 0.1, True
    config.repetition_penalty = 9.0
    assert [c.ids for c in sample(untrained, PROMPTS * 4)] == [c.ids for c in plain]


def test_the_same_seed_gives_the_same_samples(untrained: Policy) -> None:
    assert sample(untrained, PROMPTS) == sample(untrained, PROMPTS)
    torch.manual_seed(1)  # and torch's global generator has no say
    first = torch.random.get_rng_state()
    sample(untrained, PROMPTS)
    assert torch.equal(first, torch.random.get_rng_state())


def test_the_first_of_several_end_tokens_ends_a_completion(untrained: Policy) -> None:
    untrained.eos_ids = [2, 40, 41, 42, 43]
    completions = sample(untrained, PROMPTS * 20)
    ends = [c for c in completions if c.stop is StopReason.EOS]
    assert len({c.ids[-1] for c in ends}) > 1
    for completion in completions:
        assert (completion.ids[-1] in untrained.eos_ids) == (completion.stop is StopReason.EOS)
        assert not set(completion.ids[:-1]) & set(untrained.eos_ids)
        assert completion.truncated == (completion.stop is not StopReason.EOS)


def test_end_tokens_are_read_from_model_and_tokenizer() -> None:
    policy = build_tiny(0, layers=1, width=32, heads=2)
    policy.model.generation_config.eos_token_id = [7, 9]
    assert Policy(policy.model, policy.tokenizer).eos_ids == [2, 7, 9]


def test_truncation_is_told_from_an_end(untrained: Policy) -> None:
    untrained.eos_ids = [10**6]  # never sampled
    for completion in sample(untrained, PROMPTS, tokens=5):
        assert completion.stop is StopReason.LENGTH
        assert len(completion.ids) == 5


def test_a_full_context_is_no_error(untrained: Policy) -> None:
    untrained.eos_ids = [10**6]
    nearly, full, short = sample(untrained, ["7" * 60, "7" * 90, "7"], tokens=20)
    assert (nearly.stop, len(nearly.prompt_ids) + len(nearly.ids)) == (StopReason.CONTEXT, 64)
    assert (full.stop, full.ids, full.text) == (StopReason.CONTEXT, (), "")
    assert (short.stop, len(short.ids)) == (StopReason.LENGTH, 20)


def test_a_policy_is_an_agent_that_counts_tokens(untrained: Policy) -> None:
    assert isinstance(untrained, Agent)
    assert isinstance(untrained, CountsTokens)
    answers = untrained.act(["1", "\ud800 lone surrogate", "ü"])
    assert len(answers) == len(untrained.usage) == 3
    assert untrained.usage[0].prompt_tokens == 2  # with the beginning-of-sequence token
    assert untrained.act([]) == []


def test_text_that_spells_a_special_token_is_text(untrained: Policy) -> None:
    assert not set(untrained.encode("<eos><pad>")[1:]) & {0, 1, 2}


def test_a_chat_template_is_used_where_there_is_one(untrained: Policy) -> None:
    with pytest.raises(AssayError, match="no chat template"):
        Policy(untrained.model, untrained.tokenizer, chat=True)
    template = "{% for m in messages %}Q{{ m['content'] }}{% endfor %}{% if add_generation_prompt %}A{% endif %}"
    untrained.tokenizer.chat_template = template
    chatting = Policy(untrained.model, untrained.tokenizer)
    assert chatting.decode(chatting.encode("12")) == "Q12A"
    silent = Policy(untrained.model, untrained.tokenizer, chat=False)
    assert silent.decode(silent.encode("12")) == "12"


def test_a_checkpoint_loads_with_transformers(untrained: Policy, tmp_path: Path) -> None:
    untrained.save(tmp_path)
    model = AutoModelForCausalLM.from_pretrained(tmp_path, local_files_only=True)
    tokenizer = AutoTokenizer.from_pretrained(tmp_path, local_files_only=True)
    text = r"3+4=? \boxed{7}"
    assert tokenizer.decode(tokenizer(text).input_ids, skip_special_tokens=True) == text
    ids = torch.tensor([untrained.encode(text)])
    assert torch.equal(model(ids).logits, untrained.model(ids).logits)
    again = Policy.load(tmp_path, device="cpu")
    assert [c.ids for c in sample(again, PROMPTS)] == [c.ids for c in sample(untrained, PROMPTS)]


@pytest.mark.parametrize("content", [None, "{}", "not json"])
def test_a_missing_or_broken_checkpoint_is_one_line(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "config.json").write_text(content)
    with pytest.raises(AssayError, match="checkpoint at") as caught:
        Policy.load(tmp_path)
    assert "\n" not in str(caught.value)


def test_damaged_weights_are_one_line(untrained: Policy, tmp_path: Path) -> None:
    untrained.save(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(AssayError, match="cannot read the checkpoint at"):
        Policy.load(tmp_path)


def test_impossible_sampling_is_refused(untrained: Policy) -> None:
    for temperature, tokens in ((-1.0, 5), (1.0, 0)):
        with pytest.raises(AssayError, match="temperature"):
            untrained.generate(["1"], temperature=temperature, max_new_tokens=tokens)


TOKENIZER = build_tokenizer()


@given(st.text(alphabet=CHARACTERS))
def test_tokens_give_back_the_text(text: str) -> None:
    ids = TOKENIZER(text, split_special_tokens=True).input_ids
    assert TOKENIZER.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False) == text


@given(st.text())
def test_any_other_character_reads_as_unknown(text: str) -> None:
    ids = TOKENIZER(text, split_special_tokens=True).input_ids
    shown = TOKENIZER.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)
    assert shown == "".join(c if c in CHARACTERS else "\ufffd" for c in text)


def test_boxed_is_one_token() -> None:
    assert len(TOKENIZER(r"\boxed{5}", add_special_tokens=False).input_ids) == 3


def test_weights_follow_from_the_seed_alone() -> None:
    one, same, other = (build_tiny(seed, layers=1, width=32, heads=2) for seed in (1, 1, 2))
    weights = [p.model.state_dict()["lm_head.weight"] for p in (one, same, other)]
    assert torch.equal(weights[0], weights[1])
    assert not torch.equal(weights[0], weights[2])
