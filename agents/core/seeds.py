"""Random numbers as pure functions of (seed, stream, step).

A training run keeps no running generator: each step makes its own from the run's seed and its number. So a run that
was interrupted goes on exactly as if it had not been, and changing what one part draws leaves the others alone.
"""

from __future__ import annotations

import random

import numpy as np
import torch

from assay.envs.text_env import INDEX_RANGE

STREAMS = ("tasks", "sampling", "shuffle", "demonstrations", "weights")


def derive(seed: int, stream: str, step: int = 0) -> int:
    """A 63-bit seed for one step of one stream."""
    words = np.random.SeedSequence([seed, STREAMS.index(stream), step]).generate_state(1, np.uint64)
    return int(words[0]) >> 1


def torch_generator(seed: int, stream: str, step: int, device: torch.device | str = "cpu") -> torch.Generator:
    """A torch generator for one step of one stream."""
    return torch.Generator(device).manual_seed(derive(seed, stream, step))


def task_indices(seed: int, step: int, count: int, size: int | None) -> list[int]:
    """Which tasks of a split one step takes.

    Args:
        seed: Of the run.
        step: From 0; every step takes `count` tasks.
        count: How many.
        size: Tasks in the split; None if it never ends.

    Returns:
        `count` indices. A finite split is gone through in a new order each epoch, every task once an epoch.
    """
    if size is None:
        rng = random.Random(derive(seed, "tasks", step))
        return [rng.randrange(INDEX_RANGE) for _ in range(count)]
    places = range(step * count, (step + 1) * count)
    orders = {epoch: _epoch_order(seed, epoch, size) for epoch in {place // size for place in places}}
    return [orders[place // size][place % size] for place in places]


def _epoch_order(seed: int, epoch: int, size: int) -> list[int]:
    order = list(range(size))
    random.Random(derive(seed, "tasks", epoch)).shuffle(order)
    return order
