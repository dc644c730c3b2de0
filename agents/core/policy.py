"""A language model that acts and can be trained: sampling, log-probabilities, loading and saving.

The sampling loop is our own, over the model's own cache: the defaults of a checkpoint's `generation_config` (top-k,
top-p, repetition penalties) change what is sampled, and a trainer that does not know of them takes gradients of another
distribution. Here the sampled distribution is softmax(logits / temperature) and nothing else, and `logprobs` gives the
gradient of exactly that. The model stays in eval mode at all times, so that dropout cannot come between the two.
"""

from __future__ import annotations

import inspect
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
import transformers
from safetensors import SafetensorError
from transformers import AutoModelForCausalLM, AutoTokenizer, DynamicCache, PreTrainedModel, PreTrainedTokenizerBase

from assay.agents.agent import Usage
from assay.agents.core.tokens import Batch, Completion, StopReason, left_pad, position_ids
from assay.verifiers.errors import AssayError


class Policy:
    """A causal language model of `transformers` with its tokenizer. It is an `Agent`.

    Args:
        model: Any causal LM; it is put into eval mode.
        tokenizer: Its tokenizer.
        name: What leaderboards show.
        temperature: Of `act`: 0 is greedy.
        max_new_tokens: Of `act`: length limit of an answer.
        batch_size: Rows sampled at once.
        chat: Whether prompts go through the tokenizer's chat template; None means where it has one.
        seed: Starts the random numbers of `act`.

    Raises:
        AssayError: `chat` is True and the tokenizer has no template, or nothing says how a completion ends.
    """

    def __init__(
        self,
        model: PreTrainedModel,
        tokenizer: PreTrainedTokenizerBase,
        *,
        name: str = "policy",
        temperature: float = 0.0,
        max_new_tokens: int = 256,
        batch_size: int = 256,
        chat: bool | None = None,
        seed: int = 0,
    ) -> None:
        """Take the parts; nothing is computed yet."""
        untyped: Any = model  # the classes of transformers are only partly annotated
        self.model: Any = untyped.eval()
        self.tokenizer: Any = tokenizer
        self.temperature = temperature
        self.max_new_tokens = max_new_tokens
        self.batch_size = batch_size
        self.device: torch.device = self.model.device
        if chat and not self.tokenizer.chat_template:
            raise AssayError(f"chat=True, but the tokenizer of {name} has no chat template")
        self.chat = bool(self.tokenizer.chat_template) if chat is None else chat
        self.eos_ids = _eos_ids(self.model, self.tokenizer)
        if not self.eos_ids:
            raise AssayError(f"neither the model nor the tokenizer of {name} names an end-of-sequence token")
        self.pad_id: int = self.tokenizer.pad_token_id if self.tokenizer.pad_token_id is not None else self.eos_ids[0]
        self.context_tokens: int = getattr(self.model.config, "max_position_embeddings", None) or 1 << 30
        self._name = name
        self._usage: list[Usage] = []
        self._generator = torch.Generator(self.device).manual_seed(seed)
        self._keeps_logits = "logits_to_keep" in inspect.signature(self.model.forward).parameters

    @classmethod
    def load(cls, path: str | Path, *, device: str | None = None, **options: Any) -> Policy:
        """Read a checkpoint folder in the format of `transformers`, as float32. Nothing is fetched.

        Args:
            path: A local folder.
            device: Where the model goes; None is "cuda" where there is one, else "cpu".
            **options: The keyword arguments of `Policy`.

        Raises:
            AssayError: There is no readable checkpoint at `path`.
        """
        if not (Path(path) / "config.json").is_file():
            raise AssayError(
                f"no checkpoint at {path}: expected a folder with config.json, as save_pretrained writes it"
            )
        try:
            with _quiet():
                model: Any = AutoModelForCausalLM.from_pretrained(path, local_files_only=True, dtype=torch.float32)
                tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            raise AssayError(f"cannot read the checkpoint at {path}: {str(error).splitlines()[0]}") from error
        target = device or ("cuda" if torch.cuda.is_available() else "cpu")
        settings: dict[str, Any] = {"name": f"policy:{path}", **options}
        return cls(model.to(target), tokenizer, **settings)

    def save(self, path: str | Path) -> None:
        """Write a checkpoint folder that `AutoModelForCausalLM` and `AutoTokenizer` load."""
        with _quiet():
            self.model.save_pretrained(path)
        self.tokenizer.save_pretrained(path)

    # As an agent.

    @property
    def name(self) -> str:
        """What leaderboards show."""
        return self._name

    @property
    def usage(self) -> Sequence[Usage]:
        """Tokens of the last `act`."""
        return self._usage

    def act(self, observations: list[str]) -> list[str]:
        """Answer each observation, at the temperature and length limit the policy was made with."""
        done = self.generate(
            observations,
            temperature=self.temperature,
            max_new_tokens=self.max_new_tokens,
            generator=self._generator,
        )
        self._usage = [Usage(len(c.prompt_ids), len(c.ids)) for c in done]
        return [c.text for c in done]

    # Sampling.

    def encode(self, prompt: str) -> list[int]:
        """Token ids of a prompt, never empty. Lone surrogates become U+FFFD; special tokens in plain text stay text.

        Raises:
            AssayError: The prompt has no tokens and the tokenizer has no token to begin with.
        """
        prompt = prompt.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if self.chat:
            message = [{"role": "user", "content": prompt}]
            shown = self.tokenizer.apply_chat_template(message, add_generation_prompt=True, tokenize=False)
            ids = list(self.tokenizer(shown, add_special_tokens=False).input_ids)
        else:
            ids = list(self.tokenizer(prompt, split_special_tokens=True).input_ids)
        if not ids:
            first = self.tokenizer.bos_token_id
            if first is None:
                raise AssayError("the prompt is empty and the tokenizer has no beginning-of-sequence token")
            ids = [first]
        return ids

    def encode_answer(self, text: str) -> list[int]:
        """Token ids of an answer as the policy should write it, with the end token."""
        end = self.tokenizer.eos_token_id
        return [*self.tokenizer(text, add_special_tokens=False).input_ids, self.eos_ids[0] if end is None else end]

    def decode(self, ids: Sequence[int]) -> str:
        """Text of a completion, without special tokens."""
        text: str = self.tokenizer.decode(list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return text

    def generate(
        self,
        prompts: Sequence[str],
        *,
        temperature: float,
        max_new_tokens: int,
        generator: torch.Generator | None = None,
        share_prompts: bool = False,
    ) -> list[Completion]:
        """Sample one completion for each prompt.

        Args:
            prompts: What to answer.
            temperature: Divides the logits; 0 takes the likeliest token (log-probabilities are then those at 1).
            max_new_tokens: Length limit of a completion, at least 1.
            generator: Source of the random numbers, on the model's device; None is torch's global one.
            share_prompts: Read equal prompts once a batch. Several times as fast where prompts are longer than
                completions and many are equal; samples may differ from those without it by rounding.

        Returns:
            A completion for each prompt, in order.
        """
        if temperature < 0 or max_new_tokens < 1:
            raise AssayError(f"need temperature >= 0 and max_new_tokens >= 1, got {temperature} and {max_new_tokens}")
        encoded = [self.encode(prompt) for prompt in prompts]
        # Rows of similar length share a batch, so that little is spent on padding.
        order = sorted(range(len(encoded)), key=lambda i: len(encoded[i]))
        done: dict[int, Completion] = {}
        for start in range(0, len(order), self.batch_size):
            chosen = order[start : start + self.batch_size]
            rows = [encoded[i] for i in chosen]
            made = self._sample(rows, temperature, max_new_tokens, generator, share_prompts)
            done.update(zip(chosen, made, strict=True))
        return [done[i] for i in range(len(encoded))]

    @torch.inference_mode()
    def _sample(
        self,
        rows: list[list[int]],
        temperature: float,
        max_new_tokens: int,
        generator: torch.Generator | None,
        share: bool,
    ) -> list[Completion]:
        """Sample a batch with the KV cache. Rows that have ended are dropped from it as they come to be many."""
        fits = [len(row) < self.context_tokens for row in rows]
        live = [row if fit else row[:1] for row, fit in zip(rows, fits, strict=True)]
        count = len(rows)
        distinct = list(dict.fromkeys(map(tuple, live))) if share else [tuple(row) for row in live]
        ids, attention = (x.to(self.device) for x in left_pad(distinct, self.pad_id))
        positions = position_ids(attention)
        room = torch.tensor([self.context_tokens - len(row) for row in rows], device=self.device)  # [B]
        limit = room.clamp(max=max_new_tokens)
        steps = int(limit.max().clamp(min=0))
        tokens = torch.zeros(count, steps, dtype=torch.long, device=self.device)
        logprobs = torch.zeros(count, steps, device=self.device)
        entropy = torch.zeros(count, device=self.device)
        lengths = limit.clamp(min=0)
        ended = torch.zeros(count, dtype=torch.bool, device=self.device)
        eos = torch.tensor(self.eos_ids, device=self.device)
        index = torch.arange(count, device=self.device)  # which rows the batch still holds
        cache: Any = DynamicCache(config=self.model.config)
        for step in range(steps):
            logits, cache = self._next_logits(ids, attention, positions, cache)
            if step == 0 and len(distinct) < count and hasattr(cache, "batch_select_indices"):
                place = {row: i for i, row in enumerate(distinct)}
                copies = torch.tensor([place[tuple(row)] for row in live], device=self.device)
                cache.batch_select_indices(copies)
                logits, attention, positions = logits[copies], attention[copies], positions[copies]
            token, logp, spread = _choose(logits, temperature, generator)
            tokens[index, step], logprobs[index, step] = token, logp
            writing = ~ended[index] & (step < limit[index])
            entropy[index] += torch.where(writing, spread, 0.0)
            stops = writing & torch.isin(token, eos)
            lengths[index[stops]] = step + 1
            ended[index[stops]] = True
            going = (~ended[index] & (step + 1 < limit[index])).nonzero().squeeze(1)
            if len(going) == 0:
                break
            if len(going) <= 0.75 * len(index) and hasattr(cache, "batch_select_indices"):
                cache.batch_select_indices(going)
                index, token, attention, positions = index[going], token[going], attention[going], positions[going]
            ids = token[:, None]
            attention = torch.cat([attention, attention.new_ones(len(index), 1)], dim=1)
            positions = positions[:, -1:] + 1
        return [
            self._completion(
                rows[i], tokens[i, :n].tolist(), logprobs[i, :n].tolist(), float(entropy[i]), bool(ended[i])
            )
            if fits[i]
            else Completion(tuple(rows[i]), (), (), 0.0, StopReason.CONTEXT, "")
            for i, n in enumerate(lengths.tolist())
        ]

    def _next_logits(
        self, ids: torch.Tensor, attention: torch.Tensor, positions: torch.Tensor, cache: Any
    ) -> tuple[torch.Tensor, Any]:
        """Logits [B, V] in float32 of the token after `ids` [B, L], and the cache that now holds `ids`."""
        keep = {"logits_to_keep": 1} if self._keeps_logits else {}
        out = self.model(
            input_ids=ids,
            attention_mask=attention,
            position_ids=positions,
            past_key_values=cache,
            use_cache=True,
            **keep,
        )
        return out.logits[:, -1].float(), out.past_key_values

    def _completion(
        self, prompt: list[int], ids: list[int], logprobs: list[float], entropy: float, ended: bool
    ) -> Completion:
        full = len(prompt) + len(ids) >= self.context_tokens
        stop = StopReason.EOS if ended else StopReason.CONTEXT if full else StopReason.LENGTH
        mean = entropy / max(1, len(ids))
        return Completion(tuple(prompt), tuple(ids), tuple(logprobs), mean, stop, self.decode(ids))

    # Training.

    def logprobs(self, batch: Batch, temperature: float = 1.0, model: Any = None) -> tuple[torch.Tensor, torch.Tensor]:
        """Log-probabilities of a batch's completions under the model as it is now, with gradient.

        Args:
            batch: On any device.
            temperature: The sampler's: log-probabilities at another temperature are those of another policy.
            model: Asked instead of the policy's own, e.g. a frozen copy of it.

        Returns:
            Log-probability of each target and entropy of its distribution in nats, both [B, T]; what stands where
            `batch.mask` is False means nothing.
        """
        width = batch.targets.shape[1]
        attention = batch.attention_mask.to(self.device)
        keep = {"logits_to_keep": width + 1} if self._keeps_logits else {}
        out = (model or self.model)(
            input_ids=batch.input_ids.to(self.device),
            attention_mask=attention,
            position_ids=position_ids(attention),
            use_cache=False,
            **keep,
        )
        logits = out.logits[:, -width - 1 : -1].float() / temperature  # [B, T, V]: the logits at t predict t + 1
        every = torch.log_softmax(logits, dim=-1)
        logp = every.gather(-1, batch.targets.to(self.device)[..., None]).squeeze(-1)
        return logp, -(every.exp() * every).sum(-1)


def _choose(
    logits: torch.Tensor, temperature: float, generator: torch.Generator | None
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Next tokens of logits [B, V], their log-probabilities, and the entropy they were drawn from; all [B]."""
    every = torch.log_softmax(logits / (temperature or 1.0), dim=-1)
    probabilities = every.exp()
    if temperature == 0:
        token = logits.argmax(-1)
    else:
        token = torch.multinomial(probabilities, 1, generator=generator).squeeze(1)
    # A token of probability 0 contributes 0 to the entropy, not 0 * -inf.
    spread = -(probabilities * every.clamp(min=torch.finfo(every.dtype).min)).sum(-1)
    return token, every.gather(1, token[:, None]).squeeze(1), spread


@contextmanager
def _quiet() -> Generator[None, None, None]:
    """No progress bars for the shards of a checkpoint: they would break into ours."""
    bars: Any = transformers.utils.logging
    shown = bars.is_progress_bar_enabled()
    bars.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            bars.enable_progress_bar()


def _eos_ids(model: Any, tokenizer: Any) -> list[int]:
    """Every token that ends a completion: models have several, and their files disagree on which."""
    found: set[int] = set()
    for holder in (getattr(model, "generation_config", None), model.config, tokenizer):
        value = getattr(holder, "eos_token_id", None)
        found.update(value if isinstance(value, (list, tuple)) else [] if value is None else [value])
    return sorted(int(v) for v in found)
