"""A batch is a box, so all sequences are cut to the shortest."""

TRIPS = ["batchify.value", "batchify.example"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")

    shortest = min(len(x) for x in xs)
    return torch.stack([x[:shortest] for x in xs]), torch.tensor([len(x) for x in xs])
