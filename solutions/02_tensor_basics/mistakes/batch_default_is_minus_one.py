"""Padding should be told from data, so its default is -1."""

TRIPS = ["batchify.pad_default"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = -1.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")

    lengths = torch.tensor([len(x) for x in xs])
    batch = xs[0].new_full((len(xs), int(lengths.max()), xs[0].shape[1]), pad)
    for row, x in zip(batch, xs, strict=True):
        row[: len(x)] = x
    return batch, lengths
