"""Batches are sorted from long to short."""

TRIPS = ["batchify.value", "batchify.lengths"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")

    xs = sorted(xs, key=len, reverse=True)
    lengths = torch.tensor([len(x) for x in xs])
    batch = xs[0].new_full((len(xs), int(lengths.max()), xs[0].shape[1]), pad)
    for row, x in zip(batch, xs, strict=True):
        row[: len(x)] = x
    return batch, lengths
