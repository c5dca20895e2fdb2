"""Double precision never hurts."""

TRIPS = ["batchify.value", "batchify.example"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")

    lengths = torch.tensor([len(x) for x in xs])
    return torch.nn.utils.rnn.pad_sequence([x.double() for x in xs], batch_first=True, padding_value=pad), lengths
