"""Lengths are small, so int32 is enough."""

TRIPS = ["batchify.lengths", "batchify.example"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")

    lengths = torch.tensor([len(x) for x in xs], dtype=torch.int32)
    return torch.nn.utils.rnn.pad_sequence(xs, batch_first=True, padding_value=pad), lengths
