"""Inside the function xs is my own list."""

TRIPS = ["batchify.inputs_unchanged"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")

    lengths = torch.tensor([len(x) for x in xs])
    longest = int(lengths.max())
    for b, x in enumerate(xs):
        xs[b] = torch.cat([x, x.new_full((longest - len(x), x.shape[1]), pad)])
    return torch.stack(xs), lengths
