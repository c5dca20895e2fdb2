"""Lengths are plain numbers, so a list of them will do."""

TRIPS = ["batchify.lengths", "batchify.example"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")

    lengths = [len(x) for x in xs]
    batch = xs[0].new_full((len(xs), max(lengths), xs[0].shape[1]), pad)
    for row, x in zip(batch, xs, strict=True):
        row[: len(x)] = x
    return batch, lengths
