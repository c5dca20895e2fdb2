"""No sequences make an empty batch."""

TRIPS = ["batchify.empty_list_raises"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        return torch.empty(0, 0, 0), torch.empty(0, dtype=torch.int64)

    lengths = torch.tensor([len(x) for x in xs])
    return torch.nn.utils.rnn.pad_sequence(xs, batch_first=True, padding_value=pad), lengths
