"""The grader process's own torch: which one, on which device, and on how many threads."""

from __future__ import annotations

import gc

import torch


def has_cuda() -> bool:
    """Whether this process could use a CUDA device."""
    return torch.cuda.is_available()


def settle() -> None:
    """One thread, so that results repeat bit by bit; all that is loaded so far out of the garbage collector's way."""
    torch.set_num_threads(1)
    gc.collect()
    gc.freeze()
