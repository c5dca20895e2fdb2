"""Several generators from one: what a student is given must not tell what is kept from him."""

from __future__ import annotations

import hashlib

import torch


def apart(generator: torch.Generator, count: int) -> tuple[torch.Generator, ...]:
    """`count` fresh generators; the given one moves on by a single draw.

    From a few hundred numbers of one generator a student's code could compute its state, and so everything else that
    was drawn from it. Inputs, labels and noise of a set therefore come from generators that a hash keeps apart.
    """
    drawn = int(torch.randint(1 << 62, (), generator=generator))
    digests = (hashlib.sha256(f"{drawn}/{part}".encode()).digest() for part in range(count))
    return tuple(torch.Generator().manual_seed(int.from_bytes(digest[:8], "big") >> 1) for digest in digests)


def uniform(low: float, high: float, shape: tuple[int, ...], generator: torch.Generator) -> torch.Tensor:
    """float64 values in [low, high)."""
    return low + (high - low) * torch.rand(shape, dtype=torch.float64, generator=generator)


def normal(shape: tuple[int, ...], generator: torch.Generator) -> torch.Tensor:
    """Standard normal float64 values."""
    return torch.randn(shape, dtype=torch.float64, generator=generator)
