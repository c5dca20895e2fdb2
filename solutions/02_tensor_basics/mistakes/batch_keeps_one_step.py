"""A batch has at least one step, so an empty sequence counts as length 1."""

TRIPS = ["batchify.zero_length_item"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")

    lengths = torch.tensor([max(len(x), 1) for x in xs])
    batch = xs[0].new_full((len(xs), int(lengths.max()), xs[0].shape[1]), pad)
    for row, x in zip(batch, xs, strict=True):
        row[: len(x)] = x
    return batch, lengths
