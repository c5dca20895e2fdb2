"""A short sequence goes on with its last step until the end. (Padding is something else.)"""

TRIPS = ["batchify.value", "batchify.example"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")

    lengths = torch.tensor([len(x) for x in xs])
    longest = int(lengths.max())
    rows = [torch.cat([x, x[-1:].repeat(longest - len(x), 1)]) for x in xs]
    return torch.stack(rows), lengths
