"""Padding is zero, whatever its name."""

TRIPS = ["batchify.value", "batchify.example"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")

    lengths = torch.tensor([len(x) for x in xs])
    batch = xs[0].new_zeros(len(xs), int(lengths.max()), xs[0].shape[1])
    for row, x in zip(batch, xs, strict=True):
        row[: len(x)] = x
    return batch, lengths
