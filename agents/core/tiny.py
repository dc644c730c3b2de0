r"""A model small enough to be trained from nothing on a CPU in a minute, and its tokenizer.

A two-layer Llama of a quarter of a million parameters that reads characters: the printable ASCII ones, each a token,
and `\boxed{` as one token of its own. Any other character reads as U+FFFD. Both parts are of `transformers`' own
classes, so a checkpoint loads anywhere, without code from here.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from typing import Any

import torch
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from assay.agents.core.policy import Policy

PAD, BOS, EOS = "<pad>", "<bos>", "<eos>"
UNKNOWN = "\ufffd"
BOXED = "\\boxed{"
CHARACTERS = string.digits + string.ascii_letters + string.punctuation + " \n\t\r"


def build_tokenizer(words: Sequence[str] = ()) -> PreTrainedTokenizerFast:
    r"""One token a character; `\boxed{` is one token. Decoding gives back any text of `CHARACTERS`.

    Args:
        words: Further texts that are one token each, e.g. a character beyond ASCII or a frequent word.
    """
    vocabulary = {token: i for i, token in enumerate([PAD, BOS, EOS, UNKNOWN, *CHARACTERS, BOXED])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    tokenizer.decoder = decoders.Fuse()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BOS} $A", special_tokens=[(BOS, vocabulary[BOS])]
    )
    tokenizer.add_tokens([AddedToken(word, normalized=False, special=False) for word in (BOXED, *words)])
    # No unk_token here: it would count as special, and an unreadable character would vanish from decoded text.
    made: PreTrainedTokenizerFast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # not annotated
        tokenizer_object=tokenizer,
        bos_token=BOS,
        eos_token=EOS,
        pad_token=PAD,
        padding_side="left",
        clean_up_tokenization_spaces=False,
    )
    return made


def build_tiny(
    seed: int = 0,
    *,
    layers: int = 2,
    width: int = 96,
    heads: int = 4,
    context_tokens: int = 512,
    words: Sequence[str] = (),
) -> Policy:
    """An untrained policy; the seed decides its weights, and no global random state is touched.

    Args:
        seed: Of the weights.
        layers: Transformer blocks.
        width: Hidden size, a multiple of `heads`.
        heads: Attention heads.
        context_tokens: Longest prompt and completion together.
        words: Further tokens, as for `build_tokenizer`.
    """
    tokenizer = build_tokenizer(words)
    ids: Any = tokenizer  # its special ids are annotated too widely
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=width,
        intermediate_size=8 * width // 3,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        num_key_value_heads=heads,
        max_position_embeddings=context_tokens,
        tie_word_embeddings=True,
        pad_token_id=ids.pad_token_id,
        bos_token_id=ids.bos_token_id,
        eos_token_id=ids.eos_token_id,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = LlamaForCausalLM(config)
    return Policy(model, tokenizer, name="tiny")
