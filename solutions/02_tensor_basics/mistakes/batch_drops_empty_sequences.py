"""A sequence without steps is no sequence and is left out."""

TRIPS = ["batchify.zero_length_item"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")

    xs = [x for x in xs if len(x)] or xs
    lengths = torch.tensor([len(x) for x in xs])
    return torch.nn.utils.rnn.pad_sequence(xs, batch_first=True, padding_value=pad), lengths
