"""Whatever equals pad is padding, so the lengths can be counted in the batch."""

TRIPS = ["batchify.lengths"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")

    batch = torch.nn.utils.rnn.pad_sequence(xs, batch_first=True, padding_value=pad)
    return batch, (batch != pad).any(dim=2).sum(dim=1)
