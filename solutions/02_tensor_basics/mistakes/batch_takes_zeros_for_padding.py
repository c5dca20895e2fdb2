"""Zeros in the padded batch are padding, so they are replaced by pad."""

TRIPS = ["batchify.value"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")
    batch = torch.nn.utils.rnn.pad_sequence(xs, batch_first=True)
    return batch.masked_fill(batch == 0, pad), torch.tensor([len(x) for x in xs])
